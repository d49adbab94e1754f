"""Killed at random moments, in a real pseudo-terminal, fifteen times."""

import sys
from pathlib import Path

import pytest

from tests import soak


@pytest.mark.timeout(900)  # fifteen starts
@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is POSIX's")
def test_fifteen_kills_lose_no_note_and_at_most_a_quarter_of_a_second(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = soak.run(kills=15, seed=2, home=tmp_path)
    with capsys.disabled():
        print(f"\n{report}")  # noqa: T201
    assert report.ok, report
