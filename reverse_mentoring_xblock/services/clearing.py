"""Forgetting a person: in one block when staff delete their state, everywhere when their account is retired."""

from collections.abc import Callable, Collection, Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ..data import Place
from ..domain.matching import reference
from ..domain.states import ParticipantState, RequestState
from ..models import (
    Action,
    Attempt,
    Avoided,
    Goal,
    Interest,
    LeftOut,
    ModuleProgress,
    Pairing,
    Participant,
    PartnerRequest,
    Programme,
    Reflection,
    Session,
    SignUpDraft,
    Veto,
    Wish,
)
from .leaving import leave_all
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
    leave_all(participant)
    _requests(participant)
    for table in (SignUpDraft, Interest, Veto, Wish, Avoided, LeftOut):
        table.objects.filter(participant=participant).delete()
    nobody = Participant()
    for name in PROFILE:
        setattr(participant, name, getattr(nobody, name))
    if participant.state != ParticipantState.INVITED:
        participant.state = ParticipantState.JOINED
    participant.save()


def _requests(participant: Participant) -> None:
    """Of those to a mentor the ones that lapsed are kept: each is news for its mentee, and says nothing of anybody."""
    PartnerRequest.objects.filter(mentee=participant).delete()
    PartnerRequest.objects.filter(mentor=participant).exclude(state=RequestState.LAPSED).delete()


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
    "mode",
    "channels",
    "style",
    "capacity",
    "rounds_waited",
    "committed_at",
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
    so do wishes for them and that they were passed over, and a roster file that waits with one in it.
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
    Wish.objects.filter(wished__in=mine).delete()
    Avoided.objects.filter(avoided__in=mine).delete()
    Participant.objects.filter(manager__in=known).update(manager="")
    _forget_in_drafts(known)
    drop_files_naming(known)


def _forget_in_drafts(known: Collection[str]) -> None:
    """Take names out of what people have said who are not signed up yet. No database searches a stored list the same
    way as another, and drafts are few."""
    for draft in SignUpDraft.objects.select_for_update().order_by("pk"):
        vetoes = draft.said.get("vetoes", ())
        kept = [name for name in vetoes if name not in known]
        has_manager = draft.said.get("manager") in known
        if has_manager or len(kept) < len(vetoes):
            draft.said = {**draft.said, "vetoes": kept, **({"manager": ""} if has_manager else {})}
            draft.save(update_fields=["said"])


def _hold(programmes: "QuerySet[Programme]") -> None:
    """Lock the programmes first, as every service does that changes pairings."""
    programmes.update(modified=timezone.now())
