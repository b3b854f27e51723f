"""What a permitted pair is worth, in whole points from 0 to 1000, with the sum laid open.

The main part is complementary fit: how much of what the mentee needs this mentor can serve. Where
scores exist on both sides they decide, otherwise the topics that both declared. Points use need,
strength, choice and distance at work, and nothing about a person that nobody chooses.
"""

from dataclasses import astuple, dataclass
from enum import StrEnum
from math import floor, fsum

from .hours import shared_minutes
from .people import Mentee, Mentor
from .policy import Policy

FULL_LEAD = 40
"""Evidence points by which a mentor leads when a need counts as wholly covered."""
TOPIC_LEAD = 20
"""Evidence points by which a mentor leads when a topic is called covered."""
TOPICS_SHOWN = 3


class Basis(StrEnum):
    """What the main part of a utility was computed from."""

    SCORES = "scores"
    TOPICS = "topics"


@dataclass(frozen=True)
class Parts:
    """Points by origin."""

    cover: int
    interests: int
    department: int
    site: int
    queue: int


@dataclass(frozen=True)
class Utility:
    """The worth of one pair and how it came about."""

    total: int
    cover: int
    """Share of the need that is covered, in thousandths."""
    basis: Basis
    topics: tuple[str, ...]
    """Topics of the mentee that this mentor covers."""
    wanted: int
    """Topics of the mentee, covered or not."""
    minutes: int
    """Minutes a week that the two share in the worst week looked at."""
    parts: Parts


def utility(mentor: Mentor, mentee: Mentee, policy: Policy) -> Utility:
    """The worth of a pair; says nothing of whether the pair is permitted."""
    basis = Basis.SCORES if has_scores(mentor, mentee) else Basis.TOPICS
    cover = gap_cover(mentor, mentee) if basis is Basis.SCORES else topic_cover(mentor, mentee)
    topics = topics_of(mentee)
    weights = policy.weights
    parts = Parts(
        cover=_points(weights.cover, cover),
        interests=_points(weights.interests, interest_overlap(mentor, mentee, basis)),
        department=weights.department * _differ(mentor.department, mentee.department),
        site=weights.site * _differ(mentor.site, mentee.site),
        queue=_points(weights.queue, _queue(mentor, mentee, policy)),
    )
    return Utility(
        total=sum(astuple(parts)),
        cover=_points(1000, cover),
        basis=basis,
        topics=tuple(topic for topic in topics if _covers(mentor, mentee, topic, basis)),
        wanted=len(topics),
        minutes=shared_minutes(mentor, mentee, policy.dates),
        parts=parts,
    )


def has_scores(mentor: Mentor, mentee: Mentee) -> bool:
    """Whether the need of one and the strength of the other are both measured."""
    return bool(mentor.strength) and any(priority > 0 for priority in mentee.need.values())


def gap_cover(mentor: Mentor, mentee: Mentee) -> float:
    """The share, 0 to 1, of the mentee's measured need that the mentor's measured lead covers."""
    served = fsum(
        priority * min(max(_lead(mentor, mentee, code) / FULL_LEAD, 0.0), 1.0)
        for code, priority in mentee.need.items()
        if willing(mentor, code)
    )
    whole = fsum(mentee.need.values())
    return served / whole if whole > 0 else 0.0


def topic_cover(mentor: Mentor, mentee: Mentee) -> float:
    """The share, 0 to 1, of the mentee's topics that the mentor offers."""
    topics = topics_of(mentee)
    return len(mentor.offered.intersection(topics)) / len(topics) if topics else 0.0


def interest_overlap(mentor: Mentor, mentee: Mentee, basis: Basis) -> float:
    """The share, 0 to 1, of the mentee's interests that the mentor has too.

    Where scores give the main part, the topics that both chose count here, so that a choice is
    always heard.
    """
    theirs, ours = mentee.interests, mentor.interests
    if basis is Basis.SCORES:
        theirs, ours = theirs | mentee.wanted, ours | mentor.offered
    return len(theirs & ours) / len(theirs) if theirs else 0.0


def willing(mentor: Mentor, code: str) -> bool:
    """Whether a mentor helps with a competence; one who stated no choice helps with all."""
    return not mentor.offered or code in mentor.offered


def topics_of(mentee: Mentee) -> tuple[str, ...]:
    """The topics a mentee chose, or else the few largest needs."""
    if mentee.wanted:
        return tuple(sorted(mentee.wanted))
    needs = sorted((-priority, code) for code, priority in mentee.need.items() if priority > 0)
    return tuple(sorted(code for _, code in needs[:TOPICS_SHOWN]))


def _covers(mentor: Mentor, mentee: Mentee, code: str, basis: Basis) -> bool:
    if basis is Basis.TOPICS:
        return code in mentor.offered
    return willing(mentor, code) and _lead(mentor, mentee, code) >= TOPIC_LEAD


def _lead(mentor: Mentor, mentee: Mentee, code: str) -> float:
    if code not in mentor.strength or code not in mentee.own:
        return 0.0
    return mentor.strength[code] - mentee.own[code]


def _queue(mentor: Mentor, mentee: Mentee, policy: Policy) -> float:
    if policy.queue_rounds < 1:
        return 0.0
    return min(max(mentor.waited + mentee.waited, 0) / policy.queue_rounds, 1.0)


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _points(weight: int, share: float) -> int:
    return floor(weight * share + 0.5)
