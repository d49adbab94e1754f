"""`python -m tests.bench [name ...] [--quick]`: measure, print one table, end with 1 if a goal is
missed."""

import argparse
import sys
from collections.abc import Callable

from tests.bench import (
    browsing,
    causes,
    exchanging,
    finding,
    guiding,
    holding,
    language,
    learning,
    noting,
    opening,
    phoning,
    starting,
    typing_,
)
from tests.bench.rows import Row, table

MEASURED: dict[str, Callable[[bool], list[Row]]] = {
    "paint": starting.first_paint,
    "ready": starting.ready,
    "import": starting.importing,
    "keys": typing_.key_to_screen,
    "suggest": guiding.suggesting,
    "review": language.guarding,
    "note": noting.note_on_disk,
    "learned": learning.what_was_learned,
    "causes": causes.causes_of_a_year,
    "totals": causes.totals_of_years,
    "memory": holding.memory,
    "lists": browsing.lists,
    "day": opening.opening,
    "find": finding.finding,
    "exchange": exchanging.exchanging,
    "phone": phoning.at_the_phone,
}


def main() -> int:
    """Run what was named, or everything. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(MEASURED))
    parser.add_argument("--quick", action="store_true", help="a first look, from few samples")
    chosen = parser.parse_args()
    names: list[str] = chosen.names or list(MEASURED)
    if unknown := set(names) - set(MEASURED):
        parser.error(f"{', '.join(sorted(unknown))} is not measured; known: {', '.join(MEASURED)}")
    rows: list[Row] = []
    for name in names:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        rows += MEASURED[name](chosen.quick)
    print(table(rows))
    return 1 if any(row.met is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
