"""From answers to scores and levels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.assessment.bank import Rung
from reverse_mentoring_xblock.domain.assessment.scores import (
    area_score,
    check_position,
    evidence_score,
    level,
    overall_score,
    self_score,
)

CUTS = {"basic": 20, "intermediate": 45, "advanced": 80}
STEPS = st.integers(0, 4)
ANSWERS = st.one_of(STEPS, st.sampled_from(["na", "skip"]))
POINTS = st.floats(0, 100)


def ladder(**rungs):
    return {f"s-1.1-{rung}": answer for rung, answer in rungs.items()}


def close(number):
    return pytest.approx(number, abs=0.06)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (ladder(I=4, A=3), 91.7),
        (ladder(I=2, A=1), 58.3),
        (ladder(I=2, A=0), 50),
        (ladder(I=1, B=4), 41.7),
        (ladder(I=0, B=0), 0),
        (ladder(I=4, A=4), 100),
        (ladder(I=3, A="skip"), 75),
        (ladder(I=3, A="na"), 75),
        (ladder(I=3), 75),
        (ladder(I=0, B="skip"), 16.7),
        (ladder(I="skip", A=4, B=4), None),
        (ladder(I="na", A=4, B=4), None),
        (ladder(A=4, B=4), None),
        ({}, None),
    ],
)
def test_self_score(bank, answers, expected):
    score = self_score(bank, "1.1", answers)
    assert score is None if expected is None else score == close(expected)


@pytest.mark.parametrize(
    ("answers", "rung", "is_right", "evidence", "name"),
    [
        (ladder(I=4, A=3), Rung.A, False, 79.4, "intermediate"),
        (ladder(I=4, A=3), Rung.A, True, 92.8, "advanced"),
        (ladder(I=2, A=1), Rung.I, True, 60.6, "intermediate"),
        (ladder(I=2, A=1), Rung.I, False, 48.9, "intermediate"),
    ],
)
def test_worked_cases_with_one_scenario(bank, answers, rung, is_right, evidence, name):
    own = self_score(bank, "1.1", answers)
    score = evidence_score(own, [check_position(rung, is_right, own)])
    assert score == close(evidence)
    assert level(score, CUTS, 16).name == name


def test_two_scenarios_weigh_as_much_as_the_ladder():
    assert evidence_score(50, [60, 80]) == 60


def test_without_scenarios_it_is_the_own_view():
    assert evidence_score(33.3) == 33.3


@given(score=POINTS, rung=st.sampled_from(Rung))
def test_right_never_lowers_and_wrong_never_raises(score, rung):
    right = evidence_score(score, [check_position(rung, True, score)])
    wrong = evidence_score(score, [check_position(rung, False, score)])
    assert -1e-9 <= wrong <= score + 1e-9
    assert score - 1e-9 <= right <= 100 + 1e-9


@given(low=POINTS, high=POINTS, rung=st.sampled_from(Rung), is_right=st.booleans())
def test_a_higher_self_score_never_ends_lower(low, high, rung, is_right):
    low, high = sorted((low, high))
    below = evidence_score(low, [check_position(rung, is_right, low)])
    above = evidence_score(high, [check_position(rung, is_right, high)])
    assert below <= above + 1e-9


@given(first=ANSWERS, basic=ANSWERS, advanced=ANSWERS)
def test_self_score_stays_in_bounds(bank, first, basic, advanced):
    score = self_score(bank, "1.1", ladder(I=first, B=basic, A=advanced))
    assert score is None or 0 <= score <= 100
    assert (score is None) == isinstance(first, str)


@given(first=STEPS, basic=ANSWERS, advanced=ANSWERS)
def test_going_down_ends_below_where_going_up_starts(bank, first, basic, advanced):
    score = self_score(bank, "1.1", ladder(I=first, B=basic, A=advanced))
    assert score <= 41.7 if first < 2 else score >= 50


@given(
    rungs=st.fixed_dictionaries({"I": STEPS, "B": ANSWERS, "A": ANSWERS}),
    which=st.sampled_from("IBA"),
    better=STEPS,
)
def test_a_better_answer_never_lowers_the_score(bank, rungs, which, better):
    if isinstance(rungs[which], str) or better < rungs[which]:
        return
    before = self_score(bank, "1.1", ladder(**rungs))
    assert before <= self_score(bank, "1.1", ladder(**{**rungs, which: better}))


@given(first=STEPS, word=st.sampled_from(["na", "skip"]))
def test_an_open_second_rung_is_neither_zero_nor_full(bank, first, word):
    score = self_score(bank, "1.1", ladder(I=first, B=word, A=word))
    assert self_score(bank, "1.1", ladder(I=first, B=0, A=0)) < score
    assert score < self_score(bank, "1.1", ladder(I=first, B=4, A=4))


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([40, 60], 50),
        ([40, None], None),
        ([40, 60, None], 50),
        ([40, None, None], None),
        ([10, 20, 30, None, None], 20),
        ([10, 20, None, None], None),
        ([0.0, 0.0], 0),
        ([], None),
    ],
)
def test_an_area_needs_sixty_percent(scores, expected):
    assert area_score(scores) == expected


@pytest.mark.parametrize(
    ("areas", "expected"),
    [
        ([10, 20, 30, 40, 50], 30),
        ([10, 20, 30, 40, None], 25),
        ([10, 20, 30, None, None], None),
        ([10, 20, 30], None),
    ],
)
def test_overall_needs_four_areas(areas, expected):
    assert overall_score(areas) == expected


@pytest.mark.parametrize(
    ("score", "sem", "expected"),
    [
        (0, 16, ("starting", "starting", "starting")),
        (11.9, 16, ("starting", "starting", "starting")),
        (12, 16, ("starting", "starting", "basic")),
        (20, 16, ("basic", "starting", "basic")),
        (28, 16, ("basic", "starting", "basic")),
        (28.1, 16, ("basic", "basic", "basic")),
        (44.9, 16, ("basic", "basic", "intermediate")),
        (45, 16, ("intermediate", "basic", "intermediate")),
        (60, 16, ("intermediate", "intermediate", "intermediate")),
        (79.4, 16, ("intermediate", "intermediate", "advanced")),
        (79.4, 0, ("intermediate", "intermediate", "intermediate")),
        (91.7, 16, ("advanced", "advanced", "advanced")),
        (100, 16, ("advanced", "advanced", "advanced")),
        (86, 10, ("advanced", "advanced", "advanced")),
        (32, 60, ("basic", "starting", "intermediate")),
    ],
)
def test_level(score, sem, expected):
    found = level(score, CUTS, sem)
    assert (found.name, found.low, found.high) == expected
    assert found.is_between == (expected[1] != expected[2])


def test_a_mean_that_lands_on_a_cut_point_reaches_it():
    assert level(45 - 1e-12, CUTS, 0).name == "intermediate"
