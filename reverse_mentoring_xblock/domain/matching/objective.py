"""What "best" means, in one integer per pair, so that any exact engine finds the same answer.

First as many people as possible, then the highest total of points, then a seeded draw among what
is still equal. A pair weighs `unit * (bonus + points) + draw`:

- one more pair outweighs every total of points, because the bonus exceeds the largest one;
- one point outweighs every sum of draws, because the unit exceeds the largest one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeAlias

Pair: TypeAlias = tuple[int, int]
"""The id of a mentor and the id of a mentee."""

DRAW_BYTES = 4


@dataclass(frozen=True)
class Objective:
    """The scale on which the pairs of one round are weighed."""

    bonus: int
    unit: int
    seed: int

    @classmethod
    def of(cls, points: Mapping[Pair, int], most_pairs: int, seed: int) -> "Objective":
        """The scale for a round of which no more than `most_pairs` pairs can be made."""
        bonus = smallest_bonus(max(points.values(), default=0), most_pairs)
        return cls(bonus, (most_pairs + 1) << 8 * DRAW_BYTES, seed)

    def weight(self, pair: Pair, points: int) -> int:
        """What a pair adds to the sum that an engine maximises."""
        return self.unit * (self.bonus + points) + self.draw(pair)

    def draw(self, pair: Pair) -> int:
        """A number that depends on the seed and on the two ids, and on nothing else."""
        text = f"{self.seed}:{pair[0]}:{pair[1]}".encode()
        return int.from_bytes(blake2b(text, digest_size=DRAW_BYTES).digest())


def smallest_bonus(top_points: int, most_pairs: int) -> int:
    """The least bonus by which one more pair outweighs all the points of the others."""
    return top_points * most_pairs + 1
