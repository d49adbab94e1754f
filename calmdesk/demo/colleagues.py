"""What the demo's people have done together by now: a case handed over, a promise handed on, a try
in vain, a question asked, a case looked at."""

from datetime import datetime, timedelta

from sqlmodel import col, select

from calmdesk.guide import afterwards as f
from calmdesk.guide.promises import Reached
from calmdesk.guide.reviewing import Judged, Justice
from calmdesk.records import follow_through, reviews
from calmdesk.records.models import Agent, Case, Customer, Promise
from calmdesk.records.review_rows import ReviewWords
from calmdesk.records.store import Store

BRIEF = """Leila Farahani, 14 pallets of menus for a chain opening.
Asks for the truck today; the depot closes at six.
Pallets are ready, the freight was never ordered.
Told her: dispatch rings her with truck and time, which they did.
She was at heat 5, is at 3; short facts help."""

WELL = "Let him tell it to the end, and said it back before any offer."
TO_TRY = "Offer the cooler test in the first round; it settled him in the second."
ALONE = "He was hard to please, and nobody heard it in your voice. Thank you."


def work_together(store: Store, reader: str, supervisor: str, now: datetime) -> None:
    """Fill the reader's inbox and lists; the agent at this desk is the reader when it returns."""
    mine = _agent(store, reader)
    store.me = _agent(store, "Tom Abara")
    case_id = _case(store, "Leila Farahani")
    handed = f.CaseHandedOver(store.new_id(now), mine, reader, BRIEF)
    follow_through.happen(store, case_id, handed, now - timedelta(minutes=25))
    store.me = mine
    case_id = _case(store, "Olena Kovalchuk")
    promise = _promise(store, case_id, "57.00 back on her card")
    jo = _agent(store, "Jo Brandt")
    handed_on = f.PromiseHandedOver(promise, jo, "Jo Brandt", "you have the refund list")
    follow_through.happen(store, case_id, handed_on, now - timedelta(hours=1))
    case_id = _case(store, "Helen Achterberg")
    promise = _promise(store, case_id, "ring with the driver's name and arrival time")
    tried = f.Attempted(store.new_id(now), promise, Reached.VOICEMAIL, "left my direct line")
    follow_through.happen(store, case_id, tried, now - timedelta(minutes=12))
    case_id = _case(store, "Thandiwe Dlamini")
    asked = f.Consulted(store.new_id(now), "the courier's desk", "where was it scanned last?")
    follow_through.happen(store, case_id, asked, now - timedelta(minutes=40))
    store.me = _agent(store, supervisor)
    judged = {Justice.RESULT: Judged.YES, Justice.WAY: Judged.PARTLY, Justice.RESPECT: Judged.YES}
    seen = ReviewWords(mine, reader, WELL, judged, TO_TRY, ALONE)
    reviews.review(store, _case(store, "Nikos Stavrou"), seen, now - timedelta(minutes=9))
    store.me = mine


def _agent(store: Store, name: str) -> str:
    with store.transaction() as session:
        return session.exec(select(Agent.id).where(Agent.name == name)).one()


def _case(store: Store, customer: str) -> str:
    """The latest case of a customer."""
    with store.transaction() as session:
        return session.exec(
            select(Case.id)
            .join(Customer, col(Customer.id) == Case.customer_id)
            .where(Customer.name == customer)
            .order_by(col(Case.opened_at).desc())
            .limit(1)
        ).one()


def _promise(store: Store, case_id: str, what: str) -> str:
    with store.transaction() as session:
        return session.exec(
            select(Promise.id).where(Promise.case_id == case_id, Promise.what == what)
        ).one()
