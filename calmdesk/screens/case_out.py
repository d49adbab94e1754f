"""A case out of the program: whole, as Markdown, onto the clipboard or into a file. What was written
to an agent alone is not in it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from calmdesk.errors import LetterError
from calmdesk.records.case_rows import CaseWhole
from calmdesk.records.reading import read_case

if TYPE_CHECKING:
    from calmdesk.screens.day import DayScreen
    from calmdesk.screens.workplace import Workplace


TERMINALS_TAKE = 70_000
"""Bytes that a terminal takes onto its clipboard, as most have it."""


async def copy(screen: DayScreen, whole: CaseWhole) -> None:
    """Put a case on the clipboard; or say how it gets into a file."""
    text = await _markdown(screen.place, whole)
    long = len(text.encode()) > TERMINALS_TAKE
    why = "Many terminals take no text as long as this: " if long else ""
    await to_clipboard(screen, text, f"{why}g writes it into a file.")


async def write(screen: DayScreen, whole: CaseWhole) -> None:
    """Write a case into a file beside the letters, and say where it lies."""
    from calmdesk.letters import handing

    place = screen.place
    text = await _markdown(place, whole)
    name = handing.file_name(whole.line.ref, "case", "markdown")
    wanted = place.settings.letters.folder or place.places.written

    def written() -> str:
        return str(handing.to_file(text, handing.folder(wanted) / name))

    try:
        file = await asyncio.to_thread(written)
    except LetterError as error:
        screen.title_line.warning = str(error)
        return
    screen.notify(f"In {file}", markup=False)


async def to_clipboard(screen: Screen[Any], text: str, rather: str = "") -> None:
    """Put a text on the clipboard, and say honestly by what; `rather` is what else can be done where
    the system's own tool did not take it."""
    from calmdesk.letters.handing import to_clipboard

    taken = await asyncio.to_thread(to_clipboard, text)
    if taken is None:
        screen.app.copy_to_clipboard(text)
    honest = f"Sent to the terminal; paste to see if it took it. {rather}".rstrip()
    screen.notify(f"Copied ({taken})." if taken else honest, markup=False)


async def _markdown(place: Workplace, whole: CaseWhole) -> str:
    from calmdesk.reports.case_markdown import case_markdown

    clocks = (await place.clocks([whole.line.id])).get(whole.line.id, ())
    words, currency = place.words(), place.settings.currency

    def written() -> str:
        return case_markdown(read_case(whole, place.wall, words, currency, clocks))

    return await asyncio.to_thread(written)
