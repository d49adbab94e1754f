"""Every mistake with its line, and all of them at once; the examples that begin a playbook."""

import re
from pathlib import Path

import pytest

from calmdesk.errors import PlaybookError
from calmdesk.guide.language import Guard, Review, review
from calmdesk.guide.language.wording import Lexicon, Wording
from calmdesk.guide.phrases import CONDITIONS, GROUPS, SLOTS
from calmdesk.guide.playbook import OTHER, SHIPPED, load
from calmdesk.guide.playbook.checking import Report, check
from calmdesk.guide.playbook.entries import FILES
from calmdesk.guide.playbook.lines import entry_lines, line_of
from calmdesk.guide.playbook.plain import WHEN, WHY, shown_when
from calmdesk.guide.playbook.starting import EXAMPLE, lay_out

GOOD = """\
# mine
[[phrase]]
id = "ours-go-on"
class = "nod"
stages = [
  "listen",  # where
]
move = "Let them tell"
line = '''
Please,
[[phrase]]
go on.'''

# about the next one
[[phrase]]
id = "ours-wait"
class = "nod"
stages = ["listen"]
move = "Give them time"
line = "Take your time, please."
"""


def looking_for(wrong: str, rewrite: str | None = None) -> Review:
    """A guard of one wording, in a language that has no model."""
    return Guard(
        Lexicon((Wording("one", "excuse", re.escape(wrong), "It hurts.", rewrite),))
    ).review


def checked(folder: Path, text: str, name: str = "phrases.toml") -> Report:
    (folder / name).write_text(text, encoding="utf-8")
    return check(folder, lambda line: ())


# -- lines ----------------------------------------------------------------------------------


def test_an_entry_goes_from_its_header_to_its_last_value() -> None:
    assert entry_lines(GOOD, "phrase") == [range(1, 12), range(14, 20)]


def test_what_stands_in_a_long_string_is_no_entry() -> None:
    assert len(entry_lines(GOOD, "phrase")) == 2


@pytest.mark.parametrize(
    ("number", "name", "line"),
    [(0, "id", 3), (0, "line", 9), (1, "class", 17), (1, "heat", 15), (0, "", 2), (7, "id", 2)],
)
def test_a_value_is_found_on_its_line_and_a_missing_one_at_its_entry(
    number: int, name: str, line: int
) -> None:
    assert line_of(GOOD, "phrase", number, name) == line


def test_an_error_in_use_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "phrases.toml").write_text(GOOD.replace('"nod"', '"nodd"', 1))
    with pytest.raises(PlaybookError, match=r"phrases\.toml, line 4, entry 'ours-go-on': class"):
        load(tmp_path)


# -- the check ------------------------------------------------------------------------------


def test_a_folder_in_order_is_counted(tmp_path: Path) -> None:
    report = checked(tmp_path, GOOD)
    assert report.problems == []
    assert report.summary() == "1 file, 2 phrases of your own, nothing wrong."
    assert load(tmp_path).phrases[-2].line == "Please, [[phrase]] go on."


def test_all_problems_are_told_not_only_the_first(tmp_path: Path) -> None:
    bad = GOOD.replace('"nod"', '"nodd"', 1).replace("Take your", "Take {nmae} your")
    report = checked(tmp_path, bad.replace('move = "Give', 'mvoe = "Give'))
    told = [(p.line, p.entry, p.key) for p in report.problems]
    assert told == [
        (4, "ours-go-on", "class"),
        (19, "ours-wait", "mvoe"),
        (15, "ours-wait", "move"),
        (20, "ours-wait", "line"),
    ]
    assert "did you mean nod" in report.problems[0].brief()
    assert report.problems[0].brief().startswith(f"{tmp_path / 'phrases.toml'}:4: ours-go-on: ")
    assert report.summary() == "1 file, 2 phrases of your own, 4 problems."


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (GOOD.replace("ours-wait", "ours-go-on"), 16, "stands on line 3 already"),
        ("\n[[phrases]]\nid = 'x'\n", 2, "phrases is not known; did you mean phrase"),
        (GOOD + "\nid = 'x\n", 22, "not valid TOML"),
        (GOOD.replace("class", "class =", 1), 4, "not valid TOML"),
        ("phrase = [{id = 'x'}]", 1, "move must be text"),
        (GOOD.replace('stages = ["listen"]\n', ""), 15, "stages must name where"),
        (GOOD + "heat = [5, 1]\n", 21, "from 1 to 5"),
        (GOOD.replace("Take your time", "x" * 10_000), 20, "at most 200"),
    ],
)
def test_a_problem_is_told_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    problems = checked(tmp_path, text).problems
    assert (line, True) in [(problem.line, said in problem.what) for problem in problems]
    with pytest.raises(PlaybookError):
        load(tmp_path)


@pytest.mark.parametrize("text", ["x = " + "[" * 50_000, "x = " + "9" * 50_000, "\x00", "'" * 9])
def test_a_file_made_to_break_readers_is_a_problem_like_any_other(
    tmp_path: Path, text: str
) -> None:
    assert checked(tmp_path, text).problems
    with pytest.raises(PlaybookError, match=r"phrases\.toml"):
        load(tmp_path)


def test_a_file_of_another_name_is_told_with_the_nearest(tmp_path: Path) -> None:
    report = checked(tmp_path, GOOD, "phrase.toml")
    assert [p.what for p in report.problems] == [
        "the name of the file is not known; did you mean phrases.toml"
    ]


def test_a_file_that_cannot_be_read_is_a_problem_beside_the_others(tmp_path: Path) -> None:
    (tmp_path / "cards.toml").mkdir()
    (tmp_path / "causes.toml").write_bytes(b"\xff\xfe[")
    problems = checked(tmp_path, GOOD).problems
    assert [problem.file.name for problem in problems] == ["cards.toml", "causes.toml"]


def test_cards_and_causes_are_checked_too(tmp_path: Path) -> None:
    (tmp_path / "cards.toml").write_text("\nescalate_sya = 'x'\nemergency = 5\n")
    report = checked(tmp_path, '[[cause]]\nid = "x"\nname = "X"\nask = true\n', "causes.toml")
    assert [(p.file.name, p.line, p.key) for p in report.problems] == [
        ("cards.toml", 2, "escalate_sya"),
        ("cards.toml", 3, "emergency"),
        ("causes.toml", 4, "ask"),
    ]


def test_clocks_of_ones_own_are_checked_and_read(tmp_path: Path) -> None:
    good = '[[clock]]\nid = "ours"\nname = "Ours"\nacknowledge = "2h"\nas_of = 2026-11-22\n'
    assert checked(tmp_path, good, "clocks.toml").problems == []
    assert [preset.id for preset in load(tmp_path).clocks][-1] == "ours"
    report = checked(
        tmp_path,
        '[[clock]]\nid = "ours"\nname = "Ours"\nresolve = "5 days"\nas_of = "today"\naknowledge = "2h"\n'
        '[[clock]]\nid = "none"\nname = "None"\n',
        "clocks.toml",
    )
    assert [(p.line, p.key, p.what) for p in report.problems] == [
        (6, "aknowledge", "aknowledge is not known; did you mean acknowledge"),
        (
            4,
            "resolve",
            'resolve must be clear about the days: "5 working days" or "5 calendar days"',
        ),
        (5, "as_of", "as_of must be a date such as 2026-11-22"),
        (8, "id", "it names no time: one of acknowledge, next_contact, resolve"),
    ]


def test_practice_calls_of_ones_own_are_checked_too(tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    folder.mkdir()
    shipped = SHIPPED / "en" / "practice"
    for name in ("late-flyers.toml", "common.toml"):
        (folder / name).write_text((shipped / name).read_text(encoding="utf-8"), encoding="utf-8")
    assert check(tmp_path, lambda line: ()).problems == []
    broken = (folder / "late-flyers.toml").read_text(encoding="utf-8")
    (folder / "late-flyers.toml").write_text(broken.replace('temper = "hot"', 'temper = "hott"'))
    problem = check(tmp_path, lambda line: ()).problems[0]
    assert broken.splitlines()[problem.line - 1] == 'temper = "hot"'
    assert problem.what == "temper 'hott' is not known; did you mean hot"
    (folder / "late-flyers.toml").write_text("title = ")
    assert "not valid TOML" in check(tmp_path, lambda line: ()).problems[0].what


def test_the_files_of_another_language_are_checked(tmp_path: Path) -> None:
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "phrases.toml").write_text(GOOD.replace('"nod"', '"nodd"', 1))
    assert [p.line for p in check(tmp_path, lambda line: ()).problems] == [4]


def test_one_file_is_checked_alone(tmp_path: Path) -> None:
    checked(tmp_path, "emergency = 5", "cards.toml")
    (tmp_path / "phrases.toml").write_text(GOOD)
    assert check(tmp_path / "phrases.toml", lambda line: ()).problems == []
    with pytest.raises(PlaybookError, match="nowhere"):
        check(tmp_path / "nowhere", lambda line: ())


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "phrases.toml").write_text(GOOD, encoding="utf-8-sig")
    assert load(tmp_path).phrases[-1].id == "ours-wait"


def test_what_the_guard_finds_is_a_note_and_no_problem(tmp_path: Path) -> None:
    (tmp_path / "phrases.toml").write_text(GOOD)
    report = check(tmp_path, looking_for("Take your time", "Please go on"))
    assert report.problems == []
    assert [(note.line, note.key) for note in report.notes] == [(20, "line")]
    assert "It hurts; rather: Please go on" in report.notes[0].what
    assert report.summary().endswith("nothing wrong, 1 note.")


def test_the_guard_reads_a_phrase_with_its_slots_filled(tmp_path: Path) -> None:
    shipped = (SHIPPED / "en" / "phrases.toml").read_text(encoding="utf-8")
    (tmp_path / "phrases.toml").write_text(shipped, encoding="utf-8")
    report = check(tmp_path, review)
    assert (report.problems, report.notes) == ([], [])


@pytest.mark.parametrize(
    ("wrong", "line", "marked"),
    [
        ("555", "Ring {direct_line}, please.", None),
        ("555 0134", "Ring {direct_line}, please.", None),
        ("at Northlight", "{agent} at {company} here.", "at {company}"),
        ("Kim at", "{agent} at {company} here.", "{agent} at"),
        ("here", "{agent} at {company} here.", "here"),
        ("m at N", "{agent} at {company} here.", "{agent} at {company}"),
        ("Well", "Well, {agent}.", "Well"),
    ],
)
def test_a_note_shows_the_line_as_it_is_written_and_nothing_within_a_slot(
    wrong: str, line: str, marked: str | None, tmp_path: Path
) -> None:
    text = GOOD.replace("Take your time, please.", line)
    (tmp_path / "phrases.toml").write_text(text, encoding="utf-8")
    notes = check(tmp_path, looking_for(wrong)).notes
    assert [note.what.split("'")[1] for note in notes] == ([marked] if marked else [])


def test_an_unknown_subject_is_a_note_and_ones_own_category_is_known(tmp_path: Path) -> None:
    text = GOOD + 'subjects = ["late_delivry", "proofs"]\n'
    assert len(checked(tmp_path, text).notes) == 2
    (tmp_path / "categories.toml").write_text('[[category]]\nid = "proofs"\nname = "proofs"\n')
    assert [note.what for note in checked(tmp_path, text).notes] == [
        "subjects: the category 'late_delivry' is not known; did you mean late_delivery"
    ]


# -- what ships -----------------------------------------------------------------------------


def test_causes_name_steps_of_work_and_what_is_derived_is_not_asked() -> None:
    causes = load().causes
    assert len(causes) > 14
    assert [cause.id for cause in causes if not cause.asked] == ["service_made_it_worse"]


def test_the_causes_that_ship_have_two_levels() -> None:
    book = load()
    groups = {cause.group for cause in book.causes}
    assert 5 <= len(groups) <= 8
    assert [cause.id for cause in book.causes if cause.group == OTHER] == ["not_found"]


def test_a_cause_is_found_by_its_id_name_words_and_nearest_spelling() -> None:
    book = load()
    for typed in ("carrier", "Lost or late on the way", "cour", "carier", " POST "):
        found = book.cause(typed)
        assert found is not None, typed
        assert found.id == "carrier", typed
    assert book.cause("") is None
    assert book.cause("zzzz") is None
    assert book.cause("service made it worse") is None, "nobody is asked that"
    assert book.cause_name("carrier") == "lost or late on the way"
    assert book.cause_name("the moon") == "the moon"
    assert book.cause_group("carrier") == "partners"
    assert book.cause_group("the moon") == OTHER


def test_causes_are_listed_as_they_are_typed() -> None:
    book = load()
    asked = [cause.id for cause in book.causes if cause.asked]
    assert [cause.id for cause in book.causes_like("")] == asked
    assert next(cause.id for cause in book.causes_like("prom")) == "promise_not_tracked"
    assert "promised_too_much" in [cause.id for cause in book.causes_like("prom")]
    assert [cause.id for cause in book.causes_like("carier")] == ["carrier"]
    assert book.causes_like("zzzz") == ()


def test_a_cause_of_ones_own_without_a_group_is_among_the_others(tmp_path: Path) -> None:
    text = '[[cause]]\nid = "x"\nname = "X"\n[[cause]]\nid = "y"\nname = "Y"\ngroup = "press"\n'
    (tmp_path / "causes.toml").write_text(text, encoding="utf-8")
    book = load(tmp_path)
    assert (book.cause_group("x"), book.cause_group("y")) == (OTHER, "press")
    (tmp_path / "causes.toml").write_text(text.replace('"press"', "3"), encoding="utf-8")
    with pytest.raises(PlaybookError, match="group must be text"):
        load(tmp_path)


def test_every_class_and_condition_has_its_plain_words() -> None:
    assert set(WHY) == set(GROUPS)
    assert set(WHEN) == set(CONDITIONS)
    book = load()
    assert all(shown_when(phrase, book)[0][0] == "in" for phrase in book.phrases)


# -- the examples ---------------------------------------------------------------------------


def test_the_examples_change_nothing_as_they_are(tmp_path: Path) -> None:
    assert lay_out(tmp_path / "playbook") == dict.fromkeys(FILES, True)
    assert load(tmp_path / "playbook") == load()


def test_the_examples_with_their_comments_taken_away_are_in_order(tmp_path: Path) -> None:
    for name in FILES:
        text = (EXAMPLE / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(re.sub(r"(?m)^#(?=\S)", "", text), encoding="utf-8")
    report = check(tmp_path, review)
    assert (report.problems, report.notes) == ([], [])
    book = load(tmp_path)
    assert len(book.own) == report.phrases == 3
    assert book.emergency != load().emergency
    assert len(book.causes) == len(load().causes) + 2


def test_the_example_names_every_slot() -> None:
    example = (EXAMPLE / "phrases.toml").read_text(encoding="utf-8")
    assert [slot for slot in SLOTS if f"{{{slot}}}" not in example] == []


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "phrases.toml").write_text(GOOD)
    written = lay_out(tmp_path)
    assert [name for name in FILES if not written[name]] == ["phrases.toml"]
    assert (tmp_path / "phrases.toml").read_text() == GOOD


def test_a_misspelt_language_of_the_stems_is_told_before_anything_is_heard(tmp_path: Path) -> None:
    report = checked(tmp_path, '# mine\nstemmer = "englsh"\n', "hearing.toml")
    assert [problem.brief() for problem in report.problems] == [
        f"{tmp_path / 'hearing.toml'}:2: stemmer 'englsh' is not known; did you mean english."
    ]
    with pytest.raises(PlaybookError, match=r"line 2.*did you mean english"):
        load(tmp_path)
    assert checked(tmp_path, 'stemmer = "german"\n', "hearing.toml").problems == []
    assert load(tmp_path).words.stemmer == "german"


def test_a_language_whose_file_names_no_stemmer_is_heard_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "hearing.toml").write_text('once = ["so"]\n', encoding="utf-8")
    assert load(tmp_path, "xx").hearing.listen(["her sofa"]).subjects == {}
