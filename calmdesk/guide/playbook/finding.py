"""A phrase found as it is typed: every word of it must be near something that the phrase says."""

from collections.abc import Sequence

from calmdesk.guide.phrases import Phrase

NEAR = 78.0
"""Of 100: how like a typed word must be to a part of the phrase."""
LIKE = 4
"""Characters of a typed word from which a misspelling is forgiven."""
MOST_TYPED = 60
"""Characters that are looked for; nobody types more to find a line of fourteen words."""


class Finder:
    """Finds among phrases. The words of each are gathered once."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._lines = [phrase.line.casefold() for phrase in phrases]
        self._all = [_words(phrase) for phrase in phrases]

    def find(self, typed: str) -> list[int]:
        """Places of the phrases that fit, the best first; all of them when nothing is typed."""
        typed = typed.casefold().strip()[:MOST_TYPED]
        words = typed.split()
        scores = dict.fromkeys(range(len(self._all)), 0.0)
        for word in words:
            near = self._near(word)
            scores = {place: scores[place] + near[place] for place in scores if place in near}
        whole = {place: typed in self._lines[place] for place in scores}
        return sorted(scores, key=lambda place: (-whole[place], -scores[place], place))

    def _near(self, word: str) -> dict[int, float]:
        """How near each phrase is to one word, of 100; those that are not near are left out."""
        exact = {place: 100.0 for place, text in enumerate(self._all) if word in text}
        if len(word) < LIKE:
            return exact
        from rapidfuzz import fuzz, process

        found = process.extract(
            word, self._all, scorer=fuzz.partial_ratio, score_cutoff=NEAR, limit=None
        )
        return {place: score for _, score, place in found} | exact


def _words(phrase: Phrase) -> str:
    stages = " ".join(stage.label for stage in phrase.stages)
    group = phrase.group.replace("_", " ")
    about = " ".join(phrase.subjects).replace("_", " ")
    return f"{phrase.line} {phrase.move} {group} {stages} {about} {phrase.id}".casefold()
