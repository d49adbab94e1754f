"""The files of a playbook: where they lie, and one of them read with every mistake in its place."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from calmdesk.errors import PlaybookError
from calmdesk.guide.playbook.entries import CARD_KEYS, Kind
from calmdesk.guide.playbook.lines import line_of
from calmdesk.guide.playbook.reading import Row, unknown

SHIPPED = Path(__file__).parent
"""The folder of the languages that ship."""
ENGLISH = "en"
"""The language whose files stand in for those that another one does not have."""

_AT_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True)
class Problem:
    """Something in a file that cannot be used as it stands, or is worth a second look."""

    file: Path
    line: int
    """From 1; 0 when it is the file as a whole."""
    entry: str
    """Id of the entry; '' when it is none's."""
    key: str
    what: str

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        entry = f", entry {self.entry!r}" if self.entry else ""
        return f"In the playbook file {self.file}{line}{entry}: {self.what}."

    def brief(self) -> str:
        """The same on a line of a list, in the form that editors find."""
        line = f":{self.line}" if self.line else ""
        entry = f"{self.entry}: " if self.entry else ""
        return f"{self.file}{line}: {entry}{self.what}."


Told = Callable[[Problem], None]


def refuse(problem: Problem) -> None:
    """The first problem is one too many."""
    raise PlaybookError(str(problem))


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
        base = self.beneath(name)
        return [*base, self.own / name] if self.own else base

    @property
    def model(self) -> Path | None:
        """The folder of the language guard's model; None for a language that has none."""
        folders = (folder / "guard" for folder in self._languages)
        return next((folder for folder in folders if folder.is_dir()), None)

    def beneath(self, name: str) -> list[Path]:
        """The files of one name that the firm's own is laid over."""
        spoken = [folder / name for folder in self._languages if (folder / name).is_file()]
        return spoken or [SHIPPED / ENGLISH / name]


class Source:
    """One file, parsed. Raises OSError when it cannot be read; one that is not there is empty."""

    def __init__(self, file: Path, told: Told = refuse) -> None:
        self.file = file
        self.text = ""
        self._told = told
        self.table: dict[str, Any] = {}
        try:
            self.text = file.read_text(encoding="utf-8-sig")
            self.table = tomllib.loads(self.text)
        except FileNotFoundError:
            pass
        except UnicodeDecodeError:
            self.wrong("it is not valid TOML: it is no text in UTF-8")
        except tomllib.TOMLDecodeError as error:
            found = _AT_LINE.search(str(error))
            line = int(found[1]) if found else self.text.rstrip().count("\n") + 1
            told(Problem(file, line, "", "", f"it is not valid TOML: {error}"))
        except (ValueError, RecursionError):
            self.wrong("it is not valid TOML: a number or a list in it has no end")

    def wrong(self, what: str, key: str = "") -> None:
        """Tell of something wrong with a key of the whole file."""
        self._told(Problem(self.file, line_of(self.text, key), "", key, what))

    def tell_key(self, key: str, what: str) -> None:
        """The same, as one entry tells it."""
        self.wrong(what, key)

    def only(self, *names: str) -> None:
        """Tell of every key of the whole file that is none of these."""
        for name in self.table:
            if name not in names:
                self.wrong(unknown(name, name, names), name)

    def entries(self, kind: Kind) -> list[Any]:
        """Its entries, built, in order."""
        self.only(kind.key)
        rows = self.table.get(kind.key, [])
        if not isinstance(rows, list):
            self.wrong(f"write [[{kind.key}]] with two brackets", kind.key)
            return []
        built = [
            kind.build(Row(values, partial(self.tell, kind.key, number)))
            for number, values in enumerate(rows)
        ]
        self._tell_twins(kind.key, [entry.id for entry in built])
        return built

    def _tell_twins(self, kind: str, ids: list[str]) -> None:
        for number, entry in enumerate(ids):
            if entry and entry in ids[:number]:
                first = line_of(self.text, kind, ids.index(entry), "id")
                self.tell(kind, number, "id", f"id {entry!r} stands on line {first} already")

    def tell(self, kind: str, number: int, key: str, what: str) -> None:
        """Tell of something wrong in the entry of a number, from 0."""
        values = self.table[kind][number]
        entry = str(values.get("id", "")) if isinstance(values, dict) else ""
        line = line_of(self.text, kind, number, key)
        self._told(Problem(self.file, line, entry, key, what))

    def cards(self) -> dict[str, Any]:
        """The cards that it has: `emergency` as lines, `escalate_say` as text."""
        self.only(*CARD_KEYS)
        cards: dict[str, Any] = {}
        lines = self.table.get("emergency")
        if isinstance(lines, list) and all(isinstance(line, str) for line in lines):
            cards["emergency"] = tuple(lines)
        elif lines is not None:
            self.wrong("emergency must be a list of lines", "emergency")
        say = self.table.get("escalate_say")
        if isinstance(say, str):
            cards["escalate_say"] = say
        elif say is not None:
            self.wrong("escalate_say must be text", "escalate_say")
        return cards
