"""How a softphone is told to tell calmdesk: the very lines, with the path of the program here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from textwrap import wrap

LONGEST_VALUE = 255
"""Characters of a value that MicroSIP reads."""
EVENTS = ("ring", "answer", "hangup", "busy")
"""What a softphone without holds tells."""
SETTINGS = (
    'Worth a line under [phone] of the settings file: region = "GB", your country, without which only '
    'numbers that are spelt alike match, and outside = "9" where that is dialled for an outside line.',
    'There call_back = "tel" or "sip" hands a number to be rung to the program that opens such '
    "addresses.",
)
"""What makes calmdesk of more use beside any of them."""


@dataclass(frozen=True)
class SetUp:
    """What to do for one softphone, and how far that was tried."""

    parts: tuple[str | tuple[str, ...], ...]
    """Paragraphs, and lines that are taken over as they stand."""
    tried: str
    """What was run, and what was only read."""
    by_program: bool = True
    """Whether it starts our program."""

    def lines(self, width: int) -> list[str]:
        """The paragraphs within so many columns; lines to be taken over stay whole."""
        lines: list[str] = []
        for part in self.parts:
            lines += _wrapped(part, width) if isinstance(part, str) else ["", *part, ""]
        for part in (*SETTINGS, self.tried):
            lines += ["", *_wrapped(part, width)]
        return lines


def _wrapped(words: str, width: int) -> list[str]:
    """A paragraph; what follows the number of a step hangs behind it."""
    hang = "   " if words[:1].isdigit() else ""
    return wrap(
        words, width, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
    ) or [""]


def microsip(program: str) -> SetUp:
    """Four lines of its settings file. Its source was read; it appends the number unquoted."""
    keys = ("cmdCallRing", "cmdCallAnswer", "cmdCallEnd", "cmdCallBusy")
    values = [f"{program} {event} --" for event in EVENTS]
    long = max(map(len, values)) > LONGEST_VALUE
    shorter = (
        f"Its values end after {LONGEST_VALUE} characters: install calmdesk in a shorter folder."
    )
    return SetUp(
        (
            "1. Close MicroSIP: it writes its settings when it ends.",
            "2. Open %APPDATA%\\MicroSIP\\microsip.ini in Notepad (it is UTF-16), and put these lines "
            "under [Settings], each once:",
            tuple(f"{key}={value}" for key, value in zip(keys, values, strict=True)),
            "3. Start MicroSIP, then: calmdesk phone test",
            "",
            *((shorter,) if long else ()),
            "MicroSIP tells of no hold: ctrl+o in calmdesk holds. An old one that takes a program and "
            "nothing behind it cannot be used: a .bat file in between would run what a caller says.",
        ),
        "Read in MicroSIP's source; not run, for it needs Windows.",
    )


def baresip(program: str) -> SetUp:
    """Two lines for baresip, and one for calmdesk: no hook is needed."""
    return SetUp(
        (
            "1. Let these two lines stand in ~/.baresip/config, each once. The first stands there with "
            "a # before it: take that away. The second stands there with 0.0.0.0: change it, for so "
            "baresip listens to the whole network and asks for no password. One that is added below it "
            "does not count.",
            (
                "module_app          ctrl_tcp.so",
                "ctrl_tcp_listen     127.0.0.1:4444",
            ),
            "2. In calmdesk's settings file put the second line under [phone]; that heading stands "
            "there once:",
            (
                "[phone]",
                'baresip = "127.0.0.1:4444"',
            ),
            "3. Start baresip, then calmdesk. baresip has one link: no other program may take it.",
        ),
        "Run with baresip 1.0.0; events of 4.9.0 were captured and are replayed.",
        by_program=False,
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
            "2. Put these lines into ~/.twinkle/PROFILE.cfg, where PROFILE is your profile's name, in "
            "place of lines that begin alike:",
            tuple(f"script_{script}={program} twinkle" for script in scripts),
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
            (f"{program} ring -- ${{caller.address}}",),
            "Jitsi tells that it rings and nothing else: ctrl+n takes the call, /wrap ends it.",
            "It parts what it starts at every space, whatever stands in quotes: no name can go with it, "
            "and the path of the program must have none.",
        ),
        "Read in Jitsi's source; not run.",
    )


def other(program: str) -> SetUp:
    """Any softphone that can start a program, or whose automation can."""
    told = (
        ("it rings", "ring"),
        ("it is answered", "answer"),
        ("it is put on hold", "hold"),
        ("it is taken back", "resume"),
        ("it is over", "hangup"),
        ("it was refused", "busy"),
    )
    width = max(len(when) for when, _ in told)
    return SetUp(
        (
            "MicroSIP, baresip, Twinkle and Jitsi have lines of their own: calmdesk phone setup "
            "microsip, baresip, twinkle or jitsi.",
            "",
            "Have any other softphone start this, with its own placeholder for NUMBER:",
            tuple(f"when {when:<{width}}   {program} {event} -- NUMBER" for when, event in told),
            "A name goes with --name=NAME, the softphone's own id of the call with --id=ID, both "
            "before the --; the name only where the softphone keeps words in quotes together. The id "
            "must be another one for each call, never a line's number: two calls would be taken for "
            "one. A number that is left out is a withheld one. What it cannot tell, the keys of "
            "calmdesk do. Then: calmdesk phone test",
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
