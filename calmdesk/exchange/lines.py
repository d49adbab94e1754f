"""What a case has several of, a line each: calls, promises, follow-ups, offers. Written for a
reader, and read back exactly by our own import."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from calmdesk.exchange.typed_times import sound
from calmdesk.guide.outcome import CallState
from calmdesk.words import clean

WHENEVER = "when?"
"""What stands in the place of a time that was not told."""


def on_one_line(text: str) -> str:
    """A text whose line ends are written as two characters, as is what they are written with."""
    if "\n" in text or "\\" in text:
        return text.replace("\\", "\\\\").replace("\n", "\\n")
    return text


def as_it_was(text: str) -> str:
    """The text that `on_one_line` wrote."""
    return re.sub(r"\\([\\n])", lambda it: "\n" if it[1] == "n" else "\\", text)


def call_line(at: str, direction: str, state: str, seconds: float | None) -> str:
    """`2026-11-21T14:02:03-05:00 in, 432 s`."""
    spent = state if state == CallState.NOT_RUNG else f"{round(seconds or 0)} s"
    return f"{at} {direction}, {spent}"


def promise_line(state: str, kind: str, due: str, told: str, what: str) -> str:
    """`open promise, due 2026-11-23T09:00:00-05:00, told 2026-11-21T14:08:10-05:00: what`."""
    return f"{state} {kind}, due {due or WHENEVER}, told {told}: {on_one_line(what)}"


def follow_up_line(state: str, kind: str, due: str, what: str) -> str:
    """`open held, due 2026-11-30T10:00:00-05:00: what`."""
    return f"{state} {kind}, due {due or WHENEVER}: {on_one_line(what)}"


def offer_line(verdict: str, amount: str, text: str) -> str:
    """`accepted 45.00: courier`."""
    return f"{_SAID[verdict]} {amount}: {on_one_line(text)}"


_SAID = {"yes": "accepted", "not yet": "not yet", "no": "refused", "": "offered"}
_VERDICTS = {said: verdict for verdict, said in _SAID.items()}


@dataclass(frozen=True)
class CallSaid:
    """A call, as a sheet tells it."""

    at: datetime
    direction: str
    seconds: int | None
    """Handle time; None for one that was not rung after all."""


@dataclass(frozen=True)
class PromiseSaid:
    """A promise, as a sheet tells it."""

    state: str
    kind: str
    due: datetime | None
    told: datetime
    what: str


@dataclass(frozen=True)
class FollowUpSaid:
    """A follow-up, as a sheet tells it."""

    state: str
    kind: str
    due: datetime | None
    what: str


@dataclass(frozen=True)
class OfferSaid:
    """An offer, as a sheet tells it."""

    verdict: str
    amount: str
    """In units of the currency, as written."""
    text: str


_STATE = r"(open|kept|late|missed|withdrawn)"
_CALL = re.compile(rf"(\S+) (in|out), (?:(\d{{1,8}}) s|{CallState.NOT_RUNG})")
_PROMISE = re.compile(
    rf"{_STATE} (promise|return call|progress report), due (\S+), told (\S+): (.*)"
)
_FOLLOW_UP = re.compile(rf"{_STATE} (held|handed over|review), due (\S+): (.*)")
_OFFER = re.compile(r"(accepted|not yet|refused|offered) (\d{1,12}(?:\.\d{1,3})?): (.*)")


def calls(cell: str) -> tuple[CallSaid, ...]:
    """The calls of a cell. Raises ValueError when it is not as `call_line` writes it."""
    return tuple(
        CallSaid(_instant(at), way, int(seconds) if seconds else None)
        for at, way, seconds in _each(_CALL, cell)
    )


def promises(cell: str) -> tuple[PromiseSaid, ...]:
    """The promises of a cell. Raises ValueError."""
    return tuple(
        PromiseSaid(state, kind, _due(due), _instant(told), clean(as_it_was(what)))
        for state, kind, due, told, what in _each(_PROMISE, cell)
    )


def follow_ups(cell: str) -> tuple[FollowUpSaid, ...]:
    """The follow-ups of a cell. Raises ValueError."""
    return tuple(
        FollowUpSaid(state, kind, _due(due), clean(as_it_was(what)))
        for state, kind, due, what in _each(_FOLLOW_UP, cell)
    )


def offers(cell: str) -> tuple[OfferSaid, ...]:
    """The offers of a cell. Raises ValueError."""
    return tuple(
        OfferSaid(_VERDICTS[said], amount, clean(as_it_was(text)))
        for said, amount, text in _each(_OFFER, cell)
    )


def _each(pattern: re.Pattern[str], cell: str) -> Iterator[tuple[str, ...]]:
    for line in cell.split("\n") if cell else ():
        found = pattern.fullmatch(line)
        if found is None:
            raise ValueError(line)
        yield found.groups("")


def _due(text: str) -> datetime | None:
    return None if text == WHENEVER else _instant(text)


def _instant(text: str) -> datetime:
    return sound(datetime.fromisoformat(text))
