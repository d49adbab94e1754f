"""Amounts in minor units (cents, pence), read from what is typed and shown as people write them."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_PLACES = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "HUF": 0, "KWD": 3, "BHD": 3, "TND": 3}
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "CHF": "", "AUD": "$"}

_MARKED = re.compile(
    r"(?:(?P<sign>[$€£¥₹])\s?(?P<a>\d[\d,]*(?:\.\d+)?)|(?P<b>\d[\d,]*\.\d{2})\b(?!\s?%))"
)
_LAST = re.compile(r"(?:^|\s)(?P<a>\d[\d,]*(?:\.\d+)?)$")


def places(currency: str) -> int:
    """Decimal places of a currency: 2 for most, 0 for yen."""
    return _PLACES.get(currency, 2)


def minor_units(number: str, currency: str) -> int:
    """`45.5` in a currency of two places is 4550. Raises ValueError for what is no number."""
    try:
        value = Decimal(number.replace(",", "")).scaleb(places(currency))
    except InvalidOperation:
        raise ValueError(f"{number} is not an amount") from None
    if not value.is_finite():
        raise ValueError(f"{number} is not an amount")
    return int(value.to_integral_value(ROUND_HALF_UP))


@dataclass(frozen=True)
class Amount:
    """An amount found in a text."""

    minor: int
    """Minor units."""
    start: int
    end: int
    """Where in the text it stands, its sign and currency code included."""


def find_amount(text: str, currency: str) -> Amount | None:
    """The amount in an offer, or None: a number with a currency sign, one with two decimals, or a
    bare number at the very end. A percentage is no amount."""
    text = re.sub(rf"\s*\b{re.escape(currency)}\b\s*$", "", text.rstrip(), flags=re.IGNORECASE)
    match = _MARKED.search(text) or _LAST.search(text)
    if match is None:
        return None
    number = match.group("a") or match.group("b")
    return Amount(minor_units(number, currency), *match.span())


def spell_amount(minor: int, currency: str) -> str:
    """The amount as people write it: `$45.00`, `free` for nothing."""
    if minor == 0:
        return "free"
    digits = places(currency)
    value = f"{Decimal(minor).scaleb(-digits):,.{digits}f}"
    sign = _SIGNS.get(currency, "")
    return f"{sign}{value}" if sign else f"{value} {currency}"
