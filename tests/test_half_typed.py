"""What is typed into a box and not kept: it comes back as it was meant, and only while it is news."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.command import CommandPalette
from textual.screen import Screen
from textual.widgets import Input, TextArea

from calmdesk.guide.call import Promise
from calmdesk.guide.happenings import PromiseChanged
from calmdesk.records.store import Store
from calmdesk.screens.day import DayScreen
from calmdesk.screens.form_screen import AS_LEFT
from calmdesk.screens.go_to import GoTo
from calmdesk.screens.hand_over import HandOver
from calmdesk.screens.kept_form import KeptForm
from calmdesk.screens.known_issue import KnownIssues
from calmdesk.screens.look_back import LookBack
from calmdesk.screens.phrase_form import PhraseForm
from calmdesk.screens.promise import PromiseScreen
from calmdesk.screens.promises import PromisesScreen
from calmdesk.screens.tell_promise import TellPromise
from calmdesk.widgets.tick import Tick
from tests.player import Player, playing
from tests.test_case_work import a_case, choose, fill, on, whole
from tests.test_debrief_own import finish

DAY = 86400.0


@contextmanager
def held_up(player: Player) -> Iterator[None]:
    """While the store is busy with something else."""
    over = Event()

    def busy(store: Store) -> None:
        over.wait(60)

    player.app.desk.submit(busy)
    try:
        yield
    finally:
        over.set()


async def kept_under_a_ring(player: Player) -> None:
    """ctrl+s while the store is held up; the phone rings before it has an answer."""
    with held_up(player):
        await player.pilot.press("ctrl+s")
        await player.pilot.press("ctrl+n")
        await player.pilot.pause()
        assert player.call.ended_at is None
    await player.quiet()


async def tell(player: Player, what: str = "a proof", when: str = "tue 14:00") -> None:
    """Fill in what they were told."""
    await player.press("p")
    await fill(player, "tell-what", what)
    await fill(player, "tell-when-typed", when)
    await choose(player, "tell-how", 1)


def value(player: Player, field: str) -> str:
    """What stands in a field of the open box."""
    return player.app.screen.query_one(f"#{field}", Input).value


# -- what the record took is no draft -------------------------------------------------------------


async def test_a_promise_that_was_kept_while_the_phone_rang_is_not_told_twice(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await a_case(player)
        await tell(player)
        await kept_under_a_ring(player)
        await player.press("ctrl+g", "y")
        await player.press("escape", "down", "enter")
        assert "a proof" in [it["what"] for it in (await whole(player)).promises]
        await player.press("p")
        assert AS_LEFT not in player.text()
        assert value(player, "tell-what") == ""


async def test_what_was_refused_while_the_phone_rang_is_there_again(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await a_case(player)
        await player.press("c")
        await choose(player, "close-outcome", 3)
        await choose(player, "told-how", 0)
        await fill(player, "told-words", "We cannot refund it.")
        await kept_under_a_ring(player)  # refused: a promise on it is open
        await player.press("ctrl+g", "y")
        await player.press("escape", "down", "enter", "c")
        assert AS_LEFT in player.text()
        assert value(player, "told-words") == "We cannot refund it."


async def test_a_look_back_that_was_kept_while_the_phone_rang_is_no_draft(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await finish(player)
        await player.press("b")
        assert on(player, LookBack)
        await player.write("it began with the date")
        await kept_under_a_ring(player)
        assert not player.app.place.half_typed


async def test_an_issue_that_was_announced_while_the_phone_rang_is_no_draft(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+g", "y", "i")
        assert on(player, KnownIssues)
        await fill(player, "issue-category", "late delivery")
        await fill(player, "issue-sentence", "A van broke down.")
        await fill(player, "issue-until", "16:00")
        await kept_under_a_ring(player)
        assert not player.app.place.half_typed


async def test_a_phrase_that_is_being_written_waits_for_its_answer(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+g", "b")
        await player.press("a")
        assert on(player, PhraseForm), player.app.screen
        for name, words in {
            "line": "I am writing it down for you.",
            "move": "Write it down",
            "class": "acknowledge",
            "stages": "listen",
        }.items():
            await fill(player, f"phrase-{name}", words)
        async with player.app.own_words._lock:
            await player.pilot.press("ctrl+s", "escape")
            assert on(player, PhraseForm)
            assert not player.app.place.half_typed
        await player.quiet()
        assert not on(player, PhraseForm)


# -- a box goes when it can be seen ---------------------------------------------------------------


@pytest.mark.parametrize(("over", "kind"), [("ctrl+g", GoTo), ("ctrl+p", CommandPalette)])
async def test_a_box_that_has_its_answer_takes_nothing_away_that_stands_over_it(
    over: str, kind: type[Screen[Any]], tmp_path: Path
) -> None:
    async with playing(tmp_path) as player:
        await a_case(player)
        await tell(player)
        with held_up(player):
            await player.pilot.press("ctrl+s")
            await player.pilot.press(over)
            await player.pilot.pause()
            assert on(player, kind)
        await player.quiet()
        assert on(player, kind)
        await player.press("escape")
        assert on(player, DayScreen)
        assert "a proof" in [it["what"] for it in (await whole(player)).promises]


# -- each question has its own --------------------------------------------------------------------


async def test_a_promise_that_is_half_typed_is_not_the_next_report(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await a_case(player)
        await tell(player, "a word on the reprint")
        await choose(player, "tell-kind", 2)
        await player.press("ctrl+s", "p")
        await fill(player, "tell-what", "the courier's number")
        await player.press("escape")
        await player.press("k", "down", "enter")
        assert on(player, TellPromise)
        assert AS_LEFT not in player.text()
        assert value(player, "tell-what") == "a word on the reprint"


async def test_the_brief_of_a_live_call_waits_while_the_call_goes_on(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes")
        await player.note("/handover")
        assert on(player, HandOver)
        player.app.screen.query_one(TextArea).text = "She teaches until four."
        await player.quiet()
        await player.press("escape")
        await player.note("the flyers never came")
        await player.note("/handover")
        assert AS_LEFT in player.text()
        assert player.app.screen.query_one(TextArea).text == "She teaches until four."


@pytest.mark.parametrize("key", ["m", "w"])
async def test_what_the_record_refuses_about_a_line_stays_in_its_box(
    key: str, tmp_path: Path
) -> None:
    async with playing(tmp_path) as player:
        await a_case(player)
        await player.press("ctrl+g", "p")
        assert on(player, PromisesScreen)
        await player.press(key)
        await fill(player, "reason", "the reminder never came")

        def gone(store: Store) -> None:
            with store.transaction() as session:
                session.connection().exec_driver_sql("UPDATE promise SET state = 'kept'")

        await player.app.desk.ask(gone)
        await player.press("ctrl+s")
        assert on(player, KeptForm)
        assert value(player, "reason") == "the reminder never came"
        assert "! " in player.box()


# -- what it meant ----------------------------------------------------------------------------------


async def promised(player: Player) -> Promise:
    """One promise in a live call, its line marked."""
    await player.press("ctrl+n")
    await player.note("+ courier brings the flyers thu 12:00")
    for _ in range(4):
        await player.press("f4")
    return player.call.promises[0]


async def mend(player: Player) -> None:
    """Open the promise."""
    player.screen.query_one("#promises").focus()
    await player.press("down", "enter")
    assert on(player, PromiseScreen)


async def test_an_old_draft_writes_over_no_newer_time(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        promise = await promised(player)
        await mend(player)
        await fill(player, "promise-when", "fri 9")
        await fill(player, "promise-asked", "dispatch")
        await player.press("escape")
        saturday = player.app.place.instant(datetime(2026, 11, 28, 10))  # noqa: DTZ001
        player.screen.did(PromiseChanged(promise.promise_id, promise.what, saturday, False, ""))
        await player.quiet()
        await mend(player)
        assert "sat 28 nov 10:00" in value(player, "promise-when")
        assert value(player, "promise-asked") == "dispatch", "nothing newer stands there"
        player.app.screen.query_one(Tick).action_turn()
        await player.press("ctrl+s")
        assert [it.due for it in player.call.promises] == [saturday]


@pytest.mark.parametrize(
    ("typed", "later", "stands"),
    [
        ("tomorrow 10", 600, "tomorrow 10"),
        ("tomorrow 10", 0.6 * DAY, "sun 22 nov 10:00"),
        ("fri 12:00", 2 * DAY, "fri 12:00"),
        ("+26h", DAY, "sun 22 nov 16:02"),
        ("+2h", 2 * DAY, ""),
        ("tomorrow 10", 2 * DAY, ""),
        ("when she rings", 2 * DAY, "when she rings"),
    ],
)
async def test_a_time_that_was_left_still_means_the_same_instant(
    typed: str, later: float, stands: str, tmp_path: Path
) -> None:
    async with playing(tmp_path) as player:
        await a_case(player)
        await player.press("p")
        await fill(player, "tell-when-typed", typed)
        await fill(player, "tell-what", "tell them tomorrow")
        await player.press("escape")
        player.wind(later)
        await player.press("p")
        assert value(player, "tell-when-typed") == stands
        assert value(player, "tell-what") == "tell them tomorrow"
