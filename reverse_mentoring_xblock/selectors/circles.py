"""Circles for the coordinator: where one would help, who could be in it, and those that there are.

The number of queries does not depend on the programme's size, and every list is bounded. Who could be in a circle is
a list of people who may be paired; why somebody is not in it is nowhere.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Least

from ..data import Place
from ..domain.circles import calls_for_circle
from ..domain.pairing_rules import PairingRules
from ..domain.states import LIVE_PAIRING, PairingState, Role
from ..models import Circle, Pairing, Participant
from .cohort import cohort_of
from .paging import Pages
from .pairings import PersonRow, people_by_id, person_row
from .readiness import is_ready, with_standing

PAGE = 20
MOST_MENTORS = 20
"""Mentors who are named for one topic."""
MOST_MENTEES = 200
"""Mentees who are looked at for one topic, those who have waited longest."""
MOST_NAMED = 30
"""Of these, people who are named for one mentor."""


@dataclass(frozen=True)
class TopicRow:
    """A topic that far more mentees want than mentors can take. ``mentors`` is how many offer it and have room."""

    topic: str
    waiting: int
    places: int
    mentors: int


@dataclass(frozen=True)
class Choice:
    """A mentor for a circle, and mentees who may be paired with them, those who have waited longest first."""

    mentor: PersonRow
    mentees: tuple[PersonRow, ...]


@dataclass(frozen=True)
class CircleRow:
    """A live circle. ``yeses`` is how many people in it have accepted, the mentor among them; not who."""

    uuid: str
    topic: str
    mentor: PersonRow
    mentees: tuple[PersonRow, ...]
    yeses: int
    is_at_work: bool
    answer_by: datetime | None
    offered_at: datetime

    @property
    def people(self) -> int:
        """Everybody in it."""
        return len(self.mentees) + 1


@dataclass(frozen=True)
class CirclesPage:
    """Live circles, newest first."""

    rows: tuple[CircleRow, ...]
    at: Pages


def scarce_topics(place: Place, rules: PairingRules) -> tuple[TopicRow, ...]:
    """Topics where a circle would help, the one with the most people waiting first. Two queries."""
    supply = {
        topic: (mentors, places)
        for topic, mentors, places in _by_topic(place, rules, Role.MENTOR)
        .annotate(n=Count("pk"), places=Sum(Least(F("capacity"), Value(rules.max_capacity)) - F("live")))
        .values_list("interests__competence", "n", "places")
    }
    demand = _by_topic(place, rules, Role.MENTEE).annotate(n=Count("pk")).values_list("interests__competence", "n")
    rows = [TopicRow(topic, waiting, *reversed(supply.get(topic, (0, 0)))) for topic, waiting in demand]
    scarce = (row for row in rows if calls_for_circle(row.waiting, row.places))
    return tuple(sorted(scarce, key=lambda row: (-row.waiting, row.topic)))


def choices_for(place: Place, rules: PairingRules, topic: str, now: datetime) -> tuple[Choice, ...]:
    """Mentors for a circle on a topic, those with the most mentees to choose from first."""
    mentors = _first(place, rules, Role.MENTOR, topic, MOST_MENTORS)
    mentees = _first(place, rules, Role.MENTEE, topic, MOST_MENTEES)
    cohort = cohort_of(place, rules, only=[*mentors, *mentees])
    policy = rules.policy(now.date())
    org = cohort.organisation
    fits = {
        mentor.id: {mentee.id for mentee in cohort.mentees if cohort.permits(mentor, mentee, org, policy)}
        for mentor in cohort.mentors
    }
    named = {id_: [one for one in mentees if one in fits[id_]][:MOST_NAMED] for id_ in mentors if id_ in fits}
    people = people_by_id({*named, *(one for ids in named.values() for one in ids)})
    found = [Choice(people[id_], tuple(people[one] for one in ids)) for id_, ids in named.items()]
    return tuple(sorted(found, key=lambda choice: -len(choice.mentees)))


def circles_page(place: Place, number: int) -> CirclesPage:
    """A page of the circles that are on offer or at work. Three queries; a number beyond the end gives the last."""
    live = Circle.objects.filter(
        pk__in=Pairing.objects.filter(
            programme__context_key=place.context_key,
            programme__slug=place.slug,
            circle__isnull=False,
            state__in=LIVE_PAIRING,
        ).values("circle")
    )
    at = Pages.at(number, live.count(), PAGE)
    circles = live.select_related("mentor__user").order_by("-pk")[at.part]
    rows = {circle.pk: (circle, list[Pairing]()) for circle in circles}
    pairings = Pairing.objects.filter(circle__in=list(rows), state__in=LIVE_PAIRING).select_related("mentee__user")
    for pairing in pairings.order_by("pk"):
        rows[pairing.circle_id or 0][1].append(pairing)
    return CirclesPage(tuple(_circle_row(circle, found) for circle, found in rows.values()), at)


def _circle_row(circle: Circle, pairings: Collection[Pairing]) -> CircleRow:
    mentor_said = any(row.mentor_accepted_at for row in pairings)
    return CircleRow(
        uuid=str(circle.uuid),
        topic=circle.topic,
        mentor=person_row(circle.mentor),
        mentees=tuple(person_row(row.mentee) for row in pairings),
        yeses=sum(row.mentee_accepted_at is not None for row in pairings) + mentor_said,
        is_at_work=any(row.state == PairingState.ACTIVE for row in pairings),
        answer_by=max((row.answer_by for row in pairings if row.answer_by), default=None),
        offered_at=circle.created,
    )


def _ready(place: Place, rules: PairingRules, role: Role) -> "QuerySet[Any, Any]":
    people = Participant.objects.filter(programme__context_key=place.context_key, programme__slug=place.slug, role=role)
    return with_standing(people).filter(is_ready(rules))


def _by_topic(place: Place, rules: PairingRules, role: Role) -> "QuerySet[Any, Any]":
    return _ready(place, rules, role).filter(Q(interests__isnull=False)).order_by().values("interests__competence")


def _first(place: Place, rules: PairingRules, role: Role, topic: str, most: int) -> list[int]:
    rows = _ready(place, rules, role).filter(interests__competence=topic)
    return list(rows.order_by("-rounds_waited", "signed_up_at", "pk").values_list("pk", flat=True)[:most])
