"""The keys of the Promises screen."""

from textual.binding import Binding, BindingType

KEYS: list[BindingType] = [
    Binding("r", "read_case", "read", id="promises.read", tooltip="Read the case whole"),
    Binding("k", "keep", "kept it", id="promises.kept", tooltip="It was done"),
    Binding(
        "d",
        "put_off",
        "put off",
        id="promises.later",
        tooltip="Put the reminder off; what they were told stays",
    ),
    Binding(
        "h", "hand_on", "hand on", id="promises.hand", tooltip="Somebody else keeps it from now on"
    ),
    Binding(
        "v",
        "tried('voicemail')",
        "tried",
        id="promises.voicemail",
        tooltip="You rang and left word; it is no contact yet",
    ),
    Binding(
        "n",
        "tried('no answer')",
        "no answer",
        id="promises.no_answer",
        tooltip="You rang and nobody answered",
        show=False,
    ),
    Binding(
        "m", "miss", "missed", id="promises.missed", tooltip="Not done and not to be done; say why"
    ),
    Binding(
        "w",
        "withdraw",
        "withdraw",
        id="promises.withdraw",
        tooltip="They know that it will not be done; say why",
    ),
    Binding("u", "undo", "undo", id="promises.undo", tooltip="Take the last change back"),
    Binding(
        "e",
        "everyone",
        "everyone",
        id="promises.everyone",
        tooltip="Everyone's; again: your own and nobody's",
    ),
    Binding(
        "s",
        "settled",
        "settled",
        id="promises.settled",
        tooltip="What became of those of the last 30 days; again: what is open",
    ),
    Binding(
        "escape", "leave", "back", id="promises.leave", tooltip="To the list, then to the Desk"
    ),
]

OPEN_ONLY = ("keep", "put_off", "hand_on", "miss", "withdraw", "tried", "read_case")
"""Actions that need a marked line."""
