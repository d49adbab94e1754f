"""Facts that the tests of letters write with, and a page read as its reader sees it."""

from dataclasses import replace
from html.parser import HTMLParser

from calmdesk.letters.facts import Contact, Facts, Promise

KIM = Contact("Kim Dale", "+1 415 555 0100", "kim@harbour.example")
FULL = Facts(
    reference="CD-261121-7F3K",
    customer="Dana Reyes",
    company="Reyes & Sons",
    firm="Harbour Print",
    agent="Sam Lee",
    direct_line="+1 415 555 0134",
    email="sam@harbour.example",
    date="23 November 2026",
    ask="the flyers in hand by Friday",
    happened="two thousand flyers due on Friday were still at the courier on Monday",
    read_back="We print them again tonight. A courier brings them: Friday 27 November at 9:00. "
    "Is that right?",
    agreed="Monday 23 November at 10:40",
    offers=("a reprint at our cost",),
    promises=(
        Promise("the flyers are at your door", "Friday 27 November at 9:00"),
        Promise("the delivery fee goes back to your card", "Wednesday 25 November at 17:30"),
    ),
    follow_up="on Friday 27 November at 15:00",
    why_longer="the courier's log comes on Thursday morning, and the answer depends on it",
    until="Thursday 26 November at 12:00",
    decision="we cannot refund the first print run",
    reasons=("all two thousand were used", "the reprint replaced each of them at our cost"),
    still=("ten percent off the next run",),
    reader=KIM,
    contact=KIM,
)
OURS = replace(FULL, ours=True)
BARE = Facts()


class Page(HTMLParser):
    """A page's title, the words of its letter, and the skeleton of tags around them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        """Every tag as it opens, with its attributes; a line's end is none."""
        self.text = ""
        """What stands in the letter itself, character for character."""
        self.title = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":
            self.tags.append(" ".join([tag, *(f"{name}={value}" for name, value in attrs)]))
        if tag not in ("br", "hr", "img", "meta"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "main" in self._open:
            self.text += data
        elif "title" in self._open:
            self.title += data
