"""Markdown, read already, as the plain text of an e-mail."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

WIDTH = 72
"""Characters of a line, as e-mails have it."""
FLOWING = 1_000_000
"""Characters of a line that is never broken: a paragraph to be edited."""


def to_text(tokens: Sequence[Token], width: int = WIDTH) -> str:
    """Paragraphs within a width, blank lines between them, list items behind "- "; a heading is a
    paragraph. It ends with a newline, or is ''."""
    writer = _Writer(width)
    for token in tokens:
        writer.take(token)
    text = "\n".join(writer.lines).strip("\n")
    return f"{text}\n" if text else ""


def inline(token: Token) -> str:
    """The words of a paragraph or heading, on a line for every hard line break."""
    written: list[str] = []
    targets: list[str] = []
    for child in token.children or ():
        match child.type:
            case "softbreak":
                written.append(" ")
            case "hardbreak":
                written.append("\n")
            case "image":
                written.append(inline(child))
            case "link_open":
                targets.append(str(child.attrGet("href") or ""))
            case "link_close":
                target = targets.pop()
                shown = target.removeprefix("mailto:").removeprefix("tel:")
                if shown not in "".join(written):
                    written.append(f" ({shown})")
            case _:
                written.append(child.content)
    return "".join(written)


class _Writer:
    """Writes one token after the other."""

    def __init__(self, width: int) -> None:
        self._width = width
        self.lines: list[str] = []
        self._margin: list[str] = []
        """What stands before every line, from the outside in."""
        self._numbers: list[int | None] = []
        """The next number of each list that is open; None for a list without."""
        self._mark = ""
        """What stands before the first line of an item, until it is written."""

    def take(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self._numbers.append(None)
            case "ordered_list_open":
                self._numbers.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                self._numbers.pop()
                self._gap()
            case "list_item_open":
                self._item()
            case "list_item_close" | "blockquote_close":
                self._margin.pop()
            case "blockquote_open":
                self._margin.append("> ")
            case "inline":
                self._paragraph(inline(token))
            case "paragraph_close" | "heading_close" if not token.hidden:
                self._gap()
            case "fence" | "code_block":
                self._write(token.content.rstrip("\n").split("\n"))
                self._gap()
            case "hr":
                self._write(["-" * 8])
                self._gap()

    def _item(self) -> None:
        number = self._numbers[-1]
        self._mark = "- " if number is None else f"{number}. "
        if number is not None:
            self._numbers[-1] = number + 1
        self._margin.append(" " * len(self._mark))

    def _paragraph(self, text: str) -> None:
        room = max(20, self._width - len("".join(self._margin)))
        for line in text.split("\n"):
            self._write(
                textwrap.wrap(
                    line,
                    room,
                    break_long_words=False,
                    break_on_hyphens=False,
                    replace_whitespace=False,
                    expand_tabs=False,
                )
                or [""]
            )

    def _write(self, lines: Sequence[str]) -> None:
        for line in lines:
            margin = (
                "".join(self._margin[:-1]) + self._mark if self._mark else "".join(self._margin)
            )
            self._mark = ""
            self.lines.append((margin + line).rstrip())

    def _gap(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")
