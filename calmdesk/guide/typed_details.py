"""What is known of a customer, as it is typed into a form."""

from dataclasses import dataclass

from calmdesk.guide.money import minor_units
from calmdesk.guide.zones import zone_named


@dataclass(frozen=True)
class Details:
    """What was typed, read; 0 and '' are not known."""

    since: int = 0
    """Year."""
    value: int = 0
    """Account value in minor units."""
    zone: str = ""
    """Time zone by its IANA name."""


def read_details(since: str, value: str, zone: str, currency: str) -> Details:
    """Year, account value and time zone as typed. Raises ValueError with a sentence for whoever
    typed them."""
    if since and not (since.isdecimal() and len(since) == 4):
        raise ValueError("Since when is a year, such as 2016.")
    plain = "".join(c for c in value if c.isdecimal() or c in ".,")
    try:
        minor = minor_units(plain, currency) if plain else 0
    except ValueError:
        raise ValueError("The account value is an amount, such as 4800.") from None
    known = zone_named(zone)
    if zone and not known:
        raise ValueError("No city of that name is known; a time zone is one such as Europe/London.")
    return Details(int(since or 0), minor, known)
