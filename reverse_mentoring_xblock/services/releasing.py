"""Deciding about a proposal: release it as offers to both people of each pair, all or in parts, or discard it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ..data import Place
from ..domain.errors import Conflict, NotFound
from ..domain.pairing_rules import PairingRules
from ..domain.states import LIVE_PAIRING, WHY_CLOSED, OverrideKind, ParticipantState, RunState
from ..models import AuditEntry, LeftOut, MatchRun, Override, Pairing, Participant, Programme, Proposal
from ..selectors.cohort import cohort_of
from .closing import Closed, close_others, decide
from .history import note
from .offering import NewPair, offer
from .pairing_locks import claim_programme, hold_still, move_up
from .round_rows import CHUNK


@dataclass(frozen=True)
class Released:
    """Offers made, and pairs that could not be offered any more. ``is_closed``: nothing of the proposal is left."""

    run: str
    pairs: int
    dropped: int
    is_changed: bool = True
    is_closed: bool = True
    others: Sequence[Closed] = ()
    """Runs that were open beside it and are not any more."""


@transaction.atomic
def release(
    place: Place, user_id: int, run: UUID, rules: PairingRules, only: Collection[UUID] | None = None, seen: str = ""
) -> Released:
    """Offer every proposed pair that still holds, or those of ``only``, all at once. Doing it twice is doing it once.

    Each pair goes through all the rules again, as its people are now. With the last pair the proposal is closed, and
    who ends up without a partner moves up the queue; until then the rest stays open, and pairs that could not be
    offered stay in it. ``seen`` is the version of the proposal that the coordinator looked at (``RunRow.version``).

    Raises NotFound for an unknown run, Conflict when somebody else has decided about it, when it is another version,
    when it did not pass its check, or when a pair of ``only`` is not proposed any more.
    """
    programme = claim_programme(place)
    row = open_or_decided(programme, run)
    proposals = list(row.proposals.order_by("pk"))
    asked = proposals if only is None else [one for one in proposals if one.uuid in only]
    waiting = [one for one in asked if one.released_at is None]
    if only and len(asked) < len(set(only)):
        raise Conflict("pairs_changed")
    if only is not None and not waiting:
        return Released(str(run), len(asked), 0, is_changed=False, is_closed=row.state != RunState.PROPOSED)
    if row.state != RunState.PROPOSED:
        facts = own_decision(programme, row, user_id, "pairing.released", is_whole=only is None)
        return Released(str(run), facts["pairs"], facts["dropped"], is_changed=False)
    if seen and seen != row.modified.isoformat():
        raise Conflict("pairs_changed")
    if not row.certified:
        raise Conflict("not_proved")
    kept = _offered(programme, place, rules, row, waiting)
    dropped = len(waiting) - len(kept)
    is_closed = only is None or not row.proposals.filter(released_at=None).exists()
    if is_closed:
        _close(row)
    else:
        row.save(update_fields=["modified"])
    note(programme, user_id, "pairing.released", run=row.pk, pairs=len(kept), dropped=dropped, is_closed=is_closed)
    others = close_others(programme, row, user_id)
    return Released(str(run), len(kept), dropped, is_closed=is_closed, others=others)


@transaction.atomic
def finish_round(place: Place, user_id: int, run: UUID) -> bool:
    """Close a proposal of which some pairs are released; the others are dropped, and whoever has no partner moves up
    the queue. Returns whether it was open.

    Raises NotFound for an unknown run, Conflict when nothing of it is released or somebody else has decided.
    """
    programme = claim_programme(place)
    row = open_or_decided(programme, run)
    if row.state != RunState.PROPOSED:
        own_decision(programme, row, user_id, "pairing.finished")
        return False
    if not row.proposals.exclude(released_at=None).exists():
        raise Conflict("nothing_released")
    dropped = row.proposals.filter(released_at=None).count()
    _close(row)
    note(programme, user_id, "pairing.finished", run=row.pk, dropped=dropped)
    return True


@transaction.atomic
def discard(place: Place, user_id: int, run: UUID) -> bool:
    """Drop a proposal; nobody was told of it and nobody's place in the queue changes. Returns whether it was open.

    Raises NotFound for an unknown run, Conflict when somebody else has decided about it or a part is released.
    """
    programme = claim_programme(place)
    row = open_or_decided(programme, run)
    if row.state != RunState.PROPOSED:
        own_decision(programme, row, user_id, "pairing.discarded")
        return False
    if row.proposals.exclude(released_at=None).exists():
        raise Conflict("partly_released")
    decide(row, RunState.DISCARDED)
    note(programme, user_id, "pairing.discarded", run=row.pk)
    return True


def open_or_decided(programme: Programme, run: UUID) -> MatchRun:
    """A proposal of this programme, whose lock is held. Raises NotFound when there is none."""
    found = MatchRun.objects.filter(programme=programme, uuid=run).first()
    if found is None:
        raise NotFound("not_here")
    return found


def own_decision(
    programme: Programme, run: MatchRun, user_id: int, act: str, *, is_whole: bool = True
) -> dict[str, int]:
    """The facts of this person's own earlier decision that closed the run. Raises Conflict when it was somebody else's
    or another one."""
    entries = AuditEntry.objects.filter(programme=programme, actor_id=user_id, act=act, facts__run=run.pk)
    entry = entries.order_by("-pk").first() if is_whole else None
    if entry is None or not entry.facts.get("is_closed", True):
        raise Conflict("released_meanwhile" if run.state == RunState.RELEASED else "discarded_meanwhile")
    return dict(entry.facts)


def _offered(
    programme: Programme, place: Place, rules: PairingRules, run: MatchRun, waiting: Sequence[Proposal]
) -> list[Proposal]:
    """Offer those of the pairs that hold now; the coordinator's word on them is kept with that."""
    people = {id_ for proposal in waiting for id_ in (proposal.mentor_id, proposal.mentee_id)}
    hold_still(people)
    kept = _kept(place, rules, waiting, people)
    pairs = [NewPair(proposal.mentor_id, proposal.mentee_id, proposal.reason) for proposal in kept]
    offer(programme, pairs, rules.answer_days, run=run)
    Proposal.objects.filter(pk__in=[one.pk for one in kept]).update(released_at=timezone.now())
    made = {(one.mentor_id, one.mentee_id) for one in kept if one.is_fixed}
    said = Override.objects.filter(programme=programme, kind=OverrideKind.FIX, slot=1)
    done = [pk for pk, *pair in said.values_list("pk", "mentor_id", "mentee_id") if tuple(pair) in made]
    Override.objects.filter(pk__in=done).update(slot=None, modified=timezone.now())
    return kept


def _kept(place: Place, rules: PairingRules, proposals: Sequence[Proposal], people: Iterable[int]) -> list[Proposal]:
    """The proposals that hold for people as they are now, in their order, within what each mentor has room for."""
    cohort = cohort_of(place, rules, only=list(people))
    mentors = {one.id: one for one in cohort.mentors}
    mentees = {one.id: one for one in cohort.mentees}
    room = {one.id: one.capacity for one in cohort.mentors}
    org = cohort.organisation
    policy = rules.policy(timezone.now().date())
    kept = []
    for proposal in proposals:
        mentor, mentee = mentors.get(proposal.mentor_id), mentees.get(proposal.mentee_id)
        if mentor is None or mentee is None or room[mentor.id] < 1:
            continue
        if not cohort.permits(mentor, mentee, org, policy):
            continue
        room[mentor.id] -= 1
        kept.append(proposal)
    return kept


def _close(run: MatchRun) -> None:
    """The round is over: those for whom nothing came of it, and who still want a partner, have waited one more.

    Whose pair was released has not, whatever came of the offer: declining moves the other up by itself.
    """
    pairs = list(run.proposals.values_list("mentor_id", "mentee_id", "released_at"))
    proposed = {id_ for mentor, mentee, _ in pairs for id_ in (mentor, mentee)}
    offered = {id_ for mentor, mentee, released_at in pairs if released_at for id_ in (mentor, mentee)}
    left_out = set(run.left_out.values_list("participant_id", flat=True))
    waiting = _let_wait((proposed | left_out) - offered)
    reason = {"why": WHY_CLOSED}
    LeftOut.objects.bulk_create(
        [LeftOut(run=run, participant_id=id_, reason=reason) for id_ in waiting if id_ not in left_out],
        batch_size=CHUNK,
    )
    decide(run, RunState.RELEASED)


def _let_wait(ids: Collection[int]) -> list[int]:
    """Move those up the queue who are in the pool and have nobody; returns who they are."""
    hold_still(ids)
    live = Pairing.objects.filter(Q(mentor__in=ids) | Q(mentee__in=ids), state__in=LIVE_PAIRING)
    busy = {id_ for pair in live.values_list("mentor", "mentee") for id_ in pair}
    waiting = Participant.objects.filter(pk__in=ids, state=ParticipantState.SIGNED_UP).order_by("pk")
    found = [id_ for id_ in waiting.values_list("pk", flat=True) if id_ not in busy]
    move_up(found)
    return found
