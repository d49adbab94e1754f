"""The first line of a screen between calls: where we are, who is here, what time it is."""

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget


class TitleLine(Widget):
    """A title on the left, a few words on the right; the right one goes first when it is narrow."""

    DEFAULT_CSS = """
    TitleLine { height: auto; padding: 0 1; background: $panel; }
    """

    left: reactive[str] = reactive("")
    """Where we are."""
    right: reactive[str] = reactive("")
    """Who and when."""
    warning: reactive[str] = reactive("", layout=True)
    """A sentence that stands below until it is dealt with."""

    def __init__(self, left: str, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(TitleLine.left, left)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line, and those of the warning."""
        return 1 + (len(self._warned.wrap(max(1, width))) if self.warning else 0)

    @property
    def _warned(self) -> Content:
        return Content.styled(f"! {self.warning}", "$warning")

    def render(self) -> Content:
        width = self.content_size.width
        left = Content.styled(self.left, "bold").truncate(width, ellipsis=True)
        room = width - left.cell_length - 2
        right = Content(self.right).truncate(max(0, room), ellipsis=True)
        gap = width - left.cell_length - right.cell_length
        line = Content.assemble(left, " " * max(0, gap), right)
        return Content.assemble(line, "\n", self._warned) if self.warning else line
