"""What follows when the telephone says that something changed: a banner, a call, a line to ring back.

calmdesk follows the telephone: it never answers and never hangs up. What the keys did already is not
done again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from textual.app import App

from calmdesk.errors import fault
from calmdesk.phone.events import KEYS
from calmdesk.phone.machine import Machine
from calmdesk.phone.phone_call import PhoneCall, State
from calmdesk.phone.turns import Change, What
from calmdesk.records import phone_calls
from calmdesk.records.phone_rows import OnTheLine
from calmdesk.widgets.ring_banner import OFFERED

if TYPE_CHECKING:
    from calmdesk.guide.call import Call
    from calmdesk.screens.call_room import CallRoom
    from calmdesk.screens.desk_news import DeskNews
    from calmdesk.screens.keeping import Keeper
    from calmdesk.screens.rings import Rings
    from calmdesk.screens.workplace import Workplace

OLD = timedelta(minutes=2)
"""A ring that is older pops no more: it is told as a call in vain when its time is up."""
LONGEST = timedelta(hours=3)
"""What was answered longer ago, while calmdesk was closed, is over: its phone did not say so."""
JUST_NOW = timedelta(seconds=2)
"""What happened within this is told at its own instant by the keys' way."""


class PhoneActs:
    """Acts on changes of the phone's calls. It knows which contact each of them is."""

    def __init__(
        self,
        app: App[Any],
        place: Workplace,
        keeper: Keeper,
        call_room: CallRoom,
        news: DeskNews,
        rings: Rings,
        machine: Machine,
    ) -> None:
        self._app = app
        self.place = place
        self.keeper = keeper
        self.call_room = call_room
        self.news = news
        self.rings = rings
        self.machine = machine
        self._contacts: dict[str, PhoneCall] = {}
        """Calls that are in calmdesk, by contact id."""
        self._began_at = place.now()

    # -- what the keys did ------------------------------------------------------------------

    def bind(self, contact_id: str, call: PhoneCall) -> None:
        """This call of the telephone is that contact."""
        self._contacts[contact_id] = call
        self.keeper.keep(phone_calls.taken, line_of(call), contact_id)

    def taken_up(self, contact_id: str, call: PhoneCall) -> None:
        """They are one since before calmdesk was started."""
        self._contacts[contact_id] = call

    def follow_keys(self) -> None:
        """Let the machine know where the calls stand by now: the keys have the last word."""
        now = self.place.now()
        for contact_id, phone_call in [*self._contacts.items()]:
            call = self.call_room.call_of(contact_id)
            if call is None:  # saved, or parked
                self.machine.over(phone_call.key, now)
                del self._contacts[contact_id]
            else:
                self.machine.stands(phone_call.key, _state(call), now)
        screen = self.call_room.screen
        if screen is not None and screen.call.contact_id not in self._contacts:
            call = screen.call
            if call.ended_at is None:
                key, number = f"{KEYS} {call.contact_id}", call.caller.number
                begun = self.machine.begun(key, number, KEYS, call.answered_at)
                self.machine.stands(key, _state(call), now)
                self._contacts[call.contact_id] = begun

    def follow_numbers(self) -> None:
        """A call that a key began gets the number that the telephone knows."""
        from calmdesk.guide.happenings import CallerNamed

        screen = self.call_room.screen
        if screen is None or not screen.is_mounted:
            return
        if screen.call.contact_id not in self._contacts:
            return
        phone_call = self._contacts[screen.call.contact_id]
        if not screen.call.caller.number and phone_call.number:
            self.bind(screen.call.contact_id, phone_call)
            caller = screen.call.caller
            screen.did(CallerNamed(**{**vars(caller), "number": phone_call.number}))
            screen.search.bring()

    # -- what the telephone says ------------------------------------------------------------

    async def act(self, changes: Sequence[Change]) -> None:
        """Do what follows, in order. A whole call from before calmdesk was started is only told."""
        said = ""
        whole = {it.call for it in changes if it.what is What.ENDED and self._was_away(it)}
        for change in changes:
            try:
                await self._act(change, change.call in whole)
            except Exception as error:  # a fault of ours here must not keep others from following
                said = not_followed(error)
        if changes:
            self.news.trouble("followed", said)

    def _was_away(self, change: Change) -> bool:
        answered = change.call.answered_at
        unseen = change.call not in self._contacts.values()
        return answered is not None and answered < self._began_at and unseen

    def _forgotten(self, change: Change) -> bool:
        return self._was_away(change) and self.place.now() - change.at > LONGEST

    async def _act(self, change: Change, whole: bool) -> None:
        call = change.call
        match change.what:
            case What.ENDED if whole:
                self._talked_while_closed(call, unclear=False)
            case _ if whole:
                return
            case What.ANSWERED if self._forgotten(change):
                self._talked_while_closed(call, unclear=True)
            case What.RANG:
                await self._rang(change)
            case What.ANSWERED:
                await self._answered(change)
            case What.HELD | What.RESUMED:
                await self._held(change)
            case What.ENDED:
                await self._ended(change)
            case What.MISSED | What.UNCLEAR:
                self._missed(change)
            case What.THEY_HOLD:
                self._hint(call, "Their side has you on hold.")
            case What.THEY_RESUME:
                self._hint(call, "")
            case What.LINK_LOST if call.state.live:
                self.rings.say("! phone link lost: the call goes on, and every key works")
            case What.LINK_BACK:
                self.rings.say("")

    async def _rang(self, change: Change) -> None:
        if change.call.state is State.RINGING and self.place.now() - change.at < OLD:
            await self.rings.show(change.call)

    async def _answered(self, change: Change) -> None:
        call = change.call
        matches = self.rings.end(call)
        others = {it for it, phone_call in self._contacts.items() if phone_call.source != KEYS}
        contact_id = await self.call_room.answered(call.number, change.at, others)
        if not contact_id:
            return
        self.bind(contact_id, call)
        matches = matches or await self.rings.who(call)
        sure = any(match.sure and match.caller.name for match in matches)
        maybe = " · ".join(it.caller.name for it in matches[:OFFERED] if it.caller.name)
        if not sure and (maybe or call.name):
            who = f"maybe {maybe}" if maybe else f"the phone shows {call.name}"
            self._hint(call, f"{who}   ctrl+l says who")

    async def _held(self, change: Change) -> None:
        from calmdesk.guide.happenings import Held, Resumed

        contact_id = self._contact(change.call)
        call = self.call_room.call_of(contact_id)
        if call is None or call.ended_at is not None:
            return
        held = change.what is What.HELD
        screen = self.call_room.screen
        if not held and contact_id in self.call_room.waiting:
            await self.call_room.bring_back(contact_id)
            screen = self.call_room.screen
        if call.held == held:
            return
        happening = Held() if held else Resumed()
        if screen is not None and screen.call is call:
            screen.did(happening, at=self._its_own(change.at))
        else:
            self.call_room.waiting.happened(contact_id, happening, at=change.at)

    async def _ended(self, change: Change) -> None:
        contact_id = self._contact(change.call)
        screen = self.call_room.screen
        if contact_id in self.call_room.waiting:
            who = self._called(change.call)
            self.call_room.hung_up(contact_id, change.at)
            words = f"{who} hung up while on hold. The wrap-up waits on the Desk."
            self._app.notify(words, severity="warning", markup=False)
        elif screen is not None and screen.call.contact_id == contact_id:
            if screen.call.ended_at is not None:
                return
            await screen.hung_up(self._its_own(change.at))
            if change.call.uncertain:
                hint = "It ended while the phone's link was down: when exactly, nobody knows."
                screen.note_line.hint = hint

    def _missed(self, change: Change) -> None:
        """Nobody answered, or nobody knows: a line on the Desk, and a call-back."""
        call, now = change.call, self.place.now()
        self.rings.end(call)
        rang = call.seconds(State.RINGING, now)
        unclear = change.what is What.UNCLEAR or call.uncertain
        self.keeper.keep(phone_calls.in_vain, line_of(call), int(rang), 0, unclear)
        self.news.refresh()

    def _talked_while_closed(self, call: PhoneCall, unclear: bool) -> None:
        """calmdesk was closed while somebody spoke with them; `unclear` is how long."""
        now = self.place.now()
        talked = call.seconds(State.LISTENING, now) + call.seconds(State.ON_HOLD, now)
        rang = int(call.seconds(State.RINGING, now))
        length = 1 if unclear else max(1, int(talked))
        self.rings.end(call)
        self.keeper.keep(phone_calls.in_vain, line_of(call), rang, length, unclear)
        self.machine.over(call.key, now)
        self.news.refresh()

    # -- what the acts share ----------------------------------------------------------------

    def _its_own(self, at: datetime) -> datetime | None:
        """The instant of what happened a while ago; None for what happens now."""
        return at if self.place.now() - at >= JUST_NOW else None

    def _contact(self, call: PhoneCall) -> str:
        return next((it for it, phone_call in self._contacts.items() if phone_call is call), "")

    def _called(self, call: PhoneCall) -> str:
        of_contact = self.call_room.call_of(self._contact(call))
        name = of_contact.caller.name if of_contact is not None else ""
        return name or call.number or "The caller"

    def _hint(self, call: PhoneCall, words: str) -> None:
        screen = self.call_room.screen
        if screen is not None and screen.call.contact_id == self._contact(call):
            screen.note_line.hint = words


def line_of(call: PhoneCall) -> OnTheLine:
    """A call of the telephone, to be kept."""
    return OnTheLine(call.key, call.source, bool(call.id), call.number, call.name, call.began_at)


def not_followed(error: Exception) -> str:
    """What is said of a fault of ours."""
    return f"The telephone was not followed ({fault(error)}); every key works."


def _state(call: Call) -> State:
    if call.ended_at is not None:
        return State.WRAP_UP
    return State.ON_HOLD if call.held else State.LISTENING
