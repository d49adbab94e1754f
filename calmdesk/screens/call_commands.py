"""What the `/` commands of a call do: for each word of `guide.commands` a method of that name.

A method returns a sentence when the command could not be done; the line then stays to be mended.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from calmdesk.guide import happenings as h
from calmdesk.guide.breath import LONGEST_BREAK, USUAL_BREAK, break_minutes
from calmdesk.guide.commands import find
from calmdesk.guide.heat import heat_marked
from calmdesk.guide.outcome import Outcome, Verdict, outcomes
from calmdesk.guide.promises import PROGRESS, PromiseKind
from calmdesk.guide.stages import Fault, Stage
from calmdesk.records import calls
from calmdesk.screens import call_cards
from calmdesk.screens.help_watch import ASKED
from calmdesk.widgets.wrap_up_pane import WrapUpPane

if TYPE_CHECKING:
    from calmdesk.screens.call import CallScreen

Word = Callable[[str], Awaitable[str | None]]


class CallCommands:
    """The commands of one call screen."""

    def __init__(self, screen: CallScreen) -> None:
        self.screen = screen

    async def run(self, line: str) -> bool:
        """Do an entered command. Returns False when the line is none, and so is a note."""
        typed = find(line)
        if typed is None:
            return False
        word: Word = getattr(self, typed.command.word + "_")
        trouble = await word(typed.rest)
        if trouble:
            self.screen.note_line.give_back(line, trouble)
        return True

    # -- the keys' words --------------------------------------------------------------------

    async def told_(self, rest: str) -> str | None:
        if self.screen.call.stage is not Stage.LISTEN:
            return "The story is told already; /again goes back to listening."
        await self.screen.enter(Stage.ACKNOWLEDGE)
        return None

    async def heard_(self, rest: str) -> str | None:
        await self.screen.heard()
        return None

    async def again_(self, rest: str) -> str | None:
        await self.screen.enter(Stage.LISTEN)
        return None

    async def said_(self, rest: str) -> str | None:
        self.screen.action_said()
        return None

    async def another_(self, rest: str) -> str | None:
        self.screen.action_another()
        return None

    async def breathe_(self, rest: str) -> str | None:
        self.screen.action_breathe()
        return None

    async def heat_(self, rest: str) -> str | None:
        words = rest.lower().split()
        level = next((int(w) for w in words if w in ("1", "2", "3", "4", "5")), None)
        if level is None and "cold" not in words:
            return "heat takes 1 to 5, or cold."
        self.screen.did(heat_marked(self.screen.call.heat, level, "cold" in words))
        return None

    async def hold_(self, rest: str) -> str | None:
        self.screen.action_hold()
        return None

    async def next_(self, rest: str) -> str | None:
        await self.screen.action_next()
        return None

    async def back_(self, rest: str) -> str | None:
        await self.screen.action_back()
        return None

    async def resolve_(self, rest: str) -> str | None:
        await self.screen.action_resolve()
        return None

    async def better_(self, rest: str) -> str | None:
        if not self.screen.guarded:
            return "The guard has no better words here."
        self.screen.action_better()
        return None

    async def wrap_(self, rest: str) -> str | None:
        await self.screen.enter(Stage.WRAP_UP)
        return None

    async def who_(self, rest: str) -> str | None:
        self.screen.action_caller()
        return None

    async def same_(self, rest: str) -> str | None:
        if self.screen.call.back is not None:
            return "You rang them about a case; this call stays with it."
        if self.screen.match is None or self.screen.match.story is None:
            return "No earlier case of this caller is known; /who looks them up."
        self.screen.action_same()
        return None

    async def letter_(self, rest: str) -> str | None:
        pane = next((it for it in self.screen.query(WrapUpPane) if it.can_confirm), None)
        if pane is None:
            return "In Wrap-up, once they agreed to the read-back."
        how = {"": "draft", "draft": "draft", "file": "file", "no": ""}.get(rest.strip().lower())
        if how is None:
            return "letter takes draft, file or no."
        pane.confirm(how)
        return None

    async def save_(self, rest: str) -> str | None:
        await self.screen.action_save()
        return None

    # -- what has no key --------------------------------------------------------------------

    async def sorry_(self, rest: str) -> str | None:
        self.screen.did(h.Apologised())
        return None

    async def own_(self, rest: str) -> str | None:
        self.screen.did(h.Apologised(ownership=True))
        return None

    async def fault_(self, rest: str) -> str | None:
        wanted = rest.strip().lower()
        for fault in Fault:
            if wanted and (fault.value.startswith(wanted) or fault.label.startswith(wanted)):
                self.screen.did(h.FaultSettled(fault))
                return None
        return f"fault takes one of: {', '.join(fault.label for fault in Fault)}."

    async def verified_(self, rest: str) -> str | None:
        self.screen.did(h.IdentityTicked(True))
        return None

    async def asked_(self, rest: str) -> str | None:
        return self._question(rest, h.QuestionAsked)

    async def drop_(self, rest: str) -> str | None:
        return self._question(rest, h.QuestionDropped)

    def _question(
        self, rest: str, happening: type[h.QuestionAsked] | type[h.QuestionDropped]
    ) -> str | None:
        parked = self.screen.call.parked
        if not parked:
            return "No question is waiting."
        number = int(rest) if rest.isdecimal() else 1
        if not 1 <= number <= len(parked):
            return f"There are {len(parked)} questions waiting."
        self.screen.did(happening(parked[number - 1].note_id))
        return None

    async def settle_(self, rest: str) -> str | None:
        wanted = rest.strip().lower()
        verdict = next((v for v in Verdict if wanted == v.value), None)
        if verdict is None:
            return "settle takes yes, not yet or no."
        self.screen.did(h.VerdictGiven(verdict))
        await self.screen.enter(Stage.RESOLVE)
        return None

    async def agreed_(self, rest: str) -> str | None:
        await self.screen.enter(Stage.AGREE)
        self.screen.read_back_agreed()
        return None

    async def follow_(self, rest: str) -> str | None:
        current = self.screen.call.follow_up
        wanted = self.screen.around.follow_up(
            rest, current.follow_up_id if current else self.screen.place.new_id()
        )
        if isinstance(wanted, str):
            return wanted
        self.screen.did(wanted)
        who = f"{wanted.owner} looks" if wanted.owner else "you look"
        self.screen.note_line.hint = f"{who} whether it held: {self.screen.around.told(wanted.due)}"
        return None

    async def card_(self, rest: str) -> str | None:
        await call_cards.show_contact(self.screen)
        return None

    async def remedies_(self, rest: str) -> str | None:
        await call_cards.show_remedies(self.screen)
        return None

    async def escalate_(self, rest: str) -> str | None:
        await call_cards.show_escalation(self.screen)
        return None

    async def ring_(self, rest: str) -> str | None:
        """Leave any stage with a dated promise: I'll find out and ring you (S50, S82)."""
        if not rest:
            return "By when? /ring thu 12:00"
        screen = self.screen
        reading = screen.around.read(rest)
        if reading is None:
            unread = f"“{rest}” is no time calmdesk can read; e.g. /ring thu 12:00, /ring +2h"
            return screen.around.ask(rest, unread)
        due = screen.around.due(reading)
        promised = h.Promised(
            screen.place.new_id(),
            "find out and ring back",
            due,
            feasible=True,
            of_kind=PromiseKind.RETURN_CALL,
        )
        screen.did(promised, h.OutcomeChosen(Outcome.INVESTIGATING))
        screen.note_line.hint = f"told: ring back {screen.around.told(due)}"
        return None

    async def progress_(self, rest: str) -> str | None:
        """A word in between, before they have to ask (S67)."""
        if not rest:
            return "By when? /progress thu 12:00"
        screen = self.screen
        what, due = screen.around.promise(rest)
        if due is None:
            return f"“{rest}” is no time calmdesk can read; e.g. /progress thu 12:00"
        words = PROGRESS if what == rest else what
        kind = PromiseKind.PROGRESS
        screen.did(h.Promised(screen.place.new_id(), words, due, feasible=True, of_kind=kind))
        screen.note_line.hint = f"told: {words} {screen.around.spell(screen.place.wall(due))}"
        return None

    async def handover_(self, rest: str) -> str | None:
        self.screen.saving.hand_over(rest)
        return None

    async def pledge_(self, rest: str) -> str | None:
        """Only what a change under way can keep is pledged (D11)."""
        self.screen.actions.pledge(rest)
        return None

    async def boundary_(self, rest: str) -> str | None:
        """The next step of the ladder; the observed act goes to the journal as typed (D10)."""
        screen = self.screen
        if rest:
            screen.did(h.BoundarySet(screen.call.boundary, rest))
        screen.suggesting.step = min(3, screen.call.boundary + 1)
        screen.panel.breathing = None
        screen.show_suggestions()
        return None

    async def safety_(self, rest: str) -> str | None:
        await call_cards.show_emergency(self.screen)
        return None

    async def help_(self, rest: str) -> str | None:
        self.screen.did(h.HelpAsked())
        self.screen.note_line.hint = ASKED
        return None

    async def outcome_(self, rest: str) -> str | None:
        wanted = rest.strip().lower()
        possible = outcomes(self.screen.call.back is not None)
        found = [o for o in possible if wanted and o.value.startswith(wanted)]
        if len(found) != 1:
            return f"outcome takes one of: {'; '.join(outcome.value for outcome in possible)}."
        self.screen.did(h.OutcomeChosen(found[0]))
        return None

    # -- the agent's own: in no list and no export ------------------------------------------

    async def shaken_(self, rest: str) -> str | None:
        self._moment("shaken", self.screen.opened.pause_after or USUAL_BREAK)
        self.screen.note_line.hint = f"Noted for you alone. {self._quiet_minutes()}"
        return None

    async def break_(self, rest: str) -> str | None:
        minutes = break_minutes(rest)
        if minutes is None:
            return f"A break takes 1 to {LONGEST_BREAK} minutes, e.g. /break 5"
        self._moment(f"break {minutes}", minutes)
        self.screen.note_line.hint = self._quiet_minutes()
        return None

    async def debrief_(self, rest: str) -> str | None:
        self.screen.opened.look_back = True
        self.screen.note_line.hint = "After Save you look back on it, for yourself alone."
        return None

    def _quiet_minutes(self) -> str:
        minutes = self.screen.opened.pause_after
        return f"{minutes} quiet minute{'s come' if minutes > 1 else ' comes'} after Save."

    def _moment(self, kind: str, minutes: int) -> None:
        """Keep it for the agent alone; quiet minutes follow Save."""
        screen = self.screen
        screen.opened.pause_after = minutes
        screen.keeper.keep(calls.moment, screen.call.contact_id, kind, screen.place.now())

    async def blank_(self, rest: str) -> str | None:
        from calmdesk.screens.blank import Blank

        await self.screen.app.push_screen(Blank())
        return None

    async def keys_(self, rest: str) -> str | None:
        self.screen.post_message(self.screen.KeysWanted())
        return None
