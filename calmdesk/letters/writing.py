"""`write`: facts in, a letter out. KINDS are the letters that calmdesk knows."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from calmdesk.errors import LetterError
from calmdesk.guide.playbook.reading import unknown
from calmdesk.letters.facts import Facts
from calmdesk.letters.forms import Letterhead, page, parts
from calmdesk.words import one_line

SHIPPED = Path(__file__).parent
"""The folder of the languages that ship."""
ENGLISH = "en"
"""The language whose letters stand in for those that another one does not have."""

_PUBLIC = ("firm", "agent", "direct_line", "email", "date", "contact")
"""All that a word in public may name: nothing of the case, and nobody who complained (S88)."""
_EMPTY_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Kind:
    """A kind of letter."""

    id: str
    name: str
    what_for: str
    """In one line."""
    names: tuple[str, ...] = ()
    """Facts that its template may name; () is all of them."""


KINDS = (
    Kind("confirmation", "Confirmation", "What was agreed and promised, and where to reach you."),
    Kind("holding", "Holding response", "Why it takes longer, until when, and what comes next."),
    Kind("final_answer", "Final answer", "The decision, its reasons, and what can still be done."),
    Kind("public_reply", "Public reply", "An invitation to talk in private, and no more.", _PUBLIC),
)
"""The letters, in the order in which they are offered."""


@dataclass(frozen=True)
class Letter:
    """A letter in its three forms."""

    kind: Kind
    subject: str
    """Its first heading; '' when its template has none."""
    markdown: str
    text: str
    """A plain e-mail: what the agent reads, edits and releases."""
    html: str
    """One file, to print."""
    letterhead: Letterhead
    """What stands above the page."""
    language: str
    """Code of the language that it is in, such as `en`."""


def write(kind: str, facts: Facts, own: Path | None = None, language: str = ENGLISH) -> Letter:
    """A letter of a kind, by its id. `own` is the firm's folder of letters; without it the letter
    is the one that ships, which is what to fall back to when the firm's own is broken.

    Raises LetterError with one sentence: file, line, what is wrong, and the nearest known name.
    """
    wanted = _kind(kind)
    facts = _for_kind(wanted, facts)
    markdown, file = _filled(wanted, facts, own, language)
    subject, text = parts(markdown)
    letterhead = Letterhead(*map(one_line, (facts.firm, facts.reference, facts.date)))
    spoken = ENGLISH if file.parent == SHIPPED / ENGLISH else language
    html = page(markdown, subject, letterhead, spoken)
    return Letter(wanted, subject, markdown, text, html, letterhead, spoken)


def _filled(kind: Kind, facts: Facts, own: Path | None, language: str) -> tuple[str, Path]:
    """The Markdown of a letter, and the file of its template."""
    from calmdesk.letters.filling import fill

    folders = [own, own / language] if own is not None else []
    folders += [SHIPPED / language, SHIPPED / ENGLISH]
    markdown, file = fill(f"{kind.id}.md.j2", folders, _named(kind, facts))
    return _EMPTY_LINES.sub("\n\n", markdown).strip() + "\n", file


def _kind(id: str) -> Kind:
    for kind in KINDS:
        if kind.id == id:
            return kind
    raise LetterError(f"{unknown(f'The letter {id!r}', id, tuple(kind.id for kind in KINDS))}.")


def _named(kind: Kind, facts: Facts) -> Mapping[str, Any]:
    """The facts that a template of this kind may name."""
    values = asdict(facts)
    return {name: values[name] for name in kind.names} if kind.names else values


def _for_kind(kind: Kind, facts: Facts) -> Facts:
    """The facts, without the reference where nothing of the case may be named."""
    return replace(facts, reference="") if kind.names else facts
