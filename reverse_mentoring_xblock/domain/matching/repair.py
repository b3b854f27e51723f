"""An exact assignment on a pool of pairs, from any prices: what does not fit is repaired until nothing is left.

The primal-dual method for the transportation problem (Ford and Fulkerson 1957), on whole numbers. All rows that lack a
partner search at once: trees of tight edges grow in step with a fall of their prices, and as soon as trees reach room,
one path of each is taken. Trees are disjoint, and so are the paths. Columns whose price promises more than they hold
search in the other direction.

Prices keep `row price + column price >= worth` on every edge, with equality on those that are used. A row without a
partner has the price 0 or is a flaw, unless it must have one; so is a column with room and a price above 0, or that
must be full. When no flaw is left, the assignment is best on the pool (complementary slackness).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .backward import Backward
from .forms import Ints
from .forward import Forward
from .pool import ALONE, Pool, ranges

Flags = NDArray[np.bool_]

STEP = 3
"""Bits by which the scales of `settle` differ."""


@dataclass
class Assignment:
    """Who has whom at which prices, on a pool."""

    pool: Pool
    places: Ints
    col_price: Ints
    must_row: Flags
    """Rows that have to have a partner; their price may be below 0."""
    must_col: Flags
    """Columns that have to be full; their price may be below 0."""
    row_price: Ints = field(init=False)
    slot: Ints = field(init=False)
    """The slot that each row holds, or `ALONE`."""
    holder: Ints = field(init=False)
    """The row in each slot, or `ALONE`."""
    slot_start: Ints = field(init=False)
    slot_col: Ints = field(init=False)
    held: Ints = field(init=False)
    """How many slots of each column are taken."""

    def __post_init__(self) -> None:
        self.slot_start = np.concatenate([[0], np.cumsum(self.places)])
        self.slot_col = np.repeat(np.arange(self.pool.cols), self.places)
        self.slot = np.full(self.pool.rows, ALONE, np.int64)
        self.holder = np.full(self.slot_col.size, ALONE, np.int64)
        self.held = np.zeros(self.pool.cols, np.int64)
        self.col_price = np.where(self.must_col, self.col_price, np.maximum(self.col_price, 0))
        self.row_price = self._least_row_price()

    @property
    def partner(self) -> Ints:
        """The column of each row, or `ALONE`."""
        return np.where(self.slot == ALONE, ALONE, self.slot_col[self.slot]) if self.slot_col.size else self.slot.copy()

    def restart(self, pool: Pool) -> None:
        """Go on with another pool: prices stay, pairs stay where they are still tight."""
        partner = self.partner
        self.pool = pool
        self.row_price = self._least_row_price()
        kept = np.zeros(pool.rows, bool)
        tight = self.row_price[pool.row] + self.col_price[pool.col] == pool.worth
        kept[pool.row[tight & (partner[pool.row] == pool.col)]] = True
        self.free(np.flatnonzero((partner != ALONE) & ~kept))

    def take(self, price: Ints) -> None:
        """Begin anew from other prices of the columns."""
        self.col_price = np.where(self.must_col, price, np.maximum(price, 0))
        self.restart(self.pool)

    def free(self, rows: Ints) -> None:
        """Let rows leave their slots."""
        slots = self.slot[rows]
        self.holder[slots] = ALONE
        self.slot[rows] = ALONE
        np.subtract.at(self.held, self.slot_col[slots], 1)

    def free_slots(self, cols: Ints) -> Ints:
        """The first free slot of each of some columns that have one."""
        slots = ranges(self.slot_start[cols], self.slot_start[cols + 1])
        owner = np.repeat(np.arange(cols.size), self.places[cols])
        is_free = self.holder[slots] == ALONE
        _, first = np.unique(owner[is_free], return_index=True)
        free: Ints = slots[is_free][first]
        return free

    def seekers(self) -> Ints:
        """Rows that lack a partner, not counting those whose price says that they can do without."""
        return np.flatnonzero((self.slot == ALONE) & (self.must_row | (self.row_price > 0)))

    def hollow(self) -> Ints:
        """Columns with room that are priced as if they had none."""
        return np.flatnonzero((self.held < self.places) & (self.must_col | (self.col_price > 0)))

    def repair(self, go_on: Callable[[], bool]) -> bool:
        """Search until no flaw is left; False if `go_on` said to stop before."""
        while True:
            seekers, hollow = self.seekers(), self.hollow()
            if not seekers.size and not hollow.size:
                return True
            if not go_on():
                return False
            if seekers.size >= hollow.size:
                Forward(self, seekers).run()
            else:
                Backward(self, hollow).run()

    def total(self) -> int:
        """The sum of what the used edges are worth."""
        partner = self.partner
        used = partner[self.pool.row] == self.pool.col
        return int(self.pool.worth[used].sum())

    def _least_row_price(self) -> Ints:
        least = self.pool.best(self.pool.worth - self.col_price[self.pool.col])
        return np.where(self.must_row, least, np.maximum(least, 0))


def settle(found: Assignment, go_on: Callable[[], bool], coarse: int) -> bool:
    """Repair from afar: coarse worths first, then finer ones (scaling by bits; Gabow 1985). False if stopped before.

    Prices are taken to be right to about 2 to the power of `coarse`. Without scaling a search takes one step for each
    point that prices are wrong; with it, about 40 for each three bits.
    """
    pool, price = found.pool, found.col_price
    for shift in range(coarse, 0, -STEP):
        trial = Assignment(pool.coarser(shift), found.places, price >> shift, found.must_row, found.must_col)
        if not trial.repair(go_on):
            # Who has whom so far is of use, though not at these prices.
            found.slot, found.holder, found.held = trial.slot, trial.holder, trial.held
            return False
        price = trial.col_price << shift
    if coarse:
        found.take(price)
    return found.repair(go_on)


def no_flags(size: int) -> Flags:
    """Nobody must."""
    return np.zeros(size, bool)
