"""Files of cells with something between them: what stands there, and the rows."""

import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from calmdesk.errors import CalmdeskError

LONGEST_CELL = 1 << 20
"""Characters after which a cell is taken for a quotation mark that nobody closed."""
_DELIMITERS = ",;\t|"


def delimiter_of(path: Path, encoding: str) -> str:
    """What stands between the cells: what gives the most rows of one width, more than one wide."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        try:
            sample = file.read(1 << 16)
        except UnicodeError as error:
            raise _unlike(path, encoding) from error
    first, _, _ = sample.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return first[4]

    def fits(delimiter: str) -> tuple[int, int]:
        try:
            rows = list(islice(csv.reader(sample.splitlines(True), delimiter=delimiter), 200))
        except csv.Error:
            return 0, 0
        widths = Counter(len(row) for row in rows if len(row) > 1)
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    return max(_DELIMITERS, key=fits)


def rows(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows, each with the number of the line on which it begins. Raises CalmdeskError."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        line = 1
        try:
            for cells in reader:
                yield line, cells
                line = reader.line_num + 1
        except UnicodeError as error:
            raise _unlike(path, encoding) from error
        except csv.Error as error:
            raise CalmdeskError(
                f"Line {line} of {path.name} cannot be read: a quotation mark there is never "
                "closed. Mend it, and run the same again; what stands before it is kept."
            ) from error


def _unlike(path: Path, encoding: str) -> CalmdeskError:
    """What to say of an encoding that cannot be that of a file."""
    return CalmdeskError(
        f"{path.name} is not text in {encoding}; name another --encoding, or none."
    )
