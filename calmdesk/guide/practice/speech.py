"""Who says what from which second to which: at the pace of a person, who can be cut off."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

WORDS_A_SECOND = 2.5
ANSWER_AFTER = 1.2
"""Seconds before somebody answers."""
BREATH = 2.5
"""Seconds between two things that somebody tells; a nod has room in it."""
SHORTEST = 1.0


class Who(StrEnum):
    """Whose words they are."""

    THEY = "they"
    YOU = "you"
    DESK = "you find"


@dataclass(frozen=True)
class Line:
    """Words and when they are said."""

    who: Who
    text: str
    begins: float
    ends: float
    piece: int | None = None
    """Which piece of their story it is; None when it is none."""

    def by(self, second: float) -> str:
        """What of it was said by a second."""
        if second >= self.ends:
            return self.text
        words = self.text.split()
        return " ".join(words[: max(1, int((second - self.begins) * WORDS_A_SECOND))])


def lasts(text: str) -> float:
    """Seconds that it takes to say this."""
    return max(SHORTEST, len(text.split()) / WORDS_A_SECOND)


class Speech:
    """Everything that was said, and what the caller is about to say."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    @property
    def until(self) -> float:
        """The second at which the caller has said everything that is planned."""
        return max((line.ends for line in self.lines if line.who is Who.THEY), default=0.0)

    def plan(
        self, texts: Sequence[str], second: float, *, story: int | None = None
    ) -> Sequence[Line]:
        """Let the caller say these from a second on, after what is planned; `story` is the number
        of the first piece when they tell their story. Returns the lines."""
        at = max(second, self.until + BREATH if self.until > second else second)
        planned = []
        for place, text in enumerate(texts):
            piece = None if story is None else story + place
            planned.append(Line(Who.THEY, text, at, at + lasts(text), piece))
            at = planned[-1].ends + BREATH
        self.lines += planned
        return planned

    def put(self, who: Who, text: str, second: float) -> None:
        """Words that are there at once: the agent's own, or what they find."""
        self.lines.append(Line(who, text, second, second))

    def speaking(self, second: float) -> Line | None:
        """What the caller is saying at this second; None when they are silent."""
        now = [ln for ln in self.lines if ln.who is Who.THEY and ln.begins <= second < ln.ends]
        return now[-1] if now else None

    def cut(self, second: float) -> list[Line]:
        """Stop the caller: what they are saying breaks off, what they were about to say is dropped.
        Returns what they did not get to say, the rest of a broken piece first."""
        kept: list[Line] = []
        unsaid: list[Line] = []
        for line in self.lines:
            if line.who is not Who.THEY or line.ends <= second:
                kept.append(line)
            elif line.begins < second:
                said = line.by(second)
                rest = line.text.removeprefix(said).strip()
                kept.append(replace(line, text=f"{said} —" if rest else said, ends=second))
                if rest:
                    unsaid.append(replace(line, text=f"… {rest.removeprefix('… ')}"))
            else:
                unsaid.append(line)
        self.lines = kept
        return unsaid

    def heard(self, second: float) -> list[Line]:
        """What was begun by a second, in its order, each as far as it was said."""
        begun = [line for line in self.lines if line.begins <= second]
        begun.sort(key=lambda line: line.begins)
        return [replace(line, text=line.by(second)) for line in begun]
