"""What the language guard says of a line while it is typed: where, why, and what to say instead."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from textual import work
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from calmdesk.guide.language import CATEGORIES, Finding, Review

PAUSE = 0.15
"""Seconds without a key before a line is looked at."""
REPEATED = 200
"""Characters up to which the line is said again, with its findings marked in it."""
MOST = 4000
"""Characters that are looked at; a read-back is shorter."""


class GuardView(Widget):
    """Each finding told, below the line itself with the findings underlined in it."""

    DEFAULT_CSS = """
    GuardView { height: auto; max-height: 8; padding: 0 1; display: none; }
    GuardView.-shown { display: block; }
    """

    looked_at: reactive[str] = reactive("", layout=True)
    """The line that the findings are about."""
    findings: reactive[Sequence[Finding]] = reactive((), layout=True)
    """What was found in it, in its order."""

    @dataclass
    class Looked(Message):
        """A line was looked at."""

        line: str
        findings: Sequence[Finding]

    def __init__(self, review: Review, *, quiet: bool = False, id: str | None = None) -> None:
        """`review` is asked on a thread. A quiet one stands beside a field: it does not say the
        line again, and is not there when nothing is found."""
        super().__init__(id=id)
        self._review = review
        self._quiet = quiet
        self._waiting: Timer | None = None
        self.asked = ""
        """The line that was last given to look at."""

    @property
    def better(self) -> str | None:
        """The line as it now is, with the first of the other words taken; None when there are
        none, or when it was typed on since it was looked at."""
        mendable = next((it for it in self.findings if it.rewrite is not None), None)
        typed_on = self.looked_at != self.asked[:MOST]
        return None if mendable is None or typed_on else mendable.mend(self.asked)

    def look_soon(self, line: str) -> None:
        """Look at a line once no key has come for a moment."""
        self.asked = line
        self._stop_waiting()
        self._waiting = self.set_timer(PAUSE, lambda: self.look(line))

    def look(self, line: str) -> None:
        """Look at a line now; what is painted meanwhile is not held up."""
        self.asked = line
        self._stop_waiting()
        self.review(line[:MOST])

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None

    @work(exclusive=True, group="guard")
    async def review(self, line: str) -> None:
        """Ask the guard on a thread, and show what it found."""
        found = await asyncio.to_thread(self._review, line) if line.strip() else ()
        self.looked_at = line
        self.findings = sorted(found, key=lambda finding: finding.start)
        self.set_class(bool(found if self._quiet else line.strip()), "-shown")
        self.post_message(self.Looked(line, self.findings))

    def render(self) -> Content:
        if not self.findings:
            return Content.styled("the guard finds nothing in it", "$quiet")
        told = [self._told(at_one_place) for at_one_place in overlapping(self.findings)]
        short = not self._quiet and len(self.looked_at) <= REPEATED
        return Content("\n").join([self._marked(), *told] if short else told)

    def _marked(self) -> Content:
        line = Content(self.looked_at)
        for finding in self.findings:
            line = line.stylize("underline $warning", finding.start, finding.end)
        return line

    def _told(self, found: Sequence[Finding]) -> Content:
        """What is wrong at one place: every name and reason, and the first better words."""
        lead = next((it for it in found if it.rewrite is not None), found[0])
        names = ", ".join(CATEGORIES[it.category] for it in found)
        said = self.looked_at[lead.start : lead.end]
        reasons = " ".join(dict.fromkeys(it.why for it in found))
        rather = f" Rather: “{lead.rewrite}”" if lead.rewrite else ""
        rather = " Leave it out." if lead.rewrite == "" else rather
        return Content.assemble(
            (f"! {names}", "bold $warning"), f" “{said}” {reasons}", (rather, "bold")
        )


def overlapping(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings in their order, those that share words together."""
    places: list[list[Finding]] = []
    end = -1
    for finding in findings:
        if finding.start < end:
            places[-1].append(finding)
        else:
            places.append([finding])
        end = max(end, finding.end)
    return places
