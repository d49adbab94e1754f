"""The settings file: all of it optional, and every mistake named with its key."""

from datetime import date, time
from pathlib import Path

import pytest

from calmdesk.errors import SettingsError
from calmdesk.guide.dialling import Dialling
from calmdesk.guide.targets import ClockChoice, Target, Targets, Unit, chosen
from calmdesk.settings import Escalation, LetterChoice, PhoneChoice, Reachable, Settings, load
from calmdesk.working_hours import WorkingHours

FULL = """
[firm]
company = "Northlight Print"
currency = "eur"
limit = 150

[hours]
days = ["mon", "tue", "wed", "thu", "sat"]
from = "8:30"
to = 18:00:00

[screen]
theme = "calm-light"
compact = true

[phone]
remind = "desktop"

[keys]
"call.said" = "f6"

[[escalation]]
name = "Kim Lund"
number = "555 0101"
topic = "billing"
over = 99.5
say = "A caller who was billed twice."

[[escalation]]
name = "Ola Berg"
number = "555 0102"

[emergency]
lines = ["1  Ring 112.", "2  Stay on the line."]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def mistake(file: Path, text: str) -> str:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load(file)
    assert str(file) in str(caught.value)
    return str(caught.value)


def loaded(file: Path, text: str) -> Settings:
    file.write_text(text, encoding="utf-8")
    return load(file)


# -- what is read ---------------------------------------------------------------------------


def test_without_a_file_a_new_machine_has_its_defaults(file: Path) -> None:
    assert load(file) == Settings()
    assert Settings().currency == "USD"
    assert Settings().limit is None
    assert Settings().theme == "calm-dark"
    assert Settings().hours == WorkingHours(frozenset(range(5)), time(9), time(17, 30))
    assert Settings().escalation == ()


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[firm]\n[hours]\n[screen]\n[keys]\n"])
def test_an_empty_file_changes_nothing(file: Path, text: str) -> None:
    assert loaded(file, text) == Settings()


def test_a_full_file_is_read_whole(file: Path) -> None:
    assert loaded(file, FULL) == Settings(
        company="Northlight Print",
        currency="EUR",
        limit=15000,
        hours=WorkingHours(frozenset({0, 1, 2, 3, 5}), time(8, 30), time(18)),
        theme="calm-light",
        compact=True,
        phone=PhoneChoice(remind="desktop"),
        keys={"call.said": "f6"},
        escalation=(
            Escalation("Kim Lund", "555 0101", "billing", 9950, "A caller who was billed twice."),
            Escalation("Ola Berg", "555 0102"),
        ),
        emergency=("1  Ring 112.", "2  Stay on the line."),
    )


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("limit = 0", 0),
        ("limit = 45.5", 4550),
        ('currency = "JPY"\nlimit = 4500', 4500),
        ('currency = "KWD"\nlimit = 4.5', 4500),
    ],
)
def test_the_limit_is_counted_in_the_firms_currency(file: Path, text: str, limit: int) -> None:
    assert loaded(file, f"[firm]\n{text}").limit == limit


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ('from = "7:00"', WorkingHours(opens=time(7))),
        ('to = "20:15"', WorkingHours(closes=time(20, 15))),
        ("from = 07:30:00", WorkingHours(opens=time(7, 30))),
        ('days = ["sun"]', WorkingHours(days=frozenset({6}))),
        ('days = ["mon", "mon"]', WorkingHours(days=frozenset({0}))),
        ('holidays = "GB-ENG"', WorkingHours(holidays="GB-ENG")),
        ("closed = [2026-12-24]", WorkingHours(closed=frozenset({date(2026, 12, 24)}))),
        ("open = [2026-12-26]", WorkingHours(open=frozenset({date(2026, 12, 26)}))),
    ],
)
def test_hours_that_are_left_out_stay_as_usual(file: Path, text: str, hours: WorkingHours) -> None:
    assert loaded(file, f"[hours]\n{text}").hours == hours


# -- mistakes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key", "meant"),
    [
        ("[frim]", "frim", "did you mean firm?"),
        ("[firm]\ncompnay = 'x'", "[firm] compnay", "did you mean company?"),
        ("[firm]\nzzz = 1", "[firm] zzz", "known: company, currency, language, limit."),
        ("[hours]\nform = '9:00'", "[hours] form", "did you mean from?"),
        ("[screen]\ntheem = 'x'", "[screen] theem", "did you mean theme?"),
        ("[clocks]\naknowledge = '2h'", "[clocks] aknowledge", "did you mean acknowledge?"),
        ("[emergency]\nline = []", "[emergency] line", "did you mean lines?"),
        ("[[escalation]]\nnmae = 'x'", "[escalation] nmae", "did you mean name?"),
        ("qqqqqqqq = 1", "qqqqqqqq", "known: clocks, emergency, escalation"),
    ],
)
def test_an_unknown_key_is_named_with_the_one_that_was_meant(
    file: Path, text: str, key: str, meant: str
) -> None:
    message = mistake(file, text)
    assert f"{key} is unknown" in message
    assert meant in message


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("firm = 5", "[firm]"),
        ("keys = ['f6']", "[keys]"),
        ("[firm]\ncompany = 5", "[firm] company"),
        ("[firm]\ncurrency = ['USD']", "[firm] currency"),
        ("[firm]\nlimit = '100'", "[firm] limit"),
        ("[firm]\nlimit = true", "[firm] limit"),
        ("[firm]\nlimit = -1", "[firm] limit"),
        ("[firm]\nlimit = inf", "[firm] limit"),
        ("[firm]\nlimit = nan", "[firm] limit"),
        ("[screen]\ntheme = 1", "[screen] theme"),
        ("[screen]\ncompact = 'yes'", "[screen] compact"),
        ("[phone]\nremind = 'loudly'", "[phone] remind"),
        ("[keys]\n'call.said' = 6", "[keys] call.said"),
        ("[emergency]\nlines = 'Ring 112.'", "[emergency] lines"),
        ("[emergency]\nlines = [112]", "[emergency] lines"),
        ("escalation = 5", "[[escalation]]"),
        ("[escalation]\nname = 'Kim'", "[[escalation]]"),
        ("[[escalation]]\nname = 'Kim'", "[[escalation]]"),
        ("[[escalation]]\nnumber = '555 0101'", "[[escalation]]"),
        ("[[escalation]]\nname = 'Kim'\nnumber = 5550101", "[escalation] number"),
        ("[[escalation]]\nname = 'Kim'\nnumber = '1'\nover = 'much'", "[escalation] over"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named_with_its_key(file: Path, text: str, key: str) -> None:
    assert f"{key} must be " in mistake(file, text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("from = 'nine'", "[hours] from"),
        ("from = 9", "[hours] from"),
        ("from = '25:00'", "[hours] from"),
        ("from = '09:00Z'", "[hours] from"),
        ("to = '9'", "[hours] to"),
        ("to = 2026-11-21T17:30:00", "[hours] to"),
        ("from = '18:00'", "[hours] to"),
        ("from = '09:00'\nto = '09:00'", "[hours] to"),
        ("days = 'mon'", "[hours] days"),
        ("days = []", "[hours] days"),
        ("days = ['mo']", "[hours] days"),
        ("days = [1]", "[hours] days"),
        ("holidays = 'England'", "[hours] holidays"),
        ("holidays = ['GB']", "[hours] holidays"),
        ("closed = ['2026-12-24']", "[hours] closed"),
        ("closed = 2026-12-24", "[hours] closed"),
        ("open = [2026-12-24T09:00:00]", "[hours] open"),
        ("closed = [2026-12-24]\nopen = [2026-12-24]", "[hours] open"),
    ],
)
def test_hours_that_are_none_are_named_with_their_key(file: Path, text: str, key: str) -> None:
    assert f"{key} must be " in mistake(file, f"[hours]\n{text}")


# -- the clocks of a case -------------------------------------------------------------------


def test_the_clocks_are_off_until_something_is_said(file: Path) -> None:
    assert loaded(file, "[clocks]").clocks == ClockChoice()
    assert chosen(ClockChoice(), ()).off


def test_clocks_of_ones_own_are_read(file: Path) -> None:
    text = """
        [clocks]
        preset = "housing_ombudsman_1"
        acknowledge = "2h"
        resolve = "10 working days after acknowledgment"
        pauses = false
    """
    assert loaded(file, text).clocks == ClockChoice(
        "housing_ombudsman_1",
        Targets(
            acknowledge=Target(2, Unit.HOURS),
            resolve=Target(10, Unit.WORKING_DAYS, after_acknowledgment=True),
            pauses=False,
        ),
        pauses=False,
    )


@pytest.mark.parametrize(
    ("text", "key", "want"),
    [
        ("acknowledge = 'soon'", "[clocks] acknowledge", 'a span such as "2h"'),
        ("acknowledge = ''", "[clocks] acknowledge", 'a span such as "2h"'),
        ("resolve = '0 weeks'", "[clocks] resolve", 'a span such as "2h"'),
        ("resolve = 5", "[clocks] resolve", "text in quotes"),
        ("next_contact = '2 days'", "[clocks] next_contact", '"2 working days" or'),
        ("acknowledge = '2h after acknowledgment'", "[clocks] acknowledge", "from receipt"),
        ("pauses = 'no'", "[clocks] pauses", "true or false"),
        ("preset = 1", "[clocks] preset", "text in quotes"),
    ],
)
def test_a_clock_that_is_none_is_named_with_what_would_be_right(
    file: Path, text: str, key: str, want: str
) -> None:
    message = mistake(file, f"[clocks]\n{text}")
    assert f"{key} must be " in message
    assert want in message


def test_broken_toml_is_named_with_its_line(file: Path) -> None:
    message = mistake(file, '[firm]\ncompany == "Northlight"')
    assert "not valid TOML" in message
    assert "line 2" in message


def test_a_file_that_is_not_utf_8_is_named(file: Path) -> None:
    file.write_bytes('[firm]\ncompany = "Müller"'.encode("latin-1"))
    with pytest.raises(SettingsError, match="cannot be read") as caught:
        load(file)
    assert str(file) in str(caught.value)


def test_a_folder_in_the_place_of_the_file_is_named(file: Path) -> None:
    file.mkdir()
    with pytest.raises(SettingsError, match="cannot be read") as caught:
        load(file)
    assert str(file) in str(caught.value)


# -- the softphone ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("", PhoneChoice()),
        ('region = "de"', PhoneChoice(dialling=Dialling("DE"))),
        ('region = "US"\noutside = "9"', PhoneChoice(dialling=Dialling("US", "9"))),
        ('outside = "*0"', PhoneChoice(dialling=Dialling("", "*0"))),
        ('call_back = "tel"', PhoneChoice(call_back="tel")),
        ('call_back = "sip"', PhoneChoice(call_back="sip")),
        ('call_back = ""', PhoneChoice()),
        ('baresip = "127.0.0.1:4444"', PhoneChoice(baresip=("127.0.0.1", 4444))),
        ('baresip = "localhost:1"', PhoneChoice(baresip=("localhost", 1))),
        ('baresip = "[::1]:65535"', PhoneChoice(baresip=("::1", 65535))),
        ('baresip = ""', PhoneChoice()),
    ],
)
def test_the_softphone_is_as_it_is_chosen(file: Path, text: str, chosen: PhoneChoice) -> None:
    assert loaded(file, f"[phone]\n{text}").phone == chosen


COUNTRY = "[phone] region must be a country of two letters, such as GB."
OUTSIDE = '[phone] outside must be what is dialled for an outside line, such as "0".'
WAY = '[phone] call_back must be "tel" or "sip".'
PORT = '[phone] baresip must be a port of this machine, such as "127.0.0.1:4444".'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('region = "Germany"', COUNTRY),
        ('region = "49"', COUNTRY),
        ('region = "ДЕ"', COUNTRY),
        ("region = 49", "[phone] region must be text in quotes."),
        ('outside = "0 "', OUTSIDE),
        ('outside = "12345"', OUTSIDE),
        ('outside = "+"', OUTSIDE),
        ('outside = "０"', OUTSIDE),
        ("outside = 0", "[phone] outside must be text in quotes."),
        ('call_back = "yes"', WAY),
        ('call_back = "tel:"', WAY),
        ("call_back = true", "[phone] call_back must be text in quotes."),
        ('baresip = "4444"', PORT),
        ('baresip = "127.0.0.1"', PORT),
        ('baresip = "127.0.0.1:0"', PORT),
        ('baresip = "127.0.0.1:65536"', PORT),
        ('baresip = "192.0.2.7:4444"', PORT),
        ('baresip = "0.0.0.0:4444"', PORT),
        ("baresip = 4444", "[phone] baresip must be text in quotes."),
        (
            "phone = true",
            "[phone] phone is unknown; known: baresip, call_back, outside, region, remind.",
        ),
        ('regoin = "DE"', "[phone] regoin is unknown; did you mean region?"),
    ],
)
def test_a_mistake_about_the_softphone_names_its_key(file: Path, text: str, words: str) -> None:
    assert words in mistake(file, f"[phone]\n{text}")


# -- who decides ----------------------------------------------------------------------------

ANYONE = Escalation("Ola", "1")
LARGE = Escalation("Ida", "2", over=50000)
BILLING = Escalation("Kim", "3", topic="billing")
LARGE_BILLING = Escalation("Lee", "4", topic="billing", over=20000)
ALL = (ANYONE, LARGE, BILLING, LARGE_BILLING)


@pytest.mark.parametrize(
    ("people", "category", "amount", "decides"),
    [
        (ALL, "late_delivery", 0, ANYONE),
        (ALL, "late_delivery", 49999, ANYONE),
        (ALL, "late_delivery", 50000, LARGE),
        (ALL, "billing", 0, BILLING),
        (ALL, "billing", 20000, LARGE_BILLING),
        (ALL, "billing", 90000, LARGE_BILLING),
        (ALL, "", 0, ANYONE),
        ((BILLING,), "late_delivery", 0, BILLING),
        ((LARGE,), "late_delivery", 0, LARGE),
        ((), "billing", 90000, None),
    ],
)
def test_the_closest_topic_then_the_highest_step_reached_decides(
    people: tuple[Escalation, ...], category: str, amount: int, decides: Escalation | None
) -> None:
    assert Settings(escalation=people).escalate_to(category, amount) == decides
    assert Settings(escalation=people[::-1]).escalate_to(category, amount) == decides


def test_an_amount_below_every_step_goes_to_the_lowest_of_them() -> None:
    first = Escalation("Kim", "3", over=10000)
    assert Settings(escalation=(first, LARGE)).escalate_to("late_delivery", 500) == first


# -- letters ----------------------------------------------------------------------------------


def test_letters_are_chosen_whole(file: Path) -> None:
    chosen = loaded(
        file,
        """[letters]
folder = "~/letters"
form = "text"
second_reader = ["holding", "final_answer"]
disagree = { name = "Kim", number = "555 0190", email = "kim@printco.example" }
""",
    ).letters
    assert chosen == LetterChoice(
        folder=Path.home() / "letters",
        form="text",
        second_reader=frozenset({"holding", "final_answer"}),
        disagree=Reachable("Kim", "555 0190", "kim@printco.example"),
    )


def test_a_second_reader_of_all_letters_and_of_none(file: Path) -> None:
    every = loaded(file, "[letters]\nsecond_reader = true").letters.second_reader
    assert every == {"confirmation", "holding", "final_answer", "public_reply"}
    assert loaded(file, "[letters]\nsecond_reader = false").letters == LetterChoice()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('form = "pdf"', "[letters] form must be html, text or markdown."),
        ("folder = 3", "[letters] folder must be text in quotes."),
        ('second_reader = "yes"', "[letters] second_reader must be true, or a list of: confirm"),
        ('second_reader = ["final"]', "[letters] second_reader must be true, or a list of: conf"),
        ('disagree = "Kim"', "[disagree] must be a heading on a line of its own"),
        ('disagree = { number = "1" }', "[letters] disagree must be given with a name"),
        ('disagree = { nam = "Kim" }', "[disagree] nam is unknown; did you mean name?"),
        ('folders = "x"', "[letters] folders is unknown; did you mean folder?"),
    ],
)
def test_a_mistake_in_letters_names_its_key(file: Path, text: str, words: str) -> None:
    assert words in mistake(file, f"[letters]\n{text}")
