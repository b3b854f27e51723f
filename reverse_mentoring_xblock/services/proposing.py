"""Asking for a round: what is wanted is written down, then the host works it out."""

from dataclasses import dataclass
from secrets import randbelow
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from ..data import Place
from ..domain.errors import Conflict, NotFound
from ..domain.pairing_rules import PairingRules
from ..domain.states import RunBasis, RunState
from ..models import MatchRun
from ..selectors.roster import role_counts
from .lapsing import lapse_overdue
from .pairing_locks import claim_programme
from .starting import start, start_lost

SEEDS = 2**31


@dataclass(frozen=True)
class Proposed:
    """How far a proposal has come, in numbers. ``failure`` is a code, empty unless the search failed."""

    run: str
    pairs: int
    left_out: int
    is_certified: bool
    state: RunState = RunState.PROPOSED
    failure: str = ""
    is_news: bool = True
    """Whether this is the first look that finds an answer."""


def propose(place: Place, user_id: int, rules: PairingRules, basis: RunBasis = RunBasis.SCORE) -> Proposed:
    """Have everybody who is ready matched. Nobody in it is told.

    Where the host has no queue, a small round is worked out before this returns. Raises Conflict when there is a
    proposal on the same basis already, or when there is nobody to match on one of the sides.
    """
    lapse_overdue(place, timezone.now())  # whoever waits for an answer that cannot come any more is free for this round
    ready = [count.ready for count in role_counts(place, rules)]
    if not all(ready):
        raise Conflict("nobody_to_match")
    run = _ask(place, user_id, rules, basis)
    start(run.pk, max(ready))
    return _look(MatchRun.objects.filter(pk=run.pk))


def look_at_search(place: Place, run: UUID) -> Proposed:
    """How far a search is. One whose worker is dead is started anew. Raises NotFound for an unknown run."""
    start_lost(place)
    return _look(
        MatchRun.objects.filter(programme__context_key=place.context_key, programme__slug=place.slug, uuid=run)
    )


def _look(runs: "QuerySet[MatchRun]") -> Proposed:
    """The one run, as it is. The first who sees it proposed takes the worker's name off it."""
    run = runs.first()
    if run is None:
        raise NotFound("not_here")
    state = RunState(run.state)
    is_found = state is RunState.PROPOSED
    return Proposed(
        run=str(run.uuid),
        pairs=run.matched,
        left_out=run.left_out.count() if is_found else 0,
        is_certified=run.certified,
        state=state,
        failure=run.phase if state is RunState.FAILED else "",
        is_news=is_found and MatchRun.objects.filter(pk=run.pk).exclude(worker="").update(worker="") == 1,
    )


@transaction.atomic
def _ask(place: Place, user_id: int, rules: PairingRules, basis: RunBasis) -> MatchRun:
    try:
        programme = claim_programme(place)
    except NotFound:
        raise Conflict("nobody_to_match") from None
    MatchRun.objects.filter(programme=programme, open_slot=basis.slot, state=RunState.FAILED).update(open_slot=None)
    try:
        with transaction.atomic():
            return MatchRun.objects.create(
                programme=programme,
                proposed_by_id=user_id,
                state=RunState.WORKING,
                open_slot=basis.slot,
                basis=basis,
                rules=rules.as_json(),
                seed=randbelow(SEEDS),
                beat_at=timezone.now(),
            )
    except IntegrityError:
        raise Conflict("proposal_open") from None
