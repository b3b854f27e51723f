"""What ends when somebody leaves the pairing, by withdrawing or because they are forgotten."""

from ..models import Pairing, Participant
from .circle_rows import freed_by_leaving
from .pairing_locks import close_all, move_up
from .request_rows import close_requests_of


def leave_all(participant: Participant) -> list[Pairing]:
    """End every live pairing and request of somebody who leaves, and circles that cannot start without them. The
    programme is locked; the others move up the queue. Returns the pairings that were theirs."""
    closed = close_all(participant)
    for circle_id in {row.circle_id for row in closed if row.mentee_id == participant.pk and row.circle_id}:
        move_up(freed_by_leaving(circle_id))
    close_requests_of(participant)
    return closed
