"""calmdesk on one file, at the afternoon on which its record ends: what a supervisor has open.

`python -m tests.bench.day_app FILE`; f11 paints the whole screen anew, and nothing else.
"""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from textual.binding import Binding

import calmdesk.app
from calmdesk.app import CalmDesk
from calmdesk.clock import HandClock
from calmdesk.paths import Places
from calmdesk.records.store import Store
from tests.bench.million import UNTIL, ZONE


class DayApp(CalmDesk):
    """calmdesk, with one key more."""

    CSS_PATH = str(Path(calmdesk.app.__file__).with_name("calmdesk.tcss"))
    BINDINGS = [Binding("f11", "repaint", "repaint", id="bench.repaint", priority=True)]

    def action_repaint(self) -> None:
        """Everything is drawn and written anew."""
        self.screen.refresh(layout=True)
        self.refresh()


def main() -> None:
    file = Path(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="calmdesk-bench-") as folder:
        home = Path(folder)
        places = replace(Places.within(home), database=file)
        app = DayApp(places, lambda: Store.open(file, ZONE), clock=HandClock(UNTIL, ZONE))
        app.run()
        app.close_desk()


if __name__ == "__main__":
    main()
