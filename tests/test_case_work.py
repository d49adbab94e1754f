"""A case worked on between its calls, through the pilot, and read back."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea
from textual.widgets._toast import ToastRack
from typer.testing import CliRunner

from calmdesk.commands import app as commands
from calmdesk.guide import afterwards as f
from calmdesk.guide.happenings import FollowUpSet
from calmdesk.guide.outcome import Outcome
from calmdesk.records import browse, follow_through, people, register
from calmdesk.records.case_rows import CaseWhole
from calmdesk.screens.call import CallScreen
from calmdesk.screens.case_menu import CaseMenu
from calmdesk.screens.day import DayScreen
from calmdesk.screens.form_screen import AS_LEFT
from calmdesk.screens.hand_over import HandOver
from calmdesk.screens.kept_form import KeptForm
from calmdesk.screens.put_off import PutOff
from calmdesk.screens.question import Question
from calmdesk.screens.tell_promise import TellPromise
from calmdesk.screens.wait_for import WaitFor
from calmdesk.widgets.choice_line import ChoiceLine
from calmdesk.widgets.tick import Tick
from tests.player import Player, playing

SIZES = [(48, 30), (80, 24), (120, 40)]


async def a_case(player: Player) -> None:
    """One investigating case of Dana's, read in the Day."""
    await player.press("ctrl+n")
    await player.note("@ Dana Reyes, Reyes Dance School, +1 415 555 0134")
    await player.note("flyers were due fri, told today they ship mon")
    await player.note("! plate failed tue @production log")
    await player.note("! the courier was full")
    await player.note("/ring mon 12:00")
    await player.note("/wrap")
    await player.press("ctrl+s")
    await player.press("ctrl+g", "y", "enter")
    assert on(player, DayScreen)


async def whole(player: Player) -> CaseWhole:
    """The case, read from the record."""
    day = player.app.screen_stack[0]
    assert isinstance(day, DayScreen)
    assert day.work.whole is not None
    place = player.app.place
    return await place.desk.look(browse.whole, day.work.whole.line.id, place.now())


async def fill(player: Player, field: str, text: str) -> None:
    """Type into a field of the open box, in place of what stands there."""
    found = player.app.screen.query_one(f"#{field}", Input)
    player.app.screen.set_focus(found)
    found.value = ""
    await player.write(text)


async def choose(player: Player, line: str, place: int = 0) -> None:
    """Choose one of a line of choices."""
    player.app.screen.set_focus(player.app.screen.query_one(f"#{line}"))
    await player.press(*["right"] * place, "enter")


def on(player: Player, kind: type[Screen[Any]]) -> bool:
    """Whether a screen of this kind is on top."""
    return isinstance(player.app.screen, kind)


def form(player: Player) -> KeptForm:
    """The open box."""
    assert isinstance(player.app.screen, KeptForm), player.app.screen
    return player.app.screen


async def test_who_was_asked_and_what_they_answered_stands_in_the_case(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(90, 60)) as player:
        await a_case(player)
        await player.press("a")
        await player.press("ctrl+s")
        assert "Who was asked?" in player.text()
        await fill(player, "line-0", "dispatch")
        await fill(player, "line-1", "can a courier go on Friday?")
        await player.press("ctrl+s")
        assert on(player, Question), "a note to them is offered"
        await player.press("down", "enter")
        assert "dispatch · can a courier go on Friday? · no answer yet" in player.text()
        await player.press("n")
        await fill(player, "line-0", "yes, by four")
        await player.press("enter")
        assert "answered: yes, by four" in player.text()
        (consult,) = (await whole(player)).consults
        assert consult["answered_at"] is not None
        await player.press("n")
        assert on(player, DayScreen), "nobody owes an answer any more"


async def test_the_note_to_whoever_was_asked_is_handed_on_honestly(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await a_case(player)
        await player.press("a")
        await fill(player, "line-0", "dispatch")
        await fill(player, "line-1", "can a courier go on Friday?")
        await player.press("ctrl+s", "enter")
        await player.app.workers.wait_for_complete()
        (said,) = (it.message for it in player.app._notifications)
        assert "Copied" in said or "paste to see" in said
        if "paste to see" in said:
            assert "Dana Reyes" in player.app.clipboard
            assert "Mon 23 Nov 12:00" in player.app.clipboard


async def test_both_sides_are_kept_apart_each_with_its_source(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(160, 60)) as player:
        await a_case(player)
        await player.press("f")
        await fill(player, "line-0", "<the plate> was new [b]")
        await fill(player, "line-1", "Kim")
        await player.press("ctrl+s")
        lines = [line.strip(" │") for line in player.text().splitlines()]
        text = "\n".join(lines)
        says, verified = text.index("They say"), text.index("Verified")
        assert says < text.index("customer    flyers were due fri") < verified
        assert verified < text.index("<the plate> was new [b] · source: Kim")
        assert text.index("source: Kim") < text.index("the courier was full · not verified")


async def test_a_progress_report_once_kept_offers_the_next_at_the_same_distance(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await a_case(player)
        await player.press("p")
        await fill(player, "tell-what", "a word on the reprint")
        await fill(player, "tell-when-typed", "yesterday")
        await player.press("ctrl+s")
        assert on(player, TellPromise), "a time that is no time to come keeps the box open"
        await fill(player, "tell-when-typed", "tue 14:00")
        await player.press("ctrl+s")
        assert "How were they told?" in player.text()
        await choose(player, "tell-kind", 2)
        await choose(player, "tell-how", 1)
        await player.press("ctrl+s")
        assert on(player, DayScreen)
        told = next(p for p in (await whole(player)).promises if p["kind"] == "progress report")
        assert told["contact_id"] is None

        player.wind(2 * 86400)
        await player.press("k")
        assert on(player, Question), "two are open: which is kept?"
        await player.press("down", "enter")
        box = form(player)
        assert isinstance(box, TellPromise)
        assert box.query_one("#tell-when-typed", Input).value == "fri 27 nov 14:00"
        await choose(player, "tell-how", 0)
        await player.press("ctrl+s")
        reports = [p for p in (await whole(player)).promises if p["kind"] == "progress report"]
        assert [p["state"] for p in reports] == ["kept", "open"]
        assert reports[1]["due_at"] - reports[0]["due_at"] == timedelta(days=3)


async def colleague(player: Player, name: str, left: bool = False) -> None:
    """Somebody else on the team."""
    place = player.app.place
    ana = await place.desk.ask(people.add_colleague, name, place.now())
    if left:
        await place.desk.ask(people.has_left, ana.id, place.now())


async def test_a_case_is_handed_over_with_its_brief_and_a_follow_up_for_me(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(90, 60)) as player:
        await a_case(player)
        await colleague(player, "Ana Lindqvist")
        await colleague(player, "Lee Gone", left=True)
        await player.press("h")
        box = form(player)
        brief = box.query_one(TextArea)
        assert brief.text.splitlines()[0] == "Who: Dana Reyes, Reyes Dance School, +1 415 555 0134"
        assert "find out and ring back, Mon 23 Nov 12:00" in brief.text
        brief.text += "\nShe teaches until four."
        await fill(player, "hand-to", "lee")
        await player.press("ctrl+s")
        assert "Lee Gone has left; name somebody else." in player.text()
        assert brief.text.endswith("until four."), "nothing typed is lost"
        await fill(player, "hand-to", "lind")
        await player.press("enter")
        assert box.query_one("#hand-to", Input).value == "Ana Lindqvist"
        assert player.app.focused is brief
        await player.press("ctrl+s")
        case = await whole(player)
        (handed,) = case.handovers
        assert (handed["from"], handed["to"]) == ("Sam Ortiz", "Ana Lindqvist")
        assert handed["brief"].endswith("She teaches until four.")
        assert case.line.agent == "Ana Lindqvist"
        (mine,) = case.follow_ups
        assert (mine["kind"], mine["owner"]) == ("handed over", "Sam Ortiz")
        assert player.app.place.wall(mine["due_at"]) == datetime(2026, 11, 23, 10)  # noqa: DTZ001
        assert "She teaches until four." in player.text()


async def test_a_brief_says_what_became_of_every_promise_and_what_is_still_to_do(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, size=(90, 60)) as player:
        await a_case(player)
        case = await whole(player)
        place = player.app.place
        promise_id, now = case.promises[0]["id"], place.now()
        sunday = place.instant(datetime(2026, 11, 22, 15))  # noqa: DTZ001
        for it in (f.PromiseKept(promise_id), FollowUpSet("f1", sunday)):
            await place.desk.ask(follow_through.happen, case.line.id, it, now)
        await player.press("escape", "ctrl+g", "y", "enter", "h")
        brief = form(player).query_one(TextArea).text.splitlines()
        assert "Promised: find out and ring back (kept)" in brief
        assert "To do: see that it held, Sun 22 Nov 15:00" in brief


async def test_a_new_name_is_added_only_when_it_is_meant(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await a_case(player)
        await player.press("h")
        await fill(player, "hand-to", "Kim [/b] Oduya")
        await player.press("ctrl+s")
        hint = str(form(player).query_one("#hand-hint", Static).content)
        assert hint == "Nobody called Kim [/b] Oduya is known here; ctrl+s again names them."
        assert " ".join(player.box().split()).count("Nobody called") == 1
        await player.press("ctrl+s")
        assert [it["to"] for it in (await whole(player)).handovers] == ["Kim [/b] Oduya"]
        await player.press("h")
        await fill(player, "hand-to", "kim")
        assert "Kim [/b] Oduya" in player.text(), "found from now on, and never markup"


async def test_who_left_does_not_stand_in_the_way_of_who_is_here(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await a_case(player)
        for name, left in (("Ana Lindqvist", False), ("Ana Kovač", False), ("Andy Gone", True)):
            await colleague(player, name, left)
        await player.press("h")
        await fill(player, "hand-to", "an")
        assert "Ana Kovač, Ana Lindqvist" in player.text()
        assert "Andy Gone" not in player.text()
        await player.press("ctrl+s")
        assert "Which one: Ana Kovač, Ana Lindqvist?" in player.text()
        await fill(player, "hand-to", "ana l")
        await player.press("ctrl+s")
        assert [it["to"] for it in (await whole(player)).handovers] == ["Ana Lindqvist"]


async def test_nobody_hands_a_case_to_themselves(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await a_case(player)
        await player.press("h")
        await fill(player, "hand-to", "sam")
        await player.press("ctrl+s")
        assert "That is you" in player.text()
        await player.press("escape")
        assert (await whole(player)).handovers == ()


async def test_a_case_closes_only_when_they_were_told_and_nothing_is_promised(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, size=(100, 40)) as player:
        await a_case(player)
        await player.press("c")
        await player.press("ctrl+s")
        assert "How does it end?" in player.text()
        await choose(player, "close-outcome", 3)
        await player.press("ctrl+s")
        assert "Tell the customer first" in player.text()
        await choose(player, "told-how", 0)
        await fill(player, "told-words", "We cannot refund it; here is why.")
        await player.press("ctrl+s")
        assert "A promise on it is open" in player.text()
        assert (await whole(player)).told_at is None, "all of it or nothing"
        await player.press("escape", "k", "escape", "c")
        assert AS_LEFT in player.text()
        assert "We cannot refund it; here is why." in player.text()
        await player.press("ctrl+s")
        case = await whole(player)
        assert (case.line.status, case.line.outcome) == ("closed", Outcome.FINAL_ANSWER)
        assert case.told_how == "by phone"
        assert "We cannot refund it; here is why." in player.text()


async def test_a_case_that_is_opened_again_keeps_all_and_has_a_next_step(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(100, 40)) as player:
        await a_case(player)
        await player.press("k", "escape", "s")
        await choose(player, "told-how", 2)
        await player.press("ctrl+s")
        await player.press("c")
        assert "They were told by e-mail" in player.text()
        await choose(player, "close-outcome", 0)
        await player.press("ctrl+s")
        before = await whole(player)
        assert before.line.status == "closed"
        await player.press("p")
        assert on(player, DayScreen), "nothing is promised on a closed case"
        await player.press("o")
        await player.press("ctrl+s")
        assert "Why is it not over?" in player.text()
        await fill(player, "reopen-why", "the flyers are smudged")
        await player.press("ctrl+s")
        after = await whole(player)
        assert after.line.status == "open"
        assert after.line.next_at is not None, "no open case without a next action (S103)"
        assert after.told_at is None, "they are told anew"
        kept = ("contacts", "notes", "offers", "promises", "consults", "handovers")
        assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
        assert after.journal[: len(before.journal)] == before.journal
        assert "reopened: the flyers are smudged" in player.text()


async def test_a_case_waits_for_them_and_says_so_in_the_lists(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        await a_case(player)
        await player.press("w")
        await fill(player, "wait-what", "a picture of the damage")
        await fill(player, "wait-when-typed", "tomorow 25:00")
        await player.press("ctrl+s")
        assert on(player, WaitFor)
        assert "By when?" in player.text()
        await fill(player, "wait-when-typed", "wed 9")
        await player.press("ctrl+s")
        case = await whole(player)
        assert case.line.stands == "waits for them"
        (look,) = case.follow_ups
        assert player.app.place.wall(look["due_at"]).day == 25, "no pause without a date (D6)"
        await player.press("escape")
        assert "waits for them" in player.text()
        await player.press("ctrl+g", "d")
        assert "waits for them" in player.text()
        await player.press("ctrl+g", "y", "enter", "r")
        case = await whole(player)
        assert not case.line.waits
        assert case.waitings[0]["ended_at"] is not None


async def test_the_cause_is_found_as_it_is_typed_and_what_is_new_is_kept_as_typed(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        await a_case(player)
        await player.press("y")
        await fill(player, "cause-cause", "handov")
        assert "lost between two teams" in player.text()
        await fill(player, "cause-factors", "update, a wet cellar")
        await player.press("ctrl+s")
        case = await whole(player)
        assert case.cause == "handover_lost"
        assert set(case.factors) == {"no_update", "a wet cellar"}
        assert "lost between two teams" in player.text()
        await player.press("e")
        assert (await whole(player)).example
        await player.press("e")
        assert not (await whole(player)).example


async def test_what_is_written_into_a_case_is_not_taken_back_by_u_nor_what_was_done_before_it(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await a_case(player)
        day = player.app.screen
        assert isinstance(day, DayScreen)
        await day.work.run("example")
        assert (await whole(player)).example
        await player.press("w")
        await fill(player, "wait-what", "a picture of the damage")
        await fill(player, "wait-when-typed", "wed 9")
        await player.press("ctrl+s")
        waits = (await whole(player)).waitings
        assert len(waits) == 1
        await player.press("u")
        assert (await whole(player)).waitings == waits
        assert (await whole(player)).example
        await player.press("u")
        assert not (await whole(player)).example


@pytest.mark.parametrize("size", SIZES)
async def test_the_menu_lists_what_can_be_done_and_its_letters_do_it(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with playing(tmp_path, size=size) as player:
        await a_case(player)
        assert "m work on it" in player.text()
        await player.press("m")
        assert on(player, CaseMenu)
        for words in ("Somebody else goes on with it", "It is over: close it"):
            assert words in player.text()
        assert "It is not over after all" not in player.text(), "the case is open"
        await player.press("h")
        assert on(player, HandOver)
        assert "ctrl+s hands it over" in player.text()
        assert "Heat: not marked" in player.text()
        await player.press("escape")
        assert on(player, DayScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_every_box_fits_and_its_last_line_is_seen(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with playing(tmp_path, size=size) as player:
        await a_case(player)
        for key in "psafhwyc":
            await player.press(key)
            hint = form(player).query_one("#form-hint").region
            boxed = form(player).query_one(".box").region
            assert hint.height > 0, key
            assert hint.bottom <= boxed.bottom <= size[1], key
            assert boxed.right <= size[0], key
            assert all(field.region.width > 10 for field in form(player).query(Input)), key
            await player.press("escape")


async def test_what_is_typed_and_left_stands_in_that_box_of_that_case_until_it_is_kept(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, size=(90, 60)) as player:
        await a_case(player)
        await player.press("p")
        assert AS_LEFT not in player.text()
        await fill(player, "tell-what", "ring about [b] the plate")
        await fill(player, "tell-when-typed", "tue 14:00")
        await choose(player, "tell-kind", 2)
        form(player).query_one(Tick).action_turn()
        await player.press("escape", "a")
        assert AS_LEFT not in player.text(), "another box"
        await fill(player, "line-0", "dispatch")
        await player.press("escape", "f")
        assert form(player).text("line-0") == "", "the same form asks something else"
        await player.press("escape", "h")
        brief = form(player).query_one(TextArea)
        began, brief.text = brief.text, "She teaches until four."
        await player.quiet()

        await player.press("ctrl+n", "ctrl+g", "y")  # a call comes in the middle of it
        await player.press("escape", "down", "enter")
        await player.press("p")
        assert AS_LEFT in player.text()
        assert form(player).text("tell-what") == "ring about [b] the plate"
        assert form(player).text("tell-when-typed") == "tue 14:00"
        assert form(player).query_one("#tell-kind", ChoiceLine).value == "progress report"
        assert form(player).query_one(Tick).value
        await choose(player, "tell-how", 1)
        await player.press("ctrl+s", "p")
        assert form(player).text("tell-what") == "", "it was kept"
        assert AS_LEFT not in player.text()
        await player.press("escape", "a")
        assert form(player).text("line-0") == "dispatch"
        await fill(player, "line-0", "")
        await player.press("escape", "a")
        assert AS_LEFT not in player.text(), "emptied is as it was"
        await player.press("escape", "h")
        again = form(player).query_one(TextArea)
        assert again.text == "She teaches until four." != began


async def test_what_was_left_at_one_case_is_not_shown_at_another(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await a_case(player)
        await player.press("y")
        await fill(player, "cause-cause", "handov")
        await player.press("escape", "escape", "ctrl+g", "d")
        await a_case(player)
        await player.press("y")
        assert form(player).text("cause-cause") == ""
        await player.press("escape", "escape", "down", "enter", "y")
        assert form(player).text("cause-cause") == "handov"
        assert "lost between two teams" in player.text(), "read back as when it was typed"


async def test_the_end_of_a_long_line_that_is_pasted_is_seen(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(80, 24)) as player:
        await a_case(player)
        await player.press("s", "enter")
        await player.write("We found 你好 your programmes, every one; they reach you on Monday.")
        assert "they reach you on Monday." in player.text()


async def test_a_case_in_a_call_is_worked_on_there(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.press("ctrl+g", "y", "enter", "m")
        assert on(player, DayScreen)
        await player.press("f")
        assert on(player, DayScreen)


async def test_show_as_json_has_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with playing(tmp_path) as player:
        await a_case(player)
        await player.press("w")
        await fill(player, "wait-what", "a picture")
        await player.press("ctrl+s")
        await player.press("f")
        await fill(player, "line-0", "it rained")
        await player.press("ctrl+s")
        ref = (await whole(player)).line.ref
    monkeypatch.setenv("CALMDESK_HOME", str(tmp_path))
    shown = CliRunner().invoke(commands, ["show", ref, "--json"])
    assert shown.exit_code == 0, shown.output
    case: dict[str, Any] = json.loads(shown.stdout)
    assert case["waits"] is True
    assert [it["what"] for it in case["waitings"]] == ["a picture"]
    assert [(p["kind"], p["owner"]) for p in case["promises"]] == [("return call", "Sam Ortiz")]
    kinds = [entry["kind"] for entry in case["journal"]]
    assert kinds[-3:] == ["waiting began", "follow up set", "noted"]
    assert case["journal"][-1]["clock"] is None
    assert "held_until" not in shown.stdout
    read = CliRunner().invoke(commands, ["show", ref])
    assert "waits for them: a picture" in read.stdout


@pytest.mark.parametrize(("key", "field"), [("s", "told-words"), ("p", "tell-asked")])
async def test_words_typed_on_a_choice_are_not_lost_and_choose_nothing(
    key: str, field: str, tmp_path: Path
) -> None:
    async with playing(tmp_path, size=(80, 24)) as player:
        await a_case(player)
        await player.press(key)
        choice = list(form(player).query(ChoiceLine))[-1]
        form(player).set_focus(choice)
        await player.press(*"They", "space", *"know")
        assert form(player).text(field) == "They know"
        assert choice.value is None
        form(player).set_focus(choice)
        await player.press("exclamation_mark")
        assert form(player).text(field) == "They know!"
        form(player).set_focus(choice)
        await player.press("space")
        assert choice.value == "by phone", "alone it still chooses"


async def test_d_in_a_case_puts_a_reminder_off_and_never_rings(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(100, 40)) as player:
        await a_case(player)
        await player.press("d")
        assert on(player, PutOff)
        await player.press("2")
        case = await whole(player)
        place = player.app.place
        (line,) = await place.desk.look(register.register)
        assert line.id == case.promises[0]["id"]
        assert line.rests(place.now())
        await player.press("u")
        (line,) = await place.desk.look(register.register)
        assert not line.rests(place.now())
        await player.press("k", "escape", "d")
        assert on(player, DayScreen), "no promise is open: nothing is put off, and nobody is rung"
        await player.press("b")
        assert on(player, CallScreen)
        assert "dial +1 415 555 0134" in player.text()


async def test_d_puts_a_reminder_off_however_many_others_come_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with playing(tmp_path, size=(100, 40)) as player:
        await a_case(player)
        monkeypatch.setattr("calmdesk.records.register.MOST", 0)
        await player.press("d")
        assert on(player, PutOff)


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_what_is_told_in_passing_never_lies_over_the_foot_of_a_box(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with playing(tmp_path, size=size) as player:
        await a_case(player)
        for key, last in (("m", "escape leaves"), ("h", "escape leaves it")):
            player.app._disable_notifications = False
            player.app.notify("It is yours now.", markup=False)
            await player.press(key)
            assert "It is yours now." in player.text()
            assert last in " ".join(player.box().replace("│", " ").split())
            rack = player.app.screen.query_one(ToastRack).region
            assert rack.y == 0
            assert rack.bottom <= size[1] // 2
            await player.press("escape")


async def test_every_example_of_a_box_is_read_whole_on_a_narrow_screen(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(48, 30)) as player:
        await a_case(player)
        for key in "psafwh":
            await player.press(key)
            for field in form(player).query(Input):
                assert len(field.placeholder) <= field.content_size.width, field.placeholder
            await player.press("escape")
