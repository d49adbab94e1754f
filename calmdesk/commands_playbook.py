"""`calmdesk playbook ...`: words of one's own, begun and checked."""

from pathlib import Path
from typing import Annotated

import typer

from calmdesk import paths
from calmdesk.words import one_line

app = typer.Typer(help="Words of your own: begin them, and check them.", no_args_is_help=True)


@app.command()
def check(
    context: typer.Context,
    place: Annotated[
        Path | None, typer.Argument(help="A file or a folder; else your own playbook.")
    ] = None,
) -> None:
    """Name everything that is wrong, with file, line, key and what was meant. Ends with 1 if so."""
    from calmdesk.guide import language
    from calmdesk.guide.playbook.checking import check as look

    places: paths.Places = context.obj
    if place is None and not places.playbook.is_dir():
        typer.echo(f"No words of your own: {places.playbook} is not there. {_BEGIN}")
        return
    report = look(place or places.playbook, language.review)
    for problem in report.problems:
        typer.echo(one_line(problem.brief()))
    for note in report.notes:
        typer.echo(f"note: {one_line(note.brief())}")
    typer.echo(report.summary())
    if report.problems:
        raise typer.Exit(1)


_BEGIN = "calmdesk playbook init begins them."


@app.command()
def init(context: typer.Context) -> None:
    """Lay commented examples into your playbook folder; a file that is there stays as it is."""
    from calmdesk.guide.playbook.starting import lay_out

    places: paths.Places = context.obj
    for name, written in lay_out(places.playbook).items():
        typer.echo(f"{'written' if written else 'left as it is':<14} {places.playbook / name}")
