"""What a screen works with: handed in once, so that no screen needs to know the app."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING

from calmdesk.clock import Clock, instant, local
from calmdesk.errors import SettingsError
from calmdesk.paths import Places
from calmdesk.records import case_times
from calmdesk.records.desk import Desk
from calmdesk.records.ids import NewId, new_id
from calmdesk.records.people_rows import Colleague, Me
from calmdesk.settings import Settings
from calmdesk.working_hours import working_day, working_day_before

if TYPE_CHECKING:
    from calmdesk.guide.call import Call
    from calmdesk.guide.clocks import ClockStanding
    from calmdesk.guide.language import Finding, Guard
    from calmdesk.guide.learned import Learned
    from calmdesk.guide.playbook import Playbook
    from calmdesk.guide.targets import Targets
    from calmdesk.screens.half_typed import HalfTyped


@dataclass
class Workplace:
    """The desk, the clock and the words of one agent's calmdesk."""

    desk: Desk
    clock: Clock
    places: Places
    settings: Settings = field(default_factory=Settings)
    playbook: Playbook | None = None
    """None until it is read, right after the first paint."""
    me: Me = field(default_factory=lambda: Me(""))
    ids: NewId = new_id
    team: tuple[Colleague, ...] = ()
    """Everybody who works here or did."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """Phrases that this agent pinned or muted: id to `pinned` or `muted`."""
    demo: bool = False
    """Whether the cases are made up and nothing is kept."""
    live: Call | None = None
    """The call that is on, or in its wrap-up; None between calls."""
    learned: Mapping[str, Learned] = field(default_factory=dict)
    """What was counted of each phrase, by its id."""
    half_typed: HalfTyped = field(init=False)
    """What was typed into a box and not kept."""

    def __post_init__(self) -> None:
        from calmdesk.screens.half_typed import HalfTyped

        self.half_typed = HalfTyped(self)

    def words(self) -> Playbook:
        """The playbook, read at the latest when it is first needed."""
        from calmdesk.guide.playbook import load

        if self.playbook is None:
            self.playbook = load(self.places.playbook, self.settings.language)
        return self.playbook

    def targets(self) -> Targets:
        """What the clocks of a case run towards; without its preset when that is not known."""
        from calmdesk.guide.targets import ClockChoice, chosen

        clocks = self.settings.clocks
        try:
            return chosen(clocks, self.words().clocks)
        except SettingsError:  # the Desk says so
            return chosen(ClockChoice(own=clocks.own, pauses=clocks.pauses), ())

    async def clocks(self, case_ids: Sequence[str]) -> Mapping[str, tuple[ClockStanding, ...]]:
        """How the clocks of these cases stand now, by case id; nothing while they are off."""
        from calmdesk.guide.clocks import standing

        targets = self.targets()
        if targets.off or not case_ids:
            return {}
        times = await self.desk.look(case_times.case_times, case_ids)
        hours, zone, now = self.settings.hours, self.clock.zone, self.now()
        return {
            case_id: standing(of_case, targets, hours, zone, now)
            for case_id, of_case in times.items()
        }

    @property
    def pinned(self) -> frozenset[str]:
        """Phrases that the agent wants first."""
        return frozenset(id for id, choice in self.choices.items() if choice == "pinned")

    @property
    def muted(self) -> frozenset[str]:
        """Phrases that the agent does not want to see."""
        return frozenset(id for id, choice in self.choices.items() if choice == "muted")

    def guard(self) -> Guard:
        """The language guard of the playbook; asked on a thread, because it reads its model then."""
        return self.words().guard

    def review(self, text: str) -> Sequence[Finding]:
        """What the guard finds wrong with a text; asked on a thread."""
        return self.guard().review(text)

    def use_shipped_words(self) -> None:
        """Use the playbook that ships, because the firm's own cannot be read."""
        from calmdesk.guide.playbook import load

        self.playbook = load()

    def now(self) -> datetime:
        """This instant, in UTC."""
        return self.clock.now()

    def new_id(self) -> str:
        """An id made now, at the key press."""
        return self.ids(self.now())

    def wall(self, at: datetime | None = None) -> datetime:
        """An instant, or now, on the agent's wall: naive local time, to show and to read from."""
        return local(at or self.now(), self.clock.zone).replace(tzinfo=None)

    def instant(self, wall: datetime) -> datetime:
        """The UTC instant of a naive local time."""
        return instant(wall, self.clock.zone)

    def day_began(self) -> datetime:
        """The instant at which the local day began."""
        return self.instant(self.wall().replace(hour=0, minute=0, second=0, microsecond=0))

    def lately_began(self) -> datetime:
        """The instant at which the last working day before today began: what was left then is found
        on the Day in the morning."""
        day = working_day_before(self.wall().date(), self.settings.hours)
        return self.instant(datetime.combine(day, time.min))

    def near_until(self) -> datetime:
        """The instant at which the next working day ends: what is due before it is near."""
        day = working_day(self.wall().date(), 1, self.settings.hours)
        return self.instant(datetime.combine(day, time.max))
