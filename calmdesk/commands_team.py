"""`calmdesk team`: who things can be handed to."""

from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer

from calmdesk.commands_record import opened
from calmdesk.errors import CalmdeskError
from calmdesk.words import count, one_line

if TYPE_CHECKING:
    from calmdesk.records.people_rows import Colleague
    from calmdesk.records.store import Store


def team(
    context: typer.Context,
    add: Annotated[
        str | None, typer.Option("--add", help="Name a colleague, or one who is back.")
    ] = None,
    left: Annotated[
        str | None, typer.Option("--left", help="Say that a colleague has left.")
    ] = None,
) -> None:
    """List who works here; what somebody who left had promised is shown as nobody's."""
    from calmdesk.clock import SystemClock, local
    from calmdesk.records import people, register

    added, gone_by_name = _name(add, "--add"), _name(left, "--left")
    clock, leaves = SystemClock(), ""
    with opened(context.obj) as store:
        if added:
            people.add_colleague(store, added, clock.now())
        if gone_by_name:
            gone = _known(store, gone_by_name)
            people.has_left(store, gone.id, clock.now())
            leaves = _leaves(gone.name, *register.left_behind(store, gone.id))
        everybody = people.team(store)
    for it in everybody:
        since = f"left {local(it.left_at, clock.zone):%d %b %Y}" if it.left_at else ""
        typer.echo(f"{it.name:<28}  {'you' if it.me else since}".rstrip())
    if leaves:
        typer.echo(leaves)
    if not everybody:
        typer.echo("Nobody yet; calmdesk asks who is at this desk when it is first started.")


def _name(typed: str | None, option: str) -> str:
    """A name as typed, '' where the option was not; raises CalmdeskError for an empty one."""
    name = one_line(typed or "")
    if typed is not None and not name:
        raise CalmdeskError(f'{option} needs a name, such as {option} "Ana Lindqvist".')
    return name


def _leaves(name: str, promises: int, follow_ups: int) -> str:
    """What somebody who left had still to do; '' when that was nothing."""
    counts = [(promises, "promise"), (follow_ups, "follow-up")]
    told = [count(many, what) for many, what in counts if many]
    if not told:
        return ""
    return f"{name} leaves {' and '.join(told)}, now nobody's: calmdesk due --all lists them."


def _known(store: "Store", name: str) -> "Colleague":
    """A colleague by name, in any case. Raises CalmdeskError for nobody, and for the
    agent at this desk."""
    from calmdesk.guide.naming import nobody
    from calmdesk.records import people

    names = {it.name.casefold(): it for it in people.team(store)}
    found = names.get(name.casefold())
    if found is None:
        near = get_close_matches(name.casefold(), names, n=1)
        hint = f"did you mean {names[near[0]].name}?" if near else "calmdesk team lists everybody."
        raise CalmdeskError(f"{nobody(name)}; {hint}")
    if found.me:
        raise CalmdeskError(f"{found.name} is at this desk, and cannot leave while sitting at it.")
    return found
