"""What was typed is on disk, or on the screen with the reason why it is not."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from textual.widgets import Input

from calmdesk.app import CalmDesk
from calmdesk.guide import happenings as h
from calmdesk.guide.listening import Kind
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Outcome, outcomes
from calmdesk.guide.stages import Stage
from calmdesk.paths import Places
from calmdesk.records import calls
from calmdesk.records.desk import Desk
from calmdesk.records.store import Store
from tests.player import SATURDAY, ZONE, Player, playing, running


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(home / "calmdesk.db") as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


async def troubled(player: Player, is_it: bool) -> None:
    """Wait until something is, or nothing is any more, in the way of what is to be kept."""
    async with asyncio.timeout(60):
        while bool(player.app.keeper.state.trouble) is not is_it:
            await player.pilot.pause(0.02)
    await player.pilot.pause()


async def test_a_restart_opens_the_same_call_as_it_was(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        clock = player.clock
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes")
        await player.note("flyers due fri")
        await player.note("/heat 4")
        player.wind(50)
        await player.press("f2")
        player.wind(10)
        await player.press("escape")
        await player.write("half a tho")
        await player.press("left", "left")
        await player.pilot.pause(0.3)
        await player.quiet()
        before = player.call
        now = clock.now()
        listened, talked = before.seconds(Kind.LISTEN, now), before.seconds(Kind.TALK, now)

    async with playing(tmp_path, clock=clock) as player:
        call = player.call
        assert call.ref == before.ref
        assert call.stage is Stage.ACKNOWLEDGE
        assert call.seconds(Kind.LISTEN, now) == listened
        assert call.seconds(Kind.TALK, now) == talked
        assert [note.text for note in call.notes] == ["Dana Reyes", "flyers due fri"]
        assert call.heat == h.HeatMarked(4)
        line = player.screen.note_line.input
        assert line.value == "half a tho"
        assert line.cursor_position == len("half a tho") - 2
        assert player.app.focused is line


async def test_a_line_that_was_entered_and_not_kept_yet_is_gone_on_with_at_its_end(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.write("proof opens")
        await player.screen.note_line.input.entered()
        (draft,) = player.screen.saving.drafts.gather()
        assert (draft.text, draft.cursor) == ("proof opens", len("proof opens"))


async def test_half_a_form_is_there_again_after_a_restart(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("$ wants them fri")
        await player.press("ctrl+r")
        await player.write("courier at our c")
        await player.pilot.pause(0.3)
        await player.quiet()
    async with playing(tmp_path, clock=player.clock) as player:
        offer = player.screen.query_one("#offer", Input)
        assert offer.value == "courier at our c"
        assert player.app.focused is offer


async def test_eleven_digits_wait_until_they_end(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.write("card 4111 1111 111")
        await player.pilot.pause(0.3)
        await player.quiet()
        (kept,) = rows(tmp_path, "SELECT text FROM draft WHERE field = 'note'")
        assert kept == ("card ",)


async def test_a_long_absence_is_asked_about_and_left_out(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        clock = player.clock
        await player.press("ctrl+n")
        await player.note("flyers due fri")
        player.wind(30)
    clock.wind(600)
    async with playing(tmp_path, clock=clock) as player:
        assert "calmdesk was away" in player.text()
        await player.press("down", "enter")
        listened = player.call.seconds(Kind.LISTEN, clock.now())
        assert listened < 40
        assert player.call.stage is Stage.LISTEN


async def test_a_laptop_that_slept_is_noticed(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.tick()
        player.clock.sleep(600)
        await player.tick()
        assert "calmdesk was away for 10:00" in player.text()
        await player.press("down", "down", "enter")
        assert player.call.stage is Stage.WRAP_UP, "it ended then"


async def test_a_call_begun_before_the_store_is_open_keeps_its_instant(tmp_path: Path) -> None:
    from calmdesk.clock import HandClock

    clock = HandClock(SATURDAY, ZONE)
    places = Places.within(tmp_path)
    gate = asyncio.Event()
    loop = asyncio.get_running_loop()

    def slowly() -> Store:
        asyncio.run_coroutine_threadsafe(gate.wait(), loop).result()
        return Store.open(places.database, ZONE)

    app = CalmDesk(places, slowly, clock=clock)
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("ctrl+n")
            await pilot.press(*"early", "enter")
            clock.wind(9)
            await pilot.pause()
            gate.set()
            await app.keeper.settle()
            await pilot.pause()
    finally:
        app.close_desk()
    assert rows(tmp_path, "SELECT text FROM note") == [("early",)]
    (answered,) = rows(tmp_path, "SELECT answered_at FROM contact")
    assert str(answered[0]).startswith("2026-11-21 19:02:00")


async def test_a_failed_save_stays_on_screen_says_so_and_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("calmdesk.screens.keeping.AGAIN", 0.05)
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("first")
        blocker = sqlite3.connect(tmp_path / "calmdesk.db", isolation_level=None)
        blocker.execute("PRAGMA max_page_count=1")
        blocker.close()
        full = player.app.desk

        def fill_up(store: Store) -> None:
            with store.transaction() as session:
                session.connection().exec_driver_sql("PRAGMA max_page_count=1")

        await full.ask(fill_up)
        for number in range(40):
            player.app.keeper.keep(
                calls.happen,
                player.call.contact_id,
                h.Noted(f"n{number}", Sign.SAYS, "x" * 5000),
                player.clock.now(),
            )
        await troubled(player, True)
        shown = player.text()
        assert "! not kept" in shown
        assert "disk" in shown
        assert "calmdesk.db" in shown.replace("\n", "")
        assert "first" in shown, "the text stays on the screen"

        def room(store: Store) -> None:
            with store.transaction() as session:
                session.connection().exec_driver_sql("PRAGMA max_page_count=1000000")

        await full.ask(room)
        await troubled(player, False)
        await player.quiet()
        assert "! not kept" not in player.text()
    assert len(rows(tmp_path, "SELECT id FROM note")) == 41


async def test_a_cancelled_asker_loses_no_write(tmp_path: Path) -> None:
    desk = Desk(lambda: Store.open(tmp_path / "calmdesk.db"))
    now = SATURDAY
    await desk.ask(calls.answer, "c", "k", h.Answered(), now)

    async def asker(number: int) -> None:
        await desk.ask(calls.happen, "c", h.Noted(f"n{number}", Sign.SAYS, "kept"), now)

    tasks = [asyncio.create_task(asker(number)) for number in range(20)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    desk.close()
    assert rows(tmp_path, "SELECT count(*) FROM note") == [(20,)]


async def test_quitting_with_half_a_thought_keeps_it(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("flyers due fri")
        field = player.screen.note_line.input
        field.insert_text_at_cursor("and then he")
        await player.pilot.press("ctrl+q")
        await player.quiet()
        await player.pilot.press("down", "enter")
    assert rows(tmp_path, "SELECT text FROM draft WHERE field = 'note'") == [("and then he",)]


async def test_a_second_calmdesk_on_the_same_database_says_so(tmp_path: Path) -> None:
    async with playing(tmp_path) as first:
        await first.press("ctrl+n")
        await first.note("flyers due fri")
        places = Places.within(tmp_path)
        app = CalmDesk(places, lambda: Store.open(places.database, ZONE), clock=first.clock)
        async with running(app, (100, 30), first.clock) as second:
            assert second.app.place.live is None, "the call stays where it is"
            assert "Another calmdesk" in second.text()
            assert "calmdesk.db" in second.text()
            await second.press("ctrl+n")
            assert second.app.place.live is None
            await second.press("ctrl+g", "y")
            assert "1 case" in second.text(), "it can read"


async def test_a_crash_keeps_the_words_and_prints_none_of_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "Zoltan 4111"

    def crash() -> None:
        words = secret
        raise ZeroDivisionError(len(words) * 0)

    async def play() -> None:
        async with playing(tmp_path) as player:
            await player.press("ctrl+n")
            await player.note(f"@ {secret}")
            player.screen.note_line.input.insert_text_at_cursor("half typed")
            player.app.call_later(crash)
            await player.pilot.pause(0.2)

    with pytest.raises(ZeroDivisionError):
        await play()
    printed = capsys.readouterr()
    assert secret not in printed.out + printed.err
    assert rows(tmp_path, "SELECT text FROM draft WHERE field = 'note'") == [("half typed",)]


@pytest.mark.parametrize("outcome", outcomes(callback=False))
async def test_every_outcome_can_be_saved(outcome: Outcome, tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("/wrap")
        await player.note(f"/outcome {outcome.value}")
        await player.press("ctrl+s")
        if outcome is Outcome.HANDED_OVER:
            await player.write("Ana Lindqvist")
            await player.press("ctrl+s", "ctrl+s")  # the second names somebody new
        assert player.app.place.live is None
    assert rows(tmp_path, 'SELECT outcome FROM "case"') == [(outcome.value,)]
    waiting = rows(
        tmp_path, "SELECT status FROM \"case\" WHERE status IN ('open', 'investigating')"
    )
    nexts = rows(tmp_path, "SELECT id FROM follow_up UNION SELECT id FROM promise")
    assert len(nexts) >= len(waiting), "no open case without a next action (S103)"
