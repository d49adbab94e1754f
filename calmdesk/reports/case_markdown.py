"""A case as Markdown, to be pasted into a ticket or printed: nothing that a person said in it is
more than text."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from calmdesk.reports.markdown import plain

if TYPE_CHECKING:
    from calmdesk.records.read_lines import Line

_BEGINS = re.compile(r"^(\d*)([-+.)])")
"""What would begin a list or a rule where a line begins."""


def case_markdown(lines: "Sequence[Line]") -> str:
    """The lines of a case, as `records.reading` has them: titles and days as headings, what belongs
    side by side as a table, all else as lists."""
    blocks: list[str] = []
    items: list[str] = []
    for place, line in enumerate(lines):
        right = lines[place + 1] if place + 1 < len(lines) and lines[place + 1].beside else None
        if line.beside or not line.words:
            continue
        if line.label.strip() and line.tone.value != "title" and right is None:
            items.append(f"- **{plain(line.label)}** {_said(line)}")
        elif line.label and not line.label.strip() and items:
            items[-1] += f"  \n  {_under(line)}"
        else:
            blocks += ["\n".join(items), _heading(line) if right is None else _pair(line, right)]
            items = []
    return "\n\n".join(block for block in [*blocks, "\n".join(items)] if block) + "\n"


def _said(line: "Line") -> str:
    return f"! {plain(line.words)}" if line.tone.value == "alert" else plain(line.words)


def _under(line: "Line") -> str:
    """A line under the words of an item: it begins nothing of its own."""
    if line.tone.value == "bar":
        return f"`{line.words}`"
    return _BEGINS.sub(r"\1\\\2", _said(line))


def _heading(line: "Line") -> str:
    label = f"{plain(line.label)} · " if line.label.strip() else ""
    if line.tone.value != "title":
        return f"### {label}{_said(line)}"
    return f"{'#' if label else '##'} {label}{_said(line)}"


def _pair(left: "Line", right: "Line") -> str:
    rows = ([plain(left.label), plain(right.label)], ["---", "---"], [_said(left), _said(right)])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
