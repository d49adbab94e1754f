"""Resolve: what they ask, then offers, then: would that settle it? (D4, S60-S63)"""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from calmdesk.guide.call import Offer
from calmdesk.guide.commands import find
from calmdesk.guide.happenings import AskPut, Happening, Offered, OfferWithdrawn, VerdictGiven
from calmdesk.guide.money import UNKNOWN, cost_unknown, spell_amount, spell_cost
from calmdesk.guide.outcome import Verdict
from calmdesk.guide.remedies import Remedy, over_limit, pair
from calmdesk.widgets.choice_line import ChoiceLine
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.stage_pane import StagePane

OPEN_QUESTIONS = (
    "“What would you like me to do?”",
    "“How would you settle it, in my place?”",
    "“What would make you fully content with this?”",
)
LEAST_ROWS = 4
"""Rows of the offers where the rest of the form fills the pane."""
WAYS_OUT = (
    "Somebody else: /handover and a name, with a brief from this call",
    "A final answer with its reason: /outcome closed",
    "Find out and ring: /ring thu 12:00",
)


class OfferList(OptionList):
    """What is on the table, round by round; delete takes one off the running round."""

    DEFAULT_CSS = """
    OfferList { height: 1fr; border: none; padding: 0 1; background: $background; }
    OfferList:focus { border: none; }
    """

    BINDINGS = [
        Binding(
            "delete,backspace",
            "take_off",
            "take off",
            id="offer.off",
            tooltip="Take this offer off the table",
        ),
    ]

    def on_resize(self) -> None:
        self.call_after_refresh(self.fit)

    def fit(self) -> None:
        """Take the rows that the offers need and nothing else does, with the newest in sight."""
        rows = max(1, self.virtual_size.height)
        self.styles.min_height = min(rows, LEAST_ROWS)
        self.styles.max_height = rows
        if self.highlighted is None:
            self.scroll_end(animate=False)

    def action_take_off(self) -> None:
        option = self.highlighted_option
        if option is not None and option.id:
            self.screen.query_one(ResolvePane).did(OfferWithdrawn(option.id))


class ResolvePane(StagePane):
    """The order is fixed: ask, offer, would that settle it."""

    DEFAULT_CSS = """
    ResolvePane .hint { color: $quiet; padding: 0 1; height: auto; }
    ResolvePane #limit { color: $warning; padding: 0 1; height: auto; display: none; }
    ResolvePane #limit.-over { display: block; }
    """

    _pair: Remedy | None = None
    """What to put beside an offer that costs something."""
    _shown: Sequence[Offer] = ()
    """The offers as they stand in the list."""

    def compose(self) -> ComposeResult:
        yield FormRow(
            "They ask for",
            Field(
                self.draft("ask", self.call.ask), placeholder="what would put it right", id="ask"
            ),
        )
        yield OfferList(id="offers", markup=False)
        yield FormRow("Offer", Field(self.draft("offer"), id="offer"))
        yield Static(id="offer-hint", classes="hint", markup=False)
        yield Static(id="worth", classes="hint", markup=False)
        yield Static(id="limit", markup=False)
        yield FormRow(
            "Settles it?", ChoiceLine([(v.value, v.value) for v in Verdict], id="verdict")
        )
        yield Static(id="verdict-hint", classes="hint", markup=False)

    def on_mount(self) -> None:
        self.show()

    def show(self) -> None:
        call = self.call
        self.fill("ask", call.ask)
        if tuple(call.offers) != self._shown:
            self._shown = tuple(call.offers)
            self.query_one(OfferList).set_options(
                Option(self._line(offer), id=offer.offer_id, disabled=offer.round != call.round)
                for offer in call.offers
            )
            self.call_after_refresh(self.query_one(OfferList).fit)
        self.query_one(OfferList).display = bool(call.offers)
        self.query_one("#verdict", ChoiceLine).value = call.verdict
        self._hints()

    def _line(self, offer: Offer) -> Content:
        cost = spell_cost(offer.text, offer.amount, self.around.settings.currency)
        said = f" · {offer.verdict}" if offer.verdict else ""
        return Content.assemble(
            (f"Offer {offer.round}  ", "$quiet"), offer.text, (f"  {cost}{said}", "$quiet")
        )

    def _hints(self) -> None:
        call, settings = self.call, self.around.settings
        tabled = {offer.remedy for offer in call.table}
        unknown = self._unknown
        costly = unknown is None and any(offer.amount for offer in call.table)
        self._pair = pair(
            self.around.playbook.remedies, tabled, costly and not _has_free(call.table)
        )
        if unknown is not None:
            hint = f"“{unknown.text}”: an amount? e.g. 45, or free. Enter it here."
        elif not call.ask:
            hint = "First what they ask: options come after it."
        elif self._pair is not None:
            hint = f"Pair it with what costs nothing: enter adds “{self._pair.name}”."
        else:
            hint = "What, and its amount: courier at our cost 45. “none, explained” is one too; /remedies lists all."
        if self.around.had:
            hint += f"\nThey had before: {'; '.join(self.around.had)}."
        self.query_one("#offer-hint", Static).update(hint)
        worth = self.query_one("#worth", Static)
        worth.display = call.caller.value > 0
        worth.update(self._worth())
        over = over_limit([offer.amount for offer in call.table], settings.limit)
        limit = self.query_one("#limit", Static)
        limit.set_class(over > 0 or (unknown is not None and settings.limit is not None), "-over")
        if over:
            total = sum(offer.amount for offer in call.table)
            limit.update(self._escalation(over, total))
        elif unknown is not None and settings.limit is not None:
            most = spell_amount(settings.limit, settings.currency)
            limit.update(f"! Not known whether it is within your limit of {most}.")
        said = {
            None: "",
            Verdict.YES: "Good. f4: say it back, word for word.",
            Verdict.NOT_YET: "\n".join(("Ask one of these, then offer again:", *OPEN_QUESTIONS)),
            Verdict.NO: "\n".join(("Three ways out:", *WAYS_OUT)),
        }[call.verdict]
        self.query_one("#verdict-hint", Static).update(said)

    def _worth(self) -> str:
        """What the account is worth, beside what the running offers cost (S10)."""
        call, currency = self.call, self.around.settings.currency
        account = f"account {spell_amount(call.caller.value, currency)}"
        cost = sum(offer.amount for offer in call.table)
        offers = spell_amount(cost, currency)
        if self._unknown is not None:
            offers = f"{offers} and {UNKNOWN}" if cost else UNKNOWN
        return f"{account} · offers {offers}" if call.table else account

    @property
    def _unknown(self) -> Offer | None:
        """The offer of the open round whose cost nobody named; None when all are known."""
        if self.call.verdict is not None:
            return None
        return next((it for it in self.call.table if cost_unknown(it.text, it.amount)), None)

    def _entered(self, typed: str) -> list[Happening]:
        """What a line in the Offer field says: an offer, or what one costs that did not say it."""
        offered, unknown = self.around.offer(typed.removeprefix("= ")), self._unknown
        free = typed.casefold() == "free"
        if unknown is None or not (free or (offered.amount and not offered.text)):
            return [offered]
        text = f"{unknown.text}, free" if free else unknown.text
        said = Offered(offered.offer_id, text, offered.amount, unknown.remedy)
        return [OfferWithdrawn(unknown.offer_id), said]

    def _escalation(self, over: int, total: int) -> str:
        settings = self.around.settings
        who = settings.escalate_to(self.call.category, total)
        amount = spell_amount(over, settings.currency)
        if who is None:
            return f"! {amount} over your limit, and nobody is named in the settings. /escalate"
        return f"! {amount} over your limit: {who.name} decides, {who.number}. /escalate shows what to say"

    @on(Input.Submitted, "#ask")
    def put_ask(self, event: Input.Submitted) -> None:
        event.stop()
        self._ask(event.value)
        self.query_one("#offer", Input).focus()

    @on(Input.Blurred, "#ask")
    def left_ask(self, event: Input.Blurred) -> None:
        self._ask(event.value)

    def _ask(self, value: str) -> None:
        ask = value.strip()
        if "ask" in self.edited and ask and ask != self.call.ask:
            self.did(AskPut(ask))
        self.settle("ask")

    def leftovers(self) -> list[Happening]:
        ask, offer = self.value("ask"), self.value("offer")
        left: list[Happening] = []
        if "ask" in self.edited and ask and ask != self.call.ask:
            left.append(AskPut(ask))
        if offer and find(offer) is None:
            left += self._entered(offer)
            self.query_one("#offer", Input).value = ""
        self.settle("ask", "offer")
        return left

    @on(Input.Submitted, "#offer")
    def put_offer(self, event: Input.Submitted) -> None:
        """An offer in own words; an empty line adds the pair that is proposed."""
        event.stop()
        if event.value.strip():
            for happening in self._entered(event.value.strip()):
                self.did(happening)
        elif self._pair is not None:
            self.did(Offered(self.around.new_id(), self._pair.name, 0, self._pair.id))
        elif self.call.table:
            self.query_one("#verdict").focus()
        self.take(event)

    @on(ChoiceLine.Chosen, "#verdict")
    def answered(self, event: ChoiceLine.Chosen) -> None:
        event.stop()
        self.did(VerdictGiven(Verdict(event.value)))


def _has_free(offers: list[Offer]) -> bool:
    return any(not offer.amount and not cost_unknown(offer.text, 0) for offer in offers)
