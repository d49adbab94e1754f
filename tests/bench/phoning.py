"""What a softphone waits for, and how soon a ring stands on the screen."""

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue

from calmdesk.phone.spool import Row as Event
from calmdesk.phone.spool_watch import SpoolWatch
from calmdesk.records import people
from calmdesk.records.store import Store
from tests.bench.programs import COMPILED, DESK, START
from tests.bench.rows import Row, at, milliseconds
from tests.telling import tell
from tests.terminal import Terminal, calmdesk

MEDIAN, LATEST = 0.080, 0.150
"""Seconds from the start of the hook to the app's hands, at p50 and at p99."""
SEEN = 0.150
"""Seconds from the start of the hook until it is seen, at p95."""
SETTLED = 3.0
"""Seconds that calmdesk has after its first paint, to read its words."""
IDLE = 0.01
"""Share of a core that watching may take while nothing comes."""
BARE = [sys.executable, "-c", "import sqlite3"]
"""What the hook cannot do without: the interpreter, and a database to write to."""
NUMBER = "+1 415 555 0134"
PROMISED = "ring with the plate status"


def at_the_phone(quick: bool) -> list[Row]:
    """The hook, the banner, and the idle cost of listening."""
    return [*_hook(20 if quick else 100), *_banner(10 if quick else 40), _idle(2 if quick else 10)]


def _start(home: Path, event: str) -> float:
    """Have a softphone start the hook, and wait for it as some do. Returns when it was started, by
    the wall's clock."""
    program = [sys.executable, "-m", "calmdesk.phone.hook", event, "--", NUMBER]
    environment = {**os.environ, "CALMDESK_HOME": str(home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.time()
    subprocess.run(program, env=environment, check=True)
    return started


def _hook(events: int) -> list[Row]:
    """From the start of the process to the app's hands."""
    heard: SimpleQueue[float] = SimpleQueue()

    def hear(uid: str, rows: list[Event]) -> None:
        heard.put(time.time())
        watch.done(uid, [row[0] for row in rows], [])

    taken, bare = [], []
    with tempfile.TemporaryDirectory(prefix="calmdesk-bench-") as folder:
        home = Path(folder)
        watch = SpoolWatch(str(home / "phone-spool.db"), hear, lambda sentence: None)
        watch.begin()
        try:
            for _ in range(events):
                started = _start(home, "ring")
                taken.append(heard.get(timeout=START) - started)
                began = time.perf_counter()
                subprocess.run(BARE, check=True)
                bare.append(time.perf_counter() - began)
        finally:
            watch.close()
    return [
        _row("hook to the app's hands", taken, bare, 0.50, MEDIAN),
        _row("hook to the app's hands", taken, bare, 0.99, LATEST),
    ]


def _row(what: str, ours: list[float], bare: list[float], share: float, most: float) -> Row:
    """One percentile, beside a bare interpreter of the same run."""
    took = at(ours, share)
    return Row(
        f"{what}, p{100 * share:.0f}",
        milliseconds(ours, share),
        milliseconds(bare, share),
        took / at(bare, share),
        f"<= {1000 * most:.0f} ms",
        took <= most,
    )


def _banner(rings: int) -> list[Row]:
    """From the start of the hook until somebody in front of the screen sees the number, and the
    promise that was missed."""
    seen: list[float] = []
    told: list[float] = []
    bare: list[float] = []
    with tempfile.TemporaryDirectory(prefix="calmdesk-bench-") as folder:
        home = Path(folder)
        _known(home)
        with calmdesk(home, env=COMPILED, size=(80, 24)) as terminal:
            terminal.wait_for(DESK, START)
            terminal.read_for(SETTLED)
            for _ in range(rings):
                terminal.send("")
                started = _start(home, "ring")
                seen.append(_shown(terminal, "rings") - started)
                told.append(_shown(terminal, "promised") - started)
                terminal.rest(0.2)
                _start(home, "hangup")
                terminal.rest(0.3)
                began = time.perf_counter()
                subprocess.run(BARE, check=True)
                bare.append(time.perf_counter() - began)
    return [
        _row("ring to visible banner", seen, bare, 0.95, SEEN),
        _row("ring to the broken promise", told, bare, 0.95, SEEN),
    ]


def _shown(terminal: Terminal, text: str) -> float:
    """When a text was written to the terminal, by the wall's clock."""
    return time.time() - time.perf_counter() + terminal.wait_for_output(text, START)


def _known(home: Path) -> None:
    """Somebody was told something for yesterday."""
    now, day = datetime.now(UTC), timedelta(days=1)
    store = Store.open(home / "calmdesk.db")
    people.introduce(store, "Sam Ortiz", "", "")
    tell(store, now - 3 * day, now - day, PROMISED, number=NUMBER)
    store.close()


def _idle(seconds: int) -> Row:
    """The share of a core that a watched spool takes while nobody rings."""
    bare = _spent(seconds)
    with tempfile.TemporaryDirectory(prefix="calmdesk-bench-") as folder:
        spool = str(Path(folder) / "phone-spool.db")
        watch = SpoolWatch(spool, lambda uid, rows: None, lambda sentence: None)
        watch.begin()
        time.sleep(0.5)  # it is opened by then
        ours = _spent(seconds)
        watch.close()
    share = (ours - bare) / seconds
    return Row(
        "idle cost of listening",
        f"{100 * share:.2f} % of a core",
        f"{100 * bare / seconds:.2f} %",
        None,
        f"<= {100 * IDLE:.0f} %",
        share <= IDLE,
    )


def _spent(seconds: int) -> float:
    """Seconds of a processor that this program takes while it does nothing."""
    before = time.process_time()
    time.sleep(seconds)
    return time.process_time() - before
