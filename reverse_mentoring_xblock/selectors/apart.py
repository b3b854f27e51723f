"""Declared conflicts, and how to find the people for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from ..data import Place
from ..models import DeclaredConflict, Participant
from .participants import by_name, name_of
from .prepared import given_place, prepared

MOST = 100
"""Conflicts that a page lists, the newest first."""
FITTING = 6
"""People whom a search names at most."""


@dataclass(frozen=True)
class ConflictRow:
    """Two people who are kept apart."""

    uuid: str
    first: str
    second: str


@dataclass(frozen=True)
class FoundPerson:
    """Somebody who fits a search."""

    uuid: UUID
    name: str
    username: str


def conflict_rows(place: Place) -> Sequence[ConflictRow]:
    """The newest ``MOST`` conflicts and one more, if there is one. One query."""
    return tuple(
        ConflictRow(str(row.uuid), name_of(row.mentor.user), name_of(row.mentee.user))
        for row in _conflicts(**place._asdict())
    )


@prepared
def _conflicts() -> "QuerySet[DeclaredConflict]":
    rows = DeclaredConflict.objects.filter(given_place()).select_related("mentor__user", "mentee__user")
    return rows.order_by("-pk")[: MOST + 1]


def people_called(place: Place, text: str) -> Sequence[FoundPerson]:
    """Who has this username or mail address; else those in whose name each word occurs, at most ``FITTING``."""
    people = Participant.objects.filter(programme__context_key=place.context_key, programme__slug=place.slug)
    exact = people.filter(Q(user__username__iexact=text) | Q(user__email__iexact=text))
    found = _rows(exact)
    if found:
        return found
    for word in text.split():
        people = people.filter(Q(user__first_name__icontains=word) | Q(user__last_name__icontains=word))
    return _rows(people) if text.split() else ()


def _rows(people: "QuerySet[Participant]") -> Sequence[FoundPerson]:
    rows = people.select_related("user").order_by(*by_name("user"), "pk")[:FITTING]
    return tuple(FoundPerson(row.uuid, name_of(row.user), row.user.get_username()) for row in rows)
