"""Everybody in a programme for the coordinator: how many stand where, and page by page who."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from ..data import Place
from ..domain.pairing_rules import PairingRules
from ..domain.states import ParticipantState, Role
from .readiness import is_ready, with_standing

PAGE = 50


@dataclass(frozen=True)
class RoleCount:
    """How many people of a role stand where. ``ready`` can be matched now; the others who signed up cannot."""

    role: Role
    people: int = 0
    signed_up: int = 0
    ready: int = 0
    paused: int = 0
    offered: int = 0
    active: int = 0


@dataclass(frozen=True)
class RosterRow:
    """One person. ``missing`` are codes of what stands between them and the next round."""

    name: str
    role: Role
    state: ParticipantState
    level: int | None
    department: str
    site: str
    since: datetime | None
    offered: int
    active: int
    is_ready: bool
    missing: tuple[str, ...]


@dataclass(frozen=True)
class RosterPage:
    """A page of the roster in order of names. ``number`` counts from 1."""

    rows: tuple[RosterRow, ...]
    number: int
    pages: int
    people: int


def role_counts(place: Place, rules: PairingRules) -> tuple[RoleCount, ...]:
    """Mentors and mentees by where they stand. One query, whatever the size of the programme."""
    joined = Q(state__in=(ParticipantState.SIGNED_UP, ParticipantState.PAUSED))
    rows = (
        with_standing(place)
        .values("role")
        .annotate(
            people=Count("pk"),
            signed_up=Count("pk", filter=joined),
            ready=Count("pk", filter=is_ready(rules)),
            paused=Count("pk", filter=Q(state=ParticipantState.PAUSED)),
            offered=Count("pk", filter=Q(live__gt=0, active=0)),
            with_partner=Count("pk", filter=Q(active__gt=0)),
        )
    )
    found = {row["role"]: row for row in rows.values_list(*_COUNTED, named=True)} if False else {
        row.pop("role"): row for row in rows
    }
    return tuple(_role_count(role, found.get(role.value, {})) for role in Role)
