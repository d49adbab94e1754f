"""What every chart is drawn with: lines of SVG in black on white, told apart by pattern and word."""

from collections.abc import Iterable
from html import escape

from calmdesk.reports.measure import pixels, within

WIDE = 680
"""Width of every chart, in its own units: pixels on a screen, as wide as the paper in print."""
SIZE = 12
"""Height of the letters."""
FILLS = ("solid", "hatched", "empty", "crossed", "dotted", "dashed", "light")
"""Patterns, told apart without a colour; a part takes the one at its place."""

_INK, _PAPER = "#222", "#fff"
_PATTERNS = {
    "hatched": '<path d="M-1 1l2-2M0 6l6-6M5 7l2-2" stroke="#222" stroke-width="1.4"/>',
    "crossed": '<path d="M0 6l6-6M0 0l6 6" stroke="#222" stroke-width="0.9"/>',
    "dotted": '<circle cx="3" cy="3" r="1.1" fill="#222"/>',
    "dashed": '<path d="M0 3h6" stroke="#222" stroke-width="1.2"/>',
}


def picture(name: str, title: str, height: float, drawn: Iterable[str], told: str = "") -> str:
    """A whole chart, and in `told` a sentence on it for those who do not see it. `name` keeps its
    patterns apart from those of others on the page."""
    patterns = "".join(
        f'<pattern id="{name}-{fill}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{_PAPER}"/>{lines}</pattern>'
        for fill, lines in _PATTERNS.items()
    )
    desc = f"<desc>{escape(told)}</desc>" if told else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {height:.1f}" role="img" '
        f'aria-label="{escape(title)}" font-size="{SIZE}">{desc}<defs>{patterns}</defs>'
        f"{''.join(drawn)}</svg>"
    )


def box(name: str, fill: str, x: float, y: float, width: float, height: float) -> str:
    """A bar or a part of one, filled with one of FILLS."""
    plain = {"solid": "#444", "empty": _PAPER, "light": "#ddd"}
    paint = plain.get(fill, f"url(#{name}-{fill})")
    return (
        f'<rect class="{fill}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{paint}" stroke="{_INK}" stroke-width="0.8"/>'
    )


def shade(x: float, y: float, width: float, height: float, share: float) -> str:
    """A field that is the darker, the nearer `share` (0 to 1) is to all."""
    grey = round(255 - 35 * (share > 0) - 150 * share)
    return (
        f'<rect class="shade" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="#{grey:02x}{grey:02x}{grey:02x}" stroke="#bbb" stroke-width="0.5"/>'
    )


def words(
    text: str,
    x: float,
    y: float,
    anchor: str = "start",
    size: float = SIZE,
    light: bool = False,
) -> str:
    """A text on its base line; anchor is start, middle or end. A light one stands on the dark."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size:g}" '
        f'fill="{_PAPER if light else _INK}">{escape(text)}</text>'
    )


def upright(text: str, x: float, y: float, size: float = SIZE) -> str:
    """A text that is read from below, where there is no room for it lying down."""
    return (
        f'<text transform="translate({x:.1f} {y:.1f}) rotate(-90)" font-size="{size:g}" '
        f'fill="{_INK}">{escape(text)}</text>'
    )


def line(points: Iterable[tuple[float, float]], width: float = 1.0, dashes: str = "") -> str:
    """A line through points."""
    through = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<polyline points="{through}" fill="none" stroke="{_INK}" stroke-width="{width:g}"{dashed}/>'


def dot(x: float, y: float) -> str:
    """A point of a line."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{_PAPER}" stroke="{_INK}" stroke-width="1.2"/>'


def legend(name: str, entries: Iterable[tuple[str, str]], y: float) -> tuple[list[str], float]:
    """What each pattern means, in rows from `y` on. Returns the lines, and where they end."""
    drawn: list[str] = []
    x = 1.0
    for fill, label in entries:
        label = within(label, SIZE, WIDE - 24)
        width = 22 + pixels(label, SIZE) + 14
        if x > 1 and x + width > WIDE:
            x, y = 1.0, y + 20
        drawn += [box(name, fill, x, y, 14, 12), words(label, x + 20, y + 10.5)]
        x += width
    return drawn, y + 20
