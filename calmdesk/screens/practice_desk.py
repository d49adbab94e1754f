"""Which practice call: all of them, the easiest first."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from calmdesk.guide.practice.scenario import HARD, Scenario
from calmdesk.screens.workplace import Workplace
from calmdesk.widgets.key_line import KeyLine
from calmdesk.widgets.title_line import TitleLine


class PracticeDesk(Screen[None]):
    """The list to choose from; enter opens the briefing."""

    DEFAULT_CSS = """
    PracticeDesk #practice-words { height: auto; padding: 1 2; color: $quiet; }
    PracticeDesk OptionList {
        height: 1fr; border: none; padding: 0 1; background: $background;
    }
    PracticeDesk OptionList:focus { border: none; }
    """

    BINDINGS = [
        Binding("escape,q", "app.leave", "leave", id="practice.leave", tooltip="Leave practice"),
    ]

    class Chosen(Message):
        """A practice call is wanted."""

        def __init__(self, scenario: Scenario) -> None:
            super().__init__()
            self.scenario = scenario

    def __init__(
        self, place: Workplace, scenarios: Sequence[Scenario], first: Scenario | None
    ) -> None:
        super().__init__()
        self._place = place
        self._scenarios = scenarios
        self._first = first

    def compose(self) -> ComposeResult:
        yield TitleLine("calmdesk practice")
        yield Static(
            "The caller is made up, the screen is the real one. Nothing of it is kept.",
            id="practice-words",
            markup=False,
        )
        yield OptionList(
            *(Option(self._line(it), id=it.id) for it in self._scenarios), markup=False
        )
        yield KeyLine()

    def _line(self, it: Scenario) -> Content:
        about = self._place.words().category_name(it.about)
        return Content.assemble(
            (it.title, "bold"),
            (f"  {about} · {it.trade} · {HARD[it.hard]}\n", "$accent"),
            (it.brief, "$quiet"),
        )

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()
        if self._first is not None:
            self.query_one(OptionList).highlighted = list(self._scenarios).index(self._first)
            self.post_message(self.Chosen(self._first))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(self._scenarios[event.option_index]))
