"""Where to go: a letter each."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from calmdesk.screens.box import Box


class GoTo(Box[str]):
    """Answers the place chosen: desk, call, promises, day, customers, learn, letters, playbook, keys; None
    changes nothing."""

    DEFAULT_CSS = """
    GoTo > .box { width: 40; }
    """

    BINDINGS = [
        Binding("d", "go('desk')", "Desk", id="go.desk", tooltip="What is due and open"),
        Binding("c", "go('call')", "Call", id="go.call", tooltip="The live call"),
        Binding(
            "p", "go('promises')", "Promises", id="go.promises", tooltip="What was told, by when"
        ),
        Binding("y", "go('day')", "Day", id="go.day", tooltip="Every case of a day"),
        Binding(
            "u",
            "go('customers')",
            "Customers",
            id="go.customers",
            tooltip="Who they are, and who may be one person",
        ),
        Binding(
            "l", "go('learn')", "Learn", id="go.learn", tooltip="Which causes recur, and changes"
        ),
        Binding(
            "b", "go('playbook')", "Playbook", id="go.playbook", tooltip="Your words, tried out"
        ),
        Binding(
            "t", "go('letters')", "Letters", id="go.letters", tooltip="Drafts, and what was sent"
        ),
        Binding("k", "go('keys')", "Keys", id="go.keys", tooltip="Every key and command"),
        Binding(
            "escape,ctrl+g", "leave", "stay", id="go.leave", tooltip="Change nothing", priority=True
        ),
    ]

    def __init__(self, call_is_live: bool) -> None:
        super().__init__()
        self._live = call_is_live

    def compose(self) -> ComposeResult:
        places = [
            ("desk", "d  Desk"),
            ("promises", "p  Promises"),
            ("day", "y  Day"),
            ("customers", "u  Customers"),
            ("learn", "l  Learn"),
            ("playbook", "b  Playbook"),
            ("letters", "t  Letters"),
            ("keys", "k  Keys and commands"),
        ]
        if self._live:
            places.insert(0, ("call", "c  the call"))
        with Vertical(classes="box"):
            yield OptionList(*(Option(Content(w), id=p) for p, w in places), markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._live if parameters == ("call",) else True

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.leave(event.option.id)

    def action_go(self, place: str) -> None:
        self.leave(place)
