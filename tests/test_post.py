"""The verbs of letters, on a real file: what is refused, what is logged, and what nobody sees."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from calmdesk.clock import HandClock
from calmdesk.errors import NoSuchCase, Refused
from calmdesk.guide import afterwards as f
from calmdesk.guide import happenings as h
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Outcome, Verdict
from calmdesk.guide.playbook import load
from calmdesk.guide.promises import PromiseKind
from calmdesk.guide.stages import Fault
from calmdesk.letters.facts import Facts
from calmdesk.letters.from_case import facts_of
from calmdesk.letters.writing import write
from calmdesk.records import browse, calls, follow_through, people, post, reading
from calmdesk.records.case_times import case_times
from calmdesk.records.store import Store
from calmdesk.settings import LetterChoice, Reachable, Settings
from tests.made_once import fresh
from tests.player import SATURDAY, ZONE

TEXT = "Dear Dana,\n\nIt is so [/b] \x1b[2J.\n"


class Desk:
    """Sam's desk, on a file of its own, with one case."""

    def __init__(self, home: Path) -> None:
        self.clock = HandClock(SATURDAY, ZONE)
        self.store = Store.open(fresh(home / "calmdesk.db"), ZONE)
        self.file = home / "calmdesk.db"
        people.introduce(self.store, "Sam Ortiz", "555 0100", "sam@printco.example")
        self.sam = self.store.me
        self.kim = people.add_colleague(self.store, "Kim Adeyemi", self.now).id
        self.contact, self.case = self.store.new_id(self.now), self.store.new_id(self.now)
        calls.answer(self.store, self.contact, self.case, h.Answered("+44 20 7946 0018"), self.now)

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def live(self, *happenings: h.Happening) -> None:
        for happening in happenings:
            calls.happen(self.store, self.contact, happening, self.now)

    def shaken(self) -> None:
        calls.moment(self.store, self.contact, "shaken", self.now)

    def draft(self, kind: str = "holding", text: str = TEXT) -> str:
        return post.draft(self.store, self.case, kind, "Where it stands", text, self.now)

    def release(self, letter_id: str, **how: object) -> None:
        post.release(self.store, letter_id, "x.html", TEXT, self.now, **how)  # type: ignore[arg-type]

    def read(self, letter_id: str, reader: str) -> None:
        subject = "Where it stands"
        post.mark_read(self.store, letter_id, reader, subject, TEXT, self.now)

    def journal(self) -> list[tuple[str, dict[str, object]]]:
        with sqlite3.connect(self.file) as connection:
            rows = connection.execute("select kind, payload from event order by seq").fetchall()
        connection.close()
        return [(kind, json.loads(payload)) for kind, payload in rows]

    def kinds(self) -> list[str]:
        return [kind for kind, _ in self.journal()]

    def told_how(self) -> str:
        with sqlite3.connect(self.file) as connection:
            found: str = connection.execute("select told_how from 'case'").fetchone()[0]
        connection.close()
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.store.close()


def refused(desk: Desk, letter_id: str, **how: object) -> str:
    before = desk.journal()
    with pytest.raises(Refused) as caught:
        desk.release(letter_id, **how)
    assert desk.journal() == before, "nothing is logged"
    assert post.letter(desk.store, letter_id, desk.now).released_at is None
    return str(caught.value)


# -- released ---------------------------------------------------------------------------------


def test_the_exact_text_of_a_released_letter_is_in_the_journal(desk: Desk) -> None:
    letter_id = desk.draft()
    desk.release(letter_id)
    kind, entry = desk.journal()[-1]
    assert kind == "letter released"
    assert entry == {
        "letter_id": letter_id,
        "letter": "holding",
        "to": "x.html",
        "text": TEXT,
        "subject": "Where it stands",
    }
    row = post.letter(desk.store, letter_id, desk.now)
    assert (row.state, row.text, row.released_to) == ("released", TEXT, "x.html")


def test_a_released_letter_is_taken_again_in_the_same_words_only(desk: Desk) -> None:
    letter_id = desk.draft()
    desk.release(letter_id)
    desk.shaken()
    desk.release(letter_id)
    assert desk.kinds().count("letter released") == 2
    with pytest.raises(Refused, match="in other words"):
        post.release(desk.store, letter_id, "y.html", "other", desk.now)
    with pytest.raises(Refused, match="released already"):
        post.change(desk.store, letter_id, "s", "other", desk.now)


def test_an_empty_or_dropped_letter_does_not_leave(desk: Desk) -> None:
    letter_id = desk.draft(text=" \n")
    with pytest.raises(Refused, match="is empty"):
        post.release(desk.store, letter_id, "x", " \n", desk.now)
    post.drop(desk.store, letter_id, desk.now)
    assert desk.kinds()[-1] == "letter dropped"
    assert "was dropped" in refused(desk, letter_id)
    assert post.letters(desk.store, desk.now).drafts == ()


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("final_answer", "by letter"),
        ("confirmation", "by letter"),
        ("holding", ""),
        ("public_reply", ""),
    ],
)
def test_the_customer_is_told_by_an_answer_that_was_sent(desk: Desk, kind: str, told: str) -> None:
    letter_id = desk.draft(kind)
    with pytest.raises(Refused, match="file or the clipboard first"):
        post.sent(desk.store, letter_id, desk.now)
    desk.release(letter_id)
    assert desk.told_how() == "", "a file on the desk tells nobody"
    post.sent(desk.store, letter_id, desk.now)
    post.sent(desk.store, letter_id, desk.now)
    assert desk.told_how() == told
    assert desk.kinds().count("letter sent") == 1


def test_only_its_writer_ticks_that_it_was_sent(desk: Desk) -> None:
    letter_id = desk.draft("final_answer")
    desk.release(letter_id)
    desk.store.me = desk.kim
    with pytest.raises(Refused, match="a colleague's letter"):
        post.sent(desk.store, letter_id, desk.now)
    assert "letter sent" not in desk.kinds()
    assert desk.told_how() == ""


def test_a_second_copy_does_not_move_when_it_left_the_house(desk: Desk) -> None:
    letter_id, first = desk.draft(), desk.now
    desk.release(letter_id)
    desk.clock.wind(7200)
    desk.release(letter_id)
    assert post.letter(desk.store, letter_id, desk.now).released_at == first
    assert case_times(desk.store, [desk.case])[desk.case].acknowledged_at == first


def test_a_final_answer_that_was_sent_lets_the_case_close(desk: Desk) -> None:
    desk.live(h.CallEnded(), h.Finished(Outcome.INVESTIGATING))
    closed = f.CaseClosed(Outcome.FINAL_ANSWER)
    with pytest.raises(Refused, match="Tell the customer first"):
        follow_through.happen(desk.store, desk.case, closed, desk.now)
    letter_id = desk.draft("final_answer")
    desk.release(letter_id)
    post.sent(desk.store, letter_id, desk.now)
    follow_through.happen(desk.store, desk.case, closed, desk.now)


@pytest.mark.parametrize("unwritten", ["[your answer]", "[your reason why it takes longer]"])
def test_what_is_still_to_be_written_does_not_leave(desk: Desk, unwritten: str) -> None:
    letter_id = desk.draft(text=f"Our answer: {unwritten}.")
    with pytest.raises(Refused) as caught:
        post.release(desk.store, letter_id, "x", f"Our answer: {unwritten}.", desk.now)
    assert str(caught.value) == f"{unwritten} is still to be written."
    post.release(desk.store, letter_id, "x", "Our answer: no [/b].", desk.now)


# -- the hour ---------------------------------------------------------------------------------


def test_after_shaken_a_letter_waits_an_hour_and_then_goes(desk: Desk) -> None:
    before = desk.draft()
    desk.shaken()
    assert refused(desk, before) == "It waits until 15:02. Releasing it now takes a reason."
    assert post.letter(desk.store, before, desk.now).held_until == desk.now + timedelta(hours=1)
    desk.clock.wind(3599)
    assert "15:02" in refused(desk, before)
    desk.clock.wind(1)
    desk.release(before)


def test_a_reason_lets_it_go_and_stays_with_its_writer(desk: Desk) -> None:
    desk.shaken()
    letter_id = desk.draft()
    assert "takes a reason" in refused(desk, letter_id, early="  ")
    desk.release(letter_id, early="their train goes at three")
    with sqlite3.connect(desk.file) as connection:
        kinds = connection.execute("select kind from moment").fetchall()
        dump = "\n".join(connection.iterdump())
    connection.close()
    assert {kind for (kind,) in kinds} == {"shaken", "released early: their train goes at three"}
    assert dump.count("their train goes at three") == 1


def test_the_hold_is_in_no_journal_no_export_and_no_colleagues_view(desk: Desk) -> None:
    desk.shaken()
    letter_id = desk.draft()
    post.ask_reader(desk.store, letter_id, "Kim Adeyemi", desk.now)
    desk.release(letter_id, early="because of thirst")
    second = desk.draft("final_answer")
    post.ask_reader(desk.store, second, "Kim Adeyemi", desk.now)
    whole = browse.whole(desk.store, desk.case, desk.now)
    exported = json.dumps(reading.as_json(whole, ZONE))
    read = repr(reading.read_case(whole, lambda at: at.replace(tzinfo=None), load(), "USD"))
    for shown in (exported, read, json.dumps(desk.journal())):
        for private in ("shaken", "held", "15:02", "thirst", "early"):
            assert private not in shown
    assert post.letters(desk.store, desk.now).drafts[0].held_until is not None
    desk.store.me = desk.kim
    asked = post.letters(desk.store, desk.now).to_read
    assert [letter.id for letter in asked] == [second]
    assert asked[0].held_until is None
    assert post.letter(desk.store, second, desk.now).held_until is None
    assert post.letters(desk.store, desk.now).drafts == ()


def test_another_agents_bad_hour_holds_nobody_else(desk: Desk) -> None:
    desk.shaken()
    desk.store.me = desk.kim
    desk.release(desk.draft())


def test_a_confirmation_of_what_was_agreed_never_waits(desk: Desk) -> None:
    desk.live(h.ReadBack("A courier on Friday. Is that right?", agreed=True))
    desk.shaken()
    letter_id = desk.draft("confirmation")
    assert post.letter(desk.store, letter_id, desk.now).held_until is None
    desk.release(letter_id)
    assert "15:02" in refused(desk, desk.draft("final_answer"))


def test_a_confirmation_without_an_agreement_waits_like_any_letter(desk: Desk) -> None:
    desk.live(h.ReadBack("A courier on Friday. Is that right?", agreed=False))
    desk.shaken()
    assert "15:02" in refused(desk, desk.draft("confirmation"))


# -- the second reader ------------------------------------------------------------------------


def test_where_it_is_asked_for_a_colleague_reads_it_first(desk: Desk) -> None:
    letter_id = desk.draft()
    assert "A colleague reads it first" in refused(desk, letter_id, read_first=True)
    for own in ("", "  ", "sam ortiz"):
        with pytest.raises(Refused, match="Somebody else reads it first"):
            desk.read(letter_id, own)
    post.ask_reader(desk.store, letter_id, "kim", desk.now)
    assert "A colleague reads it first" in refused(desk, letter_id, read_first=True)
    desk.read(letter_id, "kim")
    assert desk.journal()[-1] == (
        "letter read",
        {"letter_id": letter_id, "reader": "Kim Adeyemi"},
    )
    desk.release(letter_id, read_first=True)


def test_what_was_changed_after_the_tick_is_read_again(desk: Desk) -> None:
    letter_id = desk.draft()
    desk.read(letter_id, "Kim Adeyemi")
    with pytest.raises(Refused, match="reads it first"):
        post.release(desk.store, letter_id, "x", "other", desk.now, read_first=True)
    post.change(desk.store, letter_id, "Where it stands", TEXT, desk.now)
    assert post.letter(desk.store, letter_id, desk.now).read_at is not None, "the same words"
    post.change(desk.store, letter_id, "Where it stands", "other", desk.now)
    assert post.letter(desk.store, letter_id, desk.now).read_at is None


@pytest.mark.parametrize("other", [("Where it stands", "other"), ("other", TEXT)])
def test_what_was_changed_before_the_tick_is_not_ticked(desk: Desk, other: tuple[str, str]) -> None:
    letter_id = desk.draft()
    post.change(desk.store, letter_id, *other, desk.now)
    before = desk.journal()
    with pytest.raises(Refused, match="other words now; open it again"):
        desk.read(letter_id, "Kim Adeyemi")
    row = post.letter(desk.store, letter_id, desk.now)
    assert (row.reader, row.read_at, desk.journal()) == ("", None, before)


def test_a_reader_who_left_is_refused_and_so_is_one_who_is_not_known(desk: Desk) -> None:
    people.has_left(desk.store, desk.kim, desk.now)
    letter_id = desk.draft()
    unknown = r"Nobody called Ana \[/b\] is known here; calmdesk team lists everybody\."
    with pytest.raises(Refused, match=unknown):
        post.ask_reader(desk.store, letter_id, "Ana [/b]", desk.now)
    with pytest.raises(Refused, match=unknown):
        desk.read(letter_id, "Ana [/b]")
    with pytest.raises(Refused, match="Kim Adeyemi has left"):
        desk.read(letter_id, "Kim")
    row = post.letter(desk.store, letter_id, desk.now)
    assert (row.reader, row.read_at) == ("", None)


def test_a_reader_whose_name_fits_two_colleagues_is_asked_for_again(desk: Desk) -> None:
    people.add_colleague(desk.store, "Kim Dale", desk.now)
    letter_id = desk.draft()
    with pytest.raises(Refused, match=r"Which one: Kim Adeyemi, Kim Dale\?"):
        post.ask_reader(desk.store, letter_id, "kim", desk.now)
    post.ask_reader(desk.store, letter_id, "kim dale", desk.now)
    assert post.letter(desk.store, letter_id, desk.now).reader == "Kim Dale"


def test_the_reader_sees_it_at_their_desk_ticks_it_and_changes_nothing(desk: Desk) -> None:
    letter_id = desk.draft()
    post.ask_reader(desk.store, letter_id, "Kim Adeyemi", desk.now)
    desk.store.me = desk.kim
    (letter,) = post.letters(desk.store, desk.now).to_read
    assert (letter.writer, letter.mine, letter.text) == ("Sam Ortiz", False, TEXT)
    for verb in (post.drop, lambda *it: post.change(it[0], it[1], "s", "t", it[2])):
        with pytest.raises(Refused, match="a colleague's letter"):
            verb(desk.store, letter_id, desk.now)
    assert "colleague's letter" in refused(desk, letter_id)
    desk.read(letter_id, "Kim Adeyemi")
    assert post.letters(desk.store, desk.now).to_read == ()
    desk.store.me = desk.sam
    assert post.letters(desk.store, desk.now).drafts[0].read_at is not None


def test_a_reader_whose_name_is_not_ascii_sees_hers(desk: Desk) -> None:
    ozge = people.add_colleague(desk.store, "Özge Şahin", desk.now)
    letter_id = desk.draft()
    post.ask_reader(desk.store, letter_id, "ÖZGE", desk.now)
    desk.store.me = ozge.id
    assert [it.id for it in post.letters(desk.store, desk.now).to_read] == [letter_id]
    people.introduce(desk.store, "özge şahin", "", "")
    assert [it.id for it in post.letters(desk.store, desk.now).to_read] == [letter_id]
    desk.store.me = desk.kim
    assert post.letters(desk.store, desk.now).to_read == (), "hers alone"


# -- what a letter says -----------------------------------------------------------------------


def test_a_case_becomes_the_facts_of_a_letter_on_the_customers_wall(desk: Desk) -> None:
    due = datetime(2026, 11, 24, 12, tzinfo=ZONE)
    desk.live(
        h.CallerNamed("Dana Reyes", "Reyes Dance", "+44 20 7946 0018"),
        h.BackSaid("Due Friday, told today Monday. Have I got it?"),
        h.AskPut("wants them fri"),
        h.FaultSettled(Fault.OURS),
        h.Noted("n1", Sign.FACT, "plate failed tue", "production log"),
        h.Noted("n2", Sign.FACT, "hearsay"),
        h.Noted("n4", Sign.FACT, "she sent the file late", "mail log"),
        h.Noted("n3", Sign.SAYS, "you idiots"),
        h.Offered("o1", "courier at our cost", 4500),
        h.VerdictGiven(Verdict.YES),
        h.Promised("p1", "ring with tracking", due, of_kind=PromiseKind.RETURN_CALL),
        h.Promised("p2", "find out"),
        h.FollowUpSet("f1", due + timedelta(days=1)),
        h.ReadBack("Courier. Is that right?", agreed=True),
    )
    follow_through.happen(
        desk.store, desk.case, f.Consulted("c1", "dispatch", "when does it leave?"), desk.now
    )
    settings = Settings(
        company="Printco", letters=LetterChoice(disagree=Reachable("Kim", "555 0190"))
    )
    found = post.facts(desk.store, desk.case, desk.now)
    facts = facts_of(found, desk.now, local_wall, settings, load())
    assert facts.customer == "Dana Reyes"
    assert facts.firm == "Printco"
    assert (facts.agent, facts.direct_line) == ("Sam Ortiz", "555 0100")
    assert facts.date == "21 November 2026"
    assert facts.ask == "", "them Friday says nothing in a letter"
    assert facts.happened == "Due Friday, told today Monday."
    assert facts.ours
    assert facts.read_back == "Courier. Is that right?"
    assert facts.agreed == "Saturday 21 November at 19:02 your time"
    assert facts.offers == ("courier at our cost",)
    told = [(promise.what, promise.when) for promise in facts.promises]
    assert told == [
        ("ring with tracking", "Tuesday 24 November at 17:00 your time"),
        ("find out", ""),
    ]
    assert facts.follow_up == "on Wednesday 25 November at 17:00 your time"
    assert facts.until == "Tuesday 24 November at 17:00 your time"
    assert facts.why_longer == "I am still finding this out for you: when does it leave"
    assert facts.reasons == ("plate failed tue",)
    assert facts.decision == "[your answer]"
    assert (facts.reader.name, facts.reader.number) == ("Kim", "555 0190")
    assert "idiots" not in repr(facts)


def said_now(desk: Desk) -> Facts:
    """What a letter of the case can say now."""
    found = post.facts(desk.store, desk.case, desk.now)
    return facts_of(found, desk.now, local_wall, Settings(), load())


def local_wall(at: datetime) -> datetime:
    return at.astimezone(ZONE).replace(tzinfo=None)


def test_only_what_is_still_to_come_is_announced(desk: Desk) -> None:
    soon, later = desk.now + timedelta(minutes=30), desk.now + timedelta(days=2)
    desk.live(
        h.Promised("p1", "ring with tracking", soon, of_kind=PromiseKind.RETURN_CALL),
        h.Promised("p2", "a new plate", later),
        h.Promised("p3", "find out"),
        h.FollowUpSet("f1", soon),
        h.ReadBack("A new plate. Is that right?", agreed=True),
    )
    assert said_now(desk).until.startswith("Saturday 21 November at 19:32")
    assert said_now(desk).follow_up
    desk.clock.wind(30 * 60)
    facts = said_now(desk)
    assert [promise.what for promise in facts.promises] == ["a new plate", "find out"]
    assert facts.until == "[your time]", "a delivery is no word to them"
    assert facts.follow_up == ""


def test_s61_their_ask_puts_nobodys_words_into_the_writers_mouth(desk: Desk) -> None:
    desk.live(h.AskPut("somebody who can send a truck, not me"))
    assert "You asked for this" not in write("holding", said_now(desk)).text
    desk.live(h.AskPut("300 back and fresh flyers"))
    text = write("holding", said_now(desk)).text
    assert "You asked for this: $300.00 back and fresh flyers." in text


def test_a_clock_time_in_an_offer_says_that_it_is_ours_where_theirs_is_another(desk: Desk) -> None:
    desk.live(
        h.CallerNamed("Dana Reyes", "Reyes Dance", "+44 20 7946 0018"),
        h.Offered("o1", "driver to the hall by 16:00"),
        h.VerdictGiven(Verdict.YES),
        h.ReadBack("Driver to the hall by 16:00. Is that right?", agreed=True),
    )
    found = post.facts(desk.store, desk.case, desk.now)
    here = facts_of(
        replace(found, zone="America/New_York"), desk.now, local_wall, Settings(), load()
    )
    for case in (here, facts_of(replace(found, zone=""), desk.now, local_wall, Settings(), load())):
        assert case.read_back == "Driver to the hall by 16:00. Is that right?"
        assert case.offers == ("driver to the hall by 16:00",)
    assert said_now(desk).offers == ("driver to the hall by 16:00 (our time)",)
    text = write("confirmation", said_now(desk)).text
    assert "Driver to the hall by 16:00 (our time)." in " ".join(text.split())


def test_they_hear_from_us_when_we_said_that_we_ring_however_it_was_typed(desk: Desk) -> None:
    soon, later = desk.now + timedelta(hours=3), desk.now + timedelta(days=2)
    desk.live(h.Promised("p1", "fresh flyers arrive", soon), h.Promised("p2", "ring back", later))
    assert said_now(desk).until.startswith("Monday 23 November at 19:02")


def test_a_follow_up_that_they_were_never_told_of_stays_out_of_every_letter(desk: Desk) -> None:
    desk.live(h.FollowUpSet("f1", desk.now + timedelta(days=2)), h.CallEnded())
    desk.live(h.Finished(Outcome.INVESTIGATING))
    for kind in ("confirmation", "holding"):
        assert "to check that everything" not in write(kind, said_now(desk)).text


def test_a_follow_up_set_behind_the_agreement_is_a_task_of_ours(desk: Desk) -> None:
    soon, later = desk.now + timedelta(days=1), desk.now + timedelta(days=2)
    desk.live(h.FollowUpSet("f1", later), h.ReadBack("A new plate.", agreed=True))
    told = said_now(desk).follow_up
    assert told.startswith("on Monday 23 November")
    desk.clock.wind(60)
    desk.live(h.FollowUpSet("f2", soon, "ring about what is still open"))
    assert said_now(desk).follow_up == told
    desk.live(h.FollowUpSet("f1", soon))
    assert said_now(desk).follow_up == "", "they were told another day"


def test_a_holding_letter_with_nothing_to_come_asks_for_a_time_and_stays(desk: Desk) -> None:
    due = desk.now + timedelta(minutes=30)
    desk.live(h.Promised("p1", "ring with tracking", due, of_kind=PromiseKind.RETURN_CALL))
    desk.clock.wind(3600)
    text = write("holding", replace(said_now(desk), why_longer="the plate is made anew")).text
    assert "You will hear from me by [your time]," in text
    assert "19:32" not in text
    letter_id = desk.draft(text=text)
    with pytest.raises(Refused, match=r"^\[your time\] is still to be written\.$"):
        post.release(desk.store, letter_id, "x", text, desk.now)


def test_an_unknown_case_is_one_sentence(desk: Desk) -> None:
    with pytest.raises(NoSuchCase, match="No case has the reference CD-1"):
        post.facts(desk.store, "CD-1", desk.now)


def test_a_draft_that_is_there_is_gone_on_with(desk: Desk) -> None:
    letter_id = desk.draft("holding")
    assert post.begun(desk.store, desk.case, "holding") == letter_id
    assert post.begun(desk.store, desk.case, "final_answer") == ""
    desk.release(letter_id)
    assert post.begun(desk.store, desk.case, "holding") == ""
