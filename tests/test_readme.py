"""The README says what is so."""

import re
from pathlib import Path

from calmdesk.guide.commands import COMMANDS
from calmdesk.guide.playbook import load as load_words
from calmdesk.guide.targets import chosen
from calmdesk.keys import key_rows, markdown
from calmdesk.settings import load
from calmdesk.working_hours import check_holidays

README = Path(__file__).parent.parent / "README.md"


def block(name: str) -> str:
    """What stands between a pair of marks."""
    found = re.search(
        rf"<!-- {name} -->\n(.*?)\n?<!-- /{name} -->", README.read_text(encoding="utf-8"), re.S
    )
    assert found is not None, name
    return found[1]


def test_the_key_table_is_the_one_that_the_bindings_give() -> None:
    assert block("keys") == markdown(key_rows()), "calmdesk keys --markdown prints it anew"


def test_each_of_the_two_commands_is_one_line() -> None:
    for name in ("start", "tests"):
        lines = [line for line in block(name).splitlines() if not line.startswith("```")]
        assert len(lines) == 1
        assert lines[0].startswith("python3 -m venv .venv && ")


def test_the_settings_shown_are_valid_and_complete(tmp_path: Path) -> None:
    shown = re.search(r"```toml\n(.*?)```", README.read_text(encoding="utf-8"), re.S)
    assert shown is not None
    file = tmp_path / "settings.toml"
    file.write_text(shown[1], encoding="utf-8")
    settings = load(file)
    assert settings.limit == 10_000
    assert settings.escalation[0].name == "Kim Adeyemi"
    assert settings.emergency
    assert settings.hours.closed
    assert settings.clocks.own.resolve
    check_holidays(settings.hours)
    assert not chosen(settings.clocks, load_words().clocks).off


def test_every_sign_and_no_unknown_command_is_named() -> None:
    text = README.read_text(encoding="utf-8")
    for sign in "$!+?*=@#":
        assert f"`{sign} `" in text
    words = {command.word for command in COMMANDS}
    assert set(re.findall(r"`/(\w+)`", text)) <= words
