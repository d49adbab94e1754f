"""Verbs of customers who may be one person: looked for in small steps, since there may be very many,
and by what they share, since all with all would be a square of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain, combinations, islice

from sqlmodel import Session, col, func, select

from calmdesk import words
from calmdesk.guide.dialling import Dialling
from calmdesk.guide.same_person import Likeness, alike, key, neighbours, plain_name
from calmdesk.records import one_person
from calmdesk.records.customer_rows import MOST_PAIRS, Pair, Search, ranked
from calmdesk.records.customers import persons
from calmdesk.records.identity import STANDS, root, standing
from calmdesk.records.models import Customer, CustomerMerge, CustomerNumber, NotSame
from calmdesk.records.store import Store

STEP = 2_000
"""Rows that one step looks at."""
SWITCHBOARD = 4
"""People beyond whom a shared number is their firm's: then names must be alike, too."""
ENDING = 7
"""Last digits by which two spellings of a number are held together."""
FIRM = 400
"""People of one firm that are looked at for one customer, and endings of numbers in one step."""

Found = tuple[str, str, Likeness]
"""Two ids, and why they may be one."""


def suggested(store: Store) -> list[Pair]:
    """Customers who may be one person, the surest first, all at once: for a terminal. A screen
    takes the steps of `look_on` one by one."""
    pairs: dict[frozenset[str], Pair] = {}
    search: Search | None = Search()
    while search is not None and len(pairs) < MOST_PAIRS:
        found, search = look_on(store, search)
        for pair in found:
            pairs.setdefault(pair.ids, pair)
    return ranked(pairs.values())[:MOST_PAIRS]


def look_on(store: Store, search: Search) -> tuple[list[Pair], Search | None]:
    """Take one step of the search. Returns what was found in it, and where it goes on; None when it
    is over."""
    with store.reading() as session:
        found, after = _STAGES[search.stage](session, search.after, store.dialling)
        pairs = _pairs(session, found)
    if after is not None:
        return pairs, replace(search, after=after, steps=search.steps + 1)
    if search.stage + 1 < len(_STAGES):
        return pairs, Search(search.stage + 1, "", search.steps + 1)
    return pairs, None


def still(store: Store, pairs: Iterable[Pair]) -> list[Pair]:
    """Those of some pairs that nobody has decided about meanwhile: both stand alone, and nobody
    said that they are not one."""
    pairs = list(pairs)
    with store.reading() as session:
        ids = {it for pair in pairs for it in pair.ids}
        alone = set(session.exec(select(Customer.id).where(col(Customer.id).in_(ids), STANDS)))
        apart = _apart(session)
    return [pair for pair in pairs if pair.ids <= alone and pair.ids not in apart]


def likely(store: Store, customer_id: str) -> list[Pair]:
    """Who may be the same person as one customer, the surest first. Raises Refused."""
    with store.reading() as session:
        this = standing(session, customer_id)
        name, company = key(this.name), plain_name(this.company)
        numbers = select(CustomerNumber.number).where(CustomerNumber.customer_id == this.id)
        spelt = map(store.dialling.spellings, session.exec(numbers))
        theirs = set(chain.from_iterable(spelt))
        found = [(this.id, it, Likeness.NUMBER) for it in _by_numbers(session, theirs)]
        if company:
            firm = select(Customer).where(Customer.company == this.company, STANDS).limit(FIRM)
            same_name = select(Customer).where(Customer.name == this.name, STANDS).limit(FIRM)
            for it in (*session.exec(firm), *session.exec(same_name)):
                if plain_name(it.company) == company and alike(name, key(it.name)):
                    same = name == key(it.name)
                    found.append((this.id, it.id, Likeness.NAME if same else Likeness.SPELLING))
        return ranked(_pairs(session, (it for it in found if it[0] != it[1])))


def not_same(store: Store, one_id: str, other_id: str, at: datetime) -> None:
    """Two customers look like one and are not: they are not suggested again."""
    with store.transaction() as session:
        first, second = sorted((root(session, one_id), root(session, other_id)))
        if first != second:
            session.merge(NotSame(one_id=first, other_id=second, agent_id=store.me, at=at))


def may_be_same(store: Store, one_id: str, other_id: str) -> None:
    """They may be one after all: `not_same` is taken back."""
    with store.transaction() as session:
        first, second = sorted((root(session, one_id), root(session, other_id)))
        said = session.get(NotSame, (first, second))
        if said is not None:
            session.delete(said)


def part(store: Store, merge_id: str, at: datetime) -> str:
    """Two who were merged are two people after all, and are not suggested again. Returns the id of
    the customer who is there again. Raises Refused when they were parted already."""
    with store.transaction() as session:
        gone_id = one_person.unmerge(store, merge_id, at)
        not_same(store, session.get_one(CustomerMerge, merge_id).kept_id, gone_id, at)
    return gone_id


def rejoin(store: Store, kept_id: str, gone_id: str, at: datetime) -> str:
    """They are one person: `part` is taken back. Returns the merge's id. Raises Refused."""
    with store.transaction():
        may_be_same(store, kept_id, gone_id)
        return one_person.merge(store, kept_id, gone_id, at)


# -- by what they are found -------------------------------------------------------------------

Stage = Callable[[Session, str, Dialling], tuple[Iterable[Found], str | None]]
"""Looks at what comes after a place; says what it found, and where it stopped, None at the end."""


def _by_numbers(session: Session, theirs: set[str]) -> list[str]:
    """Ids of customers who have one of these numbers."""
    whose = select(CustomerNumber.customer_id).where(col(CustomerNumber.digits).in_(theirs))
    return list(dict.fromkeys(session.exec(whose.limit(FIRM))))


def _bound(session: Session, column: str, after: str) -> str | None:
    """The value at which a step ends; None when it is the last one."""
    further = select(column).where(col(column) > after).order_by(col(column))
    return session.exec(further.offset(STEP).limit(1)).first()


def _numbers(session: Session, after: str, _: Dialling) -> tuple[Iterable[Found], str | None]:
    """A number that several have."""
    until = _bound(session, CustomerNumber.digits, after)
    digits, whose = col(CustomerNumber.digits), col(CustomerNumber.customer_id)
    within = (digits > after, *((digits <= until,) if until is not None else ()))
    shared = select(digits).where(*within).group_by(digits)
    shared = shared.having(func.min(whose) < func.max(whose))
    rows = session.exec(
        select(digits, Customer.id, Customer.name)
        .join(Customer, col(Customer.id) == whose)
        .where(digits.in_(shared), STANDS)
    )
    return _together(rows, Likeness.NUMBER, SWITCHBOARD), until


def _companies(session: Session, after: str, _: Dialling) -> tuple[Iterable[Found], str | None]:
    """People of one firm whose names are alike."""
    until = _bound(session, Customer.company, after)
    company = col(Customer.company)
    within = (company > after, *((company <= until,) if until is not None else ()))
    rows = session.exec(
        select(company, Customer.id, Customer.name)
        .where(*within, Customer.name != "", STANDS)
        .order_by(company)
    )
    firms = _grouped(rows).values()
    return (found for firm in firms for found in _alike(firm)), until


def _names(session: Session, after: str, _: Dialling) -> tuple[Iterable[Found], str | None]:
    """People of one name whose firm is spelt in two ways."""
    until = _bound(session, Customer.name, after)
    name = col(Customer.name)
    within = (name > after, *((name <= until,) if until is not None else ()))
    rows = session.exec(
        select(name, Customer.company, Customer.id)
        .where(*within, Customer.company != "", STANDS)
        .order_by(name)
    )
    firms: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for name_of, firm, customer_id in rows:
        firms[name_of, plain_name(firm)].setdefault(firm, customer_id)
    return (
        (one, other, Likeness.NAME)
        for spelt in firms.values()
        for one, other in islice(combinations(spelt.values(), 2), SWITCHBOARD)
    ), until


def _endings(
    session: Session, after: str, dialling: Dialling
) -> tuple[Iterable[Found], str | None]:
    """People whose numbers end alike, as those of one number spelt with and without the code of its
    country do: where they are known to be one, or the names are alike."""
    after = after or "0"
    digits, whose = col(CustomerNumber.digits), col(CustomerNumber.customer_id)
    ending = func.substr(digits, -ENDING)
    within = (ending.between(after, after[0] + ":"), func.length(digits) >= ENDING)
    shared = select(ending).where(*within, ending > after).group_by(ending).order_by(ending)
    several = shared.having(func.min(whose) < func.max(whose)).limit(FIRM)
    endings = list(session.exec(several))
    rows = session.exec(
        select(ending, Customer.id, Customer.name, CustomerNumber.number)
        .join(Customer, col(Customer.id) == whose)
        .where(*within, ending.in_(endings), STANDS)
    ).all()
    alike = _together((row[:3] for row in rows), Likeness.ENDING, 0)
    found = chain(_one_number(rows, dialling), alike)
    if len(endings) == FIRM:
        return found, endings[-1]
    return found, None if after[0] == "9" else str(int(after[0]) + 1)


def _one_number(rows: Sequence[Sequence[str]], dialling: Dialling) -> Iterator[Found]:
    """Those whose numbers are one in two spellings, of which one is the longer: a number is read
    only where it can be, since that takes a while."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for ending, _, _, number in rows:
        lengths[ending].add(len(words.digits(number)))
    several = (row for row in rows if len(lengths[row[0]]) > 1)
    read = ((dialling.abroad(number), it, name) for _, it, name, number in several)
    return _together((row for row in read if row[0]), Likeness.NUMBER, SWITCHBOARD)


_STAGES: tuple[Stage, ...] = (_numbers, _companies, _names, _endings)


def _grouped(rows: Iterable[Sequence[str]]) -> dict[str, dict[str, str]]:
    """Rows of what is shared, an id and a name: the keys of the names by id, by what is shared."""
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for shared, customer_id, name in rows:
        groups[shared][customer_id] = key(name)
    return groups


def _together(rows: Iterable[Sequence[str]], like: Likeness, most: int) -> Iterator[Found]:
    """Pairs of those who share something; where more than `most` do, of those whose names are
    alike."""
    for group in _grouped(rows).values():
        if len(group) <= most:
            yield from ((one, other, like) for one, other in combinations(sorted(group), 2))
        else:
            named = ((name, it) for it, name in group.items() if name)
            yield from ((one, other, like) for one, other, _ in neighbours(named))


def _alike(group: dict[str, str]) -> Iterator[Found]:
    """Pairs of a firm whose names are alike."""
    for one, other, same in neighbours((name, it) for it, name in group.items()):
        yield one, other, Likeness.NAME if same else Likeness.SPELLING


# -- as they are shown ------------------------------------------------------------------------


def _pairs(session: Session, found: Iterable[Found]) -> list[Pair]:
    """What was found as pairs, each once and for its surest reason, without those that somebody
    said are not one."""
    apart = _apart(session)
    wanted: dict[frozenset[str], Likeness] = {}
    for one, other, like in found:
        ids = frozenset((one, other))
        if ids not in apart and (ids in wanted or len(wanted) < MOST_PAIRS):
            wanted[ids] = min(like, wanted.get(ids, like))
    everybody = sorted({it for ids in wanted for it in ids})
    people = {person.id: person for person in persons(session, everybody)}
    pairs = []
    for ids, like in wanted.items():
        # who has more cases is kept, else who was known first
        kept, gone = sorted((people[it] for it in ids), key=lambda it: (-it.cases, it.id))
        pairs.append(Pair(kept, gone, like))
    return pairs


def _apart(session: Session) -> set[frozenset[str]]:
    """Pairs that are not one, under whom each of them turned out to be."""
    rows = session.exec(select(NotSame.one_id, NotSame.other_id)).all()
    ids = {it for row in rows for it in row}
    moved = select(Customer.id).where(col(Customer.id).in_(ids), col(Customer.merged_into) != "")
    now = {it: root(session, it) for it in session.exec(moved).all()}
    return {frozenset((now.get(one, one), now.get(other, other))) for one, other in rows}
