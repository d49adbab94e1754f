"""Learn: which causes recur and what they cost, the changes that remove them, and good examples."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from calmdesk.errors import CalmdeskError, StoreError
from calmdesk.guide.filters import Filter
from calmdesk.guide.pareto import Unusual
from calmdesk.guide.periods import Length, Period, Stretch, longer, usual_walls
from calmdesk.records import actions, examples, learning
from calmdesk.records.learn_rows import ActionLine
from calmdesk.screens.action_forms import ActionForm, CheckForm, DoneForm, OpenForm
from calmdesk.screens.learn_keys import KEYS
from calmdesk.screens.learn_reading import read_action, read_example
from calmdesk.screens.period_form import PeriodForm
from calmdesk.widgets.action_list import ActionList
from calmdesk.widgets.case_view import CaseView
from calmdesk.widgets.cause_bars import UNKNOWN, CauseBars
from calmdesk.widgets.causes_part import CausesPart
from calmdesk.widgets.example_list import ExampleList
from calmdesk.widgets.key_line import KeyLine
from calmdesk.widgets.title_line import TitleLine
from calmdesk.words import count

if TYPE_CHECKING:
    from calmdesk.records.read_lines import Line
    from calmdesk.screens.workplace import Workplace

MOST_NEWS = 3
"""Causes above their usual that are named (flow.md, The supervisor)."""
PARTS = ("causes", "actions", "examples")
NO_ACTIONS = "No change is under way. n opens one; a on a cause opens one for it."
NO_EXAMPLES = "No case is marked as an example. One that went well can be: read it, and mark it."


class LearnScreen(Screen[None]):
    """Three parts: causes over a period, corrective actions, examples without names."""

    CSS_PATH = Path(__file__).with_name("learn.tcss")
    HELP = (
        "Which causes recur. Left and right change the period, p its length, f types one; enter "
        "shows cases."
    )

    BINDINGS = KEYS

    title_line = getters.query_one(TitleLine)
    causes = getters.query_one(CausesPart)
    bars = getters.query_one(CauseBars)
    action_list = getters.query_one(ActionList)
    example_list = getters.query_one(ExampleList)
    reading = getters.query_one(CaseView)

    class Left(Message):
        """The agent goes back to work."""

    class CasesWanted(Message):
        """The cases of a cause are to be listed."""

        def __init__(self, chosen: Filter, words: str) -> None:
            super().__init__()
            self.chosen = chosen
            self.words = words
            """The cause and the period."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self.period: Stretch = Period.around(Length.MONTH, place.wall().date())
        """What the causes are counted over."""
        self._part = 0

    # -- what it looks like -----------------------------------------------------------------

    def compose(self) -> ComposeResult:
        place = self.place
        yield TitleLine("Learn")
        yield Static(id="learn-parts", classes="learn-line", markup=False)
        yield Static(id="learn-news", classes="learn-line", markup=False)
        with Horizontal(id="learn-body"):
            yield CausesPart(
                self._cause,
                self._group,
                place.settings.currency,
                id="causes-part",
                classes="learn-part",
            )
            with Vertical(id="actions-part", classes="learn-part"):
                yield Static("Corrective actions", classes="learn-title", markup=False)
                yield ActionList(place.wall, place.now, self._cause)
                yield Static(NO_ACTIONS, classes="learn-empty", markup=False)
            with Vertical(id="examples-part", classes="learn-part"):
                yield Static("Examples, without names", classes="learn-title", markup=False)
                yield ExampleList(self._category)
                yield Static(NO_EXAMPLES, classes="learn-empty", markup=False)
        yield CaseView()
        yield KeyLine()

    def _cause(self, cause: str) -> str:
        return self.place.words().cause_name(cause)  # the words may be read again

    def _group(self, cause: str) -> str:
        return self.place.words().cause_group(cause)

    def _category(self, category: str) -> str:
        return self.place.words().category_name(category)

    def on_mount(self) -> None:
        self.action_part(0)

    def on_screen_resume(self) -> None:
        self.show_period()
        self.show_actions()
        self.show_examples()

    # -- causes -----------------------------------------------------------------------------

    @property
    def stretch(self) -> tuple[datetime, datetime]:
        """The instants between which the period lies."""
        began, over = self.period.walls
        return self.place.instant(began), self.place.instant(over)

    @work(exclusive=True, group="period")
    async def show_period(self) -> None:
        """Count the causes of the period, and hold them against the periods before."""
        place, (since, until) = self.place, self.stretch
        held = usual_walls(self.period, place.wall())
        before = [(place.instant(began), place.instant(over)) for began, over in held]
        self.title_line.warning = ""
        self.title_line.left = f"Learn  ◂ {self.period.name} ▸"
        try:
            lines = await place.desk.look(learning.pareto, since, until, place.now())
            news = await place.desk.look(learning.above_usual, since, until, before)
        except StoreError as error:
            self.title_line.warning = str(error)
            return
        cases = sum(line.cases for line in lines)
        demo = " · demo" if place.demo else ""
        self.title_line.right = f"{count(cases, 'case')}{demo}"
        self.causes.show_period(self.period.name, lines)
        self._tell(news)

    def _tell(self, news: Sequence[Unusual]) -> None:
        """Name the causes above their usual."""
        told = " · ".join(f"{self._cause(it.cause)} {it.words}" for it in news[:MOST_NEWS])
        self.query_one("#learn-news", Static).update(
            Content.assemble(("↑ above usual  ", "$warning bold"), told)
        )
        self.set_class(bool(told), "-news")

    @on(CauseBars.Opened)
    def list_cases(self, event: CauseBars.Opened) -> None:
        since, until = self.stretch
        words = f"{self._cause(event.cause) if event.cause else UNKNOWN} · {self.period.name}"
        if event.factor:
            chosen = Filter(since, until, factor=event.cause, seen_at=self.place.now())
        else:
            chosen = Filter(since, until, cause=event.cause)
        self.post_message(self.CasesWanted(chosen, words))

    def action_step(self, count: int) -> None:
        self._count_over(self.period.step(count))

    def action_length(self) -> None:
        self._count_over(longer(self.period, self.place.wall().date()))

    @work(group="box")
    async def action_typed(self) -> None:
        """Any period, as it is typed."""
        period = await self.app.push_screen_wait(PeriodForm(self.place.wall().date()))
        if period is not None:
            self.action_part(0)
            self._count_over(period)

    def _count_over(self, period: Stretch) -> None:
        if period.in_reach:
            self.period = period
            self.show_period()

    # -- actions ----------------------------------------------------------------------------

    @work(exclusive=True, group="actions")
    async def show_actions(self) -> None:
        """Bring every action."""
        try:
            found = await self.place.desk.look(actions.actions, self.place.now())
        except StoreError as error:
            self.title_line.warning = str(error)
            return
        self.query_one("#actions-part").set_class(not found, "-empty")
        self.action_list.show(found)

    @on(CauseBars.ActionWanted)
    def act_on_cause(self, event: CauseBars.ActionWanted) -> None:
        self.fill_in(OpenForm(self.place, event.cause))

    @on(ActionList.Wanted)
    def act(self, event: ActionList.Wanted) -> None:
        action = event.action
        if event.what == "new":
            self.fill_in(OpenForm(self.place))
        elif action is None:
            return
        elif event.what == "read":
            self._read(read_action(action, self.place))
        elif event.what == "close":
            self.close_action(action)
        else:
            forms: dict[str, ActionForm] = {
                "change": OpenForm(self.place, action=action),
                "done": DoneForm(self.place, action),
                "check": CheckForm(self.place, action),
            }
            self.fill_in(forms[event.what])

    @work(group="box")
    async def fill_in(self, form: ActionForm) -> None:
        """Show a form; what it kept stands in the list then."""
        self.title_line.warning = ""
        if await self.app.push_screen_wait(form):
            self.action_part(1)
            self.show_actions()

    @work(group="closing")
    async def close_action(self, action: ActionLine) -> None:
        """Close one; without its check the record refuses, and says why."""
        self.title_line.warning = ""
        try:
            await self.place.desk.ask(actions.close_action, action.id, self.place.now())
        except CalmdeskError as error:
            self.title_line.warning = str(error)
        self.show_actions()

    # -- examples ---------------------------------------------------------------------------

    @work(exclusive=True, group="examples")
    async def show_examples(self) -> None:
        """Bring the examples."""
        try:
            found = await self.place.desk.look(examples.examples)
        except StoreError as error:
            self.title_line.warning = str(error)
            return
        self.query_one("#examples-part").set_class(not found, "-empty")
        self.example_list.show(found)

    @on(ExampleList.Opened)
    def read_example(self, event: ExampleList.Opened) -> None:
        self._read(read_example(event.example, self.place))

    # -- going about ------------------------------------------------------------------------

    def _read(self, lines: Sequence[Line]) -> None:
        self.reading.lines = lines
        self.add_class("-reading")
        self.set_focus(self.reading)

    def action_part(self, part: int) -> None:
        """Go to a part."""
        self._part = part
        self.remove_class("-reading")
        for place, name in enumerate(PARTS):
            self.set_class(place == part, f"-{name}")
        names = ("Causes", "Actions", "Examples")
        self.query_one("#learn-parts", Static).update(
            "  ".join(
                f"[{n + 1} {name}]" if n == part else f"{n + 1} {name}"
                for n, name in enumerate(names)
            )
        )
        lists: tuple[Widget, ...] = (self.bars, self.action_list, self.example_list)
        self.set_focus(lists[part])

    def action_go(self, count: int) -> None:
        self.action_part((self._part + count) % len(PARTS))

    def action_leave(self) -> None:
        """From what is read to the lists; from within a group to the groups; then to the Desk."""
        if self.has_class("-reading"):
            self.action_part(self._part)
        elif self._part or not self.bars.back():
            self.post_message(self.Left())
