"""What people look at in the terminal: whole at every width, and readable without a colour."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.content import Content

from calmdesk.guide.ages import Age
from calmdesk.guide.filters import Filter
from calmdesk.records.picture_rows import CauseWeeks, HeatHour, Pictures
from calmdesk.records.store import Store
from calmdesk.screens.pictures import PicturesScreen
from calmdesk.widgets.cause_weeks import CauseWeekChart
from calmdesk.widgets.heat_chart import HeatChart
from calmdesk.widgets.promise_ages import PromiseAges
from tests.made_once import fresh
from tests.player import SATURDAY, ZONE, Player, playing
from tests.reporting import Living
from tests.telling import tell
from tests.test_sizes import SIZES, assert_whole

WIDTHS = (38, 43, 48, 60, 76, 80, 96, 110, 120, 200)
MONDAY = date(2026, 11, 16)
LONG = "a cause with a very long name, of many words that never come to their end"
COUNTS = st.sampled_from([0, 0, 0, 1, 2, 9, 10, 99, 12_345])


_TEN = st.lists(COUNTS, min_size=10, max_size=10)


def heat(cases: dict[int, tuple[int, int, int, int, int]]) -> HeatChart:
    chart = HeatChart()
    chart.hours = tuple(
        HeatHour(hour, sum(cases[hour]), cases[hour], tuple(reversed(cases[hour])))  # type: ignore[arg-type]
        if hour in cases
        else HeatHour(hour)
        for hour in range(24)
    )
    return chart


def weeks(
    rows: list[tuple[str, list[int]]], others: int = 0, running: bool = True
) -> CauseWeekChart:
    """A chart of ten weeks."""
    chart = CauseWeekChart(lambda cause: f"<{cause}>")
    chart.weeks = CauseWeeks(
        tuple(MONDAY - timedelta(weeks=back) for back in reversed(range(10))),
        tuple((cause, tuple(counts)) for cause, counts in rows),
        others=(1,) * 10 if others else (0,) * 10,
        other_causes=others,
        unknown=(0, 3) * 5,
        running=running,
    )
    return chart


def promises(counts: dict[Age, int]) -> PromiseAges:
    chart = PromiseAges()
    chart.counts = counts
    return chart


def text(lines: list[Content]) -> str:
    return "\n".join(line.plain.rstrip() for line in lines)


_HOURS = st.dictionaries(st.integers(0, 23), st.tuples(*[COUNTS] * 5))


@settings(max_examples=60)
@given(cases=_HOURS, width=st.sampled_from(WIDTHS), tall=st.booleans())
def test_heat_fits_and_no_case_is_left_out(
    cases: dict[int, tuple[int, int, int, int, int]], width: int, tall: bool
) -> None:
    chart = heat(cases)
    chart.tall = tall
    lines = chart.lines(width)
    assert all(line.cell_length <= width for line in lines)
    numbers = [int(word) for line in lines[1:] for word in line.plain.split() if word.isdecimal()]
    levels = sum(range(1, 6)) * 2
    hours = [
        int(word)
        for line in lines
        if line.plain.startswith(("began", "left"))
        for word in line.plain.split()
        if word.isdecimal()
    ]
    if any(map(sum, cases.values())):
        both = 2 * sum(map(sum, cases.values()))
        assert sum(numbers) == both + levels + sum(hours)


@settings(max_examples=60)
@given(
    rows=st.lists(st.tuples(st.sampled_from(["a", LONG, "請退款"]), _TEN), max_size=7),
    width=st.sampled_from(WIDTHS),
    tall=st.booleans(),
)
def test_causes_fit_whatever_they_are_called(
    rows: list[tuple[str, list[int]]], width: int, tall: bool
) -> None:
    chart = weeks(rows, others=3)
    chart.tall = tall
    lines = chart.lines(width)
    assert all(line.cell_length <= width for line in lines)
    assert "16" in lines[2].plain.split()[-1], "the newest week is always there"


@settings(max_examples=60)
@given(counts=st.fixed_dictionaries(dict.fromkeys(Age, COUNTS)), width=st.sampled_from(WIDTHS))
def test_promises_fit_and_every_count_stands_there(counts: dict[Age, int], width: int) -> None:
    lines = promises(counts).lines(width)
    assert all(line.cell_length <= width for line in lines)
    shown = text(lines)
    for age, count in counts.items():
        if count:
            (line,) = [line for line in shown.splitlines() if str(age) in line]
            assert line.split()[-1] == str(count)
            assert line.startswith("!") is age.late


def test_without_a_colour_the_number_says_how_many() -> None:
    chart = heat({9: (0, 1, 0, 2, 0), 14: (0, 0, 12, 0, 7)})
    assert (
        text(chart.lines(48))
        == """\
Heat over the day · cases by hour
began at      08 09 10 11 12 13 14 15 16 17
5 threatening  ·  ·  ·  ·  ·  ·  7  ·  ·  ·
4 furious      ·  2  ·  ·  ·  ·  ·  ·  ·  ·
3 upset        ·  ·  ·  ·  ·  · 12  ·  ·  ·
2 irked        ·  1  ·  ·  ·  ·  ·  ·  ·  ·
1 settled      ·  ·  ·  ·  ·  ·  ·  ·  ·  ·
left at       08 09 10 11 12 13 14 15 16 17
5 threatening  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·
4 furious      ·  1  ·  ·  ·  ·  ·  ·  ·  ·
3 upset        ·  ·  ·  ·  ·  · 12  ·  ·  ·
2 irked        ·  2  ·  ·  ·  ·  ·  ·  ·  ·
1 settled      ·  ·  ·  ·  ·  ·  7  ·  ·  ·"""
    )


def test_where_it_is_narrow_hours_share_a_column() -> None:
    busy = dict.fromkeys(range(24), (100, 100, 100, 100, 100))
    shown = text(heat(busy).lines(48))
    assert "began at       00  03  06  09  12  15  18  21" in shown
    assert "3 upset       300 300 300 300 300 300 300 300" in shown


def test_bars_of_causes_have_one_measure() -> None:
    shown = text(weeks([("a", [0, 1, 2, 3, 4, 5, 6, 7, 8, 8])]).lines(80))
    assert "·    ▁1    ▂2    ▃3    ▄4    ▅5    ▆6    ▇7    █8    █8" in shown
    assert "not looked for yet" in shown
    assert "the last one still runs" in shown


@pytest.mark.parametrize(
    ("chart", "words"),
    [
        (heat({}), "No case was opened on these days."),
        (CauseWeekChart(str), "No complaint in these weeks."),
        (promises({}), "No promise waits."),
    ],
)
def test_nothing_is_said_in_words(
    chart: HeatChart | CauseWeekChart | PromiseAges, words: str
) -> None:
    assert words in text(chart.lines(48))


# -- on the screen ------------------------------------------------------------------------------


def lived(home: Path) -> None:
    """Two cases on Saturday and one on Friday."""
    store = Store.open(fresh(home / "calmdesk.db"), ZONE)
    living = Living(store)
    for hours, cause in ((3, "carrier"), (2, "carrier"), (26, "supplier")):
        living.call(SATURDAY - timedelta(hours=hours), heat=(5, 2), cause=cause)
    store.close()


async def look(player: Player, chosen: Filter | None = None) -> PicturesScreen:
    place = player.app.place
    screen = PicturesScreen(place, chosen, "all") if chosen else PicturesScreen.of_today(place)
    _ = player.app.push_screen(screen)
    await player.quiet()
    return screen


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_the_pictures_are_whole_at_every_size(size: tuple[int, int], tmp_path: Path) -> None:
    lived(tmp_path)
    async with playing(tmp_path, size=size) as player:
        screen = await look(player)
        assert_whole(player)
        assert "◂ Sat 21 Nov 2026 ▸" in player.text()
        assert screen.pane.heat.hours[11].before == (0, 0, 0, 0, 1)
        await player.press("end")
        assert "No promise waits." in player.text()
        assert_whole(player)


async def test_nothing_is_said_before_anything_was_counted(tmp_path: Path) -> None:
    lived(tmp_path)
    async with playing(tmp_path) as player:
        counted = Event()
        held = player.app.place.desk.look(lambda store: counted.wait(20))
        await player.app.push_screen(PicturesScreen.of_today(player.app.place))
        await player.pilot.pause()
        assert "Pictures" in player.box()
        assert "No " not in player.box()
        counted.set()
        assert await held
        await player.quiet()
        assert "No promise waits" in player.box()


async def test_left_and_right_lead_to_other_days_and_escape_away(tmp_path: Path) -> None:
    lived(tmp_path)
    async with playing(tmp_path) as player:
        screen = await look(player)
        assert sum(it.cases for it in screen.pane.heat.hours) == 2
        await player.press("left")
        assert "◂ Fri 20 Nov 2026 ▸" in player.text()
        assert sum(it.cases for it in screen.pane.heat.hours) == 1
        await player.press("right", "right")
        assert "◂ Sun 22 Nov 2026 ▸" in player.text()
        assert "No case was opened on these days." in player.text()
        await player.press("escape")
        assert player.app.screen is not screen


@pytest.mark.parametrize(
    ("first", "last", "shown", "before"),
    [
        (date(2026, 11, 16), date(2026, 11, 22), "16-22 Nov 2026", "9-15 Nov 2026"),
        (date(2026, 11, 1), date(2026, 11, 30), "Nov 2026", "Oct 2026"),
        (date(2026, 10, 30), date(2026, 11, 3), "30 Oct-3 Nov 2026", "25-29 Oct 2026"),
    ],
)
async def test_a_period_steps_by_its_own_kind(
    first: date, last: date, shown: str, before: str, tmp_path: Path
) -> None:
    async with playing(tmp_path) as player:
        place = player.app.place
        began, over = (
            place.instant(datetime.combine(day, time()))
            for day in (first, last + timedelta(days=1))
        )
        await look(player, Filter(began, over))
        assert f"◂ {shown} ▸" in player.text()
        await player.press("left")
        assert f"◂ {before} ▸" in player.text()


async def test_days_without_an_end_have_no_other_days(tmp_path: Path) -> None:
    lived(tmp_path)
    async with playing(tmp_path) as player:
        screen = await look(player, Filter(cause="carrier"))
        assert "all days" in player.text()
        await player.press("left")
        assert sum(it.cases for it in screen.pane.heat.hours) == 2


async def test_the_palette_shows_those_of_today(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+p")
        await player.write("Pictures")
        await player.press("enter")
        assert isinstance(player.app.screen, PicturesScreen)


async def test_a_new_look_replaces_what_was_drawn(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        screen = await look(player)
        screen.pane.show(Pictures(promises={Age.LATE_TODAY: 4}))
        await player.quiet()
        assert "4 open, 4 of them late" in player.text()


async def test_what_is_written_elsewhere_is_drawn_by_itself(tmp_path: Path) -> None:
    lived(tmp_path)
    async with playing(tmp_path) as player:
        screen = await look(player)
        assert sum(it.cases for it in screen.pane.heat.hours) == 2
        store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
        tell(store, SATURDAY, None, name="Fresh Fritz", number="")
        store.close()
        screen.follow()
        await player.quiet()
        assert sum(it.cases for it in screen.pane.heat.hours) == 3
        assert sum(screen.pane.promises.counts.values()) == 1
