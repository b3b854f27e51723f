"""Closing offers whose time to answer has passed."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from ..data import Place
from ..domain.states import PairingState
from ..models import Pairing
from .circle_rows import freed_by_leaving
from .history import note
from .pairing_locks import claim_programme, move_up

BATCH = 200
"""Offers that are closed in one transaction, so that nobody waits long for the programme."""


def lapse_overdue(place: Place, now: datetime) -> int:
    """Let every overdue offer of a programme lapse, so that both its people are free. Returns how many there were.

    Whoever had said yes moves up the queue. Whoever was silent does not, and nobody is told who that was. An offer that
    was held back because of a conflict could not be answered: there both move up. A circle that is left with too few
    falls apart, also where a member has been given more days. Safe to run twice and from two places at once.
    """
    lapsed = 0
    while _overdue(place, now).exists():
        lapsed += _lapse_some(place, now)
    return lapsed


@transaction.atomic
def _lapse_some(place: Place, now: datetime) -> int:
    programme = claim_programme(place)
    rows = list(_overdue(place, now).order_by("pk")[:BATCH])
    closed = {"state": PairingState.LAPSED, "mentor_slot": None, "mentee_slot": None, "closed_at": F("answer_by")}
    Pairing.objects.filter(pk__in=[row.pk for row in rows]).update(**closed, modified=now)
    move_up(sorted({*_moving_up(rows), *_freed(place, rows, now)}))
    if rows:
        note(programme, None, "pairing.lapsed", pairings=len(rows))
    return len(rows)


def _overdue(place: Place, now: datetime) -> "QuerySet[Pairing]":
    return Pairing.objects.filter(
        programme__context_key=place.context_key,
        programme__slug=place.slug,
        state=PairingState.OFFERED,
        answer_by__lte=now,
    )


def _freed(place: Place, rows: list[Pairing], now: datetime) -> set[int]:
    """Who has waited in vain in circles of which these were a part. One with more overdue offers waits for the next
    batch: those people were silent."""
    circles = {row.circle_id for row in rows if row.circle_id}
    waiting = set(_overdue(place, now).filter(circle__in=circles).values_list("circle_id", flat=True))
    return {id_ for circle_id in circles - waiting for id_ in freed_by_leaving(circle_id)}


def _moving_up(rows: list[Pairing]) -> list[int]:
    """Those who had accepted, or could not. A mentor with two such offers has waited for both, and counts once."""
    people = set()
    for row in rows:
        if row.mentor_accepted_at or row.conflict:
            people.add(row.mentor_id)
        if row.mentee_accepted_at or row.conflict:
            people.add(row.mentee_id)
    return sorted(people)
