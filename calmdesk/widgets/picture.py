"""Something to look at: drawn from counts alone, as wide as there is room for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

NOTHING = "·"
"""What stands where there is nothing."""


class Picture(Widget):
    """One of these says how it looks, by `lines`; it is as high as these are many."""

    DEFAULT_CSS = """
    Picture { height: auto; padding: 0 1; }
    """

    tall: reactive[bool] = reactive(False, layout=True)
    """Whether there is room for two rows where one would do."""

    def lines(self, width: int) -> Sequence[Content]:
        """It whole, within `width` columns."""
        raise NotImplementedError

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.lines(width))

    def render(self) -> Content:
        return Content("\n").join(self.lines(self.content_size.width))


def heading(title: str, more: str, width: int) -> Content:
    """What a picture is of, and a few words on it."""
    words = Content.assemble((title, "bold"), (f" · {more}" if more else "", "$quiet"))
    return words.truncate(width, ellipsis=True)


def nothing(title: str, why: str, width: int) -> list[Content]:
    """The picture of nothing, in words."""
    return [heading(title, "", width), Content.styled(why, "$quiet").truncate(width, ellipsis=True)]


def labelled(name: str, width: int, cells: Iterable[Content], style: str = "") -> Content:
    """A name in so many columns, and the cells behind it."""
    label = Content.styled(name, style).truncate(width, ellipsis=True)
    return Content.assemble(label, " " * (width - label.cell_length + 1), *cells)


def digits(counts: Iterable[Iterable[int]]) -> int:
    """Columns of the largest count."""
    return len(str(max((count for row in counts for count in row), default=0)))
