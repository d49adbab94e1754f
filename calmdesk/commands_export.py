"""`calmdesk export`: cases, or their journals, as rows for other programs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from calmdesk import commands_own
from calmdesk.commands_chosen import chooses_cases, chosen, nobody_called
from calmdesk.commands_progress import progress
from calmdesk.commands_record import opened
from calmdesk.errors import CalmdeskError
from calmdesk.exchange.sheets import Form
from calmdesk.exchange.whole_file import form_by_name, whole_file
from calmdesk.words import one_line

if TYPE_CHECKING:
    from calmdesk.guide.filters import Filter
    from calmdesk.records.store import Store


@chooses_cases
def export(
    context: typer.Context,
    asked: dict[str, Any],
    form: Annotated[
        Form | None,
        typer.Option("--format", help="How to write it; as the file's name says, or csv."),
    ] = None,
    out: Annotated[Path, typer.Option(help="The file; - is standard output.")] = Path("-"),
    journal: Annotated[
        bool, typer.Option("--journal", help="A row for every entry of their journals.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over that file.")] = False,
) -> None:
    """Write cases for another program, a row each, the oldest first; all of them when nothing is
    chosen. No cell of it is a formula, and nothing of it is private."""
    from calmdesk.exchange.sheets import sheet

    to_pipe = str(out) == "-"
    form = _form_of(out, form)
    if to_pipe and form is Form.XLSX:
        raise CalmdeskError("A workbook needs a file; name one with --out, such as cases.xlsx.")
    wanted = chosen(asked, context)
    with opened(context.obj) as store, _target(out, to_pipe, force) as file:
        columns, title = _columns(journal)
        with sheet(form, file, columns, title) as written:
            seen = to_pipe and sys.stdout.isatty()
            rows = _write(context, store, wanted, journal, written.write, seen)
            said = written.close()
        none = "" if rows else nobody_called(store, wanted) or "No case fits."
    if not to_pipe:
        what = "entries" if journal else "cases"
        typer.echo(f"{rows:,} {what} in {one_line(str(out))}. {said}".rstrip(), err=True)
    if none:
        typer.echo(none, err=True)


def _form_of(out: Path, said: Form | None) -> Form:
    """The form that was said, or that the file's name says; it is refused when they are two."""
    endings = {f".{form}": form for form in Form}
    if said is None:
        return form_by_name(out, endings) or Form.CSV
    named = endings.get(out.suffix.lower(), said)
    if named is not said:
        raise CalmdeskError(f"{out} ends as {named} does, and --format says {said}; change one.")
    return said


def _columns(journal: bool) -> Any:
    from calmdesk.exchange.columns import CASES, JOURNAL

    return (JOURNAL, "Journal") if journal else (CASES, "Cases")


@contextmanager
def _target(out: Path, to_pipe: bool, force: bool) -> Iterator[BinaryIO]:
    if to_pipe:
        from calmdesk.terminal import standard_output

        yield standard_output()
        sys.stdout.flush()
        return
    with whole_file(out.expanduser(), force) as file:
        yield file


def _write(
    context: typer.Context,
    store: "Store",
    wanted: "Filter",
    journal: bool,
    write: Any,
    seen: bool,
) -> int:
    """Write all rows, and show how far it is where they are not seen themselves. Returns how many
    there are."""
    from calmdesk.records import browse, export_journal, exporting

    settings = commands_own.settings(context.obj)
    book = commands_own.words(context.obj, settings.language)
    count = done = 0
    of = browse.count(store, wanted)
    with progress("Writing", hidden=seen) as tell:
        if journal:
            pages = export_journal.journal_rows(store, wanted, book, settings.currency)
        else:
            whole = exporting.case_rows(store, wanted, book, settings.currency)
            pages = ((len(rows), rows) for rows in whole)
        for cases, rows in pages:
            write(rows)
            count += len(rows)
            done += cases
            tell(done, of)
    return count
