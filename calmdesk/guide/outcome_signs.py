"""How a case ended, as one sign, for a drawing of many cases."""

from calmdesk.guide.outcome import Outcome, Status

_SIGNS = {
    Outcome.AGREED: "✓",
    Outcome.EXPLAINED: "✓",
    Outcome.HELD: "✓",
    Outcome.SPEAKS_FOR_US: "✓",
    Outcome.PARTLY_AGREED: "~",
    Outcome.DECLINED: "✗",
    Outcome.FINAL_ANSWER: "✗",
    Outcome.ENDED_AFTER_WARNING: "✗",
    Outcome.INFORMATION: "i",
}
GOING_ON = "…"
LEGEND = (("✓", "settled"), ("~", "partly"), ("✗", "a no"), ("i", "asked"), (GOING_ON, "open"))
"""What the signs stand for, in a word."""


def outcome_sign(outcome: str, status: str) -> str:
    """The sign of a case by its outcome; one that is not closed yet goes on, however its last call
    ended."""
    if status != Status.CLOSED and outcome != Outcome.PARTLY_AGREED:
        return GOING_ON
    return _SIGNS.get(Outcome(outcome), "·") if outcome in list(Outcome) else "·"
