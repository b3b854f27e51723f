"""Figures about a group that say nothing about a person in it.

No mean or distribution below ``FLOOR`` people. A figure takes people in the order in which they came and grows by
``BATCH`` at a time, so that nobody can be read from the difference between today's figure and yesterday's. Where a
total stands beside its groups, what is left when the shown groups are taken away is hidden as carefully as a group.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from typing import TypeVar

FLOOR = 10
BATCH = 5

_Z = 1.959964
_Value = TypeVar("_Value")
_Group = TypeVar("_Group", bound=Hashable)


@dataclass(frozen=True)
class Estimate:
    """The mean of ``n`` values with a 95 % interval, unrounded."""

    n: int
    mean: float
    low: float
    high: float


def released(values: Sequence[_Value]) -> Sequence[_Value]:
    """The values that a figure may rest on: none of fewer than ten, else the first 10, 15, 20 and so on."""
    if len(values) < FLOOR:
        return ()
    return values[: len(values) - (len(values) - FLOOR) % BATCH]


def estimate(values: Sequence[float]) -> Estimate | None:
    """The mean of the released values with Student's interval; None when there are too few."""
    used = released(values)
    if not used:
        return None
    n = len(used)
    mean = fsum(used) / n
    spread = sqrt(fsum((value - mean) ** 2 for value in used) / (n - 1))
    reach = _student(n - 1) * spread / sqrt(n)
    return Estimate(n, mean, mean - reach, mean + reach)


def shown_groups(sizes: Mapping[_Group, int], total: int, floor: int = FLOOR) -> frozenset[_Group]:
    """The groups that may be shown beside a total of ``total`` people.

    ``sizes`` is how many people each group's figure would rest on. A group below the floor is hidden; then the smallest
    groups, until what the total holds beside the shown groups is nobody or at least as many as the floor.
    """
    shown = {group: size for group, size in sizes.items() if size >= floor}
    while shown and 0 < total - sum(shown.values()) < floor:
        del shown[min(shown, key=lambda group: (shown[group], str(group)))]
    return frozenset(shown)


def _student(freedom: int) -> float:
    """The 97.5 % point of Student's distribution, by the expansion in 1 / freedom; off by under 0.01 from 9 on."""
    first = (_Z**3 + _Z) / 4
    second = (5 * _Z**5 + 16 * _Z**3 + 3 * _Z) / 96
    third = (3 * _Z**7 + 19 * _Z**5 + 17 * _Z**3 - 15 * _Z) / 384
    return _Z + first / freedom + second / freedom**2 + third / freedom**3
