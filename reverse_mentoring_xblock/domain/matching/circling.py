"""Where circles would serve more people: one mentor with three to six mentees who want the same scarce topic.

A circle takes in people who would wait, beside the mentees whom its mentor has in the round anyway. Who joins is chosen
one circle after another, so there may be a better choice: the numbers are reached, and are not the most possible.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from .engine import Round
from .pool import ALONE
from .supply import Topic, offered_by, wanted_by

LEAST, MOST = 3, 6
"""Mentees in a circle."""


@dataclass(frozen=True)
class Circles:
    """So many circles on one topic would serve so many people more."""

    topic: str
    circles: int
    more: int


def circles_of(round_: Round, topics: Iterable[Topic], *, by_measure: bool) -> tuple[Circles, ...]:
    """Circles on the scarce ones of some topics. Nobody is counted twice."""
    table = _Table(round_, by_measure)
    found = []
    for topic in topics:
        if topic.is_scarce and topic.places:
            taken = list(table.circles(topic.code))
            if taken:
                found.append(Circles(topic.code, len(taken), sum(taken)))
    return tuple(found)


class _Table:
    """Who waits, who could lead a circle, and whom each of those may meet."""

    def __init__(self, round_: Round, by_measure: bool) -> None:
        self.cohort, partner = round_.cohort, round_.answer.partner
        self.waiting = set(np.flatnonzero(partner == ALONE).tolist())
        self.wants = [wanted_by(mentee, by_measure=by_measure) for mentee in self.cohort.mentees]
        self.offers = [offered_by(mentor, by_measure=by_measure) for mentor in self.cohort.mentors]
        self.held: dict[int, list[int]] = {col: [] for col in range(len(self.cohort.mentors))}
        for row in np.flatnonzero(partner != ALONE).tolist():
            self.held[int(partner[row])].append(row)
        self.leads: set[int] = set()

    def circles(self, topic: str) -> Iterator[int]:
        """Make circles on a topic as long as somebody gains; how many each takes in."""
        reach = self._reach(topic)
        while reach:
            col = max(reach, key=lambda one: (min(len(reach[one]), self._room(one)), len(reach[one]), -one))
            joining = sorted(reach[col], key=lambda row: (sum(row in rows for rows in reach.values()), row))
            joining = joining[: self._room(col)]
            if not joining or len(joining) + len(self.held[col]) < LEAST:
                return
            self.leads.add(col)
            self.waiting -= set(joining)
            yield len(joining)
            reach = {one: rows - set(joining) for one, rows in reach.items() if one != col}

    def _reach(self, topic: str) -> dict[int, set[int]]:
        """Mentors who could lead, to those who wait for the topic and may meet them."""
        rows = np.array(sorted(row for row in self.waiting if topic in self.wants[row]), np.int64)
        cols = np.array([col for col in self.held if self._may_lead(col, topic)], np.int64)
        if not rows.size or not cols.size:
            return {}
        may = self.cohort.forms.table(rows, cols) >= 0
        return {int(col): set(rows[may[:, place]].tolist()) for place, col in enumerate(cols)}

    def _may_lead(self, col: int, topic: str) -> bool:
        own = self.held[col]
        return topic in self.offers[col] and col not in self.leads and all(topic in self.wants[row] for row in own)

    def _room(self, col: int) -> int:
        return max(MOST - len(self.held[col]), 0)
