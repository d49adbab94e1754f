"""The pure rules of a wrap-up: acts, the three questions, what may go public, a note to ask with."""

import pytest

from calmdesk.guide import behaviour, self_check
from calmdesk.guide.breath import LONGEST_BREAK, USUAL_BREAK, break_minutes
from calmdesk.guide.consulting import consult_note
from calmdesk.guide.english.reputation import names_publicity
from calmdesk.guide.playbook import load


def test_acts_are_told_in_the_order_of_the_list_and_each_once() -> None:
    told = behaviour.in_words(["hung_up", "threat", "hung_up"])
    assert told == "threatened somebody, hung up"


def test_a_code_of_another_calmdesk_stands_as_it_is() -> None:
    assert behaviour.in_words(["singing", "abuse"]) == "insulted a person, singing"
    assert behaviour.in_words([]) == ""


def test_codes_of_acts_and_checks_are_single_words() -> None:
    codes = [act.id for act in behaviour.ACTS] + list(self_check.CHECKS)
    assert [code for code in codes if len(code.split()) != 1] == []
    assert len(codes) == len(set(codes))


def test_no_act_is_a_label_for_a_person() -> None:
    """A label says what they are; an act says what they did (D10)."""
    words = " ".join(act.label for act in behaviour.ACTS)
    labels = "liar lying fraud fake difficult aggressive hysterical troublemaker pretended scene"
    assert [label for label in labels.split() if label in words] == []


def test_the_three_questions_are_told_as_ticked() -> None:
    assert self_check.in_words(("solved", "cared")) == "they felt cared for, the problem is solved"
    assert self_check.in_words(()) == ""


@pytest.mark.parametrize(
    "stake",
    [
        "will write a review tonight",
        "one star on Trustpilot",
        "calls the local news",
        "goes to the PRESS",
        "posts it on facebook",
        "will post about it everywhere",
        "my blog has 20,000 followers",
        "tells a journalist",
        "this goes viral",
    ],
)
def test_a_stake_that_names_the_public_is_heard(stake: str) -> None:
    assert names_publicity(stake)


@pytest.mark.parametrize(
    "stake",
    [
        "last order ever",
        "needs them fri morning",
        "their annual review is on monday",
        "we waited for the press proof",
        "the post was late again",
        "it was posted to the wrong house",
        "pressed for time",
        "good news at last, then this",
        "",
    ],
)
def test_a_stake_of_another_kind_is_not(stake: str) -> None:
    assert not names_publicity(stake)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("", USUAL_BREAK),
        ("5", 5),
        (" 10 min ", 10),
        ("7m", 7),
        ("60", LONGEST_BREAK),
        ("0", None),
        ("61", None),
        ("-5", None),
        ("five o'clock", None),
        ("5.5", None),
    ],
)
def test_minutes_of_a_break_are_read_or_refused(typed: str, minutes: int | None) -> None:
    assert break_minutes(typed) == minutes


def test_a_consult_note_gives_context_the_question_and_thanks() -> None:
    note = consult_note(
        "Dana Reyes",
        "CD-261121-7F3K",
        "wants them fri morning",
        "Thu 26 Nov 12:00",
        "Can a courier go",
    )
    assert note == (
        "I am helping Dana Reyes, case CD-261121-7F3K. They ask: wants them fri morning. "
        "I told them that they hear from me by Thu 26 Nov 12:00.\n\n"
        "My question: Can a courier go?\n\n"
        "Your answer lets me keep my word to them, even if it is a no. Thank you."
    )


def test_a_consult_note_leaves_out_what_is_not_known() -> None:
    note = consult_note("", "", " ", "", "Is plate 4 whole?\n")
    assert note.splitlines()[0] == "I am helping a customer."
    assert "My question: Is plate 4 whole?" in note
    assert "They ask" not in note
    assert "hear from me" not in note
    assert "My question" not in consult_note("Dana", "", "", "", "")


def test_the_guard_finds_nothing_in_a_consult_note() -> None:
    note = consult_note("Dana Reyes", "CD-1", "a reprint", "Thursday noon", "Can a courier go?")
    assert load().guard.review(note) == []
