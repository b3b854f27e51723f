"""Giving a mentee another mentor."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ..data import Place
from ..domain.errors import Conflict, NotFound
from ..domain.pairing_rules import PairingRules
from ..domain.states import LIVE_PAIRING, PairingState, Role
from ..models import Pairing, Participant
from ..selectors.pair_checks import check_pair
from .circle_rows import freed_by_leaving
from .history import note
from .offering import offer_checked
from .overseeing import Overseen
from .pairing_locks import claim_pairing_in, close, move_up

ORIGIN = "handover"


@transaction.atomic
def hand_over(place: Place, user_id: int, pairing: UUID, mentor: UUID, rules: PairingRules) -> Overseen:
    """End a mentee's pair and offer another mentor to them, in one transaction and with every rule checked.

    The mentee keeps their place in the queue, and what the two have noted in the journal. The mentor who is free again
    moves up. Raises NotFound, and Conflict when the pair is over or the two cannot be paired.
    """
    programme, row = claim_pairing_in(place, pairing)
    both = Participant.objects.filter(Q(uuid=mentor, role=Role.MENTOR) | Q(pk=row.mentee_id), programme=programme)
    held = {one.role: one for one in both.select_for_update().order_by("pk")}
    other = held.get(Role.MENTOR)
    if other is None:
        raise NotFound("not_here")
    if row.state not in LIVE_PAIRING:
        return _done_before(row, other)
    close(row, PairingState.ENDED)
    check = check_pair(place, rules, other.pk, row.mentee_id, timezone.now().date())
    if offer_checked(programme, check, rules.answer_days, origin=ORIGIN) is None:
        raise Conflict("cannot_hand_over")  # and with it the old pair goes on
    move_up([row.mentor_id])
    if row.circle_id:
        move_up(freed_by_leaving(row.circle_id))
    note(programme, user_id, "pairing.handed_over", pairing=row.pk)
    return Overseen(str(pairing), is_changed=True)


def _done_before(row: Pairing, mentor: Participant) -> Overseen:
    """The same click twice finds what the first has made."""
    made = Pairing.objects.filter(mentor=mentor, mentee_id=row.mentee_id, origin=ORIGIN, state__in=LIVE_PAIRING)
    if not made.exists():
        raise Conflict("pair_over")
    return Overseen(str(row.uuid), is_changed=False)
