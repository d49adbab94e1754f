"""What a colleague saw in the agent's own work, to be read by them (QA review)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from calmdesk.errors import CalmdeskError
from calmdesk.guide.english.days import without_year
from calmdesk.guide.reviewing import judged
from calmdesk.records import reviews
from calmdesk.screens.box import Box

if TYPE_CHECKING:
    from calmdesk.records.review_rows import ReviewForMe
    from calmdesk.screens.workplace import Workplace

KEYS = "escape closes it · r reads the case\nIt stays in the case, to be read again."


_AROUND = 10
"""Rows of the box that are not what was seen, and of the screen around it."""


class ReviewBox(Box[str]):
    """Answers `read` to go on to the case. It is marked as read once it is open."""

    DEFAULT_CSS = """
    ReviewBox VerticalScroll { height: auto; }
    ReviewBox VerticalScroll Static { height: auto; padding-bottom: 1; }
    """

    BINDINGS = [
        Binding("r", "leave('read')", "the case", id="seen.case", tooltip="Read the case whole"),
        Binding("escape,enter", "leave", "close", id="seen.leave", tooltip="It stays in the case"),
    ]

    def __init__(self, place: Workplace, review: ReviewForMe) -> None:
        super().__init__()
        self.place = place
        self._review = review

    def compose(self) -> ComposeResult:
        it = self._review
        when = without_year(self.place.wall(it.at))
        with Vertical(classes="box"):
            yield Static(f"{it.customer} · {it.ref}", classes="box-title", markup=False)
            with VerticalScroll():
                who = it.reviewer or "A colleague"
                yield Static(f"{who} looked at your work, {when}.", markup=False)
                for title, words in self._said():
                    yield Static(Content.assemble((f"{title}: ", "$quiet"), words), markup=False)
            yield Static(KEYS, id="seen-hint", classes="box-hint", markup=False)

    def on_resize(self) -> None:
        """Of long words, the foot of the box stays in sight."""
        self.query_one(VerticalScroll).styles.max_height = max(3, self.size.height - _AROUND)

    def _said(self) -> list[tuple[str, str]]:
        words = self._review.words
        said = [
            ("Went well", words.went_well),
            ("Judged", judged({asked: it.value for asked, it in words.judged.items()})),
            ("One thing to try", words.try_next),
            ("To you alone", words.note),
        ]
        return [(title, text) for title, text in said if text]

    def on_mount(self) -> None:
        self.mark_read()

    @work(group="keeping")
    async def mark_read(self) -> None:
        """It has been read: it leaves the Desk."""
        place = self.place
        try:
            await place.desk.ask(reviews.read, self._review.id, place.now())
        except CalmdeskError as error:
            self.query_one("#seen-hint", Static).update(f"! {error}")

    def action_leave(self, answer: str | None = None) -> None:
        self.leave(answer)
