"""One entry of a playbook, read with its mistakes named."""

from collections.abc import Callable
from datetime import date, datetime
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from calmdesk.words import one_line

Tell = Callable[[str, str], None]
"""Is told a key and what is wrong with it. It may raise, or take note and go on."""


class Row:
    """The values of one entry. What is wrong is told, and read as if it had been left out."""

    def __init__(self, values: Any, tell: Tell) -> None:
        self.values: dict[str, Any] = values if isinstance(values, dict) else {}
        self.tell = tell

    @cached_property
    def id(self) -> str:
        """The entry's own short name."""
        return self.text("id")

    def only(self, *names: str) -> None:
        """Tell of every key that is none of these."""
        for name in self.values:
            if name not in names:
                self.tell(name, unknown(name, name, names, listed=False))

    def text(self, name: str, default: str | None = None) -> str:
        """A text on one line; without a default it must be there."""
        value = self.values.get(name, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.tell(name, f"{name} must be text")
            return default or ""
        return one_line(value)

    def flag(self, name: str, default: bool = False) -> bool:
        """True or false."""
        value = self.values.get(name, default)
        if not isinstance(value, bool):
            self.tell(name, f"{name} must be true or false")
            return default
        return value

    def day(self, name: str) -> date | None:
        """A date as TOML writes it; None when it is left out."""
        value = self.values.get(name)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.tell(name, f"{name} must be a date such as 2026-11-22")
        return None

    def words(self, name: str, allowed: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of words, each one of those that are allowed."""
        value = self.values.get(name, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            self.tell(name, f"{name} must be a list of words")
            return ()
        if allowed is None:
            return tuple(value)
        for word in value:
            if word not in allowed:
                self.tell(name, unknown(f"{word!r} in {name}", word, allowed))
        return tuple(word for word in value if word in allowed)

    def pairs(self, name: str) -> dict[str, str]:
        """A table of words."""
        value = self.values.get(name, {})
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            self.tell(name, f"{name} must be a table of words")
            return {}
        return value

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """One of the words that are allowed."""
        value = self.text(name, default)
        if value not in allowed:
            self.tell(name, unknown(f"{name} {value!r}", value, allowed))
            return allowed[0]
        return value


def unknown(what: str, word: str, allowed: tuple[str, ...], listed: bool = True) -> str:
    """That a word is not known, and which one is nearest; where none is near, all of them."""
    near = get_close_matches(word, allowed, n=1)
    if near:
        return f"{what} is not known; did you mean {near[0]}"
    return f"{what} is not known" + (f"; known: {', '.join(allowed)}" if listed else "")


def not_known(what: str, word: str, allowed: tuple[str, ...]) -> str:
    """The same as a whole sentence, which asks when it ends with what may have been meant."""
    end = "?" if get_close_matches(word, allowed, n=1) else "."
    return f"{unknown(what, word, allowed)}{end}"
