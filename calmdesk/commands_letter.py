"""`calmdesk letter`: the letter that a case gives now, into a pipe or a file. Nothing is logged."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from calmdesk import commands_own, paths


def letter(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(help="Reference of the case, such as CD-261121-7F3K.")],
    kind: Annotated[
        str, typer.Argument(help="confirmation, holding, final_answer or public_reply.")
    ],
    form: Annotated[str, typer.Option("--format", help="text, markdown or html.")] = "text",
    file: Annotated[
        Path | None, typer.Option("-o", "--output", help="A file, instead of printing it.")
    ] = None,
) -> None:
    """Print the letter that would be written about a case; it is neither kept nor logged."""
    from calmdesk.clock import SystemClock, local
    from calmdesk.commands_record import opened
    from calmdesk.letters.from_case import facts_of
    from calmdesk.letters.handing import to_file
    from calmdesk.letters.writing import kind_of, write_anyway
    from calmdesk.records import post

    own: paths.Places = context.obj
    wanted = kind_of(kind)
    settings = commands_own.settings(own)
    clock = SystemClock()
    with opened(own) as store:
        case = post.facts(store, ref)

    def wall(at: datetime) -> datetime:
        return local(at, clock.zone).replace(tzinfo=None)

    words = commands_own.words(own, settings.language)
    facts = facts_of(case, clock.now(), wall, settings, words)
    found, trouble = write_anyway(wanted.id, facts, own.letters, settings.language)
    if trouble:
        typer.echo(f"calmdesk: {trouble}", err=True)
    text = found.written(form)
    if file is None:
        typer.echo(text, nl=False)
    else:
        typer.echo(str(to_file(text, file)))
