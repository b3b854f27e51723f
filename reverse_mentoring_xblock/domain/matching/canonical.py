"""Of all answers that are equally good, the one that the draw picks.

By complementary slackness the best answers are exactly those that use only tight pairs, leave nobody out who has a
price, and leave no place free that has one. Among these the one with the largest sum of draws is taken. It depends on
seed and ids alone: not on the order of the input, nor on which of several proofs the search came upon.
"""

import numpy as np

from .forms import Ints
from .pool import Pool
from .repair import Assignment, Flags, settle

ALL_BITS = 21


def canonical(found: Assignment, spare_rows: Flags, full_cols: Flags, draws: Ints) -> Ints:
    """The partner of each row in the drawn answer.

    Args:
        found: a best assignment, with the pool that holds every tight pair.
        spare_rows: those of whom some may be left out (`witness`); nobody else is in any largest answer.
        full_cols: those that every largest answer fills.
        draws: a number for each edge of the pool.
    """
    pool = found.pool
    is_tight = found.row_price[pool.row] + found.col_price[pool.col] == pool.worth
    is_used_by_some = spare_rows[pool.row] == full_cols[pool.col]
    kept = is_tight & is_used_by_some
    ties = Pool.of(pool.rows, pool.cols, pool.row[kept], pool.col[kept], draws[kept])
    drawn = Assignment(
        pool=ties,
        places=found.places,
        col_price=np.zeros(pool.cols, np.int64),
        must_row=~spare_rows | (found.row_price > 0),
        must_col=full_cols | (found.col_price > 0),
    )
    settle(drawn, lambda: True, ALL_BITS)
    return drawn.partner
