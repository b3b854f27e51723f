"""How requests are closed. The programme is locked by whoever calls."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from ..domain.states import LIVE_PAIRING, RequestState, move
from ..models import Pairing, Participant, PartnerRequest


def is_waiting(row: PartnerRequest, now: datetime) -> bool:
    """Whether the mentor may still answer."""
    return row.state == RequestState.ASKED and row.answer_by > now


def close_request(row: PartnerRequest, state: RequestState) -> None:
    """End a request. Raises Conflict when it has ended before."""
    row.state = move(RequestState(row.state), state)
    row.slot = None
    row.closed_at = timezone.now()
    row.save(update_fields=["state", "slot", "closed_at", "modified"])


def settle_requests(pairings: Iterable[Pairing]) -> None:
    """Close what has no point any more when these pairings become active: the mentee's own request, and those to a
    mentor who has no place left."""
    for pairing in pairings:
        _close(PartnerRequest.objects.filter(mentee=pairing.mentee_id), RequestState.TAKEN_BACK)
        live = Pairing.objects.filter(mentor=pairing.mentor_id, state__in=LIVE_PAIRING)
        places = Participant.objects.values_list("capacity", flat=True).get(pk=pairing.mentor_id)
        if live.count() >= places or pairing.circle_id:
            _close(PartnerRequest.objects.filter(mentor=pairing.mentor_id), RequestState.LAPSED)


def close_requests_of(participant: Participant) -> None:
    """Close every request that waits from or for somebody who leaves."""
    _close(PartnerRequest.objects.filter(mentee=participant), RequestState.TAKEN_BACK)
    _close(PartnerRequest.objects.filter(mentor=participant), RequestState.LAPSED)


def _close(rows: "QuerySet[PartnerRequest]", state: RequestState) -> None:
    for row in rows.filter(state=RequestState.ASKED):
        close_request(row, state)
