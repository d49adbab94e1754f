"""The phone's calls: the table of the design row by row, and whatever order events come in."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calmdesk.phone.events import Kind, Listed, PhoneEvent
from calmdesk.phone.machine import UNHEARD, Machine
from calmdesk.phone.phone_call import PhoneCall, State
from calmdesk.phone.turns import Change, What
from calmdesk.phone.which_call import AT_ONCE

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Phone:
    """A phone that says things, second after second."""

    def __init__(self, source: str = "hook") -> None:
        self.made = 0
        self.machine = Machine(self._made_up)
        self.source = source
        self.now = NOON

    def _made_up(self, event: PhoneEvent) -> str:
        self.made += 1
        return f"call {self.made}"

    def says(self, *kinds: str, number: str = "030123456", key: str = "") -> list[What]:
        """Events of one call, a second apart. Returns what the last one changed."""
        changes: list[Change] = []
        for kind in kinds:
            self.now += timedelta(seconds=1)
            event = PhoneEvent(Kind(kind), self.now, key, number, source=self.source)
            changes = self.machine.take(event).changes
        return [change.what for change in changes]

    def waits(self, seconds: float) -> list[What]:
        self.now += timedelta(seconds=seconds)
        return [change.what for change in self.machine.tick(self.now)]

    @property
    def states(self) -> list[State]:
        return [call.state for call in self.machine.calls.values()]


@pytest.mark.parametrize(
    ("events", "changed", "state"),
    [
        ("ring", [What.RANG], State.RINGING),
        ("ring answer", [What.ANSWERED], State.LISTENING),
        ("ring hangup", [What.MISSED], None),
        ("ring busy", [What.MISSED], None),
        ("answer", [What.ANSWERED], State.LISTENING),
        ("answer hold", [What.HELD], State.ON_HOLD),
        ("answer hold resume", [What.RESUMED], State.LISTENING),
        ("answer hangup", [What.ENDED], State.WRAP_UP),
        ("answer hold hangup", [What.ENDED], State.WRAP_UP),
        ("answer busy", [], State.LISTENING),
        ("answer hold busy", [], State.ON_HOLD),
        ("ring ring", [], State.RINGING),
        ("ring answer answer", [], State.LISTENING),
        ("ring answer ring", [What.RANG], State.RINGING),
        ("hangup", [], None),
        ("hold", [], None),
        ("busy", [], None),
    ],
)
def test_the_table(events: str, changed: list[What], state: State | None) -> None:
    phone = Phone()
    assert phone.says(*events.split()) == changed
    assert (phone.states[-1] if phone.states else None) == state


def test_a_call_in_wrap_up_stays_while_the_next_one_rings() -> None:
    phone = Phone()
    phone.says("answer", "hangup")
    assert phone.says("ring", number="040987") == [What.RANG]
    assert phone.states == [State.WRAP_UP, State.RINGING]
    phone.machine.over("call 1", phone.now)
    assert phone.states == [State.RINGING]


def test_the_second_call_puts_the_first_on_hold_and_neither_comes_back_unasked() -> None:
    phone = Phone()
    phone.says("ring", "answer")
    phone.says("ring", number="040987")
    assert phone.states == [State.LISTENING, State.RINGING]
    assert phone.says("answer", number="040987") == [What.HELD, What.ANSWERED]
    assert phone.states == [State.ON_HOLD, State.LISTENING]
    assert phone.says("hangup", number="040987") == [What.ENDED]
    assert phone.states == [State.ON_HOLD, State.WRAP_UP], "some phones resume it, some do not"
    assert phone.says("resume") == [What.RESUMED]


def test_what_only_ever_rang_is_unclear_and_can_still_be_answered() -> None:
    phone = Phone()
    phone.says("ring")
    assert phone.waits(UNHEARD.total_seconds() - 1) == []
    assert phone.waits(1) == [What.UNCLEAR]
    assert phone.waits(UNHEARD.total_seconds()) == []
    assert phone.says("answer") == [What.ANSWERED]


def test_a_link_that_tells_how_calls_end_needs_no_time_out() -> None:
    phone = Phone("baresip")
    phone.says("ring", key="a")
    assert phone.waits(3600) == []
    phone.machine.lost("baresip", phone.now)
    assert phone.waits(1) == [What.UNCLEAR], "but for one that is lost while it rings"


def test_two_callers_who_withhold_their_numbers_are_two() -> None:
    phone = Phone()
    phone.says("ring", number="")
    phone.says("ring", number="")
    assert phone.says("hangup", number="") == [], "nobody knows which of them"
    assert phone.states == [State.RINGING, State.RINGING]


def test_what_became_of_an_answer_is_that_and_not_what_became_of_those_beside_it() -> None:
    phone = Phone()
    for _ in range(2):
        phone.says("ring", number="")
    answer = PhoneEvent(Kind.ANSWER, phone.now, source=phone.source)
    taken = phone.machine.take(answer)
    assert taken.became == What.ANSWERED
    assert What.UNCLEAR in [change.what for change in taken.changes]


def test_an_event_without_a_number_is_of_the_only_call_that_it_can_be() -> None:
    phone = Phone()
    phone.says("ring", "answer", number="")
    assert phone.says("hangup", number="example.org") == [What.ENDED]
    phone = Phone()
    phone.says("ring", "answer")
    assert phone.says("hold", number="") == [What.HELD]
    phone.says("ring", number="")
    assert phone.says("hangup", number="") == [What.MISSED], "the one whose number is withheld"
    assert phone.states == [State.ON_HOLD]


def test_another_number_is_another_call() -> None:
    phone = Phone()
    phone.says("ring", "answer")
    assert phone.says("hangup", number="555") == []
    assert phone.states == [State.LISTENING]


def test_an_answer_without_a_ring_is_of_the_call_that_a_key_began() -> None:
    phone = Phone("baresip")
    phone.machine.begun("mine", "", "keys", phone.now)
    assert phone.says("answer", key="phone's own") == []
    [call] = phone.machine.calls.values()
    assert (call.key, call.number, call.id) == ("phone's own", "030123456", "phone's own")
    assert phone.says("hangup", key="phone's own", number="") == [What.ENDED]


def test_a_call_of_another_number_never_ends_the_one_that_a_key_began() -> None:
    phone = Phone("baresip")
    phone.machine.begun("mine", "", "keys", phone.now)
    assert phone.says("hangup", key="of an outgoing call", number="555") == []
    assert phone.states == [State.LISTENING]


def test_an_event_that_comes_too_late_begins_no_call_again() -> None:
    phone = Phone()
    phone.says("hangup", key="a")
    assert phone.says("ring", "answer", key="a") == []
    phone.says("ring", "answer", "hangup", key="b")
    phone.machine.over("b", phone.now)
    assert phone.says("ring", "answer", key="b") == []
    assert phone.states == []


def test_an_id_that_the_phone_gives_once_more_is_another_call() -> None:
    phone = Phone()
    phone.says("ring", "answer", "hangup", key="1")
    phone.now += timedelta(seconds=20)
    assert phone.says("ring", key="1", number="040987") == [What.RANG]
    assert phone.says("answer", key="1", number="040987") == [What.ANSWERED]
    assert phone.states == [State.WRAP_UP, State.LISTENING]
    assert phone.says("hangup", key="1", number="") == [What.ENDED]
    for key in list(phone.machine.calls):
        phone.machine.over(key, phone.now)
    assert phone.says("ring", key="1", number="040987") == [], "that is only late"
    assert phone.says("ring", key="1", number="030999") == [What.RANG], "somebody else is not"
    assert phone.says("hangup", key="1") == [What.MISSED]
    phone.now += timedelta(seconds=20)
    assert phone.says("ring", key="1") == [What.RANG]


def test_what_is_unclear_takes_no_other_call_for_its_own() -> None:
    phone = Phone()
    phone.says("ring", number="")
    phone.says("ring")
    assert phone.waits(UNHEARD.total_seconds()) == [What.UNCLEAR] * 2
    assert phone.says("ring", number="") == [What.RANG]
    assert phone.says("answer", number="") == [What.ANSWERED]
    assert phone.says("hangup", number="") == [What.ENDED]
    assert phone.says("ring") == [What.RANG], "the same number again is another call"
    phone.says("hangup")
    phone.waits(3600)
    assert phone.says("answer") == [What.ANSWERED]
    assert phone.states == [State.WRAP_UP, State.LISTENING]


def test_an_event_without_a_number_is_of_the_call_that_fits_it_best() -> None:
    phone = Phone()
    phone.says("ring", "answer")
    phone.says("ring", "answer", number="040987")
    assert phone.states == [State.ON_HOLD, State.LISTENING]
    assert phone.says("hold", number="") == [What.HELD]
    assert phone.states == [State.ON_HOLD, State.ON_HOLD]
    phone.says("resume", number="040987")
    assert phone.says("resume", number="") == [What.HELD, What.RESUMED]
    assert phone.states == [State.LISTENING, State.ON_HOLD]


def test_ringing_somebody_else_ends_no_call_that_a_key_began() -> None:
    phone = Phone()
    phone.machine.begun("mine", "", "keys", phone.now)
    assert phone.says("hangup", number="0777") == []
    assert phone.states == [State.LISTENING]


def test_after_the_link_was_down_the_phones_list_counts() -> None:
    phone = Phone("baresip")
    phone.says("ring", "answer", key="gone", number="1")
    phone.says("ring", key="gone too", number="2")
    phone.says("ring", key="there", number="3")
    lost = phone.machine.lost("baresip", phone.now)
    assert [change.what for change in lost] == [What.LINK_LOST] * 3
    assert phone.states == [State.LISTENING, State.RINGING, State.RINGING]
    listed = [Listed(Kind.ANSWER, "there", "3"), Listed(Kind.HOLD, "new", "4")]
    changes = phone.machine.found("baresip", listed, phone.now)
    assert [(c.what, c.call.key) for c in changes if c.what is not What.LINK_BACK] == [
        (What.HELD, "gone"),
        (What.ANSWERED, "there"),
        (What.HELD, "there"),
        (What.ANSWERED, "new"),
        (What.HELD, "new"),
        (What.ENDED, "gone"),
        (What.MISSED, "gone too"),
    ]
    assert {c.call.key for c in changes if c.call.uncertain} == {"gone", "gone too"}


def test_a_list_without_ids_is_matched_by_number() -> None:
    phone = Phone("baresip")
    phone.says("ring", "answer", key="a", number="+49 30 1")
    assert [
        change.what
        for change in phone.machine.found("baresip", [Listed(Kind.ANSWER, "", "+49301")], phone.now)
    ] == [What.LINK_BACK]


def test_a_call_from_a_list_without_ids_gets_the_phones_own_when_it_comes() -> None:
    phone = Phone("baresip")
    for _ in range(2):  # the link may be down once more before
        phone.machine.found("baresip", [Listed(Kind.RING, "", "030123456")], phone.now)
    assert phone.says("answer", key="a") == [What.ANSWERED]
    assert list(phone.machine.calls) == ["a"]


@pytest.mark.parametrize("saved", [False, True])
@pytest.mark.parametrize("key", ["a", ""])
def test_a_call_that_a_key_ended_is_no_other_one_when_it_is_listed_still(
    key: str, saved: bool
) -> None:
    phone = Phone("baresip")
    phone.says("ring", "answer", key="a", number="030123")
    phone.machine.stands("a", State.WRAP_UP, phone.now)
    if saved:
        phone.machine.over("a", phone.now)
    phone.now += timedelta(seconds=20)
    phone.machine.lost("baresip", phone.now)
    listed = Listed(Kind.ANSWER, key, "030123")
    assert phone.machine.found("baresip", [listed], phone.now) == []


def test_of_two_withheld_calls_in_a_list_without_ids_the_one_that_stands_so_is_meant() -> None:
    phone = Phone("baresip")
    phone.says("answer", key="a", number="")
    phone.says("ring", key="b", number="")
    phone.machine.found("baresip", [Listed(Kind.RING, "", "")], phone.now)
    assert phone.states == [State.WRAP_UP, State.RINGING]


# -- any order of events --------------------------------------------------------------------

NUMBERS = st.sampled_from(["", "030123", "040987"])
KEYS = st.sampled_from(["", "", "a", "b", "c"])
SAID = st.tuples(
    st.just("says"),
    st.sampled_from(Kind),
    KEYS,
    NUMBERS,
    st.sampled_from(["hook", "baresip"]),
)
OTHERS = st.one_of(
    st.tuples(st.just("waits"), st.integers(0, 400)),
    st.tuples(st.just("begun"), NUMBERS),
    st.tuples(st.just("stands"), st.sampled_from([State.LISTENING, State.ON_HOLD, State.WRAP_UP])),
    st.tuples(st.just("lost")),
    st.tuples(
        st.just("found"),
        st.lists(
            st.builds(
                Listed,
                st.sampled_from([Kind.RING, Kind.ANSWER, Kind.HOLD]),
                st.sampled_from(["", "a", "b", "d"]),
                NUMBERS,
            ),
            max_size=3,
        ),
    ),
)


@given(st.lists(st.one_of(SAID, SAID, OTHERS), max_size=60), st.integers(-5, 5))
@settings(max_examples=400)
def test_whatever_order_events_come_in(steps: list[tuple[object, ...]], skew: int) -> None:
    """At most one call is listened to, no answered call is lost before it is wrapped up, and the
    parts of every call add up to the whole of it."""
    phone = Phone("baresip")
    machine, answered, ended = phone.machine, set[int](), set[int]()
    seen, by_key = [], list[PhoneCall]()
    for number, step in enumerate(steps):
        at = phone.now = phone.now + timedelta(seconds=number % 3)
        at += timedelta(seconds=skew * (number % 2))  # what is told may be told late
        changes: list[Change] = []
        match step:
            case ("says", Kind() as kind, str() as key, str() as who, str() as source):
                changes = machine.take(PhoneEvent(kind, at, key, who, source=source)).changes
            case ("waits", int() as seconds):
                phone.now += timedelta(seconds=seconds)
                changes = machine.tick(phone.now)
            case ("begun", str() as who):
                call = machine.begun(f"key {number}", who, "keys", at)
                answered.add(id(call))
                by_key.append(call)
            case ("stands", State() as state) if machine.live:
                call = machine.live[0]
                machine.stands(call.key, state, at)
                if state is State.WRAP_UP:
                    ended.add(id(call))
            case ("lost",):
                changes = machine.lost("baresip", at)
            case ("found", list() as listed):
                changes = machine.found("baresip", listed, at)
        for same in [it for it in by_key if it.key not in machine.calls]:  # as one answered now
            assert What.ANSWERED in [it.what for it in changes]
            assert abs(at - same.began_at) < AT_ONCE
            by_key.remove(same)
            answered.remove(id(same))
        answered |= {id(it.call) for it in changes if it.what is What.ANSWERED}
        ended |= {id(it.call) for it in changes if it.what is What.ENDED}
        seen += [it.call for it in changes] + list(machine.calls.values())
        here = [id(call) for call in machine.calls.values()]
        assert len(here) == len(set(here))
        assert all(key == call.key for key, call in machine.calls.items())
        assert [call.state for call in machine.calls.values()].count(State.LISTENING) <= 1
        assert answered <= set(here), "an answered call is there until somebody says it is over"
        live = {id(call) for call in machine.live}
        assert live == answered - ended
    for call in {id(it): it for it in seen}.values():
        assert all(earlier <= later for (_, earlier), (_, later) in pairwise(call.turns))
        whole = (max(phone.now, call.since) - call.began_at).total_seconds()
        assert sum(call.seconds(state, phone.now) for state in State) == pytest.approx(whole)
        assert call.state is not State.MISSED or call.answered_at is None
