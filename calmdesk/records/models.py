"""The tables, named in the field's own terms (terms.md).

`event` is the append-only journal; the rows beside it are what is now true. A plain `datetime` is
an aware instant in UTC: SQLModel refuses a naive one. Columns that lists are ordered by are never
null. Nothing here is SQLite's alone. It is one schema, with keys from table to table: it stays one
file, however long.
"""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from calmdesk.guide.outcome import CallState

NOWHEN = datetime.fromisoformat("9999-12-31T00:00:00+00:00")
"""The instant of what has no time yet; it sorts behind everything."""


class Meta(SQLModel, table=True):
    """Facts about this database file itself."""

    key: str = Field(primary_key=True)
    value: str


class Agent(SQLModel, table=True):
    """Somebody who takes calls."""

    id: str = Field(primary_key=True)
    name: str = ""
    direct_line: str = ""
    email: str = ""
    created_at: datetime
    own_line: str = ""
    """What they tell themselves before a call. In no list, no export, no report (S37, S48)."""
    left_at: datetime | None = None
    """When they left the firm; nothing is handed to them any more."""


class Customer(SQLModel, table=True):
    """A person who called."""

    __table_args__ = (Index("ix_customer_lower_name", text("lower(name)")),)

    id: str = Field(primary_key=True)
    name: str = Field(default="", index=True)
    company: str = Field(default="", index=True)
    since: int = 0
    """Year; 0 is not known."""
    value: int = 0
    """Account value in minor units."""
    zone: str = ""
    """Time zone by its IANA name; '' is not known."""
    updated_at: datetime
    merged_into: str = ""
    """The customer who turned out to be the same person; '' when they stand alone."""


class CustomerName(SQLModel, table=True):
    """Another name under which a customer is known."""

    __tablename__ = "customer_name"
    __table_args__ = (Index("ix_customer_name_lower_name", text("lower(name)")),)

    id: str = Field(primary_key=True)
    customer_id: str = Field(foreign_key="customer.id", index=True)
    name: str = Field(index=True)


class CustomerMerge(SQLModel, table=True):
    """Two customers were found to be one person; what moved is kept, so that it can go back."""

    __tablename__ = "customer_merge"

    id: str = Field(primary_key=True)
    kept_id: str = Field(foreign_key="customer.id", index=True)
    gone_id: str = Field(foreign_key="customer.id", index=True)
    agent_id: str = Field(foreign_key="agent.id")
    at: datetime
    moved: str
    """Ids of the cases, numbers and names that moved, as JSON."""
    undone_at: datetime | None = None


class NotSame(SQLModel, table=True):
    """Two customers who look like one and are not; the smaller id first."""

    __tablename__ = "not_same"

    one_id: str = Field(primary_key=True, foreign_key="customer.id")
    other_id: str = Field(primary_key=True, foreign_key="customer.id")
    agent_id: str = Field(foreign_key="agent.id")
    at: datetime


class CustomerNumber(SQLModel, table=True):
    """A telephone number of a customer, as spelt and as digits."""

    __tablename__ = "customer_number"

    id: str = Field(primary_key=True)
    customer_id: str = Field(foreign_key="customer.id", index=True)
    number: str
    digits: str = Field(index=True)


class Case(SQLModel, table=True):
    """The matter itself; it may span many contacts."""

    id: str = Field(primary_key=True)
    ref: str = Field(unique=True)
    agent_id: str = Field(foreign_key="agent.id")
    """The owner: the one person answerable for it."""
    customer_id: str | None = Field(default=None, foreign_key="customer.id")
    joined_to: str = ""
    """The earlier case that this one turned out to be part of; '' when it stands alone."""
    opened_at: datetime
    updated_at: datetime
    closed_at: datetime | None = None
    status: str = "live"
    category: str = ""
    fault: str = "unknown"
    ask: str = ""
    stake: str = ""
    deadline_at: datetime | None = None
    """The instant at which it is too late for them (S42)."""
    heat_start: int = 0
    """1-5; 0 while it was not marked."""
    heat_end: int = 0
    cold: bool = False
    outcome: str = ""
    summary: str = ""
    read_back: str = ""
    agreed_at: datetime | None = None
    told_at: datetime | None = None
    """When the customer was told the answer; without it no case closes (S83)."""
    told_how: str = ""
    cause: str = ""
    """Why it happened, by process (D3): id in the playbook, or as typed."""
    example: bool = False
    """Whether colleagues may learn from it, with every name removed (S84)."""

    __table_args__ = (
        Index("ix_case_day", "joined_to", "opened_at", "id"),
        Index("ix_case_customer", "customer_id", "joined_to", "opened_at"),
        Index("ix_case_status", "joined_to", "status", "opened_at"),
        Index("ix_case_cause", "cause", "opened_at"),
    )


class Contact(SQLModel, table=True):
    """One call, in or out."""

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="case.id", index=True)
    agent_id: str = Field(foreign_key="agent.id")
    direction: str = "in"
    number: str = ""
    answered_at: datetime
    told_at: datetime | None = None
    heard_at: datetime | None = None
    ended_at: datetime | None = None
    finished_at: datetime | None = None
    stage: str = "listen"
    state: str = Field(default=CallState.LIVE, index=True)
    """A `CallState`; what was not rung is no call and counted nowhere (`rung.IS_CALL`)."""
    outcome: str = ""
    verified: bool = False
    card_line: bool = False
    card_mail: bool = False
    about: str = ""
    """Id of the promise or follow-up that an outgoing call is for; '' for all others."""
    observed: str = ""
    """Codes of what the caller was seen to do, never a label for them (D10); spaces between."""
    self_check: str = ""
    """Which of the agent's three questions were ticked (S21): cared, helped, solved."""

    __table_args__ = (
        Index("ix_contact_day", "agent_id", "answered_at"),
        Index("ix_contact_answered", "answered_at", "direction", "state"),
    )


class PhoneCall(SQLModel, table=True):
    """A call as this desk's telephone had it: which contact it became, or that it became none.

    It is no contact by itself, no case, and counted nowhere.
    """

    __tablename__ = "phone_call"

    key: str = Field(primary_key=True)
    """By which the telephone, or the hook, knows it."""
    agent_id: str = Field(foreign_key="agent.id")
    contact_id: str | None = Field(default=None, foreign_key="contact.id", index=True)
    """The call in calmdesk; None when there is none: it was missed, or calmdesk was closed."""
    own_id: bool = False
    """Whether the key is the telephone's own."""
    source: str
    number: str
    """'' when it was withheld."""
    name: str
    """As their telephone shows it: a hint, not who they are."""
    at: datetime
    """When it was first heard of."""
    rang: int = 0
    """Seconds that it rang, or stood unclear."""
    talked: int = 0
    """Seconds that somebody spoke with them while calmdesk was closed; 0 when nobody did."""
    unclear: bool = False
    """Whether nobody knows if it was answered: the telephone did not tell."""
    settled_at: datetime | None = None
    """When it left the list of calls to ring back."""

    __table_args__ = (Index("ix_phone_call_open", "agent_id", "settled_at", "at"),)


class Span(SQLModel, table=True):
    """One stretch of a call's time; `seq` counts within the call."""

    contact_id: str = Field(primary_key=True, foreign_key="contact.id")
    seq: int = Field(primary_key=True)
    kind: str
    began_at: datetime
    ended_at: datetime | None = None


class Event(SQLModel, table=True):
    """One entry of the journal. Nothing changes or deletes it but anonymising a person."""

    id: str = Field(primary_key=True)
    case_id: str | None = Field(default=None, foreign_key="case.id")
    """None for what is of no single case: a corrective action."""
    contact_id: str | None = Field(default=None, foreign_key="contact.id")
    agent_id: str = Field(foreign_key="agent.id")
    at: datetime
    kind: str
    payload: str
    """Canonical JSON of the happening."""
    device: str
    """The database file in which it was written first."""
    seq: int
    """Counts within the device."""
    payload_digest: str
    """SHA-256 of the payload; it stays when the payload of an erased person goes."""
    prev: str
    """The `mac` of the device's entry before; '' for its first."""
    mac: str
    """HMAC-SHA-256 over everything above but the payload, which its digest stands for. The key is
    empty for now: it shows accidents, not intent."""

    __table_args__ = (
        UniqueConstraint("device", "seq"),
        Index("ix_event_case", "case_id", "at", "seq"),
        Index("ix_event_contact", "contact_id", "seq"),
    )


class Note(SQLModel, table=True):
    """An entered line, as it now stands."""

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="case.id", index=True)
    contact_id: str | None = Field(default=None, foreign_key="contact.id", index=True)
    """The call in which; None between calls."""
    at: datetime
    sign: str
    text: str
    source: str = ""
    asked: bool = False
    dropped: bool = False


class Offer(SQLModel, table=True):
    """One remedy that was offered, in one round."""

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="case.id", index=True)
    contact_id: str = Field(foreign_key="contact.id", index=True)
    at: datetime
    round: int
    text: str
    remedy: str = ""
    amount: int = 0
    """Minor units."""
    verdict: str = ""
    received: str = ""
    """Whether it arrived, as the customer says: yes, no, not yet; '' while nobody asked (S17)."""
    received_at: datetime | None = None
    """When they were asked; a case as JSON tells it."""


class Promise(SQLModel, table=True):
    """What the customer was told will happen, by whom and when."""

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="case.id", index=True)
    contact_id: str | None = Field(default=None, foreign_key="contact.id", index=True)
    """The call in which; None between calls."""
    agent_id: str = Field(foreign_key="agent.id")
    """Who gave it."""
    owner_id: str = Field(foreign_key="agent.id")
    """Who keeps it."""
    told_at: datetime
    what: str
    kind: str = "promise"
    """promise, return call, progress report."""
    due_at: datetime = NOWHEN
    """The told instant; only a customer who was reached and agreed moves it."""
    first_due_at: datetime = NOWHEN
    """The instant that they were told first."""
    feasible: bool = False
    asked: str = ""
    state: str = "open"
    missed_once: bool = False
    """Whether a told instant passed before it was kept or agreed anew."""
    settled_at: datetime | None = None
    """When it was kept, missed for good, or withdrawn."""
    reason: str = ""
    """Why it was missed or withdrawn."""
    deferred_until: datetime | None = None
    """Until when the reminder is put off; the told instant stays."""

    __table_args__ = (
        Index("ix_promise_due", "state", "due_at", "id"),
        Index("ix_promise_settled", "settled_at", "due_at"),
    )


class FollowUp(SQLModel, table=True):
    """A look whether it held."""

    __tablename__ = "follow_up"

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="case.id", index=True)
    contact_id: str | None = Field(default=None, foreign_key="contact.id", index=True)
    """The call in which; None between calls."""
    owner_id: str = Field(foreign_key="agent.id")
    due_at: datetime
    what: str = ""
    kind: str = "held"
    """held, handed over, review."""
    state: str = "open"
    result: str = ""
    """What was found: held, not yet, not held."""
    settled_at: datetime | None = None
    reason: str = ""
    """Why it was withdrawn."""
    deferred_until: datetime | None = None

    __table_args__ = (
        Index("ix_follow_up_due", "state", "due_at", "id"),
        Index("ix_follow_up_settled", "settled_at", "due_at"),
    )


class Draft(SQLModel, table=True):
    """What is half typed in a call, field by field."""

    contact_id: str = Field(primary_key=True, foreign_key="contact.id")
    field: str = Field(primary_key=True)
    text: str
    cursor: int = 0
    at: datetime
    focused: bool = False


class Moment(SQLModel, table=True):
    """The agent's own: `shaken`, a break asked for (`break 5`, its minutes). In no list, no export,
    no report."""

    id: str = Field(primary_key=True)
    agent_id: str = Field(foreign_key="agent.id", index=True)
    contact_id: str | None = Field(default=None, foreign_key="contact.id", index=True)
    at: datetime
    kind: str


class PhraseChoice(SQLModel, table=True):
    """A phrase that an agent pinned or muted for themselves."""

    __tablename__ = "phrase_choice"

    agent_id: str = Field(primary_key=True, foreign_key="agent.id")
    phrase_id: str = Field(primary_key=True)
    choice: str
    """pinned, muted."""
    chosen_at: datetime


class KnownIssue(SQLModel, table=True):
    """What is wrong just now and is said openly (S38). Nothing deletes one: it ends."""

    __tablename__ = "known_issue"

    id: str = Field(primary_key=True)
    category: str
    sentence: str
    until_at: datetime
    agent_id: str = Field(foreign_key="agent.id")
    """Who announced it."""
    made_at: datetime
    ended_at: datetime | None = None
    """When somebody ended it before its time."""

    __table_args__ = (Index("ix_known_issue_until", "until_at", "id"),)


class Attempt(SQLModel, table=True):
    """One try at a callback. Only `reached` is contact (S16)."""

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="case.id", index=True)
    line_id: str = Field(index=True)
    """The promise or follow-up that it was for."""
    contact_id: str | None = Field(default=None, foreign_key="contact.id")
    agent_id: str = Field(foreign_key="agent.id")
    at: datetime
    result: str
    """reached, voicemail, no answer, wrong number."""
    note: str = ""


class Consult(SQLModel, table=True):
    """Somebody was asked what is possible: whom, what, and what they answered (S58)."""

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="case.id", index=True)
    agent_id: str = Field(foreign_key="agent.id")
    asked_at: datetime
    whom: str
    question: str = ""
    answer: str = ""
    answered_at: datetime | None = None


class Handover(SQLModel, table=True):
    """A case passed to somebody else, with its brief (S63)."""

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="case.id", index=True)
    from_id: str = Field(foreign_key="agent.id")
    to_id: str = Field(foreign_key="agent.id")
    at: datetime
    brief: str
    """What the next person must know, so that the caller need not say it again."""
    taken_at: datetime | None = None

    __table_args__ = (Index("ix_handover_inbox", "to_id", "taken_at", "at"),)


class Waiting(SQLModel, table=True):
    """A stretch in which the case waits for the customer; it pauses the resolve clock alone."""

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="case.id", index=True)
    agent_id: str = Field(foreign_key="agent.id")
    began_at: datetime
    ended_at: datetime | None = None
    what: str = ""
    """What they are asked for."""


class Factor(SQLModel, table=True):
    """What made a case worse, beside its cause."""

    __table_args__ = (Index("ix_factor_cause", "cause"),)

    case_id: str = Field(primary_key=True, foreign_key="case.id")
    cause: str = Field(primary_key=True)


class Letter(SQLModel, table=True):
    """A text that leaves the house: a draft until it is released (S65, S83, S88)."""

    __table_args__ = (Index("ix_letter_state", "state", "agent_id"),)

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="case.id", index=True)
    agent_id: str = Field(foreign_key="agent.id", index=True)
    kind: str
    subject: str = ""
    text: str
    state: str = "draft"
    """draft, released, dropped."""
    made_at: datetime
    updated_at: datetime
    reader: str = ""
    """Name of the colleague who is to read it, or has (S81)."""
    read_at: datetime | None = None
    released_at: datetime | None = None
    released_to: str = ""
    """Where it went: a file's name, the clipboard."""
    sent_at: datetime | None = None
    """When it was sent, as its writer says; calmdesk sends nothing."""


class Debrief(SQLModel, table=True):
    """Three lines after a call, private unless shared (S89, S90)."""

    id: str = Field(primary_key=True)
    agent_id: str = Field(foreign_key="agent.id", index=True)
    contact_id: str | None = Field(default=None, foreign_key="contact.id")
    at: datetime
    escalated: str = ""
    """How it went up."""
    better: str = ""
    """What I could do better."""
    process: str = ""
    """What in our process is wrong."""
    with_whom: str = ""
    """The colleague with whom; '' when alone."""
    shared: bool = False
    """Whether others may read it; only its writer decides."""


class Action(SQLModel, table=True):
    """A change that removes a cause, and the proof that it did (S71, S72)."""

    id: str = Field(primary_key=True)
    kind: str = "corrective"
    """corrective, preventive."""
    cause: str = Field(index=True)
    change: str
    owner: str
    """A role or department, never a culprit (D3)."""
    agent_id: str = Field(foreign_key="agent.id")
    """Who opened it."""
    opened_at: datetime
    due_at: datetime
    done_at: datetime | None = None
    check_at: datetime | None = None
    """When its effect is to be checked."""
    days: int = 30
    """Days that are counted before it and after."""
    before: int | None = None
    """Cases of that cause in so many days before it was done."""
    after: int | None = None
    """Cases of that cause in so many days after."""
    checked_at: datetime | None = None
    finding: str = ""
    """What the check found, in words."""
    closed_at: datetime | None = None


class Pledge(SQLModel, table=True):
    """A customer was told that it will not happen again: by this action (S7, D11)."""

    case_id: str = Field(primary_key=True, foreign_key="case.id")
    action_id: str = Field(primary_key=True, foreign_key="action.id")
    contact_id: str | None = Field(default=None, foreign_key="contact.id")
    at: datetime


class Alarm(SQLModel, table=True):
    """Something in a call that a supervisor is to see at once; one of each kind in a call."""

    contact_id: str = Field(primary_key=True, foreign_key="contact.id")
    kind: str = Field(primary_key=True)
    """help, safety, boundary."""
    case_id: str = Field(foreign_key="case.id", index=True)
    agent_id: str = Field(foreign_key="agent.id")
    """Who raised it."""
    at: datetime
    act: str = ""
    """What they were seen to do, of a boundary."""
    seen_by: str = ""
    """Id of the supervisor who has seen it; '' while nobody has."""
    seen_at: datetime | None = None
    """When they saw it; with nobody in `seen_by`, when that was taken back."""

    __table_args__ = (
        Index("ix_alarm_unseen", "kind", "seen_by", "at"),
        Index("ix_alarm_seen", "seen_by", "seen_at"),
    )


class SeenNeed(SQLModel, table=True):
    """A supervisor took note of why a case needs somebody, and it is no longer shown for that."""

    __tablename__ = "seen_need"

    case_id: str = Field(primary_key=True, foreign_key="case.id")
    why: str = Field(primary_key=True)
    agent_id: str = Field(foreign_key="agent.id")
    at: datetime


class Review(SQLModel, table=True):
    """A supervisor's structured look at a case, by the three justices."""

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="case.id", index=True)
    agent_id: str = Field(foreign_key="agent.id")
    """Who reviewed."""
    of_id: str = Field(foreign_key="agent.id")
    """Whose work it was."""
    at: datetime
    result_fair: str = ""
    """yes, partly, no; '' for not said. Was the result fair?"""
    way_fair: str = ""
    """Was the way fair and quick?"""
    respectful: str = ""
    """Was the treatment respectful?"""
    went_well: str = ""
    try_next: str = ""
    """One thing to try."""
    note: str = ""
    """For the agent alone: in no list, no journal, no export, no report."""
    read_at: datetime | None = None
    """When the agent read it."""

    __table_args__ = (Index("ix_review_of", "of_id", "read_at", "at"),)


class SavedFilter(SQLModel, table=True):
    """A filter of the Day that an agent keeps by name."""

    __tablename__ = "saved_filter"

    agent_id: str = Field(primary_key=True, foreign_key="agent.id")
    name: str = Field(primary_key=True)
    words: str
    """The filter as it would be typed."""
    saved_at: datetime


class Source(SQLModel, table=True):
    """Another calmdesk whose cases are read here: how far, and as of when."""

    device: str = Field(primary_key=True)
    agent: str = ""
    """Name of who works there."""
    as_of: datetime
    """Its last sign."""
    position: int = 0
    """How far its deltas have been read, in bytes."""
    born: str = ""
    """Which file of its deltas that was; another one is read from its start."""
