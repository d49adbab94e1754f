"""One story, lived through the verbs of a call."""

import re
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlmodel import col, select

from calmdesk.clock import Clock, instant, local
from calmdesk.guide import happenings as h
from calmdesk.guide import playbook
from calmdesk.guide.afterwards import CauseFound, PromiseKept, PromiseMissed
from calmdesk.guide.notes import Sign, parse
from calmdesk.guide.outcome import Outcome, Told, Verdict, read_back, said_to
from calmdesk.guide.phrases import Situation, Suggestion, suggest
from calmdesk.guide.remedies import Remedy, match, spoken
from calmdesk.guide.stages import Fault, Stage
from calmdesk.guide.zones import wall_there, zone_of_number
from calmdesk.records import calls, follow_through
from calmdesk.records.models import Agent, Contact, Promise
from calmdesk.records.store import Store
from calmdesk.settings import Settings

_DUE = re.compile(r"^\+(\d+)d (\d\d):(\d\d)$")


def live_through(
    store: Store, story: dict[str, Any], at: datetime, clock: Clock, shift: timedelta
) -> None:
    """Write one call from its first second to its outcome. `shift` is how far the day was moved."""
    _Living(store, story, at, clock, shift).through()


class _Living:
    """A call under way; `now` moves on with what happens."""

    def __init__(
        self,
        store: Store,
        story: dict[str, Any],
        at: datetime,
        clock: Clock,
        shift: timedelta,
    ) -> None:
        self.shift = shift
        self.store, self.story, self.began, self.clock = store, story, at, clock
        self.now = at
        self.contact = store.new_id(at)
        self.told: list[Told] = []

    def through(self) -> None:
        story = self.story
        sit_down(self.store, story["agent"], self.began)
        answered = h.Answered(story["number"])
        calls.answer(self.store, self.contact, self.store.new_id(self.began), answered, self.began)
        self._listen()
        self._clarify()
        self._resolve()
        self._agree()
        self._wrap_up()

    def happen(self, happening: h.Happening, seconds: float = 0) -> None:
        """Let something happen, so many seconds after the last."""
        self.now += timedelta(seconds=seconds)
        calls.happen(self.store, self.contact, happening, self.now)

    def _listen(self) -> None:
        story = self.story
        if story["customer"]:
            caller = h.CallerNamed(
                story["customer"], story["company"], story["number"], story["since"], story["value"]
            )
            self.happen(caller, 12)
        self.happen(h.HeatMarked(story["heat"][0], story["cold"]), 6)
        step = max(4, (story["listen_seconds"] - 20) / (len(story["notes"]) + 1))
        for line in story["notes"]:
            entry = parse(line)
            self.happen(h.Noted(self.id(), entry.sign, entry.text, entry.source), step)
            if entry.sign is Sign.ASK:
                self.happen(h.AskPut(entry.text))
        self.happen(h.StoryTold(), step)
        self.happen(h.StageEntered(Stage.ACKNOWLEDGE))

    def _clarify(self) -> None:
        story = self.story
        for said in _said(story):
            self.happen(h.PhraseSaid(said.phrase.id, said.phrase.group, said.line), 9)
        if story["heard"]:
            self.happen(h.Heard(), 11)
        self.happen(h.StageEntered(Stage.CLARIFY))
        self.happen(h.CategoryChosen(story["category"]), 8)
        self.happen(h.FaultSettled(Fault(story["fault"])), 15)
        self.happen(h.IdentityTicked(True), 14)
        if story["hold_seconds"]:
            self.happen(h.Held(), 5)
            self.happen(h.Resumed(), story["hold_seconds"])

    def _resolve(self) -> None:
        if self.story["offers"]:
            self.happen(h.StageEntered(Stage.RESOLVE), 5)
        for offer in self.story["offers"]:
            text, known = offer["text"], _remedy(offer["text"])
            remedy = known.id if known is not None else ""
            self.happen(h.Offered(self.id(), text, offer["amount"], remedy), 20)
            self.happen(h.VerdictGiven(Verdict(offer["verdict"])), 14)

    def _agree(self) -> None:
        story = self.story
        self.happen(h.StageEntered(Stage.AGREE), 6)
        for promise in story["promises"]:
            due = self._due(promise["due"])
            promise_id = self.id()
            self.happen(
                h.Promised(promise_id, promise["what"], due, promise["feasible"], promise["asked"]),
                9,
            )
            self.told.append(Told(promise["what"], self._aloud(due)))
        if story["follow_up"]:
            self.happen(h.FollowUpSet(self.id(), self._due(story["follow_up"])), 4)
        given = [
            spoken(it["text"], it["amount"], _remedy(it["text"]), Settings().currency)
            for it in story["offers"]
            if it["verdict"] == "yes"
        ]
        text = read_back(given, self.told, "")
        if text and story["outcome"] in ("agreed", "partly_agreed"):
            self.happen(h.ReadBack(text, agreed=True), 18)
        if story["card_given"]:
            self.happen(h.CardGiven(True, True), 6)

    def _wrap_up(self) -> None:
        story = self.story
        over = self.began + timedelta(minutes=story["minutes"])
        self.now = max(self.now, over)
        self.happen(h.CallEnded())
        self.happen(h.HeatMarked(story["heat"][1], story["cold"]), 10)
        if story["summary"]:
            self.happen(h.Summed(story["summary"]), 12)
        self.happen(h.Finished(Outcome[story["outcome"].upper()]), 20)
        self._afterwards()

    def _afterwards(self) -> None:
        """What became of its promises until today, and why it happened."""
        with self.store.transaction() as session:
            case_id = session.get_one(Contact, self.contact).case_id
            rows = session.exec(
                select(Promise)
                .where(Promise.contact_id == self.contact)
                .order_by(col(Promise.told_at))
            ).all()
        if cause := self.story.get("cause"):
            self.now += timedelta(seconds=20)
            follow_through.happen(self.store, case_id, CauseFound(cause), self.now)
        for row, told in zip(rows, self.story["promises"], strict=True):
            if told["state"] == "missed":
                missed = PromiseMissed(row.id, "nobody was reminded")
                follow_through.happen(self.store, case_id, missed, row.due_at + timedelta(hours=1))
            elif told["state"] == "kept":
                self.now += timedelta(seconds=30)
                follow_through.happen(self.store, case_id, PromiseKept(row.id), self.now)

    def id(self) -> str:
        return self.store.new_id(self.now)

    def _wall(self, at: datetime) -> datetime:
        return local(at, self.clock.zone).replace(tzinfo=None)

    def _aloud(self, due: datetime) -> str:
        """A due instant as the customer is told it, on their own wall."""
        there = wall_there(due, zone_of_number(self.story["number"]))
        return said_to(self._wall(due), there)

    def _due(self, words: str) -> datetime:
        """`+2d 09:00`: a local time, two days after the call."""
        found = _DUE.match(words)
        assert found is not None
        written = self._wall(self.began) - self.shift  # the day as the story tells it
        day = written + timedelta(days=int(found[1]))
        wall = day.replace(hour=int(found[2]), minute=int(found[3]), second=0, microsecond=0)
        if found[1] == "0":
            wall += self.shift  # what was due on the day of the call moves with the call
        return instant(wall, self.clock.zone)


def sit_down(store: Store, name: str, at: datetime) -> None:
    """Make `name` the agent at this desk; in the end it is the reader's."""
    with store.transaction() as session:
        agent = session.exec(select(Agent).where(Agent.name == name)).first()
        if agent is None:
            agent = Agent(
                id=store.new_id(at),
                name=name,
                direct_line="555 0100",
                email=f"{name.split()[0].lower()}@printco.example",
                created_at=at,
            )
            session.add(agent)
            session.flush()
        store.me = agent.id


_words = cache(playbook.load)


def _remedy(text: str) -> Remedy | None:
    return match(_words().remedies, text)


def _said(story: dict[str, Any]) -> list[Suggestion]:
    """What was said: as many apologies as the story says, and then what else was suggested."""
    now = Situation(
        Stage.ACKNOWLEDGE, story["heat"][0], story["cold"], category=story["category"], told=True
    )
    fitting = suggest(now, _words().by_stage[Stage.ACKNOWLEDGE])
    sorries = [s for s in fitting if s.phrase.group == "regret"][: story["sorry"]]
    others = [s for s in fitting if s.phrase.group != "regret"]
    return [*others[: max(0, story["said"] - len(sorries))], *sorries]
