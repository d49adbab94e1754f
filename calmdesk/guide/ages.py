"""How late an open promise is, or how far ahead, in steps that one sees at a glance (S66)."""

from enum import StrEnum


class Age(StrEnum):
    """Steps by local days, the latest first."""

    WEEKS_LATE = "over a week late"
    DAYS_LATE = "1-7 days late"
    LATE_TODAY = "late today"
    TODAY = "due today"
    DAYS = "in 1-7 days"
    LATER = "later"
    UNTIMED = "no time told"
    """Given without an instant: nobody can be late with it, and nobody is reminded."""

    @property
    def late(self) -> bool:
        """Whether its time is over."""
        return self in _LATE


_LATE = (Age.WEEKS_LATE, Age.DAYS_LATE, Age.LATE_TODAY)
