"""What was typed into a box and not kept: it waits until the same is asked again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from calmdesk.guide.english.times import dated, read
from calmdesk.widgets.choice_line import ChoiceLine
from calmdesk.widgets.tick import Tick

if TYPE_CHECKING:
    from calmdesk.screens.workplace import Workplace

Standing = dict[str, str | bool | None]
"""What stands in the fields of a box, by the id of the field."""
About = tuple[str, str]
"""A question, and the id of what it was asked about."""


@dataclass(frozen=True)
class Draft:
    """What was left in one box."""

    at: datetime
    """The UTC instant at which it was typed."""
    began: Standing
    """What stood there when the box was opened."""
    typed: Standing
    """What stood there when it was left, where that is another."""


class HalfTyped(dict[About, Draft]):
    """What waits. It is never on disk: it lives while calmdesk runs, at the desk where it was typed."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place

    def hold(self, about: About, began: Standing, box: Screen[Any]) -> None:
        """Hold what was changed in a box; nothing, when it stands as it began."""
        typed = {name: it for name, it in standing(box).items() if it != began.get(name)}
        if typed:
            self[about] = Draft(self._place.now(), began, typed)
        else:
            self.pop(about, None)

    def fill_in(self, about: About, box: Screen[Any]) -> bool:
        """Fill the fields in as they were left; returns whether any was.

        A field in which something newer stands by now is passed over, so that no old draft writes
        over it; only a long text comes back all the same: it is made anew all the time, and to
        write it again costs most.
        """
        draft, stands, filled = self.get(about), standing(box), False
        if draft is None:
            return False
        for name, left in draft.typed.items():
            value = self._as_meant(left, draft.at) if isinstance(left, str) else left
            for field in box.query(f"#{name}"):
                long = isinstance(field, TextArea)
                if value is None or not (long or stands.get(name) == draft.began.get(name)):
                    continue
                filled = True
                setattr(field, "text" if long else "value", value)
                if isinstance(field, Input):
                    field.cursor_position = len(field.value)
        return filled

    def _as_meant(self, text: str, at: datetime) -> str | None:
        """A text as it was left. Where it is a time that is read otherwise by now, such as
        `tomorrow 10`, the instant that it meant, in full; None when that is over, or when it was
        meant on another wall."""
        place = self._place
        hours, now = place.settings.hours, place.wall()
        meant, means = read(text, place.wall(at), hours), read(text, now, hours)
        if meant is None or text[: meant.start].strip() or text[meant.end :].strip():
            return text
        if text.strip().isdecimal() or (means is not None and means.wall == meant.wall):
            return text  # a number may count something else
        wall = meant.wall if meant.ahead is None else place.wall(at + meant.ahead)
        return None if meant.theirs or wall <= now else dated(wall, now).lower()


def standing(box: Screen[Any]) -> Standing:
    """What stands in the fields of a box now."""
    found: Standing = {}
    for field in box.query(Widget):
        if field.id and isinstance(field, TextArea):
            found[field.id] = field.text
        elif field.id and isinstance(field, Input | Tick | ChoiceLine):
            found[field.id] = field.value
    return found
