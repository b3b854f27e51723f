"""Reminding people of an offer that they have not answered: once, by mail, shortly before its time is over."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from ..data import Place
from ..domain.offers import REMIND_BEFORE, remind_from
from ..domain.states import PairingState
from ..models import Pairing, Participant
from ..selectors.participants import name_of
from .contention import with_retries
from .history import note
from .mailing import Letter, post
from .pairing_locks import claim_programme

BATCH = 100


@dataclass(frozen=True)
class Reminder:
    """Somebody who has not answered an offer. Nothing in it says whether the other has.

    ``circle_topic`` is the topic of a circle that is offered to them; empty for a pair.
    """

    pairing_id: int
    user_id: int
    address: str
    name: str
    partner: str
    time_zone: str
    answer_by: datetime
    circle_topic: str = ""


def remind(
    place: Place, now: datetime, letters_for: Callable[[Sequence[Reminder]], Sequence[Letter]], sender: str
) -> int:
    """Send what is due from this address; a letter's key is the user. Returns how many people were reached.

    The mentor of a circle gets one letter for all of it. An offer is marked before its letters go out, so that two
    runs at once send none twice. When none of its letters could be sent, the mark is taken back and the next run tries
    again.
    """
    reached, after = 0, 0
    while rows := _due(place, now, after):
        after = rows[-1].pk
        due = _take(place, now, [row for row in rows if _is_time(row, now)])
        sent = post(letters_for(due), sender)
        with_retries(partial(_take_back, due, sent))
        reached += len(sent)
    return reached


def _due(place: Place, now: datetime, after: int) -> Sequence[Pairing]:
    return list(_open(place, now).filter(pk__gt=after).order_by("pk")[:BATCH])


def _is_time(row: Pairing, now: datetime) -> bool:
    return row.answer_by is not None and remind_from(row.created, row.answer_by) <= now


def _open(place: Place, now: datetime) -> "QuerySet[Pairing]":
    """Offers that end soon and of which nobody was reminded. One that is held back cannot be answered now."""
    return Pairing.objects.filter(
        programme__context_key=place.context_key,
        programme__slug=place.slug,
        state=PairingState.OFFERED,
        conflict="",
        reminded_at=None,
        answer_by__gt=now,
        answer_by__lte=now + REMIND_BEFORE,
    )


@transaction.atomic
def _take(place: Place, now: datetime, rows: Sequence[Pairing]) -> Sequence[Reminder]:
    """Mark these offers, as far as they are still open, and say whom to write to."""
    if not rows:
        return ()
    programme = claim_programme(place)
    taken = list(
        _open(place, now)
        .filter(pk__in=[row.pk for row in rows])
        .select_related("mentor__user", "mentee__user", "circle")
        .order_by("pk")
    )
    Pairing.objects.filter(pk__in=[row.pk for row in taken]).update(reminded_at=now, modified=now)
    if taken:
        note(programme, None, "pairing.reminded", pairings=len(taken))
    due: dict[tuple[int | None, int, int], Reminder] = {}
    for row in taken:
        for one in _silent(row):
            due.setdefault((row.circle_id, 0 if row.circle_id else row.pk, one.user_id), one)
    return list(due.values())


def _silent(row: Pairing) -> Sequence[Reminder]:
    sides = ((row.mentor, row.mentee, row.mentor_accepted_at), (row.mentee, row.mentor, row.mentee_accepted_at))
    return [_reminder(row, own, other) for own, other, said_at in sides if said_at is None]


def _reminder(row: Pairing, own: Participant, other: Participant) -> Reminder:
    assert row.answer_by is not None  # noqa: S101 - the query asks for offers with an end
    return Reminder(
        pairing_id=row.pk,
        user_id=own.user_id,
        address=own.user.email,
        name=name_of(own.user),
        partner=name_of(other.user),
        time_zone=own.time_zone,
        answer_by=row.answer_by,
        circle_topic=row.circle.topic if row.circle else "",
    )


def _take_back(due: Sequence[Reminder], sent: Collection[int]) -> None:
    told = {one.pairing_id for one in due if one.user_id in sent}
    missed = {one.pairing_id for one in due} - told
    Pairing.objects.filter(pk__in=missed).update(reminded_at=None)
