"""What they were told, on top of the call in which it is kept or agreed anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from calmdesk.guide.callback import Callback
from calmdesk.guide.english.days import without_year
from calmdesk.guide.promises import has_time
from calmdesk.widgets.stage_pane import Around

if TYPE_CHECKING:
    from calmdesk.records.line_rows import DueLine


def told_line(line: DueLine, back: Callback, around: Around, narrow: bool = False) -> Content:
    """What was told and by when, led by a sign when its time is over. After a new agreement its
    instant stands there, and what they were told first behind it. Where it is narrow each has its
    line."""
    due = back.due or line.due_at
    first = line.first_due_at or line.due_at
    late = not line.follow_up and due <= around.now()
    when = around.told(due) if has_time(due) else "no time was told"
    if due != first and has_time(first):
        then = f"(first told {without_year(around.wall(first))})"
        when = "\n".join([when, then]) if narrow else f"{when} {then}"
    word = "" if line.follow_up else "told: "
    tries = f"\n{line.tries} in vain, last {line.last_try}" if line.tries else ""
    sign = Content.styled("! ", "$error bold") if late else Content("")
    return sign + Content.assemble(
        (f"{word}{line.what}", "bold"),
        "\n" if narrow else " · ",
        (when, "$error bold" if late else ""),
        (tries, "$quiet"),
    )
