"""`calmdesk merge`: the cases of other calmdesks brought into this record, from their files or from
a shared folder."""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from calmdesk.commands_progress import progress
from calmdesk.commands_record import opened
from calmdesk.errors import CalmdeskError, ShareError, StoreError
from calmdesk.paths import Places
from calmdesk.words import count, one_line

if TYPE_CHECKING:
    from calmdesk.records.day_counts import PlaceRange
    from calmdesk.records.merging import FileTaken
    from calmdesk.records.parcels import Brought
    from calmdesk.records.store import Store

EVERY = 2.0
"""Seconds between two looks at a folder that is followed."""
_REST = 0.02
"""Seconds between two pieces of what is done meanwhile: another calmdesk can write."""
_AT_ONCE = 200
"""Cases of a folder that are taken in one go."""


def merge(
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(help="Databases of other calmdesks.", metavar="FILE...")
    ] = None,
    follow: Annotated[
        Path | None,
        typer.Option(help="A shared folder to read what others append, until ctrl+c."),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Read the folder once.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would come, and keep nothing.")
    ] = False,
) -> None:
    """Bring the cases of other calmdesks into yours. Their files stay as they are, and what came
    before comes no second time. Ends with 1 when a file could not be taken whole."""
    if bool(files) == (follow is not None):
        raise CalmdeskError("Name the files of other calmdesks, or --follow a shared folder.")
    if (once and follow is None) or (dry_run and not files):
        raise CalmdeskError("--once goes with --follow, and --dry-run with files.")
    with _here(context.obj, keep=not dry_run) as store:
        whole = _files(store, files or [], not dry_run) if follow is None else True
        if follow is not None:
            _follow(store, follow.expanduser().absolute(), once)
    if not whole:
        raise typer.Exit(1)


@contextmanager
def _here(own: Places, keep: bool) -> "Iterator[Store]":
    """Our own record, made when there is none yet; a dry run is made on one that is thrown away."""
    with ExitStack() as at_end:
        if not keep and not own.database.exists():
            folder = at_end.enter_context(TemporaryDirectory(prefix="calmdesk-"))
            own = replace(own, database=Path(folder) / own.database.name)
        yield at_end.enter_context(opened(own, make=True))


def _files(store: "Store", files: list[Path], keep: bool) -> bool:
    """Take the files one after the other. Returns whether all went well."""
    from calmdesk.clock import SystemClock
    from calmdesk.records.merging import merge as take_file

    whole = True
    for file in files:
        with progress(one_line(file.name)) as tell, store.tending():
            found = take_file(store, file.expanduser(), SystemClock().now(), tell, keep)
        _tell(found, keep)
        whole = whole and not found.trouble and not found.taken.refused
    return whole


def _tell(found: "FileTaken", keep: bool) -> None:
    whose = f" ({one_line(found.agent)})" if found.agent else ""
    if found.taken.cases or not found.trouble:
        would = "" if keep else "would bring "
        typer.echo(f"{one_line(str(found.file))}{whose}: {would}{told(found.taken)}")
    _tell_more(found.taken)
    if found.trouble:
        typer.echo(f"calmdesk: {one_line(found.trouble)}", err=True)


def _tell_more(taken: "Brought") -> None:
    for was, ref in taken.renamed:
        typer.echo(f"  {was} was another case's here; it is {ref} now, and its journal says so.")
    if taken.refused:
        typer.echo(
            f"calmdesk: {count(taken.refused, 'case')} left out: the file is a copy of a record in "
            "which work went on by itself, or its journal was changed.",
            err=True,
        )


def told(taken: "Brought") -> str:
    """What came, in words: `12 cases: 3 new, 1 brought further, 8 as they were`."""
    parts = (
        (taken.new, "new"),
        (taken.newer, "brought further"),
        (taken.older, "further here already"),
        (taken.same, "as they were"),
        (taken.refused, "left out"),
    )
    words = ", ".join(f"{many:,} {word}" for many, word in parts if many)
    common = f"; {taken.other} known issues or actions" if taken.other else ""
    return count(taken.cases, "case") + (f": {words}" if words else "") + common


def _follow(store: "Store", folder: Path, once: bool) -> None:
    """Read a folder again and again; what is in the way is told once."""
    said = ""
    meanwhile = _Meanwhile(store)
    try:
        while True:
            try:
                trouble = _look(store, folder)
                if not once:
                    meanwhile.tend()
            except (ShareError, StoreError) as error:
                if once:
                    raise
                trouble = f"{error} It is tried again."
            if trouble and trouble != said:
                typer.echo(f"calmdesk: {one_line(trouble)}", err=True)
            said = trouble
            if once:
                return
            time.sleep(EVERY)
    except KeyboardInterrupt:
        typer.echo("No longer followed; what came is kept.", err=True)


class _Meanwhile:
    """What the app does while nobody waits, where no app does it: words that came are to be found,
    and days are counted."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._days_left = True
        """Whether there may be days to count: words that came tell of cases that did."""

    def tend(self) -> None:
        """Do what there is, for about as long as between two looks at the folder."""
        from calmdesk.clock import SystemClock
        from calmdesk.records import rolling, tending

        clock = SystemClock()
        until = clock.monotonic() + EVERY
        days: Sequence[PlaceRange] = ()
        with self._store.tending() as ours:
            self._days_left |= not ours  # who looks after them may end before all are counted
            while ours and tending.due(self._store) and clock.monotonic() < until:
                self._days_left = True
                tending.tend(self._store)
                time.sleep(_REST)
            while ours and self._days_left and clock.monotonic() < until:
                days = days or rolling.to_count(self._store)
                self._days_left = bool(days)
                days = rolling.count(self._store, days)
                time.sleep(_REST)


def _look(store: "Store", folder: Path) -> str:
    """Take what is new in a folder. Returns what was in the way, '' when nothing was."""
    from calmdesk.clock import SystemClock, local
    from calmdesk.records import following

    clock, troubles = SystemClock(), []
    for part in following.unread(folder, store.home, following.seen(store), _AT_ONCE):
        taken = following.follow(store, part, clock.now())
        if taken.anything or taken.refused:
            when = f"{local(clock.now(), clock.zone):%H:%M}"
            typer.echo(f"{when} {one_line(part.agent) or part.device}: {told(taken)}")
        _tell_more(taken)
        troubles.append(part.trouble)
    return " ".join(filter(None, troubles))
