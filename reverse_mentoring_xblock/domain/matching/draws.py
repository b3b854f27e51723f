"""The draw among answers that are equally good: numbers from the seed and the ids of people, and from nothing else."""

from hashlib import blake2b
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from .forms import Ints

Draw: TypeAlias = NDArray[np.uint64]

DRAW_BITS = 24


def person_draw(seed: int, id_: int) -> int:
    """64 bits for one person."""
    return int.from_bytes(blake2b(f"{seed}:{id_}".encode(), digest_size=8).digest())


def pair_draws(mentors: Draw, mentees: Draw) -> Ints:
    """A draw of `DRAW_BITS` bits for each pair, from the draws of its two people.

    The finaliser of SplitMix64 (Steele, Lea and Flood 2014) mixes the bits, so that pairs with a person in common have
    no draw in common.
    """
    mixed = mentors * np.uint64(0x9E3779B97F4A7C15) ^ mentees
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(64 - DRAW_BITS)).astype(np.int64)
