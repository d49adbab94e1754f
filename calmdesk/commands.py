"""The words of the command line, by Typer. Each imports what it needs inside itself."""

import json
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from calmdesk import (
    __version__,
    commands_check,
    commands_due,
    commands_letter,
    commands_own,
    commands_playbook,
    commands_report,
    commands_team,
    paths,
)
from calmdesk.commands_record import begin_of, day_of, opened

if TYPE_CHECKING:
    from calmdesk.records.case_rows import CaseLine

app = typer.Typer(
    help="Stands beside a phone agent during a hard call, and keeps every word and promise of it.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(commands_playbook.app, name="playbook")
app.command()(commands_check.check)
app.command()(commands_due.due)
app.command()(commands_team.team)
app.command()(commands_letter.letter)
app.command()(commands_report.report)


class Format(StrEnum):
    """How a list is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"calmdesk {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def calmdesk(
    context: typer.Context,
    database: Annotated[
        Path | None, typer.Option(help="Another database file than your own.")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Without a command: the app."""
    context.obj = paths.places(database=database)
    if context.invoked_subcommand is None:
        from calmdesk.cli import start

        raise typer.Exit(start(context.obj))


@app.command()
def call(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="The caller's number, if known.")] = "",
) -> None:
    """Straight into a call."""
    from calmdesk.cli import start

    raise typer.Exit(start(context.obj, call=number))


@app.command()
def demo() -> None:
    """A made-up busy day of sixty cases in a database that is thrown away."""
    from calmdesk.cli import run
    from calmdesk.demo.day import demo_app
    from calmdesk.terminal import check_terminal

    check_terminal()
    with demo_app() as showing:
        raise typer.Exit(run(showing))


@app.command()
def practice(
    context: typer.Context,
    scenario: Annotated[str, typer.Argument(help="Which call; without one, all to choose.")] = "",
    listed: Annotated[bool, typer.Option("--list", help="List the calls.")] = False,
) -> None:
    """A made-up hard call on the real screen; nothing of it is kept."""
    from calmdesk.guide.practice import reading
    from calmdesk.guide.practice.scenario import HARD

    own: paths.Places = context.obj
    settings = commands_own.settings(own)
    scenarios = commands_own.scenarios(own, settings.language)
    if listed:
        for it in scenarios:
            typer.echo(f"{it.id:<16} {it.title:<30} {it.about}, {HARD[it.hard]}\n  {it.brief}")
        return
    from calmdesk.cli import run
    from calmdesk.practice import practice_app
    from calmdesk.terminal import check_terminal

    first = reading.choose(scenarios, scenario) if scenario else None
    check_terminal()
    while True:
        with practice_app(own, scenarios, first, settings) as rehearsal:
            code = run(rehearsal)
        if code or rehearsal.next is None:
            raise typer.Exit(code)
        first = reading.choose(scenarios, rehearsal.next) if rehearsal.next else None


@app.command()
def cases(
    context: typer.Context,
    day: Annotated[str, typer.Option(help="One day, such as 2026-11-21, or today.")] = "",
    since: Annotated[str, typer.Option("--from", help="First day.")] = "",
    until: Annotated[str, typer.Option("--to", help="Last day.")] = "",
    agent: Annotated[str, typer.Option(help="Agent's name, or how it begins.")] = "",
    status: Annotated[
        str, typer.Option(help="live, to finish, open, investigating or closed.")
    ] = "",
    form: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> None:
    """List cases, newest first; today's when nothing else is asked."""
    from calmdesk.clock import SystemClock
    from calmdesk.guide.filters import Filter
    from calmdesk.records import browse
    from calmdesk.records.case_rows import PAGE

    clock = SystemClock()
    first = day_of(day or since) or (None if until else day_of("today"))
    last = day_of(day or until) or (None if since else first)
    chosen = Filter(begin_of(first), begin_of(last, 1), agent=agent, status=status)
    with opened(context.obj) as store:
        count = browse.count(store, chosen)
        pages = range((count + PAGE - 1) // PAGE)
        before: int | None = None
        lines: list[CaseLine] = []
        for number in pages:
            lines += browse.page(store, chosen, number, clock.now(), before)
            before = lines[-1].place
    _write(lines, form, context.obj)


@app.command()
def show(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(help="Reference of the case, such as CD-261121-7F3K.")],
    as_json: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
) -> None:
    """Read one case whole."""
    from calmdesk.clock import SystemClock, local
    from calmdesk.records import browse, reading

    clock = SystemClock()
    with opened(context.obj) as store:
        whole = browse.whole(store, ref, clock.now())
    if as_json:
        typer.echo(json.dumps(reading.as_json(whole, clock.zone), ensure_ascii=False, indent=2))
        return
    settings = commands_own.settings(context.obj)
    words = commands_own.words(context.obj, settings.language)

    def wall(at: datetime) -> datetime:
        return local(at, clock.zone).replace(tzinfo=None)

    for line in reading.read_case(whole, wall, words, settings.currency):
        typer.echo(f"{line.label:<16} {line.words}".rstrip())


@app.command()
def where(context: typer.Context) -> None:
    """Where calmdesk keeps things. Nothing of it ever leaves this machine."""
    places: paths.Places = context.obj
    for what, path in (
        ("database", places.database),
        ("settings", places.settings),
        ("playbook", places.playbook),
        ("letters", places.letters),
    ):
        typer.echo(f"{what:<9} {path}{'' if path.exists() else '  (not there yet)'}")


@app.command()
def keys(
    context: typer.Context,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="The keys that ship, as the README's table.")
    ] = False,
) -> None:
    """Every key, as you have them."""
    from calmdesk.keys import check_keys, key_rows, markdown

    if as_markdown:
        typer.echo(markdown(key_rows()))
        return
    chosen = commands_own.settings(context.obj)
    check_keys(chosen)
    for row in key_rows(settings=chosen):
        slash = f"/{row.command}" if row.command else ""
        typer.echo(f"{row.place:<12} {row.key:<18} {row.tooltip or row.words}  {slash}".rstrip())


def _write(lines: "list[CaseLine]", form: Format, own: paths.Places) -> None:
    from calmdesk.clock import SystemClock, local_iso

    zone = SystemClock.zone
    rows = [
        {
            "ref": line.ref,
            "opened_at": local_iso(line.opened_at, zone),
            "agent": line.agent,
            "customer": line.customer,
            "company": line.company,
            "category": line.category,
            "status": line.status,
            "outcome": line.outcome,
            "heat_start": line.heat_start,
            "heat_end": line.heat_end,
            "next_at": local_iso(line.next_at, zone) if line.next_at else "",
            "promise_missed": line.missed,
        }
        for line in lines
    ]
    if form is Format.JSON:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif form is Format.CSV:
        import csv

        writer = csv.writer(sys.stdout)
        writer.writerow(rows[0] if rows else _COLUMNS)
        writer.writerows([_harmless(value) for value in row.values()] for row in rows)
    else:
        words = commands_own.words(own, commands_own.settings(own).language)
        for row in rows:
            typer.echo(
                f"{row['ref']}  {str(row['opened_at'])[:16].replace('T', ' ')}  "
                f"{str(row['agent'])[:12]:<12}  {str(row['customer'])[:24]:<24}  "
                f"{words.category_name(str(row['category']))[:16]:<16}  {row['outcome'] or row['status']}"
            )
        typer.echo(f"{len(rows)} case{'' if len(rows) == 1 else 's'}")


_COLUMNS = [
    "ref",
    "opened_at",
    "agent",
    "customer",
    "company",
    "category",
    "status",
    "outcome",
    "heat_start",
    "heat_end",
    "next_at",
    "promise_missed",
]


def _harmless(value: object) -> object:
    """A cell that a spreadsheet will not take for a formula."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r", "\n"):
        return f"'{value}"
    return value
