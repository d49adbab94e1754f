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
        lines = self._large(first)
        for other in others:
            lines += self._quiet(other)
        return Content("\n").join(lines)

    def _large(self, first: Suggestion) -> list[Content]:
        """One row where all of it fits; else the line stands below its move, and is never cut."""
        width = self.content_size.width
        head = Content.styled(f"▸ {first.phrase.move}", "bold $accent")
        why = Content.styled(f"  {first.reason}" if first.reason else "", "$quiet")
        row = Content.assemble(head, "  ", (f"“{first.line}”", "bold"), why)
        if row.cell_length <= width:
            return [row]
        parts = wrap(f"“{first.line}”", max(10, width - INDENT))
        below = [Content.styled(" " * INDENT + part, "bold") for part in parts]
        return [(head + why).truncate(width, ellipsis=True), *below]

    def _quiet(self, other: Suggestion) -> list[Content]:
        """Move and line in one stretch, in as many rows as it takes."""
        width = max(10, self.content_size.width)
        said = f"{other.phrase.move}  “{other.line}”"
        if len(said) + 2 <= width:
            return [Content.styled(f"  {said}", "$quiet")]
        parts = wrap(said, width, initial_indent="  ", subsequent_indent=" " * INDENT)
        return [Content.styled(part, "$quiet") for part in parts]

    def _breath(self, seconds: int) -> Content:
        word, dots = breath(seconds)
        return Content.assemble((f"  breathe {word:<3} ", "$quiet"), (dots, "$primary"))
