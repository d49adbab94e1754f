"""Where calmdesk keeps things. Asked when needed, never at import."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from calmdesk.errors import StoreError
from calmdesk.phone.spool import SPOOL, spool_file


@dataclass(frozen=True)
class Places:
    """The folders and files of one calmdesk."""

    data: Path
    """Folder of the database, private to the user."""
    config: Path
    """Folder of the settings and of a playbook of one's own."""
    database: Path
    """The case database."""
    spool: Path
    """Where the softphone's hook leaves what it says."""

    @classmethod
    def within(cls, folder: Path, database: str = "calmdesk.db") -> "Places":
        """All of them in one folder."""
        return cls(folder, folder, folder / database, folder / SPOOL)

    @property
    def settings(self) -> Path:
        """The settings file, which need not exist."""
        return self.config / "settings.toml"

    @property
    def playbook(self) -> Path:
        """The folder whose TOML files overlay the playbook that ships."""
        return self.config / "playbook"

    @property
    def letters(self) -> Path:
        """The folder whose templates stand in for the letters that ship."""
        return self.config / "letters"

    @property
    def written(self) -> Path:
        """The folder of the letters that were written, where the settings name none."""
        return self.data / "written-letters"


def places(env: Mapping[str, str] = os.environ, database: Path | None = None) -> Places:
    """The places for this user: `CALMDESK_HOME` moves all of them into one folder. Where the spool
    lies, the hook says."""
    if home := env.get("CALMDESK_HOME"):
        data = config = Path(home).expanduser().absolute()
    else:
        import platformdirs

        data = Path(platformdirs.user_data_dir("calmdesk", appauthor=False))
        config = Path(platformdirs.user_config_dir("calmdesk", appauthor=False))
    kept_in = database.expanduser().absolute() if database else data / "calmdesk.db"
    return Places(data, config, kept_in, Path(spool_file(env)))


def private_folder(folder: Path) -> Path:
    """Make a folder that only its user may enter (0700); one that exists keeps its mode.

    Raises StoreError when it cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The folder {folder} cannot be made ({error.strerror or error}); "
            "choose another with CALMDESK_HOME or --database."
        ) from error
    return folder


def write_new(file: Path, data: bytes) -> None:
    """Write a file that only its user may read (0600), where none is yet and through no link.

    Raises FileExistsError when something is there, else OSError; then nothing of it is left.
    """
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as written:
            written.write(data)
            written.flush()
            os.fsync(descriptor)
    except OSError:
        file.unlink(missing_ok=True)
        raise
