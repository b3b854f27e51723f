"""What is locked when it is decided who works with whom, and in which order.

Always the programme first, then pairings, then participants. Every service that changes pairings takes the programme,
so two decisions never wait for each other in a circle, and a round is released against people who stand still.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from ..data import Place
from ..domain.errors import NotAllowed
from ..domain.states import LIVE_PAIRING, PairingState, Role, move
from ..models import Pairing, Participant, Programme
from .claims import claim


@dataclass(frozen=True)
class OwnPairing:
    """A pairing that is locked until the transaction ends, and who of the two acts."""

    programme: Programme
    pairing: Pairing
    role: Role


def claim_programme(place: Place) -> Programme:
    """Lock the programme. Raises NotFound when nobody has come into it yet."""
    return claim(Programme.objects.filter(context_key=place.context_key, slug=place.slug))


def claim_own_pairing(place: Place, user_id: int, pairing: UUID) -> OwnPairing:
    """Lock the programme and one of this person's pairings. Raises NotFound when it is not theirs."""
    programme = claim_programme(place)
    mine = Participant.objects.filter(programme=programme, user_id=user_id).values("pk")
    row = claim(Pairing.objects.filter(Q(mentor__in=mine) | Q(mentee__in=mine), programme=programme, uuid=pairing))
    is_mentor = Participant.objects.filter(pk=row.mentor_id, user_id=user_id).exists()
    return OwnPairing(programme, row, Role.MENTOR if is_mentor else Role.MENTEE)


def claim_pairing_in(place: Place, pairing: UUID) -> tuple[Programme, Pairing]:
    """Lock the programme and any of its pairings, for a coordinator. Raises NotFound when there is none."""
    programme = claim_programme(place)
    return programme, claim(Pairing.objects.filter(programme=programme, uuid=pairing))


def participant_in(programme: Programme, user_id: int) -> Participant:
    """This person's row as it is now. Raises NotAllowed when they have none."""
    found = Participant.objects.filter(programme=programme, user_id=user_id).first()
    if found is None:
        raise NotAllowed("join_first")
    return found


def hold_still(participants: Iterable[int]) -> None:
    """Lock people, so that nobody edits, pauses or leaves while they are paired. The programme is locked."""
    list(Participant.objects.select_for_update().filter(pk__in=participants).order_by("pk").values_list("pk"))


def close(pairing: Pairing, state: PairingState) -> None:
    """End a pairing and free both. Raises Conflict when it cannot go into ``state`` any more."""
    pairing.state = move(PairingState(pairing.state), state)
    pairing.mentor_slot = pairing.mentee_slot = None
    pairing.closed_at = timezone.now()
    pairing.save(update_fields=["state", "mentor_slot", "mentee_slot", "closed_at", "modified"])


def close_all(participant: Participant) -> list[Pairing]:
    """End every live pairing of somebody who leaves; the programme is locked. The others move up the queue, but for
    the mentor of a circle that goes on without them."""
    mine = Q(mentor=participant) | Q(mentee=participant)
    live = list(Pairing.objects.select_for_update().filter(mine, state__in=LIVE_PAIRING).order_by("pk"))
    for pairing in live:
        close(pairing, PairingState.ENDED)
    move_up([row.mentee_id for row in live if row.mentor_id == participant.pk])
    move_up([row.mentor_id for row in live if row.mentee_id == participant.pk and row.circle_id is None])
    return live


def move_up(participants: list[int], rounds: int = 1) -> None:
    """Count so many more rounds without a partner: they are worth points in the next one."""
    if participants:
        Participant.objects.filter(pk__in=participants).update(rounds_waited=F("rounds_waited") + rounds)
