"""How many wait for a partner, and where somebody stands among them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ..data import Place
from ..domain.states import LIVE_PAIRING, ParticipantState, Role
from ..models import Pairing, Participant
from .participants import ParticipantRow
from .prepared import Given, given_place, prepared


@dataclass(frozen=True)
class WaitingPlace:
    """A place in the line of a role, from 1, and how long the line is."""

    place: int
    people: int


def waiting_place(place: Place, person: ParticipantRow) -> WaitingPlace | None:
    """Where somebody stands among those of their role who are in the pool, have waited a round and have no partner:
    who has waited longest is first, then who signed up first. None for anybody else. One query.
    """
    if person.state is not ParticipantState.SIGNED_UP or not person.rounds_waited or person.signed_up_at is None:
        return None
    facts = {"person": person.id, "rounds": person.rounds_waited, "since": person.signed_up_at}
    found = _line(person.role, **place._asdict(), **facts)
    if not found or not found[0][2]:
        return None
    ahead, people, _self = found[0]
    return WaitingPlace(ahead + 1, people)


@prepared
def _line(role: Role) -> "QuerySet[Participant, tuple[Any, ...]]":
    since = Given("since", Participant._meta.get_field("signed_up_at"))
    live = Pairing.objects.filter(**{role.value: OuterRef("pk")}, state__in=LIVE_PAIRING)
    longer = Q(rounds_waited__gt=Given("rounds"))
    earlier = Q(rounds_waited=Given("rounds"), signed_up_at__lt=since)
    at_once = Q(rounds_waited=Given("rounds"), signed_up_at=since, pk__lt=Given("person"))
    waiting = Participant.objects.filter(
        given_place(), ~Exists(live), role=role, state=ParticipantState.SIGNED_UP, rounds_waited__gt=0
    )
    rows: QuerySet[Participant, tuple[Any, ...]] = (
        waiting.values("role")
        .annotate(
            ahead=Count("pk", filter=longer | earlier | at_once),
            people=Count("pk"),
            own=Count("pk", filter=Q(pk=Given("person"))),
        )
        .values_list("ahead", "people", "own")
    )
    return rows
