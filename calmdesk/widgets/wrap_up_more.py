"""What a wrap-up can also hold, folded away until it is wanted: acts, a self-check, a review."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from calmdesk.guide.behaviour import ACTS
from calmdesk.guide.call import Call
from calmdesk.guide.happenings import (
    BehaviourSeen,
    FollowUpDropped,
    FollowUpSet,
    Happening,
    SelfChecked,
)
from calmdesk.guide.next_step import REVIEW_AFTER, review_time
from calmdesk.guide.promises import FollowUpKind
from calmdesk.guide.self_check import CHECKS
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.stage_pane import Around, StagePane
from calmdesk.widgets.tick import Tick
from calmdesk.widgets.tick_line import TickLine


class MoreLine(Widget, can_focus=True):
    """One line that opens what is folded away, and folds it again."""

    DEFAULT_CSS = """
    MoreLine { height: 1; padding: 0 1; color: $quiet; text-wrap: nowrap; text-overflow: ellipsis; }
    MoreLine:focus { background: $panel; }
    """

    BINDINGS = [
        Binding(
            "enter,space",
            "turn",
            "more",
            id="wrap.more",
            tooltip="What was seen, a check of oneself, a review to watch; all optional",
        ),
    ]

    open: reactive[bool] = reactive(False)
    """Whether the rows below are shown."""

    class Turned(Message):
        """It was opened, or folded."""

    def render(self) -> Content:
        return Content(f"{'▾' if self.open else '▸'} more, if you like: enter")

    def action_turn(self) -> None:
        self.open = not self.open
        self.post_message(self.Turned())

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.action_turn()


class WrapUpMore(Vertical):
    """Nothing here is required, and nothing of it is shown while a call is live (D10)."""

    DEFAULT_CSS = """
    WrapUpMore { height: auto; }
    WrapUpMore FormRow { display: none; }
    WrapUpMore.-open FormRow { display: block; }
    WrapUpMore TickLine { padding: 0 1; }
    """

    def __init__(self, call: Call, around: Around) -> None:
        super().__init__()
        self._call = call
        self._around = around
        self._review_id = ""
        """Id of the look for a review, once one was set."""

    def compose(self) -> ComposeResult:
        acts = [(act.id, act.label) for act in ACTS]
        yield MoreLine(id="more")
        yield FormRow("Observed", TickLine(acts, id="acts"))
        yield FormRow("Ask yourself", TickLine(list(CHECKS.items()), id="checks"))
        yield FormRow(
            "Review",
            Tick(f"may come: look in {REVIEW_AFTER} days", id="review"),
        )

    def show(self) -> None:
        """Show the call as it now stands."""
        self.query_one("#acts", TickLine).values = self._call.acts
        self.query_one("#checks", TickLine).values = self._call.ticks
        self.query_one("#review", Tick).value = self._call.review is not None

    @on(MoreLine.Turned)
    def turned(self, event: MoreLine.Turned) -> None:
        event.stop()
        opened = self.query_one(MoreLine).open
        self.set_class(opened, "-open")
        if opened:
            self.query_one("#acts").focus(scroll_visible=False)

    def on_resize(self) -> None:
        """Opened, it has grown: bring it into sight, its first line on top."""
        if self.has_class("-open") and self.has_focus_within:
            self.scroll_visible(animate=False, top=True, immediate=True)

    @on(TickLine.Ticked, "#acts")
    def observed(self, event: TickLine.Ticked) -> None:
        event.stop()
        self._did(BehaviourSeen(event.values))

    @on(TickLine.Ticked, "#checks")
    def checked(self, event: TickLine.Ticked) -> None:
        event.stop()
        self._did(SelfChecked(event.values))

    @on(Tick.Turned, "#review")
    def watch_for_review(self, event: Tick.Turned) -> None:
        event.stop()
        if self._call.review is not None:
            self._review_id = self._call.review.follow_up_id
        if event.value:
            self._review_id = self._review_id or self._around.new_id()
            around, kind = self._around, FollowUpKind.REVIEW
            due = around.instant(review_time(around.wall(None), around.settings.hours))
            self._did(FollowUpSet(self._review_id, due, kind.words, kind))
        elif self._review_id:
            self._did(FollowUpDropped(self._review_id))

    def _did(self, happening: Happening) -> None:
        self.post_message(StagePane.Happened(happening))
