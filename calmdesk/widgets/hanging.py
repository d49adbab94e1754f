"""Words with a hanging indent: further rows begin under the first word, so that labels stand out."""

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual


def hanging(words: Content, width: int, hang: int) -> list[Content]:
    """The words in rows of `width` columns; all but the first begin `hang` columns further in."""
    words = words.expand_tabs(8)
    first = (words.wrap(max(1, width)) or [words])[0]
    rest = words[len(first) :]
    rest = rest[len(rest) - len(rest.plain.lstrip()) :]
    blank = Content(" " * hang)
    further = rest.wrap(max(8, width - hang)) if rest else []
    return [first.rstrip(), *(blank + row.rstrip() for row in further)]


class Hanging(Visual):
    """Such words, in the width that they are given."""

    def __init__(self, words: Content, hang: int) -> None:
        self._words = words
        self._hang = hang

    def _in(self, width: int) -> Content:
        return Content("\n").join(hanging(self._words, width, self._hang))

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        return self._in(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return self._words.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self._in(width).get_height(rules, width)
