"""Files of one's own: for their user alone, whole or not at all."""

import stat
import sys
from pathlib import Path

import pytest

from calmdesk.errors import CalmdeskError
from calmdesk.exchange.whole_file import whole_file
from calmdesk.paths import write_new


def test_a_new_file_takes_nobodys_place(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    write_new(file, b"one")
    with pytest.raises(FileExistsError):
        write_new(file, b"two")
    assert file.read_bytes() == b"one"


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
def test_what_is_written_over_is_its_users_alone_from_then_on(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    file.write_bytes(b"one")
    file.chmod(0o644)
    with whole_file(file, force=True) as over:
        over.write(b"two")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"two", 0o600)
    assert list(tmp_path.iterdir()) == [file]


def test_what_cannot_be_written_over_is_there_still_and_nothing_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    (folder / "within").mkdir(parents=True)
    with pytest.raises(CalmdeskError, match="kept is a folder"), whole_file(folder, force=True):
        pass
    assert list(tmp_path.iterdir()) == [folder]
    assert (folder / "within").is_dir()
