"""Which suggestions stand on the call screen: the first line stays until it is said, passed over, no
longer fits, or something clearly better has come up, and then not under the agent's eyes."""

from __future__ import annotations

from collections.abc import Sequence

from calmdesk.guide.call import Call
from calmdesk.guide.phrases import Suggestion, suggest
from calmdesk.guide.stages import Stage
from calmdesk.records.call_rows import Errand, Match
from calmdesk.screens.situation import situation
from calmdesk.screens.workplace import Workplace

PRESSING = ("bridge", "ownership", "boundary", "known issue")
"""Classes for which the first line gives way, however well it fits itself."""
CLEARLY = 4.0
"""By how much another line must fit better for the first one to give way to it."""
STEADY = 8.0
"""Seconds that a first line stands before another may take its place by itself."""
GLANCE = 0.6
"""Seconds after such a change in which f5 still means the line that was being read."""


class Suggesting:
    """Chooses for one call."""

    def __init__(self, place: Workplace, said_before: frozenset[str]) -> None:
        self._place = place
        self.said_before = said_before
        """Phrases said in earlier calls of the case."""
        self.step = 0
        """Step of the boundary ladder to be said now; 0 when none is."""
        self.known_issue = ""
        """The sentence of a known issue that this call is about; '' when there is none."""
        self.corrective_action = False
        """Whether a change is under way that removes the cause (D11)."""
        self._passed: set[str] = set()
        self._first: Suggestion | None = None
        self._read: Suggestion | None = None
        """The line that stood first before the last change that nobody asked for."""
        self._changed_at = float("-inf")
        self._known_at: float | None = None

    def begin_stage(self) -> None:
        """A new stage begins with what fits it best, whatever stood there."""
        self._passed.clear()
        self._let_go()
        self.step = 0

    def pass_over(self, suggestion: Suggestion) -> None:
        """Leave one out for the rest of the stage."""
        self._passed.add(suggestion.phrase.id)
        self._let_go()

    def meant(self) -> Suggestion | None:
        """The line that f5 means now: the first one, or the one that only just made way for it."""
        just = self._place.clock.monotonic() - self._changed_at < GLANCE
        return self._read if just and self._read is not None else self._first

    def choose(
        self, call: Call, match: Match | None, room: int, errand: Errand | None = None
    ) -> Sequence[Suggestion]:
        """The suggestions to show now, the first one large. `room` is how many there is room for;
        while listening one nod is enough, and in the wrap-up one last word."""
        now = situation(
            call,
            match,
            self._place,
            said_before=self.said_before,
            boundary=self.step,
            seconds_known=self._known_for(match),
            known_issue=self.known_issue,
            errand=errand,
            corrective_action=self.corrective_action,
        )
        fitting = suggest(now, self._place.words().by_stage[now.stage])
        fresh = [s for s in fitting if s.phrase.id not in self._passed]
        if not fresh:
            self._passed.clear()
            fresh = fitting
        fresh = self._steady(fresh, acted=now.said)
        moves: dict[str, Suggestion] = {}
        for suggestion in fresh:
            moves.setdefault(suggestion.phrase.move, suggestion)
        alone = now.stage in (Stage.LISTEN, Stage.WRAP_UP)
        return list(moves.values())[: 1 if alone else room]

    def _known_for(self, match: Match | None) -> float:
        """Seconds since a promise to them was known to be missed; 0 while none is."""
        if match is None or not match.missed:
            self._known_at = None
            return 0
        seconds = self._place.clock.monotonic()
        if self._known_at is None:
            self._known_at = seconds
        return seconds - self._known_at

    def _gives_way(self, stood: Suggestion, best: Suggestion, seconds: float) -> bool:
        """Whether the line that stands makes way for a better one now. A boundary is the agent's
        own key, and waits for nothing."""
        presses = best.phrase.group in PRESSING and best.phrase.group != stood.phrase.group
        if presses and best.phrase.group == "boundary":
            return True
        better = presses or best.weight >= stood.weight + CLEARLY
        return better and seconds - self._changed_at >= STEADY

    def _let_go(self) -> None:
        """The agent acted: what comes next is theirs, and may come at once."""
        self._first = self._read = None
        self._changed_at = float("-inf")

    def _steady(self, fresh: list[Suggestion], acted: frozenset[str]) -> list[Suggestion]:
        """Keep the first line first while it still fits, nothing presses, and it has not stood
        for its while."""
        if not fresh:
            return fresh
        first, best = self._first, fresh[0]
        seconds = self._place.clock.monotonic()
        stood = next((s for s in fresh if first and s.phrase.id == first.phrase.id), None)
        if first is not None and stood is not None and not self._gives_way(stood, best, seconds):
            others = [s for s in fresh if s is not stood]
            if stood.phrase == first.phrase and stood.line != first.line:  # other nouns in it now
                if seconds - self._changed_at < STEADY:
                    return [first, *others]
                self._read, self._changed_at = first, seconds
            self._first = stood
            return [stood, *others]
        said = first is not None and first.phrase.id in acted
        self._read = None if said else first
        if first is None or first.phrase.id != best.phrase.id:
            self._changed_at = seconds
        self._first = best
        return fresh
