"""The app behind `calmdesk practice`: one practice call, in a database that is thrown away."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.app import SystemCommand
from textual.screen import Screen

from calmdesk.app import CalmDesk
from calmdesk.clock import Clock, SystemClock
from calmdesk.guide import happenings as h
from calmdesk.guide.money import minor_units, spell_amount
from calmdesk.guide.outcome import Outcome
from calmdesk.guide.practice.scenario import Before, Scenario
from calmdesk.paths import Places
from calmdesk.records import calls, people
from calmdesk.records.call_rows import OpenCall
from calmdesk.screens.practice_desk import PracticeDesk
from calmdesk.settings import Escalation, Settings

if TYPE_CHECKING:
    from calmdesk.records.store import Store
    from calmdesk.screens.call import CallScreen

AGENT = ("Sam Ortiz", "555 0100", "sam@desk.example")
"""Whom the learner plays: name, direct line, e-mail."""
LEAD = Escalation(
    name="Kim Adeyemi",
    number="555 0190",
    say="I have a caller who needs a decision over my limit.",
)


class Practice(CalmDesk):
    """calmdesk with a list of practice calls for a Desk, and a caller from a script."""

    TITLE = "calmdesk practice"
    FOLLOWS_PHONE = False

    def __init__(
        self,
        places: Places,
        scenarios: Sequence[Scenario],
        first: Scenario | None,
        *,
        clock: Clock,
        settings: Settings,
    ) -> None:
        """`first` is briefed at once; None shows the list."""
        self._scenarios = scenarios
        self._first = first
        self._scenario: Scenario | None = None
        self.next: str | None = None
        """What comes after this: a scenario's id, '' for the list, None to leave."""
        opened = partial(_open, places.database, scenarios, clock)
        super().__init__(places, opened, clock=clock, settings=settings, demo=True)

    def _first_screen(self) -> Screen[Any]:
        return PracticeDesk(self.place, self._scenarios, self._first)

    def _call_screen(self, opened: OpenCall) -> CallScreen:
        from calmdesk.screens.practice import PracticeCall

        assert self._scenario is not None
        return PracticeCall(self.place, self.keeper, opened, self._scenario)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no Day and no other call in here."""
        if action in ("take_call", "go_to"):
            return False
        return super().check_action(action, parameters)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette without what belongs to a real desk."""
        real = (
            *("Take a call", "Desk", "Promises", "Day", "Learn", "Letters", "Known issue"),
            *("Look back", "My debriefs", "Who is at this desk", "Practice"),
        )
        return (it for it in super().get_system_commands(screen) if it.title not in real)

    @on(PracticeDesk.Chosen)
    @work(group="box")
    async def brief(self, event: PracticeDesk.Chosen) -> None:
        """Say who rings; then they do."""
        from calmdesk.screens.briefing import Briefing

        it = event.scenario
        currency = self.place.settings.currency
        limit = minor_units(str(it.limit), currency)
        words = spell_amount(limit, currency) if limit else "nothing that costs money"
        if await self.push_screen_wait(Briefing(it, words, AGENT[0])):
            self._scenario = it
            self.place.settings = replace(self.place.settings, limit=limit, company=it.firm)
            await self.call_room.take(it.number)

    async def action_take_call(self, number: str = "") -> None:
        """One practice call at a time, and from the list."""
        self.notify("A practice call is chosen from the list.", markup=False)

    async def on_call_screen_done(self, event: Any) -> None:
        """The practice call is over: how it went."""
        from calmdesk.screens.debrief import DebriefScreen
        from calmdesk.screens.pause import Pause
        from calmdesk.screens.practice import PracticeCall

        event.prevent_default()  # Textual would call the app's own way of ending a call, too
        screen = self.call_room.screen
        if not isinstance(screen, PracticeCall):
            return
        debrief, agreed = screen.debrief(), screen.play.caller.agreed
        await self.call_room.close(event.call.contact_id)
        await self.push_screen(DebriefScreen(debrief, agreed.id if agreed is not None else ""))
        if event.pause:
            await self.push_screen(Pause(self.place, event.pause))

    def on_debrief_screen_chosen(self, event: Any) -> None:
        names = {"again": self._scenario.id if self._scenario else "", "other": ""}
        self.next = names.get(event.what)
        self.exit()

    @work(group="box")
    async def action_leave(self) -> None:
        """Leave; nothing is kept, so only a running call is asked about."""
        from calmdesk.screens.question import Question

        if isinstance(self.screen, Question):
            return
        if self.call_room.screen is not None:
            question = "Leave this practice call? Nothing of it is kept."
            answers = [("stay", "Stay"), ("leave", "Leave practice")]
            if await self.push_screen_wait(Question(question, answers)) != "leave":
                return
        self.exit()


@contextmanager
def practice_app(
    own: Places,
    scenarios: Sequence[Scenario],
    first: Scenario | None,
    settings: Settings,
    clock: Clock | None = None,
) -> Iterator[Practice]:
    """The app in a folder of its own, which is gone when the app is left; only the playbook is
    read from the agent's own."""
    folder = Path(tempfile.mkdtemp(prefix="calmdesk-practice-"))
    here = replace(Places.within(folder, "practice.db"), config=own.config)
    chosen = settings if settings.escalation else replace(settings, escalation=(LEAD,))
    try:
        yield Practice(here, scenarios, first, clock=clock or SystemClock(), settings=chosen)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _open(file: Path, scenarios: Sequence[Scenario], clock: Clock) -> Store:
    """A fresh store: the learner's desk, and the earlier calls that some callers come back to."""
    from calmdesk.records.store import Store

    store = Store.open(file, clock.zone)
    people.introduce(store, *AGENT)
    for scenario in scenarios:
        if scenario.before is not None:
            _earlier_calls(store, scenario, scenario.before, clock.now())
    return store


def _earlier_calls(store: Store, scenario: Scenario, before: Before, now: datetime) -> None:
    """The calls before: what they asked, and in the last one the promise that was not kept."""
    for again in reversed(range(before.calls)):
        at = now - timedelta(days=before.days_ago + 7 * again)
        due = now - timedelta(hours=before.late_hours)
        promised = h.Promised(store.new_id(at), before.promised, due, feasible=True)
        outcome = Outcome.EXPLAINED if again else Outcome.INVESTIGATING
        contact = store.new_id(at)
        calls.answer(store, contact, store.new_id(at), h.Answered(scenario.number), at)
        for happening in (
            h.CallerNamed(scenario.name, scenario.company, scenario.number, scenario.since),
            h.AskPut(before.ask),
            *([] if again else [promised]),
            h.CallEnded(),
            h.CategoryChosen(scenario.about),
            h.Finished(outcome),
        ):
            calls.happen(store, contact, happening, at)
