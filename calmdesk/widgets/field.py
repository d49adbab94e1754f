"""One line to type in, whose Enter is taken at once."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import Input

from calmdesk.guide.commands import find


class Field(Input):
    """An input that takes Enter in its own queue.

    As a binding, Enter travels up to the app and back, and what is typed right after it slips into
    the entered line. Pasted lines are joined; Textual's own input keeps only the first.
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
        if event.key != "enter":
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        await self.entered()

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

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(" ".join(event.text.split()))
