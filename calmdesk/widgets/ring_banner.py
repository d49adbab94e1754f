"""Somebody rings: who, and what they were told last, over whatever is on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
ROWS_EACH = 8
"""Rows of the window for each of those who ring or wait that has a row of its own."""
LEAST = 2
"""So many of them have one in any window, the last of them to say how many more there are."""


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
    made_up: bool = False
    """Whether nobody rings: `calmdesk phone test` shows how it would look."""

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
    """At the top of a screen, without the focus: the one whom the key takes, with their story, then
    the others, as many as leave the screen its rows. In a call the story is a promise that was
    missed, or nothing: whoever is on the line goes first."""

    DEFAULT_CSS = """
    RingBanner {
        dock: top; height: auto; display: none; background: $panel; border-left: outer $warning;
    }
    RingBanner Static { height: auto; padding: 0 1; }
    RingBanner StoryStrip { background: $panel; }
    """

    ringing: tuple[Ringing, ...] = ()
    """Who rings, the one whom the key takes last; empty hides it."""
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
        yield Static(id="ring-others", markup=False)

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
        first, *others = self.ringing[::-1] or (None,)
        self._write("#ring-head", [self._head(first, width, taken=True)] if first else [], width)
        self._show_story(first.sure if first is not None else None)
        told = first is not None and not (self.in_call and first.sure)
        self._write("#ring-cases", [_others(first)] if first and told else [], width)
        said = Content.styled(self.said, "$warning")
        self._write("#ring-others", [*self._waiting(others, width), said], width)

    def _write(self, where: str, lines: Sequence[Content], width: int) -> None:
        """Those of the lines that say something, each on one row."""
        told = [line.truncate(width, ellipsis=True) for line in lines if line]
        static = self.query_one(where, Static)
        static.display = bool(told)
        static.update(Content("\n").join(told))

    def _show_story(self, match: Match | None) -> None:
        """The story so far; in a call only what was missed of it."""
        strip = self.query_one(StoryStrip)
        story = match.story if match is not None else None
        strip.display = story is not None and (story.missed or not self.in_call)
        if strip.display and self.now is not None:
            strip.now = self._wall(self.now)
            strip.promise_only = self.in_call
            strip.match = match

    def _waiting(self, others: Sequence[Ringing], width: int) -> list[Content]:
        """Who else rings and who is on hold, a row each; of more than there is room for, how many."""
        lines = [self._head(it, width, taken=False) for it in others]
        free = not self.ringing
        lines += [self._waits(it, width, free and it is self.on_hold[0]) for it in self.on_hold]
        room = max(LEAST, self.screen.size.height // ROWS_EACH) - (not free)
        if len(lines) <= room:
            return lines
        rings = max(0, len(others) - (room - 1))
        holds = len(lines) - (room - 1) - rings
        more = (_more(rings, "rings", "ring"), _more(holds, "waits on hold", "wait on hold"))
        return [*lines[: room - 1], Content.styled(f"and {', '.join(filter(None, more))}", "bold")]

    def _head(self, it: Ringing, width: int, taken: bool) -> Content:
        """Who rings and for how long, and the key of the one whom it takes."""
        rings = Content.assemble(("☎ ", "bold $warning"), (f"rings {self._for(it.since)}", "bold"))
        keys = self._key("takes it") if taken else [""]
        return _fitted([rings, *_who(it)], ["   only a test"] if it.made_up else keys, width)

    def _waits(self, it: OnHold, width: int, next_one: bool) -> Content:
        waits = Content.assemble(("‖ ", "bold $warning"), f"on hold {self._for(it.since)}")
        name = Content.styled(it.name, "bold")
        return _fitted([waits, name], self._key("goes back") if next_one else [""], width)

    def _key(self, does: str) -> list[str]:
        """The key and what it does, or shorter the key alone."""
        return [f"   {self.take_key} {does}", f"   {self.take_key}"]

    def _for(self, since: datetime) -> str:
        assert self.now is not None
        return minutes(max(0.0, (self.now - since).total_seconds()))


def _fitted(parts: Sequence[Content], keys: Sequence[str], width: int) -> Content:
    """The first two parts and a key behind them, the longest way that there is room for; the other
    parts between them, as many as there is room for."""
    line = Content("  ").join(parts[:2])
    key = next((it for it in keys if line.cell_length + len(it) <= width), keys[-1])
    room = width - len(key)
    line = line.truncate(room, ellipsis=True)
    for part in parts[2:]:
        if part and line.cell_length + 2 + part.cell_length <= room:
            line = Content("  ").join([line, part])
    return line + Content.styled(key, "$quiet")


def _more(number: int, does: str, do: str) -> str:
    return f"{number} more {does if number == 1 else do}" if number else ""


def _who(it: Ringing) -> list[Content]:
    """The one whose number it is; else what the telephone shows."""
    if it.sure is not None:
        caller = it.sure.caller
        name = caller.name or it.name
        shown, number = Content.styled(name or it.number, "bold"), it.number if name else ""
        return [shown, Content(caller.company), Content(number), Content(_before(it.sure))]
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
    people = [_maybe(match) for match in it.matches[:OFFERED] if match.caller.name]
    return Content.assemble(("maybe ", "bold"), " · ".join(people)) if people else Content("")


def _case(case: CaseLine) -> str:
    return " ".join(filter(None, (case.ref, case.category)))


def _maybe(match: Match) -> str:
    who = ", ".join(filter(None, (match.caller.name, match.caller.company)))
    late = " (! promise missed)" if match.missed else ""
    return f"{who}{late}"
