"""How numbers are dialled here: by which spellings of it a caller's number may stand in the record.

A number is read by the phonenumbers library, imported late, and only where that finds it valid: an
extension such as 1001 is then never taken for a number abroad. Where it is not valid, its figures
are compared just as they are.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from calmdesk.errors import SettingsError
from calmdesk.words import digits

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_USER = re.compile(r"(?!tel:)[^\W\d_]\S*", re.IGNORECASE)
"""A user of a telephone system, as `sip:erika2@` calls one: its figures are no number."""
_FIGURES = re.compile(r"\+?[0-9]{7,}")
_IN_THREES = re.compile(r"(?<=[0-9])(?=(?:[0-9]{3})+$)")


@dataclass(frozen=True)
class Dialling:
    """Where this desk's telephone stands."""

    region: str = ""
    """Its country, as two letters such as DE; '' reads international numbers alone."""
    outside: str = ""
    """What is dialled for a line to the outside, such as 0; '' is nothing."""

    def spellings(self, number: str) -> tuple[str, ...]:
        """The figures under which a number may be kept, as they came first; nothing for a text that
        is no number."""
        return _spellings(number, self.region, self.outside)

    def kept(self, number: str) -> str:
        """The number as it is to be kept: as it came, without what is dialled for an outside line."""
        text = unicodedata.normalize("NFKC", number).strip()
        inside = _behind(text, self.outside)
        return inside if not _valid(text, self.region) and _valid(inside, self.region) else number

    def abroad(self, number: str) -> str:
        """The number as it is dialled from anywhere, `+493012345678`; '' where it is not valid."""
        found = _read(number, self.region, self.outside)
        return _e164(found) if found is not None else ""

    def readable(self, number: str) -> str:
        """The number in groups, to be dialled by hand: from anywhere where it is valid; its figures
        in threes where nobody set them apart."""
        found = _read(number, self.region, self.outside)
        if found is None:
            return _IN_THREES.sub(" ", number) if _FIGURES.fullmatch(number) else number
        import phonenumbers as p

        return p.format_number(found, p.PhoneNumberFormat.INTERNATIONAL).replace("-", " ")


ANYWHERE = Dialling()
"""Where nobody said in which country the telephone stands."""


def check_region(dialling: Dialling) -> None:
    """Look the country up. Raises SettingsError for two letters that are none; only international
    numbers are read then. Slow the first time: asked on a thread."""
    from phonenumbers import SUPPORTED_REGIONS

    region = dialling.region
    if region and region not in SUPPORTED_REGIONS:
        hint = "the United Kingdom is GB" if region == "UK" else "two letters, such as GB, are one"
        raise SettingsError(f"In the settings [phone] region, {region} is no country; {hint}.")


@lru_cache(maxsize=4096)
def _spellings(number: str, region: str, outside: str) -> tuple[str, ...]:
    if _USER.fullmatch(number.strip()):
        return ()
    found = _read(number, region, outside)
    same = _dialled(found, region) if found is not None else iter(())
    return tuple(dict.fromkeys(filter(None, map(digits, (number, *same)))))


def _read(number: str, region: str, outside: str) -> "PhoneNumber | None":
    """A valid number as it stands; else without what is dialled for an outside line, since most of
    what begins like that is a number as it stands: 0049 30... is no 049 30..."""
    text = unicodedata.normalize("NFKC", number).strip()
    return _valid(text, region) or _valid(_behind(text, outside), region)


def _behind(text: str, outside: str) -> str:
    """What is dialled once there is a line to the outside; '' where none was asked for."""
    return text[len(outside) :].lstrip(" ,-") if outside and text.startswith(outside) else ""


def _valid(text: str, region: str) -> "PhoneNumber | None":
    """A number that is dialled whole. One without the zero that is dialled at home is an extension,
    or a number of one town."""
    import phonenumbers as p

    text = f"+{text[2:]}" if text.startswith("00") else text
    try:
        found = p.parse(text, region or None, keep_raw_input=True)
    except p.NumberParseException:
        return None
    if found.country_code_source == p.CountryCodeSource.FROM_DEFAULT_COUNTRY:
        home = p.format_number(found, p.PhoneNumberFormat.NATIONAL)
        if digits(text) not in (digits(home), digits(_e164(found))):
            return None
    return found if p.is_valid_number(found) else None


def _dialled(found: "PhoneNumber", region: str) -> Iterator[str]:
    """How a number is dialled and written: from anywhere, also with the zero that is dialled at home
    alone, from here, at home."""
    import phonenumbers as p

    home = p.format_number(found, p.PhoneNumberFormat.NATIONAL)
    yield _e164(found)
    yield f"+{found.country_code} {home}"
    if region:
        yield p.format_out_of_country_calling_number(found, region)
    if region and found.country_code == p.country_code_for_region(region):
        yield home


def _e164(found: "PhoneNumber") -> str:
    import phonenumbers as p

    return p.format_number(found, p.PhoneNumberFormat.E164)
