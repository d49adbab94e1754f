"""What the agent's own folder holds, for one command: what is broken there is told on stderr, and
what ships is used."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from calmdesk.errors import CalmdeskError, PlaybookError, SettingsError
from calmdesk.paths import Places

if TYPE_CHECKING:
    from calmdesk.guide.playbook import Playbook
    from calmdesk.guide.practice.scenario import Scenario
    from calmdesk.settings import Settings


def settings(places: Places) -> "Settings":
    """The settings; the defaults when they cannot be read."""
    from calmdesk.settings import Settings, load

    try:
        return load(places.settings)
    except SettingsError as error:
        _tell(error, "The defaults are used.")
        return Settings()


def words(places: Places, language: str) -> "Playbook":
    """The playbook; the one that ships when the own one cannot be read."""
    from calmdesk.guide.playbook import load

    try:
        return load(places.playbook, language)
    except PlaybookError as error:
        _tell(error, "The playbook that ships is used.")
        return load()


def scenarios(places: Places, language: str) -> "Sequence[Scenario]":
    """The practice calls, without those that cannot be read."""
    from calmdesk.guide.practice.reading import load

    def leave_out(error: PlaybookError) -> None:
        _tell(error, "It is left out.")

    return load(places.playbook, language, words(places, language), leave_out)


def _tell(error: CalmdeskError, instead: str) -> None:
    typer.echo(f"calmdesk: {error} {instead}", err=True)
