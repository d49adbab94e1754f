"""A calmdesk's own file in a shared folder: what changed at its desk, a line of JSON each.

    {"calmdesk": "deltas", "form": 1, "schema": 5, "device": ..., "me": ..., "born": ...}
    {"common": {"agents": [...], "issues": [...], "actions": [...], "events": [...]}}
    {"case": {"known": {...}, "case": [...], "contact": [...], ..., "event": [...]}}
    {"mark": {"as_of": ..., "through": {device: seq}, "agent": ...}}

Lines are only ever appended, whole, and end with a mark. What was shared is read from the file
itself whenever it is not the file that was left: a calmdesk that was killed, a share that was gone,
a file that somebody took away lose nothing. A file that grew long is written anew.
"""

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from calmdesk.errors import ShareError
from calmdesk.records.bundles import read_known
from calmdesk.records.migrations import SCHEMA
from calmdesk.records.plain_rows import Unreadable

if TYPE_CHECKING:
    from calmdesk.records.sharing import Changes

ENDING = ".calmdesk-deltas.jsonl"
FORM = 1
A_SIGN = timedelta(minutes=1)
"""How often a mark is made, at least."""
LONG = 16 * 2**20
"""Bytes from which a file is written anew, once it is several times what it was then."""
_TIMES = 4


@dataclass
class Shared:
    """What a file says was shared."""

    through: dict[str, int] = field(default_factory=dict)
    """How far each chain of this record was shared, by its device."""
    carried: dict[str, dict[str, int]] = field(default_factory=dict)
    """How far the journal of each case was shared, by device."""
    said: dict[str, str] = field(default_factory=dict)
    """A digest of what was said last, by what it was about."""
    as_of: str = ""
    """The instant of the last mark: up to then all was shared. While more is to come, a mark keeps
    that of the one before."""

    def take(self, line: dict[str, Any]) -> None:
        """Remember what one line says. Raises Unreadable for one that no calmdesk wrote."""
        try:
            if "case" in line:
                self.carried.update(read_known(line["case"]["known"]))
            elif "mark" in line:
                (self.through,) = read_known({"": line["mark"]["through"]}).values()
                self.as_of = line["mark"]["as_of"]
                datetime.fromisoformat(self.as_of)
            self.said.update(said_by(line))
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
            raise Unreadable("A line is not as calmdesk writes it.") from error


def said_by(line: dict[str, Any]) -> list[tuple[str, str]]:
    """What a line says that has no entry in a journal, each with a digest of it: of a case, what was
    seen and read."""
    if "case" in line:
        case = line["case"]
        seen = [case.get("alarm", []), case.get("review", [])]
        return [(min(it["id"] for it in case["case"]), digest(seen))]
    common = line.get("common", {})
    return [(name, digest(common[name])) for name in ("agents", "issues") if name in common]


def digest(value: Any) -> str:
    """By which it is seen that nothing changed."""
    plain = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode(errors="surrogatepass")).hexdigest()[:24]


def as_line(value: dict[str, Any]) -> bytes:
    """One line of the file."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class OwnDeltas:
    """The file of one calmdesk. Every method may wait for a network, and belongs on a thread."""

    def __init__(self, folder: Path, device: str, me: str) -> None:
        """`device` is by what its record goes, `me` the id of who works there."""
        self.file = folder / f"{device}{ENDING}"
        self._head: dict[str, Any] = {"calmdesk": "deltas", "form": FORM, "schema": SCHEMA}
        self._head |= {"device": device, "me": me}
        self.shared = Shared()
        self._left: tuple[int, int, int] | None = None
        """The file as it was left; None when it must be read."""
        self._compact = 0
        """Its length when it was written anew."""
        self._doubtful = False
        """Whether nobody knows how much of it is on the disk, after a disk failed."""

    def look(self) -> bool:
        """Make sure that what we know of the file is so. Returns whether it must be written anew: it
        is gone, grew too long, is doubtful, or has a line that is not ours. Raises ShareError."""
        with self._plainly():
            if not self.file.parent.is_dir():
                raise FileNotFoundError(2, "it is not there")
            if self._left is None or self._sign() != self._left:
                self._read()
            length = self._left[0] if self._left else 0
            long = length > max(LONG, _TIMES * self._compact)
            return self._left is None or self._doubtful or long

    def _sign(self) -> tuple[int, int, int] | None:
        try:
            seen = self.file.stat()
        except FileNotFoundError:
            return None
        return seen.st_size, seen.st_mtime_ns, seen.st_ino

    def _read(self) -> None:
        """Read what was shared from the file; a last line that was never finished is cut off."""
        self.shared, self._left = Shared(), None
        flags = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)
        with suppress(FileNotFoundError), os.fdopen(os.open(self.file, flags), "r+b") as opened:
            whole, known = 0, Shared()
            for line in opened:
                if not line.endswith(b"\n"):
                    break
                told = plain_line(line)
                if told is None or (not whole and not self._is_ours(told)):
                    return
                try:
                    known.take(told)
                except Unreadable:
                    return
                whole += len(line)
            if not whole:
                return
            opened.truncate(whole)
            self.shared = known
            self._left = self._sign()

    def _is_ours(self, head: dict[str, Any]) -> bool:
        return {**head, "born": ""} == {**self._head, "born": ""}

    def append(self, lines: Sequence[dict[str, Any]]) -> None:
        """Add lines. Where the disk fails meanwhile, others may have read some already: none is
        taken back, and the file is begun anew. Raises ShareError."""
        with self._plainly():
            flags = os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
            with os.fdopen(os.open(self.file, flags), "ab", buffering=0) as opened:
                try:
                    _write(opened, lines)
                except OSError:
                    self._doubtful = True
                    raise
            self._keep(lines)

    def begin(self, born: str) -> "NewFile":
        """Begin the file anew, beside the one that is there. Raises ShareError."""
        return NewFile(self, {**self._head, "born": born})

    def _keep(self, lines: Iterable[dict[str, Any]]) -> None:
        for line in lines:
            self.shared.take(line)
        self._left = self._sign()

    def put_in_place(self, fresh: Path, shared: Shared) -> None:
        """The new file is whole: it stands from now on."""
        fresh.replace(self.file)
        self.shared = shared
        self._left, self._doubtful = self._sign(), False
        self._compact = self._left[0] if self._left else 0

    def _plainly(self) -> "_Plainly":
        return _Plainly(self)

    def forget(self) -> None:
        """Know nothing of the file by heart."""
        self._left = None


class NewFile:
    """A file that is being written anew; the one that is there is read by others meanwhile."""

    def __init__(self, own: OwnDeltas, head: dict[str, Any]) -> None:
        self._own = own
        self._file = own.file.with_name(f".{own.file.name}.new")
        self._head = head
        self.shared = Shared()
        self._begun = False

    def append(self, lines: Sequence[dict[str, Any]]) -> None:
        """Add lines. Raises ShareError."""
        with _Plainly(self._own):
            if not self._begun:
                self._file.unlink(missing_ok=True)
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
            descriptor = os.open(self._file, flags, 0o600)
            with os.fdopen(descriptor, "ab", buffering=0) as opened:
                if not self._begun:
                    _let_read(descriptor, self._file.parent)
                try:
                    _write(opened, lines if self._begun else [self._head, *lines])
                except OSError:
                    with suppress(OSError):  # half a file would only fill the disk
                        self._file.unlink()
                    raise
            self._begun = True
            for line in lines:
                self.shared.take(line)

    def finish(self) -> None:
        """Put it in the place of the one that is there. Raises ShareError."""
        with _Plainly(self._own):
            self._own.put_in_place(self._file, self.shared)


def _let_read(descriptor: int, folder: Path) -> None:
    """Let the group read the file where it may read the folder; others never."""
    group = stat.S_IMODE(folder.stat().st_mode) & 0o040
    if group and hasattr(os, "fchmod"):
        with suppress(OSError):  # some shares know no modes
            os.fchmod(descriptor, 0o600 | group)


def _write(opened: BinaryIO | Any, lines: Iterable[dict[str, Any]]) -> None:
    data = memoryview(b"".join(as_line(line) for line in lines))
    while data:
        data = data[opened.write(data) :]
    os.fsync(opened.fileno())


def plain_line(line: bytes) -> dict[str, Any] | None:
    """What a line says; None when that cannot be read."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def share(own: OwnDeltas, changes: "Callable[[Shared], Changes]", born: str, now: datetime) -> None:
    """Bring a file to where its record is; `changes` tells what the record says beyond what was
    shared, and `born` names the file if it must be begun. When nothing changed, a mark a minute says
    that somebody is there. Raises ShareError."""
    fresh = own.begin(born) if own.look() else None
    more = True
    while more:
        found = changes((fresh or own).shared)
        more = found.more
        if found.lines or more or fresh is not None or _is_old(own.shared.as_of, now):
            (fresh or own).append([*found.lines, found.mark])
    if fresh is not None:
        fresh.finish()


def _is_old(mark: str, now: datetime) -> bool:
    return not mark or now - datetime.fromisoformat(mark).replace(tzinfo=UTC) >= A_SIGN


class _Plainly:
    """Turns what a folder refuses into one sentence."""

    def __init__(self, own: OwnDeltas) -> None:
        self._own = own

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            self._own.forget()
            why = error.strerror or str(error) or type(error).__name__
            raise ShareError(
                f"The shared folder {self._own.file.parent} cannot be written ({why}); what is new "
                "is kept here, and shared when the folder is back."
            ) from error
