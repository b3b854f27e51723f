"""The engine: an exact assignment with a price for everybody.

Hungarian method over the permitted pairs only: mentees enter one by one, each along a shortest
augmenting path under the prices (Dijkstra on reduced weights). A mentor is one node with several
places, so all places of a mentor have one price; staying without a partner is a move of weight 0.
All arithmetic is in integers. Replace this module by a faster one behind the same `solve`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import compress

from .objective import Objective, Pair

ALONE = -1


@dataclass(frozen=True)
class Prices:
    """Dual prices in points, of which `bonus` stands for having a partner at all.

    For every permitted pair the two prices together are at least bonus plus points, with equality
    for the pairs made. A person without a partner and a mentor with room left have the price 0.
    """

    bonus: int
    mentors: Mapping[int, int]
    mentees: Mapping[int, int]


@dataclass(frozen=True)
class Solution:
    """The pairs made, in the order of ids, and the prices that prove them best."""

    pairs: tuple[Pair, ...]
    prices: Prices


def solve(
    places: Mapping[int, int],
    mentees: Iterable[int],
    points: Mapping[Pair, int],
    seed: int,
) -> Solution:
    """Match as many mentees as possible, then for the highest total, then by the seeded draw.

    `places` are the mentees each mentor can take, `points` the worth (0 or more) of the permitted
    pairs. The answer depends on ids and numbers, never on the order of the input.
    """
    mentor_ids = sorted(places)
    mentee_ids = sorted(mentees)
    room = [max(places[one], 0) for one in mentor_ids]
    objective = Objective.of(points, min(sum(room), len(mentee_ids)), seed)
    column = {one: index for index, one in enumerate(mentor_ids)}
    row = {one: index for index, one in enumerate(mentee_ids)}
    weights: list[list[tuple[int, int]]] = [[] for _ in mentee_ids]
    for pair in sorted(points):
        weights[row[pair[1]]].append((column[pair[0]], objective.weight(pair, points[pair])))
    search = _Search(weights, room)
    for start in range(len(mentee_ids)):
        search.admit(start)
    held = ((mentor, mentee) for mentee, mentor in enumerate(search.partner) if mentor != ALONE)
    made = {(mentor_ids[mentor], mentee_ids[mentee]) for mentor, mentee in held}
    mentor_prices, mentee_prices = _in_points(search, objective, made, mentee_ids)
    return Solution(
        pairs=tuple(sorted(made)),
        prices=Prices(
            bonus=objective.bonus,
            mentors=dict(zip(mentor_ids, mentor_prices, strict=True)),
            mentees=dict(zip(mentee_ids, mentee_prices, strict=True)),
        ),
    )


class _Search:
    """The state of the method: who has whom, and at which prices."""

    def __init__(self, weights: list[list[tuple[int, int]]], room: list[int]) -> None:
        self.weights = weights
        self.room = room
        self.mentor_price = [0] * len(room)
        self.mentee_price = [0] * len(weights)
        self.partner = [ALONE] * len(weights)
        self.taken: list[set[int]] = [set() for _ in room]

    def admit(self, start: int) -> None:
        """Let one more mentee in and move partners so that the whole is best again."""
        self.mentee_price[start] = max(
            (weight - self.mentor_price[mentor] for mentor, weight in self.weights[start]),
            default=0,
        )
        if self.mentee_price[start] <= 0:
            self.mentee_price[start] = 0
            return
        _Path(self, start).follow()


class _Path:
    """One shortest augmenting path, from a new mentee to free room or to one who steps back."""

    def __init__(self, state: _Search, start: int) -> None:
        self.state = state
        self.start = start
        self.length = state.mentee_price[start]
        self.last_mentor = ALONE
        self.leaver = start
        self.nearest = [self.length] * len(state.room)
        self.came_from = [ALONE] * len(state.room)
        self.mentees = [(start, 0)]
        self.mentors: list[tuple[int, int]] = []
        self.queue: list[tuple[int, int]] = []

    def follow(self) -> None:
        """Find the path, adjust the prices along the tree, and hand the partners on."""
        self._look_from(self.start, 0)
        while self.queue and self.queue[0][0] < self.length:
            distance, mentor = heappop(self.queue)
            if distance > self.nearest[mentor]:
                continue
            self.mentors.append((mentor, distance))
            for mentee in sorted(self.state.taken[mentor]):
                self._reach(mentee, distance)
        self._adjust_prices()
        self._hand_on()

    def _reach(self, mentee: int, distance: int) -> None:
        self.mentees.append((mentee, distance))
        stepping_back = distance + self.state.mentee_price[mentee]
        if stepping_back < self.length:
            self.length, self.leaver, self.last_mentor = stepping_back, mentee, ALONE
        self._look_from(mentee, distance)

    def _look_from(self, mentee: int, distance: int) -> None:
        state, nearest, length = self.state, self.nearest, self.length
        price, taken, room = state.mentor_price, state.taken, state.room
        base = distance + state.mentee_price[mentee]
        for mentor, weight in state.weights[mentee]:
            there = base + price[mentor] - weight
            if there < length and there < nearest[mentor]:
                nearest[mentor] = there
                self.came_from[mentor] = mentee
                if len(taken[mentor]) < room[mentor]:
                    length, self.last_mentor = there, mentor
                else:
                    heappush(self.queue, (there, mentor))
        self.length = length

    def _adjust_prices(self) -> None:
        for mentee, distance in self.mentees:
            self.state.mentee_price[mentee] -= max(self.length - distance, 0)
        for mentor, distance in self.mentors:
            self.state.mentor_price[mentor] += max(self.length - distance, 0)

    def _hand_on(self) -> None:
        partner, taken = self.state.partner, self.state.taken
        mentor = self.last_mentor
        if mentor == ALONE:
            mentor = partner[self.leaver]
            partner[self.leaver] = ALONE
            if mentor != ALONE:
                taken[mentor].remove(self.leaver)
        while mentor != ALONE:
            mentee = self.came_from[mentor]
            before = partner[mentee]
            partner[mentee] = mentor
            taken[mentor].add(mentee)
            if before != ALONE:
                taken[before].remove(mentee)
            mentor = before


def _in_points(
    search: _Search, objective: Objective, made: set[Pair], mentee_ids: list[int]
) -> tuple[list[int], list[int]]:
    """Round the prices to whole points so that they still prove the answer.

    Shift both sides by the same part of a unit, then round mentees down and mentors up. Sums stay
    large enough for any shift; they stay equal on the pairs made if no rounding edge falls within
    a draw. The draws of all pairs made are shorter than a unit, so such a shift exists, and the
    end of some draw is one.
    """
    unit = objective.unit
    price_of = dict(zip(mentee_ids, search.mentee_price, strict=True))
    draws = [(price_of[pair[1]], objective.draw(pair)) for pair in made]
    shifts = [0, *((draw - price) % unit for price, draw in sorted(draws))]
    fits = (all((price + shift) % unit >= draw for price, draw in draws) for shift in shifts)
    shift = next(compress(shifts, fits))
    mentors = [-((shift - price) // unit) for price in search.mentor_price]
    mentees = [(price + shift) // unit for price in search.mentee_price]
    return mentors, mentees
