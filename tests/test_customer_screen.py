"""Customers, by hand: found, read, merged, parted, mended, and taken back."""

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from calmdesk.commands import app as commands
from calmdesk.guide import happenings as h
from calmdesk.guide.outcome_signs import outcome_sign
from calmdesk.records import customers, duplicates, one_person, people
from calmdesk.records.customer_rows import Pair
from calmdesk.records.store import Store
from calmdesk.screens.customer import CustomerScreen
from calmdesk.screens.customer_forms import MendCustomer
from calmdesk.screens.customers import CustomersScreen
from calmdesk.screens.day import DayScreen
from calmdesk.screens.desk import DeskScreen
from calmdesk.screens.merge_with import MergeWith
from calmdesk.screens.question import Question
from calmdesk.screens.side_by_side import SideBySide
from calmdesk.widgets.case_view import CaseView
from calmdesk.widgets.field import Field
from calmdesk.widgets.person_list import PersonList
from tests.made_once import fresh
from tests.player import SATURDAY, ZONE, Player, playing
from tests.telling import tell
from tests.test_customers import a_case
from tests.test_promises import said
from tests.test_sizes import SIZES, assert_whole

DAY = timedelta(days=1)
LONG = "Wolfeschlegelsteinhausenbergerdorff " * 14
NAMES = (LONG, "مريم الحسن", "🦄👩‍👩‍👧‍👦 Łukasz", "Mr [/b] O'Hara [urgent]")


def store_of(home: Path) -> Store:
    store = Store.open(fresh(home / "calmdesk.db"), ZONE)
    people.introduce(store, "Sam Ortiz", "555 0100", "sam@printco.example")
    return store


def filled(home: Path) -> tuple[str, str]:
    """Dana Reyes with three cases, D. Reyes of the same firm with one, and Kim Oduya. Returns the
    first two."""
    store = store_of(home)
    about = h.CategoryChosen("late_delivery")
    dana = ""
    for days, before, after in ((40, 4, 1), (20, 5, 4), (2, 3, 2)):
        heats = (h.HeatMarked(before), h.HeatMarked(after))
        dana = a_case(
            store, "Dana Reyes", "+1 415 555 0134", "Reyes Dance", about, *heats, before=days * DAY
        )
    other = a_case(
        store, "D. Reyes", "+1 415 555 0199", "Reyes Dance", h.HeatMarked(2), before=9 * DAY
    )
    a_case(store, "Kim Oduya", "+1 212 555 0171", before=DAY)
    store.close()
    return dana, other


def screen(player: Player, kind: type[object]) -> None:
    assert isinstance(player.app.screen, kind), player.app.screen


def plain(player: Player) -> str:
    """The words of a box, wherever its lines end."""
    return " ".join(player.box().replace("│", " ").split())


async def to_customers(player: Player) -> None:
    await player.press("ctrl+g", "u")
    screen(player, CustomersScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_two_are_found_to_be_one_person_and_two_again(
    size: tuple[int, int], tmp_path: Path
) -> None:
    dana, other = filled(tmp_path)
    async with playing(tmp_path, size=size) as player:
        await to_customers(player)
        shown = player.text()
        assert "These two may be one person · 1" in shown
        assert "names alike, same company" in shown
        await player.press("enter", "enter")
        screen(player, SideBySide)
        box = plain(player)
        assert "Names alike, same company." in box
        assert "1 case, their numbers and names go to Dana Reyes" in box
        await player.press("s")
        assert "3 cases, their numbers and names go to D. Reyes" in plain(player)
        await player.press("s", "m")
        assert "No two look like one person" in player.text()
        await player.press("escape")
        await player.write("d. rey")
        assert "4 cases" in player.text(), "found by the other name"
        await player.press("enter", "enter")
        screen(player, CustomerScreen)
        shown = player.text()
        assert_whole(player)
        for words in ("Dana Reyes", "also      D. Reyes", "+1 415 555 0199", "4 cases"):
            assert words in shown
        await player.press("p")
        screen(player, Question)
        await player.press("enter")
        assert "3 cases" in player.text().splitlines()[0]
        store = Store.open(tmp_path / "calmdesk.db", ZONE)
        assert duplicates.suggested(store) == [], "who were parted are not suggested again"
        store.close()
        await player.press("u")
        assert "4 cases" in player.text().splitlines()[0], "the parting is taken back"
        await player.press("u")
        assert "There is nothing to take back." in said(player)
    store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    assert customers.customer(store, other, SATURDAY).person.id == dana
    store.close()


async def test_two_who_are_not_one_are_put_away_and_that_is_taken_back(tmp_path: Path) -> None:
    filled(tmp_path)
    async with playing(tmp_path) as player:
        await to_customers(player)
        await player.press("down", "x")
        assert "No two look like one person" in player.text()
        player.app.set_focus(None)
        await player.press("u")
        assert "These two may be one person · 1" in player.text()


@pytest.mark.parametrize("keys", [("m", "m"), ("x",)], ids=["one person", "not the same"])
async def test_a_pair_that_is_decided_is_not_listed_while_the_search_goes_on(
    keys: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_of(tmp_path)
    for name in ("Dana Reyes", "Kim Oduya", "Lee Novak"):
        a_case(store, name, "+1 415 555 0134")
    store.close()
    listed: list[list[frozenset[str]]] = []
    list_pairs = PersonList.list_pairs

    def watched(people: PersonList, pairs: Sequence[Pair]) -> None:
        if any("u takes it back" in it.message for it in people.app._notifications):
            listed.append([pair.ids for pair in pairs])
        list_pairs(people, pairs)

    monkeypatch.setattr(PersonList, "list_pairs", watched)
    async with playing(tmp_path) as player:
        await to_customers(player)
        assert "These two may be one person · 3" in player.text()
        await player.press("down")
        row = player.app.screen.query_one(PersonList).row
        assert row is not None
        assert row.pair is not None
        gone, decided = row.pair.other.id, row.pair.ids
        await player.press(*keys)
        left = {ids for pairs in listed for ids in pairs}
        assert len(listed[-1]) == (1 if len(keys) > 1 else 2)
        assert decided not in left
        assert not (len(keys) > 1 and any(gone in ids for ids in left))


async def test_the_history_is_a_line_of_heat_and_outcomes(tmp_path: Path) -> None:
    filled(tmp_path)
    async with playing(tmp_path, size=(80, 24)) as player:
        await to_customers(player)
        await player.write("dana")
        await player.press("enter", "enter")
        lines = player.text().splitlines()
        top = next(n for n, line in enumerate(lines) if "heat 5" in line)
        drawn = [line[9:24].split() for line in lines[top : top + 6]]
        assert drawn == [["○"], ["○", "●"], ["│", "○"], ["│", "●"], ["●"], ["✓", "✓", "✓"]]
        columns = [line.index("●") for line in lines[top : top + 5] if "●" in line]
        assert len(set(columns)) == 3, "each case has a column of its own"
        assert "▲ 19 Nov 2026" in player.text(), "the newest is marked"
        await player.press("end")
        assert "▲ 12 Oct 2026" in player.text()
        marked = next(line for line in player.text().splitlines() if "12 Oct 2026 late" in line)
        assert "4→1" in marked
        assert "agreed" in marked


async def test_enter_reads_the_case_and_its_customer_is_a_key_away(tmp_path: Path) -> None:
    filled(tmp_path)
    async with playing(tmp_path, size=(120, 40)) as player:
        await to_customers(player)
        await player.write("kim")
        await player.press("enter", "enter", "enter")
        screen(player, DayScreen)
        assert "Kim Oduya" in player.app.screen.query_one(CaseView).lines[0].words
        await player.press("m")
        assert "@  Who they are" in player.text()
        await player.press("@")
        screen(player, CustomerScreen)
        assert "Kim Oduya" in player.text()
        await player.press("escape")
        screen(player, DayScreen)
        await player.press("escape", "escape")
        screen(player, DeskScreen)


async def test_anybody_is_merged_by_a_name_that_is_typed(tmp_path: Path) -> None:
    filled(tmp_path)
    async with playing(tmp_path, size=(80, 24)) as player:
        await to_customers(player)
        await player.write("dana")
        await player.press("enter", "enter", "m")
        screen(player, MergeWith)
        assert "These may be them:" in player.box()
        assert "D. Reyes" in player.box()
        await player.write("dana")
        assert "Nobody has such a name" in player.box(), "they are not merged with themselves"
        for _ in "dana":
            await player.press("backspace")
        await player.write("+1 212")
        await player.press("enter")
        screen(player, SideBySide)
        await player.press("escape")
        screen(player, CustomerScreen)
        assert "3 cases" in player.text().splitlines()[0], "nothing was changed"
        await player.press("m")
        await player.write("kim")
        await player.press("down", "enter", "m")
        assert "Kim Oduya" in player.text()
        assert "4 cases" in player.text().splitlines()[0]
        await player.press("u")
        assert "3 cases" in player.text().splitlines()[0]


async def test_what_is_known_is_mended_and_taken_back(tmp_path: Path) -> None:
    dana, _ = filled(tmp_path)
    async with playing(tmp_path, size=(100, 30)) as player:
        await to_customers(player)
        await player.write("dana")
        await player.press("enter", "enter", "e")
        form = player.app.screen
        assert isinstance(form, MendCustomer)
        form.query_one("#known-since", Field).value = "20166"
        await player.press("ctrl+s")
        assert "Since when is a year" in player.box()
        for field, text in (
            ("since", "2016"),
            ("name", "Dana Lopez"),
            ("value", "4800"),
            ("zone", "berlin"),
        ):
            form.query_one(f"#known-{field}", Field).value = text
        await player.press("ctrl+s")
        shown = player.text()
        assert "Dana Lopez · Reyes Dance · since 2016 · account $4,800.00 · Europe/Berlin" in shown
        assert "also      Dana Reyes" in shown
        await player.press("u")
        assert "customer  Dana Reyes · Reyes Dance\n" in player.text()
        await player.press("t")
        await player.write("no number")
        await player.press("enter")
        assert "A number has digits, such as +1 415 555 0134." in said(player)
        await player.press("t")
        await player.write("+49 30 555 0102")
        await player.press("enter", "n")
        await player.write("Dee")
        await player.press("enter")
        assert "+1 415 555 0134 · +49 30 555 0102" in player.text()
        assert "also      Dee" in player.text()
        await player.press("d", "down", "enter")
        assert "+49 30 555 0102" not in player.text()
        await player.press("u")
        assert "+49 30 555 0102" in player.text()
    store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    assert customers.customer(store, dana, SATURDAY).person.name == "Dana Reyes"
    store.close()


async def test_what_was_mended_of_one_is_not_taken_back_from_another(tmp_path: Path) -> None:
    dana, other = filled(tmp_path)
    async with playing(tmp_path) as player:
        await to_customers(player)
        await player.write("d. rey")
        await player.press("enter", "enter", "n")
        await player.write("Dee")
        await player.press("enter")
        store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
        one_person.merge(store, dana, other, SATURDAY)
        await player.press("u")
        assert "one person with another customer now" in said(player)
        person = customers.customer(store, dana, SATURDAY).person
        assert (person.name, len(person.numbers)) == ("Dana Reyes", 2)
        store.close()


async def test_what_another_calmdesk_changes_is_shown(tmp_path: Path) -> None:
    dana, other = filled(tmp_path)
    async with playing(tmp_path) as player:
        await to_customers(player)
        await player.write("dana")
        await player.press("enter", "enter")
        assert "3 cases" in player.text().splitlines()[0]
        elsewhere = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
        one_person.merge(elsewhere, other, dana, SATURDAY)
        elsewhere.close()
        await player.tick()
        assert "Customer  D. Reyes" in player.text().splitlines()[0]
        assert "4 cases" in player.text().splitlines()[0]


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_every_name_keeps_the_screens_in_order(size: tuple[int, int], tmp_path: Path) -> None:
    store = store_of(tmp_path)
    ids = []
    for place, name in enumerate(NAMES):
        tell(
            store,
            SATURDAY - place * DAY,
            SATURDAY + DAY,
            name=name,
            number=f"+1 415 555 010{place}",
        )
        ids.append(customers.named(store, f"+1 415 555 010{place}")[0].id)
    for gone in ids[1:3]:
        one_person.merge(store, ids[0], gone, SATURDAY)
    a_case(store, NAMES[0], "+1 415 555 0103", "Printco")
    store.close()
    async with playing(tmp_path, size=size) as player:
        await to_customers(player)
        assert_whole(player)
        await player.press("enter", "enter")
        assert_whole(player)
        screen(player, SideBySide)
        x, y, _, height = player.app.screen.query_one(".box").region
        assert x >= 0
        assert y + height <= size[1]
        assert "escape leaves" in plain(player)
        await player.press("escape", "escape")
        await player.write("wolfe")
        assert_whole(player)
        await player.press("enter", "enter")
        assert_whole(player)
        assert "[/b]" not in player.text()
        for key in ("m", "e", "t", "d", "p"):
            await player.press(key)
            assert_whole(player)
            x, y, _, height = player.app.screen.query_one(".box").region
            assert x >= 0
            assert y + height <= size[1]
            await player.press("escape")
        screen(player, CustomerScreen)
        assert player.app.screen.query_one("HistoryList").region.height >= 4


async def test_a_customer_of_many_cases_is_read_page_by_page(tmp_path: Path) -> None:
    store = store_of(tmp_path)
    for place in range(70):
        at = SATURDAY - place * DAY
        tell(store, at, at + DAY, number="+1 415 555 0134")
    store.close()
    async with playing(tmp_path, size=(80, 24)) as player:
        await to_customers(player)
        await player.write("dana")
        await player.press("enter", "enter")
        assert "70 cases" in player.text().splitlines()[0]
        assert "older" in player.text()
        await player.press("end")
        assert "13 Sep 2026" in player.text()
        assert "newer ›" in player.text()
        await player.press("pageup", "pageup", "pageup")
        shown = player.text()
        assert "…………" not in shown.replace(" ", "")[:80]
        assert "▲" in shown


def test_each_outcome_has_its_sign() -> None:
    assert [
        outcome_sign(*it)
        for it in (
            ("agreed", "closed"),
            ("partly agreed", "open"),
            ("declined, reason given", "closed"),
            ("information only", "closed"),
            ("agreed", "open"),
            ("", "live"),
            ("cut off", "closed"),
            ("of an older calmdesk", "closed"),
        )
    ] == ["✓", "~", "✗", "i", "…", "…", "·", "·"]


def run(home: Path, *words: str) -> str:
    database = str(home / "calmdesk.db")
    result = CliRunner().invoke(commands, ["--database", database, "customers", *words])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_terminal_lists_customers_and_duplicates(tmp_path: Path) -> None:
    dana, other = filled(tmp_path)
    assert "names alike, same company" in run(tmp_path, "--duplicates")
    (pair,) = json.loads(run(tmp_path, "--duplicates", "--json"))
    assert (pair["one"]["id"], pair["other"]["id"]) == (dana, other)
    assert "Dana Reyes, Reyes Dance" in run(tmp_path, "dan")
    assert json.loads(run(tmp_path, "+1 415 555 0199", "--json"))[0]["id"] == other
    assert "Nobody is known by that." in run(tmp_path, "zz")
    store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    duplicates.not_same(store, dana, other, SATURDAY)
    store.close()
    assert "No two look like one person." in run(tmp_path, "--duplicates")
