"""`calmdesk phone`: a softphone set up, tried, and what it said. What the softphone itself starts is
`calmdesk.phone.hook`, which `calmdesk.cli` calls without Typer."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from textwrap import fill
from typing import Annotated
from uuid import uuid4

import typer

from calmdesk import commands_own, paths
from calmdesk.errors import CalmdeskError
from calmdesk.phone.hook import PUT, SOURCE
from calmdesk.phone.set_up import SOFTPHONES
from calmdesk.phone.spool import Spool
from calmdesk.words import count, one_line

SHOWN = 4.0
"""Seconds for which the made-up caller rings."""
PATIENCE = 6.0
"""Seconds after which calmdesk is not open, or does not listen."""
MADE_UP = "+15550100"

app = typer.Typer(
    help="Stand beside the softphone: set it up, try it, read what it said.",
    epilog="A softphone starts: calmdesk-phone ring|answer|hold|resume|hangup|busy [--] NUMBER",
    no_args_is_help=True,
)


@app.command()
def setup(
    context: typer.Context,
    softphone: Annotated[str, typer.Argument(help=f"One of: {', '.join(SOFTPHONES)}.")] = "other",
) -> None:
    """Print the lines that make a softphone tell calmdesk what it does."""
    if softphone.lower() not in SOFTPHONES:
        raise CalmdeskError(f"{one_line(softphone)} is not known; one of: {', '.join(SOFTPHONES)}.")
    program = " ".join(f'"{part}"' if " " in part else part for part in hook_program())
    told = SOFTPHONES[softphone.lower()](program)
    typer.echo("\n".join(told.lines(shutil.get_terminal_size().columns)))
    elsewhere = [name for name in ("CALMDESK_HOME", "XDG_DATA_HOME") if os.environ.get(name)]
    if told.by_program and elsewhere:
        _say(f"{elsewhere[0]} is set here: the softphone has to be started with the same.")
    places: paths.Places = context.obj
    typer.echo(f"Settings file: {places.settings}")


def _say(words: str) -> None:
    """Words that break between themselves, however narrow the terminal is."""
    width = shutil.get_terminal_size().columns
    typer.echo(fill(words, width, break_long_words=False, break_on_hyphens=False))


def hook_program() -> list[str]:
    """The program that a softphone starts, by its whole path on this machine."""
    beside = Path(sys.executable).parent
    found = shutil.which("calmdesk-phone", path=str(beside)) or shutil.which("calmdesk-phone")
    return [found] if found else [sys.executable, "-m", "calmdesk.phone.hook"]


@app.command(name="test")
def try_it(
    context: typer.Context,
    number: Annotated[
        str, typer.Argument(help="Whose number rings; a made-up one else.")
    ] = MADE_UP,
) -> None:
    """Let a made-up caller ring, through the whole way, and say what arrived and how long it took."""
    places: paths.Places = context.obj
    key = f"test-{uuid4().hex[:8]}"
    at, began = time.time(), time.perf_counter()
    _run_program("ring", key, number)
    queued = (time.perf_counter() - began) * 1000
    try:
        took = _wait(places, at)
        if took is None:
            _say(f"The program queued it in {queued:.0f} ms, and no calmdesk took it from there.")
            _say(
                "Either calmdesk is closed; or only a demo or practice is open, which follow no "
                "telephone; or it was started by another user or with another CALMDESK_HOME, and "
                f"looks into another folder than {places.data}."
            )
            raise typer.Exit(1)
        _say(f"The program was done in {queued:.0f} ms.")
        _say(f"calmdesk showed it {took * 1000:.0f} ms after the program began to work.")
        _say(f"A test caller rings there now, for {SHOWN:.0f} seconds; nothing of it is kept.")
        time.sleep(SHOWN)
    finally:
        _run_program("hangup", key, number)
        if commands_own.settings(places).phone.baresip is not None:
            _say(
                "Your settings name a baresip. This test does not go over its link: when that is "
                "not there, the Desk's top line says so."
            )


def _run_program(event: str, key: str, number: str) -> None:
    words = [*hook_program(), event, f"--id={key}", "--name=A test caller", "--", number]
    done = subprocess.run(words, env={**os.environ, SOURCE: "test"}, check=False)
    if done.returncode != PUT:
        raise CalmdeskError("The program could not leave its event; it says why above.")


def _wait(places: paths.Places, at: float) -> float | None:
    """Seconds that the ring of a test which began at an instant was on its way to the screen; None
    when nobody took it."""
    until = time.monotonic() + PATIENCE
    with _spool(places) as spool:
        while time.monotonic() < until:
            for _, seconds, took, source, kind, *_ in spool.log():
                if seconds >= at and (source, kind) == ("test", "ring"):
                    return took
            time.sleep(0.02)
    return None


@app.command()
def log(
    context: typer.Context,
    last: Annotated[int, typer.Option("--last", min=1, help="How many events.")] = 20,
) -> None:
    """List what the softphone said of late, how long it was on its way, and what became of it."""
    from datetime import UTC, datetime

    with _spool(context.obj) as spool:
        lines, queued = spool.log(), spool.after(0)
    waiting = {row[0] for row in queued} - {line[0] for line in lines}
    if lines:
        typer.echo(_row("when", "event", "who", "took", "from", "what became of it"))
    elif not waiting:
        _say("Nothing yet. calmdesk phone setup tells how a softphone is made to speak.")
    for _, seconds, took, source, kind, who, became in lines[-last:]:
        at = datetime.fromtimestamp(seconds, UTC).astimezone()
        typer.echo(_row(f"{at:%d %b %H:%M:%S}", kind, who, f"{took * 1000:.0f} ms", source, became))
    if waiting:
        wait = "waits" if len(waiting) == 1 else "wait"
        _say(f"{count(len(waiting), 'event')} {wait} for calmdesk to be opened.")


def _row(when: str, kind: str, who: str, took: str, source: str, became: str) -> str:
    kind, who, source, became = map(one_line, (kind, who, source, became))
    return f"{when:<15}  {kind:<11} {who:<9} {took:>9}  {source:<8} {became}"


@contextmanager
def _spool(places: paths.Places) -> Iterator[Spool]:
    """The spool, closed at the end. Raises CalmdeskError when it cannot be read."""
    try:
        with closing(Spool(str(places.spool))) as spool:
            yield spool
    except (sqlite3.Error, OSError) as error:
        raise CalmdeskError(f"{places.spool} cannot be read ({error}).") from error
