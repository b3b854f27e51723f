"""Everybody in a programme for the coordinator: how many stand where, and page by page who."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from ..data import Place
from ..domain.pairing_rules import PairingRules
from ..domain.states import BEFORE_SIGN_UP, IN_THE_POOL, ParticipantState, Role
from ..models import Participant
from .paging import Pages
from .participants import by_name, name_in
from .prepared import given_place, prepared
from .readiness import is_ready, with_standing
from .roster_choice import AGAIN_AFTER, EVERYBODY, Chosen, chosen_people

PAGE = 50


@dataclass(frozen=True)
class RoleCount:
    """How many people of a role stand where. ``ready`` are those whom the next round can match."""

    role: Role
    people: int = 0
    signed_up: int = 0
    paused: int = 0
    ready: int = 0
    offered: int = 0
    paired: int = 0


@dataclass(frozen=True)
class RosterRow:
    """One person. ``missing`` are codes of what stands between them and the next round."""

    uuid: str
    username: str
    name: str
    role: Role
    state: ParticipantState
    level: int | None
    department: str
    site: str
    invited_at: datetime | None
    reminded_at: datetime | None
    signed_up_at: datetime | None
    offered: int
    active: int
    is_ready: bool
    missing: tuple[str, ...]


@dataclass(frozen=True)
class RosterPage:
    """A page of the roster in order of names."""

    rows: tuple[RosterRow, ...]
    at: Pages


def role_counts(place: Place, rules: PairingRules) -> tuple[RoleCount, ...]:
    """Mentors and mentees by where they stand. One query, whatever the size of the programme."""
    found = {role: counts for role, *counts in _role_counts(rules, **place._asdict())}
    return tuple(RoleCount(role, *found.get(role.value, ())) for role in Role)


@prepared
def _role_counts(rules: PairingRules) -> "QuerySet[Participant, tuple[Any, ...]]":
    counts: QuerySet[Participant, tuple[Any, ...]] = (
        with_standing(Participant.objects.filter(given_place()))
        .values("role")
        .annotate(
            people=Count("pk"),
            signed_up=Count("pk", filter=Q(state__in=IN_THE_POOL)),
            paused=Count("pk", filter=Q(state=ParticipantState.PAUSED)),
            ready=Count("pk", filter=is_ready(rules)),
            offered=Count("pk", filter=Q(live__gt=0, active=0)),
            paired=Count("pk", filter=Q(active__gt=0)),
        )
        .values_list("role", "people", "signed_up", "paused", "ready", "offered", "paired")
    )
    return counts


def roster_page(place: Place, rules: PairingRules, number: int, people: int, chosen: Chosen = EVERYBODY) -> RosterPage:
    """One page of those who are chosen; ``people`` is how many they are. One query.

    A number beyond the end gives the last page.
    """
    at = Pages.at(number, people, PAGE)
    if chosen == EVERYBODY:
        rows = _page(at.number, **place._asdict())
    else:
        rows = list(_in_order(chosen_people(place, rules, chosen))[at.part])
    return RosterPage(tuple(roster_row(row, rules) for row in rows), at)


def roster_person(place: Place, rules: PairingRules, person: UUID) -> RosterRow | None:
    """One person of the programme, or None. One query."""
    for row in _in_order(chosen_people(place, rules, EVERYBODY).filter(uuid=person)):
        return roster_row(row, rules)
    return None


def acts_for(row: RosterRow, now: datetime) -> Mapping[str, bool]:
    """What can be done about one person now; who was ever offered to somebody is refused by the service."""
    is_invited = row.state is ParticipantState.INVITED
    mailed_at = row.invited_at if is_invited else row.reminded_at
    is_due = mailed_at is None or mailed_at < now - AGAIN_AFTER
    sits_out = row.state in (ParticipantState.PAUSED, ParticipantState.WITHDRAWN)
    return {
        "invite": is_invited and is_due,
        "remind": bool(row.missing) and not is_invited and not sits_out and is_due,
        "remove": row.state in BEFORE_SIGN_UP and row.signed_up_at is None,
    }


@prepared
def _page(number: int) -> "QuerySet[Participant, dict[str, Any]]":
    everybody = with_standing(Participant.objects.filter(given_place()))
    return _in_order(everybody)[(number - 1) * PAGE : number * PAGE]


def _in_order(people: "QuerySet[Any, Any]") -> "QuerySet[Any, dict[str, Any]]":
    return people.order_by(*by_name("user"), "pk").values(*FIELDS)


#: What a row of the roster is made of.
FIELDS = (
    "uuid",
    "user__first_name",
    "user__last_name",
    "user__username",
    "role",
    "state",
    "level",
    "department",
    "site",
    "capacity",
    "invited_at",
    "reminded_at",
    "signed_up_at",
    "is_trained",
    "is_assessed",
    "live",
    "active",
    "has_circle",
)


def roster_row(row: Mapping[str, Any], rules: PairingRules) -> RosterRow:
    """A row of ``FIELDS`` with what it comes to under these rules."""
    role, state = Role(row["role"]), ParticipantState(row["state"])
    missing = _missing(row, role, state, rules)
    places = 1 if role is Role.MENTEE else min(row["capacity"], rules.max_capacity)
    return RosterRow(
        uuid=str(row["uuid"]),
        username=row["user__username"],
        name=name_in(row),
        role=role,
        state=state,
        level=row["level"],
        department=row["department"],
        site=row["site"],
        invited_at=row["invited_at"],
        reminded_at=row["reminded_at"],
        signed_up_at=row["signed_up_at"],
        offered=row["live"] - row["active"],
        active=row["active"],
        is_ready=not missing and row["live"] < places and not row["has_circle"],
        missing=missing,
    )


def _missing(row: Mapping[str, Any], role: Role, state: ParticipantState, rules: PairingRules) -> tuple[str, ...]:
    """Codes, in the order in which a person would go through them."""
    if state in (ParticipantState.WITHDRAWN, ParticipantState.INVITED):
        return (state.value,)
    gaps = {
        "training": rules.require_training and not row["is_trained"],
        "assessment": rules.asks_for_assessment(role) and not row["is_assessed"],
        "sign_up": state is ParticipantState.JOINED,
        "paused": state is ParticipantState.PAUSED,
    }
    return tuple(code for code, is_missing in gaps.items() if is_missing)
