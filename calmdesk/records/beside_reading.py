"""What stands beside a case, as lines to read: how colleagues saw the work on it, and the other
cases of its customer."""

from collections.abc import Mapping

from calmdesk.guide.english.days import with_year
from calmdesk.guide.heat import spell_heats
from calmdesk.guide.playbook import Playbook
from calmdesk.guide.reviewing import Justice, judged
from calmdesk.records.case_rows import CaseLine, CaseWhole
from calmdesk.records.journal_words import Wall
from calmdesk.records.read_lines import Line, Tone, parts


def read_reviews(whole: CaseWhole, wall: Wall, notes: Mapping[str, str]) -> list[Line]:
    """Each review; `notes` are those private ones that whoever reads it wrote or was written, by the
    id of their review."""
    if not whole.reviews:
        return []
    lines = [Line("", ""), Line("", "Review", Tone.TITLE)]
    for it in whole.reviews:
        whose = f"the work of {it['of'] or 'a colleague'}"
        who = it["agent"] or "this desk"
        lines.append(Line("looked at", parts([whose, f"by {who}", with_year(wall(it["at"]))])))
        if it["went_well"]:
            lines.append(Line("went well", it["went_well"]))
        if answers := judged({asked: it[asked] for asked in Justice}):
            lines.append(Line("judged", answers))
        if it["try_next"]:
            lines.append(Line("to try", it["try_next"]))
        if note := notes.get(it["id"]):
            mine = it["of_id"] == whole.read_by
            lines.append(Line("to you alone" if mine else "to them alone", note))
    return lines


def read_others(whole: CaseWhole, wall: Wall, playbook: Playbook) -> list[Line]:
    """The other cases of the customer, the latest first."""
    if not whole.others:
        return []
    lines = [Line("", ""), Line("", "Their other cases", Tone.TITLE)]
    lines += [read_other(it, wall, playbook) for it in whole.others]
    more = whole.others_count - len(whole.others)
    if more:
        lines.append(Line(" ", f"and {more} before {'that' if more == 1 else 'those'}", Tone.QUIET))
    return lines


def read_other(it: CaseLine, wall: Wall, playbook: Playbook) -> Line:
    """Another case of the customer: when, about what, how it ended, its heat."""
    at = wall(it.opened_at)
    heat = f"heat {spell_heats(it.heat_start, it.heat_end)}" if it.heat_start else ""
    late = "! promise missed" if it.missed else ""
    about = playbook.category_name(it.category) or "not said"
    return Line(f"{at.day} {at:%b %Y}", parts([about, it.outcome or it.stands, heat, late, it.ref]))
