"""`calmdesk check`: a text read before it leaves the house."""

import json
import subprocess
import sys
from pathlib import Path

LETTER = """\
Dear Ms Reyes,

we apologise for any inconvenience this may have caused.
You should have read the terms before you ordered.
Your flyers leave our house today and reach you on Friday at nine.
"""
GOOD = "I'm sorry the flyers came late. I have sent them by courier, and I'll ring you at four.\n"


def check(
    *words: str, piped: bytes | None = None, home: Path
) -> subprocess.CompletedProcess[bytes]:
    """The installed command, in a home of its own."""
    environment = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "PATH": "", "LANG": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "-m", "calmdesk", "check", *words],
        input=piped,
        capture_output=True,
        env=environment,
        timeout=60,
    )


def test_what_makes_it_worse_is_named_with_its_line_and_ends_with_one(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER, encoding="utf-8")
    done = check(str(letter), home=tmp_path)
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 1
    assert any(line.startswith(f"{letter}:3:") and "apology" in line for line in lines), lines
    assert any(line.startswith(f"{letter}:4:") and "makes them wrong" in line for line in lines)
    assert not any(line.startswith(f"{letter}:5:") for line in lines)


def test_a_good_text_ends_with_nothing(tmp_path: Path) -> None:
    done = check(piped=GOOD.encode(), home=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_every_finding_as_json(tmp_path: Path) -> None:
    done = check("-", "--json", piped=LETTER.encode(), home=tmp_path)
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert all(LETTER[it["start"] : it["end"]] == it["text"] for it in found)
    assert {"hollow_apology", "blames_customer"} <= {it["category"] for it in found}
    assert json.loads(check("--json", piped=GOOD.encode(), home=tmp_path).stdout) == []


def test_a_wording_of_the_firms_own_counts(tmp_path: Path) -> None:
    (tmp_path / "calmdesk" / "playbook").mkdir(parents=True)
    (tmp_path / "calmdesk" / "playbook" / "wording.toml").write_text(
        '[[wording]]\nid = "valued"\ncategory = "brush_off"\npattern = "valued customer"\n'
        'why = "Said to everybody."\ninstead = "customer"\nalways = true\n'
    )
    done = check(piped=b"You are a valued customer of ours.", home=tmp_path)
    assert b'"valued customer": Said to everybody; rather: customer' in done.stdout


def test_broken_files_of_ones_own_are_told_and_the_text_is_read_all_the_same(
    tmp_path: Path,
) -> None:
    own = tmp_path / "calmdesk"
    (own / "playbook").mkdir(parents=True)
    (own / "playbook" / "phrases.toml").write_text("[[phrase]\n")
    for settings, told in (("", 1), ("langauge = 3\n", 2)):
        (own / "settings.toml").write_text(settings)
        for letter, code in ((GOOD, 0), (LETTER, 1)):
            done = check(piped=letter.encode(), home=tmp_path)
            assert done.returncode == code
            assert bool(done.stdout) is bool(code)
            assert len(done.stderr.decode().splitlines()) == told
            assert b"phrases.toml" in done.stderr
            assert b"The playbook that ships is used." in done.stderr


def test_what_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    for words, piped in ((["nowhere.txt"], None), (["-"], b"\xff\xfe\x00")):
        done = check(*words, piped=piped, home=tmp_path)
        assert done.returncode == 2
        assert done.stderr.decode().startswith("calmdesk: ")
        assert len(done.stderr.decode().splitlines()) == 1


def test_a_strangers_words_reach_no_terminal_as_commands(tmp_path: Path) -> None:
    text = "You should have \x1b[2J read the \x07 terms before you ordered, shouldn't you?"
    done = check(piped=text.encode(), home=tmp_path)
    assert b"\x1b" not in done.stdout
    assert b"\x07" not in done.stdout


def test_nothing_and_very_much_are_read(tmp_path: Path) -> None:
    assert check(piped=b"", home=tmp_path).returncode == 0
    assert check(piped=b"flyers " * 10_000, home=tmp_path).returncode in (0, 1)
    assert check(piped="🙂 Спасибо большое. 谢谢你。".encode(), home=tmp_path).returncode in (0, 1)


def test_reading_a_text_leaves_nothing_behind_in_the_home_of_the_user(tmp_path: Path) -> None:
    found = check("-", piped=LETTER.encode(), home=tmp_path)
    assert found.returncode == 1
    left = [str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*") if file.is_file()]
    assert left == []
