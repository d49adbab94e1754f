"""What an agent pinned and muted, and what was counted of each phrase: asked of the record."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from calmdesk import records

if TYPE_CHECKING:
    from calmdesk.screens.workplace import Workplace

PINNED, MUTED = "pinned", "muted"


def _room() -> Any:
    """The seam to the record's verbs: None while it has none, and choices last until the end."""
    return getattr(records, "coaching", None)


async def read_choices(place: Workplace) -> None:
    """Bring what was pinned and muted. Raises StoreError."""
    if (room := _room()) is not None:
        place.choices = dict(await place.desk.look(room.choices))


async def read_learned(place: Workplace) -> None:
    """Bring what was counted. Raises StoreError."""
    if (room := _room()) is not None:
        place.learned = await place.desk.look(room.learned)


async def choose(place: Workplace, phrase_id: str, choice: str) -> None:
    """Pin or mute a phrase, from the next suggestion on; '' takes it back. Raises StoreError."""
    if (room := _room()) is not None:
        await place.desk.ask(room.choose, phrase_id, choice, place.now())
    others = {id: chosen for id, chosen in place.choices.items() if id != phrase_id}
    place.choices = {**others, phrase_id: choice} if choice else others


def counted(place: Workplace, phrase_id: str) -> str:
    """What was counted of a phrase beside its stage's own baseline, as a sentence."""
    learned = place.learned.get(phrase_id)
    if learned is None:
        return "not said yet"
    sentence: str = import_module("calmdesk.guide.learned").in_words(learned)
    return sentence
