"""Coefficients against values worked by hand or known by construction."""

from math import isnan, sqrt

import numpy
import pytest

from reverse_mentoring_xblock.management.coefficients import alpha, correlation, omega, retest_error


def made_of(loadings, people=200, spread=None):
    """Scores whose correlations are exactly those of one factor with these loadings."""
    count = len(loadings)
    random = numpy.random.default_rng(1)
    raw = random.normal(size=(people, count + 1))
    apart, _ = numpy.linalg.qr(raw - raw.mean(axis=0))
    apart *= sqrt(people - 1)  # columns of mean 0 and variance 1 that do not correlate
    loadings = numpy.array(loadings)
    scores = apart[:, :1] * loadings + apart[:, 1:] * numpy.sqrt(1 - loadings**2)
    return scores * numpy.array(spread or [1] * count)


def test_alpha_by_hand():
    """Variances 5/3 and 5/3, of the sum 16/3: 2 (1 - (10/3) / (16/3)) = .75."""
    assert alpha([(1, 2), (2, 1), (3, 4), (4, 3)]) == pytest.approx(0.75)


def test_alpha_of_alike_parts_is_the_formula_of_spearman_and_brown():
    """Four parts that correlate .49 each: 4 * .49 / (1 + 3 * .49) = .794."""
    assert alpha(made_of([0.7] * 4)) == pytest.approx(4 * 0.49 / (1 + 3 * 0.49))


def test_parts_that_say_the_same_are_wholly_reliable():
    assert alpha([(1, 1, 1), (2, 2, 2), (5, 5, 5)]) == pytest.approx(1)


def test_omega_finds_the_loadings():
    """(.8 + .7 + .6)^2 = 4.41, over 4.41 + .36 + .51 + .64 = 5.92: .745."""
    assert omega(made_of([0.8, 0.7, 0.6])) == pytest.approx(4.41 / 5.92, abs=1e-6)


def test_omega_is_in_the_parts_own_units():
    """Spreads 1, 2, 3: (.8 + 1.4 + 1.8)^2 = 16, unique .36 + 4 * .51 + 9 * .64 = 8.16."""
    assert omega(made_of([0.8, 0.7, 0.6], spread=[1, 2, 3])) == pytest.approx(16 / 24.16, abs=1e-6)


def test_omega_is_above_alpha_where_parts_differ_and_equal_where_they_do_not():
    differ, alike = made_of([0.9, 0.6, 0.4, 0.3]), made_of([0.6] * 4)
    assert omega(differ) > alpha(differ) + 0.01
    assert omega(alike) == pytest.approx(alpha(alike))


def test_omega_of_two_parts_takes_them_as_alike():
    """r = .8 * .5 = .4: 2 * .4 / 1.4 = .571."""
    assert omega(made_of([0.8, 0.5])) == pytest.approx(0.8 / 1.4)


def test_coefficients_that_do_not_exist_are_nan():
    assert isnan(alpha([[1], [2]]))
    assert isnan(alpha([(1, 2), (2, 1)]))
    assert isnan(omega([(1, 1), (2, 1)]))
    assert isnan(correlation([(1, 2), (1, 3)]))
    assert isnan(retest_error([(50, 60)]))


def test_retest_error_by_hand():
    """Differences 2, -2, 4, 0: mean 1, squares 1 + 9 + 9 + 1 = 20, SD sqrt(20/3) = 2.582; / sqrt(2) = 1.826."""
    assert retest_error([(50, 52), (60, 58), (70, 74), (80, 80)]) == pytest.approx(sqrt(20 / 3 / 2))


def test_correlation_by_hand():
    """Deviations (-1, 0, 1) and (-1, 1, 0): 1 / sqrt(2 * 2) = .5."""
    assert correlation([(1, 1), (2, 3), (3, 2)]) == pytest.approx(0.5)
