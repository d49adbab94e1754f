"""A letter out of the program: first asked whether it may go, then handed out, then logged."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from calmdesk.errors import CalmdeskError
from calmdesk.guide.english.days import full_date
from calmdesk.letters import handing
from calmdesk.letters.forms import Letterhead, render
from calmdesk.records import post
from calmdesk.records.letter_rows import LetterRow
from calmdesk.screens.workplace import Workplace


def reads_first(place: Workplace, kind: str) -> bool:
    """Whether the settings want a colleague to read such a letter first (S81)."""
    return kind in place.settings.letters.second_reader


def forms(place: Workplace, kind: str) -> list[str]:
    """The forms that a file of such a letter can have, the settings' own first. A word in public is
    typed into somebody else's page: only its text is of use."""
    if kind == "public_reply":
        return ["text"]
    own = place.settings.letters.form
    return [own, *(form for form in ("html", "text", "markdown") if form != own)]


async def to_file(
    place: Workplace, letter: LetterRow, early: str = "", form: str | None = None
) -> Path:
    """Release a letter into a file, and say where it lies. Without a form it is the first one of
    `forms`. Raises CalmdeskError; then it is neither written nor logged."""
    await may_release(place, letter, early)
    form = form or forms(place, letter.kind)[0]
    file = await asyncio.to_thread(_written, place, letter, form)
    try:
        await _log(place, letter, file.name, early)
    except CalmdeskError:
        file.unlink(missing_ok=True)
        raise
    return file


def _written(place: Workplace, letter: LetterRow, form: str) -> Path:
    choice, date = place.settings.letters, full_date(place.wall())
    reference = "" if letter.kind == "public_reply" else letter.ref
    head = Letterhead(place.settings.company, reference, date)
    text = render(letter.text, form, letter.subject, head)
    folder = handing.folder(choice.folder or place.places.written)
    return handing.to_file(text, folder / handing.file_name(letter.ref, letter.kind, form))


async def to_clipboard(
    place: Workplace, letter: LetterRow, terminal: Callable[[str], None], early: str = ""
) -> str:
    """Release a letter onto the clipboard: by the system's own tool, else by the terminal. Returns
    what is known of it, as a sentence. Raises CalmdeskError; then it is not logged."""
    await may_release(place, letter, early)
    taken = await asyncio.to_thread(handing.to_clipboard, letter.text)
    if taken is not None:
        await _log(place, letter, taken, early)
        return "It is on the clipboard."
    terminal(letter.text)
    await _log(place, letter, "the terminal's clipboard", early)
    return "Sent to the terminal's clipboard; calmdesk cannot see whether it arrived."


async def may_release(place: Workplace, letter: LetterRow, early: str = "") -> None:
    """Ask the record whether a letter may leave the house now. Raises CalmdeskError when not."""
    read_first = reads_first(place, letter.kind)
    asked = place.desk.look(
        post.may_release, letter.id, letter.text, place.now(), early, read_first
    )
    await asked


async def _log(place: Workplace, letter: LetterRow, to: str, early: str) -> None:
    read_first = reads_first(place, letter.kind)
    await place.desk.ask(post.release, letter.id, to, letter.text, place.now(), early, read_first)
