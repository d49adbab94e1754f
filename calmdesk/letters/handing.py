"""A letter out of the program: into a file, or onto the clipboard. calmdesk sends nothing."""

import os
import re
import subprocess
import sys
from itertools import count
from pathlib import Path

from calmdesk.errors import LetterError
from calmdesk.letters.forms import FORMS
from calmdesk.paths import write_new
from calmdesk.words import shorten

PATIENCE = 3.0
"""Seconds that the native clipboard is waited for."""
_LONGEST_NAME = 60
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")


def file_name(reference: str, kind: str, form: str) -> str:
    """A name for a letter's file that every system takes: `CD-261121-7F3K-confirmation.html`."""
    safe = _UNSAFE.sub("-", shorten(reference, _LONGEST_NAME)).strip("-")
    return "-".join(filter(None, (safe, _UNSAFE.sub("-", kind)))) + f".{FORMS[form]}"


def to_file(text: str, path: Path) -> Path:
    """Write a letter that only its user may read (0600), and say where it lies: a file that is
    there already stays, and `name-2.md` is taken. Raises LetterError; then nothing is left."""
    content = text.encode("utf-8", "replace")
    for number in count(1):
        file = path if number == 1 else path.with_stem(f"{path.stem}-{number}")
        try:
            write_new(file, content)
        except FileExistsError:
            continue
        except OSError as error:
            raise _refused(file, error) from error
        return file
    raise AssertionError("there is always a next number")


def folder(place: Path) -> Path:
    """Make a folder for letters that only its user may enter (0700); one that is there keeps its
    mode. Raises LetterError."""
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise LetterError(
            f"The folder {place} cannot be made ({error.strerror or error}); "
            "name another in the settings: [letters] folder."
        ) from error
    return place


def to_clipboard(text: str) -> str | None:
    """Put a letter on the clipboard by the system's own tool, in at most PATIENCE seconds.

    Returns what took it, in words, once the same words could be read back from it; None where no
    tool did. Then the terminal's own way is left (OSC 52), which gives no answer.
    """
    program = [sys.executable, "-P", str(Path(__file__).with_name("clipboard.py"))]
    try:
        with subprocess.Popen(
            program,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as running:
            try:
                running.communicate(text.encode("utf-8", "replace"), timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                _end(running)
    except OSError:  # no such program any more, or no process left for it
        return None
    return "the clipboard" if running.returncode == 0 else None


def _end(running: subprocess.Popen[bytes]) -> None:
    """End a program, and the tools that it started."""
    if sys.platform == "win32":
        running.kill()
    else:
        import signal

        os.killpg(running.pid, signal.SIGKILL)


def _refused(file: Path, error: OSError) -> LetterError:
    return LetterError(
        f"The letter {file} cannot be written ({error.strerror or error}); choose another folder."
    )
