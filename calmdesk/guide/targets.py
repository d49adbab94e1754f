"""What the clocks of a case run towards: spans of time as a firm or a rule writes them.

`"2h"` and `"30 min"` run within working hours. `"5 working days"` ends when the fifth working day
after the one of receipt closes; what comes in after closing, or on a day off, counts as received on
the next working day. `"end of the 3rd working day"` is stricter: it counts from the very day of
receipt, also when that is a Saturday. `"8 weeks"` and `"30 calendar days"` count every day.
`... after acknowledgment` counts from there and not from receipt.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum

from calmdesk.errors import SettingsError


class CaseClock(StrEnum):
    """The three clocks of a case (D6)."""

    ACKNOWLEDGE = "acknowledge"
    NEXT_CONTACT = "next_contact"
    RESOLVE = "resolve"

    @property
    def label(self) -> str:
        """How it is named on a screen."""
        return self.value.replace("_", " ")


class Unit(StrEnum):
    """What a span is counted in."""

    MINUTES = "min"
    HOURS = "h"
    WORKING_DAYS = "working days"
    ENDS_OF_DAY = "end of a working day"
    DAYS = "calendar days"
    WEEKS = "weeks"


@dataclass(frozen=True)
class Target:
    """A span of time in which a clock has to be met."""

    count: int
    unit: Unit
    after_acknowledgment: bool = False
    """Whether it counts from the acknowledgment and not from receipt."""

    def __str__(self) -> str:
        if self.unit is Unit.ENDS_OF_DAY:
            words = f"end of the {_nth(self.count)} working day"
        else:
            words = f"{self.count} {self.unit}"
            if self.count == 1 and self.unit.endswith("s"):
                words = words[:-1]
        return f"{words} after acknowledgment" if self.after_acknowledgment else words


@dataclass(frozen=True)
class Targets:
    """The targets of the three clocks; None for a clock that is off."""

    acknowledge: Target | None = None
    next_contact: Target | None = None
    resolve: Target | None = None
    pauses: bool = True
    """Whether `resolve` stands still while the customer is waited for."""

    @property
    def off(self) -> bool:
        """Whether no clock has a target."""
        return not (self.acknowledge or self.next_contact or self.resolve)


@dataclass(frozen=True)
class Preset:
    """The targets of a published rule. It is data, not advice: a firm checks its own rules."""

    id: str
    name: str
    targets: Targets
    source: str = ""
    """Who wrote the rule, and in which section."""
    as_of: date | None = None
    """When the source was read: for whoever keeps the file, since no screen tells of a preset."""


@dataclass(frozen=True)
class ClockChoice:
    """What the settings say of the clocks."""

    preset: str = ""
    """Id of a preset of the playbook; '' for none."""
    own: Targets = Targets()
    """Targets of the firm's own, which stand over the preset's."""
    pauses: bool | None = None
    """None leaves it to the preset."""


_SPAN = (
    r"(?:(?:the )?end of (?:the )?(?P<nth>\d{1,3})(?:st|nd|rd|th) (?:working|business) day"
    r"|(?P<count>\d{1,3}) ?(?P<unit>h|hours?|min|minutes?|working days?|business days?"
    r"|calendar days?|weeks?|days?))"
    r"(?P<after> (?:after|from|of) (?:the )?acknowledge?ment)?"
)
"""Compiled when the first one is read: the settings are read before the first paint."""
_UNITS = {
    "h": Unit.HOURS,
    "m": Unit.MINUTES,
    "b": Unit.WORKING_DAYS,
    "c": Unit.DAYS,
}
WANTED = 'a span such as "2h", "5 working days", "end of the 3rd working day" or "8 weeks"'


def target(text: str, clock: CaseClock) -> Target:
    """The target that was written for a clock. Raises ValueError with what it must be."""
    found = re.fullmatch(_SPAN, " ".join(text.split()), re.ASCII | re.IGNORECASE)
    count = int(found["nth"] or found["count"]) if found else 0
    if found is None or not count:
        raise ValueError(WANTED)
    unit = (found["unit"] or "").lower()
    if unit.startswith("d"):
        raise ValueError(f'clear about the days: "{count} working days" or "{count} calendar days"')
    after = bool(found["after"])
    if after and clock is not CaseClock.RESOLVE:
        raise ValueError('counted from receipt; only resolve can be "... after acknowledgment"')
    return Target(count, _unit(unit), after)


def _unit(typed: str) -> Unit:
    if not typed:
        return Unit.ENDS_OF_DAY
    if typed[0] == "w":
        return Unit.WEEKS if typed.startswith("week") else Unit.WORKING_DAYS
    return _UNITS[typed[0]]


def chosen(choice: ClockChoice, presets: Sequence[Preset]) -> Targets:
    """The targets that hold: the firm's own over those of its preset. Raises SettingsError for a
    preset that the playbook does not have."""
    base = Targets()
    if choice.preset:
        ids = [preset.id for preset in presets]
        if choice.preset not in ids:
            near = get_close_matches(choice.preset, ids, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(ids)}."
            raise SettingsError(
                f"In the settings, [clocks] preset {choice.preset!r} is not known; {hint}"
            )
        base = presets[ids.index(choice.preset)].targets
    return Targets(
        acknowledge=choice.own.acknowledge or base.acknowledge,
        next_contact=choice.own.next_contact or base.next_contact,
        resolve=choice.own.resolve or base.resolve,
        pauses=base.pauses if choice.pauses is None else choice.pauses,
    )


def _nth(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{ending or 'th'}"
