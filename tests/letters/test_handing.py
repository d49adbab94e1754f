"""Out of the program: a private file that overwrites nothing, and a clipboard that does not lie."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from calmdesk.errors import LetterError
from calmdesk.letters import handing
from calmdesk.letters.handing import file_name, to_clipboard, to_file

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="modes and signals are POSIX's")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the tool stands in for Linux's xclip")


# -- a file -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reference", "kind", "form", "name"),
    [
        ("CD-261121-7F3K", "confirmation", "html", "CD-261121-7F3K-confirmation.html"),
        ("CD-261121-7F3K", "final_answer", "text", "CD-261121-7F3K-final-answer.txt"),
        ("", "holding", "markdown", "holding.md"),
        ("../../etc/pass wd\n", "holding", "markdown", "etc-pass-wd-holding.md"),
        ("Ä:\\*?", "holding", "markdown", "holding.md"),
        ("x" * 500, "holding", "text", "x" * 59 + "-holding.txt"),
    ],
)
def test_a_file_is_named_by_its_case_and_its_letter(
    reference: str, kind: str, form: str, name: str
) -> None:
    assert file_name(reference, kind, form) == name


def test_no_file_is_written_over(tmp_path: Path) -> None:
    wanted = tmp_path / "CD-1-holding.md"
    written = [to_file(text, wanted) for text in ("one", "two", "three – ü\n")]
    assert [it.name for it in written] == [
        "CD-1-holding.md",
        "CD-1-holding-2.md",
        "CD-1-holding-3.md",
    ]
    assert [it.read_bytes().decode() for it in written] == ["one", "two", "three – ü\n"]


@POSIX
def test_a_letter_is_for_its_user_alone_and_follows_no_link(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.md"
    (tmp_path / "letter.md").symlink_to(elsewhere)
    before = os.umask(0)
    try:
        written = to_file("x", tmp_path / "letter.md")
    finally:
        os.umask(before)
    assert written.name == "letter-2.md"
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert not elsewhere.exists()


def test_a_folder_that_is_not_there_or_is_none_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    for folder in (tmp_path / "none", tmp_path / "file", tmp_path / ("x" * 400)):
        with pytest.raises(LetterError) as caught:
            to_file("x", folder / "letter.md")
        sentence = str(caught.value)
        assert sentence.startswith(f"The letter {folder / 'letter.md'} cannot be written (")
        assert sentence.endswith("; choose another folder.")
    assert (tmp_path / "file").read_text() == "kept"


@LINUX
def test_a_full_disk_is_told_and_no_half_letter_is_left(tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from calmdesk.errors import LetterError\n"
        "from calmdesk.letters.handing import to_file\n"
        "folder = Path(sys.argv[1])\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))\n"
        "try:\n    to_file('x' * 100, folder / 'a.md')\n"
        "except LetterError as error:\n    print(error)\n"
        "print(list(folder.iterdir()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert "cannot be written (File too large)" in done.stdout
    assert done.stdout.endswith("[]\n")


# -- the clipboard ----------------------------------------------------------------------------


def tool(folder: Path, script: str) -> None:
    """A native clipboard tool that does what a script says."""
    file = folder / "xclip"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with a display, whose tools are those in a folder."""
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("STORE", str(tmp_path / "store"))
    return tmp_path


@LINUX
def test_without_a_display_no_tool_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    assert to_clipboard("x") is None


def test_a_program_that_cannot_be_started_takes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python that was taken away"))
    assert to_clipboard("Dear Dana") is None


@LINUX
def test_a_tool_that_holds_the_words_has_taken_them(
    tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing, "PATIENCE", 60)
    tool(tools, 'case "$*" in *-o*) cat "$STORE";; *) cat > "$STORE";; esac')
    assert to_clipboard("Dear Dana – ü 👩\n\n- x\n") == "the clipboard"
    assert (tools / "store").read_text() == "Dear Dana – ü 👩\n\n- x\n"


@LINUX
@pytest.mark.parametrize("script", ["exit 1", "cat > /dev/null", "echo other"])
def test_a_tool_that_failed_without_a_word_has_taken_nothing(tools: Path, script: str) -> None:
    tool(tools, script)
    assert to_clipboard("Dear Dana") is None


@LINUX
def test_a_tool_that_waits_for_ever_is_ended(tools: Path) -> None:
    pipe = tools / "store"
    os.mkfifo(pipe)
    tool(tools, 'exec > "$STORE"\necho up\nexec sleep 600')
    with open(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), "rb") as heard:
        assert to_clipboard("Dear Dana") is None
        os.set_blocking(heard.fileno(), True)
        assert heard.read() == b"up\n", "its end closes the pipe; until then this waits"
