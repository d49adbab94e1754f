"""A report as one HTML file: it fetches nothing, runs nothing, and is made to be read on paper."""

from pathlib import Path

from calmdesk.reports.charts import draw
from calmdesk.reports.page import Chart, Page
from calmdesk.reports.tables import as_table
from calmdesk.words import one_line


def html(page: Page, language: str = "en") -> str:
    """The page whole, with its style and its charts inside."""
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
    environment.filters["one_line"] = one_line
    drawn = iter(range(1, 1000))

    def svg(chart: Chart) -> Markup:
        return Markup(
            draw(chart, f"chart-{next(drawn)}")
        )  # its words are escaped where it is drawn

    return environment.get_template("page.html.j2").render(
        page=page, svg=svg, as_table=as_table, language=language
    )
