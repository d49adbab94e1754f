"""The note line: plain text is what the customer says; a sign and a space make it something else.

A sign counts only as the first character followed by a space, so `$45 twice`, `+1 415...`, `#4471`
and addresses stay what they are: the customer's words.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """What a note is."""

    SAYS = ""
    ASK = "$"
    FACT = "!"
    PROMISE = "+"
    QUESTION = "?"
    CALLER = "@"
    OFFER = "="
    STAKE = "*"
    CATEGORY = "#"

    @property
    def word(self) -> str:
        """The label beside the note on the screen."""
        return _WORDS[self][0]

    @property
    def help(self) -> str:
        """What the sign means, shown as it is typed."""
        return _WORDS[self][1]


_WORDS = {
    Sign.SAYS: ("", "what they say"),
    Sign.ASK: ("ask", "what they ask for"),
    Sign.FACT: ("fact", "a fact; its source at the end: @production log"),
    Sign.PROMISE: ("told", "a promise told to them, with its time: ring back thu 12:00"),
    Sign.QUESTION: ("later", "a question to ask later"),
    Sign.CALLER: ("caller", "who is calling: name, company, number"),
    Sign.OFFER: ("offer", "an offer, with its amount: courier at our cost 45"),
    Sign.STAKE: ("stake", "what is at stake, a threat, a deadline"),
    Sign.CATEGORY: ("about", "what it is about"),
}

_SIGNED = re.compile(r"^([$!+?@=*#]) (.*)$", re.DOTALL)
_SOURCE = re.compile(r"^(?P<text>.*\S)\s+@(?P<source>\S.*)$", re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """One entered line, taken apart."""

    sign: Sign
    text: str
    source: str = ""
    """Who or what a fact comes from; '' when not said."""


def parse(line: str) -> Entry:
    """Take a line apart; what carries no sign, or a sign and nothing else, is what they say."""
    match = _SIGNED.match(line)
    if match is None or not match.group(2).strip():
        return Entry(Sign.SAYS, line.strip())
    sign, text = Sign(match.group(1)), match.group(2).strip()
    if sign is Sign.FACT and (sourced := _SOURCE.match(text)):
        return Entry(sign, sourced["text"], sourced["source"].strip())
    return Entry(sign, text)


def sign_at(line: str) -> Sign | None:
    """The sign that a half-typed line begins with; None while it is plain text."""
    match = re.match(r"^([$!+?@=*#])(?: |$)", line)
    return Sign(match.group(1)) if match else None


@dataclass(frozen=True)
class CallerWords:
    """Who is calling, as typed after `@ `."""

    name: str = ""
    company: str = ""
    number: str = ""
    since: int = 0
    """Year since when they are a customer; 0 when not said."""


_NUMBER = re.compile(r"^\+?[\d(][\d ().\-/]{4,}$")
_NUMBER_BEHIND = re.compile(r"^(?P<name>\D*[^\W\d].*?) (?P<number>\+?[\d(][\d ().\-/]{6,})$")
"""A name with a telephone number behind it, and no comma between them."""
_SINCE = re.compile(r"^since (\d{4})$", re.IGNORECASE)


def caller(text: str) -> CallerWords:
    """Read `Dana Reyes, Reyes Dance School, +1 415 555 0134, since 2016`, in any order after the
    name; a part that looks like a number is the number."""
    name = company = number = ""
    since = 0
    for part in (p.strip() for p in text.split(",")):
        if year := _SINCE.match(part):
            since = int(year.group(1))
        elif not number and _NUMBER.match(part):
            number = part
        elif not name and not number and (behind := _NUMBER_BEHIND.match(part)):
            name, number = behind["name"], behind["number"]
        elif not name:
            name = part
        elif not company:
            company = part
        else:
            company = f"{company}, {part}"
    return CallerWords(name, company, number, since)
