"""An entry found as it is typed: a category, a cause; by its id, its name or one of its words."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Protocol, TypeVar

NEAR = 0.75
"""Of 1: how like a name a typed one must be, when none begins with it."""


class Named(Protocol):
    """What has an id, a name, and words by which it is also found."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def words(self) -> tuple[str, ...]: ...


Entry = TypeVar("Entry", bound=Named)


def find(typed: str, entries: Iterable[Entry]) -> Entry | None:
    """The entry that was typed: its id, name or one of its words, whole or begun, else the nearest
    spelling; None when nothing is near."""
    wanted, names = _plain(typed), _names(entries)
    if not wanted:
        return None
    if wanted in names:
        return names[wanted]
    begun = [name for name in names if name.startswith(wanted)]
    near = begun[:1] or get_close_matches(wanted, names, n=1, cutoff=NEAR)
    return names[near[0]] if near else None


def like(typed: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Every entry that fits what is typed so far, the best first: what `find` would take, then
    those that hold it anywhere. All of them, in their order, when nothing is typed."""
    every = tuple(entries)
    wanted, first = _plain(typed), find(typed, every)
    if not wanted:
        return every
    within = [it for name, it in _names(every).items() if wanted in name]
    found = [first, *within] if first is not None else within
    return tuple({it.id: it for it in found}.values())


def _names(entries: Iterable[Entry]) -> Mapping[str, Entry]:
    return {_plain(name): it for it in entries for name in (it.id, it.name, *it.words)}


def _plain(text: str) -> str:
    return text.strip().casefold().replace(" ", "_")
