"""Until when is the reminder put off? One key each; what was told stays as it is."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from calmdesk.guide.english.days import short, without_year
from calmdesk.screens.box import Box
from calmdesk.widgets.field import Field
from calmdesk.widgets.stage_pane import Around

if TYPE_CHECKING:
    from calmdesk.records.line_rows import DueLine
    from calmdesk.screens.workplace import Workplace

MORNING = time(9)
"""When tomorrow's reminder comes, on the agent's wall."""


class PutOff(Box[datetime]):
    """Answers the instant of the reminder."""

    DEFAULT_CSS = """
    PutOff > .box { width: 60; }
    PutOff Input { border: none; height: 1; padding: 0 1; background: $background; display: none; }
    PutOff Input:focus { border: none; }
    PutOff.-typing Input { display: block; }
    """

    BINDINGS = [
        Binding("1", "choose('minutes')", "+10 min", id="off.minutes", tooltip="In ten minutes"),
        Binding("2", "choose('hour')", "+1 h", id="off.hour", tooltip="In an hour"),
        Binding(
            "3", "choose('tomorrow')", "tomorrow", id="off.tomorrow", tooltip="Tomorrow at nine"
        ),
        Binding("t", "choose('type')", "type", id="off.type", tooltip="Type a time"),
        Binding("escape", "leave", "leave it", id="off.leave", tooltip="Change nothing"),
    ]

    def __init__(self, place: Workplace, line: DueLine) -> None:
        super().__init__()
        self.place = place
        self.around = Around(
            place.settings, place.words(), place.wall, place.instant, place.now, place.new_id
        )
        self._line = line
        self._doubted = ""
        """The choice, or the words typed, that were asked about: the same again is meant."""

    def compose(self) -> ComposeResult:
        wall, now = self.place.wall, self.place.wall()
        words = {"minutes": "+10 min", "hour": "+1 h", "tomorrow": "tomorrow"}
        options = [
            (name, f"{key}  {words[name]:<9} {short(wall(self._until(name)), now)}")
            for key, name in enumerate(words, 1)
        ]
        told = f"Told for {short(wall(self._line.due_at), now)}: that stays."
        with Vertical(classes="box"):
            yield Static("Put the reminder off", classes="box-title", markup=False)
            yield OptionList(
                *(Option(Content(shown), id=name) for name, shown in options),
                Option(Content("t  another time"), id="type"),
                markup=False,
            )
            yield Field(placeholder="16:00, mon 9, +2h", id="off-until")
            hint = told if self._line.timed else ""
            yield Static(hint, id="off-hint", classes="box-hint", markup=False)
            yield Static("escape changes nothing", classes="box-hint", markup=False)

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    def _until(self, name: str) -> datetime:
        """The instant of a choice; minutes and hours are real ones, whatever the clocks do."""
        now, wall = self.place.now(), self.place.wall()
        if name == "tomorrow":
            return self.place.instant(datetime.combine(wall.date() + timedelta(days=1), MORNING))
        return now + (timedelta(hours=1) if name == "hour" else timedelta(minutes=10))

    def action_choose(self, name: str) -> None:
        if name == "type":
            self.add_class("-typing")
            self.query_one(Field).focus()
        else:
            choices = self.query_one(OptionList)
            choices.highlighted = choices.get_option_index(name)
            self._take(self._until(name), name)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_choose(event.option.id or "")

    def on_input_changed(self, event: Input.Changed) -> None:
        reading = self.around.read(event.value)
        if event.value:
            self._hint(self.around.spell(reading.wall) if reading else "when?")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """A time that cannot be read, or is over, is said so; what was typed stays."""
        event.stop()
        reading = self.around.read(event.value)
        until = self.around.due(reading) if reading else None
        if until is None:
            self._hint("That is no time; write it as 16:00, mon 9 or +2h.")
        elif until <= self.place.now():
            self._hint("That time is over; a reminder needs one that is still to come.")
        else:
            self._take(until, event.value)

    def _take(self, until: datetime, chosen: str) -> None:
        """Answer; a time that is easily a slip is asked about once."""
        doubt = "" if self._doubted == chosen else self._doubt(until)
        if doubt:
            self._doubted = chosen
            self._hint(f"{doubt}; enter again puts it off all the same.")
        else:
            self.leave(until)

    def _doubt(self, until: datetime) -> str:
        """Why nobody may mean so late a time; '' when nothing speaks against it."""
        line, wall, now = self._line, self.place.wall, self.place.now()
        if line.timed and now < line.due_at < until:
            whose = "its time" if line.follow_up else "what they were told"
            return f"That is after {whose}, {short(wall(line.due_at), wall(now))}"
        if until > self.place.near_until():
            return f"That is {without_year(wall(until))}, after the next working day"
        return ""

    def _hint(self, words: str) -> None:
        self.query_one("#off-hint", Static).update(words)
