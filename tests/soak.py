"""calmdesk killed again and again while somebody types: `python -m tests.soak [--kills 50]`.

Each round types into a real terminal, kills the program (SIGKILL) at some moment, reads what is on
disk, and starts again on the same home. What must hold:

* a note whose Enter is older than `SAFE` is in the database, once, with its journal entry;
* of what was typed, nothing older than `SAFE` is missing, but for a trailing run of digits that may
  be half a card number;
* the database is whole, and the next start opens the same call with the half-typed line in it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from calmdesk.guide.notes import parse
from calmdesk.words import one_line, settled
from tests.terminal import Terminal, calmdesk

SAFE = 0.25
"""Seconds after which a key, or an entered note, must outlive a kill. Those in which the machine gave
calmdesk no processor do not count: another program had them."""
PACE = 1 / 16
"""Seconds to a key: faster than people type."""
SIZE = (120, 30)
COMPILED: dict[str, str | None] = {"PYTHONDONTWRITEBYTECODE": None}
"""Lets Python keep what it has compiled: a start is quicker."""
WORDS = ("flyers", "school", "opens", "friday", "nobody", "rang", "twice", "paid", "late", "proof")
SIGNS = ("", "", "", "! ", "? ", "* ")
NUMBER = "4929 1183 2207 5516"
"""A long number such as customers read out."""


@dataclass
class Report:
    """What a soak found."""

    kills: int = 0
    notes: int = 0
    """Notes that had to be on disk."""
    notes_lost: int = 0
    oldest_lost: float = 0.0
    """Milliseconds before the kill at which the oldest lost key was sent."""
    damaged: int = 0
    """Databases that were not whole after a kill."""
    twice: int = 0
    """Starts that put back into the line what was already kept as a note: no word is lost, but the
    agent sees it again."""
    troubles: list[str] = field(default_factory=list)
    """Everything that must not happen, a sentence each."""

    @property
    def ok(self) -> bool:
        """Whether everything held."""
        return not self.troubles

    def __str__(self) -> str:
        return (
            f"kills {self.kills}, notes due {self.notes}, notes lost {self.notes_lost}, oldest lost "
            f"key {self.oldest_lost:.0f} ms, integrity failures {self.damaged}, note seen again in "
            f"the line {self.twice}"
        )


@dataclass
class Line:
    """A line as it was typed, with the instant of every key."""

    text: str
    """What stood in the line at first; the keys come behind it."""
    keys: str = ""
    sent: list[float] = field(default_factory=list)
    entered_at: float | None = None
    """When Enter was sent; None while it is half typed."""

    def after(self, keys: int) -> str:
        """The line after so many keys."""
        return self.text + self.keys[:keys]

    @property
    def whole(self) -> str:
        """The line after all its keys."""
        return self.after(len(self.keys))

    @property
    def note(self) -> str:
        """The text of the note that it becomes."""
        return parse(one_line(self.whole)).text


@dataclass(frozen=True)
class Disk:
    """What a kill left on disk, read by SQLite alone."""

    notes: tuple[str, ...]
    journal: tuple[str, ...]
    """The texts of the notes, as the journal has them."""
    draft: str
    calls: tuple[tuple[str, str], ...]
    """Id and state of every call."""
    check: str

    @classmethod
    def read(cls, home: Path) -> Disk:
        """Read a copy, so that the next start finds exactly what the kill left."""
        with tempfile.TemporaryDirectory(prefix="calmdesk-soak-") as folder:
            for name in ("calmdesk.db", "calmdesk.db-wal"):
                if (home / name).exists():
                    shutil.copy(home / name, folder)
            with closing(sqlite3.connect(Path(folder) / "calmdesk.db")) as database:
                return cls._of(database)

    @classmethod
    def _of(cls, database: sqlite3.Connection) -> Disk:
        noted = database.execute("SELECT payload FROM event WHERE kind = 'noted' ORDER BY seq")
        draft = database.execute("SELECT text FROM draft WHERE field = 'note'").fetchone()
        return cls(
            notes=tuple(text for (text,) in database.execute("SELECT text FROM note ORDER BY id")),
            journal=tuple(json.loads(payload)["text"] for (payload,) in noted),
            draft=draft[0] if draft else "",
            calls=tuple(database.execute("SELECT id, state FROM contact").fetchall()),
            check=database.execute("PRAGMA integrity_check").fetchone()[0],
        )


class Soak:
    """One call, lived through many kills."""

    def __init__(self, seed: int, home: Path) -> None:
        self.home = home
        self.report = Report()
        self._random = Random(seed)
        self._lines: list[Line] = [Line("")]
        """Lines since the last start; the last one is half typed."""
        self._old: list[str] = []
        """Notes that were on disk at the last start."""
        self._call = ""
        self._marker = 0

    def round(self) -> str:
        """Start, type, kill, look. Returns a sentence for people."""
        with calmdesk(self.home, env=COMPILED, size=SIZE) as terminal:
            self._open(terminal)
            killed = self._type(terminal, *self._moment())
            code = terminal.exit_code()
        disk = Disk.read(self.home)
        self.report.kills += 1
        if code != -signal.SIGKILL:
            self._trouble(f"calmdesk had ended by itself with {code}")
        said = self._judge(disk, killed)
        self._old = list(disk.notes)
        self._lines = [Line(disk.draft)]
        return said

    # -- living -----------------------------------------------------------------------------

    def _open(self, terminal: Terminal) -> None:
        """The first time take a call; from then on the same call must stand there by itself."""
        if not self._call:
            terminal.wait_for("Who is at this desk?")
            terminal.press("escape", "ctrl+n")
            terminal.wait_for("what they say")
            return
        line = self._lines[-1].text.strip()[-60:] or "what they say"
        terminal.wait_until(
            lambda lines: "●" in lines[0] and any(row.endswith(line) for row in lines[-3:]),
            f"the same call, its clock, and {line!r} in the note line",
            30,
        )

    def _moment(self) -> tuple[float, float | None]:
        """When to kill: any moment, or shortly after an Enter, where a note and the emptied line
        are both on their way. Returns seconds of typing, and seconds after the Enter then next."""
        seconds = self._random.uniform(0.3, 1.8)
        return seconds, self._random.uniform(0.0, 0.15) if self._random.random() < 0.4 else None

    def _type(self, terminal: Terminal, seconds: float, after_enter: float | None) -> float:
        """Type until the moment has come, then kill. Returns when, as calmdesk lived it."""
        starved, now = terminal.starved(), time.perf_counter()
        kill_at, due, waits = now + seconds, now, after_enter is not None
        rest = self._next_line()
        while waits or due < kill_at:
            terminal.read_for(due - time.perf_counter())
            line = self._lines[-1]
            if rest:
                line.keys += rest[0]
                terminal.send(rest[0])
                line.sent.append(time.perf_counter())  # calmdesk can have it from now on
                rest = rest[1:]
            else:
                terminal.send("\r")
                line.entered_at = time.perf_counter()
                if waits and after_enter is not None and line.entered_at > kill_at:
                    waits, kill_at = False, line.entered_at + after_enter
                self._lines.append(Line(""))
                rest = self._next_line()
            due += PACE * self._random.uniform(0.7, 1.3)
        terminal.read_for(kill_at - time.perf_counter())
        starved = terminal.starved() - starved
        return terminal.kill() - starved

    def _next_line(self) -> str:
        """A line that is like no other: a sign now and then, a marker, words, a long number."""
        self._marker += 1
        words = self._random.sample(WORDS, self._random.randint(0, 2))
        if self._random.random() < 0.2:
            words.insert(self._random.randint(0, len(words)), NUMBER)
        sign = "" if self._lines[-1].text else self._random.choice(SIGNS)
        return f"{sign}n{self._marker}z " + " ".join(words)

    # -- looking ----------------------------------------------------------------------------

    def _judge(self, disk: Disk, killed: float) -> str:
        """Hold what is on disk against what was typed."""
        trouble = self._trouble
        if disk.check != "ok":
            self.report.damaged += 1
            trouble(f"integrity_check says {disk.check}")
        if disk.notes != disk.journal:
            trouble(f"the notes {disk.notes} and the journal {disk.journal} do not agree")
        if len(disk.calls) != 1 or disk.calls[0][1] != "live":
            trouble(f"one live call was expected, got {disk.calls}")
        self._call = self._call or (disk.calls[0][0] if disk.calls else "")
        if not disk.calls or disk.calls[0][0] != self._call:
            trouble(f"another call stands in the database: {disk.calls}")
        kept = self._notes(disk, killed)
        lost = self._lost(disk, kept, killed)
        self.report.oldest_lost = max(self.report.oldest_lost, lost)
        if lost > 1000 * SAFE:
            trouble(f"a key of {lost:.0f} ms before the kill is lost: {self._typed()}, {disk}")
        typed = sum(len(line.sent) for line in self._lines)
        return f"{typed:3} keys, {kept} of {len(self._lines) - 1} notes, lost {lost:4.0f} ms"

    def _notes(self, disk: Disk, killed: float) -> int:
        """Check that the notes on disk are those of before, then the entered ones in their order.
        Returns how many of the entered ones are there."""
        entered = self._lines[:-1]
        fresh = list(disk.notes[len(self._old) :])
        if list(disk.notes[: len(self._old)]) != self._old:
            self._trouble(f"notes of before have changed: {self._old} became {disk.notes}")
        if fresh != [line.note for line in entered[: len(fresh)]]:
            self._trouble(f"entered were {self._typed()}, on disk are {fresh}")
        due = [line for line in entered if line.entered_at and killed - line.entered_at > SAFE]
        lost = [line.note for line in due if line.note not in fresh]
        self.report.notes += len(due)
        self.report.notes_lost += len(lost)
        if lost:
            self._trouble(f"notes are lost: {lost}")
        return len(fresh)

    def _lost(self, disk: Disk, kept: int, killed: float) -> float:
        """The age in milliseconds of the oldest typed key that is neither in a note nor in the
        draft; 0 when none is lost. Enters count with their notes, not here."""
        at = self._draft_at(disk.draft)
        if at is None:
            self._trouble(f"the draft {disk.draft!r} was never in the line: {self._typed()}")
            return 0.0
        drafted, keys = at
        if drafted < kept and disk.draft:
            self.report.twice += 1
        missing = [
            sent
            for number, line in enumerate(self._lines[kept:], kept)
            for sent in line.sent[keys if number == drafted else 0 :]
        ]
        restored = self._lines[0].text
        if kept == 0 and drafted > 0 and restored:
            self._trouble(f"the line {restored!r} of the last start is neither draft nor note")
        return max(0.0, 1000 * (killed - min(missing))) if missing else 0.0

    def _draft_at(self, draft: str) -> tuple[int, int] | None:
        """The last moment at which the line was what the draft says: the line's number, and how
        many of its keys had come."""
        for number in range(len(self._lines) - 1, -1, -1):
            line = self._lines[number]
            for keys in range(len(line.keys), -1, -1):
                if settled(line.after(keys)) == draft:
                    return number, keys
        return None

    def _typed(self) -> list[str]:
        return [line.whole for line in self._lines]

    def _trouble(self, sentence: str) -> None:
        self.report.troubles.append(f"kill {self.report.kills}: {sentence}")


def run(kills: int, seed: int, home: Path, *, aloud: bool = False) -> Report:
    """Live through so many kills on a fresh home. Stops early when the call cannot be opened."""
    soak = Soak(seed, home)
    for number in range(1, kills + 1):
        before = len(soak.report.troubles)
        try:
            said = soak.round()
        except AssertionError as error:
            soak.report.troubles.append(f"start {number}: {error}")
            break
        if aloud:
            verdict = "ok" if len(soak.report.troubles) == before else "FAILED"
            print(f"kill {number:3}: {said}  {verdict}", flush=True)
    return soak.report


def main() -> int:
    """The soak from the command line. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="calmdesk-soak-") as folder:
        report = run(chosen.kills, chosen.seed, Path(folder) / "home", aloud=True)
    for trouble in report.troubles:
        print(trouble)
    print(report)
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main())
