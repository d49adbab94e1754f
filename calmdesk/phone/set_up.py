"""How a softphone is told to tell calmdesk: the very lines, with the path of the program here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

LONGEST_VALUE = 255
"""Characters of a value that MicroSIP reads."""
EVENTS = ("ring", "answer", "hangup", "busy")
"""What a softphone without holds tells."""


@dataclass(frozen=True)
class SetUp:
    """What to do for one softphone, line by line, and how far that was tried."""

    lines: tuple[str, ...]
    tried: str
    """What was run, and what was only read."""


def microsip(program: str) -> SetUp:
    """Four lines of its settings file. Its source was read; it appends the number unquoted."""
    keys = ("cmdCallRing", "cmdCallAnswer", "cmdCallEnd", "cmdCallBusy")
    values = [f"{program} {event} --" for event in EVENTS]
    long = max(map(len, values)) > LONGEST_VALUE
    shorter = [
        f"Its values end after {LONGEST_VALUE} characters: install calmdesk in a shorter folder."
    ]
    return SetUp(
        (
            "1. Close MicroSIP: it writes its settings when it ends.",
            "2. Open %APPDATA%\\MicroSIP\\microsip.ini in Notepad (it is UTF-16), and put these",
            "   lines under [Settings], each once:",
            "",
            *(f"{key}={value}" for key, value in zip(keys, values, strict=True)),
            "",
            "3. Start MicroSIP, then: calmdesk phone test",
            "",
            *(shorter if long else ()),
            "MicroSIP tells of no hold: ctrl+o in calmdesk holds. An old one that takes a program and",
            "nothing behind it cannot be used: a .bat file in between would run what a caller says.",
        ),
        "Read in MicroSIP's source; not run, for it needs Windows.",
    )


def baresip(program: str) -> SetUp:
    """Two lines for baresip, and one for calmdesk: no hook is needed."""
    return SetUp(
        (
            "1. Put these lines into ~/.baresip/config. The address matters: without it baresip",
            "   listens to the whole network, and asks for no password.",
            "",
            "module_app          ctrl_tcp.so",
            "ctrl_tcp_listen     127.0.0.1:4444",
            "",
            "2. Put these into calmdesk's settings file:",
            "",
            "[phone]",
            'baresip = "127.0.0.1:4444"',
            "",
            "3. Start baresip, then calmdesk. baresip has one link: no other program may take it.",
        ),
        "Run with baresip 1.0.0; events of 4.9.0 were captured and are replayed.",
    )


def twinkle(program: str) -> SetUp:
    """Five lines of its profile. It starts a program by its whole path alone."""
    scripts = (
        *("incoming_call", "in_call_answered", "in_call_failed"),
        *("local_release", "remote_release"),
    )
    return SetUp(
        (
            "1. Close Twinkle.",
            "2. Put these lines into ~/.twinkle/PROFILE.cfg, where PROFILE is your profile's name:",
            "",
            *(f"script_{script}={program} twinkle" for script in scripts),
            "",
            "3. Start Twinkle, then: calmdesk phone test",
            "",
            "Twinkle tells of no hold: ctrl+o in calmdesk holds.",
        ),
        "Read in Twinkle's source; not run.",
    )


def jitsi(program: str) -> SetUp:
    """One program, for one event."""
    return SetUp(
        (
            "1. Options, Notifications, Incoming call: tick Execute program.",
            "2. As the program:",
            "",
            f'{program} ring --name="${{caller.name}}" -- ${{caller.address}}',
            "",
            "Jitsi tells that it rings and nothing else: ctrl+n takes the call, /wrap ends it.",
        ),
        "Read in its makers' threads; not run.",
    )


def other(program: str) -> SetUp:
    """Any softphone that can start a program, or whose automation can."""
    told = (
        ("it rings", "ring", " -- NUMBER"),
        ("it is answered", "answer", " -- NUMBER"),
        ("it is put on hold", "hold", " -- NUMBER"),
        ("it is taken back", "resume", " -- NUMBER"),
        ("it is over", "hangup", " -- NUMBER"),
        ("it was refused", "busy", " -- NUMBER"),
    )
    width = max(len(when) for when, *_ in told)
    return SetUp(
        (
            "Have the softphone start this, with its own placeholder for NUMBER:",
            "",
            *(f"when {when:<{width}}   {program} {event}{rest}" for when, event, rest in told),
            "",
            "A name goes with --name=NAME, the softphone's own id of the call with --id=ID, both",
            "before the --. A number that is left out is a withheld one. What it cannot tell, the",
            "keys of calmdesk do. Then: calmdesk phone test",
        ),
        "The program was run; which softphones can start one, their makers say.",
    )


SOFTPHONES: Mapping[str, Callable[[str], SetUp]] = {
    "microsip": microsip,
    "baresip": baresip,
    "twinkle": twinkle,
    "jitsi": jitsi,
    "other": other,
}
