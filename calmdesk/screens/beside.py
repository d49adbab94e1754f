"""Work that runs beside a screen while the keys go on."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

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
    kind: WorkType[None] = work
    at.run_worker(kind, group=group, exclusive=exclusive)
