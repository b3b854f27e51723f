"""Everybody without a partner, and why: a rule, or others who compete for the same few places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice, product
from typing import cast

import numpy as np

from ..states import Role
from .features import Cohort
from .forms import Ints
from .organisation import Organisation
from .people import Mentee, Mentor
from .policy import Policy
from .pool import ALONE
from .reasons import LeftOut, Why, binding_rule, no_partner
from .repair import Flags
from .rules import Rule, broken_rules
from .search import Answer
from .witness import Reached, Walks

APART = 200
"""People left out up to which each gets the smallest set of rivals; with more, one set stands for all."""
MOST_LOOKS = 20_000
"""Pairs whose broken rules are counted for all people without a permitted partner; with more, every few."""
BINDING_LOOKS = 400


@dataclass(frozen=True)
class LeavingOut:
    """What is needed to say why."""

    mentors: Sequence[Mentor]
    mentees: Sequence[Mentee]
    org: Organisation
    policy: Policy
    cohort: Cohort
    answer: Answer
    _told: dict[tuple[Role, bytes, bytes], LeftOut] = field(default_factory=dict, repr=False)

    def everybody(self) -> tuple[LeftOut, ...]:
        """Mentors without a mentee, then mentees without a mentor, each in the order of ids."""
        return (*self._side(Role.MENTOR), *self._side(Role.MENTEE))

    def _side(self, role: Role) -> Iterator[LeftOut]:
        people: Sequence[Mentor | Mentee] = self.mentors if role is Role.MENTOR else self.mentees
        places = {person.id: place for place, person in enumerate(self._ready(role))}
        matched = {places[id_] for id_ in places} - set(self._free(role).tolist())
        for person in people:
            place = places.get(person.id)
            if place in matched:
                continue
            if place is None or (reached := self._reached(role, place)) is None:
                yield no_partner(person.id, role, self._broken(person, role))
            elif reached.is_open:
                yield LeftOut(person.id, role, Why.UNDECIDED)
            else:
                found = self._competition(person.id, role, reached)
                yield replace(found, later=role is Role.MENTEE and self._is_later(place, reached))

    def _ready(self, role: Role) -> Sequence[Mentor | Mentee]:
        return self.cohort.mentors if role is Role.MENTOR else self.cohort.mentees

    def _free(self, role: Role) -> Ints:
        partner = self.answer.partner
        if role is Role.MENTEE:
            return np.flatnonzero(partner == ALONE)
        return np.flatnonzero(np.bincount(partner[partner != ALONE], minlength=self.cohort.forms.cols) == 0)

    @cached_property
    def _walks(self) -> dict[Role, dict[int, Reached]]:
        """Where each person left out can walk to; nobody without a permitted partner is in it."""
        walks: dict[Role, dict[int, Reached]] = {}
        start = Walks(self.cohort.forms, self.answer.partner)
        for role, walk in ((Role.MENTOR, start.from_cols), (Role.MENTEE, start.from_rows)):
            free = self._free(role)
            if free.size <= APART:
                each = {place: walk(np.array([place])) for place in free.tolist()}
            else:
                some = free[self._has_permitted(role, free)]
                each = dict.fromkeys(some.tolist(), walk(some)) if some.size else {}
            walks[role] = {place: one for place, one in each.items() if _sides(role, one)[1].any()}
        return walks

    def _has_permitted(self, role: Role, places: Ints) -> Flags:
        """Who of many people has a permitted partner at all."""
        forms = self.cohort.forms
        every = np.arange(forms.cols if role is Role.MENTEE else forms.rows)
        found = np.zeros(places.size, bool)
        for turn, place in enumerate(places.tolist()):
            for start in range(0, every.size, 512):
                other = every[start : start + 512]
                own = np.full(other.size, place)
                pairs = (own, other) if role is Role.MENTEE else (other, own)
                if (forms.points(*pairs) >= 0).any():
                    found[turn] = True
                    break
        return found

    def _reached(self, role: Role, place: int) -> Reached | None:
        return self._walks[role].get(place)

    def _competition(self, id_: int, role: Role, reached: Reached) -> LeftOut:
        own, other = _sides(role, reached)
        key = role, own.tobytes(), other.tobytes()
        if key not in self._told:
            self._told[key] = self._rivalry(role, own, other)
        return replace(self._told[key], id=id_)

    def _is_later(self, place: int, reached: Reached) -> bool:
        """Whether somebody who has waited more rounds has a place that this mentee competes for."""
        turns = self.cohort.forms.turns
        ahead = reached.rows & (self.answer.partner != ALONE) & (turns > turns[place])
        return bool(ahead.any())

    def _rivalry(self, role: Role, own: Flags, other: Flags) -> LeftOut:
        rivals, partners = np.flatnonzero(self._with_rivals(role, own, other)), np.flatnonzero(other)
        places = self.cohort.forms.places
        mine, theirs = self._ready(role), self._ready(role.other)
        return LeftOut(
            id=0,
            role=role,
            why=Why.COMPETITION,
            rivals=tuple(sorted(mine[place].id for place in rivals.tolist())),
            sought=int(places[rivals].sum()) if role is Role.MENTOR else rivals.size,
            partners=tuple(sorted(theirs[place].id for place in partners.tolist())),
            places=int(places[partners].sum()) if role is Role.MENTEE else partners.size,
            binding=self._binding(rivals, np.flatnonzero(~other)) if role is Role.MENTEE else None,
        )

    def _with_rivals(self, role: Role, own: Flags, other: Flags) -> Flags:
        """The people walked through, and the others left out who can go nowhere else."""
        rivals = own.copy()
        for place, one in self._walks[role].items():
            if not (_sides(role, one)[1] & ~other).any():
                rivals[place] = True
        return rivals

    def _binding(self, rivals: Ints, beyond: Ints) -> Rule | None:
        """The rule that keeps competing mentees from other mentors, looked at evenly over both."""
        width = int(BINDING_LOOKS**0.5)
        mentees = [self.cohort.mentees[place] for place in _spread(rivals, width).tolist()]
        mentors = [self.cohort.mentors[place] for place in _spread(beyond, width).tolist()]
        return binding_rule(self._rules(one, other, Role.MENTEE) for one, other in product(mentees, mentors))

    def _broken(self, person: Mentor | Mentee, role: Role) -> list[tuple[Rule, ...]]:
        others: Sequence[Mentor | Mentee] = self.mentees if role is Role.MENTOR else self.mentors
        step = max(len(others) * self._without // MOST_LOOKS, 1)
        return [self._rules(person, other, role) for other in islice(others, 0, None, step)]

    @cached_property
    def _without(self) -> int:
        """People without a permitted partner."""
        ready = len(self.cohort.mentors) + len(self.cohort.mentees)
        free = sum(self._free(role).size - len(self._walks[role]) for role in Role)
        return len(self.mentors) + len(self.mentees) - ready + free

    def _rules(self, one: Mentor | Mentee, other: Mentor | Mentee, role: Role) -> tuple[Rule, ...]:
        mentor, mentee = (one, other) if role is Role.MENTOR else (other, one)
        return broken_rules(cast(Mentor, mentor), cast(Mentee, mentee), self.org, self.policy)


def _sides(role: Role, reached: Reached) -> tuple[Flags, Flags]:
    """People of the role who were reached, and people of the other."""
    return (reached.cols, reached.rows) if role is Role.MENTOR else (reached.rows, reached.cols)


def _spread(places: Ints, count: int) -> Ints:
    return places[:: max(-(-places.size // count), 1)]
