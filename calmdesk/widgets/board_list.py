"""What an agent sees between calls: what is due, wrap-ups to finish, and open cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from calmdesk.guide.english.times import distance
from calmdesk.guide.promises import standing
from calmdesk.widgets.columns import Part, columns

if TYPE_CHECKING:
    from collections.abc import Callable

    from calmdesk.records.rows import Board, CaseLine, DueLine


class BoardList(OptionList):
    """The board as one list, walked with the arrows."""

    DEFAULT_CSS = """
    BoardList { height: 1fr; border: none; padding: 0 1; background: $background; }
    BoardList:focus { border: none; }
    BoardList > .option-list--option-disabled { color: $quiet; text-style: bold; }
    """

    BINDINGS = [
        Binding(
            "enter",
            "select",
            "read it",
            id="desk.read",
            tooltip="Read the case, or finish its wrap-up",
        ),
        Binding(
            "k",
            "kept",
            "kept it",
            id="desk.kept",
            tooltip="What is due here has been done: it leaves the list",
        ),
    ]

    board: reactive[Board | None] = reactive(None, init=False)
    """What to show; None until the store has answered."""
    now: reactive[datetime | None] = reactive(None, init=False)
    """The local time, against which due times are read."""

    @dataclass
    class Opened(Message):
        """A case was opened."""

        case_id: str

    @dataclass
    class Rung(Message):
        """They are to be rung for a due line."""

        case_id: str
        line_id: str

    @dataclass
    class TakenUp(Message):
        """A parked wrap-up was taken up."""

        contact_id: str

    @dataclass
    class Kept(Message):
        """A due line was ticked as done."""

        line_id: str

    def __init__(self, wall: Callable[[datetime], datetime], id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._wall = wall
        """Turns an instant into local time."""
        self._shown: tuple[object, ...] = ()

    def watch_board(self) -> None:
        self._fill()

    def watch_now(self) -> None:
        self._fill()

    def on_resize(self, event: events.Resize) -> None:
        self._shown = ()
        self._fill()

    def _fill(self) -> None:
        """Show the board anew, if it would look any different; the cursor stays where it was."""
        if self.board is None or self.now is None or not self.size.width:
            return
        look = (self.board, self.now.replace(second=0), self.size.width)
        if look == self._shown:
            return
        self._shown = look
        at = self.highlighted_option.id if self.highlighted_option else None
        options = self._entries(self.board, self.now, self.scrollable_content_region.width - 2)
        self.set_options(options)
        ids = [option.id for option in options]
        usable = [n for n, option in enumerate(options) if not option.disabled]
        self.highlighted = ids.index(at) if at and at in ids else next(iter(usable), None)

    def _entries(self, board: Board, now: datetime, width: int) -> list[Option]:
        options = [_heading("Due", width)] if board.due or board.due_later else []
        options += [
            Option(self._due(due, now, width), f"due {due.id} {due.case_id}") for due in board.due
        ]
        if board.due_later:
            later = f"  {board.due_later} more in the days after"
            options.append(Option(Content.styled(later, "$quiet"), disabled=True))
        if board.to_finish:
            options.append(_heading("To finish", width))
        for contact, ref, customer in board.to_finish:
            line = columns(
                [
                    Part("·", 1),
                    Part(customer),
                    Part("wrap up", 8),
                    Part(ref, 14, "$quiet", from_width=60),
                ],
                width,
            )
            options.append(Option(line, f"finish {contact}"))
        if board.open:
            options.append(_heading("Open", width))
        options += [Option(self._open(case, now, width), f"open {case.id}") for case in board.open]
        if not options:
            quiet = "Nothing is due and no case is open." if board.calls_today else _FIRST
            options.append(Option(Content.styled(quiet, "$quiet"), disabled=True))
        return options

    def _due(self, due: DueLine, now: datetime, width: int) -> Content:
        at = self._wall(due.due_at)
        if at.year > 9000:
            when, left, sign = "no time", "when?", "?"
            style = "$warning"
        else:
            state = standing(at, now)
            when = f"{at:%H:%M}" if at.date() == now.date() else f"{at:%a %H:%M}"
            left, sign = distance(at, now), state.sign
            style = {"late": "$error bold", "soon": "$warning"}.get(state.value, "")
        words = due.what if due.follow_up else f"told: {due.what}"
        words += " · may go public" if due.may_go_public else ""
        if width < _NARROW:
            first = [Part(sign, 1, style), Part(when, 9 if " " in when else 5)]
            first += [Part(due.customer, style="bold"), Part(left, 11, style, right=True)]
            second = columns([Part(" ", 1), Part(words, style="$quiet")], width, gap=1)
            return Content("\n").join([columns(first, width, gap=1), second])
        return columns(
            [
                Part(sign, 1, style),
                Part(when, 9),
                Part(due.customer, 18, "bold"),
                Part(words),
                Part(left, 12, style, right=True),
            ],
            width,
            gap=1,
        )

    def _open(self, case: CaseLine, now: datetime, width: int) -> Content:
        after = ""
        if case.next_at is not None:
            at = self._wall(case.next_at)
            after = f"next {at:%a %H:%M}"
        return columns(
            [
                Part(" ", 1),
                Part(case.ref, 14, "$quiet", from_width=60),
                Part(case.customer or "unknown caller", style="bold"),
                Part(case.status, 13, from_width=_NARROW),
                Part(after or "no next step", 14, "" if after else "$warning", right=True),
            ],
            width,
            gap=1,
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "kept":
            option = self.highlighted_option
            return option is not None and (option.id or "").startswith("due ")
        return True

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        kind, *ids = (event.option.id or "").split()
        if kind == "due":
            self.post_message(self.Rung(ids[1], ids[0]))
        elif kind == "open":
            self.post_message(self.Opened(ids[0]))
        elif kind == "finish":
            self.post_message(self.TakenUp(ids[0]))

    def action_kept(self) -> None:
        """Tick what is due here as done."""
        option = self.highlighted_option
        if option is not None and option.id:
            self.post_message(self.Kept(option.id.split()[1]))


_NARROW = 64
"""Columns below which a due line takes two."""
_FIRST = "Your cases and promises will stand here. calmdesk demo shows a day full of them."


def _heading(words: str, width: int) -> Option:
    return Option(Content.styled(words, "$quiet"), disabled=True)
