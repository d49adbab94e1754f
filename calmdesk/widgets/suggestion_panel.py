"""What to say next: one line large, led by its move, two quieter; or a silent breathing line."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from calmdesk.guide.breath import breath
from calmdesk.guide.phrases import Suggestion


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
        lines = [self._large(first)]
        width, tall = self.content_size.width, self.screen.has_class("-tall")
        for other in others:
            quiet = Content.styled(f"  {other.phrase.move}  “{other.line}”", "$quiet")
            if tall or quiet.cell_length <= width:  # a line to say is never cut
                lines.append(quiet)
        return Content("\n").join(lines)

    def _large(self, first: Suggestion) -> Content:
        large = Content.assemble(
            ("▸ " + first.phrase.move, "bold $accent"), "  ", (f"“{first.line}”", "bold")
        )
        room = self.content_size.width - large.cell_length
        if first.reason and room >= len(first.reason) + 2:
            large += Content.styled(f"  {first.reason}", "$quiet")
        return large

    def _breath(self, seconds: int) -> Content:
        word, dots = breath(seconds)
        return Content.assemble((f"  breathe {word:<3} ", "$quiet"), (dots, "$primary"))
