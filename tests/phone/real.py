"""A real softphone and real callers: baresip and sipp, on loopback, ended by their own ids.

    with Baresip(tmp_path) as phone, Caller(phone) as erika:
        phone.command("accept")
        erika.hang_up()

calmdesk has the one connection that ctrl_tcp allows, so commands go over baresip's httpd.
"""

import http.client
import os
import random
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote
from uuid import uuid4

LOOPBACK = "127.0.0.1"
MODULES = Path("/usr/lib/baresip/modules")
SCENARIO = Path(__file__).parent / "sipp" / "caller.xml"
ERIKA = '"Erika Muster" <sip:+493012345678@127.0.0.1>'
SECOND = '"Second Caller" <sip:+4940987654@127.0.0.1>'
WITHHELD = '"Anonymous" <sip:anonymous@anonymous.invalid>'
PATIENCE = 60.0
"""Seconds that anything of this is waited for at most."""

_CONFIG = """\
poll_method         epoll
sip_listen          {loopback}:{sip}
net_interface       {loopback}
call_local_timeout  {unanswered}
call_max_calls      4
audio_path          /usr/share/baresip
audio_player        aubridge,silent
audio_source        aubridge,silent
audio_alert         aubridge,silent
rtp_timeout         60
module_path         {modules}
module              g711.so
module              aubridge.so
module              httpd.so
module_app          uuid.so
module_app          account.so
module_app          contact.so
module_app          menu.so
module_app          ctrl_tcp.so
ctrl_tcp_listen     {loopback}:{ctrl}
http_listen         {loopback}:{http}
"""


def missing() -> str:
    """Why none of this can be run here; '' when it can."""
    gone = [name for name in ("baresip", "sipp") if shutil.which(name) is None]
    if gone:
        return f"needs {' and '.join(gone)} (Debian's baresip-core and sip-tester)"
    return "" if MODULES.is_dir() else f"baresip's modules are not in {MODULES}"


def free_port() -> int:
    """A port of loopback that is free for TCP and UDP alike, and the next one, too: baresip takes it
    for TLS. It is none of those that the system itself hands out, and none that another process of
    this run, or anybody here, was given."""
    for port in random.sample([*_OURS], len(_OURS)):
        if all(_is_free(kind, port + more) for kind in _KINDS for more in (0, 1)):
            _OURS.remove(port)
            return port
    raise OSError("no port is free for both TCP and UDP")


_KINDS = (socket.SOCK_STREAM, socket.SOCK_DGRAM)
_WORKERS = 16
"""Processes of one run, at most, that share none."""
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % _WORKERS
_OURS: set[int] = {*range(20_000 + 4 * _WORKER, 32_000, 4 * _WORKERS)}


def _is_free(kind: socket.SocketKind, port: int) -> bool:
    with socket.socket(type=kind) as it:
        try:
            it.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def wait_for(there: Callable[[], bool], what: str) -> None:
    """Wait until something is so. Raises TimeoutError after `PATIENCE`."""
    until = time.monotonic() + PATIENCE
    while not there():
        if time.monotonic() > until:
            raise TimeoutError(f"waited {PATIENCE:g} s for {what}")
        time.sleep(0.02)


class _Program:
    """One process of ours."""

    def __init__(self, log: Path) -> None:
        self.log = log
        """What it printed, for whoever looks why a test failed."""
        self._process: subprocess.Popen[bytes] | None = None

    def _run(self, *command: str) -> None:
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
            )

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """End it at once, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE)
            self._process = None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()


class Baresip(_Program):
    """A softphone without sound, of one agent. Its ports stay the same when it is started again."""

    def __init__(self, folder: Path, unanswered: int = 120) -> None:
        """`unanswered` is after how many seconds it gives up a call that nobody answers."""
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(folder / "baresip.log")
        self.folder = folder
        self.sip, self.ctrl, self._http = free_port(), free_port(), free_port()
        config = _CONFIG.format(
            loopback=LOOPBACK,
            sip=self.sip,
            ctrl=self.ctrl,
            http=self._http,
            modules=MODULES,
            unanswered=unanswered,
        )
        (folder / "config").write_text(config, encoding="utf-8")
        (folder / "accounts").write_text(f"<sip:agent@{LOOPBACK}>;regint=0\n", encoding="utf-8")
        (folder / "contacts").touch()

    def start(self) -> None:
        """Start it, and wait until it can be called."""
        self._run("baresip", "-4", "-f", str(self.folder))
        wait_for(self._answers, "baresip")

    def command(self, text: str) -> str:
        """Let the agent do something: `accept`, `hold`, `resume`, `hangup`, `listcalls`. Returns what
        baresip prints."""
        with closing(http.client.HTTPConnection(LOOPBACK, self._http, timeout=PATIENCE)) as line:
            line.request("GET", f"/raw/?/{quote(text)}")
            return line.getresponse().read().decode("utf-8", "replace")

    def _answers(self) -> bool:
        if not self.runs:
            raise RuntimeError(f"baresip did not start: {self.log.read_text(errors='replace')}")
        try:
            return "Active calls" in self.command("listcalls")
        except OSError:
            return False

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.kill()
            raise
        return self


class Caller(_Program):
    """Somebody who calls the agent, from the moment that the block is entered."""

    def __init__(self, phone: Baresip, who: str = ERIKA) -> None:
        """`who` is the From of the call."""
        self._phone, self._who, self._port = phone, who, free_port()
        self.id = f"{uuid4().hex[:12]}@{LOOPBACK}"
        super().__init__(phone.folder / f"sipp-{self.id}.log")

    def hang_up(self) -> None:
        """Give up while it rings, or end the call; and wait until that is done."""
        told = (
            f"INFO sip:caller@{LOOPBACK} SIP/2.0",
            f"Via: SIP/2.0/UDP {LOOPBACK}:9;branch=z9hG4bK-hang-up",
            f"From: <sip:test@{LOOPBACK}>;tag=test",
            f"To: <sip:caller@{LOOPBACK}>",
            f"Call-ID: {self.id}",
            "CSeq: 1 INFO",
            "Content-Length: 0",
            "\r\n",
        )
        with socket.socket(type=socket.SOCK_DGRAM) as line:
            line.sendto("\r\n".join(told).encode(), (LOOPBACK, self._port))
        self.wait_until_over()

    def wait_until_over(self) -> None:
        """Wait until the call is over for this side, too."""
        wait_for(lambda: not self.runs, f"the end of {self.id}")

    def __enter__(self) -> Self:
        media = str(free_port())
        self._run(
            *("sipp", f"{LOOPBACK}:{self._phone.sip}", "-sf", str(SCENARIO), "-m", "1", "-l", "1"),
            *("-i", LOOPBACK, "-p", str(self._port), "-mi", LOOPBACK, "-mp", media),
            *("-ci", LOOPBACK),  # what else it listens on
            *("-cid_str", self.id, "-key", "who", self._who, "-nostdin"),
            *("-timeout", "150", "-timeout_error"),
        )
        return self
