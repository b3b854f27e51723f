"""What relaxing a rule would gain: the same people counted again, with one rule off or a little weaker.

Never the reporting line, a declared conflict, readiness or a private rule: nobody may turn these off, and a private
rule must not be told by a difference.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from .counting import most_pairs, permitted
from .engine import Round
from .people import Mentee, Mentor, Mode, Person
from .policy import Policy
from .rules import Rule

ANY = frozenset({""})
"""Languages of everybody when none keeps two people apart."""


class How(StrEnum):
    """Stable codes of how a rule is relaxed."""

    WEAKER = "weaker"
    OFF = "off"


@dataclass(frozen=True)
class Gain:
    """How many more would be matched with one rule relaxed."""

    rule: Rule
    how: How
    more: int
    limit: int | None = None
    """What a weaker rule would still ask: levels, minutes a week."""


@dataclass(frozen=True)
class _Relaxed:
    rule: Rule
    how: How
    mentors: Sequence[Mentor]
    mentees: Sequence[Mentee]
    policy: Policy
    limit: int | None = None


def gains_of(round_: Round) -> tuple[Gain, ...]:
    """Each rule of a solved round that may be relaxed, the largest gain first.

    A rule that is off already, or that concerns nobody here, is not named.
    """
    found = [Gain(way.rule, way.how, _more(round_, way), way.limit) for way in _ways(round_)]
    return tuple(sorted(found, key=lambda gain: -gain.more))


def _more(round_: Round, way: _Relaxed) -> int:
    """Pairs kept from the solution, which no weaker rule forbids, are where the count begins."""
    partner = round_.answer.partner
    made = int((partner >= 0).sum())
    if made == partner.size:
        return 0  # everybody has a partner
    relaxed = Round(way.mentors, way.mentees, way.policy, round_.seed, round_.others)
    forms = relaxed.cohort.forms
    if made == forms.places.sum():
        return 0  # no place is left
    return most_pairs(permitted(forms), forms.places, partner) - made


def _ways(round_: Round) -> Iterator[_Relaxed]:
    mentors, mentees, policy = round_.mentors, round_.mentees, round_.policy
    people: list[Person] = [*mentors, *mentees]
    yield _Relaxed(Rule.CAPACITY, How.WEAKER, [_roomier(mentor) for mentor in mentors], mentees, policy)
    yield from _limits(round_)
    for rule, facts, concerns in (
        (Rule.LANGUAGE, {"languages": ANY}, len({person.languages for person in people}) > 1),
        (Rule.MODE, {"mode": Mode.BOTH}, any(person.mode != Mode.BOTH for person in people)),
        (Rule.PAST_PARTNER, {"past": frozenset()}, any(person.past for person in people)),
    ):
        if concerns:
            freed = [replace(mentor, **facts) for mentor in mentors], [replace(mentee, **facts) for mentee in mentees]
            yield _Relaxed(rule, How.OFF, *freed, policy)


def _limits(round_: Round) -> Iterator[_Relaxed]:
    """Rules with a number in the policy."""
    policy, people = round_.policy, (round_.mentors, round_.mentees)
    gap, minutes = policy.min_level_gap - 1, policy.min_shared_minutes // 2
    if gap > 0:
        yield _Relaxed(Rule.SENIORITY_GAP, How.WEAKER, *people, replace(policy, min_level_gap=gap), gap)
    if minutes > 0:
        yield _Relaxed(Rule.HOURS, How.WEAKER, *people, replace(policy, min_shared_minutes=minutes), minutes)
    if policy.min_shared_minutes > 0:
        yield _Relaxed(Rule.HOURS, How.OFF, *people, replace(policy, min_shared_minutes=0))
    if policy.manager_levels > 0:
        yield _Relaxed(Rule.SHARED_MANAGER, How.OFF, *people, replace(policy, manager_levels=0))


def _roomier(mentor: Mentor) -> Mentor:
    return replace(mentor, capacity=mentor.capacity + 1) if mentor.capacity > 0 else mentor
