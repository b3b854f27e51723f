"""Proposing a round: the matcher's answer, kept with its reasons and its proof until a coordinator decides."""

from dataclasses import dataclass
from secrets import randbelow

from django.db import IntegrityError, transaction
from django.utils import timezone

from ..data import Place
from ..domain import matching
from ..domain.errors import Conflict, NotFound
from ..domain.pairing_rules import PairingRules
from ..domain.states import RunState
from ..models import LeftOut, MatchRun, Programme, Proposal
from ..selectors.cohort import Cohort, cohort_of
from .lapsing import lapse_overdue
from .pairing_locks import claim_programme, note
from .round_rows import certificate_of, left_out_of, proposals_of
from .solving import solve

SEEDS = 2**31


@dataclass(frozen=True)
class Proposed:
    """A new proposal in numbers."""

    run: str
    pairs: int
    left_out: int
    is_certified: bool


def propose(place: Place, user_id: int, rules: PairingRules) -> Proposed:
    """Match everybody who is ready and keep the answer. Nobody in it is told.

    The search runs outside the transaction, so that nobody waits for it; release looks at every pair again. Raises
    Conflict when a proposal is open, or when there is nobody to match on one of the sides.
    """
    if MatchRun.objects.filter(
        programme__context_key=place.context_key, programme__slug=place.slug, state=RunState.PROPOSED
    ).exists():
        raise Conflict("proposal_open")
    lapse_overdue(place, timezone.now())  # whoever waits for an answer that cannot come any more is free for this round
    seed = randbelow(SEEDS)
    cohort = cohort_of(place, rules, seed)
    if not cohort.mentors or not cohort.mentees:
        raise Conflict("nobody_to_match")
    outcome = solve(cohort, rules, timezone.now().date(), seed)
    return _keep(place, user_id, cohort, outcome)


@transaction.atomic
def _keep(place: Place, user_id: int, cohort: Cohort, outcome: matching.Outcome) -> Proposed:
    try:
        programme = claim_programme(place)
    except NotFound:
        raise Conflict("nobody_to_match") from None
    run = _run(programme, user_id, outcome)
    Proposal.objects.bulk_create(proposals_of(run, cohort, outcome))
    LeftOut.objects.bulk_create(left_out_of(run, outcome))
    note(programme, user_id, "pairing.proposed", run=run.pk, pairs=outcome.matched, left_out=len(outcome.left_out))
    return Proposed(str(run.uuid), outcome.matched, len(outcome.left_out), outcome.certified)


def _run(programme: Programme, user_id: int, outcome: matching.Outcome) -> MatchRun:
    try:
        with transaction.atomic():
            return MatchRun.objects.create(
                programme=programme,
                proposed_by_id=user_id,
                seed=outcome.seed,
                **certificate_of(outcome),
            )
    except IntegrityError:
        raise Conflict("proposal_open") from None
