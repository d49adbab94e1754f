"""One hostile name visits every place: words are only ever words."""

import ast
from pathlib import Path

import pytest

from calmdesk.guide.stages import STAGES
from calmdesk.theme import Scrub
from tests.player import playing

NAME = "Mr [/b] O'Hara [urgent] \x1b[2J"
SHOWN = "Mr [/b] O'Hara [urgent]"
HOUSE = Path(__file__).parent.parent / "calmdesk"


async def test_a_hostile_name_visits_every_screen(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        await player.press("ctrl+n")
        await player.note(f"@ {NAME}, {NAME}, +1 415 555 0134")
        for sign in ("", "$ ", "! ", "? ", "* ", "= ", "+ "):
            await player.note(f"{sign}{NAME} tomorrow 9")
        assert SHOWN in player.text()
        for _ in STAGES:
            assert SHOWN in player.text(), player.call.stage
            await player.press("f4")
        for line in ("/who", "/escalate", "/keys"):
            await player.note(line)
            await player.press("escape")
        await player.note(f"/boundary {NAME}")
        await player.note(f"# {NAME}")
        await player.note(f"/ring {NAME}")
        await player.press("escape")
        player.screen.note_line.write("")
        await player.note("/ring +1h")
        await player.note("/outcome investigating")
        await player.press("ctrl+s")
        assert SHOWN in player.text(), "the Desk's lists"
        player.app.notify(NAME, title=NAME, markup=False)
        player.app.screen.tooltip = None
        await player.quiet()
        await player.press("enter")
        assert SHOWN in player.text(), "the Day and the case"
        await player.press("ctrl+n")
        await player.note(f"@ {SHOWN}, +1 415 555 0134")
        assert SHOWN in player.text(), "the story"
        assert "\x1b" not in player.text()
        await player.press("ctrl+p")
        await player.press("escape")


def test_what_reaches_the_terminal_is_scrubbed() -> None:
    from rich.segment import Segment
    from textual.color import Color

    nasty = "a\x1b]0;x\x07b\x9b2Jc\u202ed\x00e"
    shown = Scrub().apply([Segment(nasty)], Color(0, 0, 0))
    assert "".join(segment.text for segment in shown) == "a]0;xb2Jcde"


UNSAFE = {"Static", "Label", "Button", "OptionList", "notify"}


def _calls(file: Path) -> list[ast.Call]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


DRAWN = [*sorted((HOUSE / "screens").glob("*.py")), *sorted((HOUSE / "widgets").glob("*.py"))]


@pytest.mark.parametrize("file", DRAWN, ids=lambda file: str(file.stem))
def test_no_widget_takes_words_for_markup(file: Path) -> None:
    for call in _calls(file):
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        if name in UNSAFE:
            marks = {keyword.arg for keyword in call.keywords}
            assert "markup" in marks, f"{file.name}:{call.lineno} {name}(...) without markup=False"
