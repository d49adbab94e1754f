"""A line with its slots filled by sample words, as the guard reads it before there is a call."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from calmdesk.guide.language.guard import Finding, Review
from calmdesk.guide.phrases import SLOT

SAMPLE: Mapping[str, str] = {
    "name": "Dana",
    "order": "order 4471",
    "day": "Friday",
    "agent": "Kim",
    "company": "Northlight Print",
    "direct_line": "555 0134",
    "email": "kim@northlight.example",
    "ask": "them Friday",
    "promised_day": "Thursday",
    "thing": "flyers",
    "place": "Dock Street",
    "named_day": "Friday",
}
"""Words for every slot."""


@dataclass(frozen=True)
class Filled:
    """A line with sample words in its slots, and where they stand."""

    text: str
    slots: tuple[tuple[range, range], ...]
    """Each slot's place in the text, and in the line."""

    def sampled(self, start: int, end: int) -> bool:
        """Whether a stretch of the text lies within a filled slot."""
        return any(it.start <= start and end <= it.stop for it, _ in self.slots)

    def in_line(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the text stands in the line; a slot that it touches is whole in it."""
        return self._back(start, last=False), self._back(end, last=True)

    def _back(self, place: int, *, last: bool) -> int:
        shift = 0
        for filled, written in self.slots:
            if place < filled.stop or (last and place == filled.stop):
                inside = filled.start < place if last else filled.start <= place
                if inside:
                    return written.stop if last else written.start
                break
            shift = written.stop - filled.stop
        return place + shift


def reviewed(review: Review, line: str) -> list[Finding]:
    """What a guard finds in a line as it might be said, told where it stands in the line itself;
    nothing that lies in the sample words."""
    sample = filled(line)
    found = []
    for finding in review(sample.text):
        if not sample.sampled(finding.start, finding.end):
            start, end = sample.in_line(finding.start, finding.end)
            better = finding.rewrite and _unfilled(finding.rewrite, line[start:end])
            found.append(replace(finding, start=start, end=end, rewrite=better))
    return found


def _unfilled(words: str, written: str) -> str:
    """Words that may quote the sample, with the slots that are `written` there in its place."""
    for slot in SLOT.finditer(written):
        words = words.replace(SAMPLE.get(slot[1], slot[0]), slot[0])
    return words


def filled(line: str) -> Filled:
    """The line as it might be said; a slot that nobody knows stays as it is written."""
    text, slots, done = "", [], 0
    for slot in SLOT.finditer(line):
        words = SAMPLE.get(slot[1])
        if words is None:
            continue
        text += line[done : slot.start()]
        slots.append((range(len(text), len(text) + len(words)), range(*slot.span())))
        text += words
        done = slot.end()
    return Filled(text + line[done:], tuple(slots))
