"""How baresip frames what it says: the length in bytes, a colon, the frame, a comma."""

from collections.abc import Iterator

LONGEST = 64 * 1024
"""Bytes of one frame at most: what claims to be longer is no frame of a softphone's."""
_DIGITS = len(str(LONGEST))


class FrameError(ValueError):
    """What came is no netstring; `str(error)` is the sentence for the person."""


def encode(frame: bytes) -> bytes:
    """A frame, ready to be sent."""
    return b"%d:%b," % (len(frame), frame)


class Decoder:
    """Whole frames out of bytes, however these are cut."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The frames that are whole by now. Raises FrameError once there is something else; then
        nothing that follows can be understood any more."""
        self._rest += data
        while (end := self._end()) is not None:
            start = self._rest.index(b":") + 1
            frame = bytes(self._rest[start:end])
            if self._rest[end : end + 1] != b",":
                raise FrameError(
                    "What it says is cut wrongly: a frame does not end where it should."
                )
            del self._rest[: end + 1]
            yield frame

    def _end(self) -> int | None:
        """Where the frame ends that comes first; None while it is not whole."""
        length, colon, _ = bytes(self._rest[: _DIGITS + 1]).partition(b":")
        if not colon and len(length) <= _DIGITS and (not length or length.isdigit()):
            return None
        if not colon or not length.isdigit():
            raise FrameError("What it says is not what baresip's ctrl_tcp says.")
        if int(length) > LONGEST:
            raise FrameError(f"It announces a frame of {int(length):,} bytes; no softphone's is.")
        end = len(length) + 1 + int(length)
        return end if len(self._rest) > end else None
