"""A fault of our own ends calmdesk with one sentence and a place, and with none of anybody's words."""

import subprocess
import sys
from pathlib import Path

BROKEN = """
import sys
from pathlib import Path
from calmdesk.app import CalmDesk
from calmdesk.paths import Places
from calmdesk.records.store import Store

def settle_in(self):
    dana = "+1 415 555 0134"
    Path(dana).rename(self.place.places.data / "nowhere" / dana)

CalmDesk.settle_in = settle_in
home = Path(sys.argv[1])
file = home / "calmdesk.db"
app = CalmDesk(Places.within(home), lambda: Store.open(file))
app.run(headless=True, size=(80, 24))
"""


def test_a_fault_is_told_by_its_kind_and_place_alone(tmp_path: Path) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text(BROKEN)
    command = [sys.executable, str(broken), str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    told = " ".join((ended.stdout + ended.stderr).split())
    assert "calmdesk had to stop. Every word was kept" in told
    assert "For whoever mends it: FileNotFoundError in app.py, line" in told
    assert "555" not in told
    assert "Traceback" not in told
