"""Which cases a command is about: the same options, and the same words for them, everywhere."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from calmdesk import commands_own
from calmdesk.commands_record import begin_of, day_of
from calmdesk.errors import CalmdeskError
from calmdesk.guide.filters import Filter, PromiseFilter
from calmdesk.words import one_line

if TYPE_CHECKING:
    from calmdesk.guide.english.typed_filter import FilterWords
    from calmdesk.records.store import Store


def _options(
    day: Annotated[str, typer.Option(help="One day, such as 2026-11-21, or today.")] = "",
    since: Annotated[str, typer.Option("--from", help="First day.")] = "",
    until: Annotated[str, typer.Option("--to", help="Last day.")] = "",
    agent: Annotated[
        str, typer.Option(help="Agent's name, which is theirs alone, or how it begins.")
    ] = "",
    status: Annotated[
        str, typer.Option(help="live, to finish, open, investigating or closed.")
    ] = "",
    outcome: Annotated[str, typer.Option(help="Such as agreed, or declined, reason given.")] = "",
    category: Annotated[
        str, typer.Option(help="What it is about; '\"in quotes\"' as the record has it.")
    ] = "",
    cause: Annotated[
        str | None,
        typer.Option(
            help="Why it happened, '\"in quotes\"' as the record has it; '' where nobody looked yet."
        ),
    ] = None,
    heat: Annotated[str, typer.Option(help="Heat left: hot, or 0 (not marked) to 5.")] = "",
    promise: Annotated[
        PromiseFilter | None, typer.Option(help="What became of its promises.")
    ] = None,
    repeat: Annotated[
        bool | None, typer.Option("--repeat/--no-repeat", help="Whether they had to ring again.")
    ] = None,
    reviewed: Annotated[
        bool | None, typer.Option("--reviewed/--not-reviewed", help="Whether it was reviewed.")
    ] = None,
    words: Annotated[
        str,
        typer.Option("--filter", help="As on the Day: heat:hot promise:late cost:>50 reviewed:no."),
    ] = "",
) -> None:
    """The options; what is said of each stands here and nowhere else."""


def chooses_cases(command: Callable[..., None]) -> Callable[..., None]:
    """A command that takes the options of a filter: they stand behind its own. It is handed them as
    one dictionary, `asked`, for `chosen`."""
    own, theirs = inspect.signature(command), inspect.signature(_options)
    hints = get_type_hints(command, include_extras=True)
    options = get_type_hints(_options, include_extras=True)
    mine = [it for name, it in own.parameters.items() if name != "asked"]

    def taking(**given: Any) -> None:
        asked = {name: given.pop(name) for name in theirs.parameters}
        command(**given, asked=asked)

    taking.__name__, taking.__doc__ = command.__name__, command.__doc__
    taking.__annotations__ = {**{it.name: hints[it.name] for it in mine}, **options}
    taking.__annotations__["return"] = None
    taking.__dict__["__signature__"] = inspect.Signature(
        [
            it.replace(
                annotation=taking.__annotations__[it.name], kind=inspect.Parameter.KEYWORD_ONLY
            )
            for it in (*mine, *theirs.parameters.values())
        ]
    )
    return taking


def chosen(asked: dict[str, Any], context: typer.Context, usual_day: str = "") -> Filter:
    """The filter that was asked for; `usual_day` is the day when none is. Raises CalmdeskError with
    one clear sentence."""
    from calmdesk.clock import SystemClock

    day, begins, ends = asked["day"], asked["since"], asked["until"]
    if day and (begins or ends):
        raise CalmdeskError("Choose one: --day, or --from and --to.")
    if not (day or begins or ends):
        day = usual_day
    first, last = day_of(day or begins), day_of(day or ends)
    if first and last and last < first:
        raise CalmdeskError(
            f"The last day ({last}) is before the first ({first}); turn them round."
        )
    if asked["heat"] not in ("", "hot", *"012345"):
        raise CalmdeskError(f"{asked['heat']} is no heat; say hot, or 0 (not marked) to 5.")
    given = {name: asked[name] for name in _FIELDS if asked[name] not in ("", None)}
    if asked["cause"] == "":
        given["cause"] = ""
    typed = Filter()
    if asked["words"] or any(map(given.get, _READ_AS)):
        known = _known(context)
        given |= {it: _meant(it, given[it], known) for it in _READ_AS if given.get(it)}
        typed = _typed(asked["words"], known)
    if given and asked["words"]:
        _no_clash(typed, given)
    since, until = begin_of(first), begin_of(last, 1)
    return replace(typed, since=since, until=until, seen_at=SystemClock().now(), **given)


def nobody_called(store: "Store", wanted: Filter) -> str:
    """That nobody is called as the agent of a filter; '' when somebody is, or none was named."""
    from calmdesk.guide.naming import nobody
    from calmdesk.records import people

    begins = wanted.agent.casefold()
    if not begins or any(it.name.casefold().startswith(begins) for it in people.team(store)):
        return ""
    return f"{nobody(one_line(wanted.agent))}; calmdesk team lists everybody."


_FIELDS = (
    "agent",
    "status",
    "outcome",
    "category",
    "cause",
    "heat",
    "promise",
    "repeat",
    "reviewed",
)

_READ_AS = {"status": "status", "outcome": "outcome", "category": "about", "cause": "cause"}
"""Options that are read as a typed filter is, and the filter's own key for each."""


def _known(context: typer.Context) -> "FilterWords":
    from calmdesk.guide.english.typed_filter import FilterWords

    settings = commands_own.settings(context.obj)
    return FilterWords.of(commands_own.words(context.obj, settings.language), settings.currency)


def _meant(name: str, typed: str, known: "FilterWords") -> Any:
    """What an option asks for. Raises CalmdeskError with what is known, where that is not."""
    from calmdesk.guide.english.typed_filter import Unread, read_value

    meant = read_value(_READ_AS[name], typed, known)
    if isinstance(meant, Unread):
        raise CalmdeskError(f"--{name}: “{typed}” is not known; {meant.known}.")
    return meant


def _typed(words: str, known: "FilterWords") -> Filter:
    """The filter of `--filter`. Raises CalmdeskError with one sentence for what cannot be read."""
    from calmdesk.guide.english.typed_filter import read_filter

    read = read_filter(words, known)
    if isinstance(read, str):
        raise CalmdeskError(read)
    return read


def _no_clash(typed: Filter, given: dict[str, Any]) -> None:
    if typed.all_but or any(getattr(typed, name) not in ("", None) for name in given):
        named = " and ".join(f"--{name}" for name in given)
        raise CalmdeskError(
            f"Write what {named} asks for into the filter, too; one place is enough."
        )
