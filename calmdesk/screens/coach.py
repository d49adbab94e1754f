"""What an agent pinned and muted, and what was counted of each phrase: asked of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calmdesk.guide.learned import Learned, in_words
from calmdesk.records import coaching

if TYPE_CHECKING:
    from calmdesk.records.people_rows import Choice
    from calmdesk.screens.workplace import Workplace


async def read_choices(place: Workplace) -> None:
    """Bring what was pinned and muted. Raises StoreError."""
    place.choices = dict(await place.desk.look(coaching.choices))


async def read_learned(place: Workplace) -> None:
    """Bring what was counted. Raises StoreError."""
    place.learned = await place.desk.look(coaching.learned)


async def choose(place: Workplace, phrase_id: str, choice: Choice) -> None:
    """Pin or mute a phrase, from the next suggestion on; chosen again, it is taken back. Raises
    StoreError."""
    others = {id: chosen for id, chosen in place.choices.items() if id != phrase_id}
    again = place.choices.get(phrase_id) == choice
    await place.desk.ask(coaching.choose, phrase_id, "" if again else choice, place.now())
    place.choices = others if again else {**others, phrase_id: choice}


def counted(place: Workplace, phrase_id: str) -> str:
    """What was counted of a phrase beside its stage's own baseline, as a sentence."""
    return in_words(place.learned.get(phrase_id, Learned()))
