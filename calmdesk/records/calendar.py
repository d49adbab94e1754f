"""Promises and follow-ups as an iCalendar file, for the agent's own calendar (RFC 5545).

Each has a name of its own that never changes, and counts its changes: a calendar that reads the
file again moves what it has, and doubles nothing. What is settled is told as cancelled.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from calmdesk.guide.promises import PromiseState
from calmdesk.records.line_rows import DueLine
from calmdesk.records.register import Dated

if TYPE_CHECKING:
    from icalendar import Alarm, Event

OURS = "-//calmdesk//due//EN"
"""What a file of ours says of its maker; how one is told from somebody else's."""
LENGTH = timedelta(minutes=15)
"""How long a line takes in the calendar."""
BEFORE = timedelta(minutes=15)
"""How long before its time the calendar reminds."""


def calendar(dated: Sequence[Dated], now: datetime) -> bytes:
    """The file as bytes. Instants are in UTC, so that every clock shows its own; a stranger's words
    are escaped by the library. What has no time is left out."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", OURS)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "calmdesk")
    for it in dated:
        if it.line.timed:
            made.add_component(_event(it, now))
    return bytes(made.to_ical())


def _event(it: Dated, now: datetime) -> "Event":
    from icalendar import Event

    line, event = it.line, Event()
    event.add("uid", f"{line.id}@calmdesk")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("last-modified", it.changed_at.astimezone(UTC))
    event.add("sequence", it.changes)
    event.add("dtstart", line.due_at.astimezone(UTC))
    event.add("duration", LENGTH)
    event.add("summary", f"{line.customer}: {line.what}")
    event.add("description", "\n".join(_words(line)))
    event.add("transp", "TRANSPARENT")
    if line.state != PromiseState.OPEN:
        event.add("status", "CANCELLED")
    else:
        event.add("status", "CONFIRMED")
        event.add_component(_alarm(line))
    return event


def _alarm(line: DueLine) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{line.customer}: {line.what}")
    put_off = line.deferred_until
    alarm.add("trigger", put_off.astimezone(UTC) if put_off is not None else -BEFORE)
    return alarm


def _words(line: DueLine) -> list[str]:
    """What the calendar says below the summary."""
    words = [f"Case {line.ref}", f"{'To do' if line.follow_up else 'Told'}: {line.what}"]
    if line.number:
        words.append(f"Number: {line.number}")
    if line.giver:
        words.append(f"Told by: {line.giver}")
    if line.owner:
        words.append(f"Kept by: {line.owner}")
    if line.first_due_at is not None:
        words.append("They agreed to another time than they were told first.")
    if line.state != PromiseState.OPEN:
        words.append(f"Became: {line.state}")
    return words
