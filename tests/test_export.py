"""Cases taken elsewhere: every format says the same, no cell is a formula, nothing private is in it."""

import csv
import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmdesk.clock import HandClock
from calmdesk.exchange.cells import harmless, restored
from calmdesk.exchange.columns import CASES
from calmdesk.exchange.sheets import Form, sheet
from calmdesk.exchange.stored_times import Wall, stored
from calmdesk.exchange.workbook import LONGEST
from calmdesk.guide.happenings import (
    Answered,
    AskPut,
    BackSaid,
    CallEnded,
    Finished,
    Heard,
    HeatMarked,
    SelfChecked,
    StageEntered,
    StoryTold,
)
from calmdesk.guide.outcome import Outcome
from calmdesk.guide.stages import Stage
from calmdesk.records import calls, exporting, people
from calmdesk.records.models import Debrief, Letter, Meta, Moment, Review
from calmdesk.records.store import Store
from tests import made_once
from tests.exchanged import a_case, calmdesk, exported, rows_of
from tests.hostile_texts import TEXTS
from tests.made_once import fresh
from tests.player import SATURDAY, ZONE

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
AT = SATURDAY


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds the demo's day."""
    home = tmp_path_factory.mktemp("demo")
    made_once.demo(home / "calmdesk.db", HandClock(AT, ZONE)).close()
    return home


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    yield store
    store.close()


def cells(file: Path) -> list[list[object]]:
    """The rows of a workbook's first sheet."""
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(file) as book:
        return [list(row) for row in book.get_sheet_by_index(0).iter_rows()]


# -- what is in it ----------------------------------------------------------------------------


def test_every_case_is_a_row_the_oldest_first(demo: Path) -> None:
    rows = rows_of(exported(demo))
    assert len(rows) == 60
    assert list(rows[0]) == [column.name for column in CASES]
    opened = [datetime.fromisoformat(row["opened_at"]) for row in rows]
    assert opened == sorted(opened)
    assert all(at.utcoffset() is not None for at in opened)


def test_the_three_formats_say_the_same(demo: Path, tmp_path: Path) -> None:
    as_csv = rows_of(exported(demo))
    as_json = [json.loads(line) for line in exported(demo, "--format", "jsonl").splitlines()]
    calmdesk(demo, "export", "--out", tmp_path / "cases.xlsx")
    header, *as_cells = cells(tmp_path / "cases.xlsx")
    assert header == [*(column.name for column in CASES), "offsets"]
    for text, plain, row in zip(as_csv, as_json, as_cells, strict=True):
        in_sheet = dict(zip(header, row, strict=True))
        opened = datetime.fromisoformat(text["opened_at"])
        assert in_sheet["opened_at"] == opened.replace(tzinfo=None), "a day is a day"
        assert f"opened_at{text['opened_at'][19:]}" in str(in_sheet["offsets"]).split()
        assert plain["opened_at"] == text["opened_at"]
        assert plain["cost"] == float(text["cost"]) == in_sheet["cost"]
        assert "\n".join(plain["numbers"]) == restored(text["numbers"]) == in_sheet["numbers"]
        assert plain["repeat"] is (text["repeat"] == "yes")
        assert in_sheet["repeat"] == text["repeat"]
        assert str(plain["calls"]) == text["calls"]


def test_the_same_options_choose_the_same_cases(demo: Path) -> None:
    for words in (
        ("--status", "investigating"),
        ("--agent", "sam", "--from", "2026-11-01"),
        ("--category", "late delivery", "--from", "2026-11-01"),
        ("--heat", "hot", "--from", "2026-11-01"),
        ("--promise", "late", "--from", "2026-11-01"),
        ("--repeat", "--from", "2026-11-01"),
        ("--outcome", "agreed", "--day", "2026-11-21"),
        ("--not-reviewed", "--to", "2026-11-20"),
    ):
        listed = json.loads(
            calmdesk(demo, "cases", "--from", "2020-01-01", *words, "--format", "json").stdout
            if "--from" not in words and "--day" not in words and "--to" not in words
            else calmdesk(demo, "cases", *words, "--format", "json").stdout
        )
        taken = rows_of(exported(demo, *words))
        assert sorted(row["ref"] for row in listed) == sorted(row["ref"] for row in taken), words
        assert taken, words


def test_a_heat_that_is_none_is_told(demo: Path) -> None:
    assert "hot" in str(calmdesk(demo, "export", "--heat", "9", code=2).exception)


def test_a_case_says_what_was_promised_offered_and_called(demo: Path) -> None:
    row = next(it for it in rows_of(exported(demo)) if it["customer"] == "Dana Reyes")
    assert row["promises"].startswith("missed promise, due ")
    assert row["promises"].endswith(": ring back with the plate status")
    assert row["promises_missed"] == "1"
    assert row["call_times"].count("\n") + 1 == int(row["calls"])
    assert row["category_name"] == "late delivery"
    assert float(row["handle_minutes"]) > 0


def test_pages_follow_each_other_whole(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = exported(demo)
    monkeypatch.setattr(exporting, "_PAGE", exporting._PAGE.limit(7))
    assert exported(demo) == whole


def test_the_journal_is_a_row_an_entry(demo: Path) -> None:
    rows = rows_of(exported(demo, "--journal"))
    assert len(rows) > 600
    assert any(row["words"].startswith("told: ring back with the plate status") for row in rows)
    as_json = exported(demo, "--journal", "--format", "jsonl", "--status", "investigating")
    assert isinstance(json.loads(as_json.splitlines()[0])["details"], dict)


def test_of_a_joined_case_both_journals_are_told(store: Store, tmp_path: Path) -> None:
    first = a_case(store, AT, "Dana Reyes", outcome=Outcome.CUT_OFF)
    later = AT + timedelta(hours=1)
    contact, second = store.new_id(later), store.new_id(later)
    calls.answer(store, contact, second, Answered("+1 415 555 0134"), later)
    calls.join(store, contact, first, later + timedelta(minutes=1))
    store.close()
    rows = rows_of(exported(tmp_path, "--journal"))
    assert {row["case_id"] for row in rows} == {first}
    assert "answered +1 415 555 0134" in {restored(row["words"]) for row in rows}


# -- harmless, and private --------------------------------------------------------------------


@given(st.text())
def test_every_cell_comes_back_as_it_was(text: str) -> None:
    cell = harmless(text)
    assert not cell.startswith(FORMULA)
    assert restored(cell) == text


def test_five_hundred_texts_are_no_formula_in_any_format(store: Store, tmp_path: Path) -> None:
    for place, text in enumerate(TEXTS):
        at = AT + timedelta(minutes=10 * place)
        a_case(store, at, f"{text[:100]}{place}", AskPut(text), outcome=Outcome.AGREED)
    store.close()
    for name in ("a.csv", "a.jsonl", "a.xlsx"):
        calmdesk(tmp_path, "export", "--out", tmp_path / name)
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]
    ask = [column.name for column in CASES].index("ask")
    assert [restored(row[ask]) for row in rows[1:]] == list(TEXTS)
    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").split("\n")
    assert [json.loads(line)["ask"] for line in lines if line] == list(TEXTS)
    assert [row[ask] for row in cells(tmp_path / "a.xlsx")[1:]] == list(TEXTS)
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.xlsx") as packed:
        sheets = [packed.read(it) for it in packed.namelist() if "worksheets/sheet" in it]
        assert b'quotePrefix="1"' in packed.read("xl/styles.xml")
    assert not [it for it in sheets if b"<f>" in it or b"hyperlink" in it]


def test_nothing_private_is_in_any_export(store: Store, tmp_path: Path) -> None:
    people.introduce(store, "Sam Ortiz", "", "", own_line="MARKER own line")
    case = a_case(
        store, AT, "Dana Reyes", HeatMarked(4), SelfChecked(("cared",)), outcome=Outcome.AGREED
    )
    usual: dict[str, Any] = {"agent_id": store.me, "at": AT}
    with store.transaction() as session:
        session.add(Moment(id="m", kind="MARKER shaken", **usual))
        session.add(Debrief(id="d", better="MARKER better", process="MARKER process", **usual))
        session.add(
            Letter(
                id="l",
                case_id=case,
                agent_id=store.me,
                kind="confirmation",
                text="MARKER draft",
                subject="MARKER draft",
                made_at=AT,
                updated_at=AT,
            )
        )
        session.add(
            Review(
                id="r",
                case_id=case,
                of_id=store.me,
                went_well="MARKER well",
                try_next="MARKER try",
                note="MARKER note",
                **usual,
            )
        )
    store.close()
    for form in Form:
        for of in ([], ["--journal"]):
            file = tmp_path / f"out.{form}"
            calmdesk(tmp_path, "export", "--force", "--out", file, *of)
            text = str(cells(file)) if form is Form.XLSX else file.read_text(encoding="utf-8")
            assert "MARKER" not in text
            assert "self checked" not in text
            assert "listen" not in text.lower(), "how long one listened is shown to oneself"


@pytest.mark.parametrize("form", list(Form))
def test_the_journal_tells_nobody_else_how_long_a_colleague_listened(
    form: Form, store: Store, tmp_path: Path
) -> None:
    contact, case = store.new_id(AT), store.new_id(AT)
    calls.answer(store, contact, case, Answered("+1 415 555 0134"), AT)
    for seconds, happening in (
        (101, StoryTold()),
        (101, StageEntered(Stage.ACKNOWLEDGE)),
        (130, BackSaid("The flyers are late.")),
        (130, Heard()),
        (157, CallEnded()),
        (170, Finished(Outcome.AGREED)),
    ):
        calls.happen(store, contact, happening, AT + timedelta(seconds=seconds))

    def journal(name: str) -> str:
        file = tmp_path / f"{name}.{form}"
        calmdesk(tmp_path, "export", "--journal", "--out", file)
        return str(cells(file)) if form is Form.XLSX else file.read_text(encoding="utf-8")

    own = journal("own")
    for told in ("story told", "heard", "stage entered", "1:41", "2:10"):
        assert told in own
    other = people.add_colleague(store, "Kim Vale", AT)
    with store.transaction() as session:
        session.get_one(Meta, "me").value = other.id
    store.close()
    theirs = journal("theirs")
    assert "The flyers are late." in theirs
    assert "2:37" in theirs
    for hidden in ("story told", "heard", "stage entered", "1:41", "2:10", ":41", ":04:10"):
        assert hidden not in theirs, hidden


# -- files ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", list(Form))
def test_a_file_is_its_users_alone_and_never_written_over(
    form: Form, demo: Path, tmp_path: Path
) -> None:
    file = tmp_path / f"cases.{form}"
    told = calmdesk(demo, "export", "--out", file).stderr
    assert told.startswith("60 cases in ")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    error = calmdesk(demo, "export", "--out", file, "--status", "open", code=2).exception
    assert "--force" in str(error)
    assert file.read_bytes() == before
    calmdesk(demo, "export", "--out", file, "--status", "open", "--force")
    assert file.read_bytes() != before
    assert sorted(it.name for it in tmp_path.iterdir()) == [file.name]


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("export",), "Dana[2J2J Reyes"),
        (("export", "--format", "jsonl"), r"Dana\u001b[2J2J Reyes"),
        (("cases", "--format", "csv"), "Dana[2J2J Reyes"),
    ],
)
def test_a_terminal_is_not_steered_by_the_words_of_another_file(
    words: tuple[str, ...], name: str, tmp_path: Path
) -> None:
    from tests.terminal import calmdesk as in_terminal

    store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    a_case(store, AT, "Dana Reyes", outcome=Outcome.AGREED)
    store.close()
    with closing(sqlite3.connect(tmp_path / "calmdesk.db")) as other, other:
        other.execute("UPDATE customer SET name = ?", ("Dana\x1b[2J\x9b2J\x7f Reyes",))
    days = ("--from", "2026-11-01", "--to", "2026-11-30")
    with in_terminal(tmp_path, *words, *days) as terminal:
        assert terminal.exit_code() == 0
        said = terminal.output.decode()
    assert name in said
    assert not [it for it in said if not it.isprintable() and it not in "\r\n"]


def test_a_workbook_needs_a_file(demo: Path) -> None:
    error = calmdesk(demo, "export", "--format", "xlsx", code=2).exception
    assert "--out" in str(error)


def test_a_file_that_ends_as_another_form_is_refused(demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    error = calmdesk(demo, "export", "--out", out, "--format", "csv", code=2).exception
    assert str(error) == f"{out} ends as xlsx does, and --format says csv; change one."
    assert not out.exists()


def test_a_file_that_ends_as_no_form_is_refused(demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    assert "ends as a.pdf; let it end in .csv" in str(
        calmdesk(demo, "export", "--out", out, code=2).exception
    )
    assert not out.exists()
    calmdesk(demo, "export", "--out", out, "--format", "csv")
    assert out.exists()


def test_a_form_that_is_none_is_told_plainly(demo: Path) -> None:
    said = calmdesk(demo, "export", "--format", "pdf", code=2).stderr
    assert "'--format': 'pdf' is not one of" in said


@pytest.mark.parametrize("command", ["export", "cases"])
def test_days_that_end_before_they_begin_are_told(command: str, demo: Path) -> None:
    days = ("--from", "2026-12-01", "--to", "2026-11-01")
    error = calmdesk(demo, command, *days, code=2).exception
    assert "The last day (2026-11-01) is before the first (2026-12-01)" in str(error)


def test_an_export_without_a_case_says_so(demo: Path) -> None:
    assert calmdesk(demo, "export", "--day", "1999-01-01").stderr == "No case fits.\n"
    said = calmdesk(demo, "export", "--agent", "nobody").stderr
    assert said == "Nobody called nobody is known here; calmdesk team lists everybody.\n"
    assert calmdesk(demo, "cases", "--agent", "nobody").stderr == said
    assert calmdesk(demo, "export", "--agent", "sam").stderr == ""


def test_a_folder_that_is_not_there_is_told(demo: Path, tmp_path: Path) -> None:
    error = calmdesk(demo, "export", "--out", tmp_path / "no" / "a.csv", code=2).exception
    assert "cannot be written" in str(error)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("form", list(Form))
def test_ctrl_c_leaves_nothing_half_written(form: Form, tmp_path: Path) -> None:
    store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    a_case(store, AT, "Dana Reyes", outcome=Outcome.AGREED)
    store.close()
    out = tmp_path / "out"
    out.mkdir()
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    slow = (
        "import sys, time\n"
        "from calmdesk.records import exporting\n"
        "real = exporting.case_rows\n"
        "def slow(*args):\n"
        "    yield from real(*args)\n"
        "    print('written', flush=True)\n"
        "    time.sleep(60)\n"
        "exporting.case_rows = slow\n"
        "from calmdesk.cli import main\n"
        f"sys.argv[1:] = ['export', '--out', {str(out / f'a.{form}')!r}]\n"
        "main()\n"
    )
    environment = {**os.environ, "CALMDESK_HOME": str(tmp_path), "TMPDIR": str(temporary)}
    running = subprocess.Popen(
        [sys.executable, "-c", slow], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "written\n"
    assert [*out.iterdir()], "it is being written"
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=30)
    assert running.returncode != 0
    assert [*out.iterdir(), *temporary.iterdir()] == []


def test_a_text_too_long_for_a_cell_is_cut_and_told(tmp_path: Path) -> None:
    columns = [column for column in CASES if column.name in ("ref", "summary")]
    with (tmp_path / "a.xlsx").open("w+b") as file, sheet(Form.XLSX, file, columns, "A") as to:
        to.write([["CD-1", "x" * (LONGEST + 1)], ["CD-2", "short"]])
        said = to.close()
    assert said.startswith("1 text was cut")
    assert len(str(cells(tmp_path / "a.xlsx")[1][1])) == LONGEST


def test_what_a_sheet_cannot_hold_goes_onto_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("calmdesk.exchange.workbook.ROWS", 4)
    with (tmp_path / "a.xlsx").open("w+b") as file, sheet(Form.XLSX, file, CASES[:1], "A") as to:
        to.write([[f"CD-{place}"] for place in range(7)])
        assert to.close().startswith("A sheet of Excel ends")
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(tmp_path / "a.xlsx") as book:
        assert list(book.sheet_names) == ["A", "A 2", "A 3"]
        assert book.get_sheet_by_name("A 3").to_python() == [["ref"], ["CD-6"]]


# -- time -------------------------------------------------------------------------------------


@given(st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
@pytest.mark.parametrize("name", ["America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_the_wall_is_that_of_its_zone(name: str, wall: datetime) -> None:
    from datetime import UTC
    from zoneinfo import ZoneInfo

    zone, at = ZoneInfo(name), wall.replace(tzinfo=UTC)
    expected = at.astimezone(zone).isoformat(timespec="seconds")
    assert Wall(zone).iso(stored(at)) == expected
