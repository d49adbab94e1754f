"""One line to type in, whose Enter is taken at once."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Input

from calmdesk.guide.commands import find

_EDITS = frozenset(it.action for it in Input.BINDINGS if isinstance(it, Binding))
"""What Textual's input does by keys of its own."""


class Field(Input):
    """An input that takes Enter, and every key that edits, in its own queue.

    As bindings they travel up to the app and back, and what is typed right after them comes first:
    it slips into the entered line, or goes with what ctrl+u takes away. Pasted lines are joined;
    Textual's own input keeps only the first.
    """

    @dataclass
    class Commanded(Message):
        """A `/` command was entered in a field that is not the note line."""

        line: str

    def __init__(self, value: str = "", placeholder: str = "", id: str | None = None) -> None:
        super().__init__(value, placeholder, id=id, select_on_focus=False)

    @property
    def content_width(self) -> int:
        """Never narrower than the field: else every key would lay the whole screen out anew."""
        return max(super().content_width, self.scrollable_content_region.width)

    async def _on_key(self, event: events.Key) -> None:
        edit = self._edit(event.key)
        if event.key != "enter" and not edit:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        if edit:
            await self.run_action(edit)
        else:
            await self.entered()

    def _edit(self, key: str) -> str:
        """What a key does to the line; '' where it does nothing, or something of another kind."""
        actions = [it.action for it in self._bindings.key_to_bindings.get(key, ())]
        return actions[-1] if key != "enter" and actions and actions[-1] in _EDITS else ""

    async def entered(self) -> None:
        """Enter was pressed: a command is a command wherever it is typed, all else is submitted."""
        if find(self.value) is None:
            await self.action_submit()
            return
        line, self.value = self.value, ""
        self.post_message(self.Commanded(line))

    def take(self, line: str) -> None:
        """Empty the field of a line that was dealt with; what was typed meanwhile stays."""
        if self.value.startswith(line):
            self.value = self.value[len(line) :]

    def insert_text_at_cursor(self, text: str) -> None:
        """Several characters at once are laid out before the cursor behind them can be seen."""
        super().insert_text_at_cursor(text)
        if len(text) > 1:
            self.call_after_refresh(self.show_cursor)

    def show_cursor(self) -> None:
        """Scroll to where the cursor stands."""
        at = cell_len(self.value[: self.cursor_position])
        self.scroll_to_region(Region(at, 0, 1, 1), force=True, animate=False)

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(" ".join(event.text.split()))
