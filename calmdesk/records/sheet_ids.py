"""Ids of the rows that an import makes of a line of a sheet. They follow from the id of their case, so
that two laptops that take over the same line have the same rows; and they are known by it."""

MOST = 1 << 20
"""Lines of one kind that a case may have."""
_TAIL = 1 << 48


def sheet_id(case_id: str, place: int, kind: int = 0) -> str:
    """The id of a case's row, its instant that of the case; `place` keeps rows of one kind in their
    order, and `kind` parts those that stand in one list."""
    tail = (int(case_id[24:], 16) + kind * MOST + place) % _TAIL
    return f"{case_id[:15]}{min(place, 0xFFF):03x}{case_id[18:24]}{tail:012x}"


def is_of_sheet(row_id: str, case_id: str) -> bool:
    """Whether a row of a case was made of a line of a sheet."""
    if row_id[:15] != case_id[:15] or row_id[18:24] != case_id[18:24]:
        return False
    return (int(row_id[24:], 16) - int(case_id[24:], 16)) % _TAIL < 2 * MOST
