"""Lengths of time and amounts, as logs spell them."""

from calmdesk.guide.money import minor_units, places

_DAY = 86_400
_MOST = 10**12
"""Minor units above which a number is no amount."""


def seconds_of(words: str) -> int | None:
    """Minutes as `7`, `7.5`, `7:30` or `0:07:30`, in seconds; None when it is no length of a call."""
    try:
        parts = [float(part) for part in words.strip().replace(",", ".").split(":")]
    except ValueError:
        return None
    if len(parts) > 3:
        return None
    hours, minutes, rest = (0.0, parts[0], 0.0) if len(parts) == 1 else [0.0, *parts][-3:]
    seconds = hours * 3600 + minutes * 60 + rest
    return round(seconds) if 0 <= seconds < _DAY else None


def amount_of(words: str, currency: str) -> str:
    """What somebody was given, `£1,200.50`, in units of the currency; '' for nothing, and for what
    is no such amount."""
    words = words.strip()
    number = "".join(c for c in words if c.isdigit() or c in ".,'")
    if not number or words.startswith(("-", "(")):
        return ""
    try:
        minor = minor_units(number, currency)
    except ValueError:
        return ""
    digits = places(currency)
    return f"{minor / 10**digits:.{digits}f}" if 0 < minor <= _MOST else ""
