"""Work that runs beside a screen while the keys go on."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.worker import WorkType


def run_beside(
    at: DOMNode,
    work: Callable[[], Coroutine[Any, Any, None]],
    *,
    group: str = "default",
    exclusive: bool = False,
) -> None:
    """Begin work that is called off when its screen or app goes; with `exclusive` also when the next
    of its group begins. It is handed over uncalled: a coroutine that is called off before its first
    step would be one that nobody awaited, which Python tells at some later time, anywhere."""

    async def while_it_stands() -> None:
        try:
            await work()
        except NoMatches:
            if not _goes(at):
                raise  # else a part of the screen was gone before its work was called off

    kind: WorkType[None] = while_it_stands
    at.run_worker(kind, group=group, exclusive=exclusive)


def _goes(at: DOMNode) -> bool:
    """Whether a screen is being taken down, its parts first."""
    return at._pruning or not at.app.is_running
