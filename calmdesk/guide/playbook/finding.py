"""A phrase found as it is typed: every word of it must be in the phrase, begun or nearly so."""

import re
from collections import defaultdict
from collections.abc import Sequence

from calmdesk.guide.phrases import Phrase
from calmdesk.guide.playbook.plain import WHEN, WHY

NEAR = 74.0
"""Of 100: how like a word of the phrase a typed one must be."""
LIKE = 4
"""Characters of a typed word from which a misspelling is forgiven."""
MOST_TYPED = 60
"""Characters that are looked for; nobody types more to find a line of fourteen words."""

IN_LINE = 5.0
"""How much more a word counts that is in the line itself, not only in what is said of it."""

_WORD = re.compile(r"\w+")


class Finder:
    """Finds among phrases. The words of each are gathered once."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._texts = [_text(phrase) for phrase in phrases]
        self._lines = [frozenset(_WORD.findall(phrase.line.casefold())) for phrase in phrases]
        self._having: dict[str, set[int]] = defaultdict(set)
        """Places of the phrases that have a word."""
        for place, text in enumerate(self._texts):
            for word in _WORD.findall(text):
                self._having[word].add(place)

    def find(self, typed: str) -> list[int]:
        """Places of the phrases that fit, the best first; all of them when nothing is typed."""
        typed = typed.casefold().strip()[:MOST_TYPED]
        scores = dict.fromkeys(range(len(self._texts)), 0.0)
        for word in typed.split():
            near = self._near(word)
            scores = {place: scores[place] + near[place] for place in scores if place in near}
        whole = {place: typed in self._texts[place] for place in scores}
        return sorted(scores, key=lambda place: (-whole[place], -scores[place], place))

    def _near(self, typed: str) -> dict[int, float]:
        """How near each phrase is to one word, of 100; those that are not near are left out."""
        found: dict[int, float] = {}
        for word, score in self._alike(typed).items():
            for place in self._having[word]:
                said = IN_LINE if word in self._lines[place] else 0.0
                found[place] = max(score + said, found.get(place, 0.0))
        within = {place: 95.0 for place, text in enumerate(self._texts) if typed in text}
        return {
            place: max(score, within.get(place, 0.0)) for place, score in (within | found).items()
        }

    def _alike(self, typed: str) -> dict[str, float]:
        """The words like the typed one."""
        if len(typed) < LIKE:
            return {word: 100.0 for word in self._having if word == typed}
        from rapidfuzz import fuzz, process

        found = process.extract(
            typed, self._having.keys(), scorer=fuzz.ratio, score_cutoff=NEAR, limit=None
        )
        return {word: score for word, score, _ in found}


def _text(phrase: Phrase) -> str:
    """All that a phrase is found by, its line first."""
    stages = " ".join(stage.label for stage in phrase.stages)
    group = phrase.group.replace("_", " ")
    about = " ".join(phrase.subjects).replace("_", " ")
    when = " ".join(WHEN[condition] for condition in phrase.when)
    why = f"{WHY.get(phrase.group, '')} {when}"
    return f"{phrase.line} {phrase.move} {group} {stages} {about} {phrase.id} {why}".casefold()
