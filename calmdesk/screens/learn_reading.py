"""An action or an example as lines to read."""

from __future__ import annotations

from calmdesk.guide.english.days import with_year
from calmdesk.guide.heat import spell_heats
from calmdesk.guide.money import spell_cost
from calmdesk.guide.notes import Sign
from calmdesk.records.learn_rows import ActionLine, Example
from calmdesk.records.read_lines import Line, Tone
from calmdesk.screens.workplace import Workplace
from calmdesk.words import count

_NOTES = {
    Sign.SAYS: "they say",
    Sign.ASK: "they ask",
    Sign.FACT: "fact",
    Sign.PROMISE: "told",
    Sign.OFFER: "offer",
    Sign.STAKE: "at stake",
}


def read_action(action: ActionLine, place: Workplace) -> list[Line]:
    """An action from top to bottom: what, who, when, and the proof."""
    words = place.words()
    state = action.state(place.now())
    steps = [
        ("opened", action.opened_at, f" by {action.opened_by}" if action.opened_by else ""),
        ("due", action.due_at, ""),
        ("made", action.done_at, ""),
        ("check due", action.check_at, f", {action.days} days before and after"),
        ("checked", action.checked_at, ""),
        ("closed", action.closed_at, ""),
    ]
    told = count(action.pledges, "customer")
    return [
        Line("", action.change, Tone.TITLE),
        Line("stands", f"{state.sign} {state.value}"),
        Line("cause", f"{words.cause_name(action.cause)} ({words.cause_group(action.cause)})"),
        Line("owner", action.owner),
        *(
            Line(label, f"{with_year(place.wall(at))}{more}")
            for label, at, more in steps
            if at is not None
        ),
        *([Line("effect", action.effect)] if action.effect else []),
        *([Line("found", action.finding)] if action.finding else []),
        *([Line("pledged", f"to {told}")] if action.pledges else []),
    ]


def read_example(example: Example, place: Workplace) -> list[Line]:
    """An example from top to bottom: what they told, what was said and offered, how it ended."""
    words, currency = place.words(), place.settings.currency
    heat = spell_heats(example.heat_start, example.heat_end) or "not marked"
    about = words.category_name(example.category) or "not said"
    return [
        Line("", f"{about} · heat {heat} · {example.outcome}", Tone.TITLE),
        *_said("cause", words.cause_name(example.cause)),
        *_said("at stake", example.stake),
        *_said("they asked", example.ask),
        *(Line(_label(sign), text) for sign, text in example.notes),
        *(Line("said", f"“{line}”") for line in example.said),
        *(
            Line(
                "offer", f"{text} · {spell_cost(text, amount, currency)} · {verdict or 'no answer'}"
            )
            for text, amount, verdict in example.offers
        ),
        *_said("read back", example.read_back),
        *_said("summary", example.summary),
    ]


def _said(label: str, text: str) -> list[Line]:
    return [Line(label, text)] if text else []


def _label(sign: str) -> str:
    return _NOTES.get(Sign(sign), "note")
