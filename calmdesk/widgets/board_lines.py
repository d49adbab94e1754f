"""The lines of the Desk's board, each in its columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from calmdesk.guide.clocks import ClockStanding, ClockState
from calmdesk.guide.english.days import short
from calmdesk.guide.listening import minutes
from calmdesk.guide.outcome import Status
from calmdesk.widgets.columns import Part, columns
from calmdesk.widgets.due_words import DueWords, Wall, due_words, nobodys, to_do
from calmdesk.words import called

if TYPE_CHECKING:
    from calmdesk.records.case_rows import CaseLine, HandedOver
    from calmdesk.records.line_rows import DueLine
    from calmdesk.records.phone_rows import RangInVain
    from calmdesk.records.review_rows import ReviewForMe

NARROW = 64
"""Columns below which a due line takes two."""
_TOLD_BEGINS = 32
"""Columns before what they were told."""
_TOLD_LEAST = 20
"""Columns that it keeps beside how long a late one is put off."""


def due_line(line: DueLine, now: datetime, wall: Wall, width: int) -> Content:
    """A promise or follow-up of the agent's own, or nobody's."""
    words = due_words(line, now, wall)
    return _dated(words, line.customer, to_do(line), width, nobodys(line, width))


def handed_line(line: DueLine, now: datetime, wall: Wall, width: int) -> Content:
    """A promise that the agent gave and somebody else keeps (S102)."""
    words = due_words(line, now, wall)
    if line.owner_left:
        return _dated(words, line.customer, line.what, width, nobodys(line, width))
    first = line.owner.split(" ")[0] or "somebody"
    return _dated(words, line.customer, f"{first} keeps it: {line.what}", width)


def _dated(words: DueWords, customer: str, told: str, width: int, nobodys: str = "") -> Content:
    """The line; that it is nobody's stands behind what they were told. On two rows, until when
    the reminder of what is late is put off stands on the second."""
    last = [Part(nobodys, len(nobodys))] if nobodys else []
    if width < NARROW:
        last += [Part(words.put_off, len(words.put_off))] if words.put_off else []
        first = [
            Part(words.sign, 1, words.style),
            Part(words.when, 9 if " " in words.when else 5),
            Part(customer, style="bold"),
            Part(words.left, max(11, len(words.left)), words.style, right=True),
        ]
        second = columns([Part(" ", 1), Part(told, style="$quiet"), *last], width, gap=1)
        return Content("\n").join([columns(first, width, gap=1), second])
    left = words.stands(width - _TOLD_BEGINS - _TOLD_LEAST)
    return columns(
        [
            Part(words.sign, 1, words.style),
            Part(words.when, 9),
            Part(customer, 18, "bold"),
            Part(told),
            *last,
            Part(left, max(12, len(left)), words.style, right=True),
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


def review_line(it: ReviewForMe, width: int) -> Content:
    """A colleague looked at a case of theirs: who, which, and what went well."""
    who = f"{it.reviewer.split(' ')[0] or 'A colleague'} looked at {it.ref}"
    well = f"went well: {it.words.went_well}"
    if width < NARROW:
        second = columns([Part(" ", 1), Part(well, style="$quiet")], width, gap=1)
        return Content("\n").join([columns([Part("✓", 1), Part(who)], width, gap=1), second])
    return columns([Part("✓", 1), Part(who, 34, "bold"), Part(well)], width, gap=1)


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


def rang_line(it: RangInVain, now: datetime, wall: Wall, width: int) -> Content:
    """A call that no case has: when, who, and what became of it."""
    when, number = short(wall(it.at), wall(now)), Part(it.number if it.name else "", style="$quiet")
    who = called(it.name, it.number) if it.name or it.number else "number withheld"
    if width < NARROW:
        first = [Part("☎", 1), Part(when, 9 if " " in when else 5), Part(who, style="bold")]
        second = _with_end([Part(" ", 1), number], it, width)
        return Content("\n").join([columns(first, width, gap=1), second])
    named = [Part(who, 18, "bold"), number] if number.text else [Part(who, style="bold")]
    return _with_end([Part("☎", 1), Part(when, 9), *named], it, width)


def _with_end(parts: Sequence[Part], it: RangInVain, width: int) -> Content:
    """What became of the call behind all else, in so many words that all else can be read."""
    taken = sum(part.width or len(part.text) for part in parts) + len(parts)
    words = in_vain_words(it)
    if taken + len(words) > width:
        words = in_vain_words(it, "call while closed")
    style = "$warning" if it.unclear or not it.talked else ""
    return columns([*parts, Part(words, len(words), style, right=True)], width, gap=1)


def in_vain_words(it: RangInVain, closed: str = "call while calmdesk was closed") -> str:
    """What became of a call that no case has."""
    if it.talked:
        return f"{closed}, {'length unknown' if it.unclear else minutes(it.talked)}"
    times = len(it.keys)
    if it.unclear:
        rang = "rang" if times == 1 else f"rang {times} times"
        return f"{rang}, unclear whether answered"
    if times > 1:
        return f"missed, rang {times} times"
    return f"missed, rang {it.rang} s" if it.rang < 60 else f"missed, rang {minutes(it.rang)}"


def open_line(
    case: CaseLine, clocks: Sequence[ClockStanding], now: datetime, wall: Wall, width: int
) -> Content:
    """An open case with its next step, or the clock that presses more. That an investigating one
    lost its return time is told as what is late is (S50, S82)."""
    pressing = next((it for it in clocks if it.state in _PRESSING), None)
    sign, after, style = " ", "no next step", "$warning"
    if pressing is not None:
        sign, after = pressing.state.sign, f"{pressing.clock.label} {pressing.words}"
        style = "$error bold" if pressing.late else "$warning"
    elif case.next_at is not None:
        after, style = f"next {short(wall(case.next_at), wall(now))}", ""
    elif case.status == Status.INVESTIGATING:
        sign, after, style = "!", "no return time", "$error bold"
    return columns(
        [
            Part(sign, 1, style),
            Part(case.ref, 14, "$quiet", from_width=60),
            Part(called(case.customer), style="bold"),
            Part(case.stands, 14, from_width=NARROW),
            Part(after, 22 if pressing is not None else 14, style, right=True),
        ],
        width,
        gap=1,
    )


_PRESSING = (ClockState.LATE, ClockState.AT_RISK)
