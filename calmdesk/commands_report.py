"""`calmdesk report`: what was asked, what was given and what was kept, over some days."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from calmdesk import commands_own
from calmdesk.commands_record import day_of, opened, this_day
from calmdesk.errors import CalmdeskError
from calmdesk.exchange.whole_file import check, form_by_name, whole_file
from calmdesk.paths import Places
from calmdesk.words import json_text, one_line

if TYPE_CHECKING:
    from calmdesk.reports.period import Period


class Format(StrEnum):
    """How a report is written."""

    TEXT = "text"
    MARKDOWN = "md"
    HTML = "html"
    JSON = "json"


_ENDINGS = {
    ".txt": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".html": Format.HTML,
    ".json": Format.JSON,
}


def report(
    context: typer.Context,
    day: Annotated[
        str, typer.Argument(help="A day, such as 2026-11-21 or yesterday; without one, today.")
    ] = "",
    of_day: Annotated[bool, typer.Option("--day", help="That day; so without a word.")] = False,
    of_week: Annotated[bool, typer.Option("--week", help="Its week, from Monday.")] = False,
    of_month: Annotated[bool, typer.Option("--month", help="Its month.")] = False,
    since: Annotated[str, typer.Option("--from", help="First day.")] = "",
    until: Annotated[str, typer.Option("--to", help="Last day.")] = "",
    form: Annotated[
        Format | None,
        typer.Option("--format", help="How to write it; as the file's name says, or text."),
    ] = None,
    output: Annotated[Path | None, typer.Option(help="A file to write it into.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over that file.")] = False,
) -> None:
    """What was asked, given and kept. html is one file, made to be printed."""
    spans = [of_day, of_week, of_month, bool(since or until)]
    if sum(spans) > 1 or (day and (since or until)):
        raise CalmdeskError("Choose one: a day, --week, --month, or --from and --to.")
    form = form or (output and form_by_name(output, _ENDINGS)) or Format.TEXT
    if output is not None:
        check(output, force)
    chosen = day_of(day) or this_day()
    written = _written(context.obj, _period(chosen, of_week, of_month, since, until), form)
    if output is None:
        typer.echo(written, nl=False)
    else:
        with whole_file(output, force) as file:
            file.write(written.encode())
        typer.echo(f"The report is in {one_line(str(output))}.", err=True)


def _period(chosen: date, of_week: bool, of_month: bool, since: str, until: str) -> "Period":
    from calmdesk.clock import SystemClock
    from calmdesk.reports.period import Period, month, week

    zone, today = SystemClock.zone, this_day()
    if of_week:
        return week(chosen, today, zone)
    if of_month:
        return month(chosen, today, zone)
    first, last = day_of(since), day_of(until)
    if first is None and last is None:
        return Period(chosen, chosen, zone)
    if first is None:
        raise CalmdeskError("Name the first day as well, with --from.")
    return Period(first, max(today, first) if last is None else last, zone)


def _written(places: Places, period: "Period", form: Format) -> str:
    """The report as one text, its last line ended."""
    from calmdesk.clock import SystemClock
    from calmdesk.records import reporting
    from calmdesk.reports.labels import Labels
    from calmdesk.reports.saying import say

    clock = SystemClock()
    edges = period.edges()
    with opened(places) as store:
        counted = reporting.report(store, edges, clock.now())
    settings = commands_own.settings(places)
    book = commands_own.words(places, settings.language)
    labels = Labels(book, settings.currency, settings.company, period.zone)
    match form:
        case Format.JSON:
            from calmdesk.reports.as_json import as_json

            plain = as_json(counted, period, labels)
            return json_text(plain) + "\n"
        case Format.MARKDOWN:
            from calmdesk.reports.markdown import markdown

            return markdown(say(counted, period, labels))
        case Format.HTML:
            from calmdesk.reports.web import html

            return html(say(counted, period, labels))
        case Format.TEXT:
            from calmdesk.reports.plain import text

            return text(say(counted, period, labels))
