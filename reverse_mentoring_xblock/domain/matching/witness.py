"""Who competes with whom: everybody on alternating paths from those who were left out (Koenig's theorem).

From a mentee without a partner one may walk to any permitted mentor, from there to the mentees whom that mentor has, and
so on. If the walk never comes to a free place, the people reached are too many for the places they share. If it does,
one more could be matched.
"""

from dataclasses import dataclass

import numpy as np

from .forms import Forms, Ints
from .repair import ALONE, Flags

AT_ONCE = 16
"""People whose pairs are looked at in one step: after a few of them nearly everybody is reached."""


@dataclass(frozen=True)
class Reached:
    """The rows and columns that a walk comes to."""

    rows: Flags
    cols: Flags
    is_open: bool
    """Whether it comes to somebody who is free: then one more pair is possible."""


def from_rows(forms: Forms, partner: Ints, start: Ints) -> Reached:
    """Walk from some rows without a partner."""
    held = np.bincount(partner[partner != ALONE], minlength=forms.cols)
    rows, cols = np.zeros(forms.rows, bool), np.zeros(forms.cols, bool)
    rows[start] = True
    waiting = start
    while waiting.size:
        now, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
        found = _permitted(forms, now, np.flatnonzero(~cols), axis=0)
        cols[found] = True
        if (held[found] < forms.places[found]).any():
            return Reached(rows, cols, True)
        fresh = np.flatnonzero(~rows & np.isin(partner, found))
        rows[fresh] = True
        waiting = np.concatenate([waiting, fresh])
    return Reached(rows, cols, False)


def from_cols(forms: Forms, partner: Ints, start: Ints) -> Reached:
    """Walk from some columns with room."""
    rows, cols = np.zeros(forms.rows, bool), np.zeros(forms.cols, bool)
    cols[start] = True
    waiting = start
    while waiting.size:
        now, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
        found = _permitted(forms, np.flatnonzero(~rows), now, axis=1)
        rows[found] = True
        if (partner[found] == ALONE).any():
            return Reached(rows, cols, True)
        fresh = np.unique(partner[found])
        fresh = fresh[~cols[fresh]]
        cols[fresh] = True
        waiting = np.concatenate([waiting, fresh])
    return Reached(rows, cols, False)


def _permitted(forms: Forms, rows: Ints, cols: Ints, axis: int) -> Ints:
    """Those on the longer side who have a permitted pair with one of the shorter."""
    block = forms.mentees[rows] @ forms.mentors[cols].T
    row, col = np.nonzero(block >= 0)
    points = forms.corrected(rows[row], cols[col], block[row, col].astype(np.int64))
    kept = points >= 0
    return np.unique(cols[col[kept]] if axis == 0 else rows[row[kept]])
