"""The answer to a cohort's numbers: best, proved, and the same whenever it is asked for again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from .canonical import canonical
from .forms import Forms, Ints
from .policy import TOP_POINTS
from .pool import ALONE, Pool
from .pricing import Pricing, Watch, solve
from .witness import Reached, Walks

BONUS = 2 * TOP_POINTS
"""What being matched is worth at first: enough, nearly always, that nobody is left out for the sake of points."""

FIRST = TOP_POINTS
"""What each round of a row's turn is worth at first, beside being matched."""

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
    first: int
    """What each round of a row's turn adds to the bonus; 0 where it is nobody's turn."""
    witnesses: Mapping[int, Reached]
    """For each turn, from 0, who of those with it or a higher one compete for too few places (`witness`)."""
    pool: Pool
    floor: int
    """No pair worth less was permitted."""
    is_cut: bool
    """Whether the search was stopped: then the prices only bound the answer."""


def search(forms: Forms, draws: Draws, watch: Watch) -> Answer:
    """As many pairs as possible, of the highest turns first, then the largest sum of points, then the draw."""
    return answer_of(solve(forms, BONUS, FIRST if forms.turns.any() else 0, watch), draws)


def answer_of(pricing: Pricing, draws: Draws) -> Answer:
    """From prices that no pair beats to an answer that matches as many as possible, of the highest turns first.

    One more pair outweighs all points only with a bonus that is larger than the sum of all; such a bonus would be slow.
    A small one nearly always gives as many pairs; the walk from those left out shows whether it did. If not, it grows.
    So does what a turn adds, by the walks among those who have it.
    """
    while not pricing.is_cut:
        witnesses = _witnesses(pricing.forms, pricing.found.partner)
        short = {turn for turn, one in witnesses.items() if one.is_open}
        if not short:
            return _proved(pricing, witnesses, draws)
        pricing.raise_bonus(pricing.bonus * (4 if 0 in short else 1), pricing.first * (4 if short - {0} else 1))
        pricing.run()
    return _cut(pricing)


def _witnesses(forms: Forms, partner: Ints) -> Mapping[int, Reached]:
    """For each turn the walk from those left out among everybody with it or a higher one."""
    walks, alone = Walks(forms, partner), partner == ALONE
    turns = {turn: forms.turns >= turn for turn in np.union1d([0], forms.turns).tolist()}
    return {turn: walks.from_rows(np.flatnonzero(alone & has_it), has_it) for turn, has_it in turns.items()}


def _proved(pricing: Pricing, witnesses: Mapping[int, Reached], draws: Draws) -> Answer:
    found = pricing.found
    pricing.gather_ties(max(TIES // max(pricing.forms.rows, 1), 1))
    drawn = draws(found.pool.row, found.pool.col)
    return Answer(
        partner=canonical(found, pricing.forms.turns, witnesses, drawn),
        row_price=found.row_price,
        col_price=found.col_price,
        bonus=pricing.bonus,
        first=pricing.first,
        witnesses=witnesses,
        pool=found.pool,
        floor=pricing.forms.floor,
        is_cut=False,
    )


def _cut(pricing: Pricing) -> Answer:
    """The best so far, filled up with pairs of the pool, and prices that nothing beats."""
    forms, pool = pricing.forms, pricing.found.pool
    proof = pricing.proof or (pricing.row_bonus + TOP_POINTS, np.zeros(forms.cols, np.int64))
    return Answer(
        partner=_filled(pool, forms.places, pricing.best),
        row_price=proof[0],
        col_price=proof[1],
        bonus=pricing.bonus,
        first=pricing.first if forms.turns.any() else 0,
        witnesses={},
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
