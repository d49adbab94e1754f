"""Which suggestions stand on the call screen: the first line stays until it is said, passed over,
or something presses."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from calmdesk.guide.call import Call
from calmdesk.guide.phrases import Suggestion, suggest
from calmdesk.guide.stages import Stage
from calmdesk.records.rows import Match
from calmdesk.screens.situation import situation
from calmdesk.screens.workplace import Workplace

PRESSING = ("bridge", "ownership", "boundary")
"""Groups for which the first line gives way."""


class Suggesting:
    """Chooses for one call."""

    def __init__(self, place: Workplace, said_before: frozenset[str]) -> None:
        self._place = place
        self.said_before = said_before
        """Phrases said in earlier calls of the case."""
        self.step = 0
        """Step of the boundary ladder to be said now; 0 when none is."""
        self._passed: set[str] = set()
        self._first: str | None = None

    def begin_stage(self) -> None:
        """A new stage begins with what fits it best, whatever stood there."""
        self._passed.clear()
        self._first = None
        self.step = 0

    def pass_over(self, suggestion: Suggestion) -> None:
        """Leave one out for the rest of the stage."""
        self._passed.add(suggestion.phrase.id)
        self._first = None

    def choose(self, call: Call, match: Match | None, room: int) -> Sequence[Suggestion]:
        """The suggestions to show now, the first one large. `room` is how many there is room for;
        while listening one nod is enough, and nobody is spoken to in the wrap-up."""
        now = situation(call, match, self._place, said_before=self.said_before, boundary=self.step)
        fitting = self._heeded(suggest(now, self._place.words().by_stage[now.stage]))
        fresh = [s for s in fitting if s.phrase.id not in self._passed]
        if not fresh:
            self._passed.clear()
            fresh = fitting
        fresh = self._steady(fresh)
        moves: dict[str, Suggestion] = {}
        for suggestion in fresh:
            moves.setdefault(suggestion.phrase.move, suggestion)
        chosen = list(moves.values())
        self._first = chosen[0].phrase.id if chosen else None
        alone = now.stage in (Stage.LISTEN, Stage.WRAP_UP)
        return chosen[: 1 if alone else room]

    def _heeded(self, fitting: list[Suggestion]) -> list[Suggestion]:
        """Muted ones are left out; pinned ones lead, behind what presses."""
        choices = self._place.choices
        heard = [s for s in fitting if choices.get(s.phrase.id) != "muted"]
        pressing = list(takewhile(lambda s: s.phrase.group in PRESSING, heard))
        rest = heard[len(pressing) :]
        return pressing + sorted(rest, key=lambda s: choices.get(s.phrase.id) != "pinned")

    def _steady(self, fresh: list[Suggestion]) -> list[Suggestion]:
        """Keep the first line first while it still fits and nothing presses."""
        before = next((s for s in fresh if s.phrase.id == self._first), None)
        if before is None or not fresh:
            return fresh
        top = fresh[0].phrase.group
        if top in PRESSING and top != before.phrase.group:
            return fresh
        return [before, *(s for s in fresh if s is not before)]
