"""Forgetting a person: in one block when staff delete their state, everywhere when their account is retired."""

from collections.abc import Callable, Mapping

from django.db import transaction

from ..data import Place
from ..models import Attempt, ModuleProgress, Participant


@transaction.atomic
def forget_in_block(place: Place, user_id: int, area: str) -> None:
    """Delete what this person did in one block. Safe to repeat; nothing happens to somebody who never came."""
    mine = Participant.objects.filter(
        programme__context_key=place.context_key, programme__slug=place.slug, user_id=user_id
    )
    for participant in mine:
        FORGET.get(area, _nothing)(participant)


def _nothing(participant: Participant) -> None:
    """The programme home keeps nothing of its own."""


def _training(participant: Participant) -> None:
    ModuleProgress.objects.filter(participant=participant).delete()


def _assessment(participant: Participant) -> None:
    Attempt.objects.filter(participant=participant).delete()


FORGET: Mapping[str, Callable[[Participant], None]] = {
    "training": _training,
    "assessment": _assessment,
}


@transaction.atomic
def forget_everywhere(user_id: int) -> None:
    """Delete a retired person's places in all programmes, and with them everything they said or wrote."""
    Participant.objects.filter(user_id=user_id).delete()
