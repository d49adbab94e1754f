"""Their ask as it stands in a letter to them: nobody's words in the writer's mouth, and money that
looks like money. What cannot be turned safely is left out."""

import re

from calmdesk.guide.english.acknowledge import FIRST_PERSON, WANTS, need
from calmdesk.guide.english.spoken import names_a_thing
from calmdesk.guide.money import minor_units, spell_amount
from calmdesk.guide.spelling import Words

_I_WANT = re.compile(r"^(?:i|we)\s+(?:want|need|would like|ask for)\s+", re.IGNORECASE)
_MY = re.compile(
    r"\bmy\b(?!\s+(?:\w+\s+)?(?:boss|manager|supervisor|lead|team|colleagues?|line|desk)\b)",
    re.IGNORECASE,
)
"""Theirs; `my supervisor` is the writer's."""
_YOU = re.compile(r"\byou\b|\byours?\b", re.IGNORECASE)
_NUMBER = r"(?P<number>\d+(?:[.,]\d{3})*(?:[.,]\d{1,2})?)"
_MONEY = (
    rf"(?:^|,\s*|\b(?:get|have|give|pay|and|of|about|least)\s+){_NUMBER}(?=\s+(?:back|in cash)\b)",
    rf"\b(?:refund|credit|voucher|discount|compensation)\s+(?:(?:of|worth)\s+)?{_NUMBER}"
    r"(?=\s*(?:[,;.]?$|[,;]\s)|\s+(?:and|or|plus|on|to|back)\b)",
)
"""Money words around a number: `300 back`, `refund of 300`. `300 flyers back` is no amount, nor is
`send 300 back`."""
_AMOUNTS = tuple(re.compile(money, re.IGNORECASE) for money in _MONEY)


def written_ask(ask: str, words: Words, currency: str) -> str:
    """Their ask where it can stand in a letter; '' where it says nothing there, as `them fri
    morning`, or where a `me` in it would be the writer's."""
    bare = _I_WANT.sub("", WANTS.sub("", ask.strip()))
    turned = _MY.sub(lambda my: "Your" if my[0][0] == "M" else "your", bare)
    if FIRST_PERSON.search(turned) or (turned != bare and _YOU.search(bare)):
        return ""
    wanted = need(turned, words) or turned
    return _money_spelt(wanted, currency) if names_a_thing(wanted) else ""


def _money_spelt(text: str, currency: str) -> str:
    """The text with a currency at every number that money words make an amount."""

    def spelt(found: re.Match[str]) -> str:
        minor = minor_units(found["number"], currency)
        before = found[0][: -len(found["number"])]
        return f"{before}{spell_amount(minor, currency)}" if minor else found[0]

    for amount in _AMOUNTS:
        text = amount.sub(spelt, text)
    return text
