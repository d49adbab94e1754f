"""How the bytes of a text file were meant, told from the file itself."""

import codecs
from pathlib import Path

from calmdesk.errors import CalmdeskError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OLD = "cp1252"
"""What a file is that is no Unicode: the encoding of Windows in the west, which takes every byte."""
_AT_ONCE = 1 << 20


def encoding_of(path: Path) -> str:
    """The encoding of a text file: by its first bytes, else UTF-8 when all of it is, else `OLD`.
    Raises OSError."""
    with path.open("rb") as file:
        head = file.read(4096)
        for mark, name in _MARKS:
            if head.startswith(mark):
                return name
        if wide := _wide(head):
            return wide
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while head:
                decoder.decode(head)
                head = file.read(_AT_ONCE)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return OLD
    return "utf-8"


def _wide(head: bytes) -> str:
    """UTF-16 without its mark: every other byte of Western text is zero."""
    zeros = [head[first::2].count(0) for first in (0, 1)]
    most = max(zeros)
    if most < len(head) // 4 or most < 4:
        return ""
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def check_encoding(name: str) -> str:
    """The encoding that somebody named. Raises CalmdeskError when there is none of that name."""
    try:
        "".encode(name)  # some codecs are of no text
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        raise CalmdeskError(
            f"{name} is no encoding that calmdesk knows; utf-8, cp1252 and utf-16 are usual."
        ) from None
