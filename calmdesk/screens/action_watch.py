"""What a call may pledge: that it will not recur is said only by a change that is under way (S7,
D11)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from calmdesk.errors import StoreError
from calmdesk.guide.afterwards import Pledged
from calmdesk.guide.happenings import Noted
from calmdesk.guide.notes import Sign
from calmdesk.guide.phrases import Phrase
from calmdesk.records import actions
from calmdesk.records.learn_rows import ActionLine
from calmdesk.screens.beside import run_beside
from calmdesk.screens.question import Question
from calmdesk.screens.situation import about
from calmdesk.words import one_line

if TYPE_CHECKING:
    from calmdesk.screens.call import CallScreen

NONE = (
    "No change is under way for this: kept as a note, not as a pledge. "
    "Say: I'm reporting this to the people who own that process."
)
NOT_CALLED_THAT = (
    "No change under way is called that: kept as a note, not as a pledge. "
    "/pledge alone shows those that fit."
)
UNNAMED = "it will not happen again"
"""What was told when no words of a change were typed."""
MOST = 8
"""Changes of one question."""


class ActionWatch:
    """Knows the open corrective actions for one call screen; they are brought once."""

    def __init__(self, screen: CallScreen) -> None:
        self.screen = screen
        self._open: tuple[ActionLine, ...] = ()
        self._cause = ""
        """The cause of the case, as far as it was known before this call."""
        self._case = ""
        """The case whose cause that is."""

    def begin(self) -> None:
        """Bring what is under way, beside the call."""
        run_beside(self.screen, self._bring, exclusive=True, group="actions")

    def look(self) -> None:
        """See what the call may pledge now; a call that became part of another case has its cause."""
        if self._open and self._case != self.screen.call.case_id:
            self.begin()
        self.screen.suggesting.corrective_action = self._linked() is not None

    async def _bring(self) -> None:
        desk, case_id = self.screen.place.desk, self.screen.call.case_id
        self._case = case_id
        try:
            self._open = await desk.look(actions.open_actions)
            self._cause = await desk.look(actions.cause_of, case_id)
        except StoreError:
            return  # the keeper says what is wrong with the store; nothing is pledged meanwhile
        self.look()
        self.screen.show_suggestions()

    def _linked(self) -> ActionLine | None:
        """The action that the call is linked to: by the agent, or because it removes the known
        cause of the case."""
        pledged = [it for it in self._open if it.id in self.screen.call.pledged]
        of_cause = [it for it in self._open if self._cause and it.cause == self._cause]
        return next(iter([*pledged, *of_cause]), None)

    def fitting(self) -> tuple[ActionLine, ...]:
        """The open actions for the case's cause, else for causes that cases about the same had."""
        matters = about(self.screen.call, self.screen.place)
        of_cause = tuple(it for it in self._open if self._cause and it.cause == self._cause)
        return of_cause or tuple(it for it in self._open if it.categories & matters)

    def pledged_by(self, phrase: Phrase) -> list[Pledged]:
        """What saying a phrase pledges: a pledge is the linked action's."""
        action = self._linked() if phrase.group == "pledge" else None
        return [Pledged(action.id, action.change)] if action is not None else []

    def pledge(self, typed: str) -> None:
        """Link the call to an open action: the one whose words were typed, else one that is
        chosen. Where there is none, what was told is kept and is no pledge."""
        wanted = typed.strip().casefold()
        if wanted:
            words = self.screen.place.words()
            found = [
                it
                for it in self._open
                if wanted in f"{it.change} {words.cause_name(it.cause)} {it.owner}".casefold()
            ]
        else:
            found = list(self.fitting())
        if not found:
            self._note(one_line(typed))
        elif wanted and len(found) == 1:
            self._link(found[0])
        else:
            run_beside(self.screen, partial(self._ask, found[:MOST]), group="box")

    async def _ask(self, found: list[ActionLine]) -> None:
        question = Question(
            "By which change will it not happen again?",
            [(it.id, f"{it.change} · {it.owner}") for it in found],
        )
        chosen = await self.screen.app.push_screen_wait(question)
        action = next((it for it in found if it.id == chosen), None)
        if action is not None:
            self._link(action)

    def _note(self, words: str) -> None:
        """Keep what they were told although no change stands behind it (D11)."""
        told = Noted(self.screen.place.new_id(), Sign.PROMISE, words or UNNAMED)
        self.screen.did(told, Pledged("", words))
        self.screen.note_line.hint = NOT_CALLED_THAT if words and self.fitting() else NONE

    def _link(self, action: ActionLine) -> None:
        self.screen.did(Pledged(action.id, action.change))
        self.screen.note_line.hint = f"linked: {action.change} ({action.owner})"
