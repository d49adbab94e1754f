"""Words by which a number in an offer is money, and those by which it is something else."""

import re

_GAP = r"(?:\s+(?:of|for|worth|up|to|about|around|them|her|him|you|another|a|an|the|me|us|note))*"

GIVES = re.compile(
    rf"\b(?:refund(?:s|ed|ing)?|credit(?:s|ed|ing)?(?:\s+note)?|discount(?:s|ed)?|vouchers?"
    rf"|coupons?|gift cards?|rebate|compensat\w+|reimburse\w*|goodwill|deduct(?:ed|ing)?"
    rf"|waiv\w+|knock(?:ed)?(?:\s+off)?|take off|pay(?:s|ing)?(?:\s+back)?|money back|fee"
    rf"|cash){_GAP}\s*[:=]?\s*$",
    re.IGNORECASE,
)
"""Words of a text up to a number that make it money: `refund of`, `credit them`."""
LENDS = re.compile(
    r"\s*(?:[,.;:!?)]|$)|\s+(?:and|or|plus|but|for|on|in|to|into|from|now|today|at|via|as|off|back"
    r"|if|when|because|since|this|next|against|towards?|until|before|after|by|with|then|per|each"
    r"|every|we|she|he|they|it|in total|total|altogether|max|maximum|only)\b",
    re.IGNORECASE,
)
"""What follows a number that stands for itself: an end, or a word that begins something else."""
_ITS = r"(?:the|a|their|her|his|your|next|this|that)"
TAKEN = re.compile(
    r"\s+(?:off|back|credit(?:ed)?|refund(?:ed)?|discount(?:ed)?|rebate|voucher|coupon|gift card"
    r"|cash|fee|waived|deducted|less|compensation|reimbursed|goodwill"
    rf"|(?:off|from|on|onto|to|towards)(?:\s+{_ITS})*\s+"
    r"(?:bill|invoice|account|price|fee|charge|total|card|balance))\b",
    re.IGNORECASE,
)
"""Words after a number that make it money: `900 off`, `20 credit`, `45 from the bill`."""
EACH = re.compile(
    r"(?:\s+\w+){0,3}?\s+(?:each|every|apiece|per|monthly|a (?:day|week|month|year|piece))\b",
    re.IGNORECASE,
)
"""Words after an amount of which there are several: it is not the whole."""
LABELLED = re.compile(
    r"\b(?:ref|reference|row|gate|floor|platform|size|page|lot|batch|version|step|ext|extension)"
    r"\.?\s*$",
    re.IGNORECASE,
)
"""Words up to a number that is the name of something, wherever it stands."""
NAMED = re.compile(
    r"(?:\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
    r"|dec)[a-z]*|\b(?:at|by|before|after|until|till|between|since|around)"
    r"|\b(?:between|from)\s+\d+\s+(?:and|to)"
    r"|\b(?:order|job|no|nr|invoice|number|case|ticket|room|seat|table|unit|line|option|plan|model"
    r"|phone|account|item|article|dock|door|house|flat|apartment))\.?\s*$",
    re.IGNORECASE,
)
"""Words up to a number that say what it is: a day, a time, or the number of a thing."""
COUNTED = re.compile(r"\s?-?\s?[^\W\d_]|\s?%|\s?[-–]\s?\d|\s\d{3}")
"""What follows a number of things, of hours, of a hundred, or the first part of a long one."""
SHARE = re.compile(r"\d\s?%|\bper ?cent\b", re.IGNORECASE)
"""A part of something of which the whole is not said."""
PAYS = re.compile(
    r"(?<!\bno )(?<!\bwithout )\b(?:refund\w*|credit(?:s|ed|ing)?\b(?! cards?\b)|vouchers?"
    r"|money back|discount\w*|compensat\w*|rebate|reimburs\w*|gift cards?|coupons?|waive[ds]?"
    r"|deduct\w*|(?:half|third|quarter|part|some|all)(?: of it)? (?:back|off))\b",
    re.IGNORECASE,
)
"""What gives the customer money, whatever its amount."""
FREE = re.compile(
    r"\bfree\b|\bno (?:charge|cost|fee|extra)\b|\bcosts? nothing\b|\bnothing due\b", re.IGNORECASE
)
"""What says that what is given costs the customer nothing, whatever stands beside it."""
SAID_FREE = re.compile(r"(?:^|[,;:]\s*)free\.?\s*$", re.IGNORECASE)
"""That the whole of an offer costs nothing, as its last word."""
COINS = {
    "USD": "dollars?|bucks",
    "EUR": "euros?",
    "GBP": "pounds?|quid",
    "AUD": "dollars?|bucks",
    "CAD": "dollars?|bucks",
    "CHF": "francs?",
    "INR": "rupees?",
    "JPY": "yen",
}
"""What a currency is called, by its code."""
