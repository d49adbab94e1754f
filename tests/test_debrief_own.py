"""Looking back on a call: three lines, the writer's alone until they share them (S89, S90)."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import Input, Static
from typer.testing import CliRunner

from calmdesk.commands import app
from calmdesk.guide import happenings as h
from calmdesk.guide.filters import Filter
from calmdesk.guide.outcome import Outcome
from calmdesk.records import browse, calls, coaching, debriefs, people, register
from calmdesk.records.ids import new_id
from calmdesk.records.people_rows import EndedCall, LookedBack
from calmdesk.records.reading import as_json
from calmdesk.records.store import Store
from calmdesk.screens.desk import DeskScreen
from calmdesk.screens.form_screen import AS_LEFT
from calmdesk.screens.look_back import OWN, SHARED, LookBack
from calmdesk.screens.own_debriefs import OwnDebriefs
from calmdesk.screens.pause import Pause
from calmdesk.widgets.tick import Tick
from tests.made_once import fresh
from tests.player import Player, playing

NOW = datetime(2026, 11, 21, 19, 2, tzinfo=UTC)
DAY = NOW - timedelta(hours=12)
WORDS = LookedBack(
    "spoke over her zebra", "wait one breath gnu", "two teams told two dates okapi", "Kim Quagga"
)
SECRETS = ("zebra", "gnu", "okapi", "Quagga")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(fresh(tmp_path / "calmdesk.db"))
    people.introduce(store, "Sam Ortiz", "555 0100", "sam@printco.example")
    yield store
    store.close()


def lived(
    store: Store, *happenings: h.Happening, at: datetime = NOW, outcome: Outcome = Outcome.EXPLAINED
) -> str:
    """A call from hello to Save, in which this happened. Returns its id."""
    contact_id = new_id(at)
    calls.answer(store, contact_id, new_id(at), h.Answered("+1 415 555 0134"), at)
    everything = (h.CallerNamed("Dana Reyes"), *happenings, h.CallEnded(), h.Finished(outcome))
    for second, happening in enumerate(everything, 1):
        calls.happen(store, contact_id, happening, at + timedelta(seconds=second))
    return contact_id


def as_somebody_else(store: Store, name: str) -> Store:
    """The same file at the desk of another agent."""
    other = Store.open(store.file)
    other.me = people.add_colleague(store, name, NOW).id
    return other


def last(store: Store) -> EndedCall:
    found = debriefs.last_call(store, DAY)
    assert found is not None
    return found


# -- the record ---------------------------------------------------------------------------------


def test_looking_back_is_offered_after_a_hard_call_only(store: Store) -> None:
    lived(store, h.HeatMarked(3), h.HeatMarked(5))
    assert not last(store).hard, "it began calm enough"
    lived(store, h.HeatMarked(4), h.HeatMarked(1), at=NOW + timedelta(minutes=5))
    assert last(store).hard, "it began hot"
    lived(store, at=NOW + timedelta(minutes=9), outcome=Outcome.ENDED_AFTER_WARNING)
    assert last(store).hard, "it was ended after a warning"
    usual = lived(store, at=NOW + timedelta(minutes=12))
    assert not last(store).hard
    calls.moment(store, usual, "break 5", NOW)
    assert not last(store).hard, "a break is not a bad call"
    calls.moment(store, usual, "shaken", NOW)
    assert last(store).hard


def test_the_last_call_is_the_one_that_ended_last_within_the_day(store: Store) -> None:
    assert debriefs.last_call(store, DAY) is None
    first = lived(store)
    assert debriefs.last_call(store, NOW + timedelta(hours=1)) is None, "that was another day"
    second = lived(store, at=NOW + timedelta(minutes=5))
    assert last(store).contact_id == second
    assert debriefs.of_call(store, first).contact_id == first
    assert last(store).customer == "Dana Reyes"
    live = new_id(NOW)
    calls.answer(store, live, new_id(NOW), h.Answered(), NOW + timedelta(hours=1))
    assert last(store).contact_id == second, "a live call is not looked back on"


def test_a_debrief_is_kept_once_a_call_and_mended_by_keeping_it_again(store: Store) -> None:
    contact = lived(store)
    debriefs.keep(store, contact, LookedBack("first words"), NOW)
    debriefs.keep(store, contact, WORDS, NOW + timedelta(minutes=1))
    (it,) = debriefs.mine(store)
    assert it.words == WORDS
    assert it.at == NOW
    assert it.customer == "Dana Reyes"
    assert last(store).looked_back == WORDS


def test_empty_lines_take_it_away_and_leave_nothing_in_the_file(store: Store) -> None:
    contact = lived(store)
    debriefs.keep(store, contact, LookedBack(), NOW)
    assert debriefs.mine(store) == ()
    debriefs.keep(store, contact, WORDS, NOW)
    debriefs.keep(store, contact, LookedBack(shared=True), NOW)
    assert debriefs.mine(store) == ()
    assert last(store).looked_back is None


def test_others_read_what_is_shared_and_nothing_else(store: Store) -> None:
    private, public = lived(store), lived(store, at=NOW + timedelta(minutes=5))
    debriefs.keep(store, private, WORDS, NOW)
    later = NOW + timedelta(minutes=1)
    debriefs.keep(store, public, LookedBack("it was the date", shared=True), later)
    other = as_somebody_else(store, "Kim Adeyemi")
    assert debriefs.mine(other) == ()
    (seen,) = debriefs.shared(other)
    assert (seen.agent, seen.words.escalated, seen.customer) == (
        "Sam Ortiz",
        "it was the date",
        "",
    )
    assert debriefs.shared(store) == (), "one's own stands among one's own"
    (_, it) = debriefs.mine(store)
    debriefs.share(store, it.id, shared=True)
    assert len(debriefs.shared(other)) == 2
    debriefs.share(store, it.id, shared=False)
    assert len(debriefs.shared(other)) == 1
    other.close()


def test_naming_a_colleague_lets_them_read_nothing(store: Store) -> None:
    debriefs.keep(store, lived(store), LookedBack("mine", with_whom="Kim Adeyemi"), NOW)
    other = as_somebody_else(store, "Kim Adeyemi")
    assert debriefs.shared(other) == ()
    other.close()


def test_nobody_shares_or_mends_the_debrief_of_another(store: Store) -> None:
    contact = lived(store)
    debriefs.keep(store, contact, WORDS, NOW)
    (it,) = debriefs.mine(store)
    other = as_somebody_else(store, "Kim Adeyemi")
    with pytest.raises(Exception, match=r"(?i)no row"):
        debriefs.share(other, it.id, shared=True)
    debriefs.keep(other, contact, LookedBack("somebody else's"), NOW)
    assert debriefs.of_call(other, contact).looked_back == LookedBack("somebody else's")
    assert [it.words for it in debriefs.mine(store)] == [WORDS]
    other.close()


def test_a_hostile_line_is_kept_as_plain_words(store: Store) -> None:
    contact = lived(store)
    debriefs.keep(store, contact, LookedBack("up [/b]\x1b[2J\nand \u202eup"), NOW)
    (it,) = debriefs.mine(store)
    assert it.words.escalated == "up [/b][2J and up"


# -- private means private ----------------------------------------------------------------------


def test_no_verb_that_reads_hands_out_a_debrief_or_a_moment(store: Store) -> None:
    contact = lived(store, h.HeatMarked(5), h.FollowUpSet("f", NOW + timedelta(days=1)))
    calls.moment(store, contact, "shaken", NOW)
    calls.moment(store, contact, "break 17", NOW)
    debriefs.keep(store, contact, WORDS, NOW)
    other = as_somebody_else(store, "Kim Adeyemi")
    shown = ""
    for reader in (store, other):
        (line,) = browse.page(reader, Filter(), 0, NOW)
        whole = browse.whole(reader, line.id, NOW)
        shown += f"{line} {whole} {as_json(whole, None)} {browse.count(reader, Filter())}"
        shown += f"{browse.board(reader, NOW, DAY, NOW + timedelta(days=9))}"
        shown += f"{register.register(reader, everyone=True)}"
        shown += f"{people.who_calls(reader, '+1 415 555 0134', 'Dana', '', NOW)}"
        shown += f"{people.team(reader)} {people.me(reader)}"
        shown += f"{coaching.learned(reader)} {coaching.choices(reader)}"
        shown += f"{coaching.known_issues(reader, NOW)}"
    shown += f"{debriefs.shared(other)} {debriefs.mine(other)} {debriefs.last_call(other, DAY)}"
    other.close()
    assert "Dana Reyes" in shown
    assert [word for word in (*SECRETS, "shaken", "break 17", "debrief") if word in shown] == []


READS = ("cases", "due", "learn", "report", "show", "team")
"""Commands that print what is in the record."""


def test_no_command_prints_a_debrief_or_a_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(fresh(tmp_path / "calmdesk.db"))
    contact = lived(store, h.HeatMarked(5))
    calls.moment(store, contact, "shaken", NOW)
    calls.moment(store, contact, "break 17", NOW)
    debriefs.keep(store, contact, WORDS, NOW)
    (line,) = browse.page(store, Filter(), 0, NOW)
    store.close()
    monkeypatch.setenv("CALMDESK_HOME", str(tmp_path))
    names = [it.name or getattr(it.callback, "__name__", "") for it in app.registered_commands]
    asked = [[name] for name in READS if name in names and name != "show"]
    asked += [["show", line.ref], ["show", line.ref, "--json"]]
    dated = ["--from", "2026-11-01", "--to", "2026-11-30"]
    for form in ("table", "json", "csv"):
        asked.append(["cases", *dated, "--format", form])
    if "report" in names:
        asked += [["report", *dated, "--format", form] for form in ("text", "md", "html", "json")]
    if "due" in names:
        asked += [["due", "--all"], ["due", "--json"], ["due", "--ics", "-"]]
    printed = ""
    for words in asked:
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, (words, done.output)
        printed += done.stdout
    assert "Dana Reyes" in printed
    assert [word for word in (*SECRETS, "shaken", "break 17") if word in printed] == []


# -- on the screen ------------------------------------------------------------------------------


async def finish(player: Player, *lines: str, outcome: str = "explained") -> None:
    """A call with these lines, saved."""
    await player.press("ctrl+n")
    for line in ("@ Dana Reyes", *lines, f"/outcome {outcome}", "/wrap"):
        await player.note(line)
    await player.press("ctrl+s")


def form(player: Player) -> LookBack:
    assert isinstance(player.app.screen, LookBack), player.app.screen
    return player.app.screen


def reader(player: Player) -> str:
    return str(form(player).query_one("#look-back-reader", Static).content)


async def write(player: Player, *lines: str) -> None:
    for number, line in enumerate(lines):
        if number:
            await player.press("tab")
        await player.write(line)


async def kept(player: Player) -> list[LookedBack]:
    return [it.words for it in await player.app.desk.look(debriefs.mine)]


def on_disk(home: Path) -> bytes:
    """All that stands in the database's files."""
    return b"".join(file.read_bytes() for file in home.glob("*.db*"))


async def test_three_lines_are_written_in_seven_keys(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await finish(player, "/heat 5")
        assert "look back: b" in player.text()
        await player.press("b")
        assert "Looking back on Dana Reyes" in player.text()
        assert reader(player) == OWN
        await write(player, "I spoke first", "wait a breath", "two teams, two dates")
        await player.press("ctrl+s")
        assert isinstance(player.app.screen, DeskScreen)
        assert "look back: b" not in player.text(), "it is done"
        (words,) = await kept(player)
        assert words == LookedBack("I spoke first", "wait a breath", "two teams, two dates")


async def test_a_usual_call_offers_nothing_and_b_still_works(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("b")
        assert isinstance(player.app.screen, DeskScreen), "there was no call today"
        await finish(player)
        assert "look back: b" not in player.text()
        await player.press("b")
        await write(player, "calm enough")
        await player.press("ctrl+s")
        assert await kept(player) == [LookedBack("calm enough")]


async def test_yesterdays_call_is_not_looked_back_on(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await finish(player, "/heat 5")
        player.wind(24 * 3600)
        await player.press("ctrl+g", "y", "ctrl+g", "d")
        assert "look back: b" not in player.text()


async def test_what_is_half_written_is_there_at_the_next_opening(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await finish(player)
        await player.press("b")
        await write(player, "it began with", "")
        await player.press("escape")
        assert await kept(player) == []
        assert b"it began with" not in on_disk(tmp_path)
        await player.press("b")
        assert form(player).query_one("#back-escalated", Input).value == "it began with"
        assert AS_LEFT in player.text()
        await player.press("ctrl+n")  # the phone rings in the middle of it
        assert player.call.ended_at is None
        await player.note("/outcome information")
        await player.note("/wrap")
        await player.press("ctrl+s", "b")
        assert form(player).query_one("#back-escalated", Input).value == "", "another call"


async def test_slash_debrief_opens_it_after_save_and_after_the_pause(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await finish(player, "/debrief")
        await write(player, "at the second no")
        await player.press("ctrl+s")
        assert isinstance(player.app.screen, DeskScreen)
        await finish(player, "/debrief", "/shaken")
        assert isinstance(player.app.screen, Pause), "quiet comes first"
        await player.press("enter")
        form(player)
        await player.press("escape")
        assert len(await kept(player)) == 1


@pytest.mark.parametrize("at_the_look_back", [False, True], ids=["in-the-pause", "half-written"])
async def test_a_look_back_that_the_next_call_prevents_or_ends_comes_after_it(
    tmp_path: Path, at_the_look_back: bool
) -> None:
    async with playing(tmp_path) as player:
        await finish(player, "/debrief", "/shaken")
        assert isinstance(player.app.screen, Pause)
        if at_the_look_back:
            await player.press("enter")
            await write(player, "at the second no")
        await finish(player)
        words = form(player).query_one("#back-escalated", Input).value
        assert words == ("at the second no" if at_the_look_back else "")
        await player.press("escape")
        assert isinstance(player.app.screen, DeskScreen)
        await finish(player)
        assert isinstance(player.app.screen, DeskScreen), "once is enough"


async def test_a_look_back_that_was_made_elsewhere_is_not_asked_for_again(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await finish(player, "/debrief", "/shaken")
        place = player.app.place
        last = await place.desk.look(debriefs.last_call, place.day_began())
        assert last is not None
        await place.desk.ask(debriefs.keep, last.contact_id, WORDS, place.now())
        await player.press("enter")
        assert isinstance(player.app.screen, DeskScreen)


async def test_who_sits_down_next_is_not_asked_to_look_back_on_anothers_call(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await finish(player, "/debrief", "/shaken")
        place = player.app.place
        place.me = await place.desk.ask(people.sit_down, "Kim Adeyemi", place.now())
        await player.press("enter")
        assert isinstance(player.app.screen, DeskScreen)


async def test_no_look_back_opens_over_a_call_that_began_a_moment_before(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        room = player.app.call_room
        await finish(player, "/debrief", "/shaken")
        async with room._beginning:
            await player.app._press_keys(["enter"])
            await player.app.keeper.settle()
            await room.show(await room._answer("", "in", player.clock.now()))
        await player.quiet()
        assert player.screen.call.ended_at is None
        assert player.app._screen_stacks["desk"][1:] == []
        for line in ("/outcome explained", "/wrap"):
            await player.note(line)
        await player.press("ctrl+s")
        form(player)


async def test_no_box_waits_on_the_desk_behind_a_call(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await finish(player)
        await player.press("b")
        form(player)
        await player.app.switch_mode("day")
        await finish(player)
        assert player.app.screen_stack == [player.app.screen]
        assert isinstance(player.app.screen, DeskScreen)


async def test_who_can_read_it_stands_there_and_turns_with_the_tick(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(80, 24)) as player:
        await finish(player)
        await player.press("b")
        assert "Only you read this in calmdesk" in player.text()
        form(player).query_one("#back-shared", Tick).focus()
        await player.press("space")
        assert reader(player) == SHARED
        await player.press("space")
        assert reader(player) == OWN


async def test_a_colleagues_name_is_completed_and_any_other_is_taken(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.app.desk.ask(people.add_colleague, "Kim Adeyemi", player.clock.now())
        await finish(player)
        await player.press("b")
        await write(player, "it rose", "", "", "ki")
        await player.press("right")
        assert form(player).query_one("#back-with", Input).value == "Kim Adeyemi"
        await player.press("ctrl+s")
        await player.press("b")
        form(player).query_one("#back-with", Input).value = "my sister"
        await player.press("ctrl+s")
        assert [words.with_whom for words in await kept(player)] == ["my sister"]


async def test_a_record_that_cannot_be_written_loses_no_line(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await finish(player)
        await player.press("b")
        await write(player, "it rose")
        with sqlite3.connect(tmp_path / "calmdesk.db", isolation_level=None) as other:
            other.execute("ALTER TABLE debrief RENAME TO gone")
            await player.press("ctrl+s")
            assert "! not kept" in player.text()
            assert form(player).query_one("#back-escalated", Input).value == "it rose"
            other.execute("ALTER TABLE gone RENAME TO debrief")
        other.close()
        await player.press("ctrl+s")
        assert await kept(player) == [LookedBack("it rose")]


async def test_my_debriefs_are_shared_and_taken_back_with_one_key(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(80, 24)) as player:
        player.app.own_room.show_debriefs()
        await player.quiet()
        assert "None yet" in player.text()
        await player.press("escape")
        await finish(player)
        await player.press("b")
        await write(player, "it rose [/b] when")
        await player.press("ctrl+s")
        player.app.own_room.show_debriefs()
        await player.quiet()
        assert isinstance(player.app.screen, OwnDebriefs)
        assert "it rose [/b] when" in player.text()
        assert "yours alone" in player.text()
        await player.press("s")
        assert [words.shared for words in await kept(player)] == [True]
        assert "Shared: others can read it" in player.text()
        await player.press("s")
        assert [words.shared for words in await kept(player)] == [False]


async def test_what_others_share_stands_below_with_their_name(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await finish(player)
        await player.press("b")
        await write(player, "my own line")
        await player.press("ctrl+s")
        store = Store.open(fresh(tmp_path / "calmdesk.db"))
        other = as_somebody_else(store, "Kim Adeyemi")
        contact = lived(other, at=player.clock.now())
        debriefs.keep(other, contact, LookedBack("the date", shared=True), player.clock.now())
        other.close()
        store.close()
        player.app.own_room.show_debriefs()
        await player.quiet()
        shown = player.text()
        assert shown.index("my own line") < shown.index("Shared by others")
        assert "Kim Adeyemi" in shown[shown.index("Shared by others") :]
        await player.press("down", "s")
        assert [words.shared for words in await kept(player)] == [True], "only one's own"


@pytest.mark.parametrize("size", [(48, 30), (80, 24), (120, 40)], ids=str)
async def test_both_boxes_are_whole_at_each_size(size: tuple[int, int], tmp_path: Path) -> None:
    async with playing(tmp_path, size=size) as player:
        await finish(player)
        await player.press("b")
        shown = player.text()
        for words in ("It went up", "Our process", "With", "others may read it", "escape leaves"):
            assert words in shown, words
        assert all(it.region.right <= size[0] for it in player.app.screen.query("*"))
        await write(player, "a long line of what was said, " * 6)
        await player.press("ctrl+s")
        player.app.own_room.show_debriefs()
        await player.quiet()
        assert "escape leaves" in player.text()
        assert all(it.region.right <= size[0] for it in player.app.screen.query("*"))


# -- a break ------------------------------------------------------------------------------------


async def test_a_break_takes_its_minutes(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await finish(player, "/break 5")
        assert isinstance(player.app.screen, Pause)
        assert "5:00" in player.text() or "4:5" in player.text()
        player.wind(4 * 60)
        await player.tick()
        assert isinstance(player.app.screen, Pause)
        player.wind(60)
        await player.tick()
        assert isinstance(player.app.screen, DeskScreen)


async def test_a_break_that_cannot_be_read_is_asked_for_again(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("/break 90")
        assert "A break takes 1 to 60 minutes" in player.text()
        assert player.screen.note_line.input.value == "/break 90"
        assert player.screen.opened.pause_after == 0


async def test_the_minutes_of_a_break_outlive_a_restart_and_shaken_takes_none(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("/break 7")
        await player.note("/shaken")
        assert player.screen.opened.pause_after == 7
    async with playing(tmp_path, clock=player.clock) as player:
        assert player.screen.opened.pause_after == 7


async def test_the_palette_asks_for_the_minutes(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        player.app.own_room.take_break()
        await player.quiet()
        field = player.app.screen.query_one("#break-minutes", Input)
        field.value = "0"
        await player.press("enter")
        assert "1 to 60 minutes" in player.text()
        field.value = "2"
        await player.press("enter")
        assert isinstance(player.app.screen, Pause)
        assert player.app.screen.length == 120
        await player.press("enter")
        assert isinstance(player.app.screen, DeskScreen)


async def test_in_a_call_a_break_comes_after_it(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        player.app.own_room.take_break()
        await player.quiet()
        assert player.screen.call.ended_at is None, "the call stays in sight"
