"""A real pseudo-terminal with a program in it, and the screen that somebody in front of it sees::

    with calmdesk(home) as terminal:
        terminal.wait_for("Who is at this desk?")
        terminal.press("escape", "ctrl+n")
        terminal.wait_for("Let them tell it whole")
        terminal.type("the flyers never came", each=0.06)
        terminal.press("enter")

POSIX only. The screen is pyte's: it knows no alternate screen, so what calmdesk painted last still
stands there after its end.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal as signals
import struct
import sys
import termios
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyte

ROOT = Path(__file__).resolve().parent.parent
"""The folder in which programs are started, so that `-m calmdesk` is this calmdesk."""

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "space": " ",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "f11": "\x1b[23~",
    "f12": "\x1b[24~",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
"""What an xterm sends for each key."""

PATIENCE = 60.0
"""Seconds for which anything is waited for at most: a busy machine is slow, and wrong only later."""
AFTER_ESCAPE = 0.12
"""Seconds left alone after a bare escape: what follows sooner is read as the rest of a sequence."""


class Terminal:
    """A program in a pseudo-terminal. Output is read only while one of the methods waits.

    The screen is worked out when somebody looks at it, so that reading stays cheap while times are
    taken.
    """

    def __init__(self, pid: int, fd: int, size: tuple[int, int], started: float) -> None:
        self.pid = pid
        self.started = started
        """`time.perf_counter()` just before the program was started."""
        self._fd = fd
        self._status: int | None = None
        self._screen: Any = pyte.Screen(*size)
        self._stream: Any = pyte.ByteStream(self._screen)
        self._unseen = bytearray()
        """Output that the screen has not been worked out for."""
        self._since_sent = bytearray()
        """Output since something was last sent."""
        self.output = bytearray()
        """Everything the program has written so far."""

    @classmethod
    def start(
        cls,
        argv: Sequence[str],
        env: Mapping[str, str | None] | None = None,
        size: tuple[int, int] = (100, 30),
    ) -> Terminal:
        """Start a program in a terminal of `size` columns and rows. `env` is laid over our own
        environment; None takes a variable away."""
        changed = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        ours = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
        whole: dict[str, str | None] = {**ours, **changed, **(env or {})}
        environment = {name: value for name, value in whole.items() if value is not None}
        room = struct.pack("HHHH", size[1], size[0], 0, 0)
        started = time.perf_counter()
        with warnings.catch_warnings():
            # Python 3.12 warns of a fork beside threads; this child does nothing but exec
            warnings.simplefilter("ignore", DeprecationWarning)
            pid, fd = pty.fork()
        if pid == 0:
            with suppress(BaseException):
                fcntl.ioctl(0, termios.TIOCSWINSZ, room)
                os.chdir(ROOT)
                os.execvpe(argv[0], list(argv), environment)
            os._exit(127)
        return cls(pid, fd, size, started)

    # -- what goes in -----------------------------------------------------------------------

    def send(self, keys: str | bytes) -> float:
        """Send bytes as a keyboard would, at once. Returns when, by `time.perf_counter()`."""
        self._since_sent.clear()
        sent = time.perf_counter()
        left = keys.encode() if isinstance(keys, str) else keys
        while left:
            left = left[os.write(self._fd, left) :]
        return sent

    def type(self, text: str, each: float = 0.0) -> None:
        """Type a text, `each` seconds to a key; without it, all at once."""
        if not each:
            self.send(text)
            return
        due = time.perf_counter()
        for key in text:
            self.send(key)
            due += each
            self.read_for(due - time.perf_counter())

    def press(self, *names: str) -> float:
        """Press keys by name: f2, ctrl+n, enter, escape, tab and so on. Returns when the last one
        was sent, by `time.perf_counter()`."""
        sent = time.perf_counter()
        for name in names:
            sent = self.send(KEYS[name])
            if name == "escape":
                self.read_for(AFTER_ESCAPE)
        return sent

    def resize(self, columns: int, rows: int) -> None:
        """Drag the window to another size."""
        self._see()
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # -- what comes out ---------------------------------------------------------------------

    def read_for(self, seconds: float) -> None:
        """Read what the program writes, for so long."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            if not self._read(left):
                time.sleep(max(0.0, until - time.perf_counter()))

    def wait_for_any(self, timeout: float = PATIENCE) -> None:
        """Wait until the program writes anything after the last key that was sent."""
        until = time.perf_counter() + timeout
        while not self._since_sent:
            if not self._read(until - time.perf_counter()):
                self._give_up("any output", timeout)

    def rest(self, quiet: float, timeout: float = PATIENCE) -> float:
        """Wait until the program has written nothing for so long. Returns when it wrote last, by
        `time.perf_counter()`."""
        last = time.perf_counter()
        until = last + timeout
        while self._read(quiet):
            last = time.perf_counter()
            if last > until:
                self._give_up(f"{quiet} s of rest", timeout)
        return last

    def screen(self) -> list[str]:
        """The lines on the screen, from the top, without the spaces at their ends."""
        self._see()
        return [line.rstrip() for line in self._screen.display]

    def wait_for(self, text: str, timeout: float = PATIENCE) -> float:
        """Wait until a text stands on the screen. Returns when, by `time.perf_counter()`. Raises
        AssertionError with the whole screen when it does not come."""
        return self.wait_until(
            lambda lines: any(text in line for line in lines), repr(text), timeout
        )

    def wait_until(
        self, seen: Callable[[list[str]], bool], what: str, timeout: float = PATIENCE
    ) -> float:
        """Wait until the screen is as wanted; `what` says how, for the AssertionError."""
        until = time.perf_counter() + timeout
        while True:
            at = time.perf_counter()
            if seen(self.screen()):
                return at
            if not self._read(until - at):
                self._give_up(what, timeout)

    def wait_for_output(self, text: str, timeout: float = PATIENCE) -> float:
        """Wait until the program wrote a text after the last key that was sent, wherever it is put
        and without working the screen out: the way to take times. Returns when it was read."""
        wanted = text.encode()
        until = time.perf_counter() + timeout
        while wanted not in self._since_sent:
            if not self._read(until - time.perf_counter()):
                self._give_up(f"output {text!r}", timeout)
        return time.perf_counter()

    def _read(self, timeout: float) -> bool:
        """Read once, waiting for it. Returns False at the timeout, or when nothing comes any more."""
        if self._fd < 0 or not select.select([self._fd], [], [], max(0.0, timeout))[0]:
            return False
        try:
            chunk = os.read(self._fd, 65536)
        except OSError:  # how Linux says that nobody holds the other end
            return False
        self._unseen += chunk
        self._since_sent += chunk
        self.output += chunk
        return bool(chunk)

    def _see(self) -> None:
        if self._unseen:
            chunk = bytes(self._unseen)
            self._unseen.clear()
            self._stream.feed(chunk)

    def _give_up(self, what: str, timeout: float) -> None:
        lines = "\n".join(self.screen()).rstrip()
        ended = f", the program had ended with {self._status}" if self._ended() else ""
        raise AssertionError(f"{what} did not come within {timeout} s{ended}; the screen:\n{lines}")

    # -- the end ----------------------------------------------------------------------------

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def starved(self) -> float:
        """Seconds since its start in which a thread of the program was ready to run and no
        processor was free for it; 0.0 where the machine does not say."""
        return self._scheduled(1)

    def ran(self) -> float:
        """Seconds of a processor that the program has taken since its start; 0.0 where the machine
        does not say."""
        return self._scheduled(0)

    def _scheduled(self, column: int) -> float:
        seconds = 0.0
        for file in Path(f"/proc/{self.pid}/task").glob("*/schedstat"):
            with suppress(OSError):
                seconds += int(file.read_text().split()[column]) / 1e9
        return seconds

    def kill(self) -> float:
        """Kill the program as a power cut would (SIGKILL) and wait until it is gone. Returns when,
        by `time.perf_counter()`."""
        at = time.perf_counter()
        if not self._ended():
            os.kill(self.pid, signals.SIGKILL)
            self._status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return at

    def close(self) -> None:
        """Close the terminal's window: the program gets a SIGHUP, and can neither read nor write."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def exit_code(self, timeout: float = PATIENCE) -> int:
        """Wait for the program's end. Returns its exit code, or a signal's number below zero."""
        until = time.perf_counter() + timeout
        while not self._ended():
            if time.perf_counter() > until:
                self._give_up("the end of the program", timeout)
            if not self._read(0.05):
                time.sleep(0.01)
        while self._read(0.0):
            pass  # its last words
        assert self._status is not None
        return self._status

    def _ended(self) -> bool:
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._status = os.waitstatus_to_exitcode(status)
        return self._status is not None

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *error: object) -> None:
        self.kill()
        self.close()


def calmdesk(
    home: Path,
    *words: str,
    env: Mapping[str, str | None] | None = None,
    size: tuple[int, int] = (100, 30),
) -> Terminal:
    """Start calmdesk with its whole home in a folder, in a terminal of its own."""
    argv = [sys.executable, "-m", "calmdesk", *words]
    return Terminal.start(argv, {"CALMDESK_HOME": str(home), **(env or {})}, size)
