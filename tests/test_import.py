"""Another's log taken over: what it says is kept, what it does not say is not made up."""

import csv
import json
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calmdesk.clock import HandClock
from calmdesk.errors import CalmdeskError, StoreError
from calmdesk.exchange.columns import CASES
from calmdesk.exchange.mapping import guessed
from calmdesk.exchange.own import OwnSheet
from calmdesk.exchange.sheets import Form, sheet
from calmdesk.exchange.tables import How, open_table
from calmdesk.exchange.taken import Rejected, Taken
from calmdesk.exchange.understanding import Understanding
from calmdesk.guide import happenings as h
from calmdesk.guide.filters import Filter
from calmdesk.guide.outcome import Outcome, Verdict
from calmdesk.guide.playbook import load
from calmdesk.guide.promises import PromiseKind
from calmdesk.guide.stages import Fault
from calmdesk.records import (
    browse,
    calls,
    customer_details,
    exporting,
    importing,
    one_person,
    people,
    reviews,
)
from calmdesk.records.ids import quick_ids
from calmdesk.records.import_people import People
from calmdesk.records.journal import seal
from calmdesk.records.models import Event
from calmdesk.records.reading import read_case
from calmdesk.records.review_rows import ReviewWords
from calmdesk.records.store import Store
from calmdesk.words import clean
from tests.exchanged import a_case, asked, calmdesk, exported, log, rows_of, seen, seen_anew
from tests.hostile_texts import TEXTS
from tests.made_once import demo, fresh
from tests.player import SATURDAY, ZONE
from tests.test_export import cells
from tests.two_desks import desk

NOW = SATURDAY
NEW_YORK, LONDON = ZoneInfo("America/New_York"), ZoneInfo("Europe/London")
HEAD = "Complaint No.,Date received,Customer name,Telephone,Type of complaint,Description"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    yield store
    store.close()


def understood(file: Path, **how: str) -> Understanding:
    table = open_table(file, How(**how))
    return Understanding(table, guessed(table.header), ZONE, NOW, "USD")


def take_over(store: Store, file: Path, at_once: int = 100) -> tuple[int, int, list[Rejected]]:
    """Take a log over. Returns how many were added and were there, and what was rejected."""
    steps = list(importing.take_over(store, file.name, understood(file).rows(), NOW, at_once))
    rejected = [it for step in steps for it in step.rejected]
    return sum(step.added for step in steps), sum(step.there for step in steps), rejected


def chain_holds(store: Store) -> bool:
    """Whether every entry of the journal follows the one before."""
    from sqlmodel import col, select

    with store.reading() as session:
        entries = session.exec(select(Event).order_by(col(Event.device), col(Event.seq))).all()
    before: dict[str, tuple[int, str]] = {}
    for it in entries:
        seq, mac = before.get(it.device, (0, ""))
        if (it.seq, it.prev, it.mac) != (seq + 1, mac, seal(it)):
            return False
        before[it.device] = (it.seq, it.mac)
    return True


# -- our own sheets, there and back -----------------------------------------------------------


def test_a_sheet_and_the_record_it_came_from_tell_of_the_same_calls(tmp_path: Path) -> None:
    there, back, sheet = tmp_path / "there", tmp_path / "back", tmp_path / "one.xlsx"
    demo(there / "calmdesk.db", HandClock(NOW, ZONE)).close()
    before = exported(there)
    calmdesk(there, "export", "--out", sheet)
    calmdesk(back, "import", sheet)
    (tmp_path / "imported.db").write_bytes((back / "calmdesk.db").read_bytes())
    calmdesk(back, "merge", there / "calmdesk.db")
    assert exported(back) == before
    calmdesk(there, "merge", tmp_path / "imported.db")
    assert exported(there) == before
    calmdesk(back, "merge", tmp_path / "imported.db")
    assert exported(back) == before


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_the_demo_comes_back_as_it_was(form: str, tmp_path: Path) -> None:
    there, back = tmp_path / "there", tmp_path / "back"
    there.mkdir()
    demo(there / "calmdesk.db", HandClock(NOW, ZONE)).close()
    calmdesk(there, "export", "--out", tmp_path / f"a.{form}")
    told = calmdesk(back, "import", tmp_path / f"a.{form}").stderr
    assert "60 cases taken over." in told
    calmdesk(back, "export", "--out", tmp_path / f"b.{form}")
    if form == "xlsx":
        assert cells(tmp_path / "a.xlsx") == cells(tmp_path / "b.xlsx")
    else:
        assert (tmp_path / f"a.{form}").read_bytes() == (tmp_path / f"b.{form}").read_bytes()
    assert "60 were there already" in calmdesk(back, "import", tmp_path / f"a.{form}").stderr
    assert "60 were there already" in calmdesk(there, "import", tmp_path / f"a.{form}").stderr
    store = Store.open(fresh(back / "calmdesk.db"), ZONE)
    assert seen(store) == seen_anew(store)
    assert chain_holds(store)
    store.close()


TEXT = st.one_of(st.sampled_from(TEXTS), st.text(max_size=40)).map(clean)
LINE = TEXT.map(lambda text: " ".join(text.split()))


@st.composite
def told_cases(draw: st.DrawFn) -> list[tuple[int, str, str, list[h.Happening], Outcome]]:
    """Cases as they may come about: minutes after the day began, who, what happened, its end."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        what: list[h.Happening] = []
        if draw(st.booleans()):
            what.append(h.AskPut(draw(TEXT)))
        if draw(st.booleans()):
            what.append(h.HeatMarked(draw(st.integers(1, 5))))
        if draw(st.booleans()):
            what.append(h.FaultSettled(draw(st.sampled_from(list(Fault)))))
        if draw(st.booleans()):
            what.append(h.CategoryChosen(draw(st.sampled_from(["billing", "=1+1", "quality"]))))
        for place in range(draw(st.integers(0, 2))):
            offer = f"o{number}{place}"
            what.append(h.Offered(offer, draw(TEXT), draw(st.integers(0, 99_999))))
            what.append(h.VerdictGiven(draw(st.sampled_from(list(Verdict)))))
        for place in range(draw(st.integers(0, 2))):
            due = draw(st.none() | st.integers(1, 90).map(lambda days: NOW + timedelta(days=days)))
            kind = draw(st.sampled_from(list(PromiseKind)))
            what.append(h.Promised(f"p{number}{place}", draw(TEXT), due, of_kind=kind))
        if draw(st.booleans()):
            what.append(h.FollowUpSet(f"f{number}", NOW + timedelta(days=99), draw(TEXT)))
        if draw(st.booleans()):
            what.append(h.ReadBack(draw(TEXT), draw(st.booleans())))
        if draw(st.booleans()):
            what.append(h.Summed(draw(TEXT)))
        minute = number * 600 + draw(st.integers(0, 500))
        who, numbered = draw(LINE), draw(st.sampled_from(["", "+44 20 7946 0116", "0116 123"]))
        found.append((minute, who, numbered, what, draw(st.sampled_from(list(Outcome)))))
    return found


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(told_cases())
@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_whatever_happened_comes_back_as_it_was(
    form: str, told: list[tuple[int, str, str, list[h.Happening], Outcome]]
) -> None:
    with TemporaryDirectory() as folder:
        there, back, one = Path(folder) / "a", Path(folder) / "b", Path(folder) / f"one.{form}"
        store = Store.open(fresh(there / "calmdesk.db"), ZONE)
        for minute, who, number, what, outcome in told:
            at = NOW + timedelta(minutes=minute)
            named = [h.CallerNamed(who, number=number), *what]
            a_case(store, at, who, *named, outcome=outcome)
        before = seen(store)
        store.close()
        calmdesk(there, "export", "--out", one)
        copy = Store.open(fresh(back / "calmdesk.db"), ZONE)
        sheet = OwnSheet(open_table(one, How()), None, NOW + timedelta(days=9))
        steps = list(importing.take_over(copy, one.name, sheet.rows(), NOW, 2))
        assert [it for step in steps for it in step.rejected] == []
        assert seen(copy) == seen_anew(copy)
        for case_id, glance in seen(copy).items():
            same = ("repeat", "cost", "calls", "promises_open", "next_at", "status", "complaint")
            assert [glance[it] for it in same] == [before[case_id][it] for it in same]
        copy.close()
        other = one.with_stem("other")
        calmdesk(back, "export", "--out", other)
        if form == "xlsx":
            assert cells(one) == cells(other)
        else:
            assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("written", [NEW_YORK, LONDON])
def test_times_come_back_exactly_in_another_zone_and_in_the_repeated_hour(
    written: ZoneInfo, form: Form, tmp_path: Path
) -> None:
    there = Store.open(tmp_path / "a" / "calmdesk.db", written)
    twice = (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 11, 1, 5, 30, tzinfo=UTC))
    for at in (*twice, *(it + timedelta(hours=1) for it in twice), NOW - timedelta(days=150)):
        a_case(there, at, "Dana Reyes", outcome=Outcome.AGREED)
    file = tmp_path / f"a.{form}"
    with file.open("w+b") as out, sheet(form, out, CASES, "Cases") as to:
        for rows in exporting.case_rows(there, Filter(), load(), "USD"):
            to.write(rows)
        to.close()
    back = Store.open(tmp_path / "b" / "calmdesk.db", LONDON)
    read = OwnSheet(open_table(file, How()), LONDON, NOW).rows()
    assert sum(step.added for step in importing.take_over(back, file.name, read, NOW)) == 5
    times = 'select id, opened_at, agreed_at, closed_at from "case" order by id'
    assert asked(back, times) == asked(there, times)
    there.close()
    back.close()


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_a_review_of_our_own_sheet_is_read_already(form: str, store: Store, tmp_path: Path) -> None:
    people.introduce(store, "Sam Ortiz", "", "")
    case = a_case(store, NOW, "Dana Reyes", outcome=Outcome.AGREED)
    sam, store.me = store.me, people.add_colleague(store, "Kim Vale", NOW).id
    reviews.review(store, case, ReviewWords(sam, "Sam Ortiz", "let them finish"), NOW)
    store.close()
    calmdesk(tmp_path, "export", "--out", tmp_path / f"a.{form}")
    with desk(tmp_path / "back" / "calmdesk.db", "Sam Ortiz"):
        calmdesk(tmp_path / "back", "import", tmp_path / f"a.{form}")
    with desk(tmp_path / "back" / "calmdesk.db", "") as back:
        assert browse.board(back, NOW, NOW, NOW).reviews == ()
        lines = read_case(browse.whole(back, case, NOW), lambda at: at, load(), "USD")
    said = {line.label: line.words for line in lines}
    assert "by Kim Vale" in said["looked at"]
    assert "went well" not in said, "what was written is in no sheet"


def test_a_live_call_is_live_nowhere_else(store: Store, tmp_path: Path) -> None:
    contact, case = store.new_id(NOW), store.new_id(NOW)
    calls.answer(store, contact, case, h.Answered("+1 415 555 0134"), NOW)
    store.close()
    (tmp_path / "a.csv").write_text(exported(tmp_path), encoding="utf-8", newline="")
    calmdesk(tmp_path / "back", "import", tmp_path / "a.csv")
    (row,) = rows_of(exported(tmp_path / "back"))
    assert (row["status"], row["case_id"]) == ("open", case)


def test_a_sheet_of_ours_with_broken_cells_says_which(store: Store, tmp_path: Path) -> None:
    for name in ("Ada", "Bo", "Cy", "Di"):
        a_case(
            store, NOW + timedelta(hours=len(name) + ord(name[0]) % 9), name, outcome=Outcome.AGREED
        )
    store.close()
    rows = rows_of(exported(tmp_path))
    rows[0]["case_id"] = "no id"
    rows[1]["promises"] = "perhaps something"
    rows[2]["opened_at"] = ""
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    told = calmdesk(tmp_path / "back", "import", tmp_path / "a.csv").stderr
    assert "1 case taken over." in told
    assert "3 rows were not taken" in told
    refused = rows_of((tmp_path / "a.rejects.csv").read_text(encoding="utf-8-sig"))
    assert [row["calmdesk line"] for row in refused] == ["2", "3", "4"]
    assert "is no id" in refused[0]["calmdesk reason"]
    assert "promises" in refused[1]["calmdesk reason"]
    assert "when it was opened" in refused[2]["calmdesk reason"]


# -- another's log ----------------------------------------------------------------------------

USUAL = (
    HEAD,
    "C-1,21/03/2024 09:05,Dana Reyes,+44 20 7946 0116,Late delivery,the boxes are late",
    "C-2,22/03/2024 10:15,Tom Abara,+44 20 7946 0117,Billing,billed twice",
    "C-3,05/04/2024 11:00,Dana Reyes,0044 20 7946 0116,Refund,still no refund",
)


def test_a_log_becomes_cases(tmp_path: Path) -> None:
    calmdesk(tmp_path, "import", log(tmp_path / "log.csv", *USUAL))
    rows = rows_of(exported(tmp_path))
    assert [row["ref"] for row in rows] == ["C-1", "C-2", "C-3"]
    assert [row["category"] for row in rows] == ["late_delivery", "billing", "refund"]
    assert rows[0]["customer_id"] == rows[2]["customer_id"] != rows[1]["customer_id"]
    assert [row["repeat"] for row in rows] == ["no", "no", "yes"]
    assert {row["calls"] for row in rows} == {"0"}, "the log tells of no call"
    shown = calmdesk(tmp_path, "show", "C-3").stdout
    assert "still no refund" in shown
    assert "taken over from log.csv, line 4" in shown


def test_the_same_file_again_adds_nothing(store: Store, tmp_path: Path) -> None:
    file = log(tmp_path / "log.csv", *USUAL)
    assert take_over(store, file)[:2] == (3, 0)
    before = asked(store, "select * from event order by seq")
    assert take_over(store, file)[:2] == (0, 3)
    assert asked(store, "select * from event order by seq") == before
    grown = log(tmp_path / "grown.csv", *USUAL, "C-4,06/04/2024 12:00,New One,,Billing,more")
    assert take_over(store, grown)[:2] == (1, 3), "a log that has grown brings what is new"


def test_rows_without_a_reference_are_told_by_all_they_say(store: Store, tmp_path: Path) -> None:
    rows = (
        "Date received,Customer name,Description",
        "2024-03-21,Dana,late",
        "2024-03-21,Dana,late",
    )
    file = log(tmp_path / "log.csv", *rows, "2024-03-22,Dana,late")
    assert take_over(store, file)[:2] == (3, 0), "two rows alike are two cases"
    assert take_over(store, file)[:2] == (0, 3)


def test_nothing_of_a_row_is_lost(store: Store, tmp_path: Path) -> None:
    rows = (
        "Ref,Date received,Customer name,Branch,Outcome,Status,Heat,Severity",
        "C-1,2024-03-21,Dana Reyes,Leeds,Upheld,Weird,9,=cmd",
    )
    take_over(store, log(tmp_path / "log.csv", *rows))
    ((kind, payload),) = asked(store, "select kind, payload from event")
    assert kind == "imported"
    assert json.loads(payload) == {
        "file": "log.csv",
        "line": 2,
        "fields": {
            "Branch": "Leeds",
            "Outcome": "Upheld",
            "Status": "Weird",
            "Heat": "9",
            "Severity": "=cmd",
        },
    }
    assert asked(store, 'select status, outcome, heat_start from "case"') == [("open", "", 0)]


@pytest.mark.parametrize(
    ("status", "outcome", "closed", "expected"),
    [
        ("Resolved", "Rejected", "22/03/2024", ("closed", "declined, reason given", True)),
        ("Done", "", "", ("closed", "", False)),
        ("", "", "22/03/2024", ("closed", "", True)),
        ("", "Escalated", "", ("open", "handed over", False)),
        ("Under investigation", "", "", ("investigating", "", False)),
        ("who knows", "Solved", "", ("closed", "agreed", False)),
        ("", "", "", ("open", "", False)),
        ("Open", "", "22/03/2024", ("open", "", False)),
    ],
)
def test_their_words_become_ours(
    status: str,
    outcome: str,
    closed: str,
    expected: tuple[str, str, bool],
    store: Store,
    tmp_path: Path,
) -> None:
    rows = (
        "Ref,Date received,Status,Outcome,Date closed",
        f"C-1,21/03/2024 09:05,{status},{outcome},{closed}",
        "C-2,22/03/2024 09:05,,,23/03/2024",
    )
    take_over(store, log(tmp_path / "log.csv", *rows))
    found = asked(
        store, "select status, outcome, closed_at is not null from \"case\" where ref='C-1'"
    )
    assert found == [(*expected[:2], int(expected[2]))]


def test_a_case_closed_on_the_day_it_was_opened_did_not_close_before(
    store: Store, tmp_path: Path
) -> None:
    rows = (
        "Ref,Date received,Date closed",
        "C-1,21/03/2024 09:05,21/03/2024",
        "C-2,21/03/2024 09:05,19/03/2024",
    )
    take_over(store, log(tmp_path / "log.csv", *rows))
    found = asked(store, 'select opened_at = closed_at, closed_at is null from "case" order by ref')
    assert found == [(1, 0), (None, 1)]
    assert "19/03/2024" in asked(store, "select payload from event order by seq")[1][0]


def test_calls_come_from_logs_that_tell_of_them(store: Store, tmp_path: Path) -> None:
    rows = (
        "Ref,Date received,Channel,Handle time,Compensation",
        "C-1,2024-03-21 09:05,Phone,7:30,",
        "C-2,2024-03-21 10:05,E-mail,,",
        'C-3,2024-03-21 11:05,Outbound call,3,"$1,200.50"',
        "C-4,2024-03-21 12:05,Letter,,-5",
    )
    take_over(store, log(tmp_path / "log.csv", *rows))
    found = asked(
        store, 'select ref, calls, seconds, cost from glance join "case" on id=case_id order by ref'
    )
    assert found == [
        ("C-1", 1, 450, 0),
        ("C-2", 0, 0, 0),
        ("C-3", 0, 180, 120050),
        ("C-4", 0, 0, 0),
    ]
    assert seen(store) == seen_anew(store)


def test_agents_are_found_by_name_or_made(store: Store, tmp_path: Path) -> None:
    rows = (
        "Ref,Date received,Handled by",
        "1,2024-03-21,Ana Kovac",
        "2,2024-03-21,",
        "3,2024-03-22,ana kovac",
    )
    take_over(store, log(tmp_path / "log.csv", *rows))
    owners = dict(asked(store, 'select ref, agent_id from "case"'))
    assert owners["2"] == store.me
    assert owners["1"] == owners["3"] != store.me
    assert asked(store, "select count(*) from agent where name = 'Ana Kovac'") == [(1,)]


# -- customers --------------------------------------------------------------------------------


def test_customers_are_bound_as_callers_are(store: Store, tmp_path: Path) -> None:
    known = a_case(
        store,
        NOW - timedelta(days=900),
        "Özge Arslan",
        h.CallerNamed("Özge Arslan", number="+90 212 555 0101"),
        outcome=Outcome.AGREED,
    )
    rows = (
        "Ref,Date received,Customer name,Company,Telephone",
        "same-number,2024-03-21,ÖZGE ARSLAN,Arslan Ltd,0090 212 555 0101",
        "number-alone,2024-03-22,,,+90 (212) 555-0101",
        "name-alone,2024-03-23,Özge Arslan,,",
        "other-name,2024-03-24,Ilker Arslan,,+90 212 555 0101",
        "shared,2024-03-25,,,+90 212 555 0101",
        "nobody,2024-03-26,Unknown,,",
        "new,2024-03-27,Bo Lund,,",
        "named-later,2024-03-28,Bo Lund,,+45 1",
    )
    take_over(store, log(tmp_path / "log.csv", *rows))
    whose = dict(asked(store, 'select ref, customer_id from "case"'))
    ((ozge,),) = asked(store, f"select customer_id from \"case\" where id = '{known}'")
    assert whose["SAME-NUMBER"] == whose["NUMBER-ALONE"] == whose["NAME-ALONE"] == ozge
    assert whose["OTHER-NAME"] not in (ozge, None)
    assert whose["SHARED"] not in (ozge, whose["OTHER-NAME"], None)
    assert whose["NOBODY"] is None
    assert whose["NEW"] == whose["NAMED-LATER"]
    assert asked(store, f"select name, company from customer where id = '{ozge}'") == [
        ("Özge Arslan", "Arslan Ltd")
    ]
    assert seen(store) == seen_anew(store)


def test_a_customer_of_our_own_sheet_who_was_merged_twice_is_the_last_of_them(
    store: Store, tmp_path: Path
) -> None:
    for hour, name in enumerate(("Ann", "Bo", "Cy")):
        a_case(store, NOW + timedelta(hours=hour), name, outcome=Outcome.AGREED)
    ann, bo, cy = (id_ for (id_,) in asked(store, "select id from customer order by name"))
    store.close()
    there = tmp_path / "there"
    there.mkdir()
    shutil.copy(tmp_path / "calmdesk.db", there)
    elsewhere = Store.open(there / "calmdesk.db", ZONE)
    new = a_case(elsewhere, NOW + timedelta(hours=5), "Ann", outcome=Outcome.AGREED)
    elsewhere.close()
    calmdesk(there, "export", "--out", tmp_path / "a.csv")
    store = Store.open(tmp_path / "calmdesk.db", ZONE)
    one_person.merge(store, bo, ann, NOW)
    one_person.merge(store, cy, bo, NOW)
    store.close()
    assert "1 case taken over, 3 were" in calmdesk(tmp_path, "import", tmp_path / "a.csv").stderr
    store = Store.open(tmp_path / "calmdesk.db", ZONE)
    assert asked(store, f"select customer_id from \"case\" where id = '{new}'") == [(cy,)]
    assert seen(store) == seen_anew(store)
    store.close()


def test_who_is_merged_or_named_elsewhere_meanwhile_is_seen(store: Store, tmp_path: Path) -> None:
    rows = (
        "Ref,Date received,Customer name,Company,Telephone",
        "dana,2024-03-21,Dana Reyes,,+45 1",
        "bo,2024-03-22,Bo Lund,,+45 2",
        "unnamed,2024-03-23,,,+45 3",
        "bo-again,2024-03-24,Bo Lund,Lund Ltd,+45 2",
        "named,2024-03-25,Eve Adler,Adler Ltd,+45 3",
        "dana-again,2024-03-26,Dana Reyes,,+45 1",
    )
    file = log(tmp_path / "log.csv", *rows)
    taking = importing.take_over(store, file.name, understood(file).rows(), NOW, 3)
    next(taking)
    of_ref = 'select ref, customer_id from "case"'
    before = dict(asked(store, of_ref))
    beside = Store.open(store.file, ZONE)
    one_person.merge(beside, before["DANA"], before["BO"], NOW)
    customer_details.rename(beside, before["UNNAMED"], "Kim Park", NOW)
    beside.close()
    assert sum(step.added for step in taking) == 3
    whose = dict(asked(store, of_ref))
    assert whose["BO"] == whose["BO-AGAIN"] == whose["DANA-AGAIN"] == before["DANA"]
    assert whose["NAMED"] not in (before["UNNAMED"], None)
    names = dict(asked(store, "select id, name || ', ' || company from customer"))
    assert names[before["DANA"]] == "Dana Reyes, Lund Ltd"
    assert names[before["UNNAMED"]] == "Kim Park, "
    assert names[whose["NAMED"]] == "Eve Adler, Adler Ltd"
    assert seen(store) == seen_anew(store)


def test_what_is_known_of_a_customer_is_not_written_over(store: Store, tmp_path: Path) -> None:
    call = h.CallerNamed(number="+45 3")
    a_case(store, NOW - timedelta(days=900), "", call, outcome=Outcome.AGREED)
    row = "E,2024-03-25,Eve Adler,Adler Ltd,+45 3"
    file = log(tmp_path / "log.csv", "Ref,Date received,Customer name,Company,Telephone", row)
    (taken,) = understood(file).rows()
    assert isinstance(taken, Taken)
    with store.transaction() as session:
        known = People(store, session, quick_ids())
        theirs = known.customer(taken) or ""
    customer_details.rename(store, theirs, "Kim Park", NOW)
    with store.transaction() as session:
        known.mend(session)
    assert asked(store, "select name, company from customer") == [("Kim Park", "Adler Ltd")]


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.integers(0, 80), st.integers(0, 3)), min_size=1, max_size=25),
    st.integers(1, 9),
)
def test_glances_are_as_they_would_be_counted(days: list[tuple[int, int]], at_once: int) -> None:
    """In whatever order a log tells of whom; some of it was there before."""
    with TemporaryDirectory() as folder:
        store = Store.open(fresh(Path(folder) / "calmdesk.db"), ZONE)
        for place in (0, 40):
            at = datetime(2024, 1, 1, 12, tzinfo=UTC) + timedelta(days=place)
            a_case(store, at, "Customer 1", outcome=Outcome.AGREED)
        rows = [
            f"{number},{datetime(2024, 1, 1, 12, tzinfo=UTC) + timedelta(days=day):%Y-%m-%d %H:%M},"
            f"Customer {who},{'open' if day % 2 else 'closed'},{'threat' if day % 3 else ''},phone"
            for number, (day, who) in enumerate(days)
        ]
        head = "Ref,Date received,Customer name,Status,Stake,Channel"
        take_over(store, log(Path(folder) / "log.csv", head, *rows), at_once)
        found = seen(store)
        places = asked(store, "select place from glance order by opened_at, place")
        assert places == sorted(places)
        assert found == seen_anew(store)
        assert chain_holds(store)
        store.close()


def test_a_day_of_cases_without_an_hour_finds_places(store: Store, tmp_path: Path) -> None:
    rows = [f"{number},2024-03-21" for number in range(9_000)]
    assert (
        take_over(store, log(tmp_path / "log.csv", "Ref,Date received", *rows), 4_000)[0] == 9_000
    )
    ((count, apart),) = asked(
        store, "select count(distinct place), max(place) - min(place) from glance"
    )
    assert (count, apart) == (9_000, 8_999)


# -- files of all kinds -----------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_are_found_out(
    encoding: str, delimiter: str, tmp_path: Path
) -> None:
    rows = [
        delimiter.join(cells)
        for cells in (
            ("Ref", "Date received", "Customer name", "Description"),
            ("1", "21.03.2024 09:05", "Jörg Müller", "„zu spät“, und: naß"),
            ("2", "22.03.2024 10:00", "Zoë Ångström", '"""quoted"", so"'),
        )
    ]
    if encoding == "cp1252":
        rows[1] = rows[1].replace("„", '""')[:-1].replace('"', "'")
    if delimiter == ",":
        rows[1] = rows[1].replace(", und", " und")
    found = understood(log(tmp_path / "log.csv", *rows, encoding=encoding))
    first, second = found.rows()
    assert isinstance(first, Taken)
    assert isinstance(second, Taken)
    assert (first.customer, second.customer) == ("Jörg Müller", "Zoë Ångström")
    assert second.said == '"quoted", so'


def test_titles_above_the_header_and_sep_lines_are_passed_over(tmp_path: Path) -> None:
    rows = (
        "sep=;",
        "Complaints of the print works;;",
        ";;",
        "Ref;Date received;Customer name",
        "1;2024-03-21;Dana",
    )
    (taken,) = understood(log(tmp_path / "log.csv", *rows)).rows()
    assert isinstance(taken, Taken)
    assert (taken.line, taken.customer) == (5, "Dana")


def test_a_workbook_is_read_with_its_days_and_numbers(store: Store, tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "log.xlsx") as book:
        book.add_worksheet("About").write_string(0, 0, "This is our log.")
        sheet = book.add_worksheet("Log")
        day = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        for at, name in enumerate(("Case no", "Opened on", "Client", "Phone", "Closed on")):
            sheet.write_string(2, at + 1, name)
        sheet.write_number(3, 1, 1042)
        sheet.write_datetime(3, 2, datetime(2024, 3, 21, 9, 5, 7), day)  # noqa: DTZ001
        sheet.write_string(3, 3, "=Dana")
        sheet.write_number(3, 4, 442079460116)
        sheet.write_string(4, 1, "1043")
        sheet.write_string(4, 2, "2024-03-22 10:00")
        sheet.write_number(4, 5, 45374.5)
    assert take_over(store, tmp_path / "log.xlsx")[:2] == (2, 0)
    found = asked(store, 'select ref, opened_at, closed_at from "case" order by ref')
    assert found == [
        ("1042", "2024-03-21 13:05:07.000000", None),
        ("1043", "2024-03-22 14:00:00.000000", "2024-03-23 16:00:00.000000"),
    ]
    assert asked(store, "select number from customer_number") == [("442079460116",)]
    assert asked(store, "select json_extract(payload, '$.line') from event order by seq") == [
        (4,),
        (5,),
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "is empty"),
        ("log.xlsx", b"PK\x03\x04 not a workbook", "no workbook"),
        ("log.csv", b"a,b\n1,2\n", "says when a case was opened"),
        ("log.csv", b"Ref,Date received\n1,soon\n2,later\n", "holds no dates"),
        ("log.csv", b"Ref,Date received\n1,04/05/2024\n2,06/07/2024\n", "--dates"),
        ("log.csv", b'Ref,Date received\n1,2024-01-01\n2,"2024' + b"x" * 1_100_000, "Line 3"),
        ("log.jsonl", b"{}\n", "says when a case was opened"),
        ("log.jsonl", b"nothing\n", "no JSON"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    error = calmdesk(tmp_path / "home", "import", tmp_path / name, code=2).exception
    assert isinstance(error, CalmdeskError)
    assert said in str(error)


def test_files_that_are_none_say_so(tmp_path: Path) -> None:
    for file in (tmp_path, tmp_path / "no.csv"):
        assert calmdesk(tmp_path, "import", file, code=2).exception is not None


def test_five_hundred_hostile_cells_are_only_words(store: Store, tmp_path: Path) -> None:
    with (tmp_path / "log.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Ref", "Date received", "Customer name", "Description", "Other"])
        for place, text in enumerate(TEXTS):
            writer.writerow([f"R{place}", "2024-03-21", f"n{text}", f"d{text}", f"o{text}"])
    assert take_over(store, tmp_path / "log.csv")[::2] == (len(TEXTS), [])
    said = asked(store, "select text from note order by rowid")
    assert [text for (text,) in said] == [clean(f"d{text}").strip() for text in TEXTS]
    rest = asked(store, "select json_extract(payload, '$.fields.Other') from event order by seq")
    assert [text for (text,) in rest] == [clean(f"o{text}") for text in TEXTS]


# -- rejected rows ----------------------------------------------------------------------------


def test_rejected_rows_go_to_a_file_with_their_reasons(tmp_path: Path) -> None:
    rows = (
        *USUAL,
        "C-5,,No Day,,,",
        "C-6,31/31/2024,No Such Day,,,=1+1",
        "C-7,21/03/2124 09:00,From Afar,,,",
        "C-8,21/03/1924 09:00,From The Past,,,",
        "C-9,21/03/2024 09:00,Too Wide,,,,,one more",
        "C-1,21/03/2024 09:05,Dana Reyes,,,another text",
    )
    file = log(tmp_path / "log.csv", *rows)
    told = calmdesk(tmp_path, "import", file).stderr
    assert "3 cases taken over." in told
    assert "6 rows were not taken" in told
    rejects = tmp_path / "log.rejects.csv"
    assert stat.S_IMODE(rejects.stat().st_mode) == 0o600
    found = rows_of(rejects.read_text(encoding="utf-8-sig"))
    assert [row["calmdesk line"] for row in found] == ["5", "6", "7", "8", "9", "10"]
    reasons = [row["calmdesk reason"] for row in found]
    for reason, words in zip(
        reasons,
        ("opened", "31/31/2024", "still to come", "before 1970", "8 cells", "line 2 has the same"),
        strict=True,
    ):
        assert words in reason
    assert found[1]["Description"] == "'=1+1"


def test_mended_rejects_can_be_imported_and_then_nothing_is_rejected(tmp_path: Path) -> None:
    file = log(tmp_path / "log.csv", *USUAL, "C-5,,No Day,,,")
    calmdesk(tmp_path, "import", file)
    rejects = tmp_path / "log.rejects.csv"
    mended = tmp_path / "mended.csv"
    text = rejects.read_text(encoding="utf-8-sig")
    mended.write_text(text.replace("C-5,,", "C-5,21/03/2024,"), encoding="utf-8", newline="")
    assert "1 case taken over." in calmdesk(tmp_path, "import", mended).stderr
    log(file, *USUAL)
    calmdesk(tmp_path, "import", file)
    assert not rejects.exists(), "what is rejected no more is in no file"


def test_another_file_at_the_place_of_the_rejects_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "log.rejects.csv").write_text("mine", encoding="utf-8")
    error = calmdesk(tmp_path, "import", log(tmp_path / "log.csv", *USUAL), code=2).exception
    assert "--rejects" in str(error)
    assert (tmp_path / "log.rejects.csv").read_text(encoding="utf-8") == "mine"


# -- mappings ---------------------------------------------------------------------------------


def test_a_guessed_mapping_is_written_corrected_and_used(tmp_path: Path) -> None:
    rows = ("Nr,When it came,Who,Verdict", "1,21/03/2024,Dana,Upheld", "2,22/03/2024,Bo,Rejected")
    file, mapping = log(tmp_path / "log.csv", *rows), tmp_path / "map.toml"
    calmdesk(tmp_path, "import", file, "--write-map", mapping)
    assert "Kept with each case" in mapping.read_text(encoding="utf-8")
    mapping.write_text(
        '[columns]\nreference = "Nr"\nopened = "When it came"\ncustomer = "Who"\n'
        'outcome = "Verdict"\n[dates]\norder = "day-first"\n[outcomes]\n"Upheld" = "agreed"\n',
        encoding="utf-8",
    )
    calmdesk(tmp_path, "import", file, "--map", mapping)
    found = [(row["customer"], row["outcome"]) for row in rows_of(exported(tmp_path))]
    assert found == [("Dana", "agreed"), ("Bo", "declined, reason given")]
    corrected = mapping.read_bytes()
    error = calmdesk(tmp_path, "import", file, "--write-map", mapping, code=2).exception
    assert str(error) == f"{mapping} is there already; --force writes over it."
    assert mapping.read_bytes() == corrected
    calmdesk(tmp_path, "import", file, "--write-map", mapping, "--force")
    assert mapping.read_bytes() != corrected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[columns]\nwho = "x"', "columns.who"),
        ('[columns]\nopened = "x"', "no column x"),
        ('[dates]\norder = "backwards"', "day-first"),
        ('[outcomes]\nGood = "great"', "great"),
        ("columns = 3", "[columns]"),
        ("[what]\na = 'b'", "what"),
        ("[columns", "no mapping"),
    ],
)
def test_a_wrong_mapping_says_what_is_wrong(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(text, encoding="utf-8")
    file = log(tmp_path / "log.csv", *USUAL)
    error = calmdesk(tmp_path, "import", file, "--map", tmp_path / "map.toml", code=2).exception
    assert isinstance(error, CalmdeskError)
    assert said in str(error)


def test_a_preview_changes_nothing(tmp_path: Path) -> None:
    done = calmdesk(tmp_path, "import", log(tmp_path / "log.csv", *USUAL), "--preview")
    assert (
        "line 2: 2024-03-21 09:05  C-1  Dana Reyes  late_delivery  open  the boxes are late"
        in done.stdout
    )
    assert "opened       Date received  (day, month, year)" in done.stderr
    assert not (tmp_path / "calmdesk.db").exists()


def test_a_log_whose_days_were_read_another_way_is_asked_about(tmp_path: Path) -> None:
    head = "Ref,Date received,Customer name"
    file = log(tmp_path / "log.csv", head, "C-1,03/04/2024,Dana", "C-2,05/06/2024,Bo")
    twice = log(tmp_path / "more.csv", head, "C-3,03/04/2024,Dana", "C-3,05/06/2024,Bo")
    for words in ((file, "--dates", "day-first"), (twice, "--dates", "day-first")):
        assert "another way" not in calmdesk(tmp_path, "import", *words).stderr
    assert "another way" not in calmdesk(tmp_path, "import", *words, "--preview").stderr
    for more, of in ((["--preview"], "Among the first 1,000 rows"), ([], "Among those taken over")):
        said = calmdesk(tmp_path, "import", file, "--dates", "month-first", *more).stderr
        assert (
            f"{of}, 2 have references that other cases had already: C-1, C-2; were the days "
            "read another way before?" in said
        )
    one = log(tmp_path / "one.csv", head, "C-1,03/04/2024,Dana")
    said = calmdesk(tmp_path, "import", one, "--dates", "month-first").stderr
    assert "0 cases taken over, 1 was there already." in said


# -- interruptions ----------------------------------------------------------------------------


def test_an_interrupted_import_goes_on_where_it_stopped(store: Store, tmp_path: Path) -> None:
    rows = [
        f"C-{n},2024-03-21 09:{n % 60:02},Customer {n % 7},,Billing,text {n}" for n in range(400)
    ]
    file = log(tmp_path / "log.csv", HEAD, *rows)

    def until_it_breaks() -> Iterator[Taken | Rejected]:
        for place, row in enumerate(understood(file).rows()):
            if place == 250:
                raise KeyboardInterrupt
            yield row

    with pytest.raises(KeyboardInterrupt):
        list(importing.take_over(store, file.name, until_it_breaks(), NOW, 100))
    assert asked(store, 'select count(*) from "case"') == [(200,)]
    assert take_over(store, file)[:2] == (200, 200)
    other = Store.open(fresh(tmp_path / "other" / "calmdesk.db"), ZONE)
    take_over(other, file)
    question = 'select id, ref, opened_at, category from "case" order by id'
    assert asked(store, question) == asked(other, question)
    assert asked(store, "select count(*) from customer") == [(7,)]
    assert chain_holds(store)
    assert seen(store) == seen_anew(store)
    other.close()


def test_a_failure_within_a_batch_leaves_nothing_of_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise StoreError("the disk is full")

    file = log(tmp_path / "log.csv", *USUAL)
    with monkeypatch.context() as patched:
        patched.setattr("calmdesk.records.import_glances.look", fails)
        with pytest.raises(StoreError):
            take_over(store, file)
    for table in ("case", "event", "customer", "glance", "search_todo"):
        assert asked(store, f'select count(*) from "{table}"') == [(0,)]
    assert take_over(store, file)[:2] == (3, 0)
    assert chain_holds(store)


def test_a_locked_database_says_so_and_how_to_go_on(tmp_path: Path) -> None:
    Store.open(fresh(tmp_path / "calmdesk.db")).close()
    file = log(tmp_path / "log.csv", *USUAL)
    holder = sqlite3.connect(tmp_path / "calmdesk.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    error = calmdesk(tmp_path, "import", file, code=2).exception
    holder.close()
    assert isinstance(error, StoreError)
    assert "held by another program" in str(error)
    assert "3 cases taken over." in calmdesk(tmp_path, "import", file).stderr


def test_ctrl_c_ends_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> Iterator[importing.Step]:
        yield importing.Step(2, 2, 0, ())
        raise KeyboardInterrupt

    monkeypatch.setattr(importing, "take_over", stopped)
    done = calmdesk(tmp_path, "import", log(tmp_path / "log.csv", *USUAL), code=130)
    assert "Stopped; 2 cases taken over. Run the same command again" in done.stderr


def test_twenty_thousand_rows(tmp_path: Path) -> None:
    began = datetime(2020, 1, 1, 9, tzinfo=UTC)
    rows = [
        f"C-{n:06},{began + timedelta(minutes=37 * n):%d/%m/%Y %H:%M},Customer {n % 6000},"
        f"+44 20 {n % 6000:07},Billing,text {n}"
        for n in range(20_000)
    ]
    file = log(tmp_path / "log.csv", HEAD, *rows)
    assert "20,000 cases taken over." in calmdesk(tmp_path, "import", file).stderr
    store = Store.open(fresh(tmp_path / "calmdesk.db"))
    assert asked(store, "select count(*) from glance") == [(20_000,)]
    assert asked(store, "select count(*) from customer") == [(6_000,)]
    assert asked(store, "select count(*) from search_todo") == [(0,)], "ctrl+f finds them at once"
    whole = browse.whole(store, "C-019999", NOW)
    assert whole.line.customer == "Customer 1999"
    store.close()


def test_what_is_imported_is_no_other_file(tmp_path: Path) -> None:
    """A copy under another name is the same log."""
    file = log(tmp_path / "log.csv", *USUAL)
    calmdesk(tmp_path, "import", file)
    shutil.copy(file, tmp_path / "log (1).csv")
    assert "3 were there already" in calmdesk(tmp_path, "import", tmp_path / "log (1).csv").stderr
