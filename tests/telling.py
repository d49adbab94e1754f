"""Cases in which somebody was told something, made by the verbs of a call."""

from dataclasses import dataclass
from datetime import datetime

from calmdesk.guide import happenings as h
from calmdesk.guide.outcome import Outcome
from calmdesk.records import calls
from calmdesk.records.store import Store


@dataclass(frozen=True)
class Telling:
    """A case and what was told in it."""

    case_id: str
    promise_id: str
    follow_up_id: str = ""


def tell(
    store: Store,
    at: datetime,
    due: datetime | None,
    what: str = "ring with the plate status",
    *,
    name: str = "Dana Reyes",
    number: str = "+1 415 555 0134",
    follow_up: datetime | None = None,
    outcome: Outcome = Outcome.AGREED,
) -> Telling:
    """A short call in which one thing was promised, and perhaps a follow-up set; saved."""
    contact, case_id = store.new_id(at), store.new_id(at)
    promise_id, follow_up_id = store.new_id(at), store.new_id(at) if follow_up else ""
    calls.answer(store, contact, case_id, h.Answered(number), at)
    happenings: list[h.Happening] = [
        h.CallerNamed(name, number=number),
        h.Promised(promise_id, what, due, feasible=True, asked="dispatch, yes"),
    ]
    if follow_up is not None:
        happenings.append(h.FollowUpSet(follow_up_id, follow_up))
    for happening in [*happenings, h.CallEnded(), h.Finished(outcome)]:
        calls.happen(store, contact, happening, at)
    return Telling(case_id, promise_id, follow_up_id)
