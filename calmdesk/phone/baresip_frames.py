"""What is on the wire to baresip: the fields of a frame, and the calls that it lists."""

import json
import re
from dataclasses import dataclass
from typing import Any

from calmdesk.phone.events import KEY, Kind
from calmdesk.words import one_line

WHOLE, CHANGES = "calmdesk-whole", "calmdesk-changes"
"""Tokens of `listcalls`: all calls as they stand, or only what an event left open about them."""

_COUNT = re.compile(r"^--- Active calls \((\d{1,4})\) ---$", re.MULTILINE)
_LINE = re.compile(
    r"^[> ] \[line \d+(?:, id (\S+))?\] +[\d:]+ +([A-Z]+) +(\(on hold\) +)?(\S.*)$", re.MULTILINE
)
_WHERE = {
    ("INCOMING", False): Kind.RING,
    ("ESTABLISHED", False): Kind.ANSWER,
    ("ESTABLISHED", True): Kind.HOLD,
}
"""Where a call stands, by its state and whether it is on hold."""


def listcalls(token: str) -> bytes:
    """The one command that calmdesk sends."""
    return json.dumps({"command": "listcalls", "token": token}).encode()


def read(frame: bytes) -> dict[str, Any]:
    """A frame's fields; none of what is no JSON object. A caller's odd bytes spoil no frame."""
    try:
        said = json.loads(frame.decode("utf-8", "replace"), strict=False)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def text(said: dict[str, Any], field: str) -> str:
    """A field that is a text; '' where it is none."""
    value = said.get(field)
    return value if isinstance(value, str) else ""


def plain_id(said: str) -> str:
    """An id as calmdesk keeps it: a caller makes it up."""
    return one_line(said)[:KEY]


@dataclass(frozen=True)
class Shown:
    """One call in the answer to `listcalls`."""

    id: str
    """'' in 1.0.0."""
    uri: str
    kind: Kind | None
    """RING, ANSWER or HOLD; None in a state that calls out are in, and calls in hardly ever."""

    @property
    def answered(self) -> bool:
        return self.kind in (Kind.ANSWER, Kind.HOLD)

    @property
    def held(self) -> bool:
        return self.kind is Kind.HOLD


def listing(said: dict[str, Any]) -> list[Shown] | None:
    """The calls in an answer to `listcalls`; None when it is not understood whole: a call that was
    not found in it would be taken for ended."""
    data = text(said, "data")
    counts = [int(it) for it in _COUNT.findall(data)]
    found = _LINE.findall(data)
    if said.get("ok") is not True or not counts or sum(counts) != len(found):
        return None
    return [
        Shown(plain_id(key), uri, _WHERE.get((state, bool(held))))
        for key, state, held, uri in found
    ]
