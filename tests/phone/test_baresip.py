"""What baresip says, and where the phone's calls stand after it: captured frames of two versions."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calmdesk.phone.baresip import Heard, Translator
from calmdesk.phone.baresip_frames import CHANGES, WHOLE
from calmdesk.phone.events import Kind, Listed
from calmdesk.phone.phone_call import State
from tests.phone.captured import NOON, VERSIONS, Follower, frames

ERIKA, SECOND = "+493012345678", "+4940987654"


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("situation", "story"),
    [
        ("hold_local", "rings, answered, on hold, back, ended"),
        ("abandoned", "rings, missed"),
        ("reject", "rings, missed"),
        ("unanswered", "rings, missed"),
        ("agent_hangup", "rings, answered, ended"),
        ("second", "rings, answered, rings, on hold, answered, ended, back, ended"),
    ],
)
def test_both_versions_come_to_the_same(version: str, situation: str, story: str) -> None:
    phone = Follower()
    phone.replay(version, situation)
    assert phone.story == story
    assert not any(call.state.live for call in phone.machine.calls.values())
    assert phone.changes[0].call.number == ERIKA
    assert phone.changes[0].call.name == "Erika Muster"


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("situation", "number"), [("withheld", ""), ("nouser", ""), ("teluri", ERIKA)]
)
def test_who_calls(version: str, situation: str, number: str) -> None:
    phone = Follower()
    phone.replay(version, situation)
    assert phone.story == "rings, answered, ended"
    [call] = phone.machine.calls.values()
    assert (call.number, call.name) == (number, "")


def test_their_hold_is_told_by_the_version_that_knows_it() -> None:
    newer, older = Follower(), Follower()
    newer.replay("4.9.0", "hold_remote")
    older.replay("1.0.0", "hold_remote")
    assert newer.story == "rings, answered, their side holds, their side is back, ended"
    assert older.story == "rings, answered, ended"
    [call] = newer.machine.calls.values()
    assert call.seconds(State.ON_HOLD, newer.now) == 0, "it is not the agent's hold"


@pytest.mark.parametrize(
    ("situation", "story"),
    [
        ("xfer_agent_ok", "rings, answered, ended"),
        ("xfer_agent_fail", "rings, answered, ended"),
        ("xfer_remote", "rings, answered, ended"),
        ("outgoing", ""),
    ],
)
def test_calls_that_are_passed_on_and_calls_out(situation: str, story: str) -> None:
    phone = Follower()
    phone.replay("1.0.0", situation)
    assert phone.story == story


def test_after_a_failed_transfer_the_newer_version_goes_on() -> None:
    phone = Follower()
    ring, established = (
        next(it for it in frames("4.9.0", "agent_hangup") if kind in it)
        for kind in (b"CALL_INCOMING", b"CALL_ESTABLISHED")
    )
    phone.hear(ring)
    phone.hear(established)
    phone.hear(established.replace(b"CALL_ESTABLISHED", b"TRANSFER_FAILED"))
    assert phone.asks
    key = json.loads(ring)["id"]
    shown = f"> [line 1, id {key}]  0:00:09  ESTABLISHED  (on hold)  sip:{ERIKA}@127.0.0.1:15070"
    phone.hear(answer(CHANGES, shown))
    assert phone.story == "rings, answered, on hold"


def test_after_the_link_was_down_the_older_version_is_found_as_it_stands() -> None:
    phone = Follower()
    phone.replay("1.0.0", "reconnect")
    told = [(change.what.value, change.call.number) for change in phone.changes]
    assert told == [
        ("rings", ERIKA),
        ("answered", ERIKA),
        ("link lost", ERIKA),
        ("link back", ERIKA),
        ("rings", SECOND),  # while the link was down, and listed without its id
        ("link lost", ERIKA),
        ("link lost", SECOND),
        ("link back", ERIKA),
        ("link back", SECOND),
        ("ended", ERIKA),
        ("answered", SECOND),
        ("ended", SECOND),
    ]
    first, second = phone.machine.calls.values()
    assert (first.state, first.uncertain) == (State.WRAP_UP, True)
    assert (second.name, bool(second.id), second.uncertain) == ("Second Caller", True, False)


def test_after_the_link_was_down_the_newer_version_is_found_as_it_stands() -> None:
    phone = Follower()
    phone.replay("4.9.0", "reconnect")
    states = {call.key.split("@")[0]: call.state for call in phone.machine.calls.values()}
    assert states == {
        "1-15809": State.WRAP_UP,
        "1-15794": State.ON_HOLD,  # two that it never heard of
        "1-15805": State.ON_HOLD,
    }
    assert all(call.id for call in phone.machine.calls.values())


# -- what is not in the captures ------------------------------------------------------------


def answer(token: str, *shown: str) -> bytes:
    """An answer to `listcalls`."""
    data = "\n".join(("", f"--- Active calls ({len(shown)}) ---", *shown, "", ""))
    return json.dumps({"response": True, "ok": True, "data": data, "token": token}).encode()


def event(kind: str, **fields: Any) -> bytes:
    """An event of a call of Erika's."""
    call = {"id": "a", "direction": "incoming", "peeruri": f"sip:{ERIKA}@host"}
    return json.dumps({"event": True, "type": kind, **call, **fields}).encode()


def test_a_hold_by_a_key_of_calmdesks_stands_through_a_list_that_is_about_another_call() -> None:
    phone = Follower()
    phone.hear(event("CALL_INCOMING"))
    phone.hear(event("CALL_ESTABLISHED"))
    phone.machine.stands("a", State.ON_HOLD, phone.now)
    phone.hear(answer(CHANGES, f"> [line 1]  0:00:01  ESTABLISHED             sip:{ERIKA}@host"))
    assert phone.machine.calls["a"].state is State.ON_HOLD


def test_the_first_call_comes_back_however_fast_the_second_one_is_over() -> None:
    phone = Follower()
    for call in ("a", "b"):
        phone.hear(event("CALL_INCOMING", id=call))
        phone.hear(event("CALL_ESTABLISHED", id=call))
    phone.hear(event("CALL_CLOSED", id="b"))  # before it was said that the first one is on hold
    phone.hear(event("CALL_REMOTE_SDP", param="answer"))
    phone.hear(answer(CHANGES, f"> [line 1]  0:00:01  ESTABLISHED             sip:{ERIKA}@host"))
    assert phone.story == "rings, answered, rings, on hold, answered, ended, back"


def test_of_two_calls_that_are_both_talked_to_the_latest_is_listened_to() -> None:
    phone = Follower()
    for call in ("a", "b"):
        phone.hear(event("CALL_INCOMING", id=call))
        phone.hear(event("CALL_ESTABLISHED", id=call))
    shown = (
        f"{mark} [line {line}, id {call}]  0:00:01  ESTABLISHED             sip:{ERIKA}@host"
        for mark, line, call in ((" ", 1, "a"), (">", 2, "b"))
    )
    phone.hear(answer(CHANGES, *shown))
    assert phone.machine.calls["b"].state is State.LISTENING


def test_a_withheld_call_from_a_list_without_ids_is_known_again() -> None:
    phone = Follower()
    nobody = "sip:anonymous@anonymous.invalid"
    phone.hear(answer(WHOLE, f"> [line 1]  0:10:01  ESTABLISHED             {nobody}"))
    phone.hear(event("CALL_REMOTE_SDP", peeruri=nobody, param="answer"))
    assert phone.asks
    phone.hear(answer(CHANGES, f"> [line 1]  0:10:02  ESTABLISHED  (on hold)  {nobody}"))
    phone.hear(event("CALL_CLOSED", peeruri=nobody))
    assert phone.story == "answered, on hold, ended"


def test_a_call_out_that_was_there_before_is_over_when_it_is() -> None:
    phone = Follower()
    phone.hear(answer(WHOLE, "> [line 1, id b]  1:10:01  ESTABLISHED             sip:bob@host"))
    phone.hear(event("CALL_CLOSED", id="b", direction="outgoing", peeruri="sip:bob@host"))
    assert phone.story == "answered, ended", "a list does not tell who called"


def test_a_call_that_is_going_out_is_no_call_that_rings() -> None:
    phone = Follower()
    phone.hear(answer(WHOLE, "> [line 1, id b]  0:00:01   RINGING             sip:bob@host"))
    phone.hear(event("CALL_ESTABLISHED", id="b", direction="outgoing", peeruri="sip:bob@host"))
    assert phone.story == ""


@pytest.mark.parametrize(
    "shown",
    [
        (),
        ("> [line 1]  0:00:01  SOMEWHAT!    sip:1@host",),
        ("--- Active calls (9999) ---",),
    ],
)
def test_a_list_that_is_not_understood_whole_ends_no_call(shown: tuple[str, ...]) -> None:
    translator = Translator()
    data = "\n".join(("command not found (listcalls)", *shown))
    said = {"response": True, "ok": True, "token": WHOLE, "data": data}
    assert translator.heard(json.dumps(said).encode(), NOON) == Heard()
    assert translator.heard(answer(WHOLE), NOON) == Heard(listed=())
    frame = answer(WHOLE, "> [line 1]  0:00:01   INCOMING             sip:1@host")
    assert translator.heard(frame, NOON).listed == (Listed(Kind.RING, "", "1"),)


def test_a_callers_words_are_only_words() -> None:
    said = event(
        "CALL_INCOMING",
        id="x\x1b]0;mine\x07" + 400 * "y",
        peerdisplayname="\x1b[31mErika\u202e\n" + 200 * "!",
        peeruri="sip:0301\x1b[2J" + 99 * "2" + "@host",
    )
    said = said.replace(b"Erika", b"Erika \xff\xfe")
    [event_] = Translator().heard(said, NOON).events
    for words, most in ((event_.key, 200), (event_.name, 80), (event_.number, 64)):
        assert 0 < len(words) <= most
        assert not set(words) & set("\x1b\x07\n\u202e")


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
FIELDS = ("event", "type", "id", "param", "peeruri", "peerdisplayname", "direction")
WRONG = st.one_of(
    st.binary(max_size=200),
    ANY.map(lambda said: json.dumps(said).encode()),
    st.builds(
        lambda frame, field, value: json.dumps({**json.loads(frame), field: value}).encode(),
        st.sampled_from([it for version in VERSIONS for it in frames(version, "second")]),
        st.sampled_from((*FIELDS, "localaudiodir", "response", "ok", "data", "token")),
        ANY,
    ),
)


@given(st.lists(WRONG, max_size=12))
@settings(max_examples=100)
def test_whatever_comes_nothing_breaks(said: list[bytes]) -> None:
    phone = Follower()
    for frame in (*said, 20_000 * b"[", b'{"event":' + 5_000 * b"9" + b"}"):
        phone.hear(frame)
    phone.hear(event("CALL_INCOMING", id="after all that"))
    assert "after all that" in phone.machine.calls
