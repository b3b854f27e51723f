"""The people of a round, as the matcher knows them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from ..data import Place
from ..domain.matching import (
    MOST_WISHES,
    Mentee,
    Mentor,
    Mode,
    Organisation,
    Overrides,
    Person,
    Policy,
    eligible,
)
from ..domain.pairing_rules import PairingRules
from ..domain.states import OverrideKind, Role
from ..domain.week import well_formed
from ..models import Avoided, DeclaredConflict, Interest, Override, Pairing, Participant, Veto, Wish
from .assessment import Skills, skills_for_matching
from .readiness import is_ready, with_standing

#: Shared by everybody where the author has turned the rule about languages off.
ANY_LANGUAGE = frozenset({""})
#: Up to so many people are named in a query; of more, what the whole programme said is read.
FEW = 2000


@dataclass(frozen=True)
class Cohort:
    """Who is matched, everybody else of the programme, through whom lines of reporting run, and what a coordinator
    said about single pairs."""

    mentors: tuple[Mentor, ...] = ()
    mentees: tuple[Mentee, ...] = ()
    others: tuple[Person, ...] = ()
    overrides: Overrides = field(default_factory=Overrides)

    @property
    def organisation(self) -> Organisation:
        """The lines of reporting through everybody."""
        return Organisation.of([*self.mentors, *self.mentees, *self.others])

    def permits(self, mentor: Mentor, mentee: Mentee, organisation: Organisation, policy: Policy) -> bool:
        """Whether a pair breaks no rule, and no coordinator has ruled it out."""
        return (mentor.id, mentee.id) not in self.overrides.forbidden and eligible(mentor, mentee, organisation, policy)


def cohort_of(
    place: Place, rules: PairingRules, *, only: Collection[int] | None = None, freed: Collection[int] = ()
) -> Cohort:
    """Everybody who is ready, or the ready among ``only``.

    ``freed`` are mentees who count as having room, because the pair that they are in would end first. The number of
    queries does not depend on the number of people.
    """
    programme_id, ready = _ready(place, rules, only, freed)
    if not ready:
        return Cohort()
    known = _Known.of(programme_id, ready, rules)
    people = [known.person(row, ready[row.pk]) for row in _rows(place, ready)]  # rows are many and go as they come
    return Cohort(
        mentors=tuple(person for person in people if isinstance(person, Mentor)),
        mentees=tuple(person for person in people if isinstance(person, Mentee)),
        others=_others(place, ready),
        overrides=_overrides(programme_id),
    )


def _ready(
    place: Place, rules: PairingRules, only: Collection[int] | None, freed: Collection[int]
) -> tuple[int, Mapping[int, int]]:
    """The programme's id, and ids of people who are ready to the number of partners that they have room for."""
    ready = is_ready(rules)
    if freed:
        ready |= Q(pk__in=freed) & is_ready(rules, with_room=False)
    rows = with_standing(_everybody(place)).filter(ready)
    if only is not None and len(only) <= FEW:
        rows = rows.filter(pk__in=only)
    wanted = None if only is None else set(only)
    found = rows.order_by("pk").values_list("programme_id", "pk", "role", "capacity", "live")
    return next((row[0] for row in found), 0), {
        id_: 1 if role == Role.MENTEE else min(capacity, rules.max_capacity) - live
        for _, id_, role, capacity, live in found
        if wanted is None or id_ in wanted
    }


def _rows(place: Place, ready: Collection[int]) -> Iterable[Participant]:
    """The rows of these people. Of many, everybody's are read: a database takes a limited number of ids at once."""
    rows = _everybody(place).select_related("user").order_by("pk")
    if len(ready) <= FEW:
        return rows.filter(pk__in=ready)
    return (row for row in rows.iterator() if row.pk in ready)


def _everybody(place: Place) -> "QuerySet[Participant]":
    return Participant.objects.filter(programme__context_key=place.context_key, programme__slug=place.slug)


@dataclass(frozen=True)
class _Known:
    """What other tables say of the people of a round."""

    rules: PairingRules
    interests: Mapping[int, Mapping[str, int]]
    vetoes: Mapping[int, Collection[str]]
    avoided: Mapping[int, Collection[int]]
    wishes: Mapping[int, Mapping[int, int]]
    conflicts: Mapping[int, Collection[int]]
    past: Mapping[int, Collection[int]]
    skills: Mapping[int, Skills]

    @classmethod
    def of(cls, programme_id: int, ids: Collection[int], rules: PairingRules) -> "_Known":
        few = len(ids) <= FEW
        theirs = {"participant__in": list(ids)} if few else {"participant__programme_id": programme_id}
        pairs = Pairing.objects.filter(programme_id=programme_id).values_list("mentor_id", "mentee_id")
        conflicts = DeclaredConflict.objects.filter(programme_id=programme_id).values_list("mentor_id", "mentee_id")
        topics = Interest.objects.filter(**theirs).values_list("participant", "competence", "weight")
        wishes = Wish.objects.filter(**theirs).values_list("participant", "wished", "rank")
        return cls(
            rules=rules,
            interests=_valued(topics),
            vetoes=_grouped(Veto.objects.filter(**theirs).values_list("participant", "person")),
            avoided=_grouped(Avoided.objects.filter(**theirs).values_list("participant", "avoided")),
            wishes=_valued(wishes),
            conflicts=_both_ways(conflicts),
            past=_both_ways(pairs) if rules.past_partner else {},
            skills=skills_for_matching(programme_id),
        )

    def person(self, row: Participant, places: int) -> Person:
        """A mentor with so many places, or a mentee."""
        skills = self.skills.get(row.pk)
        weights = self.interests.get(row.pk, {})
        topics = frozenset(weights)
        shared: dict[str, Any] = {
            "id": row.pk,
            "level": row.level,
            "department": row.department,
            "site": row.site,
            "manager": row.manager,
            "aliases": _aliases(row.user.get_username(), row.user.email),
            "languages": frozenset(row.languages) if self.rules.same_language else ANY_LANGUAGE,
            "time_zone": row.time_zone,
            "windows": well_formed(row.windows),
            "trained": True,
            "consent": row.rules_agreed_at is not None,
            "vetoes": frozenset(self.vetoes.get(row.pk, ())),
            "past": frozenset(self.past.get(row.pk, ())),
            "avoid": frozenset(self.avoided.get(row.pk, ())),
            "conflicts": frozenset(self.conflicts.get(row.pk, ())),
            "wishes": _ranked(self.wishes.get(row.pk, {})) if self.rules.ask_wishes else (),
            "mode": Mode(row.mode) if self.rules.way_of_meeting else Mode.BOTH,
            "style": row.style,
            "waited": row.rounds_waited,
        }
        if row.role == Role.MENTOR:
            strength = skills.evidence if skills else {}
            return Mentor(**shared, capacity=places, strength=strength, offered=topics, gladness=weights)
        need, own = (skills.priority, skills.evidence) if skills else ({}, {})
        return Mentee(**shared, need=need, own=own, wanted=topics, urgency=weights)


def _others(place: Place, taken: Collection[int]) -> tuple[Person, ...]:
    """Everybody else who named a manager."""
    rows = _everybody(place).exclude(manager="").values_list("pk", "user__username", "user__email", "manager")
    return tuple(
        Person(id=id_, level=0, aliases=_aliases(username, email), manager=manager)
        for id_, username, email, manager in rows
        if id_ not in taken
    )


def _overrides(programme_id: int) -> Overrides:
    rows = Override.objects.filter(programme_id=programme_id, slot=1).order_by("pk")
    said = list(rows.values_list("kind", "mentor_id", "mentee_id"))
    fixed, forbidden = (
        tuple((mentor, mentee) for one, mentor, mentee in said if one == kind)
        for kind in (OverrideKind.FIX, OverrideKind.FORBID)
    )
    return Overrides(fixed, forbidden)


def _aliases(*names: str) -> frozenset[str]:
    return frozenset(name for name in names if name)


def _grouped(pairs: Iterable[tuple[int, Any]]) -> Mapping[int, Collection[Any]]:
    groups: dict[int, set[Any]] = defaultdict(set)
    for id_, value in pairs:
        groups[id_].add(value)
    return groups


def _valued(rows: Iterable[tuple[int, Any, int]]) -> Mapping[int, Mapping[Any, int]]:
    groups: dict[int, dict[Any, int]] = defaultdict(dict)
    for id_, key, value in rows:
        groups[id_][key] = value
    return groups


def _both_ways(pairs: Iterable[tuple[int, int]]) -> Mapping[int, Collection[int]]:
    groups: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        groups[one].add(other)
        groups[other].add(one)
    return groups


def _ranked(wishes: Mapping[int, int]) -> tuple[frozenset[int], ...]:
    """Wishes as the matcher reads them: best first, ties together, at most ``MOST_WISHES``."""
    first = sorted(wishes, key=lambda wished: (wishes[wished], wished))[:MOST_WISHES]
    ranks = sorted({wishes[wished] for wished in first})
    return tuple(frozenset(wished for wished in first if wishes[wished] == rank) for rank in ranks)
