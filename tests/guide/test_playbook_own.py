"""A phrase of one's own: typed, found, written into its file, taken back; files that are watched."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from calmdesk.errors import PlaybookError
from calmdesk.guide.phrases import Phrase
from calmdesk.guide.playbook import load
from calmdesk.guide.playbook.finding import Finder
from calmdesk.guide.playbook.typed import completed, new_id, read_typed, spelled
from calmdesk.guide.playbook.watching import News, Watch
from calmdesk.guide.playbook.writing import keep, take_back
from calmdesk.guide.stages import Stage
from tests.guide.test_playbook_check import GOOD

BOOK = load()
GO_ON = next(phrase for phrase in BOOK.phrases if phrase.id == "nod-go-on")
HOSTILE = [
    "[/b] [red]x[/red]",
    "😀👨‍👩‍👧 ok",
    "对不起，让您久等了",
    "آسف على ذلك",
    'a "b" \\ c',
    "'''",
    "#",
]


def written(folder: Path) -> str:
    return (folder / "phrases.toml").read_text(encoding="utf-8")


def phrase(folder: Path, phrase_id: str) -> Phrase:
    return next(phrase for phrase in load(folder).phrases if phrase.id == phrase_id)


# -- written --------------------------------------------------------------------------------


def test_a_new_phrase_comes_behind_all_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "phrases.toml").write_text(GOOD + "\n# the end\n")
    keep(tmp_path, replace(GO_ON, id="mine", heat=(3, 5), feeling=True))
    assert written(tmp_path).startswith(GOOD + '\n# the end\n\n[[phrase]]\nid = "mine"\n')
    assert phrase(tmp_path, "mine") == replace(GO_ON, id="mine", heat=(3, 5), feeling=True)


def test_the_first_phrase_makes_folder_and_file(tmp_path: Path) -> None:
    keep(tmp_path / "playbook", replace(GO_ON, line="Please, go on."))
    book = load(tmp_path / "playbook")
    assert len(book.phrases) == len(BOOK.phrases)
    assert book.own == {"nod-go-on"}
    assert [shipped.line for shipped in book.beneath] == ["Go on."]


def test_a_changed_phrase_keeps_the_files_comments_and_order(tmp_path: Path) -> None:
    text = GOOD.replace('id = "ours-wait"', 'id = "ours-wait"  # ours') + "# after it\n"
    (tmp_path / "phrases.toml").write_text(text)
    before = phrase(tmp_path, "ours-wait")
    keep(tmp_path, replace(before, line="Take all the time.", heat=(2, 4)))
    assert written(tmp_path) == text.replace(
        '"Take your time, please."\n', '"Take all the time."\nheat = [2, 4]\n'
    )
    keep(tmp_path, before)
    assert written(tmp_path) == text


def test_an_entry_in_the_middle_gets_its_new_values_before_the_next_ones_comment(
    tmp_path: Path,
) -> None:
    (tmp_path / "phrases.toml").write_text(GOOD)
    keep(tmp_path, replace(phrase(tmp_path, "ours-go-on"), voice="i"))
    assert "go on.'''\nvoice = \"i\"\n\n# about the next one\n" in written(tmp_path)


def test_taken_back_leaves_everything_else_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "phrases.toml").write_text(GOOD)
    keep(tmp_path, replace(GO_ON, line="Please, go on."))
    take_back(tmp_path, "nod-go-on")
    assert written(tmp_path).rstrip() == GOOD.rstrip()
    assert phrase(tmp_path, "nod-go-on") == GO_ON
    take_back(tmp_path, "ours-go-on")
    assert written(tmp_path).startswith("# mine\n# about the next one\n[[phrase]]")
    take_back(tmp_path, "never-there")


@pytest.mark.parametrize("line", HOSTILE)
def test_hostile_words_come_back_as_they_went(tmp_path: Path, line: str) -> None:
    for _ in range(2):
        keep(tmp_path, replace(GO_ON, line=line))
        assert phrase(tmp_path, "nod-go-on").line == line


def test_line_ends_of_another_system_stay(tmp_path: Path) -> None:
    (tmp_path / "phrases.toml").write_bytes(GOOD.replace("\n", "\r\n").encode())
    keep(tmp_path, replace(GO_ON, id="mine"))
    take_back(tmp_path, "ours-wait")
    text = (tmp_path / "phrases.toml").read_bytes()
    assert text.count(b"\r\n") == text.count(b"\n")
    assert load(tmp_path).own == {"ours-go-on", "mine"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[phrase\n", "not valid TOML"),
        ("phrase = 5\n", "another way"),
        ("phrase = [5]\n", "another way"),
        ('phrase = [{id = "x"}]\n', "another way"),
    ],
)
def test_a_file_that_cannot_be_changed_is_left_as_it_is(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "phrases.toml").write_text(text)
    with pytest.raises(PlaybookError, match=said):
        keep(tmp_path, GO_ON)
    assert written(tmp_path) == text


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(PlaybookError, match="file"):
        keep(tmp_path / "file" / "playbook", GO_ON)
    (tmp_path / "phrases.toml").mkdir()
    with pytest.raises(PlaybookError, match=r"phrases\.toml"):
        keep(tmp_path, GO_ON)
    assert [path.name for path in tmp_path.iterdir()] != [".phrases.toml.new"]


@pytest.mark.skipif(sys.platform == "win32", reason="links and modes are POSIX's")
def test_a_link_stays_a_link_and_a_mode_a_mode(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text(GOOD)
    real.chmod(0o640)
    (tmp_path / "phrases.toml").symlink_to(real)
    keep(tmp_path, replace(GO_ON, id="mine"))
    assert (tmp_path / "phrases.toml").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert "mine" in real.read_text()


# -- typed ----------------------------------------------------------------------------------


def test_every_phrase_that_ships_is_read_as_it_is_spelled() -> None:
    for shipped in BOOK.phrases:
        read = read_typed(spelled(shipped), shipped.id, shipped, BOOK)
        assert (replace(read.phrase, once=shipped.once), read.wrong) == (shipped, {})


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("line", " ".join(["word"] * 15), "15 words"),
        ("line", "", "line must be text"),
        ("line", "Well, {nmae}.", "did you mean name"),
        ("line", "x" * 10_000, "10000 characters"),
        ("move", "Let them tell it", "at most 3"),
        ("class", "nodd", "did you mean nod"),
        ("stages", "listen, aknowledge", "did you mean acknowledge"),
        ("stages", "", "where it is shown"),
        ("heat", "hot", "from 1 to 5"),
        ("heat", "5-1", "from 1 to 5"),
        ("subjects", "biling", "did you mean billing"),
        ("when", "herd", "did you mean heard"),
    ],
)
def test_what_is_typed_wrongly_is_told_at_its_field(field: str, typed: str, said: str) -> None:
    read = read_typed({**spelled(GO_ON), field: typed}, GO_ON.id, GO_ON, BOOK)
    assert set(read.wrong) == {field}
    assert said in read.wrong[field]


def test_words_are_read_however_they_are_written() -> None:
    typed = {**spelled(GO_ON), "stages": "Wrap-up , listen", "heat": "3 to 5", "class": "Can do"}
    read = read_typed({**typed, "subjects": "late delivery"}, "x", None, BOOK).phrase
    assert read.stages == {Stage.WRAP_UP, Stage.LISTEN}
    assert read.subjects == {"late_delivery"}
    assert (read.heat, read.group) == ((3, 5), "can_do")


@pytest.mark.parametrize(
    ("typed", "several", "done"),
    [
        ("ackn", False, "acknowledge"),
        ("listen, ackn", True, "listen, acknowledge"),
        ("acknowledge, ackn", True, ""),
        ("Can d", False, "Can do"),
        ("acknowledge", False, ""),
        ("", False, ""),
        ("listen, ", True, ""),
        ("xyz", True, ""),
    ],
)
def test_the_last_word_is_completed(typed: str, several: bool, done: str) -> None:
    assert completed(typed, ["listen", "acknowledge", "can_do"], several) == done


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("{name}, I'm sorry this happened", "my-im-sorry-this-happened"),
        ("Go on.", "my-go-on-2"),
        ("对不起", "my-phrase"),
        ("", "my-phrase"),
    ],
)
def test_an_id_is_made_of_the_first_words_and_is_no_others(line: str, made: str) -> None:
    assert new_id(line, {"my-go-on"}) == made


# -- found ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("sory hapend", "I'm sorry this happened to you."),
        ("go on", "I'm with you. Go on."),
        ("GO ON.", "I'm with you. Go on."),
        ("nod-go-on", "Go on."),
    ],
)
def test_a_phrase_is_found_by_near_words(typed: str, first: str) -> None:
    assert BOOK.phrases[Finder(BOOK.phrases).find(typed)[0]].line == first


@pytest.mark.parametrize("typed", ["xyzzy", "😀", "sorry xyzzy", "x" * 10_000])
def test_what_is_near_nothing_finds_nothing(typed: str) -> None:
    assert Finder(BOOK.phrases).find(typed) == []


def test_nothing_typed_finds_all_in_their_order() -> None:
    assert Finder(BOOK.phrases).find("  ") == list(range(len(BOOK.phrases)))


# -- watched --------------------------------------------------------------------------------


def save(folder: Path, text: str, name: str = "phrases.toml") -> None:
    """Save a file as an editor does, at a time of its own."""
    file = folder / name
    after = file.stat().st_mtime_ns + 1_000_000 if file.exists() else None
    file.write_text(text, encoding="utf-8")
    if after is not None:
        os.utime(file, ns=(after, after))


def look(watch: Watch) -> News | None:
    """Look until the files have stood still."""
    assert watch.look(BOOK) is None
    return watch.look(BOOK)


def test_a_saved_change_is_read_and_counted(tmp_path: Path) -> None:
    watch = Watch(tmp_path, "en")
    assert look(watch) is None
    save(tmp_path, GOOD)
    news = look(watch)
    assert news is not None
    assert news.playbook == load(tmp_path)
    assert news.sentence == "Playbook read again: 2 phrases changed."
    assert look(watch) is None


def test_a_broken_file_is_told_once_and_its_mending_too(tmp_path: Path) -> None:
    watch = Watch(tmp_path, "en")
    save(tmp_path, GOOD.replace('"nod"', '"nodd"', 1))
    news = look(watch)
    assert news is not None
    assert news.broken
    for part in ("phrases.toml, line 4", "class 'nodd'", "did you mean nod", "from before"):
        assert part in news.sentence
    assert look(watch) is None
    save(tmp_path, GOOD)
    news = look(watch)
    assert news is not None
    assert news.sentence == "Playbook mended: 2 phrases changed."


def test_a_file_that_is_still_being_written_is_nobodys_news(tmp_path: Path) -> None:
    watch = Watch(tmp_path, "en")
    save(tmp_path, "[[phra")
    assert watch.look(BOOK) is None
    save(tmp_path, GOOD)
    news = look(watch)
    assert news is not None
    assert not news.broken


def test_a_change_of_comments_alone_is_not_told(tmp_path: Path) -> None:
    watch = Watch(tmp_path, "en")
    save(tmp_path, "# nothing yet\n")
    news = look(watch)
    assert news is not None
    assert news.sentence == ""


def test_a_file_taken_away_is_a_change_and_other_words_are_named(tmp_path: Path) -> None:
    save(tmp_path, "escalate_say = 'Help.'\n", "cards.toml")
    watch = Watch(tmp_path, "en")
    before = load(tmp_path)
    (tmp_path / "cards.toml").unlink()
    assert watch.look(before) is None
    news = watch.look(before)
    assert news is not None
    assert news.sentence == "Playbook read again: the escalation line changed."


def test_a_line_that_names_a_feeling_is_kept_from_cold_callers_without_being_asked_for() -> None:
    typed = {
        "line": "I can hear how upset you are.",
        "move": "Name it",
        "class": "acknowledge",
        "stages": "acknowledge",
    }
    read = read_typed(typed, "my-own", None, BOOK)
    assert not read.wrong
    assert read.phrase.feeling
    plain = read_typed({**typed, "line": "I have it all down."}, "my-own", None, BOOK)
    assert not plain.phrase.feeling
