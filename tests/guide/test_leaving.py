"""Who threatens to leave is told from what is at stake, and nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmdesk.guide.english.leaving import threatens_to_leave

THREATS = (
    "last order ever",
    "we cancel",
    "We cancel, all of it",
    "going to your competitor",
    "threatens to leave",
    "will leave us if this happens again",
    "this is our last order",
    "last time they order from us",
    "they’ll cancel unless it ships today",
    "cancel the contract by friday",
    "closing their account",
    "ends the frame agreement",
    "taking their business elsewhere",
    "takes all 12 shops to another printer",
    "switching to a competitor",
    "switch supplier in january",
    "goes somewhere else",
    "looking for another supplier",
    "never order again",
    "won't be back",
    "won't order here anymore",
    "not coming back",
    "done with us",
    "you lost a customer",
    "you lose them as a customer",
    "final job with us",
    "leaves for the competition",
    "moving over to somebody else",
    "going elsewhere next time",
)
OTHERS = (
    "",
    "fair opens friday 9",
    "their event is cancelled without the flyers",
    "has to cancel the wedding",
    "the truck leaves at nine",
    "they leave for the fair on Friday",
    "boss leaves Thursday, needs it before",
    "last order was wrong too",
    "the competitor launches on Monday",
    "will tell the press",
    "lawyer will write",
    "posts it on facebook",
    "5000 a day in lost sales",
    "loses the tender on Monday",
    "they lose their best customer over this",
    "their customer cancels the order",
    "switch the paper to matte",
    "will not leave, only wants it right",
    "is not cancelling the contract",
    "needs them back by Friday",
    "will be back on Monday",
    "maternity leave from friday",
    "closing date is Friday",
    "the end of the month",
    "last chance before the deadline",
)


@pytest.mark.parametrize("stake", THREATS)
def test_a_threat_to_leave_is_heard(stake: str) -> None:
    assert threatens_to_leave(stake)
    assert threatens_to_leave(f"very upset; {stake}")


@pytest.mark.parametrize("stake", OTHERS)
def test_other_stakes_are_none(stake: str) -> None:
    assert not threatens_to_leave(stake)


@given(st.text(max_size=300))
def test_any_text_has_an_answer(stake: str) -> None:
    assert threatens_to_leave(stake) in (True, False)
