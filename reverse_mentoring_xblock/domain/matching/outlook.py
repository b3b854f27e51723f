"""A forecast for an invented cohort: several draws, their range, and what the draw in the middle looks like."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .counting import most_pairs, permitted
from .engine import Round
from .forecast import MOST, Forecast, forecast, sample
from .invented import Heads, invented
from .people import Mentee, Mentor
from .policy import Policy
from .pool import ALONE

MOST_DRAWS, LEAST_DRAWS = 20, 3
PEOPLE = 4000
"""People in all draws together, as far as `LEAST_DRAWS` lets it."""


@dataclass(frozen=True)
class Outlook:
    """What a round of so many people may bring. All of it is invented but the head counts."""

    heads: Heads
    forecast: Forecast
    """Of the draw in the middle."""
    draws: int
    lowest: float
    """The smallest share of mentees with a mentor in all draws."""
    highest: float


def outlook(heads: Heads, topics: Sequence[str], policy: Policy, seed: int) -> Outlook:
    """Draw several cohorts, fewer when they are large."""
    draws = min(max(PEOPLE // (heads.mentors + heads.mentees), LEAST_DRAWS), MOST_DRAWS)
    numbers = []
    for draw in range(draws):
        drawn = sample(*invented(heads, topics, policy, seed + draw), seed, MOST)
        numbers.append((_rate(drawn[0], drawn[1], policy, seed), seed + draw))
    numbers.sort()
    middle = invented(heads, topics, policy, numbers[draws // 2][1])
    return Outlook(
        heads=heads,
        forecast=forecast(*middle, policy, seed),
        draws=draws,
        lowest=numbers[0][0],
        highest=numbers[-1][0],
    )


def _rate(mentors: Sequence[Mentor], mentees: Sequence[Mentee], policy: Policy, seed: int) -> float:
    forms = Round(mentors, mentees, policy, seed).cohort.forms
    nobody = np.full(forms.rows, ALONE, np.int64)
    return most_pairs(permitted(forms), forms.places, nobody) / len(mentees)
