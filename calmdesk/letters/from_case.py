"""A case of the record as the facts of a letter: instants become words, on the customer's wall."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from calmdesk.guide.english.days import full_date
from calmdesk.guide.english.our_clock import marked_as_typed, marked_ours
from calmdesk.guide.english.word_to_them import is_word_to_them
from calmdesk.guide.english.written_ask import written_ask
from calmdesk.guide.outcome import said_to
from calmdesk.guide.playbook import Playbook
from calmdesk.guide.posting import ANSWER, DELAY, REASON, TIME
from calmdesk.guide.promises import PromiseKind
from calmdesk.guide.remedies import spoken
from calmdesk.guide.zones import wall_there
from calmdesk.letters.facts import Contact, Facts, Promise
from calmdesk.settings import Settings

if TYPE_CHECKING:
    from calmdesk.records.letter_rows import LetterCase

Wall = Callable[[datetime], datetime]
"""Turns an instant into naive local time."""

_QUESTION = re.compile(r"(?:(?<=[.!?…])|^)[^.!?…]*\?\s*$")
"""The question that a line said back ends with: `Have I got it?`"""
_ABOUT_THEM = re.compile(
    r"\b(?:she|he|they|her|hers|him|his|them|their|theirs|cust|customer|caller)\b", re.IGNORECASE
)
"""A note about the customer; none of it is written to them."""


def facts_of(
    case: LetterCase, now: datetime, wall: Wall, settings: Settings, playbook: Playbook
) -> Facts:
    """Everything that the record knows for a letter. What it does not know stays '' or (), and
    the letter leaves it out."""

    def said(at: datetime | None) -> str:
        return said_to(wall(at), wall_there(at, case.zone)) if at is not None else ""

    remedies = {remedy.id: remedy for remedy in playbook.remedies}
    given = tuple(
        spoken(text, amount, remedies.get(remedy), settings.currency)
        for text, amount, remedy in case.given
    )
    read_back, theirs = case.read_back, wall_there(now, case.zone)
    if theirs is not None and theirs != wall(now):
        read_back = marked_as_typed(read_back, given)
        given = tuple(marked_ours(it) for it in given)
    disagree = settings.letters.disagree
    return Facts(
        reference=case.ref,
        customer=case.customer,
        company=case.company,
        firm=settings.company,
        agent=case.agent,
        direct_line=case.direct_line,
        email=case.email,
        date=full_date(wall(now)),
        ask=written_ask(case.ask, playbook.words, settings.currency),
        happened=_QUESTION.sub("", case.said_back).strip(),
        ours=case.ours,
        read_back=read_back,
        agreed=said(case.agreed_at),
        offers=given,
        promises=tuple(Promise(it.what, said(it.due_at)) for it in case.promises),
        follow_up=f"on {said(case.follow_up_at)}" if case.follow_up_at else "",
        why_longer=_why_longer(case),
        until=said(_until(case)) or TIME,
        decision=ANSWER,
        reasons=tuple(it for it in case.facts if not _ABOUT_THEM.search(it)) or (REASON,),
        still=given,
        reader=Contact(disagree.name, disagree.number, disagree.email),
    )


def _why_longer(case: LetterCase) -> str:
    """What is still being found out (S82)."""
    questions = "; ".join(it.rstrip("?. ") for it in case.waits_for)
    return f"I am still finding this out for you: {questions}" if questions else DELAY


def _until(case: LetterCase) -> datetime | None:
    """When they hear from us at the latest: the first word that they were promised. None when no
    word with a time is still to come; a delivery is none."""
    words = (PromiseKind.RETURN_CALL, PromiseKind.PROGRESS)
    told = (
        it.due_at
        for it in case.promises
        if it.due_at is not None and (it.kind in words or is_word_to_them(it.what))
    )
    return next(told, None)
