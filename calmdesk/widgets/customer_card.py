"""Who a customer is, in a few lines: names, numbers, what they had, what they wait for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from calmdesk.guide.money import spell_amount
from calmdesk.widgets.due_words import due_words
from calmdesk.words import called, count

if TYPE_CHECKING:
    from calmdesk.records.customer_rows import CustomerWhole

MOST = 2
"""Open promises that are told; how many there are is said."""
ROWS = 2
"""Rows of one line, however much it has to say; one where the screen has few."""
_LABEL = 9


class CustomerCard(Static):
    """A line for each thing that is known; nothing for what is not."""

    DEFAULT_CSS = """
    CustomerCard { height: auto; padding: 0 1; }
    """

    whole: reactive[CustomerWhole | None] = reactive(None, init=False)
    """Whom to show; None until the store has answered."""
    now: reactive[datetime | None] = reactive(None, init=False)
    """This instant, against which promises are late."""

    def __init__(
        self, wall: Callable[[datetime], datetime], currency: str, id: str | None = None
    ) -> None:
        super().__init__("", id=id, markup=False)
        self._wall = wall
        self._currency = currency

    def watch_whole(self) -> None:
        self._write()

    def watch_now(self) -> None:
        self._write()

    def on_resize(self) -> None:
        self._write()

    def _write(self) -> None:
        if self.whole is None or self.now is None:
            return
        room = max(10, self.content_size.width - _LABEL - 1)
        shown: list[Content] = []
        for label, words, style in self._lines(self.whole, self.now):
            for place, row in enumerate(self._rows(Content.styled(words, style), room)):
                head = label if place == 0 else ""
                shown.append(Content.styled(f"{head:<{_LABEL}} ", "$quiet") + row.rstrip())
        self.update(Content("\n").join(shown))

    def _rows(self, words: Content, room: int) -> list[Content]:
        """Words in as few rows as may be; what has no room in them ends in an ellipsis."""
        rows = words.wrap(room) or [Content("")]
        most = 1 if self.screen.has_class("-short") else ROWS
        if len(rows) <= most:
            return rows
        rest = Content(" ").join(row.rstrip() for row in rows[most - 1 :])
        return [*rows[: most - 1], rest.truncate(room, ellipsis=True)]

    def _lines(self, whole: CustomerWhole, now: datetime) -> Iterator[tuple[str, str, str]]:
        """Label, words and style of each line."""
        person = whole.person
        who = [
            called(person.name, next(iter(person.numbers), "")),
            person.company,
            f"since {person.since}" if person.since else "",
            f"account {spell_amount(whole.value, self._currency)}" if whole.value else "",
            whole.zone,
        ]
        yield "customer", _parts(who), "bold"
        waiting = count(len(whole.promises), "open promise") if whole.promises else ""
        missed = f"! {count(whole.missed, 'promise')} missed" if whole.missed else ""
        counts = [count(person.cases, "case"), f"{whole.open} open", waiting, missed]
        yield "cases", _parts(counts), "$error" if missed else ""
        for line in whole.promises[:MOST]:
            words = due_words(line, now, self._wall)
            told = [f"{words.sign} {line.what}".strip(), words.when, words.left, line.owner]
            yield "promised", _parts(told), words.style
        for label, texts in (("numbers", person.numbers), ("also", person.names)):
            if texts:
                yield label, _parts(texts), ""
        if whole.had:
            yield "had", _parts(whole.had), ""
        if whole.merged:
            yield "merged", _parts(_merged(it.name, it.company) for it in whole.merged), "$quiet"


def _merged(name: str, company: str) -> str:
    return f"{name or 'unknown'}, {company}" if company else name or "unknown"


def _parts(words: Iterable[str]) -> str:
    return " · ".join(word for word in words if word)
