"""Propose the pairs of one round: rules, points, assignment, proof and reasons, in that order."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from .draws import pair_draws
from .features import Cohort
from .forms import Ints
from .leaving_out import LeavingOut
from .lifting import search_lifted
from .organisation import Organisation
from .people import Mentee, Mentor, Person
from .policy import Policy
from .pool import ALONE
from .prices import Pair, Prices, Witness
from .proof import Violation, bound, violations
from .reasons import LeftOut, NextBest, Reason, pair_reason
from .search import Answer, Draws, search
from .utility import Utility, turn_of, utility

Progress = Callable[[str, int | None, float], bool]
"""Told the phase, the points that no answer can exceed as far as known, and the share of the phase that is done; False
stops the search. The phases are candidates, repair, scan, proof and reasons; repair and scan come in turns."""


@dataclass(frozen=True)
class Match:
    """One pair, what it is worth and why it fits."""

    mentor: int
    mentee: int
    utility: Utility
    reason: Reason
    next_best: NextBest | None = None
    """None where no other mentor comes near the prices (`pricing.NEAR`)."""


@dataclass(frozen=True)
class Limit:
    """How long a search may take, by a clock that the caller brings."""

    seconds: float
    clock: Callable[[], float]


@dataclass(frozen=True)
class Solution:
    """The pairs of one round and what proves them, without words."""

    pairs: tuple[Pair, ...]
    total: int
    bound: int
    """Points that no set of as many pairs, of whom as many come first (`Policy.waiting_first`), can exceed; equal to
    the total when certified."""
    certified: bool
    """Nobody more could be matched, nor of those who come first, and no other such choice has more points."""
    violations: tuple[Violation, ...]
    prices: Prices
    seed: int
    floor: int
    """Points below which no pair was permitted, to lift the worst (`Policy.lift_permille`); 0 for none."""


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
    """Points that no set of as many pairs, of whom as many come first (`Policy.waiting_first`), can exceed; equal to
    the total when certified."""
    certified: bool
    """Nobody more could be matched, nor of those who come first, and no other such choice has more points."""
    violations: tuple[Violation, ...]
    prices: Prices
    seed: int
    floor: int = 0
    """Points below which no pair was permitted, to lift the worst; 0 for none."""
    fixed: tuple[Pair, ...] = ()
    """Pairs among them that were made by hand (`overrides`); prices and certificate are those of the rest."""


def propose(
    mentors: Iterable[Mentor],
    mentees: Iterable[Mentee],
    policy: Policy,
    seed: int,
    others: Iterable[Person] = (),
    *,
    limit: Limit | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Match as many people as possible, then as well as possible, and say why.

    `others` take no part but are known, so that lines of reporting through them count. When the limit is reached or
    `progress` returns False, the answer is the best so far with a bound, and not certified.

    Raises:
        ValueError: two people on one side have the same id.
    """
    return outcome_of(Round(mentors, mentees, policy, seed, others), limit, progress)


def outcome_of(round_: "Round", limit: Limit | None = None, progress: Progress | None = None) -> Outcome:
    """Solve a round and say why."""
    solution = round_.solve(limit, progress)
    if progress:
        progress("reasons", None, 0.0)
    return Outcome(
        pairs=tuple(round_.matches(solution)),
        left_out=round_.left_out(),
        matched=len(solution.pairs),
        total=solution.total,
        bound=solution.bound,
        certified=solution.certified,
        violations=solution.violations,
        prices=solution.prices,
        seed=solution.seed,
        floor=solution.floor,
    )


class Round:
    """One cohort under one policy: solve it, then ask for words as far as they are needed."""

    def __init__(
        self,
        mentors: Iterable[Mentor],
        mentees: Iterable[Mentee],
        policy: Policy,
        seed: int,
        others: Iterable[Person] = (),
    ) -> None:
        self.mentors, self.mentees = _by_id(mentors), _by_id(mentees)
        self.others = tuple(others)
        self.policy, self.seed = policy, seed
        self.org = Organisation.of([*self.mentors, *self.mentees, *self.others])
        self.cohort = Cohort.of(self.mentors, self.mentees, self.org, policy, seed)
        self.answer: Answer

    def solve(self, limit: Limit | None = None, progress: Progress | None = None) -> Solution:
        """Search, and check what was found (`proof`)."""
        watch = _watch(limit, progress)
        forms, permille = self.cohort.forms, self.policy.lift_permille
        draws = self._draws()
        self.answer = search_lifted(forms, draws, watch, permille) if permille else search(forms, draws, watch)
        watch("proof", None, 0.0)
        pairs, prices = self._pairs(), self._prices()
        rows = np.flatnonzero(self.answer.partner != ALONE)
        total = int(forms.points(rows, self.answer.partner[rows]).sum())
        flaws = violations(self.mentors, self.mentees, self.policy, pairs, prices, self.others, self.answer.floor)
        places = {mentor.id: max(mentor.capacity, 0) for mentor in self.mentors}
        waited = int(forms.turns[rows].sum())
        most = bound(prices, places, len(pairs), waited)
        return Solution(
            pairs=pairs,
            total=total,
            bound=most,
            certified=not flaws and total == most,
            violations=tuple(flaws),
            prices=prices,
            seed=self.seed,
            floor=self.answer.floor,
        )

    def matches(self, solution: Solution) -> Iterator[Match]:
        """Each pair with its reason and the next best."""
        mentors = {mentor.id: mentor for mentor in self.mentors}
        mentees = {mentee.id: mentee for mentee in self.mentees}
        next_best = self._next_best()
        for one, other in solution.pairs:
            mentor, mentee = mentors[one], mentees[other]
            worth = utility(mentor, mentee, self.policy)
            yield Match(one, other, worth, pair_reason(mentor, mentee, worth), next_best.get(other))

    def left_out(self) -> tuple[LeftOut, ...]:
        """Everybody without a partner, and why."""
        return LeavingOut(self.mentors, self.mentees, self.org, self.policy, self.cohort, self.answer).everybody()

    def _draws(self) -> Draws:
        mentors, mentees = self.cohort.mentor_draws, self.cohort.mentee_draws
        return lambda rows, cols: pair_draws(mentors[cols], mentees[rows])

    def _pairs(self) -> tuple[Pair, ...]:
        partner = self.answer.partner.tolist()
        ids = [mentor.id for mentor in self.cohort.mentors]
        mentees = self.cohort.mentees
        return tuple(sorted((ids[col], mentees[row].id) for row, col in enumerate(partner) if col != ALONE))

    def _prices(self) -> Prices:
        """Prices of everybody: 0 for those who cannot be matched at all."""
        answer, cohort = self.answer, self.cohort
        mentors = dict.fromkeys((mentor.id for mentor in self.mentors), 0)
        mentees = dict.fromkeys((mentee.id for mentee in self.mentees), 0)
        mentors.update(zip((mentor.id for mentor in cohort.mentors), answer.col_price.tolist(), strict=True))
        mentees.update(zip((mentee.id for mentee in cohort.mentees), answer.row_price.tolist(), strict=True))
        ready = {mentee.id for mentee in cohort.mentees}
        unready = {mentee.id: turn_of(mentee, self.policy) for mentee in self.mentees if mentee.id not in ready}
        turns = {0, *unready.values(), *answer.witnesses}
        witnesses = {turn: self._witness(turn, unready) for turn in sorted(turns)}
        return Prices(answer.bonus, mentors, mentees, witnesses.pop(0), answer.first, witnesses)

    def _witness(self, turn: int, unready: Mapping[int, int]) -> Witness:
        """Why nobody more with this turn or a higher one can be matched, of the ready and the others."""
        mentees = [id_ for id_, own in unready.items() if own >= turn]
        reached = self.answer.witnesses.get(turn)
        if reached is None:
            return Witness(tuple(sorted(mentees)))
        mentees += [self.cohort.mentees[row].id for row in np.flatnonzero(reached.rows).tolist()]
        mentors = [self.cohort.mentors[col].id for col in np.flatnonzero(reached.cols).tolist()]
        return Witness(tuple(sorted(mentees)), tuple(sorted(mentors)))

    def _next_best(self) -> dict[int, NextBest]:
        """For each matched mentee the other pair that falls least short of its prices."""
        answer, cohort = self.answer, self.cohort
        pool = answer.pool
        slack = answer.row_price[pool.row] + answer.col_price[pool.col] - pool.worth
        other = np.flatnonzero((answer.partner[pool.row] != pool.col) & (slack >= 0))
        first = _first_of_each(pool.row[other], slack[other], pool.col[other])
        edges = other[first]
        points = pool.worth[edges] - cohort.forms.bonus(answer.bonus, answer.first)[pool.row[edges]]
        return {
            cohort.mentees[row].id: NextBest(cohort.mentors[col].id, worth, cost)
            for row, col, worth, cost in zip(
                pool.row[edges].tolist(), pool.col[edges].tolist(), points.tolist(), slack[edges].tolist(), strict=True
            )
        }


def _first_of_each(group: Ints, *keys: Ints) -> Ints:
    """The place of the smallest keys within each group."""
    order = np.lexsort((*reversed(keys), group))
    _, first = np.unique(group[order], return_index=True)
    return order[first]


def _watch(limit: Limit | None, progress: Progress | None) -> Progress:
    began = limit.clock() if limit else 0.0

    def watch(phase: str, so_far: int | None, share: float) -> bool:
        in_time = limit is None or limit.clock() - began < limit.seconds
        return in_time and (progress is None or progress(phase, so_far, share))

    return watch


_P = TypeVar("_P", bound=Person)


def _by_id(people: Iterable[_P]) -> Sequence[_P]:
    """People in the order of their ids, whatever the order they came in."""
    known = sorted(people, key=lambda person: person.id)
    if len({person.id for person in known}) < len(known):
        raise ValueError("Two people on one side have the same id")
    return known
