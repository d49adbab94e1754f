"""The words of calmdesk, as TOML: one folder a language beside this file.

Files of the same name in the settings folder's `playbook/` are laid over them, entry by entry. A
second language is a folder too, here or there: its files stand in for the English ones.

    book                what is read
    entries hearing_words reading lines files    how, and what is wrong where
    checking starting   `calmdesk playbook check` and `init`
    writing watching    one entry changed; the files looked at while the app runs
    finding plain       phrases found as they are typed, and told in plain words
    matching            a category or a cause, found by the beginning of its name
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from calmdesk.errors import PlaybookError
from calmdesk.guide.language.wording import Lexicon
from calmdesk.guide.playbook.book import OTHER, SERVICE, Category, Cause, Playbook
from calmdesk.guide.playbook.entries import CARDS, HEARING, KINDS, WORDING
from calmdesk.guide.playbook.files import ENGLISH, SHIPPED, Files, Source
from calmdesk.guide.playbook.hearing_words import read_words, said_once

__all__ = ["ENGLISH", "OTHER", "SERVICE", "SHIPPED", "Category", "Cause", "Playbook", "load"]


def load(own: Path | None = None, language: str = ENGLISH) -> Playbook:
    """The playbook of a language, with the firm's own laid over it. Raises PlaybookError with
    file, line, entry and nearest valid word."""
    files = Files(own if own is not None and own.is_dir() else None, language)
    try:
        return _read(files)
    except OSError as error:
        raise PlaybookError(f"The playbook file {error.filename} cannot be read.") from error


def _read(files: Files) -> Playbook:
    beneath = _merged(files.beneath("phrases.toml"), "phrases.toml")
    own = _merged([files.own / "phrases.toml"], "phrases.toml") if files.own else {}
    cards = _cards(files)
    words = read_words(map(Source, files.of(HEARING)))
    wordings = _merged(files.beneath(WORDING), WORDING)
    own_wordings = _merged([files.own / WORDING], WORDING) if files.own else {}
    for wording in own_wordings.values():
        if trouble := wording.trouble():
            file = files.own and files.own / WORDING
            raise PlaybookError(f"In the playbook file {file}, entry {wording.id!r}: {trouble}.")
    return Playbook(
        phrases=tuple(said_once(phrase, words.once) for phrase in (beneath | own).values()),
        categories=tuple(_merged(files.of("categories.toml"), "categories.toml").values()),
        remedies=tuple(_merged(files.of("remedies.toml"), "remedies.toml").values()),
        emergency=cards["emergency"],
        escalate_say=cards["escalate_say"],
        words=words,
        causes=tuple(_merged(files.of("causes.toml"), "causes.toml").values()),
        clocks=tuple(_merged(files.of("clocks.toml"), "clocks.toml").values()),
        own=frozenset(own),
        beneath=tuple(phrase for id, phrase in beneath.items() if id in own),
        lexicon=Lexicon(tuple((wordings | own_wordings).values())),
        model=files.model,
    )


def _merged(files: Iterable[Path], name: str) -> dict[str, Any]:
    """Entries of all files by id, in order; a later file's entry replaces an earlier one."""
    return {entry.id: entry for file in files for entry in Source(file).entries(KINDS[name])}


def _cards(files: Files) -> dict[str, Any]:
    """The cards; each is the last file's that has it."""
    cards: dict[str, Any] = {}
    for file in files.of(CARDS):
        cards |= Source(file).cards()
    return cards
