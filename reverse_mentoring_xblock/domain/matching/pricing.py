"""The best assignment over all permitted pairs, by looking closely at few of them (column generation).

1. A sample of both sides is solved first, in the same way. Its prices are carried over to everybody.
2. One scan of all pairs collects those that come near these prices: the pool. On it prices are evened out
   (`smoothing`), and a second scan makes a smaller pool that suits them better.
3. The pool is solved exactly (`repair`), and a scan looks for pairs outside it that beat the new prices. They join the
   pool, with all that come near. When a scan finds none, the prices prove that the pool's answer is the best of all.

From the second scan on only pairs whose prices fell are looked at: no other can have come to beat them.
Being matched at all is worth little at first and its full bonus only when the prices are nearly right: with a high one
from the start a single person without a partner drives the prices of everybody around far from where they end.

Rows whose turn it is (`Forms.turns`) get more for it. Which rows can be matched together is a matroid, so that whatever
that is, an answer that matches as many as possible stays the best; and from some size on, no points outweigh a turn.

Sources: Gilmore and Gomory (1961) for column generation; linear programming duality for the bound.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from .forms import Forms, Ints
from .pool import ALONE, Pool
from .repair import Assignment, no_flags, settle
from .scan import Found, Region, beyond, col_best, row_best
from .smoothing import smoothed

SMALL = 1 << 15
"""Pairs up to which all of them are the pool."""
SAMPLED = 8
"""One in so many stands in the sample."""
GROUPS = 4
"""The pool begins with the pairs that beat a row's best in each of so many parts of the sample."""
NEAR = 3_000_000
"""How far below its prices a pair may be and still join the pool, in points times columns: with more columns more pairs
lie as near. At least 20 points and at most 400."""
LOW_BONUS = LOW_FIRST = 3000
COARSE = (6, 6, 3, 3, 0)
"""How far prices are taken to be wrong, in bits, when the pool is solved for the first time, the second and so on. Less
and less, so that prices settle down: those of one pool are not unique, and each scan is for one choice of them."""

ALLOWED = 1.2
"""How many times as many pairs a scan may look at as it must, so that the next can look at fewer."""

FORGETFUL = 20
"""Rounds in which the pool gives pairs up again. After that it only grows, so that the search comes to an end."""
PLACES = 8

Watch = Callable[[str, int | None, float], bool]
"""Told the phase, the points that no answer can exceed as far as known, and the share that is done; False stops the
search."""


class Pricing:
    """An assignment on a pool, and what is known of all other pairs."""

    def __init__(
        self,
        forms: Forms,
        bonus: int,
        first: int,
        found: Assignment,
        watch: Watch,
        known: tuple[Ints, Ints] | None = None,
    ) -> None:
        self.forms = forms
        self.bonus, self.first = bonus, first
        self.row_bonus = forms.bonus(bonus, first)
        self.found = found
        self.watch = watch
        self.is_proved = False
        self.is_cut = False
        """Whether the watch stopped the search."""
        self.bound: int | None = None
        """No assignment has a larger sum of bonus and points."""
        self.proof: tuple[Ints, Ints] | None = None
        """The prices of rows and columns that give the bound; no pair beats them."""
        self.best = np.full(forms.rows, ALONE, np.int64)
        """Partners in the best assignment so far."""
        self.near = min(max(NEAR // max(forms.cols, 1), 20), 400)
        self._known = known
        """Prices that no pair outside the pool beats."""
        self._beaten = forms.rows * forms.cols
        self._round = 0

    @property
    def most(self) -> int | None:
        """Points that the best answer cannot exceed: the bound without its bonuses.

        It has at least as many pairs as the best so far, and at least as many of those whose turn it is, and each of
        them takes a bonus off the bound.
        """
        return None if self.bound is None else self.bound - self.bonuses(self.best)

    def bonuses(self, partner: Ints) -> int:
        """What some pairs are worth beside their points."""
        return int(self.row_bonus[partner != ALONE].sum())

    def run(self, enough: int = 0) -> None:
        """Repair and scan in turn until at most so many pairs beat their prices, or the watch stops it."""
        self.is_proved = False
        while not self.is_cut and not self.is_proved and self._settle():
            near = self._scan()
            self.is_cut = not self.watch("scan", self.most, 1.0)
            if self.is_cut:
                return
            self._widen(near)
            if self._beaten <= enough:
                return

    def look(self) -> None:
        """One scan without an assignment, for a pool that suits the prices better, and prices that suit the pool."""
        self.is_cut = not self.watch("scan", self.most, 0.0)
        if not self.is_cut:
            self._widen(self._scan())
            self.found.take(smoothed(self.found.pool, self.found.places, self.found.col_price))

    def gather_ties(self, most: int) -> None:
        """See that every pair worth exactly its prices is in the pool, or so many of each row where there are more.

        They are there already unless scans found more pairs than they could report.
        """
        found = self.found
        rows = np.flatnonzero(self._known[0] >= found.row_price) if self._known else np.zeros(0, np.int64)
        if rows.size:
            ties = beyond(self.forms, found.row_price - self.row_bonus - 1, found.col_price, rows, most=most)
            found.restart(found.pool.with_edges(ties.row, ties.col, ties.points + self.row_bonus[ties.row]))

    def raise_bonus(self, bonus: int, first: int) -> None:
        """Make every pair worth more; the prices of columns stay, those of rows follow."""
        before, self.row_bonus = self.row_bonus, self.forms.bonus(bonus, first)
        more = self.row_bonus - before
        self.bonus, self.first, self.is_proved = bonus, first, False
        if self.bound is not None and self.proof is not None:
            self.bound, self.proof = self.bound + int(more.sum()), (self.proof[0] + more, self.proof[1])
        self.found.restart(self.found.pool.worth_more(more))
        if self._known:
            self._known = self._known[0] + more, self._known[1]

    def change(self, forms: Forms) -> None:
        """Go on with other rules of the same people; the pool keeps what they permit."""
        pool = self.found.pool
        kept = forms.points(pool.row, pool.col) >= 0
        self.forms, self.bound, self.proof, self.is_proved = forms, None, None, False
        self.found.restart(pool.only(kept))
        self._known, self._beaten, self._round = None, forms.rows, 2

    def _settle(self) -> bool:
        coarse = COARSE[min(self._round, len(COARSE) - 1)]
        self._round += 1
        self.is_cut = not settle(self.found, lambda: self.watch("repair", self.most, 0.0), coarse)
        self._keep(self.found.partner)
        return not self.is_cut

    def _keep(self, partner: Ints) -> None:
        """Remember the better of two sets of pairs; one that is whole always counts as better."""
        if not self.is_cut or self._sum(partner) > self._sum(self.best):
            self.best = partner

    def _sum(self, partner: Ints) -> int:
        rows = np.flatnonzero(partner != ALONE)
        return int((self.forms.points(rows, partner[rows]) + self.row_bonus[rows]).sum())

    def _scan(self) -> Found:
        """Pairs that beat the prices or come near, of those of whom that is not ruled out."""
        found, half = self.found, self.near // 2
        row_price, col_price = found.row_price - half, found.col_price - half
        region, known = self._region()
        near = beyond(self.forms, row_price - self.row_bonus, col_price, tick=self._tick, region=region)
        # Of a row whose pairs could not all be reported only less is known.
        self._known = np.maximum(known[0], row_price + near.cut), known[1]
        over = near.points + self.row_bonus[near.row] - found.row_price[near.row] - found.col_price[near.col]
        self._beaten = int((over > 0).sum())
        self._prove(near.row, over, np.maximum(near.cut - 2 * half, 0))
        return near

    def _region(self) -> tuple[Region | None, tuple[Ints, Ints]]:
        """Pairs that may reach their prices for all that is known; and what is known of everybody after their scan."""
        rows, cols, half = self.found.row_price, self.found.col_price, self.near // 2
        if self._known is None:
            return None, (rows - half, cols - half)
        fall, others = rows - self._known[0], cols - self._known[1]
        # Either the pairs whose two prices together have come down to what is known ..
        region = Region(fall, others, 2)
        enough = ALLOWED * region.size
        # .. or everybody whose own price has, with all partners: then what is known of all others stays.
        whole = Region((fall > 0).astype(np.int64), (others > 0).astype(np.int64), 2)
        if whole.size <= enough:
            known = [
                np.where(own > 0, np.maximum(price - half, price - own), price - half)
                for price, own in ((rows, fall), (cols, others))
            ]
            return whole, (known[0], known[1])
        while region.limit < 2 * half:
            wider = replace(region, limit=min(2 * region.limit, 2 * half))
            if wider.size > enough:
                break
            region = wider
        return region, (rows - region.limit // 2, cols - region.limit // 2)

    def _tick(self, share: float) -> None:
        self.watch("scan", self.most, share)

    def _prove(self, row: Ints, over: Ints, gain: Ints) -> None:
        """The bound at these prices: what a row could still gain, by known pairs or others, is added to its price."""
        found = self.found
        row_price = found.row_price.copy()
        np.maximum.at(gain, row, over)
        row_price += gain
        bound = int(row_price.sum() + (found.col_price * found.places).sum())
        if self.bound is None or bound <= self.bound:
            self.bound, self.proof = bound, (row_price, found.col_price.copy())
        self.is_proved = not gain.any()

    def _widen(self, near: Found) -> None:
        """Take what came near into the pool, and leave out what is too far to be used."""
        found, pool = self.found, self.found.pool
        slack = found.row_price[pool.row] + found.col_price[pool.col] - pool.worth
        if self._round < FORGETFUL:
            pool = pool.only(slack < self.near)
        found.restart(pool.with_edges(near.row, near.col, near.points + self.row_bonus[near.row]))


def solve(forms: Forms, bonus: int, first: int, watch: Watch) -> Pricing:
    """The assignment with the largest sum of points, `bonus` and, for each round of a row's turn, `first`."""
    if forms.rows * forms.cols <= SMALL:
        return _all_pairs(forms, bonus, first, watch)
    pricing = _begin(forms, watch)
    pricing.look()
    pricing.run(enough=forms.rows)
    if not pricing.is_cut:
        pricing.raise_bonus(bonus, first)
        pricing.run()
    return pricing


def _begin(forms: Forms, watch: Watch) -> Pricing:
    """A pool of pairs that come near the prices of a sample."""
    rows, cols = _sample(forms.row_levels), _sample(forms.col_levels * PLACES + np.minimum(forms.places, PLACES - 1))
    sample, bonus = forms.part(rows, cols), forms.bonus(LOW_BONUS, LOW_FIRST)
    if sample.rows * sample.cols <= SMALL:
        solved = _all_pairs(sample, LOW_BONUS, LOW_FIRST, _without_bound(watch))
    else:
        solved = _begin(sample, _without_bound(watch))
        solved.look()
        solved.run(enough=sample.rows)
    row_price = np.zeros(forms.rows, np.int64)
    row_price[rows] = solved.found.row_price
    price = np.maximum(col_best(forms, row_price - bonus, rows), 0)
    price[cols] = solved.found.col_price
    limit = row_best(forms, price, cols, GROUPS).min(axis=1)
    near = beyond(forms, np.maximum(limit, -bonus), price, tick=lambda share: _tell(watch, share))
    known = np.maximum(limit, -bonus) + bonus + near.cut, price
    pool = Pool.of(forms.rows, forms.cols, near.row, near.col, near.points + bonus[near.row])
    # The pool is at its largest here: what it was made of goes first.
    del near, limit, solved, sample
    found = _unmatched(forms, pool, smoothed(pool, forms.places, price))
    return Pricing(forms, LOW_BONUS, LOW_FIRST, found, watch, known)


def _without_bound(watch: Watch) -> Watch:
    """What a sample cannot exceed says nothing about everybody."""
    return lambda phase, _, share: watch(phase, None, share)


def _tell(watch: Watch, share: float) -> None:
    watch("candidates", None, share)


def _all_pairs(forms: Forms, bonus: int, first: int, watch: Watch) -> Pricing:
    table = forms.table(np.arange(forms.rows), np.arange(forms.cols))
    row, col = np.nonzero(table >= 0)
    pool = Pool.of(forms.rows, forms.cols, row, col, table[row, col] + forms.bonus(bonus, first)[row])
    pricing = Pricing(forms, bonus, first, _unmatched(forms, pool, np.zeros(forms.cols, np.int64)), watch)
    pricing.run()
    return pricing


def _unmatched(forms: Forms, pool: Pool, price: Ints) -> Assignment:
    return Assignment(pool, forms.places, price, no_flags(forms.rows), no_flags(forms.cols))


def _sample(kinds: Ints) -> Ints:
    """One in `SAMPLED`, evenly over the kinds, in rising order. Within a kind both sides stand in drawn order."""
    return np.sort(np.argsort(kinds, kind="stable")[SAMPLED // 2 :: SAMPLED])
