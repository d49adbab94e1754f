"""What the small grammar does not read, dateparser may: slow to load, so never on the UI's thread.

Only a near and future reading is believed: alone, dateparser read `credit 38.20 by 24 nov` as the
year 2124.
"""

import re
from datetime import datetime, time

from calmdesk.guide.english.their_time import says_theirs
from calmdesk.guide.english.times import FARTHEST, Reading, is_unsure
from calmdesk.working_hours import WorkingHours

_WORTH_A_TRY = re.compile(r"[a-z]{3}|\d:\d\d", re.IGNORECASE)
_BAD_HOUR = re.compile(r"\b(?:2[4-9]|[3-9]\d):\d\d\b|\b\d{1,2}:[6-9]\d\b")


def read_spoken(text: str, now: datetime, hours: WorkingHours) -> Reading | None:
    """The last time that dateparser finds in `text`; None when it finds none to rely on.

    `now` is naive local time. Takes half a second the first time, then some milliseconds.
    """
    from dateparser.search import search_dates

    if _BAD_HOUR.search(text) or says_theirs(text):
        return None
    found = search_dates(
        text,
        languages=["en"],
        settings={"RELATIVE_BASE": now, "PREFER_DATES_FROM": "future"},
    )
    for words, wall in reversed(found or []):
        if wall.tzinfo is not None:
            return None  # `15:00 gmt` is on a third wall
        wall = wall.replace(second=0, microsecond=0)
        if not _WORTH_A_TRY.search(words) or not now < wall <= now + FARTHEST:
            continue
        if wall.time() in (time(), now.time().replace(second=0, microsecond=0)):
            wall = datetime.combine(wall.date(), hours.closes)
        start = text.rfind(words)
        end = start + len(words)
        if is_unsure(text, start, end):
            return None  # "half an hour from now" is not the hour it was found in
        return Reading(wall, start, end)
    return None
