"""Whether a promise is a word to them: that we ring, call, write, or let them know."""

import re

_NOT_OURS = re.compile(
    r"^\W*(?:they|she|he|you|the customer|customer|cust|caller)\b"
    r"|\b(?:ring|call|phone|write|e-?mail|text|tell)s?\s+(?:me|us)\b",
    re.IGNORECASE,
)
"""They are the ones who speak."""
_BEFORE = r"(?:^\W*|\b(?:i|we|i'll|we'll|will|to|and|then|or|must|can)\s+)"
_THEM = r"(?:you|them|him|her|(?:the |our )?(?:customer|caller))"
_BEHIND = (
    rf"(?=\s+(?:back|again|first|{_THEM}|whether|if|when|once|before|after)\b"
    r"|\s+(?:with|about|to|as|on|by)\b(?!.*\b(?:arrives?|comes?|ships?|leaves?|delivered|be|is|are)\b))"
)
_WORD_TO_THEM = re.compile(
    rf"{_BEFORE}(?:ring|call|phone|write|e-?mail|text|message)(?:\s*(?:$|[,;.:(])|{_BEHIND})"
    rf"|{_BEFORE}(?:tell|inform|update|notify)\s+{_THEM}\b"
    rf"|\w\s+(?:rings|calls|phones|writes|e-?mails|texts|tells|informs|updates){_BEHIND}"
    rf"|\blets?\s+{_THEM}\s+know\b|\bkeeps?\s+{_THEM}\s+(?:posted|informed)\b"
    r"|\bget(?:s|ting)?\s+back\s+to\b|\bin\s+touch\b|\bsends?\s+word\b|\ba\s+word\s+on\b"
    r"|\b(?:return\s+call|call-?back|progress\s+report)\b",
    re.IGNORECASE,
)


def is_word_to_them(promise: str) -> bool:
    """Whether a promise as typed, without its time, says that they hear from us. `fresh flyers
    arrive` does not: whoever waits for a delivery has not been told that anybody rings."""
    plain = promise.replace("’", "'")
    return _NOT_OURS.search(plain) is None and _WORD_TO_THEM.search(plain) is not None
