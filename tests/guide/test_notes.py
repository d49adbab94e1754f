"""The note line: a sign and a space mean something, everything else is what they say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calmdesk.guide.commands import COMMANDS, Command, find, offered
from calmdesk.guide.notes import CallerWords, Entry, Sign, caller, parse, sign_at

SIGNS = [sign for sign in Sign if sign is not Sign.SAYS]


@pytest.mark.parametrize(
    "line",
    [
        "$45 twice",
        "+1 415 555 0134",
        "#4471",
        "@dana on the line",
        "dana@reyes.example",
        "?!",
        "!! again",
        "=45",
        "*sigh*",
        "$\tthem fri",
        " $ them fri",
        "due fri",
    ],
)
def test_without_a_sign_and_a_space_a_line_is_what_they_say(line: str) -> None:
    assert parse(line) == Entry(Sign.SAYS, line.strip())


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        ("$ needs them fri", Sign.ASK),
        ("! plate broke on press", Sign.FACT),
        ("+ ring back thu 12", Sign.PROMISE),
        ("? who took the call", Sign.QUESTION),
        ("@ Dana Reyes", Sign.CALLER),
        ("= courier at our cost 45", Sign.OFFER),
        ("* last order ever", Sign.STAKE),
        ("# late", Sign.CATEGORY),
    ],
)
def test_a_sign_and_a_space_make_a_line_something_else(line: str, sign: Sign) -> None:
    assert parse(line) == Entry(sign, line[2:])


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_with_nothing_after_it_is_only_text(sign: Sign) -> None:
    assert parse(sign.value) == Entry(Sign.SAYS, sign.value)
    assert parse(f"{sign.value}   ") == Entry(Sign.SAYS, sign.value)


@pytest.mark.parametrize(
    ("line", "text", "source"),
    [
        ("! plates broke @production log", "plates broke", "production log"),
        ("! sent mon  @Kim, dispatch", "sent mon", "Kim, dispatch"),
        ("! told @ 9 by phone @call of monday", "told @ 9 by phone", "call of monday"),
        ("! mail is dana@reyes.example", "mail is dana@reyes.example", ""),
        ("! @production log", "@production log", ""),
        ("! plates broke", "plates broke", ""),
    ],
)
def test_a_fact_carries_its_source_at_its_end(line: str, text: str, source: str) -> None:
    assert parse(line) == Entry(Sign.FACT, text, source)


@pytest.mark.parametrize("sign", [sign for sign in SIGNS if sign is not Sign.FACT])
def test_only_a_fact_has_a_source(sign: Sign) -> None:
    assert parse(f"{sign.value} them @fri") == Entry(sign, "them @fri")


@given(sign=st.sampled_from(SIGNS), text=st.text(min_size=1, max_size=60))
@settings(max_examples=100, derandomize=True)
def test_a_line_written_from_its_parts_is_taken_apart_the_same(sign: Sign, text: str) -> None:
    entry = parse(f"{sign.value} {text}")
    source = f" @{entry.source}" if entry.source else ""
    assert parse(f"{entry.sign.value} {entry.text}{source}".lstrip()) == entry


@given(text=st.text(max_size=60))
@settings(max_examples=100, derandomize=True)
def test_whatever_is_typed_plain_text_is_kept_as_it_is(text: str) -> None:
    entry = parse(text)
    assert entry.text == (text if entry.sign is Sign.SAYS else text[2:]).strip() or entry.source


@pytest.mark.parametrize("sign", SIGNS)
def test_the_sign_of_a_half_typed_line_is_known_from_its_first_character(sign: Sign) -> None:
    assert sign_at(sign.value) is sign
    assert sign_at(f"{sign.value} ") is sign
    assert sign_at(f"{sign.value} them") is sign


@pytest.mark.parametrize("line", ["", " ", "$45", "+1 415", "#4471", "them $ fri", " $ them"])
def test_a_half_typed_line_of_plain_text_has_no_sign(line: str) -> None:
    assert sign_at(line) is None


@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_explains_itself(sign: Sign) -> None:
    assert sign.word
    assert sign.help


def test_no_two_signs_share_a_label() -> None:
    assert len({sign.word for sign in Sign}) == len(Sign)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "Dana Reyes, Reyes Dance School, +1 415 555 0134, since 2016",
            CallerWords("Dana Reyes", "Reyes Dance School", "+1 415 555 0134", 2016),
        ),
        ("Dana Reyes", CallerWords("Dana Reyes")),
        ("+1 415 555 0134", CallerWords(number="+1 415 555 0134")),
        ("(415) 555-0134, Dana", CallerWords("Dana", number="(415) 555-0134")),
        ("Dana, since 2016, 020 7946 0958", CallerWords("Dana", "", "020 7946 0958", 2016)),
        ("Dana, SINCE 2016", CallerWords("Dana", since=2016)),
        ("Dana, since ever", CallerWords("Dana", "since ever")),
        ("Dana, 020 7946 0958, Acme, Inc.", CallerWords("Dana", "Acme, Inc.", "020 7946 0958")),
        ("Dana, Studio 54", CallerWords("Dana", "Studio 54")),
        ("", CallerWords()),
        (" , ,", CallerWords()),
    ],
)
def test_who_is_calling_is_read_in_any_order_after_the_name(text: str, read: CallerWords) -> None:
    assert caller(text) == read


# -- the slash ------------------------------------------------------------------------------


def test_no_two_commands_share_a_word() -> None:
    words = [command.word for command in COMMANDS]
    assert sorted(set(words)) == sorted(words)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.word))
def test_every_command_is_found_by_its_whole_word(command: Command) -> None:
    for line in (f"/{command.word}", f"/{command.word.upper()}"):
        typed = find(line)
        assert typed is not None
        assert typed.command is command
        assert typed.rest == ""


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.word))
def test_every_command_says_what_it_does(command: Command) -> None:
    assert command.help.strip()


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("told", "call.forward"),
        ("heard", "call.forward"),
        ("said", "call.said"),
        ("another", "call.another"),
        ("breathe", "call.breathe"),
        ("heat", "call.heat"),
        ("hold", "call.hold"),
        ("next", "call.next"),
        ("back", "call.back"),
        ("resolve", "call.resolve"),
        ("who", "call.caller"),
        ("same", "call.same"),
        ("save", "call.save"),
    ],
)
def test_each_key_of_the_call_has_its_word(word: str, key: str) -> None:
    typed = find(f"/{word}")
    assert typed is not None
    assert typed.command.key == key


@pytest.mark.parametrize(
    "word",
    [
        "sorry",
        "own",
        "card",
        "remedies",
        "escalate",
        "boundary",
        "safety",
        "help",
        "ring",
        "shaken",
    ],
)
def test_what_has_no_key_lives_behind_the_slash(word: str) -> None:
    typed = find(f"/{word}")
    assert typed is not None
    assert typed.command.key == ""


@pytest.mark.parametrize(
    ("line", "word", "rest"),
    [
        ("/heat 4", "heat", "4"),
        ("/heat cold", "heat", "cold"),
        ("/fault not ours", "fault", "not ours"),
        ("/ring  thu 12:00 ", "ring", "thu 12:00"),
        ("/bound", "boundary", ""),
        ("/esc", "escalate", ""),
        ("/shak", "shaken", ""),
        ("/ told", "told", ""),
    ],
)
def test_a_command_is_found_by_a_beginning_that_only_it_has(
    line: str, word: str, rest: str
) -> None:
    typed = find(line)
    assert typed is not None
    assert (typed.command.word, typed.rest) == (word, rest)


@pytest.mark.parametrize(
    "line", ["/", "/ ", "/h", "/sa", "/xyz", "/10 downing street", "told", " /told", "", "1/2 done"]
)
def test_what_is_no_command_or_could_be_several_stays_a_note(line: str) -> None:
    assert find(line) is None


def test_a_slash_alone_lists_every_command() -> None:
    assert list(offered("/")) == list(COMMANDS)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/he", {"heard", "heat", "help"}),
        ("/HE", {"heard", "heat", "help"}),
        ("/told", {"told"}),
        ("/xyz", set()),
        ("/heat ", set()),
        ("/heat 4", set()),
        ("he", set()),
        ("", set()),
    ],
)
def test_the_list_is_filtered_as_typed_until_the_word_is_whole(line: str, words: set[str]) -> None:
    assert {command.word for command in offered(line)} == words
