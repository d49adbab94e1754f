"""What the record hands out to be shown: plain values, detached from every session."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from calmdesk.guide.actions import ActionState, effect, state
from calmdesk.guide.promises import has_time

if TYPE_CHECKING:
    from calmdesk.guide.call import Call
    from calmdesk.guide.happenings import CallerNamed

PAGE = 64
"""Rows of one page of a list."""


@dataclass(frozen=True)
class Me:
    """The agent at this desk."""

    id: str
    name: str = ""
    direct_line: str = ""
    email: str = ""
    own_line: str = field(default="", repr=False)
    """Theirs alone: shown on their own Desk and nowhere else (S37, S48)."""


@dataclass(frozen=True)
class Colleague:
    """Somebody to whom things can be handed."""

    id: str
    name: str
    left_at: datetime | None = None
    """When they left the firm."""
    me: bool = False


Choice = Literal["pinned", "muted"]
"""What an agent made of a phrase, for themselves."""


@dataclass(frozen=True)
class KnownIssue:
    """What is wrong just now, in one honest sentence (S38)."""

    id: str
    category: str
    """Id in the playbook, or as it was typed."""
    sentence: str
    until_at: datetime
    agent: str = ""
    """Name of who announced it."""

    def stands(self, now: datetime, category: str) -> bool:
        """Whether it belongs on a call about `category` now."""
        return now < self.until_at and self.category.casefold() == category.casefold()


@dataclass(frozen=True)
class LookedBack:
    """Three lines after a call (S89), and who may read them."""

    escalated: str = ""
    """How it went up."""
    better: str = ""
    """What I could do better."""
    process: str = ""
    """What in our process is wrong."""
    with_whom: str = ""
    """The colleague with whom; naming them lets them read nothing."""
    shared: bool = False
    """Whether others may read it."""

    def __bool__(self) -> bool:
        return bool(self.escalated or self.better or self.process or self.with_whom)


@dataclass(frozen=True)
class EndedCall:
    """A call to look back on."""

    contact_id: str
    customer: str
    hard: bool = False
    """Whether looking back is offered: it shook the agent, was ended, or began hot."""
    looked_back: LookedBack | None = None
    """What the agent kept of it; None while nothing is."""


@dataclass(frozen=True)
class Debriefed:
    """A look back in a list: one's own, or one that another agent shares."""

    id: str
    at: datetime
    words: LookedBack
    agent: str = ""
    """Who wrote it; '' for one's own."""
    customer: str = ""
    """Whom the call was with; '' for another's."""


@dataclass(frozen=True)
class DueLine:
    """A promise or follow-up that comes due."""

    id: str
    case_id: str
    ref: str
    customer: str
    what: str
    due_at: datetime
    """The told instant, or when the follow-up is to be made."""
    follow_up: bool = False
    kind: str = "promise"
    """promise, return call, progress report; of a follow-up: held, handed over, review."""
    owner: str = ""
    """Name of who keeps it."""
    owner_id: str = ""
    owner_left: bool = False
    """Whether they have left: then it is nobody's, and anybody's."""
    mine: bool = True
    number: str = ""
    zone: str = ""
    """The customer's time zone by its IANA name; '' is not known."""
    missed_once: bool = False
    """Whether a told instant passed before."""
    deferred_until: datetime | None = None
    """Until when the reminder is put off."""
    tries: int = 0
    """How often they were rung for it in vain."""
    last_try: str = ""
    """What came of the last: voicemail, no answer, wrong number."""
    may_go_public: bool = False
    """Whether they may tell it in public: a review, the press, a post (S18)."""
    giver: str = ""
    """Name of who told them; '' of a follow-up."""
    told_at: datetime | None = None
    """When they were told; None of a follow-up."""
    first_due_at: datetime | None = None
    """The instant they were told first, where they agreed to another since; else None."""
    feasible: bool = False
    asked: str = ""
    """Whom it needs, and their answer (S58)."""
    state: str = "open"
    """open, kept, late, missed, withdrawn."""
    settled_at: datetime | None = None
    reason: str = ""
    """Why it was missed or withdrawn."""

    @property
    def timed(self) -> bool:
        """Whether it has a time; what has none is due behind everything."""
        return has_time(self.due_at)

    def rests(self, now: datetime) -> bool:
        """Whether its reminder is put off just now."""
        return self.deferred_until is not None and now < self.deferred_until


@dataclass(frozen=True)
class CaseLine:
    """One case in a list."""

    id: str
    ref: str
    opened_at: datetime
    agent: str
    customer: str
    company: str
    category: str
    status: str
    outcome: str
    heat_start: int
    heat_end: int
    next_at: datetime | None = None
    """When the next thing is due on it; None when nothing is."""
    missed: bool = False
    """Whether a promise on it is past its time and open, or was missed."""
    promised_at: datetime | None = None
    """When the soonest open promise on it is due; None when none with a time is open."""
    waits: bool = False
    """Whether it waits for the customer."""

    @property
    def stands(self) -> str:
        """Its status in words for a list."""
        return "waits for them" if self.waits and self.status != "closed" else self.status


@dataclass(frozen=True)
class Filter:
    """Which cases a list shows; empty fields let everything through."""

    since: datetime | None = None
    until: datetime | None = None
    """The instant before which they were opened."""
    agent: str = ""
    """Name of the agent, or how it begins."""
    status: str = ""
    cause: str | None = None
    """Id of the cause, or as typed; '' for the cases whose cause nobody has looked for yet. None
    lets everything through."""
    factor: str = ""
    """What made them worse, beside their cause (S36)."""
    seen_at: datetime | None = None
    """For a factor: the instant at which a promise that is still open counts as missed."""


@dataclass(frozen=True)
class ActionLine:
    """A corrective action, and what is known of its effect (S71, S72)."""

    id: str
    cause: str
    change: str
    owner: str
    """A role or department (D3)."""
    opened_at: datetime
    due_at: datetime
    done_at: datetime | None = None
    check_at: datetime | None = None
    days: int = 0
    """Days counted before and after."""
    before: int | None = None
    after: int | None = None
    finding: str = ""
    checked_at: datetime | None = None
    closed_at: datetime | None = None
    opened_by: str = ""
    pledges: int = 0
    """To how many customers it was pledged (D11)."""
    categories: frozenset[str] = frozenset()
    """What cases of its cause were about."""

    def state(self, now: datetime) -> ActionState:
        """How it stands at an instant."""
        return state(
            due=self.due_at,
            done=self.done_at,
            check=self.check_at,
            checked=self.checked_at,
            closed=self.closed_at,
            now=now,
        )

    @property
    def effect(self) -> str:
        """Before and after: `9 → 3, fell`; '' until it was checked."""
        if self.before is None or self.after is None:
            return ""
        return effect(self.before, self.after)


@dataclass(frozen=True)
class Example:
    """A case from which colleagues may learn, with every name removed (S84)."""

    id: str
    category: str
    cause: str
    outcome: str
    heat_start: int
    heat_end: int
    ask: str
    stake: str
    notes: tuple[tuple[str, str], ...] = ()
    """Sign and text of each note, oldest first; who called is left out."""
    said: tuple[str, ...] = ()
    """Lines that were said aloud."""
    offers: tuple[tuple[str, int, str], ...] = ()
    """Text, amount in minor units, and what they answered."""
    read_back: str = ""
    summary: str = ""


@dataclass(frozen=True)
class HandedOver:
    """A case in an inbox, with its brief (S63)."""

    id: str
    case_id: str
    ref: str
    customer: str
    of: str
    """Who handed it over."""
    brief: str
    at: datetime


@dataclass(frozen=True)
class Given:
    """A remedy that they were given, and whether it arrived."""

    offer_id: str
    text: str
    amount: int = 0
    received: str = ""


@dataclass(frozen=True)
class Errand:
    """What an outgoing call is for, and what to convey in it (S17)."""

    line: DueLine | None
    """The promise or follow-up; None when they are rung for neither."""
    given: tuple[Given, ...] = ()
    missed: bool = False
    """Whether a promise on the case was ever missed: then sorry is said once more."""
    changed: str = ""
    """What has changed since, as far as the record knows: facts found, answers of colleagues."""
    brief: str = ""
    """The last hand-over's brief."""
    closed: bool = False
    """Whether the case was closed when they were rung."""


@dataclass(frozen=True)
class Board:
    """What the Desk shows between calls."""

    due: tuple[DueLine, ...] = ()
    due_later: int = 0
    """How many more are due after those."""
    open: tuple[CaseLine, ...] = ()
    inbox: tuple[HandedOver, ...] = ()
    """Cases handed to this agent that they have not taken yet."""
    handed_on: tuple[DueLine, ...] = ()
    """Promises of this agent that somebody else keeps (S102)."""
    to_finish: tuple[tuple[str, str, str], ...] = ()
    """Parked wrap-ups: contact id, reference, customer."""
    calls_today: int = 0
    agreed_today: int = 0


@dataclass(frozen=True)
class Story:
    """The story so far, in three lines: what they asked, what was promised, what was last said."""

    case_id: str
    ref: str
    asked: str
    promised: str = ""
    due_at: datetime | None = None
    first_due_at: datetime | None = None
    """The instant they were told first, where they agreed to another since; else None."""
    missed: bool = False
    last_told: str = ""
    last_at: datetime | None = None
    status: str = ""


@dataclass(frozen=True)
class Match:
    """A customer who may be the caller."""

    customer_id: str
    caller: CallerNamed
    sure: bool
    """The number is theirs; a name alone is only a maybe."""
    calls: int = 0
    had: tuple[str, ...] = ()
    """What they were given in earlier cases."""
    story: Story | None = None
    cases: tuple[CaseLine, ...] = ()

    @property
    def missed(self) -> bool:
        """Whether our own record shows a promise to them as missed."""
        return self.story is not None and self.story.missed

    def at(self, now: datetime) -> Match:
        """The same later in the call: a promise that has come due since is missed."""
        story = self.story
        if story is None or story.missed or story.due_at is None or story.due_at > now:
            return self
        return replace(self, story=replace(story, missed=True))


@dataclass(frozen=True)
class KeptDraft:
    """Half-typed text of one field."""

    field: str
    text: str
    cursor: int = 0
    focused: bool = False


@dataclass
class OpenCall:
    """A call that a restart takes up again."""

    call: Call
    drafts: tuple[KeptDraft, ...] = ()
    last_sign: datetime | None = None
    """The last instant at which something of it reached the disk."""
    said_before: frozenset[str] = frozenset()
    """Phrases said in earlier calls of the case."""
    errand: Errand | None = None
    """What an outgoing call is for; None when they rang us."""
    pause_after: int = 0
    """Minutes of private pause that follow Save; 0 for none."""


@dataclass(frozen=True)
class JournalLine:
    """One entry of a case's journal, as it is read."""

    at: datetime
    kind: str
    agent: str
    fields: dict[str, Any]
    """The happening's fields."""
    clock: float | None = None
    """Seconds since the call was answered; None between calls."""


@dataclass(frozen=True)
class CaseWhole:
    """A case with everything on it, to read."""

    line: CaseLine
    number: str
    since: int
    value: int
    ask: str
    stake: str
    fault: str
    cold: bool
    read_back: str
    agreed_at: datetime | None
    summary: str
    deadline_at: datetime | None = None
    """When it is too late for them (S42)."""
    may_go_public: bool = False
    """Whether they may tell it in public: a review, the press, a post (S18)."""
    zone: str = ""
    """The customer's time zone by its IANA name; '' is not known."""
    closed_at: datetime | None = None
    told_at: datetime | None = None
    """When they were told the answer (S83)."""
    told_how: str = ""
    cause: str = ""
    factors: tuple[str, ...] = ()
    """What made it worse, beside its cause."""
    example: bool = False
    contacts: tuple[dict[str, Any], ...] = ()
    notes: tuple[dict[str, Any], ...] = ()
    offers: tuple[dict[str, Any], ...] = ()
    promises: tuple[dict[str, Any], ...] = ()
    follow_ups: tuple[dict[str, Any], ...] = ()
    attempts: tuple[dict[str, Any], ...] = ()
    consults: tuple[dict[str, Any], ...] = ()
    handovers: tuple[dict[str, Any], ...] = ()
    waitings: tuple[dict[str, Any], ...] = ()
    letters: tuple[dict[str, Any], ...] = ()
    """Those that left the house, in their exact words."""
    journal: tuple[JournalLine, ...] = field(default=())
