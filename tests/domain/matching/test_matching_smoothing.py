"""Prices that are evened out: near where demand meets places, never below 0, and the same on any machine."""

import numpy as np
import pytest

from reverse_mentoring_xblock.domain.matching.pool import Pool
from reverse_mentoring_xblock.domain.matching.smoothing import smoothed

WRITTEN_DOWN = [775, 0, 857, 80, 0, 543, 712, 607, 0, 0, 1051, 11]


def pool_of(table):
    row, col = np.nonzero(table >= 0)
    return Pool.of(*table.shape, row, col, table[row, col])


def test_a_column_that_two_rows_want_costs_what_the_second_best_is_worth_less():
    """Each of two rows is worth 500 more in the first column, which takes one of them."""
    price = smoothed(pool_of(np.array([[1500, 1000], [1500, 1000]])), np.array([1, 1]), np.zeros(2, np.int64))
    assert price[0] - price[1] == pytest.approx(500, abs=10)
    assert price.min() >= 0


def test_where_there_is_room_for_all_nothing_costs():
    price = smoothed(pool_of(np.full((3, 2), 700)), np.array([3, 3]), np.array([40, 90]))
    assert price.tolist() == [0, 0]


def test_the_prices_are_these_on_any_machine():
    random = np.random.default_rng(1)
    table = np.where(random.random((40, 12)) < 0.5, random.integers(0, 10_000, (40, 12)), -1)
    first = smoothed(pool_of(table), np.full(12, 3), np.zeros(12, np.int64))
    assert first.tolist() == WRITTEN_DOWN


def test_an_empty_pool_leaves_prices_as_they_are():
    none = np.zeros(0, np.int64)
    price = np.array([3, 4])
    assert smoothed(Pool.of(2, 2, none, none, none), np.ones(2, np.int64), price).tolist() == [3, 4]
