"""A case as it is read: every happening has its words, and nothing private is among them."""

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from sqlmodel import SQLModel

from calmdesk.guide import afterwards as f
from calmdesk.guide import happenings as h
from calmdesk.guide.happenings import Happening, payload
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Outcome, Verdict
from calmdesk.guide.playbook import load
from calmdesk.guide.promises import PromiseKind, Reached, Received
from calmdesk.records import browse, calls, follow_through, people
from calmdesk.records.case_rows import CaseWhole
from calmdesk.records.journal_words import entry_words
from calmdesk.records.models import Debrief, Letter, Moment
from calmdesk.records.read_lines import Tone
from calmdesk.records.reading import as_json, read_case
from calmdesk.records.store import Store
from calmdesk.reports.case_markdown import case_markdown
from tests.made_once import fresh

BEGAN = datetime(2026, 11, 21, 19, 2, tzinfo=UTC)
KINDS = sorted(Happening.__subclasses__(), key=lambda kind: kind.kind())
UNSAID = {"phrase", "group", "remedy", "zone", "about", "direction"}
"""Fields that hold an id or a code of the program's own, never a person's words."""


def sample(kind: type[Happening]) -> Happening:
    """One of a kind, with words of its own in every field of text."""
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        hint = hints[field.name]
        if hint is str:
            values[field.name] = f"the {field.name} {{0}} [b]"
        elif isinstance(hint, type) and issubclass(hint, StrEnum):
            values[field.name] = Sign.SAYS if hint is Sign else next(iter(hint))
        elif hint in (int, bool):
            values[field.name] = hint(3)
        elif hint == tuple[str, ...]:
            values[field.name] = ("first word", "second word")
        elif hint == dict[str, str]:
            values[field.name] = {"Branch": "Leeds {0} [b]"}
        else:
            values[field.name] = BEGAN
    return kind(**values)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.kind() for kind in KINDS])
def test_no_happening_falls_to_its_bare_kind_where_it_carries_text(kind: type[Happening]) -> None:
    told = json.loads(payload(sample(kind)))
    words = entry_words(kind.kind(), told, {}, lambda at: at, "USD")
    texts = [
        value
        for name, value in told.items()
        if isinstance(value, str) and value.startswith("the ")
        if not name.endswith("_id") and name not in UNSAID
    ]
    listed = [word for value in told.values() if isinstance(value, list) for word in value]
    if kind not in (h.AskPut, h.SelfChecked):  # a note said it before; these are codes of ours
        assert [text for text in [*texts, *listed] if text not in words] == []
    named = {value: "NAMED" for name, value in told.items() if name.endswith("_id")}
    assert "the promise_id" not in entry_words(kind.kind(), told, named, lambda at: at, "USD")


def test_an_entry_of_an_older_calmdesk_without_a_field_is_read() -> None:
    words = entry_words("promised", {"what": "ring", "due": None}, {}, lambda at: at, "USD")
    assert words == "told: ring, when?"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(fresh(tmp_path / "calmdesk.db"), UTC)
    people.introduce(opened, "Sam Ortiz", "555", "sam@printco.example")
    yield opened
    opened.close()


class Told:
    """A case that grows; a minute passes with everything that happens."""

    def __init__(self, store: Store) -> None:
        self.store, self.at = store, BEGAN
        calls.answer(store, "contact", "case", h.Answered("+1 415 555 0134"), BEGAN)

    def __call__(self, *happenings: Happening, wait: timedelta = timedelta(minutes=1)) -> None:
        for happening in happenings:
            self.at += wait
            live = not isinstance(happening, h.Finished) and self.live
            if live or isinstance(happening, h.Finished):
                calls.happen(self.store, "contact", happening, self.at)
                self.live = not isinstance(happening, h.Finished)
            else:
                follow_through.happen(self.store, "case", happening, self.at)

    live = True

    def whole(self) -> CaseWhole:
        return browse.whole(self.store, "case", self.at)

    def lines(self) -> list[tuple[str, str]]:
        read = read_case(self.whole(), lambda at: at.replace(tzinfo=None), load(), "USD")
        return [(line.label.strip(), line.words) for line in read]


def test_an_agreement_of_another_day_says_its_day(store: Store) -> None:
    told = Told(store)
    told(h.ReadBack("flyers on Monday", agreed=True), h.CallEnded(), h.Finished(Outcome.AGREED))
    assert dict(told.lines())["read back"] == "flyers on Monday (agreed 19:03)"
    told.at += timedelta(days=2)
    calls.ring(store, "later", "case", "", told.at)
    calls.happen(store, "later", h.ReadBack("flyers by hand", agreed=True), told.at)
    words = "flyers by hand (agreed Mon 23 Nov 2026 19:05)"
    assert dict(told.lines())["read back"] == words
    lines = read_case(told.whole(), lambda at: at.replace(tzinfo=None), load(), "USD")
    assert words in case_markdown(lines).replace("\\", "")


def test_the_journal_says_categories_and_causes_in_the_playbooks_words(store: Store) -> None:
    told = Told(store)
    told(
        h.CategoryChosen("late_delivery"),
        h.CallEnded(),
        h.Finished(Outcome.INVESTIGATING),
        f.CauseFound("equipment", ("no_update", "a word of our own")),
    )
    words, book = [line for _, line in told.lines()], load()
    assert f"about: {book.category_name('late_delivery')}" in words
    equipment, silence = book.cause_name("equipment"), book.cause_name("no_update")
    assert f"cause: {equipment}; made worse by {silence}, a word of our own" in words
    assert not [line for line in words if "late_delivery" in line or "no_update" in line]


def test_a_final_answer_on_a_case_that_stands_open_does_not_read_as_closed(store: Store) -> None:
    told = Told(store)
    told(h.Promised("p1", "send it in writing", BEGAN + timedelta(days=1)))
    told(h.CallEnded(), h.Finished(Outcome.FINAL_ANSWER))
    stands = ("stands", "open until what they were told is kept · final answer given")
    assert stands in told.lines()
    told(f.PromiseKept("p1"))
    assert ("stands", "closed, final answer given") in told.lines()


@pytest.fixture
def told(store: Store) -> Told:
    """A call in which something was offered and promised, saved as investigating."""
    case = Told(store)
    case(
        h.CallerNamed("Dana Reyes"),
        h.Noted("n1", Sign.SAYS, "flyers were due fri"),
        h.Noted("n2", Sign.FACT, "plate failed", "production log"),
        h.Noted("n3", Sign.FACT, "courier was full"),
        h.Offered("o1", "reprint", 4500),
        h.VerdictGiven(Verdict.YES),
        h.Promised("p1", "ring back", BEGAN + timedelta(days=1), of_kind=PromiseKind.RETURN_CALL),
        h.CallEnded(),
        h.Finished(Outcome.INVESTIGATING),
    )
    return case


def test_a_promise_shows_its_state_first_instant_reason_and_who_keeps_it(told: Told) -> None:
    ana = people.add_colleague(told.store, "Ana Lindqvist", told.at)
    told(h.Promised("p2", "a word on it", BEGAN + timedelta(days=2), of_kind=PromiseKind.PROGRESS))
    told(f.PromiseReagreed("p1", BEGAN + timedelta(days=4)), wait=timedelta(days=1, hours=2))
    told(f.PromiseHandedOver("p1", ana.id, ana.name), f.PromiseWithdrawn("p2", "it is settled"))
    told(f.Attempted("a1", "p1", Reached.VOICEMAIL, "asked for a call"))
    lines = told.lines()
    assert (
        "return call",
        "ring back · Wed 25 Nov 2026 19:02 · open · first told Sun 22 Nov 2026 19:02"
        " · its time passed once · Ana Lindqvist keeps it",
    ) in lines
    assert (
        "progress report",
        "a word on it · Mon 23 Nov 2026 19:02 · withdrawn · because it is settled",
    ) in lines
    assert ("tried", "voicemail · Sun 22 Nov 2026 21:15 · Sam Ortiz · asked for a call") in lines
    journal = [words for _, words in lines]
    assert "agreed anew: ring back, Wed 25 Nov 2026 19:02" in journal
    assert "withdrawn, and they know: a word on it, because it is settled" in journal
    assert "Ana Lindqvist keeps it now: ring back" in journal
    assert "Sun 22 Nov 2026" in journal, "a new day is named"


def test_a_promise_whose_time_is_over_leads_with_a_sign(told: Told) -> None:
    told.at = BEGAN + timedelta(days=3)
    read = read_case(told.whole(), lambda at: at, load(), "USD")
    (line,) = (line for line in read if line.label == "return call")
    assert line.tone is Tone.ALERT
    assert "open, overdue" in line.words


def test_all_that_was_done_between_the_calls_is_read(told: Told) -> None:
    ana = people.add_colleague(told.store, "Ana Lindqvist", told.at)
    told(
        f.Consulted("c1", "dispatch", "can it go today?"),
        f.ConsultAnswered("c1", "yes, by four"),
        f.CaseHandedOver("x1", ana.id, ana.name, "Who: Dana\nHeat: 4 of 5"),
        f.WaitingBegan("w1", "a picture"),
        f.RemedyChecked("o1", Received.NOT_YET),
        f.CauseFound("handover_lost", ("no_update", "a wet cellar")),
        f.ExampleMarked(True),
        f.PromiseKept("p1"),
        f.CustomerTold("by letter", "It is on its way."),
        f.CaseClosed(Outcome.EXPLAINED),
        f.CaseReopened("it did not come"),
    )
    lines = told.lines()
    for line in (
        ("asked", "dispatch · can it go today? · answered: yes, by four · Sat 21 Nov 2026 19:13"),
        ("handed over", "Sam Ortiz to Ana Lindqvist · Sat 21 Nov 2026 19:14 · not read yet"),
        ("", "Heat: 4 of 5"),
        ("waits for", "a picture · since Sat 21 Nov 2026 19:15 · still"),
        ("offer 1", "reprint · $45.00 · yes · arrived: not yet"),
        ("cause", "lost between two teams"),
        ("example", "colleagues may learn from it, with every name removed"),
        ("stands", "waits for them · explained"),
    ):
        assert line in lines, lines
    assert any(label == "made worse" and "a wet cellar" in words for label, words in lines)
    journal = [words for _, words in lines]
    assert "told them the answer, by letter: “It is on its way.”" in journal
    assert "reopened: it did not come" in journal


def test_what_they_say_and_what_is_verified_stand_apart(told: Told) -> None:
    lines = told.lines()
    says, verified = lines.index(("", "They say")), lines.index(("", "Verified"))
    assert lines[says + 1] == ("customer", "flyers were due fri")
    assert lines[verified + 1] == ("fact", "plate failed · source: production log")
    assert lines[verified + 2] == ("not yet", "courier was full · not verified: no source")


def test_nothing_private_is_in_a_case(told: Told) -> None:
    secret, store = "zanzibar", told.store
    rows: tuple[SQLModel, ...] = (
        Debrief(id="d", agent_id=store.me, contact_id="contact", at=BEGAN, better=secret),
        Moment(id="m", agent_id=store.me, contact_id="contact", at=BEGAN, kind=secret),
        letter("l1", store.me, text=secret),
        letter("l2", store.me, text="Dear Dana", state="released", released_to="the clipboard"),
    )
    with store.transaction() as session:
        for row in rows:
            session.add(row)
    whole = told.whole()
    as_text = json.dumps(as_json(whole, UTC)) + str(told.lines())
    assert secret not in as_text
    assert "held_until" not in as_text
    assert [it["text"] for it in whole.letters] == ["Dear Dana"]
    assert ("", "Dear Dana") in told.lines()


def letter(letter_id: str, agent_id: str, **more: Any) -> Letter:
    """A letter of the case."""
    return Letter(
        id=letter_id,
        case_id="case",
        agent_id=agent_id,
        kind="holding",
        made_at=BEGAN,
        updated_at=BEGAN,
        released_at=BEGAN if more.get("state") == "released" else None,
        **more,
    )
