"""What a file may hold that is broken, or meant to break: it is refused or cleaned, and never believed."""

import csv
import json
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from calmdesk.errors import CalmdeskError
from calmdesk.exchange.columns import CASES
from calmdesk.exchange.mapping import guessed
from calmdesk.exchange.tables import How, open_table
from calmdesk.exchange.understanding import Understanding
from calmdesk.guide import happenings as h
from calmdesk.guide.outcome import Outcome
from calmdesk.records import tending
from calmdesk.records.store import Store
from calmdesk.words import clean
from tests.exchanged import a_case, asked, calmdesk, exported, log, rows_of
from tests.made_once import fresh
from tests.player import SATURDAY, ZONE

NOW = SATURDAY
CALL = "2026-11-21T09:00:00-05:00 in, 60 s"
ONE = {
    "case_id": "019aa704-0000-7000-8000-000000000001",
    "ref": "CD-1",
    "opened_at": "2026-11-21T09:00:00-05:00",
    "call_times": CALL,
    "fault": "ours",
    "outcome": "agreed",
    "status": "closed",
}


def sheet(path: Path, *rows: dict[str, str]) -> Path:
    """One of our own sheets."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [column.name for column in CASES], restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def refused(file: Path) -> list[str]:
    """Why the rows of a file were not taken."""
    rejects = file.with_name(f"{file.stem}.rejects.csv")
    return [row["calmdesk reason"] for row in rows_of(rejects.read_text(encoding="utf-8-sig"))]


# -- our own sheet is checked -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        (
            "fault",
            "banana",
            "its fault is one of unknown, ours, partner, customer, nobody; not banana",
        ),
        ("outcome", "great", "its outcome is one of agreed,"),
        ("status", "Closed!!", "not Closed!!"),
        ("offers", f"accepted {'9' * 400}: a courier", "its offers cannot be read"),
        ("call_times", CALL.replace("60", "9" * 400), "its call_times cannot be read"),
        ("call_times", CALL.replace("60", "9" * 20), "its call_times cannot be read"),
        ("call_times", "9999-12-31T23:59:59-05:00 in, 60 s", "its call_times cannot be read"),
        ("promises", "open promise, due 0001-01-01T00:00:00+05:00, told when?: x", "promises"),
        ("opened_at", "0001-01-01T00:00:00+05:00", "its opened_at is no time"),
        ("closed_at", "9999-12-31T23:59:59-05:00", "its closed_at is no time"),
        ("opened_at", "2026-01-02 10:00 +99:00", "its opened_at is no time"),
        (
            "opened_at",
            "8206-11-21T09:00:00-05:00",
            "it was opened at a time still to come, 8206-11-21T09:00:00-05:00",
        ),
    ],
)
def test_a_row_of_our_own_that_cannot_be_is_refused(
    column: str, cell: str, why: str, tmp_path: Path
) -> None:
    sound = ONE | {"case_id": ONE["case_id"][:-1] + "2", "ref": "CD-2"}
    file = sheet(tmp_path / "a.csv", ONE | {column: cell}, sound)
    assert "1 case taken over." in calmdesk(tmp_path, "import", file).stderr
    (reason,) = refused(file)
    assert why in reason
    assert calmdesk(tmp_path, "show", "CD-2").stdout


def test_no_word_of_our_own_sheet_steers_a_terminal(tmp_path: Path) -> None:
    evil = "\x1b[2J\x9bm\u202e"
    texts = {it: f"{evil}{it}" for it in ("agent", "customer", "company", "category", "ask")}
    lines = {
        "numbers": f"{evil}0116 1",
        "promises": "open promise, due when?, told 2026-11-21T09:00:00-05:00: " + evil,
        "offers": f"accepted 45.00: {evil}",
        "follow_ups": f"open held, due when?: {evil}",
    }
    review = {"reviewed_at": "2026-11-21T10:00:00-05:00", "reviewed_by": f"{evil}Ana"}
    file = sheet(tmp_path / "a.csv", ONE | texts | lines | review)
    assert is_calm(calmdesk(tmp_path, "import", file, "--preview").stdout)
    calmdesk(tmp_path, "import", file)
    store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    for question in (
        "select name from agent",
        "select name || company from customer",
        "select number from customer_number",
        "select what from promise",
        "select what from follow_up",
        "select text from offer",
        'select category || ask from "case"',
    ):
        for (text,) in asked(store, question):
            assert text == clean(text)
    store.close()


def is_calm(shown: str) -> bool:
    """Whether a terminal shows a text as it is."""
    return shown == clean(shown)


def test_what_a_strange_database_holds_is_shown_without_its_orders(tmp_path: Path) -> None:
    evil = "\x1b[2J\x9bm\u202e"
    store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    a_case(store, NOW, "Dana Reyes", h.AskPut("flyers"), outcome=Outcome.AGREED)
    tending.build(store)
    with store.transaction() as session:
        session.connection().exec_driver_sql(
            "UPDATE customer SET name = ?, company = ?", (f"Dana {evil}", evil)
        )
        session.connection().exec_driver_sql('UPDATE "case" SET ask = ?', (f"flyers {evil}",))
    ((ref,),) = asked(store, 'select ref from "case"')
    store.close()
    for words in (
        ("find", "flyers"),
        ("find", "flyers", "--json"),
        ("show", ref),
        ("show", ref, "--json"),
        ("customers", "dana"),
        ("customers", "dana", "--json"),
        ("cases", "--from", "2020-01-01"),
        ("cases", "--from", "2020-01-01", "--format", "json"),
        ("due", "--all", "--json"),
    ):
        shown = calmdesk(tmp_path, *words).stdout
        assert shown.strip(), words
        assert is_calm(shown), words
    (found,) = json.loads(calmdesk(tmp_path, "customers", "dana", "--json").stdout)
    assert found["company"] == evil, "a program gets what is there"


# -- another's log ------------------------------------------------------------------------------


def test_a_preview_takes_no_row_from_the_import(tmp_path: Path) -> None:
    rows = ("Date received,Customer name", "2024-03-21,Dana", "2024-03-21,Dana", "2024-03-22,Bo")
    table = open_table(log(tmp_path / "log.csv", *rows), How())
    reading = Understanding(table, guessed(table.header), ZONE, NOW, "USD")
    first, second = list(reading.rows()), list(reading.rows())
    assert first == second


def test_a_zone_that_is_none_is_a_row_refused(tmp_path: Path) -> None:
    rows = ("Ref,Date received", "1,2026-01-02 10:00", "2,2026-01-02 10:00 +99:00")
    file = log(tmp_path / "log.csv", *rows)
    assert "1 case taken over." in calmdesk(tmp_path, "import", file).stderr
    (reason,) = refused(file)
    assert "+99:00 is no time" in reason


def test_two_digits_of_a_year_that_stand_first_are_read_when_said(tmp_path: Path) -> None:
    file = log(tmp_path / "log.csv", "Ref,Date received", "1,26-11-02", "2,26-11-03")
    error = calmdesk(tmp_path, "import", file, code=2).exception
    assert isinstance(error, CalmdeskError)
    assert "--dates year-first" in str(error)
    calmdesk(tmp_path, "import", file, "--dates", "year-first")
    days = [row["opened_at"][:10] for row in rows_of(exported(tmp_path))]
    assert days == ["2026-11-02", "2026-11-03"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_mended_rejects_are_what_their_log_would_have_been(form: str, tmp_path: Path) -> None:
    rows = (
        "Ref,Date received,Telephone,Description,=Note",
        "C-0,2024-03-20,,fine,",
        "C-1,2024-03-21,,fine,",
        "C-2,soon,+44 20 7946 0116,=1+1,-x",
        "C-3,soon,,'=told,@y",
    )
    broken, sound = tmp_path / "a", tmp_path / "b"
    file = log(tmp_path / "log.csv", *rows)
    calmdesk(broken, "import", file)
    text = (
        (tmp_path / "log.rejects.csv").read_text(encoding="utf-8-sig").replace("soon", "2024-03-22")
    )
    mended = tmp_path / f"mended.{form}"
    if form == "csv":
        mended.write_text(text, encoding="utf-8", newline="")
    else:
        as_workbook(mended, text)
    told = calmdesk(broken, "import", mended).stderr
    assert "2 cases taken over." in told
    assert "calmdesk line" not in told
    log(file, *(row.replace("soon", "2024-03-22") for row in rows))
    assert "4 were there already" in calmdesk(broken, "import", file).stderr
    calmdesk(sound, "import", file)
    for question in (
        'select ref, opened_at, id from "case" order by ref',
        "select number from customer_number",
        "select text from note order by text",
        "select json_extract(payload, '$.fields') from event order by 1",
    ):
        assert of(broken, question) == of(sound, question)


def of(home: Path, question: str) -> list[Any]:
    """What the database of a home says to a question."""
    store = Store.open(fresh(home / "calmdesk.db"), ZONE)
    try:
        return asked(store, question)
    finally:
        store.close()


def as_workbook(path: Path, text: str) -> None:
    """A CSV saved as a workbook, its cells as they stand."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for at, cells in enumerate(csv.reader(text.splitlines())):
            for place, cell in enumerate(cells):
                page.write_string(at, place, cell)


def test_mended_rejects_of_our_own_sheet_come_back_as_they_were(tmp_path: Path) -> None:
    there, back = tmp_path / "a", tmp_path / "b"
    store = Store.open(fresh(there / "calmdesk.db"), ZONE)
    summed = h.Summed("'=kept as it is")
    a_case(
        store, NOW, "=Dana", h.CallerNamed("=Dana", number="+1 415"), summed, outcome=Outcome.AGREED
    )
    a_case(store, NOW + timedelta(hours=1), "Bo", outcome=Outcome.AGREED)
    store.close()
    whole = exported(there)
    (tmp_path / "a.csv").write_text(
        whole.replace("agreed", "aggreed"), encoding="utf-8", newline=""
    )
    calmdesk(back, "import", tmp_path / "a.csv")
    text = (tmp_path / "a.rejects.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "c.csv").write_text(text.replace("aggreed", "agreed"), encoding="utf-8")
    assert "2 cases taken over." in calmdesk(back, "import", tmp_path / "c.csv").stderr
    assert exported(back) == whole


# -- files that are not what they seem ----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "words", "said"),
    [
        (
            "a.jsonl",
            b'{"Ref": "1", "Date received": "2024-03-21"}\n{"Ref": "\xfc"}\n',
            (),
            "Line 2 of a.jsonl is not text in UTF-8",
        ),
        ("b.jsonl", b'{"Ref": "\xfc"}\n', (), "Line 1 of b.jsonl is not text in UTF-8"),
        ("c.jsonl", b"[" * 100_000, (), "Line 1 of c.jsonl is no JSON object"),
        (
            "d.csv",
            b"Ref,Date received\n1,2024-03-21\n",
            ("--encoding", "utf-16"),
            "not text in utf-16",
        ),
        ("e.csv", b"Ref,Date received\n1,2024-03-21\n", ("--encoding", "hex"), "no encoding"),
        ("team.csv", b"SQLite format 3\0" + bytes(84), (), "team.csv is a database; the cases of"),
        ("team.xlsx", b"SQLite format 3\0", (), "come in with: calmdesk merge "),
        ("f.csv", bytes(range(256)) * 20, (), "f.csv is no table of text; import takes CSV"),
        ("g.log", b"\0" * 5000, (), "g.log is no table of text"),
        ("h.log", b"\1\0\0\0\2\0\0\0" * 99, (), "h.log is no table of text"),
    ],
)
def test_a_file_of_other_bytes_says_so(
    name: str, content: bytes, words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    error = calmdesk(tmp_path / "home", "import", tmp_path / name, *words, code=2).exception
    assert isinstance(error, CalmdeskError)
    assert said in str(error)
    assert not (tmp_path / "home").exists()


def test_names_of_columns_are_told_short_and_clean(tmp_path: Path) -> None:
    head = {f"{it} \x1b[2J\n" + "x" * 50: "1" for it in range(40)}
    (tmp_path / "a.jsonl").write_text(json.dumps(head), encoding="utf-8")
    said = str(calmdesk(tmp_path, "import", tmp_path / "a.jsonl", code=2).exception)
    assert f"It has 0 [2J {'x' * 23}…, 1 [2J" in said
    assert "7 [2J" in said
    assert "8 [2J" not in said
    assert "… and 32 more; name the one" in said


def test_a_csv_that_begins_with_a_brace_is_a_csv(tmp_path: Path) -> None:
    rows = ("{Log der Beschwerden}", "Ref,Date received,Customer name", "1,2024-03-21,Jörg Müller")
    calmdesk(tmp_path, "import", log(tmp_path / "log.csv", *rows, encoding="cp1252"))
    (row,) = rows_of(exported(tmp_path))
    assert row["customer"] == "Jörg Müller"


# -- days at the ends of time -------------------------------------------------------------------


@pytest.mark.parametrize(
    "days",
    [
        ("--to", "9999-12-31"),
        ("--from", "0001-01-01"),
        ("--from", "0001-01-01", "--to", "9999-12-31"),
        ("--from", "0001-01-02", "--to", "9999-12-30"),
    ],
)
def test_the_ends_of_time_bound_nothing(days: tuple[str, ...], tmp_path: Path) -> None:
    store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    a_case(store, NOW, "Dana Reyes", outcome=Outcome.AGREED)
    store.close()
    assert "1 case" in calmdesk(tmp_path, "cases", *days).stdout
    assert len(rows_of(exported(tmp_path, *days))) == 1


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_time_has_no_cases(day: str, tmp_path: Path) -> None:
    store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    a_case(store, NOW, "Dana Reyes", outcome=Outcome.AGREED)
    store.close()
    assert "0 cases" in calmdesk(tmp_path, "cases", "--day", day).stdout
    for words in ((day,), (day, "--week"), (day, "--month"), ("--from", day, "--to", day)):
        error = calmdesk(tmp_path, "report", *words, code=2).exception
        assert isinstance(error, CalmdeskError), words


# -- what is indexed after an import ------------------------------------------------------------


def test_an_import_that_added_nothing_indexes_nothing(tmp_path: Path) -> None:
    file = log(tmp_path / "log.csv", "Ref,Date received", "1,2024-03-21")
    calmdesk(tmp_path, "import", file)
    assert of(tmp_path, "select count(*) from search_text") == [(1,)]
    store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    with store.transaction() as session:
        session.connection().exec_driver_sql("DELETE FROM search_text")
    store.close()
    calmdesk(tmp_path, "import", file)
    assert of(tmp_path, "select count(*) from search_text") == [(0,)], "no case was looked at"


def test_what_is_not_indexed_is_found_in_short_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("calmdesk.records.tending"), "NOTED", 2)
    store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    for minutes in range(5):
        at = NOW + timedelta(minutes=minutes)
        a_case(store, at, f"Dana {minutes}", outcome=Outcome.AGREED)
    with store.transaction() as session:
        session.connection().exec_driver_sql("DELETE FROM search_todo")
    told: list[tuple[int, int]] = []
    tending.build(store, lambda done, of: told.append((done, of)))
    assert told[-1] == (5, 5)
    assert asked(store, "select count(*) from search_text") == [(5,)]
    store.close()
