"""The causes above their usual, and what was left behind, in as few words as fit whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

_WIDE = 130
"""Columns from which it says what it is."""
_ABOVE = Content.styled("above usual  ", "$quiet")
_NARROW = 60
"""Columns below which it takes two lines, one piece of news each."""


@dataclass(frozen=True)
class NewsItem:
    """A cause above its usual."""

    cause: str
    cases: int
    usual: int

    def words(self, short: bool) -> Content:
        """`late plates 9, usually 3`; short, `late plates 9 (3)`."""
        usual = f" ({self.usual})" if short else f", usually {self.usual or 'none'}"
        return Content.assemble(
            ("↑ ", "$warning bold"), self.cause, (f" {self.cases}", "bold"), (usual, "$quiet")
        )


class NewsLine(Widget):
    """Nothing at all while there is no news."""

    DEFAULT_CSS = """
    NewsLine { height: auto; padding: 0 1; display: none; }
    NewsLine.-news { display: block; }
    """

    items: reactive[Sequence[NewsItem]] = reactive((), layout=True)
    """The causes, the farthest above first."""
    counts: reactive[Sequence[str]] = reactive((), layout=True)
    """Counts that stand behind them: `left hot 7`."""

    def watch_items(self) -> None:
        self.set_class(bool(self.items or self.counts), "-news")

    def watch_counts(self) -> None:
        self.set_class(bool(self.items or self.counts), "-news")

    def render(self) -> Content:
        width = self.content_size.width
        if width < _NARROW:
            lines = [it.words(it.words(False).cell_length > width) for it in self.items[:2]]
            lines = lines or [Content.styled("   ".join(self.counts), "$quiet")]
            return Content("\n").join(line.truncate(width, ellipsis=True) for line in lines)
        return self._one_line(width).truncate(width, ellipsis=True)

    def _one_line(self, width: int) -> Content:
        """Everything in whole words, else in short, else without the last of it."""
        counts = [Content.styled(it, "$quiet") for it in self.counts]
        shown = Content("")
        for count in range(len(self.items), 0, -1):
            for short in (False, True):
                for behind in (counts, []):
                    parts = [it.words(short) for it in self.items[:count]]
                    parts[0] = (_ABOVE if width >= _WIDE else Content("")) + parts[0]
                    shown = Content("   ").join([*parts, *behind])
                    if shown.cell_length <= width:
                        return shown
        return shown if self.items else Content("   ").join(counts)
