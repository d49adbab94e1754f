"""The keys of the Playbook. Letters are the list's; in a field they are only letters."""

from textual.binding import Binding, BindingType


def _key(key: str, action: str, words: str, name: str, tooltip: str, show: bool = True) -> Binding:
    return Binding(key, action, words, id=f"playbook.{name}", tooltip=tooltip, show=show)


KEYS: list[BindingType] = [
    _key("slash", "find", "find", "find", "Find a phrase as you type"),
    _key("t", "try", "try a line", "try", "Type a line, and see what the guard says"),
    _key("p", "choose('pinned')", "pin", "pin", "Pin it: suggested first; again: not"),
    _key("m", "choose('muted')", "mute", "mute", "Mute it: not suggested; again: it is"),
    _key("e,enter", "edit", "edit", "edit", "Change its words; yours stand over what ships"),
    _key("a", "add", "add", "add", "A phrase of your own"),
    _key("c", "copy", "copy", "copy", "A phrase of your own that begins as this one"),
    _key("u", "undo", "undo yours", "undo", "Take your own away; what ships returns"),
    _key("f7", "take_better", "better words", "better", "Take what the guard says instead"),
    _key("down", "to_list", "to the list", "list", "From a field to the list", show=False),
    _key("escape", "leave", "back", "leave", "From a field to the list, then to the call"),
]
