"""A report as Markdown: tables, and nothing that a customer said is more than text."""

import re
from collections.abc import Iterable, Iterator, Sequence

from calmdesk.reports.page import Page, Section, Table
from calmdesk.reports.tables import as_table
from calmdesk.words import one_line

_MARKS = re.compile(r"[\\`*_\[\]<>|&~$@#^={}]|(?<=:)//|(?<=www)\.")


def markdown(page: Page) -> str:
    """The page, its charts as tables of their numbers."""
    lines = [f"# {plain(page.title)}", ""]
    lines += ["  \n".join(plain(line) for line in page.about), ""]
    for section in page.sections:
        lines += [f"## {plain(section.title)}", "", *_section(section)]
    return "\n".join(lines).rstrip("\n") + "\n"


def plain(text: str) -> str:
    """A text on one line that Markdown leaves as it is: no link, no tag, no cell of its own, no
    formula, nobody mentioned."""
    return _MARKS.sub(lambda found: "".join(f"\\{sign}" for sign in found[0]), one_line(text))


def _section(section: Section) -> Iterator[str]:
    if section.figures:
        rows = [(it.label, it.words, it.how) for it in section.figures]
        explained = any(it.how for it in section.figures)
        heads = ("figure", "", "what is counted") if explained else ("figure", "")
        yield from _table(heads, [row[: len(heads)] for row in rows])
    for chart in section.charts:
        yield from _titled(as_table(chart))
    for table in section.tables:
        yield from _titled(table)
    for sentence in section.says:
        yield from (plain(sentence), "")


def _titled(table: Table) -> Iterator[str]:
    yield from (f"### {plain(table.title)}", "")
    yield from _table(table.heads, table.rows, table.numbers)


def _table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: frozenset[int] = frozenset()
) -> Iterator[str]:
    yield _row(heads)
    yield _row(["--:" if place in numbers else "---" for place in range(len(heads))], typed=False)
    yield from map(_row, rows)
    yield ""


def _row(values: Sequence[str], typed: bool = True) -> str:
    return f"| {' | '.join(plain(value) if typed else value for value in values)} |"
