"""A shared folder: each desk says there what changes, and hears what others said, whatever happens
to files, folders and programs meanwhile."""

import asyncio
import errno
import hashlib
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import select
from typer.testing import CliRunner

from calmdesk.commands import app
from calmdesk.errors import Refused, SettingsError, ShareError
from calmdesk.exchange.stored_times import stored
from calmdesk.guide import afterwards as f
from calmdesk.guide import happenings as h
from calmdesk.guide.needing import Why
from calmdesk.guide.notes import Sign
from calmdesk.records import actions, browse, calls, coaching, deltas, needs, sharing
from calmdesk.records.deltas import ENDING, OwnDeltas, Shared, share
from calmdesk.records.following import follow, seen, sources, unread
from calmdesk.records.models import Alarm, Review, Source
from calmdesk.records.parcels import Brought
from calmdesk.records.store import Store
from calmdesk.screens import share_room
from calmdesk.screens.as_of_strip import AsOfStrip
from calmdesk.settings import Settings, load
from tests.player import ZONE, playing
from tests.telling import tell
from tests.test_merge import DEEDS, MARK, happen, private
from tests.test_query_plans import asked, plans
from tests.two_desks import NOW, SECOND, a_call, bring, broken, desk, shared

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "share").mkdir()
    return tmp_path / "share"


@pytest.fixture
def sam(tmp_path: Path) -> Iterator[Store]:
    with desk(tmp_path / "sam" / "calmdesk.db", "Sam Ortiz") as store:
        yield store


@pytest.fixture
def kim(tmp_path: Path) -> Iterator[Store]:
    with desk(tmp_path / "kim" / "calmdesk.db", "Kim Adeyemi") as store:
        yield store


def own(store: Store, folder: Path) -> OwnDeltas:
    """A desk's file, as a calmdesk that was just started knows it."""
    return OwnDeltas(folder, store.home, store.me)


def say(
    store: Store,
    folder: Path,
    at: datetime = NOW,
    file: OwnDeltas | None = None,
    private_notes: bool = False,
) -> Path:
    """Have a desk say what changed. Returns its file."""
    file = file or own(store, folder)

    def changes(known: Shared) -> sharing.Changes:
        return sharing.changes(store, known, at, private_notes)

    share(file, changes, store.new_id(at), at)
    return file.file


def hear(store: Store, folder: Path, at: datetime = NOW) -> Brought:
    """Have a desk take what others said."""
    taken = Brought()
    for part in unread(folder, store.home, seen(store)):
        taken += follow(store, part, at)
    return taken


def lines(file: Path) -> list[str]:
    """What the lines of a file are about."""
    told = [json.loads(line) for line in file.read_bytes().splitlines()]
    return [next(iter(line)) for line in told]


# -- said and heard -----------------------------------------------------------------------------


def test_what_changed_at_one_desk_is_known_at_the_other(
    sam: Store, kim: Store, folder: Path
) -> None:
    told = tell(sam, NOW, NOW + HOUR)
    file = say(sam, folder)
    assert lines(file) == ["calmdesk", "common", "case", "mark"]
    assert hear(kim, folder).new == 1
    happen(sam, told.case_id, f.PromiseKept(told.promise_id))
    say(sam, folder, NOW + HOUR)
    assert lines(file)[4:] == ["case", "mark"]
    assert hear(kim, folder).newer == 1
    assert shared(kim) == shared(sam)
    assert broken(kim) == []
    assert not hear(kim, folder).anything


def test_what_was_seen_and_taken_back_stands_again_at_every_desk(
    sam: Store, kim: Store, ana: Store, folder: Path
) -> None:
    case_id, contact = a_call(sam, h.SafetyRaised())

    def seen_by(store: Store) -> str:
        with store.reading() as session:
            return session.get_one(Alarm, (contact, "safety")).seen_by

    say(sam, folder)
    hear(kim, folder)
    needs.seen(kim, case_id, Why.SAFETY, NOW + MINUTE)
    say(kim, folder, NOW + MINUTE)
    hear(sam, folder)
    assert seen_by(sam) == kim.me
    needs.unseen(kim, case_id, Why.SAFETY, NOW + 2 * MINUTE)
    calls.happen(sam, contact, h.Noted("n1", Sign.SAYS, "gas"), NOW + 2 * MINUTE)
    say(sam, folder, NOW + 2 * MINUTE)
    hear(kim, folder)
    assert seen_by(kim) == "", "Sam, who has not heard of it, says that it was seen"
    say(kim, folder, NOW + 2 * MINUTE)
    hear(sam, folder)
    assert seen_by(sam) == ""
    hear(ana, folder)
    assert "case" not in lines(say(ana, folder, NOW + 2 * MINUTE)), "Ana said nothing of it"
    needs.seen(sam, case_id, Why.SAFETY, NOW + 3 * MINUTE)
    say(sam, folder, NOW + 3 * MINUTE)
    hear(kim, folder)
    assert seen_by(kim) == sam.me
    assert shared(sam) == shared(kim)


def test_only_new_entries_are_said_again(sam: Store, folder: Path) -> None:
    case_id, _ = a_call(sam, *(h.Noted(f"n{it}", Sign.SAYS, "more") for it in range(50)))
    file = say(sam, folder)
    happen(sam, case_id, f.CauseFound("plates"))
    say(sam, folder, NOW + HOUR)
    told = [json.loads(line).get("case") for line in file.read_bytes().splitlines()]
    assert [len(case["event"]) for case in told if case] == [51, 1]


def test_while_nothing_changes_a_mark_a_minute_says_that_somebody_is_there(
    sam: Store, kim: Store, folder: Path
) -> None:
    file = own(sam, folder)
    for at in (NOW, NOW + 20 * SECOND, NOW + MINUTE, NOW + 1.5 * MINUTE):
        say(sam, folder, at, file)
    assert lines(file.file) == ["calmdesk", "common", "mark", "mark"]
    hear(kim, folder)
    assert [(it.agent, it.at) for it in sources(kim)] == [("Sam Ortiz", NOW + MINUTE)]


def test_a_call_for_help_is_seen_and_the_agent_knows_by_whom(
    sam: Store, kim: Store, folder: Path
) -> None:
    _, contact = a_call(sam, h.Noted("n1", Sign.SAYS, "flyers were due"), h.HelpAsked())
    say(sam, folder)
    hear(kim, folder)
    with kim.transaction() as session:
        alarm = session.get_one(Alarm, (contact, "help"))
        alarm.seen_by, alarm.seen_at = kim.me, NOW + MINUTE
    say(kim, folder, NOW + MINUTE)
    calls.happen(sam, contact, h.Noted("n2", Sign.SAYS, "rang twice"), NOW + MINUTE)
    hear(sam, folder)
    with sam.reading() as session:
        assert session.get_one(Alarm, (contact, "help")).seen_by == kim.me
    calls.happen(sam, contact, h.Noted("n3", Sign.SAYS, "at last"), NOW + 2 * MINUTE)
    say(sam, folder, NOW + 2 * MINUTE)
    hear(kim, folder)
    assert shared(sam) == shared(kim)
    assert broken(sam) == broken(kim) == []
    say(kim, folder, NOW + 2 * MINUTE)
    before = [it.stat().st_size for it in folder.iterdir()]
    for store in (sam, kim, sam, kim):
        say(store, folder, NOW + 2 * MINUTE)
        hear(store, folder)
    assert [it.stat().st_size for it in folder.iterdir()] == before, "nobody says it back"


def test_known_issues_reviews_and_actions_travel_back(sam: Store, kim: Store, folder: Path) -> None:
    case_id, _ = a_call(sam, h.CallerNamed("Dana"))
    say(sam, folder)
    hear(kim, folder)
    issue = coaching.announce(kim, "late", "A press stood still.", NOW + HOUR, NOW)
    actions.open_action(kim, "a1", "plates", "check plates", "press", NOW + HOUR, NOW)
    happen(kim, case_id, f.CauseFound("plates"), f.Pledged("a1", "check plates"))
    with kim.transaction() as session:
        review = Review(id="r1", case_id=case_id, agent_id=kim.me, of_id=sam.me, at=NOW)
        review.note = "You stayed with her."
        session.add(review)
    say(kim, folder)
    hear(sam, folder)
    assert [it.sentence for it in coaching.known_issues(sam, NOW)] == ["A press stood still."]
    assert [it.change for it in actions.actions(sam, NOW)] == ["check plates"]
    with sam.transaction() as session:
        session.get_one(Review, "r1").read_at = NOW + HOUR
    say(sam, folder, NOW + HOUR)
    coaching.end_issue(kim, issue.id, NOW + HOUR)
    say(kim, folder, NOW + HOUR)
    hear(kim, folder)
    hear(sam, folder)
    assert coaching.known_issues(sam, NOW) == ()
    with kim.reading() as session:
        read_at = session.get_one(Review, "r1").read_at
        assert read_at is not None
    assert shared(sam) == shared(kim)


@pytest.mark.parametrize("private_notes", [False, True])
def test_what_was_written_to_one_alone_is_in_the_folder_only_where_that_was_chosen(
    private_notes: bool, sam: Store, kim: Store, folder: Path
) -> None:
    case_id, _ = a_call(sam, h.CallerNamed("Dana"))
    say(sam, folder)
    hear(kim, folder)
    happen(kim, case_id, f.CauseFound("plates"))
    with kim.transaction() as session:
        review = Review(id="r1", case_id=case_id, agent_id=kim.me, of_id=sam.me, at=NOW)
        review.went_well, review.note = "She was heard.", MARK
        session.add(review)
    file = say(kim, folder, private_notes=private_notes)
    assert b"She was heard." in file.read_bytes()
    assert (MARK.encode() in file.read_bytes()) is private_notes
    hear(sam, folder)
    with sam.transaction() as session:
        session.get_one(Review, "r1").read_at = NOW + HOUR
        assert session.get_one(Review, "r1").note == (MARK if private_notes else "")
    file = say(sam, folder, NOW + HOUR, private_notes=False)
    assert MARK.encode() not in file.read_bytes()
    hear(kim, folder)
    with kim.reading() as session:
        assert session.get_one(Review, "r1").note == MARK, "it stays where it was written"
    bring(sam, kim)
    with sam.reading() as session:
        assert session.get_one(Review, "r1").note == MARK, "a file that is handed over has it"


def test_what_is_an_agents_own_is_in_no_byte_of_the_folder(sam: Store, folder: Path) -> None:
    private(sam)
    say(sam, folder)
    (file,) = folder.iterdir()
    assert b"Dana Reyes" in file.read_bytes()
    assert MARK.encode() not in file.read_bytes()


def test_a_desk_does_not_say_what_it_heard(sam: Store, kim: Store, folder: Path) -> None:
    tell(sam, NOW, NOW + HOUR)
    say(sam, folder)
    hear(kim, folder)
    assert "case" not in lines(say(kim, folder))


def test_what_another_calmdesk_on_the_same_record_did_is_said_too(
    sam: Store, kim: Store, folder: Path
) -> None:
    told = tell(sam, NOW, NOW + HOUR)
    say(sam, folder)
    beside = Store.open(sam.file, ZONE)
    happen(beside, told.case_id, f.PromiseKept(told.promise_id))
    beside.close()
    say(sam, folder, NOW + HOUR)
    hear(kim, folder)
    assert shared(kim) == shared(sam)


def test_a_file_begins_with_the_last_month(sam: Store, kim: Store, folder: Path) -> None:
    old = tell(sam, NOW - 60 * 24 * HOUR, NOW, name="Old Reyes")
    tell(sam, NOW, NOW + HOUR)
    say(sam, folder)
    assert hear(kim, folder).new == 1
    assert bring(kim, sam).taken.new == 1
    happen(sam, old.case_id, f.CauseFound("plates"))
    say(sam, folder, NOW + HOUR)
    hear(kim, folder)
    assert shared(kim) == shared(sam)


@pytest.mark.parametrize("seed", range(4))
def test_three_desks_come_to_the_same_in_whatever_order_they_say_and_hear(
    seed: int, sam: Store, kim: Store, tmp_path: Path, folder: Path
) -> None:
    chance = Random(seed)
    with desk(tmp_path / "bo" / "calmdesk.db", "Bo Lind") as bo:
        desks = [sam, kim, bo]
        told = tell(sam, NOW, NOW + 500 * HOUR)
        say(sam, folder)
        for store in desks:
            hear(store, folder)
        for n in range(1, 20):
            which, at = chance.randrange(3), NOW + n * HOUR
            deed = chance.choice([*sorted(DEEDS), "say", "hear", "hear"])
            if deed == "say":
                say(desks[which], folder, at)
            elif deed == "hear":
                hear(desks[which], folder, at)
            else:
                with suppress(Refused):
                    done = DEEDS[deed](desks[which], n)
                    happen(desks[which], told.case_id, done, after=n * HOUR - which * MINUTE)
        for last in range(2):
            for store in chance.sample(desks, 3):
                say(store, folder, NOW + (30 + last) * HOUR)
            for store in chance.sample(desks, 3):
                hear(store, folder, NOW + (30 + last) * HOUR)
        assert shared(sam) == shared(kim) == shared(bo)
        assert broken(sam) == broken(kim) == broken(bo) == []


# -- whatever happens ---------------------------------------------------------------------------


def test_an_unfinished_line_is_left_until_it_is_whole(sam: Store, kim: Store, folder: Path) -> None:
    tell(sam, NOW, NOW + HOUR)
    file = say(sam, folder)
    whole = file.read_bytes()
    tell(sam, NOW + HOUR, NOW + 2 * HOUR)
    say(sam, folder, NOW + HOUR)
    new = file.read_bytes()
    for cut in range(len(whole), len(new), 97):
        file.write_bytes(new[:cut])
        hear(kim, folder)
    say(sam, folder, NOW + HOUR)
    hear(kim, folder)
    assert shared(kim) == shared(sam)


def test_a_program_that_was_killed_while_it_wrote_says_the_rest(
    sam: Store, kim: Store, folder: Path
) -> None:
    tell(sam, NOW, NOW + HOUR)
    whole = say(sam, folder).read_bytes()
    for cut in (len(whole) - 1, len(whole) // 2, 20, 0):
        for file in folder.iterdir():
            file.write_bytes(whole[:cut])
        say(sam, folder)
        for line in say(sam, folder).read_bytes().splitlines():
            json.loads(line)
        hear(kim, folder)
        assert shared(kim) == shared(sam)


def test_a_file_that_somebody_took_away_is_begun_again(
    sam: Store, kim: Store, folder: Path
) -> None:
    file = own(sam, folder)
    tell(sam, NOW, NOW + HOUR)
    say(sam, folder, NOW, file)
    hear(kim, folder)
    file.file.unlink()
    tell(sam, NOW + HOUR, NOW + 2 * HOUR)
    say(sam, folder, NOW + HOUR, file)
    assert hear(kim, folder).new == 1
    assert shared(kim) == shared(sam)


def test_a_file_that_grew_long_is_written_anew(
    sam: Store, kim: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deltas, "LONG", 20_000)
    file = own(sam, folder)
    _, contact = a_call(sam, h.CallerNamed("Dana"))
    born, longest = set(), 0
    for it in range(40):
        at = NOW + it * MINUTE
        calls.happen(sam, contact, h.Noted(f"n{it}", Sign.SAYS, "and more"), at)
        say(sam, folder, at, file)
        hear(kim, folder)
        born.add(json.loads(file.file.read_bytes().splitlines()[0])["born"])
        longest = max(longest, file.file.stat().st_size)
    assert len(born) > 1
    assert longest < 120_000
    assert shared(kim) == shared(sam)
    assert [it.name for it in folder.iterdir()] == [file.file.name]


def test_a_folder_that_is_gone_loses_nothing(sam: Store, kim: Store, folder: Path) -> None:
    file = own(sam, folder)
    tell(sam, NOW, NOW + HOUR)
    say(sam, folder, NOW, file)
    away = folder.rename(folder.with_name("away"))
    tell(sam, NOW + HOUR, NOW + 2 * HOUR)
    with pytest.raises(ShareError, match=r"cannot be written .*; what is new is kept here"):
        say(sam, folder, NOW + HOUR, file)
    with pytest.raises(ShareError, match="cannot be read"):
        hear(kim, folder)
    away.rename(folder)
    say(sam, folder, NOW + HOUR, file)
    hear(kim, folder)
    assert shared(kim) == shared(sam)


@pytest.mark.parametrize("meanwhile", ["nothing", "the file is taken away", "it is killed"])
def test_what_was_read_is_said_however_much_is_waiting(
    meanwhile: str, sam: Store, kim: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("calmdesk.records.sharing"), "MOST", 10)
    case_id, _ = a_call(sam, h.CallerNamed("Dana"), at=NOW - 60 * 24 * HOUR)
    bring(kim, sam)
    happen(kim, case_id, f.CauseFound("plates"))
    with kim.transaction() as session:
        session.add(Review(id="r1", case_id=case_id, agent_id=kim.me, of_id=sam.me, at=NOW))
    say(kim, folder)
    hear(sam, folder)
    file = say(sam, folder, NOW + MINUTE)
    with sam.transaction() as session:
        session.get_one(Review, "r1").read_at = NOW + 2 * MINUTE
    a_call(sam, *(h.Noted(f"n{it}", Sign.SAYS, "more") for it in range(25)), at=NOW + HOUR)
    at, rounds = NOW + 2 * HOUR, 0

    def killed(known: Shared) -> sharing.Changes:
        nonlocal rounds
        rounds += 1
        if rounds > 2:
            raise InterruptedError
        return sharing.changes(sam, known, at)

    if meanwhile == "the file is taken away":
        file.unlink()
    elif meanwhile == "it is killed":
        with pytest.raises(InterruptedError):
            share(own(sam, folder), killed, sam.new_id(at), at)
    say(sam, folder, at)
    assert json.loads(file.read_bytes().splitlines()[-1])["mark"]["as_of"] == stored(at)
    hear(kim, folder)
    with kim.reading() as session:
        assert session.get_one(Review, "r1").read_at is not None
    assert shared(kim) == shared(sam)
    assert [it.at for it in sources(kim)] == [at]


def test_a_disk_that_fails_after_others_read_loses_them_nothing(
    sam: Store, kim: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = own(sam, folder)
    tell(sam, NOW, NOW + HOUR)
    say(sam, folder, NOW, file)
    born = file.file.read_bytes().splitlines()[0]
    told = tell(sam, NOW + HOUR, NOW + 2 * HOUR)

    def fails(descriptor: int) -> None:
        hear(kim, folder)
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as failing:
        failing.setattr(os, "fsync", fails)
        with pytest.raises(ShareError, match="Input/output error"):
            say(sam, folder, NOW + HOUR, file)
    happen(sam, told.case_id, f.CauseFound("plates"), after=2 * HOUR)
    tell(sam, NOW + 3 * HOUR, NOW + 4 * HOUR)
    say(sam, folder, NOW + 3 * HOUR, file)
    assert [it.trouble for it in unread(folder, kim.home, seen(kim))] == [""]
    hear(kim, folder)
    assert shared(kim) == shared(sam)
    assert file.file.read_bytes().splitlines()[0] != born, "it is begun anew"
    size = file.file.stat().st_size
    say(sam, folder, NOW + 3 * HOUR, file)
    assert file.file.stat().st_size == size, "once"


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
@pytest.mark.parametrize(("of_folder", "of_file"), [(0o700, 0o600), (0o770, 0o640)])
def test_a_file_is_read_by_whom_the_folder_is(
    of_folder: int, of_file: int, sam: Store, folder: Path
) -> None:
    folder.chmod(of_folder)
    assert stat.S_IMODE(say(sam, folder).stat().st_mode) == of_file


def test_files_that_are_not_as_they_should_be_are_told_and_left_alone(
    sam: Store, kim: Store, folder: Path
) -> None:
    tell(sam, NOW, NOW + HOUR)
    file = say(sam, folder)
    first, *rest = file.read_bytes().splitlines(keepends=True)
    newer = json.dumps({**json.loads(first), "schema": 99, "device": "newer"}) + "\n"
    (folder / f"newer{ENDING}").write_text(newer)
    (folder / f"foreign{ENDING}").write_text('{"a": 1}\n')
    (folder / f"words{ENDING}").write_text("Dear Sam\n")
    bad = [b"nonsense\n", b'{"case": 3}\n', b'{"case": {"case": [{}]}}\n', b"[]\n"]
    file.write_bytes(b"".join([first, *bad, *rest]))
    told = [part.trouble for part in unread(folder, kim.home, seen(kim))]
    assert any("newer calmdesk" in it for it in told)
    assert any("none of calmdesk's" in it for it in told)
    assert sum("cannot be read and is left out" in it for it in told) == len(bad)
    assert hear(kim, folder).new == 1
    assert shared(kim) == shared(sam)


@pytest.mark.parametrize(
    "odd",
    [
        b'{"case": 3}\n',
        b'{"case": {"known": 3, "case": [{"id": "c1"}]}}\n',
        b'{"case": {"known": {}, "case": []}}\n',
        b'{"common": {"agents": ' + b"[" * 100_000 + b"}}\n",
        b'{"mark": {}}\n',
        b'{"mark": {"as_of": "today", "through": {}}}\n',
        b'{"mark": {"as_of": "2026-11-21 19:02:00", "through": {"d1": "far"}}}\n',
        b'{"mark": {"as_of": "2026-11-21 19:02:00", "through": {"d1": 1e30}}}\n',
        b"nonsense\n",
    ],
)
def test_a_file_of_ones_own_with_an_odd_line_is_begun_again(
    odd: bytes, sam: Store, kim: Store, folder: Path
) -> None:
    tell(sam, NOW, NOW + HOUR)
    file = say(sam, folder)
    hear(kim, folder)
    told = tell(sam, NOW + HOUR, NOW + 2 * HOUR)
    with file.open("ab") as opened:
        opened.write(odd)
    say(sam, folder, NOW + 2 * HOUR)
    assert odd not in file.read_bytes()
    hear(kim, folder)
    happen(sam, told.case_id, f.CauseFound("plates"), after=2 * HOUR)
    size = file.stat().st_size
    say(sam, folder, NOW + 3 * HOUR)
    assert file.stat().st_size > size, "and gone on with"
    hear(kim, folder)
    assert shared(kim) == shared(sam)


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters() | st.sampled_from("\ud800\udfff\x1b"), max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)
"""Whatever JSON can say."""
HEADS = st.fixed_dictionaries(
    {"calmdesk": st.just("deltas"), "device": st.just("00bad")},
    optional=dict.fromkeys(("form", "schema", "born", "me"), PLAIN),
)
SOUND = {"calmdesk": "deltas", "device": "00bad", "form": 1, "schema": 5, "born": "b", "me": "m"}
MARKS = st.fixed_dictionaries(
    {"as_of": PLAIN | st.just("2026-11-21 19:02")}, optional={"agent": PLAIN}
)


@given(
    file=st.tuples(HEADS | PLAIN, st.just({"mark": {"as_of": "2026-11-21 19:02"}}))
    | st.tuples(
        HEADS.map(lambda head: {**head, **SOUND}),
        st.fixed_dictionaries({}, optional={"mark": MARKS | PLAIN, "case": PLAIN, "common": PLAIN}),
    )
)
@example(file=({**SOUND, "form": "1"}, {}))
@example(file=({**SOUND, "form": None}, {}))
@example(file=({**SOUND, "born": "\ud800"}, {"mark": {"as_of": "2026-11-21 19:02"}}))
@example(file=(SOUND, {"mark": {"as_of": "2026-11-21 19:02", "agent": "\ud800"}}))
@example(file=(SOUND, {"case": {"case": [], "known": {"c": {"d": float("inf")}}}}))
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_whatever_stands_in_one_file_the_others_are_read(
    file: tuple[Any, Any], two_laptops: tuple[Store, Store, Path]
) -> None:
    sam, kim, folder = two_laptops
    (folder / f"00bad{ENDING}").write_text("".join(f"{json.dumps(it)}\n" for it in file))
    with kim.transaction() as session:
        for it in session.exec(select(Source)).all():
            session.delete(it)
    parts = list(unread(folder, kim.home, seen(kim)))
    for part in parts:
        follow(kim, part, NOW)
        assert "Traceback" not in part.trouble
        part.trouble.encode()
    assert parts[-1].device == sam.home
    assert len(parts[-1].bundles) == 1
    assert shared(kim)["case"] == shared(sam)["case"]


@pytest.fixture
def two_laptops(tmp_path: Path, sam: Store, kim: Store, folder: Path) -> tuple[Store, Store, Path]:
    tell(sam, NOW, NOW + HOUR)
    say(sam, folder)
    return sam, kim, folder


@pytest.mark.parametrize("payload", ["3", "[]", '{"offer_id": ["x"]}', "{}", "nonsense"])
def test_an_entry_that_says_nothing_is_refused_and_the_rest_is_read(
    payload: str, two_laptops: tuple[Store, Store, Path]
) -> None:
    sam, kim, folder = two_laptops
    (file,) = folder.iterdir()
    said = [json.loads(line) for line in file.read_bytes().splitlines()]
    for entry in said[2]["case"]["event"]:
        entry["kind"], entry["payload"] = "offer withdrawn", payload
        entry["payload_digest"] = hashlib.sha256(payload.encode()).hexdigest()
    bad = {**said[0], "device": "00bad"}
    lines = [json.dumps(it) + "\n" for it in (bad, *said[1:])]
    (folder / f"00bad{ENDING}").write_text("".join(lines))
    parts = list(unread(folder, kim.home, seen(kim)))
    assert [it.device for it in parts] == ["00bad", sam.home]
    for part in parts:
        follow(kim, part, NOW)


def test_what_has_no_fitting_value_never_reaches_the_record(
    sam: Store, kim: Store, folder: Path
) -> None:
    tell(sam, NOW, NOW + HOUR)
    file = say(sam, folder)
    good = file.read_bytes()
    for was, now in (
        (b'"opened_at":"2026', b'"opened_at":"x026'),
        (b'"heat_start":0', b'"heat_start":"0"'),
        (b'"cold":0', b'"cold":[]'),
        (b'"ask":""', b'"ask":null'),
        (b'"seq":1,', b'"seq":99999999999999999999,'),
    ):
        assert was in good
        file.write_bytes(good.replace(was, now, 1))
        hear(kim, folder)
    assert shared(kim)["case"] == {}


def test_no_long_table_is_searched_for_what_changed(sam: Store) -> None:
    told = tell(sam, NOW, NOW + HOUR)
    known = Shared()
    found = sharing.changes(sam, known, NOW)
    for line in (*found.lines, found.mark):
        known.take(line)
    happen(sam, told.case_id, f.CauseFound("plates"))
    with asked() as queries:
        assert sharing.changes(sam, known, NOW + HOUR).lines
    long = ("case", "event", "contact", "note", "promise", "alarm", "review", "letter", "span")
    scans = [it for it in plans(sam, queries) if it.startswith(tuple(f"SCAN {t}" for t in long))]
    assert [it for it in scans if "USING" not in it] == []


# -- programs -----------------------------------------------------------------------------------

WRITER = """
import sys
from datetime import timedelta
from pathlib import Path
from calmdesk.guide import happenings as h
from calmdesk.guide.notes import Sign
from calmdesk.records import calls
from tests.test_share import own, say
from tests.two_desks import NOW, a_call, desk

with desk(Path(sys.argv[1]), "") as store:
    file = own(store, Path(sys.argv[2]))
    for round in range(int(sys.argv[3])):
        case, contact = a_call(store, h.CallerNamed(f"Caller {round}"))
        say(store, Path(sys.argv[2]), NOW + timedelta(minutes=round), file)
        print(round, flush=True)
"""


def writer(home: Path, folder: Path, rounds: int) -> "subprocess.Popen[str]":
    """A program that takes calls and says so."""
    command = [sys.executable, "-c", WRITER, str(home), str(folder), str(rounds)]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)


@pytest.mark.skipif(sys.platform == "win32", reason="kills are POSIX's")
def test_a_desk_that_is_killed_again_and_again_loses_nothing(
    tmp_path: Path, kim: Store, folder: Path
) -> None:
    home = tmp_path / "sam" / "calmdesk.db"
    with desk(home, "Sam Ortiz"):
        pass
    for rounds in (1, 3, 2):
        program = writer(home, folder, 1000)
        assert program.stdout is not None
        for _ in range(rounds):
            program.stdout.readline()
        program.send_signal(signal.SIGKILL)
        program.communicate()
        hear(kim, folder)
    with desk(home, "") as store:
        say(store, folder, NOW + HOUR)
        hear(kim, folder)
        assert len(shared(store)["case"]) >= 6
        assert shared(kim) == shared(store)


def test_one_program_says_while_another_follows(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes = [tmp_path / name / "calmdesk.db" for name in ("sam", "kim")]
    for home, name in zip(homes, ("Sam Ortiz", "Kim Adeyemi"), strict=True):
        with desk(home, name):
            pass
    env = {
        **os.environ,
        "CALMDESK_HOME": str(homes[1].parent),
        "PYTHONPATH": str(Path(__file__).parent.parent),
    }
    command = [sys.executable, "-m", "calmdesk", "merge", "--follow", str(folder)]
    follower = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env
    )
    assert follower.stdout is not None
    program = writer(homes[0], folder, 25)
    program.communicate(timeout=200)
    told = 0
    while told < 25:
        line = follower.stdout.readline()
        assert "Sam Ortiz" in line or "case" in line, line
        told += int(line.split(": ")[1].split(" case")[0])
    follower.send_signal(signal.SIGINT)
    _, said = follower.communicate(timeout=60)
    assert "what came is kept" in said
    with desk(homes[0], "") as sam, desk(homes[1], "") as kim:
        assert shared(kim) == shared(sam)


def test_the_command_reads_a_folder_once(
    sam: Store, kim: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMDESK_HOME", str(kim.file.parent))
    tell(sam, NOW, NOW + HOUR)
    say(sam, folder)
    done = CliRunner().invoke(app, ["merge", "--follow", str(folder), "--once"])
    assert done.exit_code == 0, done.output
    assert "1 case: 1 new" in done.output
    again = CliRunner().invoke(app, ["merge", "--follow", str(folder), "--once"])
    assert again.output == ""
    gone = CliRunner().invoke(app, ["merge", "--follow", str(folder / "x"), "--once"])
    assert isinstance(gone.exception, ShareError)
    assert "tried again" not in str(gone.exception)


# -- the app ------------------------------------------------------------------------------------


async def test_the_app_says_and_hears_and_tells_quietly_what_is_in_the_way(
    tmp_path: Path, kim: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(share_room, "LAST", 60.0)
    home = tmp_path / "sam"
    async with playing(home, settings=Settings(share=folder)) as player:
        look = player.app.share_room.look
        await player.press("ctrl+n")
        await player.note("flyers were due friday")
        await asyncio.to_thread(look)
        hear(kim, folder)
        (case_id,) = (key[0] for key in shared(kim)["case"])
        notes = browse.whole(kim, case_id, NOW).notes
        assert [it["text"] for it in notes] == ["flyers were due friday"]
        coaching.announce(kim, "late", "A press stood still.", NOW + 9 * HOUR, NOW)
        say(kim, folder)
        away = await asyncio.to_thread(folder.rename, tmp_path / "away")
        await asyncio.to_thread(look)
        await player.quiet()
        assert "cannot be written" in player.app.news.troubles
        await player.note("and twice rang in vain")
        await asyncio.to_thread(away.rename, folder)
        await asyncio.to_thread(look)
        await player.quiet()
        assert player.app.news.troubles == ""
        issues = await player.app.place.desk.look(coaching.known_issues, player.clock.now())
        assert [it.sentence for it in issues] == ["A press stood still."]
        await player.note("last words")
    hear(kim, folder)
    notes = browse.whole(kim, case_id, NOW).notes
    assert [it["text"] for it in notes][-1] == "last words"


@pytest.mark.parametrize("size", [(48, 30), (80, 24), (120, 40)])
async def test_as_of_when_others_are_known_is_shown(
    size: tuple[int, int], tmp_path: Path, kim: Store, folder: Path
) -> None:
    await asyncio.to_thread(say, kim, folder)
    async with playing(tmp_path / "sam", size=size, settings=Settings(share=folder)) as player:
        strip = AsOfStrip(player.app.place)
        await player.app.screen.mount(strip, before=0)
        await asyncio.to_thread(player.app.share_room.look)
        strip.look()
        await player.quiet()
        assert "as of  Kim Adeyemi 14:02" in player.text()
        player.wind(41 * 60)
        strip.look()
        await player.quiet()
        assert "Kim Adeyemi 14:02, 41 min ago" in player.text()


async def test_where_no_folder_is_set_nothing_is_said(tmp_path: Path) -> None:
    async with playing(tmp_path / "sam") as player:
        await player.press("ctrl+n")
        strip = AsOfStrip(player.app.place)
        await player.app.screen.mount(strip, before=0)
        await player.quiet()
        assert not strip.display
        await asyncio.to_thread(player.app.share_room.look)


def test_the_folder_is_a_setting(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[share]\nfolder = "/team/calmdesk"\n')
    assert load(file).share == Path("/team/calmdesk").absolute()
    assert not load(file).private_notes
    file.write_text('[share]\nfolder = "/team/calmdesk"\nprivate_notes = true\n')
    assert load(file).private_notes
    file.write_text("[share]\nprivate_notes = 1\n")
    with pytest.raises(SettingsError, match=r"\[share\] private_notes must be true or false"):
        load(file)
    file.write_text("[share]\nfolder = 3\n")
    with pytest.raises(SettingsError, match=r"\[share\] folder must be text in quotes"):
        load(file)
    assert Settings().share is None
