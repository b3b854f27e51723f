"""The points of one mentee with every mentor, counted anew for the proof.

This shares no code with the engine's numbers (`features`): whole-number columns per competence, topic or department are
read from the people, added up one mentee after another, and compared as they stand. Rules that depend on one value of
each person are looked up; the rest are left to `rules`, which has the last word on every pair that matters.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from .hours import shared_minutes
from .organisation import Organisation
from .people import Mentee, Mentor
from .policy import STYLE_SPAN, Policy
from .rules import capacity, consent, language, mode, training
from .utility import (
    Basis,
    differ,
    has_need,
    has_strength,
    interest_units,
    interests_of,
    lead_steps,
    need_units,
    own_level,
    queue_points,
    style_units,
    topic_units,
    willing,
    wish_points,
)

Column: TypeAlias = NDArray[np.int32]
Mask: TypeAlias = NDArray[np.bool_]

KEPT = 512
"""Columns that are kept at hand, of each sort."""
FEW = 200
"""Different values of the mentors up to which a rule is looked up here."""
NOBODY = Organisation.of(())


class Recount:
    """Mentors in the order of their levels, and the columns that mentees ask for."""

    def __init__(self, mentors: Sequence[Mentor], policy: Policy) -> None:
        self.mentors = sorted(mentors, key=lambda mentor: mentor.level)
        self.policy = policy
        self.levels = np.array([mentor.level for mentor in self.mentors], np.int64)
        self.place = {mentor.id: place for place, mentor in enumerate(self.mentors)}
        self.measured = self._flags(has_strength)
        self.wishing: dict[int, list[tuple[int, int]]] = {}
        for place, mentor in enumerate(self.mentors):
            for mentee in frozenset().union(*mentor.wishes):
                points = wish_points(mentor, mentee, policy.weights)
                self.wishing.setdefault(mentee, []).append((place, points))
        self._kinds = {
            name: self._sorted(kind)
            for name, kind in {
                "language": lambda m: m.languages,
                "meeting": lambda m: (m.mode, m.site),
                "hours": lambda m: (m.time_zone, m.windows),
            }.items()
        }
        self._column = lru_cache(KEPT)(self._make_column)
        self._mask = lru_cache(KEPT)(self._make_mask)

    def reach(self, mentee: Mentee) -> int:
        """How many of the first mentors are junior enough."""
        return int(np.searchsorted(self.levels, mentee.level - self.policy.min_level_gap, side="right"))

    def may(self, mentee: Mentee) -> Mask:
        """Which of the mentors within reach break none of the rules that are looked up here."""
        reach = self.reach(mentee)
        ones = (
            self._mask("language", mentee.languages)[:reach] & self._mask("meeting", (mentee.mode, mentee.site))[:reach]
        )
        if self.policy.min_shared_minutes > 0:
            ones &= self._mask("hours", (mentee.time_zone, mentee.windows))[:reach]
        return ones

    def points(self, mentee: Mentee) -> Column:
        """Points with each mentor within reach."""
        reach, weights = self.reach(mentee), self.policy.weights
        points = np.zeros(reach, np.int32)
        if has_need(mentee):
            if self.measured[:reach].all():
                self._add(points, self._by_scores(mentee))
            else:
                self._add(points, self._by_scores(mentee))
                points[~self.measured[:reach]] = 0
                self._add(points, self._by_topics(mentee), ~self.measured[:reach])
        else:
            self._add(points, self._by_topics(mentee))
        for question, units in style_units(mentee, weights).items():
            points += units * self._column("style", question, mentee.style[question])[:reach]
        for sort, value in (("department", mentee.department), ("site", mentee.site), ("queue", mentee.waited)):
            points += self._column(sort, value, None)[:reach]
        wishes = [(self.place[one], wish_points(mentee, one, weights)) for one in self._wished(mentee)]
        for place, more in (*wishes, *self.wishing.get(mentee.id, ())):
            if place < reach:
                points[place] += more
        return points

    def _wished(self, mentee: Mentee) -> frozenset[int]:
        return frozenset().union(*mentee.wishes) & self.place.keys()

    def _add(self, points: Column, parts: Sequence[tuple[int, Column]], where: Mask | None = None) -> None:
        for units, column in parts:
            more = units * column[: points.size]
            points += more if where is None else more * where

    def _by_scores(self, mentee: Mentee) -> Sequence[tuple[int, Column]]:
        weights = self.policy.weights
        return [
            (units, self._column("lead", code, own_level(mentee.own[code])))
            for code, units in need_units(mentee, weights).items()
            if code in mentee.own
        ] + [
            (units, self._column("interest or topic", one, None))
            for one, units in interest_units(mentee, Basis.SCORES, weights).items()
        ]

    def _by_topics(self, mentee: Mentee) -> Sequence[tuple[int, Column]]:
        weights = self.policy.weights
        return [
            (units, self._column("topic", topic, None)) for topic, units in topic_units(mentee, weights).items()
        ] + [
            (units, self._column("interest", one, None))
            for one, units in interest_units(mentee, Basis.TOPICS, weights).items()
        ]

    def _make_column(self, sort: str, value: Hashable, level: int | None) -> Column:
        weigh = _COLUMNS[sort](value, level or 0, self.policy)
        return np.array([weigh(mentor) for mentor in self.mentors], np.int32)

    def _make_mask(self, rule: str, value: Hashable) -> Mask:
        kinds, of = self._kinds[rule]
        if len(kinds) > FEW:
            return np.ones(len(self.mentors), bool)
        fits = np.array([_FITS[rule](mentor, value, self.policy) for mentor in kinds], bool)
        return fits[of] if kinds else np.zeros(0, bool)

    def _flags(self, is_so: Callable[[Mentor], bool]) -> Mask:
        return np.array([is_so(mentor) for mentor in self.mentors], bool)

    def _sorted(self, kind: Callable[[Mentor], Hashable]) -> tuple[Sequence[Mentor], NDArray[np.int64]]:
        """One mentor of each kind, and the kind of each mentor."""
        kinds: dict[Hashable, int] = {}
        first: list[Mentor] = []
        of = []
        for mentor in self.mentors:
            value = kind(mentor)
            if value not in kinds:
                kinds[value] = len(first)
                first.append(mentor)
            of.append(kinds[value])
        return first, np.array(of, np.int64)


def is_ready_mentor(mentor: Mentor, policy: Policy) -> bool:
    """Whether a mentor breaks no rule that concerns the mentor alone."""
    somebody = Mentee(id=0, level=0, trained=True, consent=True)
    return not any(breaks(mentor, somebody, NOBODY, policy) for breaks in (capacity, consent, training))


def is_ready_mentee(mentee: Mentee, policy: Policy) -> bool:
    """Whether a mentee breaks no rule that concerns the mentee alone."""
    somebody = Mentor(id=0, level=0, trained=True, consent=True)
    return not any(breaks(somebody, mentee, NOBODY, policy) for breaks in (consent, training))


Weigh: TypeAlias = Callable[[Mentor], int]


def _lead(code: str, level: int, _: Policy) -> Weigh:
    return lambda m: lead_steps(m.strength[code], level) if code in m.strength and willing(m, code) else 0


def _style(question: str, step: int, _: Policy) -> Weigh:
    return lambda m: STYLE_SPAN - abs(m.style[question] - step) if question in m.style else 0


_COLUMNS: Mapping[str, Callable[..., Weigh]] = {
    "lead": _lead,
    "topic": lambda topic, _, __: lambda m: int(topic in m.offered),
    "interest": lambda one, _, __: lambda m: int(one in m.interests),
    "interest or topic": lambda one, _, __: lambda m: int(one in interests_of(m, Basis.SCORES)),
    "style": _style,
    "department": lambda name, _, policy: lambda m: policy.weights.department * differ(m.department, name),
    "site": lambda name, _, policy: lambda m: policy.weights.site * differ(m.site, name),
    "queue": lambda waited, _, policy: lambda m: queue_points(m.waited + waited, policy),
}


def _languages_fit(mentor: Mentor, value: frozenset[str], policy: Policy) -> bool:
    return not language(mentor, Mentee(id=0, level=0, languages=value), NOBODY, policy)


def _meeting_fits(mentor: Mentor, value: tuple[str, str], policy: Policy) -> bool:
    return not mode(mentor, Mentee(id=0, level=0, mode=value[0], site=value[1]), NOBODY, policy)  # type: ignore[arg-type]


def _hours_fit(mentor: Mentor, value: tuple[str, tuple[tuple[int, int, int], ...]], policy: Policy) -> bool:
    mentee = Mentee(id=0, level=0, time_zone=value[0], windows=value[1])
    return shared_minutes(mentor, mentee, policy.dates) >= policy.min_shared_minutes


_FITS: Mapping[str, Callable[..., bool]] = {"language": _languages_fit, "meeting": _meeting_fits, "hours": _hours_fit}
