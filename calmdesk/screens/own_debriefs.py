"""The agent's own debriefs, and those that others share: who reads them is the writer's choice."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from calmdesk.errors import StoreError
from calmdesk.guide.english.days import without_year
from calmdesk.records import debriefs
from calmdesk.records.people_rows import Debriefed
from calmdesk.screens.box import Box
from calmdesk.screens.workplace import Workplace


class DebriefList(OptionList):
    """Debriefs, one's own first."""

    DEFAULT_CSS = """
    DebriefList { max-height: 65vh; }
    DebriefList > .option-list--option-disabled { color: $foreground; }
    """

    BINDINGS = [
        Binding(
            "s",
            "share",
            "share",
            id="debriefs.share",
            tooltip="Let others read the marked debrief, or take it back",
        ),
    ]

    class Shared(Message):
        """The marked one is to be shared, or taken back."""

        def __init__(self, debrief_id: str) -> None:
            super().__init__()
            self.debrief_id = debrief_id

    def action_share(self) -> None:
        option = self.highlighted_option
        if option is not None and option.id:
            self.post_message(self.Shared(option.id))


class OwnDebriefs(Box[None]):
    """The newest first; one key shares the marked one or takes it back."""

    BINDINGS = [
        Binding("escape", "leave", "back", id="debriefs.leave", tooltip="Close the list"),
    ]

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self._mine: tuple[Debriefed, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("My debriefs", classes="box-title", markup=False)
            yield DebriefList(markup=False)
            yield Static(id="debriefs-hint", classes="box-hint", markup=False)

    def on_mount(self) -> None:
        self._hint("s shares the marked one, or takes it back · escape leaves")
        self.bring()

    @work(exclusive=True, group="debriefs")
    async def bring(self) -> None:
        """Read them, and list them; the mark stays where it is."""
        look = self.place.desk.look
        try:
            mine, theirs = await look(debriefs.mine), await look(debriefs.shared)
        except StoreError as error:
            self._hint(str(error))
            return
        self._mine = mine
        shown = self.query_one(DebriefList)
        marked = shown.highlighted or 0
        none = Content.styled("None yet. b on the Desk looks back on your last call.", "$quiet")
        options = [Option(self._entry(it), it.id) for it in mine] or [Option(none, disabled=True)]
        if theirs:
            title = Content.styled("Shared by others", "bold $primary")
            options.append(Option(title, disabled=True))
            options += [Option(self._entry(it), disabled=True) for it in theirs]
        shown.set_options(options)
        shown.highlighted = min(marked, len(mine) - 1) if mine else None

    def _entry(self, it: Debriefed) -> Content:
        at, words = self.place.wall(it.at), it.words
        standing = "" if it.agent else "shared" if words.shared else "yours alone"
        head = [without_year(at), it.agent or it.customer, standing]
        if words.with_whom:
            head.append(f"with {words.with_whom}")
        lines = [Content.styled(" · ".join(part for part in head if part), "$quiet")]
        for label, said in (
            ("it went up", words.escalated),
            ("better", words.better),
            ("process", words.process),
        ):
            if said:
                lines.append(Content.assemble((f"  {label}: ", "$quiet"), said))
        return Content("\n").join(lines)

    def _hint(self, words: str) -> None:
        self.query_one("#debriefs-hint", Static).update(words)

    @on(DebriefList.Shared)
    @work(group="sharing")
    async def share(self, event: DebriefList.Shared) -> None:
        """Share the marked one with the others here, or take it back."""
        it = next(own for own in self._mine if own.id == event.debrief_id)
        shared = not it.words.shared
        try:
            await self.place.desk.ask(debriefs.share, it.id, shared)
        except StoreError as error:
            self._hint(str(error))
            return
        told = "Shared: others can read it, with your name." if shared else "Yours alone again."
        self._hint(f"{told} s turns it round · escape leaves")
        self.bring()
