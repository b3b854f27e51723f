"""Closing runs: a search that is called off, and what the choice of another proposal makes superfluous."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..data import Place
from ..domain.errors import Conflict, NotFound
from ..domain.states import OPEN_RUN, RunState, move
from ..models import MatchRun, Programme
from .history import note
from .pairing_locks import claim_programme


@dataclass(frozen=True)
class Closed:
    """A run that was open, by its id, and what became of it: an act of the history."""

    run: str
    act: str


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


def close_others(programme: Programme, chosen: MatchRun, user_id: int) -> list[Closed]:
    """Close every other run of a programme that is locked: one proposal was chosen. Returns what was open.

    Nobody moves up the queue for it: whoever ends up without a partner does when the chosen one is closed.
    """
    others = MatchRun.objects.filter(programme=programme, open_slot__isnull=False).exclude(pk=chosen.pk)
    closed = []
    for row in others.select_for_update().order_by("pk"):
        if row.state in OPEN_RUN:
            closed.append(Closed(str(row.uuid), _close(programme, row, user_id)))
        else:
            MatchRun.objects.filter(pk=row.pk).update(open_slot=None)
    return closed


def _close(programme: Programme, run: MatchRun, user_id: int) -> str:
    """End a run that is open, in the state that this means for it. Returns what was done."""
    waiting = run.proposals.filter(released_at=None)
    if run.state == RunState.WORKING:
        state, act, facts = RunState.CANCELLED, "pairing.search_cancelled", {}
    elif run.proposals.exclude(released_at=None).exists():
        state, act, facts = RunState.RELEASED, "pairing.finished", {"dropped": waiting.count()}
    else:
        state, act, facts = RunState.DISCARDED, "pairing.discarded", {}
    decide(run, state)
    note(programme, user_id, act, run=run.pk, **facts)
    return act


def decide(run: MatchRun, state: RunState) -> None:
    """Put a run of a programme that is locked into a state in which it is over."""
    run.state = move(RunState(run.state), state)
    run.open_slot = None
    run.decided_at = timezone.now()
    run.save(update_fields=["state", "open_slot", "decided_at", "modified"])
