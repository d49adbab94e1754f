"""The figures of the cases of some days, beside those of the days before (flow.md, The
supervisor)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from calmdesk.guide.filters import Filter
from calmdesk.guide.stages import HEATS
from calmdesk.records import call_hours, day_counts, rolling
from calmdesk.records.choosing import Condition, conditions
from calmdesk.records.day_counts import Counts, PlaceRange, added
from calmdesk.records.day_rows import DayFigures, Figures, Share
from calmdesk.records.derived import place_of
from calmdesk.records.rolling import Between
from calmdesk.records.store import Store

_MONTH = timedelta(days=32)
"""The longest period whose calls are counted in those before it as well."""


def figures(store: Store, chosen: Filter, before: Sequence[Between], now: datetime) -> DayFigures:
    """The figures of the cases of a list, whose first and last instant are set, and those of the
    periods before it, chosen alike. Hours are those of the calls of that period on cases that are
    chosen, however old these are. Raises ValueError for a list of no certain days."""
    if chosen.since is None or chosen.until is None:
        raise ValueError("figures are those of some days")
    period = (chosen.since, chosen.until)
    others = _other_than_days(chosen)
    with store.reading() as session:
        began = rolling.began(session)
        known = [it for it in before if began is not None and place_of(it[1]) > began]
        counted = known if period[1] - period[0] <= _MONTH else []
        return DayFigures(
            now=_of(_counts(session, chosen, period, now)),
            before=tuple(_of(_counts(session, chosen, it, now)) for it in known),
            hours=call_hours.hours(session, period, store.zone, others),
            calls_before=tuple(call_hours.calls(session, it, others) for it in counted),
        )


def _counts(session: Session, chosen: Filter, period: Between, now: datetime) -> Counts:
    if _is_all(chosen):
        return rolling.figures(session, period, now)
    return added(day_counts.figures(session, [_stretch(period)], now, _other_than_days(chosen)))


def _other_than_days(chosen: Filter) -> list[Condition]:
    return conditions(chosen.of_any_day)


def _is_all(chosen: Filter) -> bool:
    """Whether a list holds all cases of its days."""
    return chosen.timeless == Filter()


def _stretch(period: Between) -> PlaceRange:
    return place_of(period[0]), place_of(period[1])


def _of(counts: Counts) -> Figures:
    def count(name: str) -> int:
        return sum(counts.get(name, ()))

    return Figures(
        cases=count("cases"),
        agreed=Share(count("agreed"), count("ended")),
        kept=Share(count("kept"), count("due")),
        first_contact=Share(count("first contact"), count("closed")),
        hot=count("hot"),
        repeats=count("repeats"),
        cost=count("cost"),
        heat_before=tuple(count(f"before {level}") for level in HEATS),
        heat_after=tuple(count(f"after {level}") for level in HEATS),
    )
