"""Their words for what became of a case, in ours. What means none of ours stays their word, in the
journal."""

import re

from calmdesk.guide.outcome import Outcome, Status
from calmdesk.guide.stages import Fault

_OUTCOMES: dict[Outcome, str] = {
    Outcome.AGREED: "agreed|resolved|solved|settled|fixed|satisfied|customer satisfied|accepted|"
    "resolved to satisfaction|gelost|erledigt",
    Outcome.PARTLY_AGREED: "partly agreed|partly resolved|partially resolved|partly|partial|"
    "partially agreed|teilweise",
    Outcome.EXPLAINED: "explained|explanation|explanation given|closed with explanation",
    Outcome.INVESTIGATING: "investigating|under investigation|being investigated|in progress",
    Outcome.HANDED_OVER: "handed over|escalated|referred|transferred|passed on|forwarded|"
    "weitergeleitet",
    Outcome.DECLINED: "declined, reason given|declined|rejected|refused|not upheld|denied|"
    "unfounded|unjustified|abgelehnt",
    Outcome.FINAL_ANSWER: "closed, final answer given|final response|final answer|"
    "final response issued|final response sent|deadlock",
    Outcome.ENDED_AFTER_WARNING: "ended after warning|terminated|call terminated",
    Outcome.INFORMATION: "information only|information|info|enquiry|inquiry|query|question|"
    "information given|auskunft",
    Outcome.CUT_OFF: "cut off|disconnected|call dropped|dropped",
    Outcome.HELD: "it held",
    Outcome.SPEAKS_FOR_US: "speaks for us",
    Outcome.NOT_REACHED: "not reached|no answer|unreachable|no contact|nicht erreicht",
}
_STATUSES: dict[Status, str] = {
    Status.OPEN: "open|new|received|registered|logged|acknowledged|pending|in progress|active|"
    "reopened|re opened|on hold|awaiting customer|waiting|waiting for customer|assigned|ongoing|"
    "outstanding|live|to finish|offen|neu|in bearbeitung",
    Status.INVESTIGATING: "investigating|under investigation|in investigation|under review|"
    "being investigated",
    Status.CLOSED: "closed|resolved|solved|settled|done|complete|completed|finished|cancelled|"
    "canceled|withdrawn|rejected|archived|geschlossen|erledigt|abgeschlossen",
}
_FAULTS: dict[Fault, str] = {
    Fault.OURS: "ours|us|our fault|company|firm|yes|internal",
    Fault.PARTNER: "partner|supplier|third party|carrier|contractor|external",
    Fault.CUSTOMER: "not ours|customer|not us|no",
    Fault.NOBODY: "nobody|no one|none|neither",
}
_CALLS = {
    "in": "phone|telephone|tel|call|phone call|telephone call|inbound call|incoming call|inbound|"
    "hotline|by phone|voice|telefon|anruf",
    "out": "outbound call|outgoing call|outbound|outgoing|we called",
}


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", words.casefold().replace("ö", "o")).split())


_OUTCOME = {_plain(it): outcome for outcome, words in _OUTCOMES.items() for it in words.split("|")}
_STATUS = {_plain(it): status for status, words in _STATUSES.items() for it in words.split("|")}
_NOBODY = frozenset(
    ("unknown", "anonymous", "n a", "na", "none", "not given", "not known", "withheld", "unbekannt")
)
_LONGEST_NOBODY = 12
_CALL = {_plain(it): way for way, words in _CALLS.items() for it in words.split("|")}
_FAULT = {_plain(it): fault for fault, words in _FAULTS.items() for it in words.split("|")}


def outcome(words: str) -> Outcome | None:
    """The outcome that a word of theirs means; None when it means none of ours."""
    return _OUTCOME.get(_plain(words))


def status(words: str) -> Status | None:
    """The state that a word of theirs means. A call that goes on there goes on nowhere else: such
    a case is open here."""
    return _STATUS.get(_plain(words))


def fault(words: str) -> Fault | None:
    """Whose fault a word of theirs means."""
    return _FAULT.get(_plain(words))


def is_nobody(name: str) -> bool:
    """Whether a name is none: `unknown`, `anonymous`, `n/a`."""
    return _plain(name) in _NOBODY if len(name) <= _LONGEST_NOBODY else False


def call(words: str) -> str:
    """The direction of a call, in or out, where a channel is one; '' for all others."""
    return _CALL.get(_plain(words), "")
