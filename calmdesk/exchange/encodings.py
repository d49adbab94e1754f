"""How the bytes of a text file were meant, told from the file itself."""

import codecs
import re
from pathlib import Path

from calmdesk.errors import CalmdeskError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_STEERING = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
"""Characters that text hardly holds, and other files are full of."""
OLD = "cp1252"
"""What a file is that is no Unicode: the encoding of Windows in the west, which takes every byte."""
_AT_ONCE = 1 << 20
_FEW, _SOME = 100, 10
"""One in so many is few, or some."""


def encoding_of(path: Path) -> str:
    """The encoding of a text file: by its first bytes, else UTF-8 when all of it is, else `OLD`.
    Raises OSError, and CalmdeskError when it is no text."""
    found, head = _told(path)
    odd = len(_STEERING.findall(head.decode(found, errors="replace")))
    if odd * (_FEW if found == OLD else _SOME) > len(head):
        raise CalmdeskError(
            f"{path.name} is no table of text; import takes CSV, a workbook, or what calmdesk "
            "export wrote. Where it is text all the same, name its --encoding."
        )
    return found


def _told(path: Path) -> tuple[str, bytes]:
    """The encoding, and how the file begins."""
    with path.open("rb") as file:
        head = some = file.read(4096)
        for mark, name in _MARKS:
            if head.startswith(mark):
                return name, head
        if wide := _wide(head):
            return wide, head
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while some:
                decoder.decode(some)
                some = file.read(_AT_ONCE)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return OLD, head
    return "utf-8", head


def _wide(head: bytes) -> str:
    """UTF-16 without its mark: every other byte of Western text is zero."""
    zeros = [head[first::2].count(0) for first in (0, 1)]
    few, most = sorted(zeros)
    if most < len(head) // 4 or most < 4 or few * _SOME > most:
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
