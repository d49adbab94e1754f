"""Who is calling: found while it is typed, and brought with their story once it is known."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from calmdesk.errors import StoreError
from calmdesk.guide import happenings as h
from calmdesk.guide.notes import Sign, sign_at
from calmdesk.records import people, phone_calls
from calmdesk.records.call_rows import Match
from calmdesk.screens.beside import run_beside
from calmdesk.screens.entering import named

if TYPE_CHECKING:
    from calmdesk.screens.call import CallScreen


class CallerSearch:
    """Looks callers up for one call screen."""

    def __init__(self, screen: CallScreen) -> None:
        self.screen = screen
        self.offered: Match | None = None
        """Who was found for a half-typed `@ ` line."""

    def explain(self, typed: str) -> None:
        """Show who a half-typed caller may be; the focus stays."""
        run_beside(self.screen, partial(self._explain, typed), exclusive=True, group="who")

    def bring(self) -> None:
        """Bring the story of the caller, as soon as there is a number or a name."""
        run_beside(self.screen, self._bring, exclusive=True, group="look-up")

    def completed(self) -> str:
        """The `@ ` line with the caller that was found filled in; '' when none was."""
        if self.offered is None:
            return ""
        return f"@ {_words(self.offered.caller)}"

    async def shown(self) -> str:
        """The name that their telephone shows; '' when there is none."""
        with suppress(StoreError):  # the keeper says what is wrong with the store
            contact_id = self.screen.call.contact_id
            return await self.screen.place.desk.look(phone_calls.name_shown, contact_id)
        return ""

    async def _explain(self, typed: str) -> None:
        words = named(typed, h.CallerNamed())
        matches = await self._who(words.number, words.name)
        self.offered = matches[0] if matches else None
        line = self.screen.note_line
        if matches and sign_at(line.input.value) is Sign.CALLER:
            names = " · ".join(_words(match.caller) for match in matches[:2])
            maybe = "" if matches[0].sure else "maybe "
            line.hint = f"{maybe}{names}   tab takes the first"

    async def _bring(self) -> None:
        """A number is sure when it is one customer's and the name given is theirs; a name alone is
        a maybe. What the record knows of the same person fills what was not said."""
        screen = self.screen
        caller = screen.call.caller
        matches = await self._who(caller.number, caller.name)
        same = [m for m in matches if _is(m, caller)]
        screen.show_match(same[0] if same else None)
        if same:
            known = filled(caller, same[0].caller)
            if known != caller:
                screen.did(known)

    async def _who(self, number: str, name: str) -> list[Match]:
        place, running = self.screen.place, self.screen.call.case_id
        earlier = self.screen.opened.earlier.case_id
        try:
            return await place.desk.look(
                people.who_calls, number, name, running, place.now(), earlier
            )
        except StoreError:
            return []  # the keeper says what is wrong with the store, and goes on trying


def _is(match: Match, caller: h.CallerNamed) -> bool:
    """Whether the caller has one of their names; or the number is theirs, and one side has none."""
    names = {name.casefold() for name in (match.caller.name, *match.names)}
    same_name = bool(caller.name) and caller.name.casefold() in names
    return same_name or (match.sure and not (caller.name and match.caller.name))


def _words(caller: h.CallerNamed) -> str:
    return ", ".join(part for part in (caller.name, caller.company, caller.number) if part)


def filled(caller: h.CallerNamed, known: h.CallerNamed) -> h.CallerNamed:
    """The caller with what the record knows of the same person; what was typed in this call
    stands, another name of theirs too, but for the spelling of one that differs only in its
    capitals."""
    same_name = caller.name.casefold() == known.name.casefold()
    return h.CallerNamed(
        name=known.name if same_name or not caller.name else caller.name,
        company=caller.company or known.company,
        number=caller.number or known.number,
        since=caller.since or known.since,
        value=caller.value or known.value,
        zone=caller.zone or known.zone,
    )
