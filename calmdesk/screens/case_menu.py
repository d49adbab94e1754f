"""All that can be done to a case, a letter each."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from calmdesk.screens.question import Question

_AROUND = 9
"""Rows of the box that are no entry, and of the screen around it."""


class CaseMenu(Question):
    """Answers the kind of work that is wanted; the letter of each is the same as without the menu."""

    DEFAULT_CSS = """
    CaseMenu > .box { width: 56; }
    CaseMenu .box-hint { padding-top: 1; }
    """

    def __init__(self, entries: Sequence[tuple[str, str, str]]) -> None:
        """`entries` are key, kind and words."""
        super().__init__("What was done?", [(kind, words) for _, kind, words in entries])
        self._entries = entries

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("What was done?", classes="box-title", markup=False)
            yield OptionList(
                *(
                    Option(Content.assemble((f"{key}  ", "bold $primary"), words), id=kind)
                    for key, kind, words in self._entries
                ),
                markup=False,
            )
            yield Static(
                "letter or enter chooses · escape leaves", classes="box-hint", markup=False
            )

    def on_resize(self) -> None:
        """Of a long list, its foot stays in sight."""
        self.query_one(OptionList).styles.max_height = max(3, self.size.height - _AROUND)

    def on_key(self, event: events.Key) -> None:
        """The letter of an entry chooses it."""
        kind = next(
            (kind for key, kind, _ in self._entries if key in (event.key, event.character)), None
        )
        if kind is not None:
            event.stop()
            self.leave(kind)
