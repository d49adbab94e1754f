"""What is of no single case, taken from another calmdesk: who works there, known issues, actions."""

from functools import partial

from sqlalchemy import Connection

from calmdesk.records import which_stands
from calmdesk.records.parcels import Common
from calmdesk.records.plain_rows import ACTION, AGENT, EVENT, ISSUE, Row
from calmdesk.records.which_stands import is_sound, stamps
from calmdesk.records.writing_rows import Page


def take_common(connection: Connection, page: Page, common: Common, me: str, sender: str) -> int:
    """Lay what was sent on the page; `sender` knows best who they are themselves. Returns how many
    known issues and actions changed."""
    page.know(AGENT, AGENT.all(connection))
    for row in common.agents:
        of_sender = row["id"] == sender and row["id"] != me
        page.settle(AGENT, row, partial(which_stands.agent, of_sender=of_sender))
    page.know(ISSUE, ISSUE.rows(connection, [it["id"] for it in common.issues]))
    changed = sum(page.settle(ISSUE, row, which_stands.known_issue) for row in common.issues)
    if common.actions or common.events:
        changed += _actions(connection, page, common)
    return changed


def _actions(connection: Connection, page: Page, common: Common) -> int:
    """Corrective actions: each as the last entry about it left it."""
    page.know(ACTION, ACTION.rows(connection, [it["id"] for it in common.actions]))
    ours = EVENT.all(connection, "case_id IS NULL")
    page.know(EVENT, ours)
    sent = [it for it in common.events if it["case_id"] is None and is_sound(it)]
    their_last, our_last = stamps(sent), stamps(ours)

    def stands(theirs: Row, mine: Row) -> Row:
        ages = [last.get(mine["id"], ("", "")) for last in (their_last, our_last)]
        newer = (ages[0], which_stands.plainly(theirs)) > (ages[1], which_stands.plainly(mine))
        return theirs if newer else mine

    changed = sum(page.settle(ACTION, row, stands) for row in common.actions)
    page.add(EVENT, sent)
    return changed
