"""The app: modes, themes, keys, the desk and the way out. Few widgets before the first paint; the
record, the playbook and the call screen come after it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual import events, on, work
from textual.app import SystemCommand
from textual.binding import Binding
from textual.filter import LineFilter
from textual.notifications import Notify, SeverityLevel
from textual.screen import Screen

from calmdesk import __version__, palette
from calmdesk.clock import Clock, SystemClock
from calmdesk.errors import CalmdeskError, SettingsError, StoreError, fault
from calmdesk.paths import Places
from calmdesk.records import people
from calmdesk.records.desk import Desk
from calmdesk.records.ids import NewId, new_id
from calmdesk.screens.beside import WorkEndsFirst, run_beside
from calmdesk.screens.call_room import CallRoom
from calmdesk.screens.desk import DeskScreen
from calmdesk.screens.desk_news import DeskNews, Source
from calmdesk.screens.due_screen import DueScreen
from calmdesk.screens.find_room import FindRoom
from calmdesk.screens.keeping import Keeper
from calmdesk.screens.own_room import OwnRoom
from calmdesk.screens.own_words import EVERY, OwnWords
from calmdesk.screens.post_room import PostRoom
from calmdesk.screens.share_room import ShareRoom
from calmdesk.screens.tending import Tending
from calmdesk.screens.workplace import Workplace
from calmdesk.settings import Settings
from calmdesk.terminal import on_goodbye
from calmdesk.theme import THEMES, Scrub

if TYPE_CHECKING:
    from calmdesk.records.call_rows import OpenCall
    from calmdesk.records.store import Store
    from calmdesk.screens.call import CallScreen
    from calmdesk.screens.customers import CustomersScreen
    from calmdesk.screens.day import DayScreen
    from calmdesk.screens.learn import LearnScreen
    from calmdesk.screens.letters import LettersScreen
    from calmdesk.screens.phone_room import PhoneRoom
    from calmdesk.screens.playbook import PlaybookScreen
    from calmdesk.screens.promises import PromisesScreen
    from calmdesk.screens.reminders import Reminders

SMALLEST = (40, 12)
"""Columns and rows below which the screen says that it is too small; the call goes on."""


class CalmDesk(WorkEndsFirst):
    """calmdesk, on one terminal, for one agent."""

    CSS_PATH = "calmdesk.tcss"
    FOLLOWS_PHONE = True
    """Whether the softphone is listened to; where nothing is kept it is not."""
    TITLE = "calmdesk"
    DEFAULT_MODE = "desk"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-normal"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (28, "-tall")]

    BINDINGS = [
        Binding(
            "ctrl+n",
            "take_call",
            "call",
            id="app.call",
            priority=True,
            tooltip="Take what rings, or go back to who is on hold; else begin a call at once, and fill "
            "in later who it is",
        ),
        Binding(
            "f1",
            "keys",
            "keys",
            id="app.keys",
            show=False,
            tooltip="Every key and command, those of this screen first",
        ),
        Binding(
            "ctrl+f",
            "find",
            "find",
            id="app.find",
            priority=True,
            tooltip="Find a case by any words of it, over all years",
        ),
        Binding(
            "ctrl+g",
            "go_to",
            "go",
            id="app.go",
            priority=True,
            tooltip="Desk, call, Promises, Day, Customers, Learn, Letters, Playbook, keys",
        ),
        Binding(
            "ctrl+p",
            "command_palette",
            "menu",
            id="app.palette",
            priority=True,
            tooltip="Every command by name, themes too",
        ),
        Binding(
            "ctrl+q",
            "leave",
            "quit",
            id="app.quit",
            priority=True,
            tooltip="Quit; a live call is kept and opens again",
        ),
    ]

    def __init__(
        self,
        places: Places,
        open_store: Callable[[], Store],
        *,
        clock: Clock | None = None,
        settings: Settings | None = None,
        trouble: str = "",
        demo: bool = False,
        call: str | None = None,
        ids: NewId = new_id,
    ) -> None:
        """`trouble` is a sentence to show on the Desk (settings that could not be read); `call` is
        a number to take a call from at once, '' when it is not known, None for no call."""
        super().__init__()
        settings = settings or Settings()
        for theme in THEMES:
            self.register_theme(theme)
        wanted = settings.theme if settings.theme in self.available_themes else "calm-dark"
        self.set_reactive(CalmDesk.theme, wanted)
        if settings.compact:
            vars(self)["HORIZONTAL_BREAKPOINTS"] = self.HORIZONTAL_BREAKPOINTS[:1]
        self.stylesheet.set_variables(self.get_css_variables())
        self.desk = Desk(open_store)
        self.place = Workplace(
            self.desk, clock or SystemClock(), places, settings, ids=ids, demo=demo
        )
        self.keeper = Keeper(self.desk, self.place.clock, places.data / "not-kept.txt")
        self.own_words = OwnWords(self.place, self._tell_words)
        self.news = DeskNews(self, self.keeper, self.own_words, self._desk_screen)
        self.news.trouble("settings", trouble)
        if self.theme != settings.theme:
            unknown = f"In the settings, [screen] theme {settings.theme} is unknown"
            self.news.trouble("theme", f"{unknown}; {self.theme} is used.")
        self.post_room = PostRoom(self, self.place, self.keeper, self.news.tell)
        self.call_room = CallRoom(self, self.place, self.keeper, self._call_screen, self.news)
        self.phone_room: PhoneRoom | None = None
        """The telephone; None before it is followed."""
        self.share_room = ShareRoom(self.place, partial(self.news.trouble, "share"))
        self.own_room = OwnRoom(self, self.place, self.keeper, self.call_room, self.news)
        self.find_room = FindRoom(self, self.place)
        self.tending = Tending(self, self.place, self.keeper)
        self.reminders: Reminders | None = None
        self.failure = ""
        """Why calmdesk had to end; printed by the command line."""
        self.ended_by = 0
        """The signal that ended us; 0 when none did."""
        self._first_call = call
        self._take_back: Callable[[], None] = lambda: None
        self.set_keymap(settings.keys)
        self.add_mode("desk", self._first_screen)
        self.add_mode("promises", self._promises_screen)
        self.add_mode("day", self._day_screen)
        self.add_mode("learn", self._learn_screen)
        self.add_mode("playbook", self._playbook_screen)
        self.add_mode("letters", self._letters_screen)
        self.add_mode("customers", self._customers_screen)

    # -- the first second -------------------------------------------------------------------

    def get_line_filters(self) -> list[LineFilter]:
        return [*super().get_line_filters(), Scrub()]

    async def on_mount(self) -> None:
        if not self.is_headless:
            self._take_back = on_goodbye(self._goodbye)
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        """The first paint is done: now the heavy rest."""
        gc.freeze()
        gc.enable()
        self.settle_in()
        self.set_interval(EVERY, self._look_at_words)

    @work
    async def settle_in(self) -> None:
        """Open the store, read the playbook, and take up the call that was live."""
        from calmdesk.screens.coach import read_choices

        opening = self.desk.open()
        if self._first_call is not None:
            await self.action_take_call(self._first_call)
        self.prepare()
        try:
            await opening
            self.place.me = await self.desk.look(people.me)
            self.place.team = await self.desk.look(people.team)
            await read_choices(self.place)
            await self.call_room.claim()
            opened = await self.call_room.unfinished()
            self.share_room.begin()
        except StoreError as error:
            if self.call_room.screen is None:
                self.failure = str(error)
                self.exit(return_code=2)
            return
        if opened is not None:
            await self.call_room.show(opened)
        await self.call_room.gather()
        self.news.show()
        if self.FOLLOWS_PHONE and not self.place.demo:
            self.follow_phone()
        self.tending.begin()
        self.remind()
        fresh = not self.place.me.name and not self.place.demo
        if fresh and self.call_room.ours and self.call_room.screen is None:
            self.own_room.introduce()

    def remind(self) -> None:
        """Tell what comes due from now on."""
        from calmdesk.screens.reminders import Reminders

        self.reminders = Reminders(self, self.place, self.call_room)
        self.reminders.begin()

    def follow_phone(self) -> None:
        """Listen to the softphone from now on."""
        from calmdesk.screens.phone_room import PhoneRoom

        self.phone_room = PhoneRoom(self, self.place, self.keeper, self.call_room, self.news)
        self.phone_room.begin()

    @work(thread=True)
    def prepare(self) -> None:
        """Read the playbook and the call screen's code before they are needed."""
        from calmdesk.guide.zones import zone_of_number

        self.own_words.begin()
        if self.own_words.trouble:
            self.call_from_thread(self.news.warn)
        zone_of_number("+1 415 555 0100")  # reads the numbers' zones
        self.place.words().hearing.listen(["read once, so that hearing is quick"])
        import calmdesk.screens.call  # noqa: F401

        if self.place.settings.keys:
            self._check_keys()
        self._check_times()

    def _check_keys(self) -> None:
        """A key that could never work is not used, and the Desk says so."""
        from calmdesk.keys import check_keys

        try:
            check_keys(self.place.settings)
        except SettingsError as error:
            self.call_from_thread(self.set_keymap, {})
            self._tell_trouble("keys", f"{error} The usual keys are used.")

    def _check_times(self) -> None:
        """A place without known holidays, and a preset and a country that are none, are not used, and
        the Desk says so. They are looked up here, because it takes the first one a while."""
        from calmdesk.guide.dialling import check_region
        from calmdesk.guide.targets import chosen
        from calmdesk.working_hours import check_holidays

        settings = self.place.settings
        try:
            chosen(settings.clocks, self.place.words().clocks)
            check_holidays(settings.hours)
            check_region(settings.phone.dialling)
        except SettingsError as error:
            self._tell_trouble("times", f"{error} It is left out.")

    def _tell_trouble(self, source: Source, sentence: str) -> None:
        """Tell the Desk, from a thread, what is wrong."""
        self.call_from_thread(self.news.trouble, source, sentence)

    def _look_at_words(self) -> None:
        """Once a second: was a file of the playbook saved?"""
        if not self.own_words.busy:
            run_beside(self, self.own_words.look, group="words")

    def _tell_words(self, sentence: str, broken: bool) -> None:
        self.news.warn()
        severity: SeverityLevel = "warning" if broken else "information"
        self.notify(sentence, severity=severity, markup=False)

    def _first_screen(self) -> Screen[Any]:
        """What stands between calls."""
        return DeskScreen(self.place)

    def _desk_screen(self) -> DeskScreen | None:
        stack = self._screen_stacks.get("desk")
        screen = stack[0] if stack else None
        return screen if isinstance(screen, DeskScreen) else None

    async def on_resize(self, event: events.Resize) -> None:
        """A window too small to draw on says so; nothing behind it stops."""
        from calmdesk.widgets.too_small import TooSmall

        small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        shown = self.screen.query(TooSmall)
        if small and not shown:
            await self.screen.mount(TooSmall(*SMALLEST))
        elif not small:
            for stack in self._screen_stacks.values():
                for screen in stack:
                    await screen.query(TooSmall).remove()

    # -- calls ------------------------------------------------------------------------------

    async def action_take_call(self, number: str = "") -> None:
        """Take a call at once, whatever is on the screen; its instant is this key press. One that
        rings is the one that is meant, else one that waits on hold."""
        if self.phone_room is not None and self.phone_room.take_ringing():
            return
        if not await self.call_room.back_to_waiting():
            await self.call_room.take(number)

    def _call_screen(self, opened: OpenCall) -> CallScreen:
        from calmdesk.screens.call import CallScreen

        return CallScreen(self.place, self.keeper, opened)

    @on(DeskScreen.TakenUp)
    @work
    async def take_up(self, event: DeskScreen.TakenUp) -> None:
        """Take a parked wrap-up up again."""
        await self.call_room.take_up(event.contact_id)

    @on(DueScreen.RingWanted)
    @work
    async def ring(self, event: DueScreen.RingWanted) -> None:
        """Ring them, for a promise or follow-up."""
        await self.call_room.ring(event.case_id, event.line_id)

    @on(DeskScreen.RingBackWanted)
    @work
    async def ring_back(self, event: DeskScreen.RingBackWanted) -> None:
        """Ring somebody back who rang in vain."""
        from calmdesk.screens.ringing_back import RingingBack

        await RingingBack(self, self.keeper, self.call_room).ring_back(event.rang)

    @on(DueScreen.CaseWanted)
    async def read_case(self, event: DueScreen.CaseWanted) -> None:
        await self.switch_mode("day")
        day = self.screen
        from calmdesk.screens.day import DayScreen

        if isinstance(day, DayScreen):
            day.open_case(event.case_id)

    async def on_call_screen_done(self, event: Any) -> None:
        """The call is saved: the Desk, or first what is the agent's own."""
        call = event.call
        await self.call_room.close(call.contact_id)
        self.news.tell("")
        if event.in_writing:
            self.post_room.confirm(call.case_id, event.in_writing)
        self.own_room.after(call.contact_id, event.pause, event.look_back)

    async def on_call_screen_keys_wanted(self) -> None:
        await self.go("keys")

    # -- going about ------------------------------------------------------------------------

    def _day_screen(self) -> DayScreen:
        from calmdesk.screens.day import DayScreen

        return DayScreen(self.place)

    def _learn_screen(self) -> LearnScreen:
        from calmdesk.screens.learn import LearnScreen

        return LearnScreen(self.place)

    async def on_learn_screen_left(self) -> None:
        await self.go("call" if self.call_room.screen is not None else "desk")

    async def on_learn_screen_cases_wanted(self, event: Any) -> None:
        """List the cases of a cause where the cases of a day are listed."""
        await self.switch_mode("day")
        from calmdesk.screens.day import DayScreen

        if isinstance(self.screen, DayScreen):
            self.screen.list_cases(event.chosen, event.words)

    async def on_day_screen_left(self, event: Any) -> None:
        await self.go(event.place)

    def _promises_screen(self) -> PromisesScreen:
        from calmdesk.screens.promises import PromisesScreen

        return PromisesScreen(self.place)

    def _playbook_screen(self) -> PlaybookScreen:
        from calmdesk.screens.playbook import PlaybookScreen

        return PlaybookScreen(self.place, self.own_words)

    def _letters_screen(self) -> LettersScreen:
        from calmdesk.screens.letters import LettersScreen

        return LettersScreen(self.place)

    def _customers_screen(self) -> CustomersScreen:
        from calmdesk.screens.customers import CustomersScreen

        return CustomersScreen(self.place)

    async def on_customers_screen_left(self) -> None:
        await self.go("call" if self.call_room.screen is not None else "desk")

    async def on_due_screen_customer_wanted(self, event: Any) -> None:
        await self.show_customer(event.customer_id)

    async def show_customer(self, customer_id: str) -> None:
        """Show one customer over what is there; a case of theirs is read in the Day."""
        from calmdesk.screens.customer import CustomerScreen

        async def left(case_id: str | None) -> None:
            if case_id is not None:
                await self.read_case(DueScreen.CaseWanted(case_id))

        if not isinstance(self.screen, CustomerScreen):  # a second key press opens no second one
            await self.push_screen(CustomerScreen(self.place, customer_id), left)

    def on_letter_list_opened(self, event: Any) -> None:
        self.post_room.open(event.letter_id)

    async def on_due_screen_letter_wanted(self, event: Any) -> None:
        await self.write_letter(event.case_id)

    async def write_letter(self, case_id: str, kind: str | None = None) -> None:
        """Write a letter of a case, or go on with its draft; without a kind, ask which."""
        if kind is None:
            await self.post_room.choose(case_id)
        else:
            self.post_room.write(case_id, kind)

    async def on_playbook_screen_left(self) -> None:
        await self.go("call" if self.call_room.screen is not None else "desk")

    @work(group="box")
    async def action_go_to(self) -> None:
        from calmdesk.screens.go_to import GoTo

        if isinstance(self.screen, GoTo):
            return
        chosen = await self.push_screen_wait(GoTo(self.call_room.screen is not None))
        if chosen is not None:
            await self.go(chosen)

    @work(group="box")
    async def action_find(self) -> None:
        """Find a case, whatever is on the screen."""
        await self.find_room.find()

    @work(group="box")
    async def action_known_issues(self) -> None:
        """Announce what is known to be wrong, or end it."""
        from calmdesk.screens.known_issue import KnownIssues

        if isinstance(self.screen, KnownIssues):
            return
        issue = await self.push_screen_wait(KnownIssues(self.place))
        if issue is not None:
            about = self.place.words().category_name(issue.category)
            self.notify(f"It stands on every call about {about} now.", markup=False)

    async def action_keys(self) -> None:
        await self.go("keys")

    async def go(self, place: str) -> None:
        if place == "keys":
            from calmdesk.keys import key_rows, place_of
            from calmdesk.screens.help import Help

            if not isinstance(self.screen, Help):
                await self.push_screen(Help(key_rows(self), place_of(self.screen)))
        elif place == "call" and self.call_room.screen is None:
            await self.switch_mode("desk")  # it ended while one was asked where to go
        else:
            await self.switch_mode(place)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        return palette.commands(self, super().get_system_commands(screen))

    def tell_practice(self) -> None:
        """Where practice is: never in the app that holds the case log."""
        self.notify("Run calmdesk practice: a made-up caller, and nothing kept.", markup=False)

    def on_notify(self, event: Notify) -> None:
        """What was told before makes room, that no pile of it covers the screen; another warning, and
        what was given a longer time, stay for it."""
        for told in list(self._notifications):
            in_passing = told.timeout <= self.NOTIFICATION_TIMEOUT
            in_passing = in_passing and told.severity == "information"
            if in_passing or told.message == event.notification.message:
                del self._notifications[told]

    # -- the way out ------------------------------------------------------------------------

    @work(group="box")
    async def action_leave(self) -> None:
        """Quit; with a live call, ask first."""
        from calmdesk.screens.question import Question

        if isinstance(self.screen, Question):
            return
        if self.call_room.talking:
            answer = await self.push_screen_wait(
                Question(
                    "The call is still running. Everything is kept; the next start opens it again.",
                    [("stay", "Stay with the call"), ("leave", "Leave calmdesk")],
                )
            )
            if answer != "leave":
                return
        self.keep_typing()
        self.exit()

    def _goodbye(self, number: int) -> None:
        """The terminal closed, or somebody ended us: keep what is half typed, then go."""
        self.ended_by = number
        self.keep_typing()
        self.exit(return_code=128 + number)

    def keep_typing(self) -> None:
        self.call_room.keep_typing()
        self.post_room.keep_typing()

    async def on_unmount(self) -> None:
        self._take_back()

    def close_desk(self) -> list[str]:
        """After the screen is gone: put on disk what still waits. Returns sentences to print."""
        said = self.keeper.drain()
        if self.phone_room is not None:
            self.phone_room.close()
        self.share_room.close()
        self.desk.close()
        return said

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, CalmdeskError) and not self.failure:
            self.failure = str(error)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """An error of ours: keep the words, and print none of a customer's."""
        self.keep_typing()
        self.bell()
        self._exit_renderables.append(Text(self.failure or self._stopped()))
        self._close_messages_no_wait()

    def _stopped(self) -> str:
        what = fault(self._exception) if self._exception is not None else "no error was given"
        return f"{STOPPED}\nFor whoever mends it: {what}; calmdesk {__version__}."

    def panic(self, *renderables: Any) -> None:
        """The same for what Textual itself gives up on: its report would print locals."""
        self._fatal_error()


STOPPED = "calmdesk had to stop. Every word was kept; the next start opens the call again."
