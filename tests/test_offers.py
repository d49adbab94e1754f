"""Offers as an agent meets them: what they cost, whether it is known, and the newest in sight."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from calmdesk.guide import playbook
from calmdesk.records import browse, reading, reporting
from calmdesk.records.case_rows import CaseWhole
from calmdesk.records.store import Store
from calmdesk.reports.asked_section import asked
from calmdesk.reports.labels import Labels
from calmdesk.reports.period import Period
from calmdesk.settings import Settings
from tests.made_once import fresh
from tests.player import Player, playing
from tests.reporting import Living, Put


async def whole(player: Player, ref: str) -> CaseWhole:
    return await player.app.desk.look(browse.whole, ref, player.clock.now())


async def put(player: Player, line: str) -> None:
    """Enter a line in the Offer field."""
    player.screen.set_focus(player.screen.query_one("#offer", Input))
    await player.write(line)
    await player.press("enter")


async def test_an_offer_of_money_is_kept_with_its_amount(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n", "ctrl+r")
        await put(player, "900 off the bill")
        assert [offer.amount for offer in player.call.offers] == [90000]
        assert "900 off the bill  $900.00" in player.text()


async def test_an_amount_that_is_not_known_is_asked_for_and_then_known(tmp_path: Path) -> None:
    async with playing(tmp_path, settings=Settings(limit=5000)) as player:
        await player.press("ctrl+n", "ctrl+r")
        await put(player, "20 off each")
        assert "20 off each  amount?" in player.text()
        assert "“20 off each”: an amount? e.g. 45, or free." in player.text()
        assert "Not known whether it is within your limit of $50.00" in player.text()
        await put(player, "60")
        assert [(it.text, it.amount) for it in player.call.offers] == [("20 off each", 6000)]
        assert "$10.00 over your limit" in player.text()


async def test_an_offer_that_turns_out_free_says_so(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n", "ctrl+r")
        await put(player, "10% off")
        await put(player, "free")
        assert [(it.text, it.amount) for it in player.call.offers] == [("10% off, free", 0)]
        assert "amount?" not in player.text()


async def test_what_is_not_known_stays_not_known_wherever_the_case_is_read(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("= 45, then we ring")
        case = await whole(player, player.call.ref)
        shown = reading.read_case(case, player.app.place.wall, playbook.load(), "USD")
        assert sum("amount?" in line.words for line in shown) == 2, "the offer, and the journal"
        await player.note("/escalate")
        assert "45, then we ring (amount?)" in player.text()


def test_a_report_counts_what_is_not_known_neither_as_money_nor_as_nothing(tmp_path: Path) -> None:
    store = Store.open(fresh(tmp_path / "calmdesk.db"))
    day = datetime(2026, 11, 18, tzinfo=UTC)
    offers = [Put("20 off each"), Put("named contact", 0, "named_contact"), Put("30 off", 3000)]
    Living(store).call(day, offers=offers)
    edges = Period(day.date(), day.date(), UTC).edges()
    report = reporting.report(store, edges, day + timedelta(days=1))
    store.close()
    section = asked(report, Labels(playbook.load()))
    values = {figure.label: figure.words for figure in section.figures}
    assert values["Remedies that cost nothing"] == "1"
    assert values["Remedies that cost money"] == "1, $30.00 in all"
    assert values["Remedies of which the cost is not known"] == "1"


@pytest.mark.parametrize("size", [(48, 30), (80, 24), (120, 40)])
async def test_the_newest_of_many_offers_is_in_sight(tmp_path: Path, size: tuple[int, int]) -> None:
    offers = (
        "= courier at our cost to the hall on friday 45",
        "= voucher for the next order of the year 20",
        "= a written explanation of what went wrong here, and a call from the manager",
        "= 30 off the next bill that goes out to her",
        "= one named person until it is all done",
    )
    async with playing(tmp_path, size=size) as player:
        await player.press("ctrl+n")
        for line in offers[:-1]:
            await player.note(line)
        await player.press("ctrl+r")
        assert "30 off the next bill" in player.text()
        await player.note(offers[-1])
        assert "one named person" in player.text()


async def test_an_offer_that_was_never_answered_is_told_once_before_it_is_saved(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("= voucher 10")
        await player.note("/settle not yet")
        await player.note("= Refund 45")
        await player.note("/wrap")
        await player.note("/outcome agreed")
        ref = player.call.ref
        await player.press("ctrl+s")
        assert not player.call.finished
        assert "Offer 2, “Refund”, was never answered: ctrl+r" in player.screen.note_line.hint
        await player.press("ctrl+s")
        case = await whole(player, ref)
        assert [offer["verdict"] for offer in case.offers] == ["not yet", ""]


async def test_an_offer_that_is_answered_after_the_question_is_saved_and_given(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("= Refund 45")
        await player.note("/wrap")
        await player.note("/outcome agreed")
        ref = player.call.ref
        await player.press("ctrl+s", "ctrl+r")
        await player.note("/settle yes")
        await player.note("/wrap")
        await player.press("ctrl+s")
        case = await whole(player, ref)
        assert [offer["verdict"] for offer in case.offers] == ["yes"]
        assert case.line.outcome == "agreed"
