"""What the pictures of a period are drawn from: counts alone, of nobody in particular. Plain
values, detached from every session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from calmdesk.guide.ages import Age

Heats = tuple[int, int, int, int, int]
"""How many at heat 1 to 5."""


@dataclass(frozen=True)
class HeatHour:
    """The cases that were opened in one local hour, on all days of a period."""

    hour: int
    """0 to 23; an hour that the clocks repeat counts once more, one that they skip is empty."""
    cases: int = 0
    before: Heats = (0,) * 5
    """At which heat they began; the rest of the cases was not marked."""
    after: Heats = (0,) * 5
    """At which heat they were left."""


@dataclass(frozen=True)
class CauseWeeks:
    """The complaints of the last weeks by their cause; every count stands for one week."""

    weeks: tuple[date, ...] = ()
    """Their Mondays, the oldest first; weeks from before the record began are left out."""
    causes: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """The causes that were most frequent over all of these weeks, the most frequent first."""
    others: tuple[int, ...] = ()
    """Cases of all other causes."""
    other_causes: int = 0
    """How many causes these are."""
    unknown: tuple[int, ...] = ()
    """Cases whose cause nobody has looked for yet."""
    running: bool = False
    """Whether the last week is not over."""

    @property
    def cases(self) -> int:
        """All of them together."""
        return sum(sum(counts) for _, counts in self.causes) + sum(self.others) + sum(self.unknown)


@dataclass(frozen=True)
class Pictures:
    """What there is to look at."""

    heat: tuple[HeatHour, ...] = ()
    """Every hour of the day."""
    causes: CauseWeeks = field(default_factory=CauseWeeks)
    promises: Mapping[Age, int] = field(default_factory=dict)
    """Promises that are open now, whenever they were given."""
