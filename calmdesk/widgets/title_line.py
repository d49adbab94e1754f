"""The first line of a screen between calls: where we are, who is here, what time it is."""

from textual.content import Content
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

    def render(self) -> Content:
        left = Content.styled(self.left, "bold")
        room = self.content_size.width - left.cell_length - 2
        right = Content(self.right).truncate(max(0, room), ellipsis=True)
        gap = self.content_size.width - left.cell_length - right.cell_length
        line = Content.assemble(left, " " * max(1, gap), right)
        return (
            Content.assemble(line, "\n", (f"! {self.warning}", "$warning"))
            if self.warning
            else line
        )
