"""The four letters: what each one says, what it leaves out, and that the guard finds nothing."""

import re
from dataclasses import fields, replace
from typing import Any

import pytest

from calmdesk.guide.playbook import load
from calmdesk.letters.facts import Contact, Facts, Promise
from calmdesk.letters.writing import KINDS, write
from tests.letters.known import BARE, FULL, KIM, OURS, Page

GUARD = load().guard
IDS = [kind.id for kind in KINDS]


@pytest.mark.parametrize("kind", IDS)
@pytest.mark.parametrize("facts", [FULL, OURS, BARE, Facts(ours=True)])
def test_the_guard_finds_nothing_in_a_letter(kind: str, facts: Facts) -> None:
    letter = write(kind, facts)
    assert letter.text.strip()
    for text in (letter.text, letter.subject, Page(letter.html).text):
        found = GUARD.review(text)
        assert not found, [(it.category, text[it.start : it.end]) for it in found]


@pytest.mark.parametrize("kind", IDS)
@pytest.mark.parametrize("left_out", [None, *(it.name for it in fields(Facts))])
def test_a_fact_that_is_missing_leaves_no_label_and_no_mark_behind(
    kind: str, left_out: str | None
) -> None:
    facts = replace(FULL, **{left_out: getattr(BARE, left_out)}) if left_out else BARE
    text = write(kind, facts).text
    assert "None" not in text
    assert not re.search(r"[:,] ?[.,:]|\.\.|\S  |\( ?\)|\n\n\n", text), text
    paragraphs = text.split("\n\n")
    for paragraph, following in zip(paragraphs, [*paragraphs[1:], ""], strict=True):
        assert not paragraph.endswith(":") or following.startswith("- "), paragraph
        assert not re.search(r"^- *$", paragraph, re.MULTILINE), paragraph
    assert not re.search(r":$", paragraphs[-1], re.MULTILINE), "no label of the card is alone"


def test_a_confirmation_says_the_deal_what_was_promised_when_and_where_to_reach_us() -> None:
    letter = write("confirmation", FULL)
    words = " ".join(letter.text.split())
    assert letter.subject == "What we agreed: CD-261121-7F3K"
    assert "We print them again tonight." in words
    assert "Is that right?" not in words, "they said yes"
    for promise in FULL.promises:
        assert f"- {promise.what}: {promise.when}" in words
    for reach in (FULL.agent, FULL.direct_line, FULL.email, FULL.reference):
        assert reach in words


def test_without_a_read_back_a_confirmation_lists_what_we_give() -> None:
    text = write("confirmation", replace(FULL, read_back="")).text
    assert "What we give you:\n\n- a reprint at our cost\n" in text


@pytest.mark.parametrize("kind", ["confirmation", "holding", "final_answer"])
def test_only_a_fault_of_ours_is_owned_and_regret_is_one_sentence(kind: str) -> None:
    for facts in (FULL, BARE):
        text = write(kind, facts).text
        assert "We got this wrong" not in text
        assert len(re.findall(r"\bsorry\b", text)) == 1
    text = write(kind, OURS).text
    assert "We got this wrong" in text
    assert len(re.findall(r"\bsorry\b", text)) == 1


def test_a_holding_response_says_why_until_when_and_what_comes_next() -> None:
    words = " ".join(write("holding", FULL).text.split())
    assert f"Why it takes longer: {FULL.why_longer}." in words
    assert f"You will hear from me by {FULL.until}" in words
    assert "What happens next: - the flyers are at your door" in words


def test_a_final_answer_gives_its_reasons_what_we_can_still_do_and_who_reads_it_afresh() -> None:
    words = " ".join(write("final_answer", FULL).text.split())
    assert "Our answer: we cannot refund the first print run." in words
    for line in (*FULL.reasons, *FULL.still):
        assert f"- {line}" in words
    assert f"{KIM.name} will read your case afresh: {KIM.number}, {KIM.email}." in words
    assert "hold me to" not in words, "the answer itself is no promise"
    for promise in FULL.promises:
        assert promise.what not in words


def test_a_public_reply_is_three_sentences_at_most_and_says_nothing_of_the_case() -> None:
    secret: dict[str, Any] = {
        name.name: f"zzz{name.name}"
        for name in fields(Facts)
        if isinstance(getattr(FULL, name.name), str)
        and name.name not in ("firm", "agent", "direct_line", "email", "date")
    }
    facts = replace(
        FULL,
        **secret,
        offers=("zzzoffer",),
        promises=(Promise("zzzwhat", "zzzwhen"),),
        reasons=("zzzreason",),
        still=("zzzstill",),
        reader=Contact("zzzreader"),
    )
    for each in (facts, replace(facts, contact=Contact()), replace(facts, ours=True)):
        letter = write("public_reply", each)
        for written in (letter.markdown, letter.text, letter.html, letter.subject):
            assert "zzz" not in written
        assert len(re.findall(r"[.!?](?:\s|$)", letter.text)) <= 3
        assert "sorry" not in letter.text
        assert letter.letterhead.reference == ""
    text = " ".join(write("public_reply", facts).text.split())
    assert f"Please ask for {KIM.name}, on {KIM.number} or at {KIM.email}." in text
    text = " ".join(write("public_reply", replace(facts, contact=Contact())).text.split())
    assert f"Please ask for {FULL.agent}, on {FULL.direct_line} or at {FULL.email}." in text


def test_a_letter_is_a_plain_e_mail_a_markdown_file_and_a_page() -> None:
    letter = write("confirmation", FULL)
    assert max(map(len, letter.text.split("\n"))) <= 72
    assert not re.search(r"[#\\*]|&", letter.text)
    assert letter.markdown.startswith("# What we agreed: CD-261121-7F3K\n\nDear Dana Reyes,\n")
    page = Page(letter.html)
    assert page.title == letter.subject
    assert page.tags[:2] == ["html lang=en", "head"]
    assert page.text.split() == f"{letter.subject} {letter.text.replace('- ', '')}".split()
    assert "script" not in letter.html
    assert not re.search(r"https?:|url\(|src=|href=|@import", letter.html)
