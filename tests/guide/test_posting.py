"""When a letter may leave the house."""

from datetime import UTC, datetime, timedelta

import pytest

from calmdesk.guide.posting import held_until, may_read, passed_promise

NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_letter_waits_until_an_hour_after_its_writer_was_shaken() -> None:
    shaken = NOW - 10 * MINUTE
    assert held_until(shaken, "holding", False, NOW) == shaken + 60 * MINUTE
    assert held_until(shaken, "confirmation", False, NOW) == shaken + 60 * MINUTE


@pytest.mark.parametrize("minutes", [60, 61, 24 * 60, -1])
def test_an_hour_that_is_over_or_has_not_begun_holds_nothing(minutes: int) -> None:
    assert held_until(NOW - minutes * MINUTE, "final_answer", False, NOW) is None


def test_nobody_was_shaken_and_nothing_waits() -> None:
    assert held_until(None, "final_answer", False, NOW) is None


def test_a_confirmation_of_an_agreed_read_back_never_waits_but_other_letters_do() -> None:
    assert held_until(NOW, "confirmation", True, NOW) is None
    assert held_until(NOW, "final_answer", True, NOW) == NOW + 60 * MINUTE


def test_the_first_promise_that_would_pass_is_named_and_one_that_has_passed_is_not() -> None:
    until = NOW + 30 * MINUTE
    before, first, second, after = (NOW + n * MINUTE for n in (-5, 10, 20, 31))
    assert passed_promise(until, [after, second, first, before], NOW) == first
    assert passed_promise(until, [until], NOW) == until
    assert passed_promise(until, [before, after], NOW) is None


@pytest.mark.parametrize("reader", ["", "  ", "Sam Ortiz", " sam ortiz "])
def test_nobody_reads_their_own_letter_first(reader: str) -> None:
    assert not may_read(reader, "Sam Ortiz")


def test_a_colleague_reads_it_first() -> None:
    assert may_read("Kim Adeyemi", "Sam Ortiz")
