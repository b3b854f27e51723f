"""The proof refuses every kind of wrong answer."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.matching import Flaw, Mentee, Mentor, solve, violations

POINTS = {(1, 11): 900, (1, 12): 800, (2, 11): 700, (2, 12): 100, (2, 13): 300, (3, 13): 250}
PLACES = {1: 1, 2: 1, 3: 2}
PEOPLE = [11, 12, 13, 14]


def check(pairs, prices, points: Mapping[tuple[int, int], int] = POINTS, places=PLACES):
    mentors = [Mentor(id=one, level=1, capacity=room) for one, room in places.items()]
    mentees = [Mentee(id=one, level=2) for one in PEOPLE]
    return violations(mentors, mentees, lambda m, e: points.get((m.id, e.id)), pairs, prices)


def flaws(*args, **kwargs):
    return {violation.flaw for violation in check(*args, **kwargs)}


@pytest.fixture
def right():
    return solve(PLACES, PEOPLE, POINTS, seed=1)


def test_a_right_answer_is_proved(right):
    assert right.pairs == ((1, 12), (2, 11), (3, 13))
    assert check(right.pairs, right.prices) == []


def test_an_unknown_person_is_refused(right):
    assert Flaw.UNKNOWN_PERSON in flaws([*right.pairs, (9, 14)], right.prices)
    assert Flaw.UNKNOWN_PERSON in flaws([*right.pairs, (3, 99)], right.prices)


def test_a_forbidden_pair_is_refused(right):
    assert Flaw.FORBIDDEN_PAIR in flaws([*right.pairs, (3, 14)], right.prices)


def test_a_mentee_with_two_mentors_is_refused(right):
    assert Flaw.MENTEE_TWICE in flaws([*right.pairs, (2, 13)], right.prices)


def test_a_mentor_with_too_many_mentees_is_refused(right):
    assert Flaw.OVER_CAPACITY in flaws([*right.pairs, (1, 11)], right.prices)


def test_a_pair_left_out_is_refused(right):
    assert flaws(right.pairs[:-1], right.prices) == {Flaw.TOTAL_OFF_BOUND}


def test_a_worse_choice_is_refused(right):
    worse = [(1, 11), (2, 12), (3, 13)]
    assert flaws(worse, right.prices) == {Flaw.TOTAL_OFF_BOUND}
    assert check(worse, right.prices)[0].amount == 800 + 700 - 900 - 100


def test_fewer_people_for_more_points_are_refused(right):
    assert flaws([(1, 11), (2, 13)], right.prices) == {Flaw.TOTAL_OFF_BOUND}


@pytest.mark.parametrize("side", ["mentors", "mentees"])
@pytest.mark.parametrize("change", [1, -1])
def test_one_point_more_or_less_on_any_price_is_refused(right, side, change):
    for one in getattr(right.prices, side):
        table = dict(getattr(right.prices, side))
        table[one] += change
        assert flaws(right.pairs, replace(right.prices, **{side: table}))


@pytest.mark.parametrize("side", ["mentors", "mentees"])
def test_a_price_missing_or_unknown_is_refused(right, side):
    table = dict(getattr(right.prices, side))
    extra = replace(right.prices, **{side: table | {77: 0}})
    assert flaws(right.pairs, extra) == {Flaw.PRICE_UNKNOWN}
    del table[max(table)]
    assert Flaw.PRICE_MISSING in flaws(right.pairs, replace(right.prices, **{side: table}))


def test_a_negative_price_is_refused(right):
    lowered = replace(right.prices, mentees=right.prices.mentees | {14: -1})
    assert Flaw.PRICE_NEGATIVE in flaws(right.pairs, lowered)
    lowered = replace(right.prices, mentors=right.prices.mentors | {3: -1})
    assert Flaw.PRICE_NEGATIVE in flaws(right.pairs, lowered)


def test_a_pair_that_beats_its_prices_is_refused(right):
    found = check(right.pairs, right.prices, POINTS | {(3, 11): 900})
    assert [(one.flaw, one.mentor, one.mentee) for one in found] == [(Flaw.PRICES_BEATEN, 3, 11)]


def test_a_bonus_too_small_to_prove_the_number_is_refused():
    # Without a bonus the single pair of 900 beats two pairs of 800 together in points alone.
    points = {(1, 11): 900, (1, 12): 400, (2, 11): 400}
    places = {1: 1, 2: 1}
    prices = replace(
        solve(places, PEOPLE, points, seed=1).prices,
        bonus=0,
        mentors={1: 500, 2: 0},
        mentees={11: 400, 12: 0, 13: 0, 14: 0},
    )
    assert flaws([(1, 11)], prices, points, places) == {Flaw.BONUS_TOO_SMALL}


def test_negative_points_are_refused(right):
    assert Flaw.BONUS_TOO_SMALL in flaws(right.pairs, right.prices, POINTS | {(2, 12): -1})


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_other_number_or_total_of_pairs_is_refused(data):
    pairs = st.sampled_from([(m, e) for m in PLACES for e in PEOPLE])
    points = data.draw(st.dictionaries(pairs, st.integers(0, 5)))
    solution = solve(PLACES, PEOPLE, points, seed=3)
    assert check(solution.pairs, solution.prices, points) == []
    chosen = data.draw(st.sets(st.sampled_from(sorted(points)))) if points else set()
    total = sum(points[pair] for pair in solution.pairs)
    same = (len(chosen), sum(points[pair] for pair in chosen)) == (len(solution.pairs), total)
    assume(not same)
    assert check(sorted(chosen), solution.prices, points)
