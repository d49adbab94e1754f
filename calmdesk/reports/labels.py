"""What the words of a report are taken from: the playbook, and the firm's own settings."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from calmdesk.clock import local
from calmdesk.guide.money import cost_unknown, spell_amount
from calmdesk.guide.playbook import Playbook
from calmdesk.guide.playbook.book import Cause
from calmdesk.words import one_line


@dataclass(frozen=True)
class Labels:
    """How ids, amounts and instants are said."""

    book: Playbook
    currency: str = "USD"
    firm: str = ""
    zone: tzinfo | None = None
    """None is the machine's own."""

    def category(self, category: str) -> str:
        """The name of what a case is about."""
        return one_line(self.book.category_name(category)) if category else "not said"

    def cause(self, cause: str) -> str:
        """The name of a cause; what was typed where the playbook has none."""
        known: dict[str, Cause] = {it.id: it for it in self.book.causes}
        return known[cause].name if cause in known else one_line(cause)

    def remedy(self, remedy: str) -> str:
        """The name of a remedy; '' is one in the agent's own words."""
        known = self.book.remedy(remedy)
        return known.name if known is not None else remedy or "in own words"

    def costs(self, remedy: str, text: str, amount: int) -> bool | None:
        """Whether a remedy costs money: it is of that kind, or an amount was named; None when its
        words leave that open, such as `20 off each`."""
        known = self.book.remedy(remedy)
        if amount > 0 or (known is not None and known.costs):
            return True
        return None if cost_unknown(text, amount) else False

    def amount(self, minor: int) -> str:
        """`$45.00`; an en dash for none."""
        return spell_amount(minor, self.currency) if minor else "–"

    def wall(self, at: datetime) -> datetime:
        """An instant on the wall."""
        return local(at, self.zone)
