"""`review`: what in a text makes an upset customer angrier, and what to say instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from calmdesk.guide.language.categories import CATEGORIES
from calmdesk.guide.language.sentences import begun, sentences
from calmdesk.guide.language.wording import Lexicon
from calmdesk.words import STRAIGHT

if TYPE_CHECKING:
    from calmdesk.guide.language.judge import Judge, Judgement

WRONG = 0.5
"""From how likely on something is wrong with a passage; chosen on the tune half for 2 % of its good
sentences, because others are marked more often (`python -m tests.bench.language`)."""
HINTED = 0.3
"""From how likely on a known turn of phrase decides that something is wrong."""
LIKELY = 0.1
"""From how likely on a category is named, once something is wrong; the likeliest always is."""
MENDED = ("brush_off", "interrupts", "excuse", "blames_colleague")
"""Categories that a neighbouring sentence can mend: a no with an alternative is no brush-off, a
cause that is owned no excuse, and a question after `I've heard you` cuts nobody off."""
CLOSE = 0.35
"""The share of its strongest piece that another piece must have to be marked with it."""
_OPENING, _CLOSING = "([\"'“‘", ')]"”’ \n'


@dataclass(frozen=True)
class Finding:
    """One stretch of a text that makes things worse."""

    start: int
    end: int
    category: str
    """One of CATEGORIES."""
    why: str
    """Why, in one line."""
    rewrite: str | None = None
    """What to write for the stretch; '' leaves it out, None knows nothing better."""

    def mend(self, text: str) -> str:
        """The text with the stretch rewritten; as it is where nothing better is known."""
        if self.rewrite is None:
            return text
        before, after = text[: self.start], text[self.end :]
        if self.rewrite:
            return before + self.rewrite + after
        after = after.lstrip(" ,;:")
        if not after[:1].isalnum():
            return before.rstrip(" ,;:") + after
        return before + begun(before, after)


Review = Callable[[str], Sequence[Finding]]
"""A text to what is wrong with it, as `Guard.review` does it."""


class Guard:
    """The guard of one language."""

    def __init__(self, lexicon: Lexicon, judge: Judge | None = None) -> None:
        """Without a judge, as in a language that has none, every wording counts."""
        self._lexicon = lexicon
        self.judge = judge
        self._found = lru_cache(maxsize=512)(self._find)

    def wake(self) -> None:
        """Load what a review needs, so that the first one is as quick as the others."""
        self._found("Every word of it is here.")
        for wording in self._lexicon.wordings:
            wording.find("Every word of it is here.")

    def review(self, text: str) -> list[Finding]:
        """What is wrong with a text, in the order in which it stands there. Pure."""
        spans = list(sentences(text))
        return [
            replace(finding, start=start + finding.start, end=start + finding.end)
            for place, (start, end) in enumerate(spans)
            for finding in self._found(text[start:end])
            if finding.category not in MENDED or not self._mended(text, spans, place)
        ]

    def _mended(self, text: str, spans: Sequence[tuple[int, int]], place: int) -> bool:
        """Whether the sentence before or after makes it good: `I can't refund it. I can swap it.`"""
        for first, last in ((place, place + 1), (place - 1, place)):
            if first >= 0 and last < len(spans):
                both = text[spans[first][0] : spans[last][1]]
                if "\n\n" not in both and not self._found(both):
                    return True
        return False

    def _find(self, passage: str) -> tuple[Finding, ...]:
        found = (
            self._weighed(passage, self.judge.judge(passage))
            if self.judge
            else self._worded(passage, tuple(CATEGORIES))
        )
        return tuple(sorted(found.values(), key=lambda it: (it.start, it.end)))

    def _weighed(self, passage: str, judged: Judgement) -> dict[str, Finding]:
        """What the model finds, told by the wordings it knows; where it is in doubt, they decide."""
        wrong = wrong_with(judged)
        in_doubt = HINTED <= judged.wrong < WRONG
        found = self._worded(passage, tuple(CATEGORIES) if in_doubt else wrong)
        if in_doubt and not found:
            return found
        unworded = (category for category in wrong if category not in found)
        return found | {category: self._judged(passage, judged, category) for category in unworded}

    def _judged(self, passage: str, judged: Judgement, category: str) -> Finding:
        """What the model found by itself, told by its category."""
        start, end = stretch(judged, category, passage)
        return Finding(start, end, category, self._lexicon.why.get(category, CATEGORIES[category]))

    def _worded(self, passage: str, wanted: Sequence[str]) -> dict[str, Finding]:
        """The turns of phrase that count in a passage: of each category the first one known."""
        straight = passage.translate(STRAIGHT)
        found: dict[str, Finding] = {}
        for wording in self._lexicon.possible(straight):
            category = wording.category
            if category in found or not (wording.always or category in wanted):
                continue
            if (match := wording.find(straight)) is not None:
                start, end = match.start(), match.start() + len(match[0].rstrip(_CLOSING))
                better = wording.rewrite(match, straight)
                found[category] = Finding(start, end, category, wording.why, better)
        return found


def wrong_with(judged: Judgement) -> tuple[str, ...]:
    """The categories to name, the likeliest first; () when nothing can be wrong."""
    if judged.wrong < HINTED:
        return ()
    likely = sorted(judged.likely, key=lambda it: -judged.likely[it])
    return tuple(it for it in likely if it == likely[0] or judged.likely[it] >= LIKELY)


def stretch(judged: Judgement, category: str, passage: str) -> tuple[int, int]:
    """The words that speak most for a category, from the first to the last of them."""
    weights = judged.weight[category]
    strongest = max(weights, default=0.0)
    near = [
        piece
        for piece, weight in zip(judged.pieces, weights, strict=True)
        if weight > 0 and weight >= CLOSE * strongest
    ]
    if not near:
        return 0, len(passage)
    start, end = near[0].start, near[-1].end
    while start > 0 and not passage[start - 1].isspace():
        start -= 1
    while end < len(passage) and not passage[end].isspace():
        end += 1
    words = passage[start:end]
    begins = len(words) - len(words.lstrip(_OPENING))
    return start + begins, start + len(words.rstrip(f".,;:!?{_CLOSING}"))


def review(text: str) -> list[Finding]:
    """What is wrong with an English text, by the playbook that ships."""
    return _shipped().review(text)


@lru_cache(maxsize=1)
def _shipped() -> Guard:
    from calmdesk.guide.playbook import load

    return load().guard
