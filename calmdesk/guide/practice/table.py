"""One practice file, table by table: every mistake is a sentence that names file and key."""

import tomllib
from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from calmdesk.errors import PlaybookError
from calmdesk.guide.playbook.reading import Row
from calmdesk.words import one_line


def read(file: Path) -> "Table":
    """The whole file as its outermost table."""
    try:
        return Table(file, tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise PlaybookError(f"The practice file {file} cannot be read.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PlaybookError(f"The practice file {file} is not valid TOML: {error}.") from error


class Mistake(PlaybookError):
    """Something in a practice file that cannot be used as it stands."""

    def __init__(self, file: Path, place: str, what: str) -> None:
        super().__init__(f"In the practice file {file}, {place} {what}.")
        self.place = place
        """Its key, behind those of the tables it stands in."""
        self.what = what


class Table(Row):
    """One table of a file, read with its first mistake raised."""

    def __init__(self, file: Path, values: Any, where: str = "") -> None:
        self.file = file
        self.where = where
        if not isinstance(values, dict):
            raise self.wrong("", "must be a table")
        super().__init__(values, self._refuse)

    def wrong(self, key: str, what: str) -> Mistake:
        place = ".".join(part for part in (self.where, key) if part)
        return Mistake(self.file, place, what)

    def _refuse(self, key: str, what: str) -> None:
        raise self.wrong(key, what.removeprefix(f"{key} "))

    def only(self, *names: str) -> None:
        for key in self.values:
            self.one_of(key, "", names)

    def one_of(self, key: str, value: str, allowed: Collection[str]) -> str:
        """A word that must be known: a key itself, or what stands behind one."""
        word = value or key
        if word not in allowed:
            near = get_close_matches(word, allowed, n=1)
            hint = f"did you mean {near[0]}" if near else f"known: {', '.join(allowed)}"
            raise self.wrong(
                key, f"{value!r} is not known; {hint}" if value else f"is not known; {hint}"
            )
        return word

    def texts(self, key: str, least: int = 0) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise self.wrong(key, "must be a list of texts")
        if len(value) < least:
            raise self.wrong(key, f"needs at least {least}")
        return tuple(one_line(v) for v in value)

    def number(self, key: str, default: float | None, least: float, most: float) -> float:
        value = self.values.get(key, default)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not least <= value <= most
        ):
            raise self.wrong(key, f"must be a number from {least:g} to {most:g}")
        return value

    def whole(self, key: str, default: int | None, least: int, most: int) -> int:
        value = self.number(key, default, least, most)
        if not isinstance(value, int):
            raise self.wrong(key, "must be a whole number")
        return value

    def table(self, key: str) -> "Table":
        return Table(self.file, self.values.get(key, {}), ".".join(filter(None, (self.where, key))))

    def tables(self, key: str) -> list["Table"]:
        rows = self.values.get(key, [])
        if not isinstance(rows, list):
            raise self.wrong(key, f"must be written [[{key}]], with two brackets")
        return [Table(self.file, row, f"{key} {n}") for n, row in enumerate(rows, 1)]
