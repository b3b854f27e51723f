"""Counting why offers are declined, so that nobody can tell from the figures whose offer it was."""

from django.db.models import F, Sum

from ..domain.disclosure import BATCH
from ..domain.states import WhyDeclined
from ..models import DeclineReason, Programme


def count_decline(programme: Programme, why: WhyDeclined) -> None:
    """Count one no; the programme is locked. What coordinators see changes with every fifth one alone."""
    counts = DeclineReason.objects.filter(programme=programme)
    DeclineReason.objects.get_or_create(programme=programme, reason=why)
    counts.filter(reason=why).update(count=F("count") + 1)
    if counts.aggregate(n=Sum("count"))["n"] % BATCH == 0:
        counts.update(shown=F("count"))
