"""Letters from wherever one is wanted: chosen, written, opened again, made at Save."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App

from calmdesk.errors import CalmdeskError
from calmdesk.records import post
from calmdesk.screens.beside import run_beside
from calmdesk.screens.keeping import Keeper
from calmdesk.screens.workplace import Workplace

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from calmdesk.letters.writing import Letter
    from calmdesk.screens.letter import LetterScreen


class PostRoom:
    """Writes letters of the record's facts, and opens them to be edited."""

    def __init__(
        self, app: App[Any], place: Workplace, keeper: Keeper, tell: Callable[[str], None]
    ) -> None:
        """`tell` says on the Desk what became of the letter that Save was to write."""
        self._app = app
        self.place = place
        self.keeper = keeper
        self._tell = tell
        self._opened: list[LetterScreen] = []
        """The letters that are open, over whichever screen."""

    # -- begun at a case --------------------------------------------------------------------

    async def choose(self, case_id: str) -> None:
        """Ask which letter of a case; then write it."""
        self._do(partial(self._choose, case_id))

    async def _choose(self, case_id: str) -> None:
        from calmdesk.letters.writing import offered
        from calmdesk.screens.question import Question

        def chosen(kind: str | None) -> None:
            if kind is not None:
                self.write(case_id, kind)

        case = await self.place.desk.look(post.facts, case_id, self.place.now())
        kinds = [(kind.id, f"{kind.name}: {kind.what_for}") for kind in offered(case.investigating)]
        await self._app.push_screen(Question("Which letter?", kinds), chosen)

    def write(self, case_id: str, kind: str) -> None:
        """Write a letter of a case, or go on with the draft of it that is there."""
        self._do(partial(self._write, case_id, kind))

    def open(self, letter_id: str) -> None:
        """Open a letter as it stands."""
        self._do(partial(self._open, letter_id))

    def confirm(self, case_id: str, how: str) -> None:
        """After Save: what was agreed, in writing; `how` is `draft` or `file`. It comes behind
        everything of the call."""
        self._do(partial(self._confirm, case_id, how))

    def keep_typing(self) -> None:
        """On the way out: hand over what is half written in every letter that is open."""
        for screen in self._opened:
            screen.keep()

    def _do(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        run_beside(self._app, partial(self._told, work), group="letters")

    async def _told(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do it, and say what is in the way."""
        try:
            await work()
        except CalmdeskError as error:
            self._say(str(error), broken=True)

    async def _write(self, case_id: str, kind: str) -> None:
        letter_id = await self.place.desk.look(post.begun, case_id, kind)
        await self._open(letter_id or await self._draft(case_id, kind))

    async def _open(self, letter_id: str) -> None:
        from calmdesk.screens.letter import LetterScreen

        letter = await self.place.desk.look(post.letter, letter_id, self.place.now())
        self._opened = [screen for screen in self._opened if screen.is_attached]
        if any(screen.letter.id == letter_id and screen.is_current for screen in self._opened):
            return  # a second key press opens no second one
        self._opened.append(LetterScreen(self.place, self.keeper, letter))
        await self._app.push_screen(self._opened[-1])

    async def _confirm(self, case_id: str, how: str) -> None:
        from calmdesk.screens.letter_release import to_file

        await self.keeper.settle()
        if self.keeper.state.waiting:
            self._tell(
                "! The call is not on disk yet, so no confirmation was written: l on its case."
            )
            return
        letter_id = await self._draft(case_id, "confirmation")
        if how == "draft":
            self._tell("The confirmation is a draft in Letters: ctrl+g t.")
            return
        letter = await self.place.desk.look(post.letter, letter_id, self.place.now())
        try:
            self._tell(f"The confirmation is in {await to_file(self.place, letter)}")
        except CalmdeskError as error:
            self._tell(f"! {error} The confirmation is a draft in Letters: ctrl+g t.")

    async def _draft(self, case_id: str, kind: str) -> str:
        """Write a letter of what the record knows, and keep it. Returns its id."""
        letter = await self.written(case_id, kind)
        return await self.place.desk.ask(
            post.draft, case_id, kind, letter.subject, letter.flowing, self.place.now()
        )

    async def written(self, case_id: str, kind: str) -> Letter:
        """The letter as its template gives it; a broken one of the firm's is told."""
        from calmdesk.letters.from_case import facts_of
        from calmdesk.letters.writing import write_anyway

        place = self.place
        now = place.now()
        case = await place.desk.look(post.facts, case_id, now)
        facts = facts_of(case, now, place.wall, place.settings, place.words())
        own, language = place.places.letters, place.settings.language
        letter, trouble = await asyncio.to_thread(write_anyway, kind, facts, own, language)
        if trouble:
            self._say(trouble, broken=True)
        return letter

    def _say(self, sentence: str, broken: bool = False) -> None:
        severity: SeverityLevel = "warning" if broken else "information"
        self._app.notify(sentence, severity=severity, timeout=12, markup=False)
