"""Work beside a screen: the newest counts, and what was called off leaves nothing behind."""

from __future__ import annotations

import asyncio
import gc
import warnings
from functools import partial

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Static
from textual.worker import WorkerFailed

from calmdesk.screens.beside import WorkEndsFirst, run_beside


async def test_work_that_is_called_off_before_it_began_leaves_nothing_behind() -> None:
    done: list[str] = []

    async def work(name: str) -> None:
        done.append(name)

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        async with App[None]().run_test() as pilot:
            for name in ("first", "second", "third"):
                run_beside(pilot.app, partial(work, name), group="one", exclusive=True)
            await pilot.pause()
        gc.collect()
    assert done == ["third"]
    assert [str(it.message) for it in told] == []


class Sitting(WorkEndsFirst):
    """Work that looks for a part of the screen once it is gone."""

    def __init__(self, gone: str) -> None:
        super().__init__()
        self.gone = gone

    def compose(self) -> ComposeResult:
        yield Static(id="part")

    async def work(self) -> None:
        while self.screen.query(self.gone):  # noqa: ASYNC110 (nothing tells when a part goes)
            await asyncio.sleep(0)
        self.screen.query_one(self.gone)


async def left_while_at_work(app: Sitting, at_the_app: bool = False) -> None:
    async with app.run_test():
        run_beside(app if at_the_app else app.screen, app.work)
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("at_the_app", [False, True], ids=["the screen's", "the app's"])
async def test_a_screen_that_goes_part_by_part_is_no_fault_of_the_work_beside_it(
    at_the_app: bool,
) -> None:
    await left_while_at_work(Sitting("#part"), at_the_app)


async def test_work_that_begins_while_its_screen_goes_is_none() -> None:
    """Something that still waited in the screen's queue begins it."""
    app = Sitting("#part")

    async def begin_late() -> None:
        while app.is_running:  # noqa: ASYNC110 (nothing tells when an app ends)
            await asyncio.sleep(0)
        await asyncio.sleep(0.01)
        run_beside(app.screen, app.work)

    async with app.run_test():
        app.screen.call_next(begin_late)


async def test_a_part_that_is_not_there_while_the_screen_stands_is_told() -> None:
    with pytest.raises(WorkerFailed):
        await left_while_at_work(Sitting("#never"))
