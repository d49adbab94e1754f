"""What a softphone waits for, and how soon a ring stands on the screen."""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue

from calmdesk.commands_phone import hook_program
from calmdesk.phone.spool import Row as Event
from calmdesk.phone.spool_watch import SpoolWatch
from calmdesk.records import people
from calmdesk.records.store import Store
from tests.bench.programs import COMPILED, DESK, START
from tests.bench.rows import Row, at, milliseconds
from tests.phone.real import LOOPBACK, Baresip, missing
from tests.telling import tell
from tests.terminal import Terminal, calmdesk

MEDIAN, LATEST = 0.080, 0.150
"""Seconds from the start of the hook to the app's hands, at p50 and at p99."""
SEEN = 0.150
"""Seconds from the start of the hook until it is seen, at p95."""
SETTLED = 3.0
"""Seconds that calmdesk has after its first paint, to read its words."""
HELD = 1.5
"""Seconds that a softphone waits for the hook at most."""
IDLE = 0.01
"""Share of a core that following may take while nothing comes."""
DEAF = (
    "from calmdesk.app import CalmDesk; CalmDesk.FOLLOWS_PHONE = False; "
    "from calmdesk.cli import main; main()"
)
"""calmdesk that follows no telephone."""
BARE = [sys.executable, "-c", "import sqlite3"]
"""What the hook cannot do without: the interpreter, and a database to write to."""
NUMBER = "+1 415 555 0134"
PROMISED = "ring with the plate status"


def at_the_phone(quick: bool) -> list[Row]:
    """The hook, the banner, and the idle cost of listening."""
    hook, banner = _hook(20 if quick else 100), _banner(10 if quick else 40)
    return [*hook, _locked(), *banner, *_idle(2 if quick else 20)]


def _start(home: Path, event: str) -> float:
    """Have a softphone start the hook, and wait for it as some do. Returns when it was started, by
    the wall's clock."""
    started = time.time()
    subprocess.run(_hook_of(event), env=_environment(home), check=True)
    return started


def _hook_of(event: str) -> list[str]:
    """The program as it is installed."""
    return [*hook_program(), event, "--", NUMBER]


def _environment(home: Path) -> dict[str, str]:
    environment = {**os.environ, "CALMDESK_HOME": str(home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


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


def _locked() -> Row:
    """How long the hook holds a softphone up at most: somebody keeps the spool locked."""
    with tempfile.TemporaryDirectory(prefix="calmdesk-bench-") as folder:
        home = Path(folder)
        _start(home, "ring")
        with closing(sqlite3.connect(home / "phone-spool.db", isolation_level=None)) as holding:
            holding.execute("BEGIN IMMEDIATE")
            began = time.perf_counter()
            done = subprocess.run(
                _hook_of("ring"), env=_environment(home), capture_output=True, check=False
            )
            took = time.perf_counter() - began
    said = f"{took:.2f} s"
    return Row(
        "hook at a locked spool",
        said,
        "",
        None,
        f"<= {HELD:g} s",
        done.returncode != 0 and took <= HELD,
    )


def _idle(seconds: int) -> list[Row]:
    """The share of a core that following takes while nobody rings: calmdesk beside one that follows
    no telephone, at the same time."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="calmdesk-bench-")))
        homes = {"hook": folder / "hook"}
        if not missing():
            phone = stack.enter_context(Baresip(folder / "baresip"))
            homes["hook and baresip"] = linked = folder / "linked"
            linked.mkdir()
            line = f'[phone]\nbaresip = "{LOOPBACK}:{phone.ctrl}"\n'
            (linked / "settings.toml").write_text(line, encoding="utf-8")
        deaf = Terminal.start(
            [sys.executable, "-c", DEAF], {"CALMDESK_HOME": str(folder / "deaf")}, (80, 24)
        )
        idle = {None: stack.enter_context(deaf)} | {
            what: stack.enter_context(calmdesk(home, size=(80, 24))) for what, home in homes.items()
        }
        for terminal in idle.values():
            terminal.wait_for("Who is at this desk?", START)
            terminal.press("escape")
        before = {}
        for what, terminal in idle.items():
            terminal.read_for(SETTLED)
            before[what] = terminal.ran()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for terminal in idle.values():
                terminal.read_for(0.2)
        ran = {what: terminal.ran() - before[what] for what, terminal in idle.items()}
    return [
        Row(
            f"idle cost of following the {what}",
            f"{100 * (ran[what] - ran[None]) / seconds:.2f} % of a core",
            f"{100 * ran[None] / seconds:.2f} %",
            None,
            f"<= {100 * IDLE:.0f} %",
            (ran[what] - ran[None]) / seconds <= IDLE,
        )
        for what in homes
    ]
