"""A case without its names, so that colleagues may learn from it (S84).

Names go wherever they stand, whole or in part, in whatever case: a name that is a word as well
("Will") takes the word with it. A sentence that reads oddly is better than a name left in.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from calmdesk.words import STRAIGHT

CUSTOMER, FIRM, COLLEAGUE = "\ue000", "\ue001", "\ue002"
NUMBER, CASE, ADDRESS, SITE = "\ue003", "\ue004", "\ue005", "\ue006"
INSTEAD = {
    CUSTOMER: "the customer",
    FIRM: "their firm",
    COLLEAGUE: "a colleague",
    NUMBER: "555 …",
    CASE: "the case",
    ADDRESS: "an e-mail address",
    SITE: "a web address",
}
"""What stands where a name stood. Until all are found each is a mark that no text holds, so that
nothing which was put in is taken for a name."""

_MARKS = re.compile(f"[{''.join(INSTEAD)}]")
_TWICE = re.compile(rf"({_MARKS.pattern})(?:[ ,]+\1)+")
_SMALL = frozenset(
    [
        *("a", "an", "and", "at", "by", "co", "da", "de", "das", "del", "den", "der", "des", "di"),
        *("die", "du", "for", "in", "inc", "la", "le", "les", "llc", "ltd", "of", "on", "or", "st"),
        *("the", "to", "und", "van", "von", "y", "zu", "mr", "mrs", "ms", "miss", "dr"),
    ]
)
"""Parts of names that are no names by themselves."""
_TITLE = r"(?:(?:mr|mrs|ms|miss|dr)\.?\s+)?"

_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_SITE = re.compile(r"(?i)\b(?:https?://|www\.)\S+")
_REFERENCE = re.compile(r"(?i)\bCD-\d{6}-\w{4}\b")
_ORDER = re.compile(
    r"(?i)(?P<word>(?:\b(?:order|invoice|job|account|policy|ticket|booking|reference|ref|number|no)\b"
    r"\.?\s*(?:number\b|no\b\.?)?\s*[:#]?|#)\s*)"
    r"(?=[\w/-]*\d)(?!\d{1,2}(?![\w/-]))[\w/-]+(?![\w/-]|[.,]\d)"
)
_DIGITS = re.compile(
    r"""(?x)
    (?<![\w.,])(?:
        \d{1,2}:\d\d                                                  # an hour
        | \d{4}-\d\d?-\d\d? | \d\d?[-./]\d\d?[-./]\d{4}             # a date
        | \d\d?[/.]\d\d?\.?(?![\d./])
        | \d{1,3}(?:[.,']\d{3})+(?:[.,]\d\d?)? | \d+[.,]\d\d?        # an amount
        | \d+(?=\s?(?:[$€£¥₹]|(?:AUD|CAD|CHF|EUR|GBP|INR|JPY|USD)\b))
    )(?![.,/-]?\d)
    | (?<![\w$€£¥₹.,])(?P<number>\+?\(?\d(?:[\s().\-/]{0,2}\d){5,})(?![\w%])
    """
)
"""Hours, dates and amounts, which stay; and six digits or more, which may be anybody's number."""


@dataclass(frozen=True)
class Names:
    """What is to go."""

    customers: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    """Telephone numbers as they are spelt on the record."""


class Nameless:
    """Takes the names of one case out of its texts; the pattern is made once."""

    def __init__(self, names: Names) -> None:
        found: dict[str, str] = {}
        for those, mark, parts in (
            (names.numbers, NUMBER, _whole),
            (names.customers, CUSTOMER, _whole),
            (names.companies, FIRM, _whole),
            (names.colleagues, COLLEAGUE, _whole),
            (names.customers, CUSTOMER, _words),
            (names.companies, FIRM, _begun),
            (names.colleagues, COLLEAGUE, _words),
        ):
            for wording in _wordings(those, parts):
                found.setdefault(wording, mark)
        longest = sorted(found, key=lambda wording: (-len(wording), wording))
        self._marks = [found[wording] for wording in longest]
        self._pattern = re.compile("|".join(map(_pattern, longest)) or r"(?!)")

    def read(self, text: str) -> str:
        """The text with every name, address, reference and number in it replaced; amounts, dates
        and hours stay."""
        text = _MARKS.sub("", unicodedata.normalize("NFC", text))
        text = _MAIL.sub(ADDRESS, _SITE.sub(SITE, text))
        text = _REFERENCE.sub(CASE, text)
        text = "".join(self._without_names(text))
        text = _ORDER.sub(lambda found: f"{found['word'].rstrip(' #:')} …".strip(), text)
        text = _DIGITS.sub(_number, text)
        return _MARKS.sub(lambda found: INSTEAD[found[0]], _TWICE.sub(r"\1", text))

    def _without_names(self, text: str) -> Iterator[str]:
        """The pieces of the text, a mark in place of each name."""
        begin = 0
        for found in self._pattern.finditer(_fold(text)):
            yield text[begin : found.start()]
            yield self._marks[(found.lastindex or 1) - 1]
            begin = found.end()
        yield text[begin:]


def _number(found: re.Match[str]) -> str:
    return NUMBER if found["number"] else found[0]


def _wordings(names: Iterable[str], parts: Callable[[str], list[str]]) -> Iterator[str]:
    for name in names:
        yield from (_fold(part) for part in parts(unicodedata.normalize("NFC", name)))


def _whole(name: str) -> list[str]:
    name = " ".join(name.split())
    return [name] if any(c.isalnum() for c in name) else []


def _words(name: str) -> list[str]:
    """The words of a person's name; titles, particles and initials are none."""
    found = re.findall(r"\w+(?:['’]\w+)*", name)
    return [word for word in found if len(word) > 1 and word.casefold() not in _SMALL]


def _begun(name: str) -> list[str]:
    """How a firm's name is shortened: to its first words, or to the first alone."""
    words = name.split()
    return [
        *(" ".join(words[:count]) for count in range(2, len(words))),
        *(_words(words[0])[:1] if words else []),
    ]


def _pattern(wording: str) -> str:
    """The wording as whole words, however far apart, with a title before it."""
    words = r"\s+".join(map(re.escape, wording.split()))
    before = rf"(?<!\w){_TITLE}" if wording[:1].isalnum() else ""
    after = r"(?!\w)" if wording[-1:].isalnum() else ""
    return f"{before}({words}){after}"


def _fold(text: str) -> str:
    """The text without case, accents and curly marks; each character stays in its place."""
    return "".join(_plain(c) for c in text.translate(STRAIGHT))


def _plain(c: str) -> str:
    base = unicodedata.normalize("NFKD", c)[:1] or c
    return base.casefold()[:1] or base
