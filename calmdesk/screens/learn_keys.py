"""The keys of Learn; those of each part stand with its list."""

from textual.binding import Binding, BindingType

KEYS: list[BindingType] = [
    Binding(
        "left",
        "step(-1)",
        "before",
        id="learn.before",
        priority=True,
        tooltip="The period before",
    ),
    Binding(
        "right", "step(1)", "after", id="learn.after", priority=True, tooltip="The period after"
    ),
    Binding("p", "length", "period", id="learn.length", tooltip="Week, month, quarter or year"),
    Binding(
        "f",
        "typed",
        "from-to",
        id="learn.typed",
        tooltip="Type any period: 1 oct - 20 nov, last 30 days",
    ),
    Binding("1", "part(0)", "causes", id="learn.causes", show=False, tooltip="The causes"),
    Binding("2", "part(1)", "actions", id="learn.actions", show=False, tooltip="The actions"),
    Binding("3", "part(2)", "examples", id="learn.examples", show=False, tooltip="Examples"),
    Binding("tab", "go(1)", "next part", id="learn.next", tooltip="Causes, actions, examples"),
    Binding("shift+tab", "go(-1)", "part before", id="learn.last", show=False, tooltip="Back"),
    Binding(
        "escape",
        "leave",
        "back",
        id="learn.leave",
        tooltip="From what is read to the lists, from the lists to the Desk",
    ),
]
