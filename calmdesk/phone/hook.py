"""`calmdesk-phone`: what a softphone starts when it rings, is answered, is hung up.

It puts one event into the spool and ends: nothing on stdout (some phones read it as an order), exit
code 0 queued, 2 wrongly called, 75 not delivered. The phone waits for it meanwhile, so nothing
heavy is imported here; and what it is called with comes from a stranger, so nothing of it is ever
more than text.
"""

import os
import sqlite3
import sys
import time
from collections.abc import Mapping
from contextlib import suppress

from calmdesk.phone.spool import put, spool_file

PUT, WRONG, NOT_PUT = 0, 2, 75
"""Exit codes: queued, wrongly called, not delivered (sysexits' EX_TEMPFAIL)."""
SOURCE = "CALMDESK_PHONE_SOURCE"
"""In the environment: who says it, where it is no softphone (`calmdesk phone test`)."""
VERBS = ("ring", "answer", "hold", "resume", "hangup", "busy", "twinkle")
USAGE = """usage: calmdesk-phone ring|answer|hold|resume|hangup|busy [--id ID] [--name NAME] [--] [NUMBER]
       calmdesk-phone twinkle          (as a script of Twinkle: reads its environment)
How to set a softphone up: calmdesk phone setup"""

_TWINKLE = {
    "in_call": "ring",
    "in_call_answered": "answer",
    "in_call_failed": "hangup",
    "local_release": "hangup",
    "remote_release": "hangup",
}
"""What Twinkle triggers, as ours. Of any other trigger, or none, nothing is queued, and all is well:
Twinkle starts the same script for its outgoing calls."""


def main(words: "list[str] | None" = None) -> None:
    """Entry point. Ends the process."""
    at = time.time()
    words = sys.argv[1:] if words is None else words
    if not words or words[0] not in VERBS:
        _say(USAGE)
        sys.exit(WRONG)
    sys.exit(hook(words, at))


def hook(words: "list[str]", at: float, env: Mapping[str, str] = os.environ) -> int:
    """Queue what was said at an instant. Returns the exit code."""
    if words[0] == "twinkle":
        kind, key, number, name = _of_twinkle(env)
        if not kind:
            return PUT
    else:
        kind = words[0]
        key, name, number = read(words[1:])
    file = "the spool"
    try:
        file = spool_file(env)
        put(file, kind, key, number, name, env.get(SOURCE, "hook"), at)
    except (sqlite3.Error, OSError) as error:
        _say(f"calmdesk-phone: {file} cannot be written ({error}); the event is lost.")
        return NOT_PUT
    return PUT


def read(words: "list[str]") -> "tuple[str, str, str]":
    """The id, the name and the number that were given; everything that is no option of ours is the
    number, and so is all that follows `--`."""
    known = {"--id": "", "--name": ""}
    rest: list[str] = []
    at = 0
    while at < len(words):
        option, given, value = words[at].partition("=")
        at += 1
        if option == "--":
            rest += words[at:]
            break
        if option not in known:
            rest.append(words[at - 1])
        elif given:
            known[option] = value
        elif at < len(words):
            known[option] = words[at]
            at += 1
    return known["--id"], known["--name"], " ".join(rest).strip()


def _of_twinkle(env: Mapping[str, str]) -> "tuple[str, str, str, str]":
    """What Twinkle's environment says. Our own hanging up carries our own number, so the call's id
    alone tells which call it was."""
    trigger = env.get("TWINKLE_TRIGGER", "")
    key, name = env.get("SIP_CALL_ID", ""), env.get("SIP_FROM_DISPLAY", "")
    ours = trigger == "local_release"
    number = "" if ours else env.get("SIP_FROM_USER", "")
    return _TWINKLE.get(trigger, ""), key, number, "" if ours else name


def _say(sentence: str) -> None:
    if sys.stderr is not None:  # it is, where no console belongs to the program
        with suppress(OSError):
            sys.stderr.write(sentence.encode("ascii", "backslashreplace").decode() + "\n")


if __name__ == "__main__":
    main()
