"""What is half typed: on its way to disk within a quarter of a second, whoever types it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.screen import Screen
from textual.widgets import Input, TextArea

from calmdesk.records.call_rows import KeptDraft
from calmdesk.widgets.note_line import NoteInput
from calmdesk.widgets.stage_pane import StagePane

SOON = 0.12
"""Seconds after a keystroke at which it is kept; the disk has it well before 250 ms are over."""


class Drafts:
    """Gathers the changed fields of a screen and keeps them together, at most every `SOON`.

    A throttle, not a debounce: somebody who types without a pause is kept all the same.
    """

    def __init__(self, screen: Screen[None], keep: Callable[[list[KeptDraft]], None]) -> None:
        self._screen = screen
        self._keep = keep
        self._changed: set[str] = set()
        self._focused = ""
        self._waiting = False

    def touch(self, field: Input | TextArea) -> None:
        """A field changed, or its cursor moved."""
        if field.id is None:
            return
        self._changed.add(field.id)
        if not self._waiting:
            self._waiting = True
            self._screen.set_timer(SOON, self.flush)

    def flush(self) -> None:
        """Keep now what has changed since the last time."""
        self._waiting = False
        if kept := self.gather():
            self._keep(kept)

    def everything(self) -> tuple[KeptDraft, ...]:
        """All that is half typed, whether or not it has changed since."""
        focused = self._screen.focused
        return tuple(
            _draft(field.id, field, field is focused)
            for field in self._screen.query("Input, TextArea")
            if isinstance(field, Input | TextArea) and field.id is not None
        )

    def gather(self) -> list[KeptDraft]:
        """What has changed since the last time, to be kept by whoever asks."""
        focused = self._screen.focused
        focused_id = focused.id if focused is not None and focused.id else ""
        names = self._changed | {self._focused} if focused_id != self._focused else self._changed
        self._focused = focused_id
        self._changed = set()
        return [
            _draft(name, field, name == focused_id)
            for name in sorted(names)
            if name
            for field in self._screen.query(f"#{name}")
            if isinstance(field, Input | TextArea)
        ]


def _draft(name: str, field: Input | TextArea, focused: bool) -> KeptDraft:
    """A field as it stands; of a form only what the agent wrote there and did not enter yet."""
    pane = next((node for node in field.ancestors if isinstance(node, StagePane)), None)
    text = field.value if isinstance(field, Input) else field.text
    if pane is not None and name not in pane.edited:
        text = ""
    if isinstance(field, NoteInput) and field.unkept:
        return KeptDraft(name, field.unkept, len(field.unkept), focused)
    if isinstance(field, Input):
        return KeptDraft(name, text, field.cursor_position, focused)
    row, column = field.cursor_location
    before = sum(len(line) + 1 for line in field.text.split("\n")[:row])
    return KeptDraft(name, text, before + column, focused)


def put_back(screen: Screen[None], drafts: Sequence[KeptDraft]) -> None:
    """After a restart: what was half typed in the note line, and the cursor where it was. (The
    forms put their own back when they are made.)"""
    for draft in drafts:
        for field in screen.query(f"#{draft.field}"):
            if isinstance(field, Input):
                field.value = draft.text if draft.field == "note" else field.value
                field.cursor_position = draft.cursor
            elif isinstance(field, TextArea):
                before = field.text[: draft.cursor].split("\n")
                field.cursor_location = (len(before) - 1, len(before[-1]))
            if draft.focused:
                screen.set_focus(field)
