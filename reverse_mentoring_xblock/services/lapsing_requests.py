"""Closing requests that no mentor has answered in time."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from ..domain.states import RequestState
from ..models import PartnerRequest, Programme
from .claims import claim
from .history import note

BATCH = 200
"""Requests that are closed in one transaction, so that nobody waits long for the programme."""


def lapse_requests(now: datetime) -> int:
    """Let every overdue request lapse, in all programmes. Returns how many there were.

    Pages count an overdue request as lapsed already, so nobody waits for this. Safe to run twice and from two places
    at once.
    """
    lapsed = 0
    for programme_id in _overdue(now).order_by("programme").values_list("programme", flat=True).distinct():
        while number := _lapse_some(programme_id, now):
            lapsed += number
    return lapsed


@transaction.atomic
def _lapse_some(programme_id: int, now: datetime) -> int:
    programme = claim(Programme.objects.filter(pk=programme_id))
    rows = list(_overdue(now).filter(programme=programme).order_by("pk").values_list("pk", flat=True)[:BATCH])
    if rows:
        PartnerRequest.objects.filter(pk__in=rows).update(
            state=RequestState.LAPSED, slot=None, closed_at=now, modified=now
        )
        note(programme, None, "request.lapsed", requests=len(rows))
    return len(rows)


def _overdue(now: datetime) -> "QuerySet[PartnerRequest]":
    return PartnerRequest.objects.filter(state=RequestState.ASKED, answer_by__lte=now)
