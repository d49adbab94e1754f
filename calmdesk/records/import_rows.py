"""The rows of imported cases: what their log tells, and nothing that it does not."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import Session

from calmdesk.clock import local
from calmdesk.exchange.lines import OfferSaid
from calmdesk.exchange.stored_times import stored
from calmdesk.exchange.taken import Taken
from calmdesk.guide.listening import Kind
from calmdesk.guide.money import places
from calmdesk.guide.outcome import CallState
from calmdesk.guide.promises import PromiseState
from calmdesk.guide.stages import Stage
from calmdesk.records import bulk
from calmdesk.records.bulk import Rows
from calmdesk.records.ids import reference
from calmdesk.records.import_glances import Seen
from calmdesk.records.import_people import People
from calmdesk.records.models import NOWHEN
from calmdesk.records.sheet_ids import sheet_id
from calmdesk.records.store import Store

_STAGE, _TALK = Stage.WRAP_UP.value, Kind.TALK.value
_MISSED = (PromiseState.LATE, PromiseState.MISSED)


class CaseRows:
    """The rows of some new cases, by table, and what lists see of each."""

    def __init__(
        self, store: Store, refs: set[str], people: People, new: list[Taken], now: datetime
    ) -> None:
        """`refs` are those references of theirs that other cases have."""
        self._store, self._people, self._now = store, people, now
        self._refs = refs
        self.case = Rows(
            "case",
            "id ref agent_id customer_id opened_at updated_at closed_at status category fault ask "
            "stake heat_start heat_end outcome summary read_back agreed_at told_at told_how cause "
            "example",
        )
        self.contact = Rows(
            "contact",
            "id case_id agent_id direction number answered_at ended_at finished_at stage state "
            "outcome",
        )
        self.span = Rows("span", "contact_id seq kind began_at ended_at")
        self.note = Rows("note", "id case_id contact_id at sign text")
        self.offer = Rows("offer", "id case_id contact_id at round text amount verdict")
        self.promise = Rows(
            "promise",
            "id case_id agent_id owner_id told_at what kind due_at first_due_at state missed_once",
        )
        self.follow_up = Rows("follow_up", "id case_id owner_id due_at what kind state")
        self.review = Rows("review", "id case_id agent_id of_id at read_at")
        self.seen = [self._case(it) for it in new]

    def tables(self) -> Iterator[Rows]:
        """All rows, in an order in which they can be written."""
        yield from (self.case, self.contact, self.span, self.note)
        yield from (self.offer, self.promise, self.follow_up, self.review)

    def _case(self, it: Taken) -> Seen:
        agent = self._people.agent(it.agent, self._now)
        customer = self._people.customer(it)
        opened = stored(it.opened)
        ends = [stored(at) if at is not None else None for at in (it.closed, it.agreed, it.told)]
        closed, agreed, told = ends
        self.case.add(
            (
                it.case_id,
                self._ref(it),
                agent,
                customer,
                opened,
                max(filter(None, (opened, *ends))),
                closed,
                it.status,
                it.category,
                it.fault,
                it.ask,
                it.stake,
                it.heat_before,
                it.heat_after,
                it.outcome,
                it.summary,
                it.read_back,
                agreed,
                told,
                it.told_how,
                it.cause,
                it.example,
            )
        )
        calls = self._calls(it, agent) if it.calls else []
        if it.said:
            contact = calls[0] if calls else None
            self.note.add((sheet_id(it.case_id, 0), it.case_id, contact, opened, "", it.said))
        cost = self._offers(it, calls, opened) if it.offers else 0
        self._lines(it, agent)
        if it.reviewed is not None:
            reviewer = self._people.agent(it.reviewed_by, self._now)
            at = stored(it.reviewed)  # its words are in no sheet: nobody is to read it any more
            self.review.add((sheet_id(it.case_id, 0), it.case_id, reviewer, agent, at, at))
        return Seen(it, opened, agent, customer or "", cost)

    def _ref(self, it: Taken) -> str:
        """The log's own reference where it can be one, else one of ours."""
        if it.ref and it.ref not in self._refs:
            self._refs.add(it.ref)
            return it.ref
        day, attempt = local(it.opened, self._store.zone), 0
        while (ref := reference(it.case_id, day, attempt)) in self._refs:
            attempt += 1
        self._refs.add(ref)
        return ref

    def _calls(self, it: Taken, agent: str) -> list[str]:
        number = it.numbers[0] if len(it.numbers) == 1 else ""
        made = []
        for place, call in enumerate(it.calls):
            rung, last = call.seconds is not None, place == len(it.calls) - 1
            began = stored(call.at)
            ended = stored(call.at + timedelta(seconds=call.seconds or 0))
            contact = sheet_id(it.case_id, place)
            outcome = it.outcome if last and rung else ""
            state = CallState.FINISHED if rung else CallState.NOT_RUNG
            self.contact.add(
                (
                    *(contact, it.case_id, agent, call.direction, number, began, ended, ended),
                    *(_STAGE, state, outcome),
                )
            )
            if call.seconds:
                self.span.add((contact, 0, _TALK, began, ended))
            made.append(contact)
        return made

    def _offers(self, it: Taken, calls: list[str], opened: str) -> int:
        """The offers of a case. Returns what the accepted ones cost, in minor units."""
        cost = 0
        for place, offer in enumerate(it.offers):
            amount = _minor(offer, it.currency)
            cost += amount if offer.verdict == "yes" else 0
            self.offer.add(
                (
                    *(sheet_id(it.case_id, place), it.case_id, calls[0], opened),
                    *(place + 1, offer.text, amount, offer.verdict),
                )
            )
        return cost

    def _lines(self, it: Taken, agent: str) -> None:
        """Promises and follow-ups."""
        for place, promise in enumerate(it.promises):
            due = stored(promise.due or NOWHEN)
            self.promise.add(
                (
                    *(sheet_id(it.case_id, place), it.case_id, agent, agent, stored(promise.told)),
                    *(promise.what, promise.kind, due, due, promise.state),
                    promise.state in _MISSED,
                )
            )
        for place, line in enumerate(it.follow_ups):
            due = stored(line.due or NOWHEN)
            follow_up = sheet_id(it.case_id, place, 1)
            self.follow_up.add(
                (follow_up, it.case_id, agent, due, line.what, line.kind, line.state)
            )


def _wanted(store: Store, new: list[Taken]) -> Iterator[str]:
    """References that the new cases may get."""
    for it in new:
        yield it.ref or reference(it.case_id, local(it.opened, store.zone))


def taken_refs(store: Store, session: Session, new: list[Taken]) -> set[str]:
    """Those references that new cases may get, and another case has."""
    query = 'SELECT ref FROM "case" WHERE ref IN'
    return {ref for (ref,) in bulk.among(session, query, list(_wanted(store, new)))}


def _minor(offer: OfferSaid, currency: str) -> int:
    return round(float(offer.amount) * 10.0 ** places(currency))
