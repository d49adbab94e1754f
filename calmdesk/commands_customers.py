"""`calmdesk customers`: customers by name or number, and those who may be one person."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from calmdesk import commands_own
from calmdesk.commands_record import opened
from calmdesk.errors import CalmdeskError
from calmdesk.words import called, count, json_text, one_line, shorten

if TYPE_CHECKING:
    from calmdesk.records.customer_rows import Person


def customers(
    context: typer.Context,
    typed: Annotated[
        str, typer.Argument(help="How a name begins, or a number in any spelling.")
    ] = "",
    pairs: Annotated[
        bool, typer.Option("--duplicates", help="Those who may be one person, and why.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List customers by name or number; with --duplicates those who may be one person."""
    from calmdesk.records import customers, duplicates

    words = one_line(typed)
    if not words and not pairs:
        raise CalmdeskError("Name a customer or a number, or ask for --duplicates.")
    dialling = commands_own.settings(context.obj).phone.dialling
    with opened(context.obj, dialling=dialling) as store:
        if pairs:
            found = duplicates.suggested(store)
            rows = [{"why": it.why, "one": _row(it.one), "other": _row(it.other)} for it in found]
            lines = [f"{_line(it.one):<44}  {_line(it.other):<44}  {it.why}" for it in found]
        else:
            people = customers.named(store, words)
            rows = [_row(person) for person in people]
            lines = [f"{_line(it):<44}  {count(it.cases, 'case')}" for it in people]
    if as_json:
        typer.echo(json_text(rows))
        return
    for line in lines:
        typer.echo(line.rstrip())
    if not lines:
        typer.echo("No two look like one person." if pairs else "Nobody is known by that.")


def _line(person: "Person") -> str:
    number = next(iter(person.numbers), "")
    more = person.company or (number if person.name else "")
    who = ", ".join(it for it in (called(person.name, number), more) if it)
    return shorten(one_line(who), 44)


def _row(person: "Person") -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "other_names": person.names,
        "company": person.company,
        "numbers": person.numbers,
        "cases": person.cases,
    }
