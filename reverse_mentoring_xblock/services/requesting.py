"""A mentee asks a mentor, and may take it back."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from ..data import Place
from ..domain.errors import Conflict, NotAllowed, NotFound
from ..domain.pairing_rules import PairingRules
from ..domain.states import LIVE_PAIRING, RequestState, Role
from ..models import Pairing, Participant, PartnerRequest, Programme
from ..selectors.asking import not_to_be_asked
from ..selectors.pair_checks import APART, check_pair
from .history import note
from .pairing_locks import claim_programme, participant_in
from .request_rows import close_request, is_waiting


@dataclass(frozen=True)
class Asked:
    """A request, and whether the act changed anything."""

    request: str
    is_changed: bool


@transaction.atomic
def ask_mentor(place: Place, user_id: int, mentor: UUID, rules: PairingRules) -> Asked:
    """Ask a mentor to be one's partner. Asking the same one twice is asking once.

    Where something confided keeps the two apart, the request waits like any other and the mentor never sees it: so
    nobody learns of a veto by asking. Raises NotAllowed where the author allows no requests; Conflict while another
    request waits, when the person has a partner or an offer, and, in one code whatever the reason is, when this mentor
    cannot be asked.
    """
    if not rules.allow_requests:
        raise NotAllowed("requests_off")
    programme, me = _claimed(place, user_id)
    now = timezone.now()
    if me.role != Role.MENTEE or Pairing.objects.filter(mentee=me, state__in=LIVE_PAIRING).exists():
        raise Conflict("not_free_to_ask")
    asked = Participant.objects.filter(programme=programme, uuid=mentor, role=Role.MENTOR).first()
    open_one = PartnerRequest.objects.filter(mentee=me, slot=1).first()
    if open_one is not None and not is_waiting(open_one, now):
        close_request(open_one, RequestState.LAPSED)
    elif open_one is not None:
        if asked is not None and open_one.mentor_id == asked.pk:
            return Asked(str(open_one.uuid), is_changed=False)
        raise Conflict("request_waits")
    if asked is None or asked.pk in not_to_be_asked(place, me.pk, now):
        raise Conflict("mentor_not_now")
    broken = check_pair(place, rules, asked.pk, me.pk, now.date()).broken
    if not {APART}.issuperset(broken):
        raise Conflict("mentor_not_now")
    answer_by = now + timedelta(days=rules.answer_days)
    made = _made(programme, mentee=me, mentor=asked, answer_by=answer_by, is_delivered=not broken)
    note(programme, user_id, "request.asked", request=made.pk)
    return Asked(str(made.uuid), is_changed=True)


@transaction.atomic
def take_back_request(place: Place, user_id: int, request: UUID) -> Asked:
    """Take back a request that waits. Doing it twice is doing it once.

    Raises NotFound when it is not this person's, Conflict when the mentor has answered or it has lapsed.
    """
    programme, me = _claimed(place, user_id)
    row = PartnerRequest.objects.filter(programme=programme, mentee=me, uuid=request).first()
    if row is None:
        raise NotFound("not_here")
    if row.state == RequestState.TAKEN_BACK:
        return Asked(str(row.uuid), is_changed=False)
    if not is_waiting(row, timezone.now()):
        raise Conflict("request_over")
    close_request(row, RequestState.TAKEN_BACK)
    note(programme, user_id, "request.taken_back", request=row.pk)
    return Asked(str(row.uuid), is_changed=True)


def _claimed(place: Place, user_id: int) -> tuple[Programme, Participant]:
    try:
        programme = claim_programme(place)
    except NotFound:
        raise NotAllowed("join_first") from None
    return programme, participant_in(programme, user_id)


def _made(programme: Programme, **facts: Any) -> PartnerRequest:
    try:
        with transaction.atomic():
            return PartnerRequest.objects.create(programme=programme, **facts)
    except IntegrityError:
        raise Conflict("request_waits") from None
