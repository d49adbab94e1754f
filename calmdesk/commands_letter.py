"""`calmdesk letter`: the letter that a case gives now, to be looked at. Nothing is logged."""

from datetime import datetime
from typing import Annotated

import typer

from calmdesk import commands_own, paths

_FORMS = {"md": "markdown"}
"""Another name of a form, as the report has it."""


def letter(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(help="Reference of the case, such as CD-261121-7F3K.")],
    kind: Annotated[
        str, typer.Argument(help="confirmation, holding, final_answer or public_reply.")
    ],
    form: Annotated[str, typer.Option("--format", help="text, markdown (md) or html.")] = "text",
) -> None:
    """Print the letter that would be written about a case; it is neither kept nor logged. A letter
    is released in the app, by its own guards."""
    from calmdesk.clock import SystemClock, local
    from calmdesk.commands_record import opened
    from calmdesk.letters.from_case import facts_of
    from calmdesk.letters.writing import kind_of, write_anyway
    from calmdesk.records import post

    own: paths.Places = context.obj
    wanted = kind_of(kind)
    settings = commands_own.settings(own)
    clock = SystemClock()
    now = clock.now()
    with opened(own) as store:
        case = post.facts(store, ref, now)

    def wall(at: datetime) -> datetime:
        return local(at, clock.zone).replace(tzinfo=None)

    words = commands_own.words(own, settings.language)
    facts = facts_of(case, now, wall, settings, words)
    found, trouble = write_anyway(wanted.id, facts, own.letters, settings.language)
    text = found.written(_FORMS.get(form, form))
    typer.echo("DRAFT, not released", err=True)
    if trouble:
        typer.echo(f"calmdesk: {trouble}", err=True)
    typer.echo(text, nl=False)
