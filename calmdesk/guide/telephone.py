"""Telephone numbers, found by any spelling of them: +44 20 7946 0018, 0044 20..., 020 7946 0018, or
the last figures alone."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

LEAST, MOST = 7, 15
"""Figures of a telephone number (E.164 knows no longer one)."""
ENDING = 4
"""Last figures by which a number can be asked for."""
BACKWARDS = "<"
"""Stands before the figures of a number from its last to its first: by these its end is found."""

RUN = re.compile(r"(?<![^\W_])(?:\+\s?)?\(?\d[\d ()./\u00a0-]*(?<=\d)(?![^\W_])")
"""Figures and what people set between them."""
_ONE = frozenset("17")
_TWO = frozenset(
    f"{first}{last}"
    for first, lasts in {2: "07", 3: "0123469", 4: "013456789", 5: "12345678", 6: "0123456"}.items()
    for last in lasts
) | frozenset(("81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98"))
"""Country codes of one figure and of two; all others have three."""


class Number(NamedTuple):
    """A telephone number as it is compared."""

    digits: str
    """All that is dialled, without a zero before it."""
    national: str
    """The same without its country code; '' where it is spelt without one."""


def numbers(text: str) -> Iterator[Number]:
    """The telephone numbers in a text."""
    for found in RUN.finditer(text):
        number = read(found[0])
        if LEAST <= len(number.digits) <= MOST:
            yield number


def read(run: str) -> Number:
    """A run of figures as a number."""
    plain = unicodedata.normalize("NFKC", run).replace("(0)", "").strip().lstrip("(")
    digits = figures(plain)
    abroad = plain.startswith("+") or digits.startswith("00")
    digits = digits.lstrip("0")
    return Number(digits, digits[_code(digits) :].lstrip("0") if abroad else "")


def figures(text: str) -> str:
    """The decimal figures of a text, as our own."""
    return "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())


def _code(digits: str) -> int:
    """How many figures the country code has."""
    return 1 if digits[:1] in _ONE else 2 if digits[:2] in _TWO else 3


def beginnings(number: Number) -> set[str]:
    """All that one may begin to type of a number, its end backwards among them."""
    return {number.digits, number.national or number.digits, BACKWARDS + number.digits[::-1]}


def written(digits: str) -> set[str]:
    """How the figures of a number may stand where somebody wrote it down: a zero before them, or
    behind the code of the country, is dialled or is not."""
    code = _code(digits)
    return {digits, f"0{digits}", f"{digits[:code]}0{digits[code:]}"}


def asked(run: str) -> tuple[list[str], list[str]]:
    """By what a typed run of figures may be found: how one of the `beginnings` goes on from, and
    what one of them is as a whole, for those that were written down shorter than they are typed."""
    number, plain = read(run), figures(run)
    begun = [number.digits] if len(number.digits) >= ENDING - 1 else []
    ends = {plain, number.digits} if len(number.digits) >= LEAST else {plain}
    begun += [BACKWARDS + end[::-1] for end in sorted(ends) if len(end) >= ENDING]
    longest = min(MOST, len(number.digits))
    shorter = {number.digits[-length:].lstrip("0") for length in range(LEAST, longest)}
    return begun, sorted(it for it in shorter if len(it) >= LEAST)
