"""Propose the pairs of one round: rules, points, assignment, proof and reasons, in that order."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from ..states import Role
from .assignment import Prices, Solution, solve
from .objective import Pair
from .organisation import Organisation
from .people import Mentee, Mentor, Person
from .policy import Policy
from .proof import Violation, bound, violations
from .reasons import LeftOut, Reason, Rivalry, no_partner, pair_reason
from .rules import Rule, broken_rules, eligible
from .utility import Utility, utility


@dataclass(frozen=True)
class Match:
    """One pair, what it is worth and why it fits."""

    mentor: int
    mentee: int
    utility: Utility
    reason: Reason


@dataclass(frozen=True)
class Outcome:
    """The answer of one round and its certificate."""

    pairs: tuple[Match, ...]
    left_out: tuple[LeftOut, ...]
    matched: int
    """How many pairs, which is how many mentees have a mentor."""
    total: int
    """Points of all pairs together."""
    bound: int
    """Points that no set of as many pairs can exceed; equal to the total when certified."""
    certified: bool
    """Nobody more could be matched, and no other choice has more points."""
    violations: tuple[Violation, ...]
    prices: Prices
    seed: int


def propose(
    mentors: Iterable[Mentor],
    mentees: Iterable[Mentee],
    policy: Policy,
    seed: int,
    others: Iterable[Person] = (),
) -> Outcome:
    """Match as many people as possible, then as well as possible, and say why.

    `others` take no part but are known, so that lines of reporting through them count.

    Raises:
        ValueError: two people on one side have the same id.
    """
    cohort = _Cohort.of(mentors, mentees, policy, others)
    worth = {
        (mentor.id, mentee.id): utility(mentor, mentee, policy)
        for mentor in cohort.mentors.values()
        for mentee in cohort.mentees.values()
        if eligible(mentor, mentee, cohort.org, policy)
    }
    places = {mentor.id: max(mentor.capacity, 0) for mentor in cohort.mentors.values()}
    points = {pair: value.total for pair, value in worth.items()}
    solution = solve(places, cohort.mentees, points, seed)
    flaws = cohort.check(solution)
    matched = len(solution.pairs)
    return Outcome(
        pairs=tuple(cohort.match(pair, worth[pair]) for pair in solution.pairs),
        left_out=tuple(cohort.left_out(solution.pairs, worth.keys(), places)),
        matched=matched,
        total=sum(points[pair] for pair in solution.pairs),
        bound=bound(solution.prices, places) - matched * solution.prices.bonus,
        certified=not flaws,
        violations=tuple(flaws),
        prices=solution.prices,
        seed=seed,
    )


@dataclass(frozen=True)
class _Cohort:
    """The people of one round by id, and what is asked about them."""

    mentors: Mapping[int, Mentor]
    mentees: Mapping[int, Mentee]
    org: Organisation
    policy: Policy

    @classmethod
    def of(
        cls,
        mentors: Iterable[Mentor],
        mentees: Iterable[Mentee],
        policy: Policy,
        others: Iterable[Person],
    ) -> "_Cohort":
        juniors, seniors = _by_id(mentors), _by_id(mentees)
        org = Organisation.of([*juniors.values(), *seniors.values(), *others])
        return cls(juniors, seniors, org, policy)

    def broken(self, mentor: Mentor, mentee: Mentee) -> tuple[Rule, ...]:
        return broken_rules(mentor, mentee, self.org, self.policy)

    def score(self, mentor: Mentor, mentee: Mentee) -> int | None:
        """Points from the rules anew, not from the table that the engine saw."""
        if self.broken(mentor, mentee):
            return None
        return utility(mentor, mentee, self.policy).total

    def check(self, solution: Solution) -> list[Violation]:
        mentors, mentees = [*self.mentors.values()], [*self.mentees.values()]
        return violations(mentors, mentees, self.score, solution.pairs, solution.prices)

    def match(self, pair: Pair, worth: Utility) -> Match:
        mentor, mentee = pair
        reason = pair_reason(self.mentors[mentor], self.mentees[mentee], worth)
        return Match(mentor, mentee, worth, reason)

    def left_out(
        self, pairs: Collection[Pair], permitted: Collection[Pair], places: Mapping[int, int]
    ) -> Iterator[LeftOut]:
        rivalry = Rivalry(pairs, permitted, places)
        wooed, wooing = {one for one, _ in permitted}, {one for _, one in permitted}
        for id_ in sorted(self.mentors.keys() - {one for one, _ in pairs}):
            if id_ in wooed:
                yield rivalry.left_out(id_, Role.MENTOR)
            else:
                mentor = self.mentors[id_]
                broken = [self.broken(mentor, mentee) for mentee in self.mentees.values()]
                yield no_partner(id_, Role.MENTOR, broken)
        for id_ in sorted(self.mentees.keys() - {one for _, one in pairs}):
            if id_ in wooing:
                yield rivalry.left_out(id_, Role.MENTEE)
            else:
                mentee = self.mentees[id_]
                broken = [self.broken(mentor, mentee) for mentor in self.mentors.values()]
                yield no_partner(id_, Role.MENTEE, broken)


_P = TypeVar("_P", bound=Person)


def _by_id(people: Iterable[_P]) -> dict[int, _P]:
    """People in the order of their ids, whatever the order they came in."""
    known = sorted(people, key=lambda person: person.id)
    by_id = {person.id: person for person in known}
    if len(by_id) < len(known):
        raise ValueError("Two people on one side have the same id")
    return by_id
