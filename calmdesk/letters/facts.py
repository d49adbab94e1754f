"""The plain values that a letter can speak of. A template leaves out what is not there."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Promise:
    """What the customer was told will happen."""

    what: str
    when: str = ""
    """Its local time, as words: `Friday 27 November at 15:00`."""


@dataclass(frozen=True)
class Contact:
    """Somebody whom the customer can reach."""

    name: str = ""
    number: str = ""
    email: str = ""


@dataclass(frozen=True)
class Facts:
    """Everything about a case that a letter may need; '' and () are not known.

    The names of these fields are the names that a template uses. Times are local, and words.
    """

    reference: str = ""
    """The case, such as `CD-261121-7F3K`."""
    customer: str = ""
    """The customer's name."""
    company: str = ""
    """The firm that they ring for."""
    firm: str = ""
    """Our firm."""
    agent: str = ""
    """Who writes."""
    direct_line: str = ""
    email: str = ""
    """Ours: where the agent is reached."""
    date: str = ""
    """The day of the letter."""
    ask: str = ""
    """What they ask for (S61)."""
    happened: str = ""
    """What happened, in a sentence or two."""
    ours: bool = False
    """Whether the fault is ours; only then does a letter own it (D1)."""
    read_back: str = ""
    """The deal as it was said back to them (S64)."""
    agreed: str = ""
    """When they said yes to it."""
    offers: tuple[str, ...] = ()
    """What we give."""
    promises: tuple[Promise, ...] = ()
    """What they were told will happen, and when."""
    follow_up: str = ""
    """When we ring to see that it held."""
    why_longer: str = ""
    """Why an answer takes longer (S82)."""
    until: str = ""
    """When they hear from us at the latest."""
    decision: str = ""
    """Our answer, as a sentence (S83)."""
    reasons: tuple[str, ...] = ()
    """The reasons for it."""
    still: tuple[str, ...] = ()
    """What we can still do."""
    reader: Contact = field(default_factory=Contact)
    """Who reads the case afresh when they disagree."""
    contact: Contact = field(default_factory=Contact)
    """Who talks with them in private after a public word (S88)."""
