"""The story so far: what they asked, what was promised and how late it is, what they heard last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from textwrap import wrap
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from calmdesk.guide.english.days import short, without_year
from calmdesk.guide.english.times import distance

if TYPE_CHECKING:
    from calmdesk.records.call_rows import Match, Story

_NARROW = 60


class StoryStrip(Widget):
    """At most three things before hello, a line each where it is wide; nothing at all for a caller we never met."""

    DEFAULT_CSS = """
    StoryStrip { height: auto; padding: 0 1; background: $surface; display: none; }
    StoryStrip.-known { display: block; }
    """

    match: reactive[Match | None] = reactive(None, layout=True)
    """The customer who seems to be calling; None when we know of none."""
    joined: reactive[bool] = reactive(False, layout=True)
    """Whether this call is already part of that case."""
    below: reactive[bool] = reactive(False, layout=True)
    """Whether they are rung for the promise: it stands below, and this says what is not said there."""
    now: reactive[datetime | None] = reactive(None, init=False)
    """Local time, against which lateness is told; set before `match`."""
    promise_only: reactive[bool] = reactive(False, layout=True)
    """Whether only the promise is shown: somebody else is on the line."""
    same_key: reactive[str] = reactive("f12")
    """The key that makes it so; '' while there is no call to make part of it."""

    def __init__(self, wall: Callable[[datetime], datetime], id: str | None = None) -> None:
        super().__init__(id=id)
        self._wall = wall

    def watch_match(self) -> None:
        self.set_class(self.match is not None and self.match.story is not None, "-known")

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))  # before it is laid out it does not know its own width

    def _lines(self, width: int) -> list[Content]:
        if self.match is None or self.match.story is None or self.now is None:
            return []
        story = self.match.story
        maybe = Content.styled(
            "" if self.match.sure else f"maybe {self.match.caller.name}: ", "bold"
        )
        asked = maybe + _pair("asked", story.asked or "not noted")
        narrow = width < _NARROW
        promised = (self._promised_narrow if narrow else self._promised)(story, self.now, width)
        told = (self._told_narrow if narrow else self._told)(story, width)
        if self.promise_only:
            lines = promised
        elif self.below:
            news = story.last_told not in ("", story.promised)
            lines = [asked] * bool(story.asked) + [_pair("last told", story.last_told)] * news
        else:
            lines = [asked, *promised, *told]
        return [line.truncate(width, ellipsis=True) for line in lines]

    def _promised(self, story: Story, now: datetime, width: int) -> list[Content]:
        """What was promised, for when, and how late that is."""
        if not story.promised:
            return []
        label, style = ("! promised", "$error bold") if story.missed else ("promised", "$quiet")
        return [_before(_pair(label, story.promised, style), self._when(story, now), width)]

    def _told(self, story: Story, width: int) -> list[Content]:
        """What they heard last, with the case that it is about."""
        told = _pair(*self._last(story))
        end = self._end
        whole = " · ".join(filter(None, (f"  {story.ref} {story.status}", end)))
        abouts = (whole, f"  {end}")
        about = next((it for it in abouts if told.cell_length + len(it) <= width), abouts[-1])
        told = told.truncate(max(0, width - len(about)), ellipsis=True)
        return [told + Content.styled(about, "$quiet")]

    def _promised_narrow(self, story: Story, now: datetime, width: int) -> list[Content]:
        """The same: how late it is stands first; else its time is whole, on a row of its own where
        there is one."""
        if not story.promised:
            return []
        if story.missed:
            late = distance(self._wall(story.due_at), now) if story.due_at else "missed"
            return [_pair(f"! {late}", story.promised, "$error bold")]
        when = self._when(story, now)
        if len(f"promised {story.promised} · {when}") > width:
            if self._rows > 1:
                return [_pair("promised", story.promised), Content(f"  {when}")]
            due = self._wall(story.due_at) if story.due_at else None
            when = f"{short(due, now)}, {distance(due, now)}" if due else ""
        return [_before(_pair("promised", story.promised), when, width)]

    def _told_narrow(self, story: Story, width: int) -> list[Content]:
        """The words before all else. The case and the key stand where they leave room."""
        label, words = self._last(story)
        label += " "
        told = [Content(it) for it in _wrapped(label + words, width, self._rows)]
        told[0] = told[0].stylize("$quiet", 0, len(label))
        room = width - told[-1].cell_length
        end = self._end
        abouts = (" · ".join(filter(None, (f"  {story.ref}", end))), f"  {end}")
        about = next((it for it in abouts if len(it) <= room), "")
        return [*told[:-1], told[-1] + Content.styled(about, "$quiet")]

    @property
    def _rows(self) -> int:
        """Rows that something has where it needs them: two in a tall window."""
        return 2 if self.screen.has_class("-tall") else 1

    def _when(self, story: Story, now: datetime) -> str:
        """The told time, how far it is, and the time that they were told first; '' without one."""
        when = ""
        if story.due_at is not None:
            due = self._wall(story.due_at)
            when = f"{without_year(due)}, {distance(due, now)}"
        if story.first_due_at is not None:
            when += f" · first told {without_year(self._wall(story.first_due_at))}"
        return when

    @property
    def _end(self) -> str:
        if self.joined:
            return "part of this case"
        return f"{self.same_key} same matter" if self.same_key else ""

    def _last(self, story: Story) -> tuple[str, str]:
        """What they heard last, or when that was."""
        if story.last_told and story.last_told != story.promised:
            return "last told", story.last_told
        if story.last_at is not None:
            return "last spoke", without_year(self._wall(story.last_at))
        return "", ""


def _before(words: Content, when: str, width: int) -> Content:
    """The words and a time behind them; the time stays whole."""
    tail = Content(f" · {when}" if when else "")
    return words.truncate(max(0, width - tail.cell_length), ellipsis=True) + tail


def _wrapped(words: str, width: int, rows: int) -> list[str]:
    return wrap(words, max(10, width), max_lines=rows, placeholder="…") or [""]


def _pair(label: str, words: str, style: str = "$quiet") -> Content:
    return Content.assemble((f"{label} " if label else "", style), words)
