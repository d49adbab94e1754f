"""How far a long command is: a line on the terminal, and none in a pipe or a file."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tell = Callable[[int, int | None], None]
"""Is told how many steps are done, and of how many; None is not known."""


@contextmanager
def progress(what: str, *, hidden: bool = False) -> Iterator[Tell]:
    """A bar on standard error while something long is done; what it yields is told how far it is.
    It is hidden where what is done is itself seen on the terminal."""
    seldom_tidy()
    if hidden or not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    named = TextColumn("{task.description}", markup=False)
    columns = (named, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=None)
        yield lambda done, of: shown.update(task, completed=done, total=of)


def seldom_tidy() -> None:
    """Millions of small things come and go: none of them is rubbish that has to be looked for, and
    what stands by now need not be looked through again and again."""
    gc.freeze()
    gc.set_threshold(200_000, 10, 1_000)
