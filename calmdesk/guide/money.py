"""Amounts in minor units (cents, pence), read from what is typed and shown as people write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from calmdesk.guide.english import costs

_PLACES = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "HUF": 0, "KWD": 3, "BHD": 3, "TND": 3}
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "CHF": "", "AUD": "$"}

_NUMBER = r"\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{1,3})?|\d+(?:[.,]\d{1,2})?"
_SIGN = r"[$€£¥₹]"
_NO_AMOUNT = (
    r"(?<![\w.,/:#+-])(?<!\border )(?<!\bjob )(?<!\bno )(?<!\bref )(?<!\binvoice )(?<!\bnumber )"
)
_AFTER = r"(?!\s?%|[\w/:]|[.,]\d)"
UNKNOWN = "amount?"
"""What stands in the place of an amount that nobody named."""


def places(currency: str) -> int:
    """Decimal places of a currency: 2 for most, 0 for yen."""
    return _PLACES.get(currency, 2)


def minor_units(number: str, currency: str) -> int:
    """`45.5` in a currency of two places is 4550; so is `45,50`, and `1.200,50` is 120050: the last
    mark before one or two digits is the decimal one. Raises ValueError for what is no number."""
    whole, mark, part = number.strip(), "", ""
    digits = "1,3" if "," in whole and "." in whole else "1,2"
    if found := re.fullmatch(rf"(.*\d)([.,])(\d{{{digits}}})", whole):
        whole, mark, part = found.groups()
    if whole.startswith("0") or (places(currency) == 3 and not mark):
        plain = whole.replace(",", ".") + (f".{part}" if mark else "")
    else:
        plain = re.sub(r"(?<=\d)[.,' ](?=\d{3})", "", whole) + (f".{part}" if mark else "")
    try:
        value = Decimal(plain).scaleb(places(currency))
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
    """The amount in an offer, or None: a number with a currency sign, code or name on either side,
    one with two decimals, one that words make money (`30 off`, `credit of 20`), or a bare number at
    the very end. A percentage is no amount, nor is the number of an order."""
    code = re.escape(currency)
    if name := costs.COINS.get(currency):
        code = f"{code}|{name}"
    marked = re.compile(
        rf"{_SIGN}\s?(?P<a>{_NUMBER}){_AFTER}"
        rf"|(?<![\w.,])(?P<b>{_NUMBER})\s?(?:{_SIGN}|(?:{code})\b)"
        rf"|{_NO_AMOUNT}(?P<c>\d[\d.,']*[.,]\d\d){_AFTER}",
        re.IGNORECASE,
    )
    last = re.compile(rf"{_NO_AMOUNT}(?<!\d )(?P<a>{_NUMBER})\s*$", re.IGNORECASE)
    match = marked.search(text) or next(_worded(text), None) or last.search(text)
    if match is None or costs.LABELLED.search(text[: match.start()]):
        return None
    number = next(group for group in match.groups() if group)
    try:
        return Amount(minor_units(number, currency), *match.span())
    except ValueError:
        return None


_BARE = re.compile(rf"{_NO_AMOUNT}(?<!\d )({_NUMBER}){_AFTER}", re.IGNORECASE)


def _worded(text: str) -> Iterator[re.Match[str]]:
    """The numbers that words make money."""
    for number in _BARE.finditer(text):
        before, after = text[: number.start()], text[number.end() :]
        if _is_named(before) or costs.EACH.match(after):
            continue
        given = costs.GIVES.search(before) and costs.LENDS.match(after)
        if given or costs.TAKEN.match(after):
            yield number


def cost_unknown(text: str, amount: int) -> bool:
    """Whether an offer costs something that nobody named: it holds a percentage, a number that
    nothing explains, or words for money without any; never where its last word is `free`."""
    if amount or costs.SAID_FREE.search(text):
        return False
    pays = costs.PAYS.search(text) and not costs.FREE.search(text)
    return bool(pays or costs.SHARE.search(text)) or _unexplained(text)


def _unexplained(text: str) -> bool:
    """Whether a number stands there of which nothing says that it is a time, things or a name."""
    for number in _BARE.finditer(text):
        before, after = text[: number.start()], text[number.end() :]
        counted = costs.COUNTED.match(after) and not costs.LENDS.match(after)
        if not counted and not _is_named(before):
            return True
    return False


def _is_named(before: str) -> bool:
    return bool(costs.NAMED.search(before) or costs.LABELLED.search(before))


def spell_cost(text: str, amount: int, currency: str) -> str:
    """What an offer costs, as it is shown: `$45.00`, `free`, or `amount?` while it is not known."""
    return UNKNOWN if cost_unknown(text, amount) else spell_amount(amount, currency)


def spell_amount(minor: int, currency: str) -> str:
    """The amount as people write it: `$45.00`, `free` for nothing."""
    return _spelt(minor, currency, places(currency)) if minor else "free"


def spell_about(minor: int, currency: str) -> str:
    """The amount in whole units, as one says how much it came to: `$1,608`; `none` for nothing."""
    return _spelt(minor, currency, 0) if minor else "none"


def _spelt(minor: int, currency: str, shown: int) -> str:
    """An amount with so many decimal places, half of a unit rounded up."""
    last = Decimal(1).scaleb(-shown)
    exact = Decimal(minor).scaleb(-places(currency))
    value = f"{exact.quantize(last, ROUND_HALF_UP):,.{shown}f}"
    sign = _SIGNS.get(currency, "")
    return f"{sign}{value}" if sign else f"{value} {currency}"
