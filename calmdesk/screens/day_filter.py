"""The filter of the Day: typed with a live count, chosen from lists, kept by name, cleared by a key."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from calmdesk.errors import StoreError
from calmdesk.guide.english import filter_offers
from calmdesk.guide.english.typed_filter import BUT_NOT_WHAT, FilterWords, read_filter, spell_filter
from calmdesk.guide.filters import Filter
from calmdesk.screens.beside import run_beside
from calmdesk.screens.day_range import DayRange

if TYPE_CHECKING:
    from calmdesk.screens.day import DayScreen
    from calmdesk.widgets.filter_line import FilterLine

PAUSE = 0.06
"""Seconds without a key after which what is typed is looked for."""

REST = 0.25
"""Seconds more after which the figures are counted anew."""


class DayFilter:
    """Changes what the Day lists, and puts it back."""

    def __init__(self, screen: DayScreen) -> None:
        self.screen = screen
        self.place = screen.place
        self._before: DayRange | None = None
        """What was listed before the typing began."""

    @property
    def line(self) -> FilterLine:
        """Where it is typed."""
        return self.screen.filter_line

    @property
    def words(self) -> FilterWords:
        """What it is read with."""
        return FilterWords.of(self.place.words(), self.place.settings.currency)

    # -- typed ----------------------------------------------------------------------------------

    def begin(self) -> None:
        """Let it be typed."""
        if self._before is None:  # it is still half typed after a click beside the line
            self._before = self.screen.shown
        self.line.begin()
        self._offer(self.line.field.value)

    def typed(self, text: str) -> None:
        """The line has changed: list what fits; what is not understood leaves the list as it was
        before."""
        chosen = read_filter(text, self.words)
        offered = self._offer(text)
        self.line.unread = isinstance(chosen, str)
        if isinstance(chosen, str):
            whole = read_filter(filter_offers.begun(text)[0], self.words)
            if isinstance(whole, str) and whole != BUT_NOT_WHAT:
                self._wrong(whole)
            elif not offered:
                self._wrong(chosen)
        self.screen.shown = self._as_before if isinstance(chosen, str) else self._with(chosen)
        run_beside(self.screen, self._count, group="typing", exclusive=True)

    @property
    def _as_before(self) -> DayRange:
        """These days, and what was chosen of them before the typing began."""
        shown = self.screen.shown
        before = self._before or shown
        return replace(shown, typed=before.typed, words=before.words)

    def _offer(self, text: str) -> bool:
        """Say what can be typed next; whether there is anything."""
        team = [it.name for it in self.place.team if it.left_at is None]
        known = filter_offers.values(self.words, team)
        found = filter_offers.offers(text, known)
        self.line.offers = [filter_offers.completed(text, it) for it in found]
        self.line.hint, self.line.wrong = filter_offers.told(text, known, self.line.room), False
        return bool(found)

    def _wrong(self, sentence: str) -> None:
        self.line.hint, self.line.wrong = sentence, True

    async def _count(self) -> None:
        await asyncio.sleep(PAUSE)
        try:
            await self.screen.begin_list()
            await asyncio.sleep(REST)  # the figures of many days take longer than their list
            self.screen.top.show()
        except StoreError as error:
            self._wrong(str(error))

    def entered(self, text: str) -> None:
        """The line is to be in force; what cannot be read stays as it was typed."""
        chosen = read_filter(text, self.words)
        if isinstance(chosen, str):
            self._wrong(chosen)
            return
        self._end()
        self.use(chosen)

    def give_up(self) -> None:
        """Show what was shown before."""
        shown = self._as_before
        self._end()
        self.screen.show(shown)

    def drop(self) -> None:
        """What is half typed is not wanted any more."""
        self._before = None
        self.line.end()

    def _end(self) -> None:
        self.drop()
        self.screen.table.focus()

    # -- in force -------------------------------------------------------------------------------

    def use(self, chosen: Filter) -> None:
        """List what fits."""
        self.drop()
        self.screen.show(self._with(chosen))

    def clear(self) -> None:
        """Show all cases again."""
        self.use(Filter())

    def _with(self, chosen: Filter) -> DayRange:
        words = spell_filter(chosen, self.words)
        return replace(self.screen.shown, typed=chosen, words=words)

    async def choose(self) -> None:
        """Choose it from lists."""
        from calmdesk.screens.filter_form import FilterForm

        form = FilterForm(self.place, self.screen.shown)
        chosen = await self.screen.app.push_screen_wait(form)
        if chosen is not None:
            self.use(chosen)

    async def saved(self) -> None:
        """Use one that is kept by name, or keep the one in force."""
        from calmdesk.screens.saved_filters import SavedFilters

        words = self.screen.shown.words
        used = await self.screen.app.push_screen_wait(SavedFilters(self.place, words))
        chosen = read_filter(used, self.words) if used is not None else None
        if isinstance(chosen, Filter):
            self.use(chosen)
        elif chosen is not None:
            self.screen.notify(chosen, severity="warning", markup=False)
