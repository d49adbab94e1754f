"""The note line at work: what is entered, mended, and how a half-typed line will be read."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from calmdesk.guide import happenings as h
from calmdesk.guide.notes import Sign, parse, sign_at
from calmdesk.screens.entering import entered, line_of, mended

if TYPE_CHECKING:
    from calmdesk.screens.call import CallScreen


class NoteTaking:
    """Takes the notes of one call screen."""

    def __init__(self, screen: CallScreen) -> None:
        self.screen = screen
        self._mending = ""
        """Id of the note that the line holds to be mended."""

    def enter(self, line: str) -> None:
        """Keep an entered line as what it is."""
        screen, call = self.screen, self.screen.call
        note = next((n for n in call.notes if n.note_id == self._mending), None)
        self._mending = ""
        if note is not None:
            screen.did(*mended(line, note, call, screen.around))
            return
        happenings = entered(line, call, screen.around)
        screen.did(*happenings)
        for happening in happenings:
            if isinstance(happening, h.Promised) and happening.due is None:
                self._read_otherwise(happening)
            if isinstance(happening, h.CallerNamed):
                screen.search.bring()

    def _read_otherwise(self, promised: h.Promised) -> None:
        """A time that the grammar did not read: dateparser may, away from the UI's thread."""
        place = self.screen.place
        now, hours = place.wall(), place.settings.hours

        def read() -> None:
            from calmdesk.guide.english.spoken_times import read_spoken

            reading = read_spoken(promised.what, now, hours)
            if reading is not None:
                self.screen.app.call_from_thread(self._found, promised, reading.wall)

        self.screen.run_worker(read, thread=True)

    def _found(self, promised: h.Promised, wall: datetime) -> None:
        due = self.screen.place.instant(wall)
        self.screen.did(h.PromiseChanged(promised.promise_id, promised.what, due))
        self.screen.note_line.hint = f"told: {self.screen.around.told(due)}"

    def mend_last(self) -> None:
        """Put the last note back into the line, to be written anew."""
        notes, line = self.screen.call.notes, self.screen.note_line
        if notes:
            self._mending = notes[-1].note_id
            line.write(line_of(notes[-1]))
            line.hint = "mending the last note: enter keeps it, escape leaves it as it was"

    def put_aside(self) -> None:
        """Leave the note that was being mended as it was."""
        if self._mending:
            self._mending = ""
            self.screen.note_line.write("")
            self.screen.note_line.hint = ""

    def explain(self, line: str) -> None:
        """Show what a half-typed line will be read as."""
        screen, note_line = self.screen, self.screen.note_line
        if note_line.returned:
            if line == note_line.returned:
                return  # what is wrong with it stands there
            note_line.returned = note_line.hint = ""
        sign = sign_at(line)
        if sign is Sign.PROMISE and len(line) > 2:
            around, text = screen.around, parse(line).text
            reading = around.read(text)
            told = f"told: {around.told(around.due(reading))}" if reading else ""
            note_line.hint = told or around.ask(text, "told, by when? fri 9")
        elif sign is Sign.STAKE and (due := screen.around.deadline(parse(line).text)):
            note_line.hint = f"too late after {screen.around.told(due)}"
        elif sign is Sign.CALLER and len(line) > 3:
            screen.search.explain(line[2:])
        elif line and not self._mending and not note_line.input.armed and not screen.header.trouble:
            note_line.hint = ""
