"""What a programme decides about pairing: how strict the rules are and what a point is for."""

from dataclasses import astuple, dataclass
from datetime import date, timedelta
from functools import cached_property

TOP_POINTS = 10_000
LEAD_STEPS = 10
"""Steps in which a mentor's lead in a competence is counted; see `utility`."""
INTEREST_STEPS = 4
"""Steps in which it counts how gladly a mentor helps with what a mentee is interested in; see `utility`."""
STYLE_SPAN = 4
"""Steps between the two ends of an answer about style."""


@dataclass(frozen=True, kw_only=True)
class Weights:
    """The most points that each part of a utility can give; together at most `TOP_POINTS`.

    Points are whole and add up without rounding, so that a sum over any number of columns is exact in any arithmetic.
    Hence cover is a multiple of `LEAD_STEPS`, interests one of `INTEREST_STEPS`, style one of `STYLE_SPAN`, and wishes,
    half from each side, are even.

    Raises:
        ValueError: a weight is negative, they exceed the top together, or one is no such multiple.
    """

    cover: int = 6000
    interests: int = 800
    wishes: int = 1200
    style: int = 400
    department: int = 500
    site: int = 300
    queue: int = 800

    def __post_init__(self) -> None:
        parts = astuple(self)
        if min(parts) < 0 or sum(parts) > TOP_POINTS:
            raise ValueError(f"Weights must be 0 or more and at most {TOP_POINTS} together")
        by = {"cover": LEAD_STEPS, "interests": INTEREST_STEPS, "style": STYLE_SPAN, "wishes": 2}
        for part, steps in by.items():
            if getattr(self, part) % steps:
                raise ValueError(f"Weights: {part} must be a multiple of {steps}")


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The hard limits and the weights of one round.

    `reference_weeks` are the weeks, counted from `reference_date`, in which two people must share
    enough hours. Summer time lasts 30 weeks in much of Europe, so the start and half a year later
    can both fall in it: the week halfway makes sure that winter is looked at.
    """

    reference_date: date
    reference_weeks: tuple[int, ...] = (0, 13, 26)
    min_level_gap: int = 1
    line_levels: int = 2
    manager_levels: int = 1
    min_shared_minutes: int = 60
    require_training: bool = True
    weights: Weights = Weights()
    queue_rounds: int = 2
    """Rounds of waiting, of both people together, that earn the whole queue bonus; more count no more."""
    waiting_first: bool = False
    """Whether, of all ways to match as many people, one is taken that matches as many as possible of the mentees who
    have waited: first of those who have waited `queue_rounds`, then of those one round less, and so on."""
    lift_permille: int = 0
    """Thousandths of the total that may be given up so that the worst pair is worth more; 0 leaves it as it is."""

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """The days on which the offsets of time zones are read."""
        return tuple(self.reference_date + timedelta(weeks=week) for week in self.reference_weeks)
