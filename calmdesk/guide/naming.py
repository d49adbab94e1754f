"""Which colleague is meant by a half-typed name: one rule, wherever one is named."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

_LISTED = 4
"""Names that are listed where several are meant."""


class Named(Protocol):
    """Somebody with a name, who works here or did."""

    @property
    def name(self) -> str: ...

    @property
    def left_at(self) -> datetime | None: ...


Who = TypeVar("Who", bound=Named)


def meant(typed: str, names: Sequence[str]) -> list[str]:
    """The names that fit: one that is typed whole, else those of which a word begins so; none for
    ''. `li` fits Ana Lindqvist and Lian Moss."""
    wanted = " ".join(typed.casefold().split())
    if not wanted:
        return []
    whole = [name for name in names if name.casefold() == wanted]
    return whole or [name for name in names if f" {wanted}" in f" {name.casefold()}"]


def found(typed: str, team: Iterable[Who]) -> list[Who]:
    """Whose names fit: those who work here, and only where there is none those who have left."""
    team = list(team)
    names = meant(typed, [one.name for one in team])
    fitting = [one for one in team if one.name in names]
    return [one for one in fitting if one.left_at is None] or fitting


def only(fitting: Sequence[Who], typed: str) -> Who | str:
    """The one of these who is meant; a sentence that asks for another name when there is none, or
    more than one, or when they have left."""
    if not fitting:
        return f"{nobody(typed)}; calmdesk team lists everybody."
    one = fitting[0]
    if one.left_at is not None:
        return f"{one.name} has left; name somebody else."
    return one if len(fitting) == 1 else f"Which one: {listed(fitting)}?"


def nobody(typed: str) -> str:
    """How it is said that no colleague has such a name."""
    return f"Nobody called {typed} is known here"


def listed(fitting: Sequence[Named]) -> str:
    """Their names, the first of them where they are many."""
    return ", ".join(one.name for one in fitting[:_LISTED])
