"""What a report is made of, before anybody decides how it is written."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """One figure, and in words what is counted in it."""

    label: str
    words: str
    how: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under heads; a cell may hold a customer's words."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    """Places of the columns that hold numbers."""
    title: str = ""
    told: bool = False
    """Whether its cells are what somebody told, and need all the width there is."""


@dataclass(frozen=True)
class Series:
    """One kind of bar in a chart."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class Bars:
    """A bar, or a group of them, for each label."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = False
    """Whether the series stand on each other; else they stand side by side."""


@dataclass(frozen=True)
class Parts:
    """One whole, and its parts."""

    title: str
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Pareto:
    """What is most frequent first, and how much of the whole that makes so far."""

    title: str
    rows: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """All of it."""
        return sum(count for _, count in self.rows)

    def so_far(self) -> tuple[int, ...]:
        """For each row, its count and all before it."""
        return tuple(sum(n for _, n in self.rows[: place + 1]) for place in range(len(self.rows)))


@dataclass(frozen=True)
class HeatMap:
    """Cases by heat, hour by hour: the more, the darker."""

    title: str
    hours: tuple[str, ...]
    began: tuple[tuple[int, ...], ...]
    """For each hour, how many began at heat 1 to 5."""
    left: tuple[tuple[int, ...], ...]
    """For each hour, how many were left at heat 1 to 5."""


@dataclass(frozen=True)
class Lanes:
    """A row of little bars for each thing, over the same columns and in one measure."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Series, ...]


Chart = Bars | Parts | Pareto | HeatMap | Lanes


@dataclass(frozen=True)
class Section:
    """What belongs together under one heading."""

    title: str
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    says: tuple[str, ...] = ()
    """Sentences under it; one alone stands for a section in which nothing was counted."""


@dataclass(frozen=True)
class Page:
    """A whole report."""

    title: str
    about: tuple[str, ...]
    """Lines under the title: the firm, the days, when it was counted."""
    sections: tuple[Section, ...] = field(default=())
