"""How fast calmdesk is, beside what it could be compared with: `python -m tests.bench`.

Every row is measured with its baseline in one run, turn by turn, so that a busy machine slows both.

    __main__.py    the rows, by name, and the table
    rows.py        Row, and the numbers out of samples
    bare_app.py    the baseline: a Textual app of four widgets
    programs.py    calmdesk and the bare app, each in a real terminal
    starting.py    first paint, ready for a call, import
    typing_.py     a key until it stands on the screen
    guiding.py     what to say next, out of 500 phrases
    noting.py      an entered note until it is on disk
    holding.py     memory after a call
    finding.py     a search over years, at every key
    exchanging.py  all cases written out, a log taken over
"""
