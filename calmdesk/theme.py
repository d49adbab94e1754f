"""Colours, and the last guard between a stranger's words and the terminal.

Two themes of calmdesk's own; Textual's stay reachable. Colour is never the only sign: everything
that is coloured has a word or a mark beside it.
"""

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

CALM_DARK = Theme(
    name="calm-dark",
    primary="#8fb8c9",
    secondary="#9aa7b8",
    accent="#d9b877",
    foreground="#d8dde3",
    background="#14181d",
    surface="#1a1f26",
    panel="#232a33",
    success="#9cc5a1",
    warning="#d9b877",
    error="#e0a08f",
    dark=True,
    variables={
        "border": "#39434f",
        "border-blurred": "#2c343e",
        "input-cursor-background": "#d8dde3",
        "input-cursor-foreground": "#14181d",
        "input-selection-background": "#8fb8c9 30%",
        "block-cursor-background": "#2f4450",
        "block-cursor-foreground": "#f1f4f7",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#232a33",
        "block-cursor-blurred-foreground": "#d8dde3",
        "block-hover-background": "#20262e",
        "quiet": "#8b97a5",
        "scrollbar": "#39434f",
        "scrollbar-background": "#1a1f26",
    },
)

CALM_LIGHT = Theme(
    name="calm-light",
    primary="#2f6377",
    secondary="#5a6675",
    accent="#8a5a00",
    foreground="#20262d",
    background="#f6f4ef",
    surface="#efece5",
    panel="#e4e0d6",
    success="#2f6b3a",
    warning="#8a5a00",
    error="#9c3a24",
    dark=False,
    variables={
        "border": "#bfb8a8",
        "border-blurred": "#d3cdbf",
        "input-cursor-background": "#20262d",
        "input-cursor-foreground": "#f6f4ef",
        "input-selection-background": "#2f6377 25%",
        "block-cursor-background": "#cfdfe4",
        "block-cursor-foreground": "#10161b",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#e4e0d6",
        "block-cursor-blurred-foreground": "#20262d",
        "block-hover-background": "#e9e5dc",
        "quiet": "#5f6873",
        "scrollbar": "#bfb8a8",
        "scrollbar-background": "#efece5",
    },
)

THEMES = (CALM_DARK, CALM_LIGHT)

_ORDERS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069\u2028\u2029]")


class Scrub(LineFilter):
    """Drops whatever could steer the terminal from everything that is painted."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            segment
            if text.isprintable() or control is not None
            else Segment(_ORDERS.sub("", text), style)
            for segment in segments
            for text, style, control in (segment,)
        ]
