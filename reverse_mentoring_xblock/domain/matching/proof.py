"""Check an answer without trusting the engine that gave it.

From the people, the policy, the pairs and the prices this works everything out on another path (`recount`, `rules`,
`utility`): no product of matrices, no search, no draw. Three things together prove an answer:

- Every set of k pairs, whose mentees have waited w rounds as far as these count, has at most `sum of all prices -
  k x bonus - w x first` points, because the two prices of every permitted pair are at least the mentee's bonus plus
  points, and no price is below 0 (linear programming duality).
- The answer has exactly so many points for its number of pairs and rounds.
- No set has more pairs: all permitted partners of some mentees are some mentors, and the other mentees and the places
  of those mentors together are just as many as the pairs made (`Witness`). Where waiting people come first, the same is
  shown of the mentees who have waited any number of rounds or more. So every set that matches as many of each has as
  many rounds, and none is better.

The draw among equal answers is a choice, not a claim, and is not proved.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from .organisation import Organisation
from .people import Mentee, Mentor, Person
from .policy import TOP_POINTS, Policy
from .prices import Pair, Prices, Witness
from .recount import Column, Recount, alike, is_ready_mentee, is_ready_mentor
from .rules import broken_rules
from .utility import turn_of, utility

SHORT = 2**15 - 1
MOST_TOLD = 100
"""Violations of one sort that are told; one is enough to refuse an answer."""


class Flaw(StrEnum):
    """Stable codes of what can be wrong with a claimed answer."""

    UNKNOWN_PERSON = "unknown_person"
    FORBIDDEN_PAIR = "forbidden_pair"
    MENTEE_TWICE = "mentee_twice"
    OVER_CAPACITY = "over_capacity"
    PRICE_MISSING = "price_missing"
    PRICE_UNKNOWN = "price_unknown"
    PRICE_NEGATIVE = "price_negative"
    PRICES_BEATEN = "prices_beaten"
    TOTAL_OFF_BOUND = "total_off_bound"
    WITNESS_REFUTED = "witness_refuted"
    MORE_POSSIBLE = "more_possible"
    WAITING_REFUTED = "waiting_refuted"
    MORE_WAITING = "more_waiting"
    FIXED_MISSING = "fixed_missing"


@dataclass(frozen=True)
class Violation:
    """One thing that is wrong, with the people and the number it concerns."""

    flaw: Flaw
    mentor: int | None = None
    mentee: int | None = None
    amount: int = 0


def violations(
    mentors: Sequence[Mentor],
    mentees: Sequence[Mentee],
    policy: Policy,
    pairs: Sequence[Pair],
    prices: Prices,
    others: Iterable[Person] = (),
    floor: int = 0,
) -> list[Violation]:
    """Everything that keeps the pairs from being proved best; empty means proved.

    Args:
        others: people who take no part, through whom lines of reporting run.
        floor: points below which no pair was permitted.
    """
    check = _Check(mentors, mentees, policy, Organisation.of([*mentors, *mentees, *others]), pairs, prices, floor)
    parts = (
        check.pairs_made(),
        check.prices_given(),
        check.bound_reached(),
        check.number(),
        check.waiting(),
        check.all_pairs(),
    )
    return [violation for part in parts for violation in islice(part, MOST_TOLD)]


def bound(prices: Prices, places: Mapping[int, int], matched: int, waited: int) -> int:
    """The points that no set of so many pairs, whose mentees have waited so many rounds, can exceed at these prices."""
    mentor_side = sum(places.get(one, 0) * price for one, price in prices.mentors.items())
    return mentor_side + sum(prices.mentees.values()) - matched * prices.bonus - waited * prices.first


class _Check:
    def __init__(
        self,
        mentors: Sequence[Mentor],
        mentees: Sequence[Mentee],
        policy: Policy,
        org: Organisation,
        pairs: Sequence[Pair],
        prices: Prices,
        floor: int,
    ) -> None:
        self.mentors = {mentor.id: mentor for mentor in mentors}
        self.mentees = {mentee.id: mentee for mentee in mentees}
        self.places = {mentor.id: max(mentor.capacity, 0) for mentor in mentors}
        self.turns = {mentee.id: turn_of(mentee, policy) for mentee in mentees}
        """By how many rounds of waiting each mentee comes before others."""
        self.policy, self.org, self.pairs, self.prices, self.floor = policy, org, pairs, prices, floor
        self._points: dict[Pair, int | None] = {}

    def points(self, mentor: int, mentee: int) -> int | None:
        """Points of a permitted pair, by the rules one by one; None for any other."""
        if (mentor, mentee) not in self._points:
            self._points[mentor, mentee] = self._judged(mentor, mentee)
        return self._points[mentor, mentee]

    def _judged(self, mentor: int, mentee: int) -> int | None:
        one, other = self.mentors[mentor], self.mentees[mentee]
        if broken_rules(one, other, self.org, self.policy):
            return None
        points = utility(one, other, self.policy).total
        return points if points >= self.floor else None

    def pairs_made(self) -> Iterator[Violation]:
        for mentor, mentee in self.pairs:
            if mentor not in self.mentors or mentee not in self.mentees:
                yield Violation(Flaw.UNKNOWN_PERSON, mentor, mentee)
            elif self.points(mentor, mentee) is None:
                yield Violation(Flaw.FORBIDDEN_PAIR, mentor, mentee)
        for mentee, times in Counter(mentee for _, mentee in self.pairs).items():
            if times > 1:
                yield Violation(Flaw.MENTEE_TWICE, mentee=mentee, amount=times)
        for mentor, times in Counter(mentor for mentor, _ in self.pairs).items():
            if times > self.places.get(mentor, 0):
                yield Violation(Flaw.OVER_CAPACITY, mentor, amount=times)

    def prices_given(self) -> Iterator[Violation]:
        for one in sorted(self.mentors.keys() ^ self.prices.mentors.keys()):
            yield Violation(Flaw.PRICE_MISSING if one in self.mentors else Flaw.PRICE_UNKNOWN, mentor=one)
        for one in sorted(self.mentees.keys() ^ self.prices.mentees.keys()):
            yield Violation(Flaw.PRICE_MISSING if one in self.mentees else Flaw.PRICE_UNKNOWN, mentee=one)
        for one, price in self.prices.mentors.items():
            if price < 0:
                yield Violation(Flaw.PRICE_NEGATIVE, mentor=one, amount=price)
        for one, price in self.prices.mentees.items():
            if price < 0:
                yield Violation(Flaw.PRICE_NEGATIVE, mentee=one, amount=price)

    def bound_reached(self) -> Iterator[Violation]:
        known = [pair for pair in self.pairs if pair[0] in self.mentors and pair[1] in self.mentees]
        total = sum(self.points(*pair) or 0 for pair in known)
        waited = sum(self.turns[mentee] for _, mentee in known)
        above = bound(self.prices, self.places, len(self.pairs), waited) - total
        if above:
            yield Violation(Flaw.TOTAL_OFF_BOUND, amount=above)

    def number(self) -> Iterator[Violation]:
        most = self._most(self.prices.witness, self.mentees.keys())
        if most != len(self.pairs):
            yield Violation(Flaw.MORE_POSSIBLE, amount=most - len(self.pairs))

    def waiting(self) -> Iterator[Violation]:
        """For each turn above 0 whether as many as possible of those with it or a higher one are matched."""
        for turn in sorted(set(self.turns.values()) - {0}):
            some = {id_ for id_, own in self.turns.items() if own >= turn}
            matched = sum(mentee in some for _, mentee in self.pairs)
            most = self._most(self.prices.waiting.get(turn, Witness()), some)
            if most != matched:
                yield Violation(Flaw.MORE_WAITING, amount=most - matched)

    def _most(self, witness: Witness, mentees: Set[int]) -> int:
        """How many of some mentees can be matched at most, if the witness is right."""
        return len(mentees - set(witness.mentees)) + sum(self.places.get(one, 0) for one in set(witness.mentors))

    def all_pairs(self) -> Iterator[Violation]:
        """Every permitted pair against its prices and against the witnesses."""
        ready = [mentor for mentor in self.mentors.values() if is_ready_mentor(mentor, self.policy)]
        count, prices = Recount(ready, self.policy), self.prices
        ids = [mentor.id for mentor in count.mentors]
        price = np.array([prices.mentors.get(id_, 0) for id_ in ids], np.int64)
        low = np.clip(price, -SHORT, SHORT).astype(np.int16)
        witnesses = [
            (flaw, set(one.mentees), np.isin(np.array(ids, np.int64), np.array(one.mentors, np.int64)))
            for flaw, one in self._witnesses()
        ]
        for mentee in sorted(self.mentees.values(), key=alike):
            if is_ready_mentee(mentee, self.policy):
                may, points = count.may(mentee), count.points(mentee)
                if self.floor:
                    may &= points >= self.floor
                id_ = mentee.id
                for place in np.flatnonzero(may & _above(points, price[: may.size], low[: may.size], self._gain(id_))):
                    yield from self._beaten(ids[place], id_)
                for flaw, short, full in witnesses:
                    if id_ in short:
                        for place in np.flatnonzero(may & ~full[: may.size]):
                            if self.points(ids[place], id_) is not None:
                                yield Violation(flaw, ids[place], id_)

    def _witnesses(self) -> Iterator[tuple[Flaw, Witness]]:
        yield Flaw.WITNESS_REFUTED, self.prices.witness
        for turn in set(self.turns.values()) - {0}:
            if turn in self.prices.waiting:
                yield Flaw.WAITING_REFUTED, self.prices.waiting[turn]

    def _gain(self, mentee: int) -> int:
        """What is left of the mentee's own bonus when the mentee's price is paid."""
        bonus = self.prices.bonus + self.prices.first * self.turns[mentee]
        return bonus - self.prices.mentees.get(mentee, 0)

    def _beaten(self, mentor: int, mentee: int) -> Iterator[Violation]:
        points = self.points(mentor, mentee)
        if points is not None:
            above = points + self._gain(mentee) - self.prices.mentors.get(mentor, 0)
            if above > 0:
                yield Violation(Flaw.PRICES_BEATEN, mentor, mentee, amount=above)


def _above(points: Column, price: NDArray[np.int64], short: Column, gain: int) -> NDArray[np.bool_]:
    """Where points and gain together exceed a price; `short` is the price in 16 bits, as far as it fits."""
    if -SHORT < gain <= SHORT - TOP_POINTS:
        # A price beyond 16 bits is not exceeded in any case.
        return points + np.int16(gain) > short
    return points + np.int64(gain) > price
