"""When an app has nothing more to do: asked of its loop.

Textual's pilot guesses it from the processor's time, a fiftieth of a second at least and five times
for every key; beside other work it waits long, or not long enough.
"""

import asyncio
from collections.abc import Iterator
from typing import Any

import textual.app
import textual.pilot
import textual.screen
from textual._context import active_app
from textual.app import App
from textual.message_pump import MessagePump

LONGEST = 120.0
"""Seconds in which something must come that is waited for."""


async def still(app: App[Any]) -> None:
    """Wait until an app has done all there is to do, and its screen is drawn.

    What waits for an answer, for a key or for its hour is not waited for. Raises TimeoutError.
    """
    while True:
        await _nothing_ready(app)
        if app._batch_count and not app._exit:
            await _nothing_removed(app)
            continue
        under_way = list(_under_way(app))
        if not under_way:
            return
        done, _ = await asyncio.wait(
            under_way, timeout=LONGEST, return_when=asyncio.FIRST_COMPLETED
        )
        if not done:
            raise TimeoutError(f"still under way: {under_way}")


async def _nothing_ready(app: Any) -> None:
    """Wait until nothing can be done at once."""
    loop: Any = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(0)
        if loop._ready:
            continue
        if app.animator._animations or app.animator._scheduled:
            await app.animator.wait_until_complete()
            continue
        if app._resize_timer is not None:
            app._check_resize()
            continue
        undrawn = [it for it in app.screen_stack if it._update_timer._active.is_set()]
        if not undrawn:
            return
        for screen in reversed(undrawn):
            screen._on_timer_update()


async def _nothing_removed(app: App[Any]) -> None:
    """Wait until all that is being taken down is gone: nothing is drawn meanwhile."""
    async with asyncio.timeout(LONGEST):
        while app._batch_count and not app._exit:  # noqa: ASYNC110
            await asyncio.sleep(0.001)


def _under_way(app: App[Any]) -> Iterator["asyncio.Future[Any]"]:
    """What the workers of an app wait for, and what the handlers of its screen do."""
    for worker in app.workers:
        if not worker.is_finished and not _within(worker._task, App.push_screen_wait):
            yield from _awaited(worker._task)
    if app.screen_stack:
        for pump in (app, *app.screen.walk_children(with_self=True)):
            if not _within(pump._task, MessagePump._get_message):
                yield from _awaited(pump._task)


def _within(task: Any, function: Any) -> bool:
    """Whether a task has come as far as into a function, and waits there."""
    at = task and task.get_coro()
    while at is not None and getattr(at, "cr_code", None) is not function.__code__:
        at = getattr(at, "cr_await", None)
    return at is not None


def _awaited(task: Any) -> Iterator["asyncio.Future[Any]"]:
    if task is not None and not task.done() and task._fut_waiter is not None:
        yield task._fut_waiter


def ask_the_loop() -> None:
    """Have every pilot ask the loop, and every screen be drawn when all is still, not in between."""

    async def idle(*_: object) -> None:
        await _nothing_ready(active_app.get())

    for module in (textual.app, textual.pilot):
        module.wait_for_idle = idle  # type: ignore[attr-defined]
    textual.screen.UPDATE_PERIOD = LONGEST  # type: ignore[misc]
