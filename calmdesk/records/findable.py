"""What a case is found by, piece by piece. Never by a draft, a debrief, a moment, the agent's own
line, or the note of a review: those are not the case's."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Integer, Select, bindparam, select
from sqlmodel import col

from calmdesk.guide.folding import folded
from calmdesk.guide.telephone import Number, figures, numbers
from calmdesk.records.derived import Glance
from calmdesk.records.full_text import FIELDS, Entry
from calmdesk.records.models import (
    Attempt,
    Case,
    Consult,
    Contact,
    Customer,
    CustomerName,
    CustomerNumber,
    Factor,
    FollowUp,
    Handover,
    Letter,
    Note,
    Offer,
    Promise,
    Waiting,
)

Pieces = Mapping[str, Sequence[str]]
"""Texts by field."""
ALIKE = "cd "
"""What every reference begins with, and therefore finds nothing."""
_OF_A_CASE = (
    ("ref", Case.ref),
    ("about", Case.category),
    ("about", Case.cause),
    ("agreed", Case.ask),
    ("agreed", Case.stake),
    ("agreed", Case.summary),
    ("agreed", Case.read_back),
)
_OF_ITS_ROWS: tuple[tuple[str, Any, tuple[Any, ...]], ...] = (
    ("numbers", Contact, (Contact.number,)),
    ("about", Factor, (Factor.cause,)),
    ("agreed", Offer, (Offer.text,)),
    ("agreed", Promise, (Promise.what, Promise.asked, Promise.reason)),
    ("agreed", FollowUp, (FollowUp.what, FollowUp.reason)),
    ("agreed", Consult, (Consult.whom, Consult.question, Consult.answer)),
    ("agreed", Handover, (Handover.brief,)),
    ("agreed", Attempt, (Attempt.note,)),
    ("agreed", Waiting, (Waiting.what,)),
)
_OF_ITS_CUSTOMER: tuple[tuple[str, Any, tuple[Any, ...]], ...] = (
    ("who", Customer, (Customer.name, Customer.company)),
    ("who", CustomerName, (CustomerName.name,)),
    ("numbers", CustomerNumber, (CustomerNumber.number,)),
)
_IDS: BindParameter[Sequence[str]] = bindparam("ids", expanding=True)


def look_up(connection: Connection, case_ids: Sequence[str]) -> list[Entry]:
    """Those of some cases that stand by themselves, as the index is to hold them."""
    glances = select(col(Glance.case_id), col(Glance.place)).where(col(Glance.case_id).in_(_IDS))
    rows = connection.execute(glances, {"ids": case_ids})
    places = {row[0]: int(row[1]) for row in rows}
    pieces = gather(connection, [*places])
    return [Entry(place, case_id, _fields(pieces[case_id])) for case_id, place in places.items()]


def gather(
    connection: Connection, case_ids: Sequence[str], fields: Collection[str] = FIELDS
) -> Mapping[str, Pieces]:
    """What some cases are found by, as it was written, in the order in which it is compared."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for names, question in _questions():
        if set(fields).isdisjoint(names):
            continue
        for case_id, *texts in connection.execute(question, {"ids": case_ids}):
            for name, text in zip(names, texts, strict=True):
                found[case_id][name].append(text)
    return found


def note(connection: Connection, case_id: str, number: int) -> str:
    """One note of a case by its number, from 0; '' when there is none."""
    given = {"case_id": case_id, "number": number}
    return str(connection.execute(_one_note(), given).scalar() or "")


@cache
def _one_note() -> Select[Any]:
    notes = select(col(Note.text)).where(col(Note.case_id) == bindparam("case_id"))
    in_order = notes.order_by(col(Note.at), col(Note.id))
    return in_order.limit(1).offset(bindparam("number", type_=Integer()))


@cache
def _questions() -> tuple[tuple[tuple[str, ...], Select[Any]], ...]:
    """What is asked of the record, made once: the fields that an answer is for, after the case's
    id, and the question."""
    case_id = col(Case.id)
    questions: list[tuple[tuple[str, ...], Select[Any]]] = [
        (
            tuple(name for name, _ in _OF_A_CASE),
            select(case_id, *(column for _, column in _OF_A_CASE)).where(case_id.in_(_IDS)),
        )
    ]
    for name, table, columns in _OF_ITS_CUSTOMER:
        of = table.id if table is Customer else table.customer_id
        theirs = select(case_id, *columns).join(table, col(Case.customer_id) == of)
        questions.append(((name,) * len(columns), theirs.where(case_id.in_(_IDS))))
    for name, table, columns in _OF_ITS_ROWS:
        rows = select(table.case_id, *columns).where(table.case_id.in_(_IDS))
        questions.append(((name,) * len(columns), rows))
    of_note = (col(Note.case_id), col(Note.at), col(Note.id))
    notes = select(of_note[0], col(Note.text)).where(of_note[0].in_(_IDS)).order_by(*of_note)
    letters = select(col(Letter.case_id), col(Letter.subject), col(Letter.text)).where(
        col(Letter.case_id).in_(_IDS), col(Letter.state) == "released"
    )
    return (*questions, (("said",), notes), (("letters", "letters"), letters))


def _fields(pieces: Pieces) -> tuple[str, ...]:
    """The texts as they are compared; every telephone number in them is a line of the numbers."""
    lines = {field: [folded(text) for text in texts] for field, texts in pieces.items()}
    found = {_line(it) for texts in pieces.values() for text in texts for it in numbers(text)}
    short = (figures(text) for text in pieces.get("numbers", ()) if not [*numbers(text)])
    lines["ref"] = [line.removeprefix(ALIKE) for line in lines["ref"]]
    lines["numbers"] = sorted(found | set(filter(None, short)))
    return tuple("\n".join(lines.get(field, ())) for field in FIELDS)


def _line(number: Number) -> str:
    return f"{number.digits} {number.national}".strip()
