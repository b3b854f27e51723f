"""The points of one mentee with every mentor, counted anew for the proof.

This shares no code with the engine's numbers (`features`): whole-number columns per competence, topic or department are
read from the people, added up one mentee after another, and compared as they stand. Rules that depend on one value of
each person are looked up; the rest are left to `rules`, which has the last word on every pair that matters.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .organisation import Organisation
from .people import Mentee, Mentor, Mode
from .policy import STYLE_SPAN, Policy
from .rules import capacity, consent, hours, language, mode, training
from .utility import (
    differ,
    has_need,
    has_strength,
    interest_steps,
    interest_units,
    lead_steps,
    need_units,
    own_level,
    queue_points,
    style_units,
    topic_units,
    willing,
    wish_points,
)

Column: TypeAlias = NDArray[np.int16]
Mask: TypeAlias = NDArray[np.bool_]
Kind: TypeAlias = Hashable

KEPT = 512
"""Columns that are kept at hand, of each sort."""
FEW = 200
"""Different values of the mentors up to which a rule is looked up here."""
NOBODY = Organisation.of(())


class Recount:
    """Mentors in the order of their levels, and the columns that mentees ask for.

    A column is worked out once for each different value among the mentors. Points stay within `TOP_POINTS`, so that 16
    bits hold every sum.
    """

    def __init__(self, mentors: Sequence[Mentor], policy: Policy) -> None:
        self.mentors = sorted(mentors, key=lambda mentor: mentor.level)
        self.policy = policy
        self.levels = np.array([mentor.level for mentor in self.mentors], np.int64)
        self.place = {mentor.id: place for place, mentor in enumerate(self.mentors)}
        self.measured = np.array([has_strength(mentor) for mentor in self.mentors], bool)
        self.wishing: dict[int, list[tuple[int, int]]] = {}
        self.strengths: dict[str, list[tuple[int, float]]] = {}
        for place, mentor in enumerate(self.mentors):
            for code, strength in mentor.strength.items():
                if willing(mentor, code):
                    self.strengths.setdefault(code, []).append((place, strength))
            for mentee in frozenset().union(*mentor.wishes):
                points = wish_points(mentor, mentee, policy.weights)
                self.wishing.setdefault(mentee, []).append((place, points))
        self._column = lru_cache(KEPT)(self._make_column)
        self._lead = lru_cache(KEPT)(self._make_lead)
        self._mask = lru_cache(KEPT)(self._make_mask)
        self._kinds = lru_cache(KEPT)(self._sort)
        self._base = lru_cache(1)(self._make_base)

    def reach(self, mentee: Mentee) -> int:
        """How many of the first mentors are junior enough."""
        return int(np.searchsorted(self.levels, mentee.level - self.policy.min_level_gap, side="right"))

    def may(self, mentee: Mentee) -> Mask:
        """Which of the mentors within reach break none of the rules that are looked up here."""
        reach = self.reach(mentee)
        ones = self._mask("language", mentee.languages)[:reach].copy()
        ones &= self._mask("meeting", (mentee.mode, mentee.site))[:reach]
        if self.policy.min_shared_minutes > 0:
            ones &= self._mask("hours", (mentee.time_zone, mentee.windows))[:reach]
        return ones

    def points(self, mentee: Mentee) -> Column:
        """Points with each mentor within reach."""
        reach, weights = self.reach(mentee), self.policy.weights
        points = self._base(mentee.department, mentee.site, mentee.waited)[:reach].copy()
        unmeasured = ~self.measured[:reach]
        if has_need(mentee) and not unmeasured.any():
            self._add(points, self._by_scores(mentee))
        elif has_need(mentee):
            self._add(points, self._by_scores(mentee), ~unmeasured)
            self._add(points, self._by_topics(mentee), unmeasured)
        else:
            self._add(points, self._by_topics(mentee))
        self._add(points, self._by_interests(mentee))
        for question, units in style_units(mentee, weights).items():
            points += units * self._column("style", question, mentee.style[question])[:reach]
        own = frozenset().union(*mentee.wishes) & self.place.keys()
        wishes = [(self.place[one], wish_points(mentee, one, weights)) for one in own]
        for place, more in (*wishes, *self.wishing.get(mentee.id, ())):
            if place < reach:
                points[place] += more
        return points

    def _add(self, points: Column, parts: Sequence[tuple[int, Column]], where: Mask | None = None) -> None:
        for units, column in parts:
            more = units * column[: points.size]
            points += more if where is None else more * where

    def _by_scores(self, mentee: Mentee) -> Sequence[tuple[int, Column]]:
        weights = self.policy.weights
        return [
            (units, self._lead(code, own_level(mentee.own[code])))
            for code, units in need_units(mentee, weights).items()
            if code in mentee.own
        ]

    def _by_topics(self, mentee: Mentee) -> Sequence[tuple[int, Column]]:
        weights = self.policy.weights
        return [(units, self._column("topic", one, None)) for one, units in topic_units(mentee, weights).items()]

    def _by_interests(self, mentee: Mentee) -> Sequence[tuple[int, Column]]:
        weights = self.policy.weights
        return [(units, self._column("interest", one, None)) for one, units in interest_units(mentee, weights).items()]

    def _make_column(self, sort: str, name: str, value: Any) -> Column:
        kinds, of = self._kinds(sort, name)
        worth = np.array([_WORTH[sort](kind, value, self.policy) for kind in kinds], np.int16)
        return worth[of]

    def _make_base(self, department: str, site: str, waited: int) -> Column:
        parts = (("department", department), ("site", site), ("queue", waited))
        return sum((self._column(sort, "", value) for sort, value in parts), np.zeros(len(self.mentors), np.int16))

    def _make_lead(self, code: str, level: int) -> Column:
        places = [place for place, _ in self.strengths.get(code, ())]
        strengths = [strength for _, strength in self.strengths.get(code, ())]
        steps = {strength: lead_steps(strength, level) for strength in set(strengths)}
        column = np.zeros(len(self.mentors), np.int16)
        column[np.array(places, np.int64)] = [steps[strength] for strength in strengths]
        return column

    def _make_mask(self, rule: str, value: Any) -> Mask:
        kinds, of = self._kinds(rule, "")
        if len(kinds) > FEW:
            return np.ones(len(self.mentors), bool)
        return np.array([_FITS[rule](kind, value, self.policy) for kind in kinds], bool)[of]

    def _sort(self, sort: str, name: str) -> tuple[Sequence[Kind], NDArray[np.int64]]:
        """The different values of the mentors, and the number of each mentor's."""
        kinds: dict[Kind, int] = {}
        of = [kinds.setdefault(_KIND[sort](mentor, name), len(kinds)) for mentor in self.mentors]
        return list(kinds), np.array(of, np.int64)


_KIND: Mapping[str, Callable[[Mentor, str], Kind]] = {
    "topic": lambda m, topic: topic in m.offered,
    "interest": interest_steps,
    "style": lambda m, question: m.style.get(question),
    "department": lambda m, _: m.department,
    "site": lambda m, _: m.site,
    "queue": lambda m, _: m.waited,
    "language": lambda m, _: m.languages,
    "meeting": lambda m, _: (m.mode, m.site),
    "hours": lambda m, _: (m.time_zone, m.windows),
}
"""What makes mentors differ, by sort of column."""

_WORTH: Mapping[str, Callable[[Any, Any, Policy], int]] = {
    "topic": lambda is_offered, _, __: int(is_offered),
    "interest": lambda steps, _, __: steps,
    "style": lambda own, step, _: 0 if own is None else STYLE_SPAN - abs(own - step),
    "department": lambda own, other, policy: policy.weights.department * differ(own, other),
    "site": lambda own, other, policy: policy.weights.site * differ(own, other),
    "queue": lambda own, other, policy: queue_points(own + other, policy),
}
"""What a mentor of that kind is worth to a mentee's value."""


def _languages_fit(own: frozenset[str], other: frozenset[str], policy: Policy) -> bool:
    return not language(_mentor(languages=own), _mentee(languages=other), NOBODY, policy)


def _meeting_fits(own: tuple[Mode, str], other: tuple[Mode, str], policy: Policy) -> bool:
    one, two = _mentor(mode=own[0], site=own[1]), _mentee(mode=other[0], site=other[1])
    return not mode(one, two, NOBODY, policy)


def _hours_fit(own: tuple[Any, Any], other: tuple[Any, Any], policy: Policy) -> bool:
    one, two = _mentor(time_zone=own[0], windows=own[1]), _mentee(time_zone=other[0], windows=other[1])
    return not hours(one, two, NOBODY, policy)


_FITS: Mapping[str, Callable[[Any, Any, Policy], bool]] = {
    "language": _languages_fit,
    "meeting": _meeting_fits,
    "hours": _hours_fit,
}


def _mentor(**facts: Any) -> Mentor:
    return Mentor(id=0, level=0, trained=True, consent=True, **facts)


def _mentee(**facts: Any) -> Mentee:
    return Mentee(id=0, level=0, trained=True, consent=True, **facts)


def alike(mentee: Mentee) -> tuple[str, str, int, int]:
    """An order in which mentees with the same columns follow each other."""
    return mentee.department, mentee.site, mentee.waited, mentee.id


ANY_MENTOR, ANY_MENTEE = _mentor(), _mentee()


def is_ready_mentor(mentor: Mentor, policy: Policy) -> bool:
    """Whether a mentor breaks no rule that concerns the mentor alone."""
    return not any(breaks(mentor, ANY_MENTEE, NOBODY, policy) for breaks in (capacity, consent, training))


def is_ready_mentee(mentee: Mentee, policy: Policy) -> bool:
    """Whether a mentee breaks no rule that concerns the mentee alone."""
    return not any(breaks(ANY_MENTOR, mentee, NOBODY, policy) for breaks in (consent, training))
