"""The six stages of a call, in the order in which an upset person can follow them; an outgoing
call has one before them.

Free to jump: a stage says what it is for and what to leave for later, it never blocks (S43).
"""

from enum import StrEnum


class Stage(StrEnum):
    """Where the call stands."""

    CONVEY = "convey"
    """Only when we ring them: say why, then listen."""
    LISTEN = "listen"
    ACKNOWLEDGE = "acknowledge"
    CLARIFY = "clarify"
    RESOLVE = "resolve"
    AGREE = "agree"
    WRAP_UP = "wrap_up"

    @property
    def label(self) -> str:
        """The stage's name on the screen."""
        return "Wrap-up" if self is Stage.WRAP_UP else self.value.capitalize()

    @property
    def aim(self) -> str:
        """What the stage is for, in one line."""
        return _AIMS[self][0]

    @property
    def later(self) -> str:
        """What to leave for later, in a few words; '' when nothing."""
        return _AIMS[self][1]

    @property
    def number(self) -> int:
        """1 for Listen to 6 for Wrap-up; 0 for Convey, which comes before."""
        return list(Stage).index(self)

    def next(self) -> "Stage":
        """The stage after this one; the last stays."""
        return list(Stage)[min(self.number + 1, len(Stage) - 1)]

    def previous(self) -> "Stage":
        """The stage before this one; Listen stays, because they rang."""
        return list(Stage)[max(self.number - 1, Stage.LISTEN.number)]


STAGES = tuple(stage for stage in Stage if stage is not Stage.CONVEY)
"""The stages of a call that came in."""

_AIMS = {
    Stage.CONVEY: ("Say why you ring before anything else.", "questions, new offers"),
    Stage.LISTEN: ("Let them tell it whole.", "reasons, questions, fixes"),
    Stage.ACKNOWLEDGE: ("Say it back until they say yes.", "data requests, offers"),
    Stage.CLARIFY: ("Ask what is still open; sort facts.", "offers"),
    Stage.RESOLVE: ("Their ask, then offers: would that settle it?", "paperwork"),
    Stage.AGREE: ("Say the deal back, and what happens by when.", ""),
    Stage.WRAP_UP: ("One outcome, then save. The rest is optional.", ""),
}


class Fault(StrEnum):
    """Whose it was, as far as is known; asked in Clarify, never before (D1, S46)."""

    UNKNOWN = "unknown"
    OURS = "ours"
    PARTNER = "partner"
    CUSTOMER = "customer"
    NOBODY = "nobody"

    @property
    def label(self) -> str:
        """The wording on the screen: `not ours` rather than a guilty customer (S93)."""
        return {"customer": "not ours", "partner": "a partner's"}.get(self.value, self.value)


HEAT_ANCHORS = {
    1: "settled",
    2: "irked",
    3: "upset",
    4: "furious or ice-cold",
    5: "threatening",
}
"""Heat is distance from settled, not loudness (flow.md)."""
HEATS = tuple(HEAT_ANCHORS)
