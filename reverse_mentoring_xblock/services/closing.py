"""Closing runs: a search that is called off, and what the choice of another proposal makes superfluous."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..data import Place
from ..domain.errors import Conflict, NotFound
from ..domain.states import OPEN_RUN, RunState, move
from ..models import MatchRun, Programme
from .pairing_locks import claim_programme, note


@transaction.atomic
def cancel_search(place: Place, user_id: int, run: UUID) -> bool:
    """Call off a search. It is over at once; whoever works on it notices, and what they find is dropped.

    Returns whether it was being worked out. Raises NotFound for an unknown run, Conflict when it was finished first.
    """
    programme = claim_programme(place)
    row = MatchRun.objects.filter(programme=programme, uuid=run).first()
    if row is None:
        raise NotFound("not_here")
    if row.state in (RunState.CANCELLED, RunState.FAILED):
        return False
    if row.state != RunState.WORKING:
        raise Conflict("found_meanwhile")
    _close(programme, row, user_id)
    return True


def close_others(programme: Programme, chosen: MatchRun, user_id: int) -> list[str]:
    """Close every other run of a programme that is locked: one proposal was chosen. Returns what was dropped, by id."""
    others = MatchRun.objects.filter(programme=programme, open_slot__isnull=False).exclude(pk=chosen.pk)
    dropped = []
    for row in others.select_for_update().order_by("pk"):
        if row.state in OPEN_RUN:
            dropped.append(str(row.uuid))
            _close(programme, row, user_id)
        else:
            MatchRun.objects.filter(pk=row.pk).update(open_slot=None)
    return dropped


def _close(programme: Programme, run: MatchRun, user_id: int) -> None:
    """Drop a run that is open, in the state that this means for it."""
    was_working = run.state == RunState.WORKING
    run.state = move(RunState(run.state), RunState.CANCELLED if was_working else RunState.DISCARDED)
    run.open_slot = None
    run.decided_at = timezone.now()
    if was_working:
        run.cancel_asked_at = run.decided_at
    run.save(update_fields=["state", "open_slot", "decided_at", "cancel_asked_at", "modified"])
    act = "pairing.search_cancelled" if was_working else "pairing.discarded"
    note(programme, user_id, act, run=run.pk)
