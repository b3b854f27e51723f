"""Columns with room and a price look for rows, all at once (`repair`).

`row_at` and `col_at` are the moments, in points of price, at which people join a tree. Among edges that are tight at
the same moment the first in the order of the pool wins, so that a search depends on nothing but its input.
"""

from typing import TYPE_CHECKING

import numpy as np

from .forms import Ints
from .pool import ALONE, NEVER, ranges

if TYPE_CHECKING:
    from .repair import Assignment


class Backward:
    """Columns with room and a price look for rows: their prices fall, those of the rows they reach rise."""

    def __init__(self, found: "Assignment", roots: Ints) -> None:
        self.found = found
        self.edges = max(found.pool.row.size, 1)
        self.row_at = np.full(found.pool.rows, NEVER, np.int64)
        self.col_at = np.full(found.pool.cols, NEVER, np.int64)
        self.root = np.full(found.pool.cols, ALONE, np.int64)
        self.via = np.full(found.pool.cols, ALONE, np.int64)
        """The row that would leave a column; none leaves a root."""
        self.offer = np.full(found.pool.rows, NEVER, np.int64)
        self.done = np.zeros(found.pool.cols, bool)
        self.ends: list[Ints] = []
        """Rows that would begin a path: free ones, and those whose column can stay with room."""
        self.col_at[roots] = 0
        self.root[roots] = roots
        self.last_call = np.full(found.pool.cols, NEVER, np.int64)
        self.roots = roots
        self.partner = found.partner

    def run(self) -> None:
        """Grow to the first moment at which trees end somewhere, and take a path of each that does."""
        self._take_along(self.roots, 0)
        now, cols, ended = 0, self.roots, self._leave(self.roots, 0)
        while True:
            while cols.size:
                self._look(cols)
                cols, more = self._join(now)
                ended |= more
            if self.ends or ended:
                break
            now, ended = self._next_moment()
            cols, more = self._join(now)
            ended |= more
        self._reprice(now)
        self._take_paths()

    def _look(self, cols: Ints) -> None:
        pool, found = self.found.pool, self.found
        cols = cols[~self.done[self.root[cols]]]
        edges = pool.of_cols(cols)
        row, col = pool.row[edges], pool.col[edges]
        slack = found.row_price[row] + found.col_price[col] - pool.worth[edges]
        # A row is no way to the column that it holds already.
        open_ = (self.row_at[row] == NEVER) & (self.partner[row] != col)
        edges, row, col, slack = edges[open_], row[open_], col[open_], slack[open_]
        np.minimum.at(self.offer, row, (slack + self.col_at[col]) * self.edges + edges)

    def _join(self, now: int) -> tuple[Ints, bool]:
        """Rows that are tight now, and the columns that they hold."""
        found = self.found
        rows = np.flatnonzero((self.offer < (now + 1) * self.edges) & (self.row_at == NEVER))
        root = self.root[found.pool.col[self.offer[rows] % self.edges]]
        alive = ~self.done[root]
        rows, root = rows[alive], root[alive]
        self.row_at[rows] = now
        free = self.partner[rows] == ALONE
        roots, first = np.unique(root[free], return_index=True)
        if roots.size:
            self.done[roots] = True
            self.ends.append(rows[free][first])
        rows, root = rows[~free], root[~free]
        cols, first = np.unique(self.partner[rows], return_index=True)
        new = self.col_at[cols] == NEVER
        cols, first = cols[new], first[new]
        self.col_at[cols] = now
        self.root[cols] = root[first]
        self.via[cols] = rows[first]
        self._take_along(cols, now)
        return cols, self._leave(cols, now)

    def _take_along(self, cols: Ints, now: int) -> None:
        """Rows that hold a column rise as it falls: what is used stays tight."""
        slots = ranges(self.found.slot_start[cols], self.found.slot_start[cols + 1])
        rows = self.found.holder[slots]
        rows = rows[rows != ALONE]
        self.row_at[rows] = np.minimum(self.row_at[rows], now)

    def _leave(self, cols: Ints, now: int) -> bool:
        """Note when columns can stay with room; those that can at once end their tree."""
        cols = cols[~self.found.must_col[cols]]
        self.last_call[cols] = self.col_at[cols] + self.found.col_price[cols]
        return self._exit(cols[self.last_call[cols] <= now])

    def _exit(self, cols: Ints) -> bool:
        cols = cols[~self.done[self.root[cols]]]
        roots, first = np.unique(self.root[cols], return_index=True)
        self.done[roots] = True
        rows = self.via[cols[first]]
        if (rows != ALONE).any():
            self.ends.append(rows[rows != ALONE])
        return bool(roots.size)

    def _next_moment(self) -> tuple[int, bool]:
        waiting = self.offer[self.row_at == NEVER]
        soonest = int(waiting.min(initial=NEVER))
        leaving = int(self.last_call.min(initial=NEVER))
        now = leaving if soonest == NEVER else min(soonest // self.edges, leaving)
        if now == NEVER:
            raise ArithmeticError("Somebody must be full and cannot")
        return now, self._exit(np.flatnonzero(self.last_call <= now))

    def _reprice(self, now: int) -> None:
        found = self.found
        rows = np.flatnonzero(self.row_at != NEVER)
        cols = np.flatnonzero(self.col_at != NEVER)
        found.row_price[rows] += now - self.row_at[rows]
        found.col_price[cols] -= now - self.col_at[cols]

    def _take_paths(self) -> None:
        found = self.found
        rows = np.concatenate(self.ends) if self.ends else np.zeros(0, np.int64)
        left = found.slot[rows]
        held = left[left != ALONE]
        found.holder[held] = ALONE
        np.subtract.at(found.held, found.slot_col[held], 1)
        while rows.size:
            cols = found.pool.col[self.offer[rows] % self.edges]
            after = self.via[cols]
            last = after == ALONE
            slots = np.empty(rows.size, np.int64)
            slots[~last] = found.slot[after[~last]]
            slots[last] = found.free_slots(cols[last])
            found.held[cols[last]] += 1
            found.slot[rows] = slots
            found.holder[slots] = rows
            rows = after[~last]
