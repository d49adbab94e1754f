"""The way in. The app starts without Typer, which costs a tenth of a second; every other word of
the command line is in `calmdesk.commands`."""

from __future__ import annotations

import gc
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EPIPE
from typing import TYPE_CHECKING

from calmdesk.errors import CalmdeskError

if TYPE_CHECKING:
    from calmdesk.app import CalmDesk
    from calmdesk.paths import Places
    from calmdesk.records.store import Store


def main() -> None:
    """Entry point. Ends the process with 0, or with 2 and one sentence on stderr."""
    words = sys.argv[1:]
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # they are for whoever mends it, not for an agent in a call
    try:
        if not words:
            sys.exit(start())
        if words[0] == "call" and len(words) <= 2 and not words[-1].startswith("-"):
            sys.exit(start(call=words[1] if len(words) == 2 else ""))
        if words[0] == "phone":
            _hook(words[1:])
        from calmdesk.commands import app

        with _written_out():
            app(prog_name="calmdesk")
    except CalmdeskError as error:
        from calmdesk.words import shown

        with suppress(OSError):
            print(f"calmdesk: {shown(str(error))}", file=sys.stderr)
        sys.exit(2)


def _hook(words: list[str]) -> None:
    """What a softphone says ends here, before Typer is loaded: the softphone waits."""
    from calmdesk.phone.hook import VERBS, main

    if words and words[0] in VERBS:
        main(words)


@contextmanager
def _written_out() -> Iterator[None]:
    """What a command says is out when this ends. Where it goes may be full, which is told, or closed,
    as `head` does when it has enough, which is not."""
    try:
        try:
            yield
        finally:
            if sys.stdout is not None:  # it may be closed from the beginning
                sys.stdout.flush()
    except OSError as error:
        if error.filename is not None:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left goes nowhere
        if error.errno == EPIPE:
            sys.exit(1)
        raise CalmdeskError(f"The output cannot be written ({error.strerror}).") from error


def start(places: Places | None = None, call: str | None = None) -> int:
    """Run the app on the user's own database until it is left. Returns the exit code."""
    gc.disable()  # until the first paint; the app turns it on again
    from calmdesk import paths, settings
    from calmdesk.errors import SettingsError
    from calmdesk.terminal import check_terminal

    check_terminal()
    where = places or paths.places()
    trouble = ""
    try:
        chosen = settings.load(where.settings)
    except SettingsError as error:
        chosen, trouble = settings.Settings(), f"{error} The defaults are used."

    from calmdesk.app import CalmDesk

    def open_store() -> Store:
        from calmdesk.records.store import Store

        return Store.open(where.database, dialling=chosen.phone.dialling)

    return run(CalmDesk(where, open_store, settings=chosen, trouble=trouble, call=call))


def run(app: CalmDesk) -> int:
    """Run an app to its end, keep what still waits, say what went wrong. Returns the exit code."""
    from calmdesk.terminal import forgive_bytes

    forgive_bytes()
    app.run()
    said = app.close_desk()
    if app.failure:
        said.append(app.failure)
    with suppress(OSError):  # a terminal that is gone reads no sentence
        for sentence in said:
            print(f"calmdesk: {sentence}", file=sys.stderr)
    if app.ended_by:
        return 128 + app.ended_by
    if app.failure:
        return app.return_code or 2
    return 1 if app.return_code is None else app.return_code
