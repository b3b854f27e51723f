"""From answers to scores on 0-100, unrounded. A missing score is None: never zero, never guessed.

Self ladder: S = 100 (P_B + P_I + P_A) / 12 with steps P of 0-4; the rung that was not asked counts
P_B = 4 after going up and P_A = 0 after going down. Checked scenarios move S by E = (2 S + sum of
positions) / (2 + number of checks).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from .answers import Answers, step
from .bank import CUTS, LEVELS, Bank, Rung
from .ladder import Routes, second_rung

_TOP_STEP = 4
_MIDDLE_STEP = 2
_RUNGS = 3
_CHECK_POSITIONS: Mapping[Rung, tuple[float, float]] = {
    Rung.B: (40.0, 10.0),
    Rung.I: (65.0, 30.0),
    Rung.A: (95.0, 55.0),
}
_OVERALL_NEEDS = 4
_TINY = 1e-9  # a mean that lands on a cut point may miss it by the last bit


@dataclass(frozen=True)
class Level:
    """A band on the scale. ``low`` and ``high`` differ when a cut point is close to the score."""

    name: str
    low: str
    high: str

    @property
    def is_between(self) -> bool:
        """Whether to say "between ``low`` and ``high``"."""
        return self.low != self.high


def self_score(bank: Bank, competence: str, answers: Answers, routes: Routes | None = None) -> float | None:
    """S in points of 0-100, or None without a step on the first rung.

    Going down ends at 41.7 at most, going up starts at 50. A second rung that was skipped, is not
    part of the role or is still open takes the middle step (2): the middle of what the first answer
    leaves possible. ``routes`` are second rungs that an earlier round has settled. Raises ValueError when a stored
    answer is not on the scale.
    """
    first = step(bank, bank.self_item(competence, bank.routing.start_rung).id, answers)
    rung = second_rung(bank, competence, answers, routes)
    if first is None or rung is None:
        return None
    second = step(bank, bank.self_item(competence, rung).id, answers)
    asked = first + (_MIDDLE_STEP if second is None else second)
    unasked = _TOP_STEP if rung is Rung.A else 0
    return 100 * (asked + unasked) / (_RUNGS * _TOP_STEP)


def check_position(rung: Rung, is_right: bool, score: float) -> float:
    """Where a checked scenario puts a person whose self score is ``score``, in points of 0-100.

    Right/wrong by rung: B 40/10, I 65/30, A 95/55. "I'm not sure" is wrong. Right never lowers,
    wrong never raises.
    """
    right, wrong = _CHECK_POSITIONS[rung]
    return max(right, score) if is_right else min(wrong, score)


def evidence_score(score: float, positions: Sequence[float] = ()) -> float:
    """E = (2 S + sum of check positions) / (2 + number of checks), in points of 0-100.

    Without checks it is S: a person's own view.
    """
    if not positions:
        return score
    return (2 * score + fsum(positions)) / (2 + len(positions))


def area_score(scores: Sequence[float | None]) -> float | None:
    """The plain mean of an area's valid scores, or None with fewer than 60% of its competences."""
    valid = [score for score in scores if score is not None]
    if not valid or 5 * len(valid) < 3 * len(scores):
        return None
    return fsum(valid) / len(valid)


def overall_score(areas: Sequence[float | None]) -> float | None:
    """The plain mean of the valid areas, or None with fewer than four."""
    valid = [score for score in areas if score is not None]
    return fsum(valid) / len(valid) if len(valid) >= _OVERALL_NEEDS else None


def level(score: float, cuts: Mapping[str, float], sem: float) -> Level:
    """The band of ``score``: starting, basic, intermediate, advanced, by ascending ``cuts``.

    A cut point that lies within +/- 0.5 ``sem`` of the score opens the band to both its sides.
    """
    points = [cuts[name] for name in CUTS]
    at = sum(score >= point - _TINY for point in points)
    near = [place for place, point in enumerate(points) if abs(score - point) <= sem / 2 + _TINY]
    low, high = (near[0], near[-1] + 1) if near else (at, at)
    return Level(LEVELS[at], LEVELS[low], LEVELS[high])
