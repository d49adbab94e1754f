"""Why a case may need a human soon: signs of it, the graver the higher."""

from enum import IntFlag

HOT = 4
"""Heat from which a call was left hot."""


class Risk(IntFlag):
    """Signs on a case. Their sum orders a list: one grave sign stands above all lighter ones."""

    AT_STAKE = 1
    """They named what is at stake: a threat to leave, a deadline, a post in public."""
    UNSEEMLY = 2
    """They were seen to insult or threaten somebody, or were warned."""
    LEFT_HOT = 4
    REPEAT = 8
    """They had to ring again."""
    MISSED = 16
    """A promise was missed, or is past its time."""
    HELP = 32
    """A supervisor was asked for in a call that goes on, and nobody has seen it yet."""
    SAFETY = 64
    """Somebody may be in danger."""

    @property
    def words(self) -> str:
        """The gravest sign, in a word or two; '' when there is none."""
        return next((_WORDS[sign] for sign in reversed(Risk) if sign in self), "")


_WORDS = {
    Risk.AT_STAKE: "much at stake",
    Risk.UNSEEMLY: "insults",
    Risk.LEFT_HOT: "left hot",
    Risk.REPEAT: "rang again",
    Risk.MISSED: "promise missed",
    Risk.HELP: "asks for help",
    Risk.SAFETY: "safety",
}


def risk_of(
    *,
    closed: bool,
    safety: bool,
    help_wanted: bool,
    missed: bool,
    repeat: bool,
    heat_end: int,
    unseemly: bool,
    stake: str,
) -> Risk:
    """The signs of a case that do not depend on the hour. What a closed case had missed, and that
    they rang again, needs nobody any more."""
    signs = {
        Risk.SAFETY: safety,
        Risk.HELP: help_wanted,
        Risk.MISSED: missed and not closed,
        Risk.REPEAT: repeat and not closed,
        Risk.LEFT_HOT: heat_end >= HOT,
        Risk.UNSEEMLY: unseemly,
        Risk.AT_STAKE: bool(stake) and not closed,
    }
    return Risk(sum(sign for sign, stands in signs.items() if stands))
