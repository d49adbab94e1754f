"""The firm's own letters: laid over those that ship, and every mistake named in one sentence."""

import re
from pathlib import Path

import pytest

from calmdesk.errors import LetterError
from calmdesk.letters.writing import write
from tests.letters.known import FULL


def own(folder: Path, text: str | bytes, name: str = "confirmation.md.j2") -> Path:
    """A folder of letters with one in it."""
    file = folder / "letters" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder / "letters"


def refused(folder: Path, kind: str = "confirmation") -> str:
    """The sentence about a letter that cannot be written; what ships still can be."""
    with pytest.raises(LetterError) as caught:
        write(kind, FULL, folder)
    assert write(kind, FULL).text
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert not re.search(r"\.\.$|Error|Traceback|[\U00100000-\U0010ffff]", sentence)
    return sentence


def test_a_letter_of_ones_own_stands_in_and_the_others_stay(tmp_path: Path) -> None:
    folder = own(tmp_path, "# Ours\n\nDear {{ customer }}, it is {{ agreed }}.\n")
    letter = write("confirmation", FULL, folder)
    assert (letter.subject, letter.text) == (
        "Ours",
        "Dear Dana Reyes, it is Monday 23 November at 10:40.\n",
    )
    assert write("holding", FULL, folder) == write("holding", FULL)


def test_a_part_of_ones_own_stands_in_every_letter(tmp_path: Path) -> None:
    folder = own(tmp_path, "Yours, {{ agent }}\n", "card.md.j2")
    for kind in ("confirmation", "holding", "final_answer"):
        assert write(kind, FULL, folder).text.endswith("\n\nYours, Sam Lee\n")


def test_the_folder_itself_comes_first_then_its_language_then_what_ships(tmp_path: Path) -> None:
    folder = own(tmp_path, "Sehr geehrte {{ customer }}\n", "de/holding.md.j2")
    german = write("holding", FULL, folder, "de")
    assert (german.text, german.language) == ("Sehr geehrte Dana Reyes\n", "de")
    assert '<html lang="de">' in german.html
    english = write("confirmation", FULL, folder, "de")
    assert (english.language, english.text) == ("en", write("confirmation", FULL).text)
    own(tmp_path, "Ours\n", "holding.md.j2")
    assert write("holding", FULL, folder, "de").text == "Ours\n"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("Hello\n{{ custmer }}\n", 2, "custmer is not known; did you mean customer"),
        ("{% if custmer %}x{% endif %}", 1, "did you mean customer"),
        ("{% for p in promises %}\n{{ p.wen }}\n{% endfor %}", 2, "wen is not known; did you mean"),
        ("a\n\n{{ customer | uper }}", 3, "there is no filter uper; did you mean upper"),
        ("{% if customer is definde %}x{% endif %}", 1, "did you mean defined"),
        ("\n{% iff customer %}x{% endif %}", 2, "iff"),
        ("{{ customer", 1, "end of"),
        ("{% if customer %}", 1, "endif"),
        ("{{ promises }}", 1, "take its values one by one"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("x\n{{ customer + 1 }}", 2, "str"),
        ('{% include "crad.md.j2" %}', 1, "there is no template 'crad.md.j2'"),
        ('{% include "confirmation.md.j2" %}', 1, "without an end"),
        ("{{ ''.__class__.__mro__ }}", 1, "unsafe"),
        ("{{ cycler.__init__.__globals__ }}", 1, "unsafe"),
        ("{{ promises.append(1) }}", 1, "safe"),
        ("{{ [].__class__.__base__.__subclasses__() }}", 1, "unsafe"),
    ],
)
def test_a_mistake_is_one_sentence_with_its_file_and_line(
    tmp_path: Path, text: str, line: int, what: str
) -> None:
    folder = own(tmp_path, text)
    sentence = refused(folder)
    assert sentence.startswith(f"In the letter {folder / 'confirmation.md.j2'}, line {line}: ")
    assert what in sentence


def test_a_mistake_in_a_part_names_the_part(tmp_path: Path) -> None:
    folder = own(tmp_path, "{{ agnet }}", "card.md.j2")
    assert f"{folder / 'card.md.j2'}, line 1: agnet is not known" in refused(folder)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    assert "UTF-8" in refused(own(tmp_path, b"caf\xe9 {{ customer }}"))


def test_a_mark_at_the_begin_of_a_file_is_no_part_of_the_letter(tmp_path: Path) -> None:
    folder = own(tmp_path, b"\xef\xbb\xbf# Hello\n\nyou\n")
    assert write("confirmation", FULL, folder).subject == "Hello"


@pytest.mark.parametrize("name", ["customer", "reference", "happened", "promises", "ask"])
def test_a_public_reply_of_ones_own_cannot_name_the_case(tmp_path: Path, name: str) -> None:
    folder = own(tmp_path, f"{{{{ {name} }}}}", "public_reply.md.j2")
    assert f"{name} is not known" in refused(folder, "public_reply")


def test_a_letter_that_nobody_knows_is_told_with_the_nearest() -> None:
    with pytest.raises(LetterError, match="did you mean holding"):
        write("holdin", FULL)


def test_all_that_markdown_has_becomes_a_plain_e_mail(tmp_path: Path) -> None:
    folder = own(
        tmp_path,
        "# Title\n\n## Next\n\nA *word*, **two** and `three`\nflow on.\n\n1. one\n2. two\n"
        "   - deep\n\n> said\n> so\n\n[our page](https://harbour.example/a) <kim@harbour.example>\n"
        "\n---\n\n    code here\n\nend<b>\n",
    )
    letter = write("confirmation", FULL, folder)
    assert letter.subject == "Title"
    assert letter.text == (
        "Next\n\nA word, two and three flow on.\n\n1. one\n2. two\n   - deep\n\n> said so\n\n"
        "our page (https://harbour.example/a) kim@harbour.example\n\n--------\n\ncode here\n\n"
        "end<b>\n"
    )
    assert "end&lt;b&gt;" in letter.html
