"""What the record hands out of customers: one whole, one in a list, two who may be one. Plain
values, detached from every session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from calmdesk.guide.same_person import Likeness
from calmdesk.records.line_rows import DueLine

MOST_PAIRS = 200
"""Pairs that are shown at once; others come when these are dealt with."""


@dataclass(frozen=True)
class Person:
    """A customer in a list."""

    id: str
    name: str = ""
    company: str = ""
    names: tuple[str, ...] = ()
    """Other names of theirs."""
    numbers: tuple[str, ...] = ()
    """As spelt, each once."""
    cases: int = 0
    last_at: datetime | None = None
    """When their latest case was opened."""
    since: int = 0
    """Year; 0 is not known."""


@dataclass(frozen=True)
class Pair:
    """Two customers who may be one person."""

    one: Person
    """Who has more cases; the one whom the other would be merged into."""
    other: Person
    like: Likeness

    @property
    def why(self) -> str:
        """Why they may be one, in words."""
        return self.like.words

    @property
    def ids(self) -> frozenset[str]:
        return frozenset((self.one.id, self.other.id))


def ranked(pairs: Iterable[Pair]) -> list[Pair]:
    """Pairs in their order: the surest first, then by name."""
    return sorted(pairs, key=lambda it: (it.like, it.one.name.casefold(), it.one.id, it.other.id))


@dataclass(frozen=True)
class Known:
    """What is known of a customer beside their cases, as it can be mended."""

    name: str = ""
    company: str = ""
    since: int = 0
    value: int = 0
    """Account value in minor units."""
    zone: str = ""
    names: tuple[tuple[str, str], ...] = ()
    """Other names: the row's id, and the name."""
    numbers: tuple[tuple[str, str], ...] = ()
    """The row's id, and the number as spelt."""


@dataclass(frozen=True)
class Mended:
    """A change to what is known of a customer, by which it can be taken back."""

    customer_id: str
    before: Known
    after: Known


@dataclass(frozen=True)
class Merged:
    """Somebody who turned out to be this customer, and can be parted from them again."""

    merge_id: str
    gone_id: str
    name: str
    company: str
    at: datetime
    agent: str
    """Who found it out."""
    cases: int
    """How many cases came with them."""


@dataclass(frozen=True)
class CustomerWhole:
    """A customer with everything but the list of their cases, which is read page by page
    (`browse.page` with `Filter(customer_id=...)`)."""

    person: Person
    value: int = 0
    """Account value in minor units."""
    zone: str = ""
    had: tuple[str, ...] = ()
    """What they were given in their latest cases."""
    open: int = 0
    """Cases that are not closed."""
    missed: int = 0
    """Promises to them that were missed, or are past their time."""
    promises: tuple[DueLine, ...] = ()
    """What they were promised and wait for, soonest first."""
    merged: tuple[Merged, ...] = ()
    """Who turned out to be them, the latest first."""


@dataclass(frozen=True)
class Search:
    """How far the search for duplicates has come. It goes on in small steps, so that it holds
    nothing up."""

    stage: int = 0
    after: str = ""
    """The last number, company or name that was looked at."""
    steps: int = 0
    """How many were taken."""
