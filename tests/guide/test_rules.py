"""The rules of practices.md that have no file of their own, by their numbers."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

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


def said_in(group: str, now: Situation) -> list[Phrase]:
    return [phrase for phrase in shown(now) if phrase.group == group]


def heard(stage: Stage, **more: Any) -> Situation:
    """A call that has come to a stage after the story was told and said back."""
    return Situation(stage, told=True, heard=True, slots=SAMPLE, **more)


def test_s6_a_failure_is_owned_for_the_company_and_in_person() -> None:
    owned = said_in("ownership", heard(Stage.CLARIFY, fault=Fault.OURS))
    both = [phrase.line for phrase in owned if "We " in phrase.line and "I'm sorry" in phrase.line]
    assert both
    opening = Situation(Stage.LISTEN, slots={"agent": "Sam", "company": "Northlight"})
    lines = [it.line for it in suggest(opening, BOOK.by_stage[Stage.LISTEN])]
    assert any("Sam" in line and "Northlight" in line for line in lines)


def test_s17_s31_on_a_call_back_sorry_once_more_what_changed_and_whether_it_arrived() -> None:
    now = Situation(Stage.CONVEY, reached=True, slots=SAMPLE)
    lines = [phrase.line for phrase in shown(now)]
    for said in (
        "I'm sorry again for the trouble this gave you.",
        "Here is what has changed since we spoke.",
        "Did everything we promised you arrive?",
        "We put this right together. Thank you for staying with it.",
    ):
        assert said in lines
    assert said_in("regret", Situation(Stage.CONVEY, in_vain=True, slots=SAMPLE)) == []


def test_s20_s35_options_are_put_as_a_choice_and_never_as_a_verdict() -> None:
    options = said_in("options", heard(Stage.RESOLVE, ask_known=True))
    moves = {"Give two choices", "Give two times", "Let them choose", "Let them decide"}
    assert options
    assert {phrase.move for phrase in options} <= moves
    assert [p.id for p in BOOK.phrases if p.group == "options" and p.line[-1] != "?"] == []


@pytest.mark.parametrize("fault", [Fault.UNKNOWN, Fault.PARTNER, Fault.NOBODY])
def test_s26_a_problem_is_taken_on_without_settling_whose_fault_it_was(fault: Fault) -> None:
    now = heard(Stage.CLARIFY, fault=fault)
    assert any("I'm the one working on it" in phrase.line for phrase in said_in("assure", now))
    assert said_in("ownership", now) == []


@pytest.mark.parametrize("stage", [Stage.ACKNOWLEDGE, Stage.CLARIFY, Stage.RESOLVE])
def test_s27_s28_somebody_is_on_their_side_whosever_fault_it_was(stage: Stage) -> None:
    for fault in Fault:
        lines = [phrase.line for phrase in said_in("alliance", heard(stage, fault=fault))]
        assert "I'm on your side with this." in lines
        assert any("our problem to solve now, yours and mine" in line for line in lines)


def test_s30_you_and_i_are_we_only_in_the_plan() -> None:
    shared = {phrase.group for phrase in BOOK.phrases if phrase.voice == "both"}
    assert {"alliance", "read_back"} <= shared
    assert not shared & {"acknowledge", "regret", "ownership", "assure", "can_do", "no"}


def test_s32_to_understand_to_be_sorry_and_to_put_it_right_are_one_key_each() -> None:
    now = Situation(Stage.ACKNOWLEDGE, heat=4, told=True)
    lines = [phrase.line for phrase in shown(now)]
    for part in ("I understand why you called", "I'm sorry this happened", "Let me take it from"):
        assert any(part in line for line in lines), part


def test_s45_empathy_comes_before_any_question_of_data() -> None:
    before = Situation(Stage.ACKNOWLEDGE, heat=4, told=True, slots=SAMPLE)
    assert shown(before)[0].group == "acknowledge"
    assert said_in("verify", before) == []
    assert said_in("verify", Situation(Stage.LISTEN, slots=SAMPLE)) == []
    assert said_in("verify", heard(Stage.CLARIFY))


def test_s47_anyone_would_be_upset_and_so_would_i() -> None:
    lines = [phrase.line for phrase in shown(Situation(Stage.ACKNOWLEDGE, heat=4, told=True))]
    assert "Anyone would be angry at that. I would be too." in lines


@pytest.mark.parametrize("verdict", ["", "not yet", "no"])
@pytest.mark.parametrize("over_limit", [False, True])
def test_s56_what_can_be_done_comes_before_what_cannot(verdict: str, over_limit: bool) -> None:
    now = heard(Stage.RESOLVE, ask_known=True, verdict=verdict, over_limit=over_limit)
    groups = [phrase.group for phrase in shown(now)]
    assert groups.index("can_do") < groups.index("no")


@pytest.mark.parametrize("heat", range(1, 6))
def test_s79_no_offer_is_suggested_before_the_story_was_said_back(heat: int) -> None:
    now = Situation(Stage.ACKNOWLEDGE, heat, told=True, ask_known=True, slots=SAMPLE)
    assert not {"options", "can_do", "no"} & {phrase.group for phrase in shown(now)}


def test_s85_they_are_assured_that_it_counts_and_nothing_is_promised_with_it() -> None:
    assured = said_in("assure", Situation(Stage.ACKNOWLEDGE, told=True, slots=SAMPLE))
    assert {"I'm taking this seriously.", "You were right to call about this."} <= {
        phrase.line for phrase in assured
    }
    assert [p.id for p in assured if "by {day}" in p.line or "guarantee" in p.line] == []


def test_s92_a_complaint_is_held_to_be_right_and_a_temper_is_no_cause() -> None:
    assert Call("contact", "case", "CD-1", BEGAN).fault is Fault.UNKNOWN
    expected = next(cause for cause in BOOK.causes if "expectation" in cause.words)
    assert expected.name.startswith("our own words"), "what they expected, somebody raised"
    temper = ("temper", "angry", "difficult", "rude", "customer")
    names = [(cause.id, *cause.words, cause.name) for cause in BOOK.causes]
    assert [name for name in names if any(word in part for part in name for word in temper)] == []


# -- the language guard, by the rows it stands for ------------------------------------------


def marked(line: str) -> list[str]:
    """What the guard says of a line, by its categories; each has its reason."""
    found = BOOK.guard.review(line)
    assert all(finding.why for finding in found)
    return [finding.category for finding in found]


@pytest.mark.parametrize(
    "line",
    [
        "I'm sorry you feel that way.",
        "I'm sorry if we upset you.",
        "I apologise if you were offended.",
        "Sorry for any inconvenience.",
    ],
)
def test_s5_d2_an_apology_on_a_condition_or_for_a_reaction_is_marked(line: str) -> None:
    assert "hollow_apology" in marked(line)


def test_s54_an_excuse_beside_an_apology_is_marked() -> None:
    assert "excuse" in marked("We are sorry, but our servers were down all weekend.")


@pytest.mark.parametrize(
    "line",
    [
        "Maria from dispatch made a mistake with your flyers.",
        "Tom Baker forgot to send them.",
        "That was Tom's mistake.",
    ],
)
def test_s55_somebody_named_with_what_they_did_wrong_is_marked(line: str) -> None:
    assert "blames_colleague" in marked(line)


def test_s57_s86_a_promise_beyond_what_can_be_kept_is_marked() -> None:
    assert "over_promise" in marked("I absolutely guarantee that it is there at noon.")
    assert "over_promise" in marked("We'll do whatever it takes to find the ring.")


@pytest.mark.parametrize(
    "line",
    [
        "You're wrong about that, Mrs Reed.",
        "You should have told us about the gate code.",
        "You should have rung us before Friday.",
        "I don't believe that the box was empty.",
        "Calm down, please.",
    ],
)
def test_s93_who_makes_them_wrong_is_marked(line: str) -> None:
    assert {"blames_customer", "belittles"} & set(marked(line))


@pytest.mark.parametrize(
    "line",
    [
        "Maria rings you on Friday at nine.",
        "We got your address wrong, and we are sorry.",
        "Tom brings the flyers himself.",
        "This was our mistake, and we put it right today.",
    ],
)
def test_s55_a_name_that_carries_a_promise_and_a_fault_of_the_firm_are_not_marked(
    line: str,
) -> None:
    assert marked(line) == []


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
