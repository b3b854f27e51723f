"""Mentors whom a mentee cannot ask, for reasons that the mentee may guess."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count

from ..data import Place
from ..domain.states import RequestState
from ..models import PartnerRequest

MOST_WAITING = 5
"""Requests that wait for one mentor at a time."""
OVER = (RequestState.DECLINED, RequestState.LAPSED)


def not_to_be_asked(place: Place, mentee_id: int, now: datetime) -> Collection[int]:
    """Mentors who did not say yes to this mentee before, or for whom as many requests wait as may. Two queries."""
    asked = PartnerRequest.objects.filter(mentee=mentee_id)
    over = asked.filter(state__in=OVER) | asked.filter(state=RequestState.ASKED, answer_by__lte=now)
    waiting = PartnerRequest.objects.filter(
        programme__context_key=place.context_key,
        programme__slug=place.slug,
        state=RequestState.ASKED,
        answer_by__gt=now,
        is_delivered=True,
    )
    full = waiting.values("mentor").annotate(n=Count("pk")).filter(n__gte=MOST_WAITING)
    return {*over.values_list("mentor", flat=True), *full.values_list("mentor", flat=True)}
