"""What the notes name: subjects, things, days and places, as hurried fingers typed them.

`refnd`, `deliv` and `yest` are refund, delivery and yesterday (`spelling`). A capital letter in the
middle of a sentence is a name: Bill is no bill. Which words there are is the playbook's business
(`hearing.toml`).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

from calmdesk.guide.spelling import BEGUN, SPELT, Spelling, Words, nearest

MOST = 2000
"""Characters of one note that are listened to."""

THING = "{thing}"
"""Stands for any thing in the words that show a subject: `{thing} late`."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NUMBERED = re.compile(
    r"(?<![\w#])(?:(?P<called>[^\W\d_]+)\s*(?:\b(?:no|number|nr)\b\.?|#)?:?\s*#?|#)"
    # a number, and neither a date, an amount nor a part of either
    r"(?!\d{1,4}([-/.])\d{1,2}\2\d)(?P<number>(?=[\w-]*\d{3})[A-Z0-9](?:[\w-]*\w))"
    r"(?![\w%€£$]|[.,/:]\d)",
    re.IGNORECASE,
)
"""`order no. 4471`, `job AB-4471`, `#4471`."""
_NEXT = re.compile(r"\s+([^\W\d_]+)")
_PART = re.compile(rf"{_WORD.pattern}|[.,;:!?\n]")


@dataclass(frozen=True)
class Heard:
    """What some notes name. Empty when they name nothing."""

    subjects: Mapping[str, str] = field(default_factory=dict)
    """Category id to the word that showed it, the one named last."""
    thing: str = ""
    """What it is about, as said after `your`; '' when several are named as often and none of them
    with a complaint."""
    day: str = ""
    """The day named last."""
    place: str = ""
    order: str = ""
    """`order 4471`, as it is said: the one named last."""


@dataclass(frozen=True)
class _InNote:
    """What one note names."""

    heard: Heard
    things: tuple[str, ...]
    """All that it may be about."""


class Hearing:
    """Listens to notes in one language, for the subjects of one playbook."""

    def __init__(
        self,
        words: Words,
        subjects: Mapping[str, Iterable[str]],
        ordinary: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        """`subjects` gives for each category id the words that show it, `ordinary` the everyday
        words of the language, which are never taken for another one cut short or misspelt."""
        self.words = words
        self._subjects = {subject: tuple(known) for subject, known in subjects.items()}
        self.spelling = Spelling(words, lambda: self._known, ordinary)
        self._in_note = lru_cache(maxsize=1024)(self._heard_in)

    def listen(self, notes: Sequence[str]) -> Heard:
        """What the notes name, oldest first."""
        each = [self._in_note(note) for note in notes]
        heard = [one.heard for one in each]
        subjects: dict[str, str] = {}
        for one in heard:
            subjects |= one.subjects
        return Heard(
            subjects,
            thing=self._about(each),
            day=next((one.day for one in reversed(heard) if one.day), ""),
            place=next((one.place for one in reversed(heard) if one.place), ""),
            order=next((one.order for one in reversed(heard) if one.order), ""),
        )

    def _about(self, notes: Sequence[_InNote]) -> str:
        """The thing that they name: the one named most often, else the first one in a note that
        complains. None is better than a wrong one."""
        named: dict[str, str] = {}
        times: Counter[str] = Counter()
        for thing in (thing for note in notes for thing in note.things):
            named.setdefault(self.spelling.stem(thing.casefold()), thing)
            times[self.spelling.stem(thing.casefold())] += 1
        most = {thing for thing in times if times[thing] == max(times.values())}
        if len(most) == 1:
            return named[most.pop()]
        complained = (
            self.spelling.stem(t.casefold()) for n in notes if n.heard.subjects for t in n.things
        )
        return next((named[thing] for thing in complained if thing in most), "")

    # -- one note -----------------------------------------------------------------------------

    def _heard_in(self, note: str) -> _InNote:
        note = note[:MOST]
        typed = _WORD.findall(note)
        subjects: dict[str, str] = {}
        numbers = self._numbers(note)
        for _, found in numbers:  # "parcel 4471 late" is a late parcel
            begin, end = found.span("number")
            note = note[:begin] + " " * (end - begin) + note[end:]
        read = self._read(note)
        for shown, said in self._said_together(read):
            for subject in self._shows.get(shown, ()):
                subjects[subject] = said
        heard = Heard(
            subjects, day=self._day(typed), place=self._place(note), order=self._order(numbers)
        )
        things = tuple(self._own_things(read))
        called = {name for name, _ in numbers}
        return _InNote(heard, tuple(t for t in things if t.casefold() not in called) or things)

    def _own_things(self, read: list[str]) -> Iterator[str]:
        """The things that it may be about, and not only where it happened: `by the front door`."""
        for at, word in enumerate(read):
            if word in self._things and not self._is_beside(read[:at]):
                yield self._things[word]

    def _is_beside(self, before: list[str]) -> bool:
        """Whether the words before a thing say that something happened there."""
        between, beside = self.words.between, self.words.beside
        before = before[-3:]
        while before and before[-1] in between:
            before.pop()
        near = before[-1:]
        if before[-2:-1] and before[-2] in between:  # a word of its own for it: the front door
            near = before[-3:-2] + near
        return not beside.isdisjoint(near)

    def _read(self, note: str) -> list[str]:
        """The words as they are meant; '' for a name, and where a sentence or a part of one ends.
        The two words of one thing are one."""
        read: list[str] = []
        for part in _PART.finditer(note):
            typed = part[0]
            word = typed.replace("’", "'").casefold()
            if not _WORD.match(typed):
                read.append("")
                continue
            known = self.spelling.meant(word)
            read.append("" if self._is_name(note[: part.start()], typed, known) else known or word)
            if " ".join(read[-2:]) in self._things:
                read[-2:] = [" ".join(read[-2:])]
        return read

    def _is_name(self, before: str, typed: str, known: str) -> bool:
        """Whether a capital letter in the middle of a sentence makes it one; the playbook may know
        the word by its capital letter, as German does."""
        if not typed.istitle() or known in self._capitals:
            return False
        before = before.rstrip(" ")
        return before != "" and before[-1] not in ".:!?\n"

    def _said_together(self, read: list[str]) -> Iterator[tuple[str, str]]:
        """Every run of words that shows a subject: as the playbook writes it, and with the thing
        that was said."""
        left = [word for word in read if word not in self.words.between]
        plain = [THING if word in self._things else word for word in left]
        for first in range(len(left)):
            for last in range(first + 1, min(first + self._longest, len(left)) + 1):
                for words in (left[first:last], plain[first:last]):
                    shown = self._shown.get(" ".join(words))
                    if shown is not None:
                        yield shown, " ".join(left[first:last]) if THING in shown else shown

    def _day(self, typed: list[str]) -> str:
        """The last day that is named, as it is said."""
        said = [self.words.day(word, before) for before, word in pairwise(["", *typed])]
        return next((day for day in reversed(said) if day), "")

    def _place(self, note: str) -> str:
        """The last name of a place, by its capital letter."""
        no_places = self.words.no_places | frozenset(self.words.spelt_days)
        named = [m[1] for m in self._placed.finditer(note) if m[1].casefold() not in no_places]
        return named[-1] if named else ""

    def _order(self, numbers: list[tuple[str, re.Match[str]]]) -> str:
        """The number that the matter goes by, led by what they call it; the last one of the note."""
        return next((f"{called} {found['number']}" for called, found in reversed(numbers)), "")

    def _numbers(self, note: str) -> list[tuple[str, re.Match[str]]]:
        """The numbers that something goes by, each behind what it goes by; `order 500 flyers`, a
        date and an amount are none."""
        named = []
        for found in _NUMBERED.finditer(note):
            called = self._called(found["called"]) if found["called"] else self.words.numbered[0]
            if called and not self._counts(note, found):
                named.append((called, found))
        return named

    def _called(self, typed: str) -> str:
        """What a number goes by, however it is typed; '' when it is nothing of the kind."""
        word = self.spelling.in_full(typed.casefold())
        if word in self.words.numbered:
            return word
        likely = len(word) >= BEGUN and not self.spelling.is_ordinary(word)
        return nearest(word, self.words.numbered) if likely else ""

    def _counts(self, note: str, found: re.Match[str]) -> bool:
        """Whether a number says how many, and is no name: `order 300 copies`."""
        after = _NEXT.match(note, found.end())
        number = found["number"]
        if after is None or not number.isdigit():
            return False
        word = after[1].casefold()
        if word in self._counted or self.spelling.meant(word) in self._things:
            return True
        round_or_short = len(number) == 3 or number.endswith("00")
        plural = self.words.plural
        return (
            round_or_short
            and not self.spelling.is_ordinary(word)
            and bool(plural)
            and word.endswith(plural)
        )

    # -- what is known ------------------------------------------------------------------------

    @cached_property
    def _shows(self) -> dict[str, list[str]]:
        """Known word to the subjects that it shows."""
        shows: dict[str, list[str]] = {}
        for subject, words in self._subjects.items():
            for word in words:
                shows.setdefault(word.casefold(), []).append(subject)
        return shows

    @cached_property
    def _things(self) -> dict[str, str]:
        return {thing.casefold(): thing for thing in self.words.things}

    @cached_property
    def _shown(self) -> dict[str, str]:
        """What shows a subject, without what is passed over, to how the playbook writes it."""
        return {self._bare(said): said for said in self._shows}

    def _bare(self, said: str) -> str:
        return " ".join(word for word in said.split() if word not in self.words.between)

    @cached_property
    def _longest(self) -> int:
        return max((len(said.split()) for said in self._shown), default=0)

    @cached_property
    def _known(self) -> frozenset[str]:
        """What stands for something: alone, or, where it is long enough to be misspelt, together
        with others."""
        parts = {word for said in self._shown for word in said.split() if word != THING}
        alone = {said for said in self._shown if " " not in said}
        return frozenset(alone | {p for p in parts if len(p) >= SPELT}) | frozenset(self._things)

    @cached_property
    def _capitals(self) -> frozenset[str]:
        """Known words that the playbook writes with a capital letter."""
        listed = [
            *self.words.things,
            *(said for words in self._subjects.values() for said in words),
        ]
        words = (word for said in listed for word in (said, *said.split()))
        return frozenset(word.casefold() for word in words if word[:1].isupper())

    @cached_property
    def _placed(self) -> re.Pattern[str]:
        before = "|".join(re.escape(word) for word in self.words.before_place) or r"(?!)"
        name = r"[^\W\d_a-z][\w'’-]+"
        return re.compile(rf"\b(?:{before}) ({name}(?: {name}){{0,2}})")

    @cached_property
    def _counted(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in self.words.counted)
