"""The answer to a cohort's numbers: best, proved, and the same whenever it is asked for again."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .canonical import canonical
from .forms import Forms, Ints
from .policy import TOP_POINTS
from .pool import ALONE, Pool
from .pricing import Pricing, Watch, solve
from .repair import Flags
from .witness import Reached, Walks

BONUS = 2 * TOP_POINTS
"""What being matched is worth at first: enough, nearly always, that nobody is left out for the sake of points."""

TIES = 4_000_000
"""Pairs with exactly their prices among which the draw decides; of more than that, a part."""

Draws = Callable[[Ints, Ints], Ints]
"""Draws of pairs of rows and columns."""


@dataclass(frozen=True)
class Answer:
    """Partners, and the prices that prove them best."""

    partner: Ints
    row_price: Ints
    col_price: Ints
    bonus: int
    short_rows: Flags
    """Those who compete for too few places (`witness`)."""
    full_cols: Flags
    pool: Pool
    floor: int
    """No pair worth less was permitted."""
    is_cut: bool
    """Whether the search was stopped: then the prices only bound the answer."""


def search(forms: Forms, draws: Draws, watch: Watch) -> Answer:
    """As many pairs as possible, then the largest sum of points, then the draw."""
    return answer_of(solve(forms, BONUS, watch), draws)


def answer_of(pricing: Pricing, draws: Draws) -> Answer:
    """From prices that no pair beats to an answer that matches as many as possible.

    One more pair outweighs all points only with a bonus that is larger than the sum of all; such a bonus would be slow.
    A small one nearly always gives as many pairs; the walk from those left out shows whether it did. If not, it grows.
    """
    while not pricing.is_cut:
        partner = pricing.found.partner
        reached = Walks(pricing.forms, partner).from_rows(np.flatnonzero(partner == ALONE))
        if not reached.is_open:
            return _proved(pricing, reached, draws)
        pricing.raise_bonus(4 * pricing.bonus)
        pricing.run()
    return _cut(pricing)


def _proved(pricing: Pricing, reached: Reached, draws: Draws) -> Answer:
    found = pricing.found
    pricing.gather_ties(max(TIES // max(pricing.forms.rows, 1), 1))
    drawn = draws(found.pool.row, found.pool.col)
    return Answer(
        partner=canonical(found, reached.rows, reached.cols, drawn),
        row_price=found.row_price,
        col_price=found.col_price,
        bonus=pricing.bonus,
        short_rows=reached.rows,
        full_cols=reached.cols,
        pool=found.pool,
        floor=pricing.forms.floor,
        is_cut=False,
    )


def _cut(pricing: Pricing) -> Answer:
    """The best so far, filled up with pairs of the pool, and prices that nothing beats."""
    forms, pool = pricing.forms, pricing.found.pool
    row_price = np.full(forms.rows, pricing.bonus + TOP_POINTS, np.int64)
    proof = pricing.proof or (row_price, np.zeros(forms.cols, np.int64))
    return Answer(
        partner=_filled(pool, forms.places, pricing.best),
        row_price=proof[0],
        col_price=proof[1],
        bonus=pricing.bonus,
        short_rows=np.zeros(forms.rows, bool),
        full_cols=np.zeros(forms.cols, bool),
        pool=pool,
        floor=forms.floor,
        is_cut=True,
    )


def _filled(pool: Pool, places: Ints, partner: Ints) -> Ints:
    """Rows without a partner take the best free place in the pool, one after another."""
    partner = partner.copy()
    room = places - np.bincount(partner[partner != ALONE], minlength=pool.cols)
    for row in np.flatnonzero(partner == ALONE).tolist():
        edges = np.arange(pool.row_start[row], pool.row_start[row + 1])
        edges = edges[room[pool.col[edges]] > 0]
        if edges.size:
            col = pool.col[edges[np.argmax(pool.worth[edges])]]
            partner[row] = col
            room[col] -= 1
    return partner
