"""How wide words are: in cells of a terminal, and in the pixels of a chart."""

import unicodedata

_WIDE = frozenset("mwMW@%&—…QOGDH")
_NARROW = frozenset("iljtfrI.,:;'|!()[] ")


def cells(text: str) -> int:
    """Columns that a text takes in a terminal; a wide character takes two, a mark none."""
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pixels(text: str, size: float) -> float:
    """Pixels that a text takes at most in a sans-serif face of `size`; the face is the reader's,
    so that it is a generous guess."""
    return sum(_em(character) for character in text) * size


def _em(character: str) -> float:
    if _cells(character) != 1:
        return 0.52 * _cells(character)
    if character in _WIDE:
        return 0.98
    if character in _NARROW:
        return 0.4
    return 0.74 if character.isupper() else 0.62


def within(text: str, size: float, width: float) -> str:
    """The text, shortened with an ellipsis to at most `width` pixels."""
    if pixels(text, size) <= width:
        return text
    while text and pixels(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def lines_within(text: str, size: float, width: float, most: int) -> list[str]:
    """The text on at most so many lines of `width` pixels; the last is shortened when it must."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if pixels(joined, size) <= width or len(lines) == most or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    return [within(line, size, width) for line in lines]


def wrapped(text: str, width: int) -> list[str]:
    """The text on lines of at most `width` cells, broken at blanks, a longer word wherever it must."""
    lines = [""]
    for word in text.split():
        while cells(word) > width:
            taken = _that_fits(word, width)
            lines += [word[:taken]]
            word = word[taken:]
        joined = f"{lines[-1]} {word}".strip()
        if cells(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return [line for line in lines if line] or [""]


def _that_fits(word: str, width: int) -> int:
    """How many characters of a word fit, one at least."""
    taken = 1
    while taken < len(word) and cells(word[: taken + 1]) <= width:
        taken += 1
    return taken


def padded(text: str, width: int, right: bool = False) -> str:
    """The text with blanks to fill `width` cells."""
    blanks = " " * max(0, width - cells(text))
    return f"{blanks}{text}" if right else f"{text}{blanks}"
