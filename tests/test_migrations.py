"""From any older database to this one, or not at all."""

import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlmodel import SQLModel

import calmdesk.records.migrations as migrations
from calmdesk.errors import StoreError, StoreNewer
from calmdesk.guide.happenings import Answered, Noted
from calmdesk.guide.notes import Sign
from calmdesk.records import calls, coaching, people
from calmdesk.records.people_rows import Me
from calmdesk.records.store import APPLICATION, Store, _engine

NOW = datetime(2026, 11, 21, 19, 2, tzinfo=UTC)
VERSIONS = Path(migrations.__file__).parent


def schema(file: Path) -> list[tuple[str, str, str]]:
    """Everything that sqlite_schema says; in which order a table names its foreign keys is one."""
    with sqlite3.connect(file) as connection:
        rows = connection.execute(
            "SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name"
        ).fetchall()
    connection.close()
    return [(kind, name, _keys_sorted(sql)) for kind, name, sql in rows]


def _keys_sorted(sql: str) -> str:
    lines = [line.strip(" \t,") for line in sql.splitlines()]
    keys = sorted(line for line in lines if line.startswith("FOREIGN KEY"))
    return "\n".join([*(line for line in lines if line not in keys), *keys])


def old_database(file: Path, version: int, folder: Path) -> None:
    """A database as calmdesk of an older version made it."""
    shutil.copytree(VERSIONS, folder)
    for script in (folder / "versions").glob("v*.py"):
        if int(script.name[1:5]) > version:
            script.unlink()
    file.touch(mode=0o600)
    engine = _engine(file, foreign_keys=False)
    migrations.upgrade(engine, str(folder))
    with engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION}")
        connection.exec_driver_sql(f"PRAGMA user_version={version}")
        connection.commit()
    engine.dispose()


def fill(file: Path) -> list[tuple[object, ...]]:
    """Put a case with its journal into a database, as plain SQL. Returns the events."""
    with sqlite3.connect(file) as connection:
        connection.execute(
            "INSERT INTO agent (id, name, direct_line, email, created_at)"
            " VALUES ('a', 'Sam', '', '', '2026-11-21')"
        )
        connection.execute(
            'INSERT INTO "case" (id, ref, agent_id, joined_to, opened_at, updated_at, status,'
            " category, fault, ask, stake, heat_start, heat_end, cold, outcome, summary, read_back)"
            " VALUES ('k', 'CD-1', 'a', '', '2026-11-21', '2026-11-21', 'open', '', 'unknown', '',"
            " '', 0, 0, 0, '', '', '')"
        )
        connection.execute(
            "INSERT INTO contact (id, case_id, agent_id, direction, number, answered_at, stage,"
            " state, outcome, verified, card_line, card_mail) VALUES"
            " ('c', 'k', 'a', 'in', '', '2026-11-21', 'listen', 'finished', '', 0, 0, 0)"
        )
        for seq in range(1, 51):
            connection.execute(
                "INSERT INTO event VALUES (?, 'k', 'c', 'a', '2026-11-21', 'noted', '{}', 'd', ?,"
                " '', '', '')",
                (f"e{seq}", seq),
            )
        connection.execute(
            "INSERT INTO draft (contact_id, field, text, cursor, at) VALUES"
            " ('c', 'note', 'half', 4, '2026-11-21')"
        )
        events = connection.execute("SELECT * FROM event ORDER BY seq").fetchall()
    connection.close()
    return events


OLDER = range(1, migrations.SCHEMA)


@pytest.mark.parametrize("version", OLDER)
def test_an_empty_file_and_an_upgraded_one_end_in_the_same_schema(
    version: int, tmp_path: Path
) -> None:
    Store.open(tmp_path / "new.db").close()
    old_database(tmp_path / "old.db", version, tmp_path / "scripts")
    Store.open(tmp_path / "old.db").close()
    assert schema(tmp_path / "new.db") == schema(tmp_path / "old.db")


def is_described(name: str | None, kind: str, parents: object) -> bool:
    """Whether the models describe a table: those of the search are SQLite's own, and none of them
    (`records.full_text`)."""
    search = kind == "table" and name is not None and name.startswith("search_")
    return not search or name in SQLModel.metadata.tables


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_the_schema_is_the_one_the_models_describe(tmp_path: Path) -> None:
    Store.open(tmp_path / "new.db").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'new.db'}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_described})
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


@pytest.mark.parametrize("version", OLDER)
def test_a_filled_file_keeps_every_event(version: int, tmp_path: Path) -> None:
    file = tmp_path / "old.db"
    old_database(file, version, tmp_path / "scripts")
    before = fill(file)
    Store.open(file).close()
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT * FROM event ORDER BY seq").fetchall() == before
        assert connection.execute("SELECT text, focused FROM draft").fetchall() == [("half", 0)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA user_version").fetchone() == (migrations.SCHEMA,)
    connection.close()


FAILING = f"""
from alembic import op
import sqlalchemy as sa
revision, down_revision = "{migrations.SCHEMA + 1:04}", "{migrations.SCHEMA:04}"

def upgrade() -> None:
    op.create_table("half", sa.Column("id", sa.String()))
    with op.batch_alter_table("case") as case:
        case.add_column(sa.Column("more", sa.String(), server_default=""))
    op.execute("DELETE FROM event")
    op.execute("this is no SQL")
"""


def test_a_failing_step_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "old.db"
    old_database(file, 1, tmp_path / "scripts")
    before = fill(file)
    dump = schema(file)
    shutil.copytree(VERSIONS, tmp_path / "broken")
    (tmp_path / "broken" / "versions" / f"v{migrations.SCHEMA + 1:04}_broken.py").write_text(
        FAILING
    )
    with pytest.raises(StoreError, match=r"old\.db"):
        Store.open(file, migrations=str(tmp_path / "broken"))
    assert schema(file) == dump
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT * FROM event ORDER BY seq").fetchall() == before
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.close()


def test_a_database_of_a_newer_calmdesk_is_refused_and_untouched(tmp_path: Path) -> None:
    file = tmp_path / "newer.db"
    Store.open(file).close()
    with sqlite3.connect(file) as connection:
        connection.execute(f"PRAGMA user_version={migrations.SCHEMA + 1}")
    connection.close()
    before = file.read_bytes()
    with pytest.raises(StoreNewer, match=r"newer\.db.*newer calmdesk"):
        Store.open(file)
    assert file.read_bytes() == before


def test_the_agent_of_an_older_file_has_no_own_line_yet_and_keeps_their_moments(
    tmp_path: Path,
) -> None:
    file = tmp_path / "old.db"
    old_database(file, 2, tmp_path / "scripts")
    fill(file)
    with sqlite3.connect(file) as connection:
        connection.execute("INSERT INTO meta VALUES ('me', 'a')")
        connection.execute("INSERT INTO moment VALUES ('m', 'a', 'c', '2026-11-21', 'shaken')")
    connection.close()
    store = Store.open(file)
    assert people.me(store) == Me("a", "Sam")
    people.introduce(store, "Sam", "", "", "breathe")
    assert people.me(store).own_line == "breathe"
    assert coaching.known_issues(store, NOW) == ()
    assert coaching.learned(store) == {}
    store.close()
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT kind FROM moment").fetchall() == [("shaken",)]
    connection.close()


def test_an_upgraded_file_takes_calls(tmp_path: Path) -> None:
    file = tmp_path / "old.db"
    old_database(file, 1, tmp_path / "scripts")
    store = Store.open(file)
    calls.answer(store, "c1", "k1", Answered(), NOW)
    calls.happen(store, "c1", Noted("n1", Sign.SAYS, "hello"), NOW)
    opened = calls.unfinished(store)
    assert opened is not None
    assert [note.text for note in opened.call.notes] == ["hello"]
    store.close()
