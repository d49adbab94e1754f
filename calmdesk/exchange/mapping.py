"""How a log is read: which column is what, how its days are spelled, what its words mean. Guessed,
or written down as TOML."""

import tomllib
from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from calmdesk.errors import CalmdeskError
from calmdesk.exchange.dates import ORDERS
from calmdesk.exchange.headers import Field, guess, listed, named
from calmdesk.exchange.tables import How
from calmdesk.guide.outcome import Outcome, Status


@dataclass(frozen=True)
class Mapping:
    """How the columns of a log are read."""

    columns: Pairs[Field, str] = field(default_factory=dict)
    """The name of the column that holds each thing."""
    order: str = ""
    """One of `dates.ORDERS`; '' is found out."""
    outcomes: Pairs[str, str] = field(default_factory=dict)
    """Their word, and our outcome for it; '' leaves it to the journal."""
    statuses: Pairs[str, str] = field(default_factory=dict)
    how: How = field(default_factory=How)


def guessed(header: Sequence[str]) -> Mapping:
    """The mapping that the names of a header suggest."""
    return Mapping(guess(header))


def check(mapping: Mapping, header: Sequence[str], file: str) -> None:
    """Raises CalmdeskError when a mapping names columns that a file has not, or lacks the one that
    every case needs."""
    for it, name in mapping.columns.items():
        if name not in header:
            raise CalmdeskError(
                f"{file} has no column {named(name)}, which the mapping names for {it}; "
                f"it has {listed(header)}."
            )
    if Field.OPENED not in mapping.columns:
        raise CalmdeskError(
            f"No column of {file} says when a case was opened. It has {listed(header)}; "
            'name the one in a mapping: [columns] opened = "...". '
            "calmdesk import --write-map FILE writes one to begin with."
        )


def read(file: Path) -> Mapping:
    """A mapping from a file. Raises CalmdeskError with one clear sentence."""
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise CalmdeskError(f"{file} cannot be read ({error.strerror or error}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CalmdeskError(f"{file} is no mapping that can be read: {error}.") from error
    parts = {
        name: _table(file, found, name)
        for name in ("columns", "dates", "outcomes", "statuses", "file")
    }
    _known(file, "", found, parts)
    _known(file, "columns.", parts["columns"], list(Field))
    _known(file, "dates.", parts["dates"], ("order",))
    _known(file, "file.", parts["file"], ("encoding", "delimiter", "sheet"))
    _one_of(file, "outcomes", parts["outcomes"], list(Outcome))
    _one_of(file, "statuses", parts["statuses"], list(Status))
    _one_of(file, "dates", parts["dates"], ORDERS)
    columns = {Field(name): column for name, column in parts["columns"].items() if column}
    return Mapping(
        columns,
        parts["dates"].get("order", ""),
        parts["outcomes"],
        parts["statuses"],
        How(**parts["file"]),
    )


def _table(file: Path, found: dict[str, Any], name: str) -> dict[str, str]:
    table = found.get(name, {})
    if not isinstance(table, dict) or not all(isinstance(it, str) for it in table.values()):
        raise CalmdeskError(f'In {file}, [{name}] is to hold lines such as name = "words".')
    return table


def _known(file: Path, where: str, found: Pairs[str, Any], names: Any) -> None:
    for name in found:
        if name not in names:
            raise CalmdeskError(
                f"In {file}, {where}{name} is nothing that a mapping has; it has "
                f"{', '.join(names)}."
            )


def _one_of(file: Path, where: str, found: Pairs[str, str], values: Sequence[str]) -> None:
    for name, value in found.items():
        if value and value not in values:
            raise CalmdeskError(
                f"In {file}, {where}.{name} is {value}; it is one of {', '.join(values)}."
            )


def written(mapping: Mapping, header: Sequence[str], file: str) -> str:
    """A mapping as TOML, for somebody to correct; columns that are not used are named in it."""
    import tomlkit

    text = tomlkit.document()
    text.add(tomlkit.comment(f"How calmdesk reads {file}."))
    text.add(
        tomlkit.comment("On the left what calmdesk keeps, on the right the file's own column.")
    )
    columns = tomlkit.table()
    for it, name in mapping.columns.items():
        columns.add(str(it), name)
    used = set(mapping.columns.values())
    if rest := [name for name in header if name not in used]:
        columns.add(tomlkit.comment("Kept with each case, and not used: " + ", ".join(rest)))
    if unused := [str(it) for it in Field if it not in mapping.columns]:
        columns.add(tomlkit.comment("Could be named as well: " + ", ".join(unused)))
    text.add("columns", columns)
    if mapping.order:
        text.add("dates", _lines({"order": mapping.order}))
    for name, words in (("outcomes", mapping.outcomes), ("statuses", mapping.statuses)):
        if words:
            text.add(name, _lines(words))
    how = {key: value for key, value in vars(mapping.how).items() if value}
    if how:
        text.add("file", _lines(how))
    return tomlkit.dumps(text)


def _lines(values: Pairs[str, str]) -> Any:
    import tomlkit

    table = tomlkit.table()
    for name, value in values.items():
        table.add(name, value)
    return table
