"""A number handed to the system's handler of `tel:` or `sip:` addresses, which is the softphone
where it is set up so. calmdesk itself rings nobody, and speaks with no telephone."""

import os
import re
import subprocess
import sys
import unicodedata
from shutil import which
from threading import Thread

from calmdesk.errors import DialError
from calmdesk.guide.dialling import Dialling

PATIENCE = 2.0
"""Seconds in which a handler can say that it did not take an address; one that still runs has it."""
_SET_APART = re.compile(r"[\s()./-]")
_FIGURES = re.compile(r"\+?[0-9]{1,32}")


def address(way: str, number: str, dialling: Dialling) -> str:
    """The address of a number, such as `tel:+493012345678`; `way` is tel or sip. Raises DialError.

    It may be a stranger's: letters and signs steer a telephone system (`*21*...#` sends all calls
    elsewhere), so nothing but figures is handed on.
    """
    plain = _SET_APART.sub("", unicodedata.normalize("NFKC", number))
    figures = dialling.abroad(number) or plain
    if not _FIGURES.fullmatch(figures):
        raise DialError(f"“{number}” is more than figures, and is not handed on; dial it by hand.")
    return f"{way}:{figures}"


def hand_over(address: str) -> None:
    """Give an address to the system; asked on a thread, since that may take PATIENCE. Raises
    DialError when nothing took it."""
    if sys.platform == "win32":
        try:
            os.startfile(address)
        except OSError as error:
            raise _untaken(address) from error
    else:
        _open("open" if sys.platform == "darwin" else "xdg-open", address)


def _open(name: str, address: str) -> None:
    """Have a program of the system open an address; no shell reads it, and nothing that the program
    says comes onto the screen."""
    program = which(name)
    if program is None:
        raise DialError(
            f"This machine cannot hand a number to your softphone ({name} is missing); dial it by hand."
        )
    try:
        running = subprocess.Popen(
            [program, address],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise DialError(f"{program} cannot be run ({error.strerror}); dial by hand.") from error
    try:
        failed = running.wait(PATIENCE) != 0
    except subprocess.TimeoutExpired:
        Thread(target=running.wait, daemon=True).start()  # nobody else would see it end
    else:
        if failed:
            raise _untaken(address)


def _untaken(address: str) -> DialError:
    scheme = address.partition(":")[0]
    return DialError(
        f"No program here took the {scheme}: address; dial it by hand. Your system's settings say "
        f"which program opens {scheme}: addresses."
    )
