"""What can happen to a case between its calls, or in a call about it: the other half of the
vocabulary of the journal (`guide.happenings` is what happens in a call)."""

from dataclasses import dataclass
from datetime import datetime

from calmdesk.guide.happenings import Happening, SelfChecked
from calmdesk.guide.outcome import Outcome
from calmdesk.guide.promises import FollowUpResult, Reached, Received
from calmdesk.guide.reviewing import Judged

# -- promises and follow-ups ------------------------------------------------------------------


@dataclass(frozen=True)
class PromiseKept(Happening):
    """What was promised has been done; after its time it counts as late."""

    promise_id: str


@dataclass(frozen=True)
class PromiseMissed(Happening):
    """It was not done, and will not be."""

    promise_id: str
    reason: str


@dataclass(frozen=True)
class PromiseWithdrawn(Happening):
    """The customer knows that it will not be done, and why."""

    promise_id: str
    reason: str


@dataclass(frozen=True)
class PromiseReagreed(Happening):
    """The customer was reached and agreed to another instant; the old one stays here."""

    promise_id: str
    due: datetime
    due_before: datetime | None = None


@dataclass(frozen=True)
class PromiseHandedOver(Happening):
    """Somebody else keeps it; whoever gave it stays informed (S102)."""

    promise_id: str
    to_id: str
    to_name: str
    note: str = ""


@dataclass(frozen=True)
class ReminderDeferred(Happening):
    """The reminder was put off; what was told stays as it was."""

    line_id: str
    """A promise or a follow-up."""
    until: datetime


@dataclass(frozen=True)
class ReminderRecalled(Happening):
    """The reminder is not put off after all."""

    line_id: str


@dataclass(frozen=True)
class KeepingUndone(Happening):
    """It was marked as kept by a slip of the finger; it is open again, and the journal keeps both."""

    line_id: str


@dataclass(frozen=True)
class Attempted(Happening):
    """One try to ring them (S16)."""

    attempt_id: str
    line_id: str
    """The promise or follow-up that it was for; '' for none."""
    result: Reached
    note: str = ""


@dataclass(frozen=True)
class FollowedUp(Happening):
    """Somebody looked whether it held (S15)."""

    follow_up_id: str
    result: FollowUpResult = FollowUpResult.HELD


@dataclass(frozen=True)
class FollowUpHandedOver(Happening):
    """Somebody else looks."""

    follow_up_id: str
    to_id: str
    to_name: str
    note: str = ""


@dataclass(frozen=True)
class FollowUpWithdrawn(Happening):
    """Nobody need look any more."""

    follow_up_id: str
    reason: str


@dataclass(frozen=True)
class RemedyChecked(Happening):
    """The customer was asked whether a remedy arrived (S17)."""

    offer_id: str
    received: Received


@dataclass(frozen=True)
class ChangeTold(Happening):
    """The customer was told what has changed since (S17)."""

    text: str


# -- finding out ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Consulted(Happening):
    """Somebody who must deliver was asked what is possible (S52, S58)."""

    consult_id: str
    whom: str
    question: str


@dataclass(frozen=True)
class ConsultAnswered(Happening):
    """They answered."""

    consult_id: str
    answer: str


# -- the case ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class CaseHandedOver(Happening):
    """Somebody else goes on with the case, with a brief in their inbox (S63)."""

    handover_id: str
    to_id: str
    to_name: str
    brief: str


@dataclass(frozen=True)
class HandoverTaken(Happening):
    """They have read the brief and go on."""

    handover_id: str


@dataclass(frozen=True)
class TakingUndone(Happening):
    """It was taken by a slip of the finger; the brief waits again, and the journal keeps both."""

    handover_id: str


@dataclass(frozen=True)
class CustomerTold(Happening):
    """The customer was told the answer (S83)."""

    how: str
    text: str = ""


@dataclass(frozen=True)
class CaseClosed(Happening):
    """Nothing more is to be done."""

    outcome: Outcome


@dataclass(frozen=True)
class CaseReopened(Happening):
    """It is not over after all; everything of it is kept."""

    why: str


@dataclass(frozen=True)
class WaitingBegan(Happening):
    """The case waits for the customer; the resolve clock stands still."""

    waiting_id: str
    what: str


@dataclass(frozen=True)
class WaitingEnded(Happening):
    """The customer answered."""

    waiting_id: str


@dataclass(frozen=True)
class CauseFound(Happening):
    """Why it happened, and what made it worse (S70)."""

    cause: str
    factors: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExampleMarked(Happening):
    """Colleagues may learn from it, or no longer (S84)."""

    example: bool


@dataclass(frozen=True)
class Reviewed(Happening):
    """A colleague looked at the work on it. What they wrote to the agent alone is not in here."""

    review_id: str
    of_id: str
    """Whose work it was."""
    of_name: str
    went_well: str
    result_fair: Judged = Judged.UNSAID
    way_fair: Judged = Judged.UNSAID
    respectful: Judged = Judged.UNSAID
    try_next: str = ""
    """One thing to try."""


@dataclass(frozen=True)
class ReviewWithdrawn(Happening):
    """Its reviewer took a review back before it was read."""

    review_id: str


@dataclass(frozen=True)
class CustomerMended(Happening):
    """What is known of its customer was put another way; the old way stays here."""

    customer_id: str
    field: str
    """name, company, since, account value, time zone, another name, number."""
    was: str
    """'' when it was not known."""
    now: str
    """'' when it is struck out."""


@dataclass(frozen=True)
class CustomerMerged(Happening):
    """Its customer turned out to be another one: the case is theirs now."""

    merge_id: str
    gone_id: str
    """Whose it was."""
    gone_name: str
    kept_id: str
    kept_name: str


@dataclass(frozen=True)
class CustomerParted(Happening):
    """They are two people after all, and the case is again whose it was."""

    merge_id: str
    gone_id: str
    """Whose it is again."""
    gone_name: str
    kept_id: str
    kept_name: str


@dataclass(frozen=True)
class Merged(Happening):
    """The record of another calmdesk was brought together with this one. Both had gone on with the
    case; the later row stands, and here is what the earlier one said."""

    of: str
    """Whose the earlier row was: the name of who worked there."""
    changed: datetime
    """When it was last changed."""
    lost: tuple[str, ...]
    """What it said otherwise than the one that stands: `status: open`."""


@dataclass(frozen=True)
class Pledged(Happening):
    """The customer was told that it will not happen again, by this corrective action (D11)."""

    action_id: str
    """'' where no action was under way: then it is what they were told, and no pledge."""
    change: str
    """What changes; as typed, and perhaps '', where no action was under way."""


@dataclass(frozen=True)
class Imported(Happening):
    """The case was taken over from a log that was kept elsewhere."""

    file: str
    """Name of the file."""
    line: int
    """Where it stood in it."""
    fields: dict[str, str]
    """What has no place of its own here, by the name of its column, as it was written."""


# -- letters ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class LetterDrafted(Happening):
    """A letter was begun."""

    letter_id: str
    letter: str
    """Which letter: confirmation, holding, final_answer, public_reply."""


@dataclass(frozen=True)
class LetterRead(Happening):
    """A colleague read it first (S81)."""

    letter_id: str
    reader: str


@dataclass(frozen=True)
class LetterReleased(Happening):
    """It left the house, in exactly these words."""

    letter_id: str
    letter: str
    to: str
    text: str
    subject: str = ""


@dataclass(frozen=True)
class LetterSent(Happening):
    """Its writer says that it was sent; calmdesk sends nothing itself."""

    letter_id: str
    letter: str


@dataclass(frozen=True)
class LetterDropped(Happening):
    """It is not sent."""

    letter_id: str


# -- causes mended: of no single case ---------------------------------------------------------


@dataclass(frozen=True)
class ActionOpened(Happening):
    """A change that is to remove a cause (S71)."""

    action_id: str
    cause: str
    change: str
    owner: str
    due: datetime
    action_kind: str = "corrective"


@dataclass(frozen=True)
class ActionChanged(Happening):
    """What is to be changed, by whom or by when was put another way."""

    action_id: str
    change: str
    owner: str
    due: datetime


@dataclass(frozen=True)
class ActionDone(Happening):
    """The change is made; when its effect is checked, and over how many days."""

    action_id: str
    check: datetime
    days: int


@dataclass(frozen=True)
class ActionChecked(Happening):
    """The cause was counted before and after (S72)."""

    action_id: str
    before: int
    after: int
    finding: str


@dataclass(frozen=True)
class ActionClosed(Happening):
    """It is proven, or given up with what was found."""

    action_id: str


# -- what stays with whoever did it -----------------------------------------------------------

PRIVATE_KINDS = tuple(it.kind() for it in (SelfChecked, LetterDrafted, LetterRead, LetterDropped))
"""Entries that are nobody's business but the writer's: what they asked themselves, and letters that
have not left, whose instants would tell how long one waited."""
