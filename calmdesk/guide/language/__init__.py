"""The language guard: wording that makes an upset customer angrier, and what to say instead.

`review(text)` reads what is about to leave the house and finds the sorry that is none, blame,
belittling, excuses, promises nobody can keep, brush-offs and interruptions. It judges meaning: a
small model of the language reads each sentence whole (`judge`), and the playbook's `wording.toml`
says what is wrong with a turn of phrase and what to say instead (`wording`). Neither needs a
network, and nothing of this is loaded before it is first asked.
"""

from calmdesk.guide.language.categories import CATEGORIES
from calmdesk.guide.language.guard import Finding, Guard, Review, review

__all__ = ["CATEGORIES", "Finding", "Guard", "Review", "review"]
