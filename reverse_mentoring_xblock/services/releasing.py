"""Deciding about a proposal: release it as offers to both people of each pair, or discard it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..data import Place
from ..domain.errors import Conflict, NotFound
from ..domain.matching import Organisation, eligible
from ..domain.pairing_rules import PairingRules
from ..domain.states import LIVE_PAIRING, ParticipantState, RunState, move
from ..models import AuditEntry, MatchRun, Pairing, Participant, Programme, Proposal
from ..selectors.cohort import cohort_of
from .closing import close_others
from .offering import NewPair, offer
from .pairing_locks import claim_programme, move_up, note


@dataclass(frozen=True)
class Released:
    """Offers made, and pairs that could not be offered any more."""

    run: str
    pairs: int
    dropped: int
    is_changed: bool = True
    others: Sequence[str] = ()
    """Proposals to choose from that were not chosen, by id."""


@transaction.atomic
def release(place: Place, user_id: int, run: UUID, rules: PairingRules) -> Released:
    """Offer every proposed pair that still holds, all at once. Doing it twice is doing it once.

    Each pair goes through all the rules again, as its people are now. Who ends up without a partner moves up the
    queue. Raises NotFound for an unknown run, Conflict when somebody else has decided about it.
    """
    programme = claim_programme(place)
    row = _run(programme, run)
    if row.state != RunState.PROPOSED:
        facts = _own_decision(programme, row, user_id, "pairing.released")
        return Released(str(run), facts["pairs"], facts["dropped"], is_changed=False)
    proposals = list(row.proposals.order_by("pk"))
    people = {id_ for proposal in proposals for id_ in (proposal.mentor_id, proposal.mentee_id)}
    left = set(row.left_out.values_list("participant_id", flat=True))
    _hold_still(people | left)
    kept = _kept(place, rules, proposals, people)
    pairs = [NewPair(proposal.mentor_id, proposal.mentee_id, proposal.reason) for proposal in kept]
    offer(programme, pairs, rules.answer_days, run=row)
    paired = {id_ for proposal in kept for id_ in (proposal.mentor_id, proposal.mentee_id)}
    _let_wait((people | left) - paired)
    _decide(row, RunState.RELEASED)
    dropped = len(proposals) - len(kept)
    note(programme, user_id, "pairing.released", run=row.pk, pairs=len(kept), dropped=dropped)
    return Released(str(run), len(kept), dropped, others=close_others(programme, row, user_id))


@transaction.atomic
def discard(place: Place, user_id: int, run: UUID) -> bool:
    """Drop a proposal; nobody was told of it and nobody's place in the queue changes. Returns whether it was open.

    Raises NotFound for an unknown run, Conflict when somebody else has decided about it.
    """
    programme = claim_programme(place)
    row = _run(programme, run)
    if row.state != RunState.PROPOSED:
        _own_decision(programme, row, user_id, "pairing.discarded")
        return False
    _decide(row, RunState.DISCARDED)
    note(programme, user_id, "pairing.discarded", run=row.pk)
    return True


def _run(programme: Programme, run: UUID) -> MatchRun:
    found = MatchRun.objects.filter(programme=programme, uuid=run).first()
    if found is None:
        raise NotFound("not_here")
    return found


def _own_decision(programme: Programme, run: MatchRun, user_id: int, act: str) -> dict[str, int]:
    """The facts of this person's own earlier decision. Raises Conflict when it was somebody else's or another one."""
    entry = AuditEntry.objects.filter(programme=programme, actor_id=user_id, act=act, facts__run=run.pk).first()
    if entry is None:
        raise Conflict("released_meanwhile" if run.state == RunState.RELEASED else "discarded_meanwhile")
    return dict(entry.facts)


def _hold_still(ids: Iterable[int]) -> None:
    """Lock everybody in the proposal, so that nobody edits, pauses or leaves while it becomes offers."""
    list(Participant.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))


def _kept(place: Place, rules: PairingRules, proposals: Sequence[Proposal], people: Iterable[int]) -> list[Proposal]:
    """The proposals that hold for people as they are now, in their order, within what each mentor has room for."""
    cohort = cohort_of(place, rules, only=list(people))
    mentors = {one.id: one for one in cohort.mentors}
    mentees = {one.id: one for one in cohort.mentees}
    room = {one.id: one.capacity for one in cohort.mentors}
    org = Organisation.of([*cohort.mentors, *cohort.mentees, *cohort.others])
    policy = rules.policy(timezone.now().date())
    kept = []
    for proposal in proposals:
        mentor, mentee = mentors.get(proposal.mentor_id), mentees.get(proposal.mentee_id)
        if mentor is None or mentee is None or room[mentor.id] < 1 or not eligible(mentor, mentee, org, policy):
            continue
        room[mentor.id] -= 1
        kept.append(proposal)
    return kept


def _let_wait(ids: Collection[int]) -> None:
    """Those who still want a partner and have none have waited one more round."""
    busy = Pairing.objects.filter(mentor__in=ids, state__in=LIVE_PAIRING).values("mentor")
    waiting = Participant.objects.filter(pk__in=ids, state=ParticipantState.SIGNED_UP).exclude(pk__in=busy)
    move_up(list(waiting.values_list("pk", flat=True)))


def _decide(run: MatchRun, state: RunState) -> None:
    run.state = move(RunState(run.state), state)
    run.open_slot = None
    run.decided_at = timezone.now()
    run.save(update_fields=["state", "open_slot", "decided_at", "modified"])
