"""Check an answer without trusting the engine that gave it.

From the people, a score (the points of a permitted pair, else None), the pairs and the prices this
recomputes everything on another path: no draw, no scale, no search. If nothing is wrong then, by
linear programming duality, no other set of pairs has a larger sum of bonus plus points than the
prices together, and these pairs reach it. The bonus exceeds all the points that any set of pairs
can hold, so a set with one more pair would have a larger sum: nobody more could be matched either.
The seeded draw among equal answers is a choice, not a claim, and is not proved.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from .assignment import Prices
from .objective import Pair, smallest_bonus
from .people import Mentee, Mentor

Score: TypeAlias = Callable[[Mentor, Mentee], int | None]


class Flaw(StrEnum):
    """Stable codes of what can be wrong with a claimed answer."""

    UNKNOWN_PERSON = "unknown_person"
    FORBIDDEN_PAIR = "forbidden_pair"
    MENTEE_TWICE = "mentee_twice"
    OVER_CAPACITY = "over_capacity"
    PRICE_MISSING = "price_missing"
    PRICE_UNKNOWN = "price_unknown"
    PRICE_NEGATIVE = "price_negative"
    BONUS_TOO_SMALL = "bonus_too_small"
    PRICES_BEATEN = "prices_beaten"
    TOTAL_OFF_BOUND = "total_off_bound"


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
    score: Score,
    pairs: Sequence[Pair],
    prices: Prices,
) -> list[Violation]:
    """Everything that keeps the pairs from being proved best; empty means proved."""
    places = {mentor.id: max(mentor.capacity, 0) for mentor in mentors}
    points = {
        (mentor.id, mentee.id): worth
        for mentor in mentors
        for mentee in mentees
        if (worth := score(mentor, mentee)) is not None
    }
    known = {mentee.id for mentee in mentees}
    most_pairs = min(sum(places.values()), len(known))
    return [
        *_pair_violations(pairs, places, known, points),
        *_price_violations(prices, places, known),
        *_bonus_violations(prices.bonus, points, most_pairs),
        *_beaten(prices, points),
        *_bound_violations(prices, places, pairs, points),
    ]


def bound(prices: Prices, places: Mapping[int, int]) -> int:
    """The sum of bonus plus points that no set of pairs can exceed at these prices."""
    mentor_side = sum(places.get(one, 0) * price for one, price in prices.mentors.items())
    return mentor_side + sum(prices.mentees.values())


def _pair_violations(
    pairs: Sequence[Pair], places: Mapping[int, int], known: set[int], points: Mapping[Pair, int]
) -> Iterable[Violation]:
    for mentor, mentee in pairs:
        if mentor not in places or mentee not in known:
            yield Violation(Flaw.UNKNOWN_PERSON, mentor, mentee)
        elif (mentor, mentee) not in points:
            yield Violation(Flaw.FORBIDDEN_PAIR, mentor, mentee)
    for mentee, times in Counter(mentee for _, mentee in pairs).items():
        if times > 1:
            yield Violation(Flaw.MENTEE_TWICE, mentee=mentee, amount=times)
    for mentor, times in Counter(mentor for mentor, _ in pairs).items():
        if times > places.get(mentor, 0):
            yield Violation(Flaw.OVER_CAPACITY, mentor, amount=times)


def _price_violations(
    prices: Prices,
    places: Mapping[int, int],
    known: set[int],
) -> Iterable[Violation]:
    for one in places.keys() ^ prices.mentors.keys():
        yield Violation(Flaw.PRICE_MISSING if one in places else Flaw.PRICE_UNKNOWN, mentor=one)
    for one in known ^ prices.mentees.keys():
        yield Violation(Flaw.PRICE_MISSING if one in known else Flaw.PRICE_UNKNOWN, mentee=one)
    for one, price in prices.mentors.items():
        if price < 0:
            yield Violation(Flaw.PRICE_NEGATIVE, mentor=one, amount=price)
    for one, price in prices.mentees.items():
        if price < 0:
            yield Violation(Flaw.PRICE_NEGATIVE, mentee=one, amount=price)


def _bonus_violations(
    bonus: int,
    points: Mapping[Pair, int],
    most_pairs: int,
) -> Iterable[Violation]:
    least = smallest_bonus(max(points.values(), default=0), most_pairs)
    if bonus < least or min(points.values(), default=0) < 0:
        yield Violation(Flaw.BONUS_TOO_SMALL, amount=least - bonus)


def _beaten(prices: Prices, points: Mapping[Pair, int]) -> Iterable[Violation]:
    for (mentor, mentee), worth in points.items():
        price = prices.mentors.get(mentor, 0) + prices.mentees.get(mentee, 0)
        if prices.bonus + worth > price:
            yield Violation(Flaw.PRICES_BEATEN, mentor, mentee, amount=prices.bonus + worth - price)


def _bound_violations(
    prices: Prices, places: Mapping[int, int], pairs: Sequence[Pair], points: Mapping[Pair, int]
) -> Iterable[Violation]:
    reached = sum(prices.bonus + points.get(pair, 0) for pair in pairs)
    above = bound(prices, places) - reached
    if above:
        yield Violation(Flaw.TOTAL_OFF_BOUND, amount=above)
