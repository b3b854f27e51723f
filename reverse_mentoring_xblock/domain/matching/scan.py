"""All pairs, block by block: which are worth more than their prices, and what is the best for each person.

A block is one product of two small matrices. Prices are two more of its terms, so that a single comparison with 0 finds
the pairs that beat them. Blocks that lie wholly beyond the seniority gap are skipped: both sides stand by level.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .forms import BARRED, Floats, Forms, Ints

TILE_ROWS = 1024
TILE_COLS = 4096
LOWEST_TILE = 32
BAND_ROWS = 8 * TILE_ROWS
"""Rows of about the same level, for which the columns are sorted and gathered once."""
MOST_PER_ROW = 128
"""Pairs of a row that a scan reports, evenly over the blocks; of more than that only the better ones."""
MOST_SHARE = 4
"""So many times as much for rows that have more, where others have less."""
EXACT = BARRED * 8
"""Prices below this leave float32 exact."""
MIX, MIX_TOO, PRIME = 40_503, 65_599, 1_000_003
"""What mixes columns among equals."""

Tick = Callable[[float], None]


@dataclass(frozen=True)
class Found:
    """Pairs that are worth more than their prices, with their exact points."""

    row: Ints
    col: Ints
    points: Ints
    cut: Ints
    """For each row how far a pair that is not here can go beyond its prices; 0 where all are here."""


@dataclass(frozen=True)
class Region:
    """The pairs to look at: those whose two numbers together are below a limit."""

    rows: Ints
    cols: Ints
    limit: int

    @property
    def size(self) -> int:
        """How many pairs."""
        return int(np.searchsorted(np.sort(self.cols), self.limit - self.rows).sum())


class Scan:
    """Blocks of `points - row price - column price` for some people, exact wherever a pair is permitted.

    Pairs with a wish are undervalued here and pairs of a check overvalued: whoever reads blocks corrects that. In a
    region the people with the smallest numbers come first on both sides, and blocks end where the region does.
    """

    def __init__(
        self,
        forms: Forms,
        row_price: Ints,
        col_price: Ints,
        rows: Ints | None = None,
        cols: Ints | None = None,
        tick: Tick | None = None,
        region: Region | None = None,
    ) -> None:
        self.forms = forms
        self.row_price, self.col_price = row_price, col_price
        self.tick = tick
        self.rows = np.arange(forms.rows) if rows is None else rows
        self.cols = np.arange(forms.cols) if cols is None else cols
        self.region = region
        most = max(np.abs(row_price).max(initial=0), np.abs(col_price).max(initial=0))
        self.dtype = np.float32 if most < EXACT else np.float64
        self.block = np.empty(TILE_ROWS * TILE_COLS, self.dtype)

    def blocks(self) -> Iterator[tuple[Ints, Ints, Floats, int]]:
        """Rows, columns, block, and how many columns these rows meet in all; the block's memory is used again."""
        for start in range(0, self.rows.size, BAND_ROWS):
            yield from self._band(self.rows[start : start + BAND_ROWS])
            if self.tick:
                self.tick(min((start + BAND_ROWS) / self.rows.size, 1.0))

    def _band(self, rows: Ints) -> Iterator[tuple[Ints, Ints, Floats, int]]:
        cols = self.cols[: int(np.searchsorted(self.cols, self.forms.reach(int(rows[-1]))))]
        tiles = [slice(top, top + TILE_ROWS) for top in range(0, rows.size, TILE_ROWS)]
        spans = [cols.size] * len(tiles)
        if self.region is not None:
            rows = rows[np.argsort(self.region.rows[rows], kind="stable")]
            cols = cols[np.argsort(self.region.cols[cols], kind="stable")]
            tiles = _growing(rows.size)
            limits = self.region.limit - self.region.rows[rows[[tile.start for tile in tiles]]]
            spans = np.searchsorted(self.region.cols[cols], limits).tolist()
        tall = self.forms.mentees[rows].astype(self.dtype, copy=False)
        tall[:, -2], tall[:, -1] = 1, -self.row_price[rows]
        for left in range(0, max(spans, default=0), TILE_COLS):
            some = cols[left : left + TILE_COLS]
            wide = self.forms.mentors[some].astype(self.dtype, copy=False)
            wide[:, -2], wide[:, -1] = -self.col_price[some], 1
            for tile, span in zip(tiles, spans, strict=True):
                count = min(span - left, some.size)
                if count > 0:
                    block = self.block[: tall[tile].shape[0] * count].reshape(-1, count)
                    yield rows[tile], some[:count], np.matmul(tall[tile], wide[:count].T, out=block), span


def _growing(size: int) -> list[slice]:
    """Tiles of which the first are low: a few rows may need all columns where most need few."""
    ends = [0]
    while ends[-1] < size:
        ends.append(ends[-1] + min(max(ends[-1], LOWEST_TILE), TILE_ROWS))
    return [slice(start, end) for start, end in pairwise(ends)]


def beyond(
    forms: Forms,
    row_price: Ints,
    col_price: Ints,
    rows: Ints | None = None,
    tick: Tick | None = None,
    most: int | None = None,
    region: Region | None = None,
) -> Found:
    """Pairs that are permitted and worth more than their two prices.

    `rows`, in rising order, are whose pairs are looked at: everybody's when not given. A region leaves out more. Pairs
    with a wish are looked at in any case. `most` limits what is kept of a row (`MOST_PER_ROW`).
    """
    cut = np.zeros(forms.rows, np.int64)
    parts: list[tuple[NDArray[np.signedinteger], ...]] = [_wished(forms, row_price, col_price)]
    for tall, wide, block, span in Scan(forms, row_price, col_price, rows, tick=tick, region=region).blocks():
        per_row = -(-(most or MOST_PER_ROW) * TILE_COLS // max(span, TILE_COLS))
        row, col = _positive(block)
        price = row_price[tall[row]] + col_price[wide[col]]
        points = forms.corrected(tall[row], wide[col], block[row, col].astype(np.int64) + price)
        true = (points >= 0) & (points > price)
        row, col, points, price = row[true], col[true], points[true], price[true]
        # Only pairs that are true count against the limit: the others would come back in every scan.
        kept, lost = _limited(row, col, points - price, per_row, len(block))
        cut[tall] = np.maximum(cut[tall], lost)
        parts.append(tuple(values.astype(np.int32) for values in (tall[row[kept]], wide[col[kept]], points[kept])))
    row, col, points = (np.concatenate(part, dtype=np.int64) for part in zip(*parts, strict=True))
    return Found(row, col, points, cut)


def row_best(forms: Forms, col_price: Ints, cols: Ints, groups: int) -> Ints:
    """For each row the best of `points - column price` within each of some groups of `cols` (rows by groups).

    Checks and wishes are not looked at: it is a guess to begin with.
    """
    best = np.full((forms.rows, groups), -BARRED, np.int64)
    for rows, wide, block, _ in Scan(forms, np.zeros(forms.rows, np.int64), col_price, cols=cols).blocks():
        for group in range(min(groups, wide.size)):
            top = block[:, group::groups].max(axis=1).astype(np.int64)
            best[rows, group] = np.maximum(best[rows, group], top)
    return best


def col_best(forms: Forms, row_price: Ints, rows: Ints) -> Ints:
    """For each column the best of `points - row price` among `rows`; a guess as in `row_best`."""
    best = np.full(forms.cols, -BARRED, np.int64)
    for _, cols, block, _ in Scan(forms, row_price, np.zeros(forms.cols, np.int64), rows=rows).blocks():
        best[cols] = np.maximum(best[cols], block.max(axis=0).astype(np.int64))
    return best


def _positive(block: Floats) -> tuple[Ints, Ints]:
    """Rows and columns of the places above 0."""
    rows = np.flatnonzero(block.max(axis=1, initial=0) > 0)
    part = block if rows.size == len(block) else block[rows]
    row, col = np.divmod(np.flatnonzero(part.ravel() > 0), max(block.shape[1], 1))
    return rows[row], col


def _limited(row: Ints, col: Ints, over: Ints, most: int, height: int) -> tuple[Ints, Ints]:
    """Places to keep, and for each row the most by which one that is left out goes beyond its prices."""
    lost = np.zeros(height, np.int64)
    count = np.bincount(row, minlength=height)
    many = np.flatnonzero(count[row] > most)
    if not many.size:
        return np.arange(row.size), lost
    # What other rows leave of the block's room is shared by those who have more, up to a multiple.
    spare = most * height - int(np.minimum(count, most).sum())
    share = min(most + spare // int((count > most).sum()), MOST_SHARE * most)
    kept, left_out = _best_of_rows(row[many], col[many], over[many], share)
    np.maximum.at(lost, row[many][left_out], over[many][left_out])
    return np.sort(np.concatenate([np.flatnonzero(count[row] <= most), many[kept]])), lost


def _best_of_rows(row: Ints, col: Ints, over: Ints, most: int) -> tuple[Ints, Ints]:
    """Which places to keep, the best of each row, and which to leave out.

    Among equals the columns are mixed, so that no column is in every row's part and none in nobody's.
    """
    order = np.lexsort(((col * MIX + row * MIX_TOO) % PRIME, -over, row))
    starts = np.flatnonzero(np.diff(row[order], prepend=-1))
    rank = np.arange(row.size) - np.repeat(starts, np.diff(starts, append=row.size))
    return order[rank < most], order[rank >= most]


def _wished(forms: Forms, row_price: Ints, col_price: Ints) -> tuple[Ints, Ints, Ints]:
    """Pairs with a wish that beat their prices: the blocks do not know what a wish adds."""
    keys = forms.listed.keys[forms.listed.values > 0]
    row, col = np.divmod(keys, max(forms.cols, 1))
    points = forms.points(row, col)
    over = (points >= 0) & (points > row_price[row] + col_price[col])
    return row[over], col[over], points[over]
