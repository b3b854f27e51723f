"""Prices at which about as many rows ask for each column as it has places, when every row asks for several.

A row spreads itself over its edges: one that falls short of its best by `width` points gets half as much. A column that
is asked for too much becomes dearer, one that is asked for too little cheaper, in proportion to the logarithm of the
ratio (Sinkhorn and Knopp 1967; Cuturi 2013). With a falling width that comes close to the prices of the best assignment
in a few dozen passes over all edges, where an exact search from bad prices walks most of the graph again and again.

It is a guess to begin with and proves nothing. All of it is whole numbers, or sums and quotients of them that any
processor rounds alike, so that the same pool gives the same prices everywhere.
"""

import numpy as np
from numpy.typing import NDArray

from .forms import Ints
from .pool import Pool, largest

WIDTHS = (7, 6, 5, 4, 3, 2)
"""In bits: from 128 points to 4."""
PASSES = 6
"""Over all edges with each width."""
FINE = 20
UNIT = 1 << FINE
"""The share of a row's best edge, before shares of a row are brought to one."""
ROWS_AT_ONCE = 4096
WHOLE = 1 << 30
"""A whole row."""
MOST = 3.0
"""Widths by which a price moves at once."""


def smoothed(pool: Pool, places: Ints, price: Ints) -> Ints:
    """Prices of the columns, from some that may be far off."""
    if not pool.row.size:
        return price
    for width in WIDTHS:
        for _ in range(PASSES):
            asked = _asked(pool, price, width)
            ratio = np.maximum(asked, 1) / np.maximum(places * WHOLE, 1)
            step = np.clip(_log2(ratio), -MOST, MOST) * (1 << width)
            price = np.maximum(price + np.rint(step).astype(np.int64), 0)
    return price


def _asked(pool: Pool, price: Ints, width: int) -> NDArray[np.float64]:
    """How much of all rows each column is asked for, a row being `WHOLE`; a few rows at once, to save memory.

    All numbers that are added are whole and their sums below 2^53, so that the order of adding makes no difference.
    """
    asked = np.zeros(pool.cols)
    for first in range(0, pool.rows, ROWS_AT_ONCE):
        start = pool.row_start[first : first + ROWS_AT_ONCE + 1]
        edges = slice(int(start[0]), int(start[-1]))
        col, lengths = pool.col[edges], np.diff(start)
        gain = pool.worth[edges] - price[col]
        best = np.maximum(largest(gain, start - start[0]), 0)
        share = _share(np.repeat(best, lengths) - gain, width)
        sums = np.concatenate([[0], np.cumsum(share)])[start - start[0]]
        # A row may also stay without a partner.
        total = _share(best, width) + np.diff(sums)
        asked += np.bincount(col, np.floor(share * np.repeat(WHOLE / total, lengths)), minlength=pool.cols)
    return asked


def _share(short: Ints, width: int) -> Ints:
    """Half as much for each width: whole numbers, straight between the powers of two."""
    halves, rest = np.minimum(short >> width, FINE), short & ((1 << width) - 1)
    share: Ints = ((UNIT >> halves) * ((2 << width) - rest)) >> (width + 1)
    return share


def _log2(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logarithm, straight between the powers of two."""
    fraction, power = np.frexp(values)
    logarithm: NDArray[np.float64] = power - 2 + 2 * fraction
    return logarithm
