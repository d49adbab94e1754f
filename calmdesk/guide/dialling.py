"""How numbers are dialled here: by which spellings of it a caller's number may stand in the record.

A number is read by the phonenumbers library, imported late, and only where that finds it valid: an
extension such as 1001 is then never taken for a number abroad. Without the library, or where it is
not valid, its figures are compared just as they are.
"""

from dataclasses import dataclass
from functools import lru_cache

from calmdesk.words import digits


@dataclass(frozen=True)
class Dialling:
    """Where this desk's telephone stands."""

    region: str = ""
    """Its country, as two letters such as DE; '' reads international numbers alone."""
    outside: str = ""
    """What is dialled for a line to the outside, such as 0; '' is nothing."""

    def spellings(self, number: str) -> tuple[str, ...]:
        """The figures under which a number may be kept, as they came first; nothing for a text
        without figures."""
        return _spellings(number, self.region, self.outside)

    def abroad(self, number: str) -> str:
        """The number as it is dialled from anywhere, `+493012345678`; '' where it is not valid."""
        return _abroad(number, self.region, self.outside)[0]


@lru_cache(maxsize=256)
def _spellings(number: str, region: str, outside: str) -> tuple[str, ...]:
    plain = digits(number)
    if not plain:
        return ()
    whole, national = _abroad(number, region, outside)
    found = (plain, digits(whole), national)
    return tuple(dict.fromkeys(filter(None, found)))


def _abroad(number: str, region: str, outside: str) -> tuple[str, str]:
    """A number as it is dialled from anywhere and, in our own country, at home; '' where it is
    none, and where it is no number of ours."""
    try:
        import phonenumbers as p
    except ImportError:
        return "", ""
    tries = [number]
    if outside and number.strip().startswith(outside):
        tries.insert(0, number.strip()[len(outside) :])
    for text in tries:
        try:
            parsed = p.parse(text, region or None)
        except p.NumberParseException:
            continue
        if p.is_valid_number(parsed):
            ours = bool(region) and parsed.country_code == p.country_code_for_region(region)
            national = p.format_number(parsed, p.PhoneNumberFormat.NATIONAL) if ours else ""
            return p.format_number(parsed, p.PhoneNumberFormat.E164), digits(national)
    return "", ""
