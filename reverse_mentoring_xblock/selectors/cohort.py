"""The people of a round, as the matcher knows them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from ..data import Place
from ..domain.matching import Mentee, Mentor, Person
from ..domain.pairing_rules import MOST_PEOPLE, PairingRules
from ..domain.states import Role
from ..domain.week import well_formed
from ..models import Interest, Pairing, Participant, Veto
from .assessment import Skills, skills_for_matching
from .readiness import is_ready, with_standing


@dataclass(frozen=True)
class Cohort:
    """Who is matched, and everybody else of the programme, through whom lines of reporting run."""

    mentors: tuple[Mentor, ...] = ()
    mentees: tuple[Mentee, ...] = ()
    others: tuple[Person, ...] = ()


def cohort_of(place: Place, rules: PairingRules, seed: int = 0, only: Collection[int] | None = None) -> Cohort:
    """Everybody who is ready, at most ``MOST_PEOPLE`` of a role, drawn by the seed's lot; or the ready among ``only``.

    The number of queries does not depend on the number of people.
    """
    ready = _drawn(place, rules, seed, only)
    if not ready:
        return Cohort()
    rows = {row.pk: row for row in Participant.objects.filter(pk__in=ready).select_related("user")}
    known = _Known.of(place, rows)
    people = [known.person(row, ready[row.pk]) for row in rows.values()]
    return Cohort(
        mentors=tuple(person for person in people if isinstance(person, Mentor)),
        mentees=tuple(person for person in people if isinstance(person, Mentee)),
        others=_others(place, rows.keys()),
    )


def _drawn(place: Place, rules: PairingRules, seed: int, only: Collection[int] | None) -> Mapping[int, int]:
    """Ids of people who are ready to the number of partners that they have room for."""
    people = Participant.objects.filter(programme__context_key=place.context_key, programme__slug=place.slug)
    rows = with_standing(people).filter(is_ready(rules))
    if only is not None:
        rows = rows.filter(pk__in=only)
    room: dict[Role, dict[int, int]] = {role: {} for role in Role}
    for id_, role, capacity, live in rows.order_by("pk").values_list("pk", "role", "capacity", "live"):
        room[Role(role)][id_] = 1 if role == Role.MENTEE else min(capacity, rules.max_capacity) - live
    return {id_: places for side in room.values() for id_, places in _by_lot(side, seed)}


def _by_lot(side: Mapping[int, int], seed: int) -> Iterable[tuple[int, int]]:
    if len(side) <= MOST_PEOPLE:
        return side.items()
    lots = sorted(side.items(), key=lambda item: blake2b(f"{seed}:{item[0]}".encode(), digest_size=8).digest())
    return sorted(lots[:MOST_PEOPLE])


@dataclass(frozen=True)
class _Known:
    """What other tables say of the people of a round."""

    interests: Mapping[int, Collection[str]]
    vetoes: Mapping[int, Collection[str]]
    past: Mapping[int, Collection[int]]
    skills: Mapping[int, Skills]

    @classmethod
    def of(cls, place: Place, rows: Mapping[int, Participant]) -> "_Known":
        ids = list(rows)
        programme_id = next(iter(rows.values())).programme_id
        past: dict[int, set[int]] = defaultdict(set)
        pairs = Pairing.objects.filter(programme_id=programme_id).values_list("mentor_id", "mentee_id")
        for mentor, mentee in pairs:
            past[mentor].add(mentee)
            past[mentee].add(mentor)
        return cls(
            interests=_grouped(Interest.objects.filter(participant__in=ids).values_list("participant", "competence")),
            vetoes=_grouped(Veto.objects.filter(participant__in=ids).values_list("participant", "person")),
            past=past,
            skills=skills_for_matching(programme_id),
        )

    def person(self, row: Participant, places: int) -> Person:
        """A mentor with so many places, or a mentee."""
        skills = self.skills.get(row.pk)
        topics = frozenset(self.interests.get(row.pk, ()))
        shared: dict[str, Any] = {
            "id": row.pk,
            "level": row.level,
            "department": row.department,
            "site": row.site,
            "manager": row.manager,
            "aliases": _aliases(row.user.get_username(), row.user.email),
            "languages": frozenset(row.languages),
            "time_zone": row.time_zone,
            "windows": well_formed(row.windows),
            "trained": True,
            "consent": row.rules_agreed_at is not None,
            "vetoes": frozenset(self.vetoes.get(row.pk, ())),
            "past": frozenset(self.past.get(row.pk, ())),
            "waited": row.rounds_waited,
        }
        if row.role == Role.MENTOR:
            strength = skills.evidence if skills else {}
            return Mentor(**shared, capacity=places, strength=strength, offered=topics)
        need, own = (skills.priority, skills.evidence) if skills else ({}, {})
        return Mentee(**shared, need=need, own=own, wanted=topics)


def _others(place: Place, taken: Collection[int]) -> tuple[Person, ...]:
    """Everybody else who named a manager."""
    rows = (
        Participant.objects.filter(programme__context_key=place.context_key, programme__slug=place.slug)
        .exclude(manager="")
        .values_list("pk", "user__username", "user__email", "manager")
    )
    return tuple(
        Person(id=id_, level=0, aliases=_aliases(username, email), manager=manager)
        for id_, username, email, manager in rows
        if id_ not in taken
    )


def _aliases(*names: str) -> frozenset[str]:
    return frozenset(name for name in names if name)


def _grouped(pairs: Iterable[Sequence[Any]]) -> Mapping[int, Collection[str]]:
    groups: dict[int, set[str]] = defaultdict(set)
    for id_, value in pairs:
        groups[id_].add(value)
    return groups
