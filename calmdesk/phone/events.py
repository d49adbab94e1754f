"""What a softphone says, whichever it is and whichever way it came: one event in one form."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import unquote

from calmdesk.phone.spool import Row
from calmdesk.words import digits, one_line


class Kind(StrEnum):
    """What happened to a call, as the phone sees it."""

    RING = "ring"
    ANSWER = "answer"
    HOLD = "hold"
    RESUME = "resume"
    HANGUP = "hangup"
    BUSY = "busy"
    """Refused: by the agent, or because the line was taken."""
    THEY_HOLD = "they hold"
    """The customer's side put us on hold; not the agent's hold."""
    THEY_RESUME = "they resume"


LINKED = "baresip"
"""The source that always tells how a call ended; a hook may not."""
KEYS = "keys"
"""The source of a call that a key began."""
TEST = "test"
"""The source of a made-up caller (`calmdesk phone test`): shown, and kept nowhere."""


@dataclass(frozen=True)
class PhoneEvent:
    """One event, with the caller's words made plain."""

    kind: Kind
    at: datetime
    key: str = ""
    """The phone's own id of the call; '' where it has none."""
    number: str = ""
    """As it is dialled; '' when it is withheld, or the phone does not say."""
    name: str = ""
    source: str = "hook"
    place: int = 0
    """Id in the spool; 0 for one that came another way."""


@dataclass(frozen=True)
class Listed:
    """A call that the phone says is there now, asked after the link was down."""

    kind: Kind
    """RING, ANSWER or HOLD: where it stands."""
    key: str
    """'' where the phone lists no ids."""
    number: str


WITHHELD = frozenset(
    (
        *("anonymous", "anonym", "unknown", "unavailable", "restricted", "private", "withheld"),
        *("blocked", "asserted identity", "unknown caller", "unknown number", "private caller"),
        *("private number", "withheld number", "number withheld", "no caller id"),
    )
)
"""What phones show in place of a number that is not to be seen."""
NUMBER, NAME, KEY = 64, 80, 200
"""Characters that are kept of each."""
_HOST = re.compile(r"[\w.-]*[a-z][\w-]*(?:\.[\w-]+)+|\d+(?:\.\d+){3}|localhost", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"<([^<>]*)>")
_CONTEXT = re.compile(r";phone-context=(\+[\d.()-]+)", re.IGNORECASE)
"""The numbers among which a local one is: what is dialled before it from anywhere else."""


def number_of(text: str) -> str:
    """The number in a URI or a text of a stranger's; '' for one that is withheld, and for a bare
    host and words, which stand where no number does."""
    plain = one_line(text)
    if bracketed := _IN_BRACKETS.search(plain):  # a name stands before it
        plain = bracketed[1]
    plain = plain.strip("<>\"' ")
    scheme, colon, rest = plain.partition(":")
    if colon and scheme.lower() in ("sip", "sips", "tel"):
        user, at, host = rest.partition("@")
        if scheme.lower() != "tel" and not at:
            return ""  # no user part: what is left is the host
    else:
        user, at, host = plain.partition("@")
    user, _, parameters = user.partition(";")
    user, context = one_line(unquote(user)), _CONTEXT.search(unquote(f";{parameters}"))
    if context is not None and not user.startswith("+"):
        user = context[1] + user
    if user.lower() in WITHHELD or host.lower().startswith("anonymous."):
        return ""
    bare = not at and not colon
    if bare and (_HOST.fullmatch(user.partition(":")[0]) or (" " in user and not digits(user))):
        return ""
    return user[:NUMBER]


def name_of(text: str, number: str) -> str:
    """The name that a stranger's phone shows; '' when it only says the number again, or that there
    is none."""
    name = one_line(text).strip("\"' ")[:NAME]
    again = bool(digits(name)) and not re.search(r"[^\W\d]", name)
    return "" if again or name == number or name.lower() in WITHHELD else name


def same_number(one: str, other: str) -> bool:
    """Whether two texts are one number, however it is set apart."""
    left, right = digits(one), digits(other)
    if left and right and re.sub(r"[\d\s()+./-]", "", one + other) == "":
        return left == right
    return one.casefold() == other.casefold()


def other_number(one: str, other: str) -> bool:
    """Whether two numbers are known, and are not the same."""
    return bool(one and other) and not same_number(one, other)


def event_of(row: Row) -> PhoneEvent | None:
    """An event as it lies in the spool; None for one that this calmdesk does not know."""
    place, seconds, kind, key, number, name, source = row
    try:
        what, at = Kind(kind), datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    who = number_of(number)
    return PhoneEvent(
        what, at, one_line(key)[:KEY], who, name_of(name, who), one_line(source)[:NAME], place
    )
