"""What is written to a customer: which promise is a word to them, their ask, and whose clock."""

import pytest

from calmdesk.guide.english.our_clock import marked_as_typed, marked_ours
from calmdesk.guide.english.word_to_them import is_word_to_them
from calmdesk.guide.english.written_ask import written_ask
from calmdesk.guide.playbook import load


@pytest.mark.parametrize(
    "promise",
    [
        "ring",
        "ring back",
        "Ring them back with the plate status",
        "ring with tracking",
        "find out and ring back",
        "I'll call you",
        "we’ll ring",
        "call her when it leaves",
        "write to them",
        "write",
        "e-mail him the invoice",
        "let them know",
        "Ana lets you know",
        "dispatch lead rings with truck and time",
        "dispatch rings back",
        "tell them what broke",
        "get back to her",
        "a word on how far it is",
        "keep them posted",
        "progress report",
    ],
)
def test_a_promise_that_we_ring_write_or_let_them_know_is_a_word_to_them(promise: str) -> None:
    assert is_word_to_them(promise)


@pytest.mark.parametrize(
    "promise",
    [
        "",
        "fresh flyers arrive",
        "courier brings the programmes",
        "ring repaired and delivered",
        "ring to be delivered",
        "gold rings with stones arrive",
        "text books arrive",
        "letters on the shop front",
        "call centre is open again",
        "300 back on her card",
        "a new plate",
        "engineer calls at the hall",
        "they ring back",
        "she calls me with the number",
        "customer to ring back",
        "new ring",
        "two gold rings",
        "refund written to the account",
    ],
)
def test_a_delivery_or_their_own_call_is_no_word_to_them(promise: str) -> None:
    assert not is_word_to_them(promise)


@pytest.mark.parametrize(
    ("ask", "written"),
    [
        ("wants my money back", "your money back"),
        ("I want my money back", "your money back"),
        ("My deposit", "Your deposit"),
        ("somebody who can send a truck, not me", ""),
        ("a word with my supervisor", ""),
        ("a word with my shift lead", ""),
        ("somebody of ours at the hall", ""),
        ("our usual discount", ""),
        ("send us new ones", ""),
        ("what I paid", ""),
        ("my money back from you", ""),
        ("somebody who can send a truck", "somebody who can send a truck"),
        ("them fri morning", ""),
        ("flyers by fri", "flyers by Friday"),
        ("order #4471 again", "order #4471 again"),
        ("", ""),
    ],
)
def test_an_ask_is_written_to_them_or_left_out(ask: str, written: str) -> None:
    assert written_ask(ask, load().words, "USD") == written


@pytest.mark.parametrize(
    ("ask", "written"),
    [
        ("300 back and fresh flyers", "$300.00 back and fresh flyers"),
        ("wants 300 back", "$300.00 back"),
        ("fresh flyers and 1,200.50 back", "fresh flyers and $1,200.50 back"),
        ("a refund of 300", "a refund of $300.00"),
        ("refund 45.50, fresh flyers", "refund $45.50, fresh flyers"),
        ("$300 back", "$300 back"),
        ("300 flyers back", "300 flyers back"),
        ("send 300 back", "send 300 back"),
        ("all 300 back", "all 300 back"),
        ("a refund of 2 orders", "a refund of 2 orders"),
        ("a credit of 20%", "a credit of 20%"),
        ("500 flyers by 9", "500 flyers by 9"),
        ("0 back", "0 back"),
    ],
)
def test_a_number_that_money_words_make_an_amount_has_its_currency(ask: str, written: str) -> None:
    assert written_ask(ask, load().words, "USD") == written


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("driver to the hall by 16:00", "driver to the hall by 16:00 (our time)"),
        ("driver by 4 pm, at our cost", "driver by 4 pm (our time), at our cost"),
        ("between 15:00-16:00", "between 15:00-16:00 (our time)"),
        ("16:00 or 17:30", "16:00 (our time) or 17:30 (our time)"),
        ("tue 15:00 theirs", "tue 15:00 theirs"),
        ("by 16:00 CET", "by 16:00 CET"),
        ("by 16:00 (our time)", "by 16:00 (our time)"),
        ("at 2:29 in the morning your time", "at 2:29 in the morning your time"),
        ("300 flyers, 45.50, order 16:00:12", "300 flyers, 45.50, order 16:00:12"),
        ("scores 99:99", "scores 99:99"),
    ],
)
def test_a_bare_clock_time_typed_here_is_ours(typed: str, marked: str) -> None:
    assert marked_ours(typed) == marked


def test_of_what_was_said_only_what_was_typed_so_is_surely_ours() -> None:
    said = "Driver by 16:00. Ring: Monday 23 November at 16:00 your time. Open from 9:00."
    marked = marked_as_typed(said, ["driver by 16:00"])
    assert marked == said.replace("by 16:00", "by 16:00 (our time)")
    assert marked_as_typed(said, ["driver by 16:00 theirs"]) == said
