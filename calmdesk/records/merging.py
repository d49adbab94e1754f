"""The record of another calmdesk, brought into this one from its file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, text

from calmdesk.errors import OtherFileError
from calmdesk.records.bundles import Bundle, foreign_bundles
from calmdesk.records.models import Source
from calmdesk.records.other_file import reading
from calmdesk.records.parcels import Brought, Parcel, common_of, read_common
from calmdesk.records.plain_rows import Unreadable
from calmdesk.records.store import Store
from calmdesk.records.taking import take

AT_ONCE = 250
"""Cases that are taken in one transaction."""

Tell = Callable[[int, int], None]
"""Is told how many cases of how many are done."""


@dataclass(frozen=True)
class FileTaken:
    """What came from one file."""

    file: Path
    agent: str = ""
    """Whose it is: the name of who works there."""
    taken: Brought = field(default_factory=Brought)
    trouble: str = ""
    """Why not all of it could be taken, in a sentence; '' when all was well."""


def merge(store: Store, file: Path, at: datetime, tell: Tell, keep: bool = True) -> FileTaken:
    """Take every case of another calmdesk's file; the file stays as it is. What was taken before it
    turned out to be damaged stays taken. Without `keep`, only tell what would come of it. Raises
    StoreError when this record cannot be written."""
    if file.exists() and file.samefile(store.file):
        return FileTaken(file, trouble=f"{file} is this very record.")
    whole = FileTaken(file)
    try:
        with reading(file, store.file.parent) as connection:
            of: int | None = None
            for whole in _merged(store, file, connection, at, keep):
                of = _count(connection) if of is None else of
                tell(whole.taken.cases, of)
    except Unreadable as error:
        said = f"{file} is damaged; what could be read of it was taken. {error}"
        return FileTaken(file, whole.agent, whole.taken, said)
    except OtherFileError as error:
        return FileTaken(file, whole.agent, whole.taken, str(error))
    return whole


def _merged(
    store: Store, file: Path, connection: Connection, at: datetime, keep: bool
) -> Iterator[FileTaken]:
    facts = connection.execute(text("SELECT key, value FROM meta"))
    meta: dict[str, str] = {row.key: row.value for row in facts}
    me, device = meta.get("me", ""), meta.get("device", "")
    common = read_common(common_of(connection).plain())
    agent = next((str(it["name"]) for it in common.agents if it["id"] == me), "")
    taken = take(store, Parcel(common=common, sender=me), at, keep)
    for bundles in _bundles(connection):
        taken += take(store, Parcel(bundles, sender=me), at, keep)
        yield FileTaken(file, agent, taken)
    if keep and device and device != store.home:
        _remember(store, device, agent, _last_sign(connection, device))
    yield FileTaken(file, agent, taken)


def _bundles(connection: Connection) -> Iterator[list[Bundle]]:
    """All cases, the oldest first, so many at once; those that belong together, together."""
    after, done = "", set[str]()
    query = text('SELECT id FROM "case" WHERE id > :after ORDER BY id LIMIT :most')
    while ids := connection.execute(query, {"after": after, "most": AT_ONCE}).scalars().all():
        bundles = foreign_bundles(connection, [it for it in ids if it not in done])
        after = ids[-1]
        done = {it["id"] for bundle in bundles for it in bundle.cases if it["id"] > after} | {
            it for it in done if it > after
        }
        yield bundles


def _count(connection: Connection) -> int:
    return int(connection.execute(text('SELECT count(*) FROM "case"')).scalar_one())


def _last_sign(connection: Connection, device: str) -> datetime | None:
    """When the calmdesk of a file wrote last."""
    query = text("SELECT at FROM event WHERE device = :device ORDER BY seq DESC LIMIT 1")
    found = connection.execute(query, {"device": device}).scalar()
    return datetime.fromisoformat(found).replace(tzinfo=UTC) if found else None


def _remember(store: Store, device: str, agent: str, as_of: datetime | None) -> None:
    """Keep as of when a calmdesk is known here; how far its deltas are read stays."""
    if as_of is None:
        return
    with store.transaction() as session:
        source = session.get(Source, device)
        if source is None:
            session.add(Source(device=device, agent=agent, as_of=as_of))
        elif source.as_of < as_of:
            source.agent, source.as_of = agent, as_of
