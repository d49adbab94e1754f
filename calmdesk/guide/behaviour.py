"""What a caller was seen to do, as acts: recorded after the call, never a label for them (D10, S74)."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Act:
    """One thing that can be seen or heard; a guess at why it was done is none."""

    id: str
    """Its code in the record: one word."""
    label: str


ACTS = (
    Act("threat", "threatened somebody"),
    Act("abuse", "insulted a person"),
    Act("recording", "announced a recording"),
    Act("audience", "spoke for an audience"),
    Act("repeat_claim", "repeated a settled claim"),
    Act("raised_ask", "raised the ask once met"),
    Act("refused_all", "refused offers unheard"),
    Act("hung_up", "hung up"),
)


def in_words(codes: Iterable[str]) -> str:
    """Codes as words, in the order of the list; a code of another calmdesk stands as it is."""
    wanted = list(dict.fromkeys(codes))
    known = {act.id: act.label for act in ACTS}
    ordered = [id for id in known if id in wanted] + [id for id in wanted if id not in known]
    return ", ".join(known.get(id, id) for id in ordered)
