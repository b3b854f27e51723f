"""Who competes with whom: everybody on alternating paths from those who were left out (the theorem of Koenig).

From a mentee without a partner one may walk to any permitted mentor, from there to the mentees whom that mentor has,
and so on. If the walk never comes to a free place, the people reached are too many for the places they share. If it
does, one more could be matched.

The same holds among some of the mentees, when the places that others hold count as free: if a walk among those who have
waited comes to one, one more of them could be matched.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .forms import Forms, Ints
from .pool import ALONE
from .repair import Flags

SMALL = 1 << 20
"""Pairs up to which there is a table."""
AT_ONCE = 16
"""People whose pairs are looked at in one step: after a few of them nearly everybody is reached."""


@dataclass(frozen=True)
class Reached:
    """The rows and columns that a walk comes to."""

    rows: Flags
    cols: Flags
    is_open: bool
    """Whether it comes to somebody who is free: then one more pair is possible."""


class Walks:
    """Walks in one answer; in a small cohort over a table of who may be paired, made once."""

    def __init__(self, forms: Forms, partner: Ints) -> None:
        self.forms = forms
        self.partner = partner
        self.is_small = forms.rows * forms.cols <= SMALL
        self.at_once = forms.rows + forms.cols if self.is_small else AT_ONCE

    def from_rows(self, start: Ints, among: Flags | None = None) -> Reached:
        """Walk from some rows without a partner; among some rows, if given, as if nobody else had one."""
        partner = self.partner if among is None else np.where(among, self.partner, ALONE)
        held = np.bincount(partner[partner != ALONE], minlength=self.forms.cols)
        rows, cols = np.zeros(self.forms.rows, bool), np.zeros(self.forms.cols, bool)
        rows[start] = True
        waiting = start
        while waiting.size:
            now, waiting = waiting[: self.at_once], waiting[self.at_once :]
            found = self._cols_permitted(now, np.flatnonzero(~cols))
            cols[found] = True
            if (held[found] < self.forms.places[found]).any():
                return Reached(rows, cols, True)
            fresh = np.flatnonzero(~rows & np.isin(partner, found))
            rows[fresh] = True
            waiting = np.concatenate([waiting, fresh])
        return Reached(rows, cols, False)

    def from_cols(self, start: Ints) -> Reached:
        """Walk from some columns with room."""
        rows, cols = np.zeros(self.forms.rows, bool), np.zeros(self.forms.cols, bool)
        cols[start] = True
        waiting = start
        while waiting.size:
            now, waiting = waiting[: self.at_once], waiting[self.at_once :]
            found = self._rows_permitted(np.flatnonzero(~rows), now)
            rows[found] = True
            if (self.partner[found] == ALONE).any():
                return Reached(rows, cols, True)
            fresh = np.unique(self.partner[found])
            fresh = fresh[~cols[fresh]]
            cols[fresh] = True
            waiting = np.concatenate([waiting, fresh])
        return Reached(rows, cols, False)

    @cached_property
    def _table(self) -> Flags:
        return self.forms.table(np.arange(self.forms.rows), np.arange(self.forms.cols)) >= 0

    def _cols_permitted(self, rows: Ints, cols: Ints) -> Ints:
        if self.is_small:
            return cols[self._table[np.ix_(rows, cols)].any(axis=0)]
        return np.unique(self._permitted(rows, cols)[1])

    def _rows_permitted(self, rows: Ints, cols: Ints) -> Ints:
        if self.is_small:
            return rows[self._table[np.ix_(rows, cols)].any(axis=1)]
        return np.unique(self._permitted(rows, cols)[0])

    def _permitted(self, rows: Ints, cols: Ints) -> tuple[Ints, Ints]:
        """The permitted pairs of some rows and some columns; the few that the product rules out are not looked up."""
        product = self.forms.mentees[rows] @ self.forms.mentors[cols].T
        row, col = np.nonzero(product >= 0)
        kept = self.forms.corrected(rows[row], cols[col], product[row, col].astype(np.int64)) >= 0
        return rows[row[kept]], cols[col[kept]]
