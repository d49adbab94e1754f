"""What can go wrong, each as one sentence that names the thing and says what to do.

CalmdeskError
├── SettingsError    a settings file that cannot be read or holds a wrong value
├── PlaybookError    a playbook file that cannot be read or holds a wrong value
├── Refused          what was asked for cannot be, as things stand
├── LetterError      a letter that cannot be written, by its template or for its folder
├── ShareError       the shared folder cannot be read or written
├── DialError        a number that cannot be handed to the softphone
├── TerminalError    a terminal that calmdesk cannot draw on
└── StoreError       the database cannot be opened, read or written
    ├── StoreDamaged     the file is not a whole calmdesk database
    ├── StoreNewer       the file was written by a newer calmdesk
    ├── OtherFileError   the file of another calmdesk cannot be read
    ├── NoSuchCase       no case has that reference
    └── Interrupted      a search was ended, because another one came after it
"""

from pathlib import Path
from traceback import extract_tb


class CalmdeskError(Exception):
    """Base of every expected failure; `str(error)` is the sentence for the person."""


class SettingsError(CalmdeskError):
    """The settings file cannot be used as it stands."""


class PlaybookError(CalmdeskError):
    """A playbook file cannot be used as it stands."""


class Refused(CalmdeskError):
    """What was asked for cannot be done as things stand; nothing was changed."""


class LetterError(CalmdeskError):
    """A letter cannot be written: its template is wrong, or its file has no place."""


class ShareError(CalmdeskError):
    """The shared folder cannot be used just now."""


class DialError(CalmdeskError):
    """A number cannot be handed to the softphone."""


class TerminalError(CalmdeskError):
    """calmdesk cannot draw on this terminal."""


class StoreError(CalmdeskError):
    """The database cannot be opened, read or written just now."""


class StoreDamaged(StoreError):
    """The file at the database's place is not a whole calmdesk database."""


class StoreNewer(StoreError):
    """The database belongs to a newer calmdesk than this one."""


class OtherFileError(StoreError):
    """The file of another calmdesk cannot be read, or not whole; one's own record is well."""


class NoSuchCase(StoreError):
    """No case has the reference that was asked for."""


class Interrupted(StoreError):
    """A search was ended: another one came after it, and nobody waits for this one."""


def fault(error: BaseException) -> str:
    """What and where a fault of ours is, `KeyError in screens/desk.py, line 214`: enough for whoever
    mends it, and none of a customer's words."""
    home = Path(__file__).parent
    places = [(Path(frame.filename), frame.lineno) for frame in extract_tb(error.__traceback__)]
    ours = [
        (file.relative_to(home).as_posix(), line) for file, line in places if home in file.parents
    ]
    file, line = (ours or [(file.name, line) for file, line in places] or [("?", 0)])[-1]
    return f"{type(error).__name__} in {file}, line {line}"
