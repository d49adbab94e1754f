"""Names for rows: UUIDv7 text made by the program, and the short reference that people say.

Made here and not by a library, because the instant is that of the key press and a demo must give
the same names every time.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from random import Random

NewId = Callable[[datetime], str]
"""Makes an id whose order is that of the instants given."""

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's alphabet: nothing in it is mistaken for another when read aloud."""


def new_id(at: datetime, bits: Callable[[int], int] = secrets.randbits) -> str:
    """A UUIDv7 (RFC 9562) for an instant: 48 bits of milliseconds, 74 random ones."""
    return numbered_id(at, bits(12) << 62 | bits(62))


def numbered_id(at: datetime, number: int) -> str:
    """The id for an instant that follows from a number of 74 bits: the same for the same."""
    milliseconds = int(at.timestamp() * 1000)
    high, low = number >> 62, number & (1 << 62) - 1
    text = f"{milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def quick_ids() -> NewId:
    """Ids for many rows at once: chance is asked once, and they follow from it."""
    random = Random(secrets.randbits(128))
    return lambda at: new_id(at, random.getrandbits)


def seeded_ids(seed: int) -> NewId:
    """Ids that are the same in every run, for the demo and its pictures."""
    random = Random(seed)
    return lambda at: new_id(at, random.getrandbits)


def reference(case_id: str, day: datetime, attempt: int = 0) -> str:
    """`CD-261121-7F3K`: the local day and four letters out of the id; another `attempt` gives
    four others, should two cases of a day ever meet."""
    digest = hashlib.sha256(f"{case_id}/{attempt}".encode()).digest()
    letters = "".join(_LETTERS[byte % 32] for byte in digest[:4])
    return f"CD-{day:%y%m%d}-{letters}"
