"""Two customers side by side: are they one person?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from calmdesk.records.customer_rows import Person
from calmdesk.screens.box import Box
from calmdesk.words import called, count, shorten

LONGEST = 66
"""Characters of a name, or of their numbers, that are shown."""


class SideBySide(Box[tuple[str, str, str]]):
    """Answers `merge` or `apart` with the id of who is kept and of the other; None changes nothing.
    Who is kept stands on the left, and gives the name."""

    DEFAULT_CSS = """
    SideBySide > .box { width: 92; }
    SideBySide #sides { height: auto; }
    SideBySide .side { width: 1fr; height: auto; max-height: 14; padding: 0 1; }
    SideBySide .side Static { height: auto; }
    SideBySide #side-other { border-left: solid $border; }
    SideBySide.-narrow #sides { layout: vertical; }
    SideBySide.-narrow .side { max-height: 7; }
    SideBySide.-narrow #side-words { padding: 0; }
    SideBySide.-narrow #side-other { border-left: none; border-top: solid $border; }
    SideBySide #side-words { height: auto; padding: 1 0; }
    SideBySide.-short #side-words { padding: 0; }
    SideBySide.-short .side { max-height: 10; }
    """

    BINDINGS = [
        Binding(
            "m",
            "decide('merge')",
            "one person",
            id="sides.merge",
            tooltip="They are one person: all of the right one's cases are the left one's",
        ),
        Binding(
            "x",
            "decide('apart')",
            "not the same",
            id="sides.apart",
            tooltip="They are two people, and are not suggested again",
        ),
        Binding("s", "swap", "swap", id="sides.swap", tooltip="Keep the other one, and their name"),
        Binding("escape", "leave", "leave it", id="sides.leave", tooltip="Change nothing"),
    ]

    def __init__(
        self, kept: Person, gone: Person, why: str, wall: Callable[[datetime], datetime]
    ) -> None:
        super().__init__()
        self._kept, self._gone, self._why, self._wall = kept, gone, why, wall

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("Are these one person?", classes="box-title", markup=False)
            with Horizontal(id="sides"):
                for side in ("kept", "other"):
                    with VerticalScroll(id=f"side-{side}", classes="side", can_focus=False):
                        yield Static(id=f"side-{side}-lines", markup=False)
            yield Static(id="side-words", markup=False)
            yield Static(
                "m one person · x not the same · s swaps who is kept · escape leaves",
                classes="box-hint",
                markup=False,
            )

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        for side, person in (("kept", self._kept), ("other", self._gone)):
            words = Content("\n").join(self._lines(person))
            self.query_one(f"#side-{side}-lines", Static).update(words)
        moves = f"{count(self._gone.cases, 'case')}, their numbers and names"
        kept, gone = (shorten(_called(it), 40) for it in (self._kept, self._gone))
        why = f"{self._why[0].upper()}{self._why[1:]}. " if self._why else ""
        self.query_one("#side-words", Static).update(
            f"{why}Merged, {moves} go to {kept}; {gone} stays another name. It can be undone."
        )

    def _lines(self, person: Person) -> Iterator[Content]:
        yield Content.styled(shorten(_called(person), LONGEST), "bold")
        last = self._wall(person.last_at) if person.last_at is not None else None
        for label, words, either in (
            ("company", person.company, self._kept.company or self._gone.company),
            ("also", " · ".join(person.names), self._kept.names or self._gone.names),
            ("numbers", " · ".join(person.numbers), True),
            ("since", str(person.since or ""), self._kept.since or self._gone.since),
            ("cases", str(person.cases), True),
            ("last", f"{last.day} {last:%b} {last.year}" if last else "", True),
        ):
            if either:
                shown = shorten(words, LONGEST) or "—"
                yield Content.assemble((f"{label:<8} ", "$quiet"), shown)

    def action_swap(self) -> None:
        self._kept, self._gone = self._gone, self._kept
        self._show()

    def action_decide(self, what: str) -> None:
        self.leave((what, self._kept.id, self._gone.id))


def _called(person: Person) -> str:
    return called(person.name, next(iter(person.numbers), ""))
