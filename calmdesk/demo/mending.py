"""What the demo's firm has changed, whether it helped, and a case that went well."""

from datetime import datetime, timedelta

from sqlmodel import col, select

from calmdesk.guide.afterwards import ExampleMarked
from calmdesk.guide.outcome import Outcome
from calmdesk.records import actions, follow_through
from calmdesk.records.models import Case
from calmdesk.records.store import Store

CHANGES = (
    ("equipment", "a spare plate for every job over 500", "the print room", 4, None),
    ("price_or_invoice", "a second look before each invoice run", "accounts", -2, None),
    ("system_fault", "shop restarts are tried at night first", "web operations", -4, 5),
)
"""Cause, change, owner, in how many days it is due, and how many days ago it was made."""


def mend(store: Store, now: datetime) -> None:
    """Open the changes, one of them made and due to be checked, and mark the case whose heat fell
    most as an example."""
    with store.transaction() as session:
        agreed = session.exec(
            select(Case)
            .where(Case.joined_to == "", Case.outcome == Outcome.AGREED)
            .order_by(col(Case.opened_at), col(Case.id))
        ).all()
    best = max(agreed, key=lambda case: (case.heat_start - case.heat_end, case.id))
    follow_through.happen(store, best.id, ExampleMarked(True), now)
    opened = now - timedelta(days=12)
    for cause, change, owner, due, made in CHANGES:
        action_id = store.new_id(opened)
        by = now + timedelta(days=due)
        actions.open_action(store, action_id, cause, change, owner, by, opened)
        if made is not None:
            done = now - timedelta(days=made)
            check = done + timedelta(days=made, minutes=-30)
            actions.action_done(store, action_id, check, made - 1, done)
