"""The keys of a call, each declared once. They come before every field, so that they always work."""

from textual.binding import Binding, BindingType


def _key(key: str, action: str, words: str, name: str, tooltip: str, show: bool = True) -> Binding:
    return Binding(key, action, words, id=f"call.{name}", tooltip=tooltip, show=show, priority=True)


KEYS: list[BindingType] = [
    _key("f2", "forward", "told", "forward", "Story told; then: they said yes, heard"),
    _key("f5", "said", "said", "said", "I said the suggestion aloud"),
    _key("f8", "another", "other", "another", "Another suggestion"),
    _key("f9", "breathe", "breathe", "breathe", "A silent breathing line; again: suggestions"),
    _key("f4", "next", "next", "next", "The next stage"),
    _key("f3", "back", "back", "back", "The stage before"),
    _key("ctrl+t", "heat", "heat", "heat", "Then 1-5, or c for cold: how far from settled"),
    _key("ctrl+o", "hold", "hold", "hold", "Hold, and take back off hold"),
    _key("ctrl+r", "resolve", "resolve", "resolve", "What they ask, and offers"),
    _key("f7", "better", "better", "better", "Take what the guard says instead"),
    _key("f6", "in_writing", "in writing", "letter", "Save confirms the agreement in a letter"),
    _key("ctrl+l", "caller", "who", "caller", "Who is calling"),
    _key("f12", "same", "same", "same", "Make this call part of their earlier case"),
    _key("ctrl+s", "save", "save", "save", "Shows when the words were kept; in Wrap-up: saves"),
    _key("escape", "note", "notes", "note", "Back to the note line; nothing is lost", False),
    *(
        Binding(
            digit,
            f"heat_mark('{digit}')",
            show=False,
            priority=True,
            id=f"heat.{digit}",
            tooltip="After ctrl+t: the caller's heat",
            description="heat",
        )
        for digit in ("1", "2", "3", "4", "5", "c")
    ),
]
