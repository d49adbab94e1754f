"""The time of a call as one bar: each kind is seen, and none but the caller's own agent's listening."""

import pytest

from calmdesk.guide.span_bar import CELLS, CONVERSATION, SIGNS, as_one, bar, legend, totals

CALL = (("listen", 107.0), ("talk", 100.0), ("hold", 5.0), ("talk", 150.0), ("wrap_up", 84.0))


def test_the_bar_is_in_the_order_of_the_call_and_shows_even_a_short_hold() -> None:
    drawn = bar(CALL, 446)
    assert len(drawn) == CELLS
    assert drawn[0] == SIGNS["listen"]
    assert drawn[-1] == SIGNS["wrap_up"]
    assert drawn.count(SIGNS["hold"]) == 1
    assert drawn.count(SIGNS["listen"]) == pytest.approx(CELLS * 107 / 446, abs=1)


def test_the_longest_call_has_the_longest_bar() -> None:
    assert len(bar(CALL, 892)) == CELLS // 2
    assert len(bar([("talk", 3.0)], 892)) == 1
    assert bar([], 892) == ""


def test_many_short_holds_do_not_make_it_longer() -> None:
    broken = [("talk", 2.0), ("hold", 1.0)] * 400
    assert len(bar(broken, 1200)) == CELLS


def test_its_signs_are_told_apart_without_colour() -> None:
    rows = legend(CALL)
    assert rows == ["▒ listened 1:47 · █ talked 4:10", "╌ held 0:05 · ▁ wrapped up 1:24"]
    assert len({*bar(CALL, 446)}) == 4


def test_a_colleagues_listening_is_not_told_from_their_talking() -> None:
    assert as_one(CALL) == ((CONVERSATION, 207), ("hold", 5), (CONVERSATION, 150), ("wrap_up", 84))
    assert totals(as_one(CALL)) == {CONVERSATION: 357, "hold": 5, "wrap_up": 84}
    drawn = " ".join(legend(as_one(CALL)))
    assert "listened and talked 5:57" in drawn
    assert "1:47" not in drawn
    assert SIGNS["listen"] not in bar(as_one(CALL), 446)
