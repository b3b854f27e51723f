"""Leaving the pairing."""

from dataclasses import dataclass

from django.db import transaction

from ..data import Place
from ..domain.errors import NotAllowed, NotFound
from ..domain.states import ParticipantState, move
from ..models import Participant
from .claims import claim
from .history import note
from .leaving import leave_all
from .pairing_locks import claim_programme, participant_in


@dataclass(frozen=True)
class Withdrawn:
    """Somebody who has left, and how many pairings came to an end with it."""

    is_changed: bool
    closed: int = 0


@transaction.atomic
def withdraw(place: Place, user_id: int) -> Withdrawn:
    """Leave the pool and end every live pairing, so that each partner is free. Doing it twice is doing it once.

    What the person said at sign-up is kept, so that they can come back. Raises NotAllowed without a role in the
    programme.
    """
    try:
        programme = claim_programme(place)
    except NotFound:
        raise NotAllowed("join_first") from None
    closed = leave_all(participant_in(programme, user_id))
    participant = claim(Participant.objects.filter(programme=programme, user_id=user_id))
    if participant.state == ParticipantState.WITHDRAWN:
        return Withdrawn(is_changed=False)
    participant.state = move(ParticipantState(participant.state), ParticipantState.WITHDRAWN)
    participant.save(update_fields=["state", "modified"])
    note(programme, user_id, "pairing.withdrawn", participant=participant.pk, pairings=[row.pk for row in closed])
    return Withdrawn(is_changed=True, closed=len(closed))
