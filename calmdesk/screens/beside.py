"""Work that runs beside a screen while the keys go on."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from textual.app import App
from textual.await_remove import AwaitRemove
from textual.dom import DOMNode
from textual.widget import Widget
from textual.worker import Worker, WorkType
from textual.worker_manager import WorkerManager


class NoneLate(WorkerManager):
    """Work that begins once its screen or app is on the way out is called off before its first step:
    messages that wait are still dealt with then, and may begin some."""

    def add_worker(self, worker: Worker[Any], start: bool = True, exclusive: bool = True) -> None:
        super().add_worker(worker, start, exclusive)
        if not self._app.is_running or any(it._pruning for it in worker.node.ancestors_with_self):
            worker.cancel()


class WorkEndsFirst(App[None]):
    """An app that calls off the work beside a screen before the screen is taken down, and all work
    before it goes itself. The parts of a screen go first, and work that still ran would find one
    missing and end the app."""

    def __init__(self) -> None:
        super().__init__()
        self._workers = NoneLate(self)

    def _prune(self, *nodes: Widget, parent: DOMNode | None = None) -> AwaitRemove:
        going = {*nodes}
        for worker in [*self.workers]:
            if not self.is_running or not going.isdisjoint(worker.node.ancestors_with_self):
                worker.cancel()
        return super()._prune(*nodes, parent=parent)


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
