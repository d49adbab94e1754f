"""`calmdesk find`: cases by any words of them, as a list or as JSON."""

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from calmdesk import commands_own
from calmdesk.commands_record import opened
from calmdesk.words import called, count, json_text, one_line

if TYPE_CHECKING:
    from calmdesk.records.search_rows import Found, FoundCase
    from calmdesk.records.store import Store

PATIENCE = 2.0
"""Seconds in which what was written meanwhile is still indexed before the answer."""


def find(
    context: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(help="Any words, numbers or a reference; among them filters: heat:hot."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Everything found, as JSON.")] = False,
) -> None:
    """Find cases by words of notes, names, firms, numbers, references and letters, the best first."""
    from calmdesk.clock import SystemClock
    from calmdesk.guide.english.filter_among_words import filter_among
    from calmdesk.guide.english.typed_filter import FilterWords, spell_filter
    from calmdesk.guide.filters import Filter
    from calmdesk.records import search

    settings, now = commands_own.settings(context.obj), SystemClock().now()
    known = FilterWords.of(commands_own.words(context.obj, settings.language), settings.currency)
    among, text, unread = filter_among(" ".join(words), known)
    if unread:
        typer.echo(f"calmdesk: {unread} It is looked for as it stands.", err=True)
    chosen, typed = replace(among, seen_at=now), spell_filter(among, known)
    with opened(context.obj) as store:
        _catch_up(store)
        what = search.find(store, text, chosen, now, filtered=among != Filter())
    if as_json:
        typer.echo(json_text({"filter": typed, **_plain(what)}))
        return
    for row in what.rows:
        for line in _lines(row):
            typer.echo(line)
    typer.echo(f"{typed}{': ' * bool(typed)}{' · '.join([_count(what), *what.taken])}")


def _catch_up(store: "Store") -> None:
    """Let the search know what was written last; a calmdesk that runs beside us does it itself."""
    from calmdesk.records import tending

    until = time.monotonic() + PATIENCE
    with store.tending():
        left = tending.due(store)
        while left and time.monotonic() < until:
            left = tending.tend(store, 0.2)
    if left:
        typer.echo(
            "calmdesk: the search does not know all cases yet; while calmdesk runs it learns them.",
            err=True,
        )


def _count(what: "Found") -> str:
    """How many there are; of very many, which the shown ones are the best of."""
    cases = count(what.total, "case")
    if what.more:
        return f"more than {cases}; these are the best of the newest and of those so named"
    return cases


def _lines(row: "FoundCase") -> list[str]:
    case = row.line
    who = called(case.customer)
    who = f"{who}, {case.company}" if case.company else who
    when = _local(row)[:16].replace("T", " ")
    parts = (case.ref, when, who, case.outcome or case.status)
    return ["  ".join(map(one_line, parts)), f"  {row.where}: {one_line(row.passage)}"]


def _local(row: "FoundCase") -> str:
    from calmdesk.clock import SystemClock, local_iso

    return local_iso(row.line.opened_at, SystemClock.zone)


def _plain(what: "Found") -> dict[str, Any]:
    """What was found as plain values; marks are from and to, in characters of the passage."""
    return {
        "total": what.total,
        "more": what.more,
        "unknown": what.unknown,
        "taken_for": dict([*what.instead, *what.also]),
        "partly": what.partly,
        "cases": [
            {
                "ref": row.line.ref,
                "opened_at": _local(row),
                "agent": row.line.agent,
                "customer": row.line.customer,
                "company": row.line.company,
                "category": row.line.category,
                "status": row.line.status,
                "outcome": row.line.outcome,
                "where": row.where,
                "passage": row.passage,
                "marks": row.marks,
            }
            for row in what.rows
        ],
    }
