"""Numbers drawn in one line of blocks, the highest a whole one; what is there at all shows."""

from collections.abc import Sequence

BLOCKS = " ▁▂▃▄▅▆▇█"


def spark(counts: Sequence[int], highest: int = 0) -> str:
    """A block for each count, of the `highest` there can be, else of the highest there is."""
    top = highest or max(counts, default=0)
    if not top:
        return BLOCKS[1] * len(counts)
    return "".join(BLOCKS[min(8, max(int(count > 0), round(count / top * 8)))] for count in counts)


def busy_hours(hours: Sequence[int]) -> tuple[int, int]:
    """From which hour to which something was counted, both of them in it; (0, -1) for nothing."""
    busy = [hour for hour, count in enumerate(hours) if count]
    return (busy[0], busy[-1]) if busy else (0, -1)


def upright(counts: Sequence[int], rows: int, highest: int = 0) -> list[str]:
    """The same over several rows, from the top one down."""
    top = highest or max(counts, default=0)
    eighths = [round(count / top * rows * 8) if top else 0 for count in counts]
    tall = [max(1, it) if count else 0 for it, count in zip(eighths, counts, strict=True)]
    return [
        "".join(BLOCKS[min(8, max(0, it - row * 8))] for it in tall)
        for row in range(rows - 1, -1, -1)
    ]
