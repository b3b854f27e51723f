"""What a coordinator decides about one offer, one pair or one person. Each act counts once, however often sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..data import Place
from ..domain.errors import Conflict
from ..domain.offers import QUEUE_FIRST, is_over
from ..domain.states import LIVE_PAIRING, OverrideKind, PairingState
from ..models import Override, Pairing, Participant
from .circle_rows import freed_by_leaving
from .claims import claim
from .history import note
from .pairing_locks import claim_pairing_in, claim_programme, close, move_up
from .signing_up import pause, resume


@dataclass(frozen=True)
class Overseen:
    """What became of a pair. ``is_changed`` is false when it had been done, or was over, before."""

    pairing: str
    is_changed: bool


@transaction.atomic
def withdraw_offer(place: Place, user_id: int, pairing: UUID) -> Overseen:
    """Take an offer back. Both are free and move up the queue; nobody is told of a reason.

    Raises NotFound, and Conflict when both have accepted.
    """
    programme, row = claim_pairing_in(place, pairing)
    if row.state == PairingState.ACTIVE:
        raise Conflict("accepted_meanwhile")
    if not _is_open(row):
        return Overseen(str(pairing), is_changed=False)
    _close(row)
    note(programme, user_id, "pairing.offer_withdrawn", pairing=row.pk)
    return Overseen(str(pairing), is_changed=True)


@transaction.atomic
def extend_offer(place: Place, user_id: int, pairing: UUID, days: int, seen: datetime) -> Overseen:
    """Let an offer wait so many days longer. ``seen`` is the end that the coordinator saw: with another, nothing is
    done. The two are reminded again before the new end. Raises NotFound, and Conflict when it is not open any more.
    """
    programme, row = claim_pairing_in(place, pairing)
    if not _is_open(row) or row.answer_by is None:
        raise Conflict("offer_not_open")
    if row.answer_by != seen:
        return Overseen(str(pairing), is_changed=False)
    row.answer_by += timedelta(days=days)
    row.reminded_at = None
    row.save(update_fields=["answer_by", "reminded_at", "modified"])
    note(programme, user_id, "pairing.offer_extended", pairing=row.pk, days=days)
    return Overseen(str(pairing), is_changed=True)


@transaction.atomic
def end_for_both(place: Place, user_id: int, pairing: UUID) -> Overseen:
    """End a pair. It is nobody's fault: both are free and move up the queue. Raises NotFound."""
    programme, row = claim_pairing_in(place, pairing)
    if row.state not in LIVE_PAIRING:
        return Overseen(str(pairing), is_changed=False)
    _close(row)
    note(programme, user_id, "pairing.ended_for_both", pairing=row.pk)
    return Overseen(str(pairing), is_changed=True)


@transaction.atomic
def part(place: Place, user_id: int, pairing: UUID) -> Overseen:
    """Look for somebody else for both: the pair ends, the two are never proposed to each other again, and both go to
    the head of the queue. Raises NotFound.
    """
    programme, row = claim_pairing_in(place, pairing)
    if row.state not in LIVE_PAIRING:
        return Overseen(str(pairing), is_changed=False)
    _close(row, QUEUE_FIRST)
    standing = Override.objects.filter(mentor_id=row.mentor_id, mentee_id=row.mentee_id, slot=1)
    standing.exclude(kind=OverrideKind.FORBID).update(slot=None, modified=timezone.now())
    Override.objects.get_or_create(
        mentor_id=row.mentor_id,
        mentee_id=row.mentee_id,
        slot=1,
        defaults={"programme": programme, "kind": OverrideKind.FORBID, "made_by_id": user_id},
    )
    note(programme, user_id, "pairing.parted", pairing=row.pk)
    return Overseen(str(pairing), is_changed=True)


@transaction.atomic
def pause_for(place: Place, user_id: int, participant: UUID) -> bool:
    """Take somebody out of the next rounds on their behalf; their pairs go on. Returns whether anything changed.

    Raises NotFound, and Conflict when they are not signed up.
    """
    return _on_behalf(place, user_id, participant, pause, "pairing.paused_for")


@transaction.atomic
def resume_for(place: Place, user_id: int, participant: UUID) -> bool:
    """Let somebody take part in the next rounds again on their behalf. Returns whether anything changed.

    Raises NotFound, and Conflict when they are not signed up.
    """
    return _on_behalf(place, user_id, participant, resume, "pairing.resumed_for")


def _on_behalf(place: Place, user_id: int, whom: UUID, step: Callable[[Place, int], bool], act: str) -> bool:
    programme = claim_programme(place)
    row = claim(Participant.objects.filter(programme=programme, uuid=whom))
    try:
        is_changed = step(place, row.user_id)
    except Conflict:
        raise Conflict("they_are_not_signed_up") from None
    if is_changed:
        note(programme, user_id, act, participant=row.pk)
    return is_changed


def _is_open(row: Pairing) -> bool:
    return row.state == PairingState.OFFERED and not is_over(row.answer_by, timezone.now())


def _close(row: Pairing, rounds: int = 1) -> None:
    """End it for both, who move up; a circle that is left with too few falls apart."""
    close(row, PairingState.ENDED)
    move_up([row.mentor_id, row.mentee_id], rounds)
    if row.circle_id:
        move_up(freed_by_leaving(row.circle_id))
