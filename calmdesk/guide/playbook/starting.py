"""`calmdesk playbook init`: the commented examples, laid into the settings folder to begin with."""

from pathlib import Path

from calmdesk.errors import PlaybookError
from calmdesk.guide.playbook.entries import FILES
from calmdesk.guide.playbook.files import SHIPPED
from calmdesk.paths import private_folder

EXAMPLE = SHIPPED.parent / "example"
"""The folder of the commented examples, one for each file."""


def lay_out(folder: Path) -> dict[str, bool]:
    """Write the examples into the folder. Returns for each file whether it was written: one that
    is there already is left as it is. Raises PlaybookError when the folder cannot be written."""
    private_folder(folder)
    return {name: _lay(EXAMPLE / name, folder / name) for name in FILES}


def _lay(example: Path, file: Path) -> bool:
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(example.read_text(encoding="utf-8"))
    except FileExistsError:
        return False
    except OSError as error:
        raise PlaybookError(
            f"The file {file} cannot be written ({error.strerror or error})."
        ) from error
    return True
