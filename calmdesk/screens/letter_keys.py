"""The keys of a letter. They come before its fields: a text area keeps many keys for itself."""

from textual.binding import Binding, BindingType


def _key(key: str, action: str, words: str, name: str, tooltip: str) -> Binding:
    return Binding(key, action, words, id=f"letter.{name}", tooltip=tooltip, priority=True)


KEYS: list[BindingType] = [
    _key("ctrl+s", "keep", "keep", "keep", "Keep the draft; it is kept by itself, too"),
    _key("f4", "to_file", "to a file", "file", "Release it into a file, in a form you choose"),
    _key("ctrl+l", "to_clipboard", "clipboard", "clipboard", "Release it onto the clipboard"),
    _key("ctrl+o", "sent", "it was sent", "sent", "Tick that you sent it; calmdesk sends nothing"),
    _key("ctrl+r", "early", "not wait", "early", "Do not wait out the hour, with a reason"),
    _key("f7", "take_better", "better words", "better", "Take what the guard says instead"),
    _key("f8", "drop", "drop it", "drop", "It is not sent after all"),
    _key("escape", "leave", "back", "leave", "Back; what you wrote is kept"),
]
