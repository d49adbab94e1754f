"""Practice: a caller who answers from a script, so that the order of things is learnt before the
first real call (S39, S84).

One practice call, from a file to the debrief::

    playbook/en/practice/*.toml ─ table, reading ─> Scenario
    what happened on the call screen ─ following ─> an act
        -> Caller.do(act, second)     hearing: what the words do; rules: what that changes, and why
              -> speech               what the caller says next, at the pace of a person
        -> debrief                    the heat curve, what raised it, what to try

Nothing in here is left to chance: the same play gives the same call.
"""
