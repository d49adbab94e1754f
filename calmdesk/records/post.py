"""Verbs of letters: written, read by a colleague, released, sent. calmdesk sends nothing itself.

What left the house is in the journal in its exact words. Why a letter waits is its writer's own
affair: it is asked of their moments when it is needed, and stands in no column and no entry.
"""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from calmdesk.clock import local
from calmdesk.errors import NoSuchCase, Refused
from calmdesk.guide import afterwards as f
from calmdesk.guide.naming import found, only
from calmdesk.guide.posting import ANSWERS, RELEASED_EARLY, blank, held_until, may_read
from calmdesk.records.follow_through import happen
from calmdesk.records.letter_facts import letter_case
from calmdesk.records.letter_reading import rows, shaken
from calmdesk.records.letter_rows import LetterCase, LetterRow, Post
from calmdesk.records.models import Agent, Case, Letter, Moment
from calmdesk.records.stepping_back import stands_for
from calmdesk.records.store import Store
from calmdesk.words import one_line

_SHOWN = 50
"""Released letters of one list."""


# -- writing ----------------------------------------------------------------------------------


def facts(store: Store, wanted: str, now: datetime) -> LetterCase:
    """What a letter can say of a case now, by its id or reference. Raises NoSuchCase."""
    with store.reading() as session:
        case = session.exec(
            select(Case).where(or_(Case.id == wanted, Case.ref == wanted.strip().upper()))
        ).first()
        if case is None:
            raise NoSuchCase(f"No case has the reference {wanted}; calmdesk cases lists them.")
        case = stands_for(session, case)
        return letter_case(session, case, session.get_one(Agent, store.me), now)


def draft(store: Store, case_id: str, kind: str, subject: str, text: str, at: datetime) -> str:
    """Begin a letter. Returns its id."""
    with store.transaction() as session:
        letter = Letter(
            id=store.new_id(at),
            case_id=case_id,
            agent_id=store.me,
            kind=kind,
            subject=subject,
            text=text,
            made_at=at,
            updated_at=at,
        )
        session.add(letter)
        session.flush()
        happen(store, case_id, f.LetterDrafted(letter.id, kind), at)
        return letter.id


def change(store: Store, letter_id: str, subject: str, text: str, at: datetime) -> None:
    """Keep a draft as it is written now. What a colleague read was another text: their tick goes."""
    with store.transaction() as session:
        _write(_draft(session, store.me, letter_id), subject, text, at)


def _write(letter: Letter, subject: str, text: str, at: datetime) -> None:
    if (letter.subject, letter.text) != (subject, text):
        letter.subject, letter.text, letter.updated_at = subject, text, at
        letter.read_at = None


def ask_reader(store: Store, letter_id: str, reader: str, at: datetime) -> None:
    """Name the colleague who is to read a letter first; '' for nobody. An earlier tick goes.
    Raises Refused."""
    with store.transaction() as session:
        letter = _draft(session, store.me, letter_id)
        letter.reader = _reader(session, letter, reader) if reader.strip() else ""
        letter.read_at = None


def mark_read(
    store: Store, letter_id: str, reader: str, subject: str, text: str, at: datetime
) -> None:
    """A colleague read it in these words, and it may go (S81). Raises Refused, also when its writer
    has put it in other words since."""
    with store.transaction() as session:
        letter = session.get_one(Letter, letter_id)
        if letter.state != "draft":
            raise Refused(f"That letter is {letter.state} already.")
        letter.reader = _reader(session, letter, reader)
        if (letter.subject, letter.text) != (subject, text):
            raise Refused("It stands in other words now; open it again and read those.")
        letter.read_at = at
        happen(store, letter.case_id, f.LetterRead(letter_id, letter.reader), at)


def _reader(session: Session, letter: Letter, reader: str) -> str:
    """The name of the colleague who is to read a letter first (S81). Raises Refused when nobody
    else of that name works here."""
    writer = session.get_one(Agent, letter.agent_id)
    name = one_line(reader)
    if not may_read(name, writer.name):
        raise Refused("Somebody else reads it first: name a colleague.")
    others = select(Agent).where(Agent.id != writer.id, Agent.name != "").order_by(col(Agent.name))
    known = {agent.name: agent for agent in session.exec(others)}
    one = only(found(name, known.values()), name)
    if isinstance(one, str):
        raise Refused(one)
    return one.name


def drop(store: Store, letter_id: str, at: datetime) -> None:
    """It is not sent after all. Its text stays with its writer."""
    with store.transaction() as session:
        letter = _draft(session, store.me, letter_id)
        letter.state, letter.updated_at = "dropped", at
        happen(store, letter.case_id, f.LetterDropped(letter_id), at)


# -- out of the house -------------------------------------------------------------------------


def may_release(
    store: Store,
    letter_id: str,
    text: str,
    now: datetime,
    early: str = "",
    read_first: bool = False,
) -> None:
    """Whether a letter may leave the house now; nothing is changed. Raises Refused when not."""
    with store.reading() as session:
        _check(store, session, session.get_one(Letter, letter_id), text, now, early, read_first)


def release(
    store: Store,
    letter_id: str,
    to: str,
    text: str,
    at: datetime,
    early: str = "",
    read_first: bool = False,
) -> None:
    """A letter left the house, in exactly these words, for a file or the clipboard. One that was
    released may be taken again in the same words; it left when it was taken first.

    `early` is why it did not wait out its hour; it goes to the agent's own moments and nowhere
    else. `read_first` says that the settings ask for a second reader. Raises Refused.
    """
    with store.transaction() as session:
        letter = session.get_one(Letter, letter_id)
        until = _check(store, session, letter, text, at, early, read_first)
        if until is not None:
            kind = f"{RELEASED_EARLY}: {one_line(early)}"
            session.add(Moment(id=store.new_id(at), agent_id=store.me, at=at, kind=kind))
        _write(letter, letter.subject, text, at)
        letter.state, letter.released_to = "released", to
        letter.released_at = letter.released_at or at
        left = f.LetterReleased(letter_id, letter.kind, to, text, letter.subject)
        happen(store, letter.case_id, left, at)


def _check(
    store: Store,
    session: Session,
    letter: Letter,
    text: str,
    now: datetime,
    early: str,
    read_first: bool,
) -> datetime | None:
    """The end of the hour that is cut short by releasing it now; None when none is."""
    if letter.agent_id != store.me:
        raise Refused("It is a colleague's letter; they release it.")
    if letter.state == "dropped":
        raise Refused("That letter was dropped.")
    if letter.state == "released":
        if text != letter.text:
            raise Refused("It was released already, in other words; write another letter.")
        return None
    if not text.strip():
        raise Refused("The letter is empty; write it first.")
    if unwritten := blank(text):
        raise Refused(f"{unwritten} is still to be written.")
    if read_first and (letter.read_at is None or text != letter.text):
        raise Refused("A colleague reads it first: name one, and have them tick it.")
    agreed = session.get_one(Case, letter.case_id).agreed_at is not None
    until = held_until(shaken(session, store.me, now), letter.kind, agreed, now)
    if until is not None and not early.strip():
        when = local(until, store.zone)
        raise Refused(f"It waits until {when:%H:%M}. Releasing it now takes a reason.")
    return until


def sent(store: Store, letter_id: str, at: datetime) -> None:
    """Its writer sent it. A final answer or a confirmation has then told the customer (S83).
    Raises Refused."""
    with store.transaction() as session:
        letter = session.get_one(Letter, letter_id)
        if letter.agent_id != store.me:
            raise Refused("It is a colleague's letter; they tick that it was sent.")
        if letter.state != "released":
            raise Refused("Take it to a file or the clipboard first; then tick that it was sent.")
        if letter.sent_at is not None:
            return
        letter.sent_at = at
        happen(store, letter.case_id, f.LetterSent(letter_id, letter.kind), at)
        case = session.get_one(Case, letter.case_id)
        if letter.kind in ANSWERS and case.told_at is None:
            happen(store, case.id, f.CustomerTold("by letter", letter.subject), at)


# -- reading ----------------------------------------------------------------------------------


def letters(store: Store, now: datetime) -> Post:
    """The letters of this desk: own drafts, those to read for a colleague, the latest released."""
    with store.reading() as session:
        me = session.get_one(Agent, store.me)
        drafts = select(Letter).where(Letter.state == "draft").order_by(col(Letter.made_at))
        to_read = drafts.where(col(Letter.id).in_(_asked_of(session, me)))
        released = (
            select(Letter)
            .where(Letter.agent_id == me.id, Letter.state == "released")
            .order_by(col(Letter.sent_at).is_not(None), col(Letter.released_at).desc())
            .limit(_SHOWN)
        )
        return Post(
            drafts=rows(session, me, drafts.where(Letter.agent_id == me.id), now),
            to_read=rows(session, me, to_read, now),
            released=rows(session, me, released, now),
        )


def _asked_of(session: Session, me: Agent) -> list[str]:
    """Ids of colleagues' drafts that this agent is to read. SQLite folds the case of ASCII alone,
    so the names are compared here."""
    waiting = select(Letter.id, Letter.reader).where(
        Letter.state == "draft",
        Letter.agent_id != me.id,
        Letter.reader != "",
        col(Letter.read_at).is_(None),
    )
    name = me.name.casefold()
    return [id for id, reader in session.exec(waiting) if reader.casefold() == name]


def letter(store: Store, letter_id: str, now: datetime) -> LetterRow:
    """One letter as it stands."""
    with store.reading() as session:
        me = session.get_one(Agent, store.me)
        return rows(session, me, select(Letter).where(Letter.id == letter_id), now)[0]


def begun(store: Store, case_id: str, kind: str) -> str:
    """The id of this agent's draft of such a letter, to go on with; '' when there is none."""
    with store.reading() as session:
        found = select(Letter.id).where(Letter.case_id == case_id, Letter.kind == kind)
        mine = found.where(Letter.agent_id == store.me, Letter.state == "draft")
        return session.exec(mine.order_by(col(Letter.made_at).desc())).first() or ""


def _draft(session: Session, me: str, letter_id: str) -> Letter:
    """A draft of this agent. Raises Refused when it is none."""
    letter = session.get_one(Letter, letter_id)
    if letter.agent_id != me:
        raise Refused("It is a colleague's letter; they change it.")
    if letter.state != "draft":
        raise Refused(f"That letter is {letter.state} already.")
    return letter
