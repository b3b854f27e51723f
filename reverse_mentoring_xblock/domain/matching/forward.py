"""Rows without a partner look for room, all at once (`repair`).

`row_at` and `col_at` are the moments, in points of price, at which people join a tree. Among edges that are tight at
the same moment the first in the order of the pool wins, so that a search depends on nothing but its input.
"""

from typing import TYPE_CHECKING

import numpy as np

from .forms import Ints
from .pool import ALONE, NEVER, ranges

if TYPE_CHECKING:
    from .repair import Assignment


class Forward:
    """Rows without a partner look for room: their prices fall, those of the columns they reach rise."""

    def __init__(self, found: "Assignment", roots: Ints) -> None:
        self.found = found
        self.edges = max(found.pool.row.size, 1)
        self.row_at = np.full(found.pool.rows, NEVER, np.int64)
        self.col_at = np.full(found.pool.cols, NEVER, np.int64)
        self.root = np.full(found.pool.rows, ALONE, np.int64)
        self.offer = np.full(found.pool.cols, NEVER, np.int64)
        """For each column when it becomes tight, and by which edge: moment times edges plus edge."""
        self.done = np.zeros(found.pool.rows, bool)
        self.ends: list[Ints] = []
        self.exits: list[Ints] = []
        self.row_at[roots] = 0
        self.root[roots] = roots
        self.last_call = np.full(found.pool.rows, NEVER, np.int64)
        """When a row's price reaches 0 and it can do without a partner."""
        self.joined = [roots]

    def run(self) -> None:
        """Grow to the first moment at which trees end somewhere, and take a path of each that does."""
        now, rows = 0, self.joined[0]
        while True:
            self._leave(rows, now)
            while rows.size:
                self._look(rows)
                rows = self._join(now)
            if self.ends or self.exits:
                break
            now = self._next_moment()
            rows = self._join(now)
        self._reprice(now)
        self._take_paths()

    def _look(self, rows: Ints) -> None:
        pool, found = self.found.pool, self.found
        rows = rows[~self.done[self.root[rows]]]
        edges = pool.of_rows(rows)
        row, col = pool.row[edges], pool.col[edges]
        slack = found.row_price[row] + found.col_price[col] - pool.worth[edges]
        open_ = self.col_at[col] == NEVER
        edges, row, col, slack = edges[open_], row[open_], col[open_], slack[open_]
        np.minimum.at(self.offer, col, (slack + self.row_at[row]) * self.edges + edges)

    def _join(self, now: int) -> Ints:
        """Columns that are tight now, and the rows that hold them."""
        found = self.found
        cols = np.flatnonzero((self.offer < (now + 1) * self.edges) & (self.col_at == NEVER))
        parent = found.pool.row[self.offer[cols] % self.edges]
        alive = ~self.done[self.root[parent]]
        cols, parent = cols[alive], parent[alive]
        self.col_at[cols] = now
        has_room = found.held[cols] < found.places[cols]
        roots, first = np.unique(self.root[parent[has_room]], return_index=True)
        if roots.size:
            self.done[roots] = True
            self.ends.append(cols[has_room][first])
        cols = cols[~has_room]
        lengths = found.places[cols]
        rows = found.holder[ranges(found.slot_start[cols], found.slot_start[cols + 1])]
        self.row_at[rows] = now
        self.root[rows] = np.repeat(self.root[parent[~has_room]], lengths)
        self.joined.append(rows)
        self._leave(rows, now)
        return rows

    def _leave(self, rows: Ints, now: int) -> None:
        """Note when rows can do without; those that can at once end their tree."""
        rows = rows[~self.found.must_row[rows]]
        self.last_call[rows] = self.row_at[rows] + self.found.row_price[rows]
        self._exit(rows[self.last_call[rows] <= now])

    def _exit(self, rows: Ints) -> None:
        rows = rows[~self.done[self.root[rows]]]
        roots, first = np.unique(self.root[rows], return_index=True)
        if roots.size:
            self.done[roots] = True
            self.exits.append(rows[first])

    def _next_moment(self) -> int:
        waiting = self.offer[self.col_at == NEVER]
        soonest = int(waiting.min(initial=NEVER))
        leaving = int(self.last_call.min(initial=NEVER))
        now = leaving if soonest == NEVER else min(soonest // self.edges, leaving)
        if now == NEVER:
            raise ArithmeticError("Somebody must have a partner and cannot")
        self._exit(np.flatnonzero(self.last_call <= now))
        return now

    def _reprice(self, now: int) -> None:
        found = self.found
        rows = np.flatnonzero(self.row_at != NEVER)
        cols = np.flatnonzero(self.col_at != NEVER)
        found.row_price[rows] -= now - self.row_at[rows]
        found.col_price[cols] += now - self.col_at[cols]

    def _take_paths(self) -> None:
        found, none = self.found, np.zeros(0, np.int64)
        exits = np.concatenate(self.exits) if self.exits else none
        left = found.slot[exits]
        exits, left = exits[left != ALONE], left[left != ALONE]
        found.slot[exits] = ALONE
        found.holder[left] = ALONE
        ends = np.concatenate(self.ends) if self.ends else none
        found.held[ends] += 1
        slots = np.concatenate([found.free_slots(ends), left])
        while slots.size:
            edge = self.offer[found.slot_col[slots]] % self.edges
            rows = found.pool.row[edge]
            before = found.slot[rows]
            found.slot[rows] = slots
            found.holder[slots] = rows
            slots = before[before != ALONE]
