"""Whether values that came from elsewhere are what a field of the record can hold."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, TypeDecorator

from calmdesk.exchange.stored_times import stored
from calmdesk.words import clean

LARGEST = 2**63
"""The first whole number that no field holds."""

Check = Callable[[list[Any]], list[Any]]
"""What makes of values of a field what it can hold, or `WRONG`: a whole column at a time, since
nearly all are as they should be."""
WRONG = object()
"""Stands for a value that no field holds."""


def check_of(column: "Column[Any]") -> Check:
    """The check of a field."""
    kind = column.type
    of = (kind.impl_instance if isinstance(kind, TypeDecorator) else kind).python_type
    all_sound, one = _CHECKS[of]
    if (column.table.name, column.name) == ("event", "payload"):
        one = _whole

    def check(values: list[Any]) -> list[Any]:
        held = [value for value in values if value is not None] if column.nullable else values
        with suppress(TypeError, ValueError):
            if all_sound(held):
                return values
        return [None if column.nullable and it is None else one(it) for it in values]

    return check


def default_of(column: "Column[Any]") -> Any:
    """What a field holds that an older calmdesk did not know."""
    default = column.default
    if default is None or not default.is_scalar:
        return None
    value = default.arg  # type: ignore[attr-defined]
    return stored(value) if isinstance(value, datetime) else value


def _all_numbers(values: list[Any]) -> bool:
    return set(map(type, values)) <= {int} and all(-LARGEST <= it < LARGEST for it in values)


def _all_ticks(values: list[Any]) -> bool:
    return set(map(type, values)) <= {int} and set(values) <= {0, 1}


def _all_texts(values: list[Any]) -> bool:
    return "".join(values).isprintable()


def _all_instants(values: list[Any]) -> bool:
    if set(map(len, values)) - {26}:
        return False
    exact = all(it[10] == " " and it[19] == "." for it in values)
    return exact and all(it.tzinfo is None for it in map(datetime.fromisoformat, values))


def _tick(value: Any) -> Any:
    return int(value) if value in (0, 1) and isinstance(value, int) else WRONG


def _number(value: Any) -> Any:
    return value if value.__class__ is int and -LARGEST <= value < LARGEST else WRONG


def _whole(value: Any) -> Any:
    """A text of which every sign counts, since a digest was taken of it."""
    try:
        value.encode()
    except (AttributeError, UnicodeEncodeError):
        return WRONG
    return value


def _text(value: Any) -> Any:
    return clean(value) if value.__class__ is str else WRONG


def _instant(value: Any) -> Any:
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return WRONG
    return stored(at if at.tzinfo is not None else at.replace(tzinfo=UTC))


_CHECKS: dict[type, tuple[Callable[[list[Any]], bool], Callable[[Any], Any]]] = {
    bool: (_all_ticks, _tick),
    int: (_all_numbers, _number),
    str: (_all_texts, _text),
    datetime: (_all_instants, _instant),
}
