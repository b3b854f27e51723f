"""Taking hold of a row before deciding anything about it."""

from typing import TypeVar

from django.db import models
from django.utils import timezone

from ..data import Place
from ..domain.errors import NotAllowed, NotFound
from ..models import Participant, Programme

AnyRow = TypeVar("AnyRow", bound=models.Model)


def claim(rows: "models.QuerySet[AnyRow]") -> AnyRow:
    """Lock the one row that ``rows`` selects until the transaction ends, and return it as it is now.

    Must be the first statement of the transaction. Raises NotFound when there is no such row: it is gone, or it
    belongs to somebody else.
    """
    if rows.update(modified=timezone.now()) != 1:
        raise NotFound("not_here")
    return rows.get()


def claim_participant(place: Place, user_id: int) -> Participant:
    """Lock this person's own place in the programme. Raises NotAllowed when they have none yet."""
    rows = Participant.objects.filter(
        programme__in=Programme.objects.filter(context_key=place.context_key, slug=place.slug).values("pk"),
        user_id=user_id,
    )
    try:
        return claim(rows)
    except NotFound:
        raise NotAllowed("join_first") from None
