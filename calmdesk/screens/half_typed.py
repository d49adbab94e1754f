"""What was typed into a box and not kept: it waits until the same is asked again."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from calmdesk.widgets.choice_line import ChoiceLine
from calmdesk.widgets.tick import Tick

Typed = dict[str, str | bool | None]
"""What stands in the fields of a box, by the id of the field."""
HalfTyped = dict[tuple[str, str], Typed]
"""What waits, by the question and the id of what it was asked about. It is never on disk: it lives
while calmdesk runs, at the desk where it was typed."""


def written(box: Screen[Any]) -> Typed:
    """What stands in the fields of a box now."""
    found: Typed = {}
    for field in box.query(Widget):
        if field.id and isinstance(field, TextArea):
            found[field.id] = field.text
        elif field.id and isinstance(field, Input | Tick | ChoiceLine):
            found[field.id] = field.value
    return found


def put_back(box: Screen[Any], typed: Typed) -> None:
    """Fill the fields in as they were left; one that is not asked for any more is passed over."""
    for name, value in typed.items():
        for field in box.query(f"#{name}"):
            setattr(field, "text" if isinstance(field, TextArea) else "value", value)
            if isinstance(field, Input):
                field.cursor_position = len(field.value)
