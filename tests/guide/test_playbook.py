"""The words as TOML: a firm's own over those that ship, and every mistake named."""

import re
import tomllib
from pathlib import Path

import pytest

from calmdesk.errors import PlaybookError
from calmdesk.guide import playbook
from calmdesk.guide.playbook import ENGLISH, SHIPPED, Category, Playbook, load
from calmdesk.guide.remedies import NONE_EXPLAINED

BOOK = load()
GOOD = """
[[phrase]]
id = "ours-go-on"
class = "nod"
stages = ["listen"]
move = "Let them tell"
line = "Please, go on."
"""


def overlaid(folder: Path, text: str, name: str = "phrases.toml") -> Playbook:
    (folder / name).write_text(text, encoding="utf-8")
    return load(folder)


def mistake(folder: Path, text: str, name: str = "phrases.toml") -> str:
    with pytest.raises(PlaybookError) as caught:
        overlaid(folder, text, name)
    assert str(folder / name) in str(caught.value)
    return str(caught.value)


# -- what ships -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key", "count"),
    [
        ("phrases.toml", "phrase", len(BOOK.phrases)),
        ("categories.toml", "category", len(BOOK.categories)),
        ("remedies.toml", "remedy", len(BOOK.remedies)),
    ],
)
def test_no_two_shipped_entries_share_an_id(name: str, key: str, count: int) -> None:
    rows = tomllib.loads((SHIPPED / ENGLISH / name).read_text(encoding="utf-8"))[key]
    assert len(rows) == len({row["id"] for row in rows}) == count


def test_the_shipped_playbook_is_whole() -> None:
    assert BOOK.emergency
    assert all(len(line) > 1 for line in BOOK.emergency)
    assert BOOK.escalate_say
    assert BOOK.remedy(NONE_EXPLAINED) is not None
    assert all(BOOK.by_stage.values())


def test_a_firm_without_a_playbook_gets_the_one_that_ships(tmp_path: Path) -> None:
    assert load(tmp_path) == BOOK
    assert load(tmp_path / "missing") == BOOK


# -- overlays -------------------------------------------------------------------------------


def test_a_firms_phrase_is_added_after_those_that_ship(tmp_path: Path) -> None:
    book = overlaid(tmp_path, GOOD)
    assert book.phrases[:-1] == BOOK.phrases
    assert book.phrases[-1].line == "Please, go on."


def test_a_firms_phrase_replaces_the_one_with_its_id_in_its_place(tmp_path: Path) -> None:
    place = next(n for n, phrase in enumerate(BOOK.phrases) if phrase.id == "nod-go-on")
    book = overlaid(tmp_path, GOOD.replace("ours-go-on", "nod-go-on"))
    assert len(book.phrases) == len(BOOK.phrases)
    assert book.phrases[place].line == "Please, go on."
    assert BOOK.phrases[place].line == "Go on."


def test_a_firms_file_may_replace_one_and_add_one(tmp_path: Path) -> None:
    book = overlaid(tmp_path, GOOD + GOOD.replace("ours-go-on", "nod-go-on"))
    ids = [phrase.id for phrase in book.phrases]
    assert ids == [*(phrase.id for phrase in BOOK.phrases), "ours-go-on"]


def test_a_firms_card_takes_the_place_of_the_one_that_ships(tmp_path: Path) -> None:
    book = overlaid(tmp_path, 'emergency = ["1  Ring 112."]', "cards.toml")
    assert book.emergency == ("1  Ring 112.",)
    assert book.escalate_say == BOOK.escalate_say
    assert book.phrases == BOOK.phrases


def test_a_firm_may_add_a_category_and_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "categories.toml").write_text(
        '[[category]]\nid = "costume"\nname = "costume hire"\nwords = ["tutu"]', encoding="utf-8"
    )
    (tmp_path / "remedies.toml").write_text(
        '[[remedy]]\nid = "tickets"\nname = "two tickets"\ncosts = true', encoding="utf-8"
    )
    book = load(tmp_path)
    assert book.category("tutu") == Category("costume", "costume hire", ("tutu",))
    tickets = book.remedy("tickets")
    assert tickets is not None
    assert tickets.costs
    assert not tickets.paid


# -- mistakes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ('"nod"', '"nodd"', "did you mean nod"),
        ('class = "nod"\n', "", "known: callback, opening, nod"),
        ('line = "Please', 'lnie = "Please', "did you mean line"),
        ('["listen"]', '["lisen"]', "did you mean listen"),
        ('["listen"]', '"listen"', "a list of words"),
        ('["listen"]', '["listen"]\nwhen = ["herd"]', "did you mean heard"),
        ('["listen"]', '["listen"]\nfault = ["our"]', "did you mean ours"),
        ('["listen"]', '["listen"]\nvoice = "compny"', "did you mean company"),
        ('["listen"]', '["listen"]\nfeeling = "yes"', "true or false"),
        ('["listen"]', '["listen"]\nheat = [0, 5]', "from 1 to 5"),
        ('["listen"]', '["listen"]\nheat = 3', "from 1 to 5"),
        ('["listen"]', '["listen"]\nstep = "two"', "step"),
        ('["listen"]', '["listen"]\nstep = [1]', "step"),
        ("Please, go on.", "Please, {nmae}, go on.", "did you mean name"),
        ("Please, go on.", "Please, {promised day}, go on.", "promised"),
        ("Please, go on.", "Please, {}, go on.", "{}"),
        ("Please, go on.", " ".join(["word"] * 15), "14 words"),
        ("Let them tell", "Let them tell it", "3"),
        ("Let them tell", "", "move must be text"),
        ('"Please, go on."', "5", "line must be text"),
    ],
)
def test_a_mistake_in_a_phrase_names_file_entry_and_what_was_meant(
    tmp_path: Path, good: str, bad: str, said: str
) -> None:
    assert good in GOOD
    message = mistake(tmp_path, GOOD.replace(good, bad))
    assert "'ours-go-on'" in message
    assert said in message


def test_a_line_of_fourteen_words_is_not_too_long(tmp_path: Path) -> None:
    book = overlaid(tmp_path, GOOD.replace("Please, go on.", " ".join(["word"] * 14)))
    assert book.phrases[-1].id == "ours-go-on"


def test_a_phrase_without_an_id_is_a_mistake(tmp_path: Path) -> None:
    assert "id must be text" in mistake(tmp_path, GOOD.replace('id = "ours-go-on"\n', ""))


@pytest.mark.parametrize("text", ["[[phrase", "phrase = ", "[[phrase]]\nid = ours-go-on"])
def test_broken_toml_is_a_mistake_with_its_place(tmp_path: Path, text: str) -> None:
    message = mistake(tmp_path, text)
    assert "not valid TOML" in message
    assert re.search(r"line \d|end of document", message)


def test_a_file_that_is_no_text_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "phrases.toml").write_bytes(b"\xff\xfe[")
    with pytest.raises(PlaybookError, match=r"phrases\.toml"):
        load(tmp_path)


def test_a_folder_where_a_file_should_be_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "phrases.toml").mkdir()
    with pytest.raises(PlaybookError, match=r"phrases\.toml"):
        load(tmp_path)


def test_one_bracket_too_few_is_a_mistake(tmp_path: Path) -> None:
    assert "[[phrase]]" in mistake(tmp_path, GOOD.replace("[[phrase]]", "[phrase]"))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("categories.toml", '[[category]]\nid = "x"', "name must be text"),
        (
            "categories.toml",
            '[[category]]\nid = "x"\nname = "X"\nword = ["a"]',
            "did you mean words",
        ),
        ("categories.toml", '[[category]]\nid = "x"\nname = "X"\nwords = "a"', "a list of words"),
        ("remedies.toml", '[[remedy]]\nid = "x"\nname = "X"\ncost = true', "did you mean costs"),
        ("remedies.toml", '[[remedy]]\nid = "x"\nname = "X"\npaid = 5', "true or false"),
        (
            "remedies.toml",
            '[[remedy]]\nid = "x"\nname = "X"\nwords = "y"',
            "words must be a list of words",
        ),
        ("cards.toml", "emergency = 5", "emergency"),
        ("cards.toml", 'emergency = "Ring 112."', "emergency"),
        ("cards.toml", "emergency = [112]", "emergency"),
    ],
)
def test_a_mistake_in_another_file_is_named_as_well(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    assert said in mistake(tmp_path, text, name)


# -- what a call is about -------------------------------------------------------------------


@pytest.mark.parametrize("category", BOOK.categories, ids=lambda category: str(category.id))
def test_a_category_is_found_by_its_id_its_name_and_each_of_its_words(category: Category) -> None:
    for typed in (category.id, category.name, category.name.upper(), *category.words):
        assert BOOK.category(typed) == category
        assert BOOK.category(f" {typed} ") == category


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("late d", "late_delivery"),
        ("bill", "billing"),
        ("techn", "appointment"),
        ("money b", "refund"),
        ("bilding", "billing"),
        ("late delivry", "late_delivery"),
        ("refnd", "refund"),
        ("pasword", "account_access"),
        ("safty", "safety"),
        ("overcharge", "billing"),
    ],
)
def test_a_category_is_found_by_a_beginning_or_a_near_spelling(typed: str, found: str) -> None:
    category = BOOK.category(typed)
    assert category is not None
    assert category.id == found


@pytest.mark.parametrize("typed", ["", "   ", "xyzzy", "the dog ate it"])
def test_a_word_that_is_near_nothing_is_no_category(typed: str) -> None:
    assert BOOK.category(typed) is None


def test_a_whole_word_wins_over_the_beginning_of_another() -> None:
    book = Playbook(
        phrases=(),
        categories=(Category("late_fee", "late fee"), Category("delay", "delay", ("late",))),
        remedies=(),
        emergency=(),
        escalate_say="",
    )
    found = book.category("late")
    assert found is not None
    assert found.id == "delay"


def test_a_category_that_is_not_known_is_shown_as_it_is() -> None:
    assert BOOK.category_name("billing") == "billing"
    assert BOOK.category_name("staff_conduct") == "how they were treated"
    assert BOOK.category_name("gone_since") == "gone_since"


def test_a_remedy_in_own_words_is_none() -> None:
    assert BOOK.remedy("") is None
    courier = BOOK.remedy("courier")
    assert courier is not None
    assert courier.costs


def test_the_playbook_is_read_from_beside_its_reader() -> None:
    assert Path(playbook.__file__).parent == SHIPPED


def test_another_language_stands_in_for_english_file_by_file(tmp_path: Path) -> None:
    german = tmp_path / "de"
    german.mkdir()
    (german / "categories.toml").write_text(
        '[[category]]\nid = "refund"\nname = "Erstattung"\n', encoding="utf-8"
    )
    book = load(tmp_path, "de")
    assert [c.name for c in book.categories] == ["Erstattung"]
    assert book.phrases == BOOK.phrases


def test_a_language_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match="no playbook for the language 'xx'; known: en"):
        load(tmp_path, "xx")
