"""Shared hours of many people at once: weeks as rows of packed bits.

A bit stands for the longest step of minutes that every window of everybody begins and ends on, so that nothing is
rounded. Two weeks share what their bits have in common (`hours` says the same of two people).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from math import gcd
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from .forms import BARRED, Floats, Ints
from .hours import MINUTES_A_WEEK, offset_minutes, week
from .kinds import MOST_COLUMNS, Kinds, numbered
from .people import Person, Window
from .policy import Policy

Free: TypeAlias = tuple[str, tuple[Window, ...]]
Bits: TypeAlias = NDArray[np.uint8]

ONES = np.array([number.bit_count() for number in range(256)], np.uint8)
LONGEST_STEP = 60


@dataclass(frozen=True)
class Weeks:
    """Who is free when, in the weeks of the programme's dates."""

    bits: Bits
    """Kinds by dates by packed steps."""
    step: int
    """Minutes that a bit stands for."""

    @classmethod
    def of(cls, kinds: Sequence[Free], dates: tuple[date, ...]) -> "Weeks":
        """The weeks of each kind of zone and windows."""
        offsets = {offset_minutes(zone, day) or 0 for zone in {zone for zone, _ in kinds} for day in dates}
        ends = {minute for _, windows in set(kinds) for _, *minutes in windows for minute in minutes}
        step = reduce(gcd, offsets | ends, LONGEST_STEP)
        bits = np.zeros((len(kinds), len(dates), -(-MINUTES_A_WEEK // step // 8)), np.uint8)
        for place, (zone, windows) in enumerate(kinds):
            for turn, day in enumerate(dates):
                minutes = np.frombuffer(week(zone, windows, day).to_bytes(MINUTES_A_WEEK // 8, "little"), np.uint8)
                bits[place, turn] = np.packbits(np.unpackbits(minutes, bitorder="little")[::step])
        return cls(bits, step)

    def shared(self, ones: Ints, others: Ints) -> Ints:
        """Minutes that each two kinds share in their worst week."""
        both = ONES[self.bits[ones] & self.bits[others]].sum(axis=2, dtype=np.int64)
        return both.min(axis=1, initial=MINUTES_A_WEEK) * self.step if both.shape[1] else np.zeros(len(both), np.int64)


@dataclass(frozen=True)
class TooFewHours:
    """The check for pairs whose weeks are of too many kinds for the product."""

    weeks: Weeks
    row_kinds: Ints
    col_kinds: Ints
    minutes: int

    def less(self, rows: Ints, cols: Ints) -> Ints:
        """`BARRED` where two people share too little time."""
        return BARRED * (self.weeks.shared(self.row_kinds[rows], self.col_kinds[cols]) < self.minutes)


def hour_columns(
    rows: Sequence[Person], cols: Sequence[Person], policy: Policy
) -> tuple[Floats, Floats, tuple[TooFewHours, ...]]:
    """Columns of the product for the rule about hours, or the check that takes their place."""
    kinds, of = numbered([(person.time_zone, person.windows) for person in (*rows, *cols)])
    row_kinds, col_kinds = of[: len(rows)], of[len(rows) :]
    weeks = Weeks.of(kinds, policy.dates)
    check = TooFewHours(weeks, row_kinds, col_kinds, policy.min_shared_minutes)
    some, row_of = np.unique(row_kinds, return_inverse=True)
    other, col_of = np.unique(col_kinds, return_inverse=True)
    if min(some.size, other.size) > MOST_COLUMNS:
        return np.zeros((len(rows), 0), np.float32), np.zeros((len(cols), 0), np.float32), (check,)
    short = [weeks.shared(np.full(other.size, one), other) < policy.min_shared_minutes for one in some]
    table = -BARRED * np.array(short, np.int64).reshape(some.size, other.size)
    terms = Kinds(row_of.ravel(), col_of.ravel(), table).columns()
    return terms[0], terms[1], ()
