"""The story so far: what they asked, what was promised and how late it is, what they heard last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from calmdesk.guide.english.days import without_year
from calmdesk.guide.english.times import distance

if TYPE_CHECKING:
    from calmdesk.records.call_rows import Match

_NARROW = 60


class StoryStrip(Widget):
    """At most three lines before hello; nothing at all for a caller we never met."""

    DEFAULT_CSS = """
    StoryStrip { height: auto; padding: 0 1; background: $surface; display: none; }
    StoryStrip.-known { display: block; }
    """

    match: reactive[Match | None] = reactive(None, layout=True)
    """The customer who seems to be calling; None when we know of none."""
    joined: reactive[bool] = reactive(False, layout=True)
    """Whether this call is already part of that case."""
    now: reactive[datetime | None] = reactive(None, init=False)
    """Local time, against which lateness is told; set before `match`."""
    same_key: reactive[str] = reactive("f12")
    """The key that makes it so."""

    def __init__(self, wall: Callable[[datetime], datetime], id: str | None = None) -> None:
        super().__init__(id=id)
        self._wall = wall

    def watch_match(self) -> None:
        self.set_class(self.match is not None and self.match.story is not None, "-known")

    def render(self) -> Content:
        if self.match is None or self.match.story is None or self.now is None:
            return Content("")
        story = self.match.story
        maybe = Content.styled(
            "" if self.match.sure else f"maybe {self.match.caller.name}: ", "bold"
        )
        lines = [maybe + _pair("asked", story.asked or "not noted")]
        if story.promised:
            when = ""
            if story.due_at is not None:
                due = self._wall(story.due_at)
                when = f"{without_year(due)}, {distance(due, self.now)}"
            if story.first_due_at is not None:
                first = self._wall(story.first_due_at)
                when += f" · first told {without_year(first)}"
            if story.missed and self.content_size.width < _NARROW:
                late = distance(self._wall(story.due_at), self.now) if story.due_at else "missed"
                lines.append(_pair(f"! {late}", story.promised, "$error bold"))
            elif story.missed:
                lines.append(_pair("! promised", f"{story.promised} · {when}", "$error bold"))
            else:
                lines.append(_pair("promised", f"{story.promised} · {when}"))
        end = "part of this case" if self.joined else f"{self.same_key} same matter"
        narrow = self.content_size.width < _NARROW
        about = f"  {story.ref} · {end}" if narrow else f"  {story.ref} {story.status} · {end}"
        if story.last_told and story.last_told != story.promised:
            last = _pair("last told", story.last_told)
        elif story.last_at is not None:
            at = self._wall(story.last_at)
            last = _pair("last spoke", without_year(at))
        else:
            last = Content("")
        width = self.content_size.width
        room = max(0, width - len(about))
        lines.append(last.truncate(room, ellipsis=True) + Content.styled(about, "$quiet"))
        return Content("\n").join([line.truncate(width, ellipsis=True) for line in lines])


def _pair(label: str, words: str, style: str = "$quiet") -> Content:
    return Content.assemble((f"{label} ", style), words)
