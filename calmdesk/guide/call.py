"""The live call: what everything that happened in it adds up to.

The screen adds each happening as it is caused; a restart adds up the journal. Both get the same
call, because there is only this one sum. It holds no widget and no row.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import singledispatchmethod

from calmdesk.guide import happenings as h
from calmdesk.guide.afterwards import CaseHandedOver, Pledged
from calmdesk.guide.callback import Callback, after
from calmdesk.guide.listening import Kind, Spans, close, leave_out, running, total, turn
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Outcome, Verdict
from calmdesk.guide.promises import FollowUpKind, FollowUpResult, PromiseKind
from calmdesk.guide.stages import Fault, Stage


@dataclass(frozen=True)
class Note:
    """One entered line, as it now stands."""

    note_id: str
    at: datetime
    sign: Sign
    text: str
    source: str = ""
    asked: bool = False
    """A parked question that was asked."""
    dropped: bool = False
    """A parked question that is no longer needed."""

    @property
    def parked(self) -> bool:
        """A question that still waits."""
        return self.sign is Sign.QUESTION and not self.asked and not self.dropped


@dataclass(frozen=True)
class Offer:
    """One remedy on the table, in one round of offers."""

    offer_id: str
    round: int
    text: str
    amount: int = 0
    remedy: str = ""
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Promise:
    """What the customer was told will happen."""

    promise_id: str
    at: datetime
    what: str
    due: datetime | None = None
    feasible: bool = False
    asked: str = ""
    of_kind: PromiseKind = PromiseKind.PROMISE


@dataclass(frozen=True)
class FollowUp:
    """When somebody looks whether it held."""

    follow_up_id: str
    due: datetime
    owner: str = ""
    """Who looks; '' is the agent of the call."""


@dataclass
class Call:
    """One call as it stands. `add` is the only way it changes."""

    contact_id: str
    case_id: str
    ref: str
    answered_at: datetime
    stage: Stage = Stage.LISTEN
    spans: Spans = ()
    back: Callback | None = None
    """What an outgoing call is for and found; None when they rang us."""
    caller: h.CallerNamed = field(default_factory=h.CallerNamed)
    joined: bool = False
    """Whether this call was made part of an earlier case."""
    notes: list[Note] = field(default_factory=list)
    told_at: datetime | None = None
    heard_at: datetime | None = None
    heats: list[h.HeatMarked] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    """Ids of phrases said in this case."""
    said_groups: set[str] = field(default_factory=set)
    """Classes of the phrases said in this call."""
    sorries: int = 0
    """Apologies so far, of both kinds (D1)."""
    back_said: str = ""
    verified: bool = False
    fault: Fault = Fault.UNKNOWN
    category: str = ""
    ask: str = ""
    stake: str = ""
    """The last thing at stake that was noted."""
    deadline: datetime | None = None
    """When it is too late for them (S42)."""
    offers: list[Offer] = field(default_factory=list)
    round: int = 1
    verdict: Verdict | None = None
    """Their answer to the last round; None while it is open."""
    read_back: str = ""
    agreed_at: datetime | None = None
    promises: list[Promise] = field(default_factory=list)
    pledged: tuple[str, ...] = ()
    """Ids of the corrective actions by which they were told that it will not recur (D11)."""
    card: h.CardGiven = field(default_factory=lambda: h.CardGiven(False, False))
    follow_up: FollowUp | None = None
    no_follow_up: bool = False
    """Whether the agent struck the follow-up out; it is not proposed again."""
    review: FollowUp | None = None
    """When somebody looks whether they wrote a review, beside the other follow-up (S87)."""
    escalated: h.Escalated | None = None
    boundary: int = 0
    """Highest step of the boundary ladder reached; 0 is none."""
    help_at: datetime | None = None
    acts: tuple[str, ...] = ()
    """What the caller was seen to do (D10)."""
    ticks: tuple[str, ...] = ()
    """Which of the agent's three questions are ticked (S21)."""
    handed_to: str = ""
    """Who goes on with the case, with a brief in their inbox; '' while nobody does (S63)."""
    outcome: Outcome | None = None
    summary: str = ""
    ended_at: datetime | None = None
    finished: bool = False

    # -- what is read from it ---------------------------------------------------------------

    @property
    def heat(self) -> h.HeatMarked | None:
        """The last heat that was marked."""
        return self.heats[-1] if self.heats else None

    @property
    def heat_before(self) -> int:
        """The level that was marked before it; 0 when there is none."""
        return self.heats[-2].level if len(self.heats) > 1 else 0

    @property
    def held(self) -> bool:
        """Whether the caller is on hold."""
        last = running(self.spans)
        return last is not None and last.kind is Kind.HOLD

    @property
    def parked(self) -> list[Note]:
        """Questions that still wait."""
        return [note for note in self.notes if note.parked]

    @property
    def table(self) -> list[Offer]:
        """The offers of the running round."""
        return [offer for offer in self.offers if offer.round == self.round]

    @property
    def given(self) -> list[Offer]:
        """The offers that were accepted."""
        return [offer for offer in self.offers if offer.verdict is Verdict.YES]

    def texts(self, sign: Sign) -> list[str]:
        """The texts of all notes of one sign, oldest first."""
        return [note.text for note in self.notes if note.sign is sign]

    @property
    def stage_after(self) -> Stage:
        """Where f4 goes: from a callback that held straight to its end."""
        if (
            self.stage is Stage.CONVEY
            and self.back is not None
            and self.back.held is FollowUpResult.HELD
        ):
            return Stage.WRAP_UP
        return self.stage.next()

    @property
    def stage_before(self) -> Stage:
        """Where f3 goes."""
        early = self.stage in (Stage.CONVEY, Stage.LISTEN)
        return Stage.CONVEY if early and self.back is not None else self.stage.previous()

    def seconds(self, kind: Kind, now: datetime) -> float:
        """Seconds of this call that went into one kind."""
        return total(self.spans, kind, now)

    # -- how it changes ---------------------------------------------------------------------

    @classmethod
    def of(
        cls,
        contact_id: str,
        case_id: str,
        ref: str,
        journal: Iterable[tuple[datetime, h.Happening]],
    ) -> "Call":
        """Add up a call's journal, oldest first. Raises ValueError when it is empty."""
        call: Call | None = None
        for at, happening in journal:
            if call is None:
                call = cls(contact_id, case_id, ref, answered_at=at)
            call.add(happening, at)
        if call is None:
            raise ValueError(f"the call {contact_id} has no journal")
        return call

    @singledispatchmethod
    def add(self, happening: h.Happening, at: datetime) -> None:
        """Let something have happened at an instant."""
        if self.back is not None:
            self.back = after(happening, self.back)

    @add.register
    def _(self, it: h.Answered, at: datetime) -> None:
        if it.direction == "out":
            self.back, self.stage = Callback(it.about), Stage.CONVEY
        self.spans = turn(self.spans, self._speaking, at)
        if it.number:
            self.caller = h.CallerNamed(number=it.number)

    @add.register
    def _(self, it: h.CallerNamed, at: datetime) -> None:
        self.caller = it

    @add.register
    def _(self, it: h.CaseJoined, at: datetime) -> None:
        self.case_id, self.ref, self.joined = it.case_id, it.ref, True

    @add.register
    def _(self, it: h.Noted, at: datetime) -> None:
        self.notes.append(Note(it.note_id, at, it.sign, it.text, it.source))
        if it.sign is Sign.STAKE:
            self.stake = it.text

    @add.register
    def _(self, it: h.NoteMended, at: datetime) -> None:
        self._note(it.note_id, text=it.text, sign=it.sign, source=it.source)
        self.stake = next((n.text for n in reversed(self.notes) if n.sign is Sign.STAKE), "")

    @add.register
    def _(self, it: Pledged, at: datetime) -> None:
        if it.action_id:
            self.pledged = tuple(dict.fromkeys((*self.pledged, it.action_id)))

    @add.register
    def _(self, it: h.QuestionAsked, at: datetime) -> None:
        self._note(it.note_id, asked=True)

    @add.register
    def _(self, it: h.QuestionDropped, at: datetime) -> None:
        self._note(it.note_id, dropped=True)

    def _note(self, note_id: str, **changes: object) -> None:
        self.notes = [
            replace(note, **changes) if note.note_id == note_id else note  # type: ignore[arg-type]
            for note in self.notes
        ]

    @add.register
    def _(self, it: h.StoryTold, at: datetime) -> None:
        self.told_at = self.told_at or at

    @add.register
    def _(self, it: h.Heard, at: datetime) -> None:
        self.heard_at = self.heard_at or at

    @add.register
    def _(self, it: h.StageEntered, at: datetime) -> None:
        """Leaving Listen ends the listening; coming back listens again."""
        self.stage = it.stage
        if it.stage is not Stage.LISTEN:
            self.told_at = self.told_at or at
        if not self.held and self.ended_at is None:
            self.spans = turn(self.spans, self._speaking, at)

    @property
    def _speaking(self) -> Kind:
        return Kind.LISTEN if self.stage is Stage.LISTEN else Kind.TALK

    @add.register
    def _(self, it: h.Held, at: datetime) -> None:
        self.spans = turn(self.spans, Kind.HOLD, at)

    @add.register
    def _(self, it: h.Resumed, at: datetime) -> None:
        self.spans = turn(self.spans, self._speaking, at)

    @add.register
    def _(self, it: h.Slept, at: datetime) -> None:
        if not it.counted:
            self.spans = leave_out(self.spans, it.since, it.until)

    @add.register
    def _(self, it: h.HeatMarked, at: datetime) -> None:
        self.heats.append(it)

    @add.register
    def _(self, it: h.PhraseSaid, at: datetime) -> None:
        self.said.add(it.phrase)
        self.said_groups.add(it.group)
        self.sorries += it.group in ("regret", "ownership")

    @add.register
    def _(self, it: h.Apologised, at: datetime) -> None:
        self.sorries += 1

    @add.register
    def _(self, it: h.BackSaid, at: datetime) -> None:
        self.back_said = it.line

    @add.register
    def _(self, it: h.IdentityTicked, at: datetime) -> None:
        self.verified = it.verified

    @add.register
    def _(self, it: h.FaultSettled, at: datetime) -> None:
        self.fault = it.fault

    @add.register
    def _(self, it: h.CategoryChosen, at: datetime) -> None:
        self.category = it.category

    @add.register
    def _(self, it: h.AskPut, at: datetime) -> None:
        self.ask = it.ask

    @add.register
    def _(self, it: h.Offered, at: datetime) -> None:
        if self.verdict is not None:
            self.round += 1
        self.verdict = None
        self.offers.append(Offer(it.offer_id, self.round, it.text, it.amount, it.remedy))

    @add.register
    def _(self, it: h.OfferWithdrawn, at: datetime) -> None:
        self.offers = [offer for offer in self.offers if offer.offer_id != it.offer_id]

    @add.register
    def _(self, it: h.VerdictGiven, at: datetime) -> None:
        self.verdict = it.verdict
        self.offers = [
            replace(offer, verdict=it.verdict) if offer.round == self.round else offer
            for offer in self.offers
        ]

    @add.register
    def _(self, it: h.ReadBack, at: datetime) -> None:
        self.read_back = it.text
        self.agreed_at = at if it.agreed else None

    @add.register
    def _(self, it: h.Promised, at: datetime) -> None:
        self.promises.append(
            Promise(it.promise_id, at, it.what, it.due, it.feasible, it.asked, it.of_kind)
        )

    @add.register
    def _(self, it: h.PromiseChanged, at: datetime) -> None:
        self.promises = [
            replace(p, what=it.what, due=it.due, feasible=it.feasible, asked=it.asked)
            if p.promise_id == it.promise_id
            else p
            for p in self.promises
        ]

    @add.register
    def _(self, it: h.PromiseTakenBack, at: datetime) -> None:
        self.promises = [p for p in self.promises if p.promise_id != it.promise_id]

    @add.register
    def _(self, it: h.CardGiven, at: datetime) -> None:
        self.card = it

    @add.register
    def _(self, it: h.FollowUpSet, at: datetime) -> None:
        set_up = FollowUp(it.follow_up_id, it.due, it.owner)
        if it.of_kind is FollowUpKind.REVIEW:
            self.review = set_up
        else:
            self.follow_up = set_up

    @add.register
    def _(self, it: h.FollowUpDropped, at: datetime) -> None:
        if self.review is not None and self.review.follow_up_id == it.follow_up_id:
            self.review = None
        else:
            self.follow_up, self.no_follow_up = None, True

    @add.register
    def _(self, it: h.Escalated, at: datetime) -> None:
        self.escalated = it

    @add.register
    def _(self, it: CaseHandedOver, at: datetime) -> None:
        self.handed_to = it.to_name

    @add.register
    def _(self, it: h.BoundarySet, at: datetime) -> None:
        self.boundary = max(self.boundary, it.step)

    @add.register
    def _(self, it: h.HelpAsked, at: datetime) -> None:
        self.help_at = at

    @add.register
    def _(self, it: h.NotRung, at: datetime) -> None:
        self.finished = True
        self.spans = close(self.spans, at)

    @add.register
    def _(self, it: h.CallEnded, at: datetime) -> None:
        self.ended_at = at
        self.stage = Stage.WRAP_UP
        self.spans = turn(self.spans, Kind.WRAP_UP, at)

    @add.register
    def _(self, it: h.CallWentOn, at: datetime) -> None:
        self.ended_at = None
        self.spans = turn(self.spans, Kind.TALK, at)

    @add.register
    def _(self, it: h.DeadlineNamed, at: datetime) -> None:
        self.deadline = it.due

    @add.register
    def _(self, it: h.BehaviourSeen, at: datetime) -> None:
        self.acts = it.acts

    @add.register
    def _(self, it: h.SelfChecked, at: datetime) -> None:
        self.ticks = it.ticks

    @add.register
    def _(self, it: h.OutcomeChosen, at: datetime) -> None:
        self.outcome = it.outcome

    @add.register
    def _(self, it: h.Summed, at: datetime) -> None:
        self.summary = it.text

    @add.register
    def _(self, it: h.Parked, at: datetime) -> None:
        self.spans = close(self.spans, at)

    @add.register
    def _(self, it: h.Reopened, at: datetime) -> None:
        self.spans = turn(self.spans, Kind.WRAP_UP, at)

    @add.register
    def _(self, it: h.Finished, at: datetime) -> None:
        self.outcome, self.finished = it.outcome, True
        self.spans = close(self.spans, at)
