"""The settings file: plain TOML, every value optional, every mistake named with its key.

`[firm] company, currency, limit, language` · `[hours] days, from, to, holidays, closed, open` ·
`[clocks] preset, acknowledge, next_contact, resolve, pauses` · `[screen] theme, compact` ·
`[keys] binding-id = "key"` · `[letters] folder, form, second_reader, disagree` ·
`[share] folder, private_notes` · `[phone] baresip, region, outside, call_back, remind` ·
`[[escalation]] topic, over, name, number, say` · `[emergency] lines`.
"""

import re
import tomllib
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from calmdesk.errors import SettingsError
from calmdesk.guide.dialling import Dialling
from calmdesk.guide.targets import CaseClock, ClockChoice, Target, Targets, target
from calmdesk.working_hours import WEEKDAYS, WorkingHours


@dataclass(frozen=True)
class Escalation:
    """Somebody named, whom an agent may call at once (S12, S13)."""

    name: str
    number: str
    topic: str = ""
    """Category id; '' is for every matter."""
    over: int = 0
    """Minor units from which this person decides; 0 is any amount."""
    say: str = ""
    """What to tell them first."""


@dataclass(frozen=True)
class Reachable:
    """Somebody whom a customer is told to turn to."""

    name: str = ""
    number: str = ""
    email: str = ""


@dataclass(frozen=True)
class LetterChoice:
    """How letters leave the house."""

    folder: Path | None = None
    """Where the files go; None is a folder beside the database."""
    form: str = "html"
    """html, text or markdown."""
    second_reader: frozenset[str] = frozenset()
    """Ids of the letters that a colleague reads before they go (S81)."""
    disagree: Reachable = field(default_factory=Reachable)
    """Who reads a case afresh for a customer who disagrees with a final answer."""


@dataclass(frozen=True)
class PhoneChoice:
    """How calmdesk stands beside the softphone."""

    baresip: tuple[str, int] | None = None
    """Host and port at which baresip's `ctrl_tcp` is listened to; None is not at all. The hook for
    any softphone needs no setting."""
    dialling: Dialling = field(default_factory=Dialling)
    """The country and the outside line by which numbers are compared."""
    call_back: str = ""
    """`tel` or `sip`: a number that is to be rung is handed to the system's handler of such
    addresses; '' shows it to be dialled by hand."""
    remind: str = "bell"
    """How it is told that a promise comes due: `bell`, `desktop` for a notification, `off`."""


@dataclass(frozen=True)
class Settings:
    """Everything a firm or an agent can choose, with the defaults of a new machine."""

    company: str = ""
    """The firm's name, for phrases that speak in its name."""
    currency: str = "USD"
    """ISO 4217 code of the amounts typed in calls."""
    language: str = "en"
    """Folder of the playbook that is used, such as en."""
    limit: int | None = None
    """What an agent may give alone, in minor units; None means no limit is set (D5)."""
    hours: WorkingHours = field(default_factory=WorkingHours)
    clocks: ClockChoice = field(default_factory=ClockChoice)
    """By when a case is acknowledged, heard of again and settled; all off when nothing is said."""
    theme: str = "calm-dark"
    compact: bool = False
    """Whether screens are arranged as in a narrow window at every width: one thing below the other,
    one thing to say at a time, boxes without blank rows. A line that has room stays one row: two
    would show less."""
    keys: dict[str, str] = field(default_factory=dict)
    """Binding id to key, laid over the keys that ship."""
    escalation: tuple[Escalation, ...] = ()
    letters: LetterChoice = field(default_factory=LetterChoice)
    share: Path | None = None
    """A folder in which this calmdesk says what changes at its desk, and reads what others say; None
    is none. Whoever can read the folder can read the cases."""
    private_notes: bool = False
    """Whether what a reviewer wrote to an agent alone is said in the shared folder, too, where
    everybody who can read the folder can read it. Else the review goes there without it."""
    phone: PhoneChoice = field(default_factory=PhoneChoice)
    emergency: tuple[str, ...] = ()
    """The firm's emergency card, line by line; empty shows the one that ships."""

    def escalate_to(self, category: str, amount: int) -> Escalation | None:
        """The person who decides on this matter and amount: the closest topic, then the highest
        step that the amount reaches; None when nobody is named."""
        fitting = [e for e in self.escalation if e.topic in ("", category)]
        fitting = fitting or list(self.escalation)  # somebody named is better than nobody
        reached = [e for e in fitting if e.over <= amount]
        if reached:
            return max(reached, key=lambda e: (e.topic == category, e.over))
        return min(fitting, key=lambda e: (e.topic != category, e.over), default=None)


def load(file: Path) -> Settings:
    """The settings in `file`, or the defaults when there is none. Raises SettingsError."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The settings file {file} cannot be read ({error}).") from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"The settings file {file} is not valid TOML: {error}.") from error
    return _Reader(file).settings(table)


_LETTERS = {"folder", "form", "second_reader", "disagree"}
_PHONE = {"baresip", "region", "outside", "call_back", "remind"}
_HOURS = {"days", "from", "to", "holidays", "closed", "open"}
_PLACE = re.compile(r"[A-Za-z]{2,3}(?:-[\w ]+)?")


class _Reader:
    """Reads one settings table and says plainly which key is wrong."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def settings(self, table: dict[str, Any]) -> Settings:
        known = {"firm", "hours", "clocks", "screen", "keys", "letters", "share"}
        known |= {"escalation", "emergency", "phone"}
        self._known(table, known, "")
        firm = self._table(table, "firm", {"company", "currency", "limit", "language"})
        screen = self._table(table, "screen", {"theme", "compact"})
        emergency = self._table(table, "emergency", {"lines"})
        share = self._table(table, "share", {"folder", "private_notes"})
        keys = self._table(table, "keys", None)
        currency = self._text(firm, "firm", "currency", "USD").upper()
        if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
            raise self.wrong("[firm] currency", "a code of three letters, such as EUR")
        return Settings(
            company=self._text(firm, "firm", "company", ""),
            currency=currency,
            language=self._text(firm, "firm", "language", "en"),
            limit=self._amount(firm, "firm", "limit", currency),
            hours=self._hours(self._table(table, "hours", _HOURS)),
            clocks=self._clocks(self._table(table, "clocks", {"preset", "pauses", *CaseClock})),
            theme=self._text(screen, "screen", "theme", "calm-dark"),
            compact=self._switch(screen, "screen", "compact"),
            keys={name: self._text(keys, "keys", name, "") for name in keys},
            escalation=self._escalation(table.get("escalation", []), currency),
            letters=self._letters(self._table(table, "letters", _LETTERS)),
            share=self._folder(share, "share"),
            private_notes=self._switch(share, "share", "private_notes"),
            phone=self._phone(self._table(table, "phone", _PHONE)),
            emergency=self._lines(emergency, "emergency", "lines"),
        )

    def wrong(self, where: str, want: str) -> SettingsError:
        return SettingsError(f"In the settings file {self.file}, {where} must be {want}.")

    def _known(self, table: dict[str, Any], names: set[str], section: str) -> None:
        for name in table:
            if name not in names:
                near = get_close_matches(name, names, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(sorted(names))}."
                where = f"[{section}] {name}" if section else name
                raise SettingsError(f"In the settings file {self.file}, {where} is unknown; {hint}")

    def _table(self, table: dict[str, Any], name: str, names: set[str] | None) -> dict[str, Any]:
        value = table.get(name, {})
        if not isinstance(value, dict):
            raise self.wrong(f"[{name}]", "a heading on a line of its own, its values below it")
        if names is not None:
            self._known(value, names, name)
        return value

    def _text(self, table: dict[str, Any], section: str, name: str, default: str) -> str:
        value = table.get(name, default)
        if not isinstance(value, str):
            raise self.wrong(f"[{section}] {name}", "text in quotes")
        return value

    def _switch(self, table: dict[str, Any], section: str, name: str) -> bool:
        value = table.get(name, False)
        if not isinstance(value, bool):
            raise self.wrong(f"[{section}] {name}", "true or false")
        return value

    def _lines(self, table: dict[str, Any], section: str, name: str) -> tuple[str, ...]:
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
            raise self.wrong(f"[{section}] {name}", "a list of lines in quotes")
        return tuple(value)

    def _amount(self, table: dict[str, Any], section: str, name: str, currency: str) -> int | None:
        from calmdesk.guide.money import minor_units

        value = table.get(name)
        if value is None:
            return None
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not 0 <= value < float("inf"):
            raise self.wrong(f"[{section}] {name}", f"an amount in {currency}, such as 100")
        return minor_units(str(value), currency)

    def _hours(self, table: dict[str, Any]) -> WorkingHours:
        usual = WorkingHours()
        days = table.get("days")
        if days is not None and (
            not isinstance(days, list) or not days or any(d not in WEEKDAYS for d in days)
        ):
            raise self.wrong("[hours] days", 'a list such as ["mon", "tue", "wed"]')
        opens = self._clock(table, "from", usual.opens)
        closes = self._clock(table, "to", usual.closes)
        if opens >= closes:
            raise self.wrong("[hours] to", "later than [hours] from")
        holidays = self._text(table, "hours", "holidays", "")
        if holidays and not _PLACE.fullmatch(holidays):
            raise self.wrong("[hours] holidays", "a country or a part of it, such as GB-ENG or US")
        closed, worked = self._days(table, "closed"), self._days(table, "open")
        if both := closed & worked:
            raise self.wrong("[hours] open", f"without {min(both)}, which is in closed")
        weekdays = frozenset(WEEKDAYS.index(d) for d in days) if days else usual.days
        return WorkingHours(weekdays, opens, closes, holidays, closed, worked)

    def _days(self, table: dict[str, Any], name: str) -> frozenset[date]:
        value = table.get(name, [])
        days = isinstance(value, list) and all(isinstance(day, date) for day in value)
        if not days or any(isinstance(day, datetime) for day in value):
            raise self.wrong(f"[hours] {name}", "a list of dates such as [2026-12-24]")
        return frozenset(value)

    def _clocks(self, table: dict[str, Any]) -> ClockChoice:
        pauses = table.get("pauses")
        if pauses is not None and not isinstance(pauses, bool):
            raise self.wrong("[clocks] pauses", "true or false")
        own = {clock.value: self._target(table, clock) for clock in CaseClock}
        preset = self._text(table, "clocks", "preset", "")
        return ClockChoice(preset, Targets(**own, pauses=pauses is not False), pauses)

    def _target(self, table: dict[str, Any], clock: CaseClock) -> Target | None:
        text = self._text(table, "clocks", clock, "")
        try:
            return target(text, clock) if clock in table else None
        except ValueError as error:
            raise self.wrong(f"[clocks] {clock}", str(error)) from None

    def _clock(self, table: dict[str, Any], name: str, default: time) -> time:
        value = table.get(name, default)
        if isinstance(value, str):
            try:
                value = time.fromisoformat(value.zfill(5))
            except ValueError:
                raise self.wrong(f"[hours] {name}", 'a time such as "09:00"') from None
        if not isinstance(value, time) or value.tzinfo is not None:
            raise self.wrong(f"[hours] {name}", 'a time such as "09:00"')
        return value

    def _letters(self, table: dict[str, Any]) -> LetterChoice:
        from calmdesk.letters.forms import FORMS

        form = self._text(table, "letters", "form", "html")
        if form not in FORMS:
            raise self.wrong("[letters] form", "html, text or markdown")
        whom = self._table(table, "disagree", {it.name for it in fields(Reachable)})
        disagree = {name: self._text(whom, "letters.disagree", name, "") for name in whom}
        if disagree and not disagree.get("name"):
            raise self.wrong("[letters] disagree", 'given with a name, such as { name = "Kim" }')
        return LetterChoice(
            folder=self._folder(table, "letters"),
            form=form,
            second_reader=self._second_reader(table.get("second_reader", False)),
            disagree=Reachable(**disagree),
        )

    def _phone(self, table: dict[str, Any]) -> PhoneChoice:
        region = self._text(table, "phone", "region", "").upper()
        if region and not (len(region) == 2 and region.isascii() and region.isalpha()):
            raise self.wrong("[phone] region", "a country of two letters, such as GB")
        outside = self._text(table, "phone", "outside", "")
        if outside and not re.fullmatch(r"[0-9*#]{1,4}", outside):
            raise self.wrong("[phone] outside", 'what is dialled for an outside line, such as "0"')
        call_back = self._text(table, "phone", "call_back", "")
        if call_back not in ("", "tel", "sip"):
            raise self.wrong("[phone] call_back", '"tel" or "sip"')
        remind = self._text(table, "phone", "remind", "bell")
        if remind not in ("bell", "desktop", "off"):
            raise self.wrong("[phone] remind", '"bell", "desktop" or "off"')
        return PhoneChoice(self._baresip(table), Dialling(region, outside), call_back, remind)

    def _baresip(self, table: dict[str, Any]) -> tuple[str, int] | None:
        """Where baresip listens: on this machine, since it asks for no password."""
        typed = self._text(table, "phone", "baresip", "")
        if not typed:
            return None
        host, colon, port = typed.rpartition(":")
        here = host in ("127.0.0.1", "localhost", "[::1]")
        if not (here and colon and port.isascii() and port.isdecimal() and 0 < int(port) < 65536):
            raise self.wrong("[phone] baresip", 'a port of this machine, such as "127.0.0.1:4444"')
        return host.strip("[]"), int(port)

    def _folder(self, table: dict[str, Any], section: str) -> Path | None:
        folder = self._text(table, section, "folder", "")
        return Path(folder).expanduser().absolute() if folder else None

    def _second_reader(self, value: Any) -> frozenset[str]:
        from calmdesk.letters.writing import KINDS

        ids = [kind.id for kind in KINDS]
        wanted = (ids if value else []) if isinstance(value, bool) else value
        if not isinstance(wanted, list) or any(kind not in ids for kind in wanted):
            raise self.wrong("[letters] second_reader", f"true, or a list of: {', '.join(ids)}")
        return frozenset(wanted)

    def _escalation(self, rows: Any, currency: str) -> tuple[Escalation, ...]:
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.wrong("[[escalation]]", "a list of tables")
        people = []
        for row in rows:
            self._known(row, {f.name for f in fields(Escalation)}, "escalation")
            person = Escalation(
                name=self._text(row, "escalation", "name", ""),
                number=self._text(row, "escalation", "number", ""),
                topic=self._text(row, "escalation", "topic", ""),
                over=self._amount(row, "escalation", "over", currency) or 0,
                say=self._text(row, "escalation", "say", ""),
            )
            if not person.name or not person.number:
                raise self.wrong("[[escalation]]", "given with a name and a number")
            people.append(person)
        return tuple(people)
