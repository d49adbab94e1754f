"""The forms of a call: what stands in a field counts, and no key is lost beside one."""

from pathlib import Path

from textual import events
from textual.widgets import Input

from calmdesk.guide import happenings as h
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Outcome
from calmdesk.guide.stages import Fault, Stage
from calmdesk.records import browse
from calmdesk.records.case_rows import CaseWhole
from tests.player import Player, playing


async def whole(player: Player, ref: str) -> CaseWhole:
    return await player.app.desk.look(browse.whole, ref, player.clock.now())


async def kinds(player: Player, ref: str) -> list[str]:
    return [entry.kind for entry in (await whole(player, ref)).journal]


async def test_what_stands_in_a_field_is_kept_when_the_stage_is_left(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n", "ctrl+r")
        await player.write("a full refund")
        await player.press("tab", "tab")
        field = player.screen.query_one("#offer", Input)
        player.screen.set_focus(field)
        await player.write("courier 45")
        await player.press("f4")
        assert player.call.ask == "a full refund"
        assert [offer.text for offer in player.call.offers] == ["courier"]
        player.screen.set_focus(player.screen.query_one("#promise", Input))
        await player.write("courier note by email tue 9")
        await player.press("f4")
        assert [promise.what for promise in player.call.promises] == ["courier note by email"]
        player.screen.set_focus(player.screen.query_one("#category", Input))
        await player.write("wrong item")
        await player.press("escape")
        await player.note("/outcome partly agreed")
        ref = player.call.ref
        await player.press("ctrl+s")
        assert (await whole(player, ref)).line.category == "wrong_item"


async def test_tabbing_through_agree_moves_no_date(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        for _ in range(4):
            await player.press("f4")
        assert player.call.follow_up is not None
        before = player.call.follow_up
        for _ in range(9):
            await player.press("tab")
        assert player.call.follow_up == before


async def test_the_newer_ask_stands_after_a_restart(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("$ refund of 38.20")
        await player.press("ctrl+r", "f4")
        await player.pilot.pause(0.3)
    async with playing(tmp_path, clock=player.clock) as player:
        await player.note("$ a full refund now")
        await player.note("+ refund shows on your card tue 12:00")
        assert "Refund shows on your card: Tuesday" in player.screen.query_one("#readback").text  # type: ignore[attr-defined]
        await player.press("f3")
        assert player.screen.query_one("#ask", Input).value == "a full refund now"
        for _ in range(6):
            await player.press("tab")
        assert player.call.ask == "a full refund now"


async def test_an_arrow_only_marks_and_enter_chooses(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n", "f4", "f4")
        ref = player.call.ref
        player.screen.set_focus(player.screen.query_one("#fault"))
        await player.press("right", "right", "right")
        assert not any(k == "fault settled" for k in await kinds(player, ref))
        await player.press("enter")
        assert player.call.fault is Fault.CUSTOMER
        assert (await kinds(player, ref)).count("fault settled") == 1


async def test_space_ticks_and_types_nothing(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n", "f4", "f4")
        player.screen.set_focus(player.screen.query_one("#verified"))
        await player.press("space")
        assert player.call.verified
        assert player.screen.note_line.input.value == ""


async def test_a_paste_beside_a_field_goes_to_the_note_line(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n", "f4", "f4")
        player.screen.set_focus(player.screen.query_one("#fault"))
        player.app.post_message(events.Paste("who signs\nthe proof?"))
        await player.quiet()
        assert player.screen.note_line.input.value == "who signs the proof?"


async def test_a_burst_of_typing_beside_a_field_loses_no_letter(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("? proof")
        await player.press("f4", "f4")
        for letter in "whosigns":
            player.app.post_message(events.Key(letter, letter))
        await player.quiet()
        assert sorted(player.screen.note_line.input.value) == sorted("whosigns")


async def test_save_runs_a_command_and_saves_once(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("/wrap")
        ref = player.call.ref
        await player.press("escape")
        await player.write("/outcome explained")
        screen = player.screen
        await player.pilot.press("ctrl+s", "ctrl+s")
        await screen.action_save()
        await player.quiet()
        read = await whole(player, ref)
        assert read.line.outcome == Outcome.EXPLAINED
        assert read.notes == ()
        assert [entry.kind for entry in read.journal].count("finished") == 1


async def test_a_bare_slash_lists_and_does_nothing(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("/")
        assert player.call.stage is Stage.LISTEN
        assert "/heard" in player.text()
        await player.press("enter")
        assert player.call.stage is Stage.LISTEN


async def test_an_unfinished_agreement_is_not_saved_as_agreed(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("= courier 45")
        await player.note("/settle yes")
        await player.note("/wrap")
        await player.press("ctrl+s")
        assert player.app.place.live is not None
        assert "how did it end" in player.screen.note_line.hint


async def test_hold_is_over_when_the_call_is(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("/wrap")
        await player.note("/hold")
        assert not player.call.held
        assert "over" in player.screen.note_line.hint


async def test_another_name_renames_nobody(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes, Reyes Dance School, +1 415 555 0134")
        dana = player.call.ref
        await player.note("/outcome agreed")
        await player.note("/wrap")
        await player.press("ctrl+s")
        await player.app.action_take_call("+1 415 555 0134")
        await player.quiet()
        assert player.call.caller.name == "Dana Reyes", "the number is hers alone"
        await player.note("@ Kofi Oduya")
        kofi = player.call.ref
        await player.note("/outcome agreed")
        await player.note("/wrap")
        await player.press("ctrl+s")
        assert (await whole(player, dana)).line.customer == "Dana Reyes"
        assert (await whole(player, kofi)).line.customer == "Kofi Oduya"


async def test_a_name_mended_in_its_first_call_is_one_customer(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("@ Dana Rey")
        await player.press("up")
        await player.write("es")
        await player.press("enter")
        assert player.call.caller == h.CallerNamed("Dana Reyes")
        assert [note.text for note in player.call.notes if note.sign is Sign.CALLER] == [
            "Dana Reyes"
        ]
        ref = player.call.ref
        assert (await whole(player, ref)).line.customer == "Dana Reyes"


async def test_r_on_the_desk_reads_that_very_case(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(80, 24)) as player:
        for name in ("Helen Achterberg", "Wanjiru Kamau"):
            await player.press("ctrl+n")
            await player.note(f"@ {name}")
            await player.note("/ring +2h")
            await player.note("/wrap")
            await player.press("ctrl+s")
            player.wind(60)
        await player.press("r")
        assert "Helen Achterberg" in player.text()
        assert "Journal" in player.text()
        assert "Wanjiru" not in player.text()


async def test_a_call_that_ended_while_nobody_looked_ended_then(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.tick()
        slept_at = player.clock.now()
        player.clock.sleep(600)
        await player.tick()
        await player.press("down", "down", "enter")
        assert player.call.ended_at == slept_at


async def test_the_private_pause_is_remembered_over_a_restart(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("/shaken")
    async with playing(tmp_path, clock=player.clock) as player:
        assert player.screen.opened.pause_after


async def test_over_the_limit_somebody_is_named(tmp_path: Path) -> None:
    from calmdesk.settings import Escalation, Settings

    chosen = Settings(
        limit=5000, escalation=(Escalation("Kim Adeyemi", "555 0190", topic="billing"),)
    )
    async with playing(tmp_path, settings=chosen) as player:
        await player.press("ctrl+n")
        await player.note("= courier at our cost 45 by fri 9")
        assert "over your limit" not in player.text()
        await player.note("= reprint tonight 80")
        await player.press("ctrl+r")
        assert "$75.00 over your limit: Kim Adeyemi decides, 555 0190" in player.text()
        await player.note("/escalate")
        assert "Kim Adeyemi" in player.text()
        assert player.call.escalated == h.Escalated("Kim Adeyemi", "555 0190")


async def test_a_time_that_only_dateparser_reads_is_shown_when_it_is_found(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("+ send the samples in a fortnight")
        (promise,) = player.call.promises
        assert promise.due is not None
        assert "Sat 5 Dec 17:30" in player.screen.note_line.hint


async def test_they_are_asked_what_happened_once(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        first = player.screen.panel.first
        assert first is not None
        assert first.phrase.group == "opening"
        await player.press("f5")
        after = player.screen.panel.first
        assert after is not None
        assert after.phrase.group == "nod"


async def test_what_is_wrong_with_a_command_stands_there_until_the_line_is_changed(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("/heat 9")
        assert player.screen.note_line.input.value == "/heat 9"
        assert "heat takes 1 to 5, or cold." in player.text()
        await player.press("backspace")
        assert "heat takes" not in player.text()
        await player.press("4", "enter")
        assert player.call.heat is not None
        assert player.call.heat.level == 4
        for _ in range(2):
            await player.note("/heat 9")
            assert "heat takes" in player.text()
            await player.press(*["backspace"] * len("/heat 9"))
            assert "heat takes" not in player.text(), "an emptied line has nothing wrong with it"
