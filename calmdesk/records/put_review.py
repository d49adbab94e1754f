"""The row of a review. What its reviewer wrote to the agent alone is put there by the verb
(`reviews.review`), and is in no happening."""

from sqlmodel import select

from calmdesk.errors import Refused
from calmdesk.guide import afterwards as f
from calmdesk.records.models import Contact, Review
from calmdesk.records.putting import Change, put


@put.register
def _(it: f.Reviewed, to: Change) -> None:
    """Kept again before it was read, the same review is mended."""
    if it.of_id == to.me:
        raise Refused("It is your own work; a colleague looks at it.")
    row = to.session.get(Review, it.review_id)
    if row is None:
        _check_worked(to, it)
        row = Review(id=it.review_id, case_id=to.case.id, agent_id=to.me, of_id=it.of_id, at=to.at)
        to.session.add(row)
    elif row.read_at is not None or row.agent_id != to.me:
        raise Refused("It was read already; write another one.")
    row.at, row.went_well, row.try_next = to.at, it.went_well, it.try_next
    row.result_fair, row.way_fair = it.result_fair, it.way_fair
    row.respectful = it.respectful


def _check_worked(to: Change, it: f.Reviewed) -> None:
    calls = select(Contact.id).where(Contact.case_id == to.case.id, Contact.agent_id == it.of_id)
    if to.session.exec(calls.limit(1)).first() is None:
        raise Refused(f"{it.of_name or 'They'} had no call on this case.")


@put.register
def _(it: f.ReviewWithdrawn, to: Change) -> None:
    """It goes whole, and what was written to the agent with it."""
    row = to.session.get(Review, it.review_id)
    if row is None or row.agent_id != to.me:
        raise Refused("Only who wrote a review takes it back.")
    if row.read_at is not None:
        raise Refused("It was read already, and stays; write another one.")
    to.session.delete(row)
