"""What somebody could offer to somebody else: reverse mentoring works both ways."""

from collections.abc import Collection

from .profile import CompetenceResult, Profile

WORTH_OFFERING = "intermediate"
"""From this cut point on a competence is something to offer to somebody else."""

_OFFERS = 3
_IMPORTANT = 2


def strength(read: Profile, topics: Collection[str], floor: float) -> str | None:
    """What a mentee could offer in return: the best competence that matters to them and is not a topic.

    None below ``floor``: nobody is told to offer what they are still finding their way in.
    """
    able = [result for result in best(read, floor) if (result.matters or 0) >= _IMPORTANT and result.code not in topics]
    return able[0].code if able else None


def offers(read: Profile, floor: float) -> tuple[CompetenceResult, ...]:
    """What a mentor could offer: up to three of their best competences, none below ``floor``."""
    return best(read, floor)[:_OFFERS]


def best(read: Profile, floor: float) -> tuple[CompetenceResult, ...]:
    """Competences from ``floor`` points on, best first, ties by code."""
    able = [result for result in read.competences if result.score is not None and result.score >= floor]
    return tuple(sorted(able, key=lambda result: (-(result.score or 0.0), result.code)))
