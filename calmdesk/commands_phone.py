"""`calmdesk phone`: a softphone set up, tried, and what it said. What the softphone itself starts is
`calmdesk.phone.hook`, which `calmdesk.cli` calls without Typer."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from calmdesk import paths
from calmdesk.errors import CalmdeskError
from calmdesk.phone.hook import SOURCE
from calmdesk.phone.set_up import SOFTPHONES
from calmdesk.phone.spool import PUT, Spool
from calmdesk.words import one_line

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
    typer.echo("\n".join(told.lines))
    typer.echo(f"\n{told.tried}")
    if "CALMDESK_HOME" in os.environ:
        typer.echo("CALMDESK_HOME is set here: the softphone has to be started with the same.")
    places: paths.Places = context.obj
    typer.echo(f"Settings file: {places.settings}")


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
    began = time.perf_counter()
    _run_hook("ring", key, number)
    queued = (time.perf_counter() - began) * 1000
    try:
        took = _wait(str(places.spool), key)
        if took is None:
            typer.echo(
                f"The hook queued it in {queued:.0f} ms, and no calmdesk took it from there."
            )
            typer.echo("Is calmdesk open, by the same user, and does it take the calls?")
            raise typer.Exit(1)
        typer.echo(f"The hook was done in {queued:.0f} ms.")
        typer.echo(f"calmdesk showed it {took * 1000:.0f} ms after the hook began to work.")
        typer.echo(
            f"A test caller rings there now, for {SHOWN:.0f} seconds; nothing of it is kept."
        )
        time.sleep(SHOWN)
    finally:
        _run_hook("hangup", key, number)


def _run_hook(event: str, key: str, number: str) -> None:
    words = [*hook_program(), event, f"--id={key}", "--name=A test caller", "--", number]
    done = subprocess.run(words, env={**os.environ, SOURCE: "test"}, check=False)
    if done.returncode != PUT:
        raise CalmdeskError("The hook could not leave its event; it says why above.")


def _wait(file: str, key: str) -> float | None:
    """Seconds that the event was on its way to the screen; None when nobody took it."""
    until = time.monotonic() + PATIENCE
    spool = _spool(file)
    try:
        place = spool.place_of(key)
        while time.monotonic() < until:
            for line in spool.log(place):
                if line[0] == place:
                    return line[2]
            time.sleep(0.02)
    finally:
        spool.close()
    return None


@app.command()
def log(
    context: typer.Context,
    last: Annotated[int, typer.Option("--last", min=1, help="How many events.")] = 20,
) -> None:
    """List what the softphone said of late, how long it was on its way, and what became of it."""
    from datetime import UTC, datetime

    places: paths.Places = context.obj
    spool = _spool(str(places.spool))
    try:
        lines = spool.log()[-last:]
    finally:
        spool.close()
    if not lines:
        typer.echo("Nothing yet. calmdesk phone setup tells how a softphone is made to speak.")
    for _, seconds, took, source, kind, who, became in lines:
        at = datetime.fromtimestamp(seconds, UTC).astimezone()
        typer.echo(
            f"{at:%d %b %H:%M:%S}  {one_line(kind):<11} {one_line(who):<9} {took * 1000:6.0f} ms  "
            f"{one_line(source):<8} {one_line(became)}"
        )


def _spool(file: str) -> Spool:
    try:
        return Spool(file)
    except (sqlite3.Error, OSError) as error:
        raise CalmdeskError(f"{file} cannot be read ({error}).") from error
