"""What an agent sees between calls: their inbox, what is due, wrap-ups to finish, open cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList

from calmdesk.widgets.board_sections import sections

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from calmdesk.guide.clocks import ClockStanding
    from calmdesk.records.case_rows import Board, HandedOver
    from calmdesk.records.line_rows import DueLine
    from calmdesk.records.phone_rows import RangInVain
    from calmdesk.records.review_rows import ReviewForMe


class BoardList(OptionList):
    """The board as one list, walked with the arrows."""

    DEFAULT_CSS = """
    BoardList {
        height: 1fr; border: none; padding: 0 1; background: $background; scrollbar-gutter: stable;
    }
    BoardList:focus { border: none; }
    BoardList > .option-list--option-disabled { color: $quiet; text-style: bold; }
    """

    BINDINGS = [
        Binding(
            "enter",
            "select",
            "open",
            id="desk.open",
            tooltip="Ring for what is due, ring back who rang, take a case over, read a case",
        ),
        Binding("r", "read", "read", id="desk.read", tooltip="Read the case whole"),
        Binding(
            "k",
            "due('kept')",
            "kept it",
            id="desk.kept",
            tooltip="What is due here, or the call, has been dealt with: it leaves the list",
        ),
        Binding(
            "d",
            "due('later')",
            "later",
            id="desk.later",
            tooltip="Put the reminder off; what they were told stays",
        ),
        Binding("u", "undo", "undo", id="desk.undo", tooltip="Take the last change back"),
    ]

    board: reactive[Board | None] = reactive(None, init=False, always_update=True)
    """What to show; None until the store has answered."""
    clocks: Mapping[str, Sequence[ClockStanding]] = {}
    """How the clocks of the open cases stand, by case; set before `board`."""
    now: reactive[datetime | None] = reactive(None, init=False, repaint=False)
    """This instant, against which due times are read; the list is painted anew when it looks other."""

    @dataclass
    class Opened(Message):
        """A case was opened."""

        case_id: str

    @dataclass
    class TakenUp(Message):
        """A parked wrap-up was taken up."""

        contact_id: str

    @dataclass
    class Due(Message):
        """Something is to be done about a due line: ring, kept, later."""

        what: str
        line: DueLine

    @dataclass
    class Rang(Message):
        """Something is to be done about a call in vain: back, kept."""

        what: str
        rang: RangInVain

    @dataclass
    class Taken(Message):
        """A case in the inbox is to be looked at and taken over."""

        handed: HandedOver

    @dataclass
    class Reviewed(Message):
        """What a colleague saw in the agent's own work is to be read."""

        review: ReviewForMe

    class Undone(Message):
        """The last change is to be taken back."""

    def __init__(self, wall: Callable[[datetime], datetime], id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._wall = wall
        """Turns an instant into local time."""
        self._shown: tuple[object, ...] = ()
        self._placed: int | None = None
        """Where the cursor stood when the board was shown last."""
        self._chosen = False
        """Whether it was ever moved from there by hand."""
        self._afresh = True
        """Whether the next board is one that nobody has looked at yet."""

    def begin_afresh(self) -> None:
        """Somebody comes back to it: a cursor that was not moved by hand goes to the first line."""
        self._afresh = True

    def watch_board(self) -> None:
        self._fill()
        self._afresh = False

    def watch_now(self) -> None:
        self._fill()

    def on_resize(self, event: events.Resize) -> None:
        self._shown = ()
        self._fill()

    def _fill(self) -> None:
        """Show the board anew, if it would look any different. The cursor stays on its line, so that
        no key acts on another than was meant; begun afresh, it stands on the first."""
        if self.board is None or self.now is None or not self.size.width:
            return
        look = (self.board, self.now.replace(second=0, microsecond=0), self.size.width)
        if look == self._shown:
            return
        self._shown = look
        self._chosen = self._chosen or self.highlighted != self._placed
        afresh = self._afresh and not self._chosen
        at = self.highlighted_option.id if self.highlighted_option and not afresh else None
        place = 0 if afresh else self.highlighted or 0
        width = self.scrollable_content_region.width - 2
        options = sections(self.board, self.clocks, self.now, self._wall, width)
        self.set_options(options)
        ids = [option.id for option in options]
        usable = [n for n, option in enumerate(options) if not option.disabled]
        self.highlighted = ids.index(at) if at and at in ids else _nearest(place, usable)
        self._placed = self.highlighted

    def scroll_to_highlight(self, top: bool = False) -> None:
        """Have the marked line in sight; with the first one its heading."""
        before = self.options[: self.highlighted]
        if all(option.disabled for option in before):
            self.scroll_home(animate=False)
        else:
            super().scroll_to_highlight(top)

    @property
    def marked(self) -> tuple[str, str]:
        """What is marked, and its id: `due`, `rang`, `taken`, `finish`, `seen`, `open`;
        empty when nothing is."""
        option = self.highlighted_option
        kind, _, rest = ((option.id if option is not None else "") or "").partition(" ")
        return kind, rest if kind == "rang" else rest.split(" ")[0]

    @property
    def key_words(self) -> Mapping[str, str]:
        """What keys do with the marked line, where that is not what they do with any other."""
        kind, marked = self.marked
        if kind == "due":
            return {"select": "ring"}
        rang = self._rang(marked) if kind == "rang" else None
        if rang is None:
            return {}
        return {"select": "write down" if rang.talked else "ring back", "due('kept')": "dealt with"}

    def _line(self, line_id: str) -> DueLine | None:
        due = self.board.due if self.board is not None else ()
        return next((line for line in due if line.id == line_id), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        kind, _ = self.marked
        if action == "due":
            return kind == "due" or (kind == "rang" and parameters == ("kept",))
        return kind in ("due", "open", "taken", "seen") if action == "read" else True

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        match self.marked:
            case "due", _:
                self.action_due("ring")
            case "rang", _:
                self._act_on_rang("back")
            case "open", case_id:
                self.post_message(self.Opened(case_id))
            case "finish", contact_id:
                self.post_message(self.TakenUp(contact_id))
            case "taken", handover_id:
                handed = self._handed(handover_id)
                if handed is not None:
                    self.post_message(self.Taken(handed))
            case "seen", review_id:
                review = self._review(review_id)
                if review is not None:
                    self.post_message(self.Reviewed(review))

    def action_due(self, what: str) -> None:
        """Something is to be done about the marked due line, or the marked call in vain."""
        if self.marked[0] == "rang":
            self._act_on_rang(what)
        line = self._line(self.marked[1])
        if line is not None:
            self.post_message(self.Due(what, line))

    def _act_on_rang(self, what: str) -> None:
        rang = self._rang(self.marked[1])
        if rang is not None:
            self.post_message(self.Rang(what, rang))

    def _rang(self, key: str) -> RangInVain | None:
        rang = self.board.rang if self.board is not None else ()
        return next((it for it in rang if it.keys[-1] == key), None)

    def action_read(self) -> None:
        """Read the case that the marked line is about."""
        _, marked = self.marked
        row = self._line(marked) or self._handed(marked) or self._review(marked)
        case_id = row.case_id if row is not None else marked
        if case_id:
            self.post_message(self.Opened(case_id))

    def action_undo(self) -> None:
        self.post_message(self.Undone())

    def _handed(self, handover_id: str) -> HandedOver | None:
        inbox = self.board.inbox if self.board is not None else ()
        return next((it for it in inbox if it.id == handover_id), None)

    def _review(self, review_id: str) -> ReviewForMe | None:
        reviews = self.board.reviews if self.board is not None else ()
        return next((it for it in reviews if it.id == review_id), None)


def _nearest(place: int, usable: Sequence[int]) -> int | None:
    """The first place from there on, else the last before it; None when there is none."""
    return next((at for at in usable if at >= place), usable[-1] if usable else None)
