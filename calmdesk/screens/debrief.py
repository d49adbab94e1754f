"""After a practice call: how it went, over time and in words."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from calmdesk.guide.listening import minutes
from calmdesk.guide.practice.caller import Moment
from calmdesk.guide.practice.debrief import Debrief, spoken_heat
from calmdesk.widgets.key_line import KeyLine
from calmdesk.widgets.title_line import TitleLine

MARGIN = 20
"""Columns of a curve's row that are not the curve."""


class DebriefScreen(Screen[None]):
    """The curve, what raised it and lowered it, what to try, how else it could have been won."""

    DEFAULT_CSS = """
    DebriefScreen VerticalScroll { height: 1fr; padding: 0 2; }
    DebriefScreen Static { height: auto; }
    """

    BINDINGS = [
        Binding("a", "choose('again')", "again", id="debrief.again", tooltip="The same call again"),
        Binding(
            "o", "choose('other')", "another", id="debrief.other", tooltip="Another practice call"
        ),
        Binding("q,escape", "choose('')", "leave", id="debrief.leave", tooltip="Leave practice"),
    ]

    class Chosen(Message):
        """What comes next: again, other, or nothing."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    def __init__(self, debrief: Debrief, taken: str) -> None:
        """`taken` is the way that was taken; '' when none was."""
        super().__init__()
        self._debrief = debrief
        self._taken = taken

    def compose(self) -> ComposeResult:
        yield TitleLine(f"How it went: {self._debrief.scenario.title}")
        with VerticalScroll():
            yield Static(id="debrief", markup=False)
        yield KeyLine()

    def on_resize(self) -> None:
        columns = self.size.width - MARGIN
        self.query_one("#debrief", Static).update(Content("\n").join(self._lines(columns)))

    def action_choose(self, what: str) -> None:
        self.post_message(self.Chosen(what))

    def _lines(self, columns: int) -> list[Content]:
        it = self._debrief
        sign = "✓" if it.ending.won else "·"
        lines = [
            Content.styled(f"\n{sign} {it.ended}", "bold $success" if it.ending.won else "bold"),
            Content(self._listening()),
            _title("Heat"),
            *(Content(row) for row in it.curve(columns)),
            Content.styled("● theirs  ○ what you marked  ▲ raised  ▼ lowered", "$quiet"),
        ]
        lines += [Content(words) for words in self._estimates()]
        lines += _moments("What raised it", it.raised, "Nothing did.", it.last_straw)
        lines += _moments("What lowered it", it.lowered, "Nothing yet.")
        lines += _list("To try", it.tries())
        ways = "It could also be won like this" if self._taken else "It could be won like this"
        lines += _list(ways, it.ways(self._taken))
        lines.append(Content.styled(f"\n{it.scenario.lesson}", "$quiet"))
        return lines

    def _listening(self) -> str:
        it = self._debrief
        often = {0: "They were not interrupted.", 1: "They were interrupted once."}
        broken = often.get(it.interruptions, f"They were interrupted {it.interruptions} times.")
        return f"{minutes(it.seconds)} on the line, {minutes(it.listened)} listening. {broken}"

    def _estimates(self) -> list[str]:
        marked = self._debrief.estimates()
        if not marked:
            return ["You marked no heat (ctrl+t and a digit); it helps to see it fall."]
        told = [
            f"{minutes(mark.second)} you {mark.level}, they {theirs}" for mark, theirs in marked
        ]
        return [f"Your estimate: {'; '.join(told)}."]


def _title(words: str) -> Content:
    return Content.styled(f"\n{words}", "bold $primary")


def _moments(
    title: str, moments: Sequence[Moment], none: str, last_straw: Moment | None = None
) -> list[Content]:
    rows = [
        Content.assemble(
            (f"{minutes(it.second):>5}  ", "$quiet"),
            ("▲ " if it.change > 0 else "▼ ", "$warning" if it.change > 0 else "$success"),
            (f"{spoken_heat(it.before)} → {spoken_heat(it.after)}", "$quiet"),
            (", they hung up  " if it is last_straw else "  ", "$quiet"),
            it.why,
        )
        for it in moments
    ]
    return [_title(title), *(rows or [Content.styled(none, "$quiet")])]


def _list(title: str, lines: Sequence[str]) -> list[Content]:
    return [_title(title), *(Content(f"· {line}") for line in lines)] if lines else []
