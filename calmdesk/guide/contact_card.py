"""What a customer is given to reach this very agent: whole, or it is not worth giving (S8, S9)."""

import re

from calmdesk.words import digits

_EXTENSION = re.compile(r"\b(?:ext(?:ension)?|x)\b\.?\s*:?\s*\d+|\bx\d+", re.IGNORECASE)
FEWEST = 5
"""Digits below which a number can only be dialled inside the house."""
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def missing(direct_line: str, email: str) -> str:
    """What is wrong with a card as it was typed; '' when nothing is. Either may still be empty."""
    if direct_line and _EXTENSION.search(direct_line):
        return "They need a number that rings you directly, without an extension."
    if direct_line and len(digits(direct_line)) < FEWEST:
        return "A direct line is a whole number, as it is dialled from outside."
    if email and not _MAIL.fullmatch(email):
        return "An e-mail looks like sam@printco.example."
    return ""
