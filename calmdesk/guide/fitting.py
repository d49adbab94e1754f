"""Whether what is to be saved fits together: what a call found, and the outcome that is chosen."""

from calmdesk.guide.call import Call
from calmdesk.guide.outcome import Outcome
from calmdesk.guide.promises import Reached


def contradiction(call: Call, outcome: Outcome | None) -> str:
    """A sentence where the outcome says that they were not reached, and the try that they were,
    with both ways out of it; '' where they agree (S16)."""
    reached = call.back is not None and call.back.reached is Reached.REACHED
    if not reached or outcome is not Outcome.NOT_REACHED:
        return ""
    return (
        "You marked them as reached: choose another outcome, or ctrl+s makes the try “no answer”."
    )


def unanswered(call: Call, outcome: Outcome | None) -> str:
    """A sentence where they are said to agree, and nobody noted that the last offer settles it;
    '' where it was answered, or nothing was offered (S60)."""
    agreed = outcome in (Outcome.AGREED, Outcome.PARTLY_AGREED)
    if not agreed or call.verdict is not None or not call.table:
        return ""
    offer = call.table[-1]
    which = f"Offer {offer.round}, “{offer.text}”,"
    return f"{which} was never answered: ctrl+r, or /settle yes. ctrl+s saves it as it is."
