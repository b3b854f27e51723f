"""The pairs that the engine looks at, as a graph in arrays: a small part of all that are permitted."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .forms import Ints

ALONE = -1
"""No partner, no slot, no row."""
NEVER = np.iinfo(np.int64).max
LEAST = np.iinfo(np.int64).min // 4


@dataclass(frozen=True)
class Pool:
    """Edges between rows and columns in the order of their rows, then columns, each once."""

    row: Ints
    col: Ints
    worth: Ints
    """What an edge adds to the sum that is to be largest."""
    row_start: Ints
    """Where the edges of each row begin, and at last their number."""
    by_col: Ints
    """Edges in the order of their columns, then rows."""
    col_start: Ints

    @classmethod
    def of(cls, rows: int, cols: int, row: Ints, col: Ints, worth: Ints) -> "Pool":
        """A pool from edges in any order; of one that comes twice the first is kept."""
        keys, first = np.unique(row * cols + col, return_index=True)
        row, col = np.divmod(keys, max(cols, 1))
        by_col = np.argsort(col, kind="stable")
        return cls(
            row=row,
            col=col,
            worth=worth[first],
            row_start=np.searchsorted(row, np.arange(rows + 1)),
            by_col=by_col,
            col_start=np.searchsorted(col[by_col], np.arange(cols + 1)),
        )

    @property
    def rows(self) -> int:
        """Rows of the graph."""
        return self.row_start.size - 1

    @property
    def cols(self) -> int:
        """Columns of the graph."""
        return self.col_start.size - 1

    def of_rows(self, rows: Ints) -> Ints:
        """Edges of some rows."""
        return ranges(self.row_start[rows], self.row_start[rows + 1])

    def of_cols(self, cols: Ints) -> Ints:
        """Edges of some columns."""
        return self.by_col[ranges(self.col_start[cols], self.col_start[cols + 1])]

    def best(self, values: Ints) -> Ints:
        """The largest value of each row's edges; rows without one get the least number."""
        return largest(values, self.row_start)

    def with_edges(self, row: Ints, col: Ints, worth: Ints) -> "Pool":
        """The same and more."""
        return Pool.of(
            self.rows,
            self.cols,
            np.concatenate([self.row, row]),
            np.concatenate([self.col, col]),
            np.concatenate([self.worth, worth]),
        )

    def worth_more(self, more: Ints) -> "Pool":
        """The same edges, each worth more by what its row gains."""
        return replace(self, worth=self.worth + more[self.row])

    def coarser(self, bits: int) -> "Pool":
        """The same edges, their worths without the last bits."""
        return replace(self, worth=self.worth >> bits)

    def only(self, kept: NDArray[np.bool_]) -> "Pool":
        """The same without some edges."""
        row, col, by_col = self.row[kept], self.col[kept], self.by_col[kept[self.by_col]]
        by_col = (np.cumsum(kept) - 1)[by_col]
        return Pool(
            row=row,
            col=col,
            worth=self.worth[kept],
            row_start=np.searchsorted(row, np.arange(self.rows + 1)),
            by_col=by_col,
            col_start=np.searchsorted(col[by_col], np.arange(self.cols + 1)),
        )


def ranges(starts: Ints, ends: Ints) -> Ints:
    """All numbers from each start to before its end, one range after the other."""
    lengths = ends - starts
    total = int(lengths.sum())
    if not total:
        return np.zeros(0, np.int64)
    return np.repeat(ends - np.cumsum(lengths), lengths) + np.arange(total)


def largest(values: Ints, starts: Ints) -> Ints:
    """The largest of the values from each start to before the next; the least number where there is none."""
    found = np.full(starts.size - 1, LEAST, np.int64)
    filled = np.flatnonzero(np.diff(starts))
    if filled.size:
        found[filled] = np.maximum.reduceat(values, starts[filled])
    return found
