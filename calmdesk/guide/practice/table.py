"""One practice file, table by table: every mistake is a sentence that names file and key."""

import tomllib
from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from calmdesk.errors import PlaybookError
from calmdesk.words import one_line


def read(file: Path) -> "Table":
    """The whole file as its outermost table."""
    try:
        return Table(file, tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise PlaybookError(f"The practice file {file} cannot be read.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PlaybookError(f"The practice file {file} is not valid TOML: {error}.") from error


class Table:
    """One table of a file, read with its mistakes named."""

    def __init__(self, file: Path, row: Any, where: str = "") -> None:
        self.file = file
        self.where = where
        if not isinstance(row, dict):
            raise self.wrong("", "must be a table")
        self.row: dict[str, Any] = row

    def wrong(self, key: str, what: str) -> PlaybookError:
        place = ".".join(part for part in (self.where, key) if part)
        return PlaybookError(f"In the practice file {self.file}, {place} {what}.")

    def only(self, *keys: str) -> None:
        for key in self.row:
            self.one_of(key, "", keys)

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

    def text(self, key: str, default: str | None = None) -> str:
        value = self.row.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.wrong(key, "must be text")
        return one_line(value)

    def texts(self, key: str, least: int = 0) -> tuple[str, ...]:
        value = self.row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise self.wrong(key, "must be a list of texts")
        if len(value) < least:
            raise self.wrong(key, f"needs at least {least}")
        return tuple(one_line(v) for v in value)

    def number(self, key: str, default: float | None, least: float, most: float) -> float:
        value = self.row.get(key, default)
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

    def flag(self, key: str) -> bool:
        value = self.row.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, "must be true or false")
        return value

    def table(self, key: str) -> "Table":
        return Table(self.file, self.row.get(key, {}), ".".join(filter(None, (self.where, key))))

    def tables(self, key: str) -> list["Table"]:
        rows = self.row.get(key, [])
        if not isinstance(rows, list):
            raise self.wrong(key, f"must be written [[{key}]], with two brackets")
        return [Table(self.file, row, f"{key} {n}") for n, row in enumerate(rows, 1)]
