"""What every test process does first, and what tests of many files begin with."""

import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from calmdesk.records import people
from calmdesk.records.store import Store
from tests.made_once import FOLDER, fresh
from tests.player import ZONE
from tests.two_desks import desk

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts its background jobs deaf to ctrl+c, and so would be each program begun here.
    signal.signal(signal.SIGINT, signal.default_int_handler)


settings.register_profile("calmdesk", deadline=None)  # a busy machine is no fault of ours
settings.load_profile("calmdesk")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Sam's desk, and nothing in its file yet."""
    store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    people.introduce(store, "Sam Ortiz", "", "")
    yield store
    store.close()


@pytest.fixture
def sam(tmp_path: Path) -> Iterator[Store]:
    """One of two laptops."""
    with desk(tmp_path / "sam" / "calmdesk.db", "Sam Ortiz") as store:
        yield store


@pytest.fixture
def ana(tmp_path: Path) -> Iterator[Store]:
    """The other one."""
    with desk(tmp_path / "ana" / "calmdesk.db", "Ana Lindqvist") as store:
        yield store


def pytest_configure(config: pytest.Config) -> None:
    """Have what is made once shared by the processes of a run, and gone after it."""
    if FOLDER not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="calmdesk-tests-")
        os.environ[FOLDER] = folder.name
        config.add_cleanup(folder.cleanup)
