"""A mentor answers a mentee's request."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..data import Place
from ..domain.errors import Conflict, NotFound
from ..domain.pairing_rules import PairingRules
from ..domain.states import RequestState
from ..models import Pairing, Participant, PartnerRequest, Programme
from ..selectors.pair_checks import check_pair
from .activating import activate
from .history import note
from .offering import offer_checked
from .pairing_locks import claim_programme, hold_still
from .request_rows import close_request, is_waiting


@dataclass(frozen=True)
class Answered:
    """A request after the mentor's word. ``pairing`` and ``user_ids`` are there after a yes."""

    request: str
    is_changed: bool
    pairing: str = ""
    user_ids: tuple[int, ...] = ()


@transaction.atomic
def accept_request(place: Place, user_id: int, request: UUID, rules: PairingRules) -> Answered:
    """Say yes: the two are an active pair at once. Saying it twice is saying it once.

    Every rule is checked again, with the two as they are now. Raises NotFound when the request is not for this person,
    Conflict when it is over, and when the two cannot be paired at this moment; then it goes on waiting.
    """
    programme, row = _received(place, user_id, request)
    people = (row.mentor_id, row.mentee_id)
    if row.state == RequestState.ACCEPTED:
        return Answered(str(row.uuid), is_changed=False)
    now = timezone.now()
    if not is_waiting(row, now):
        raise Conflict("request_over")
    hold_still(people)
    made = _paired(place, programme, row, rules, now)
    close_request(row, RequestState.ACCEPTED)
    note(programme, user_id, "request.accepted", request=row.pk, pairing=made.pk)
    activate(programme, [made], now)
    users = dict(Participant.objects.filter(pk__in=people).values_list("pk", "user_id"))
    return Answered(str(row.uuid), True, str(made.uuid), tuple(users[id_] for id_ in people))


@transaction.atomic
def decline_request(place: Place, user_id: int, request: UUID) -> Answered:
    """Say no. The mentee reads that it will not come about, and is free to ask somebody else.

    Raises NotFound when the request is not for this person, Conflict when it is over otherwise.
    """
    programme, row = _received(place, user_id, request)
    if row.state == RequestState.DECLINED:
        return Answered(str(row.uuid), is_changed=False)
    if not is_waiting(row, timezone.now()):
        raise Conflict("request_over")
    close_request(row, RequestState.DECLINED)
    note(programme, user_id, "request.declined", request=row.pk)
    return Answered(str(row.uuid), is_changed=True)


def _received(place: Place, user_id: int, request: UUID) -> tuple[Programme, PartnerRequest]:
    programme = claim_programme(place)
    received = PartnerRequest.objects.filter(programme=programme, mentor__user=user_id, is_delivered=True)
    row = received.filter(uuid=request).first()
    if row is None:
        raise NotFound("not_here")
    return programme, row


def _paired(place: Place, programme: Programme, row: PartnerRequest, rules: PairingRules, now: datetime) -> Pairing:
    """A pairing of the two with both their yeses. One answer stands for everything that may be in the way."""
    found = check_pair(place, rules, row.mentor_id, row.mentee_id, now.date())
    try:
        made = offer_checked(programme, found, rules.answer_days, origin="request")
    except Conflict:
        made = None
    if made is None:
        raise Conflict("request_not_now")
    made.mentor_accepted_at = made.mentee_accepted_at = now
    made.save(update_fields=["mentor_accepted_at", "mentee_accepted_at", "modified"])
    return made
