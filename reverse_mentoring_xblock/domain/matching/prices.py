"""What proves an answer: a price for everybody, and the people who compete for too few places."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Pair: TypeAlias = tuple[int, int]
"""The id of a mentor and the id of a mentee."""


@dataclass(frozen=True)
class Witness:
    """Why nobody more can be matched, or nobody more of some mentees (Koenig 1931, Hall 1935).

    Every permitted partner of `mentees` is one of `mentors`. So no more can be matched than all other mentees and the
    places of these mentors together, and the answer matches exactly so many.
    """

    mentees: tuple[int, ...] = ()
    mentors: tuple[int, ...] = ()


@dataclass(frozen=True)
class Prices:
    """Dual prices in points, of which `bonus` stands for having a partner at all, and `first` for each round by which
    a mentee comes before others (`utility.turn_of`).

    For every permitted pair the two prices together are at least the mentee's bonus plus points, with equality for the
    pairs made. A person without a partner and a mentor with room left have the price 0.
    """

    bonus: int
    mentors: Mapping[int, int]
    mentees: Mapping[int, int]
    witness: Witness = Witness()
    first: int = 0
    waiting: Mapping[int, Witness] = field(default_factory=dict)
    """For each turn above 0 why nobody more of those who have it or a higher one can be matched. Where it names nobody,
    all of them are."""
