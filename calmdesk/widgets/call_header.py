"""The first line of a call: its clock, who it is, what must not be forgotten, when it was kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from calmdesk.guide.call import Call
from calmdesk.guide.english.days import hour_or_day
from calmdesk.guide.listening import LONG_HOLD, Kind, minutes, running
from calmdesk.guide.money import spell_amount
from calmdesk.words import called

_NARROW = 60
_WORTH = 8
"""Columns below which the beginning of a part says nothing."""


class CallHeader(Widget):
    """One line. When it is narrow it keeps, in this order: clock, name, promise missed, kept."""

    DEFAULT_CSS = """
    CallHeader { height: 1; padding: 0 1; background: $panel; }
    """

    now: reactive[datetime | None] = reactive(None)
    """This instant; once a second."""
    account: reactive[str] = reactive("")
    """The value of their account, as it is read; '' when it is not known (S41)."""
    calls_before: reactive[int] = reactive(0)
    """Earlier calls of this caller."""
    missed: reactive[bool] = reactive(False)
    """Whether a promise to them was missed."""
    kept: reactive[str] = reactive("")
    """When the last word reached the disk, in local words."""
    due: reactive[int] = reactive(0)
    """How many of the agent's other promises are late or at risk."""
    helped: reactive[str] = reactive("")
    """Who saw that help was asked, and when; '' while nobody has."""
    trouble: reactive[str] = reactive("")
    """Why nothing can be kept just now."""

    def __init__(
        self, call: Call, wall: Callable[[datetime], datetime], id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.call = call
        self._wall = wall
        """Turns an instant into local time."""

    def render(self) -> Content:
        width = self.content_size.width
        kept = (
            Content.styled("! not kept", "$error bold")
            if self.trouble
            else Content.styled(self.kept if width >= _NARROW else self.kept[:4], "$quiet")
        )
        room = width - kept.cell_length - 2
        line = Content("")
        for words, style, least in self._parts():
            separator = " · " if line else ""
            part = Content.styled(words, style)
            left = room - line.cell_length - len(separator)
            if part.cell_length > left:
                if not least or left < _WORTH:
                    continue
                part = part.truncate(left, ellipsis=True)
            line += (Content(separator) if line else Content("")) + part
        gap = max(1, width - line.cell_length - kept.cell_length)
        return line + Content(" " * gap) + kept

    def _parts(self) -> list[tuple[str, str, bool]]:
        """Words, style, and whether the part must stay, the most needed first."""
        call, caller = self.call, self.call.caller
        name = called(caller.name, caller.number)
        parts = [self._clock(), (name, "bold", True)]
        if self.missed:
            narrow = self.content_size.width < _NARROW
            parts.append(("! missed" if narrow else "! promise missed", "$error bold", True))
        if call.help_at:
            style = "$success" if self.helped else "$warning"
            parts.append((self.helped or "help asked", style, bool(self.helped)))
        if call.stake:
            parts.append((f"{self._stake()}: {call.stake}", "$warning", True))
        if caller.company:
            parts.append((caller.company, "", False))
        if caller.since:
            parts.append((f"since {caller.since}", "", False))
        if self.account:
            parts.append((f"account {self.account}", "", False))
        if self.calls_before:
            parts.append((f"{_nth(self.calls_before + 1)} call", "", False))
        if self.due:
            parts.append((f"! {self.due} due", "$quiet", False))
        return parts

    def _stake(self) -> str:
        """What stands before the stake: by when, the hour today and the day on another one (S42)."""
        if self.call.deadline is None:
            return "stake"
        due = self._wall(self.call.deadline)
        by = f"by {hour_or_day(due, self._wall(self.now or self.call.answered_at))}"
        return by if self.content_size.width < _NARROW else f"stake {by}"

    def _clock(self) -> tuple[str, str, bool]:
        call, now = self.call, self.now or self.call.answered_at
        if call.held:
            last = running(call.spans)
            held = last.seconds(now) if last else 0.0
            word = " go back with a word" if held > LONG_HOLD else ""
            return f"‖ hold {minutes(held)}{word}", "$warning bold", True
        if call.ended_at:
            after = call.seconds(Kind.WRAP_UP, now)
            return f"○ wrap-up {minutes(after)}", "$secondary bold", True
        sign = "→" if call.back is not None else "●"
        return f"{sign} {minutes((now - call.answered_at).total_seconds())}", "$success bold", True


def account_words(call: Call, currency: str) -> str:
    """The value of the caller's account, as it is read; '' when it is not known."""
    return spell_amount(call.caller.value, currency) if call.caller.value else ""


def _nth(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number % 100 not in (11, 12, 13) else 0)
    return f"{number}{ending or 'th'}"
