"""Pairs that a rule forbids by who the two people are: lines of reporting, past partners, vetoes and the like."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .forms import BARRED, Floats, Ints
from .organisation import Organisation
from .people import Mentee, Mentor, Person
from .policy import Policy

LARGE_TEAM = 10_000
"""Pairs under one manager from which on a column of the product stands for them, not a list."""


@dataclass(frozen=True)
class BarredPairs:
    """Forbidden pairs of two sides, as keys of a list and as columns of the product."""

    rows: Sequence[Mentee]
    cols: Sequence[Mentor]
    org: Organisation
    policy: Policy

    def keys(self) -> Ints:
        """Keys `row * columns + column` of the listed pairs; one that breaks two rules can stand there twice."""
        width = len(self.cols)
        return np.fromiter((row * width + col for row, col in self._pairs()), np.int64)

    def columns(self) -> tuple[Floats, Floats]:
        """A column for each manager whom many on both sides share."""
        large = [team for team in self._teams if len(team[0]) * len(team[1]) > LARGE_TEAM]
        rows = np.zeros((len(self.rows), len(large)), np.float32)
        cols = np.zeros((len(self.cols), len(large)), np.float32)
        for place, (juniors, seniors) in enumerate(large):
            cols[juniors, place] = -BARRED
            rows[seniors, place] = 1
        return rows, cols

    def _pairs(self) -> Iterator[tuple[int, int]]:
        for row, mentee in enumerate(self.rows):
            for col in self._refused(mentee, self._cols_by_id, self._cols_by_alias, self._cols_by_name):
                yield row, col
        for col, mentor in enumerate(self.cols):
            for row in self._refused(mentor, self._rows_by_id, self._rows_by_alias, self._rows_by_name):
                yield row, col
        for juniors, seniors in self._teams:
            if len(juniors) * len(seniors) <= LARGE_TEAM:
                for row in seniors:
                    for col in juniors:
                        yield row, col

    def _refused(
        self,
        person: Person,
        by_id: Mapping[int, Sequence[int]],
        by_alias: Mapping[str, Sequence[int]],
        by_name: Mapping[str, Sequence[int]],
    ) -> Iterator[int]:
        """Places on the other side that this person may not be paired with."""
        for id_ in (person.id, *person.past, *person.avoid, *person.conflicts):
            yield from by_id.get(id_, ())
        for alias in person.vetoes:
            yield from by_alias.get(alias, ())
        for name in (self.org.name(person), *self.org.above(person, self.policy.line_levels)):
            yield from by_name.get(name, ())

    @cached_property
    def _teams(self) -> Sequence[tuple[Sequence[int], Sequence[int]]]:
        """Places of mentors and of mentees under each manager who has both."""
        juniors, seniors = self._under(self.cols), self._under(self.rows)
        return [(juniors[name], seniors[name]) for name in juniors if name in seniors]

    def _under(self, people: Iterable[Person]) -> Mapping[str, Sequence[int]]:
        places: dict[str, list[int]] = defaultdict(list)
        for place, person in enumerate(people):
            for name in self.org.above(person, self.policy.manager_levels):
                places[name].append(place)
        return places

    @cached_property
    def _rows_by_id(self) -> Mapping[int, Sequence[int]]:
        return {person.id: (place,) for place, person in enumerate(self.rows)}

    @cached_property
    def _cols_by_id(self) -> Mapping[int, Sequence[int]]:
        return {person.id: (place,) for place, person in enumerate(self.cols)}

    @cached_property
    def _rows_by_alias(self) -> Mapping[str, Sequence[int]]:
        return _by_alias(self.rows)

    @cached_property
    def _cols_by_alias(self) -> Mapping[str, Sequence[int]]:
        return _by_alias(self.cols)

    @cached_property
    def _rows_by_name(self) -> Mapping[str, Sequence[int]]:
        return self._by_name(self.rows)

    @cached_property
    def _cols_by_name(self) -> Mapping[str, Sequence[int]]:
        return self._by_name(self.cols)

    def _by_name(self, people: Iterable[Person]) -> Mapping[str, Sequence[int]]:
        places: dict[str, list[int]] = defaultdict(list)
        for place, person in enumerate(people):
            places[self.org.name(person)].append(place)
        return places


def _by_alias(people: Iterable[Person]) -> Mapping[str, Sequence[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, person in enumerate(people):
        for alias in person.aliases:
            places[alias].append(place)
    return places
