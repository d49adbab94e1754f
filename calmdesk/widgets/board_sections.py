"""The board in its sections, from the most to the least pressing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets.option_list import Option

from calmdesk.widgets.board_lines import (
    due_line,
    finish_line,
    handed_line,
    inbox_line,
    open_line,
    rang_line,
    review_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from calmdesk.guide.clocks import ClockStanding
    from calmdesk.records.case_rows import Board
    from calmdesk.widgets.due_words import Wall

    Entry = tuple[str, Content]
    """What it is, with its id; and its line."""


def sections(
    board: Board,
    clocks: Mapping[str, Sequence[ClockStanding]],
    now: datetime,
    wall: Wall,
    width: int,
) -> list[Option]:
    """The options of all sections that have any; the id of each says what it is."""
    awake = [due for due in board.due if not due.rests(now) or due.due_at <= now]
    resting = len(board.due) - len(awake)
    quiet = [f"  {resting} put off"] * bool(resting)
    quiet += [f"  {board.due_later} more in the days after"] * bool(board.due_later)
    more = [f"  {board.rang_more} more"] * bool(board.rang_more)
    rang = [(f"rang {it.keys[-1]}", rang_line(it, now, wall, width)) for it in board.rang]
    handed = [
        (f"open {it.case_id} {it.id}", handed_line(it, now, wall, width)) for it in board.handed_on
    ]
    open_ones = [
        (f"open {it.id}", open_line(it, clocks.get(it.id, ()), now, wall, width))
        for it in board.open
    ]
    options = [
        *_section("Inbox", [(f"taken {it.id}", inbox_line(it, width)) for it in board.inbox]),
        *_section("Due", [(f"due {it.id}", due_line(it, now, wall, width)) for it in awake], quiet),
        *_section("Rang", rang, more),
        *_section("To finish", _to_finish(board, width)),
        *_section("Looked at", [(f"seen {it.id}", review_line(it, width)) for it in board.reviews]),
        *_section("Handed on", handed),
        *_section("Open", open_ones),
    ]
    if not options:
        options = [_quiet("Nothing is due and no case is open." if board.calls_today else _FIRST)]
    return options


def _section(title: str, entries: Sequence[Entry], quiet: Iterable[str] = ()) -> Iterator[Option]:
    """A heading, its lines, and what is only said under them."""
    said = [_quiet(words) for words in quiet]
    if entries or said:
        yield _quiet(title)
    for id, words in entries:
        yield Option(words, id)
    yield from said


def _quiet(words: str) -> Option:
    return Option(Content.styled(words, "$quiet"), disabled=True)


def _to_finish(board: Board, width: int) -> list[Entry]:
    return [
        (f"finish {contact}", finish_line(ref, customer, width))
        for contact, ref, customer in board.to_finish
    ]


_FIRST = "Your cases and promises will stand here. calmdesk demo shows a day full of them."
