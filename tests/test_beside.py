"""Work beside a screen: the newest counts, and what was called off leaves nothing behind."""

from __future__ import annotations

import gc
import warnings
from functools import partial

from textual.app import App

from calmdesk.screens.beside import run_beside


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
