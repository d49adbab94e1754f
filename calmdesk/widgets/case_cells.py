"""One case as a row of the list: its cells in their columns, and why it may need somebody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from calmdesk.guide.english.times import distance
from calmdesk.guide.filters import Sort
from calmdesk.guide.heat import spell_heats
from calmdesk.guide.money import spell_amount
from calmdesk.guide.outcome import Status
from calmdesk.guide.risk import Risk
from calmdesk.widgets.columns import Part, columns
from calmdesk.words import called

if TYPE_CHECKING:
    from calmdesk.records.case_rows import CaseLine

GRAVE = Risk.MISSED | Risk.HELP | Risk.SAFETY
_URGENT = Risk.HELP | Risk.SAFETY
_SAID = ~Risk.AT_STAKE
"""What has a sign. Nearly everybody has something at stake: that orders a list, and marks no row."""
_BOTH = 96
"""Columns from which outcome and reason stand side by side; else the reason takes its place."""
_STANDS = 14
"""Columns of the outcome, and of the reason."""


def case_cells(
    case: CaseLine,
    now: datetime | None,
    width: int,
    *,
    wall: Callable[[datetime], datetime],
    about: str,
    sort: Sort,
    dated: bool,
    currency: str,
) -> Content:
    """The row within `width` columns. `about` names its category; `dated` rows say their day."""
    at = wall(case.opened_at)
    heat = spell_heats(case.heat_start, case.heat_end)
    after = f"{wall(case.next_at):%a %H:%M}" if case.next_at else "—"
    if sort is Sort.COST:
        after = spell_amount(case.cost, currency) if case.cost else "—"
    reason, stands = why(case, now), case.stands if case.waits else case.outcome or case.status
    grave = bool(case.risk & GRAVE) or _late(case, now)
    style = "$error bold" if grave else "$warning"
    told = f"! {reason}" if reason and grave and len(reason) <= _STANDS - 2 else reason
    instead = bool(reason) and width < _BOTH
    return _row(
        Part("!" if reason else "", 1, style),
        Part(f"{at.day} {at:%b}" if dated else f"{at:%H:%M}", 6 if dated else 5),
        Part(case.agent.split(" ")[0]),
        Part(called(case.customer)),
        Part(about),
        Part(heat),
        Part(told, style=style),
        Part(told, style=style) if instead else Part(stands),
        Part(after),
        width=width,
    )


def why(case: CaseLine, now: datetime | None) -> str:
    """Why a case may need somebody, in a word or two: how late a promise is, that one was missed and
    has no other after it, else its gravest sign; '' when nothing speaks for it."""
    due = case.promised_at
    if not case.risk & _URGENT:
        if due is not None and now is not None and _late(case, now):
            return distance(due, now)
        if case.missed and due is None and case.status != Status.CLOSED:
            return "missed"
    return (case.risk & _SAID).words


def _late(case: CaseLine, now: datetime | None) -> bool:
    return case.promised_at is not None and now is not None and case.promised_at <= now


def head_cells(sort: Sort, dated: bool, width: int) -> Content:
    """The names of the columns, as wide as they are; the one that orders the rows is marked."""

    def head(name: str, of: Sort | None, width: int = 0) -> Part:
        return Part(f"{name}▾", width, "bold") if of is sort else Part(name, width)

    last = head("cost", Sort.COST) if sort is Sort.COST else head("next", Sort.NEXT)
    return _row(
        Part("!", 1),
        head("day" if dated else "time", Sort.TIME, 6 if dated else 5),
        head("agent", Sort.AGENT),
        head("customer", Sort.CUSTOMER),
        head("about", Sort.CATEGORY),
        head("heat", Sort.HEAT),
        Part("why"),
        head("outcome", Sort.OUTCOME),
        last,
        width=width,
    )


def _row(*cells: Part, width: int) -> Content:
    """The cells in their columns: which are how wide, and which go first where it is narrow."""
    sign, time, agent, customer, about, heat, reason, stands, after = cells
    return columns(
        [
            sign,
            time,
            _column(agent, 7, from_width=64),
            customer,
            _column(about, 15, from_width=56),
            _column(heat, 5),
            _column(reason, _STANDS, from_width=_BOTH),
            _column(stands, _STANDS),
            _column(after, 9, from_width=72),
        ],
        width,
        gap=1,
    )


def _column(cell: Part, width: int, from_width: int = 0) -> Part:
    return replace(cell, width=width, from_width=from_width)
