"""What to say next: one line large, led by its move, two quieter; or a silent breathing line."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from calmdesk.guide.breath import breath
from calmdesk.guide.phrases import Suggestion

INDENT = 4
"""Columns before a line that stands below its move."""
_NOTHING = Content("")


class SuggestionPanel(Widget):
    """The first suggestion stays until it is said, passed over, or no longer fits."""

    DEFAULT_CSS = """
    SuggestionPanel { height: auto; min-height: 1; padding: 0 1; }
    """

    suggestions: reactive[Sequence[Suggestion]] = reactive((), layout=True)
    """The first is large, the others quieter."""
    breathing: reactive[int | None] = reactive(None, layout=True)
    """Seconds of breathing; None while phrases are shown."""

    @property
    def first(self) -> Suggestion | None:
        """The suggestion that f5 means."""
        return self.suggestions[0] if self.suggestions and self.breathing is None else None

    def render(self) -> Content:
        if self.breathing is not None:
            return self._breath(self.breathing)
        if not self.suggestions:
            return Content.styled("▸ …", "$quiet")
        first, *others = self.suggestions
        head = Content.styled(f"▸ {first.phrase.move}", "bold $accent")
        why = Content.styled(f"  {first.reason}" if first.reason else "", "$quiet")
        lines = self._laid_out(head, first.line, "bold", why)
        for other in others:
            move = Content.styled(f"  {other.phrase.move}", "$quiet")
            lines += self._laid_out(move, other.line, "$quiet")
        return Content("\n").join(lines)

    def _laid_out(
        self, head: Content, line: str, style: str, why: Content = _NOTHING
    ) -> list[Content]:
        """One row where all of it fits; else the line stands below its move, and is never cut."""
        width = self.content_size.width
        said = Content.styled(f"“{line}”", style)
        row = Content.assemble(head, "  ", said, why)
        if row.cell_length <= width:
            return [row]
        parts = wrap(f"“{line}”", max(10, width - INDENT))
        below = [Content.styled(" " * INDENT + part, style) for part in parts]
        return [(head + why).truncate(width, ellipsis=True), *below]

    def _breath(self, seconds: int) -> Content:
        word, dots = breath(seconds)
        return Content.assemble((f"  breathe {word:<3} ", "$quiet"), (dots, "$primary"))
