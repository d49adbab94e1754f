"""What a playbook is once it is read."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from calmdesk.guide.hearing import Hearing
from calmdesk.guide.language.guard import Guard
from calmdesk.guide.language.judge import judge_in
from calmdesk.guide.language.wording import Lexicon
from calmdesk.guide.phrases import Phrase
from calmdesk.guide.playbook import matching
from calmdesk.guide.remedies import Remedy
from calmdesk.guide.spelling import Words
from calmdesk.guide.stages import Stage
from calmdesk.guide.targets import Preset

OTHER = "other"
"""The group of causes that name none."""
SERVICE = "service_made_it_worse"
"""The cause that is never asked: a missed promise or a repeat call shows it (S36)."""


@dataclass(frozen=True)
class Category:
    """What a call can be about."""

    id: str
    name: str
    words: tuple[str, ...] = ()
    """Words by which it is also found when typed."""
    heard: tuple[str, ...] | None = None
    """Words that show in the notes that a call is about it; None is the same as `words`."""

    @property
    def shown_by(self) -> tuple[str, ...]:
        """Words of the notes that show it."""
        return self.words if self.heard is None else self.heard


@dataclass(frozen=True)
class Cause:
    """Why it happened: a step of the work that failed, never a person (D3)."""

    id: str
    name: str
    words: tuple[str, ...] = ()
    """Words by which it is also found when typed."""
    asked: bool = True
    """Whether an agent may choose it; one that is not asked is derived from the record (S36)."""
    group: str = OTHER
    """The level above it, as it is shown: what part of the work it belongs to."""


@dataclass(frozen=True)
class Playbook:
    """All words, read once."""

    phrases: tuple[Phrase, ...]
    categories: tuple[Category, ...]
    remedies: tuple[Remedy, ...]
    emergency: tuple[str, ...]
    """The emergency card that ships, for a firm that wrote none."""
    escalate_say: str
    """What to tell somebody who is called in, when the firm wrote nothing."""
    words: Words = field(default_factory=Words)
    """How notes are typed in this language."""
    causes: tuple[Cause, ...] = ()
    clocks: tuple[Preset, ...] = ()
    """Times of published rules, one of which the settings may name."""
    own: frozenset[str] = frozenset()
    """Ids of the phrases that the firm's own file gave."""
    beneath: tuple[Phrase, ...] = ()
    """Phrases that one of the firm's own stands in for."""
    lexicon: Lexicon = field(default_factory=Lexicon)
    """Turns of phrase that make it worse."""
    model: Path | None = None
    """The folder of the language guard's model; None for a language that has none."""

    @cached_property
    def by_stage(self) -> dict[Stage, tuple[Phrase, ...]]:
        """Phrases that can be said in each stage, in the playbook's order."""
        return {s: tuple(p for p in self.phrases if s in p.stages) for s in Stage}

    @cached_property
    def hearing(self) -> Hearing:
        """What listens to the notes for this playbook's subjects."""
        subjects = {category.id: category.shown_by for category in self.categories}
        return Hearing(self.words, subjects, self._everyday)

    def _everyday(self) -> frozenset[str]:
        """The words that the guard's model knows whole: the everyday words of the language."""
        return judge_in(self.model).pieces.whole if self.model else frozenset()

    @cached_property
    def guard(self) -> Guard:
        """What reads a text before it leaves the house."""
        return Guard(self.lexicon, judge_in(self.model) if self.model else None)

    @cached_property
    def by_id(self) -> dict[str, Phrase]:
        """Every phrase by its id."""
        return {phrase.id: phrase for phrase in self.phrases}

    def category(self, typed: str) -> Category | None:
        """The category that was typed: its id, name or one of its words, whole or begun, else the
        nearest spelling; None when nothing is near."""
        return matching.find(typed, self.categories)

    def category_name(self, category: str) -> str:
        """The name to show for a category id; what is not known is shown as it is."""
        return next((c.name for c in self.categories if c.id == category), category)

    def cause(self, typed: str) -> Cause | None:
        """The cause that was typed, found like a category; what is never asked is not found."""
        return matching.find(typed, self._asked)

    def causes_like(self, typed: str) -> tuple[Cause, ...]:
        """The causes that fit what is typed so far, the best first; all of them for ''."""
        return matching.like(typed, self._asked)

    @cached_property
    def _asked(self) -> tuple[Cause, ...]:
        return tuple(cause for cause in self.causes if cause.asked)

    def cause_name(self, cause: str) -> str:
        """The name to show for a cause id; what is not known is shown as it is."""
        return next((c.name for c in self.causes if c.id == cause), cause)

    def cause_group(self, cause: str) -> str:
        """The group of a cause id; one in the firm's own words is among the others."""
        return next((c.group for c in self.causes if c.id == cause), OTHER)

    def remedy(self, remedy: str) -> Remedy | None:
        """The remedy of an id; None for one in the agent's own words."""
        return next((r for r in self.remedies if r.id == remedy), None)
