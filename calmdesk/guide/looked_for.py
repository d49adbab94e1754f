"""What somebody looks for, out of whatever they typed or pasted: any text is a search."""

import re
from dataclasses import dataclass
from itertools import chain

from calmdesk.guide.folding import Token, tokens
from calmdesk.guide.telephone import RUN, figures
from calmdesk.words import STRAIGHT

LONGEST = 20_000
"""Characters that are read of what was pasted."""
MOST = 400
"""Words that are taken from it."""

_REFERENCE = re.compile(r"(?i)\bcd-(?:(\d{6})-)?(?=\w)")
"""What every reference begins with, and therefore finds nothing; its day and its signs are no one
number."""
_QUOTED = re.compile(r'"([^"]*)"')


@dataclass(frozen=True)
class Sought:
    """One thing that is looked for: a word, words side by side, or a run of figures."""

    words: tuple[str, ...]
    """Folded; several must stand side by side."""
    run: str = ""
    """The figures as they were typed, when they may be a telephone number."""
    begun: bool = False
    """Whether it is still being typed: perhaps only its beginning stands there."""

    @property
    def text(self) -> str:
        """How it is named to whoever typed it."""
        return self.run or " ".join(self.words)


def sought(typed: str) -> tuple[Sought, ...]:
    """All that is looked for, each thing once, in the order typed."""
    typed = typed[:LONGEST].translate(STRAIGHT).replace("“", '"')
    typed = _REFERENCE.sub(lambda it: f" {it[1]}, " if it[1] else " ", typed)
    found: list[Sought] = []
    at = 0
    for quoted in _QUOTED.finditer(typed):
        found += _plain(typed[at : quoted.start()])
        words = tuple(token.word for token in tokens(quoted[1]))
        found += [Sought(words)] if words else []
        at = quoted.end()
    rest = _plain(typed[at:])
    if rest and typed[-1:] and typed[-1].isalnum():
        rest[-1] = Sought(rest[-1].words, rest[-1].run, begun=True)
    return tuple(dict.fromkeys([*found, *rest][:MOST]))


def _plain(text: str) -> list[Sought]:
    """What stands in a text without quotation marks."""
    found: list[list[Sought]] = []
    at = 0
    for run in RUN.finditer(text):
        found.append(_words(text[at : run.start()]))
        words = tuple(token.word for token in tokens(run[0]))
        found.append([Sought(words, run[0].strip())] if len(figures(run[0])) > 2 else _each(words))
        at = run.end()
    return list(chain(*found, _words(text[at:])))


def _each(words: tuple[str, ...]) -> list[Sought]:
    return [Sought((word,)) for word in words]


def _words(text: str) -> list[Sought]:
    """Each word by itself; signs of a script without spaces together, as they stand."""
    found: list[list[Token]] = []
    for token in tokens(text):
        before = found[-1][-1] if found else None
        if before is not None and token.start < before.end:
            found[-1] = [token]  # the whole of a hyphened word stands for its parts
        elif before is not None and token.lone and before.lone and before.end == token.start:
            found[-1].append(token)
        else:
            found.append([token])
    return [Sought(tuple(token.word for token in group)) for group in found]
