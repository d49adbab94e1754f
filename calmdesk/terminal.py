"""The door to the terminal: signals, bytes that are no text, notifications, and terminals we
cannot draw on.

What is POSIX only stands behind this door; elsewhere its functions do nothing.
"""

import asyncio
import codecs
import functools
import io
import signal
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, BinaryIO, cast

from calmdesk.errors import TerminalError
from calmdesk.words import one_line, shown

if TYPE_CHECKING:
    from typing_extensions import Buffer


def check_terminal() -> None:
    """Raise TerminalError when nothing can be drawn here."""
    if not sys.stdout.isatty() or not sys.stdin.isatty():
        raise TerminalError(
            "calmdesk draws on a terminal, and this is none; in a pipe use calmdesk cases or show."
        )
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding not in ("utf8", "utf8sig"):
        raise TerminalError(
            f"This terminal is set to {sys.stdout.encoding}, and calmdesk needs UTF-8; "
            "start it with LANG=C.UTF-8 and without PYTHONIOENCODING."
        )


def forgive_bytes() -> None:
    """Let a byte that is no UTF-8 become a replacement mark instead of ending the app: a terminal
    set to Latin-1 sends one for every accent. Textual 8.2.8 decodes strictly (its issue 6456)."""
    if sys.platform != "win32":
        from textual.drivers import linux_driver

        def forgiving(encoding: str) -> Callable[..., codecs.IncrementalDecoder]:
            return functools.partial(codecs.getincrementaldecoder(encoding), errors="replace")

        vars(linux_driver)["getincrementaldecoder"] = forgiving


def standard_output() -> BinaryIO:
    """Where bytes for another program go. A terminal is given them as text that does not steer it; a
    pipe as they are."""
    out = sys.stdout.buffer
    return cast(BinaryIO, _Shown(out)) if sys.stdout.isatty() else out


def notification(sentence: str, environment: Mapping[str, str]) -> str:
    """The bytes, as text, for which a terminal shows a notification of the desktop: those of urxvt
    where it is one or GNOME's, else those of iTerm2, which most others read. A terminal that knows
    neither shows nothing."""
    words = one_line(sentence)
    gnomes = "VTE_VERSION" in environment or environment.get("TERM", "").startswith("rxvt")
    return f"\x1b]777;notify;calmdesk;{words}\x07" if gnomes else f"\x1b]9;{words}\x07"


class _Shown(io.BufferedIOBase):
    """Bytes of UTF-8 text on their way to a terminal."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._text = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def writable(self) -> bool:
        return True

    def write(self, data: "Buffer", /) -> int:
        whole = bytes(data)
        self._out.write(shown(self._text.decode(whole).replace("\r\n", "\n")).encode())
        return len(whole)

    def flush(self) -> None:
        self._out.flush()


def on_goodbye(leave: Callable[[int], None]) -> Callable[[], None]:
    """Call `leave(signal)` when the terminal closes or somebody ends us, and take no second
    input thread when continued (a Textual app started two after SIGCONT and hung at its end).

    Must be called on the event loop. Returns what takes it all back.
    """
    take_back: Callable[[], None] = _nothing
    if sys.platform != "win32":
        loop = asyncio.get_running_loop()
        signals = (signal.SIGHUP, signal.SIGTERM)
        for number in signals:
            loop.add_signal_handler(number, leave, number)
        before = signal.signal(signal.SIGCONT, signal.SIG_DFL)

        def restore() -> None:
            for number in signals:
                loop.remove_signal_handler(number)
            signal.signal(signal.SIGCONT, before)

        take_back = restore
    return take_back


def _nothing() -> None:
    """There was nothing to take back."""
