"""Which column of a log holds what: guessed from the names in its header."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache

from calmdesk.words import one_line, shorten

LIKE = 88
"""Of 100: how like a name we know a name in a header must be."""


class Field(StrEnum):
    """What a column of a log can hold."""

    REFERENCE = "reference"
    OPENED = "opened"
    OPENED_TIME = "opened_time"
    """The time of day, where the log keeps it in a column of its own."""
    CLOSED = "closed"
    AGENT = "agent"
    CUSTOMER = "customer"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    COMPANY = "company"
    NUMBER = "number"
    CATEGORY = "category"
    CAUSE = "cause"
    FAULT = "fault"
    ASK = "ask"
    SAID = "said"
    """What they say happened."""
    STAKE = "stake"
    HEAT_BEFORE = "heat_before"
    HEAT_AFTER = "heat_after"
    OUTCOME = "outcome"
    STATUS = "status"
    SUMMARY = "summary"
    COST = "cost"
    CHANNEL = "channel"
    """How they complained; a call makes a call of the case."""
    MINUTES = "minutes"
    """Handle time."""
    AGREED = "agreed"
    READ_BACK = "read_back"
    TOLD = "told"
    """When they were told the answer."""
    TOLD_HOW = "told_how"


_NAMES: dict[Field, str] = {
    Field.REFERENCE: "ref|reference|reference number|ref no|case ref|case reference|case number|"
    "case no|case id|case|ticket|ticket number|ticket no|ticket id|complaint number|complaint no|"
    "complaint id|complaint ref|complaint reference|id|number of case|log number|log no|"
    "vorgang|vorgangsnummer|aktenzeichen|fallnummer",
    Field.OPENED: "opened|opened at|opened on|date opened|open date|date received|received|"
    "received at|received on|received date|date of receipt|created|created at|created on|"
    "date created|creation date|logged|logged at|logged on|date logged|date of complaint|"
    "complaint date|date raised|raised on|raised|date reported|reported on|reported|reported at|"
    "call date|date of call|start date|timestamp|date|date time|datetime|date and time|"
    "date received by firm|eingang|eingegangen am|eingangsdatum|datum|date sent to company",
    Field.OPENED_TIME: "time|time opened|time received|time logged|call time|time of call|"
    "received time|opened time|uhrzeit",
    Field.CLOSED: "closed|closed at|closed on|date closed|close date|closing date|closure date|"
    "date of closure|resolved at|resolved on|date resolved|resolution date|completed on|"
    "date completed|completion date|completed|end date|finished|date settled|settled on|"
    "geschlossen am|erledigt am|abgeschlossen am",
    Field.AGENT: "agent|agent name|handler|handled by|case handler|complaint handler|owner|"
    "case owner|assigned to|assignee|advisor|adviser|taken by|logged by|employee|staff|"
    "staff member|rep|representative|operator|bearbeiter|sachbearbeiter|mitarbeiter",
    Field.CUSTOMER: "customer|customer name|name of customer|client|client name|complainant|"
    "complainant name|name of complainant|caller|caller name|contact name|name|full name|consumer|"
    "consumer name|account name|kunde|kundenname|name des kunden|beschwerdefuhrer",
    Field.FIRST_NAME: "first name|forename|given name|vorname",
    Field.LAST_NAME: "last name|surname|family name|nachname",
    Field.COMPANY: "company|company name|organisation|organization|firm|business|business name|"
    "employer|firma|unternehmen",
    Field.NUMBER: "phone|phone number|phone no|telephone|telephone number|tel|tel no|mobile|"
    "mobile number|contact number|customer phone|customer number phone|caller number|caller id|"
    "cell|number|telefon|telefonnummer|rufnummer",
    Field.CATEGORY: "category|complaint category|type|complaint type|type of complaint|case type|"
    "issue|issue type|topic|subject area|nature of complaint|reason for complaint|reason|product|"
    "kategorie|thema|art der beschwerde",
    Field.CAUSE: "cause|root cause|cause of complaint|cause found|why|ursache|grund",
    Field.FAULT: "fault|at fault|whose fault|responsible party|verschulden",
    Field.ASK: "ask|asked|asked for|wants|customer wants|desired outcome|outcome sought|"
    "resolution sought|resolution requested|requested resolution|remedy sought|request|forderung",
    Field.SAID: "description|complaint|complaint description|complaint details|"
    "details of complaint|details|narrative|consumer complaint narrative|what happened|notes|"
    "complaint text|issue description|message|beschreibung|beschwerde|sachverhalt",
    Field.STAKE: "stake|at stake|what is at stake|threat|impact",
    Field.HEAT_BEFORE: "heat|heat before|heat at start|heat start|anger|anger before",
    Field.HEAT_AFTER: "heat after|heat left|heat at end|heat end|anger after",
    Field.OUTCOME: "outcome|result|decision|finding|resolution outcome|disposition|resolution type|"
    "company response|company response to consumer|ergebnis",
    Field.STATUS: "status|state|case status|complaint status|stand|zustand",
    Field.SUMMARY: "summary|resolution|resolution details|action taken|actions taken|response|"
    "resolution summary|resolution notes|what was done|comments|losung|massnahme|zusammenfassung",
    Field.COST: "cost|costs|compensation|compensation paid|amount|amount paid|refund|refund amount|"
    "redress|redress paid|goodwill|credit|kosten|entschadigung",
    Field.CHANNEL: "channel|source|method|method of contact|contact method|how received|"
    "received by|submitted via|received via|origin|medium|kanal",
    Field.MINUTES: "minutes|handle minutes|handle time|handling time|call minutes|call duration|"
    "duration|talk time|aht|dauer",
    Field.AGREED: "agreed at|agreed on|date agreed",
    Field.READ_BACK: "read back|agreement|what was agreed|agreed",
    Field.TOLD: "told at|told on|date of final response|final response date|response date|"
    "date responded|answered on",
    Field.TOLD_HOW: "told how|how told|response method",
}


def named(name: str) -> str:
    """A name of a header as it is shown: it may be anything that stands in somebody's file."""
    return shorten(one_line(name), 30)


def listed(names: Sequence[str], most: int = 8) -> str:
    """The first names of a header, and how many more there are."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(map(named, names[:most])) + more


def plain(name: str) -> str:
    """A name of a header as it is compared: small letters and digits, single spaces."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(re.sub(r"[\W_]+", " ", apart.casefold().translate(_PLAIN)).split())


_PLAIN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "é": "e", "#": " number "})


@cache
def _known() -> dict[str, tuple[Field, int]]:
    """Every name that we know: its field, and how early among the field's names it stands."""
    return {
        name: (field, place)
        for field, names in _NAMES.items()
        for place, name in enumerate(names.split("|"))
    }


def recognised(cells: Iterable[str]) -> int:
    """How many cells are names that a header has, or that one of our own sheets has."""
    from calmdesk.exchange.columns import CASES

    ours = {column.name for column in CASES}
    return sum(cell in ours or plain(cell) in _known() for cell in cells if cell)


def guess(header: Sequence[str]) -> dict[Field, str]:
    """The column for each field that has one, the likeliest first; each column for one field."""
    fits: list[tuple[float, int, int, Field]] = []
    for at, name in enumerate(header):
        for score, place, field in _fits(plain(name)):
            fits.append((-score, place, at, field))
    found: dict[Field, str] = {}
    taken: set[int] = set()
    for _, _, at, field in sorted(fits, key=lambda it: it[:3]):
        if field not in found and at not in taken:
            found[field] = header[at]
            taken.add(at)
    return {field: found[field] for field in Field if field in found}


def _fits(name: str) -> list[tuple[float, int, Field]]:
    """Fields that a name may mean: how like it is, of 100, and where among the field's names."""
    from rapidfuzz import fuzz, process

    if name in _known():
        field, place = _known()[name]
        return [(100.0, place, field)]
    if len(name) < 4:
        return []
    near = process.extract(
        name, list(_known()), scorer=fuzz.token_sort_ratio, score_cutoff=LIKE, limit=3
    )
    return [(score, _known()[like][1], _known()[like][0]) for like, score, _ in near]
