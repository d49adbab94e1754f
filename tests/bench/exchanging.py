"""How long it takes to hand out all cases, and to take over a log; beside bare sqlite3."""

import csv
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from calmdesk.commands_progress import seldom_tidy
from calmdesk.exchange.mapping import guessed
from calmdesk.exchange.tables import How, open_table
from calmdesk.exchange.understanding import Understanding
from calmdesk.records import importing
from calmdesk.records.store import Store
from tests.bench import wording
from tests.bench.million import million
from tests.bench.rows import Row, seconds

SMALL = 1_000
MOST = 2.0
"""How much longer than the bare loop an export may take."""
FLAT = 1.2
"""How much more memory the large file may take than the small one."""
LOG = 100_000
"""Rows of the log."""
LEAST = 20_000
"""Rows a second that are to be committed."""
BARE = """
SELECT c.ref, c.opened_at, a.name, u.name, u.company,
    (SELECT group_concat(number, char(10)) FROM customer_number WHERE customer_id = u.id),
    c.category, c.cause, c.fault, c.ask, c.stake, c.heat_start, c.heat_end, c.outcome, c.status,
    c.agreed_at, c.read_back, c.summary,
    (SELECT group_concat(state || ' ' || kind || ', due ' || due_at || ', told ' || told_at ||
        ': ' || what, char(10)) FROM promise WHERE case_id = c.id),
    g.promises_open, g.promises_kept, g.promises_late, g.promises_missed,
    (SELECT group_concat(state || ' ' || kind || ', due ' || due_at || ': ' || what, char(10))
        FROM follow_up WHERE case_id = c.id),
    g.next_at,
    (SELECT group_concat(verdict || ' ' || amount || ': ' || text, char(10))
        FROM offer WHERE case_id = c.id),
    g.cost, g.calls,
    (SELECT group_concat(answered_at || ' ' || direction || ', ' || (
        SELECT sum(strftime('%s', ended_at) - strftime('%s', began_at))
        FROM span WHERE contact_id = k.id), char(10)) FROM contact k WHERE case_id = c.id),
    g.seconds, g.repeat, g.reviewed, c.example, c.told_at, c.told_how, c.closed_at, c.id,
    c.customer_id
FROM glance g JOIN "case" c ON c.id = g.case_id JOIN agent a ON a.id = g.agent_id
LEFT JOIN customer u ON u.id = g.customer_id ORDER BY g.place
"""
"""The same columns, as the tables hold them: no local time, no harmless cell."""


def exchanging(quick: bool) -> list[Row]:
    """All cases of the large file as CSV, and a log taken over into a new one."""
    return [*measure(million(20_000 if quick else 1_000_000)), taking_over(quick)]


def measure(file: Path) -> list[Row]:
    """`calmdesk export` of a file beside a bare loop over sqlite3 and csv, each in a process of its
    own; and the memory that the export takes, beside that on a small file."""
    small = million(SMALL)
    ours, theirs, memory, little = [], [], [], []
    for _ in range(3):
        took, most = _alone("ours", file)
        ours.append(took)
        memory.append(most)
        theirs.append(_alone("bare", file)[0])
        little.append(_alone("ours", small)[1])
    ratio, more = median(ours) / median(theirs), max(memory) / max(little)
    return [
        Row(
            "export of all cases",
            seconds(ours),
            seconds(theirs),
            ratio,
            f"<= {MOST}x",
            ratio <= MOST,
        ),
        Row(
            "its memory, beside 1,000 cases",
            f"{max(memory)} MiB",
            f"{max(little)} MiB",
            more,
            f"<= {FLAT}x",
            more <= FLAT,
        ),
    ]


def _alone(which: str, file: Path) -> tuple[float, int]:
    """Seconds and MiB at most of one loop, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.exchanging", which, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    took, most = done.stdout.split()
    return float(took), int(most)


def _export(file: Path, out: Path) -> None:
    from calmdesk.exchange.columns import CASES
    from calmdesk.exchange.sheets import Form, sheet
    from calmdesk.guide.filters import Filter
    from calmdesk.guide.playbook import load
    from calmdesk.records import exporting

    store = Store.open(file)
    seldom_tidy()
    with out.open("wb") as target, sheet(Form.CSV, target, CASES, "Cases") as written:
        for rows in exporting.case_rows(store, Filter(), load(), "USD"):
            written.write(rows)
        written.close()
    store.close()


def _bare(file: Path, out: Path) -> None:
    connection = sqlite3.connect(file)
    with out.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(connection.execute(BARE))
    connection.close()


# -- a log taken over -------------------------------------------------------------------------


def taking_over(quick: bool) -> Row:
    """A log of 100,000 rows into a new file; beside it the very rows that it became, written by
    bare executemany into another new file, as many in a commit."""
    count = 10_000 if quick else LOG
    ours, theirs = [], []
    with tempfile.TemporaryDirectory(prefix="calmdesk-bench-") as folder:
        log = _log(Path(folder) / "log.csv", count)
        for turn in range(3):
            made = Path(folder) / f"{turn}.db"
            ours.append(count / _imported(log, made))
            theirs.append(count / _inserted(made, Path(folder) / f"{turn}-bare.db"))
    return Row(
        "import of a log, rows a second",
        f"{median(ours):,.0f} ({min(ours):,.0f}-{max(ours):,.0f})",
        f"{median(theirs):,.0f} ({min(theirs):,.0f}-{max(theirs):,.0f})",
        median(theirs) / median(ours),
        f">= {LEAST:,}",
        median(ours) >= LEAST,
    )


def _log(file: Path, count: int) -> Path:
    """A complaint log of four years, as a firm may have kept it."""
    random = Random(7)
    words = wording.Wording(random)
    people = [(words.person(), words.company(), words.number()) for _ in range(count // 3)]
    began, apart = datetime(2022, 1, 3, 8, tzinfo=UTC), timedelta(days=1400) / count
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(
            [
                *("Complaint No", "Date received", "Customer name", "Company", "Telephone"),
                *("Category", "Details", "Handled by", "Outcome", "Date closed", "Branch"),
            ]
        )
        for number in range(count):
            at = began + apart * number
            closed = at + timedelta(hours=random.randrange(1, 400))
            writer.writerow(
                [
                    *(f"C-{number:07}", f"{at:%d/%m/%Y %H:%M}", *random.choice(people)),
                    random.choice(("Late delivery", "Billing", "Quality", "Refund", "Parking")),
                    *(words.paragraph(), random.choice(("Ana Kovac", "Lee Park", "Tom Abara"))),
                    random.choice(("Resolved", "Rejected", "Explained", "Upheld")),
                    *(f"{closed:%d/%m/%Y %H:%M}", random.choice(("Leeds", "York", "Hull"))),
                ]
            )
    return file


def _imported(log: Path, made: Path) -> float:
    """Seconds until all of a log is committed."""
    store = Store.open(made, UTC)
    now = datetime(2026, 11, 21, tzinfo=UTC)
    seldom_tidy()
    began = time.perf_counter()
    table = open_table(log, How())
    reading = Understanding(table, guessed(table.header), UTC, now, "USD")
    for _ in importing.take_over(store, log.name, reading.rows(), now):
        pass
    took = time.perf_counter() - began
    store.close()
    return took


TABLES = ("agent", "customer", "customer_number", "case", "note", "event", "glance", "search_todo")


def _inserted(made: Path, bare: Path) -> float:
    """Seconds in which the rows of a file are written into a new one."""
    Store.open(bare, UTC).close()
    source, target = sqlite3.connect(made), sqlite3.connect(bare, isolation_level=None)
    for pragma in ("synchronous=NORMAL", "cache_size=-64000", "wal_autocheckpoint=16000"):
        target.execute(f"PRAGMA {pragma}")
    target.execute("DELETE FROM meta")
    target.execute("DELETE FROM agent")
    rows = {name: source.execute(f'SELECT * FROM "{name}"').fetchall() for name in TABLES}
    parts = -(-len(rows["case"]) // importing.AT_ONCE)
    began = time.perf_counter()
    for part in range(parts):
        target.execute("BEGIN IMMEDIATE")
        for name, values in rows.items():
            some = _share(values, part, parts)
            if some:
                marks = ", ".join("?" * len(some[0]))
                target.executemany(f'INSERT INTO "{name}" VALUES ({marks})', some)
        target.execute("COMMIT")
    took = time.perf_counter() - began
    source.close()
    target.close()
    return took


def _share(values: list[Any], part: int, parts: int) -> list[Any]:
    size = -(-len(values) // parts)
    return values[part * size : (part + 1) * size]


def main() -> None:
    """One loop, alone: its seconds and its MiB at most."""
    which, file = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="calmdesk-bench-") as folder:
        out = Path(folder) / "out.csv"
        began = time.perf_counter()
        (_export if which == "ours" else _bare)(Path(file), out)
        took = time.perf_counter() - began
    print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


if __name__ == "__main__":
    main()
