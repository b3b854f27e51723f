"""How sure somebody was of their answers, and how right: for that person's eyes alone.

Of n scenarios answered with a stated confidence, p is the probability stated and o is 1 for right, else 0. The bias
b = mean(p - o) is shrunk to b* = b n / (n + 10), because a dozen scenarios say little; SE_b = sqrt(sum p (1 - p)) / n.
No score is corrected by it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, sqrt

from .scenarios import Verdict

LEAST_ANSWERS = 6
_PRIOR_ANSWERS = 10
_LITTLE = 0.10
_NOISE = 1.64


class Sureness(StrEnum):
    """What the figures say, as a stable code; nothing is said of fewer than six answers."""

    ABOUT_RIGHT = "about_right"
    SURER = "surer"
    KNOWS_MORE = "knows_more"


@dataclass(frozen=True)
class Calibration:
    """``bias`` and ``shrunk`` are positive for somebody surer than the answers bore out; ``brier`` is mean((p - o)^2).
    ``words`` is None below six answers."""

    n: int
    bias: float | None
    shrunk: float | None
    brier: float | None
    words: Sureness | None


def calibration(verdicts: Iterable[Verdict]) -> Calibration:
    """Read the scenarios that were answered with a stated confidence; "I'm not sure" is left out."""
    stated = [(said.probability, float(said.is_right)) for said in verdicts if said.probability is not None]
    n = len(stated)
    if n == 0:
        return Calibration(0, None, None, None, None)
    bias = fsum(p - o for p, o in stated) / n
    shrunk = bias * n / (n + _PRIOR_ANSWERS)
    brier = fsum((p - o) ** 2 for p, o in stated) / n
    error = sqrt(fsum(p * (1 - p) for p, _ in stated)) / n
    return Calibration(n, bias, shrunk, brier, _words(n, bias, shrunk, error))


def _words(n: int, bias: float, shrunk: float, error: float) -> Sureness | None:
    if n < LEAST_ANSWERS:
        return None
    if abs(shrunk) < _LITTLE or abs(bias) / error < _NOISE:
        return Sureness.ABOUT_RIGHT
    return Sureness.SURER if bias > 0 else Sureness.KNOWS_MORE
