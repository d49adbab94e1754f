"""The four letters in a real browser: nothing runs over, all of it is there, and on one page."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from calmdesk.letters.writing import KINDS, write
from tests.letters.known import OURS, Page

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
needs_browser = pytest.mark.skipif(not BROWSER, reason="no chromium is installed here")

_ASK = """\
<script>
addEventListener("load", () => {
  const page = document.documentElement;
  document.title = `${page.scrollWidth} ${page.clientWidth}`;
});
</script>
"""
"""A question to the browser, put into a copy of the page: how wide is it, and how wide the window?"""


def browse(folder: Path, *words: str) -> str:
    """What headless Chromium prints."""
    done = subprocess.run(
        [
            BROWSER,
            *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            f"--user-data-dir={folder / 'profile'}",
            *words,
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        cwd=folder,
    )
    return done.stdout


def picture(folder: Path, html: str, width: int = 794, height: int = 1123) -> Path:
    """A page as a picture, the size of A4 on a screen; to look at it with one's own eyes."""
    page, shown = folder / "page.html", folder / "page.png"
    page.write_text(html, encoding="utf-8")
    browse(folder, f"--window-size={width},{height}", f"--screenshot={shown}", page.as_uri())
    return shown


@needs_browser
@pytest.mark.parametrize("kind", [kind.id for kind in KINDS])
def test_a_letter_prints_on_one_page(tmp_path: Path, kind: str) -> None:
    html = write(kind, OURS).html
    assert picture(tmp_path, html).stat().st_size > 5000
    printed = tmp_path / "page.pdf"
    browse(
        tmp_path,
        f"--print-to-pdf={printed}",
        "--no-pdf-header-footer",
        (tmp_path / "page.html").as_uri(),
    )
    assert len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes())) == 1


@needs_browser
@pytest.mark.parametrize("width", [500, 794, 1400])
def test_nothing_runs_over_the_side_and_all_of_it_is_there(tmp_path: Path, width: int) -> None:
    letter = write("confirmation", OURS)
    page = tmp_path / "asked.html"
    page.write_text(letter.html.replace("</head>", f"{_ASK}</head>"), encoding="utf-8")
    shown = browse(tmp_path, f"--window-size={width},900", "--dump-dom", page.as_uri())
    read = Page(shown)
    needed, given = map(int, read.title.split())
    assert given == width
    assert needed <= given
    assert read.text.split() == Page(letter.html).text.split()


@needs_browser
def test_a_word_without_an_end_is_broken_before_it_runs_over(tmp_path: Path) -> None:
    long = replace(OURS, customer="D" * 300, reference="7" * 200, firm="F" * 200)
    page = tmp_path / "asked.html"
    html = write("confirmation", long).html.replace("</head>", f"{_ASK}</head>")
    page.write_text(html, encoding="utf-8")
    needed, given = map(
        int,
        Page(browse(tmp_path, "--window-size=794,900", "--dump-dom", page.as_uri())).title.split(),
    )
    assert needed <= given
