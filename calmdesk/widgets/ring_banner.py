"""Somebody rings: who, and what they were told last, over whatever is on the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
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


@dataclass(frozen=True)
class Ringing:
    """One who rings."""

    key: str
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


class RingBanner(Vertical):
    """At the top of a screen, without the focus. In a call it is one line, and a promise if one was
    missed: whoever is on the line goes first."""

    DEFAULT_CSS = """
    RingBanner {
        dock: top; height: auto; display: none; background: $panel; border-left: outer $warning;
    }
    RingBanner.-rings { display: block; }
    RingBanner Static { height: auto; padding: 0 1; }
    RingBanner StoryStrip { background: $panel; }
    RingBanner.-in-call StoryStrip, RingBanner.-in-call #ring-cases { display: none; }
    """

    ringing: reactive[tuple[Ringing, ...]] = reactive((), init=False)
    """Who rings, the one who has rung longest first; empty hides it."""
    in_call: reactive[bool] = reactive(False, init=False)
    """Whether somebody is on the line already."""
    said: reactive[str] = reactive("", init=False)
    """A sentence about the telephone that stands here alone, such as that its link is lost."""
    now: datetime | None = None
    """This instant; set before the others."""
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

    def watch_ringing(self) -> None:
        self.show()

    def watch_in_call(self) -> None:
        self.show()

    def watch_said(self) -> None:
        self.show()

    def show(self) -> None:
        """Show who rings, and since when."""
        self.set_class(bool(self.ringing or self.said), "-rings")
        self.set_class(self.in_call, "-in-call")
        if not self.is_mounted or self.now is None:
            return
        width = self.content_size.width - 2
        lines = [self._head(it, width) for it in self.ringing]
        lines += [self._missed(self.ringing[0], width)] if self.in_call and self.ringing else []
        lines += [Content.styled(self.said, "$warning")] if self.said else []
        self.query_one("#ring-head", Static).update(Content("\n").join(filter(None, lines)))
        first = self.ringing[0] if self.ringing else None
        story = self.query_one(StoryStrip)
        story.now = self._wall(self.now)
        story.match = first.sure if first is not None else None
        cases = self.query_one("#ring-cases", Static)
        words = _others(first, width) if first is not None else Content("")
        cases.update(words)
        cases.display = bool(words) and not self.in_call

    def _head(self, it: Ringing, width: int) -> Content:
        """Who rings and for how long; what does not fit goes from the end."""
        assert self.now is not None
        rings = minutes(max(0.0, (self.now - it.since).total_seconds()))
        head = Content.assemble(("☎ ", "bold $warning"), (f"rings {rings}  ", "bold"), _who(it))
        key = Content.styled(f"  {self.take_key} takes it", "$quiet")
        if width >= 44:
            head = head.truncate(max(10, width - key.cell_length), ellipsis=True) + key
        return head.truncate(width, ellipsis=True)

    def _missed(self, it: Ringing, width: int) -> Content:
        """Of a second caller only what was missed is told now."""
        if it.sure is None or it.sure.story is None or not it.sure.story.missed:
            return Content("")
        words = Content.assemble(("  ! promised ", "$error bold"), it.sure.story.promised)
        return words.truncate(width, ellipsis=True)


def _who(it: Ringing) -> Content:
    """The one whose number it is; else what the telephone shows, and who that may be."""
    if it.sure is not None:
        caller = it.sure.caller
        who = ", ".join(filter(None, (caller.name or it.name, caller.company)))
        parts = [Content.styled(who, "bold"), Content(it.number), Content(_before(it.sure))]
        return Content("  ").join(filter(None, parts))
    shown = Content.styled(it.name or it.number or "number withheld", "bold")
    number = Content(it.number if it.name else "")
    return Content("  ").join(filter(None, (shown, number)))


def _before(match: Match) -> str:
    return f"call {match.calls + 1}" if match.calls else ""


def _others(it: Ringing, width: int) -> Content:
    """Their open cases; or, where it may be several, all of whom it may be."""
    if it.sure is not None:
        told = it.sure.story.case_id if it.sure.story is not None else ""
        open_ones = [
            case for case in it.sure.cases if case.status != Status.CLOSED and case.id != told
        ]
        words = " · ".join(_case(case) for case in open_ones[:OFFERED])
        more = len(open_ones) - OFFERED
        words += f" · {count(more, 'more')}" if more > 0 else ""
        line = Content.assemble(("also open ", "$quiet"), words) if words else Content("")
    else:
        people = [_maybe(match) for match in it.matches[:OFFERED]]
        line = Content.assemble(("maybe ", "bold"), " · ".join(people)) if people else Content("")
    return line.truncate(width, ellipsis=True)


def _case(case: CaseLine) -> str:
    return " ".join(filter(None, (case.ref, case.category)))


def _maybe(match: Match) -> str:
    who = ", ".join(filter(None, (match.caller.name, match.caller.company)))
    late = " (! promise missed)" if match.missed else ""
    return f"{who}{late}"
