"""What two versions of baresip said in each situation, kept as it came; and it said once more.

A line of `capture-VERSION.log` is its second, what it is, and its text: `====` begins a situation,
`RX` is a frame, `TX` and `AGENT` are what the program beside it and the agent did, `LINK` is the
connection. 1.0.0 was asked as calmdesk asks; 4.9.0, which has to be asked after a connect only, was
asked under tokens of another program's.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from calmdesk.phone.baresip import Translator
from calmdesk.phone.baresip_frames import WHOLE
from calmdesk.phone.events import LINKED
from calmdesk.phone.machine import Machine
from calmdesk.phone.turns import Change

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
VERSIONS = ("1.0.0", "4.9.0")


def lines(version: str, situation: str) -> Iterator[tuple[datetime, str, str]]:
    """When, what and the text of each line of one situation."""
    inside = False
    log = Path(__file__).parent / f"capture-{version}.log"
    for line in log.read_text(encoding="utf-8").splitlines():
        seconds, what, said = line[:8], line[9:14].strip(), line[15:]
        if what == "====":
            inside = said == situation
        elif inside:
            yield NOON + timedelta(seconds=float(seconds)), what, said


def frames(version: str, situation: str) -> list[bytes]:
    """What baresip said in one situation."""
    return [said.encode() for _, what, said in lines(version, situation) if what == "RX"]


class Follower:
    """A calmdesk that hears all of it."""

    def __init__(self) -> None:
        self.translator = Translator()
        self.machine = Machine(lambda event: f"of {event.number or 'nobody'}")
        self.changes: list[Change] = []
        self.asks = False
        """Whether it wants to know which calls there are."""
        self.now = NOON

    def replay(self, version: str, situation: str) -> None:
        """Hear one situation."""
        linked = False
        for self.now, what, said in lines(version, situation):
            if said == "LINK_UP":
                linked = True
            elif said == "LINK_DOWN":
                self.changes += self.machine.lost(LINKED, self.now)
            elif what == "RX":
                if linked and "Active calls" in said:
                    said, linked = re.sub(r'"token":"[^"]*"', f'"token":"{WHOLE}"', said), False
                self.hear(said.encode())

    def hear(self, frame: bytes) -> None:
        """Hear one frame."""
        heard = self.translator.heard(frame, self.now)
        self.asks = heard.ask
        for event in heard.events:
            self.changes += self.machine.take(event).changes
        if heard.listed is not None:
            self.changes += self.machine.found(LINKED, heard.listed, self.now)

    @property
    def story(self) -> str:
        """What changed, one after another."""
        return ", ".join(change.what for change in self.changes)
