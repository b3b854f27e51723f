"""What an author asks before a pairing and of a pairing."""

from dataclasses import dataclass
from datetime import date

from .errors import NotAllowed
from .matching import Policy
from .states import Role

LEVELS = range(1, 11)
"""Ranks from the first year of work to the board; only differences between them count."""
MOST_TOPICS = 5
"""Topics that a mentee may choose. A mentor offers as many as they like."""
MOST_VETOES = 20
MOST_PEOPLE = 1000
"""People on one side whom a request matches at once: searched, proved and explained in about two seconds."""


@dataclass(frozen=True)
class PairingRules:
    """The author's settings: gates before sign-up, and the hard limits of a pair."""

    require_training: bool = True
    require_assessment: bool = True
    min_level_gap: int = 1
    line_levels: int = 2
    min_shared_minutes: int = 60
    max_capacity: int = 2

    def policy(self, today: date) -> Policy:
        """The matcher's policy for a round proposed today."""
        return Policy(
            reference_date=today,
            min_level_gap=self.min_level_gap,
            line_levels=self.line_levels,
            min_shared_minutes=self.min_shared_minutes,
            require_training=self.require_training,
        )

    def asks_for_assessment(self, role: Role) -> bool:
        """Only mentees have needs that pairing rests on; for mentors the assessment is a choice."""
        return self.require_assessment and role is Role.MENTEE

    def check_gates(self, role: Role, *, is_trained: bool, is_assessed: bool) -> None:
        """Raise NotAllowed for the first gate that this person has not gone through."""
        if self.require_training and not is_trained:
            raise NotAllowed("train_first")
        if self.asks_for_assessment(role) and not is_assessed:
            raise NotAllowed("assess_first")
