"""The caller of a practice call: fair, winnable in more than one way, and moved by named rules."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from calmdesk.errors import CalmdeskError, PlaybookError
from calmdesk.guide import playbook
from calmdesk.guide.english.said import costs_nothing, is_apology
from calmdesk.guide.practice import acts, reading
from calmdesk.guide.practice.answering import do
from calmdesk.guide.practice.caller import Caller
from calmdesk.guide.practice.debrief import MOST_TRIES, look_back
from calmdesk.guide.practice.ending import Ending
from calmdesk.guide.practice.following import Mark
from calmdesk.guide.practice.rules import RULES, TEMPERS, WRONGS
from calmdesk.guide.practice.scenario import Scenario, WayKind, band, count, level
from calmdesk.guide.practice.speech import Speech, Who
from calmdesk.guide.practice.table import read

SCENARIOS = {it.id: it for it in reading.load()}
EACH = pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=list(SCENARIOS))
SIGNS = {
    "sorry you feel": "hollow_apology",
    "you should have": "blames_customer",
    "calm down": "belittles",
    "my colleague": "blames_colleague",
    "the system": "excuse",
    "guarantee": "over_promise",
    "use the website": "brush_off",
    "let me stop you": "interrupts",
}


def review(text: str) -> list[str]:
    """A guard that knows one sentence of each category."""
    return [category for sign, category in SIGNS.items() if sign in text.lower()]


class Play:
    """An agent at work: each act comes when the caller has ended, unless it breaks in."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.caller = Caller(scenario, review)
        self.second = 0.0

    def act(self, act: acts.Act, *, after: float = 1.0) -> "Play":
        self.second = max(self.second, self.caller.speech.until) + after
        do(self.caller, act, self.second)
        return self

    def at_once(self, act: acts.Act, second: float) -> "Play":
        self.second = second
        do(self.caller, act, second)
        return self

    def say(self, text: str, group: str = "", step: int = 0) -> "Play":
        return self.act(acts.Said(text, group, step=step))

    def listen(self) -> "Play":
        self.second = self.caller.story_ends + 1
        self.caller.pass_time(self.second)
        return self

    def hear(self) -> "Play":
        return self.listen().act(acts.SaidBack(in_their_words(self.scenario)))

    def changes(self, rule: str) -> list[int]:
        return [moment.change for moment in self.caller.log if moment.rule == rule]


def in_their_words(scenario: Scenario) -> str:
    """A line with all their nouns."""
    return ", ".join(noun.split("|")[0] for noun in scenario.nouns)


def careful(scenario: Scenario) -> Play:
    """Everything that helps anybody, in its order, up to the offers."""
    play = Play(scenario)
    if scenario.before is not None:
        play.at_once(acts.Said("We promised you a refund and did not keep it."), 2)
    play.listen()
    if scenario.temper == "abusive":
        play.say("Please leave the insults out. I'm still working on this for you.", "boundary", 1)
    if scenario.temper != "cold":
        play.say("I'm sorry this happened.", "regret")
    play.act(acts.SaidBack(in_their_words(scenario)))
    return play.say("What would put this right for you?", "ask")


def won_by(scenario: Scenario, way_id: str) -> Play:
    """A careful call that goes for one way."""
    way = next(it for it in scenario.ways if it.id == way_id)
    play = careful(scenario)
    word = way.words[0].split("|")[0] if way.words else ""
    if way.kind is WayKind.CALL_BACK:
        play.act(acts.PromiseMade(f"find out and {word} you", timed=True))
    elif way.kind is WayKind.HAND_OVER:
        play.act(acts.HandedOver())
    else:
        if way.kind is WayKind.NO:
            play.say("That is a no, because it cannot be done, and that is the reason.", "no")
        play.act(acts.OfferMade(word, way.remedies[0] if way.remedies else ""))
    play.act(acts.PromiseMade("send it in writing", timed=True))
    return play.act(acts.Ended())


# -- every scenario -------------------------------------------------------------------------


def test_there_are_at_least_nine_and_they_differ() -> None:
    assert len(SCENARIOS) >= 9
    assert len({it.about for it in SCENARIOS.values()}) == len(SCENARIOS)
    assert {it.temper for it in SCENARIOS.values()} == set(TEMPERS)
    assert len({it.number for it in SCENARIOS.values()}) == len(SCENARIOS)
    lessons = {it.lesson for it in SCENARIOS.values()}
    assert len(lessons) == len(SCENARIOS)


@EACH
def test_a_scenario_has_a_caller_who_can_say_everything(scenario: Scenario) -> None:
    for moment in reading.MOMENTS:
        for heat in (45, 30, 15):
            assert scenario.lines(moment, heat), (moment, band(heat))
    assert all(rule in RULES for rule in scenario.feels)
    assert 60 <= sum(len(text.split()) for text in scenario.tells) <= 160, "about a minute"


@EACH
def test_a_scenario_can_be_won_in_every_way_it_names(scenario: Scenario) -> None:
    assert len(scenario.ways) >= 2
    endings = set()
    for way in scenario.ways:
        play = won_by(scenario, way.id)
        assert play.caller.agreed is not None, (way.id, play.caller.log)
        assert play.caller.ending.won, way.id
        endings.add(play.caller.agreed.id)
    assert len(endings) >= 2


@EACH
def test_a_scenario_can_be_lost(scenario: Scenario) -> None:
    play = Play(scenario)
    for second in range(12, 40, 4):
        play.at_once(
            acts.Said("You should have read the terms. Have you tried the website?"), second
        )
    assert play.caller.ending is Ending.HUNG_UP
    assert play.caller.speech.lines[-1].text in scenario.lines("hang_up", 60)


@EACH
def test_an_empty_call_is_not_won(scenario: Scenario) -> None:
    play = Play(scenario).listen().act(acts.Ended())
    assert play.caller.ending is Ending.LEFT_HOT


@EACH
def test_the_same_play_gives_the_same_call(scenario: Scenario) -> None:
    first, second = won_by(scenario, scenario.ways[0].id), won_by(scenario, scenario.ways[0].id)
    assert first.caller.log == second.caller.log
    assert first.caller.speech.lines == second.caller.speech.lines


@EACH
def test_how_often_one_looks_changes_nothing(scenario: Scenario) -> None:
    seldom, often = Play(scenario), Play(scenario)
    for tenth in range(3000):
        often.caller.pass_time(tenth / 10)
    seldom.caller.pass_time(299.9)
    assert seldom.caller.log == often.caller.log


@EACH
def test_what_ships_is_said_without_shouting(scenario: Scenario) -> None:
    said = " ".join(
        text for bands in scenario.says.values() for lines in bands.values() for text in lines
    )
    assert "!" not in said
    assert re.search(r"\b(?:fuck|shit|bitch|bastard)", said, re.IGNORECASE) is None
    assert re.search(r"[A-Z]{5,}", said) is None


# -- every rule -----------------------------------------------------------------------------

HOT, COLD, TIRED = (
    SCENARIOS["late-flyers"],
    SCENARIOS["ice-cold"],
    SCENARIOS["third-call"],
)
ABUSIVE, FRIGHTENED = SCENARIOS["abusive"], SCENARIOS["wedding-vases"]
BARE_NO = "I can't do that."
STRAIGHT_NO = "The answer is no, because the casting takes nine days."

MEETS: dict[str, Callable[[], Play]] = {
    "interrupted": lambda: Play(HOT).at_once(acts.Said("Which order is it?"), 14),
    "cut_short": lambda: Play(HOT).at_once(acts.TookAsTold(), 14),
    "talked_over": lambda: (p := Play(HOT).hear().say("What would put this right?", "ask")).at_once(
        acts.Said("Okay then."), p.second + 2
    ),
    "nod": lambda: Play(HOT).at_once(acts.Said("Go on.", "nod"), 14),
    "told_whole": lambda: Play(HOT).listen(),
    "hollow_apology": lambda: Play(HOT).hear().say("I'm sorry you feel that way."),
    "blamed": lambda: Play(HOT).hear().say("You should have ordered sooner."),
    "belittled": lambda: Play(HOT).hear().say("Please calm down."),
    "blamed_colleague": lambda: Play(HOT).hear().say("That was my colleague."),
    "brushed_off": lambda: Play(HOT).hear().say("Please use the website."),
    "over_promised": lambda: Play(HOT).hear().say("I guarantee it."),
    "excuse": lambda: Play(HOT).listen().say("It was the system."),
    "early_offer": lambda: Play(HOT).listen().act(acts.OfferMade("courier")),
    "early_question": lambda: Play(HOT).listen().say("Which paper was it?"),
    "early_data": lambda: Play(HOT).listen().say("What's your full name?", "verify"),
    "early_no": lambda: Play(HOT).listen().say(BARE_NO),
    "heard": lambda: Play(HOT).hear(),
    "half_heard": lambda: Play(HOT).listen().act(acts.SaidBack("You are not content.")),
    "acknowledged": lambda: Play(HOT).listen().say("That's frustrating.", "acknowledge"),
    "asked_again": lambda: Play(HOT).hear().say("So what happened?"),
    "what_happened": lambda: Play(TIRED).at_once(acts.Said("What happened?", "opening"), 3),
    "named_broken_promise": lambda: Play(TIRED).at_once(
        acts.Said("We promised you that by Thursday, and it did not happen."), 3
    ),
    "regret": lambda: Play(HOT).listen().say("I'm sorry this happened."),
    "owned": lambda: Play(HOT).hear().say("We got this wrong, and I'm sorry."),
    "third_apology": lambda: Play(HOT).hear().say("Sorry.").say("So sorry.").say("I am sorry."),
    "asked_ask": lambda: Play(HOT).hear().say("What would put this right for you?"),
    "two_options": lambda: Play(HOT).hear().say("Would you rather wait or have part of it?"),
    "offer_fits": lambda: Play(HOT).hear().act(acts.OfferMade("courier, fri 9")),
    "offer_misses": lambda: Play(HOT).hear().act(acts.OfferMade("a voucher")),
    "same_offer": lambda: (
        Play(replace(HOT, heat=52, breaks=60))
        .hear()
        .act(acts.OfferMade("courier"))
        .act(acts.OfferMade("courier"))
    ),
    "paired": lambda: (
        Play(replace(HOT, heat=52, breaks=60))
        .hear()
        .act(acts.OfferMade("courier"))
        .act(acts.OfferMade("one named person until it is done", "named_contact"))
    ),
    "told_fact": lambda: Play(HOT).hear().say("The new plate is on the press tomorrow."),
    "agreed": lambda: won_by(HOT, "courier"),
    "read_back": lambda: (
        careful(HOT).act(acts.OfferMade("courier at our cost")).act(acts.DealRead())
    ),
    "gave_contact": lambda: Play(HOT).hear().act(acts.ContactGiven()),
    "named_promise": lambda: Play(HOT).hear().say("I'll call you tomorrow at 9."),
    "vague_promise": lambda: Play(HOT).hear().say("I'll call you as soon as I can."),
    "straight_no": lambda: Play(COLD).hear().say(STRAIGHT_NO),
    "bare_no": lambda: Play(HOT).hear().say(BARE_NO),
    "passed_on": lambda: Play(HOT).listen().act(acts.HandedOver()),
    "unasked_hold": lambda: Play(HOT).hear().act(acts.HoldBegan()),
    "long_hold": lambda: (
        Play(HOT)
        .hear()
        .say("May I put you on hold for a minute?")
        .act(acts.HoldBegan())
        .act(acts.HoldEnded(), after=90)
    ),
    "kept_hold": lambda: (
        Play(HOT)
        .hear()
        .say("May I put you on hold for two minutes?")
        .act(acts.HoldBegan())
        .act(acts.HoldEnded(), after=90)
    ),
    "silence": lambda: Play(HOT).hear().act(acts.ContactGiven(), after=50),
    "feeling_words": lambda: Play(COLD).listen().say("I can imagine how upset you are."),
    "assured": lambda: Play(HOT).listen().say("I'm taking this seriously.", "assure"),
    "boundary_named": lambda: Play(ABUSIVE).listen().say("That was aimed at me.", "boundary", 1),
    "boundary_warned": lambda: (
        Play(ABUSIVE)
        .listen()
        .say("That was aimed at me.", "boundary", 1)
        .say("I'm asking once.", "boundary", 2)
    ),
    "boundary_early": lambda: Play(HOT).listen().say("Leave the insults out.", "boundary", 1),
    "insult_let_pass": lambda: Play(ABUSIVE).listen(),
}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_moves_the_heat_as_it_says(rule: str) -> None:
    play = MEETS[rule]()
    changes = play.changes(rule)
    assert changes, play.caller.log
    wanted = play.scenario.change(rule)
    assert changes[0] == wanted
    assert changes[0] * (RULES[rule].change or 1) > 0, (
        "a temper makes it stronger, never the reverse"
    )


def test_what_raises_says_what_to_try_instead() -> None:
    raising = [name for name, rule in RULES.items() if rule.change > 0]
    assert all(RULES[name].advice for name in raising)
    assert set(WRONGS.values()) <= set(RULES)


def test_after_they_are_heard_a_reason_is_no_excuse() -> None:
    assert Play(HOT).hear().say("It was the system.").changes("excuse") == []


def test_only_words_of_ones_own_are_read_by_the_guard() -> None:
    phrase = acts.Said("I can guarantee the time I gave you.", "promise")
    assert Play(HOT).hear().act(phrase).changes("over_promised") == []
    assert Play(HOT).hear().say(phrase.text).changes("over_promised") == [4]


def test_a_regret_counts_once_and_a_second_does_no_harm() -> None:
    play = Play(HOT).hear().say("I'm sorry this happened.").say("I'm sorry for the wait.")
    assert play.changes("regret") == [-2]
    assert play.changes("third_apology") == []


def test_a_nod_never_interrupts_however_it_is_worded() -> None:
    play = Play(HOT)
    for second, nod in enumerate(("Go on.", "I see", "mm", "okay, go on", "I'm with you."), 14):
        play.at_once(acts.Said(nod), second)
    assert play.changes("interrupted") == []
    assert play.listen().changes("told_whole") == [-3]


def test_a_greeting_before_the_story_is_welcome() -> None:
    play = Play(HOT).at_once(acts.Said("Hello, this is Sam. How can I help?"), 4)
    assert play.caller.log == []
    assert play.caller.story_begins < 7, "it may begin at once"


def test_who_was_broken_off_says_the_rest_later() -> None:
    play = Play(HOT).at_once(acts.Said("Which order is it?"), 14)
    told = [line for line in play.caller.speech.lines if line.piece is not None]
    assert told[0].text.endswith("—")
    assert told[1].text.startswith("… ")
    words = " ".join(line.text.removesuffix(" —").removeprefix("… ") for line in told)
    assert words == " ".join(HOT.tells)


def test_what_is_said_and_then_noted_is_one_promise() -> None:
    play = Play(HOT).hear().say("I'll ring you tomorrow at 9.")
    play.act(acts.PromiseMade("ring back", timed=True))
    assert play.changes("named_promise") == [-4]


def test_a_promise_that_was_said_does_not_swallow_another_that_is_noted() -> None:
    twice = SCENARIOS["wrong-twice"]
    play = careful(twice).say("I'll send you the summary by five today.", "promise")
    play.act(acts.PromiseMade("find one in the other store and ring by 16:00", timed=True))
    assert play.changes("named_promise") == [-4, -4]
    assert play.caller.agreed in [way for way in twice.ways if way.id == "ring"]
    assert play.caller.speech.lines[-1].text.startswith("By four")


def test_they_say_yes_as_soon_as_they_are_settled_enough() -> None:
    play = Play(replace(HOT, heat=48)).hear().act(acts.OfferMade("courier"))
    assert play.changes("agreed") == []
    play.act(acts.PromiseMade("tell you the tracking number", timed=True))
    assert play.caller.agreed is not None
    assert play.caller.agreed.id == "courier"


def test_a_no_with_its_reason_in_ones_own_words_wins_what_a_maybe_does_not() -> None:
    straight = "I can't refund it, because the house is paid. I can put them on the exchange now."
    maybe = "I can put them on the exchange now."
    tickets = SCENARIOS["ticket-refund"]
    assert Play(tickets).hear().say(straight).caller.agreed is not None
    assert Play(tickets).hear().say(maybe).caller.agreed is None


def test_a_yes_is_taken_back_when_they_are_insulted_after_it() -> None:
    play = careful(HOT).act(acts.OfferMade("courier"))
    assert play.changes("agreed")
    for _ in range(3):
        play.say("You should have ordered sooner.")
    assert play.caller.agreed is None


def test_a_call_ended_after_naming_and_warning_is_a_good_end() -> None:
    play = Play(ABUSIVE).listen()
    for step in (1, 2, 3):
        play.say("The insults have to stop.", "boundary", step)
    assert play.act(acts.Ended()).caller.ending is Ending.ENDED_AFTER_WARNING
    skipped = Play(ABUSIVE).listen().say("I'm ending the call.", "boundary", 3).act(acts.Ended())
    assert skipped.caller.ending is Ending.LEFT_HOT


def test_what_is_found_on_hold_can_be_told_afterwards() -> None:
    vases = FRIGHTENED
    found = "Leeds has forty clear ones."
    assert Play(vases).hear().say(found).changes("told_fact") == []
    play = Play(vases).hear().say("May I put you on hold for a minute?").act(acts.HoldBegan())
    play.act(acts.HoldEnded(), after=40)
    assert any(line.who is Who.DESK for line in play.caller.speech.lines)
    assert play.say(found).changes("told_fact") == [-3]


def test_once_the_insults_are_named_the_story_goes_on_without_them() -> None:
    play = Play(ABUSIVE).at_once(acts.Said("Leave the insults out.", "boundary", step=1), 20)
    left = [ln.text for ln in play.caller.speech.lines if ln.piece is not None and ln.begins > 20]
    assert left
    assert set(left) <= set(ABUSIVE.softer)
    assert play.changes("interrupted") == []


def test_a_hold_in_the_middle_of_the_story_is_an_interruption_and_the_story_goes_on() -> None:
    play = Play(HOT).at_once(acts.HoldBegan(), 14).at_once(acts.HoldEnded(), 20)
    assert play.changes("interrupted") == [4]
    assert not play.caller.told(21)
    assert play.caller.speech.lines[-1].text == HOT.tells[-1]


def test_who_is_left_on_hold_or_in_silence_hangs_up_at_last() -> None:
    held = Play(HOT).hear().act(acts.HoldBegan())
    held.caller.pass_time(held.second + 600)
    assert held.caller.ending is Ending.HUNG_UP
    alone = Play(HOT).listen()
    alone.caller.pass_time(1000)
    assert alone.caller.ending is Ending.HUNG_UP


def test_typing_is_no_silence() -> None:
    play = Play(HOT).listen()
    for second in range(int(play.second), int(play.second) + 120, 20):
        play.caller.stir(second)
    assert play.changes("silence") == []


def test_after_a_hang_up_nothing_is_heard() -> None:
    play = Play(HOT).listen()
    play.caller.pass_time(1000)
    log = list(play.caller.log)
    play.act(acts.OfferMade("courier"))
    assert play.caller.log == log


def test_people_speak_at_a_human_pace() -> None:
    speech = Speech()
    (line,) = speech.plan(["one two three four five six seven eight nine ten"], 10)
    assert line.ends == 14
    assert line.by(11) == "one two"
    assert speech.speaking(12) == line
    assert speech.speaking(14) is None


def test_a_beginning_of_a_word_is_counted_once_and_never_inside_a_word() -> None:
    assert count(["fri", "open day", "mon|tue"], "Friday, the open day, Monday or Tuesday") == 3
    assert count(["fri"], "the Africa order") == 0
    assert count(["(", "a+b"], "a+b (") == 1, "signs are only signs"


def test_the_level_of_a_heat_is_what_an_agent_would_mark() -> None:
    assert [level(heat) for heat in (10, 14, 24, 36, 44, 60)] == [1, 1, 2, 4, 4, 5]


@pytest.mark.parametrize(
    "words", ["", " ", "?" * 300, "[/b] {x} \\", "\x1b[2J", "🙂" * 50, "no", '"']
)
def test_no_words_end_the_call_by_accident(words: str) -> None:
    play = Play(HOT).hear().say(words)
    play.act(acts.OfferMade(words)).act(acts.PromiseMade(words, timed=False))
    play.act(acts.SaidBack(words))
    assert play.caller.gone_at is None


WORDS = {
    "So the flyers for the open day were due today. Have I got it?": "heard",
    "Can I have your order number, please?": "early_data",
    "We can give you a 10% discount.": "early_offer",
    "I'm so sorry this happened.": "regret",
    "I can't do it.": "early_no",
    "I'll get back to you shortly.": "vague_promise",
    "I'll ring you on Thursday at noon.": "named_promise",
    "I won't be insulted, leave the insults out.": "boundary_early",
    "Is anyone hurt?": "assured",
    "Let me put you through to my manager.": "passed_on",
}


@pytest.mark.parametrize("words", WORDS)
def test_words_of_ones_own_are_heard_as_what_they_do(words: str) -> None:
    play = Play(HOT).listen().say(words)
    assert [m.rule for m in play.caller.log if m.rule != "told_whole"] == [WORDS[words]]


@pytest.mark.parametrize("words", ["So sorry.", "My apologies.", "We apologise.", "I regret it."])
def test_what_the_caller_hears_as_sorry_is_an_apology(words: str) -> None:
    assert is_apology(words)
    assert Play(HOT).listen().say(words).changes("regret") == [-2]


def test_what_is_no_sorry_is_no_apology() -> None:
    assert not is_apology("I see.")
    assert not is_apology("I'll call you tomorrow at 9.")


@pytest.mark.parametrize("words", ["one named person", "I'll check it", "a progress call at ten"])
def test_what_costs_nothing_is_known_by_its_words(words: str) -> None:
    assert costs_nothing(words)
    assert not costs_nothing("a voucher")


def test_have_i_got_it_is_answered_with_their_yes() -> None:
    play = Play(HOT).listen().say("So flyers for the open day, due today. Have I got it?")
    assert play.caller.speech.lines[-1].text == HOT.lines("heard", play.caller.heat)[0]


# -- the debrief ----------------------------------------------------------------------------


def test_the_debrief_tells_what_happened_and_what_to_try() -> None:
    play = Play(HOT).at_once(acts.Said("Which order is it?"), 14).hear()
    play.say("It's the system. You should have ordered sooner.").act(acts.Ended())
    debrief = look_back(play.caller, [Mark(5, 4), Mark(80, 2)], 61, play.second)
    assert debrief.interruptions == 1
    assert [moment.rule for moment in debrief.raised] == ["interrupted", "blamed"]
    assert [moment.rule for moment in debrief.lowered] == ["heard"]
    assert 1 <= len(debrief.tries()) <= MOST_TRIES
    assert debrief.tries()[0] == RULES["blamed"].advice
    assert debrief.estimates() == [(Mark(5, 4), 4), (Mark(80, 2), level(debrief.heat_at(80)))]
    assert len(debrief.ways("")) == len(HOT.ways)
    assert len(debrief.ways("courier")) == len(HOT.ways) - 1


@pytest.mark.parametrize("columns", [1, 20, 60, 200])
@pytest.mark.parametrize("seconds", [0, 3, 75, 3600])
def test_the_curve_fits_its_room(columns: int, seconds: int) -> None:
    play = Play(HOT).listen()
    debrief = look_back(play.caller, [Mark(2, 5)], 0, seconds)
    rows = debrief.curve(columns)
    assert len(rows) == 7
    assert max(len(row) for row in rows) <= 14 + max(10, columns)
    assert any("●" in row or "◉" in row for row in rows[:5])


# -- a firm's own ---------------------------------------------------------------------------

OWN = """
title = "Our own"
about = "billing"
firm = "Ours"
trade = "a mill"
hard = 1
brief = "Somebody rings."
lesson = "Listen."
temper = "hot"
heat = 4
can = ["ring back"]

[caller]
name = "Ann Other"
number = "555 0123"

[story]
tells = ["The flour is late again.", "And the bakers are waiting for it."]
nouns = ["flour", "late", "bakers"]
ask = "The flour."

[[way]]
id = "ring"
kind = "call_back"
at = 3
hint = "Ring."
yes = "Good."
words = ["ring"]

[[way]]
id = "send"
kind = "offer"
at = 3
hint = "Send."
yes = "Fine."
words = ["send"]

[says]
opening = ["Hello?"]
hang_up = ["Bye."]
"""


def own(folder: Path, text: str, name: str = "ours.toml") -> Sequence[Scenario]:
    (folder / "practice").mkdir(exist_ok=True)
    (folder / "practice" / name).write_text(text, encoding="utf-8")
    return reading.load(folder)


def test_a_firms_own_scenario_stands_beside_those_that_ship(tmp_path: Path) -> None:
    scenarios = own(tmp_path, OWN)
    assert len(scenarios) == len(SCENARIOS) + 1
    ours = reading.choose(scenarios, "ours")
    assert won_by(ours, "send").caller.ending is Ending.SETTLED


def test_a_firms_own_file_replaces_the_one_of_its_name(tmp_path: Path) -> None:
    scenarios = own(tmp_path, OWN, "late-flyers.toml")
    assert len(scenarios) == len(SCENARIOS)
    assert reading.choose(scenarios, "late-flyers").title == "Our own"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("title =", "titel =", "titel is not known; did you mean title"),
        ('about = "billing"', 'about = "biling"', "'biling' is not known; did you mean billing"),
        ('temper = "hot"', 'temper = "hott"', "'hott' is not known; did you mean hot"),
        ("heat = 4", "heat = 9", "heat must be a number from 1 to 5"),
        ("heat = 4", "heat = true", "heat must be a number"),
        ("heat = 4", "heat = nan", "heat must be a number"),
        ("hard = 1", "hard = 1.5", "hard must be a whole number"),
        ('kind = "offer"', 'kind = "ofer"', "way 2.kind 'ofer' is not known; did you mean offer"),
        ('words = ["send"]', "", "way 2.words needs at least 1"),
        ('words = ["send"]', 'remedies = ["courrier"]', "did you mean courier"),
        ('hang_up = ["Bye."]', "", "says.hang_up must be written"),
        ("[says]", '[says]\nintrerupted = ["Hm."]', "did you mean interrupted"),
        ("[says]", '[says]\nheard = { hott = ["Yes."] }', "did you mean hot"),
        ("[says]", "[feels]\nhollow_apologies = 1\n[says]", "did you mean hollow_apology"),
        ("[says]", "[feels]\nregret = 99\n[says]", "feels.regret must be a number from -2 to 2"),
        ("[[way]]", "[way]", "not valid TOML"),
        ("nouns =", 'softer = ["One."]\nnouns =', "softer needs as many pieces as tells"),
        ('tells = ["The', 'tells = [3, "The', "story.tells must be a list of texts"),
        (
            "[caller]",
            "[before]\ndays_ago = 0\n[caller]",
            "before.ask must be text|days_ago must be",
        ),
    ],
)
def test_a_mistake_is_one_sentence_with_file_and_key(
    before: str, after: str, said: str, tmp_path: Path
) -> None:
    assert before in OWN
    with pytest.raises(PlaybookError) as caught:
        own(tmp_path, OWN.replace(before, after, 1))
    sentence = str(caught.value)
    assert str(tmp_path / "practice" / "ours.toml") in sentence
    assert re.search(said, sentence), sentence
    assert "\n" not in sentence.split(":")[0]


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "practice").mkdir()
    (tmp_path / "practice" / "bad.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PlaybookError, match=r"bad\.toml is not valid TOML"):
        reading.load(tmp_path)


def test_hostile_words_in_a_scenario_are_one_line_of_plain_text(tmp_path: Path) -> None:
    scenarios = own(
        tmp_path, OWN.replace("The flour is late", "The \\u001b[2J\\n flour [/b] is late")
    )
    ours = reading.choose(scenarios, "ours")
    assert ours.tells[0] == "The [2J flour [/b] is late again."


@pytest.mark.parametrize("name", ["late-flyers", "late", "LATE_flyers", "flyers-for-friday"])
def test_a_scenario_is_found_by_its_name_whole_or_begun(name: str) -> None:
    assert reading.choose(list(SCENARIOS.values()), name) is HOT


def test_an_unknown_scenario_names_the_nearest() -> None:
    with pytest.raises(CalmdeskError, match="did you mean third-call"):
        reading.choose(list(SCENARIOS.values()), "thrd-call")
    with pytest.raises(CalmdeskError, match="--list"):
        reading.choose(list(SCENARIOS.values()), "")


def test_the_common_words_cover_every_moment_that_is_not_a_callers_own() -> None:
    file = playbook.SHIPPED / "en" / reading.FOLDER / reading.COMMON
    common = reading._says(read(file))
    assert set(reading.MOMENTS) - set(common) == {"opening", "hang_up"}
