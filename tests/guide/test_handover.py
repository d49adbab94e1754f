"""The brief of a hand-over, who is meant by half a name, and the report after a report."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from calmdesk.guide import happenings as h
from calmdesk.guide.call import Call
from calmdesk.guide.handover import LONGEST, Facts, brief, earlier, of_call, stands
from calmdesk.guide.naming import found, meant, only
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Verdict
from calmdesk.guide.promises import next_report

BEGAN = datetime(2026, 11, 21, 19, 2, tzinfo=UTC)


def a_call() -> Call:
    call = Call("contact", "case", "CD-1", BEGAN)
    for happening in (
        h.CallerNamed("Dana Reyes", "Reyes Dance School", "+1 415 555 0134"),
        h.Noted("1", Sign.SAYS, "flyers were due fri"),
        h.AskPut("wants them\nfri morning"),
        h.Offered("o1", "courier", 4500),
        h.VerdictGiven(Verdict.NO),
        h.HeatMarked(4, cold=True),
    ):
        call.add(happening, BEGAN)
    return call


def test_a_brief_is_six_short_lines_made_of_what_is_written_down() -> None:
    assert brief(of_call(a_call(), ["ring back, Thu 26 Nov 12:00"])).splitlines() == [
        "Who: Dana Reyes, Reyes Dance School, +1 415 555 0134",
        "What: flyers were due fri",
        "Ask: wants them fri morning",
        "Tried: courier (no)",
        "Promised: ring back, Thu 26 Nov 12:00",
        "Heat: 4 of 5, cold",
    ]


def test_what_is_not_known_is_said_plainly() -> None:
    assert brief(Facts()).splitlines() == [
        "Who: not known yet",
        "What: not noted",
        "Ask: not asked yet",
        "Tried: nothing offered yet",
        "Promised: nothing",
        "Heat: not marked",
    ]


def test_a_long_story_stays_six_lines() -> None:
    lines = brief(Facts(what=["very " * 100, "long\n" * 50], tried=["x" * 500])).splitlines()
    assert len(lines) == 6
    assert all(len(line) <= LONGEST for line in lines)


def test_a_promise_says_how_it_stands() -> None:
    due = "Tue 24 Nov 15:00"
    assert stands("ring back", "open", due, False) == "ring back, Tue 24 Nov 15:00"
    assert stands("ring back", "open", due, True) == "ring back, Tue 24 Nov 15:00 (not kept yet)"
    assert stands("ring back", "open", "", False) == "ring back"
    for state, words in (("kept", "kept"), ("late", "kept late"), ("missed", "missed")):
        assert stands("ring back", state, due, False) == f"ring back ({words})"


def test_what_is_still_to_do_and_an_earlier_case_have_lines_where_there_are_any() -> None:
    lines = brief(Facts(to_do=["see that it held, Sun 15:00"], earlier="CD-1")).splitlines()
    assert lines[5:7] == ["To do: see that it held, Sun 15:00", "Earlier: CD-1"]


@pytest.mark.parametrize(("asked", "told"), [("a", "b"), ("a" * 300, "b"), ("a", "b c\n" * 90)])
def test_long_words_never_hide_when_the_earlier_case_is_due(asked: str, told: str) -> None:
    line = earlier("CD-261121-7F3K", asked, told, "Tue 24 Nov 15:00")
    written = brief(Facts(earlier=line)).splitlines()[5]
    assert written.startswith("Earlier: CD-261121-7F3K · asked a")
    assert " · told b" in written
    assert written.endswith(", due Tue 24 Nov 15:00")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", []),
        ("li", ["Ana Lindqvist", "Lian Moss"]),
        ("LIND", ["Ana Lindqvist"]),
        ("ana  lindqvist", ["Ana Lindqvist"]),
        ("Ana", ["Ana"]),
        ("moss", ["Lian Moss"]),
        ("zoe", []),
        (".*", []),
    ],
)
def test_a_colleague_is_found_by_the_beginning_of_a_name(typed: str, names: list[str]) -> None:
    assert meant(typed, ["Ana Lindqvist", "Lian Moss", "Ana"]) == names


@dataclass(frozen=True)
class Somebody:
    name: str
    left_at: datetime | None = None


TEAM = [Somebody("Ana Kovač"), Somebody("Ana Lindqvist"), Somebody("Andy Moss", BEGAN)]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("KOVAČ", TEAM[0]),
        ("an", "Which one: Ana Kovač, Ana Lindqvist?"),
        ("mo", "Andy Moss has left; name somebody else."),
        ("[/b]", "Nobody called [/b] is known here; calmdesk team lists everybody."),
    ],
)
def test_one_colleague_is_meant_or_another_name_is_asked_for(
    typed: str, answer: Somebody | str
) -> None:
    assert only(found(typed, TEAM), typed) == answer


def test_who_works_here_is_meant_before_one_who_left() -> None:
    assert found("and", TEAM) == [TEAM[2]]
    assert found("and", [*TEAM, Somebody("Andrea Low")]) == [Somebody("Andrea Low")]


def test_the_next_report_comes_at_the_same_distance_and_never_in_the_past() -> None:
    due = BEGAN + timedelta(days=2)
    assert next_report(BEGAN, due, due) == due + timedelta(days=2)
    late = due + timedelta(days=9)
    assert next_report(BEGAN, due, late) == late + timedelta(days=2)
    soon = BEGAN + timedelta(minutes=20)
    assert next_report(BEGAN, soon, soon) == soon + timedelta(minutes=20)
    told = BEGAN + timedelta(minutes=2)
    assert next_report(told, due, due) == due + timedelta(days=2), "in whole hours"
