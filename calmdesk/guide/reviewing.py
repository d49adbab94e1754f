"""A structured look at a colleague's work on a case: what went well first, then the three justices
(terms.md), then one thing to try. Five minutes at most, and no scolding."""

from enum import StrEnum


class Judged(StrEnum):
    """The answer to one of the three questions."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNSAID = ""


class Justice(StrEnum):
    """What is asked of the work on a case; the value is the field that holds the answer."""

    RESULT = "result_fair"
    """Distributive justice."""
    WAY = "way_fair"
    """Procedural justice."""
    RESPECT = "respectful"
    """Interactional justice."""

    @property
    def question(self) -> str:
        """As it is asked."""
        return _QUESTIONS[self]

    @property
    def label(self) -> str:
        """The question, as short as a form has it."""
        return _LABELS[self]

    @property
    def words(self) -> str:
        """As it stands before its answer."""
        return _WORDS[self]


_QUESTIONS = {
    Justice.RESULT: "Was the result fair?",
    Justice.WAY: "Was the way fair and quick?",
    Justice.RESPECT: "Was the treatment respectful?",
}
_LABELS = {
    Justice.RESULT: "Result fair?",
    Justice.WAY: "Way fair, quick?",
    Justice.RESPECT: "Respectful?",
}
_WORDS = {
    Justice.RESULT: "result fair",
    Justice.WAY: "way fair and quick",
    Justice.RESPECT: "treatment respectful",
}


def judged(answers: dict[Justice, str]) -> str:
    """The answers on one line; what nobody answered is left out."""
    return " · ".join(f"{asked.words}: {it}" for asked in Justice if (it := answers.get(asked)))
