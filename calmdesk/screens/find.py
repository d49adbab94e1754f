"""Find: any case ever, while its words are typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from calmdesk.errors import Interrupted, StoreError
from calmdesk.guide.english.filter_among_words import filter_among
from calmdesk.guide.english.typed_filter import FilterWords, spell_filter
from calmdesk.guide.filters import Filter
from calmdesk.records import search
from calmdesk.screens.box import Box
from calmdesk.screens.read_case import ReadCase
from calmdesk.widgets.found_list import FoundList
from calmdesk.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from calmdesk.records.search_rows import Found
    from calmdesk.screens.workplace import Workplace

_HELP = (
    "Names, firms, any word of a note or a letter, telephone numbers in any spelling, references.",
    "The end of a word may be missing, and a letter wrong.",
    "Words “in quotation marks” stand side by side.",
    "Filters stand among the words: heat:hot menus.",
)


class Find(Box[str]):
    """Answers the id of a case that is to be opened. During a call it is read right here, over the
    call, and answers nothing."""

    DEFAULT_CSS = """
    Find > .box { width: 100; height: 96%; padding: 0 1; }
    Find SearchLine, Find SearchLine:focus { border: none; height: 1; padding: 0; }
    Find SearchLine { background: $background; margin-bottom: 1; }
    Find #find-filter { color: $warning; height: auto; }
    Find #find-said { height: auto; padding-bottom: 1; }
    Find #find-help { color: $quiet; height: auto; }
    Find FoundList { padding: 0; }
    """

    BINDINGS = [
        Binding("up", "walk(-1)", "up", show=False, id="find.up", tooltip="The case above"),
        Binding("down", "walk(1)", "down", show=False, id="find.down", tooltip="The case below"),
        Binding("pageup", "leap(-1)", "page up", show=False, id="find.pageup", tooltip="Up a page"),
        Binding(
            "pagedown",
            "leap(1)",
            "page down",
            show=False,
            id="find.pagedown",
            tooltip="Down a page",
        ),
        Binding("enter", "open", "read it", id="find.open", tooltip="Read the marked case whole"),
        Binding(
            "ctrl+r",
            "look_in_all",
            "in all cases",
            id="find.all",
            tooltip="Leave the filter, and look in all cases of all years",
            priority=True,
        ),
        Binding(
            "escape",
            "leave",
            "close",
            id="find.leave",
            tooltip="Close it; what was typed waits for the next time",
        ),
    ]

    line = getters.query_one(SearchLine)
    found = getters.query_one(FoundList)

    def __init__(
        self,
        place: Workplace,
        typed: str,
        hold: Callable[[str], None],
        chosen: Filter | None = None,
        words: str = "",
    ) -> None:
        """`typed` is what was left here, and `hold` takes what is typed now; `chosen` is the filter
        in force, which `words` name."""
        super().__init__()
        self.place = place
        self._typed = typed
        self._hold = hold
        self._chosen = chosen
        self._words = words

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield SearchLine(self._typed, "find a case", id="find-typed")
            yield Static(id="find-filter", markup=False)
            yield Static(id="find-said", markup=False)
            yield Static("\n".join(_HELP), id="find-help", markup=False)
            yield FoundList(self.place.wall, self._category_name)
            yield Static("enter: read it · escape: close", classes="box-hint", markup=False)

    def on_mount(self) -> None:
        self.line.action_select_all()
        self._show_filter()
        self.look()

    def _category_name(self, category: str) -> str:
        return self.place.words().category_name(category)

    def _show_filter(self) -> None:
        line = self.query_one("#find-filter", Static)
        line.display = self._chosen is not None
        line.update(Content(f"Looks only in: {self._words} · ctrl+r looks in all cases ever"))
        self.refresh_bindings()

    @on(Input.Changed)
    def look(self) -> None:
        """What was typed has changed: look for it, and let go of what was looked for before."""
        self._hold(self.line.value)
        self.look_for(self.line.value)

    @work(exclusive=True, group="find")
    async def look_for(self, typed: str) -> None:
        place, now, limited = self.place, self.place.now(), self._chosen is not None
        words = FilterWords.of(place.words(), place.settings.currency)
        among, text, unread = filter_among(typed, words)
        filtered = among != Filter()
        chosen = self._chosen or Filter()
        if filtered:
            chosen = replace(among, seen_at=now).chosen_of(chosen)
        try:
            what = await place.desk.search(search.find, text, chosen, now, filtered=filtered)
        except Interrupted:
            return
        except StoreError as error:
            self.query_one("#find-said", Static).update(Content(f"! {error}"))
            return
        self.query_one("#find-help").display = not typed.strip()
        told = [spell_filter(among, words), said(what, typed, limited)]
        lines = [unread, " · ".join(filter(None, told))]
        self.query_one("#find-said", Static).update(Content("\n".join(filter(None, lines))))
        self.found.show(what.rows)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "look_in_all":
            return self._chosen is not None
        if action == "open":
            return self.is_mounted and self.found.row is not None
        return True

    def action_walk(self, rows: int) -> None:
        self.found.action_walk(rows)

    def action_leap(self, pages: int) -> None:
        self.found.action_leap(pages)

    def action_open(self) -> None:
        self.found.action_open()

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.found.action_open()

    @on(FoundList.Opened)
    def opened(self, event: FoundList.Opened) -> None:
        event.stop()
        if self.place.live is None:
            self.leave(event.case_id)
        else:
            _ = self.app.push_screen(ReadCase(self.place, event.case_id))

    def action_look_in_all(self) -> None:
        self._chosen = None
        self._show_filter()
        self.look()


def said(what: Found, typed: str, limited: bool = False) -> str:
    """What was found, in a line: how many, and what was taken for what. `limited` to the cases of a
    list."""
    if not typed.strip():
        return ""
    if what.nothing_asked:
        return "There is no letter and no figure in it to look for."
    return " · ".join([_count(what, limited), *what.taken])


def _count(what: Found, limited: bool) -> str:
    if what.more:
        return f"more than {what.total}; the best of the newest and of those so named"
    if not what.total:
        return "Nothing found in these cases" if limited else "Nothing found"
    return f"{what.total} found"
