"""Time in a call: spans between instants, never counted ticks (S24, S25, D8)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

FIRST_MARK = 120
"""Seconds after which most people have told their story (D8: 78 % within two minutes)."""
BRIDGE_MARK = 300
"""Seconds after which a bridge phrase is offered; nothing advances by itself."""
LONG_HOLD = 90
"""Seconds of hold after which the screen says: go back with a word."""
SLEPT = 30
"""Seconds by which the wall may run ahead of the machine before we ask whether it slept."""


class Kind(StrEnum):
    """What the time of a call went into."""

    LISTEN = "listen"
    TALK = "talk"
    HOLD = "hold"
    WRAP_UP = "wrap_up"


@dataclass(frozen=True)
class Span:
    """One unbroken stretch of one kind; `ended` is None while it runs."""

    kind: Kind
    began: datetime
    ended: datetime | None = None

    def seconds(self, now: datetime) -> float:
        """Its length, in seconds; a clock set back never makes it negative."""
        return max(0.0, ((self.ended or now) - self.began).total_seconds())


Spans = tuple[Span, ...]


def running(spans: Spans) -> Span | None:
    """The span that still runs: only the last one can."""
    return spans[-1] if spans and spans[-1].ended is None else None


def close(spans: Spans, at: datetime) -> Spans:
    """The spans with the running one ended at `at`, never before it began."""
    last = running(spans)
    return spans if last is None else (*spans[:-1], replace(last, ended=max(at, last.began)))


def turn(spans: Spans, kind: Kind, at: datetime) -> Spans:
    """End what runs and begin a span of `kind`; the same kind simply goes on."""
    last = running(spans)
    if last is not None and last.kind is kind:
        return spans
    return (*close(spans, at), Span(kind, at))


def leave_out(spans: Spans, since: datetime, until: datetime) -> Spans:
    """Take a stretch the machine slept through out of what runs: it ends, and begins anew."""
    last = running(spans)
    return spans if last is None else (*close(spans, since), Span(last.kind, until))


def total(spans: Iterable[Span], kind: Kind, now: datetime) -> float:
    """Seconds spent in one kind."""
    return sum(span.seconds(now) for span in spans if span.kind is kind)


def minutes(seconds: float) -> str:
    """`1:47`, or `1:02:09` from an hour on."""
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    if hours:
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    return f"{rest // 60}:{rest % 60:02}"
