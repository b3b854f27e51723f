"""Supply and demand by topic: how many mentees want each, and how many places mentors have for it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ..circles import is_scarce
from .people import Mentee, Mentor
from .utility import topics_of

STRONG = 60
"""Evidence from which on a mentor who chose no topics counts as able to help with a skill."""


@dataclass(frozen=True)
class Topic:
    """One topic among the people of a round."""

    code: str
    wanted: int
    """Mentees who want it."""
    mentors: int
    """Mentors who help with it."""
    places: int
    """Mentees whom these mentors take together, for whatever topic."""

    @property
    def is_scarce(self) -> bool:
        """Whether demand is so far above supply that some mentors would serve more people in a circle."""
        return is_scarce(self.wanted, self.places)


def topics_in(mentors: Iterable[Mentor], mentees: Iterable[Mentee], *, by_measure: bool) -> tuple[Topic, ...]:
    """Every topic that somebody wants or offers, the largest shortage first.

    Args:
        by_measure: whether what was measured stands in for people who chose no topics. Only for those who may see
            measures.
    """
    wanted = Counter(code for mentee in mentees for code in wanted_by(mentee, by_measure=by_measure))
    helping, places = Counter[str](), Counter[str]()
    for mentor in mentors:
        if mentor.capacity > 0:
            for code in offered_by(mentor, by_measure=by_measure):
                helping[code] += 1
                places[code] += mentor.capacity
    found = [Topic(code, wanted[code], helping[code], places[code]) for code in wanted.keys() | helping.keys()]
    return tuple(sorted(found, key=lambda topic: (topic.places - topic.wanted, topic.code)))


def wanted_by(mentee: Mentee, *, by_measure: bool) -> frozenset[str]:
    """The topics that a mentee chose, else the largest needs that were measured."""
    return frozenset(topics_of(mentee)) if by_measure else mentee.wanted


def offered_by(mentor: Mentor, *, by_measure: bool) -> frozenset[str]:
    """The topics that a mentor chose, else those in which strength was measured."""
    if mentor.offered or not by_measure:
        return mentor.offered
    return frozenset(code for code, strength in mentor.strength.items() if strength >= STRONG)
