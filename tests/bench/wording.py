"""Made-up people and words for a large record: a few words are everywhere, most are rare."""

from itertools import accumulate
from random import Random

FIRST = (
    "Dana Sam Ana Kim Bo Eve Lena Omar Özge Łukasz Anaïs Jürgen Mei Ravi Tomás Nadia Ines Piet Yusuf "
    "Greta Hugo Iris Jonas Karla Liam Mona Nils Olga Paul Rosa Sven Tara Uwe Vera Wanda Xenia Zoë"
).split()
LAST = (
    "Reyes Ortiz Oduya Lindqvist Moss Hart Okafor Weber García Silva Novák Kaya Yılmaz Petrov Chen "
    "Singh Haddad Olsen Dubois Rossi Janssen Kowalska Adeyemi Brandt Costa Dvořák Eriksen Farouk"
).split()
COMMON = (
    "order flyers late delivery invoice billed twice refund courier friday monday called promised "
    "nobody rang back wrong colour proof plate press stood still paper stock parcel lost damaged box "
    "corner crushed ship again tomorrow manager account price quote changed without telling us again "
    "third time they need them before the fair starts in our town and cannot wait any longer than that"
).split()
CATEGORIES = (
    ("late_delivery", "billing", "damaged", "wrong_item", "no_answer", ""),
    (30, 22, 16, 12, 14, 6),
)
CAUSES = (
    ("carrier", "equipment", "supplier", "no_update", "not_checked", "not_in_stock", ""),
    (20, 14, 9, 22, 12, 8, 15),
)
OUTCOMES = (
    (
        "agreed",
        "partly agreed",
        "explained",
        "declined, reason given",
        "closed, final answer given",
        "information only",
    ),
    (52, 10, 14, 8, 4, 12),
)
_SYLLABLES = (
    "ba be bi bo ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro ta te ti to".split()
)


class Wording:
    """Texts of one seed."""

    def __init__(self, random: Random, rare: int = 60_000) -> None:
        self.random = random
        made = {"".join(random.choices(_SYLLABLES, k=random.randrange(3, 6))) for _ in range(rare)}
        self._words = [*COMMON, *sorted(made)]
        # as often as in real texts: the n-th word has an n-th of the weight of the first
        self._weights = list(accumulate(1 / place for place in range(1, len(self._words) + 1)))

    def person(self) -> str:
        """A name; some share one."""
        middle = f" {self._word().title()}" if self.random.random() < 0.4 else ""
        return f"{self.random.choice(FIRST)}{middle} {self.random.choice(LAST)}"

    def company(self) -> str:
        """The name of a firm."""
        return f"{self._word().title()} {self.random.choice(('Print', 'Foods', 'GmbH', 'Ltd'))}"

    def number(self) -> str:
        """A telephone number."""
        return f"+1 {self.random.randrange(201, 989)} 555 {self.random.randrange(10_000):04}"

    def sentence(self) -> str:
        """Four to fourteen words; now and then an order number."""
        words = self._some(self.random.randrange(4, 15))
        if self.random.random() < 0.2:
            words.append(f"order {self.random.randrange(100_000, 999_999)}")
        return " ".join(words)

    def paragraph(self) -> str:
        """Some words or many: most notes are short, a few are long."""
        length = min(220, int(self.random.lognormvariate(2.6, 0.7)) + 3)
        return " ".join(self._some(length))

    def offer(self) -> str:
        """What was offered."""
        return f"{self.random.choice(('courier', 'credit', 'reprint', 'refund'))} {self.sentence()}"

    def _word(self) -> str:
        return self._some(1)[0]

    def _some(self, count: int) -> list[str]:
        return self.random.choices(self._words, cum_weights=self._weights, k=count)
