"""From both yeses to an active pairing. The programme is locked by whoever calls."""

from collections.abc import Sequence
from datetime import datetime

from ..domain.states import PairingState, move
from ..models import Pairing, Participant
from .request_rows import settle_requests


def activate(pairings: Sequence[Pairing], now: datetime) -> None:
    """Make these offers active: waiting ends for their people, and requests that have no point any more are closed."""
    for pairing in pairings:
        pairing.state = move(PairingState(pairing.state), PairingState.ACTIVE)
        pairing.active_at = now
        pairing.save(update_fields=["state", "active_at", "modified"])
        Participant.objects.filter(pk__in=(pairing.mentor_id, pairing.mentee_id)).update(rounds_waited=0)
    settle_requests(pairings)
