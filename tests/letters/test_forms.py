"""An edited letter in the form that leaves the house."""

import pytest

from calmdesk.errors import LetterError
from calmdesk.letters.forms import Letterhead, render
from calmdesk.letters.writing import KINDS, write
from tests.letters.known import FULL, OURS, Page

EDITED = """\
Dear Dana,

here is what we said, in a line that is so long that it had to go on
below.

You can hold me to these:
- the flyers: Friday, and they come with a courier who rings you before
  he comes
- the fee

Kind regards
Sam
"""


def test_lines_that_end_early_end_there_and_full_ones_flow() -> None:
    assert render(EDITED, "markdown", "Flyers *") == (
        "# Flyers \\*\n\nDear Dana,\n\n"
        "here is what we said, in a line that is so long that it had to go on\nbelow.\n\n"
        "You can hold me to these:\n\n"
        "- the flyers: Friday, and they come with a courier who rings you before\n  he comes\n"
        "- the fee\n\nKind regards\\\nSam\n"
    )


def test_the_page_of_an_edited_text_has_its_letterhead_subject_and_language() -> None:
    head = Letterhead("Harbour <Print>", "CD-261121-7F3K", "23 November 2026")
    html = render(EDITED, "html", "Flyers & more", head, "de")
    page = Page(html)
    assert page.title == "Flyers & more"
    assert page.tags[0] == "html lang=de"
    assert page.tags[page.tags.index("main") :] == [
        "main",
        "h1",
        "p",
        "p",
        "p",
        "ul",
        "li",
        "li",
        "p",
    ]
    assert "<p>Harbour &lt;Print&gt;</p>" in html
    assert "23 November 2026 · CD-261121-7F3K" in html


def test_a_page_without_a_subject_still_has_a_title() -> None:
    assert Page(render("Hello", "html", "", Letterhead("Harbour"))).title == "Harbour"
    page = Page(render("Hello", "html", ""))
    assert page.title == "Letter"
    assert "header" not in page.tags


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS])
def test_a_letter_that_was_not_edited_comes_back_the_same(kind: str) -> None:
    letter = write(kind, FULL)
    again = render(letter.text, "html", letter.subject, letter.letterhead, letter.language)
    assert again.split() == letter.html.split()
    joined = render(letter.text, "markdown", letter.subject).split()
    assert joined == letter.markdown.split()


def test_a_form_that_nobody_knows_is_told_with_the_nearest() -> None:
    with pytest.raises(LetterError, match="did you mean markdown"):
        render("x", "markdwon", "")


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS])
def test_a_letter_that_was_opened_and_not_changed_is_the_page_that_was_written(kind: str) -> None:
    letter = write(kind, OURS)
    assert max(map(len, letter.text.splitlines())) <= 72
    assert letter.flowing.split() == letter.text.split()
    assert "\n\n\n" not in letter.flowing
    released = render(letter.flowing, "html", letter.subject, letter.letterhead, letter.language)
    assert Page(released).text.split() == Page(letter.html).text.split()
    assert Page(released).tags == Page(letter.html).tags
