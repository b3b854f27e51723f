"""What a programme decides about pairing: how strict the rules are and what a point is for."""

from dataclasses import astuple, dataclass
from datetime import date, timedelta
from functools import cached_property

TOP_POINTS = 1000


@dataclass(frozen=True, kw_only=True)
class Weights:
    """The most points that each part of a utility can give; together at most `TOP_POINTS`.

    Raises:
        ValueError: a weight is negative or they exceed the top together.
    """

    cover: int = 700
    interests: int = 100
    department: int = 60
    site: int = 40
    queue: int = 100

    def __post_init__(self) -> None:
        parts = astuple(self)
        if min(parts) < 0 or sum(parts) > TOP_POINTS:
            raise ValueError(f"Weights must be 0 or more and at most {TOP_POINTS} together")


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
    """Rounds of waiting, of both people together, that earn the whole queue bonus."""

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """The days on which the offsets of time zones are read."""
        return tuple(self.reference_date + timedelta(weeks=week) for week in self.reference_weeks)
