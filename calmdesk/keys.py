"""Every key and command, read from where each is declared: for the help, the README, the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode

from calmdesk.errors import SettingsError
from calmdesk.guide.commands import COMMANDS
from calmdesk.settings import Settings


@dataclass(frozen=True)
class KeyRow:
    """One key, where it works, and what it does."""

    place: str
    key: str
    words: str
    tooltip: str
    id: str
    """Name of the binding in `[keys]` of the settings."""
    command: str = ""
    """The `/word` that does the same; '' when there is none."""


def places() -> list[tuple[str, list[type[DOMNode]]]]:
    """Where keys are declared, in the order of an agent's day."""
    from calmdesk.app import CalmDesk
    from calmdesk.screens.briefing import Briefing
    from calmdesk.screens.call import CallScreen
    from calmdesk.screens.card import Card
    from calmdesk.screens.customer import CustomerScreen
    from calmdesk.screens.customers import CustomersScreen
    from calmdesk.screens.day_keys import DayKeys
    from calmdesk.screens.debrief import DebriefScreen
    from calmdesk.screens.desk import DeskScreen
    from calmdesk.screens.due_screen import DueScreen
    from calmdesk.screens.find import Find
    from calmdesk.screens.form_screen import FormScreen
    from calmdesk.screens.go_to import GoTo
    from calmdesk.screens.guarded_form import GuardedForm
    from calmdesk.screens.help import Help
    from calmdesk.screens.inbox_brief import InboxBrief
    from calmdesk.screens.known_issue import IssueList
    from calmdesk.screens.learn import LearnScreen
    from calmdesk.screens.letter import LetterScreen
    from calmdesk.screens.letters import LettersScreen
    from calmdesk.screens.merge_with import MergeWith
    from calmdesk.screens.own_debriefs import DebriefList, OwnDebriefs
    from calmdesk.screens.pause import Pause
    from calmdesk.screens.pictures import PicturesScreen
    from calmdesk.screens.playbook import PlaybookScreen
    from calmdesk.screens.practice_desk import PracticeDesk
    from calmdesk.screens.promises import PromisesScreen
    from calmdesk.screens.put_off import PutOff
    from calmdesk.screens.question import Question
    from calmdesk.screens.read_case import ReadCase
    from calmdesk.screens.review_box import ReviewBox
    from calmdesk.screens.review_form import JudgedLine
    from calmdesk.screens.saved_filters import SavedFilters
    from calmdesk.screens.side_by_side import SideBySide
    from calmdesk.widgets.action_list import ActionList
    from calmdesk.widgets.agree_pane import PromiseList
    from calmdesk.widgets.board_list import BoardList
    from calmdesk.widgets.case_table import CaseTable
    from calmdesk.widgets.case_view import CaseView
    from calmdesk.widgets.cause_bars import CauseBars
    from calmdesk.widgets.choice_line import ChoiceLine
    from calmdesk.widgets.choice_rows import ChoiceRows
    from calmdesk.widgets.clarify_pane import ParkedList
    from calmdesk.widgets.example_list import ExampleList
    from calmdesk.widgets.filter_line import FilterField
    from calmdesk.widgets.late_strip import LateStrip
    from calmdesk.widgets.letter_list import LetterList
    from calmdesk.widgets.long_list import LongList
    from calmdesk.widgets.month_calendar import MonthCalendar
    from calmdesk.widgets.needs_strip import NeedsStrip
    from calmdesk.widgets.note_line import NoteInput
    from calmdesk.widgets.person_list import PersonList
    from calmdesk.widgets.promise_table import PromiseTable
    from calmdesk.widgets.resolve_pane import OfferList
    from calmdesk.widgets.wrap_up_more import MoreLine

    return [
        ("Everywhere", [CalmDesk]),
        ("Between calls", [DueScreen]),
        ("Desk", [DeskScreen, BoardList]),
        ("Call", [CallScreen, NoteInput]),
        ("Call, forms", [ChoiceLine, ParkedList, OfferList, PromiseList, MoreLine]),
        ("Promises", [PromiseTable, PromisesScreen]),
        ("Day", [DayKeys, NeedsStrip, CaseTable, LateStrip, FilterField]),
        ("Day, boxes", [MonthCalendar, ChoiceRows, SavedFilters]),
        ("Pictures", [PicturesScreen]),
        ("A case that is read", [CaseView]),
        ("Customers", [CustomersScreen, PersonList, SideBySide, MergeWith]),
        ("Customer", [CustomerScreen]),
        ("Learn", [LearnScreen, CauseBars, ActionList, ExampleList]),
        ("Playbook", [PlaybookScreen]),
        ("Letters", [LettersScreen, LetterList]),
        ("Letter", [LetterScreen]),
        ("Find", [Find, ReadCase]),
        ("Lists", [LongList]),
        (
            "Boxes",
            [
                FormScreen,
                GuardedForm,
                IssueList,
                Question,
                PutOff,
                InboxBrief,
                JudgedLine,
                ReviewBox,
                Card,
                GoTo,
                Pause,
                Help,
            ],
        ),
        ("My debriefs", [DebriefList, OwnDebriefs]),
        ("Practice", [PracticeDesk, Briefing, DebriefScreen]),
    ]


def place_of(screen: DOMNode) -> str:
    """The place whose keys work on a screen; '' for one that has none of its own."""
    shared = ("Everywhere", "Between calls")
    here = (
        name for name, owners in places() if name not in shared and type(screen) in _all(owners)
    )
    return next(here, "")


def _all(owners: list[type[DOMNode]]) -> set[type]:
    """Those that declare keys, and what is made of them."""
    return {*owners, *(made for owner in owners for made in owner.__subclasses__())}


def declared() -> Iterator[tuple[str, Binding]]:
    """Every binding that calmdesk declares, with its place."""
    for place, classes in places():
        for owner in classes:
            for entry in owner.__dict__.get("BINDINGS", ()):
                assert isinstance(entry, Binding)
                yield place, entry


def key_rows(app: App[Any] | None = None, settings: Settings | None = None) -> list[KeyRow]:
    """All keys as the user has them: the settings' keys over those that ship."""
    own = (settings or Settings()).keys if app is None else dict(app._keymap)
    words = {command.key: command.word for command in COMMANDS if command.key}
    rows = []
    for place, binding in declared():
        if (binding.id or "").startswith("heat."):
            continue
        keys = own.get(binding.id or "", binding.key)
        shown = " ".join(key.strip() for key in keys.split(","))
        command = words.get(binding.id or "", "")
        rows.append(
            KeyRow(place, shown, binding.description, binding.tooltip, binding.id or "", command)
        )
    return rows


def check_keys(settings: Settings) -> None:
    """Raise SettingsError for a key in the settings that names no binding, or that a field would
    swallow: it would be shown, and never work."""
    bindings = {binding.id: binding for _, binding in declared()}
    for name, keys in settings.keys.items():
        if name not in bindings:
            near = get_close_matches(name, [known for known in bindings if known], n=1)
            hint = f"did you mean {near[0]}?" if near else "calmdesk keys lists them."
            raise SettingsError(f"In the settings, [keys] {name} is unknown; {hint}")
        if not name.startswith(("call.", "app.", "form.", "letter.", "find.")):
            continue  # where there is no field, a letter is a good key
        for key in keys.split(","):
            if key.strip() in _swallowed() or len(key.strip()) == 1 or key.strip() == "space":
                raise SettingsError(
                    f"In the settings, [keys] {name} cannot be {key.strip()}: a field for text "
                    "takes it. Free are f2 to f5, f8, f9, f12 and ctrl with f g l n o r s t."
                )


def _swallowed() -> set[str]:
    """Keys that an input or a text area keeps for itself."""
    from textual.widgets import Input, TextArea

    return {
        key
        for widget in (Input, TextArea)
        for entry in widget.BINDINGS
        if isinstance(entry, Binding)
        for key in entry.key.split(",")
    }


def markdown(rows: list[KeyRow]) -> str:
    """The table of keys for the README, place by place."""
    lines = ["| where | key | does | or type | name in `[keys]` |", "|---|---|---|---|---|"]
    for row in rows:
        word = f"`/{row.command}`" if row.command else ""
        lines.append(f"| {row.place} | `{row.key}` | {row.tooltip} | {word} | `{row.id}` |")
    return "\n".join(lines)
