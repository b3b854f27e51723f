"""From both yeses to an active pairing. The programme is locked by whoever calls."""

from collections.abc import Sequence
from datetime import datetime

from ..domain.states import PairingState, move
from ..models import Pairing, Participant, Programme
from .history import note
from .request_rows import settle_requests


def activate(programme: Programme, pairings: Sequence[Pairing], now: datetime) -> None:
    """Make these offers active: waiting ends for their people, and requests that have no point any more are closed.

    Each is in the history without an actor: whose yes was the last is told to nobody.
    """
    for pairing in pairings:
        pairing.state = move(PairingState(pairing.state), PairingState.ACTIVE)
        pairing.active_at = now
        pairing.save(update_fields=["state", "active_at", "modified"])
        Participant.objects.filter(pk__in=(pairing.mentor_id, pairing.mentee_id)).update(rounds_waited=0)
        note(programme, None, "pairing.activated", pairing=pairing.pk)
    settle_requests(pairings)
