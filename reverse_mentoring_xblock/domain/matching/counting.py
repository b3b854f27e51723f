"""How many people can be matched at all, whatever the points.

Paths that begin and end with somebody free make one pair more; where there is none, no more are possible (Berge 1957).
"""

import numpy as np

from .forms import Forms, Ints
from .pool import ALONE
from .repair import Flags


def permitted(forms: Forms) -> Flags:
    """Who may be paired with whom (rows by columns). For cohorts of some thousands at most."""
    return forms.table(np.arange(forms.rows), np.arange(forms.cols)) >= 0


def most_pairs(may: Flags, places: Ints, partner: Ints) -> int:
    """The most pairs that can be made, found from pairs that may all be made.

    What a search without success has seen is left out of all later ones: no path leads from there to a free place.
    """
    partner = partner.copy()
    room = places - np.bincount(partner[partner != ALONE], minlength=places.size)
    closed = np.zeros(places.size, bool)
    for start in np.flatnonzero(partner == ALONE).tolist():
        closed = _extend(start, may, room, partner, closed)
    return int((partner != ALONE).sum())


def _extend(start: int, may: Flags, room: Ints, partner: Ints, closed: Flags) -> Flags:
    """Give one row a partner if that is possible at all; the columns that are closed afterwards."""
    seen, came_from = closed.copy(), np.full(room.size, ALONE, np.int64)
    queue = [start]
    for row in queue:
        fresh = np.flatnonzero(may[row] & ~seen)
        seen[fresh], came_from[fresh] = True, row
        free = fresh[room[fresh] > 0]
        if free.size:
            room[free[0]] -= 1
            _change(int(free[0]), came_from, partner)
            return closed
        reached = np.zeros(room.size + 1, bool)  # one more, where rows without a partner look
        reached[fresh] = True
        queue += np.flatnonzero(reached[partner]).tolist()
    return seen


def _change(col: int, came_from: Ints, partner: Ints) -> None:
    """Everybody on the way to a free place moves up by one."""
    while col != ALONE:
        row = int(came_from[col])
        partner[row], col = col, int(partner[row])
