"""Where the call stands: the six stages, free to jump, and what this one is for."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from calmdesk.guide.call import Call
from calmdesk.guide.stages import STAGES, Stage

_NARROW = 60


class StageBar(Widget):
    """Two lines: the stages with the heat, then the aim of the stage and what to leave for later."""

    DEFAULT_CSS = """
    StageBar { height: auto; padding: 0 1; }
    """

    stage: reactive[Stage] = reactive(Stage.LISTEN, layout=True)
    """Where the call stands."""
    stages: tuple[Stage, ...] = STAGES
    """Those of this call."""
    heat: reactive[tuple[str, str]] = reactive(("", ""))
    """The heat in words, and what is said of it where there is room."""

    @dataclass
    class Chosen(Message):
        """A stage was clicked."""

        stage: Stage

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._spots: list[tuple[int, int, Stage]] = []

    def render(self) -> Content:
        width = self.content_size.width
        bar = self._short() if width < _NARROW else self._whole()
        heat, more = self.heat
        room = width - bar.cell_length
        whole = f"{heat} {more}".rstrip()
        words = whole if len(whole) < room else heat
        gap = Content(" " * max(1, room - len(words)))
        lines = [bar + gap + Content.styled(words, "$warning"), Content(self.stage.aim)]
        if self.stage.later:
            later = Content.styled(f"leave for later: {self.stage.later}", "$quiet")
            if width < _NARROW:
                lines.append(later)
            else:
                lines[-1] += Content("  ") + later
        return Content("\n").join([line.truncate(width, ellipsis=True) for line in lines])

    def _short(self) -> Content:
        self._spots = []
        return Content.assemble(
            (f"{self.stage.number}/6 " if self.stage.number else "", "$quiet"),
            (self.stage.label, "bold $primary"),
        )

    def _whole(self) -> Content:
        self._spots = []
        line = Content("")
        for stage in self.stages:
            here = stage is self.stage
            words = f"[{stage.label}]" if here else f" {stage.label} "
            self._spots.append((line.cell_length, line.cell_length + len(words), stage))
            line += Content.styled(words, "bold $primary" if here else "$quiet")
        return line

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or offset.y:
            return
        for first, last, stage in self._spots:
            if first <= offset.x < last:
                self.post_message(self.Chosen(stage))


def heat_words(call: Call) -> tuple[str, str]:
    """`heat 4` and `was 5`; `heat 3 cold`; a question and its key while nothing was marked."""
    if call.heat is None:
        return "heat ?", "ctrl+t 1-5"
    words = f"heat {call.heat.level}{' cold' if call.heat.cold else ''}"
    before = [mark.level for mark in call.heats[:-1] if mark.level != call.heat.level]
    return words, f"was {before[-1]}" if before else ""
