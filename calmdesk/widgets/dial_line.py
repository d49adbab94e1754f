"""The number that is to be rung, whole and in groups, to be dialled by hand or handed over."""

from __future__ import annotations

from enum import StrEnum

from textual.content import Content

from calmdesk.guide.dialling import Dialling


class HandOver(StrEnum):
    """Who dials the number."""

    OURS = "dial"
    """The agent dials it."""
    UNDER_WAY = "handing to the softphone:"
    DONE = "handed to the softphone:"


def dial_line(number: str, dialling: Dialling, handed: HandOver) -> Content:
    """The line of a number; on 48 columns it has room on one."""
    if not number:
        return Content.styled("No number of theirs is known.", "$quiet")
    return Content.assemble((f"{handed} ", "$quiet"), (dialling.readable(number), "bold"))
