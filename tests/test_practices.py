"""Every row of the practices has the test that shows it, or the reason why nothing could."""

import ast
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROWS: list[dict[str, Any]] = tomllib.loads((HERE / "practices.toml").read_text(encoding="utf-8"))[
    "row"
]
IDS = [*(f"S{number}" for number in range(1, 105)), *(f"D{number}" for number in range(1, 15))]
KEYS = {"id", "practice", "tests", "reason", "pending"}
MOST_ROWS = 4
"""Rows that one test may stand for: one that shows everything shows nothing."""

each = pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])


@cache
def functions_of(file: str) -> frozenset[str]:
    """The names of the test functions of a file; none when there is no such file."""
    path = HERE.parent / file
    if not path.is_file():
        return frozenset()
    body = ast.parse(path.read_text(encoding="utf-8")).body
    functions = (it for it in body if isinstance(it, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(it.name for it in functions if it.name.startswith("test_"))


def missing(row: dict[str, Any]) -> list[str]:
    """Tests that a row names and that are nowhere."""
    named = (test.partition("::") for test in row.get("tests", ()))
    return [f"{file}::{name}" for file, _, name in named if name not in functions_of(file)]


def test_every_row_is_there_once_and_in_its_order() -> None:
    assert [row["id"] for row in ROWS] == IDS


@each
def test_a_row_has_its_words_and_either_tests_or_a_reason(row: dict[str, Any]) -> None:
    assert set(row) <= KEYS
    assert row["practice"].strip()
    shown = [
        *row.get("tests", ()),
        *(name for names in row.get("pending", {}).values() for name in names),
    ]
    assert len(set(shown)) == len(shown)
    assert bool(shown) != bool(row.get("reason", "").strip())


@each
def test_every_test_that_a_row_names_is_a_test(row: dict[str, Any]) -> None:
    assert missing(row) == []


def test_a_test_that_is_nowhere_is_noticed() -> None:
    here = "tests/test_practices.py"
    known = f"{here}::test_every_row_is_there_once_and_in_its_order"
    nowhere = [f"{here}::test_of_nothing", "tests/test_none.py::test_it", f"{here}::missing", here]
    assert missing({"tests": [known, *nowhere]}) == [*nowhere[:3], f"{here}::"]


def test_no_test_stands_for_many_rows() -> None:
    counted = Counter(test for row in ROWS for test in row.get("tests", ()))
    assert [test for test, rows in counted.items() if rows > MOST_ROWS] == []


def test_nothing_is_pending() -> None:
    assert {row["id"]: row["pending"] for row in ROWS if "pending" in row} == {}
