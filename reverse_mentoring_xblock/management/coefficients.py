"""How well a set of scores measures: reliability, error, how one part goes with the rest. Needs numpy.

A table has a row for each person and a column for each part; nothing is missing in it.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Table = Sequence[Sequence[float]]

_NOTHING = float("nan")
_ROUNDS, _STILL = 5000, 1e-12


def alpha(table: Table) -> float:
    """Cronbach's alpha: k / (k - 1) (1 - sum of the parts' variances / variance of their sum) (Cronbach 1951).

    NaN for fewer than two parts and where everybody has the same sum.
    """
    scores = np.asarray(table, dtype=float)
    parts, whole = scores.shape[1], scores.sum(axis=1).var(ddof=1)
    if parts < 2 or whole == 0:
        return _NOTHING
    return float(parts / (parts - 1) * (1 - scores.var(axis=0, ddof=1).sum() / whole))


def omega(table: Table) -> float:
    """McDonald's omega from one factor: (sum of loadings)^2 / ((sum of loadings)^2 + sum of unique variances), in the
    parts' own units (McDonald 1999). NaN for fewer than two parts and where a part is the same for everybody.

    Two parts do not settle two loadings: they are taken as alike.
    """
    scores = np.asarray(table, dtype=float)
    spread = scores.std(axis=0, ddof=1)
    if scores.shape[1] < 2 or not spread.all():
        return _NOTHING
    loadings = _one_factor(np.corrcoef(scores, rowvar=False))
    common = float((loadings * spread).sum() ** 2)
    unique = float(((1 - loadings**2) * spread**2).sum())
    return common / (common + unique)


def retest_error(pairs: Table) -> float:
    """The standard error of measurement from people measured twice: SD of the differences / sqrt(2). NaN for one."""
    before, after = np.asarray(pairs, dtype=float).T
    return float(np.std(after - before, ddof=1) / np.sqrt(2)) if len(before) > 1 else _NOTHING


def correlation(pairs: Table) -> float:
    """Pearson's r of two columns. NaN where one of them does not vary."""
    one, other = np.asarray(pairs, dtype=float).T
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return _NOTHING
    return float(np.corrcoef(one, other)[0, 1])


def _one_factor(correlations: Array) -> Array:
    """Loadings on one factor by principal axes: communalities on the diagonal, until they stay as they are."""
    shared = np.max(np.abs(correlations - np.eye(len(correlations))), axis=0)
    loadings = np.sqrt(shared)
    for _ in range(_ROUNDS):
        reduced = correlations.copy()
        np.fill_diagonal(reduced, shared)
        sizes, directions = np.linalg.eigh(reduced)
        loadings = directions[:, -1] * np.sqrt(max(sizes[-1], 0.0))
        after = np.minimum(loadings**2, 1.0)
        if np.max(np.abs(after - shared)) < _STILL:
            break
        shared = after
    facing_up: Array = loadings if loadings.sum() >= 0 else -loadings
    return facing_up.clip(-1.0, 1.0)
