"""What every stage's pane shares: it shows a call, and tells what happened in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual import on
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Input, TextArea

from calmdesk.clock import instant
from calmdesk.guide import next_step
from calmdesk.guide.call import Call
from calmdesk.guide.english.deadline import is_deadline
from calmdesk.guide.english.their_time import says_theirs
from calmdesk.guide.english.times import Reading, dated, read, spell, without_time
from calmdesk.guide.happenings import FollowUpSet, Happening, Offered
from calmdesk.guide.naming import found, only
from calmdesk.guide.outcome import said_to
from calmdesk.guide.playbook import Playbook
from calmdesk.guide.remedies import read_offer
from calmdesk.guide.zones import beside, place, wall_there
from calmdesk.settings import Settings
from calmdesk.widgets.dial_line import HandOver
from calmdesk.widgets.field import Field

if TYPE_CHECKING:
    from calmdesk.records.call_rows import Errand
    from calmdesk.records.people_rows import Colleague


@dataclass
class Around:
    """What a pane needs to know of the world: words, settings, and the agent's own clock."""

    settings: Settings
    playbook: Playbook
    wall: Callable[[datetime | None], datetime]
    """An instant, or now, as naive local time."""
    instant: Callable[[datetime], datetime]
    """The UTC instant of a naive local time."""
    now: Callable[[], datetime]
    """This instant, in UTC."""
    new_id: Callable[[], str]
    direct_line: str = ""
    email: str = ""
    had: tuple[str, ...] = ()
    """What this customer was given in earlier cases."""
    zone: str = ""
    """The customer's time zone, such as Europe/London; '' when it is not known."""
    team: tuple[Colleague, ...] = ()
    """Everybody to whom something can be handed."""
    errand: Errand | None = None
    """What an outgoing call is for; None when they rang us."""
    awaited: Callable[[], Mapping[str, datetime]] = dict
    """What they were told on the case before this call and still wait for: the instant by the
    promise's id."""
    handed: Callable[[], HandOver] = lambda: HandOver.OURS
    """Whose hands the number is in that is to be rung."""

    def read(self, text: str) -> Reading | None:
        """A typed time, read by the grammar; None also for one on their wall while their zone is
        not known."""
        now, hours = self.wall(None), self.settings.hours
        there = wall_there(self.now(), self.zone) if says_theirs(text) else None
        if there is not None:
            reading = read(text, there, hours)  # their today may be another day than mine
            if reading is not None and reading.theirs:
                return reading
        reading = read(text, now, hours)
        return None if reading is not None and reading.theirs else reading

    def ask(self, text: str, usual: str) -> str:
        """What to ask for when a typed time was not read."""
        refused = says_theirs(text) and place(self.zone) is None
        return "Their zone is not known: name your own time." if refused else usual

    def deadline(self, stake: str) -> datetime | None:
        """The instant at which it is too late for them, if a stake note names one."""
        when = self.read(stake)
        return self.due(when) if when is not None and is_deadline(stake, when) else None

    def offer(self, text: str, offer_id: str = "") -> Offered:
        """An offer as typed, with its amount and the remedy that it is."""
        words = read_offer(text, self.read(text), self.settings.currency, self.playbook.remedies)
        return Offered(offer_id or self.new_id(), words.text, words.amount, words.remedy)

    def spoken(self, text: str) -> str:
        """A text with the time in it said in full: `courier fri 9` is `courier Friday ...`. Where
        it names no day, it stays as typed: a date would promise more than was offered."""
        when = self.read(text)
        if (
            when is None
            or not when.day
            or text[when.start : when.end].lower() in ("today", "tonight", "tomorrow")
        ):
            return text
        return f"{text[: when.start]}{self.aloud(self.due(when))}{text[when.end :]}"

    def aloud(self, due: datetime) -> str:
        """A due instant as it is said to the customer: on their own wall when that is another."""
        return said_to(self.wall(due), wall_there(due, self.zone))

    def promise(self, text: str) -> tuple[str, datetime | None]:
        """A promise as typed: what, without its time, and the UTC instant of its time, if read."""
        when = self.read(text)
        if when is None:
            return text.strip(), None
        return without_time(text, when), self.due(when)

    def follow_up(self, typed: str, follow_up_id: str) -> FollowUpSet | str:
        """A follow-up as typed, `fri 11`, or `fri 11 @Ana` for somebody else's; a sentence when it
        cannot be."""
        when, _, name = typed.partition("@")
        reading = self.read(when)
        if reading is None:
            return self.ask(when, "when? e.g. fri 11, or fri 11 @Ana for a colleague")
        due = self.due(reading)
        if not name.strip():
            return FollowUpSet(follow_up_id, due)
        owner = only(found(name, self.team), name.strip())
        if isinstance(owner, str):
            return owner
        if owner.me:
            return FollowUpSet(follow_up_id, due)
        return FollowUpSet(follow_up_id, due, owner_id=owner.id, owner=owner.name)

    def due(self, reading: Reading) -> datetime:
        """The UTC instant of a reading; hours counted from now are real hours."""
        if reading.ahead is not None:
            return self.now().replace(second=0, microsecond=0) + reading.ahead
        there = place(self.zone) if reading.theirs else None
        return self.instant(reading.wall) if there is None else instant(reading.wall, there)

    def next_morning(self, rung: bool = True) -> datetime:
        """The instant at which a next step is due unless another time is named (S103). A step in
        which the customer is not rung need not wait until it is day for them."""
        wall, hours = self.wall(None), self.settings.hours
        if not rung:
            return self.instant(next_step.next_morning(wall, hours))
        return self.instant(next_step.next_morning(wall, hours, self.theirs))

    def usual_follow_up(self) -> datetime:
        """The instant at which somebody looks whether it held, unless another is named (S15)."""
        hours = self.settings.hours
        return self.instant(next_step.usual_follow_up(self.wall(None), hours, self.theirs))

    def theirs(self, wall: datetime) -> datetime | None:
        """A naive local time on the customer's wall; None while their zone is not known."""
        return wall_there(self.instant(wall), self.zone)

    def told(self, due: datetime) -> str:
        """A due instant shown back in full, and on the customer's wall where that is another."""
        mine = self.wall(due)
        theirs = beside(mine, wall_there(due, self.zone))
        return f"{self.spell(mine)} · {theirs}" if theirs else self.spell(mine)

    def dated(self, due: datetime) -> str:
        """A due instant in words that stay true when they are read later."""
        return dated(self.wall(due), self.wall(None))

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

    @dataclass
    class Settled(Message):
        """What was half written in a field is dealt with."""

        field: str

    def __init__(
        self, call: Call, around: Around, drafts: Mapping[str, str], id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.call = call
        self.around = around
        self.edited = {field: text for field, text in drafts.items() if text}
        """Fields in which the agent left something half written, now or before a restart."""

    def show(self) -> None:
        """Show the call as it now stands."""

    def did(self, happening: Happening) -> None:
        """Tell that something happened."""
        self.post_message(self.Happened(happening))

    def leftovers(self) -> list[Happening]:
        """What still stands in the fields when the pane is left: it is kept, too."""
        return []

    def fill(self, field: str, text: str) -> None:
        """Show what the call says, unless the agent is writing there."""
        found = self.query_one(f"#{field}")
        if found.has_focus or self.edited.get(field, text) != text:
            return
        with found.prevent(Input.Changed, TextArea.Changed):
            if isinstance(found, Input) and found.value != text:
                found.value = text
            elif isinstance(found, TextArea) and found.text != text:
                found.text = text

    def settle(self, *fields: str) -> None:
        """What was half written in these fields is dealt with: no draft of it is needed."""
        for field in fields:
            if self.edited.pop(field, None) is not None:
                self.post_message(self.Settled(field))

    def value(self, field: str) -> str:
        """What stands in a field, on one line."""
        found = self.query_one(f"#{field}", Input)
        return " ".join(found.value.split())

    def take(self, event: Input.Submitted) -> None:
        """Empty a field whose line was dealt with; what was typed meanwhile stays."""
        self.settle(event.input.id or "")
        if isinstance(event.input, Field):
            event.input.take(event.value)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _edited(self, event: Input.Changed | TextArea.Changed) -> None:
        field = event.control
        if field.id and field.has_focus:
            self.edited[field.id] = field.value if isinstance(field, Input) else field.text

    def draft(self, field: str, otherwise: str = "") -> str:
        """The half-typed text of a field, or what it starts with."""
        return self.edited.get(field) or otherwise
