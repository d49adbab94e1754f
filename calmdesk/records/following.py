"""What other calmdesks appended to a shared folder, read from where it was left."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from sqlmodel import col, select

from calmdesk.errors import ShareError
from calmdesk.records.bundles import Bundle, read_bundle
from calmdesk.records.deltas import ENDING, FORM, plain_line
from calmdesk.records.migrations import SCHEMA
from calmdesk.records.models import Source
from calmdesk.records.parcels import Brought, Common, Parcel, read_common
from calmdesk.records.people_rows import AsOf
from calmdesk.records.plain_rows import Unreadable
from calmdesk.records.store import Store
from calmdesk.records.taking import take
from calmdesk.words import clean, one_line

AT_ONCE = 8
"""Cases that are taken in one go: a note that comes meanwhile waits no longer than for these."""
_LONGEST = 64 * 2**20
"""Bytes of a line; none of ours is nearly so long."""

Seen = Mapping[str, tuple[str, int]]
"""How far the files of others were read: which file it was, and how many bytes of it, by device."""


@dataclass
class Unread:
    """Some lines of another's file that were not read before."""

    device: str
    born: str = ""
    me: str = ""
    """Id of who works there."""
    end: int = 0
    """Where to go on reading."""
    agent: str = ""
    as_of: str = ""
    """Name and instant of the last mark in these lines; '' when there was none."""
    bundles: list[Bundle] = field(default_factory=list)
    common: list[Common] = field(default_factory=list)
    trouble: str = ""
    """What could not be read, in a sentence."""


def seen(store: Store) -> Seen:
    """How far the files of others were read."""
    with store.reading() as session:
        return {it.device: (it.born, it.position) for it in session.exec(select(Source))}


def unread(folder: Path, device: str, seen: Seen, at_once: int = AT_ONCE) -> Iterator[Unread]:
    """What others appended, so many cases at a time; `device` is our own. Raises ShareError when
    the folder cannot be read."""
    try:
        files = sorted(folder.glob(f"*{ENDING}"))
        if not files and not folder.is_dir():
            raise FileNotFoundError(2, "it is not there")
    except OSError as error:
        why = error.strerror or error
        raise ShareError(f"The shared folder {folder} cannot be read ({why}).") from error
    for file in files:
        whose = file.name.removesuffix(ENDING)
        if clean(whose) != whose:
            yield Unread("", trouble=f"{clean(str(file))} is none of calmdesk's deltas.")
        elif whose and whose != device and not whose.startswith("."):
            try:
                with file.open("rb") as opened:
                    part = seen.get(whose, ("", 0))
                    yield from _of_file(file, opened, whose, part, at_once)
            except OSError as error:
                yield Unread(whose, trouble=f"{file} cannot be read ({error.strerror or error}).")


def _of_file(
    file: Path, opened: BinaryIO, device: str, seen: tuple[str, int], at_once: int
) -> Iterator[Unread]:
    born, position = seen
    head = plain_line(opened.readline(_LONGEST))
    if head is None:
        return  # its first line is still being written
    if trouble := _why_not(file, head, device):
        yield Unread(device, trouble=trouble)
        return
    if head["born"] == born and position <= file.stat().st_size:
        opened.seek(max(position, opened.tell()))
    me = clean(head.get("me", ""))
    part = Unread(device, head["born"], me, opened.tell())
    for line in opened:
        if not line.endswith(b"\n"):
            break  # it is still being written; the next look reads it
        part.end += len(line)
        _add(part, file, line)
        if len(part.bundles) >= at_once or part.trouble:
            yield part
            part = Unread(device, head["born"], me, part.end)
    if part.bundles or part.common or part.as_of:
        yield part


def _why_not(file: Path, head: dict[str, Any], device: str) -> str:
    """Why a file is not read, in a sentence; '' when it is."""
    if head.get("calmdesk") != "deltas" or head.get("device") != device:
        return f"{file} is none of calmdesk's deltas; it is left alone."
    form: Any = head.get("form")
    schema: Any = head.get("schema")
    born: Any = head.get("born")
    sound = isinstance(form, int) and isinstance(schema, int)
    sound = sound and isinstance(born, str) and clean(born) == born
    if not sound or not isinstance(head.get("me", ""), str):
        return f"{file} is damaged; it is left alone."
    if form > FORM or schema > SCHEMA:
        return f"{file} is written by a newer calmdesk; update calmdesk here to read it."
    return ""


def _add(part: Unread, file: Path, line: bytes) -> None:
    told = plain_line(line)
    try:
        if told is None:
            raise Unreadable("It is no JSON.")
        if "case" in told:
            part.bundles.append(read_bundle(told["case"]))
        elif "common" in told:
            part.common.append(read_common(told["common"]))
        elif "mark" in told:
            part.as_of = datetime.fromisoformat(told["mark"]["as_of"]).isoformat()
            part.agent = one_line(str(told["mark"].get("agent", "")))
    except Unreadable as error:
        part.trouble = f"A line of {file} cannot be read and is left out. {error}"
    except (KeyError, TypeError, ValueError):
        part.trouble = f"A line of {file} cannot be read and is left out."


def follow(store: Store, part: Unread, at: datetime) -> Brought:
    """Take some lines of another's, and remember how far it was read. Read twice, they are taken
    once."""
    taken = Brought()
    for common in part.common:
        taken += take(store, Parcel(common=common, sender=part.me), at)
    if part.bundles:
        taken += take(store, Parcel(part.bundles, sender=part.me), at)
    with store.transaction() as session:
        source = session.get(Source, part.device)
        as_of = datetime.fromisoformat(part.as_of).replace(tzinfo=UTC) if part.as_of else None
        if source is None:
            source = Source(device=part.device, as_of=as_of or at)
            session.add(source)
        source.born, source.position = part.born, part.end
        source.as_of, source.agent = as_of or source.as_of, part.agent or source.agent
    return taken


def sources(store: Store) -> tuple[AsOf, ...]:
    """Who else's cases are here, and as of when, by name: of one who works at several desks, the
    last sign."""
    with store.reading() as session:
        rows = session.exec(select(Source).where(Source.agent != "").order_by(col(Source.as_of)))
        last = {it.agent: AsOf(it.agent, it.as_of) for it in rows}
    return tuple(sorted(last.values(), key=lambda it: it.agent.casefold()))
