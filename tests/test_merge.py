"""The cases of several laptops are brought together, in whatever order, and nothing is lost."""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select
from typer.testing import CliRunner

from calmdesk.commands import app
from calmdesk.errors import Refused, StoreError
from calmdesk.guide import afterwards as f
from calmdesk.guide import happenings as h
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Outcome
from calmdesk.records import (
    actions,
    browse,
    calls,
    coaching,
    customer_details,
    debriefs,
    follow_through,
    identity,
    merging,
    people,
    post,
)
from calmdesk.records.call_rows import KeptDraft
from calmdesk.records.derived import PLACES, Glance, RolledDay, SearchTodo, place_of
from calmdesk.records.glances import look_at_all
from calmdesk.records.models import Case, Customer, Note, Offer, Promise, Review
from calmdesk.records.people_rows import LookedBack
from calmdesk.records.store import Store
from tests.telling import tell
from tests.test_migrations import fill, old_database
from tests.test_query_plans import asked
from tests.two_desks import NOW, SECOND, a_call, bring, broken, chains, desk, shared

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def case(store: Store, case_id: str) -> Case:
    with store.reading() as session:
        return session.get_one(Case, case_id)


def happen(store: Store, case_id: str, *happenings: h.Happening, after: timedelta = HOUR) -> None:
    follow_through.together(store, case_id, happenings, NOW + after)


# -- one file into another ----------------------------------------------------------------------


def test_cases_of_another_laptop_come_whole_and_once(sam: Store, ana: Store) -> None:
    told = tell(sam, NOW, NOW + HOUR, follow_up=NOW + 2 * HOUR)
    found = bring(ana, sam)
    assert (found.agent, found.taken.new, found.trouble) == ("Sam Ortiz", 1, "")
    assert shared(ana) == shared(sam)
    whole = browse.whole(ana, told.case_id, NOW)
    assert whole.line.customer == "Dana Reyes"
    assert [it["state"] for it in whole.promises] == ["open"]
    before = shared(ana)
    again = bring(ana, sam)
    assert (again.taken.new, again.taken.same, again.taken.anything) == (0, 1, False)
    assert shared(ana) == before


def test_a_dry_run_tells_the_same_and_keeps_nothing(sam: Store, ana: Store) -> None:
    tell(sam, NOW, NOW + HOUR)
    before = shared(ana)
    assert bring(ana, sam, keep=False).taken.new == 1
    assert shared(ana) == before


def test_only_days_with_a_case_that_came_are_counted_anew(sam: Store, ana: Store) -> None:
    for days in (20, 2):
        tell(sam, NOW - 24 * days * HOUR, NOW)
    with ana.transaction() as session:
        for days in (20, 11, 2):
            since = place_of(NOW - (24 * days + 12) * HOUR)
            session.add(RolledDay(since=since, until=since + 86_400 * PLACES))
    bring(ana, sam)
    with ana.reading() as session:
        left = session.exec(select(RolledDay.since)).all()
    assert left == [place_of(NOW - (24 * 11 + 12) * HOUR)]


def test_what_lists_see_is_what_the_rows_say(sam: Store, ana: Store) -> None:
    tell(ana, NOW, NOW + HOUR)
    mine = tell(sam, NOW + HOUR, NOW + 2 * HOUR)
    bring(ana, sam)
    happen(sam, mine.case_id, f.PromiseKept(mine.promise_id))
    with ana.transaction() as session:
        begins = place_of(NOW - 12 * HOUR)
        session.add(RolledDay(since=begins, until=place_of(NOW + 12 * HOUR)))
        session.exec(select(SearchTodo)).all()
    bring(ana, sam)
    with ana.transaction() as session:
        seen = {it.case_id: it.model_dump() for it in session.exec(select(Glance))}
        assert session.exec(select(RolledDay)).all() == []
        assert mine.case_id in session.exec(select(SearchTodo.case_id)).all()
        look_at_all(session)
        assert {it.case_id: it.model_dump() for it in session.exec(select(Glance))} == seen
    assert len(seen) == 2


def test_a_case_handed_on_goes_back_and_forth(sam: Store, ana: Store) -> None:
    told = tell(sam, NOW, NOW + 8 * HOUR)
    named = people.add_colleague(sam, "Ana Lindqvist", NOW)
    happen(sam, told.case_id, f.CaseHandedOver("h1", named.id, named.name, "Ring her."))
    bring(ana, sam)
    board = browse.board(ana, NOW, NOW - HOUR, NOW + 24 * HOUR)
    assert [it.brief for it in board.inbox] == ["Ring her."]
    assert case(ana, told.case_id).agent_id == ana.me
    happen(ana, told.case_id, f.HandoverTaken("h1"), f.PromiseKept(told.promise_id), after=2 * HOUR)
    assert bring(sam, ana).taken.newer == 1
    kept = browse.whole(sam, told.case_id, NOW)
    assert [it["state"] for it in kept.promises] == ["kept"]
    assert kept.line.agent == "Ana Lindqvist"
    assert [it.name for it in people.team(sam)] == ["Ana Lindqvist", "Sam Ortiz"]
    assert bring(ana, sam).taken.same == 1
    assert shared(sam) == shared(ana)
    assert broken(sam) == broken(ana) == []


def test_where_both_went_on_the_newer_row_stands_and_the_older_is_in_the_journal(
    sam: Store, ana: Store
) -> None:
    told = tell(sam, NOW, NOW + 8 * HOUR)
    bring(ana, sam)
    happen(sam, told.case_id, f.CauseFound("carrier"))
    happen(ana, told.case_id, f.CauseFound("plates", ("service",)), after=2 * HOUR)
    happen(sam, told.case_id, f.PromiseKept(told.promise_id), after=1.5 * HOUR)
    bring(sam, ana)
    merged = [it for it in browse.whole(sam, told.case_id, NOW).journal if it.kind == "merged"]
    (words,) = merged
    assert words.fields["of"] == "Sam Ortiz"
    assert "cause: carrier" in words.fields["lost"]
    assert case(sam, told.case_id).cause == "plates"
    assert [it["state"] for it in browse.whole(sam, told.case_id, NOW).promises] == ["kept"]
    bring(ana, sam)
    bring(sam, ana)
    assert shared(sam) == shared(ana)
    kinds = [it.kind for it in browse.whole(ana, told.case_id, NOW).journal]
    assert kinds.count("merged") == 1


def test_an_older_row_that_comes_is_kept_in_the_journal_too(sam: Store, ana: Store) -> None:
    told = tell(sam, NOW, NOW + 8 * HOUR)
    bring(ana, sam)
    happen(sam, told.case_id, f.CauseFound("carrier"))
    happen(ana, told.case_id, f.CauseFound("plates"), after=2 * HOUR)
    bring(ana, sam)
    (words,) = [it for it in browse.whole(ana, told.case_id, NOW).journal if it.kind == "merged"]
    assert words.fields["of"] == "Sam Ortiz"
    assert case(ana, told.case_id).cause == "plates"
    bring(sam, ana)
    assert shared(sam) == shared(ana)


@pytest.mark.parametrize("sam_reads_first", [True, False])
def test_what_was_mended_of_a_customer_outlives_a_later_call_elsewhere(
    sam_reads_first: bool, sam: Store, ana: Store
) -> None:
    dana = h.CallerNamed("Dana Reyes", "Reyes Dance", "+1 415 555 0134")
    case_id, _ = a_call(sam, dana)
    bring(ana, sam)
    theirs = case(sam, case_id).customer_id or ""
    mended = ("Reyes Ltd", 2019, 250_000, "Europe/London")
    customer_details.rename(sam, theirs, "Dana Ruiz", NOW + HOUR)
    customer_details.mend(sam, theirs, *mended, NOW + HOUR)
    number = h.CallerNamed(number="+1 415 555 0199")
    later, _ = a_call(ana, dana, number, at=NOW + 2 * HOUR)
    for reads, other in ((sam, ana), (ana, sam))[:: 1 if sam_reads_first else -1]:
        bring(reads, other)
    assert shared(sam) == shared(ana)
    for store in (sam, ana):
        assert case(store, later).customer_id == theirs
        found = customer_details.known(store, theirs)
        assert (found.company, found.since, found.value, found.zone) == mended
        assert (found.name, len(found.numbers)) == ("Dana Ruiz", 2)


def test_an_offer_taken_off_the_table_stays_off(sam: Store, ana: Store) -> None:
    case_id, contact = a_call(sam, h.CallerNamed("Dana"), h.Offered("o1", "a courier", 45))
    bring(ana, sam)
    calls.happen(sam, contact, h.OfferWithdrawn("o1"), NOW + HOUR)
    happen(ana, case_id, f.CauseFound("plates"), after=2 * HOUR)
    bring(ana, sam)
    bring(sam, ana)
    for store in (sam, ana):
        with store.reading() as session:
            assert session.exec(select(Offer)).all() == []


def test_a_call_made_part_of_an_earlier_case_is_so_elsewhere(sam: Store, ana: Store) -> None:
    first, _ = a_call(sam, h.CallerNamed("Dana"), h.CallEnded(), h.Finished(Outcome.AGREED))
    later, contact = a_call(sam, h.Noted("n1", Sign.SAYS, "twice now"), at=NOW + HOUR)
    bring(ana, sam)
    calls.join(sam, contact, first, NOW + 2 * HOUR)
    bring(ana, sam)
    assert case(ana, later).joined_to == first
    with ana.reading() as session:
        assert session.get_one(Note, "n1").case_id == first
        assert session.exec(select(Glance.case_id)).all() == [first]
    assert shared(sam) == shared(ana)
    bring(sam, ana)
    assert shared(sam) == shared(ana)


def test_what_came_to_a_case_that_stepped_back_elsewhere_is_the_others(
    sam: Store, ana: Store
) -> None:
    first, _ = a_call(sam, h.CallerNamed("Dana"), h.CallEnded(), h.Finished(Outcome.AGREED))
    later, contact = a_call(sam, h.Noted("n1", Sign.SAYS, "twice now"), at=NOW + HOUR)
    bring(ana, sam)
    third, again = a_call(ana, h.Noted("n2", Sign.SAYS, "and again"), at=NOW + 2 * HOUR)
    calls.join(ana, again, later, NOW + 3 * HOUR)
    calls.happen(sam, contact, h.Noted("n3", Sign.SAYS, "nobody rang"), NOW + 3 * HOUR)
    calls.join(sam, contact, first, NOW + 4 * HOUR)
    for _ in range(2):
        bring(sam, ana)
        bring(ana, sam)
    for store in (sam, ana):
        with store.reading() as session:
            assert session.exec(select(Glance.case_id)).all() == [first]
        for wanted in (first, later, third):
            whole = browse.whole(store, wanted, NOW)
            assert whole.line.id == first
            assert len(whole.contacts) == 3
            assert {it["id"] for it in whole.notes} == {"n1", "n2", "n3"}
    assert shared(sam) == shared(ana)


def test_a_live_call_is_seen_with_what_was_said_and_is_nobody_elses_call(
    sam: Store, ana: Store
) -> None:
    case_id, contact = a_call(sam, h.Noted("n1", Sign.SAYS, "flyers were due"), h.HelpAsked())
    bring(ana, sam)
    whole = browse.whole(ana, case_id, NOW)
    assert [it["text"] for it in whole.notes] == ["flyers were due"]
    assert calls.unfinished(ana) is None
    assert ana.calls == {}
    calls.happen(sam, contact, h.Noted("n2", Sign.SAYS, "and rang twice"), NOW + HOUR)
    bring(ana, sam)
    assert len(browse.whole(ana, case_id, NOW).notes) == 2


def test_a_live_call_goes_on_after_others_cases_came(sam: Store, ana: Store) -> None:
    tell(ana, NOW, NOW + HOUR)
    _, contact = a_call(sam, h.Noted("n1", Sign.SAYS, "flyers were due"))
    bring(sam, ana)
    calls.happen(sam, contact, h.Noted("n2", Sign.SAYS, "and rang twice"), NOW + HOUR)
    (unfinished,) = [calls.unfinished(sam)]
    assert unfinished is not None
    assert [it.text for it in unfinished.call.notes] == ["flyers were due", "and rang twice"]
    assert broken(sam) == []


# -- names and references -----------------------------------------------------------------------


def test_two_cases_of_one_reference_keep_apart_and_the_journal_says_so(
    sam: Store, ana: Store
) -> None:
    mine, _ = a_call(sam, h.CallerNamed("Dana"))
    theirs, _ = a_call(ana, h.CallerNamed("Bo"), at=NOW + SECOND)
    same = case(sam, mine).ref
    with ana.transaction() as session:
        session.get_one(Case, theirs).ref = same
    found = bring(sam, ana)
    ((was, now),) = found.taken.renamed
    assert was == same
    assert (case(sam, mine).ref, case(sam, theirs).ref) == (same, now)
    bring(ana, sam)
    assert (case(ana, mine).ref, case(ana, theirs).ref) == (same, now)
    assert bring(sam, ana).taken.renamed == ()
    assert shared(sam) == shared(ana)
    journal = browse.whole(ana, theirs, NOW).journal
    assert [it.fields["lost"] for it in journal if it.kind == "merged"] == [[f"ref: {same}"]]


def test_the_same_customer_is_one_and_another_of_that_name_stays_another(
    sam: Store, ana: Store
) -> None:
    tell(sam, NOW, NOW + HOUR)
    tell(ana, NOW, NOW + HOUR)
    bring(ana, sam)
    bring(ana, sam)
    with ana.reading() as session:
        assert len(session.exec(select(Customer)).all()) == 2


def test_one_number_that_both_wrote_down_is_one(sam: Store, ana: Store) -> None:
    case_id, _ = a_call(sam, h.CallerNamed("Dana Reyes"))
    bring(ana, sam)
    for store, contact in ((sam, "c1"), (ana, "c2")):
        calls.ring(store, contact, case_id, "", NOW + HOUR)
        named = h.CallerNamed("Dana Reyes", number="+1 415 555 0134")
        calls.happen(store, contact, named, NOW + HOUR)
    bring(ana, sam)
    bring(sam, ana)
    assert shared(sam) == shared(ana)
    assert [it.sure for it in people.who_calls(ana, "4155550134", "", "", NOW)] == []
    assert [it.sure for it in people.who_calls(ana, "+14155550134", "", "", NOW)] == [True]


def test_actions_and_known_issues_come_along(sam: Store, ana: Store) -> None:
    actions.open_action(sam, "a1", "plates", "check plates", "press", NOW + HOUR, NOW)
    issue = coaching.announce(sam, "late", "A press stood still.", NOW + 4 * HOUR, NOW)
    assert bring(ana, sam).taken.other == 2
    actions.change_action(ana, "a1", "check plates twice", "press", NOW + HOUR, NOW + SECOND)
    coaching.end_issue(ana, issue.id, NOW + HOUR)
    assert bring(sam, ana).taken.other == 2
    assert [it.change for it in actions.actions(sam, NOW)] == ["check plates twice"]
    assert coaching.known_issues(sam, NOW) == ()
    assert bring(ana, sam).taken.other == bring(sam, ana).taken.other == 0
    assert broken(sam) == broken(ana) == []


# -- what stays at home -------------------------------------------------------------------------

MARK = "xyzzy"


def private(store: Store) -> None:
    """Whatever is an agent's own, each with a mark in it; and a case that may travel."""
    told = tell(store, NOW, NOW + HOUR)
    me = people.me(store)
    people.introduce(store, me.name, "", "", own_line=f"breathe {MARK}")
    _, contact = a_call(store, h.CallerNamed("Bo"), h.SelfChecked((MARK,)))
    calls.keep_drafts(store, contact, [KeptDraft("note", f"half {MARK}", 0, True)], NOW)
    calls.moment(store, contact, f"shaken {MARK}", NOW)
    coaching.choose(store, MARK, "pinned", NOW)
    post.draft(store, told.case_id, "holding", MARK, f"Dear {MARK}", NOW)
    debriefs.keep(store, contact, LookedBack(MARK, MARK, MARK, "", True), NOW)


def test_what_is_an_agents_own_stays_at_home(sam: Store, ana: Store) -> None:
    private(sam)
    assert bring(ana, sam).taken.new == 2
    ana.close()
    assert MARK.encode() not in ana.file.read_bytes()
    assert MARK.encode() in sam.file.read_bytes() or MARK in _wal(sam.file)


def _wal(file: Path) -> str:
    return file.with_name(f"{file.name}-wal").read_bytes().decode(errors="replace")


def test_what_was_written_to_one_alone_comes_to_nobody_else(
    sam: Store, ana: Store, tmp_path: Path
) -> None:
    case_id, _ = a_call(sam, h.CallerNamed("Dana"))
    with sam.transaction() as session:
        session.add(
            Review(id="r1", case_id=case_id, agent_id=sam.me, of_id=sam.me, at=NOW, note=MARK)
        )
    bring(ana, sam)
    with ana.reading() as session:
        assert session.get_one(Review, "r1").note == ""
    with desk(tmp_path / "other" / "calmdesk.db", "Sam Ortiz") as other:
        bring(other, sam)
        with other.reading() as session:
            assert session.get_one(Review, "r1").note == MARK


def test_a_journal_keeps_its_seals_elsewhere(sam: Store, ana: Store) -> None:
    private(sam)
    bring(ana, sam)
    (entries,) = [it for device, it in chains(ana).items() if device == sam.device]
    kept_back = {it.seq for it in chains(sam)[sam.device]} - {it.seq for it in entries}
    assert len(kept_back) == 2
    assert broken(ana) == []


# -- files that are not as they should be -------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CALMDESK_HOME", str(tmp_path / "home"))
    with desk(tmp_path / "home" / "calmdesk.db", "Kim Adeyemi"):
        pass
    return tmp_path / "home"


def laptop(folder: Path, name: str = "Sam Ortiz") -> Path:
    """A laptop's file with one case, closed."""
    with desk(folder / "calmdesk.db", name) as store:
        tell(store, NOW, NOW + HOUR)
    return folder / "calmdesk.db"


def test_the_command_tells_what_came_from_where(home: Path, tmp_path: Path) -> None:
    files = [laptop(tmp_path / "1"), laptop(tmp_path / "2", "Ana Lindqvist")]
    seen = [(it.read_bytes(), sorted(it.parent.iterdir())) for it in files]
    done = CliRunner().invoke(app, ["merge", *map(str, files)])
    assert done.exit_code == 0, done.output
    assert f"{files[0]} (Sam Ortiz): 1 case: 1 new" in done.output
    assert f"{files[1]} (Ana Lindqvist): 1 case: 1 new" in done.output
    assert seen == [(it.read_bytes(), sorted(it.parent.iterdir())) for it in files]
    again = CliRunner().invoke(app, ["merge", *map(str, files)])
    assert "1 case: 1 as they were" in again.output
    dry = CliRunner().invoke(app, ["merge", "--dry-run", str(files[0])])
    assert "would bring 1 case" in dry.output


def test_a_record_that_is_not_there_yet_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMDESK_HOME", str(tmp_path / "new"))
    file = laptop(tmp_path / "1")
    dry = CliRunner().invoke(app, ["merge", "--dry-run", str(file)])
    assert "would bring 1 case: 1 new" in dry.output
    assert not (tmp_path / "new").exists()
    assert "1 case: 1 new" in CliRunner().invoke(app, ["merge", str(file)]).output
    assert CliRunner().invoke(app, ["merge", "--follow", str(tmp_path), "--once"]).exit_code == 0


def test_the_cases_of_a_file_are_counted_once(sam: Store, ana: Store) -> None:
    for it in range(6):
        tell(sam, NOW + it * HOUR, NOW + 9 * HOUR)
    with pytest.MonkeyPatch.context() as few, asked() as queries:
        few.setattr(merging, "AT_ONCE", 2)
        assert bring(ana, sam).taken.new == 6
    counts = [query for query, _ in queries if query.startswith('SELECT count(*) FROM "case"')]
    assert len(counts) == 1


def broken_file(folder: Path) -> Path:
    file = laptop(folder)
    data = bytearray(file.read_bytes())
    data[4096:] = b"\x5a" * (len(data) - 4096)
    file.write_bytes(data)
    return file


def newer_file(folder: Path) -> Path:
    file = laptop(folder)
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    return file


def foreign_file(folder: Path) -> Path:
    folder.mkdir()
    with sqlite3.connect(folder / "x.db") as connection:
        connection.execute("CREATE TABLE letters (a)")
    connection.close()
    return folder / "x.db"


def text_file(folder: Path) -> Path:
    folder.mkdir()
    (folder / "x.db").write_text("Dear Sam")
    return folder / "x.db"


def no_file(folder: Path) -> Path:
    return folder / "x.db"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (broken_file, "is damaged"),
        (newer_file, "newer calmdesk"),
        (foreign_file, "no database of calmdesk's"),
        (text_file, "no database of calmdesk's"),
        (no_file, "is not there"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_the_rest_goes_on(
    make: Callable[[Path], Path], words: str, home: Path, tmp_path: Path
) -> None:
    bad, good = make(tmp_path / "bad"), laptop(tmp_path / "good")
    done = CliRunner().invoke(app, ["merge", str(bad), str(good)])
    assert done.exit_code == 1
    assert words in done.output
    assert "1 case: 1 new" in done.output
    assert "Traceback" not in done.output


def test_a_file_named_as_ones_own_is_told_and_the_rest_goes_on(home: Path, tmp_path: Path) -> None:
    bad, good = home / "calmdesk.db.bak", laptop(tmp_path / "good")
    bad.write_text("Dear Sam")
    done = CliRunner().invoke(app, ["merge", str(bad), str(good)])
    assert done.exit_code == 1
    assert f"{bad} is no database of calmdesk's; it was left out." in done.output
    assert "1 case: 1 new" in done.output


def test_a_failure_of_ones_own_record_ends_it(sam: Store, ana: Store) -> None:
    tell(sam, NOW, NOW + HOUR)
    with closing(sqlite3.connect(ana.file)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="held by another program"):
            bring(ana, sam)


def test_an_older_file_is_read_and_stays_old(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "old" / "calmdesk.db"
    file.parent.mkdir()
    old_database(file, 3, tmp_path / "scripts")
    fill(file)
    with sqlite3.connect(file) as connection:
        digest = hashlib.sha256(b"{}").hexdigest()
        connection.execute("UPDATE event SET payload_digest = ?", (digest,))
    connection.close()
    before = file.read_bytes()
    done = CliRunner().invoke(app, ["merge", str(file)])
    assert done.exit_code == 0, done.output
    assert "1 new" in done.output
    assert file.read_bytes() == before
    assert list(home.glob("*read-*")) == []


def test_a_file_in_use_is_read_with_what_lies_beside_it(sam: Store, ana: Store) -> None:
    tell(sam, NOW, NOW + HOUR)
    beside = sam.file.with_name(f"{sam.file.name}-wal")
    assert beside.stat().st_size
    before = sam.file.read_bytes(), beside.read_bytes()
    assert bring(ana, sam).taken.new == 1
    assert (sam.file.read_bytes(), beside.read_bytes()) == before


def test_a_copy_in_which_work_went_on_is_refused_and_the_rest_comes(
    tmp_path: Path, ana: Store
) -> None:
    file = laptop(tmp_path / "sam")
    (tmp_path / "copy").mkdir()
    copy = Path(shutil.copy(file, tmp_path / "copy" / "calmdesk.db"))
    for each, name in ((file, "Dana"), (copy, "Bo")):
        with desk(each, "") as store:
            a_call(store, h.CallerNamed(name))
            bring(ana, store)
    with desk(copy, "") as store:
        found = bring(ana, store)
    assert (found.taken.refused, found.taken.same) == (1, 1)
    assert broken(ana) == []


def test_ones_own_record_is_not_brought_into_itself(home: Path) -> None:
    done = CliRunner().invoke(app, ["merge", str(home / "calmdesk.db")])
    assert done.exit_code == 1
    assert "this very record" in done.output


@pytest.mark.parametrize(
    "words", [["merge"], ["merge", "--once", "x.db"], ["merge", "x.db", "--follow", "y"]]
)
def test_a_command_that_makes_no_sense_says_how_it_goes(words: list[str], home: Path) -> None:
    done = CliRunner().invoke(app, words)
    assert done.exit_code
    assert "Name the files" in str(done.exception) or "--once goes" in str(done.exception)


# -- in whatever order ---------------------------------------------------------------------------

DEEDS: dict[str, Callable[[Store, int], h.Happening]] = {
    "cause": lambda store, n: f.CauseFound(f"cause {n}", ("service",) if n % 2 else ()),
    "told": lambda store, n: f.CustomerTold("by mail", f"told {n}"),
    "example": lambda store, n: f.ExampleMarked(bool(n % 2)),
    "promised": lambda store, n: h.Promised(f"{store.me} {n}", f"ring {n}", NOW + n * HOUR),
    "asked": lambda store, n: f.Consulted(f"{store.me} {n}", "dispatch", f"where {n}"),
    "handed": lambda store, n: f.CaseHandedOver(f"{store.me} {n}", store.me, "", f"brief {n}"),
    "kept": lambda store, n: f.PromiseKept(_open_promise(store)),
    "deferred": lambda store, n: f.ReminderDeferred(_open_promise(store), NOW + (n + 99) * HOUR),
}


MENDS: dict[str, Callable[[Store, str, int, datetime], object]] = {
    "rename": lambda store, whose, n, at: customer_details.rename(store, whose, f"Dana {n}", at),
    "mend the customer": lambda store, whose, n, at: customer_details.mend(
        store, whose, f"firm {n}" if n % 3 else "", 2000 + n, n % 2, "", at
    ),
    "call": lambda store, whose, n, at: a_call(store, _as_known(store, whose), at=at),
}
"""What befalls the customer of the case, beside it."""


def _as_known(store: Store, customer_id: str) -> h.CallerNamed:
    """The customer as they are known at this desk."""
    with store.reading() as session:
        row = session.get_one(Customer, customer_id)
        return identity.as_caller(row, "+1 415 555 0134")


def _open_promise(store: Store) -> str:
    """A promise of the case that is open; Refused when there is none."""
    with store.reading() as session:
        found = session.exec(
            select(Promise.id).where(Promise.state == "open").order_by(col(Promise.id))
        ).first()
    if found is None:
        raise Refused("There is none.")
    return found


STEPS = st.lists(
    st.one_of(
        st.tuples(st.integers(0, 1), st.sampled_from(sorted(DEEDS))),
        st.tuples(st.integers(0, 1), st.sampled_from(sorted(MENDS))),
        st.tuples(st.integers(0, 1), st.just("bring")),
    ),
    max_size=14,
)


@given(steps=STEPS)
@settings(
    max_examples=int(os.environ.get("CALMDESK_EXAMPLES", "10")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_both_come_to_the_same_whatever_happened_and_whoever_reads_first(
    steps: list[tuple[int, str]],
) -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        names = ("Sam Ortiz", "Ana Lindqvist")
        desks = [stack.enter_context(desk(folder / n / "calmdesk.db", n)) for n in names]
        told = tell(desks[0], NOW, NOW + 200 * HOUR)
        bring(desks[1], desks[0])
        whose = case(desks[0], told.case_id).customer_id or ""
        for n, (which, deed) in enumerate(steps, 1):
            if deed == "bring":
                bring(desks[which], desks[1 - which])
                continue
            with suppress(Refused):
                store = desks[which]
                # the clocks of two laptops are never quite the same
                at = NOW + n * HOUR - which * MINUTE
                if deed in MENDS:
                    MENDS[deed](store, whose, n, at)
                    continue
                follow_through.happen(store, told.case_id, DEEDS[deed](store, n), at)
        ends = [_brought(stack, folder, desks, order) for order in ((0, 1), (1, 0))]
        assert _but_merged(ends[0]) == _but_merged(ends[1])


def _brought(
    stack: ExitStack, folder: Path, desks: list[Store], order: tuple[int, int]
) -> dict[str, Any]:
    """What two desks come to when one reads the other, then the other the one."""
    copies = []
    for number, store in enumerate(desks):
        home = folder / f"{order[0]}" / f"{number}"
        home.mkdir(parents=True)
        with store.transaction() as session:
            session.connection()
        for beside in store.file.parent.glob("calmdesk.db*"):
            shutil.copy(beside, home)
        (home / "calmdesk.db.lock").unlink(missing_ok=True)
        copies.append(stack.enter_context(desk(home / "calmdesk.db", "")))
    first, second = (copies[it] for it in order)
    bring(first, second)
    bring(second, first)
    bring(first, second)
    assert shared(first) == shared(second)
    assert broken(first) == broken(second) == []
    assert not bring(second, first).taken.anything
    with first.transaction() as session:
        seen = {it.case_id: it.model_dump() for it in session.exec(select(Glance))}
        look_at_all(session)
        assert {it.case_id: it.model_dump() for it in session.exec(select(Glance))} == seen
    return shared(first)


def _but_merged(rows: dict[str, Any]) -> dict[str, Any]:
    """Without the entries that tell who was read first."""
    events = {key: it for key, it in rows["event"].items() if it["kind"] != "merged"}
    return {**rows, "event": events}
