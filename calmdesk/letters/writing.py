"""`write`: facts in, a letter out. KINDS are the letters that calmdesk knows."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from calmdesk.errors import LetterError
from calmdesk.guide.playbook.reading import not_known
from calmdesk.letters.facts import Facts
from calmdesk.letters.forms import FORMS, Letterhead, page, parts
from calmdesk.letters.plain_text import FLOWING
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


HOLDING = "holding"
"""The letter of a case in which nothing is decided yet."""
KINDS = (
    Kind("confirmation", "Confirmation", "What was agreed and promised, and where to reach you."),
    Kind(HOLDING, "Holding response", "Why it takes longer, until when, and what comes next."),
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
    """A plain e-mail, in lines of its width."""
    flowing: str
    """The same with each paragraph on one line: what the agent edits and releases."""
    html: str
    """One file, to print."""
    letterhead: Letterhead
    """What stands above the page."""
    language: str
    """Code of the language that it is in, such as `en`."""

    def written(self, form: str) -> str:
        """The letter in a form of FORMS. Raises LetterError for another form."""
        if form not in FORMS:
            raise LetterError(not_known(f"The form {form!r}", form, tuple(FORMS)))
        return {"text": self.text, "markdown": self.markdown, "html": self.html}[form]


def write(kind: str, facts: Facts, own: Path | None = None, language: str = ENGLISH) -> Letter:
    """A letter of a kind, by its id. `own` is the firm's folder of letters; without it the letter
    is the one that ships, which is what to fall back to when the firm's own is broken.

    Raises LetterError with one sentence: file, line, what is wrong, and the nearest known name.
    """
    wanted = kind_of(kind)
    facts = _for_kind(wanted, facts)
    markdown, file = _filled(wanted, facts, own, language)
    subject, text = parts(markdown)
    flowing = parts(markdown, FLOWING)[1]
    letterhead = Letterhead(*map(one_line, (facts.firm, facts.reference, facts.date)))
    spoken = ENGLISH if file.parent == SHIPPED / ENGLISH else language
    html = page(markdown, subject, letterhead, spoken)
    return Letter(wanted, subject, markdown, text, flowing, html, letterhead, spoken)


def write_anyway(kind: str, facts: Facts, own: Path, language: str = ENGLISH) -> tuple[Letter, str]:
    """The same; by the template that ships when the firm's own is broken, with the sentence that
    says so. Raises LetterError for a kind that is not known."""
    try:
        return write(kind, facts, own, language), ""
    except LetterError as error:
        return write(kind, facts, None, language), f"{error} The letter that ships is used."


def _filled(kind: Kind, facts: Facts, own: Path | None, language: str) -> tuple[str, Path]:
    """The Markdown of a letter, and the file of its template."""
    from calmdesk.letters.filling import fill

    folders = [own, own / language] if own is not None else []
    folders += [SHIPPED / language, SHIPPED / ENGLISH]
    markdown, file = fill(f"{kind.id}.md.j2", folders, _named(kind, facts))
    return _EMPTY_LINES.sub("\n\n", markdown).strip() + "\n", file


def offered(investigating: bool) -> tuple[Kind, ...]:
    """The letters in the order in which a case is offered them: while we find out, the one that
    says how far it is comes first (S82)."""
    if not investigating:
        return KINDS
    return tuple(sorted(KINDS, key=lambda kind: kind.id != HOLDING))


def kind_of(id: str) -> Kind:
    """A kind of letter by its id. Raises LetterError, with the nearest known one."""
    for kind in KINDS:
        if kind.id == id:
            return kind
    raise LetterError(not_known(f"The letter {id!r}", id, tuple(kind.id for kind in KINDS)))


def _named(kind: Kind, facts: Facts) -> Mapping[str, Any]:
    """The facts that a template of this kind may name."""
    values = asdict(facts)
    return {name: values[name] for name in kind.names} if kind.names else values


def _for_kind(kind: Kind, facts: Facts) -> Facts:
    """The facts, without the reference where nothing of the case may be named."""
    return replace(facts, reference="") if kind.names else facts
