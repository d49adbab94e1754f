"""What every stage's pane shares: it shows a call, and tells what happened in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Input, TextArea

from calmdesk.guide.call import Call
from calmdesk.guide.happenings import Happening, Offered
from calmdesk.guide.outcome import spoken_time
from calmdesk.guide.playbook import Playbook
from calmdesk.guide.remedies import read_offer
from calmdesk.guide.times import Reading, read, spell, without_time
from calmdesk.settings import Settings
from calmdesk.widgets.field import Field


@dataclass
class Around:
    """What a pane needs to know of the world: words, settings, and the agent's own clock."""

    settings: Settings
    playbook: Playbook
    wall: Callable[[datetime | None], datetime]
    """An instant, or now, as naive local time."""
    instant: Callable[[datetime], datetime]
    """The UTC instant of a naive local time."""
    new_id: Callable[[], str]
    direct_line: str = ""
    email: str = ""
    had: tuple[str, ...] = ()
    """What this customer was given in earlier cases."""

    def read(self, text: str) -> Reading | None:
        """A typed time, read by the grammar."""
        return read(text, self.wall(None), self.settings.hours)

    def offer(self, text: str, offer_id: str = "") -> Offered:
        """An offer as typed, with its amount and the remedy that it is."""
        words = read_offer(text, self.read(text), self.settings.currency, self.playbook.remedies)
        return Offered(offer_id or self.new_id(), words.text, words.amount, words.remedy)

    def spoken(self, text: str) -> str:
        """A text with the time in it said in full: `courier fri 9` is `courier Friday ...`."""
        when = self.read(text)
        if when is None or text[when.start : when.end].lower() in ("today", "tonight", "tomorrow"):
            return text
        return f"{text[: when.start]}{spoken_time(when.wall)}{text[when.end :]}"

    def promise(self, text: str) -> tuple[str, datetime | None]:
        """A promise as typed: what, without its time, and the UTC instant of its time, if read."""
        when = self.read(text)
        if when is None:
            return text.strip(), None
        return without_time(text, when), self.instant(when.wall)

    def spell(self, wall: datetime) -> str:
        """A local time shown back in full."""
        return spell(wall, self.wall(None))


class StagePane(VerticalScroll, can_focus=False):
    """A form over the live call. It writes nothing itself: it posts what happened."""

    DEFAULT_CSS = """
    StagePane { height: 1fr; padding: 0; }
    """

    @dataclass
    class Happened(Message):
        """Something happened, by way of this form."""

        happening: Happening

    def __init__(
        self, call: Call, around: Around, drafts: Mapping[str, str], id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.call = call
        self.around = around
        self.drafts = drafts
        """Half-typed text of its fields, kept from before a restart."""

    def show(self) -> None:
        """Show the call as it now stands."""

    def did(self, happening: Happening) -> None:
        """Tell that something happened."""
        self.post_message(self.Happened(happening))

    def take(self, event: Input.Submitted) -> None:
        """Empty a field whose line was dealt with; what was typed meanwhile stays."""
        if isinstance(event.input, Field):
            event.input.take(event.value)

    def draft(self, field: str, otherwise: str = "") -> str:
        """The half-typed text of a field, or what it starts with."""
        return self.drafts.get(field) or otherwise


def put_text(field: Input | TextArea, text: str) -> None:
    """Set a field's text without its cursor jumping when nothing changed."""
    if isinstance(field, Input):
        if field.value != text:
            field.value = text
    elif field.text != text:
        field.text = text
