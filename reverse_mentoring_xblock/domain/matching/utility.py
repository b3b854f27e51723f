"""What a permitted pair is worth, in whole points from 0 to 10 000, with the sum laid open.

The main part is complementary fit: how much of what the mentee needs this mentor can serve. Where scores exist on both
sides they decide, otherwise the topics that both declared. Points use need, strength, choice, way of working and
distance at work, and nothing about a person that nobody chooses.

Every part is a sum of products of one whole number per person, so that it can be computed for all pairs at once and
exactly (`features`). Nothing is rounded after the sum.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import floor

from .hours import shared_minutes
from .people import GLADNESS, MOST_WISHES, Mentee, Mentor, Person
from .policy import INTEREST_STEPS, LEAD_STEPS, STYLE_SPAN, Policy, Weights
from .shares import shared_out

FULL_LEAD = 40
"""Evidence points by which a mentor leads when a need counts as wholly covered."""
TOPIC_LEAD = 20
"""Evidence points by which a mentor leads when a topic is called covered."""
TOPICS_SHOWN = 3
OWN_STEP = 5
"""Evidence of a mentee is counted to the nearest multiple of this."""


class Basis(StrEnum):
    """What the main part of a utility was computed from."""

    SCORES = "scores"
    TOPICS = "topics"


@dataclass(frozen=True)
class Parts:
    """Points by origin."""

    cover: int
    interests: int
    wishes: int
    style: int
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
    basis = Basis.SCORES if has_strength(mentor) and has_need(mentee) else Basis.TOPICS
    cover = gap_cover if basis is Basis.SCORES else topic_cover
    topics = topics_of(mentee)
    weights = policy.weights
    parts = Parts(
        cover=cover(mentor, mentee, weights),
        interests=_interests(mentor, mentee, weights),
        wishes=wish_points(mentor, mentee.id, weights) + wish_points(mentee, mentor.id, weights),
        style=_style(mentor, mentee, weights),
        department=weights.department * differ(mentor.department, mentee.department),
        site=weights.site * differ(mentor.site, mentee.site),
        queue=queue_points(mentor.waited + mentee.waited, policy),
    )
    return Utility(
        total=sum(vars(parts).values()),
        cover=floor(1000 * parts.cover / weights.cover + 0.5) if weights.cover else 0,
        basis=basis,
        topics=tuple(topic for topic in topics if _covers(mentor, mentee, topic, basis)),
        wanted=len(topics),
        minutes=shared_minutes(mentor, mentee, policy.dates),
        parts=parts,
    )


def has_strength(mentor: Mentor) -> bool:
    """Whether what the mentor can do was measured."""
    return bool(mentor.strength)


def has_need(mentee: Mentee) -> bool:
    """Whether what the mentee needs was measured."""
    return any(priority > 0 for priority in mentee.need.values())


def gap_cover(mentor: Mentor, mentee: Mentee, weights: Weights) -> int:
    """Points for the measured need that the mentor's measured lead covers.

    The weight, in units of `LEAD_STEPS` points, is shared out over the needs by their priority; each need earns one
    point per unit and step of lead: cover = sum of units(c) x clip((E_mentor(c) - E_mentee(c)) / 40, 0, 1), where
    the mentor is willing, with the lead in tenths.
    """
    units = need_units(mentee, weights)
    return sum(
        share * lead_steps(mentor.strength[code], own_level(mentee.own[code]))
        for code, share in units.items()
        if willing(mentor, code) and code in mentor.strength and code in mentee.own
    )


def need_units(mentee: Mentee, weights: Weights) -> Mapping[str, int]:
    """Units of the cover by competence, in proportion to the mentee's priorities."""
    return shared_out(weights.cover // LEAD_STEPS, mentee.need)


def own_level(evidence: float) -> int:
    """A mentee's evidence to the nearest step."""
    return OWN_STEP * floor(evidence / OWN_STEP + 0.5)


def lead_steps(strength: float, level: int) -> int:
    """The mentor's lead over a mentee's level, 0 to `LEAD_STEPS`."""
    return min(max(floor((strength - level) * LEAD_STEPS / FULL_LEAD + 0.5), 0), LEAD_STEPS)


def topic_cover(mentor: Mentor, mentee: Mentee, weights: Weights) -> int:
    """Points for the topics of the mentee that the mentor offers, each worth what it matters to the mentee."""
    shares = topic_units(mentee, weights)
    return sum(shares[topic] for topic in mentor.offered & shares.keys())


def topic_units(mentee: Mentee, weights: Weights) -> Mapping[str, int]:
    """Points of the cover by topic."""
    return shared_out(weights.cover, {topic: float(mentee.urgency.get(topic, 1)) for topic in topics_of(mentee)})


def interest_units(mentee: Mentee, weights: Weights) -> Mapping[str, int]:
    """Units of the interests by what the mentee likes to talk about and chose as a topic.

    The weight, in units of `INTEREST_STEPS` points, is shared out by what each topic matters; everything else matters
    as little as a topic can.
    """
    urgency = {one: float(mentee.urgency.get(one, 1)) for one in mentee.interests | mentee.wanted}
    return shared_out(weights.interests // INTEREST_STEPS, urgency)


def interest_steps(mentor: Mentor, one: str) -> int:
    """How far a mentor shares an interest, 0 to `INTEREST_STEPS`: an offered topic by how gladly, from half to all."""
    if one in mentor.interests:
        return INTEREST_STEPS
    return 1 + mentor.gladness.get(one, GLADNESS[-1]) if one in mentor.offered else 0


def wish_points(person: Person, other: int, weights: Weights) -> int:
    """Points for a wish of one side: half the weight for the first rank, a fifth of it less for each rank below."""
    for rank, wished in enumerate(person.wishes):
        if other in wished:
            return weights.wishes // 2 * (MOST_WISHES - rank) // MOST_WISHES
    return 0


def style_units(mentee: Mentee, weights: Weights) -> Mapping[str, int]:
    """Units of the style weight by question that the mentee answered, each worth the same."""
    return shared_out(weights.style // STYLE_SPAN, dict.fromkeys(mentee.style, 1.0))


def turn_of(mentee: Mentee, policy: Policy) -> int:
    """The rounds of waiting by which a mentee comes before others; 0 where waiting decides nothing but points."""
    return min(max(mentee.waited, 0), policy.queue_rounds) if policy.waiting_first else 0


def queue_points(waited: int, policy: Policy) -> int:
    """Points for the rounds that two people waited together."""
    if policy.queue_rounds < 1:
        return 0
    return policy.weights.queue * min(max(waited, 0), policy.queue_rounds) // policy.queue_rounds


def differ(one: str, other: str) -> bool:
    """Whether two known values differ; the unknown differs from nothing."""
    return bool(one and other) and one != other


def willing(mentor: Mentor, code: str) -> bool:
    """Whether a mentor helps with a competence; one who stated no choice helps with all."""
    return not mentor.offered or code in mentor.offered


def topics_of(mentee: Mentee) -> tuple[str, ...]:
    """The topics a mentee chose, or else the few largest needs."""
    if mentee.wanted:
        return tuple(sorted(mentee.wanted))
    needs = sorted((-priority, code) for code, priority in mentee.need.items() if priority > 0)
    return tuple(sorted(code for _, code in needs[:TOPICS_SHOWN]))


def _interests(mentor: Mentor, mentee: Mentee, weights: Weights) -> int:
    return sum(share * interest_steps(mentor, one) for one, share in interest_units(mentee, weights).items())


def _style(mentor: Mentor, mentee: Mentee, weights: Weights) -> int:
    return sum(
        share * (STYLE_SPAN - abs(mentor.style[question] - mentee.style[question]))
        for question, share in style_units(mentee, weights).items()
        if question in mentor.style
    )


def _covers(mentor: Mentor, mentee: Mentee, code: str, basis: Basis) -> bool:
    if basis is Basis.TOPICS:
        return code in mentor.offered
    if not willing(mentor, code) or code not in mentor.strength or code not in mentee.own:
        return False
    return mentor.strength[code] - mentee.own[code] >= TOPIC_LEAD
