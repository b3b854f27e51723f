"""Proposing a round: the matcher's answer, kept with its reasons and its proof until a coordinator decides."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from secrets import randbelow
from typing import Any

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
from .offering import stored_reason
from .pairing_locks import claim_programme, note
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
    mentees = {mentee.id: mentee for mentee in cohort.mentees}
    Proposal.objects.bulk_create(
        Proposal(
            run=run,
            mentor_id=match.mentor,
            mentee_id=match.mentee,
            utility=match.utility.total,
            reason=stored_reason(match.reason, match.utility, mentees[match.mentee]),
        )
        for match in outcome.pairs
    )
    LeftOut.objects.bulk_create(LeftOut(run=run, participant_id=one.id, reason=_why(one)) for one in outcome.left_out)
    note(programme, user_id, "pairing.proposed", run=run.pk, pairs=outcome.matched, left_out=len(outcome.left_out))
    return Proposed(str(run.uuid), outcome.matched, len(outcome.left_out), outcome.certified)


def _run(programme: Programme, user_id: int, outcome: matching.Outcome) -> MatchRun:
    try:
        with transaction.atomic():
            return MatchRun.objects.create(
                programme=programme,
                proposed_by_id=user_id,
                seed=outcome.seed,
                matched=outcome.matched,
                total=outcome.total,
                bound=outcome.bound,
                certified=outcome.certified,
                prices=asdict(outcome.prices),
            )
    except IntegrityError:
        raise Conflict("proposal_open") from None


def _why(one: matching.LeftOut) -> Mapping[str, Any]:
    """Codes and counts. The matcher has left private rules out already."""
    return {"why": one.why, "rule": one.rule or "", "sought": one.sought, "places": one.places}
