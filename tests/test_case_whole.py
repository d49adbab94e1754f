"""A case whole: long, strange, of several people; stepped through, and taken out of the program."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from typer.testing import CliRunner

from calmdesk.commands import app as commands
from calmdesk.guide import happenings as h
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Outcome, Verdict
from calmdesk.guide.playbook import load
from calmdesk.guide.span_bar import SIGNS
from calmdesk.guide.stages import Stage
from calmdesk.records import browse, calls, follow_through, people
from calmdesk.records.case_rows import PAGE, CaseWhole
from calmdesk.records.read_lines import Line, Tone
from calmdesk.records.reading import as_json, read_case
from calmdesk.records.store import Store
from calmdesk.reports.case_markdown import case_markdown
from calmdesk.screens.case_menu import CaseMenu
from calmdesk.screens.question import Question
from calmdesk.widgets.case_view import CaseView
from calmdesk.words import clean, one_line
from tests.at_the_day import day, read
from tests.letters.test_verbatim import HOSTILE
from tests.made_once import fresh
from tests.player import SATURDAY, playing
from tests.telling import tell

NOW = datetime(2026, 11, 21, 19, 2, tzinfo=UTC)
SIZES = [(48, 30), (80, 24), (120, 40)]
STRANGE = {
    "long": "Ana-Sophia " * 45 + "End",
    "unbroken": "x" * 500,
    "emoji": "👩‍👩‍👧 Mia 🏳️‍🌈 " * 8,
    "right to left": "فاطمة الزهراء بنت محمد شركة الطباعة",
    "mixed": "שלום Dana ‮evil‬ 你好 e\u0301\u0301",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(fresh(tmp_path / "calmdesk.db"), UTC)
    people.introduce(opened, "Sam Ortiz", "", "")
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a clipboard of its own, as over ssh."""
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


def a_call(store: Store, at: datetime = NOW, *more: h.Happening, name: str = "Dana Reyes") -> str:
    """A call that was listened to for 101 seconds, talked in for 47, held for 9. Returns the id of
    its case."""
    contact, case_id = store.new_id(at), store.new_id(at)
    calls.answer(store, contact, case_id, h.Answered("+1 415 555 0134"), at)
    for seconds, happening in (
        (3, h.CallerNamed(name, number="+1 415 555 0134")),
        (101, h.StoryTold()),
        (101, h.StageEntered(Stage.ACKNOWLEDGE)),
        (120, h.Held()),
        (129, h.Resumed()),
        *((130, happening) for happening in more),
        (157, h.CallEnded()),
        (170, h.Finished(Outcome.AGREED)),
    ):
        calls.happen(store, contact, happening, at + timedelta(seconds=seconds))
    return case_id


def lines_of(whole: CaseWhole) -> list[Line]:
    return read_case(whole, lambda at: at.replace(tzinfo=None), load(), "USD")


# -- what is in it ------------------------------------------------------------------------------


def test_how_long_a_colleague_listened_is_in_nothing_that_leaves_the_record(store: Store) -> None:
    case = a_call(store, NOW, h.BackSaid("The flyers are late."), h.Heard())
    own = browse.whole(store, case, NOW)
    assert {"story told", "stage entered", "heard"} <= {it.kind for it in own.journal}
    (call,) = own.contacts
    assert (call["listen_seconds"], call["talk_seconds"], call["hold_seconds"]) == (101, 47, 9)
    shown = " ".join(line.words for line in lines_of(own))
    assert "listened 1:41" in shown
    assert SIGNS["listen"] in shown

    store.me = people.add_colleague(store, "Kim Vale", NOW).id
    theirs = browse.whole(store, case, NOW)
    (call,) = theirs.contacts
    assert (call["listen_seconds"], call["talk_seconds"]) == (None, None)
    assert (call["conversation_seconds"], call["hold_seconds"]) == (148, 9)
    assert "told_at" not in call
    assert "heard_at" not in call
    lines = lines_of(theirs)
    bars = [line.words for line in lines if line.tone is Tone.BAR]
    assert bars
    assert SIGNS["listen"] not in "".join(bars)
    told = str(lines)
    assert "listened and talked 2:28" in told
    assert "said back: “The flyers are late.”" in told
    assert not re.search("story told|heard|stage |1:41|2:10", told)
    plain = json.dumps(as_json(theirs, UTC))
    numbers = re.findall(r"(?<=: )\d+(?:\.\d+)?(?=[,}])", plain)
    assert "148" in numbers
    assert not {101, 47, 130} & {float(it) for it in numbers}
    assert not re.search("19:03:41|19:04:10|story told|heard", plain)
    written = case_markdown(lines)
    assert "listened and talked 2:28" in written
    assert "The flyers are late." in written
    assert not re.search("story told|heard|stage |1:41|2:10", written)


def test_what_they_asked_stands_beside_what_they_got(store: Store) -> None:
    case = a_call(
        store,
        NOW,
        h.AskPut("flyers by Friday"),
        h.Offered("o1", "a voucher", 2000),
        h.VerdictGiven(Verdict.NO),
        h.Offered("o2", "courier", 4500),
        h.Offered("o3", "one named person", 0),
        h.VerdictGiven(Verdict.YES),
    )
    lines = [(it.label, it.words) for it in lines_of(browse.whole(store, case, NOW))]
    assert ("they asked", "flyers by Friday") in lines
    got = dict(lines)["they got"]
    assert got.startswith("courier · $45.00; one named person")
    assert "voucher" not in got
    rounds = [label for label, _ in lines if label.startswith("offer") or label == "and"]
    assert rounds == ["offer 1", "offer 2", "and"]


def test_the_other_cases_of_the_customer_are_counted_and_the_latest_named(store: Store) -> None:
    for days in range(1, 16):
        a_call(store, NOW - timedelta(days=days))
    case = a_call(store)
    whole = browse.whole(store, case, NOW)
    assert len(whole.others) < whole.others_count == 15
    lines = [(it.label, it.words) for it in lines_of(whole)]
    first = lines.index(("", "Their other cases")) + 1
    assert lines[first][0] == "20 Nov 2026"
    assert "agreed" in lines[first][1]
    assert (" ", "and 3 before those") in lines
    assert a_call(store, name="Somebody Else")
    assert browse.whole(store, case, NOW).others_count == 15


def test_whoever_wrote_in_the_journal_is_named_where_their_entries_begin(store: Store) -> None:
    case = a_call(store)
    store.me = people.add_colleague(store, "Kim Vale", NOW).id
    noted = h.Noted("n1", Sign.FACT, "the plate failed", "log")
    follow_through.happen(store, case, noted, NOW + timedelta(hours=1))
    lines = [(it.label, it.words) for it in lines_of(browse.whole(store, case, NOW))]
    kim = lines.index(("", "Sat 21 Nov 2026 · Kim Vale"))
    assert lines.index(("", "Sat 21 Nov 2026 · Sam Ortiz")) < kim
    assert "the plate failed" in lines[kim + 1][1]


# -- a long one ---------------------------------------------------------------------------------


class Shown(App[None]):
    """A view of a case, alone."""

    def compose(self) -> ComposeResult:
        yield CaseView()


def many(count: int) -> list[Line]:
    """A case of that many notes."""
    note = "the flyers were due on Friday, and today they hear that they ship on Monday"
    return [
        Line("", "They say", Tone.TITLE),
        *(Line(f"{it // 60:>3}:{it % 60:02}", f"{it} {note}") for it in range(count)),
    ]


async def test_of_a_case_of_5000_notes_only_what_is_looked_at_is_laid_out() -> None:
    app = Shown()
    async with app.run_test(size=(60, 20)) as pilot:
        view = app.query_one(CaseView)
        view.focus()
        lines = many(5000)
        view.show(lines, same=False)
        assert view._laid.laid < 60, "the rest is laid when nothing else is to be done"
        assert view.virtual_size.height > 5000
        await pilot.press("pagedown", "pagedown", "pagedown")
        await pilot.wait_for_scheduled_animations()
        top = view.scroll_offset.y
        assert top >= 40
        view.show([*lines, Line("", "one more")], same=True)
        await pilot.pause()
        assert view.scroll_offset.y == top, "the same case stays where it was"
        view.show(lines, same=False)
        await pilot.pause()
        assert view.scroll_offset.y == 0
        await pilot.press("end")
        await pilot.pause()
        assert view.scroll_offset.y == view.max_scroll_y
        last = "\n".join(view.render_line(y).text for y in range(view.size.height))
        assert "4999 the flyers" in last
        assert view._laid.whole


async def test_another_width_lays_the_lines_out_anew() -> None:
    app = Shown()
    async with app.run_test(size=(60, 20)) as pilot:
        view = app.query_one(CaseView)
        view.show(many(20), same=False)
        await pilot.pause()
        before = view.virtual_size.height
        await pilot.resize_terminal(40, 20)
        await pilot.pause()
        assert view.virtual_size.height > before
        rows = [view.render_line(y) for y in range(view.size.height)]
        assert {row.cell_length for row in rows} == {view.scrollable_content_region.width}


async def test_words_are_marked_with_the_mouse_and_copied() -> None:
    app = Shown()
    async with app.run_test(size=(60, 20)) as pilot:
        view = app.query_one(CaseView)
        view.show([Line("label", "first words"), Line("label", "second words")], same=False)
        await pilot.pause()
        await pilot.mouse_down(view, offset=(14, 0))
        await pilot.hover(view, offset=(20, 1))
        await pilot.mouse_up(view, offset=(20, 1))
        await pilot.pause()
        marked = app.screen.get_selected_text() or ""
        assert "words" in marked
        assert "second" in marked


async def test_a_case_of_2000_notes_is_read_and_worked_on(tmp_path: Path) -> None:
    def long(store: Store) -> None:
        with store.transaction():
            said = (
                h.Noted(f"n{it}", Sign.SAYS, f"note {it} of a long story") for it in range(2000)
            )
            a_call(store, SATURDAY - timedelta(hours=1), *said)

    async with playing(tmp_path, size=(120, 40)) as player:
        await player.app.desk.ask(long)
        await player.press("ctrl+g", "y", "enter")
        view = day(player).case_view
        assert "Dana Reyes" in player.text()
        await player.press("end")
        assert "saved: agreed" in player.text()
        assert view.scroll_offset.y == view.max_scroll_y > 3900
        place = view.scroll_offset.y
        await player.press("f")
        await player.write("the plate failed")
        await player.press("ctrl+s")
        assert view.scroll_offset.y == pytest.approx(place, abs=6), "it stays where it was"


# -- a strange one ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_a_strange_name_keeps_every_row_in_order(
    size: tuple[int, int], name: str, tmp_path: Path
) -> None:
    strange = STRANGE[name]

    def strangely(store: Store) -> None:
        ask = (h.AskPut(strange), h.Offered("o1", strange, 100), h.VerdictGiven(Verdict.YES))
        a_call(store, SATURDAY - timedelta(hours=1), *ask, name=strange)

    async with playing(tmp_path, size=size) as player:
        await player.app.desk.ask(strangely)
        await player.press("ctrl+g", "y", "enter")
        view = day(player).case_view
        width = view.scrollable_content_region.width
        view._laid.lay()
        for y in range(min(view._laid.height, view.size.height)):
            assert view.render_line(y).cell_length == width
        assert all(
            (row := view._laid.row(y)) is not None and row.cell_length <= width
            for y in range(view._laid.laid)
        )
        assert all(cell_len(line) <= size[0] for line in player.text().splitlines())
        read_here = "".join(clean(view._laid.text()).split())
        assert "".join(one_line(strange).split())[:20] in read_here


async def test_side_by_side_only_where_there_is_room() -> None:
    lines = [
        Line("they asked", "the flyers by Friday morning, and an apology"),
        Line("they got", "a courier at our cost · $45.00", beside=True),
    ]
    for width, beside in ((80, True), (48, False)):
        app = Shown()
        async with app.run_test(size=(width, 20)) as pilot:
            view = app.query_one(CaseView)
            view.show(lines, same=False)
            await pilot.pause()
            first = view.render_line(0).text
            assert ("they got" in first) is beside


# -- from one to the next -----------------------------------------------------------------------


async def test_one_steps_through_the_list_without_going_back_to_it(tmp_path: Path) -> None:
    def fill(store: Store) -> None:
        for it in range(PAGE + 3):
            at = SATURDAY - timedelta(minutes=it)
            contact = store.new_id(at)
            calls.answer(store, contact, store.new_id(at), h.Answered(), at)
            for happening in (
                h.CallerNamed(f"Caller {it}"),
                h.CallEnded(),
                h.Finished(Outcome.AGREED),
            ):
                calls.happen(store, contact, happening, at)

    async with playing(tmp_path, size=(80, 24)) as player:
        await player.app.desk.ask(fill)
        await player.press("ctrl+g", "y", "enter")
        assert read(player) == "Caller 0"
        await player.press("right_square_bracket", "full_stop")
        assert read(player) == "Caller 2"
        await player.press("left_square_bracket")
        assert read(player) == "Caller 1"
        day(player).table.cursor = PAGE - 1
        await player.quiet()
        await player.press("right_square_bracket")
        assert read(player) == f"Caller {PAGE}", "over the border of a page"
        assert day(player).has_class("-reading")
        assert player.app.focused is day(player).case_view
        await player.press(*["right_square_bracket"] * 4)
        assert read(player) == f"Caller {PAGE + 2}"
        assert "The list ends here." in str([it.message for it in player.app._notifications])


async def test_a_key_opens_another_case_of_theirs(tmp_path: Path) -> None:
    def three(store: Store) -> None:
        for days in (0, 1, 2):
            a_call(store, SATURDAY - timedelta(days=days, hours=1))

    async with playing(tmp_path, size=(80, 24)) as player:
        await player.app.desk.ask(three)
        await player.press("ctrl+g", "y", "enter")
        first = day(player).work.whole
        await player.press("j")
        assert isinstance(player.app.screen, Question)
        assert "20 Nov 2026" in player.box()
        await player.press("enter")
        shown = day(player).work.whole
        assert first is not None
        assert shown is not None
        assert shown.line.id == first.others[0].id
        await player.press("right_square_bracket")
        assert "The list ends here." in str([it.message for it in player.app._notifications])


# -- out of the program -------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_a_case_is_copied_and_written_from_its_menu(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with playing(tmp_path, size=size) as player:
        await player.app.desk.ask(lambda store: a_call(store, SATURDAY - timedelta(hours=1)))
        await player.press("ctrl+g", "y", "enter", "m")
        assert isinstance(player.app.screen, CaseMenu)
        assert "escape leaves" in player.box()
        await player.press("x")
        await player.app.workers.wait_for_complete()
        (said,) = [it.message for it in player.app._notifications]
        assert "paste to see" in said
        assert "g writes it into a file" in said
        copied = player.app.clipboard
        assert copied.startswith("# CD-261121-")
        assert "## Journal" in copied
        for _ in range(2):
            await player.press("g")
            await player.app.workers.wait_for_complete()
        files = sorted((tmp_path / "written-letters").iterdir())
        assert len(files) == 2, "nothing is written over"
        assert files[0].read_text(encoding="utf-8") == copied
        assert files[0].stat().st_mode & 0o777 == 0o600


def test_a_case_is_printed_as_markdown(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    steers = "red \x1b[31m and \x9b2J"
    case = a_call(store, NOW, h.Noted("n1", Sign.SAYS, "*loud* <b> | [x](http://y)"))
    with store.transaction() as session:
        from calmdesk.records.models import Note

        session.get_one(Note, "n1").text = steers  # as it may come from elsewhere
    ref, home = browse.whole(store, case, NOW).line.ref, store.file.parent
    store.close()
    monkeypatch.setenv("CALMDESK_HOME", str(home))
    shown = CliRunner().invoke(commands, ["show", ref, "--markdown"])
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.startswith(f"# {ref} · Dana Reyes")
    assert "\\*loud\\* \\<b\\> \\| \\[x\\]" in shown.stdout
    plain = CliRunner().invoke(commands, ["show", ref])
    for said in (shown.stdout, plain.stdout):
        assert "red [31m and 2J" in said.replace("\\", "")
        assert "\x1b" not in said
        assert "\x9b" not in said


ANY = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(words=st.sampled_from(HOSTILE) | ANY)
@example(words="| a | b |")
@settings(max_examples=150)
def test_no_words_break_the_markdown_of_a_case(words: str) -> None:
    from markdown_it import MarkdownIt

    lines = [
        Line(words, words, Tone.TITLE),
        Line("asked", words),
        Line("got", words, beside=True),
        Line(words, words, Tone.ALERT),
        Line(" ", words, Tone.QUIET),
        Line("", "Journal", Tone.TITLE),
        Line("  0:12 14:02", words),
        Line(" ", words),
    ]
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(case_markdown(lines))
    kinds = [token.type for token in tokens]
    if one_line(words):
        assert kinds.count("heading_open") == 2
        assert kinds.count("table_open") == 1
        assert kinds.count("list_item_open") == 2
    inside = [child.type for token in tokens for child in token.children or ()]
    assert not {"link_open", "image", "html_inline", "em_open", "s_open"} & set(inside)
    assert "html_block" not in kinds
    assert inside.count("strong_open") == (2 if one_line(words) else inside.count("strong_open"))


def test_a_case_of_the_list_and_one_told_before_are_the_same_case(store: Store) -> None:
    told = tell(store, NOW, NOW + timedelta(days=1))
    text = case_markdown(lines_of(browse.whole(store, told.case_id, NOW)))
    assert "- **told** ring with the plate status · Sun 22 Nov 2026 19:02 · open" in text
