"""A colleague's work is reviewed: what becomes of it, and who can read what."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select
from textual.widgets import Input
from typer.testing import CliRunner

from calmdesk.commands import app as commands
from calmdesk.errors import Refused
from calmdesk.guide import afterwards as f
from calmdesk.guide import happenings as h
from calmdesk.guide.filters import Filter, Sort
from calmdesk.guide.outcome import Outcome
from calmdesk.guide.playbook import load
from calmdesk.guide.reviewing import Judged, Justice
from calmdesk.records import browse, calls, follow_through, people, reporting, reviews
from calmdesk.records.derived import SearchTodo
from calmdesk.records.models import Event, Review
from calmdesk.records.people_rows import Colleague
from calmdesk.records.reading import as_json, read_case
from calmdesk.records.review_rows import ReviewWords
from calmdesk.records.store import Store
from calmdesk.reports.case_markdown import case_markdown
from calmdesk.screens.review_box import ReviewBox
from calmdesk.screens.review_form import ReviewForm
from calmdesk.settings import Settings
from calmdesk.widgets.board_list import BoardList
from calmdesk.widgets.choice_line import ChoiceLine
from calmdesk.widgets.tick import Tick
from tests.at_the_day import day, read
from tests.made_once import fresh
from tests.player import SATURDAY, Player, playing
from tests.telling import tell

NOW = datetime(2026, 11, 21, 19, 2, tzinfo=UTC)
SECRET = "zanzibar"
SIZES = [(48, 30), (80, 24), (120, 40)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Sam's desk, with a case of Sam's."""
    opened = Store.open(fresh(tmp_path / "calmdesk.db"), UTC)
    people.introduce(opened, "Sam Ortiz", "", "")
    yield opened
    opened.close()


def kim(store: Store) -> Colleague:
    """A colleague of Sam's."""
    return people.add_colleague(store, "Kim Vale", NOW)


def words(of_id: str, **more: object) -> ReviewWords:
    """What Kim writes about the work of somebody."""
    judged = {Justice.RESULT: Judged.YES, Justice.WAY: Judged.PARTLY}
    told = ReviewWords(of_id, "Sam Ortiz", "let them finish", judged, "offer two ways", SECRET)
    return replace(told, **more)  # type: ignore[arg-type]


def seen(store: Store, case_id: str, reviewer: str, **more: object) -> str:
    """A case of whoever sits here, looked at by somebody else. Returns the id of the review."""
    sam, store.me = store.me, reviewer
    try:
        return reviews.review(store, case_id, words(sam, **more), NOW)
    finally:
        store.me = sam


# -- verbs --------------------------------------------------------------------------------------


def test_a_review_stands_in_its_row_and_in_the_journal_with_who_looked(store: Store) -> None:
    case = tell(store, NOW, NOW).case_id
    review_id = seen(store, case, kim(store).id)
    whole = browse.whole(store, case, NOW)
    assert whole.line.reviewed
    (row,) = whole.reviews
    assert (row["id"], row["agent"], row["of"]) == (review_id, "Kim Vale", "Sam Ortiz")
    assert (row["result_fair"], row["way_fair"], row["respectful"]) == ("yes", "partly", "")
    entry = whole.journal[-1]
    assert (entry.kind, entry.agent) == ("reviewed", "Kim Vale")
    assert "note" not in row
    read = [line.words for line in read_case(whole, lambda at: at, load(), "USD")]
    assert "result fair: yes · way fair and quick: partly" in read
    assert "let them finish" in read


def test_nobody_reviews_their_own_work_or_that_of_who_had_no_call(store: Store) -> None:
    case = tell(store, NOW, NOW).case_id
    with pytest.raises(Refused, match="your own work"):
        reviews.review(store, case, words(store.me), NOW)
    with pytest.raises(Refused, match="no call"):
        reviews.review(store, case, words(kim(store).id), NOW)
    assert not browse.whole(store, case, NOW).line.reviewed


def test_kept_again_before_it_is_read_it_is_mended_and_after_that_it_is_another(
    store: Store,
) -> None:
    case, other = tell(store, NOW, NOW).case_id, kim(store).id
    first = seen(store, case, other)
    assert seen(store, case, other, went_well="named the miss first") == first
    assert [it["went_well"] for it in browse.whole(store, case, NOW).reviews] == [
        "named the miss first"
    ]
    reviews.read(store, first, NOW)
    assert seen(store, case, other) != first
    assert len(browse.whole(store, case, NOW).reviews) == 2


def test_the_agent_has_it_on_the_board_until_it_is_read(store: Store) -> None:
    case = tell(store, NOW, NOW).case_id
    review_id = seen(store, case, kim(store).id)
    (mine,) = browse.board(store, NOW, NOW, NOW).reviews
    assert (mine.id, mine.reviewer, mine.words.note) == (review_id, "Kim Vale", SECRET)
    assert mine.words.judged[Justice.RESPECT] is Judged.UNSAID
    sam, store.me = store.me, kim(store).id
    assert browse.board(store, NOW, NOW, NOW).reviews == ()
    with pytest.raises(Refused, match="whose work it was"):
        reviews.read(store, review_id, NOW)
    store.me = sam
    reviews.read(store, review_id, NOW)
    reviews.read(store, review_id, NOW + timedelta(days=1))
    assert browse.board(store, NOW, NOW, NOW).reviews == ()
    with store.reading() as session:
        assert session.get_one(Review, review_id).read_at == NOW


def test_its_reviewer_takes_it_back_until_it_was_read(store: Store) -> None:
    case, other = tell(store, NOW, NOW).case_id, kim(store).id
    review_id = seen(store, case, other)
    back = f.ReviewWithdrawn(review_id)
    with pytest.raises(Refused, match="Only who wrote"):
        follow_through.happen(store, case, back, NOW)
    sam, store.me = store.me, other
    follow_through.happen(store, case, back, NOW)
    assert not browse.whole(store, case, NOW).line.reviewed
    assert reviews.notes(store, case) == {}
    store.me = sam
    again = seen(store, case, other)
    reviews.read(store, again, NOW)
    store.me = other
    with pytest.raises(Refused, match="read already"):
        follow_through.happen(store, case, f.ReviewWithdrawn(again), NOW)


def test_what_it_said_before_comes_back_until_it_was_read(store: Store) -> None:
    case, other = tell(store, NOW, NOW).case_id, kim(store).id
    first = seen(store, case, other)
    sam, store.me = store.me, other
    stood = reviews.standing(store, case)[sam]
    reviews.review(store, case, words(sam, went_well="else", note="else"), NOW)
    reviews.take_back(store, case, first, stood, False, NOW)
    assert reviews.standing(store, case) == {sam: stood}
    store.me = sam
    reviews.read(store, first, NOW)
    store.me = other
    with pytest.raises(Refused, match="read already"):
        reviews.take_back(store, case, first, stood, False, NOW)
    assert len(browse.whole(store, case, NOW).reviews) == 1


def test_a_case_is_marked_as_an_example_in_the_same_breath(store: Store) -> None:
    case, sam = tell(store, NOW, NOW).case_id, store.me
    store.me = kim(store).id
    reviews.review(store, case, words(sam), NOW, example=True)
    assert browse.whole(store, case, NOW).example
    reviews.review(store, case, words(sam), NOW)
    assert browse.whole(store, case, NOW).example, "left as it is"


# -- who reads what -----------------------------------------------------------------------------


def test_the_private_note_is_read_by_two_people_and_stands_in_nothing_else(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, other = tell(store, NOW, NOW).case_id, kim(store).id
    review_id = seen(store, case, other)
    ana = people.add_colleague(store, "Ana Lind", NOW)
    sam = store.me
    for reader, reads in ((sam, True), (other, True), (ana.id, False)):
        store.me = reader
        notes = reviews.notes(store, case)
        assert notes == ({review_id: SECRET} if reads else {})
        whole = browse.whole(store, case, NOW)
        lines = read_case(whole, lambda at: at, load(), "USD")
        shown = read_case(whole, lambda at: at, load(), "USD", notes=notes)
        assert (SECRET in str(shown)) is reads
        assert SECRET not in str(whole)
        assert SECRET not in str(lines)
        assert SECRET not in case_markdown(lines)
        assert SECRET not in json.dumps(as_json(whole, UTC))
        edges = (NOW - timedelta(days=1), NOW + timedelta(days=1))
        assert SECRET not in str(reporting.report(store, edges, NOW))
        assert SECRET not in str(browse.page(store, Filter(), 0, NOW))
        assert SECRET not in repr(browse.board(store, NOW, NOW, NOW)), "not even a repr has it"
    store.me = sam
    with store.reading() as session:
        journal = [it.payload for it in session.exec(select(Event))]
        todo = [it.model_dump() for it in session.exec(select(SearchTodo))]
    assert any("let them finish" in payload for payload in journal)
    assert SECRET not in str(journal)
    assert SECRET not in str(todo)
    ref = browse.whole(store, case, NOW).line.ref
    store.close()
    monkeypatch.setenv("CALMDESK_HOME", str(tmp_path))
    for line in (("show", ref), ("show", ref, "--json"), ("show", ref, "--markdown")):
        said = CliRunner().invoke(commands, list(line))
        assert said.exit_code == 0, said.output
        assert "let them finish" in said.stdout
        assert SECRET not in said.stdout


# -- the queue ----------------------------------------------------------------------------------


def queue(store: Store) -> list[str]:
    """Six cases of Sam's, the newest first, for Kim to look at."""
    hours = range(6)
    cases = [
        tell(store, NOW - timedelta(hours=it), NOW, name=f"Caller {it}").case_id for it in hours
    ]
    store.me = kim(store).id
    return cases


@pytest.mark.parametrize("sort", [Sort.TIME, Sort.CUSTOMER, Sort.RISK])
def test_the_next_to_review_follows_the_order_of_the_list_and_then_its_top(
    store: Store, sort: Sort
) -> None:
    sam = store.me
    cases = queue(store)
    listed = [it.id for it in browse.page(store, Filter(), 0, NOW)]
    if sort is not Sort.TIME:
        places = browse.order(store, Filter(), sort, NOW)
        listed = [it.id for it in browse.at_places(store, places, NOW)]
    assert sorted(listed) == sorted(cases)
    here, visited = listed[3], []
    for _ in cases:
        reviews.review(store, here, words(sam), NOW)
        visited.append(here)
        found = reviews.next_to_review(store, Filter(), sort, NOW, here)
        if found is None:
            break
        here, row = found
        assert listed[row] == here
    assert visited == [*listed[3:], *listed[:3]]
    assert reviews.next_to_review(store, Filter(), sort, NOW, here) is None


def test_the_queue_has_what_is_not_reviewed_and_nothing_of_ones_own(store: Store) -> None:
    sam = store.me
    cases = queue(store)
    own = tell(store, NOW - timedelta(minutes=30), NOW, name="Own").case_id
    found = reviews.next_to_review(store, Filter(), Sort.TIME, NOW, cases[0])
    assert found == (cases[1], 2), "its own case stands between them"
    reviews.review(store, cases[1], words(sam), NOW)
    left, done = Filter(reviewed=False), Filter(reviewed=True)
    assert (browse.count(store, left), browse.count(store, done)) == (6, 1)
    assert reviews.next_to_review(store, left, Sort.TIME, NOW, cases[1]) == (cases[2], 2)
    assert reviews.next_to_review(store, done, Sort.TIME, NOW, own) is None


# -- on the screen ------------------------------------------------------------------------------


async def colleagues_cases(player: Player, count: int = 3) -> None:
    """Cases of Ana's, listed on the Day; the newest is read."""

    def take(store: Store) -> None:
        from calmdesk.records import people as verbs

        sam, store.me = store.me, verbs.add_colleague(store, "Ana Lind", SATURDAY).id
        for it in range(count):
            tell(store, SATURDAY - timedelta(minutes=5 * it), None, name=f"Caller {it}")
        store.me = sam

    await player.app.desk.ask(take)
    await player.press("ctrl+g", "y", "enter")


async def write_review(player: Player) -> None:
    """All of a review by keys alone."""
    await player.press("v")
    assert isinstance(player.app.screen, ReviewForm)
    await player.write("let them finish")
    await player.press("enter", "y", "p", "n")
    await player.write("offer two ways")
    await player.press("enter")
    await player.write(SECRET)


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_a_review_is_written_by_keys_and_the_next_case_comes(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with playing(tmp_path, size=size) as player:
        await colleagues_cases(player)
        assert read(player) == "Caller 0"
        await write_review(player)
        box = player.box()
        assert box.index("Went well") < box.index("Result fair?"), "what went well comes first"
        assert "escape leaves it" in box
        await player.press("tab", "space", "ctrl+s")
        assert read(player) == "Caller 1"
        assert day(player).has_class("-reading")
        await player.press("left_square_bracket")
        assert read(player) == "Caller 0"
        shown = day(player).work.whole
        assert shown is not None
        assert shown.example
        (row,) = shown.reviews
        assert (row["result_fair"], row["way_fair"], row["respectful"]) == ("yes", "partly", "no")
        assert any(SECRET in line.words for line in day(player).case_view.lines)
        await player.press("right_square_bracket")
        for _ in range(2):
            await write_review(player)
            await player.press("ctrl+s")
        assert "No other case" in str([it.message for it in player.app._notifications])
        await player.press("u")
        place = player.app.place
        left = await place.desk.look(browse.count, Filter(reviewed=False))
        assert left == 1, "the last one is taken back"


async def test_a_mended_review_says_again_what_it_said_before_and_then_goes(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await colleagues_cases(player, 1)
        await write_review(player)
        await player.press("ctrl+s", "v")
        player.app.screen.query_one("#review-well", Input).value = "spoke over him"
        player.app.screen.query_one("#review-example", Tick).value = True
        await player.press("ctrl+s")

        async def well() -> list[str]:
            await player.quiet()
            shown = day(player).work.whole
            assert shown is not None
            return [row["went_well"] for row in shown.reviews]

        assert await well() == ["spoke over him"]
        await player.press("u")
        assert await well() == ["let them finish"]
        await player.press("u")
        assert await well() == []
        shown = day(player).work.whole
        assert shown is not None
        assert not shown.example


def on_disk(home: Path) -> bytes:
    """Everything that lies in a home."""
    return b"".join(file.read_bytes() for file in home.iterdir() if file.is_file())


async def test_what_is_half_written_waits_in_memory_alone(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await colleagues_cases(player)
        await write_review(player)
        await player.press("escape", "v")
        form = player.app.screen
        assert form.query_one("#review-note", Input).value == SECRET
        assert form.query_one("#review-way_fair", ChoiceLine).value == "partly"
        await player.press("escape")
    assert SECRET.encode() not in on_disk(tmp_path)


async def test_where_notes_stay_at_home_the_form_says_so(tmp_path: Path) -> None:
    settings = Settings(share=tmp_path / "team")
    async with playing(tmp_path, settings=settings) as player:
        await colleagues_cases(player)
        await player.press("v")
        assert "private_notes is off" in player.box()


async def test_nothing_is_kept_without_what_went_well(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(80, 24)) as player:
        await colleagues_cases(player)
        await player.press("v", "ctrl+s")
        assert isinstance(player.app.screen, ReviewForm)
        assert "What went well?" in player.box()
        await player.write("You should have listened to them, as always.")
        await player.pilot.pause(0.5)
        await player.quiet()
        assert "! " in player.box(), "the guard reads it: no scolding"


async def test_ones_own_case_is_not_for_review(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.app.desk.ask(lambda store: tell(store, SATURDAY, None).case_id)
        await player.press("ctrl+g", "y", "enter", "v")
        assert "review" not in day(player).case_view.possible


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_the_agent_reads_it_on_the_desk_and_then_in_the_case(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with playing(tmp_path, size=size) as player:

        def look_at_it(store: Store) -> None:
            from calmdesk.records import people as verbs

            case = tell(store, SATURDAY, None).case_id
            seen(store, case, verbs.add_colleague(store, "Kim Vale", SATURDAY).id)

        await player.app.desk.ask(look_at_it)
        await player.press("ctrl+g", "y", "ctrl+g", "d")
        board = player.app.screen.query_one(BoardList)
        assert "Kim looked at CD-" in player.text()
        assert "went well: let" in player.text()
        assert SECRET not in player.text()
        while board.marked[0] != "seen":
            await player.press("down")
        await player.press("enter")
        assert isinstance(player.app.screen, ReviewBox)
        for told in ("let them finish", "offer two ways", SECRET, "escape closes it"):
            assert told in player.box()
        await player.press("escape")
        assert "Kim looked at" not in player.text()
        await player.press("ctrl+g", "y", "enter")
        shown = [(it.label, it.words) for it in day(player).case_view.lines]
        assert ("to you alone", SECRET) in shown


async def test_a_hostile_review_is_only_words(tmp_path: Path) -> None:
    bad = "[b]x[/] [/x] $quiet {0} \x1b[2J"

    def look_at_it(store: Store) -> None:
        from calmdesk.records import people as verbs

        case = tell(store, SATURDAY, None).case_id
        reviewer = verbs.add_colleague(store, "Kim [/b] V", SATURDAY).id
        seen(store, case, reviewer, went_well=bad, try_next=bad, note=bad)

    async with playing(tmp_path) as player:
        await player.app.desk.ask(look_at_it)
        await player.press("ctrl+g", "y", "ctrl+g", "d")
        while player.app.screen.query_one(BoardList).marked[0] != "seen":
            await player.press("down")
        await player.press("enter")
        assert "[b]x[/] [/x] $quiet {0}" in player.box()
        await player.press("r")
        assert "[b]x[/] [/x] $quiet {0}" in str([it.words for it in day(player).case_view.lines])


async def test_of_two_who_worked_on_it_each_has_words_of_their_own(tmp_path: Path) -> None:
    """What was written of one, its private note above all, is never kept as said of the other."""

    def take(store: Store) -> None:
        kim_here = store.me
        store.me = people.add_colleague(store, "Ana Lind", SATURDAY).id
        case = tell(store, SATURDAY, None, name="Dana Reyes").case_id
        store.me = people.add_colleague(store, "Tom Abara", SATURDAY).id
        later = SATURDAY + timedelta(minutes=5)
        calls.ring(store, "again", case, "", later)
        calls.happen(store, "again", h.CallEnded(), later)
        calls.happen(store, "again", h.Finished(Outcome.AGREED), later)
        store.me = kim_here

    async with playing(tmp_path) as player:
        player.wind(600)
        await player.app.desk.ask(take)
        await player.press("ctrl+g", "y", "enter", "v", "shift+tab", "left", "enter")
        form = player.app.screen
        assert isinstance(form, ReviewForm)
        first = form.query_one("#review-of", ChoiceLine).value
        await player.write("rang back")
        await player.press("tab", "tab", "tab", "tab", "tab")
        await player.write(SECRET)
        form.query_one("#review-of").focus()
        await player.press("right", "enter")
        assert form.query_one("#review-of", ChoiceLine).value != first
        assert form.query_one("#review-well", Input).value == ""
        assert form.query_one("#review-note", Input).value == ""
        await player.write("asked first")
        await player.press("escape", "v")
        form = player.app.screen
        assert form.query_one("#review-well", Input).value == "asked first", "it waited"
        form.query_one("#review-of").focus()
        await player.press("right", "enter")
        assert form.query_one("#review-of", ChoiceLine).value == first
        assert form.query_one("#review-well", Input).value == ""
        await player.write("rang back")
        await player.press("ctrl+s")
        shown = day(player).work.whole
        assert shown is not None
        kept = await player.app.desk.look(reviews.standing, shown.line.id)
        assert {of: (it.went_well, it.note) for of, it in kept.items()} == {
            first: ("rang back", "")
        }


def test_the_names_of_those_who_had_calls_are_asked_for_when_there_are_several(
    store: Store,
) -> None:
    from calmdesk.screens.reviewing import workers

    case = tell(store, NOW, NOW).case_id
    sam, store.me = store.me, kim(store).id
    calls.ring(store, "again", case, "", NOW + timedelta(hours=1))
    calls.happen(store, "again", h.CallEnded(), NOW + timedelta(hours=1))
    calls.happen(store, "again", h.Finished(Outcome.AGREED), NOW + timedelta(hours=1))
    third = people.add_colleague(store, "Ana Lind", NOW)
    assert workers(browse.whole(store, case, NOW)) == {sam: "Sam Ortiz"}
    store.me = third.id
    assert list(workers(browse.whole(store, case, NOW)).values()) == ["Kim Vale", "Sam Ortiz"]
