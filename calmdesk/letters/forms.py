"""A letter's forms: a plain e-mail, Markdown, and a page to print."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calmdesk.errors import LetterError
from calmdesk.guide.playbook.reading import not_known
from calmdesk.letters.edited import to_markdown
from calmdesk.letters.plain_text import WIDTH, inline, to_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

FORMS = {"text": "txt", "markdown": "md", "html": "html"}
"""Form of a letter to the ending of its file."""
_PAGE = "page.html.j2"


@dataclass(frozen=True)
class Letterhead:
    """What stands small above a page; what is '' is left out."""

    firm: str = ""
    reference: str = ""
    date: str = ""


def render(
    text: str,
    form: str,
    subject: str,
    letterhead: Letterhead | None = None,
    language: str = "en",
) -> str:
    """An edited letter in a form of FORMS. The text is plain: paragraphs, and lines that begin
    with "- "; as "text" it comes back as it is. Raises LetterError for another form."""
    if form not in FORMS:
        raise LetterError(not_known(f"The form {form!r}", form, tuple(FORMS)))
    if form == "text":
        return text
    markdown = to_markdown(text, subject)
    return markdown if form == "markdown" else page(markdown, subject, letterhead, language)


def parts(markdown: str, width: int = WIDTH) -> tuple[str, str]:
    """The subject of a letter, which is the heading that it begins with, and the rest as text."""
    tokens = _markdown().parse(markdown)
    subject = inline(tokens[1]) if _has_subject(tokens) else ""
    return " ".join(subject.split()), to_text(tokens[3:] if _has_subject(tokens) else tokens, width)


def page(
    markdown: str, subject: str, letterhead: Letterhead | None = None, language: str = "en"
) -> str:
    """A letter as one HTML file that prints well and fetches nothing."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    body = Markup(_markdown().render(markdown))  # html is off in it: every < of a value is a text
    head = letterhead or Letterhead()
    return environment.get_template(_PAGE).render(
        body=body, subject=subject, letterhead=head, language=language
    )


def _has_subject(tokens: "Sequence[Token]") -> bool:
    return bool(tokens) and tokens[0].type == "heading_open" and tokens[0].tag == "h1"


@lru_cache(maxsize=1)
def _markdown() -> "MarkdownIt":
    """Markdown as CommonMark has it, without HTML and without links made of bare addresses."""
    from markdown_it import MarkdownIt
    from markdown_it.common.utils import escapeHtml

    def text(self: Any, tokens: "Sequence[Token]", place: int, *_: Any) -> str:
        """A text; a line that ends within a value ends on the page as well."""
        return escapeHtml(tokens[place].content).replace("\n", "<br>\n")

    options = {"html": False, "linkify": False, "typographer": False, "xhtmlOut": False}
    reader = MarkdownIt("commonmark", options)
    reader.add_render_rule("text", text)
    return reader
