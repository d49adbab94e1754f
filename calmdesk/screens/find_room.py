"""Finding, from wherever: the box is opened over what stands there, and what was typed waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App

from calmdesk.screens.due_screen import DueScreen

if TYPE_CHECKING:
    from calmdesk.screens.workplace import Workplace


class FindRoom:
    """Holds what was typed last, while calmdesk runs."""

    def __init__(self, app: App[Any], place: Workplace) -> None:
        self._app = app
        self.place = place
        self.typed = ""
        """What stood in its line last."""

    async def find(self) -> None:
        """Let somebody look for a case, and open the one they choose. On a screen that lists cases
        of a filter they are looked for in that."""
        from calmdesk.screens.find import Find

        under = self._app.screen
        if isinstance(under, Find):
            return
        chosen, words = under.searched if isinstance(under, DueScreen) else (None, "")
        box = Find(self.place, self.typed, self._hold, chosen, words)
        await self._app.push_screen(box, self._open)  # an answered call takes it away

    def _hold(self, typed: str) -> None:
        """Hold on to what is typed, however the box is taken away."""
        self.typed = typed

    def _open(self, case_id: str | None) -> None:
        if case_id is not None:
            self._app.screen.post_message(DueScreen.CaseWanted(case_id))
