"""The plain text that an agent edited, as Markdown that shows exactly its words."""

import re
from collections.abc import Iterator, Sequence

from calmdesk.letters.plain_text import WIDTH
from calmdesk.letters.verbatim import marked, unmarked
from calmdesk.words import clean, one_line

_ITEM = "- "
_BLANK_LINES = re.compile(r"\n\n+")


def to_markdown(text: str, subject: str = "") -> str:
    """A text of paragraphs and lines that begin with "- " as Markdown, the subject its heading.

    A line that ends though the next word had room ends here too; the others flow.
    """
    written = f"# {marked(one_line(subject))}\n\n" if subject else ""
    before: list[str] = []
    for lines in _blocks(clean(text)):
        if before:
            written += "\n" if _is_item(before) and _is_item(lines) else "\n\n"
        written += _block(lines)
        before = lines
    return f"{unmarked(written).rstrip()}\n"


def _blocks(text: str) -> Iterator[list[str]]:
    """The lines that belong together: a paragraph, or an item with what is indented below it."""
    ended = "\n".join(line.rstrip() for line in text.split("\n"))
    for block in _BLANK_LINES.split(ended.strip("\n")):
        lines: list[str] = []
        for line in block.split("\n"):
            over = _is_item(lines) and not line.startswith(" ")
            if lines and (line.startswith(_ITEM) or over):
                yield lines
                lines = []
            lines.append(line)
        yield lines


def _is_item(lines: Sequence[str]) -> bool:
    return bool(lines) and lines[0].startswith(_ITEM)


def _block(lines: Sequence[str]) -> str:
    """The lines of one block as Markdown, their signs marked."""
    item = _is_item(lines)
    words = [line.removeprefix(_ITEM) if item else line for line in lines]
    written = marked(words[0].strip())
    for line, word, following in zip(lines, words[1:], lines[1:], strict=False):
        first = following.split(maxsplit=1)[0] if following.strip() else ""
        ends = len(line) + 1 + len(first) <= WIDTH
        written += ("\\\n" if ends else "\n") + ("  " if item else "") + marked(word.strip())
    return f"{_ITEM}{written}" if item else written
