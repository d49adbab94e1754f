"""The `/` commands of a call: the way without function keys, and the home of what has no key.

Every key has its word here, and a slash lists them all, filtered as typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """One command of the note line."""

    word: str
    help: str
    takes: str = ""
    """What may follow the word; '' when nothing does."""
    key: str = ""
    """Id of the binding that does the same; '' when it has no key."""


COMMANDS: tuple[Command, ...] = (
    Command("told", "story told: say it back", key="call.forward"),
    Command("heard", "they said yes, that is it", key="call.forward"),
    Command("again", "back to listening"),
    Command("said", "I said the suggestion", key="call.said"),
    Command("another", "another suggestion", key="call.another"),
    Command("breathe", "a silent breathing line", key="call.breathe"),
    Command("heat", "how far from settled", "1-5, or cold", key="call.heat"),
    Command("hold", "hold, and take back off hold", key="call.hold"),
    Command("next", "the next stage", key="call.next"),
    Command("back", "the stage before", key="call.back"),
    Command("resolve", "what they ask, and offers", key="call.resolve"),
    Command("wrap", "the call is over: wrap up"),
    Command("who", "who is calling", key="call.caller"),
    Command("same", "part of their earlier case", key="call.same"),
    Command("sorry", "I apologised, in my own words"),
    Command("own", "I said that we got it wrong"),
    Command("fault", "whose it was", "unknown, ours, partner, not ours, nobody"),
    Command("verified", "they are who they say"),
    Command("asked", "a parked question was asked", "its number"),
    Command("drop", "a parked question is not needed", "its number"),
    Command("settle", "would that settle it?", "yes, not yet, no"),
    Command("better", "take what the guard says instead", key="call.better"),
    Command("agreed", "read back, and they said yes"),
    Command("follow", "look whether it held", "fri 11, fri 11 @Ana"),
    Command("card", "my direct line and e-mail, large"),
    Command("remedies", "what can be given"),
    Command("escalate", "whom to call, and what to say"),
    Command("ring", "I'll find out and ring you by", "thu 12:00"),
    Command("progress", "a word in between, told by", "thu 12:00"),
    Command("handover", "somebody else goes on with it", "their name"),
    Command("pledge", "it will not recur: by this change", "words of the change"),
    Command("boundary", "name it, warn once, end it", "what they did"),
    Command("safety", "somebody may be in danger"),
    Command("help", "a supervisor, please"),
    Command("outcome", "how it ended", "agreed, declined, ..."),
    Command("letter", "Save confirms it in writing", "draft, file, no", key="call.letter"),
    Command("save", "save the case (in Wrap-up)", key="call.save"),
    Command("shaken", "private: that one got to me"),
    Command("break", "private: quiet minutes after this call", "5"),
    Command("debrief", "private: look back on it after Save"),
    Command("blank", "hide the screen; any key brings it back"),
    Command("keys", "every key and command"),
)


@dataclass(frozen=True)
class Typed:
    """A command as it was entered."""

    command: Command
    rest: str = ""


def find(line: str) -> Typed | None:
    """The command of an entered line: its whole word, or one that only one command begins with.
    None when it is none, and the line is then a note like any other."""
    if not line.startswith("/"):
        return None
    word, _, rest = line[1:].strip().partition(" ")
    exact = [c for c in COMMANDS if c.word == word.lower()]
    matches = exact or [c for c in COMMANDS if word and c.word.startswith(word.lower())]
    return Typed(matches[0], rest.strip()) if len(matches) == 1 else None


def offered(line: str) -> Sequence[Command]:
    """The commands to list for a half-typed line; none once a word is followed by a space."""
    if not line.startswith("/") or " " in line:
        return ()
    return [c for c in COMMANDS if c.word.startswith(line[1:].lower())]
