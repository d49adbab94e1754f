"""`calmdesk due`: what is promised and when, as a list, as JSON, or for a calendar."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from calmdesk.commands_record import opened
from calmdesk.errors import CalmdeskError
from calmdesk.exchange.whole_file import unwritten, whole_file
from calmdesk.guide.english.times import distance
from calmdesk.guide.promises import has_time
from calmdesk.words import json_text, one_line

if TYPE_CHECKING:
    from calmdesk.records.line_rows import DueLine


def due(
    context: typer.Context,
    everyone: Annotated[bool, typer.Option("--all", help="Everyone's, not only yours.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Every line, as JSON.")] = False,
    ics: Annotated[
        str, typer.Option("--ics", help="Write a calendar to this file; - is standard output.")
    ] = "",
) -> None:
    """List what is promised and not kept yet, the soonest first."""
    from calmdesk.clock import SystemClock
    from calmdesk.records import register

    now = SystemClock().now()
    with opened(context.obj) as store:
        lines = register.register(store, everyone)
        dated = register.dated(store, now, everyone) if ics else []
    if ics:
        from calmdesk.records.calendar import calendar

        _put(calendar(dated, now), ics)
        _tell_rest(lines, ics)
    if as_json:
        typer.echo(json_text([_plain(line) for line in lines]))
    elif not ics:
        from shutil import get_terminal_size

        width = get_terminal_size().columns if sys.stdout.isatty() else None
        for row in _rows(lines, now, width):
            typer.echo(row)
        typer.echo(f"{len(lines)} due")


def _tell_rest(lines: "list[DueLine]", file: str) -> None:
    """Say what was written, and what a calendar cannot hold, where it is in nobody's way."""
    timeless = sum(not line.timed for line in lines)
    if file != "-":
        typer.echo(f"{len(lines) - timeless} due, written to {file}", err=True)
    if timeless:
        which = "1 has no time and is" if timeless == 1 else f"{timeless} have no time and are"
        typer.echo(f"{which} not in the calendar.", err=True)


def _put(data: bytes, file: str) -> None:
    """Write the calendar, readable by its user alone, whole or not at all. An earlier one of ours is
    written over; anything else is left alone. Raises CalmdeskError with one clear sentence."""
    if file == "-":
        from calmdesk.terminal import standard_output

        standard_output().write(data)
        sys.stdout.flush()
        return
    path = Path(file).expanduser()
    try:
        if path.exists() and not _is_ours(path):
            raise CalmdeskError(
                f"{file} is there already and is no calendar of calmdesk's; name another file."
            )
    except OSError as error:
        raise unwritten(path, error) from error
    with whole_file(path, force=True) as calendar:
        calendar.write(data)


def _is_ours(path: Path) -> bool:
    from calmdesk.records.calendar import OURS

    with path.open("rb") as file:
        return OURS.encode() in file.read(400)


def _local(at: datetime | None) -> str | None:
    from calmdesk.clock import SystemClock, local_iso

    if at is None or not has_time(at):
        return None
    return local_iso(at, SystemClock.zone)


def _plain(line: "DueLine") -> dict[str, Any]:
    """A line as plain values; instants in ISO 8601 with the local offset."""
    return {
        "id": line.id,
        "ref": line.ref,
        "customer": line.customer,
        "number": line.number,
        "what": line.what,
        "kind": "follow-up" if line.follow_up else line.kind,
        "due_at": _local(line.due_at),
        "first_due_at": _local(line.first_due_at),
        "told_at": _local(line.told_at),
        "told_by": line.giver,
        "owner": line.owner,
        "owner_left": line.owner_left,
        "feasible": line.feasible,
        "asked": line.asked,
        "missed_once": line.missed_once,
        "reminder_put_off_to": _local(line.deferred_until),
        "tries": line.tries,
        "last_try": line.last_try,
    }


_CUSTOMER, _WHAT, _OWNER = 24, 40, 10
"""Columns of a line, in cells."""
_LEAST = 12
"""Cells of what was promised that a narrow terminal still shows."""


def _rows(lines: "list[DueLine]", now: datetime, width: int | None) -> list[str]:
    """The lines side by side. Within `width` cells of a terminal what does not fit ends in an
    ellipsis; without one, as in a pipe, nothing is cut."""
    from rich.cells import cell_len

    rows = [_cells(line, now) for line in lines]
    if width is None:
        return [_row(row, (_CUSTOMER, _WHAT, _OWNER), _padded) for row in rows]
    longest = [max((cell_len(row[at]) for row in rows), default=0) for at in (1, 2, 3)]
    customer, owner = min(longest[0], _CUSTOMER), min(longest[2], _OWNER)
    rest = max((cell_len(_row(row, (customer, 0, owner), _fitted)) for row in rows), default=0)
    what = min(longest[1], max(_LEAST, width - rest))
    return [_row(row, (customer, what, owner), _fitted) for row in rows]


def _row(row: tuple[str, ...], widths: tuple[int, int, int], put: Callable[[str, int], str]) -> str:
    when, *words, ref = row
    columns = (put(text, width) for text, width in zip(words, widths, strict=True))
    return "  ".join([when, *columns, ref])


def _padded(text: str, width: int) -> str:
    """The whole text in at least `width` cells."""
    from rich.cells import cell_len

    return text + " " * (width - cell_len(text))


def _fitted(text: str, width: int) -> str:
    """The text in exactly `width` cells, an ellipsis in place of what is left out."""
    from rich.cells import cell_len, set_cell_size

    if cell_len(text) > width > 0:
        text = f"{set_cell_size(text, width - 1).rstrip()}…"
    return set_cell_size(text, width)


def _cells(line: "DueLine", now: datetime) -> tuple[str, str, str, str, str]:
    """When and how late, customer, what, the owner's first name, the reference."""
    from calmdesk.clock import SystemClock, local
    from calmdesk.guide.promises import standing

    if line.timed:
        when = f"{local(line.due_at, SystemClock.zone):%a %d %b %H:%M}"
        sign, left = standing(line.due_at, now).sign, distance(line.due_at, now)
    else:
        when, sign, left = "no time", "?", "when?"
    nobody = "  (nobody's: its owner has left)" if line.owner_left else ""
    return (
        f"{sign} {when:<16}  {left:<12}",
        one_line(line.customer),
        one_line(line.what),
        line.owner.split(" ")[0],
        f"{line.ref}{nobody}",
    )
