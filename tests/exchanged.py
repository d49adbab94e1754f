"""The exchange commands as somebody types them, each on a home of its own."""

import csv
import io
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from calmdesk.commands import app
from calmdesk.guide import happenings as h
from calmdesk.guide.outcome import Outcome
from calmdesk.records import calls, glances
from calmdesk.records.derived import Glance
from calmdesk.records.store import Store


def calmdesk(home: Path, *words: str | Path, code: int = 0) -> Result:
    """Run a command on a home, and see how it ended."""
    done = CliRunner().invoke(app, list(map(str, words)), env={"CALMDESK_HOME": str(home)})
    failed = done.exception is not None and not isinstance(done.exception, SystemExit)
    assert (2 if failed else done.exit_code) == code, (done.output, done.exception)
    return done


def exported(home: Path, *words: str) -> str:
    """All cases of a home, as CSV."""
    return calmdesk(home, "export", *words).stdout


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of a CSV."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def log(path: Path, *rows: str, encoding: str = "utf-8") -> Path:
    """A log, a line a row."""
    path.write_bytes("\r\n".join([*rows, ""]).encode(encoding))
    return path


def asked(store: Store, sql: str) -> list[Any]:
    """What the file says to a question."""
    with store.reading() as session:
        return [tuple(row) for row in session.connection().exec_driver_sql(sql)]


def seen(store: Store) -> dict[str, dict[str, Any]]:
    """All glances but for their places, by the id of their case."""
    from sqlmodel import select

    with store.transaction() as session:
        rows = [it.model_dump(exclude={"place"}) for it in session.exec(select(Glance))]
    return {row["case_id"]: row for row in rows}


def seen_anew(store: Store) -> dict[str, dict[str, Any]]:
    """The same, counted again from the record."""
    with store.transaction() as session:
        glances.look_at_all(session)
    return seen(store)


def a_case(
    store: Store, at: datetime, name: str, *happenings: h.Happening, outcome: Outcome
) -> str:
    """A call with some happenings, twenty seconds apart; saved. Returns the id of its case."""
    contact, case = store.new_id(at), store.new_id(at)
    calls.answer(store, contact, case, h.Answered(), at)
    for happening in (h.CallerNamed(name), *happenings, h.CallEnded(), h.Finished(outcome)):
        at += timedelta(seconds=20)
        calls.happen(store, contact, happening, at)
    return case
