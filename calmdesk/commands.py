"""The words of the command line, by Typer. Each imports what it needs inside itself."""

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from calmdesk import (
    __version__,
    commands_check,
    commands_customers,
    commands_due,
    commands_export,
    commands_find,
    commands_import,
    commands_letter,
    commands_merge,
    commands_own,
    commands_phone,
    commands_playbook,
    commands_report,
    commands_team,
    paths,
)
from calmdesk.commands_chosen import chooses_cases, chosen, nobody_called
from calmdesk.commands_record import opened
from calmdesk.words import clean, count, json_text, one_line

if TYPE_CHECKING:
    from calmdesk.records.case_rows import CaseLine


class _Words(TyperGroup):
    """The words of the command line, and what is said when one cannot be."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = error.message.removeprefix("Value error, ")  # Pydantic's own words
            raise


app = typer.Typer(
    cls=_Words,
    help="Stands beside a phone agent during a hard call, and keeps every word and promise of it.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(commands_phone.app, name="phone")
app.add_typer(commands_playbook.app, name="playbook")
app.command()(commands_check.check)
app.command()(commands_customers.customers)
app.command()(commands_due.due)
app.command()(commands_find.find)
app.command()(commands_team.team)
app.command()(commands_letter.letter)
app.command()(commands_merge.merge)
app.command()(commands_report.report)
app.command()(commands_export.export)
app.command(name="import")(commands_import.import_)


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
    """A made-up busy day of sixty cases, and the weeks before it, in a database that is thrown away."""
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
@chooses_cases
def cases(
    context: typer.Context,
    asked: dict[str, Any],
    form: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> None:
    """List cases, newest first; today's when nothing else is asked."""
    from calmdesk.clock import SystemClock
    from calmdesk.records import browse
    from calmdesk.records.case_rows import PAGE

    clock = SystemClock()
    wanted = chosen(asked, context, usual_day="today")
    with opened(context.obj) as store:
        count = browse.count(store, wanted)
        pages = range((count + PAGE - 1) // PAGE)
        before: int | None = None
        lines: list[CaseLine] = []
        for number in pages:
            lines += browse.page(store, wanted, number, clock.now(), before)
            before = lines[-1].place
        nobody = "" if lines else nobody_called(store, wanted)
    _write(lines, form, context.obj)
    if nobody:
        typer.echo(nobody, err=True)


@app.command()
def show(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(help="Reference of the case, such as CD-261121-7F3K.")],
    as_json: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="As Markdown, for a ticket or a printer.")
    ] = False,
) -> None:
    """Read one case whole. What a reviewer wrote to an agent alone is in none of it."""
    from calmdesk.clock import SystemClock, local
    from calmdesk.records import browse, reading

    clock = SystemClock()
    with opened(context.obj) as store:
        whole = browse.whole(store, ref, clock.now())
    if as_json:
        typer.echo(json_text(reading.as_json(whole, clock.zone)))
        return
    settings = commands_own.settings(context.obj)
    words = commands_own.words(context.obj, settings.language)

    def wall(at: datetime) -> datetime:
        return local(at, clock.zone).replace(tzinfo=None)

    lines = reading.read_case(whole, wall, words, settings.currency)
    if as_markdown:
        from calmdesk.reports.case_markdown import case_markdown

        typer.echo(case_markdown(lines), nl=False)
        return
    for line in lines:
        typer.echo(clean(f"{line.label:<16} {line.words}").rstrip())


@app.command()
def where(context: typer.Context) -> None:
    """Where calmdesk keeps things. Nothing of it leaves this machine, but to a folder you share."""
    places: paths.Places = context.obj
    shared = commands_own.settings(places).share
    for what, path in (
        ("database", places.database),
        ("settings", places.settings),
        ("playbook", places.playbook),
        ("letters", places.letters),
        *([("shared", shared)] if shared is not None else []),
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


for word in app.registered_commands:  # Typer's list of them breaks its lines as the source does
    word.help = " ".join((word.callback.__doc__ or "").split()) if word.callback else None


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
        typer.echo(json_text(rows))
    elif form is Format.CSV:
        import csv

        from calmdesk.exchange.cells import harmless

        writer = csv.writer(sys.stdout)
        writer.writerow(rows[0] if rows else _COLUMNS)
        writer.writerows(
            [harmless(one_line(it)) if isinstance(it, str) else it for it in row.values()]
            for row in rows
        )
    else:
        words = commands_own.words(own, commands_own.settings(own).language)
        for row in rows:
            it = {name: one_line(str(value)) for name, value in row.items()}
            typer.echo(
                f"{it['ref']}  {it['opened_at'][:16].replace('T', ' ')}  "
                f"{it['agent'][:12]:<12}  {it['customer'][:24]:<24}  "
                f"{words.category_name(it['category'])[:16]:<16}  {it['outcome'] or it['status']}"
            )
        typer.echo(count(len(rows), "case"))


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
