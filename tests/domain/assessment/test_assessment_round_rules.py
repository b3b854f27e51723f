"""What holds for every round of the shipped bank, whatever is answered, changed and answered again."""

import json
from itertools import pairwise
from random import Random

import pytest
from answering import a_round, ids, told, walked
from hypothesis import given, settings
from hypothesis import strategies as st

from reverse_mentoring_xblock.content.loading import load_bank
from reverse_mentoring_xblock.domain.assessment.bank import SURE, Form
from reverse_mentoring_xblock.domain.assessment.interchange import (
    chosen_topics,
    profile_as_json,
    round_as_json,
    round_from_json,
)
from reverse_mentoring_xblock.domain.assessment.repeating import repeated
from reverse_mentoring_xblock.domain.assessment.scenarios import options_in_order

BANK = load_bank()
SEEDS = st.integers(0, 2**31 - 1)
CHANCES = SEEDS.map(Random)
STEPS = (0, 1, 1, 2, 2, 3, 3, 4, "na", "skip")
IMPORTANCE = (0, 1, 2, 3, "skip")
OUTCOMES = ("right", "right", "wrong", "wrong", "unsure", "skip")
CONFIDENCE = (None, *SURE)
WALKS = settings(max_examples=15, deadline=None)


def a_set(chance):
    """Core-12, all, or at least two competences of each area in any number and order."""
    own = [
        code
        for area in BANK.areas
        for code in chance.sample(area.competences, chance.randint(2, len(area.competences)))
    ]
    return chance.choice((tuple(own), tuple(own), BANK.sets["core-12"], BANK.competences))


def reply(chance, question):
    if question.kind == "check":
        return told(BANK, question.id, chance.choice(OUTCOMES), chance.choice(CONFIDENCE))
    if question.kind in ("term", "goal"):
        return chance.choice((0, 1, 2, "skip"))
    if question.kind == "then":
        return chance.choice((0, 1, 2, 3, 4, "skip"))
    return chance.choice(IMPORTANCE if question.kind == "matters" else STEPS)


def replied(chance, said):
    """The round answered to its end by chance."""
    return walked(said, lambda question: reply(chance, question))


def a_round_by(chance, **facts):
    drawn = {"seed": chance.randrange(2**31), "form": chance.choice(tuple(Form)), "uses_checks": True, **facts}
    return a_round(BANK, a_set(chance), **drawn)


def counted(said):
    """How many self items and scenarios are asked."""
    return sum(question.kind in ("self", "check") for question in said.path())


@WALKS
@given(chance=CHANCES, uses_terms=st.booleans())
def test_a_round_ends_and_counts_itself(chance, uses_terms):
    said = replied(chance, a_round_by(chance, uses_terms=uses_terms))
    progress = said.progress()
    assert progress.done == progress.about == len(said.path()) == len(said.answers)
    assert said.participation().asked == progress.about
    assert counted(said) <= (36 if len(said.competences) <= 12 else 56)


@WALKS
@given(chance=CHANCES)
def test_two_scenarios_of_each_area_and_then_up_to_the_limit(chance):
    said = replied(chance, a_round_by(chance))
    able = {
        area.id: sum(isinstance(said.answers.get(f"s-{code}-I"), int) for code in area.competences)
        for area in BANK.areas
    }
    checks = [BANK.area_of[BANK.checks[name].competence] for name in said.checks]
    assert all(checks.count(area) >= min(2, count) for area, count in able.items())
    assert len(checks) == min(sum(able.values()), 10 if len(said.competences) <= 12 else 12)
    assert len({BANK.checks[name].competence for name in said.checks}) == len(checks)
    assert {BANK.checks[name].form for name in said.checks} <= {said.form}


@WALKS
@given(chance=CHANCES)
def test_what_was_chosen_stays_and_the_cap_holds_whatever_is_changed_afterwards(chance):
    said = replied(chance, a_round_by(chance))
    cap = 36 if len(said.competences) <= 12 else 56
    for _ in range(chance.randint(1, 25)):
        code = chance.choice(said.competences)
        item = chance.choice([f"s-{code}-I", f"s-{code}-I", f"s-{code}-A", f"s-{code}-B", f"m-{code}"])
        before = said.checks
        changed = chance.choice(IMPORTANCE if item.startswith("m-") else STEPS)
        said = replied(chance, said.with_answer(item, changed))
        assert said.checks[: len(before)] == before
        assert counted(said) <= cap
        assert said.progress().done == said.progress().about == len(said.path())


def test_the_cap_holds_for_somebody_who_changes_their_mind_about_everything():
    said = walked(a_round(BANK, uses_checks=True), told_or_three)
    for _ in range(3):
        for code in BANK.competences:
            said = walked(said.with_answer(f"s-{code}-I", "na"), told_or_three)
        for code in BANK.competences:
            said = walked(said.with_answer(f"s-{code}-I", 3), told_or_three)
    assert len(said.path()) == 21 * 3 + 14
    assert counted(said) == 56
    assert said.progress().done == said.progress().about
    for name in said.checks[:5]:  # nothing is left to put in their place, and nothing more is announced
        said = walked(said.with_answer(f"s-{BANK.checks[name].competence}-I", "na"), told_or_three)
    assert len(said.checks_in_play) == 9
    assert said.progress().done == said.progress().about == len(said.path())


def told_or_three(question):
    return told(BANK, question.id, "right", "even") if question.kind == "check" else 3


@WALKS
@given(chance=CHANCES)
def test_progress_never_runs_ahead_of_itself(chance):
    said = a_round_by(chance, uses_terms=True)
    while question := said.position().question:
        progress = said.progress()
        assert progress.done < progress.about
        assert progress.done == len(said.answers)
        said = said.with_answer(question.id, reply(chance, question))


@WALKS
@given(chance=CHANCES)
def test_the_same_seed_asks_the_same(chance):
    said = replied(chance, a_round_by(chance))
    again = a_round(BANK, said.competences, seed=said.seed, form=said.form, uses_checks=True)
    again = walked(again, lambda question: said.answers[question.id])
    assert ids(again.path()) == ids(said.path())
    assert again.checks == said.checks


@given(seed=SEEDS, name=st.sampled_from(sorted(BANK.checks)))
def test_the_same_seed_shows_the_options_in_the_same_order(seed, name):
    check = BANK.checks[name]
    order = options_in_order(check, seed)
    assert sorted(order) == sorted(check.options)
    assert order == options_in_order(check, seed)


def test_the_key_stands_in_every_place_as_often():
    places = [options_in_order(check, seed).index(check.key) for check in BANK.checks.values() for seed in range(100)]
    assert all(0.22 < places.count(place) / len(places) < 0.28 for place in range(4))


@WALKS
@given(chance=CHANCES)
def test_the_end_asks_the_same_self_items_and_the_counterparts(chance):
    start = replied(chance, a_round_by(chance))
    topics = chosen_topics(start.profile())
    end = repeated(start, topics, goals=2)
    placed = {code for code in start.competences if isinstance(start.answers[f"s-{code}-I"], int)}

    def keep(question):
        answer = reply(chance, question)
        is_first = question.kind == "self" and question.id.endswith("-I")
        return 0 if is_first and question.competence in placed and isinstance(answer, str) else answer

    end = walked(end, keep)
    asked = {item for item in ids(start.path()) if item.startswith("s-") and start_placed(start, item)}
    assert asked <= {item for item in ids(end.path()) if item.startswith("s-")}
    pairs = [
        (BANK.checks[one], BANK.checks[other]) for one, other in zip(start.checks_in_play, end.checks, strict=True)
    ]
    assert all(
        (one.competence, one.rung, one.is_risk, one.form.other)
        == (other.competence, other.rung, other.is_risk, other.form)
        for one, other in pairs
    )
    assert end.progress().done == end.progress().about == len(end.path())
    assert [question.competence for question in end.path() if question.kind == "then"] == [
        topic for topic in topics for _ in range(2)
    ]


def start_placed(said, item):
    return isinstance(said.answers[f"s-{BANK.items[item].competence}-I"], int)


@WALKS
@given(chance=CHANCES)
def test_both_forms_score_alike(chance):
    """The same steps and the same outcomes through the scenarios of the other form give the same scores."""
    outcomes = {}

    def first(question):
        if question.kind != "check":
            return reply(chance, question)
        outcomes[BANK.checks[question.id].competence] = (chance.choice(OUTCOMES), chance.choice(CONFIDENCE))
        return told(BANK, question.id, *outcomes[question.competence])

    said = walked(a_round_by(chance, form=Form.A), first)

    def second(question):
        if question.kind == "check":
            return told(BANK, question.id, *outcomes[question.competence])
        return said.answers[question.id]

    other = walked(a_round(BANK, said.competences, seed=said.seed, form=Form.B, uses_checks=True), second)
    assert [BANK.counterpart(name) for name in said.checks] == list(other.checks)
    assert profile_as_json(other) == profile_as_json(said)
    assert other.profile().topics == said.profile().topics


@WALKS
@given(chance=CHANCES, uses_terms=st.booleans())
def test_a_file_gives_the_same_profile(chance, uses_terms):
    targets = {code: chance.choice([35, 60, 85]) for code in BANK.competences}
    weights = {code: chance.choice([0.5, 1.0, 1.5]) for code in BANK.competences}
    start = replied(chance, a_round_by(chance, uses_terms=uses_terms, targets=targets, weights=weights))
    topics = chosen_topics(start.profile())
    end = replied(chance, repeated(start, topics, goals=1))
    for said, phase in ((start, "start"), (end, "end")):
        kept = json.loads(json.dumps(round_as_json(said, phase, topics)))
        back = round_from_json(BANK, kept)
        assert profile_as_json(back) == profile_as_json(said)
        assert back.profile().topics == said.profile().topics
        assert back.profile().areas == said.profile().areas
        assert back.looking_back() == (end.looking_back() if phase == "end" else {})
        assert round_as_json(back, phase, topics)["answers"].items() <= kept["answers"].items()


@WALKS
@given(chance=CHANCES)
def test_a_better_answer_to_a_scenario_never_lowers_a_score(chance):
    said = replied(chance, a_round_by(chance))
    if not said.checks_in_play:
        return
    name = chance.choice(said.checks_in_play)
    scores = [said.with_answer(name, told(BANK, name, what, "even")).profile() for what in ("wrong", "skip", "right")]
    for low, high in pairwise(scores):
        assert all(low.scores[code] <= high.scores[code] + 1e-9 for code in low.scores)
        assert low.overall is None or low.overall <= high.overall + 1e-9
    assert scores[0].scores == said.with_answer(name, told(BANK, name, "unsure")).profile().scores
    own = said.self_score(BANK.checks[name].competence)
    code = BANK.checks[name].competence
    assert scores[0].scores[code] <= own + 1e-9 <= scores[2].scores[code] + 2e-9
    assert scores[1].scores[code] == own


@WALKS
@given(chance=CHANCES)
def test_a_better_self_item_never_lowers_a_score_with_scenarios_answered(chance):
    said = replied(chance, a_round_by(chance))
    items = [item for item in ids(said.path()) if item in BANK.items and isinstance(said.answers[item], int)]
    if not items:
        return
    item = chance.choice(items)
    better = chance.randint(said.answers[item], 4)
    before, after = said.profile(), said.with_answer(item, better).profile()
    code = BANK.items[item].competence
    assert before.scores[code] <= after.scores[code] + 1e-9
    assert {**before.scores, code: 0} == {**after.scores, code: 0}


@WALKS
@given(chance=CHANCES)
def test_out_of_the_role_and_skipped_are_no_zero(chance):
    said = replied(chance, a_round_by(chance))
    code = chance.choice(said.competences)
    without = said.with_answer(f"s-{code}-I", chance.choice(["na", "skip"])).profile()
    before = said.profile().scores
    assert without.scores == {other: score for other, score in before.items() if other != code}
    area = next(area for area in without.areas if area.id == BANK.area_of[code])
    valid = [result.score for result in area.competences if result.score is not None]
    assert area.score is None or area.score == pytest.approx(sum(valid) / len(valid))
