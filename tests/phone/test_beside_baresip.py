"""The installed calmdesk in a pseudo-terminal, beside a real baresip that is called by a real sipp;
what is asserted is what somebody in front of the screen reads. Nobody touches a key for the phone."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from calmdesk.records import people
from calmdesk.records.store import Store
from tests.made_once import fresh
from tests.phone.real import LOOPBACK, SECOND, Baresip, Caller, missing
from tests.player import SAM
from tests.telling import tell
from tests.terminal import Terminal

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

CALMDESK = str(Path(sys.executable).with_name("calmdesk"))
PROMISED = "ring with the plate status"


def a_desk(home: Path, phone: Baresip) -> None:
    """Sam's desk; Erika was told something for yesterday, and it was not done."""
    home.mkdir()
    store = Store.open(fresh(home / "calmdesk.db"))
    people.introduce(store, SAM.name, SAM.direct_line, SAM.email)
    now = datetime.now(UTC)
    day = timedelta(days=1)
    tell(store, now - 3 * day, now - day, PROMISED, name="Erika Muster", number="+49 30 12345678")
    store.close()
    address = f"{LOOPBACK}:{phone.ctrl}"
    (home / "settings.toml").write_text(f'[phone]\nbaresip = "{address}"\nregion = "DE"\n')


def gone(terminal: Terminal, text: str) -> None:
    """Wait until a text stands nowhere on the screen."""
    terminal.wait_until(lambda lines: not any(text in it for it in lines), f"no {text!r}")


def test_a_day_at_the_telephone(tmp_path: Path) -> None:
    with Baresip(tmp_path / "phone") as phone:
        a_desk(tmp_path / "home", phone)
        home = {"CALMDESK_HOME": str(tmp_path / "home")}
        with Terminal.start([CALMDESK], home, (80, 24)) as terminal:
            terminal.wait_for("Waiting for a call")
            gone(terminal, "baresip is not at")
            held_and_hung_up(phone, terminal)
            given_up(phone, terminal)
            one_while_another_waits(phone, terminal)
            killed_in_a_call(phone, terminal)
            terminal.press("ctrl+q")
            assert terminal.exit_code() == 0


def held_and_hung_up(phone: Baresip, terminal: Terminal) -> None:
    with Caller(phone) as erika:
        terminal.wait_for("rings 0:0")
        terminal.wait_for(f"! promised {PROMISED}")  # before hello
        phone.command("accept")
        terminal.wait_for("[Listen]")
        terminal.wait_for("Erika Muster")
        gone(terminal, "rings 0:0")
        terminal.type("the flyers never came\r")
        terminal.wait_for("the flyers never came")
        phone.command("hold")
        terminal.wait_for("‖ hold")
        phone.command("resume")
        gone(terminal, "‖ hold")
        erika.hang_up()
        terminal.wait_for("How did it end?")
    save(terminal)


def save(terminal: Terminal) -> None:
    """The one thing that a wrap-up needs, and Save."""
    terminal.press("ctrl+s")
    terminal.wait_for("One thing first")
    terminal.press("end", "enter")
    terminal.wait_for("● cut off")
    terminal.press("ctrl+s")
    terminal.wait_for("Waiting for a call")


def given_up(phone: Baresip, terminal: Terminal) -> None:
    with Caller(phone, SECOND) as nobody:
        terminal.wait_for("Second Caller")
        nobody.hang_up()
        terminal.wait_for("missed, rang")
        gone(terminal, "rings 0:0")


def one_while_another_waits(phone: Baresip, terminal: Terminal) -> None:
    with Caller(phone) as erika:
        terminal.wait_for("rings 0:0")
        phone.command("accept")
        terminal.wait_for("[Listen]")
        terminal.type("words of the first\r")
        terminal.wait_for("words of the first")
        with Caller(phone, SECOND) as second:
            terminal.wait_for("Second Caller")
            terminal.wait_for("words of the first")  # it is only a banner
            phone.command("accept")
            terminal.wait_for("Erika Muster   ctrl+n goes back")
            gone(terminal, "words of the first")
            second.hang_up()
        phone.command("resume")  # 1.0.0 has done so by itself
        terminal.wait_for("words of the first")
        erika.hang_up()
        terminal.wait_for("How did it end?")
    save(terminal)
    terminal.wait_for("To finish")  # the second caller's wrap-up


def killed_in_a_call(phone: Baresip, terminal: Terminal) -> None:
    with Caller(phone):
        terminal.wait_for("rings 0:0")
        phone.command("accept")
        terminal.wait_for("[Listen]")
        phone.kill()
        terminal.wait_for("phone link lost")
        terminal.wait_for("[Listen]")  # the call goes on
        phone.start()
        terminal.wait_for("How did it end?")
        terminal.wait_for("nobody knows")
    save(terminal)
