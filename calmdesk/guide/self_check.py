"""Three questions to oneself after a call: what calms is care, real help and a solution (S21)."""

CHECKS: dict[str, str] = {
    "cared": "they felt cared for",
    "helped": "I offered real help",
    "solved": "the problem is solved",
}
"""Code in the record, and what is ticked."""


def in_words(codes: tuple[str, ...]) -> str:
    """What was ticked, in words; '' for nothing."""
    return ", ".join(words for code, words in CHECKS.items() if code in codes)
