"""Points of all pairs at once: one product of two matrices, and the few pairs that differ from it.

Rows are mentees, columns are mentors. A pair is permitted when its points are 0 or more; every broken rule takes off
`BARRED`. All entries are whole numbers and every partial sum stays below 2^24, so the product is exact in float32: the
same bits on any processor, with any number of threads, in any order of summation.
"""

from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float32]

BARRED = 1 << 18
"""What one broken rule takes off; more than any pair can gain. 40 of them stay exact in float32."""
FORBIDDEN = -1
"""Points of a pair that is not permitted."""
PAIRS_AT_ONCE = 1 << 13


class Check(Protocol):
    """A rule or a part of the points that has too many kinds of people for the product: looked up pair by pair.

    The product holds the most that it can give, so that it never undervalues a pair.
    """

    def less(self, rows: Ints, cols: Ints) -> Ints:
        """What to take off each pair, 0 or more."""
        ...


@dataclass(frozen=True)
class Listed:
    """Values of single pairs, by the key `row * columns + column`, in the order of the keys, each once."""

    keys: Ints
    values: Ints

    @classmethod
    def of(cls, keys: Ints, values: Ints) -> "Listed":
        """From pairs in any order; values of one pair add up."""
        if not keys.size:
            return cls(keys, values)
        order = np.argsort(keys, kind="stable")
        keys, values = keys[order], values[order]
        starts = np.flatnonzero(np.diff(keys, prepend=keys[0] - 1))
        return cls(keys[starts], np.add.reduceat(values, starts))

    def at(self, keys: Ints) -> Ints:
        """The value of each pair, 0 where it is not listed."""
        if not self.keys.size:
            return np.zeros(keys.size, np.int64)
        place = np.minimum(np.searchsorted(self.keys, keys), self.keys.size - 1)
        return np.where(self.keys[place] == keys, self.values[place], 0)


@dataclass(frozen=True)
class Forms:
    """The points of every pair of `rows` mentees and `cols` mentors."""

    mentees: Floats
    """Rows by terms. The last two terms are room for prices (`scan`) and 0 here."""
    mentors: Floats
    """Columns by terms, with the same room. What stands in it counts for nothing, since it is 0 in the rows."""
    places: Ints
    """How many mentees each column takes."""
    listed: Listed
    """Wishes, above 0, and single pairs that a rule forbids, below."""
    checks: tuple[Check, ...]
    row_levels: Ints
    col_levels: Ints
    min_gap: int
    """A row is permitted only columns whose level is lower by this; both sides are in the order of their levels."""
    turns: Ints
    """By how many rounds of waiting each row comes before others."""
    floor: int = 0
    """Pairs worth less than this are not permitted either."""

    @property
    def rows(self) -> int:
        """Mentees."""
        return len(self.mentees)

    @property
    def cols(self) -> int:
        """Mentors."""
        return len(self.mentors)

    def reach(self, row: int) -> int:
        """How many of the first columns can be junior enough for this row and all before it."""
        return int(np.searchsorted(self.col_levels, self.row_levels[row] - self.min_gap, side="right"))

    def bonus(self, partner: int, first: int) -> Ints:
        """What a partner is worth to each row beside the points, with `first` for each round of its turn."""
        return partner + first * self.turns

    def points(self, rows: Ints, cols: Ints) -> Ints:
        """Points of each of some pairs, `FORBIDDEN` where a rule is broken."""
        found = np.empty(rows.size, np.int64)
        for start in range(0, rows.size, PAIRS_AT_ONCE):
            part = slice(start, start + PAIRS_AT_ONCE)
            product = np.einsum("nd,nd->n", self.mentees[rows[part]], self.mentors[cols[part]])
            found[part] = self.corrected(rows[part], cols[part], product.astype(np.int64))
        return found

    def table(self, rows: Ints, cols: Ints) -> Ints:
        """Points of every pair of some rows and some columns (rows by columns)."""
        product = self.mentees[rows] @ self.mentors[cols].T
        points = self.corrected(np.repeat(rows, cols.size), np.tile(cols, rows.size), product.ravel().astype(np.int64))
        return points.reshape(rows.size, cols.size)

    def corrected(self, rows: Ints, cols: Ints, product: Ints) -> Ints:
        """The points of pairs whose product is known."""
        points = product + self.listed.at(rows * self.cols + cols)
        for check in self.checks:
            points -= check.less(rows, cols)
        return np.where(points < self.floor, FORBIDDEN, points)

    def part(self, rows: Ints, cols: Ints) -> "Forms":
        """The same for some of the people, in rising order."""
        row_at, col_at = np.full(self.rows, -1, np.int64), np.full(self.cols, -1, np.int64)
        row_at[rows], col_at[cols] = np.arange(rows.size), np.arange(cols.size)
        one, other = row_at[self.listed.keys // self.cols], col_at[self.listed.keys % self.cols]
        kept = (one >= 0) & (other >= 0)
        return Forms(
            mentees=self.mentees[rows],
            mentors=self.mentors[cols],
            places=self.places[cols],
            listed=Listed(one[kept] * cols.size + other[kept], self.listed.values[kept]),
            checks=tuple(_Part(check, rows, cols) for check in self.checks),
            row_levels=self.row_levels[rows],
            col_levels=self.col_levels[cols],
            min_gap=self.min_gap,
            turns=self.turns[rows],
            floor=self.floor,
        )


@dataclass(frozen=True)
class _Part:
    whole: Check
    rows: Ints
    cols: Ints

    def less(self, rows: Ints, cols: Ints) -> Ints:
        return self.whole.less(self.rows[rows], self.cols[cols])
