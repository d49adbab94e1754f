"""Words of a stake note in which they threaten to leave (flow.md, The supervisor)."""

import re

from calmdesk.words import STRAIGHT

_THE = r"(?:the|a|this|their|our|my|his|her|its|your|all|every|any)"
_US = r"(?:us|you)"
_THEN = rf"(?= *(?:$|[.,;:!?)]|(?:with|on) {_US}\b|if\b|unless\b|otherwise\b|by\b|now\b|today\b))"
"""What may stand behind a bare `we cancel`, of which it is not said what."""
_TIES = (
    r"(?:accounts?|contracts?|subscriptions?|memberships?|agreements?|plans?|services?|policy"
    r"|business|partnership|everything|(?:standing|future|frame(?:work)?) (?:order|agreement)s?)"
)
"""What binds somebody to a firm."""
_CUT = (
    r"(?:cancel(?:s|ling|ing)?|clos(?:es?|ing)|end(?:s|ing)?|terminat(?:es?|ing)|quit(?:s|ting)?"
    r"|giv(?:es?|ing) up|drop(?:s|ping)?)"
)
_FIRM = r"(?:firm|compan(?:y|ies)|supplier|provider|printer|vendor|shop|place|house|carrier)s?"
_OTHERS = (
    rf"(?:(?:{_THE} )?(?:competit(?:ors?|ion)|rivals?|(?:other|another|new|different) {_FIRM})"
    rf"|another {_FIRM}|elsewhere|(?:some|any)(?:one|body|where) else)"
)
"""Those to whom they go."""
_GO = (
    r"(?:go(?:es|ing)?|switch(?:es|ing)?|mov(?:es?|ing)|chang(?:es?|ing)|turn(?:s|ing)?"
    r"|tak(?:es?|ing)(?: \w+){1,4}|order(?:s|ing)?|buy(?:s|ing)?|print(?:s|ing)?|leav(?:es?|ing))"
)
_MAY = r"(?:we|they|i|he|she|to|will|'ll|would|may|might|or|threatens?)"
_DEAL = r"(?:order|job|purchase|deal|business|time)s?"
_NO = r"(?:never|not|n't|no longer|no more)"
_COME = r"(?:order|buy|print|book|work|deal|com(?:e|ing)|us(?:e|ing))(?:s|ing)?"

_LEAVING = re.compile(
    "|".join(
        (
            rf"\b{_CUT} (?:{_THE} )*{_TIES}\b",
            rf"\b{_MAY} (?:cancels?|leaves?|quits?){_THEN}",
            rf"\bleav(?:es?|ing) (?:{_US}|for good)\b",
            rf"\b{_GO} (?:(?:straight|over|away|back|off) )?(?:(?:to|with|from|at|for) )?{_OTHERS}\b",
            rf"\b(?:switch|chang)(?:es?|ing)? {_FIRM}\b",
            rf"\blook(?:s|ing)? (?:elsewhere|for (?:a )?(?:another|new|different|other) {_FIRM})\b",
            r"\bthreat\w* (?:to|of) (?:leav|cancel|switch|quit|go\b)\w*",
            rf"\b(?:this|it) (?:is|was|will be) (?:{_THE} )?(?:very )?(?:last|final) {_DEAL}\b",
            rf"\b(?:last|final) {_DEAL} (?:ever\b|(?:with|from) {_US}\b|(?:they|we|i)\b(?:'ll)? \w+)",
            rf"{_NO} (?:\w+ ){{0,2}}?{_COME} (?:\w+ ){{0,3}}?(?:again|anymore|any more|with {_US})\b",
            rf"{_NO} (?:be |com(?:e|ing) )back\b",
            rf"\b(?:done|finished|through) with {_US}\b",
            r"\byou(?:'ve|'ll| have| will)?(?: just)? los(?:t|e|ing) (?:a|this|your|the) (?:customer|client|account)\b",
            r"\blos(?:t|es?|ing) (?:us|me|him|her|them) as (?:a )?(?:customer|client)s?\b",
            r"\btak(?:es?|ing)(?: \w+){1,4} (?:elsewhere|away from (?:us|you))\b",
        )
    ),
    re.IGNORECASE,
)
_STAYS = re.compile(
    rf"{_NO} (?:\w+ )?(?:leav|cancel|switch|clos|quit|threat)\w*(?: {_THE} {_TIES})?", re.IGNORECASE
)
"""That they do not: these words are taken out first."""


def threatens_to_leave(stake: str) -> bool:
    """Whether what is at stake is that they go: a last order, a contract that is ended, another
    firm. That their own event or customer is lost is none."""
    plain = " ".join(stake.translate(STRAIGHT).split())
    return _LEAVING.search(_STAYS.sub(" ", plain)) is not None
