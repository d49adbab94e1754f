"""The promise register, the line of what is due, and the Desk's lists, through the pilot."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from calmdesk.guide.afterwards import CaseHandedOver, PromiseHandedOver, ReminderDeferred
from calmdesk.guide.promises import Reached
from calmdesk.records import follow_through, people, register
from calmdesk.records.line_rows import DueLine
from calmdesk.records.store import Store
from calmdesk.screens.call import CallScreen
from calmdesk.screens.day import DayScreen
from calmdesk.screens.desk import DeskScreen
from calmdesk.screens.form_screen import AS_LEFT
from calmdesk.screens.give_promise import GivePromise
from calmdesk.screens.promises import PromisesScreen
from calmdesk.widgets.due_strip import DueStrip
from calmdesk.widgets.promise_table import PromiseTable
from tests.made_once import fresh
from tests.phone.at_the_phone import Softphone
from tests.player import SAM, SATURDAY, ZONE, Player, playing
from tests.telling import Telling, tell
from tests.test_sizes import SIZES, assert_whole

NOW = SATURDAY.astimezone(UTC)
MINUTE = timedelta(minutes=1)
LATE = NOW - 31.5 * MINUTE
SOON = NOW + 7.5 * MINUTE
NASTY = "Ring [/b] back [urgent] \x1b[2J"


class Before:
    """What the record holds before calmdesk is started: Sam's desk, and Ana somewhere else."""

    def __init__(self, home: Path) -> None:
        self.store = Store.open(fresh(home / "calmdesk.db"), ZONE)
        people.introduce(self.store, SAM.name, SAM.direct_line, SAM.email)
        self.me = self.store.me
        self.ana = people.add_colleague(self.store, "Ana Kovač", NOW)

    def told(self, name: str, due_in: timedelta | None, what: str = "ring them") -> Telling:
        """Sam told somebody two hours ago; `due_in` is counted from now."""
        due = None if due_in is None else NOW + due_in
        return tell(self.store, NOW - 120 * MINUTE, due, what, name=name, number="")

    def by_ana(self, name: str, due_in: timedelta, what: str = "ring them") -> Telling:
        """The same at Ana's desk."""
        self.store.me = self.ana.id
        told = self.told(name, due_in, what)
        self.store.me = self.me
        return told

    def done(self) -> None:
        self.store.close()


def elsewhere(home: Path) -> Store:
    """Another calmdesk on the same file."""
    return Store.open(fresh(home / "calmdesk.db"), ZONE)


async def to_promises(player: Player) -> PromisesScreen:
    await player.press("ctrl+g", "p")
    screen = player.app.screen
    assert isinstance(screen, PromisesScreen)
    return screen


def said(player: Player) -> str:
    """What was told in passing, the last of it."""
    return [notification.message for notification in player.app._notifications][-1]


def marked(player: Player) -> DueLine | None:
    return player.app.screen.query_one(PromiseTable).line


def open_lines(home: Path) -> dict[str, DueLine]:
    """What is open in the record, by the customer's name."""
    store = elsewhere(home)
    lines = register.register(store, True)
    store.close()
    return {line.customer: line for line in lines}


def settled_lines(home: Path) -> dict[str, DueLine]:
    store = elsewhere(home)
    lines = register.settled(store, NOW + timedelta(days=1), True)
    store.close()
    return {line.customer: line for line in lines}


# -- what stands there ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((48, 30), "the 600 programme"),
        ((80, 24), "told: the 600 programmes at the hall"),
        ((120, 40), "told: the 600 programmes at th"),
    ],
)
async def test_what_was_told_takes_what_the_other_columns_leave(
    size: tuple[int, int], shown: str, tmp_path: Path
) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", LATE - NOW, "ring with the plate status")
    before.told("K. Oduya", timedelta(days=2), "the 600 programmes at the hall")
    before.done()
    async with playing(tmp_path, size=size) as player:
        await to_promises(player)
        assert_whole(player)
        (row,) = [row for row in player.text().splitlines() if "K. Oduya" in row]
        assert shown in row
        (late,) = [row for row in player.text().splitlines() if "! 13:30" in row]
        assert "32 min late" in late


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_the_register_is_whole_and_says_in_words_what_is_late(
    size: tuple[int, int], tmp_path: Path
) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", LATE - NOW, "ring with the plate status")
    before.told("K. Oduya", SOON - NOW, "check that the refund arrived")
    before.told("M. Lindqvist", timedelta(days=2), "send the readings")
    before.told("Olena Kovalchuk", None, "write")
    before.done()
    async with playing(tmp_path, size=size) as player:
        await to_promises(player)
        assert_whole(player)
        shown = player.text()
        assert "! 13:30" in shown
        assert "32 min late" in shown
        assert "in 7 min" in shown
        times = [shown.index(when) for when in ("! 13:30", "· 14:09", "Mon 14:02", "? no time")]
        assert times == sorted(times), "the most urgent first"
        assert "ring with the plate status" in shown, "what was told stands beside or below"
        assert "Sam Ortiz, Sat 21 Nov 12:02" in shown, "by whom, and when"
        assert "asked dispatch" in shown
        for key in ("k kept it", "d put off", "h hand on", "w withdraw", "e everyone", "s settled"):
            assert key in shown, key
        for box in ("d", "h", "m", "w", "v"):
            await player.press(box)
            assert_whole(player)
            await player.press("escape")
        assert isinstance(player.app.screen, PromisesScreen)


async def test_a_register_of_nothing_says_so(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await to_promises(player)
        assert "Nothing is owed by you." in player.text()
        await player.press("s")
        assert "Nothing was settled in the last 30 days." in player.text()
        for key in ("enter", "r", "k", "d", "h", "m", "w", "v", "n"):
            await player.press(key)
        assert isinstance(player.app.screen, PromisesScreen), "no key does anything to nothing"
        await player.press("u")
        await player.press("escape")
        assert isinstance(player.app.screen, DeskScreen)


async def test_everyones_are_shown_on_one_key_and_nobodys_stand_on_top(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", LATE - NOW)
    before.by_ana("K. Oduya", 60 * MINUTE)
    tom = people.add_colleague(before.store, "Tom Reed", NOW)
    orphan = before.told("Grace Mwangi", timedelta(days=1))
    handed = PromiseHandedOver(orphan.promise_id, tom.id, tom.name)
    follow_through.happen(before.store, orphan.case_id, handed, NOW)
    people.has_left(before.store, tom.id, NOW)
    before.done()
    async with playing(tmp_path) as player:
        screen = await to_promises(player)
        rows = [row.strip() for row in player.text().splitlines()]
        first = next(at for at, row in enumerate(rows) if row.startswith("nobody's"))
        assert "Tom Reed has left; h gives it to somebody" in rows[first]
        assert "Grace Mwangi" in rows[first + 1]
        assert "K. Oduya" not in player.text()
        await player.press("e")
        assert "K. Oduya" in player.text()
        assert "Ana" in player.text()
        assert screen.title_line.left == "Promises · everyone's"
        await player.press("e")
        assert "K. Oduya" not in player.text()


async def test_what_became_of_them_stands_under_a_toggle(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", LATE - NOW)
    before.told("K. Oduya", LATE - NOW + MINUTE)
    before.done()
    async with playing(tmp_path) as player:
        await to_promises(player)
        await player.press("k")
        await player.press("w")
        await player.write("they cancelled the order")
        await player.press("enter")
        assert "Nothing is owed by you." in player.text()
        await player.press("s")
        shown = player.text()
        assert "– 14:02     K. Oduya" in shown
        assert "~ 14:02     Dana Reyes" in shown
        assert "withdrawn, Sat 21 Nov 14:02: they cancelled the order" in " ".join(shown.split())
        await player.press("d")
        assert "Put the reminder off" not in player.text(), "what is settled has no reminder"
        await player.press("enter")
        assert isinstance(player.app.screen, DayScreen), "but it can be read"
    states = {line.customer: line.state for line in settled_lines(tmp_path).values()}
    assert states == {"Dana Reyes": "late", "K. Oduya": "withdrawn"}


# -- what is done ---------------------------------------------------------------------------------


async def test_enter_rings_them_with_the_promise_on_top(tmp_path: Path) -> None:
    before = Before(tmp_path)
    told = before.told("Dana Reyes", LATE - NOW)
    before.done()
    async with playing(tmp_path) as player:
        await to_promises(player)
        await player.pilot.press("enter", "enter")
        await player.quiet()
        assert isinstance(player.app.screen, CallScreen)
        assert player.call.case_id == told.case_id
        assert player.call.back is not None
        assert player.call.back.about == told.promise_id


async def test_a_live_call_is_not_pushed_aside_by_ringing(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", LATE - NOW)
    before.done()
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        live = player.call
        await to_promises(player)
        await player.press("enter")
        assert isinstance(player.app.screen, CallScreen)
        assert player.call is live


async def test_a_reminder_is_put_off_by_one_key_and_brought_back_by_another(
    tmp_path: Path,
) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", LATE - NOW)
    before.done()
    async with playing(tmp_path) as player:
        await to_promises(player)
        await player.press("d")
        assert "+1 h      15:02" in player.text()
        assert "3  tomorrow  Sun 09:00" in player.text()
        await player.press("2")
        shown = player.text()
        assert "! 13:30" in shown, "what was told stays, and it is late"
        assert "32 min late, put off to 15:02" in shown
        assert open_lines(tmp_path)["Dana Reyes"].due_at == LATE
        await player.press("d", "3")
        assert "off to Sun 09:00" in player.text()
        await player.press("u")
        assert "put off to 15:02" in player.text(), "as it was before"
        await player.press("d", "1", "u")
        assert "put off to 15:02" in player.text()
        await player.press("u")
        assert "late, put off" not in player.text(), "as it was before that"


async def test_a_time_that_is_none_or_over_costs_nothing_typed(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", LATE - NOW)
    before.done()
    async with playing(tmp_path) as player:
        await to_promises(player)
        await player.press("d", "t")
        await player.write("tomorow 25:00")
        assert "tomorow 25:00" in player.text(), "what is typed is seen"
        await player.press("enter")
        assert "That is no time; write it as 16:00, mon 9 or +2h." in player.text()
        field = player.app.screen.query_one(Input)
        assert field.value == "tomorow 25:00"
        field.value = "21 nov 2025 9:00"
        await player.press("enter")
        assert "no time" in player.text() or "That time is over" in player.text()
        field.value = "mon 9"
        await player.press("enter")
        assert "off to Mon 09:00" in player.text()


async def test_a_promise_is_handed_on_by_type_ahead_and_comes_back_by_undo(
    tmp_path: Path,
) -> None:
    before = Before(tmp_path)
    told = before.told("Dana Reyes", 60 * MINUTE)
    before.done()
    async with playing(tmp_path) as player:
        await to_promises(player)
        await player.press("h")
        await player.write("kov")
        await player.press("enter")
        assert player.app.screen.query_one("#give-to", Input).value == "Ana Kovač"
        await player.write("she wants the proof")
        await player.press("enter")
        assert "Nothing is owed by you." in player.text()
        assert open_lines(tmp_path)["Dana Reyes"].owner == "Ana Kovač"
        await player.press("e")
        assert "Ana Kovač keeps it now: ring them (she wants the proof)" in " ".join(
            player.text().split()
        )
        await player.press("u")
        mine = open_lines(tmp_path)["Dana Reyes"]
        assert (mine.id, mine.mine) == (told.promise_id, True)


async def test_what_others_did_with_it_since_is_not_taken_back(tmp_path: Path) -> None:
    before = Before(tmp_path)
    given = before.told("Dana Reyes", 60 * MINUTE)
    put_off = before.told("Kim Oduya", 90 * MINUTE)
    lee = people.add_colleague(before.store, "Lee Novak", NOW)
    before.done()
    async with playing(tmp_path) as player:
        ask = player.app.desk.ask
        await to_promises(player)
        await player.press("h")
        await player.write("kov")
        await player.press("enter", "enter", "d", "1")
        on = PromiseHandedOver(given.promise_id, lee.id, lee.name)
        await ask(follow_through.happen, given.case_id, on, player.clock.now())
        later = ReminderDeferred(put_off.promise_id, NOW + 50 * MINUTE)
        await ask(follow_through.happen, put_off.case_id, later, player.clock.now())
        await player.press("u")
        assert "changed again since" in said(player)
        await player.press("u")
        assert "handed on again since" in said(player)
        lines = open_lines(tmp_path)
        assert lines["Dana Reyes"].owner == "Lee Novak"
        assert lines["Kim Oduya"].deferred_until == later.until


async def test_two_keys_on_the_desk_while_the_disk_is_slow_are_two_changes(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        for number in ("+4930111111", "+4930222222"):
            await phone.says("ring", "hangup", number=number)
        with closing(sqlite3.connect(tmp_path / "calmdesk.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await player.app._press_keys(["home", "k", "down", "k"])
            await asyncio.sleep(0.3)
            other.execute("ROLLBACK")
        await player.quiet()
        assert "+4930" not in player.text()
        await player.press("u", "u")
        assert player.text().count("+4930") == 2


async def test_somebody_who_left_is_refused_and_the_note_stays(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", 60 * MINUTE)
    people.has_left(before.store, before.ana.id, NOW)
    before.done()
    async with playing(tmp_path) as player:
        await to_promises(player)
        await player.press("h")
        assert "Ana Kovač, has left" in player.text()
        await player.write("ana")
        await player.press("enter")
        await player.write("a long note")
        await player.press("enter")
        assert isinstance(player.app.screen, GivePromise)
        assert "Ana Kovač has left; name somebody else." in player.text()
        player.app.screen.query_one("#give-to", Input).value = "Zoe"
        await player.press("ctrl+s")
        assert "Nobody called Zoe is known here; calmdesk team lists everybody." in player.text()
        assert player.app.screen.query_one("#give-note", Input).value == "a long note"


async def test_one_who_leaves_while_the_box_is_open_is_refused_by_the_record(
    tmp_path: Path,
) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", 60 * MINUTE)
    before.done()
    async with playing(tmp_path) as player:
        await to_promises(player)
        await player.press("h")
        other = elsewhere(tmp_path)
        people.has_left(other, before.ana.id, NOW)
        other.close()
        await player.write("ana")
        player.app.screen.query_one("#give-note", Input).value = "a long note"
        await player.press("ctrl+s")
        assert "Ana Kovač has left; name somebody else." in player.box()
        assert player.app.screen.query_one("#give-note", Input).value == "a long note"
        assert open_lines(tmp_path)["Dana Reyes"].mine


async def test_a_reason_that_is_half_typed_waits_at_its_promise_and_its_question(
    tmp_path: Path,
) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", 60 * MINUTE)
    before.told("K. Oduya", 90 * MINUTE)
    before.done()
    async with playing(tmp_path) as player:
        await to_promises(player)
        await player.press("m")
        await player.write("the reminder never")
        await player.press("escape", "w")
        assert AS_LEFT not in player.text(), "another question"
        await player.press("escape", "down", "m")
        assert AS_LEFT not in player.text(), "another promise"
        await player.press("escape", "up", "m")
        assert AS_LEFT in player.text()
        await player.write(" came")
        await player.press("enter")
        assert settled_lines(tmp_path)["Dana Reyes"].reason == "the reminder never came"


async def test_nobodys_can_be_taken_by_whoever_sees_it(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.by_ana("Dana Reyes", 60 * MINUTE)
    people.has_left(before.store, before.ana.id, NOW)
    before.done()
    async with playing(tmp_path) as player:
        await to_promises(player)
        await player.press("h")
        assert "Sam Ortiz, you" in player.text()
        await player.write("sam")
        await player.press("ctrl+s")
        assert "You keep it now." in said(player)
        await player.press("u")
        assert "Ana Kovač has left; name somebody else." in said(player), "no way back to her"
    assert open_lines(tmp_path)["Dana Reyes"].mine


async def test_missed_and_withdrawn_ask_why_and_cannot_be_undone(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", LATE - NOW)
    before.done()
    async with playing(tmp_path) as player:
        await to_promises(player)
        await player.press("m", "enter")
        assert "Why? A few words" in player.text()
        await player.press("escape")
        assert "Dana Reyes" in open_lines(tmp_path)
        await player.press("m")
        await player.write("the press stood still")
        await player.press("enter")
        await player.press("u")
        assert "cannot be taken back" in said(player)
    assert settled_lines(tmp_path)["Dana Reyes"].reason == "the press stood still"


async def test_kept_by_a_slip_is_open_again(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", 60 * MINUTE)
    before.done()
    async with playing(tmp_path) as player:
        await to_promises(player)
        await player.press("k")
        assert "Dana Reyes" in settled_lines(tmp_path)
        await player.press("u")
        assert "Dana Reyes" in open_lines(tmp_path)
        assert marked(player) is not None
        await player.press("u")
        assert "There is nothing to take back." in said(player)


async def test_slips_are_taken_back_one_after_the_other_the_last_one_first(tmp_path: Path) -> None:
    before = Before(tmp_path)
    for who in ("Dana Reyes", "Kim Oduya", "Lee Novak"):
        before.told(who, 60 * MINUTE)
    before.done()
    async with playing(tmp_path) as player:
        await to_promises(player)
        await player.press("k", "k", "d", "1")
        assert len(settled_lines(tmp_path)) == 2
        kept = list(settled_lines(tmp_path))
        await player.press("u")
        assert "The reminder is as it was." in said(player)
        await player.press("u")
        assert len(settled_lines(tmp_path)) == 1
        await player.press("u")
        assert open_lines(tmp_path).keys() >= set(kept)


async def test_u_means_the_change_that_is_still_being_written(tmp_path: Path) -> None:
    before = Before(tmp_path)
    for who in ("Dana Reyes", "Kim Oduya"):
        before.told(who, 60 * MINUTE)
    before.done()
    async with playing(tmp_path) as player:
        await to_promises(player)
        await player.press("k")
        kept = settled_lines(tmp_path)
        await player.app._press_keys(["k", "u"])  # without waiting between them
        await player.quiet()
        assert settled_lines(tmp_path) == kept
        await player.press("u")
        assert not settled_lines(tmp_path)


async def test_what_the_disk_would_not_take_back_can_be_taken_back_later(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", 60 * MINUTE)
    before.done()
    async with playing(tmp_path) as player:
        await to_promises(player)
        await player.press("k")
        with sqlite3.connect(tmp_path / "calmdesk.db", isolation_level=None) as other:
            other.execute("ALTER TABLE promise RENAME TO gone")
            await player.press("u")
            other.execute("ALTER TABLE gone RENAME TO promise")
        other.close()
        assert settled_lines(tmp_path)
        await player.press("u")
        assert "Open again." in said(player)
        assert list(open_lines(tmp_path)) == ["Dana Reyes"]


async def test_nobody_takes_back_what_somebody_else_did_here(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", 60 * MINUTE)
    before.done()
    async with playing(tmp_path) as player:
        place = player.app.place
        await to_promises(player)
        await player.press("k")
        place.me = await place.desk.ask(people.sit_down, "Kim Adeyemi", place.now())
        await player.press("u")
        assert "nothing to take back" in said(player)
        assert settled_lines(tmp_path)


async def test_where_u_takes_nothing_back_it_is_not_offered(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", LATE - NOW)
    before.done()
    async with playing(tmp_path) as player:
        await player.press("ctrl+g", "b", "ctrl+l", "1")
        assert "Put off." in said(player)
        assert "u takes it back" not in said(player)


@pytest.mark.parametrize(("key", "result"), [("v", "voicemail"), ("n", "no answer")])
async def test_a_try_in_vain_is_one_box_and_stays_due(
    key: str, result: str, tmp_path: Path
) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", LATE - NOW)
    before.done()
    async with playing(tmp_path) as player:
        await to_promises(player)
        await player.press(key)
        assert "How did it go?" in player.text()
        await player.press("tab")
        await player.write("left my number")
        await player.press("enter")
        tried = open_lines(tmp_path)["Dana Reyes"]
        assert (tried.tries, tried.last_try) == (1, Reached(result))
        assert f"{result}: left my number" in " ".join(player.text().split())
        await player.press("u")
        assert "A try stands in the record" in said(player)


async def test_the_case_is_read_on_r(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", LATE - NOW)
    before.done()
    async with playing(tmp_path) as player:
        await to_promises(player)
        await player.press("r")
        assert isinstance(player.app.screen, DayScreen)
        assert "Journal" in player.text()


async def test_a_stranger_s_words_are_only_words(tmp_path: Path) -> None:
    before = Before(tmp_path)
    told = before.told(NASTY.replace("\x1b", ""), LATE - NOW, NASTY.replace("\x1b", ""))
    brief = CaseHandedOver("h1", before.me, "Sam Ortiz", NASTY)
    before.store.me = before.ana.id
    follow_through.happen(before.store, told.case_id, brief, NOW)
    before.store.me = before.me
    people.add_colleague(before.store, "Bo [/b] [urgent]", NOW)
    before.done()
    async with playing(tmp_path, size=(120, 40)) as player:
        assert "Ring [/b] back [urgent]" in player.text()
        await player.press("enter")
        assert "Ring [/b] back [urgent]" in player.text(), "the brief"
        await player.press("escape")
        await to_promises(player)
        assert "Ring [/b] back [urgent]" in player.text()
        for box in ("d", "h", "m", "v"):
            await player.press(box)
            await player.press("escape")
        await player.press("h")
        assert "Bo [/b] [urgent]" in player.text()
        assert "\x1b" not in player.text()


# -- the line of what is due ----------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_what_presses_most_stands_under_the_titles_between_calls(
    size: tuple[int, int], tmp_path: Path
) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", LATE - NOW, "ring with the plate status")
    before.told("K. Oduya", SOON - NOW)
    before.by_ana("Grace Mwangi", LATE - NOW - MINUTE)
    before.done()
    async with playing(tmp_path, size=size) as player:
        for place in ("d", "y", "b"):
            await player.press("ctrl+g", place)
            line = player.text().splitlines()[1]
            assert line.startswith(" ! due 13:30 Dana Reyes"), place
            assert "32 min late · 1 more" in line
            assert_whole(player)


async def test_nothing_near_shows_no_line_and_no_keys(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", 16 * MINUTE)
    before.done()
    async with playing(tmp_path) as player:
        assert not player.app.screen.query(DueStrip)
        assert "^l" not in player.text()
        player.wind(60)
        await player.tick()
        assert "· due 14:18 Dana Reyes" in player.text(), "fifteen minutes before"
        player.wind(15 * 60)
        await player.tick()
        assert "! due 14:18 Dana Reyes" in player.text()


async def test_what_comes_due_elsewhere_arrives_within_twenty_seconds(tmp_path: Path) -> None:
    before = Before(tmp_path)
    told = before.by_ana("Dana Reyes", LATE - NOW)
    before.done()
    async with playing(tmp_path) as player:
        other = elsewhere(tmp_path)
        handed = PromiseHandedOver(told.promise_id, before.me, "Sam Ortiz")
        follow_through.happen(other, told.case_id, handed, NOW)
        other.close()
        assert "! due" not in player.text()
        player.wind(20)
        await player.tick()
        assert "! due 13:30 Dana Reyes" in player.text()
        assert player.text().count("32 min late") == 2, "the Desk's own list knows as well"


async def test_the_line_has_keys_of_its_own_that_no_field_swallows(tmp_path: Path) -> None:
    before = Before(tmp_path)
    told = before.told("Dana Reyes", LATE - NOW)
    before.done()
    async with playing(tmp_path) as player:
        await player.press("ctrl+g", "b", "slash")
        assert isinstance(player.app.focused, Input)
        await player.press("ctrl+l")
        assert "Put the reminder off" in player.text()
        await player.press("1")
        assert "! due" not in player.text()
        player.wind(600)
        await player.tick()
        assert "! due 13:30 Dana Reyes" in player.text(), "ten minutes later it is back"
        await player.press("ctrl+r")
        assert player.call.case_id == told.case_id


async def test_a_live_call_has_only_a_quiet_count(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", LATE - NOW)
    before.told("K. Oduya", LATE - NOW)
    before.done()
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.tick()
        assert "! 2 due" in player.text().splitlines()[0]
        assert not player.app.screen.query(DueStrip)
        assert player.app.focused is player.screen.note_line.input


async def test_the_matter_of_the_call_is_not_counted_in_it(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", LATE - NOW)
    before.done()
    async with playing(tmp_path) as player:
        await player.press("ctrl+r")
        await player.tick()
        assert "due" not in player.text().splitlines()[0]


# -- the Desk -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_the_desk_leads_with_the_inbox_and_what_is_late(
    size: tuple[int, int], tmp_path: Path
) -> None:
    before = Before(tmp_path)
    before.told("M. Lindqvist", LATE - NOW)
    given = before.told("Dana Reyes", 60 * MINUTE, "ring with the plate status")
    to_ana = PromiseHandedOver(given.promise_id, before.ana.id, before.ana.name)
    follow_through.happen(before.store, given.case_id, to_ana, NOW)
    handed = before.by_ana("K. Oduya", timedelta(days=1))
    before.store.me = before.ana.id
    brief = CaseHandedOver(
        "h1", before.me, "Sam Ortiz", "Wants the refund in writing.\nTried twice."
    )
    follow_through.happen(before.store, handed.case_id, brief, NOW)
    before.store.me = before.me
    before.done()
    async with playing(tmp_path, size=size) as player:
        assert_whole(player)
        shown = player.text()
        rows = [row.strip() for row in shown.splitlines()]
        sections = [row for row in rows if row in ("Inbox", "Due", "Handed on", "Open")]
        assert sections[:3] == ["Inbox", "Due", "Handed on"]
        assert "from Ana" in shown
        assert "Wants the refund in writing" in shown
        assert "Ana keeps it: ring with the" in shown
        await player.press("enter")
        assert "Tried twice." in player.text()
        assert_whole(player)
        await player.press("enter")
        assert "Inbox" not in player.text(), "taken"
        assert "It is yours now." in said(player)
        await player.press("u")
        assert "Inbox" in player.text(), "and not taken after all"
        assert "It is in your inbox again." in said(player)


async def test_a_brief_that_is_only_looked_at_stays_in_the_inbox(tmp_path: Path) -> None:
    before = Before(tmp_path)
    handed = before.by_ana("K. Oduya", timedelta(days=1))
    brief = CaseHandedOver("h1", before.me, "Sam Ortiz", "Wants it in writing.")
    before.store.me = before.ana.id
    follow_through.happen(before.store, handed.case_id, brief, NOW)
    before.done()
    async with playing(tmp_path) as player:
        await player.press("enter", "escape")
        assert "Inbox" in player.text()
        await player.press("enter", "r")
        assert isinstance(player.app.screen, DayScreen)
        assert "K. Oduya" in player.text()
        await player.press("ctrl+g", "d")
        assert "Inbox" not in player.text()


async def test_a_late_promise_that_is_put_off_still_stands_on_the_desk(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", LATE - NOW)
    before.done()
    async with playing(tmp_path) as player:
        await player.press("d", "1")
        assert "! 13:30" in player.text()
        assert "32 min late, put off to 14:1" in player.text()


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_a_late_one_that_is_put_off_says_how_late_and_is_counted(
    size: tuple[int, int], tmp_path: Path
) -> None:
    before = Before(tmp_path)
    before.told("M. Lindqvist", 60 * MINUTE)
    before.told("Dana Reyes", LATE - NOW, "ring with the plate status")
    before.done()
    async with playing(tmp_path, size=size) as player:
        await player.press("ctrl+l", "t")
        await player.write("mon 15:00")
        await player.press("enter")
        lines = player.text().splitlines()
        assert lines[1].strip() == "! 1 late, put off", "it rests, and is not forgotten"
        rows = [at for at, line in enumerate(lines) if "Dana Reyes" in line]
        assert "! 13:30" in lines[rows[0]], "what they were told stays"
        assert "32 min late" in lines[rows[0]]
        assert "put off" in "\n".join(lines[rows[0] : rows[0] + 2])
        assert "ring" in "\n".join(lines[rows[0] : rows[0] + 2]), "what they were told is read"
        assert "M. Lindqvist" in "\n".join(lines[rows[0] + 1 :]), "the late one leads"
        assert_whole(player)
        player.wind(46 * 60)
        await player.tick()
        line = player.text().splitlines()[1]
        assert line.startswith(" · due 15:02 M. Lind")
        assert ("1 more" if size[0] < 60 else "1 late, put off") in line
        assert "^r" in player.text(), "what presses is rung"
        await player.press("ctrl+g", "p")
        (row,) = [row for row in player.text().splitlines() if "! 13:30" in row]
        assert "late" in row


async def test_a_reminder_behind_what_they_were_told_is_asked_about_once(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", 30 * MINUTE)
    before.done()
    async with playing(tmp_path) as player:
        await player.press("d")
        assert "escape changes nothing" in player.box()
        await player.press("2")
        asked = "That is after what they were told, 14:32; enter again"
        assert asked in player.box()
        assert open_lines(tmp_path)["Dana Reyes"].deferred_until is None
        await player.press("enter")
        assert open_lines(tmp_path)["Dana Reyes"].deferred_until is not None
        assert "1 put off" in player.text()
        player.wind(31 * 60)
        await player.tick()
        shown = player.text()
        assert "! 14:32" in shown, "once it is late it stands on the Desk"
        assert "1 min late, put off to 15:02" in shown
        assert shown.splitlines()[1].strip() == "! 1 late, put off"


async def test_a_reminder_behind_the_next_working_day_is_asked_about_once(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", LATE - NOW)
    before.done()
    async with playing(tmp_path) as player:
        await player.press("d", "t")
        await player.write("tue 9")
        await player.press("enter")
        assert "That is Tue 24 Nov 09:00, after the next working day" in player.box()
        await player.press("backspace", "8", "enter")
        assert "Tue 24 Nov 08:00" in player.box(), "another time is asked about anew"
        await player.press("enter")
        put_off = open_lines(tmp_path)["Dana Reyes"].deferred_until
        assert put_off is not None
        assert put_off.astimezone(ZONE).hour == 8


async def test_what_is_put_off_leaves_the_desk_until_its_time(tmp_path: Path) -> None:
    before = Before(tmp_path)
    told = before.told("Dana Reyes", 12 * MINUTE)
    before.told("K. Oduya", 60 * MINUTE)
    before.done()
    async with playing(tmp_path) as player:
        await player.press("d", "1")
        board = player.app.screen.query_one("BoardList", OptionList)
        ids = [option.id for option in board.options]
        assert f"due {told.promise_id}" not in ids
        assert "1 put off" in player.text()
        player.wind(600)
        await player.tick()
        ids = [option.id for option in board.options]
        assert f"due {told.promise_id}" in ids
        assert "put off" not in player.text().replace("Put off.", "")
        await player.press("d", "2", "2")
        assert "1 put off" in player.text()
        await player.press("u")
        assert "1 put off" not in player.text()


async def test_enter_on_the_desk_rings_and_k_keeps_and_u_takes_it_back(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", LATE - NOW)
    before.told("K. Oduya", 60 * MINUTE)
    before.done()
    async with playing(tmp_path) as player:
        await player.press("k")
        assert list(open_lines(tmp_path)) == ["K. Oduya"]
        await player.press("u")
        assert list(open_lines(tmp_path)) == ["Dana Reyes", "K. Oduya"]
        await player.press("enter")
        assert isinstance(player.app.screen, CallScreen)


async def test_the_story_before_hello_tells_both_instants(tmp_path: Path) -> None:
    from calmdesk.guide.afterwards import PromiseReagreed

    before = Before(tmp_path)
    told = tell(before.store, NOW - 120 * MINUTE, NOW - 60 * MINUTE, name="Dana Reyes")
    moved = PromiseReagreed(told.promise_id, NOW + timedelta(days=2), NOW - 60 * MINUTE)
    follow_through.happen(before.store, told.case_id, moved, NOW)
    before.done()
    async with playing(tmp_path, size=(120, 40)) as player:
        await player.app.action_take_call("+1 415 555 0134")
        await player.quiet()
        shown = player.text()
        assert "promised ring with the plate status · Mon 23 Nov 14:02" in shown
        assert "first told Sat 21 Nov 13:02" in shown
        assert "! promise missed" not in shown


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_what_somebody_who_left_had_promised_stands_on_every_desk(
    size: tuple[int, int], tmp_path: Path
) -> None:
    before = Before(tmp_path)
    before.by_ana("Dana Reyes", LATE - NOW, "ring with the plate status")
    given = before.told("K. Oduya", 60 * MINUTE)
    to_ana = PromiseHandedOver(given.promise_id, before.ana.id, before.ana.name)
    follow_through.happen(before.store, given.case_id, to_ana, NOW)
    people.has_left(before.store, before.ana.id, NOW)
    before.done()
    async with playing(tmp_path, size=size) as player:
        assert_whole(player)
        rows = player.text().splitlines()
        assert rows[1].startswith(" ! nobody's 13:30 Dana"), "the line under the title"
        assert "32 min late" in rows[1]
        due = rows.index(next(row for row in rows if row.strip() == "Due"))
        assert "! 13:30" in rows[due + 1]
        words = "nobody's, Ana Kovač left" if size[0] >= 100 else "nobody's"
        listed = "\n".join(rows[due:])
        assert listed.count(words) == 2
        assert listed.index("told: ring with") < listed.index(words)
        assert "Handed on" not in player.text(), "once is enough"
        await player.press("k")
    assert list(open_lines(tmp_path)) == ["K. Oduya"], "whoever sees it can keep it"
