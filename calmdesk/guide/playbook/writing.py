"""A phrase of one's own, written into `phrases.toml`: comments and order of the file survive."""

import os
import shutil
import tomllib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from calmdesk.errors import PlaybookError, StoreError
from calmdesk.guide.phrases import Phrase
from calmdesk.guide.playbook.entries import PHRASE_KEYS
from calmdesk.guide.playbook.entries import phrase as build
from calmdesk.guide.playbook.lines import entry_lines
from calmdesk.guide.playbook.reading import Row
from calmdesk.paths import private_folder

NAME = "phrases.toml"


def keep(folder: Path, phrase: Phrase) -> None:
    """Write a phrase in the place of its entry, or behind all others. Raises PlaybookError when
    that cannot be done; then nothing has changed."""
    phrase = replace(phrase, once=frozenset())  # other words say that, in hearing.toml
    text, rows = _read(folder / NAME)
    places = [place for place, row in enumerate(rows) if row.get("id") == phrase.id]
    if places:
        changed = _changed(text, places[0], _built(rows[places[0]]), phrase)
    else:
        entry = "\n".join(["[[phrase]]", *_lines(values(phrase)), ""])
        changed = f"{text.rstrip()}\n\n{entry}" if text.strip() else entry
    _write(folder, _lined_like(text, changed), phrase.id, [phrase])


def take_back(folder: Path, phrase_id: str) -> None:
    """Take one's own entry away, so that the phrase that ships returns. Raises PlaybookError."""
    text, rows = _read(folder / NAME)
    places = [place for place, row in enumerate(rows) if row.get("id") == phrase_id]
    if not places:
        return
    lines = text.split("\n")
    entry = entry_lines(text, "phrase")[places[0]]
    blank = entry.stop < len(lines) and not lines[entry.stop].strip()
    del lines[entry.start : entry.stop + blank]
    _write(folder, "\n".join(lines), phrase_id, [])


def values(phrase: Phrase) -> dict[str, Any]:
    """A phrase as the values of its entry; what is as if left out is left out."""
    given: dict[str, Any] = {
        "id": phrase.id,
        "class": phrase.group,
        "stages": [stage.value for stage in sorted(phrase.stages, key=lambda s: s.number)],
        "move": phrase.move,
        "line": phrase.line,
        "voice": phrase.voice if phrase.voice != "none" else None,
        "feeling": phrase.feeling,
        "heat": list(phrase.heat) if phrase.heat != (1, 5) else None,
        "fault": sorted(fault.value for fault in phrase.fault),
        "subjects": sorted(phrase.subjects),
        "when": sorted(phrase.when),
        "step": phrase.step,
    }
    return {key: given[key] for key in PHRASE_KEYS if given[key]}


def _changed(text: str, number: int, before: Phrase, after: Phrase) -> str:
    """The text with one entry's values exchanged, those alone that mean something else now; its
    comments stay, new values come last."""
    import tomlkit

    had, wanted = values(before), values(after)
    document = tomlkit.parse(text)
    entry = cast("Any", document)["phrase"][number]
    fresh: dict[str, Any] = {}
    for key in PHRASE_KEYS:
        if had.get(key) == wanted.get(key):
            continue
        if key not in wanted:
            del entry[key]
        elif key in entry:
            entry[key] = wanted[key]
        else:
            fresh[key] = wanted[key]
    lines = tomlkit.dumps(document).split("\n")
    end = entry_lines("\n".join(lines), "phrase")[number].stop
    lines[end:end] = _lines(fresh)
    return "\n".join(lines)


def _lines(wanted: dict[str, Any]) -> list[str]:
    """Values as lines of TOML."""
    import tomlkit

    return [f"{key} = {tomlkit.item(value).as_string()}" for key, value in wanted.items()]


def _built(row: dict[str, Any]) -> Phrase:
    """An entry as a phrase, whatever is wrong with it."""
    return build(Row(row, lambda key, what: None))


def _read(file: Path) -> tuple[str, list[dict[str, Any]]]:
    """The file's text, and its entries in their order."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
        rows = tomllib.loads(text).get("phrase", [])
    except FileNotFoundError:
        return "", []
    except OSError as error:
        raise _refused(file, f"cannot be read ({error.strerror or error})") from error
    except (ValueError, RecursionError) as error:
        raise _refused(file, f"is not valid TOML ({error})") from error
    if not isinstance(rows, list) or len(entry_lines(text, "phrase")) != len(rows):
        raise _refused(file, "writes its phrases in another way than as [[phrase]]")
    return text, rows


def _write(folder: Path, text: str, phrase_id: str, expected: list[Phrase]) -> None:
    """Put the text in the file's place, whole or not at all, once it has proved to say what is
    expected of the phrase of that id."""
    file = folder / NAME
    rows = tomllib.loads(text).get("phrase", [])
    if [_built(row) for row in rows if row.get("id") == phrase_id] != expected:
        raise _refused(file, "is laid out in a way that cannot be changed from here")
    try:
        private_folder(folder)
        _replace(file.resolve(), text)
    except StoreError as error:
        raise PlaybookError(str(error)) from error
    except OSError as error:
        raise _refused(file, f"cannot be written ({error.strerror or error})") from error


def _replace(file: Path, text: str) -> None:
    """A new file first, then its name: whoever reads meanwhile reads the old or the new one."""
    fresh = file.with_name(f".{file.name}.new")
    try:
        with fresh.open("w", encoding="utf-8", newline="") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileNotFoundError):
            shutil.copymode(file, fresh)
        os.replace(fresh, file)
    finally:
        fresh.unlink(missing_ok=True)


def _lined_like(before: str, text: str) -> str:
    """The text with the line ends that the file had."""
    plain = text.replace("\r\n", "\n")
    return plain.replace("\n", "\r\n") if "\r\n" in before else plain


def _refused(file: Path, why: str) -> PlaybookError:
    return PlaybookError(f"The playbook file {file} {why}; nothing was changed.")
