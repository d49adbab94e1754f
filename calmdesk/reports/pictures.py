"""What there is to look at in a report: the counts of the pictures as charts, none without any."""

from typing import TYPE_CHECKING

from calmdesk.guide import day_hours
from calmdesk.guide.ages import Age
from calmdesk.reports.labels import Labels
from calmdesk.reports.page import Bars, Chart, HeatMap, Lanes, Series
from calmdesk.words import count

if TYPE_CHECKING:
    from calmdesk.records.picture_rows import Pictures


def heat_map(pictures: "Pictures") -> tuple[Chart, ...]:
    """Heat over the hours of the day."""
    counts = [it.cases for it in pictures.heat]
    if not any(counts):
        return ()
    shown = [pictures.heat[hour] for hour in day_hours.shown(counts)]
    return (
        HeatMap(
            "Heat over the day: cases by the hour in which they were opened",
            tuple(f"{it.hour:02}" for it in shown),
            tuple(it.before for it in shown),
            tuple(it.after for it in shown),
        ),
    )


def cause_lanes(pictures: "Pictures", labels: Labels) -> tuple[Chart, ...]:
    """Causes over the last weeks."""
    of = pictures.causes
    if not of.cases:
        return ()
    rows = [Series(labels.cause(cause), counts) for cause, counts in of.causes]
    if of.other_causes:
        rows.append(Series(f"{of.other_causes} other causes", of.others))
    if any(of.unknown):
        rows.append(Series("not looked for yet", of.unknown))
    weeks = tuple(f"{day.day} {day:%b}" for day in of.weeks)
    running = ", the last one not over" if of.running else ""
    title = f"Complaints by cause and week: {count(len(weeks), 'week')} from Monday{running}"
    return (Lanes(title, weeks, tuple(rows)),)


def promise_bars(pictures: "Pictures") -> tuple[Chart, ...]:
    """Promises that were open when it was counted, by how late they are."""
    counts = pictures.promises
    if not sum(counts.values()):
        return ()

    kinds = {age: "late" if age.late else "to come" for age in Age}
    if counts.get(Age.UNTIMED):
        kinds[Age.UNTIMED] = "without a time"
    else:
        del kinds[Age.UNTIMED]
    series = tuple(
        Series(kind, tuple(counts.get(age, 0) * (kinds[age] == kind) for age in kinds))
        for kind in dict.fromkeys(kinds.values())
    )
    title = "Promises open when this was counted, whenever given: how late, how far ahead"
    return (Bars(title, tuple(kinds), series, stacked=True),)
