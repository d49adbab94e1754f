"""The cards of a call: my contact, and whom to call in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calmdesk.guide import happenings as h
from calmdesk.guide.money import UNKNOWN, cost_unknown
from calmdesk.guide.remedies import menu
from calmdesk.screens.card import Card

if TYPE_CHECKING:
    from calmdesk.screens.call import CallScreen


async def show_contact(screen: CallScreen) -> None:
    """The agent's direct line and e-mail, large, to be read out; both count as given (S8, S9)."""
    me = screen.place.me
    if not me.direct_line and not me.email:
        screen.ask_card()
        return
    screen.did(h.CardGiven(line=bool(me.direct_line), mail=bool(me.email)))
    lines = [me.name, me.direct_line, me.email]
    await screen.app.push_screen(Card("My contact", [line for line in lines if line]))


async def show_remedies(screen: CallScreen) -> None:
    """What can be given, from words alone to money, and nothing at all, explained (S11, S75, S76)."""
    lines = menu(screen.place.words().remedies)
    await screen.app.push_screen(Card("What can be given", lines))


async def show_escalation(screen: CallScreen) -> None:
    """Whom to call, direct number, what to say; at any amount, from any stage (S12, S13)."""
    call, place = screen.call, screen.place
    who = place.settings.escalate_to(call.category, sum(offer.amount for offer in call.table))
    say = place.words().escalate_say
    if who is None:
        lines = [f"Nobody is named yet: [[escalation]] in {place.places.settings}", f"“{say}”"]
        screen.did(h.Escalated("nobody named"))
    else:
        lines = [who.name, who.number, f"“{who.say or say}”"]
        screen.did(h.Escalated(who.name, who.number))
    if call.ask:
        lines.append(f"They ask: {call.ask}")
    if call.table:
        offered = (
            f"{it.text} ({UNKNOWN})" if cost_unknown(it.text, it.amount) else it.text
            for it in call.table
        )
        lines.append(f"Offered: {'; '.join(offered)}")
    await screen.app.push_screen(Card("Call in", lines))


async def show_emergency(screen: CallScreen) -> None:
    """The emergency card, at once."""
    screen.did(h.SafetyRaised())
    lines = screen.place.settings.emergency or screen.place.words().emergency
    await screen.app.push_screen(Card("Somebody may be in danger", lines))
