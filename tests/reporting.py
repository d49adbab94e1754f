"""Cases to be counted, lived through the verbs of real calls."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from calmdesk.guide import afterwards as f
from calmdesk.guide import happenings as h
from calmdesk.guide.outcome import Outcome, Verdict
from calmdesk.guide.promises import PromiseKind, Reached
from calmdesk.guide.stages import Stage
from calmdesk.records import calls, follow_through
from calmdesk.records.store import Store

SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Put:
    """An offer, and what they said to it."""

    text: str
    amount: int = 0
    remedy: str = ""
    verdict: Verdict = Verdict.YES


@dataclass
class Lived:
    """A case as it was lived: its ids, to go on with."""

    case_id: str
    contact_id: str
    offers: list[str] = field(default_factory=list)
    promises: list[str] = field(default_factory=list)
    follow_up: str = ""


class Living:
    """Makes calls of one minute, and what follows them."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def call(
        self,
        at: datetime,
        ask: str = "",
        offers: Sequence[Put] = (),
        promises: Sequence[tuple[str, datetime | None, PromiseKind]] = (),
        heat: tuple[int, int] | None = None,
        category: str = "",
        cause: str = "",
        outcome: Outcome | None = Outcome.AGREED,
        joins: Lived | None = None,
        follow_up: datetime | None = None,
    ) -> Lived:
        """A call that came in; `outcome` None leaves it live. With `joins` it is part of a case."""
        new = self.store.new_id
        lived = Lived(new(at), new(at))
        calls.answer(self.store, lived.contact_id, lived.case_id, h.Answered(""), at)
        happenings: list[h.Happening] = []
        if joins is not None:
            happenings.append(h.CaseJoined(joins.case_id, ""))
            lived.case_id = joins.case_id
        if heat is not None:
            happenings.append(h.HeatMarked(heat[0]))
        if ask:
            happenings.append(h.AskPut(ask))
        if category:
            happenings.append(h.CategoryChosen(category))
        for offer in offers:
            lived.offers.append(new(at))
            happenings.append(h.Offered(lived.offers[-1], offer.text, offer.amount, offer.remedy))
            happenings.append(h.VerdictGiven(offer.verdict))
        for what, due, kind in promises:
            lived.promises.append(new(at))
            happenings.append(h.Promised(lived.promises[-1], what, due, of_kind=kind))
        if follow_up is not None:
            lived.follow_up = new(at)
            happenings.append(h.FollowUpSet(lived.follow_up, follow_up))
        self._through(lived.contact_id, happenings, heat, outcome, at)
        if cause:
            self.after(lived, f.CauseFound(cause), at + timedelta(minutes=2))
        return lived

    def ring(
        self,
        lived: Lived,
        at: datetime,
        result: Reached = Reached.REACHED,
        outcome: Outcome | None = Outcome.HELD,
        happenings: Sequence[h.Happening] = (),
        look: bool = False,
    ) -> None:
        """A call that went out on a case: for its promise, or to look whether it held."""
        contact = self.store.new_id(at)
        about = lived.promises[0] if lived.promises and not look else lived.follow_up
        calls.ring(self.store, contact, lived.case_id, about, at)
        tried = f.Attempted(self.store.new_id(at), about, result)
        self._through(contact, [tried, *happenings], None, outcome, at)

    def after(self, lived: Lived, happening: h.Happening, at: datetime) -> None:
        """Something between the calls."""
        follow_through.happen(self.store, lived.case_id, happening, at)

    def _through(
        self,
        contact: str,
        happenings: Sequence[h.Happening],
        heat: tuple[int, int] | None,
        outcome: Outcome | None,
        at: datetime,
    ) -> None:
        for happening in happenings:
            at += SECOND
            calls.happen(self.store, contact, happening, at)
        if outcome is None:
            return
        for happening in (
            h.StageEntered(Stage.WRAP_UP),
            h.CallEnded(),
            *([h.HeatMarked(heat[1])] if heat is not None else []),
            h.Finished(outcome),
        ):
            at += SECOND
            calls.happen(self.store, contact, happening, at)


_CAUSES = (
    *["handover_lost"] * 21,
    *["carrier"] * 14,
    *["no_update"] * 9,
    *["system_fault"] * 6,
    *["price_or_invoice"] * 4,
    *["order_taken_wrong"] * 3,
    *["not_in_stock"] * 2,
    "a cause of the firm's own, with a very long name that somebody typed in one go & never cut",
    "equipment",
    *[""] * 12,
)
_GIVEN = (
    Put("one named person until it is done", remedy="named_contact"),
    Put("courier at our cost", 4800, "courier"),
    Put("credit on the account of 20.00", 2000, "credit"),
    Put("a call from the person in charge", remedy="manager_call"),
    Put("full refund", 12900, "full_refund"),
)
_ASKS = (
    "my 400 flyers before the weekend, and somebody who rings me before I have to ask again",
    "the second 38.20 back",
    "an apology in writing",
    "a technician who comes when he says that he comes",
)


def a_month(store: Store, began: datetime) -> None:
    """Seventy-three cases over thirty days from `began` (an instant), with everything in them that
    a report counts."""
    living = Living(store)
    for number, cause in enumerate(_CAUSES):
        at = began + timedelta(days=number * 7 % 30, hours=8 + number * 5 % 9, minutes=number % 60)
        given = _GIVEN[number % 5]
        refused = Put("a voucher of 5.00", 500, "voucher", Verdict.NOT_YET)
        kind = (PromiseKind.PROMISE, PromiseKind.RETURN_CALL, PromiseKind.PROGRESS)[number % 3]
        lived = living.call(
            at,
            ask=_ASKS[number % 4],
            offers=[refused, given] if number % 6 == 1 else [given] if number % 4 else [],
            promises=[("ring back with what I found", at + timedelta(hours=20), kind)],
            heat=(1 + (number * 3) % 5, 1 + number % 3),
            category=("late_delivery", "billing", "quality", "refund")[number * number % 4],
            cause=cause,
            outcome=Outcome.AGREED if number % 4 else Outcome.INVESTIGATING,
            follow_up=at + timedelta(days=2),
        )
        _afterwards(living, lived, number, at)


def _afterwards(living: Living, lived: Lived, number: int, at: datetime) -> None:
    (promise,) = lived.promises
    if number % 7 == 2:
        living.ring(lived, at + timedelta(hours=3), Reached.VOICEMAIL, Outcome.NOT_REACHED)
    if number % 9 == 4:
        living.after(
            lived, f.PromiseMissed(promise, "the plate was lost"), at + timedelta(hours=30)
        )
    elif number % 9 == 5:
        living.after(lived, f.PromiseWithdrawn(promise, "not needed"), at + timedelta(hours=9))
    elif number % 9 < 7:
        late = timedelta(hours=19 if number % 5 else 26)
        living.ring(lived, at + late, happenings=[f.PromiseKept(promise)])
        living.after(lived, f.FollowedUp(lived.follow_up), at + timedelta(days=2))
