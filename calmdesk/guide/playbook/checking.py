"""`calmdesk playbook check`: all that is wrong with files of one's own, not only the first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from calmdesk.errors import PlaybookError
from calmdesk.guide.english.sample import reviewed
from calmdesk.guide.language.guard import Review
from calmdesk.guide.language.wording import Wording
from calmdesk.guide.phrases import Phrase
from calmdesk.guide.playbook import Playbook, load
from calmdesk.guide.playbook.entries import CARDS, FILES, HEARING, KINDS
from calmdesk.guide.playbook.files import Problem, Source
from calmdesk.guide.playbook.hearing_words import read_words
from calmdesk.guide.playbook.lines import line_of
from calmdesk.guide.playbook.reading import unknown
from calmdesk.words import count

PRACTICE = "practice"
"""The folder of practice calls beside the other files."""


@dataclass
class Report:
    """What a check found."""

    files: int = 0
    phrases: int = 0
    problems: list[Problem] = field(default_factory=list)
    """What keeps the playbook from being read."""
    notes: list[Problem] = field(default_factory=list)
    """What is read, and worth a second look."""

    def summary(self) -> str:
        """The count of everything, on one line."""
        wrong = count(len(self.problems), "problem") if self.problems else "nothing wrong"
        notes = f", {count(len(self.notes), 'note')}" if self.notes else ""
        files, phrases = count(self.files, "file"), count(self.phrases, "phrase")
        return f"{files}, {phrases} of your own, {wrong}{notes}."


def check(place: Path, review: Review) -> Report:
    """Check one file, or a folder with the folders of languages in it. `review` is the language
    guard. Raises PlaybookError when there is nothing at that place."""
    if not place.exists():
        raise PlaybookError(f"There is no {place} to check.")
    book = load()
    checking = _Checking(review, book, _category_ids(place, book))
    for file in _files(place):
        checking.file(file)
    return checking.report


class _Checking:
    """Goes through files, one after the other, and writes the report."""

    def __init__(self, review: Review, book: Playbook, categories: tuple[str, ...]) -> None:
        self.report = Report()
        self._book = book
        self._review = review
        self._categories = categories

    def file(self, file: Path) -> None:
        """Read one file to its end, whatever is wrong with it."""
        report = self.report
        report.files += 1
        practice = file.parent.name == PRACTICE
        if file.name not in FILES and not practice:
            what = unknown("the name of the file", file.name, FILES)
            report.problems.append(Problem(file, 0, "", "", what))
            return
        try:
            source = Source(file, report.problems.append)
        except OSError as error:
            what = f"it cannot be read ({error.strerror or error})"
            report.problems.append(Problem(file, 0, "", "", what))
            return
        if practice:
            self._practice(source)
        elif file.name == CARDS:
            source.cards()
        elif file.name == HEARING:
            read_words([source])
        else:
            self._entries(source)

    def _practice(self, source: Source) -> None:
        """A practice call of one's own: its first mistake."""
        from calmdesk.guide.practice import reading
        from calmdesk.guide.practice.table import Mistake

        try:
            if source.table:
                reading.check(source.file, source.table, self._book)
        except Mistake as mistake:
            key = mistake.place.rpartition(".")[2]
            what = f"{mistake.place} {mistake.what}"
            self.report.problems.append(
                Problem(source.file, line_of(source.text, key), "", mistake.place, what)
            )

    def _entries(self, source: Source) -> None:
        entries = source.entries(KINDS[source.file.name])
        phrases = [entry for entry in entries if isinstance(entry, Phrase)]
        self.report.phrases += len(phrases)
        for number, phrase in enumerate(phrases):
            self._look_twice(source, number, phrase)
        for number, entry in enumerate(entries):
            if isinstance(entry, Wording) and (trouble := entry.trouble()):
                source.tell("wording", number, "pattern", trouble)

    def _look_twice(self, source: Source, number: int, phrase: Phrase) -> None:
        """What is no mistake, and hardly meant."""
        for subject in sorted(phrase.subjects - set(self._categories)):
            what = unknown(f"subjects: the category {subject!r}", subject, self._categories)
            self._note(source, number, phrase, "subjects", what)
        for finding in reviewed(self._review, phrase.line):
            said = phrase.line[finding.start : finding.end]
            better = f"; rather: {finding.rewrite}" if finding.rewrite else ""
            what = f"line: {said!r}: {finding.category}, {finding.why.rstrip('.')}{better}"
            self._note(source, number, phrase, "line", what.rstrip("."))

    def _note(self, source: Source, number: int, phrase: Phrase, key: str, what: str) -> None:
        line = line_of(source.text, "phrase", number, key)
        self.report.notes.append(Problem(source.file, line, phrase.id, key, what))


def _files(place: Path) -> Sequence[Path]:
    """The TOML files of a folder and of the folders of languages in it; hidden ones are no one's."""
    if not place.is_dir():
        return [place]
    found = sorted([*place.glob("*.toml"), *place.glob("*/*.toml")])
    return [f for f in found if not any(p.startswith(".") for p in f.relative_to(place).parts)]


def _category_ids(place: Path, book: Playbook) -> tuple[str, ...]:
    """The categories that a phrase may be about, those of one's own among them if they can be
    read."""
    own = place if place.is_dir() else place.parent
    ids = [category.id for category in book.categories]
    for file in (own / "categories.toml", *own.glob("*/categories.toml")):
        try:
            source = Source(file, lambda problem: None)
            ids += [entry.id for entry in source.entries(KINDS[file.name])]
        except OSError:
            continue
    return tuple(ids)
