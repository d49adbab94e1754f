"""A report as it is read: text, Markdown, JSON, one HTML file, and its charts."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from calmdesk.guide import playbook
from calmdesk.records import reporting
from calmdesk.records.report_rows import Report
from calmdesk.records.store import Store
from calmdesk.reports.as_json import as_json
from calmdesk.reports.charts import draw
from calmdesk.reports.drawing import WIDE
from calmdesk.reports.labels import Labels
from calmdesk.reports.markdown import markdown
from calmdesk.reports.measure import cells, lines_within, pixels, wrapped
from calmdesk.reports.page import Bars, Chart, HeatMap, Lanes, Page, Pareto, Parts, Series
from calmdesk.reports.period import Period
from calmdesk.reports.plain import text
from calmdesk.reports.saying import say
from calmdesk.reports.tables import as_table
from calmdesk.reports.web import html
from tests.made_once import fresh
from tests.reporting import Living, Put, a_month

BEGAN = datetime(2026, 10, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
MONTH = Period(date(2026, 10, 1), date(2026, 10, 31), UTC)
LABELS = Labels(playbook.load(), "USD", "Printco <b>&", UTC)
HOSTILE = (
    "<script>alert(1)</script>",
    "</td><img src=x onerror=alert(1)>",
    "[a](http://evil.example) ![b](x) www.evil.example",
    "| cell | $$x$$ `code` *bold* @everybody #1",
    "\x1b[2J red \x07 \u202e back",
    "=1+1",
    "{{ 7*7 }} {% raw %}",
    "請退款給我，謝謝。" * 6,
    "W" * 300,
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A month of many causes."""
    opened = Store.open(fresh(tmp_path_factory.mktemp("month") / "calmdesk.db"))
    with opened.transaction():
        a_month(opened, BEGAN)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def report(store: Store) -> Report:
    return reporting.report(store, MONTH.edges(), NOW)


@pytest.fixture(scope="module")
def page(report: Report) -> Page:
    return say(report, MONTH, LABELS)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """A page of words that want to be more than words."""
    opened = Store.open(fresh(tmp_path_factory.mktemp("hostile") / "calmdesk.db"))
    living = Living(opened)
    for number, words in enumerate(HOSTILE):
        at = BEGAN + timedelta(days=number, hours=9)
        living.call(at, words, [Put(words, 500)], category=words, cause=words)
    counted = reporting.report(opened, MONTH.edges(), NOW)
    opened.close()
    return say(counted, MONTH, LABELS)


class Read(HTMLParser):
    """What a browser would make of a page: its tags, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


# -- text -----------------------------------------------------------------------------------------


def test_text_is_eighty_columns_without_colours(page: Page, hostile: Page) -> None:
    for written in (text(page), text(hostile)):
        assert max(map(cells, written.splitlines())) <= 80
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", written)
        assert not re.search(r" $", written, re.MULTILINE)


def test_text_says_the_figures(page: Page) -> None:
    written = text(page)
    assert "Thursday 1 October to Saturday 31 October 2026" in written
    assert "73 in, 52 out" in written
    assert re.search(r"lost between two teams +#{20}  21  so far 34 %", written)
    assert re.search(r"courier at our cost +money +12 +\$576\.00", written)


def test_text_has_the_pictures_as_plain_numbers(page: Page) -> None:
    written = text(page)
    assert re.search(r"^hour  began  began  began  began  began  left  left", written, re.MULTILINE)
    assert re.search(r"^over a week late +#{20}  16 late$", written, re.MULTILINE)
    assert re.search(r"^ +28 Sep +5 Oct +12 Oct +19 Oct +26 Oct$", written, re.MULTILINE)
    assert re.search(r"^lost between two teams +3( +\d+){4}$", written, re.MULTILINE)


def test_a_long_word_is_broken_and_a_wide_character_counts_twice() -> None:
    assert wrapped("ab 請退款 " + "x" * 9, 4) == ["ab", "請退", "款", "xxxx", "xxxx", "x"]
    assert wrapped("", 4) == [""]


# -- Markdown -------------------------------------------------------------------------------------


def test_markdown_has_tables_of_every_chart(page: Page) -> None:
    shown = MarkdownIt("gfm-like", {"linkify": False}).render(markdown(page))
    for title in (
        "Calls by day",
        "Why it happened",
        "What became of the promises",
        "Cases by heat",
        "Heat over the day: cases by the hour in which they were opened",
        "Complaints by cause and week: 5 weeks from Monday",
        "Promises open when this was counted, whenever given: how late, how far ahead",
    ):
        assert f"<h3>{title}</h3>\n<table>" in shown
    assert "<td>lost between two teams</td>" in shown


def test_in_markdown_a_customers_words_are_only_text(hostile: Page) -> None:
    shown = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(markdown(hostile))
    read = Read(shown)
    assert {tag for tag, _ in read.tags} <= {
        *("h1", "h2", "h3", "p", "br", "table", "thead", "tbody", "tr", "th", "td")
    }
    words = "".join(read.words)
    for typed in (HOSTILE[0], HOSTILE[2], HOSTILE[3], HOSTILE[6]):
        assert typed in words


# -- JSON -----------------------------------------------------------------------------------------


def test_json_keeps_its_names_and_its_instants_their_offset(report: Report) -> None:
    plain = json.loads(json.dumps(as_json(report, MONTH, LABELS)))
    assert list(plain) == [
        *("calmdesk_report", "first_day", "last_day", "since", "until", "counted_at", "currency"),
        *("cases", "calls", "asked_and_given", "promises", "progress_reports", "open_promises"),
        *("time_to_first_contact", "time_to_resolve", "listened"),
        *("first_contact_resolution", "heat", "categories", "causes", "attempts", "follow_ups"),
        "letters",
    ]
    assert plain["since"] == "2026-10-01T00:00:00+00:00"
    assert (plain["cases"], plain["calls"]["in"], plain["currency"]) == (73, 73, "USD")
    assert len(plain["asked_and_given"]["each"]) == 73
    assert plain["asked_and_given"]["remedies"]["cost"] == {"count": 33, "amount": 208_600}
    assert plain["causes"]["found"][0] == {"id": "handover_lost", "count": 21}
    assert plain["promises"]["due"] == sum(
        count for name, count in plain["promises"].items() if name not in ("due", "untimed")
    )


def test_json_has_the_pictures_whole(report: Report) -> None:
    plain = json.loads(json.dumps(as_json(report, MONTH, LABELS)))
    hours = plain["heat"]["by_hour"]
    assert sum(hour["cases"] for hour in hours) == 73
    assert sum(sum(hour["before"]) for hour in hours) == 73
    weeks = plain["causes"]["by_week"]
    assert weeks["weeks"][0] == "2026-09-28"
    assert weeks["last_week_is_over"]
    found = {it["id"]: sum(it["counts"]) for it in weeks["found"]}
    assert found["handover_lost"] == 21
    counted = sum(found.values()) + sum(weeks["others"]) + sum(weeks["not_looked_for"])
    assert counted == 73
    assert plain["open_promises"] == {
        **dict.fromkeys(("days_late", "late_today", "today", "days", "later", "untimed"), 0),
        "weeks_late": 16,
    }


def test_an_instant_has_the_offset_of_its_own_day(report: Report) -> None:
    from zoneinfo import ZoneInfo

    labels = Labels(LABELS.book, zone=ZoneInfo("Europe/Berlin"))
    plain = as_json(report, MONTH, labels)
    assert plain["since"].endswith("+02:00")
    assert plain["until"].endswith("+01:00")


# -- HTML -----------------------------------------------------------------------------------------


def test_the_page_is_one_file_that_fetches_and_runs_nothing(page: Page, hostile: Page) -> None:
    for written in (html(page), html(hostile)):
        read = Read(written)
        tags = {tag for tag, _ in read.tags}
        assert not tags & {"script", "link", "img", "iframe", "object", "a", "base", "form"}
        names = {name for _, attributes in read.tags for name in attributes}
        assert not names & {"src", "href", "xlink:href", "action"}
        assert not any(name.startswith("on") for name in names)
        assert "@import" not in written
        assert not re.search(r"url\((?!#chart)", written)
        assert ("html", {"lang": "en"}) in read.tags
        assert "title" in tags


def test_on_the_page_a_customers_words_are_only_text(hostile: Page) -> None:
    words = " ".join("".join(Read(html(hostile)).words).split())
    for typed in (*HOSTILE[:4], HOSTILE[6]):
        assert typed in words
    assert "Printco <b>&" in words


def test_every_chart_is_on_the_page_with_patterns_of_its_own(page: Page) -> None:
    written = html(page)
    charts = re.findall(r"<svg .*?</svg>", written)
    assert len(charts) == 7
    patterns = re.findall(r'<pattern id="([^"]+)"', written)
    assert len(patterns) == len(set(patterns)) == 28
    used = set(re.findall(r"url\(#([^)]+)\)", written))
    assert used <= set(patterns)


def test_an_empty_day_is_one_sentence(tmp_path: Path) -> None:
    empty = Store.open(fresh(tmp_path / "calmdesk.db"))
    day = Period(date(2026, 10, 1), date(2026, 10, 1), UTC)
    said = say(reporting.report(empty, day.edges(), NOW), day, LABELS)
    empty.close()
    sentence = "Nothing was counted: no call, no case, and nothing was due."
    for written in (text(said), markdown(said), html(said)):
        assert sentence in written
    assert "<svg" not in html(said)


# -- charts ---------------------------------------------------------------------------------------

LONG = "a cause with a very long name, of many words that never seem to come to their end & <more>"
CHARTS: dict[str, Chart] = {
    "a day": Bars(
        "Calls by hour",
        tuple(f"{hour:02}" for hour in range(25)),
        (Series("in", tuple(range(25))), Series("out", (3,) * 25)),
        stacked=True,
    ),
    "forty busy weeks": Bars(
        "Calls by week",
        tuple(f"{1 + number % 28} Sep" for number in range(40)),
        (Series("in", (98_765,) * 40), Series("out", (12_345,) * 40)),
        stacked=True,
    ),
    "one bar of nothing": Bars("Calls by year", ("2026",), (Series("in", (0,)),), stacked=True),
    "no bar": Bars("Calls by year", (), (Series("in", ()),)),
    "side by side": Bars(
        "Cases by heat",
        ("1 settled", "2 irked", "3 upset", "4 furious or ice-cold", "5 threatening"),
        (Series("before", (0, 1, 20, 300, 4)), Series("after", (300, 2, 1, 0, 0))),
    ),
    "long labels": Bars("Long", (LONG,) * 7, (Series(LONG, (1,) * 7),)),
    "seven parts": Parts("Promises", tuple((f"part {number}", 10**number) for number in range(7))),
    "one part": Parts("Promises", (("kept", 1),)),
    "no part": Parts("Promises", (("kept", 0),)),
    "many causes": Pareto("Why", tuple((f"{LONG} {n}", 90 - n) for n in range(12))),
    "few causes": Pareto("Why", (("carrier", 2), ("W" * 200, 1))),
    "no cause": Pareto("Why", ()),
    "heat of a whole day": HeatMap(
        "Heat",
        tuple(f"{hour:02}" for hour in range(24)),
        tuple((hour, 0, 98_765, 1, 2) for hour in range(24)),
        ((3, 20, 0, 1, 700),) * 24,
    ),
    "heat of nothing": HeatMap("Heat", ("08", "09"), ((0,) * 5,) * 2, ((0,) * 5,) * 2),
    "ten weeks": Lanes(
        "Causes",
        tuple(f"{1 + number * 3} Sep" for number in range(10)),
        (*(Series(f"{LONG} {n}", (n, *range(9))) for n in range(7)), Series("x", (4321,) * 10)),
    ),
    "a week of nothing": Lanes("Causes", ("1 Sep",), (Series("x", (0,)),)),
    "no week": Lanes("Causes", (), ()),
}


def drawn(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(draw(chart, "chart"))


def texts(svg: ElementTree.Element) -> list[tuple[float, float, float, float, str]]:
    """Left, right, top and bottom of every text that lies, and the text."""
    found = []
    for it in svg.iter("{http://www.w3.org/2000/svg}text"):
        if it.get("x") is None:
            continue
        size, x, y = (float(it.get(name, "0")) for name in ("font-size", "x", "y"))
        wide = pixels(it.text or "", size)
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[it.get("text-anchor", "start")]
        found.append((left, left + wide, y - size * 0.75, y + size * 0.2, it.text or ""))
    return found


@pytest.mark.parametrize("name", CHARTS)
def test_no_bar_and_no_word_leaves_the_picture(name: str) -> None:
    svg = drawn(CHARTS[name])
    _, _, width, height = map(float, svg.get("viewBox", "").split())
    assert width == WIDE
    for it in svg.iter("{http://www.w3.org/2000/svg}rect"):
        if it.get("class") is None:
            continue
        x, y, wide, high = (float(it.get(key, "-1")) for key in ("x", "y", "width", "height"))
        assert 0 <= x <= x + wide <= WIDE + 0.2
        assert 0 <= y <= y + high <= height + 0.2
    for left, right, top, bottom, words in texts(svg):
        assert left >= -0.2, words
        assert right <= WIDE + 0.2, words
        assert 0 <= top <= bottom <= height + 0.2, words


@pytest.mark.parametrize("name", CHARTS)
def test_no_word_lies_over_another(name: str) -> None:
    found = sorted(texts(drawn(CHARTS[name])))
    for place, (_, right, top, bottom, words) in enumerate(found):
        for left, _, other_top, other_bottom, other in found[place + 1 :]:
            apart = left >= right - 0.2 or other_top >= bottom or top >= other_bottom
            assert apart, f"{words} lies over {other}"


def test_a_field_of_heat_is_the_darker_the_more_cases_it_has() -> None:
    svg = drawn(HeatMap("Heat", ("08", "09"), ((0, 0, 0, 1, 2), (0, 0, 0, 4, 3)), ((0,) * 5,) * 2))
    fields = [
        int((it.get("fill") or "")[1:3], 16)
        for it in svg.iter("{http://www.w3.org/2000/svg}rect")
        if it.get("class") == "shade"
    ]
    two, three, one, four, *rest = fields
    assert 255 > one > two > three > four
    assert set(rest) == {255}


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_a_table_of_its_numbers(name: str) -> None:
    chart = CHARTS[name]
    table = as_table(chart)
    assert all(len(row) == len(table.heads) for row in table.rows)
    if isinstance(chart, HeatMap | Lanes):
        shown = [words for *_, words in texts(drawn(chart)) if words.isdecimal()]
        told = [cell for row in table.rows for cell in row[1:] if cell != "–"]
        hours = chart.hours * 2 if isinstance(chart, HeatMap) else ()
        assert sorted([*told, *hours]) == sorted(shown)


def test_a_part_has_the_same_pattern_whatever_is_beside_it() -> None:
    def pattern(*counts: int) -> str | None:
        names = ("kept", "late", "missed")
        boxes = drawn(Parts("Promises", tuple(zip(names, counts, strict=True)))).iter(
            "{http://www.w3.org/2000/svg}rect"
        )
        return [it.get("class") for it in boxes if it.get("class")][-1]

    assert pattern(3, 2, 1) == pattern(0, 0, 1) == pattern(0, 2, 1)


def test_bars_are_as_long_as_their_numbers() -> None:
    svg = drawn(CHARTS["side by side"])
    heights = [
        float(it.get("height", "0"))
        for it in svg.iter("{http://www.w3.org/2000/svg}rect")
        if it.get("class") == "solid"
    ]
    bars = heights[:-1]  # the last one is the legend's
    assert bars == sorted(bars[:3]) + bars[3:]
    assert bars[2] == pytest.approx(300 * bars[1] / 20, rel=0.1)


def test_the_line_of_a_pareto_chart_ends_with_all_of_it_and_never_goes_back() -> None:
    svg = drawn(CHARTS["many causes"])
    lines = [it.get("points", "") for it in svg.iter("{http://www.w3.org/2000/svg}polyline")]
    (line,) = [it for it in lines if len(it.split()) == 12]
    across = [float(point.split(",")[0]) for point in line.split()]
    assert all(left < right for left, right in pairwise(across))
    assert [words for *_, words in texts(svg)].count("100 %") == 1


def test_a_pareto_of_few_cases_has_no_percentage() -> None:
    words = [words for *_, words in texts(drawn(CHARTS["few causes"]))]
    assert "2 of 3" in words
    assert not any("%" in it for it in words)


def test_a_long_name_goes_on_in_a_second_line_and_is_then_shortened() -> None:
    first, second = lines_within(LONG, 12, 270, 2)
    assert LONG.startswith(first)
    assert second.endswith("…")
    assert lines_within("short", 12, 270, 2) == ["short"]


# -- in a browser ---------------------------------------------------------------------------------

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
needs_browser = pytest.mark.skipif(not BROWSER, reason="no chromium is installed here")

_ASK = """\
<script>
addEventListener("load", () => {
  const page = document.documentElement;
  const over = [...document.querySelectorAll("td, th, svg text, p")].filter(
    it => it.getBoundingClientRect().right > page.clientWidth + 1);
  const flat = [...document.querySelectorAll("svg")].filter(it => it.clientHeight < 40);
  document.title = `${page.scrollWidth} ${page.clientWidth} ${over.length} ${flat.length}`;
});
</script>
"""
"""A question to the browser, put into a copy of the page: what runs over, and what is not drawn?"""


def browse(folder: Path, *words: str) -> str:
    """What headless Chromium prints."""
    done = subprocess.run(
        [
            BROWSER,
            *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            f"--user-data-dir={folder / 'profile'}",
            *words,
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        cwd=folder,
    )
    return done.stdout


@needs_browser
@pytest.mark.parametrize("width", [500, 794, 1400])
@pytest.mark.parametrize("which", ["page", "hostile"])
def test_nothing_runs_over_the_side(
    which: str, width: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    asked = tmp_path / "asked.html"
    written = html(request.getfixturevalue(which)).replace("<details>", "<details open>")
    asked.write_text(written.replace("</head>", f"{_ASK}</head>"), encoding="utf-8")
    shown = browse(tmp_path, f"--window-size={width},900", "--dump-dom", asked.as_uri())
    title = re.search(r"<title>(.*?)</title>", shown)
    assert title is not None
    needed, given, over, flat = map(int, title[1].split())
    assert (given, over, flat) == (width, 0, 0)
    assert needed <= given


@needs_browser
def test_it_prints_on_a_few_pages(page: Page, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(html(page), encoding="utf-8")
    printed = tmp_path / "page.pdf"
    words = (f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    browse(tmp_path, *words, (tmp_path / "page.html").as_uri())
    assert 4 <= len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes())) <= 8
