"""The lines of the Desk's board, each in its columns."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from calmdesk.widgets.columns import Part, columns
from calmdesk.widgets.due_words import DueWords, Wall, due_words, to_do

if TYPE_CHECKING:
    from calmdesk.records.rows import DueLine, HandedOver

NARROW = 64
"""Columns below which a due line takes two."""


def due_line(line: DueLine, now: datetime, wall: Wall, width: int) -> Content:
    """A promise or follow-up of the agent's own."""
    words = due_words(line, now, wall)
    return _dated(words, line.customer, to_do(line), width)


def handed_line(line: DueLine, now: datetime, wall: Wall, width: int) -> Content:
    """A promise that the agent gave and somebody else keeps (S102)."""
    first = line.owner.split(" ")[0] or "somebody"
    keeps = f"{first} has left; nobody keeps it" if line.owner_left else f"{first} keeps it"
    return _dated(due_words(line, now, wall), line.customer, f"{keeps}: {line.what}", width)


def _dated(words: DueWords, customer: str, told: str, width: int) -> Content:
    if width < NARROW:
        first = [
            Part(words.sign, 1, words.style),
            Part(words.when, 9 if " " in words.when else 5),
            Part(customer, style="bold"),
            Part(words.left, 11, words.style, right=True),
        ]
        second = columns([Part(" ", 1), Part(told, style="$quiet")], width, gap=1)
        return Content("\n").join([columns(first, width, gap=1), second])
    return columns(
        [
            Part(words.sign, 1, words.style),
            Part(words.when, 9),
            Part(customer, 18, "bold"),
            Part(told),
            Part(words.left, 12, words.style, right=True),
        ],
        width,
        gap=1,
    )


def inbox_line(it: HandedOver, width: int) -> Content:
    """A case that somebody handed over: whose, of whom, and how its brief begins."""
    brief = " ".join(it.brief.split())
    of = f"from {it.of.split(' ')[0] or 'a colleague'}"
    if width < NARROW:
        first = [Part("›", 1), Part(it.customer, style="bold"), Part(of, 12, right=True)]
        second = columns([Part(" ", 1), Part(brief, style="$quiet")], width, gap=1)
        return Content("\n").join([columns(first, width, gap=1), second])
    return columns(
        [Part("›", 1), Part(of, 9), Part(it.customer, 18, "bold"), Part(brief)], width, gap=1
    )


def finish_line(ref: str, customer: str, width: int) -> Content:
    """A wrap-up that was put aside."""
    return columns(
        [
            Part("·", 1),
            Part(customer),
            Part("wrap up", 8),
            Part(ref, 14, "$quiet", from_width=60),
        ],
        width,
    )
