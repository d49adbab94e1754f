"""Five hundred texts that somebody may have typed, pasted or been called; to be kept as they are."""

from itertools import cycle, islice, product

BEGINS = ("", "=", "+", "-", "@", "\t", "\n", "'", "''", "'=", "''=", "'+", " =", '"', "''@")
BODIES = (
    "1+1",
    'cmd|"/c calc"!A0',
    'HYPERLINK("http://x","y")',
    "[/b] [red]",
    "O'Hara; drop table event; --",
    "a,b;c|d",
    'says "no", twice',
    "first\nsecond",
    "_x0041_ _x000D_",
    "מרים כהן",
    "👩‍👩‍👧 🇩🇪",
    "e\u0301 é",
    "\\n \\\\ \\",
    "NULL",
    "yes",
    "2026-11-21",
    "１２３",
    "{{ x }} %s {0}",
    "<b>&amp;</b>",
    "0012",
    "1e5",
    "sep=;",
    "\u200b\u200fa",
    "ends with a space ",
    "a  b",
    "\u00a0",
    "'",
    "....,",
    "x" * 300,
    "C:\\Users\\d",
    "../../x",
    "\ufeffb",
    "a\tb",
    "--",
)

TEXTS = tuple(islice((f"{a}{b}" for a, b in cycle(product(BEGINS, BODIES))), 500))
