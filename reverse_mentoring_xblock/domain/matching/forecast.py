"""What a round would bring, before anybody is proposed: who would be matched, what binds, who would wait."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

from ..states import Role
from .circling import Circles, circles_of
from .engine import Round
from .people import Mentee, Mentor, Person
from .policy import Policy
from .reasons import LeftOut, Why
from .relaxing import Gain, gains_of
from .rules import PERSONAL_RULES, Rule
from .supply import Topic, topics_in

MOST = 1500
"""People on one side who are looked at; of more, as many are drawn in proportion."""
LEAST_NAMED = 3
"""Partners whom a rule keeps from somebody before it is named. With fewer, its absence would tell of a private rule."""


@dataclass(frozen=True)
class Waiting:
    """Somebody who would have no partner. `rule` is what most often stands in the way, where it may be named."""

    id: int
    role: Role
    why: Why
    rule: Rule | None


@dataclass(frozen=True)
class Group:
    """How many people of a role would wait for one reason."""

    role: Role
    why: Why
    rule: Rule | None
    people: int


@dataclass(frozen=True)
class Forecast:
    """What a round of these people would bring."""

    mentors: int
    """Mentors looked at."""
    mentees: int
    all_mentors: int
    """Mentors there are; more than were looked at when those were drawn (`MOST`)."""
    all_mentees: int
    places: int
    """Mentees whom the mentors take together."""
    matched: int
    """Pairs, which is how many mentees would have a mentor."""
    busy: int
    """Mentors who would have a mentee."""
    topics: tuple[Topic, ...]
    circles: tuple[Circles, ...]
    gains: tuple[Gain, ...]
    waiting: tuple[Waiting, ...]
    """Mentors first, then mentees; each in the order of ids."""

    @property
    def rate(self) -> float:
        """The share of mentees who would have a mentor."""
        return self.matched / self.mentees if self.mentees else 0.0

    @property
    def is_sample(self) -> bool:
        """Whether only some people were looked at."""
        return (self.mentors, self.mentees) != (self.all_mentors, self.all_mentees)

    @property
    def binding(self) -> Gain | None:
        """The relaxation that would gain most; None when none gains anything."""
        return next((gain for gain in self.gains if gain.more > 0), None)

    @property
    def groups(self) -> tuple[Group, ...]:
        """Who would wait, by number and reason; the largest group of each role first."""
        numbers: dict[tuple[Role, Why, Rule | None], int] = {}
        for one in self.waiting:
            key = one.role, one.why, one.rule
            numbers[key] = numbers.get(key, 0) + 1
        found = [Group(*key, people) for key, people in numbers.items()]
        return tuple(sorted(found, key=lambda one: (one.role, -one.people, one.why, one.rule or "")))


def forecast(
    mentors: Iterable[Mentor],
    mentees: Iterable[Mentee],
    policy: Policy,
    seed: int,
    others: Iterable[Person] = (),
    *,
    by_measure: bool = False,
) -> Forecast:
    """Solve the round and see what it comes to.

    Args:
        others: people who take no part, through whom lines of reporting run.
        by_measure: whether needs and strengths stand in for topics that nobody chose; see `supply`.
    """
    juniors, seniors = list(mentors), list(mentees)
    some, learners, rest = sample(juniors, seniors, seed, MOST)
    round_ = Round(some, learners, policy, seed, [*others, *rest])
    pairs = round_.solve().pairs
    topics = topics_in(some, learners, by_measure=by_measure)
    return Forecast(
        mentors=len(some),
        mentees=len(learners),
        all_mentors=len(juniors),
        all_mentees=len(seniors),
        places=sum(max(mentor.capacity, 0) for mentor in some),
        matched=len(pairs),
        busy=len({mentor for mentor, _ in pairs}),
        topics=topics,
        circles=circles_of(round_, topics, by_measure=by_measure),
        gains=gains_of(round_),
        waiting=tuple(Waiting(one.id, one.role, one.why, named_rule(one)) for one in round_.left_out()),
    )


def named_rule(left_out: LeftOut) -> Rule | None:
    """The rule that a forecast names for somebody without a partner, if any.

    It keeps several partners away and is none between two single people: where no rule is named, nothing follows about
    a private one.
    """
    if left_out.why is Why.COMPETITION:
        return left_out.binding
    for counted in (left_out.alone, left_out.counts):
        general = [(rule, partners) for rule, partners in counted if rule not in PERSONAL_RULES]
        if general:
            return next((rule for rule, partners in general if partners >= LEAST_NAMED), None)
    return None


def sample(
    mentors: Sequence[Mentor], mentees: Sequence[Mentee], seed: int, most: int
) -> tuple[Sequence[Mentor], Sequence[Mentee], Sequence[Person]]:
    """At most so many people of a side by the seed's lot, in proportion, and everybody else."""
    larger = max(len(mentors), len(mentees))
    if larger <= most:
        return mentors, mentees, ()
    some = _drawn(mentors, -(-len(mentors) * most // larger), seed)
    learners = _drawn(mentees, -(-len(mentees) * most // larger), seed)
    taken = {person.id for person in (*some, *learners)}
    return some, learners, [person for person in (*mentors, *mentees) if person.id not in taken]


_P = TypeVar("_P", bound=Person)


def _drawn(people: Sequence[_P], count: int, seed: int) -> Sequence[_P]:
    lots = sorted(people, key=lambda person: blake2b(f"{seed}:{person.id}".encode(), digest_size=8).digest())
    return lots[:count]
