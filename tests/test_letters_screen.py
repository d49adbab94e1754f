"""Letters on the screen: written, kept, held, read by a colleague, taken out, and told honestly."""

import os
import sqlite3
import stat
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.widgets import Input, OptionList, Static, TextArea

from calmdesk.guide.posting import DELAY
from calmdesk.records import people, post
from calmdesk.screens.due_screen import DueScreen
from calmdesk.screens.letter import LetterScreen
from calmdesk.screens.letters import LettersScreen
from calmdesk.screens.pause import Pause
from calmdesk.screens.question import Question
from calmdesk.settings import LetterChoice, Settings
from calmdesk.widgets.guard_view import GuardView
from calmdesk.widgets.tick import Tick
from tests.player import Player, playing
from tests.test_sizes import SIZES, assert_whole


def rows(home: Path, query: str) -> list[tuple[Any, ...]]:
    """What the record holds."""
    with sqlite3.connect(home / "calmdesk.db") as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


def read(file: str) -> str:
    """What stands in a file that was named."""
    return Path(file).read_text(encoding="utf-8")


async def agreed(player: Player, *before: str) -> None:
    """A call that ends with an agreement, in its Wrap-up."""
    await player.press("ctrl+n")
    await player.note("@ Dana [/b] Reyes, +1 212 555 0134")
    await player.note("$ wants her flyers fri")
    await player.press("ctrl+r")
    await player.write("courier at our cost, 45")
    await player.press("enter")
    await player.note("/settle yes")
    await player.note("+ ring with tracking today 14:30")
    await player.note("/agreed")
    for line in before:
        await player.note(line)
    await player.note("/wrap")


async def begun(player: Player, kind: str = "holding", *before: str) -> LetterScreen:
    """A letter that is open, about a case that was agreed."""
    await agreed(player, *before)
    case_id = player.call.case_id
    await player.press("ctrl+s")
    await player.app.write_letter(case_id, kind)
    await player.quiet()
    screen = letter(player)
    written = screen.area.text.replace(DELAY, "the plate is made anew")
    if screen.area.text != written:
        screen.area.text = written
        screen.area.cursor_location = (0, 0)
        await player.quiet()
    return screen


def letter(player: Player) -> LetterScreen:
    screen = player.app.screen
    assert isinstance(screen, LetterScreen), screen
    return screen


@pytest.fixture(autouse=True)
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a clipboard of its own, as over ssh."""
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


@pytest.mark.parametrize(
    ("outcome", "first"), [("investigating", "Holding response"), ("agreed", "Confirmation")]
)
async def test_the_letter_that_fits_the_case_is_offered_first(
    outcome: str, first: str, tmp_path: Path
) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes, +1 212 555 0134")
        await player.note("+ ring with tracking +3h")
        await player.note("/wrap")
        await player.note(f"/outcome {outcome}")
        case_id = player.call.case_id
        await player.press("ctrl+s")
        await player.app.write_letter(case_id)
        await player.quiet()
        assert isinstance(player.app.screen, Question)
        offers = player.app.screen.query_one(OptionList)
        words = [str(option.prompt) for option in offers.options]
        assert words[0].startswith(f"{first}: ")
        assert len(words) == 4
        await player.press("enter")
        assert letter(player).letter.kind == first.split()[0].lower()


async def test_s78_a_live_call_and_a_letter_show_no_other_case(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        await agreed(player)
        await player.press("ctrl+s")
        player.wind(3600)
        await player.tick()
        others = ("Dana", "ring with tracking")
        assert all(word in player.text() for word in others), "it is late, and the desk says so"
        await player.press("ctrl+n")
        await player.note("@ K. Oduya")
        player.wind(60)
        await player.tick()
        alone(player, *others)
        case_id = player.call.case_id
        await player.note("/wrap")
        await player.note("/agreed")
        await player.press("ctrl+s")
        await player.app.write_letter(case_id, "holding")
        await player.quiet()
        player.wind(60)
        await player.tick()
        assert letter(player).letter.customer == "K. Oduya"
        alone(player, *others)


def alone(player: Player, *others: str) -> None:
    """The screen is filled by one case: no list of others, and no strip of what is due."""
    screen = player.app.screen
    assert screen.size == player.app.size
    assert not [word for word in others if word in player.text()]
    assert not screen.query("DueStrip, BoardList, CaseTable, PromiseTable, LetterList")


# -- at Save ----------------------------------------------------------------------------------


async def test_one_key_in_wrap_up_has_save_confirm_the_agreement(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await agreed(player, "/shaken")
        assert "In writing     [not now]" in player.text()
        await player.press("f6")
        assert "[a draft]" in player.text()
        await player.press("ctrl+s")
        await player.press("enter")  # the private pause is over
        kinds = [kind for (kind,) in rows(tmp_path, "select kind from event order by seq")]
        assert kinds[-2:] == ["finished", "letter drafted"], "it comes behind the call"
        await player.press("ctrl+g", "t")
        assert isinstance(player.app.screen, LettersScreen)
        assert "Confirmation" in player.text()
        assert "Dana [/b] Reyes" in player.text()
        await player.press("enter")
        assert "Courier at our cost" in letter(player).area.text
        assert "held until" not in player.text(), "an agreed read-back never waits"
        await player.press("f4")
        await player.press("enter")
        assert letter(player).letter.state == "released"


async def test_save_writes_the_confirmation_to_a_file_and_the_desk_says_where(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        await agreed(player)
        await player.press("f6", "f6", "ctrl+s")
        (file,) = (tmp_path / "written-letters").iterdir()
        shown = " ".join(player.text().split())
        assert "The confirmation is in" in shown
        assert file.suffix == ".html"
        assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
        assert "Dana [/b] Reyes" in file.read_text(encoding="utf-8")
        released = rows(tmp_path, "select state, released_to from letter")
        assert released == [("released", file.name)]


async def test_without_the_key_nothing_is_written_and_without_an_agreement_it_is_not_offered(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await agreed(player)
        await player.press("f6", "f6", "f6", "ctrl+s")
        await player.press("ctrl+n")
        await player.note("/letter file")
        assert "once they agreed" in player.text()
        await player.note("/wrap")
        await player.press("f6")
        assert "In writing" not in player.text()
        await player.note("/outcome information")
        await player.press("ctrl+s")
        assert rows(tmp_path, "select * from letter") == []


async def test_the_command_says_what_save_does(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await agreed(player)
        await player.note("/letter maybe")
        assert "letter takes draft, file or no." in player.text()
        await player.press("ctrl+a", "ctrl+k")
        await player.note("/letter")
        await player.press("ctrl+s")
        assert rows(tmp_path, "select state from letter") == [("draft",)]


# -- writing ----------------------------------------------------------------------------------


async def test_from_a_case_a_letter_is_chosen_and_gone_on_with(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await agreed(player)
        case_id = player.call.case_id
        await player.press("ctrl+s")
        player.app.screen.post_message(DueScreen.LetterWanted(case_id))
        await player.quiet()
        await player.press("down", "enter")
        assert letter(player).letter.kind == "holding"
        await player.write("I write this myself. ")
        await player.press("escape")
        await player.app.write_letter(case_id, "holding")
        await player.quiet()
        assert letter(player).area.text.startswith("I write this myself. Dear")
        assert len(rows(tmp_path, "select * from letter")) == 1


async def test_a_letter_to_somebody_without_a_name_shows_its_reference_once(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        await player.press("ctrl+n")
        await player.note("+ ring back mon 12:00")
        await player.note("/wrap")
        case_id, ref = player.call.case_id, player.call.ref
        await player.press("ctrl+s")
        await player.app.write_letter(case_id, "holding")
        await player.quiet()
        await player.press("escape", "ctrl+g", "t")
        (line,) = [line for line in player.text().splitlines() if "Holding" in line]
        assert line.count(ref) == 1


async def test_typing_is_kept_by_itself_and_whatever_takes_the_letter_away(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await begun(player)
        await player.write("First. ")
        await player.tick()
        assert rows(tmp_path, "select text from letter")[0][0].startswith("First. ")
        await player.write("Second. ")
        await player.press("ctrl+n")
        assert rows(tmp_path, "select text from letter")[0][0].startswith("First. Second. ")
        await player.press("ctrl+g", "t")
        await player.press("enter")
        await player.write("Third. ")
    assert rows(tmp_path, "select text from letter")[0][0].startswith("Third. First. Second. ")


async def test_the_guard_reads_along_and_f7_takes_its_words(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        screen = await begun(player)
        await player.write("We are sorry if you were put out by this. ")
        screen.query_one(GuardView).look(screen.area.text)
        await player.quiet()
        assert "! an apology that is none" in player.text()
        await player.press("f7")
        assert "sorry for what happened" in screen.area.text
        assert screen.letter.text == screen.area.text


async def test_what_the_agent_has_still_to_write_keeps_the_letter_in_the_house(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        screen = await begun(player, "final_answer")
        assert "Our answer: [your answer]." in screen.area.text
        await player.press("f4")
        assert "! [your answer] is still to be written." in player.text()
        assert not (tmp_path / "written-letters").exists()


async def test_a_dropped_letter_leaves_the_list_after_a_question(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await begun(player)
        await player.press("f8", "enter")
        assert letter(player).letter.state == "draft"
        await player.press("f8", "down", "enter")
        assert rows(tmp_path, "select state from letter") == [("dropped",)]
        await player.press("ctrl+g", "t")
        assert "No letters." in player.text()


async def test_a_broken_template_of_the_firm_is_told_and_the_shipped_one_is_used(
    tmp_path: Path,
) -> None:
    own = tmp_path / "letters"
    own.mkdir()
    (own / "holding.md.j2").write_text("# Hello\n\n{{ custommer }}\n")
    async with playing(tmp_path, size=(120, 40)) as player:
        await begun(player)
        (told,) = [it.message for it in player.app._notifications]
        assert "holding.md.j2, line 3:" in told
        assert "did you mean customer." in told
        assert told.endswith("The letter that ships is used.")
        assert "You are still waiting" in letter(player).area.text


async def test_a_file_of_the_firms_own_words_is_used(tmp_path: Path) -> None:
    own = tmp_path / "letters"
    own.mkdir()
    (own / "holding.md.j2").write_text("# Hello\n\nOur own words, {{ customer }}.\n")
    async with playing(tmp_path) as player:
        await begun(player)
        assert letter(player).area.text == "Our own words, Dana [/b] Reyes.\n"


# -- the hour ---------------------------------------------------------------------------------


async def test_it_waits_visibly_with_a_breath_and_says_what_waiting_passes(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await begun(player, "holding", "/shaken")
        assert "held until 15:02, " in player.text()
        assert "breathe" in player.text()
        assert "! The hold passes Sat 14:30, when they were promised an answer." in player.text()
        await player.press("f4")
        assert "It waits until 15:02. Releasing it now takes a reason." in player.text()
        assert not (tmp_path / "written-letters").exists()
        await player.press("escape", "ctrl+g", "t")
        assert "held until 15:02" in player.text()
        await player.press("enter")
        player.wind(3600)
        await player.tick()
        assert "held until" not in player.text()
        await player.press("f4")
        await player.press("enter")
        assert letter(player).letter.state == "released"


async def test_the_private_pause_ends_without_taking_a_letter_away(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await agreed(player, "/shaken")
        await player.press("f6", "ctrl+s")
        pause = player.app.screen
        assert isinstance(pause, Pause)
        await player.press("ctrl+g", "t")
        await player.press("enter")
        player.wind(600)
        pause.tick()
        await player.quiet()
        assert letter(player).letter.kind == "confirmation"


async def test_a_reason_lets_it_go_and_is_in_nothing_but_the_agents_own_moments(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await begun(player, "holding", "/shaken")
        await player.press("ctrl+r", "enter")
        assert "Why? A few words" in player.text()
        await player.write("they wait at the door")
        await player.press("enter")
        assert "why stays with you alone" in player.text()
        await player.press("f4")
        await player.press("enter")
        assert letter(player).letter.state == "released"
        assert "they wait at the door" not in player.text()
        moments = rows(tmp_path, "select kind from moment order by at")
        assert moments[-1] == ("released early: they wait at the door",)
        assert rows(tmp_path, "select * from event where payload like '%at the door%'") == []


# -- out of the program -----------------------------------------------------------------------


async def test_the_terminals_clipboard_is_told_honestly_and_the_tick_comes_after(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        screen = await begun(player)
        text = screen.area.text
        assert "^o" not in player.text()
        await player.press("ctrl+l")
        said = "Sent to the terminal's clipboard; calmdesk cannot see whether it arrived."
        assert said in player.text()
        assert player.app.clipboard == text
        assert screen.area.read_only
        await player.press("f4")
        await player.press("enter")
        assert "holding.html" in "".join(player.text().split())
        await player.press("ctrl+o")
        assert "Ticked as sent." in player.text()
        kinds = [kind for (kind,) in rows(tmp_path, "select kind from event order by seq")]
        assert kinds[-3:] == ["letter released", "letter released", "letter sent"]


async def test_a_native_tool_that_took_it_is_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    tool = tools / "xclip"
    tool.write_text(
        f'#!/bin/sh\ncase "$*" in *-o*) cat {tools}/held;; *) cat > {tools}/held;; esac\n'
    )
    tool.chmod(0o755)
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    async with playing(tmp_path) as player:
        screen = await begun(player)
        await player.press("ctrl+l")
        assert "It is on the clipboard." in player.text()
        assert (tools / "held").read_text(encoding="utf-8") == screen.letter.text
        assert rows(tmp_path, "select released_to from letter") == [("the clipboard",)]


async def test_a_folder_that_cannot_be_written_is_one_sentence_and_loses_nothing(
    tmp_path: Path,
) -> None:
    (tmp_path / "taken").write_text("a file")
    settings = Settings(letters=LetterChoice(folder=tmp_path / "taken" / "letters"))
    async with playing(tmp_path, size=(120, 40), settings=settings) as player:
        screen = await begun(player)
        await player.write("Mine. ")
        await player.press("f4")
        await player.press("enter")
        shown = " ".join(player.text().split())
        assert "cannot be made (Not a directory)" in shown
        assert "name another in the settings: [letters] folder." in shown
        assert screen.letter.state == "draft"
        assert rows(tmp_path, "select text from letter")[0][0].startswith("Mine. ")
        assert rows(tmp_path, "select * from event where kind = 'letter released'") == []


@pytest.mark.parametrize(("form", "ending"), [("text", "txt"), ("markdown", "md")])
async def test_the_settings_say_the_form_and_the_folder(
    tmp_path: Path, form: str, ending: str
) -> None:
    settings = Settings(letters=LetterChoice(folder=tmp_path / "out" / "deep", form=form))
    async with playing(tmp_path, settings=settings) as player:
        screen = await begun(player)
        await player.press("f4")
        await player.press("enter")
        (file,) = (tmp_path / "out" / "deep").iterdir()
        assert file.name == f"{screen.letter.ref}-holding.{ending}"
        assert "Dear Dana" in file.read_text(encoding="utf-8")


async def test_a_file_has_the_form_that_is_chosen_and_escape_writes_none(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        screen = await begun(player)
        await player.press("f4")
        assert isinstance(player.app.screen, Question)
        await player.press("escape")
        assert letter(player).letter.state == "draft"
        assert not (tmp_path / "written-letters").exists()
        await player.press("f4")
        await player.press("down", "enter")
        assert screen.letter.state == "released"
        await player.press("f4")
        await player.press("down", "enter")
        await player.press("f4")
        await player.press("enter")
        written = sorted(file.suffix for file in (tmp_path / "written-letters").iterdir())
        assert written == [".html", ".txt"]


async def test_a_public_reply_has_one_form_and_nothing_is_asked(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        screen = await begun(player, "public_reply")
        await player.press("f4")
        assert screen.letter.state == "released"
        (file,) = (tmp_path / "written-letters").iterdir()
        assert file.suffix == ".txt"


async def test_two_presses_at_once_write_one_file(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await begun(player)
        await player.pilot.press("f4", "f4")
        await player.quiet()
        await player.pilot.press("enter", "enter")
        await player.quiet()
        assert len(list((tmp_path / "written-letters").iterdir())) == 1


async def test_s65_what_is_typed_while_it_leaves_is_not_shown_as_if_it_had_left(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        screen = await begun(player, "public_reply")
        await player.press("ctrl+s")
        left, store_may_go_on = screen.area.text, Event()
        held = player.app.desk.submit(lambda store: store_may_go_on.wait(60))
        await player.pilot.press("f4")
        while not list(player.app.place.places.written.glob("*")):
            await player.pilot.pause(0.02)
        screen.area.insert("Too late. ")
        await player.pilot.pause()
        screen.tick()
        store_may_go_on.set()
        assert held.result()
        await player.quiet()
        await player.quiet()
        assert screen.letter.state == "released"
        assert screen.area.text == screen.letter.text == left
        assert rows(tmp_path, "select text from letter") == [(left,)]
        said = str(screen.query_one("#letter-said", Static).content)
        assert "What you typed meanwhile did not leave with it." in said
        where = said.partition("the words are in ")[2].rstrip(".")
        assert "Too late. " in read(where)


# -- the second reader ------------------------------------------------------------------------

READ_FIRST = Settings(letters=LetterChoice(second_reader=frozenset({"holding"})))


async def test_a_colleague_is_named_ticks_it_and_it_may_go(tmp_path: Path) -> None:
    async with playing(tmp_path, settings=READ_FIRST) as player:
        screen = await begun(player)
        assert "Read first by" in player.text()
        await player.press("f4")
        assert "A colleague reads it first" in player.text()
        screen.set_focus(screen.query_one("#letter-reader", Input))
        await player.write("Sam Ortiz")
        await player.press("enter")
        assert "Somebody else reads it first: name a colleague." in player.text()
        await player.press("ctrl+a", "ctrl+k")
        await player.write("Kim Adeyemi")
        await player.press("enter")
        assert "Nobody called Kim Adeyemi is known here" in player.text()
        await player.app.desk.ask(people.add_colleague, "Kim Adeyemi", player.clock.now())
        await player.press("enter")
        assert "Kim Adeyemi is asked to read it." in player.text()
        screen.set_focus(screen.query_one("#letter-read", Tick))
        await player.press("space")
        assert "Read, and it may go." in player.text()
        screen.set_focus(screen.area)
        await player.write("One word more. ")
        assert "have them read it again" in player.text()
        assert not screen.query_one("#letter-read", Tick).value
        await player.press("f4")
        assert "A colleague reads it first" in player.text()
        screen.set_focus(screen.query_one("#letter-read", Tick))
        await player.press("space")
        await player.press("f4")
        await player.press("enter")
        assert screen.letter.state == "released"


async def test_the_tick_without_a_name_is_refused_and_taken_back(tmp_path: Path) -> None:
    async with playing(tmp_path, settings=READ_FIRST) as player:
        screen = await begun(player)
        screen.set_focus(screen.query_one("#letter-read", Tick))
        await player.press("space")
        assert "name a colleague" in player.text()
        assert not screen.query_one("#letter-read", Tick).value


async def test_at_the_readers_desk_it_is_only_read_and_ticked(tmp_path: Path) -> None:
    async with playing(tmp_path, settings=READ_FIRST) as player:
        screen = await begun(player, "holding", "/shaken")
        desk, now = player.app.desk, player.clock.now()
        kim = await desk.ask(people.add_colleague, "Kim Adeyemi", now)
        await desk.ask(post.ask_reader, screen.letter.id, "Kim", now)
        await player.press("escape")
        store = await desk.open()
        store.me = kim.id
        await player.press("ctrl+g", "t")
        assert "To read for a colleague" in player.text()
        assert "by Sam Ortiz" in player.text()
        await player.press("enter")
        reading = letter(player)
        assert "Sam Ortiz asks you to read it first." in player.text()
        assert "held" not in player.text()
        assert reading.query_one("#letter-text", TextArea).read_only
        await player.press("f4", "f8")
        assert letter(player).letter.state == "draft"
        await player.press("space")
        assert rows(tmp_path, "select reader from letter where read_at is not null") == [
            ("Kim Adeyemi",)
        ]


async def test_what_its_writer_changed_meanwhile_is_opened_again_before_the_tick(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, settings=READ_FIRST) as player:
        screen = await begun(player, "holding")
        desk, now, letter_id = player.app.desk, player.clock.now(), screen.letter.id
        kim = await desk.ask(people.add_colleague, "Kim Adeyemi", now)
        await desk.ask(post.ask_reader, letter_id, "Kim", now)
        await player.press("escape")
        store = await desk.open()
        writer, store.me = store.me, kim.id
        await player.press("ctrl+g", "t", "enter")
        store.me = writer
        await desk.ask(post.change, letter_id, "Other", "Not what Kim reads.", now)
        store.me = kim.id
        await player.press("space")
        assert "It stands in other words now; open it again" in player.text()
        assert not letter(player).query_one("#letter-read", Tick).value
        ticked = "select text from letter where read_at is not null"
        assert rows(tmp_path, ticked) == []
        await player.press("escape", "enter")
        assert "Not what Kim reads." in player.text()
        await player.press("space")
        assert rows(tmp_path, ticked) == [("Not what Kim reads.",)]


async def test_save_to_a_file_waits_for_the_second_reader_as_a_draft(tmp_path: Path) -> None:
    settings = Settings(letters=LetterChoice(second_reader=frozenset({"confirmation"})))
    async with playing(tmp_path, size=(120, 40), settings=settings) as player:
        await agreed(player)
        await player.press("f6", "f6", "ctrl+s")
        shown = " ".join(player.text().split())
        assert "A colleague reads it first" in shown
        assert rows(tmp_path, "select state from letter") == [("draft",)]
        assert not (tmp_path / "written-letters").exists()


# -- whole ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_letters_are_whole_at_each_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with playing(tmp_path, size=size, settings=READ_FIRST) as player:
        screen = await begun(player, "holding", "/shaken")
        await player.write("We are sorry if you were put out, but our policy is our policy. ")
        screen.query_one(GuardView).look(screen.area.text)
        await player.quiet()
        assert_whole(player)
        assert screen.area.region.height >= 4, "room to write in"
        assert "held until 15:02" in player.text()
        for key in ("^f", "^l", "^r", "f8", "esc"):
            assert key in player.text(), key
        await player.press("escape", "ctrl+g")
        assert_whole(player)
        await player.press("t")
        assert_whole(player)
        assert "held until 15:02" in player.text()
