"""How well a case fits what is looked for, and which piece of it shows that best."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log10

from calmdesk.guide.folding import tokens
from calmdesk.guide.looked_for import Sought
from calmdesk.words import one_line

WEIGHTS = {
    "who": 6.0,
    "ref": 8.0,
    "numbers": 8.0,
    "about": 2.0,
    "agreed": 3.0,
    "said": 2.0,
    "letters": 1.5,
}
"""How much a word counts by where it stands."""
_NAMING = ("who", "ref", "numbers")
"""What a list shows anyway."""
_TOGETHER = 1.0
"""For each further thing in the same piece, and once more where it stands right behind the other."""
_READ = 200_000
"""Characters of one case that are read to rank it."""
FEW = 16
"""Words that are looked for one after the other."""
BEFORE = 16
"""Characters that a passage shows before the first mark."""
LONG = 240
"""Characters of a passage."""

Marks = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Wanted:
    """One thing that is looked for, with all that is taken for it."""

    sought: Sought
    terms: Mapping[str, float] = field(default_factory=dict)
    """Words, each with how well it is what was typed: 1 is just that."""
    side_by_side: tuple[str, ...] = ()
    begun: str = ""
    """What a word may begin with, as well."""
    cases: int = 0
    """About how many cases have it."""

    @property
    def found(self) -> bool:
        """Whether there is anything that a case could have."""
        return bool(self.terms or self.side_by_side or self.begun)

    @property
    def rare(self) -> float:
        """How much it tells: the rarer, the more."""
        return 1 / (1 + log10(1 + self.cases))


@dataclass(frozen=True)
class Fit:
    """How a case fits."""

    things: int
    """How many of the things it has."""
    score: float
    field: str
    line: int
    """The piece of the field that shows it best."""


class Matcher:
    """Finds what is wanted in words that are folded."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        self.wanted = wanted
        self._terms: dict[str, list[tuple[int, float]]] = {}
        for place, it in enumerate(wanted):
            for term, quality in it.terms.items():
                self._terms.setdefault(term, []).append((place, quality))
        self._begun = [(place, it.begun) for place, it in enumerate(wanted) if it.begun]
        self._rows = [
            (place, it.side_by_side) for place, it in enumerate(wanted) if it.side_by_side
        ]
        self._others = [it.begun for it in wanted if it.begun]
        self._others += [it.side_by_side[0] for it in wanted if it.side_by_side]
        few = [*self._terms] if len(self._terms) <= FEW else []
        self._needles = [*few, *self._others]

    def _has(self, piece: str) -> bool:
        """Whether a piece can have anything; most have nothing, and are passed over. A few words
        are looked for in it as they stand, many by its own words."""
        if len(self._terms) > FEW and not self._terms.keys().isdisjoint(piece.split()):
            return True
        return any(it in piece for it in self._needles)

    def hits(self, words: Sequence[str]) -> Iterator[tuple[int, int, int, float]]:
        """What is found among some words: where, how many words, which thing, how well."""
        for at, word in enumerate(words):
            if word in self._terms:
                for place, quality in self._terms[word]:
                    yield at, 1, place, quality
            if not self._others:
                continue
            for place, begun in self._begun:
                if word.startswith(begun):
                    yield at, 1, place, len(begun) / len(word)
            for place, row in self._rows:
                if word == row[0] and tuple(words[at : at + len(row)]) == row:
                    yield at, len(row), place, 1.0

    def fit(self, fields: Mapping[str, str]) -> Fit:
        """How well a case fits, by its folded text."""
        best: dict[int, float] = {}
        shown = (0, 0, 0.0)
        near, where, line = 0.0, "", 0
        for name, text in fields.items():
            read = text[:_READ]
            if not self._has(read):
                continue
            for number, piece in enumerate(read.split("\n")):
                if not self._has(piece):
                    continue
                here, together = self._piece(piece.split(), WEIGHTS[name])
                if not here:
                    continue
                for place, value in here.items():
                    best[place] = max(value, best.get(place, 0.0))
                near = max(near, together)
                look = (len(here), name not in _NAMING, sum(here.values()))
                if look > shown:
                    shown, where, line = look, name, number
        return Fit(len(best), sum(best.values()) + near, where, line)

    def _piece(self, words: Sequence[str], weight: float) -> tuple[dict[int, float], float]:
        """What each thing is worth in one piece, and what they are worth together."""
        here: dict[int, float] = {}
        behind, before = 0, (-1, -1)
        for at, count, place, quality in self.hits(words):
            here[place] = max(here.get(place, 0.0), quality)
            behind += before == (at, place - 1)
            before = (at + count, place)
        together = _TOGETHER * (len(here) - 1 + behind) * min(here.values(), default=0)
        value = {place: weight * it * self.wanted[place].rare for place, it in here.items()}
        return value, together if len(here) > 1 else 0.0

    def marks(self, text: str) -> Marks:
        """Where in a text stands what is wanted."""
        found = list(tokens(text))
        spans = sorted(
            (found[at].start, found[at + count - 1].end)
            for at, count, _, _ in self.hits([token.word for token in found])
        )
        marks: list[tuple[int, int]] = []
        for start, end in spans:
            if marks and start <= marks[-1][1]:
                marks[-1] = (marks[-1][0], max(end, marks[-1][1]))
            else:
                marks.append((start, end))
        return tuple(marks)


def passage(text: str, matcher: Matcher) -> tuple[str, Marks]:
    """The part of a text that shows best what is wanted, on one line, and the marks in it."""
    line = one_line(text)
    marks = matcher.marks(line)
    if not marks or marks[-1][1] <= LONG // 4:
        return line[:LONG], marks
    first = max(
        (start for start, _ in marks),
        key=lambda start: (sum(start <= m[0] and m[1] <= start + LONG for m in marks), -start),
    )
    cut = max(0, first - BEFORE)
    if cut:
        cut = line.find(" ", cut, first) + 1 or first
    head = "…" if cut else ""
    shift = len(head) - cut
    shown = tuple((s + shift, e + shift) for s, e in marks if s >= cut and e <= cut + LONG)
    return head + line[cut : cut + LONG], shown
