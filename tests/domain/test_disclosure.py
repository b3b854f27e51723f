"""Figures about a group that say nothing about a person in it."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.disclosure import estimate, released, shown_groups

SCORES = st.lists(st.floats(0, 100), max_size=60)


@pytest.mark.parametrize(
    ("people", "counted"), [(0, 0), (9, 0), (10, 10), (11, 10), (14, 10), (15, 15), (19, 15), (20, 20), (104, 100)]
)
def test_people_come_in_tens_and_then_in_fives(people, counted):
    assert list(released(range(people))) == list(range(counted))


@pytest.mark.parametrize(
    ("n", "t"),
    [
        (10, 2.2622),
        (15, 2.1448),
        (20, 2.0930),
        (25, 2.0639),
        (30, 2.0452),
        (50, 2.0096),
        (100, 1.9842),
        (1000, 1.9623),
    ],
)
def test_the_interval_is_students(n, t):
    """Zeros and ones have a known spread, and the reach is t s / sqrt(n), with t as in the printed tables."""
    ones = n // 2
    found = estimate([0.0] * (n - ones) + [1.0] * ones)
    spread = sqrt(ones * (n - ones) / n / (n - 1))
    assert (found.n, found.mean) == (n, ones / n)
    assert (found.high - found.mean) / (spread / sqrt(n)) == pytest.approx(t, abs=0.002)
    assert found.mean - found.low == pytest.approx(found.high - found.mean)


def test_an_estimate_by_hand():
    # Mean 14.5; squares of .5, 1.5 .. 4.5 twice make 82.5; s = sqrt(82.5 / 9) = 3.0277; 2.2622 * 3.0277 / sqrt(10).
    found = estimate([float(value) for value in range(10, 20)])
    assert found.mean == 14.5
    assert (found.low, found.high) == (pytest.approx(12.334, abs=0.005), pytest.approx(16.666, abs=0.005))


def test_no_estimate_of_nine():
    assert estimate([50.0] * 9) is None
    assert estimate([50.0] * 10).low == estimate([50.0] * 10).high == 50


@given(values=SCORES, more=st.floats(0, 100))
def test_one_person_more_changes_nothing_or_comes_with_four_others(values, more):
    before, after = estimate(values), estimate([*values, more])
    if before is None:
        assert after is None or after.n == 10
    else:
        assert after == before or after.n == before.n + 5


@given(values=SCORES)
def test_a_figure_rests_on_ten_at_least(values):
    found = estimate(values)
    assert (found is None) == (len(values) < 10)
    if found:
        assert found.n >= 10
        assert len(values) - 4 <= found.n <= len(values)
        assert found.low <= found.mean + 1e-9
        assert found.mean <= found.high + 1e-9


@pytest.mark.parametrize(
    ("sizes", "total", "shown"),
    [
        ({"a": 10, "b": 10}, 20, "ab"),
        ({"a": 10, "b": 15, "c": 9}, 35, "ab"),  # ten are left beside the shown ones
        ({"a": 10, "b": 15, "c": 5}, 30, "b"),  # five would be left: the smaller group goes as well
        ({"a": 10, "b": 15, "c": 0}, 30, "b"),
        ({"a": 20, "b": 4}, 25, ""),
        ({"a": 9}, 9, ""),
        ({"a": 10}, 10, "a"),
        ({"a": 10, "b": 10, "c": 10, "d": 3}, 35, "bc"),  # alike by size: the first by name goes
        ({}, 40, ""),
    ],
)
def test_which_groups_may_stand_beside_the_total(sizes, total, shown):
    assert shown_groups(sizes, total) == frozenset(shown)


@given(
    sizes=st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 40)), ungrouped=st.integers(0, 30)
)
def test_what_is_left_beside_the_shown_groups_is_nobody_or_ten(sizes, ungrouped):
    total = sum(sizes.values()) + ungrouped
    shown = shown_groups(sizes, total)
    left = total - sum(sizes[group] for group in shown)
    assert not shown or left == 0 or left >= 10
    assert all(sizes[group] >= 10 for group in shown)
    if ungrouped == 0 or ungrouped >= 10:
        others = [size for size in sizes.values() if 0 < size < 10]
        assert others or len(shown) == sum(size >= 10 for size in sizes.values())
