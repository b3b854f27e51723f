"""The engine against brute force, on every shape of small problem, and on a clock."""

from itertools import combinations
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.matching import solve
from reverse_mentoring_xblock.domain.matching.objective import Objective


def best_by_trying_all(places, mentees, points, seed):
    """(matched, total, draws) and the pairs, of every feasible set of pairs."""
    objective = Objective(bonus=0, unit=1, seed=seed)
    found = []
    for size in range(len(mentees) + 1):
        for pairs in combinations(sorted(points), size):
            taken = [mentee for _, mentee in pairs]
            held = [mentor for mentor, _ in pairs]
            if len(set(taken)) == size and all(held.count(one) <= places[one] for one in held):
                draws = sum(objective.draw(pair) for pair in pairs)
                found.append(((size, sum(points[pair] for pair in pairs), draws), pairs))
    return max(found)


@st.composite
def problems(draw, people=4, most_points=1000):
    places = draw(st.dictionaries(st.integers(0, 99), st.integers(0, 3), max_size=people))
    mentees = sorted(draw(st.sets(st.integers(100, 199), max_size=people)))
    everything = [(mentor, mentee) for mentor in places for mentee in mentees]
    permitted = [pair for pair in everything if draw(st.booleans())]
    worth = st.integers(0, most_points)
    return places, mentees, {pair: draw(worth) for pair in permitted}, draw(st.integers(0, 9))


@settings(max_examples=150, deadline=None)
@given(st.one_of(problems(), problems(most_points=2), problems(most_points=0)))
def test_it_equals_brute_force_to_the_last_draw(problem):
    places, mentees, points, seed = problem
    solution = solve(places, mentees, points, seed)
    (_, total, _), pairs = best_by_trying_all(places, mentees, points, seed)
    assert solution.pairs == tuple(sorted(pairs))
    assert sum(points[pair] for pair in solution.pairs) == total


def best_of_six(mentees, points, free):
    """Brute force over mentors of one place each: (matched, total)."""
    if not mentees:
        return 0, 0
    first, rest = mentees[0], mentees[1:]
    best = best_of_six(rest, points, free)
    for mentor in free:
        if (mentor, first) in points:
            matched, total = best_of_six(rest, points, free - {mentor})
            best = max(best, (matched + 1, total + points[mentor, first]))
    return best


@settings(max_examples=60, deadline=None)
@given(st.one_of(problems(people=6), problems(people=6, most_points=1)))
def test_it_equals_brute_force_for_six_a_side(problem):
    places, mentees, points, seed = problem
    solution = solve(dict.fromkeys(places, 1), mentees, points, seed)
    total = sum(points[pair] for pair in solution.pairs)
    assert (len(solution.pairs), total) == best_of_six(mentees, points, frozenset(places))


@settings(max_examples=100, deadline=None)
@given(problems(people=6, most_points=3))
def test_prices_are_whole_points_that_meet_their_pairs(problem):
    places, mentees, points, seed = problem
    solution = solve(places, mentees, points, seed)
    prices = solution.prices
    for (mentor, mentee), worth in points.items():
        together = prices.mentors[mentor] + prices.mentees[mentee]
        made = (mentor, mentee) in solution.pairs
        assert together == prices.bonus + worth if made else together >= prices.bonus + worth
    matched = {mentee for _, mentee in solution.pairs}
    assert all(prices.mentees[one] == 0 for one in set(mentees) - matched)
    held = [mentor for mentor, _ in solution.pairs]
    assert all(prices.mentors[one] == 0 for one in places if held.count(one) < places[one])


def test_one_more_pair_is_worth_more_than_any_points():
    points = {(1, 11): 1000, (1, 12): 0, (2, 11): 0}
    assert solve({1: 1, 2: 1}, [11, 12], points, 0).pairs == ((1, 12), (2, 11))


def test_one_more_pair_is_worth_more_than_the_points_of_several():
    poor = {(1, 11): 0, (2, 12): 0, (3, 13): 0, (4, 14): 0}
    rich = {(1, 12): 1000, (2, 13): 1000, (3, 14): 1000}
    places = {1: 1, 2: 1, 3: 1, 4: 1}
    assert solve(places, [11, 12, 13, 14], poor | rich, 0).pairs == tuple(poor)


def test_one_point_is_worth_more_than_any_draw():
    for seed in range(50):
        points = {(1, 11): 501, (1, 12): 500, (2, 11): 500, (2, 12): 500}
        assert solve({1: 1, 2: 1}, [11, 12], points, seed).pairs == ((1, 11), (2, 12))


def test_the_seed_decides_among_equals_and_only_it():
    points = {(mentor, mentee): 7 for mentor in (1, 2, 3) for mentee in (11, 12, 13)}
    backwards = dict(reversed(points.items()))
    answers = set()
    for seed in range(20):
        answer = solve({1: 1, 2: 1, 3: 1}, [11, 12, 13], points, seed)
        assert solve({3: 1, 2: 1, 1: 1}, [13, 12, 11], backwards, seed) == answer
        answers.add(answer.pairs)
    assert len(answers) > 1


def test_empty_sides():
    assert solve({}, [], {}, 0).pairs == ()
    assert solve({1: 2}, [], {}, 0).prices.mentors == {1: 0}
    assert solve({}, [11], {}, 0).prices.mentees == {11: 0}


@pytest.mark.parametrize("mentors", [150, 75])
@pytest.mark.parametrize("shape", [lambda m, e: m * e * 1000 // 22500, lambda m, e: m * e * 37 % 1001])
def test_a_hundred_and_fifty_a_side_take_less_than_two_seconds(mentors, shape):
    points = {(m, 1000 + e): shape(m, e) for m in range(mentors) for e in range(150)}
    start = perf_counter()
    solution = solve(dict.fromkeys(range(mentors), 1), range(1000, 1150), points, 1)
    assert perf_counter() - start < 2
    assert len(solution.pairs) == mentors
