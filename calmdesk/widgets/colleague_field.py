"""A field for a colleague's name: it completes the name, and knows who is meant so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.suggester import SuggestFromList

from calmdesk.guide import naming
from calmdesk.widgets.field import Field
from calmdesk.words import one_line

if TYPE_CHECKING:
    from calmdesk.records.people_rows import Colleague


class ColleagueField(Field):
    """The right arrow completes the name of a colleague who works here; the beginning of any word
    of the name is enough to mean them. Any other name may stand there, too."""

    team: tuple[Colleague, ...] = ()
    """Everybody whom a name can mean."""

    def know(self, team: Sequence[Colleague]) -> None:
        """Take these for the team. The agent at this desk is no suggestion."""
        self.team = tuple(team)
        here = [it.name for it in team if not it.me and it.left_at is None]
        self.suggester = SuggestFromList(here, case_sensitive=False)

    @property
    def typed(self) -> str:
        """What stands here, on one line."""
        return one_line(self.value)

    def found(self) -> list[Colleague]:
        """Whom the name fits; nobody while nothing is typed."""
        return naming.found(self.typed, self.team)

    def hint(self) -> str:
        """Who is meant so far; '' while nothing is typed."""
        return naming.listed(self.found()) or (naming.nobody(self.typed) if self.typed else "")

    def complete(self, one: Colleague) -> None:
        """Write the name out."""
        self.value = one.name
        self.cursor_position = len(one.name)
