"""A call is what everything that happened in it adds up to, live or from the journal."""

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calmdesk.guide import happenings as h
from calmdesk.guide.call import Call
from calmdesk.guide.listening import Kind, minutes, running
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Outcome, Verdict
from calmdesk.guide.stages import Fault, Stage

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KINDS = h.Happening.__subclasses__()

Journal = list[tuple[datetime, h.Happening]]


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def call_of(*steps: tuple[float, h.Happening]) -> Call:
    """A call answered at 0 in which these happened, each at its second."""
    journal: Journal = [(START, h.Answered())]
    journal += [(at(seconds), happening) for seconds, happening in steps]
    return Call.of("contact", "case", "CD-1", journal)


def spent(call: Call, now: float) -> dict[str, float]:
    """Seconds of each kind that took any."""
    seconds = {kind.value: call.seconds(kind, at(now)) for kind in Kind}
    return {kind: length for kind, length in seconds.items() if length}


# -- an instance of every happening, made from its field types -------------------------------


def of_type(name: str, hint: Any) -> st.SearchStrategy[Any]:
    if get_origin(hint) in (Union, UnionType):
        return st.one_of([of_type(name, part) for part in get_args(hint)])
    if get_origin(hint) is tuple:
        return st.lists(st.text(max_size=8), max_size=3).map(tuple)
    if get_origin(hint) is dict:
        return st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=3)
    if hint is NoneType:
        return st.none()
    if hint is datetime:
        return st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
    if hint is bool:
        return st.booleans()
    if hint is int:
        return st.integers(0, 10**9)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    assert hint is str, f"no strategy for {hint}"
    return st.sampled_from(["a", "b", "c"]) if name.endswith("_id") else st.text(max_size=20)


def made(kind: type[h.Happening]) -> st.SearchStrategy[h.Happening]:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    return st.builds(kind, **{name: of_type(name, hints[name]) for name in names})


anything = st.one_of([made(kind) for kind in KINDS])
gaps = st.integers(0, 400)
journals = st.lists(st.tuples(gaps, anything), min_size=1, max_size=25)


def timed(steps: Sequence[tuple[int, h.Happening]]) -> Journal:
    """Each happening so many seconds after the one before it."""
    journal: Journal = []
    seconds = 0
    for gap, happening in steps:
        seconds += gap
        journal.append((at(seconds), happening))
    return journal


# -- the journal ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
@given(data=st.data())
@settings(max_examples=100, derandomize=True)
def test_every_happening_comes_back_from_the_journal_as_it_was(
    kind: type[h.Happening], data: st.DataObject
) -> None:
    happening = data.draw(made(kind))
    again = h.restore(kind.kind(), h.payload(happening))
    assert again == happening
    assert type(again) is kind
    for field in fields(kind):  # type: ignore[arg-type]
        assert type(getattr(again, field.name)) is type(getattr(happening, field.name))


def test_the_kind_of_a_happening_is_its_name_as_words() -> None:
    assert h.HeatMarked.kind() == "heat marked"
    assert h.PromiseTakenBack.kind() == "promise taken back"
    assert h.Held.kind() == "held"
    assert len({kind.kind() for kind in KINDS}) == len(KINDS)


@given(happening=anything)
@settings(max_examples=100, derandomize=True)
def test_equal_happenings_are_written_with_equal_letters(happening: h.Happening) -> None:
    written = h.payload(happening)
    canonical = json.dumps(
        json.loads(written), ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    assert written == canonical


def test_an_instant_is_written_in_utc_and_is_the_same_instant() -> None:
    berlin = timezone(timedelta(hours=1))
    told = h.Promised("p", "plates", due=datetime(2026, 11, 27, 10, 0, tzinfo=berlin))
    assert "2026-11-27T09:00:00+00:00" in h.payload(told)
    assert h.restore("promised", h.payload(told)) == told


def test_a_kind_that_is_not_known_is_left_out() -> None:
    assert h.restore("teleported", "{}") is None
    assert h.restore("Heard", "{}") is None
    assert h.restore("", "{}") is None


def test_a_field_that_is_not_known_is_left_out() -> None:
    assert h.restore("heat marked", '{"level":4,"cold":true,"mood":"grim"}') == h.HeatMarked(
        4, cold=True
    )


def test_a_field_that_an_older_calmdesk_did_not_write_has_its_default() -> None:
    assert h.restore("noted", '{"note_id":"n","sign":"!","text":"late"}') == h.Noted(
        "n", Sign.FACT, "late"
    )


# -- one sum --------------------------------------------------------------------------------


@given(steps=journals)
@settings(max_examples=100, derandomize=True)
def test_a_restart_adds_up_to_the_call_that_was_on_screen(
    steps: list[tuple[int, h.Happening]],
) -> None:
    journal = timed(steps)
    live = Call("contact", "case", "CD-1", answered_at=journal[0][0])
    kept: list[tuple[datetime, str, str]] = []
    for when, happening in journal:
        live.add(happening, when)
        kept.append((when, happening.kind(), h.payload(happening)))
    stored = [(when, h.restore(kind, text)) for when, kind, text in kept]
    again = Call.of("contact", "case", "CD-1", [(w, it) for w, it in stored if it is not None])
    assert again == live


def test_a_call_without_a_journal_is_no_call() -> None:
    with pytest.raises(ValueError, match="contact"):
        Call.of("contact", "case", "CD-1", [])


@given(steps=journals)
@settings(max_examples=100, derandomize=True)
def test_only_the_last_stretch_of_a_call_can_still_run(
    steps: list[tuple[int, h.Happening]],
) -> None:
    call = Call.of("contact", "case", "CD-1", timed(steps))
    assert all(span.ended is not None for span in call.spans[:-1])
    assert all(span.ended is None or span.ended >= span.began for span in call.spans)


_MOVES: list[h.Happening] = [
    h.Held(),
    h.Resumed(),
    h.StoryTold(),
    h.Heard(),
    h.CallEnded(),
    h.CallWentOn(),
    h.HeatMarked(4),
    *[h.StageEntered(stage) for stage in Stage],
]


@given(steps=st.lists(st.tuples(gaps, st.sampled_from(_MOVES)), max_size=25), rest=gaps)
@settings(max_examples=100, derandomize=True)
def test_every_second_of_a_call_is_of_exactly_one_kind(
    steps: list[tuple[int, h.Happening]], rest: int
) -> None:
    call = Call.of("contact", "case", "CD-1", timed([(0, h.Answered()), *steps]))
    whole = sum(gap for gap, _ in steps) + rest
    assert sum(spent(call, whole).values()) == whole


# -- where the time went --------------------------------------------------------------------


def test_listening_talking_holding_and_wrapping_up_are_kept_apart() -> None:
    call = call_of(
        (107, h.StoryTold()),
        (107, h.StageEntered(Stage.ACKNOWLEDGE)),
        (150, h.Heard()),
        (150, h.StageEntered(Stage.CLARIFY)),
        (200, h.Held()),
        (290, h.Resumed()),
        (400, h.CallEnded()),
    )
    assert spent(call, 460) == {"listen": 107, "talk": 93 + 110, "hold": 90, "wrap_up": 60}
    assert call.told_at == at(107)
    assert call.heard_at == at(150)


def test_going_back_listens_again_and_undoes_nothing() -> None:
    call = call_of(
        (60, h.StoryTold()),
        (60, h.StageEntered(Stage.ACKNOWLEDGE)),
        (80, h.StageEntered(Stage.LISTEN)),
        (110, h.StageEntered(Stage.ACKNOWLEDGE)),
    )
    assert spent(call, 120) == {"listen": 90, "talk": 30}
    assert call.told_at == at(60)
    assert call.stage is Stage.ACKNOWLEDGE


def test_another_stage_is_no_new_stretch_of_talk() -> None:
    call = call_of(
        (60, h.StageEntered(Stage.CLARIFY)),
        (90, h.StageEntered(Stage.RESOLVE)),
        (120, h.StageEntered(Stage.AGREE)),
    )
    assert [span.kind for span in call.spans] == [Kind.LISTEN, Kind.TALK]


def test_a_clock_that_is_set_back_makes_no_time_negative() -> None:
    call = call_of((50, h.Held()), (20, h.Resumed()), (80, h.CallEnded()))
    assert all(span.ended is None or span.ended >= span.began for span in call.spans)
    assert spent(call, 90) == {"listen": 110, "wrap_up": 10}


def test_leaving_listen_counts_as_told() -> None:
    call = call_of((45, h.StageEntered(Stage.CLARIFY)))
    assert call.told_at == at(45)
    assert call.heard_at is None


def test_a_second_press_undoes_nothing() -> None:
    call = call_of((45, h.StoryTold()), (46, h.StoryTold()), (50, h.Heard()), (51, h.Heard()))
    assert (call.told_at, call.heard_at) == (at(45), at(50))


def test_a_hold_does_not_end_the_listening() -> None:
    on_hold = call_of((30, h.Held()))
    assert on_hold.held
    assert on_hold.stage is Stage.LISTEN
    assert on_hold.told_at is None
    back = call_of((30, h.Held()), (75, h.Resumed()))
    assert not back.held
    assert back.told_at is None
    assert spent(back, 100) == {"listen": 55, "hold": 45}


def test_another_stage_entered_on_hold_waits_for_the_line() -> None:
    call = call_of((30, h.Held()), (40, h.StageEntered(Stage.CLARIFY)))
    assert call.held
    call.add(h.Resumed(), at(60))
    assert spent(call, 70) == {"listen": 30, "hold": 30, "talk": 10}


def test_a_sleep_in_which_the_call_went_on_is_counted() -> None:
    call = call_of((100, h.Slept(at(40), at(90), counted=True)))
    assert spent(call, 120) == {"listen": 120}


def test_a_sleep_in_which_nobody_spoke_is_left_out() -> None:
    call = call_of((100, h.Slept(at(40), at(90), counted=False)))
    assert spent(call, 120) == {"listen": 70}
    last = running(call.spans)
    assert last is not None
    assert last.kind is Kind.LISTEN


def test_a_sleep_on_hold_leaves_the_caller_on_hold() -> None:
    call = call_of((10, h.Held()), (100, h.Slept(at(40), at(90), counted=False)))
    assert call.held
    assert spent(call, 100) == {"listen": 10, "hold": 40}


def test_hanging_up_leads_to_wrap_up_by_itself() -> None:
    call = call_of((90, h.StageEntered(Stage.AGREE)), (200, h.Held()), (220, h.CallEnded()))
    assert call.stage is Stage.WRAP_UP
    assert call.ended_at == at(220)
    assert not call.held
    assert spent(call, 250) == {"listen": 90, "talk": 110, "hold": 20, "wrap_up": 30}


def test_looking_back_at_a_stage_after_the_call_is_still_wrap_up_time() -> None:
    call = call_of((90, h.CallEnded()), (100, h.StageEntered(Stage.LISTEN)))
    assert spent(call, 120) == {"listen": 90, "wrap_up": 30}


def test_a_call_that_went_on_is_talked_in_again() -> None:
    call = call_of((90, h.CallEnded()), (100, h.CallWentOn()))
    assert call.ended_at is None
    assert spent(call, 150) == {"listen": 90, "wrap_up": 10, "talk": 50}


def test_a_parked_wrap_up_costs_no_time_until_it_is_taken_up_again() -> None:
    call = call_of((90, h.CallEnded()), (110, h.Parked()))
    assert running(call.spans) is None
    call.add(h.Reopened(), at(5000))
    call.add(h.Finished(Outcome.AGREED), at(5030))
    assert spent(call, 9000) == {"listen": 90, "wrap_up": 50}
    assert call.finished
    assert call.outcome is Outcome.AGREED


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0:00"), (107, "1:47"), (3599.9, "59:59"), (3729, "1:02:09")]
)
def test_a_length_of_time_is_shown_in_minutes(seconds: float, words: str) -> None:
    assert minutes(seconds) == words


# -- what it adds up to ---------------------------------------------------------------------


def test_both_kinds_of_apology_are_counted_wherever_they_come_from() -> None:
    call = call_of(
        (5, h.PhraseSaid("sorry-happened", "regret", "I'm sorry this happened to you.")),
        (9, h.PhraseSaid("nod-i-see", "nod", "I see.")),
        (60, h.PhraseSaid("own-wrong", "ownership", "We got this wrong, and I'm sorry.")),
        (90, h.Apologised(ownership=True)),
    )
    assert call.sorries == 3
    assert call.said == {"sorry-happened", "nod-i-see", "own-wrong"}


def test_a_mended_note_keeps_its_place_and_its_time() -> None:
    call = call_of(
        (5, h.Noted("a", Sign.SAYS, "due thu")),
        (9, h.Noted("b", Sign.SAYS, "told mon")),
        (12, h.NoteMended("a", "due fri", was="due thu")),
    )
    assert [(note.note_id, note.at, note.text) for note in call.notes] == [
        ("a", at(5), "due fri"),
        ("b", at(9), "told mon"),
    ]


def test_a_parked_question_waits_until_it_is_asked_or_dropped() -> None:
    call = call_of(*[(n, h.Noted(name, Sign.QUESTION, name)) for n, name in enumerate("abc")])
    call.add(h.QuestionAsked("a"), at(60))
    call.add(h.QuestionDropped("b"), at(61))
    assert [note.note_id for note in call.parked] == ["c"]


def test_the_last_thing_at_stake_is_the_one_in_the_header() -> None:
    call = call_of(
        (5, h.Noted("a", Sign.STAKE, "show on sat")), (9, h.Noted("b", Sign.STAKE, "last order"))
    )
    assert call.stake == "last order"
    assert call.texts(Sign.STAKE) == ["show on sat", "last order"]
    assert call_of().stake == ""


def test_an_offer_after_not_yet_begins_another_round() -> None:
    call = call_of(
        (5, h.Offered("a", "voucher")),
        (6, h.VerdictGiven(Verdict.NOT_YET)),
        (7, h.Offered("b", "courier", 4500, "courier")),
        (8, h.Offered("c", "priority")),
    )
    assert (call.round, call.verdict) == (2, None)
    assert [offer.offer_id for offer in call.table] == ["b", "c"]
    call.add(h.VerdictGiven(Verdict.YES), at(9))
    assert [offer.offer_id for offer in call.given] == ["b", "c"]


@pytest.mark.parametrize("first", [Verdict.NO, Verdict.NOT_YET])
def test_a_yes_to_a_later_offer_is_no_yes_to_one_that_was_refused(first: Verdict) -> None:
    call = call_of(
        (5, h.Offered("a", "voucher", 4500)),
        (6, h.VerdictGiven(first)),
        (7, h.Offered("b", "courier")),
        (8, h.VerdictGiven(Verdict.YES)),
    )
    assert [offer.offer_id for offer in call.given] == ["b"]


def test_a_no_to_a_later_offer_does_not_take_back_a_yes() -> None:
    call = call_of(
        (5, h.Offered("a", "courier")),
        (6, h.VerdictGiven(Verdict.YES)),
        (7, h.Offered("b", "voucher")),
        (8, h.VerdictGiven(Verdict.NO)),
    )
    assert [offer.offer_id for offer in call.given] == ["a"]


def test_an_offer_taken_off_the_table_is_not_answered() -> None:
    call = call_of(
        (5, h.Offered("a", "voucher")),
        (6, h.Offered("b", "courier")),
        (7, h.OfferWithdrawn("a")),
        (8, h.VerdictGiven(Verdict.YES)),
    )
    assert [offer.offer_id for offer in call.given] == ["b"]


def test_a_promise_is_changed_in_its_place_or_struck_out() -> None:
    call = call_of(
        (5, h.Promised("p", "ring back")),
        (6, h.Promised("q", "send plates")),
        (7, h.PromiseChanged("p", "ring back", due=at(7200), feasible=True, asked="dispatch: yes")),
        (8, h.PromiseTakenBack("q")),
    )
    assert [(p.promise_id, p.at, p.due, p.feasible) for p in call.promises] == [
        ("p", at(5), at(7200), True)
    ]


def test_a_deal_that_is_not_agreed_any_more_is_not_agreed() -> None:
    call = call_of((5, h.ReadBack("Courier.", agreed=True)), (9, h.ReadBack("No.", agreed=False)))
    assert (call.read_back, call.agreed_at) == ("No.", None)


def test_a_follow_up_that_was_struck_out_is_not_proposed_again() -> None:
    call = call_of((5, h.FollowUpSet("f", at(7200))), (9, h.FollowUpDropped("f")))
    assert call.follow_up is None
    assert call.no_follow_up


def test_a_follow_up_that_is_set_again_stands() -> None:
    call = call_of(
        (5, h.FollowUpSet("f", at(7200))),
        (9, h.FollowUpDropped("f")),
        (12, h.FollowUpSet("g", at(9000))),
    )
    assert call.follow_up is not None
    assert call.follow_up.follow_up_id == "g"


def test_the_boundary_ladder_is_only_climbed() -> None:
    call = call_of((5, h.BoundarySet(2, "insults")), (9, h.BoundarySet(1, "insults")))
    assert call.boundary == 2


def test_the_last_heat_is_the_one_that_counts_and_all_are_kept() -> None:
    call = call_of((5, h.HeatMarked(5)), (90, h.HeatMarked(2, cold=True)))
    assert call.heat == h.HeatMarked(2, cold=True)
    assert len(call.heats) == 2
    assert call_of().heat is None


def test_a_call_made_part_of_an_earlier_case_carries_its_reference() -> None:
    call = call_of((5, h.CaseJoined("older", "CD-7")))
    assert (call.case_id, call.ref, call.joined) == ("older", "CD-7", True)


def test_the_line_of_the_caller_is_known_from_the_first_ring() -> None:
    call = Call.of("contact", "case", "CD-1", [(START, h.Answered("+1 415 555 0134"))])
    assert call.caller.number == "+1 415 555 0134"
    call.add(h.CallerNamed("Dana Reyes"), at(5))
    assert call.caller == h.CallerNamed("Dana Reyes")


def test_the_fault_is_unknown_until_it_is_settled() -> None:
    assert call_of().fault is Fault.UNKNOWN
    assert call_of((90, h.FaultSettled(Fault.PARTNER))).fault is Fault.PARTNER
