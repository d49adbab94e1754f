"""Before a practice call: who rings, what you can give, and how to say something."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from calmdesk.guide.practice.scenario import Scenario
from calmdesk.screens.box import Box


class Briefing(Box[bool]):
    """Enter takes the call; escape goes back to the list."""

    DEFAULT_CSS = """
    Briefing > .box { width: 78; padding: 0 2; }
    Briefing VerticalScroll { height: auto; max-height: 100%; }
    Briefing Static { height: auto; }
    """

    BINDINGS = [
        Binding("enter", "take", "take the call", id="briefing.take", tooltip="Take the call"),
        Binding("escape", "leave", "back", id="briefing.leave", tooltip="Back to the list"),
    ]

    def __init__(self, scenario: Scenario, limit: str, agent: str) -> None:
        super().__init__()
        self._scenario = scenario
        self._limit = limit
        self._agent = agent

    def compose(self) -> ComposeResult:
        with Vertical(classes="box") as box, VerticalScroll():
            yield Static(self._words(), markup=False)
        box.border_subtitle = "enter takes the call · escape goes back"

    def _words(self) -> Content:
        it = self._scenario
        who = f"{it.name}, {it.company}" if it.company else it.name
        since = f", a customer since {it.since}" if it.since else ""
        known = [fact.knows for fact in it.facts if not fact.found]
        lines = [
            _title(it.title),
            Content(it.brief),
            Content(f"{who}{since}. You are {self._agent} at {it.firm}, {it.trade}."),
            *([Content(f"In this call it is {it.day}.")] if it.day else []),
            _title("You can give"),
            *(Content(f"· {line}") for line in (*it.can, f"your limit alone: {self._limit}")),
        ]
        if it.cannot:
            lines += [_title("You cannot"), *(Content(f"· {line}") for line in it.cannot)]
        if known:
            lines += [_title("You know"), *(Content(f"· {line}") for line in known)]
        lines += [
            _title("How"),
            Content('f5 says the suggestion. " and a space: your own words. Notes as always.'),
            Content("Hold the caller (ctrl+o) to find out more. /wrap ends the call."),
        ]
        return Content("\n").join(lines)

    def action_take(self) -> None:
        self.leave(True)


def _title(words: str) -> Content:
    return Content.styled(words, "bold $primary")
