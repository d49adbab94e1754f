"""The weeks before the demo's day: what is usual there. They come in as a firm's older log would."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from hashlib import blake2b
from pathlib import Path
from random import Random
from typing import Any

from calmdesk.clock import Clock, instant, local
from calmdesk.exchange.lines import CallSaid, OfferSaid, PromiseSaid
from calmdesk.exchange.taken import Taken
from calmdesk.guide.outcome import Outcome, Verdict
from calmdesk.guide.promises import PromiseState
from calmdesk.records import importing
from calmdesk.records.store import Store

LOG = Path(__file__).with_name("earlier.toml")
WEEKS = 7
BUSY, CALM = (36, 46), (6, 11)
"""How many cases, from and to: on the weekday of the demo's day, and on others."""
OUTCOMES = {Outcome.AGREED: 16, Outcome.PARTLY_AGREED: 4, Outcome.FINAL_ANSWER: 2}
KEPT = {PromiseState.KEPT: 17, PromiseState.LATE: 2, PromiseState.MISSED: 1}
HEAT = {2: 1, 3: 5, 4: 7, 5: 1}
FALLS = {0: 1, 1: 4, 2: 6, 3: 2}
"""By how much it falls in a call."""
REGULARS, AGAIN = 6, 0.06
"""Customers who call again and again, and their share of the calls."""
HOURS = {8: 4, 9: 7, 10: 9, 11: 7, 12: 5, 13: 3, 14: 2, 15: 2, 16: 1}
Weighed = dict[Any, int]


def live_earlier(store: Store, clock: Clock, shift: timedelta) -> None:
    """Take the log over. `shift` is how far the day was moved."""
    told = tomllib.loads(LOG.read_text(encoding="utf-8"))
    cases = _Log(told, clock, shift).cases()
    for _ in importing.take_over(store, "earlier log", cases, clock.now()):
        pass


class _Log:
    """Told from one seed: the same weeks in every demo."""

    def __init__(self, told: dict[str, Any], clock: Clock, shift: timedelta) -> None:
        self.random = Random(11)
        self.told, self.clock, self.shift = told, clock, shift
        self.kinds = {place: it["weight"] for place, it in enumerate(told["kind"])}

    def cases(self) -> Iterator[Taken]:
        today = local(self.clock.now(), self.clock.zone).date()
        line, before = 0, set[datetime]()
        for days_ago in range(7 * WEEKS, 0, -1):
            day = today - timedelta(days=days_ago)
            busy = days_ago % 7 == 0
            if day.weekday() == 6 and not busy:
                continue
            for _ in range(self.random.randint(*(BUSY if busy else CALM))):
                at = time(self.one(HOURS), self.random.randrange(60), self.random.randrange(60))
                opened = instant(datetime.combine(day, at) + self.shift, self.clock.zone)
                if opened not in before:
                    line += 1
                    before.add(opened)
                    yield self.case(line, opened)

    def one(self, of: Weighed) -> Any:
        return self.random.choices([*of], [*of.values()])[0]

    def person(self, place: int) -> tuple[str, str, str]:
        """Name, firm and number of somebody; one in four has no firm."""
        told = self.told
        first, last, trade, area = (
            told[of][place * step % len(told[of])]
            for of, step in (("first", 1), ("last", 7), ("trades", 3), ("areas", 1))
        )
        return (
            f"{first} {last}",
            f"{last} {trade}" if place % 4 else "",
            (f"+1 {area} 555 01{place // len(told['areas']) % 100:02}"),
        )

    def case(self, line: int, opened: datetime) -> Taken:
        """One of them, settled within a day or two."""
        random, kind = self.random, self.told["kind"][self.one(self.kinds)]
        regular = random.random() < AGAIN
        name, company, number = self.person(random.randrange(REGULARS) if regular else line)
        before = self.one(HEAT)
        outcome = self.one(OUTCOMES)
        ended = opened + timedelta(seconds=random.randint(240, 960))
        offer, dollars = kind["offer"]
        agreed = outcome is not Outcome.FINAL_ANSWER
        verdict = Verdict.YES if agreed else Verdict.NO
        due = ended + timedelta(hours=random.randint(2, 20))
        promised = PromiseSaid(self.one(KEPT), "promise", due, ended, kind["promise"])
        return Taken(
            line=line,
            key=blake2b(f"earlier {line}".encode(), digest_size=16).digest(),
            opened=opened,
            agent=random.choice(self.told["agents"]),
            customer=name,
            company=company,
            numbers=(number,),
            category=kind["category"],
            cause=kind["cause"],
            fault="ours",
            ask=kind["ask"],
            said=random.choice(kind["said"]),
            heat_before=before,
            heat_after=max(1, before - self.one(FALLS)),
            outcome=outcome,
            status="closed",
            summary=f"{offer}: {outcome}.",
            agreed=ended if agreed else None,
            told=ended,
            told_how="in the call",
            closed=due,
            calls=(CallSaid(opened, "in", round((ended - opened).total_seconds())),),
            promises=(promised,) if agreed else (),
            offers=(OfferSaid(verdict, str(dollars), offer),),
            currency="USD",
        )
