"""Somebody rings: who, and what they were told last, over whatever is on the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from calmdesk.guide.listening import minutes
from calmdesk.guide.outcome import Status
from calmdesk.widgets.story_strip import StoryStrip
from calmdesk.words import count

if TYPE_CHECKING:
    from calmdesk.records.call_rows import Match
    from calmdesk.records.case_rows import CaseLine

OFFERED = 3
"""People who may be ringing, and cases of one, that are named."""


EDGES = 3
"""Columns of the window beside its words: unseen, it does not know its own width."""


@dataclass(frozen=True)
class Ringing:
    """One who rings."""

    number: str
    """'' when it is withheld."""
    name: str
    """As their telephone shows it."""
    since: datetime
    matches: tuple[Match, ...] = ()
    """Who that may be; one who is sure stands alone."""

    @property
    def sure(self) -> Match | None:
        """The customer whose number it is: a hint of who rings, not who they are."""
        first = self.matches[0] if self.matches else None
        return first if first is not None and first.sure else None


@dataclass(frozen=True)
class OnHold:
    """One who waits on hold while somebody else is on the line."""

    name: str
    since: datetime


class RingBanner(Vertical):
    """At the top of a screen, without the focus. In a call it is one line, and a promise if one was
    missed: whoever is on the line goes first."""

    DEFAULT_CSS = """
    RingBanner {
        dock: top; height: auto; display: none; background: $panel; border-left: outer $warning;
    }
    RingBanner Static { height: auto; padding: 0 1; }
    RingBanner StoryStrip { background: $panel; }
    """

    ringing: tuple[Ringing, ...] = ()
    """Who rings, the one who has rung longest first; empty hides it."""
    in_call: bool = False
    """Whether somebody is on the line already."""
    on_hold: tuple[OnHold, ...] = ()
    """Who waits on hold behind the call on the screen."""
    said: str = ""
    """A sentence about the telephone that stands here alone, such as that its link is lost."""
    now: datetime | None = None
    """This instant; all of this is set, then `show` shows it."""
    take_key: str = "ctrl+n"
    """The key that takes the call."""

    def __init__(self, wall: Callable[[datetime], datetime]) -> None:
        super().__init__()
        self._wall = wall

    def compose(self) -> ComposeResult:
        yield Static(id="ring-head", markup=False)
        story = StoryStrip(self._wall)
        story.same_key = ""
        yield story
        yield Static(id="ring-cases", markup=False)

    def on_mount(self) -> None:
        self.show()

    def on_resize(self) -> None:
        self.show()

    def show(self) -> None:
        """Show who rings and who waits, and since when."""
        # by display and not by class: that would have every style under here worked out anew
        self.display = bool(self.ringing or self.on_hold or self.said)
        if not self.display or not self.is_mounted or self.now is None:
            return
        width = self.screen.size.width - EDGES
        first = self.ringing[0] if self.ringing else None
        last = self.ringing[-1] if self.ringing else None
        lines = [self._head(it, width, it is last) for it in self.ringing]
        if first is not None and self.in_call:
            lines.append(_missed(first) if first.sure is not None else _others(first))
        free = not self.ringing
        lines += [self._waits(it, width, free and it is self.on_hold[0]) for it in self.on_hold]
        lines.append(Content.styled(self.said, "$warning"))
        told = [line.truncate(width, ellipsis=True) for line in lines if line]
        self.query_one("#ring-head", Static).update(Content("\n").join(told))
        self._show_more(None if self.in_call else first, width)

    def _show_more(self, first: Ringing | None, width: int) -> None:
        """The story so far, and their other cases or who else it may be; nothing in a call."""
        story, cases = self.query_one(StoryStrip), self.query_one("#ring-cases", Static)
        match = first.sure if first is not None else None
        story.display = match is not None and match.story is not None
        if story.display and self.now is not None:
            story.now = self._wall(self.now)
            story.match = match
        others = _others(first) if first is not None else Content("")
        cases.display = bool(others)
        if others:
            cases.update(others.truncate(width, ellipsis=True))

    def _head(self, it: Ringing, width: int, taken: bool) -> Content:
        """Who rings and for how long, and the key of the one whom it takes; what has no room is left
        out from the end."""
        rings = Content.assemble(("☎ ", "bold $warning"), (f"rings {self._for(it.since)}", "bold"))
        key = Content.styled(f" {self.take_key} takes it" if taken else "", "$quiet")
        return _fitted([rings, *_who(it), key], width)

    def _waits(self, it: OnHold, width: int, next_one: bool) -> Content:
        waits = Content.assemble(("‖ ", "bold $warning"), f"on hold {self._for(it.since)}")
        key = Content.styled(f" {self.take_key} goes back" if next_one else "", "$quiet")
        return _fitted([waits, Content.styled(it.name, "bold"), key], width)

    def _for(self, since: datetime) -> str:
        assert self.now is not None
        return minutes(max(0.0, (self.now - since).total_seconds()))


def _fitted(parts: list[Content], width: int) -> Content:
    """As many parts as there is room for, but the first two in any case."""
    line = Content("  ").join(parts[:2])
    for part in parts[2:]:
        if part and line.cell_length + 2 + part.cell_length <= width:
            line = Content("  ").join([line, part])
    return line


def _missed(it: Ringing) -> Content:
    """Of a second caller only what was missed is told now."""
    if it.sure is None or it.sure.story is None or not it.sure.story.missed:
        return Content("")
    return Content.assemble(("  ! promised ", "$error bold"), it.sure.story.promised)


def _who(it: Ringing) -> list[Content]:
    """The one whose number it is; else what the telephone shows."""
    if it.sure is not None:
        caller = it.sure.caller
        name = Content.styled(caller.name or it.name or it.number, "bold")
        company = Content(caller.company)
        return [name, company, Content(it.number), Content(_before(it.sure))]
    shown = Content.styled(it.name or it.number or "number withheld", "bold")
    return [shown, Content(it.number if it.name else "")]


def _before(match: Match) -> str:
    return f"call {match.calls + 1}" if match.calls else ""


def _others(it: Ringing) -> Content:
    """Their open cases; or, where it may be several, all of whom it may be."""
    if it.sure is not None:
        told = it.sure.story.case_id if it.sure.story is not None else ""
        open_ones = [
            case for case in it.sure.cases if case.status != Status.CLOSED and case.id != told
        ]
        words = " · ".join(_case(case) for case in open_ones[:OFFERED])
        more = len(open_ones) - OFFERED
        words += f" · {count(more, 'more')}" if more > 0 else ""
        return Content.assemble(("also open ", "$quiet"), words) if words else Content("")
    people = [_maybe(match) for match in it.matches[:OFFERED]]
    return Content.assemble(("maybe ", "bold"), " · ".join(people)) if people else Content("")


def _case(case: CaseLine) -> str:
    return " ".join(filter(None, (case.ref, case.category)))


def _maybe(match: Match) -> str:
    who = ", ".join(filter(None, (match.caller.name, match.caller.company)))
    late = " (! promise missed)" if match.missed else ""
    return f"{who}{late}"
