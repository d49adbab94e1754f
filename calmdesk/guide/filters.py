"""Which cases a list shows, and in which order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class PromiseFilter(StrEnum):
    """What became of the promises on a case."""

    LATE = "late"
    """One is open and past its time."""
    OPEN = "open"
    KEPT = "kept"
    """There were some, and each was kept in time."""
    BROKEN = "broken"
    """One was kept late, was missed, or is past its time."""
    NONE = "none"


@dataclass(frozen=True)
class Filter:
    """Which cases a list shows; empty fields let everything through."""

    since: datetime | None = None
    until: datetime | None = None
    """The instant before which they were opened."""
    agent: str = ""
    """Name of the agent, or how it begins; a whole name is that agent's alone."""
    status: str = ""
    cause: str | None = None
    """Id of the cause, or as typed; '' for the cases whose cause nobody has looked for yet. None
    lets everything through."""
    factor: str = ""
    """What made them worse, beside their cause (S36)."""
    seen_at: datetime | None = None
    """The instant at which a promise that is still open counts as late."""
    outcome: str = ""
    category: str = ""
    heat: str = ""
    """Heat that they were left with: `hot`, or `0` (not marked) to `5`."""
    promise: PromiseFilter | None = None
    repeat: bool | None = None
    """Whether they had to ring again."""
    cost: int | None = None
    """The least that its accepted remedies cost, in minor units."""
    reviewed: bool | None = None
    customer_id: str = ""
    """The customer whose cases alone are listed."""
    all_but: bool = False
    """Whether it is the other cases of those days that are wanted."""
    within: Filter | None = None
    """The list of which these cases are chosen, without its days; it is read as of the same instant.
    None for all cases."""

    @property
    def by_the_clock(self) -> bool:
        """Whether a case can come or go by the hour alone: as a promise grows late."""
        from calmdesk.guide.playbook.book import SERVICE  # a first paint has no time for it

        own = self.promise in (PromiseFilter.LATE, PromiseFilter.BROKEN) or self.factor == SERVICE
        return own or (self.within is not None and self.within.by_the_clock)

    @property
    def of_any_day(self) -> Filter:
        """The same, whichever days."""
        return replace(self, since=None, until=None)

    @property
    def timeless(self) -> Filter:
        """What is wanted of a case, without the days and the instant as of which it is read."""
        return replace(self.of_any_day, seen_at=None)

    def chosen_of(self, listed: Filter) -> Filter:
        """The cases of another list that this one lets through."""
        own, whole = replace(self, since=listed.since, until=listed.until), listed.timeless
        return own if whole == Filter() else replace(own, within=whole)


class Sort(StrEnum):
    """The order of a list."""

    TIME = "time"
    """The newest first."""
    RISK = "risk"
    """The gravest first."""
    AGENT = "agent"
    CUSTOMER = "customer"
    CATEGORY = "about"
    HEAT = "heat"
    """The hottest left first."""
    OUTCOME = "outcome"
    NEXT = "next"
    """What is due soonest first."""
    COST = "cost"
    """The dearest first."""
