"""Files of one's own: for their user alone, whole or not at all."""

import stat
import sys
from pathlib import Path

import pytest

from calmdesk.paths import write_new, write_over


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
    (tmp_path / ".kept.new").write_bytes(b"left by a write that was cut off")
    write_over(file, b"two")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"two", 0o600)
    assert list(tmp_path.iterdir()) == [file]


def test_what_cannot_be_written_over_is_there_still_and_nothing_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    (folder / "within").mkdir(parents=True)
    with pytest.raises(OSError, match="kept"):
        write_over(folder, b"two")
    assert list(tmp_path.iterdir()) == [folder]
    assert (folder / "within").is_dir()
