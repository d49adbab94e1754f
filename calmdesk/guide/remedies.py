"""Remedies and who may give them: money pairs with something that costs nothing (D4), and nothing
at all, explained, is a remedy too (S75)."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from calmdesk.guide.english.costs import PAYS
from calmdesk.guide.english.times import Reading
from calmdesk.guide.money import find_amount, spell_amount


@dataclass(frozen=True)
class Remedy:
    """One kind of redress that the firm knows."""

    id: str
    name: str
    costs: bool
    """Whether it costs the firm money."""
    paid: bool = False
    """Whether the customer gets an amount, which then belongs in the read-back."""
    off: bool = False
    """Whether it is not given; selling something better is, until a firm wants it (S34, D4)."""
    words: tuple[str, ...] = ()
    """Words by which it is also known in an offer as typed."""


NONE_EXPLAINED = "none_explained"
"""Id of the remedy that is no remedy: the reason is given, and that is the answer."""


def menu(remedies: Sequence[Remedy]) -> tuple[str, ...]:
    """What can be given, to be read at a glance: what is free, what costs, and none at all last."""
    given = [r for r in remedies if not r.off and r.id != NONE_EXPLAINED]
    none = [r.name for r in remedies if not r.off and r.id == NONE_EXPLAINED]
    parts = (
        ("Free", [r.name for r in given if not r.costs]),
        ("Costs", [r.name for r in given if r.costs]),
        ("Or", none),
    )
    return tuple(f"{label}: {'; '.join(names)}" for label, names in parts if names)


def pair(remedies: Sequence[Remedy], tabled: Collection[str], costly: bool) -> Remedy | None:
    """What to put beside an offer with a cost: the first free remedy not yet on the table; None
    when the offer costs nothing or nothing is left."""
    if not costly:
        return None
    kept_back = {*tabled, NONE_EXPLAINED}
    free = (r for r in remedies if not r.costs and not r.off and r.id not in kept_back)
    return next(free, None)


def match(remedies: Sequence[Remedy], text: str) -> Remedy | None:
    """The remedy of which the text holds the name or one of its words, whole, the longest of all;
    None when it is in own words, or one that is off."""
    typed = _plain(text)
    named = [(_plain(name), r) for r in remedies if not r.off for name in (r.name, *r.words)]
    held = [(len(name), r) for name, r in named if name and _holds(typed, name)]
    return max(held, key=lambda it: it[0], default=(0, None))[1]


def _holds(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


@dataclass(frozen=True)
class OfferWords:
    """An offer as typed, taken apart."""

    text: str
    amount: int = 0
    """Minor units; 0 when no amount was named."""
    remedy: str = ""
    """Id of the remedy that it is; '' for one in the agent's own words."""


def read_offer(
    text: str, when: Reading | None, currency: str, remedies: Sequence[Remedy]
) -> OfferWords:
    """Read `courier at our cost, fri 9, 45`: the hour in it is no amount.

    An amount that only hangs at the end is taken out of the words; one that belongs to them
    (`refund of 38.20`) stays, since it will be said.
    """
    spans = [(text, 0)]
    if when is not None:
        before = re.sub(r"[\s,;]*(?:\b(?:by|at|on|before|until|for)\s*)?$", "", text[: when.start])
        spans = [(text[when.end :], when.end), (before, 0)]
    for part, offset in spans:
        found = find_amount(part, currency)
        if found is None:
            continue
        start, end = found.start + offset, found.end + offset
        words = text
        if not part[found.end :].strip(" ,;") and not _BELONGS.search(text[:start]):
            words = f"{text[:start].rstrip(' ,;:-')}{text[end:]}"
        return OfferWords(words.strip(" ,;:-"), found.minor, _known(remedies, text))
    return OfferWords(text.strip(" ,;:-"), 0, _known(remedies, text))


_BELONGS = re.compile(r"\b(?:of|for|to|by|at|from|with|worth|up to|about)\s*$", re.IGNORECASE)


def _known(remedies: Sequence[Remedy], text: str) -> str:
    found = match(remedies, text)
    return found.id if found else ""


def over_limit(amounts: Collection[int], limit: int | None) -> int:
    """Minor units by which the offers together pass the agent's limit; 0 when within (D5)."""
    return 0 if limit is None else max(0, sum(amounts) - limit)


def spoken(text: str, amount: int, remedy: Remedy | None, currency: str) -> str:
    """The offer as it is read back: what we spend is ours to know, what they get is theirs."""
    paid = remedy.paid if remedy is not None else PAYS.search(text) is not None
    if amount and paid and find_amount(text, currency) is None:
        return f"{text}, {spell_amount(amount, currency)}"
    return text
