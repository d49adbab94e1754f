"""The Playbook screen, and the words of one's own while the app runs."""

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
import tomlkit
from textual.widgets import Input, Static

from calmdesk.guide.playbook import load
from calmdesk.guide.playbook.writing import keep
from calmdesk.screens.phrase_form import PhraseForm
from calmdesk.screens.playbook import PlaybookScreen
from calmdesk.widgets.guard_view import GuardView
from tests.guide.test_playbook_check import GOOD
from tests.guide.test_playbook_own import BOOK, GO_ON, HOSTILE, save
from tests.player import Player, playing
from tests.test_sizes import SIZES, assert_whole


def playbook(player: Player) -> PlaybookScreen:
    screen = player.app.screen
    assert isinstance(screen, PlaybookScreen), screen
    return screen


async def opened(player: Player) -> PlaybookScreen:
    """The Playbook, from wherever the player is."""
    await player.press("ctrl+g", "b")
    return playbook(player)


async def found(player: Player, typed: str) -> PlaybookScreen:
    """The Playbook with something found in it, the list in hand."""
    screen = await opened(player)
    await player.press("slash")
    await player.write(typed)
    await player.press("enter")
    return screen


async def looked(player: Player) -> None:
    """The files were looked at, twice: a change has stood still."""
    for _ in range(2):
        await player.app.own_words.look()
    await player.quiet()


def watch_for(folder: Path, words: str, instead: str | None = None) -> None:
    """A wording of one's own, which counts wherever it stands."""
    entry = {"id": "mine", "category": "brush_off", "why": "It hurts.", "always": True}
    entry["pattern"] = re.escape(words)
    if instead is not None:
        entry["instead"] = instead.replace("\\", "\\\\")
    file = folder / "playbook" / "wording.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(tomlkit.dumps({"wording": [entry]}), encoding="utf-8")


def told(player: Player) -> list[str]:
    return [notification.message for notification in player.app._notifications]


def marked(screen: PlaybookScreen) -> str:
    listed = screen.phrases.listed
    return listed.phrase.id if listed else ""


# -- the list -------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_list_and_phrase_are_whole_at_every_size(
    size: tuple[int, int], tmp_path: Path
) -> None:
    watch_for(tmp_path, "our usual slot", "take a moment")
    async with playing(tmp_path, size=size) as player:
        screen = await opened(player)
        assert_whole(player)
        assert "Convey · callback" in player.text()
        assert screen.view.region.height > 4
        assert screen.phrases.region.height > 4
        await player.press("t")
        await player.write("It comes in our usual slot.")
        await player.press("enter")
        assert "Rather: “take a moment”" in player.text().replace("\n", " ").replace("  ", " ")
        assert_whole(player)
        await player.press("escape", "a")
        assert_whole(player)
        await player.press("escape")


async def test_what_is_typed_is_found_with_its_spelling_forgiven(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        screen = await found(player, "sory hapend")
        assert "I'm sorry this happened to you." in player.text()
        assert screen.phrases.has_focus
        here = marked(screen)
        await player.press("escape")
        assert screen.finding.value == ""
        assert marked(screen) == here, "back among all of them, it is still the marked one"
        await player.press("escape")
        assert player.app.screen is not screen


async def test_nothing_like_it_is_said_and_its_keys_rest(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        screen = await found(player, "xyzzy 😀 [/b]")
        assert "nothing like it" in player.text()
        await player.press("e", "p", "c", "u")
        assert player.app.screen is screen


async def test_the_cursor_passes_headings_and_stays_within(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        screen = await opened(player)
        seen = []
        for _ in range(len(BOOK.phrases) + 3):
            seen.append(marked(screen))
            screen.phrases.action_walk(1)
        assert len(set(seen)) == len(BOOK.phrases)
        assert "" not in seen
        await player.press("home")
        first = marked(screen)
        await player.press("up", "pageup")
        assert marked(screen) == first == seen[0]
        await player.press("end", "pagedown", "down")
        assert marked(screen) == seen[-1]


async def test_a_phrase_is_told_in_plain_words(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        await found(player, "open-promise-day")
        for words in (
            "a promise to them was missed",
            "knowing",
            "not said yet",
            "open-promise-day",
        ):
            assert words in player.text()


async def test_a_thousand_phrases_are_shown_and_found_at_once(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        many = [replace(p, id=f"{p.id}-{n}") for n in range(6) for p in BOOK.phrases][:1000]
        player.app.place.playbook = replace(BOOK, phrases=tuple(many))
        screen = await opened(player)
        screen.shelf.rows("sorry")
        best = 1.0
        for typed in ("", "s", "sory", "sorry hapened", "option"):
            began = time.perf_counter()
            screen.phrases.show(screen.shelf.rows(typed))
            best = min(best, time.perf_counter() - began)
        assert best < 0.02
        await player.press("end")
        assert len(screen.phrases.children) == 0, "lines, not widgets"


# -- pinned and muted -----------------------------------------------------------------------


async def test_the_call_heeds_what_was_pinned_and_muted(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        await player.press("ctrl+n")
        first = player.screen.panel.suggestions[0].phrase
        await found(player, first.id)
        await player.press("m")
        assert "muted" in player.text()
        await player.press("escape", "escape")
        await player.tick()
        assert player.screen.panel.suggestions[0].phrase != first
        await found(player, "I won't interrupt")
        await player.press("p", "escape", "escape")
        player.screen.suggesting.begin_stage()
        await player.tick()
        assert "I won't interrupt" in player.screen.panel.suggestions[0].line


async def test_choices_last_beyond_the_end(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await found(player, "nod-go-on")
        await player.press("p")
    async with playing(tmp_path) as player:
        assert player.app.place.choices == {"nod-go-on": "pinned"}


async def test_the_same_key_takes_a_pin_back(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        screen = await found(player, "nod-go-on")
        await player.press("p")
        assert "▲" in player.text()
        assert "1 pinned" in screen.title_line.right
        await player.press("m")
        assert player.app.place.choices == {"nod-go-on": "muted"}
        await player.press("m")
        assert player.app.place.choices == {}


# -- a line to try --------------------------------------------------------------------------


async def test_a_line_is_tried_and_the_better_words_taken(tmp_path: Path) -> None:
    watch_for(tmp_path, "our policy", "the flyers")
    async with playing(tmp_path, size=(120, 40)) as player:
        screen = await opened(player)
        await player.press("t")
        await player.write("We send our policy on Friday.")
        await player.press("enter")
        assert "! sends them away “our policy” It hurts. Rather: “the flyers”" in player.text()
        await player.press("f7")
        assert screen.trying.value == "We send the flyers on Friday."
        assert "the guard finds nothing in it" in player.text()


async def test_a_line_is_looked_at_by_itself_after_a_moment(tmp_path: Path) -> None:
    watch_for(tmp_path, "our policy")
    async with playing(tmp_path) as player:
        screen = await opened(player)
        await player.press("t")
        await player.write("our policy")
        deadline = time.monotonic() + 60
        while not screen.guard_view.findings and time.monotonic() < deadline:
            await player.pilot.pause(0.02)
        assert screen.guard_view.looked_at == "our policy"


@pytest.mark.parametrize("words", [*HOSTILE, "x" * 10_000])
async def test_hostile_words_are_only_words(words: str, tmp_path: Path) -> None:
    keep(tmp_path / "playbook", replace(GO_ON, line=words[:100], move=words[:4].strip()))
    watch_for(tmp_path, words[:3], words[:20])
    async with playing(tmp_path, size=(120, 40)) as player:
        await found(player, "nod-go-on")
        assert words[:20] in player.text() or not words.isascii()
        await player.press("t")
        await player.write(words)
        await player.press("enter", "f7", "escape", "slash")
        await player.write(words)
        await player.press("enter", "escape", "a")
        await player.write(words)
        await player.press("enter", "escape")


# -- written --------------------------------------------------------------------------------


async def fill(player: Player, **typed: str) -> PhraseForm:
    """Fill fields of the form that is open."""
    form = player.app.screen
    assert isinstance(form, PhraseForm)
    for name, words in typed.items():
        form.query_one(f"#phrase-{name}", Input).value = words
    await player.quiet()
    return form


def hint(form: PhraseForm) -> str:
    return str(form.query_one("#phrase-hint", Static).render())


async def test_a_phrase_of_ones_own_is_added_and_used_at_once(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        await player.press("ctrl+n")
        screen = await opened(player)
        await player.press("a")
        await player.write("Please, take all the time you need.")
        await player.press("enter")
        await player.write("Give them time")
        await player.press("enter")
        await player.write("op")
        await player.press("right", "enter")
        await player.write("lis")
        await player.press("right", "ctrl+s")
        assert player.app.screen is screen
        assert marked(screen) == "my-please-take-all-the"
        assert "1 of your own" in screen.title_line.right
        await player.press("p", "escape")
        player.screen.suggesting.begin_stage()
        await player.tick()
        assert "Please, take all the time you need." in player.text()
    assert load(tmp_path / "playbook").own == {"my-please-take-all-the"}


async def test_what_is_wrong_is_said_while_it_is_typed_and_not_kept(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await opened(player)
        await player.press("a")
        form = await fill(player, line="Well, {nmae}.", move="one two three four")
        assert "did you mean name" in hint(form)
        await player.press("ctrl+s")
        assert player.app.screen is form
        await fill(player, line="Well, {name}.")
        await player.press("enter")
        assert "at most 3" in hint(form)
        await fill(player, move="Begin", stages="listen")
        form.query_one("#phrase-class").focus()
        await fill(player, **{"class": "nodd"})
        assert "did you mean nod" in hint(form)
        await player.press("escape")
        assert not (tmp_path / "playbook").exists()


async def test_a_shipped_phrase_is_mended_and_returns(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        screen = await found(player, "nod-go-on")
        await player.press("e")
        await fill(player, line="Please, go on.")
        await player.press("ctrl+s")
        assert marked(screen) == "nod-go-on"
        assert re.search("“Please, go on.” +changed", player.text())
        assert "ships as" in player.text()
        assert "“Go on.”" in player.text()
        await player.press("u", "down", "enter")
        assert marked(screen) == "nod-go-on"
        assert "ships as" not in player.text()
    assert load(tmp_path / "playbook") == load()


async def test_a_copy_is_ones_own_beside_the_other(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await found(player, "nod-go-on")
        await player.press("c", "ctrl+s")
    book = load(tmp_path / "playbook")
    assert book.own == {"my-go-on"}
    assert replace(book.phrases[-1], id=GO_ON.id) == GO_ON


async def test_the_guard_reads_along_in_the_form(tmp_path: Path) -> None:
    watch_for(tmp_path, "our policy")
    async with playing(tmp_path) as player:
        await opened(player)
        await player.press("a")
        form = await fill(player, line="our policy")
        form.query_one(GuardView).look("our policy")
        await player.quiet()
        assert "It hurts." in player.text()
        line = "{name}, see our policy on {order}"
        form.query_one(GuardView).look(line)
        await player.quiet()
        found = form.query_one(GuardView).findings[0]
        assert line[found.start : found.end] == "our policy", "it stands where it was typed"
        await player.press("escape")


async def test_what_cannot_be_written_stays_on_the_screen(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        await found(player, "nod-go-on")
        (tmp_path / "playbook").write_text("a file where the folder should be")
        await player.press("e")
        form = await fill(player, line="Please, go on.")
        await player.press("ctrl+s")
        assert player.app.screen is form
        assert "playbook" in hint(form)
        assert form.query_one("#phrase-line", Input).value == "Please, go on."
        (tmp_path / "playbook").unlink()
        await player.press("ctrl+s")
        playbook(player)
    assert "nod-go-on" in load(tmp_path / "playbook").own


async def test_a_call_that_comes_leaves_what_is_half_typed(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await opened(player)
        await player.press("a")
        await player.write("Please, take")
        await player.press("ctrl+n")
        assert player.call is not None
        await opened(player)
        await player.press("a")
        assert "Please, take" in player.text()
        await player.press("escape")


async def test_a_demo_leaves_ones_own_playbook_alone(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        player.app.place.demo = True
        await found(player, "nod-go-on")
        await player.press("e", "ctrl+s")
        form = player.app.screen
        assert isinstance(form, PhraseForm)
        assert "demo" in hint(form)
        await player.press("escape")
    assert not (tmp_path / "playbook").exists()


# -- read again -----------------------------------------------------------------------------


async def test_a_saved_change_is_used_from_the_next_suggestion_on(tmp_path: Path) -> None:
    (tmp_path / "playbook").mkdir()
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        first = player.screen.panel.suggestions[0].phrase
        keep(tmp_path / "playbook", replace(first, line="Hello. Please tell me."))
        await looked(player)
        await player.tick()
        assert player.screen.panel.suggestions[0].line == "Hello. Please tell me."
        assert told(player) == ["Playbook read again: 1 phrase changed."]


async def test_a_broken_file_changes_nothing_in_the_call(tmp_path: Path) -> None:
    (tmp_path / "playbook").mkdir()
    save(tmp_path / "playbook", GOOD)
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.write("the flyers ne")
        before = player.screen.panel.suggestions
        words = player.app.place.words()
        save(tmp_path / "playbook", GOOD.replace('"nod"', '"nodd"', 1))
        await looked(player)
        await player.tick()
        assert player.app.place.words() is words
        assert player.screen.panel.suggestions == before
        assert player.screen.note_line.input.value == "the flyers ne"
        assert player.app.focused is player.screen.note_line.input
        assert len(told(player)) == 1
        assert "line 4" in told(player)[0]
        save(tmp_path / "playbook", GOOD)
        await looked(player)
        assert told(player)[-1].startswith("Playbook mended")
        assert player.app.own_words.trouble == ""


async def test_a_playbook_that_was_broken_from_the_start_is_mended(tmp_path: Path) -> None:
    (tmp_path / "playbook").mkdir()
    save(tmp_path / "playbook", GOOD.replace('"nod"', '"nodd"', 1))
    async with playing(tmp_path, size=(120, 40)) as player:
        assert "class 'nodd' is not known" in player.text()
        save(tmp_path / "playbook", GOOD)
        await looked(player)
        assert "is not known" not in player.text()
        assert player.app.place.words() == load(tmp_path / "playbook")


async def test_the_screen_shows_what_was_read_again(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        await opened(player)
        keep(tmp_path / "playbook", replace(GO_ON, line="Please, do go on."))
        await looked(player)
        await player.tick()
        assert "Please, do go on." in player.text()


# -- there and back -------------------------------------------------------------------------


async def test_the_call_goes_on_behind_the_playbook(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.write("half a line")
        screen = await opened(player)
        await player.press("t")
        await player.write("p m e")
        assert screen.trying.value == "p m e", "letters in a field are letters"
        player.wind(60)
        await player.press("ctrl+g", "c")
        assert player.screen.note_line.input.value == "half a line"
        await opened(player)
        await player.press("escape", "escape")
        assert player.call.ended_at is None
        assert player.screen.note_line.input.value == "half a line"
