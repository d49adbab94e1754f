"""Two at one file, `python -m tests.two_at_one_file [--seconds 60]`: an agent's process takes call
after call and writes, a supervisor's process reads the day again whenever somebody has written, and
the real Day stands open in a terminal.

What must hold:

* nobody is told of a lock, or of any other trouble with the file;
* what the agent's commit has kept, the supervisor's list, case and pictures show within `STALE`, and
  the Day on its screen;
* at the end every note and promise is in the file, once.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, TextIO

from sqlmodel import select

from calmdesk.clock import SystemClock
from calmdesk.guide import happenings as h
from calmdesk.guide.filters import Filter
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Outcome
from calmdesk.records import browse, calls, figures, needs, people, pictures
from calmdesk.records.models import Note, Promise
from calmdesk.records.store import Store

STALE = 1.0
"""Seconds after which the supervisor sees what was kept. Those in which the machine gave its process
no processor do not count: another program had them."""
LOOKS_EVERY = 0.1
"""Seconds between two questions whether anybody has written."""
PACE = 0.06
"""Seconds between two things that happen in a call: faster than people type."""
PATIENCE = 60.0
"""Seconds for which anything is waited for at most. It is no measure of ours: a program may take long
to start."""
LAST = "the last word"
Row = dict[str, Any]
"""What was told, or seen: its number, and when."""
DAY = timedelta(days=1)


@dataclass
class Report:
    """What was found."""

    kept: int = 0
    """Notes and promises that the agent kept."""
    looks: int = 0
    """How often the supervisor read the day."""
    stalest: float = 0.0
    """Seconds between a commit and the look that showed it, at most; what starved left out."""
    cases: int = 0
    """Calls that the agent took."""
    on_screen: float = 0.0
    """Seconds until the title of the Day counted one more, at most; what starved left out."""
    troubles: list[str] = field(default_factory=list)
    """Everything that must not happen, a sentence each."""

    def __str__(self) -> str:
        return (
            f"kept {self.kept}, looks {self.looks}, stalest {1000 * self.stalest:.0f} ms, "
            f"calls {self.cases}, on the Day within {1000 * self.on_screen:.0f} ms, "
            f"troubles {self.troubles}"
        )


def starved() -> float:
    """Seconds in which a thread of this process was ready to run and no processor was free for it;
    0.0 where the machine does not say."""
    waits = 0.0
    for file in Path("/proc/self/task").glob("*/schedstat"):
        with suppress(OSError):
            waits += int(file.read_text().split()[1]) / 1e9
    return waits


# -- the two ------------------------------------------------------------------------------------


def agent(file: Path, over: Path, log: TextIO) -> None:
    """Take calls until `over` is there; each note and promise has a number, and is told once it is
    kept."""
    store, clock, random, numbers = Store.open(file), SystemClock(), Random(3), count(1)
    for case_number in count(1):
        if over.exists():
            break
        contact, case = store.new_id(clock.now()), store.new_id(clock.now())
        calls.answer(store, contact, case, h.Answered("+1 415 555 0134"), clock.now())
        _tell(log, case=case_number, at=time.monotonic())
        for number in [next(numbers) for _ in range(random.randint(4, 12))]:
            calls.happen(store, contact, _said(store, number, clock.now()), clock.now())
            _tell(log, number=number, at=time.monotonic())
            time.sleep(PACE)
        for happening in (h.HeatMarked(3), h.CallEnded(), h.Finished(Outcome.INVESTIGATING)):
            calls.happen(store, contact, happening, clock.now())
    contact, case = store.new_id(clock.now()), store.new_id(clock.now())
    calls.answer(store, contact, case, h.Answered(""), clock.now())
    calls.happen(store, contact, h.Noted(store.new_id(clock.now()), Sign.SAYS, LAST), clock.now())
    store.close()


def _said(store: Store, number: int, now: datetime) -> h.Happening:
    new = store.new_id(now)
    if number % 4 == 0:
        return h.Promised(new, f"word {number}", now + timedelta(minutes=number % 90))
    return h.Noted(new, Sign.SAYS, f"word {number}")


def supervisor(file: Path, log: TextIO) -> None:
    """Read today whenever somebody has written, until the agent has said the last word."""
    store, seen, version, words = Store.open(file), 0, -1, [""]
    while LAST not in words:
        before, version = version, browse.version(store)
        if version != before:
            words = _read_day(store, datetime.now(UTC))
            seen = max([seen, *(int(it.split()[1]) for it in words if it.startswith("word"))])
            _tell(log, number=seen, at=time.monotonic(), starved=starved())
        time.sleep(LOOKS_EVERY)
    store.close()


def _read_day(store: Store, now: datetime) -> list[str]:
    """What the Day shows, newest case first. Returns the words of the two newest cases."""
    today = Filter(now - DAY, now + DAY)
    lines = browse.page(store, today, 0, now)
    shown = pictures.pictures(store, today, now)
    told = figures.figures(store, today, [(now - DAY, now + DAY)], now).now.cases
    needs.needs(store, now, (now - DAY, now + DAY))
    counted = browse.count(store, today)
    drawn = sum(hour.cases for hour in shown.heat)
    if not len(lines) <= drawn <= told <= counted:
        raise AssertionError(f"{len(lines)} lines, {drawn} drawn, {told} told, {counted} counted")
    wholes = [browse.whole(store, line.id, now) for line in lines[:2]]
    return [
        words
        for whole in wholes
        for words in (*(it["text"] for it in whole.notes), *(it["what"] for it in whole.promises))
    ]


def watch(home: Path, seconds: float, over: Path, taken: Callable[[], float]) -> Iterator[Row]:
    """Stand before the open Day for so long, have it be `over`, and wait until all cases that were
    `taken` are counted: how many its title counts, look by look."""
    from tests.terminal import calmdesk

    with calmdesk(home, size=(80, 24)) as terminal:
        terminal.wait_for("Sam Ortiz", PATIENCE)
        terminal.press("ctrl+g")
        terminal.type("y")
        terminal.wait_until(lambda lines: _counted(lines) is not None, "the Day", PATIENCE)
        number, enough = 0, time.monotonic() + seconds
        while time.monotonic() < enough or number < taken():
            if time.monotonic() > enough:
                over.touch()
            if time.monotonic() > enough + PATIENCE:
                raise AssertionError("\n".join(terminal.screen()))
            terminal.read_for(0.03)
            number = _counted(terminal.screen()) or number
            waited = terminal.starved() + starved()
            yield {"number": number, "at": time.monotonic(), "starved": waited}


def _counted(screen: Sequence[str]) -> int | None:
    """How many cases the title of a screen counts; None where it does not."""
    found = re.search(r"([\d,]+) cases?\b", screen[0])
    return int(found[1].replace(",", "")) if found else None


def _tell(log: TextIO, **told: float) -> None:
    print(json.dumps(told), file=log, flush=True)


# -- holding one against the other --------------------------------------------------------------


def run(seconds: float, folder: Path) -> Report:
    """Let both live for so long at a fresh file, and judge."""
    file = folder / "calmdesk.db"
    store = Store.open(file)
    people.introduce(store, "Sam Ortiz", "", "")
    store.close()
    logs = {role: folder / f"{role}.jsonl" for role in ("agent", "supervisor")}
    words = [sys.executable, "-m", "tests.two_at_one_file", "--file", str(file)]
    over, started, report = folder / "over", [], Report()
    for role, log in logs.items():
        asked = [*words, "--role", role, "--log", str(log), "--over", str(over)]
        started.append(subprocess.Popen(asked, stderr=subprocess.PIPE, text=True))
        _wait_for(log)

    def taken() -> float:
        """How many cases the agent took in all; no end of them while it goes on."""
        if started[0].poll() is None:
            return math.inf
        return max((it["number"] for it in _cases(logs["agent"])), default=0)

    try:
        on_screen = [*watch(folder, seconds, over, taken)]
    except BaseException:
        for process in started:
            process.kill()
        raise
    for process, role in zip(started, logs, strict=True):
        try:
            _, error = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            _, error = process.communicate()
        if process.returncode or error:
            report.troubles.append(f"the {role} ended with {process.returncode}: {error[-600:]}")
    told, looks = _read(logs["agent"]), _read(logs["supervisor"])
    noted, cases = [it for it in told if "number" in it], _cases(logs["agent"])
    report.kept, report.looks, report.cases = len(noted), len(looks), len(cases)
    report.stalest, stale = judge("word", noted, looks)
    report.on_screen, unseen = judge("case", cases, on_screen)
    report.troubles += [*stale, *unseen, *_missing(file, report.kept)]
    return report


def _wait_for(log: Path) -> None:
    """Until somebody has begun to tell: the agent sits down first, and has the file's lock."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not (log.exists() and log.read_text(encoding="utf-8")):
        time.sleep(0.02)


def _read(log: Path) -> list[Row]:
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def _cases(log: Path) -> list[Row]:
    """The cases that the agent told of, each with its number."""
    return [it | {"number": it["case"]} for it in _read(log) if "case" in it]


def judge(what: str, kept: Sequence[Row], looks: Sequence[Row]) -> tuple[float, list[str]]:
    """How long any number was kept and not seen yet, at most, and what is wrong with that. `kept` has
    each with its instant; `looks` have the highest number that was seen, when, and for how long the
    eyes were starved until then."""
    stalest, troubles = 0.0, []
    began = looks[0]["at"] if looks else 0.0
    for it in kept:
        if it["at"] < began:
            continue  # before anybody looked
        at = bisect_right(looks, it["number"] - 1, key=lambda look: look["number"])
        if at == len(looks):
            troubles.append(f"{what} {it['number']} was never seen")
            continue
        before = bisect_right(looks, it["at"], key=lambda look: look["at"]) - 1
        waited = looks[at]["starved"] - looks[max(0, before)]["starved"]
        stalest = max(stalest, looks[at]["at"] - it["at"] - waited)
    if stalest > STALE:
        troubles.append(f"a {what} was not seen for {stalest:.2f} s")
    return stalest, troubles


def _missing(file: Path, kept: int) -> Iterator[str]:
    """What of the numbered words is not in the file exactly once."""
    store = Store.open(file)
    with store.reading() as session:
        words = [*session.exec(select(Note.text)), *session.exec(select(Promise.what))]
    store.close()
    if sorted(words) != sorted([LAST, *(f"word {number}" for number in range(1, kept + 1))]):
        yield f"{kept} words were kept, {len(words) - 1} are in the file"


def main(words: Iterable[str] | None = None) -> int:
    """Both, or one of them, from the command line. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.two_at_one_file")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--over", type=Path)
    parser.add_argument("--role", choices=("agent", "supervisor"))
    parser.add_argument("--file", type=Path)
    parser.add_argument("--log", type=Path)
    chosen = parser.parse_args(None if words is None else list(words))
    if chosen.role is None:
        with tempfile.TemporaryDirectory(prefix="calmdesk-two-") as folder:
            report = run(chosen.seconds, Path(folder))
        print(report)
        return 1 if report.troubles else 0
    with chosen.log.open("w", encoding="utf-8") as log:
        if chosen.role == "agent":
            agent(chosen.file, chosen.over, log)
        else:
            supervisor(chosen.file, log)
    return 0


if __name__ == "__main__":
    sys.exit(main())
