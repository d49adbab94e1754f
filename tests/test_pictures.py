"""The pictures show the program as it is."""

import json
import re
from pathlib import Path

import pytest

from screenshots import take

PICTURES = sorted(take.HERE.glob("*.svg"))
recorded = json.loads(take.VERSIONS.read_text(encoding="utf-8"))


@pytest.mark.skipif(
    recorded != take.versions(),
    reason=f"taken with {recorded}, here are {take.versions()}: they draw differently",
)
@pytest.mark.parametrize("sitting", take.SITTINGS, ids=lambda it: it.file(it.names[0]))
async def test_no_picture_is_stale(sitting: take.Sitting) -> None:
    pictures = await sitting.take()
    assert take.stale(pictures) == [], "python -m screenshots.take takes them anew"


def test_every_picture_is_of_a_scene() -> None:
    files = [sitting.file(name) for sitting in take.SITTINGS for name in sitting.names]
    assert sorted(files) == [file.name for file in PICTURES]


def test_a_scene_that_is_not_there_is_told_with_those_that_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["take", "cause", "cuase"])
    with pytest.raises(SystemExit, match="2"):
        take.main()
    told = " ".join(capsys.readouterr().err.split())
    assert re.search(r"no such scene: cuase; there are .*cause, close-case", told)


@pytest.mark.parametrize("file", PICTURES, ids=lambda file: str(file.stem))
def test_a_picture_fetches_nothing(file: Path) -> None:
    svg = file.read_text(encoding="utf-8")
    addresses = set(re.findall(r"https?://[^\s\"'<>)]+", svg))
    assert addresses <= {"http://www.w3.org/2000/svg"}, "only the name of SVG itself"
    assert "@font-face" not in svg
    assert "@import" not in svg
