"""A person's own pairings, as the journal shows them: whom with, since when, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from ..data import Place
from ..domain.errors import NotFound
from ..domain.offers import is_over
from ..domain.states import PairingState, Role
from ..models import Pairing, Participant, Session
from .participants import name_of
from .prepared import Given, prepared

#: Far more than anybody has in one programme, and in this order.
MOST_PAIRINGS = 50
SHOWN = (PairingState.ACTIVE, PairingState.OFFERED, PairingState.ENDED)
#: What is read for a row of pairings: names, dates and states out of three wide tables.
_PAIRING = (
    *("uuid", "state", "created", "answer_by", "active_at", "closed_at"),
    *("mentor", "mentee", "circle", "mentor_accepted_at", "mentee_accepted_at"),
)
_PARTNER = ("time_zone", "user__first_name", "user__last_name", "user__username")


@dataclass(frozen=True)
class OwnPairing:
    """A pairing as one of the two sees it."""

    id: int
    uuid: str
    state: PairingState
    role: Role
    mentee_id: int
    partner_id: int
    partner_name: str
    partner_zone: str
    own_accepted_at: datetime | None
    offered_at: datetime
    active_at: datetime | None
    closed_at: datetime | None
    circle_id: int | None = None

    @property
    def is_active(self) -> bool:
        """Whether the two are working together now."""
        return self.state is PairingState.ACTIVE


def pairings_of(participant_id: int, role: Role, now: datetime) -> Sequence[OwnPairing]:
    """Offers that can still be answered at ``now``, live pairings and those that were live once: live ones first, then
    the newest. One query."""
    found = _newest_pairings(role, person=participant_id)
    newest = [
        _pairing_row(pairing, role)
        for pairing in found
        if pairing.state != PairingState.OFFERED or not is_over(pairing.answer_by, now)
    ]
    return tuple(sorted(newest, key=lambda row: SHOWN.index(row.state)))


@prepared
def _newest_pairings(role: Role) -> "QuerySet[Pairing]":
    return (
        Pairing.objects.filter(**{role: Given("person")})
        .filter(
            Q(state__in=[PairingState.ACTIVE, PairingState.OFFERED])
            | Q(state=PairingState.ENDED, active_at__isnull=False)
        )
        .select_related(f"{role.other}__user")
        .only(*_PAIRING, *(f"{role.other}__{field}" for field in _PARTNER))
        .order_by("-created")[:MOST_PAIRINGS]
    )


def _pairing_row(pairing: Pairing, role: Role) -> OwnPairing:
    partner: Participant = getattr(pairing, role.other)
    return OwnPairing(
        id=pairing.pk,
        uuid=str(pairing.uuid),
        state=PairingState(pairing.state),
        role=role,
        mentee_id=pairing.mentee_id,
        partner_id=partner.pk,
        partner_name=name_of(partner.user),
        partner_zone=partner.time_zone,
        own_accepted_at=getattr(pairing, f"{role}_accepted_at"),
        offered_at=pairing.created,
        active_at=pairing.active_at,
        closed_at=pairing.closed_at,
        circle_id=pairing.circle_id,
    )


def own_pairing(place: Place, user_id: int, pairing: UUID) -> str:
    """The public id of a pairing that this person is or was in. Raises NotFound. One query."""
    return _own_pairings(place, user_id, Q(uuid=pairing))


def pairing_of_session(place: Place, user_id: int, session: UUID) -> str:
    """The public id of the pairing that a session of this person belongs to. Raises NotFound. One query."""
    return _own_pairings(place, user_id, Q(pk__in=Session.objects.filter(uuid=session).values("pairing")))


def _own_pairings(place: Place, user_id: int, which: Q) -> str:
    me = Participant.objects.filter(
        programme__context_key=place.context_key, programme__slug=place.slug, user_id=user_id
    ).values("pk")
    shown = Pairing.objects.filter(state__in=[PairingState.ACTIVE, PairingState.ENDED], active_at__isnull=False)
    found = shown.filter(which).filter(Q(mentor__in=me) | Q(mentee__in=me)).values_list("uuid", flat=True).first()
    if found is None:
        raise NotFound("not_here")
    return str(found)
