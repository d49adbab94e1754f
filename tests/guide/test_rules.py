"""The rules of practices.md that have no file of their own, by their numbers."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from sqlmodel import SQLModel

from calmdesk.guide import happenings as h
from calmdesk.guide.call import Call
from calmdesk.guide.english.sample import SAMPLE
from calmdesk.guide.language import review
from calmdesk.guide.listening import BRIDGE_MARK, Kind
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Outcome
from calmdesk.guide.phrases import FEELING, Phrase, Situation, fill, known_issue, suggest
from calmdesk.guide.playbook import load
from calmdesk.guide.stages import Fault, Stage
from calmdesk.records import models
from calmdesk.words import one_line

BOOK = load()
BEGAN = datetime(2026, 11, 21, 14, tzinfo=UTC)


def shown(now: Situation) -> list[Phrase]:
    return [it.phrase for it in suggest(now, BOOK.by_stage[now.stage])]


def walk() -> Iterator[Situation]:
    """A call in every stage, heat, fault and number of apologies."""
    for stage, heat, fault, apologies in product(Stage, range(1, 6), Fault, range(4)):
        told = stage is not Stage.LISTEN
        yield Situation(
            stage, heat, fault=fault, apologies=apologies, told=told, heard=told, slots=SAMPLE
        )


# -- every shipped word ---------------------------------------------------------------------


@pytest.mark.parametrize("phrase", BOOK.phrases, ids=lambda phrase: str(phrase.id))
def test_every_line_that_ships_passes_the_language_guard(phrase: Phrase) -> None:
    line = fill(phrase.line, SAMPLE)
    assert [(it.category, line[it.start : it.end]) for it in review(line)] == []


# -- S-rows ---------------------------------------------------------------------------------


def test_s43_no_reasons_and_no_corrections_while_they_tell_it() -> None:
    talking = {"probing", "can_do", "options", "no", "known issue", "ask", "bridging", "verify"}
    now = Situation(Stage.LISTEN, seconds_listened=90, known_issue="The press is down until four.")
    assert {phrase.group for phrase in shown(now)} & talking == set()


def test_s38_a_known_issue_is_told_straight_once_they_have_told_their_story() -> None:
    sentence = "The press in Leeds is down; we expect it back at four."
    now = Situation(Stage.ACKNOWLEDGE, told=True, known_issue=sentence)
    first = suggest(now, BOOK.by_stage[now.stage])[0]
    assert (first.line, first.reason) == (sentence, "a known issue")
    said = Situation(
        Stage.ACKNOWLEDGE, told=True, known_issue=sentence, said=frozenset({first.phrase.id})
    )
    assert sentence not in [it.line for it in suggest(said, BOOK.by_stage[said.stage])]


def test_s38_a_strangers_braces_in_a_known_issue_are_no_slots() -> None:
    assert "{" not in known_issue("{name} and {nonsense} are down").line


def test_s60_remedies_wait_until_the_ask_is_known() -> None:
    now = Situation(Stage.RESOLVE, told=True, heard=True)
    assert not {"options", "can_do"} & {phrase.group for phrase in shown(now)}
    known = Situation(Stage.RESOLVE, told=True, heard=True, ask_known=True)
    assert {"options", "can_do"} <= {phrase.group for phrase in shown(known)}


def test_s32_nobody_understands_twice_in_one_call() -> None:
    said = Situation(Stage.ACKNOWLEDGE, told=True, said_once=frozenset({"understand"}))
    assert any("understand" in phrase.line for phrase in shown(Situation(Stage.ACKNOWLEDGE)))
    assert not any("understand" in phrase.line for phrase in shown(said))


# -- D-rules --------------------------------------------------------------------------------


def test_d1_after_two_apologies_only_what_leads_on_is_said() -> None:
    for now in walk():
        if now.apologies >= 2:
            assert not FEELING & {phrase.group for phrase in shown(now)}, now


def test_d3_nothing_that_is_kept_has_a_place_for_a_guilty_person() -> None:
    words = ("guilty", "culprit", "blame", "offender", "suspect", "liar", "who_did")
    columns = [
        f"{table}.{column.name}"
        for table, of in SQLModel.metadata.tables.items()
        for column in of.columns
    ]
    told = [f"{kind.__name__}.{it.name}" for kind in kinds() for it in fields(kind)]  # type: ignore[arg-type]
    assert models.Case.__tablename__ == "case"
    assert [name for name in columns + told if any(word in name for word in words)] == []


def kinds() -> list[type[h.Happening]]:
    return [
        kind
        for kind in vars(h).values()
        if isinstance(kind, type) and issubclass(kind, h.Happening) and kind is not h.Happening
    ]


def test_d3_causes_are_steps_of_the_work_and_never_people() -> None:
    people = ("agent", "driver", "colleague", "somebody", "someone", "employee", "staff member")
    assert [cause.id for cause in BOOK.causes if any(p in cause.name for p in people)] == []


def test_d7_a_question_is_parked_while_they_tell_it_and_waits_until_it_was_asked() -> None:
    call = Call("contact", "case", "CD-1", BEGAN)
    call.add(h.Noted("n1", Sign.QUESTION, "proof of the plate test?"), BEGAN)
    assert [note.text for note in call.parked] == ["proof of the plate test?"]
    assert not any(phrase.group == "probing" for phrase in shown(Situation(Stage.LISTEN)))
    call.add(h.StageEntered(Stage.CLARIFY), BEGAN)
    assert call.parked
    call.add(h.QuestionAsked("n1"), BEGAN)
    assert call.parked == []


def test_d8_listening_has_no_end_of_its_own_and_at_five_minutes_a_bridge_is_offered() -> None:
    call = Call("contact", "case", "CD-1", BEGAN)
    call.add(h.Answered(), BEGAN)
    later = BEGAN + timedelta(seconds=2 * BRIDGE_MARK)
    assert (call.stage, call.told_at) == (Stage.LISTEN, None)
    assert call.seconds(Kind.LISTEN, later) == 2 * BRIDGE_MARK
    assert shown(Situation(Stage.LISTEN, seconds_listened=BRIDGE_MARK))[0].group == "bridge"
    assert shown(Situation(Stage.LISTEN, seconds_listened=60))[0].group == "nod"


def test_d10_no_label_says_that_somebody_is_not_believed() -> None:
    labels = [str(outcome) for outcome in Outcome] + [fault.label for fault in Fault]
    labels += [category.name for category in BOOK.categories]
    words = ("suspicious", "liar", "fraud", "scene", "troublemaker", "foe", "difficult")
    assert [label for label in labels if any(word in label.lower() for word in words)] == []


def test_d12_a_call_may_end_without_agreement_and_no_outcome_is_a_failure() -> None:
    assert {Outcome.HANDED_OVER, Outcome.DECLINED, Outcome.FINAL_ANSWER} <= set(Outcome)
    assert all(outcome.help == one_line(outcome.help) for outcome in Outcome)
    assert not any(word in o.help for o in Outcome for word in ("fail", "lost", "unresolved"))
