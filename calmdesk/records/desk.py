"""The desk: the store on threads of its own, and one way to ask it for something."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from calmdesk.records.store import Store

P = ParamSpec("P")
T = TypeVar("T")


class Desk:
    """The store, kept on a thread of its own.

    What is asked first is done first. The answer is shielded: an asker that is cancelled, a screen
    that is popped, an exit lose no write, since `close` waits for all of them.
    """

    def __init__(self, open_store: "Callable[[], Store]") -> None:
        self._open_store = open_store
        self._writer = ThreadPoolExecutor(1, "calmdesk-desk")
        self._reader = ThreadPoolExecutor(1, "calmdesk-look")
        self._searcher = ThreadPoolExecutor(1, "calmdesk-search")
        self._search: Future[Any] | None = None
        self._store: Future[Store] | None = None

    def open(self) -> "asyncio.Future[Store]":
        """Begin to open the store; what is asked meanwhile waits its turn.

        The future raises StoreError when the store cannot be opened, and so does every answer.
        """
        if self._store is None:
            self._store = self._writer.submit(self._open_store)
        return shielded(self._store)

    def ask(
        self,
        verb: "Callable[Concatenate[Store, P], T]",
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> "asyncio.Future[T]":
        """Have a verb done on the store's thread, after everything asked before."""
        return shielded(self._submit(self._writer, verb, *args, **kwargs))

    def look(
        self,
        verb: "Callable[Concatenate[Store, P], T]",
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> "asyncio.Future[T]":
        """Have a verb that only reads done on the second lane: it waits for no writer."""
        return shielded(self._submit(self._reader, verb, *args, **kwargs))

    def search(
        self,
        verb: "Callable[Concatenate[Store, P], T]",
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> "asyncio.Future[T]":
        """Have a verb that searches done on a lane of its own; the one before it is ended, since
        nobody waits for it any more. That one raises Interrupted, or is cancelled."""
        self._end_search()
        self._search = asked = self._submit(self._searcher, verb, *args, **kwargs)
        return shielded(asked)

    def _end_search(self) -> None:
        before, store = self._search, self._store
        if before is None or before.cancel() or before.done() or store is None:
            return
        if store.done() and store.exception() is None:
            store.result().interrupt()

    def submit(
        self,
        verb: "Callable[Concatenate[Store, P], T]",
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> "Future[T]":
        """The same as `ask`, to be waited for by a thread: for the way out, when no loop runs."""
        return self._submit(self._writer, verb, *args, **kwargs)

    def submit_look(
        self,
        verb: "Callable[Concatenate[Store, P], T]",
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> "Future[T]":
        """The same as `look`, to be waited for by a thread."""
        return self._submit(self._reader, verb, *args, **kwargs)

    def _submit(
        self,
        lane: ThreadPoolExecutor,
        verb: "Callable[Concatenate[Store, P], T]",
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> "Future[T]":
        if self._store is None:
            self._store = self._writer.submit(self._open_store)
        store = self._store

        def work() -> T:
            return verb(store.result(), *args, **kwargs)

        return lane.submit(work)

    def close(self) -> None:
        """Finish everything that was asked, then let go of the file. Waits."""
        self._end_search()
        self._searcher.shutdown(wait=True)
        self._reader.shutdown(wait=True)
        store = self._store
        if store is not None:
            self._writer.submit(lambda: None if store.exception() else store.result().close())
        self._writer.shutdown(wait=True)


def shielded(future: "Future[T]") -> "asyncio.Future[T]":
    """An answer to await, whose asker can be cancelled without the work being."""
    return asyncio.shield(asyncio.wrap_future(future))
