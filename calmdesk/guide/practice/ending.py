"""How a practice call can end; most of the ways are good ones (D12)."""

from enum import StrEnum

from calmdesk.guide.practice.scenario import WayKind


class Ending(StrEnum):
    """How a practice call ended."""

    SETTLED = "settled"
    CALL_BACK = "they wait for your call"
    ANSWERED = "a straight no, taken"
    HANDED_OVER = "handed over"
    ENDED_AFTER_WARNING = "ended after a warning"
    LEFT_OPEN = "calm, but nothing settled"
    LEFT_HOT = "left hot"
    HUNG_UP = "they hung up"

    @property
    def won(self) -> bool:
        """Whether that is a good end of such a call."""
        return self not in (Ending.LEFT_OPEN, Ending.LEFT_HOT, Ending.HUNG_UP)


BY_WAY = {
    WayKind.OFFER: Ending.SETTLED,
    WayKind.CALL_BACK: Ending.CALL_BACK,
    WayKind.NO: Ending.ANSWERED,
    WayKind.HAND_OVER: Ending.HANDED_OVER,
}
"""The ending that a way leads to."""
