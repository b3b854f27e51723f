"""An attempt as a whole."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.assessment.answers import Chosen
from reverse_mentoring_xblock.domain.assessment.bank import Rung
from reverse_mentoring_xblock.domain.assessment.profile import profile

CODES = ("1.1", "1.2", "1.3", "2.1", "2.2", "3.1", "3.2", "4.1", "4.2", "5.1", "5.2")
IDS = [f"s-{code}-{rung}" for code in CODES for rung in "BIA"]
ANSWER = st.one_of(st.integers(0, 4), st.sampled_from(["na", "skip"]))
ATTEMPTS = st.dictionaries(st.sampled_from(IDS), ANSWER)
FULL = st.fixed_dictionaries(dict.fromkeys(IDS, ANSWER))
MATTERS = st.dictionaries(st.sampled_from(CODES), st.sampled_from([0, 1, 2, 3, "skip"]))


def everyone(step):
    return dict.fromkeys(IDS, step)


def read(bank, answers, matters=None, targets=None, weights=None, competences=CODES):
    return profile(bank, answers, matters or {}, targets or {}, weights or {}, competences)


def scores(found):
    return {result.code: result.score for result in found.competences}


def test_the_wiring(bank):
    answers = {**everyone(3), "s-1.1-I": 1, "s-1.1-B": 3}
    found = read(bank, answers, {"1.1": 3, "2.1": 2}, {"1.1": 85.0}, {"1.1": 1.5})
    first = found.competences[0]
    assert (first.code, first.area, first.target, first.matters, first.weight) == (
        "1.1",
        "1",
        85,
        3,
        1.5,
    )
    assert first.score == first.self_score == pytest.approx(33.33, abs=0.01)
    assert first.gap == pytest.approx(51.67, abs=0.01)
    assert first.priority == pytest.approx(77.5)
    assert first.level.name == "basic"
    assert found.topics.chosen[0].competence == "1.1"
    assert found.topics.strength == "2.1"
    assert found.areas[0].score == pytest.approx((33.33 + 83.33 * 2) / 3, abs=0.01)
    assert found.areas[0].level.name == "intermediate"
    assert found.overall == pytest.approx((66.67 + 83.33 * 4) / 5, abs=0.01)


def test_an_area_is_less_certain_in_a_smaller_set(bank):
    answers = {**everyone(4), "s-1.1-A": 1, "s-1.2-A": 1, "s-1.3-A": 1}
    whole = read(bank, answers).areas[0]
    core = read(bank, answers, competences=["1.1", "1.2", "2.1", "2.2"]).areas[0]
    assert whole.score == core.score == 75
    assert not whole.level.is_between
    assert core.level.is_between


@pytest.mark.parametrize(
    ("first", "second", "rung", "choice", "own", "evidence", "level"),
    [
        (4, 3, Rung.A, "two", 91.7, 79.4, "intermediate"),
        (4, 3, Rung.A, "one", 91.7, 92.8, "advanced"),
        (2, 1, Rung.I, "one", 58.3, 60.6, "intermediate"),
        (2, 1, Rung.I, "two", 58.3, 48.9, "intermediate"),
        (2, 1, Rung.I, "unsure", 58.3, 48.9, "intermediate"),
    ],
)
def test_worked_cases_with_a_scenario(bank, first, second, rung, choice, own, evidence, level):
    check = replace(bank.checks["k-1.1-B-a"], id="k", rung=rung)
    answers = {"s-1.1-I": first, "s-1.1-A": second, "k": Chosen(choice)}
    with_check = replace(bank, checks={"k": check})
    found = profile(with_check, answers, {}, {}, {}, ["1.1"], checks=["k"]).competences[0]
    assert (round(found.self_score, 1), round(found.score, 1), found.level.name) == (own, evidence, level)
    assert [one.is_right for one in found.verdicts] == [choice == "one"]
    unasked = profile(with_check, answers, {}, {}, {}, ["1.1"]).competences[0]
    assert (unasked.score, unasked.verdicts) == (unasked.self_score, ())


@pytest.mark.parametrize(
    ("answer", "is_risk"),
    [
        (Chosen("two", "fairly"), True),
        (Chosen("two", "certain"), True),
        (Chosen("two", "even"), False),
        (Chosen("two"), False),
        (Chosen("unsure"), False),
        (Chosen("one", "certain"), False),
    ],
)
def test_sure_and_wrong_where_it_does_harm_raises_the_priority(bank, answer, is_risk):
    def found(code, name):
        answers = {f"s-{code}-I": 1, f"s-{code}-B": 2, name: answer}
        return profile(bank, answers, {code: 3}, {}, {code: 1.5}, [code], checks=[name]).competences[0]

    risky, harmless = found("4.1", "k-4.1-I-a"), found("2.2", "k-2.2-I-a")
    assert (risky.is_risk, harmless.is_risk) == (is_risk, False)
    assert risky.score == harmless.score
    assert risky.priority == pytest.approx(harmless.priority * (1.25 if is_risk else 1))


def test_areas_without_asked_competences_are_absent(bank):
    found = read(bank, everyone(3), competences=["1.1", "1.2"])
    assert [area.id for area in found.areas] == ["1"]
    assert found.overall is None


def test_an_area_out_of_the_role_has_no_score(bank):
    found = read(bank, {**everyone(3), "s-2.1-I": "na", "s-2.2-I": "na"})
    assert (found.areas[1].score, found.areas[1].level) == (None, None)
    assert found.overall == pytest.approx(83.33, abs=0.01)
    offered = found.topics.chosen + found.topics.alternatives
    assert {"2.1", "2.2"}.isdisjoint(topic.competence for topic in offered)


def test_nobody_has_answered_yet(bank):
    found = read(bank, {})
    assert found.overall is None
    assert set(scores(found).values()) == {None}
    assert found.topics.chosen == ()


def test_a_rerouted_answer_is_ignored_and_comes_back(bank):
    up = {"s-1.1-I": 3, "s-1.1-A": 4}
    down = {**up, "s-1.1-I": 1, "s-1.1-B": 2}
    without = {key: value for key, value in down.items() if key != "s-1.1-A"}
    assert read(bank, down) == read(bank, without)
    assert scores(read(bank, {**down, "s-1.1-I": 3})) == scores(read(bank, up))


def test_answers_to_items_of_another_bank_are_ignored(bank):
    assert read(bank, {**everyone(3), "s-9.9-I": 4, "s-old": 0}) == read(bank, everyone(3))


def test_nonsense_is_refused(bank):
    with pytest.raises(ValueError, match="does not know"):
        read(bank, {}, competences=["9.9"])
    with pytest.raises(ValueError, match="weight"):
        read(bank, everyone(3), weights={"1.1": 3.0})
    with pytest.raises(ValueError, match="not an answer"):
        read(bank, everyone(9))
    with pytest.raises(ValueError, match="not an answer"):
        read(bank, everyone(3), {"1.1": 9})


@given(answers=ATTEMPTS, matters=MATTERS)
def test_everything_stays_in_bounds(bank, answers, matters):
    found = read(bank, answers, matters)
    numbers = [found.overall, *(area.score for area in found.areas)]
    for result in found.competences:
        numbers += [result.self_score, result.score, result.gap, result.priority]
    assert all(number is None or 0 <= number <= 100 for number in numbers)


@given(answers=ATTEMPTS, matters=MATTERS, data=st.data())
def test_the_order_of_answers_is_irrelevant(bank, answers, matters, data):
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))
    competences = data.draw(st.permutations(CODES))
    assert read(bank, answers, matters) == read(bank, shuffled, matters, competences=competences)


@given(answers=FULL, which=st.sampled_from(IDS), better=st.integers(0, 4))
def test_a_better_answer_never_lowers_any_score(bank, answers, which, better):
    if isinstance(answers[which], str) or better < answers[which]:
        return
    before, after = read(bank, answers), read(bank, {**answers, which: better})
    pairs = [(before.overall, after.overall)]
    pairs += zip((a.score for a in before.areas), (a.score for a in after.areas), strict=True)
    pairs += zip(scores(before).values(), scores(after).values(), strict=True)
    assert all(low is None if high is None else low <= high + 1e-9 for low, high in pairs)


@given(answers=FULL, code=st.sampled_from(CODES), word=st.sampled_from(["na", "skip"]))
def test_a_competence_left_out_is_no_zero(bank, answers, code, word):
    found = read(bank, {**answers, f"s-{code}-I": word})
    assert scores(found)[code] is None
    area = next(area for area in found.areas if area.id == code[0])
    valid = [result.score for result in area.competences if result.score is not None]
    assert area.score is None or area.score == pytest.approx(sum(valid) / len(valid))
