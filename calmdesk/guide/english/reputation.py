"""Words of a stake note which name that a matter may be told in public (S18, S87)."""

import re

_PUBLIC = re.compile(
    r"\b(?:reviews?|review(?:ed|ing)|trust ?pilot|yelp|tripadvisor|one star|1 star|stars?\s+rating"
    r"|press|newspapers?|reporters?|journalists?|(?:local|tv|radio|the) news|radio station|on (?:tv|air)"
    r"|social media|facebook|instagram|twitter|tik ?tok|linkedin|reddit|youtube|x\.com"
    r"|blog\w*|go(?:es|ing)? (?:viral|public)|hashtag|followers"
    r"|post(?:s|ed|ing)?\s+(?:it|this|that|about|on|online|everywhere))\b",
    re.IGNORECASE,
)
_NOT_PUBLIC = re.compile(
    r"\b(?:performance|annual|yearly|account|contract|design|peer|print(?:ing)?)[ -](?:reviews?|press)\b"
    r"|\bpress (?:proof|run|check|date)s?\b",
    re.IGNORECASE,
)
"""Reviews and presses that nobody reads in public."""


def names_publicity(stake: str) -> bool:
    """Whether what is at stake names a review, the press or a public post."""
    return _PUBLIC.search(_NOT_PUBLIC.sub(" ", stake)) is not None
