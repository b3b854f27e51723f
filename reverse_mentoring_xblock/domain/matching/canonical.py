"""Of all answers that are equally good, the one that the draw picks.

By complementary slackness the best answers are exactly those that use only tight pairs, leave nobody out who has a
price, and leave no place free that has one. Those of them that match as many as possible fill what a witness calls full
with the people of that witness, and leave nobody else out. Among these the one with the largest sum of draws is taken.
It depends on seed and ids alone: not on the order of the input, nor on which of several proofs the search came upon.
"""

from collections.abc import Mapping

import numpy as np

from .forms import Ints
from .pool import Pool
from .repair import Assignment, settle
from .witness import Reached

ALL_BITS = 21


def canonical(found: Assignment, turns: Ints, witnesses: Mapping[int, Reached], draws: Ints) -> Ints:
    """The partner of each row in the drawn answer.

    Args:
        found: a best assignment, with the pool that holds every tight pair.
        turns: by how many rounds of waiting each row comes before others.
        witnesses: for some turns why nobody more with that turn or a higher one can be matched. Of the rows reached
            some may be left out, and nobody else in any largest answer; the columns reached every largest answer fills
            with them.
        draws: a number for each edge of the pool.
    """
    pool = found.pool
    kept = found.row_price[pool.row] + found.col_price[pool.col] == pool.worth
    must_row, must_col = found.row_price > 0, found.col_price > 0
    for turn, one in witnesses.items():
        must_row |= (turns >= turn) & ~one.rows
        must_col |= one.cols
        kept &= one.rows[pool.row] | ~one.cols[pool.col]
    ties = Pool.of(pool.rows, pool.cols, pool.row[kept], pool.col[kept], draws[kept])
    drawn = Assignment(
        pool=ties,
        places=found.places,
        col_price=np.zeros(pool.cols, np.int64),
        must_row=must_row,
        must_col=must_col,
    )
    settle(drawn, lambda: True, ALL_BITS)
    return drawn.partner
