"""Kinds of people: rules and points that depend on one value of each of the two people.

A table of kinds by kinds becomes a few columns of the product (`forms`): one per kind of the side that has fewer. With
too many kinds for that, the product holds the most that the table can give, and a check takes off the rest.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from .forms import BARRED, Check, Floats, Ints

MOST_COLUMNS = 64

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Kinds:
    """Two sides sorted into kinds, and what each two kinds give."""

    rows: Ints
    cols: Ints
    table: Ints
    """Kinds of rows by kinds of columns."""

    def columns(self) -> tuple[Floats, Floats, tuple[Check, ...]]:
        """Terms of the rows, terms of the columns, and the check that goes with them, if any."""
        by_row, by_col = self.table.shape
        if not self.table.any():
            return _blank(self.rows), _blank(self.cols), ()
        if min(by_row, by_col) > MOST_COLUMNS:
            most = self.table.max(axis=1, initial=0)[self.rows, None]
            return most.astype(np.float32), np.ones((self.cols.size, 1), np.float32), (_Table(self),)
        if by_row <= by_col:
            return _hot(self.rows, by_row), self.table.T[self.cols].astype(np.float32), ()
        return self.table[self.rows].astype(np.float32), _hot(self.cols, by_col), ()


@dataclass(frozen=True)
class _Table:
    kinds: Kinds

    def less(self, rows: Ints, cols: Ints) -> Ints:
        kind = self.kinds.rows[rows]
        most: Ints = self.kinds.table.max(axis=1, initial=0)
        return most[kind] - self.kinds.table[kind, self.kinds.cols[cols]]


def sorted_by(rows: Iterable[K], cols: Iterable[K], give: Callable[[K, K], int]) -> Kinds:
    """Kinds by equal values, with `give(row, col)` points for each two of them."""
    row_kinds, row_of = numbered(rows)
    col_kinds, col_of = numbered(cols)
    table = np.array([[give(one, other) for other in col_kinds] for one in row_kinds], np.int64)
    return Kinds(row_of, col_of, table.reshape(len(row_kinds), len(col_kinds)))


def barring(rows: Iterable[K], cols: Iterable[K], breaks: Callable[[K, K], bool]) -> Kinds:
    """Kinds by equal values, of which some may not be paired."""
    return sorted_by(rows, cols, lambda one, other: -BARRED * breaks(one, other))


def apart(rows: Sequence[str], cols: Sequence[str], points: int) -> Kinds:
    """Points where two known values differ."""
    values, of = numbered([*rows, *cols])
    known = np.array([value != "" for value in values], np.int64)
    table = points * (np.outer(known, known) - np.diag(known))
    return Kinds(of[: len(rows)], of[len(rows) :], table)


def numbered(values: Iterable[K]) -> tuple[Sequence[K], Ints]:
    """The different values in the order in which they come, and the number of the one at each place."""
    kinds: dict[K, int] = {}
    places = np.fromiter((kinds.setdefault(value, len(kinds)) for value in values), np.int64)
    return list(kinds), places


def _hot(kinds: Ints, count: int) -> Floats:
    terms = np.zeros((kinds.size, count), np.float32)
    terms[np.arange(kinds.size), kinds] = 1
    return terms


def _blank(kinds: Ints) -> Floats:
    return np.zeros((kinds.size, 0), np.float32)
