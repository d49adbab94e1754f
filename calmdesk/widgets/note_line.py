"""The note line: where everything is typed, in every stage, one keystroke from the disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widgets import Input, Static

from calmdesk.guide.commands import Command, find, offered
from calmdesk.guide.notes import Sign, sign_at
from calmdesk.widgets.field import Field

HEAT_KEYS = ("1", "2", "3", "4", "5", "c")
ARMED = 2.0
"""Seconds in which a digit after ctrl+t is the heat."""


class NoteInput(Field):
    """The input itself. Armed by ctrl+t, it lets the next heat digit pass to the screen."""

    BINDINGS = [
        Binding(
            "up",
            "earlier",
            "mend the last note",
            show=False,
            id="note.mend",
            tooltip="On an empty line: write the last note anew",
        ),
        Binding(
            "down",
            "later",
            "next command",
            show=False,
            id="note.down",
            tooltip="In the list of commands: the next one",
        ),
        Binding(
            "tab",
            "complete",
            "complete the command",
            show=False,
            id="note.complete",
            tooltip="Complete the command that is marked; else go on to the form",
        ),
    ]

    @dataclass
    class Entered(Message):
        """Enter was pressed; the line is already empty again."""

        line: str

    armed = False
    """Whether the next key may be a heat digit."""
    _disarm: Timer | None = None

    def arm(self) -> None:
        """Let one heat digit pass; any other key, or two seconds, take it back."""
        self.armed = True
        if self._disarm is not None:
            self._disarm.stop()
        self._disarm = self.set_timer(ARMED, self.disarm)

    def disarm(self) -> None:
        """Take every key again."""
        if self.armed:
            self.armed = False
            self.post_message(NoteLine.Disarmed())

    def check_consume_key(self, key: str, character: str | None) -> bool:
        if self.armed and key in HEAT_KEYS:
            return False
        return super().check_consume_key(key, character)

    def post_message(self, message: Message) -> bool:
        """A key that reaches the line was no heat digit: it is disarmed before the next key."""
        if isinstance(message, events.Key):
            self.disarm()
        return super().post_message(message)

    unkept = ""
    """A line that was entered and is not handed to the record yet: it still counts as half typed,
    so that no draft of an empty line gets there before the note."""

    async def entered(self) -> None:
        line = self.value
        self.unkept = line
        self.value = ""
        self.post_message(self.Entered(line))

    def action_earlier(self) -> None:
        self.post_message(NoteLine.Walked(-1))

    def action_later(self) -> None:
        self.post_message(NoteLine.Walked(1))

    def action_complete(self) -> None:
        self.post_message(NoteLine.Completed())


class NoteLine(Vertical):
    """Help, the list of commands while a slash is typed, and the line."""

    DEFAULT_CSS = """
    NoteLine { height: auto; padding: 0 1; }
    NoteLine #note-help { height: auto; max-height: 3; color: $quiet; }
    NoteLine #note-commands {
        height: auto; max-height: 10; display: none; background: $surface;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    NoteLine NoteInput { border: none; height: 1; padding: 0; background: $surface; }
    NoteLine NoteInput:focus { border: none; background: $panel; }
    """

    HELPS = (
        "$ ask  ! fact  + promise  ? later  * stake  = offer  @ who  / commands",
        "$ ask  ! fact  + promise  ? later  / more",
        "$ ask  ! fact  + promise  / more",
    )
    """The usual help, for less and less room."""

    hint: reactive[str] = reactive("")
    """What stands above the line in place of the usual help; '' for the usual."""

    @dataclass
    class Entered(Message):
        """A line was entered; never empty."""

        line: str

    @dataclass
    class Walked(Message):
        """Up (-1) or down (1) was pressed in the line."""

        step: int

    class Completed(Message):
        """Tab was pressed in the line."""

    class Disarmed(Message):
        """The heat digit did not come."""

    class LeftForForm(Message):
        """Tab was pressed where there is nothing to complete: on to the form."""

    class MendWanted(Message):
        """Up was pressed on an empty line."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._offered: Sequence[Command] = ()
        self._marked = 0
        self.returned = ""
        """The line that was given back because something is wrong with it; '' when none was."""
        self._helped = ""
        """What stands as help: drawn anew only when it changes."""

    def compose(self) -> ComposeResult:
        yield Static(id="note-commands", markup=False)
        yield Static(self.HELPS[0], id="note-help", markup=False)
        yield NoteInput(placeholder="what they say", id="note")

    @property
    def input(self) -> NoteInput:
        """The input itself."""
        return self.query_one(NoteInput)

    def on_resize(self) -> None:
        self._help()

    def watch_hint(self) -> None:
        self._help()

    def on_input_changed(self, event: Input.Changed) -> None:
        line = event.value
        before = self._offered
        self._offered, self._marked = offered(line), 0
        if self._offered or before:
            self._commands()
        self._help()

    def _help(self) -> None:
        if not self.is_mounted:
            return
        line = self.input.value
        sign = sign_at(line)
        typed = find(line)
        words = self.hint
        if not words and sign is not None:
            words = f"{sign.value}  {sign.help}" if sign is not Sign.SAYS else ""
        elif not words and typed is not None and " " in line:
            takes = f": {typed.command.takes}" if typed.command.takes else ""
            words = f"/{typed.command.word}  {typed.command.help}{takes}"
        room = self.size.width - 2
        usual = next((it for it in self.HELPS if len(it) <= room), self.HELPS[-1])
        if (words or usual) != self._helped:
            self._helped = words or usual
            self.query_one("#note-help", Static).update(Content(self._helped))

    def _commands(self) -> None:
        box = self.query_one("#note-commands", Static)
        box.display = bool(self._offered)
        if not self._offered:
            return
        most = box.styles.max_height
        height = int(most.value) if most is not None else len(self._offered)
        first = max(0, min(self._marked - height // 2, len(self._offered) - height))
        lines = []
        for place, command in enumerate(self._offered[first : first + height], first):
            marked = place == self._marked
            takes = f" {command.takes}" if command.takes else ""
            lines.append(
                Content.assemble(
                    ("▸ " if marked else "  ", "bold"),
                    (f"/{command.word:<10}", "bold $primary"),
                    (command.help, "bold" if marked else ""),
                    (takes, "$quiet"),
                )
            )
        box.update(Content("\n").join(lines))

    def on_note_line_walked(self, event: Walked) -> None:
        event.stop()
        if self._offered:
            self._marked = (self._marked + event.step) % len(self._offered)
            self._commands()
        elif event.step < 0 and not self.input.value:
            self.post_message(self.MendWanted())

    def on_note_line_completed(self, event: Completed) -> None:
        event.stop()
        if self._offered:
            self.write(f"/{self._offered[self._marked].word} ")
        else:
            self.post_message(self.LeftForForm())

    def write(self, line: str, cursor: int | None = None) -> None:
        """Put text into the line, the cursor behind it or at a place."""
        self.input.value = line
        self.input.cursor_position = len(line) if cursor is None else cursor

    def on_note_input_entered(self, event: NoteInput.Entered) -> None:
        event.stop()
        line = event.line.strip()
        if line == "/":
            self.give_back("/")  # the list stands there: one is to be chosen
            return
        matching = offered(line)
        if matching and find(line) is None:
            command = matching[min(self._marked, len(matching) - 1)]
            line = f"/{command.word}"
            if command.takes:
                self.give_back(f"{line} ")
                return
        if not line:
            self.input.unkept = ""
            return
        self.hint = ""
        self.post_message(self.Entered(line))

    def give_back(self, line: str, trouble: str = "") -> None:
        """Put an entered line back to be mended, unless something was typed meanwhile; what is
        wrong with it stands above it until it is changed."""
        self.input.unkept = ""
        if not self.input.value:
            self.returned = line if trouble else ""
            self.write(line)
        self.hint = trouble
