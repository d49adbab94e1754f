"""What a wrap-up can also hold, and what it makes of the case; none of it is ever required."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import Static

from calmdesk.guide import happenings as h
from calmdesk.guide.behaviour import ACTS
from calmdesk.guide.call import Call
from calmdesk.guide.english.deadline import is_deadline
from calmdesk.guide.english.times import read
from calmdesk.guide.notes import Sign
from calmdesk.guide.playbook import load
from calmdesk.guide.promises import FollowUpKind
from calmdesk.records import browse, calls, register
from calmdesk.records.case_rows import CaseWhole
from calmdesk.records.ids import new_id
from calmdesk.records.line_rows import DueLine
from calmdesk.records.reading import read_case
from calmdesk.records.store import Store
from calmdesk.widgets.tick_line import TickLine
from calmdesk.widgets.wrap_up_more import MoreLine
from calmdesk.working_hours import WorkingHours
from tests.made_once import fresh
from tests.player import ZONE, Player, playing

NOW = datetime(2026, 11, 21, 19, 2, tzinfo=UTC)
LABELS = [act.label for act in ACTS]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(fresh(tmp_path / "calmdesk.db"))
    yield store
    store.close()


def answered(store: Store) -> str:
    contact_id = new_id(NOW)
    calls.answer(store, contact_id, new_id(NOW), h.Answered("+1 415 555 0134"), NOW)
    return contact_id


def whole_of(store: Store, contact_id: str) -> CaseWhole:
    return browse.whole(store, store.calls[contact_id].case.id, NOW)


def lines(whole: CaseWhole) -> dict[str, str]:
    """The case as it is read, by label."""
    read = read_case(whole, lambda at: at.astimezone(ZONE).replace(tzinfo=None), load(), "USD")
    return {line.label: line.words for line in read}


async def wrapping(player: Player, *notes: str) -> MoreLine:
    """A call in Wrap-up. Returns the line that opens what is folded away."""
    await player.press("ctrl+n")
    for note in (*notes, "/wrap"):
        await player.note(note)
    return player.screen.query_one(MoreLine)


async def opened(player: Player, *notes: str) -> None:
    more = await wrapping(player, *notes)
    player.screen.set_focus(more)
    await player.press("enter")


async def stored(player: Player, ref: str) -> CaseWhole:
    return await player.app.desk.look(browse.whole, ref, player.clock.now())


# -- folded away --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(48, 30), (80, 24), (120, 40)], ids=str)
async def test_it_takes_one_row_until_it_is_opened(size: tuple[int, int], tmp_path: Path) -> None:
    async with playing(tmp_path, size=size) as player:
        await wrapping(player)
        assert player.screen.query_one(MoreLine).region.height == 1
        assert [label for label in LABELS if label in player.text()] == []
        player.screen.set_focus(player.screen.query_one(MoreLine))
        await player.quiet()
        assert "more, if you like" in player.text()
        await player.press("enter")
        assert player.app.focused is player.screen.query_one("#acts", TickLine)
        assert "[ ] threatened somebody" in player.text()
        for widget in player.screen.panes.query("*"):
            assert widget.region.right <= size[0], widget
        await player.press("tab", "tab")
        assert "[ ] may come: look in 7 days" in player.text()


async def test_saving_needs_nothing_of_it(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await opened(player)
        ref = player.call.ref
        await player.press("escape")
        await player.note("/outcome explained")
        await player.press("ctrl+s")
        kinds = [entry.kind for entry in (await stored(player, ref)).journal]
        assert {"behaviour seen", "self checked", "follow up set"} & set(kinds) == set()


# -- what they were seen to do ------------------------------------------------------------------


async def test_acts_are_ticked_by_key_and_read_in_the_case(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await opened(player)
        ref = player.call.ref
        await player.press("enter", "right", "right", "space")
        assert " ".join(player.call.acts) == "threat recording"
        await player.press("left", "left", "enter")
        assert " ".join(player.call.acts) == "recording"
        await player.note("/outcome explained")
        await player.press("ctrl+s")
        case = await stored(player, ref)
        assert lines(case)["observed"] == "announced a recording"
        assert [contact["observed"] for contact in case.contacts] == ["recording"]


async def test_no_act_is_on_a_live_screen_or_in_a_list(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(80, 24)) as player:
        await opened(player, "@ Dana Reyes, +1 415 555 0134", "/ring +1h")
        for _ in ACTS:
            await player.press("space", "right")
        assert len(player.call.acts) == len(ACTS)
        words = (*LABELS, "observed", "threat", "abuse")

        def shown() -> list[str]:
            return [word for word in words if word in player.text().lower()]

        await player.press("f3")
        assert player.call.ended_at is None
        assert shown() == [], "back in the call"
        await player.note("/wrap")
        await player.press("ctrl+s")
        assert shown() == [], "the Desk"
        await player.press("ctrl+g", "y")
        assert shown() == [], "the Day's list"
        player.wind(7200)
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes, +1 415 555 0134")
        assert "promise missed" in player.text()
        assert shown() == [], "the pop of the next call"


async def test_what_is_ticked_is_there_after_a_restart(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await opened(player)
        await player.press("space", "tab", "space")
    async with playing(tmp_path, clock=player.clock) as player:
        assert player.call.acts == ("threat",)
        assert player.call.ticks == ("cared",)
        player.screen.set_focus(player.screen.query_one(MoreLine))
        await player.press("enter")
        assert "[x] threatened somebody" in player.text()
        assert "[x] they felt cared for" in player.text()


# -- three questions to oneself -----------------------------------------------------------------


async def test_the_self_check_is_kept_with_the_call(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await opened(player)
        ref = player.call.ref
        await player.press("tab", "space", "right", "right", "space")
        assert player.call.ticks == ("cared", "solved")
        await player.note("/outcome explained")
        await player.press("ctrl+s")
        assert all("self_check" not in it for it in (await stored(player, ref)).contacts)
    with sqlite3.connect(tmp_path / "calmdesk.db") as connection:
        assert connection.execute("SELECT self_check FROM contact").fetchall() == [
            ("cared solved",)
        ]
    connection.close()


# -- a review to watch --------------------------------------------------------------------------


async def test_the_review_watch_stands_beside_the_other_follow_up(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await opened(player, "@ Dana Reyes", "/follow fri 11")
        ref = player.call.ref
        usual = player.call.follow_up
        assert usual is not None
        await player.press("tab", "tab", "space")
        assert player.call.follow_up == usual
        assert player.call.review is not None
        assert f"{player.call.review.due.astimezone(ZONE):%a %d %b %H:%M}" == "Mon 30 Nov 10:00"
        await player.note("/outcome agreed")
        await player.press("ctrl+s")
        case = await stored(player, ref)
        assert [it["kind"] for it in case.follow_ups] == ["held", "review"]
        assert "review" in lines(case)["in public"]
        board = await player.app.desk.look(register.register)
        assert [line.may_go_public for line in board] == [True, True]
        player.wind(6 * 24 * 3600)
        await player.press("ctrl+g", "y", "ctrl+g", "d")
        assert "may go public" in player.text()


async def test_the_review_watch_is_taken_back_and_set_again(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await opened(player)
        ref = player.call.ref
        await player.press("tab", "tab", "space", "space")
        assert player.call.review is None
        assert not player.call.no_follow_up, "the other follow-up is still proposed"
        case = await stored(player, ref)
        assert [it["state"] for it in case.follow_ups] == ["withdrawn"]
        assert not case.may_go_public
        await player.press("space")
        case = await stored(player, ref)
        assert [it["state"] for it in case.follow_ups] == ["open"]
        assert case.may_go_public


async def test_a_review_watch_is_no_next_step_for_an_open_case(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await opened(player)
        await player.press("tab", "tab", "space")
        await player.note("/outcome partly agreed")
        assert "ring about what is still open" in player.text()


def test_the_sum_keeps_both_follow_ups_whatever_their_order() -> None:
    due, later = NOW + timedelta(days=2), NOW + timedelta(days=7)
    held, drop = h.FollowUpSet("a", due), h.FollowUpDropped("a")
    review = h.FollowUpSet("b", later, FollowUpKind.REVIEW.words, FollowUpKind.REVIEW)
    for order in ([held, review], [review, held]):
        call = Call.of("c", "k", "CD-1", [(NOW, it) for it in (h.Answered(), *order)])
        assert call.follow_up is not None
        assert call.review is not None
        assert (call.follow_up.due, call.review.due) == (due, later)
        dropped = Call.of("c", "k", "CD-1", [(NOW, it) for it in (h.Answered(), *order, drop)])
        assert dropped.follow_up is None
        assert dropped.review == call.review


@pytest.mark.parametrize(
    ("stake", "public"), [("will post it on facebook", True), ("last order ever", False)]
)
def test_a_stake_that_names_the_public_flags_the_case(
    store: Store, stake: str, public: bool
) -> None:
    contact = answered(store)
    calls.happen(store, contact, h.Noted("n", Sign.STAKE, stake), NOW)
    calls.happen(store, contact, h.FollowUpSet("f", NOW + timedelta(days=1)), NOW)
    calls.happen(store, contact, h.CallEnded(), NOW)
    whole = whole_of(store, contact)
    assert whole.may_go_public is public
    assert ("in public" in lines(whole)) is public
    calls.happen(store, contact, h.Parked(), NOW)
    assert [line.may_go_public for line in register.register(store)] == [public]


def test_a_due_line_is_of_no_public_matter_by_itself() -> None:
    assert not DueLine("a", "b", "CD-1", "Dana", "ring", NOW).may_go_public


# -- when it is too late for them ---------------------------------------------------------------

WALL = datetime(2026, 11, 21, 14, 2)  # noqa: DTZ001


@pytest.mark.parametrize(
    "stake",
    [
        "needs them fri morning",
        "must fly before fri 9, or the show is off",
        "cancels the contract by fri",
        "ordered on monday, wedding sat 14:00",
        "wedding is 19 dec",
    ],
)
def test_a_limit_is_a_deadline(stake: str) -> None:
    when = read(stake, WALL, WorkingHours())
    assert when is not None
    assert is_deadline(stake, when)


@pytest.mark.parametrize(
    "stake",
    [
        "second saturday this month",
        "third time since monday",
        "tasting evening was fri",
        "looking at two other shop hosts",
        "ordered on monday",
    ],
)
def test_a_day_that_is_no_limit_is_none(stake: str) -> None:
    when = read(stake, WALL, WorkingHours())
    assert when is None or not is_deadline(stake, when)


async def test_a_stake_with_a_time_stands_in_the_header_and_in_the_case(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        await player.press("ctrl+n")
        ref = player.call.ref
        await player.write("* needs them fri morning")
        assert "too late after Fri 27 Nov 12:00" in player.text()
        await player.press("enter")
        assert "stake by Fri 27 Nov: needs them fri morning" in player.text()
        case = await stored(player, ref)
        assert case.deadline_at == datetime(2026, 11, 27, 17, tzinfo=UTC)
        assert lines(case)["too late"] == "after Fri 27 Nov 2026 12:00"


async def test_a_deadline_of_today_is_told_by_its_hour(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("* stage is bare at 16:30")
        assert "stake by 16:30" in player.text()


async def test_mending_the_stake_moves_the_deadline_or_takes_it_away(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        ref = player.call.ref
        await player.note("* needs them fri 9")
        for line, due in (
            ("* needs them thu 9", datetime(2026, 11, 26, 14, tzinfo=UTC)),
            ("* last order ever", None),
        ):
            await player.press("up")
            player.screen.note_line.write(line)
            await player.press("enter")
            assert player.call.deadline == due
            assert (await stored(player, ref)).deadline_at == due
        assert "stake: last order ever" in player.text()


async def test_a_second_stake_without_a_time_leaves_the_deadline(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("* needs them fri 9")
        await player.note("* last order ever")
        assert "stake by Fri 27 Nov: last order ever" in player.text()
        await player.press("up")
        player.screen.note_line.write("* the last order ever")
        await player.press("enter")
        assert player.call.deadline is not None


# -- the account beside the cost ----------------------------------------------------------------


async def test_the_account_stands_beside_the_cost_of_the_offers(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n", "ctrl+r")
        assert "account" not in player.text(), "nothing is guessed"
        player.screen.did(h.CallerNamed("Dana Reyes", value=4_800_000))
        await player.quiet()
        worth = player.screen.query_one("#worth", Static)
        assert str(worth.content) == "account $48,000.00"
        await player.note("= courier at our cost 45")
        assert "account $48,000.00 · offers $45.00" in player.text()


async def test_a_narrow_header_keeps_the_day(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(48, 30)) as player:
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes")
        await player.note("* needs them fri morning")
        assert "by Fri 27 Nov" in player.text().splitlines()[0]
