"""Frames out of bytes, however these are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmdesk.phone.netstring import LONGEST, Decoder, FrameError, encode


@given(st.lists(st.binary(max_size=50)), st.lists(st.integers(1, 20), min_size=1))
def test_frames_come_out_as_they_went_in(frames: list[bytes], cuts: list[int]) -> None:
    wire, decoder, came, place = b"".join(map(encode, frames)), Decoder(), list[bytes](), 0
    while place < len(wire):
        step = cuts[place % len(cuts)]
        came += decoder.feed(wire[place : place + step])
        place += step
    assert came == frames


def test_the_length_counts_bytes() -> None:
    frame = "Jürgen Groß".encode()
    assert encode(frame) == b"13:J\xc3\xbcrgen Gro\xc3\x9f,"


def test_the_longest_frame_is_whole() -> None:
    frame = LONGEST * b"x"
    assert list(Decoder().feed(encode(frame) + b"1:y,")) == [frame, b"y"]


@pytest.mark.parametrize(
    "garbage",
    [
        b"HTTP/1.1 400 Bad Request",
        b'{"event":true}',
        b":",
        b"-1:x,",
        b"1234567",
        b"65537:",
        b"99999:",
        b"3:abcd,",
        b"\xb2:ab,",
    ],
)
def test_what_is_no_frame_is_said_so_after_the_frames_before_it(garbage: bytes) -> None:
    came = Decoder().feed(encode(b"before") + garbage)
    assert next(came) == b"before"
    with pytest.raises(FrameError, match=r"^[A-Z].*\.$"):
        next(came)
