"""What is known to be wrong just now: one honest sentence, on top of every call about it (S38)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from textwrap import wrap
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from calmdesk.guide.english.days import short

if TYPE_CHECKING:
    from calmdesk.records.people_rows import KnownIssue

LABEL = Content.styled("known issue", "$warning bold")


class KnownIssueStrip(Widget):
    """One line, and none at all while nothing is known to be wrong. A sentence that does not fit has
    a line of its own, and in a tall window two."""

    DEFAULT_CSS = """
    KnownIssueStrip { height: auto; max-height: 3; padding: 0 1; background: $surface; display: none; }
    KnownIssueStrip.-known { display: block; }
    """

    issues: reactive[tuple[KnownIssue, ...]] = reactive((), layout=True)
    """The issues that stand here; the first one is shown, the others are counted."""

    def __init__(
        self,
        wall: Callable[[datetime | None], datetime],
        about: Callable[[str], str] | None = None,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._wall = wall
        """An instant, or now, as naive local time."""
        self._about = about
        """Names a category, where the strip does not stand on a call about it."""

    def watch_issues(self) -> None:
        self.set_class(bool(self.issues), "-known")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Rows at a width that it is only about to have."""
        return len(self._rows(width))

    def render(self) -> Content:
        return Content("\n").join(self._rows(self.content_size.width))

    def _rows(self, width: int) -> list[Content]:
        if not self.issues:
            return []
        issue = self.issues[0]
        about = self._about(issue.category) if self._about is not None else ""
        more = f" · {len(self.issues) - 1} more" if len(self.issues) > 1 else ""
        until = until_words(self._wall(issue.until_at), self._wall(None))
        end = Content.styled(f"  {until}{more}", "$quiet")
        begin = Content.assemble(LABEL, (f"  {about}: " if about else "  ", "$quiet"))
        row = begin + Content(issue.sentence) + end
        if row.cell_length <= width:
            return [row]
        head = Content.assemble(LABEL, (f"  {about}" if about else "", "$quiet"), end)
        most = 2 if self.screen.has_class("-tall") else 1
        sentence = wrap(issue.sentence, max(10, width), max_lines=most, placeholder="…")
        lines = [head, *map(Content, sentence)]
        return [line.truncate(width, ellipsis=True) for line in lines]


def until_words(wall: datetime, now: datetime) -> str:
    """`until 16:00` today, `until Mon 16:00` within the week, else `until 4 Dec 16:00`."""
    if wall.date() - now.date() < timedelta(days=7):
        return f"until {short(wall, now)}"
    return f"until {wall.day} {wall:%b %H:%M}"
