"""One whole call through the pilot, read back through the command line."""

import json
from pathlib import Path

import pytest
from textual.widgets import TextArea
from typer.testing import CliRunner

from calmdesk.commands import app as commands
from calmdesk.guide.outcome import Outcome, Verdict
from calmdesk.guide.promises import PROGRESS, PromiseKind
from calmdesk.guide.stages import STAGES, Fault, Stage
from calmdesk.records import follow_through, people, register
from calmdesk.records.case_rows import HandedOver
from calmdesk.records.store import Store
from calmdesk.screens.hand_over import HandOver
from tests.player import Player, playing


async def _play(player: Player) -> None:
    """A hard call from the first key to the saved case."""
    await player.press("ctrl+n")
    await player.note("@ Dana Reyes, Reyes Dance School, +1 415 555 0134, since 2016")
    await player.press("ctrl+t", "5")
    player.wind(30)
    await player.note("flyers were due fri, told today they ship mon")
    await player.note("$ wants them fri morning")
    await player.note("* last order ever")
    await player.note("! plate failed tue @production log")
    await player.note("? proof of the plate test")
    player.wind(60)
    await player.press("f2")
    player.wind(15)
    await player.press("f2")
    await player.press("enter")  # the parked question was asked
    await player.note("/fault ours")
    await player.press("ctrl+o")
    player.wind(40)
    await player.press("ctrl+o")
    await player.press("ctrl+r")
    await player.write("courier at our cost, fri 9, 45")
    await player.press("enter")
    await player.note("/settle not yet")
    await player.press("ctrl+r")
    await player.write("reprint by courier, 30")
    await player.press("enter", "enter")  # the second enter adds what costs nothing
    await player.note("/settle yes")
    await player.note("+ courier brings the flyers fri 9")
    await player.note("+ ring with tracking thu 12:00")
    await player.note("/agreed")
    await player.note("/card")
    await player.press("enter")
    await player.note("/follow fri 11")
    player.wind(20)
    await player.note("/wrap")
    await player.note("/heat 2")
    await player.note("# late delivery")
    player.wind(5)
    await player.press("ctrl+s")


async def test_a_whole_call_is_played_and_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with playing(tmp_path) as player:
        await _play(player)
        assert player.app.place.live is None, "Save returns to the Desk"
        ref = (await player.app.desk.look(_only_ref)).strip()

    monkeypatch.setenv("CALMDESK_HOME", str(tmp_path))
    shown = CliRunner().invoke(commands, ["show", ref, "--json"])
    assert shown.exit_code == 0, shown.output
    case = json.loads(shown.stdout)
    assert case["customer"] == "Dana Reyes"
    assert case["ask"] == "wants them fri morning"
    assert case["stake"] == "last order ever"
    assert case["fault"] == Fault.OURS
    assert (case["heat_start"], case["heat_end"]) == (5, 2)
    assert case["category"] == "late_delivery"
    assert case["outcome"] == Outcome.AGREED
    assert [(o["round"], o["amount"], o["verdict"]) for o in case["offers"]] == [
        (1, 4500, Verdict.NOT_YET),
        (2, 3000, Verdict.YES),
        (2, 0, Verdict.YES),
    ]
    assert [p["what"] for p in case["promises"]] == [
        "courier brings the flyers",
        "ring with tracking",
    ]
    assert [p["due_at"] for p in case["promises"]] == [
        "2026-11-27T14:00:00+00:00",
        "2026-11-26T17:00:00+00:00",
    ]
    assert [f["due_at"] for f in case["follow_ups"]] == ["2026-11-27T16:00:00+00:00"]
    assert case["read_back"].startswith("Reprint by courier. One named person")
    assert case["agreed_at"] is not None
    (call,) = case["contacts"]
    assert call["card_line"] is True
    assert call["card_mail"] is True
    assert call["hold_seconds"] == 41
    assert call["listen_seconds"] > 90
    assert call["talk_seconds"] > 0
    assert call["wrap_up_seconds"] > 0
    kinds = [entry["kind"] for entry in case["journal"]]
    assert kinds[0] == "answered"
    assert kinds[-1] == "finished"
    assert kinds.index("story told") < kinds.index("heard") < kinds.index("offered")


def _only_ref(store: object) -> str:
    from sqlmodel import select

    from calmdesk.records.models import Case

    assert isinstance(store, Store)
    with store.reading() as session:
        return session.exec(select(Case.ref)).one()


async def test_every_stage_keeps_the_note_line_and_a_suggestion(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        for stage in STAGES:
            assert player.call.stage is stage
            assert player.screen.panel.first is not None, stage
            assert player.screen.note_line.input.region.height == 1, stage
            await player.press("f4")


async def test_save_asks_for_the_outcome_only(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("/wrap")
        await player.press("ctrl+s")
        assert "how did it end" in player.screen.note_line.hint
        await player.press("enter", "ctrl+s")
        assert player.app.place.live is None


async def test_an_open_case_is_offered_its_next_step(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("/wrap")
        await player.note("/outcome investigating")
        assert "Told them" in player.text()
        assert "ring back with what I found, Mon 23 Nov 10:00" in player.text()
        await player.press("ctrl+s")
        await player.press("ctrl+g", "d")
        assert "told: ring back with what I found" in player.text(), "a promise, no task of mine"


async def test_an_investigating_case_is_not_saved_without_a_promised_time(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(48, 30)) as player:
        await player.press("ctrl+n")
        await player.note("/wrap")
        await player.note("/outcome investigating")
        player.app.screen.set_focus(player.screen.query_one("#next-on"))
        await player.press("space", "ctrl+s")
        assert _is_live(player)
        assert "When do you ring back?" in player.screen.note_line.hint
        await player.note("+ ring her back tue 9")
        await player.press("ctrl+s")
        assert not _is_live(player)
        (line,) = await player.app.desk.look(register.register)
        assert line.what == "ring her back", "what was told is enough"
        assert not line.follow_up


async def test_a_word_in_between_is_noted_as_a_progress_report(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("/progress")
        assert "By when?" in player.screen.note_line.hint
        await player.press("escape")
        player.screen.note_line.write("")
        await player.note("/progress soonish")
        assert "no time calmdesk can read" in player.screen.note_line.hint
        await player.press("escape")
        player.screen.note_line.write("")
        await player.note("/progress thu 12:00")
        await player.note("/progress how the reprint looks tue 9")
        await player.note("/ring wed 9")
        told = [(p.what, p.of_kind) for p in player.call.promises]
        assert told == [
            (PROGRESS, PromiseKind.PROGRESS),
            ("how the reprint looks", PromiseKind.PROGRESS),
            ("find out and ring back", PromiseKind.RETURN_CALL),
        ]


async def test_a_call_that_is_handed_over_lands_in_the_inbox_with_its_brief(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes, +1 415 555 0134")
        await player.note("flyers were due fri")
        await player.note("/wrap")
        await player.note("/outcome handed over")
        await player.press("ctrl+s")
        assert isinstance(player.app.screen, HandOver), "who goes on with it?"
        await player.press("escape")
        assert _is_live(player), "nothing is saved that nobody has"
        await player.note("/handover Ana Lindqvist")
        box = player.app.screen
        assert isinstance(box, HandOver)
        assert box.query_one("#hand-brief", TextArea).text.startswith("Who: Dana Reyes")
        await player.press("ctrl+s", "ctrl+s")
        assert player.call.handed_to == "Ana Lindqvist"
        await player.press("ctrl+s")
        assert not _is_live(player)
        (mine,) = await player.app.desk.look(register.register)
        assert (mine.kind, mine.mine) == ("handed over", True)

        ana = next(it for it in await player.app.desk.look(people.team) if not it.me)
        inbox = await player.app.desk.look(_inbox, ana.id)
        assert [it.of for it in inbox] == ["Sam Ortiz"]
        assert "flyers were due fri" in inbox[0].brief


async def test_s63_the_brief_of_a_call_names_the_case_that_they_have_already(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, size=(120, 50)) as player:
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes, +1 415 555 0134")
        await player.note("$ flyers by fri")
        first = player.call.ref
        await player.note("+ ring back mon 12:00")
        await player.note("+ fresh flyers arrive tue 15:00")
        await player.note("/wrap")
        await player.press("ctrl+s")
        await player.press("ctrl+n")
        await player.note("@ +1 415 555 0134")
        await player.note("/handover")
        brief = player.app.screen.query_one("#hand-brief", TextArea).text.splitlines()
        assert "Promised: nothing" in brief, "in this call"
        assert (
            f"Earlier: {first} · asked flyers by fri · told ring back, due Mon 23 Nov 12:00"
            in brief
        )
        await player.press("escape", "f12")
        await player.note("/handover")
        joined = player.app.screen.query_one("#hand-brief", TextArea).text
        assert "Earlier" not in joined, "it is this very case"
        assert "Promised: ring back, Mon 23 Nov 12:00; fresh flyers arrive, Tue 24 Nov" in joined


def _is_live(player: Player) -> bool:
    return player.app.place.live is not None


def _inbox(store: Store, agent_id: str) -> list[HandedOver]:
    with store.reading() as session:
        return follow_through.inbox(session, agent_id)


async def test_ring_leaves_any_stage_with_a_dated_promise(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("/ring thu 12:00")
        (promise,) = player.call.promises
        assert promise.due is not None
        assert player.call.outcome is Outcome.INVESTIGATING
        await player.note("/wrap")
        await player.press("ctrl+s")
        await player.press("ctrl+g", "y")
        assert "investigating" in player.text()


async def test_a_parked_wrap_up_is_finished_later(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("@ K. Oduya")
        await player.note("/wrap")
        await player.press("ctrl+n")  # the next caller is there: nothing is asked
        assert player.call.caller.name == ""
        await player.note("/wrap")
        await player.note("/outcome information")
        await player.press("ctrl+s")
        assert "K. Oduya" in player.text()
        await player.press("enter")
        assert player.call.caller.name == "K. Oduya"
        assert player.call.stage is Stage.WRAP_UP
        await player.note("/outcome explained")
        await player.press("ctrl+s")
        assert "To finish" not in player.text()


async def test_a_live_call_is_not_pushed_aside(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("@ K. Oduya")
        await player.press("ctrl+n")
        assert player.call.caller.name == "K. Oduya"
        await player.press("ctrl+q")
        assert "The call is still running" in player.text()
        await player.press("enter")
        assert player.call.caller.name == "K. Oduya"


async def test_a_promise_without_a_readable_time_is_asked_for_at_wrap_up(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("+ send the samples zzz")
        (promise,) = player.call.promises
        assert promise.due is None
        await player.note("/wrap")
        assert "when?" in player.text()
        field = player.screen.query_one(f"#when-{promise.promise_id}")
        player.screen.set_focus(field)
        await player.write("tue 10")
        await player.press("enter")
        assert player.call.promises[0].due is not None


async def test_the_last_note_is_mended_and_both_are_kept(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("flyers due fry")
        await player.press("up")
        assert player.screen.note_line.input.value == "flyers due fry"
        await player.press("backspace", "backspace", "backspace")
        await player.write("fri")
        await player.press("enter")
        assert [note.text for note in player.call.notes] == ["flyers due fri"]
        ref = player.call.ref
        from calmdesk.records import browse

        whole = await player.app.desk.look(browse.whole, ref, player.clock.now())
        assert {"noted", "note mended"} <= {entry.kind for entry in whole.journal}


async def test_an_earlier_case_is_joined_with_one_key(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes, +1 415 555 0134")
        await player.press("f5")
        said = set(player.call.said)
        first = player.call.ref
        await player.note("/ring +1h")
        await player.note("/wrap")
        await player.press("ctrl+s")
        player.wind(7200)
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes, (1) 415-555-0134")
        assert "promise missed" in player.text()
        await player.press("f12")
        assert player.call.ref == first
        first_line = player.screen.panel.first
        assert first_line is not None
        assert first_line.phrase.id not in said, "what was said in this case is not offered again"
        await player.note("/wrap")
        await player.note("/outcome agreed")
        await player.press("ctrl+s")
        await player.press("ctrl+g", "y")
        assert "1 case" in player.text()
