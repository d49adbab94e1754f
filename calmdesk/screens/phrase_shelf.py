"""The phrases of the Playbook screen in their order, and what is to be read of each."""

from __future__ import annotations

from collections.abc import Sequence

from calmdesk.guide.phrases import GROUPS, Phrase
from calmdesk.guide.playbook import Playbook
from calmdesk.guide.playbook.finding import Finder
from calmdesk.guide.playbook.plain import WHY, group_name, shown_when
from calmdesk.guide.stages import Stage
from calmdesk.screens.coach import counted
from calmdesk.screens.workplace import Workplace
from calmdesk.widgets.phrase_list import Listed
from calmdesk.widgets.phrase_view import Reading


class Shelf:
    """Gathers anew only when the words have changed."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._book: Playbook | None = None
        self._phrases: list[Phrase] = []
        self._finder = Finder(())
        self._beneath: dict[str, Phrase] = {}

    @property
    def stale(self) -> bool:
        """Whether the words have changed since they were gathered."""
        return self._book is not self._place.words()

    def rows(self, typed: str) -> Sequence[str | Listed]:
        """What is found, the best first; everything under headings when nothing is typed."""
        self._gather()
        if typed.strip():
            found = [self._listed(self._phrases[place]) for place in self._finder.find(typed)]
            return found or ["nothing like it"]
        rows: list[str | Listed] = []
        heading = ""
        for phrase in self._phrases:
            if heading != (heading := _heading(phrase)):
                rows.append(heading)
            rows.append(self._listed(phrase))
        return rows

    def count(self) -> str:
        """How many phrases there are, and how many of them are particular."""
        self._gather()
        known = {phrase.id for phrase in self._phrases}
        chosen = [choice for id, choice in self._place.choices.items() if id in known]
        own = len(self._book.own) if self._book else 0
        counts = [
            (f"{len(self._phrases)} phrases", len(self._phrases)),
            (f"{own} of your own", own),
            (f"{chosen.count('pinned')} pinned", chosen.count("pinned")),
            (f"{chosen.count('muted')} muted", chosen.count("muted")),
        ]
        return " · ".join(words for words, count in counts if count)

    def reading(self, listed: Listed) -> Reading:
        """Everything about one phrase, in plain words."""
        phrase, book = listed.phrase, self._place.words()
        rows = [
            ("counted", counted(self._place, phrase.id)),
            ("class", group_name(phrase.group)),
            ("why", WHY[phrase.group]),
            *shown_when(phrase, book),
            ("id", phrase.id),
        ]
        if (shipped := self._beneath.get(phrase.id)) is not None:
            rows.append(("ships as", f"“{shipped.line}”"))
        return Reading(phrase.move, phrase.line, listed.marks, rows)

    def _gather(self) -> None:
        if not self.stale:
            return
        self._book = book = self._place.words()
        self._phrases = sorted(book.phrases, key=_place)
        self._finder = Finder(self._phrases)
        self._beneath = {phrase.id: phrase for phrase in book.beneath}

    def _listed(self, phrase: Phrase) -> Listed:
        book = self._place.words()
        origin = "" if phrase.id not in book.own else "own"
        origin = "changed" if phrase.id in self._beneath else origin
        return Listed(phrase, self._place.choices.get(phrase.id, ""), origin)


def _first_stage(phrase: Phrase) -> Stage:
    return min(phrase.stages, key=lambda stage: stage.number)


def _place(phrase: Phrase) -> tuple[int, int]:
    return _first_stage(phrase).number, GROUPS.index(phrase.group)


def _heading(phrase: Phrase) -> str:
    return f"{_first_stage(phrase).label} · {group_name(phrase.group)}"
