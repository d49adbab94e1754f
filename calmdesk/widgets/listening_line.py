"""The listening line: how long they have been telling it. It is no deadline and never fills (D8)."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from calmdesk.guide.listening import BRIDGE_MARK, FIRST_MARK, minutes


class ListeningLine(Widget):
    """Counts up, open-ended, with quiet ticks at 2:00 and 5:00."""

    DEFAULT_CSS = """
    ListeningLine { height: 1; padding: 0 1; color: $quiet; }
    """

    seconds: reactive[int] = reactive(0)
    """Whole seconds listened."""

    def render(self) -> Content:
        words = f"listening {minutes(self.seconds)} "
        room = self.content_size.width - len(words)
        reach = max(BRIDGE_MARK * 1.2, self.seconds * 1.2)
        line = ["─"] * max(0, room)
        for mark in (FIRST_MARK, BRIDGE_MARK):
            place = int(mark / reach * room)
            label = f"┬{minutes(mark)}"
            line[place : place + len(label)] = label
        place = min(room - 1, int(self.seconds / reach * room))
        if 0 <= place < len(line):
            line[place] = "●"
        return Content.assemble((words, "$foreground"), "".join(line[:room]))
