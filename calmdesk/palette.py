"""The palette: what can be done from anywhere, by name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand

if TYPE_CHECKING:
    from calmdesk.app import CalmDesk


def commands(app: CalmDesk, usual: Iterable[SystemCommand]) -> Iterable[SystemCommand]:
    """calmdesk's commands, and Textual's `usual` ones without its screenshot, which would write a
    customer's words to a file."""
    yield SystemCommand("Take a call", "At once; who it is comes later", app.action_take_call)
    yield SystemCommand("Find a case", "By any words of it", app.action_find)
    yield SystemCommand("Desk", "What is due and open", partial(app.go, "desk"))
    yield SystemCommand("Promises", "What was told, by when", partial(app.go, "promises"))
    yield SystemCommand("Day", "Every case of a day", partial(app.go, "day"))
    yield SystemCommand("Pictures", "Heat, causes, promises, drawn", partial(show_pictures, app))
    yield SystemCommand(
        "Learn", "Which causes recur, and what was changed", partial(app.go, "learn")
    )
    yield SystemCommand("Letters", "Drafts, and what was sent", partial(app.go, "letters"))
    yield SystemCommand(
        "Customers", "Who they are, and who may be one person", partial(app.go, "customers")
    )
    yield SystemCommand("Playbook", "Your words, tried out", partial(app.go, "playbook"))
    yield SystemCommand("Keys", "Every key and command", partial(app.go, "keys"))
    yield SystemCommand("Take a break", "Quiet minutes; nobody sees them", app.own_room.take_break)
    yield SystemCommand(
        "Look back", "Three private lines on your last call", app.own_room.look_back
    )
    yield SystemCommand("My debriefs", "Yours, and what others share", app.own_room.show_debriefs)
    yield SystemCommand("Practice", "Run calmdesk practice in a terminal", app.tell_practice)
    yield SystemCommand(
        "Known issue", "One honest sentence on every call about it", app.action_known_issues
    )
    yield SystemCommand(
        "Who is at this desk", "Name, direct line, e-mail, your own line", app.own_room.introduce
    )
    if app.phone_room is not None and app.phone_room.link is not None:
        yield SystemCommand(
            "Connect to baresip", "Again, after it was given up", app.phone_room.link.begin_again
        )
    for command in usual:
        if command.title not in ("Screenshot", "Quit", "Keys"):
            yield command
    yield SystemCommand("Quit", "A live call is kept", app.action_leave)


def show_pictures(app: CalmDesk) -> None:
    """The pictures of today over whatever is shown."""
    from calmdesk.screens.pictures import PicturesScreen

    _ = app.push_screen(PicturesScreen.of_today(app.place))
