"""The brief of a hand-over, filled from what is written down, so that nobody need write it (S63)."""

from __future__ import annotations

from calmdesk.guide.call import Call
from calmdesk.guide.handover import Facts, brief, of_call, tried
from calmdesk.guide.notes import Sign
from calmdesk.records.case_rows import CaseWhole
from calmdesk.widgets.stage_pane import Around


def call_brief(call: Call, around: Around, whole: CaseWhole | None = None) -> str:
    """The brief of a call as it stands; where its case is older than the call, that of the case."""
    if whole is not None and len(whole.contacts) > 1:
        return case_brief(whole, around)
    promised = [f"{it.what}, {around.dated(it.due)}" if it.due else it.what for it in call.promises]
    return brief(of_call(call, promised))


def case_brief(whole: CaseWhole, around: Around) -> str:
    """The brief of a case between its calls."""
    line = whole.line
    open_ones = [it for it in whole.promises if it["state"] == "open"]
    return brief(
        Facts(
            who=(line.customer, line.company, whole.number),
            what=[it["text"] for it in whole.notes if it["sign"] == Sign.SAYS][-3:],
            ask=whole.ask,
            tried=[tried(it["text"], it["verdict"]) for it in whole.offers],
            promised=[
                f"{it['what']}, {around.dated(it['due_at'])}" if it["due_at"] else it["what"]
                for it in open_ones
            ],
            heat=line.heat_end or line.heat_start,
            cold=whole.cold,
        )
    )
