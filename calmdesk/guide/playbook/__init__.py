"""The words of calmdesk, as TOML: one folder a language beside this file.

Files of the same name in the settings folder's `playbook/` are laid over them, entry by entry. A
second language is a folder too, here or there: its files stand in for the English ones.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from calmdesk.errors import PlaybookError
from calmdesk.guide.hearing import Hearing, Words
from calmdesk.guide.phrases import CONDITIONS, GROUPS, SLOTS, Phrase
from calmdesk.guide.remedies import Remedy
from calmdesk.guide.stages import Fault, Stage

SHIPPED = Path(__file__).parent
"""The folder of the languages that ship."""
ENGLISH = "en"
"""The language whose files stand in for those that another one does not have."""

_WELL_BRACED = re.compile(r"(?:[^{}]|\{\w+\})*")
_MOST_LINE, _MOST_MOVE = 14, 3
_VOICES = ("i", "company", "both", "none")


@dataclass(frozen=True)
class Category:
    """What a call can be about."""

    id: str
    name: str
    words: tuple[str, ...] = ()
    """Words by which it is also found when typed."""


@dataclass(frozen=True)
class Playbook:
    """All words, read once."""

    phrases: tuple[Phrase, ...]
    categories: tuple[Category, ...]
    remedies: tuple[Remedy, ...]
    emergency: tuple[str, ...]
    """The emergency card that ships, for a firm that wrote none."""
    escalate_say: str
    """What to tell somebody who is called in, when the firm wrote nothing."""
    words: Words = field(default_factory=Words)
    """How notes are typed in this language."""

    @cached_property
    def by_stage(self) -> dict[Stage, tuple[Phrase, ...]]:
        """Phrases that can be said in each stage, in the playbook's order."""
        return {s: tuple(p for p in self.phrases if s in p.stages) for s in Stage}

    @cached_property
    def hearing(self) -> Hearing:
        """What listens to the notes for this playbook's subjects."""
        return Hearing(self.words, {category.id: category.words for category in self.categories})

    @cached_property
    def by_id(self) -> dict[str, Phrase]:
        """Every phrase by its id."""
        return {phrase.id: phrase for phrase in self.phrases}

    def category(self, typed: str) -> Category | None:
        """The category that was typed: its id, name or one of its words, whole or begun, else the
        nearest spelling; None when nothing is near."""
        wanted = typed.strip().casefold().replace(" ", "_")
        if not wanted:
            return None
        names = {
            name.casefold().replace(" ", "_"): category
            for category in self.categories
            for name in (category.id, category.name, *category.words)
        }
        if wanted in names:
            return names[wanted]
        begun = [name for name in names if name.startswith(wanted)]
        near = begun[:1] or get_close_matches(wanted, names, n=1, cutoff=0.75)
        return names[near[0]] if near else None

    def category_name(self, category: str) -> str:
        """The name to show for a category id; what is not known is shown as it is."""
        return next((c.name for c in self.categories if c.id == category), category)

    def remedy(self, remedy: str) -> Remedy | None:
        """The remedy of an id; None for one in the agent's own words."""
        return next((r for r in self.remedies if r.id == remedy), None)


def load(own: Path | None = None, language: str = ENGLISH) -> Playbook:
    """The playbook of a language, with the firm's own laid over it. Raises PlaybookError with
    file, entry and nearest valid word."""
    files = Files(own if own is not None and own.is_dir() else None, language)
    try:
        words = _words(files)
        phrases = _merged(files, "phrases.toml", "phrase", _phrase)
        return Playbook(
            phrases=tuple(_said_once(phrase, words.once) for phrase in phrases),
            categories=tuple(_merged(files, "categories.toml", "category", _category)),
            remedies=tuple(_merged(files, "remedies.toml", "remedy", _remedy)),
            emergency=_lines(files),
            escalate_say=str(_last(files, "cards.toml", "escalate_say")[1]),
            words=words,
        )
    except OSError as error:
        raise PlaybookError(f"The playbook file {error.filename} cannot be read.") from error


class Files:
    """Where the files of one playbook lie: those of the language, and the firm's own over them."""

    def __init__(self, own: Path | None, language: str = ENGLISH) -> None:
        """Raises PlaybookError when the language has no folder."""
        self.own = own
        self._languages = [SHIPPED / language, *([own / language] if own else [])]
        if not any(folder.is_dir() for folder in self._languages):
            known = ", ".join(sorted({file.parent.name for file in SHIPPED.glob("*/*.toml")}))
            raise PlaybookError(
                f"There is no playbook for the language {language!r}; known: {known}."
            )

    def of(self, name: str) -> list[Path]:
        """The files of one name, the firm's own last."""
        spoken = [folder / name for folder in self._languages if (folder / name).is_file()]
        base = spoken or [SHIPPED / ENGLISH / name]
        return [*base, self.own / name] if self.own else base


def _table(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PlaybookError(f"The playbook file {file} is not valid TOML: {error}.") from error


def _merged(files: Files, name: str, key: str, build: Any) -> Iterator[Any]:
    """Entries of all files by id, in order; a later file's entry replaces an earlier one."""
    entries: dict[str, Any] = {}
    for file in files.of(name):
        rows = _table(file).get(key, [])
        if not isinstance(rows, list):
            raise PlaybookError(f"In {file}, write [[{key}]] with two brackets.")
        for row in rows:
            entry = build(_Row(file, row))
            entries[entry.id] = entry
    yield from entries.values()


def _last(files: Files, name: str, key: str) -> tuple[Path, Any]:
    """The value of a key in the last file that has it, and that file."""
    return [(file, table[key]) for file in files.of(name) if key in (table := _table(file))][-1]


def _lines(files: Files) -> tuple[str, ...]:
    file, lines = _last(files, "cards.toml", "emergency")
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise PlaybookError(f"In the playbook file {file}, emergency must be a list of lines.")
    return tuple(lines)


def _words(files: Files) -> Words:
    """How notes are typed; a firm's own file adds to the lists and tables that ship."""
    rows = [_Row(file, {"id": "words", **_flat(_table(file))}) for file in files.of("hearing.toml")]
    for row in rows:
        row.only("id", "stemmer", *_TABLES, *_LISTS)

    def listed(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word for row in rows for word in row.words(name)))

    return Words(
        stemmer=next((row.text("stemmer") for row in reversed(rows) if "stemmer" in row.row), ""),
        short={short: long for row in rows for short, long in row.pairs("short").items()},
        days={day: said for row in rows for day, said in row.pairs("days").items()},
        ambiguous=frozenset(listed("ambiguous")),
        before_day=frozenset(listed("before_day")),
        before_place=listed("before_place"),
        numbered=listed("numbered"),
        things=listed("nouns"),
        once=listed("once"),
    )


_TABLES = ("short", "days")
_LISTS = ("once", "ambiguous", "before_day", "before_place", "numbered", "nouns")


def _flat(table: dict[str, Any]) -> dict[str, Any]:
    """The file as one table: the headings that only group its lists are taken out."""
    inner = {key: value for key, value in table.items() if key not in ("words", "things")}
    for heading in ("words", "things"):
        group = table.get(heading, {})
        inner |= group if isinstance(group, dict) else {heading: group}
    return inner


def _said_once(phrase: Phrase, once: tuple[str, ...]) -> Phrase:
    """The phrase, marked with the words of it that are said once in a call."""
    said = frozenset(words for words in once if words in phrase.line.casefold())
    return replace(phrase, once=said) if said else phrase


class _Row:
    """One entry of a playbook file, read with its mistakes named."""

    def __init__(self, file: Path, row: Any) -> None:
        self.file = file
        self.row: dict[str, Any] = row if isinstance(row, dict) else {}
        self.id = self.text("id")

    def wrong(self, what: str) -> PlaybookError:
        return PlaybookError(
            f"In the playbook file {self.file}, entry {self.row.get('id')!r}: {what}."
        )

    def only(self, *names: str) -> None:
        for name in self.row:
            if name not in names:
                near = get_close_matches(name, names, n=1)
                hint = f"; did you mean {near[0]}" if near else ""
                raise self.wrong(f"{name} is not known{hint}")

    def text(self, name: str, default: str | None = None) -> str:
        value = self.row.get(name, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.wrong(f"{name} must be text")
        return value

    def flag(self, name: str) -> bool:
        value = self.row.get(name, False)
        if not isinstance(value, bool):
            raise self.wrong(f"{name} must be true or false")
        return value

    def words(self, name: str, allowed: tuple[str, ...] | None = None) -> tuple[str, ...]:
        value = self.row.get(name, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.wrong(f"{name} must be a list of words")
        for word in value:
            if allowed is not None and word not in allowed:
                raise self.wrong(_unknown(f"{word!r} in {name}", word, allowed))
        return tuple(value)

    def pairs(self, name: str) -> dict[str, str]:
        value = self.row.get(name, {})
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise self.wrong(f"{name} must be a table of words")
        return value

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        value = self.text(name, default)
        if value not in allowed:
            raise self.wrong(_unknown(f"{name} {value!r}", value, allowed))
        return value


def _unknown(what: str, word: str, allowed: tuple[str, ...]) -> str:
    near = get_close_matches(word, allowed, n=1)
    return f"{what} is not known; " + (
        f"did you mean {near[0]}" if near else f"known: {', '.join(allowed)}"
    )


def _phrase(row: _Row) -> Phrase:
    row.only(
        *[
            "id",
            "class",
            "stages",
            "move",
            "line",
            "voice",
            "feeling",
            "heat",
            "fault",
            "subjects",
            "when",
            "step",
        ]
    )
    heat = row.row.get("heat", [1, 5])
    if not (isinstance(heat, list) and len(heat) == 2 and all(h in range(1, 6) for h in heat)):
        raise row.wrong("heat must be two numbers from 1 to 5, such as [3, 5]")
    phrase = Phrase(
        id=row.id,
        group=row.choice("class", tuple(GROUPS), ""),
        stages=frozenset(Stage(s) for s in row.words("stages", tuple(Stage))),
        move=row.text("move"),
        line=row.text("line"),
        voice=row.choice("voice", _VOICES, "none"),
        feeling=row.flag("feeling"),
        heat=(heat[0], heat[1]),
        fault=frozenset(Fault(f) for f in row.words("fault", tuple(Fault))),
        subjects=frozenset(row.words("subjects")),
        when=frozenset(row.words("when", tuple(CONDITIONS))),
        step=_step(row),
    )
    if set(phrase.line) & {"{", "}"} and not _WELL_BRACED.fullmatch(phrase.line):
        raise row.wrong(_unknown(f"a slot in {phrase.line!r}", phrase.line, SLOTS))
    if unknown := phrase.slots - set(SLOTS):
        raise row.wrong(_unknown(f"slot {{{min(unknown)}}}", min(unknown), SLOTS))
    if len(phrase.line.split()) > _MOST_LINE or len(phrase.move.split()) > _MOST_MOVE:
        raise row.wrong(f"a line has at most {_MOST_LINE} words and a move at most {_MOST_MOVE}")
    return phrase


def _step(row: _Row) -> int:
    step = row.row.get("step", 0)
    if isinstance(step, bool) or step not in (0, 1, 2, 3):
        raise row.wrong("step must be 1, 2 or 3, and only in the class boundary")
    return int(step)


def _category(row: _Row) -> Category:
    row.only("id", "name", "words")
    return Category(row.id, row.text("name"), row.words("words"))


def _remedy(row: _Row) -> Remedy:
    row.only("id", "name", "costs", "paid")
    return Remedy(row.id, row.text("name"), row.flag("costs"), row.flag("paid"))
