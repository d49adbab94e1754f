"""`calmdesk import`: a log that was kept elsewhere, or one of our own sheets, taken over."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from calmdesk import commands_own
from calmdesk.commands_progress import progress
from calmdesk.commands_record import opened
from calmdesk.errors import CalmdeskError, StoreError
from calmdesk.exchange.whole_file import whole_file
from calmdesk.words import count, one_line, shorten

if TYPE_CHECKING:
    from calmdesk.exchange.mapping import Mapping
    from calmdesk.exchange.own import OwnSheet
    from calmdesk.exchange.rejects import Rejects
    from calmdesk.exchange.tables import How, Table
    from calmdesk.exchange.taken import Rejected, Taken
    from calmdesk.exchange.understanding import Understanding
    from calmdesk.records.store import Store

PREVIEWED = 10
SAMPLE = 1_000
"""Cases whose references are looked for before it is asked."""
AGAIN = "Run the same command again, and it goes on from there."


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV, a workbook, or what calmdesk export wrote.")],
    mapping: Annotated[
        Path | None, typer.Option("--map", help="How to read its columns, as TOML.")
    ] = None,
    write_map: Annotated[
        Path | None, typer.Option(help="Write the guessed mapping to this file, and stop.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over that mapping.")] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Show ten cases as they would be, and stop.")
    ] = False,
    dates: Annotated[
        str, typer.Option(help="day-first, month-first or year-first, where nothing else tells.")
    ] = "",
    encoding: Annotated[str, typer.Option(help="Such as cp1252; else it is found out.")] = "",
    delimiter: Annotated[str, typer.Option(help="Such as ;, else it is found out.")] = "",
    sheet: Annotated[str, typer.Option(help="Of a workbook; else it is found out.")] = "",
    rejects: Annotated[
        Path | None, typer.Option(help="Where rows go that cannot be taken; beside the file.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask on a terminal.")] = False,
) -> None:
    """Take over a complaint log. The same file again adds nothing; one that was interrupted goes
    on where it stopped. What has no place of its own is kept in each case's journal."""
    from calmdesk.exchange.tables import How, open_table

    chosen = _chosen(mapping, dates, How(encoding, delimiter, sheet))
    table = open_table(file.expanduser(), chosen.how)
    if write_map is not None:
        _write_map(table, chosen, write_map, force)
        return
    reading = _reading(context, table, chosen)
    _tell(table, chosen, reading)
    if preview or (not yes and sys.stdin.isatty() and sys.stderr.isatty()):
        _preview(reading)
        _tell_doubled(_doubled(context, reading), f"Among the first {SAMPLE:,} rows")
        if preview or not typer.confirm("Take them over?", err=True):
            return
    target = rejects or file.with_name(f"{file.stem}.rejects.csv")
    _take_over(context, table, reading, target)


def _chosen(mapping: Path | None, dates: str, how: "How") -> "Mapping":
    """What was said of how to read the file; what stands in no mapping is guessed later."""
    from calmdesk.exchange import mapping as maps
    from calmdesk.exchange.dates import ORDERS

    if dates and dates not in ORDERS:
        raise CalmdeskError(f"--dates is {' or '.join(ORDERS)}, not {dates}.")
    chosen = maps.read(mapping) if mapping is not None else maps.Mapping()
    given = {name: value for name, value in vars(how).items() if value}
    if len(given.get("delimiter", "x")) != 1:
        raise CalmdeskError("--delimiter is one character.")
    return replace(chosen, order=dates or chosen.order, how=replace(chosen.how, **given))


def _write_map(table: "Table", chosen: "Mapping", target: Path, force: bool) -> None:
    from calmdesk.exchange.mapping import written

    found = _mapped(table, chosen)
    with whole_file(target.expanduser(), force) as file:
        file.write(written(found, table.header, table.path.name).encode())
    typer.echo(f"How {table.path.name} would be read is in {target}.", err=True)


def _mapped(table: "Table", chosen: "Mapping") -> "Mapping":
    from calmdesk.exchange.mapping import guessed

    columns = chosen.columns or guessed(table.header).columns
    return replace(chosen, columns=columns, how=table.how)


def _reading(
    context: typer.Context, table: "Table", chosen: "Mapping"
) -> "OwnSheet | Understanding":
    from calmdesk.clock import SystemClock
    from calmdesk.exchange.mapping import check
    from calmdesk.exchange.own import OwnSheet, is_ours
    from calmdesk.exchange.understanding import Understanding

    clock = SystemClock()
    if is_ours(table.header) and not chosen.columns:
        return OwnSheet(table, clock.zone, clock.now(), chosen.order)
    mapping = _mapped(table, chosen)
    check(mapping, table.header, table.path.name)
    settings = commands_own.settings(context.obj)
    book = commands_own.words(context.obj, settings.language)
    categories = {
        name.casefold(): it.id for it in book.categories for name in (it.id, it.name, *it.words)
    }
    causes = {name.casefold(): it.id for it in book.causes for name in (it.id, it.name)}
    return Understanding(
        table,
        mapping,
        clock.zone,
        clock.now(),
        settings.currency,
        lambda name: categories.get(name.casefold(), name),
        lambda name: causes.get(name.casefold(), name),
    )


def _tell(table: "Table", chosen: "Mapping", reading: "OwnSheet | Understanding") -> None:
    """Say how the file is read, on standard error."""
    from calmdesk.exchange.headers import listed, named
    from calmdesk.exchange.own import OwnSheet

    how = [it for it in (table.how.encoding, named(table.how.sheet)) if it]
    if table.how.delimiter:
        how.append(f"cells between {table.how.delimiter!r}")
    typer.echo(f"{one_line(table.path.name)}: {', '.join(how) or table.kind}", err=True)
    if isinstance(reading, OwnSheet):
        typer.echo("It is one of calmdesk's own sheets, and is read back as it was.", err=True)
        return
    mapping = _mapped(table, chosen)
    for field, name in mapping.columns.items():
        spelled = reading.spellings.get(field)
        said = f"  ({spelled.name})" if spelled else ""
        typer.echo(f"  {field:<12} {named(name)}{said}", err=True)
    used = set(mapping.columns.values())
    if rest := [name for name in table.header if name not in used]:
        typer.echo(f"  kept in the journal: {listed(rest, 30)}", err=True)


def _preview(reading: "OwnSheet | Understanding") -> None:
    """Ten cases as they would be, on standard output."""
    from calmdesk.clock import SystemClock, local
    from calmdesk.exchange.taken import Taken

    for it in islice(reading.rows(), PREVIEWED):
        if isinstance(it, Taken):
            opened = f"{local(it.opened, SystemClock.zone):%Y-%m-%d %H:%M}"
            who = it.customer or ", ".join(it.numbers) or "nobody named"
            about = shorten(one_line(it.ask or it.said or it.summary), 60)
            parts = (it.ref, who, it.category, it.outcome or it.status, about)
            said = "  ".join(filter(None, map(one_line, parts)))
            typer.echo(f"line {it.line}: {opened}  {said}")
        else:
            typer.echo(f"line {it.line}: not taken, {one_line(it.why)}")


def _doubled(context: typer.Context, reading: "OwnSheet | Understanding") -> tuple[str, ...]:
    """References of the first cases that the record has already for others."""
    from calmdesk.exchange.own import OwnSheet
    from calmdesk.records import importing

    if isinstance(reading, OwnSheet) or not context.obj.database.exists():
        return ()
    with opened(context.obj) as store:
        return importing.doubled(store, islice(reading.rows(), SAMPLE))


def _tell_doubled(refs: Sequence[str], of: str) -> None:
    from calmdesk.exchange.headers import listed

    if refs:
        have = "1 has a reference" if len(refs) == 1 else f"{len(refs):,} have references"
        typer.echo(
            f"{of}, {have} that other cases had already: {listed(refs, 4)}; were the days read "
            "another way before?",
            err=True,
        )


def _take_over(
    context: typer.Context, table: "Table", reading: "OwnSheet | Understanding", target: Path
) -> None:
    from calmdesk.exchange.own import OwnSheet
    from calmdesk.exchange.rejects import rejects

    restores = isinstance(reading, OwnSheet) and table.harmless
    with (
        opened(context.obj, make=True) as store,
        rejects(target.expanduser(), table.header, restores) as refused,
    ):
        added, there, twice = _added(store, table, reading.rows(), refused)
        _index(store, added)
    known = f", {there:,} {'was' if there == 1 else 'were'} there already" if there else ""
    typer.echo(f"{count(added, 'case')} taken over{known}.", err=True)
    if not isinstance(reading, OwnSheet):
        _tell_doubled(twice, "Among those taken over")
    if refused.count:
        rows = "1 row was" if refused.count == 1 else f"{refused.count:,} rows were"
        typer.echo(
            f"{rows} not taken; each is in {one_line(str(target))}, with the reason.", err=True
        )


def _added(
    store: "Store", table: "Table", rows: "Iterator[Taken | Rejected]", refused: "Rejects"
) -> tuple[int, int, list[str]]:
    """Take over all rows, and show how far it is. Returns how many cases were added, how many were
    there, and the references of those added that others had."""
    from calmdesk.clock import SystemClock
    from calmdesk.records import importing

    done = added = there = 0
    twice: list[str] = []
    name = one_line(table.path.name)
    try:
        of = table.lines()
        with progress("Taking over") as tell:
            for step in importing.take_over(store, name, rows, SystemClock().now()):
                added, there = added + step.added, there + step.there
                twice += step.doubled
                refused.write(step.rejected)
                done += step.rows
                tell(done, of)
    except KeyboardInterrupt:
        typer.echo(f"Stopped; {count(added, 'case')} taken over. {AGAIN}", err=True)
        raise typer.Exit(130) from None
    except StoreError as error:
        raise StoreError(f"{error} {count(added, 'case')} taken over. {AGAIN}") from error
    return added, there, twice


def _index(store: "Store", added: int) -> None:
    """Let every word of them be found; broken off, it is done while calmdesk stands open."""
    from calmdesk.records import tending

    if not added and not tending.waiting(store):
        return
    try:
        with progress("For ctrl+f") as tell:
            tending.build(store, tell)
    except KeyboardInterrupt:
        typer.echo(
            "They are all here; calmdesk makes them findable while it stands open.", err=True
        )
