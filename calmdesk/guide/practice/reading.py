"""Reads scenarios: those that ship, and the firm's own `playbook/practice/*.toml` beside them.

Every mistake is one sentence that names the file, the key and the nearest valid word.
"""

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from calmdesk.errors import CalmdeskError, PlaybookError
from calmdesk.guide import playbook
from calmdesk.guide.practice.rules import RULES, TEMPERS
from calmdesk.guide.practice.scenario import (
    BANDS,
    HARD,
    LEVEL,
    Before,
    Fact,
    Scenario,
    Way,
    WayKind,
)
from calmdesk.guide.practice.table import Table, read
from calmdesk.words import one_line

COMMON = "common.toml"
"""Lines for every moment, in words that fit anybody; a scenario's own come before them."""
FOLDER = "practice"
_BREAKS = 5.4


Told = Callable[[PlaybookError], None]


def _refuse(error: PlaybookError) -> None:
    raise error


def load(
    own: Path | None = None,
    language: str = playbook.ENGLISH,
    book: playbook.Playbook | None = None,
    tell: Told = _refuse,
) -> Sequence[Scenario]:
    """All scenarios of a language, the easiest first, the firm's own over those that ship by the
    name of their file. `book` is the playbook whose words they use; None reads it. A file that
    cannot be used is told and left out; as long as nobody is to be told, it raises PlaybookError."""
    known = _Known(book if book is not None else playbook.load(own, language))
    common: dict[str, Mapping[str, Sequence[str]]] = {}
    tables: list[Table] = []
    for folder in _folders(own, language):
        for file in sorted(folder.glob("*.toml")):
            try:
                table = read(file)
                if file.name == COMMON:
                    common |= _says(table)
                else:
                    tables.append(table)
            except PlaybookError as error:
                tell(error)
    found: dict[str, Scenario] = {}
    for table in tables:
        try:
            found[table.file.stem] = _scenario(table, known, common)
        except PlaybookError as error:
            tell(error)
    return sorted(found.values(), key=lambda it: (it.hard, it.id))


def choose(scenarios: Sequence[Scenario], name: str) -> Scenario:
    """The scenario of a name. Raises CalmdeskError with the nearest one."""
    wanted = name.strip().casefold().replace("_", "-").replace(" ", "-").removesuffix(".toml")
    names = {key.casefold(): it for it in scenarios for key in (it.id, it.title.replace(" ", "-"))}
    begun = [key for key in names if wanted and key.startswith(wanted)]
    if wanted in names or len({names[key].id for key in begun}) == 1:
        return names[wanted] if wanted in names else names[begun[0]]
    near = get_close_matches(wanted, names, n=1, cutoff=0.4)
    hint = f"did you mean {names[near[0]].id}? " if near else ""
    raise CalmdeskError(
        f"There is no practice call {one_line(name)!r}; {hint}calmdesk practice --list shows all."
    )


def _folders(own: Path | None, language: str) -> list[Path]:
    spoken = playbook.SHIPPED / language / FOLDER
    shipped = spoken if spoken.is_dir() else playbook.SHIPPED / playbook.ENGLISH / FOLDER
    return [shipped, *([own / language / FOLDER, own / FOLDER] if own is not None else [])]


def check(file: Path, values: Mapping[str, Any], book: playbook.Playbook) -> None:
    """Read one parsed file alone. Raises its first Mistake."""
    table = Table(file, values)
    if file.name == COMMON:
        _says(table)
    else:
        _scenario(table, _Known(book), {})


class _Known:
    """Words of the playbook that a scenario may use."""

    def __init__(self, book: playbook.Playbook) -> None:
        self.categories = [category.id for category in book.categories]
        self.remedies = [remedy.id for remedy in book.remedies]


def _scenario(
    it: Table, known: _Known, common: Mapping[str, Mapping[str, Sequence[str]]]
) -> Scenario:
    it.only(
        *(
            "title",
            "about",
            "firm",
            "trade",
            "day",
            "hard",
            "brief",
            "lesson",
            "temper",
            "heat",
            "breaks",
        ),
        *("limit", "can", "cannot", "tries", "caller", "before", "story", "fact", "way", "feels"),
        "says",
    )
    caller, story = it.table("caller"), it.table("story")
    caller.only("name", "company", "number", "since")
    story.only("tells", "softer", "nouns", "ask", "answers")
    return Scenario(
        id=it.file.stem,
        title=it.text("title"),
        about=it.one_of("about", it.text("about"), known.categories),
        firm=it.text("firm"),
        trade=it.text("trade"),
        day=it.text("day", ""),
        hard=it.whole("hard", None, min(HARD), max(HARD)),
        brief=it.text("brief"),
        lesson=it.text("lesson"),
        temper=it.one_of("temper", it.text("temper"), TEMPERS),
        heat=_tenths(it.number("heat", None, 1, 5)),
        breaks=_tenths(it.number("breaks", _BREAKS, 4, 6)),
        name=caller.text("name"),
        company=caller.text("company", ""),
        number=caller.text("number"),
        since=caller.whole("since", 0, 0, 9999),
        limit=it.whole("limit", 0, 0, 10**9),
        can=it.texts("can", 1),
        cannot=it.texts("cannot"),
        tries=it.texts("tries"),
        tells=story.texts("tells", 2),
        nouns=story.texts("nouns", 2),
        ask=story.text("ask"),
        softer=_softer(story),
        answers=story.texts("answers"),
        facts=tuple(_fact(row) for row in it.tables("fact")),
        ways=_ways(it, known),
        before=_before(it),
        feels=_feels(it.table("feels")),
        says={**common, **_own_says(it)},
    )


def _softer(story: Table) -> tuple[str, ...]:
    softer = story.texts("softer")
    if softer and len(softer) != len(story.texts("tells")):
        raise story.wrong("softer", "needs as many pieces as tells")
    return softer


def _own_says(it: Table) -> dict[str, Mapping[str, Sequence[str]]]:
    """What this caller says in words of their own: at least how it begins and how it breaks."""
    says = _says(it)
    for moment in ("opening", "hang_up"):
        if moment not in says:
            raise it.table("says").wrong(moment, "must be written for every caller")
    return says


def _tenths(level: float) -> int:
    return round(level * LEVEL)


def _ways(it: Table, known: _Known) -> tuple[Way, ...]:
    ways = tuple(_way(row, known) for row in it.tables("way"))
    if len(ways) < 2:
        raise it.wrong("way", "needs at least two: a call can be won in more than one way")
    return ways


def _way(row: Table, known: _Known) -> Way:
    row.only("id", "kind", "hint", "yes", "at", "words", "remedies")
    remedies = row.texts("remedies")
    for remedy in remedies:
        row.one_of("remedies", remedy, known.remedies)
    kind = WayKind(row.one_of("kind", row.text("kind"), tuple(WayKind)))
    return Way(
        id=row.text("id"),
        kind=kind,
        hint=row.text("hint"),
        yes=row.text("yes"),
        at=_tenths(row.number("at", None, 1, 5)),
        words=row.texts("words", 0 if remedies or kind is WayKind.HAND_OVER else 1),
        remedies=remedies,
    )


def _fact(row: Table) -> Fact:
    row.only("knows", "words", "found")
    return Fact(row.text("knows"), row.texts("words", 2), row.flag("found"))


def _before(it: Table) -> Before | None:
    if "before" not in it.values:
        return None
    row = it.table("before")
    row.only("days_ago", "ask", "promised", "late_hours", "calls")
    return Before(
        days_ago=row.whole("days_ago", None, 1, 60),
        ask=row.text("ask"),
        promised=row.text("promised"),
        calls=row.whole("calls", 1, 1, 9),
        late_hours=row.whole("late_hours", None, 1, 24 * 60),
    )


def _feels(row: Table) -> dict[str, int]:
    return {
        row.one_of(name, name, RULES): _tenths(row.number(name, None, -2, 2)) for name in row.values
    }


def _says(it: Table) -> dict[str, Mapping[str, Sequence[str]]]:
    """Lines by moment: a list for every heat, or a table of bands."""
    row = it.table("says")
    row.only(*MOMENTS)
    says: dict[str, Mapping[str, Sequence[str]]] = {}
    for moment, lines in row.values.items():
        if isinstance(lines, dict):
            bands = row.table(moment)
            bands.only(*BANDS)
            says[moment] = {band: bands.texts(band, 1) for band in lines}
        else:
            says[moment] = {band: row.texts(moment, 1) for band in BANDS}
    return says


MOMENTS = (
    *("opening", "interrupted", "cut_short", "talk", "silence", "bye", "hang_up"),
    *("hollow_apology", "blamed", "belittled", "blamed_colleague", "brushed_off"),
    *("over_promised", "excuse", "regret", "owned", "third_apology", "feeling_words"),
    *("acknowledged", "assured", "named_broken_promise", "what_happened", "asked_again"),
    *("heard", "half_heard", "early_question", "early_data", "early_offer", "early_no"),
    *("answer", "verify", "hold", "back", "long_hold", "passed_on", "told_fact"),
    *("straight_no", "bare_no", "two_options", "paired", "not_yet", "no", "named_promise"),
    *("vague_promise", "settles", "read_back", "contact", "boundary_early"),
    *("boundary_named", "boundary_warned", "boundary_ended"),
)
"""Moments at which a caller says something."""
