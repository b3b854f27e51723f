"""Forgetting a person: in one block when staff delete their state, everywhere when their account is retired."""

from collections.abc import Callable, Collection, Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ..data import Place
from ..domain.matching import reference
from ..domain.states import ParticipantState
from ..models import (
    Action,
    Attempt,
    Goal,
    Interest,
    LeftOut,
    ModuleProgress,
    Pairing,
    Participant,
    Programme,
    Reflection,
    Session,
    Veto,
)
from .pairing_locks import close_all
from .roster_files import drop_files_naming


@transaction.atomic
def forget_in_block(place: Place, user_id: int, area: str) -> None:
    """Delete what this person did in one block. Safe to repeat; nothing happens to somebody who never came."""
    _hold(Programme.objects.filter(context_key=place.context_key, slug=place.slug))
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
    Goal.objects.filter(participant=participant).delete()


def _pairing(participant: Participant) -> None:
    """Take back the sign-up: partners are freed, and what the person said about themselves is gone."""
    close_all(participant)
    Interest.objects.filter(participant=participant).delete()
    Veto.objects.filter(participant=participant).delete()
    LeftOut.objects.filter(participant=participant).delete()
    nobody = Participant()
    for name in PROFILE:
        setattr(participant, name, getattr(nobody, name))
    if participant.state != ParticipantState.INVITED:
        participant.state = ParticipantState.JOINED
    participant.save()


def _journal(participant: Participant) -> None:
    """Take back what the person wrote and confirmed. The sessions and the partner's own part in them stay."""
    Reflection.objects.filter(author=participant).delete()
    Action.objects.filter(owner=participant).delete()
    pairings = Pairing.objects.filter(**{participant.role: participant})
    confirmed = {f"{participant.role}_confirmed_at": None}
    Session.objects.filter(pairing__in=pairings.values("pk")).update(**confirmed)


#: What a person said at sign-up; forgotten by setting each to what it is before.
PROFILE = (
    "level",
    "department",
    "site",
    "manager",
    "languages",
    "time_zone",
    "windows",
    "capacity",
    "rounds_waited",
    "rules_agreed_at",
    "signed_up_at",
)

FORGET: Mapping[str, Callable[[Participant], None]] = {
    "training": _training,
    "assessment": _assessment,
    "pairing": _pairing,
    "journal": _journal,
}


@transaction.atomic
def forget_everywhere(user_id: int, names: Collection[str] = ()) -> None:
    """Forget a person whose account is retired: everything that they said, answered or wrote, in all programmes.

    Live pairings are ended first, so that each partner is free and moves up the queue. What belongs to the partner,
    too, stays: that the two were paired and met, with dates and without words. ``names`` are the person's username
    and addresses; where colleagues have given one as a manager or as somebody to be kept apart from, it goes as well,
    and so does a roster file that waits with one in it.
    """
    mine = Participant.objects.filter(user_id=user_id)
    _hold(Programme.objects.filter(pk__in=mine.values("programme")))
    for participant in mine:
        for forget in FORGET.values():
            forget(participant)
        participant.state = ParticipantState.WITHDRAWN
        participant.save(update_fields=["state", "modified"])
    known = [reference(name) for name in names if name.strip()]
    Veto.objects.filter(person__in=known).delete()
    Participant.objects.filter(manager__in=known).update(manager="")
    drop_files_naming(known)


def _hold(programmes: "QuerySet[Programme]") -> None:
    """Lock the programmes first, as every service does that changes pairings."""
    programmes.update(modified=timezone.now())
