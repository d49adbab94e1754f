"""Why a case needs somebody today, and what is done about it (flow.md, The supervisor)."""

from enum import StrEnum


class Step(StrEnum):
    """What one key does about it."""

    TAKE = "take"
    REASSIGN = "reassign"
    RING = "ring"
    READ = "read"


class Why(StrEnum):
    """Why a case needs somebody today, the most pressing first."""

    SAFETY = "safety"
    HELP = "help"
    HANDED = "handed"
    """It was handed to whoever sits at this desk."""
    LATE = "late"
    """A promise is late or due in a quarter of an hour, and its owner is in a call."""
    LEAVING = "leaving"
    """They threaten to leave; the larger account first."""
    HOT = "hot"
    """They were left hot, today or the working day before."""
    FINAL = "final"
    """They were given a final no, today or the working day before."""

    @property
    def is_alarm(self) -> bool:
        """Whether it was raised in a call, for somebody to come at once, whatever day is looked at."""
        return self in (Why.SAFETY, Why.HELP)

    @property
    def is_grave(self) -> bool:
        """Whether it cannot wait."""
        return self.is_alarm or self is Why.LATE

    @property
    def step(self) -> Step:
        """What helps."""
        return _STEPS.get(self, Step.READ)


_STEPS = {Why.HANDED: Step.TAKE, Why.LATE: Step.REASSIGN, Why.HOT: Step.RING}
