"""An agent who writes, a supervisor who reads and an open Day, each in a process of its own, at one
file. Ten seconds of it here; `python -m tests.two_at_one_file` takes a minute."""

from pathlib import Path

import pytest

from tests import two_at_one_file
from tests.two_at_one_file import judge


@pytest.mark.timeout(600)  # three programs are started
def test_a_supervisor_sees_within_a_second_what_an_agent_keeps(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = two_at_one_file.run(10, tmp_path)
    with capsys.disabled():
        print(f"\n{report}")  # noqa: T201
    assert report.troubles == []
    assert report.kept > 20
    assert report.looks > 3  # a busy machine looks less often, and what is stale is judged
    assert report.cases > 3


@pytest.mark.parametrize(
    ("seen_after", "starved", "troubles"),
    [(0.4, 0.0, 0), (1.5, 0.0, 1), (1.5, 1.2, 0), (2.5, 1.2, 1)],
)
def test_a_late_look_is_found_unless_no_processor_was_free(
    seen_after: float, starved: float, troubles: int
) -> None:
    kept = [{"number": number, "at": 10.0 + number} for number in (1, 2, 3)]
    looks = [
        {"number": 0, "at": 10.5, "starved": 7.0},
        {"number": 1, "at": 11.2, "starved": 7.0},
        {"number": 2, "at": 12.9, "starved": 7.0},
        {"number": 3, "at": 13.0 + seen_after, "starved": 7.0 + starved},
    ]
    stalest, told = judge("word", kept, looks)
    assert len(told) == troubles
    assert stalest == pytest.approx(max(0.9, seen_after - starved))


def test_what_is_never_seen_is_found() -> None:
    looks = [{"number": 1, "at": 10.0, "starved": 0.0}]
    assert judge("word", [{"number": 2, "at": 11.0}], looks)[1] == ["word 2 was never seen"]
