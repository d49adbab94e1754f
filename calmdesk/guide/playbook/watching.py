"""The files of one's own, looked at while the app runs: a saved change is read, a broken one told."""

from dataclasses import dataclass
from pathlib import Path

from calmdesk.errors import PlaybookError
from calmdesk.guide.playbook import Playbook, load
from calmdesk.guide.playbook.entries import FILES
from calmdesk.words import count

Seen = tuple[tuple[str, int, int], ...]
"""Name, time of change and size of each file."""


@dataclass(frozen=True)
class News:
    """What a look at the files brought."""

    playbook: Playbook | None
    """The words from now on; None while those before stay, because a file is broken."""
    sentence: str
    """What to tell; '' when nothing in the words has changed."""

    @property
    def broken(self) -> bool:
        """Whether the files cannot be used as they stand."""
        return self.playbook is None


class Watch:
    """Looks at the few files of one playbook. A change is read once it has stood still between two
    looks, so that a half-written file is nobody's news."""

    def __init__(self, own: Path, language: str) -> None:
        self._own = own
        self._language = language
        self._read = self._latest = self.seen()
        self.broken = False
        """Whether the files could not be used when they were last read."""

    def seen(self) -> Seen:
        """The files as they stand; no file is opened for it."""
        found = []
        for folder in (self._own, self._own / self._language):
            for name in FILES:
                try:
                    stat = (folder / name).stat()
                except OSError:
                    continue
                found.append((f"{folder.name}/{name}", stat.st_mtime_ns, stat.st_size))
        return tuple(found)

    def look(self, used: Playbook) -> News | None:
        """Look once; None when there is nothing new. `used` are the words in use."""
        before, self._latest = self._latest, self.seen()
        if self._latest == self._read or self._latest != before:
            return None
        return self.read(used)

    def read(self, used: Playbook) -> News:
        """Read the files now, whatever they were before."""
        self._read = self._latest = self.seen()
        mended = self.broken
        try:
            fresh = load(self._own, self._language)
        except PlaybookError as error:
            self.broken = True
            return News(None, f"{error} The words from before are used on.")
        self.broken = False
        changed = changes(used, fresh)
        if mended:
            return News(fresh, f"Playbook mended: {changed or 'nothing else changed'}.")
        return News(fresh, f"Playbook read again: {changed}." if changed else "")


def changes(before: Playbook, after: Playbook) -> str:
    """What is different, in a few words; '' when nothing is."""
    was = {phrase.id: phrase for phrase in before.phrases}
    now = {phrase.id: phrase for phrase in after.phrases}
    other = sum(was.get(id) != now.get(id) for id in was | now)
    if other:
        return f"{count(other, 'phrase')} changed"
    rest = ("categories", "remedies", "causes", "clocks", "words", "emergency", "escalate_say")
    changed = [name for name in rest if getattr(before, name) != getattr(after, name)]
    names = {
        "words": "how notes are typed",
        "emergency": "the emergency card",
        "escalate_say": "the escalation line",
    }
    return f"{', '.join(names.get(name, name) for name in changed)} changed" if changed else ""
