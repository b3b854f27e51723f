"""Which people of the roster are looked at or written to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ..data import Place
from ..domain.pairing_rules import PairingRules
from ..domain.states import BEFORE_SIGN_UP, ParticipantState, Role
from ..models import Pairing, Participant
from .readiness import is_ready, is_unready, with_standing

AGAIN_AFTER = timedelta(days=1)
"""Nobody gets the same kind of mail twice within this time."""


class Standing(StrEnum):
    """Where people stand, as a coordinator looks for them."""

    EVERYBODY = "everybody"
    INVITED = "invited"
    UNREADY = "unready"
    READY = "ready"


@dataclass(frozen=True)
class Chosen:
    """People by where they stand, by role, and by words that each occur in their name or are their address."""

    standing: Standing = Standing.EVERYBODY
    role: Role | None = None
    text: str = ""


EVERYBODY = Chosen()


@dataclass(frozen=True)
class ChosenCounts:
    """How many people are chosen, and for how many of them each act is due."""

    people: int
    to_invite: int
    to_remind: int
    to_remove: int


def chosen_counts(place: Place, rules: PairingRules, chosen: Chosen, now: datetime) -> ChosenCounts:
    """One query."""
    found = chosen_people(place, rules, chosen).aggregate(
        people=Count("pk"),
        to_invite=Count("pk", filter=is_to_invite(now)),
        to_remind=Count("pk", filter=is_to_remind(rules, now)),
        to_remove=Count("pk", filter=is_removable()),
    )
    return ChosenCounts(**found)


def chosen_people(place: Place, rules: PairingRules, chosen: Chosen) -> "QuerySet[Any, Any]":
    """Their rows, with what ``with_standing`` adds and ``was_paired``; for selectors and services alone."""
    everybody = Participant.objects.filter(programme__context_key=place.context_key, programme__slug=place.slug)
    people: QuerySet[Any, Any] = with_standing(everybody).annotate(
        was_paired=Exists(Pairing.objects.filter(Q(mentor=OuterRef("pk")) | Q(mentee=OuterRef("pk"))))
    )
    if chosen.role:
        people = people.filter(role=chosen.role)
    if chosen.standing is Standing.INVITED:
        people = people.filter(state=ParticipantState.INVITED)
    elif chosen.standing is Standing.UNREADY:
        people = people.filter(is_unready(rules))
    elif chosen.standing is Standing.READY:
        people = people.filter(is_ready(rules))
    for word in chosen.text.split():
        named = Q(user__first_name__icontains=word) | Q(user__last_name__icontains=word)
        people = people.filter(named | Q(user__username__icontains=word) | Q(user__email__iexact=word))
    return people


def is_to_invite(now: datetime) -> Q:
    """Invited, and not written to within the day."""
    return Q(state=ParticipantState.INVITED) & _is_due("invited_at", now)


def is_to_remind(rules: PairingRules, now: datetime) -> Q:
    """Has come in, has something left to do and has not chosen to pause; not reminded within the day."""
    waits_for_nothing = Q(state=ParticipantState.PAUSED)
    return is_unready(rules) & ~waits_for_nothing & _is_due("reminded_at", now)


def is_removable() -> Q:
    """Nobody counts on them: not signed up, and never offered to anybody."""
    return Q(state__in=BEFORE_SIGN_UP, signed_up_at__isnull=True, was_paired=False)


def _is_due(stamp: str, now: datetime) -> Q:
    return Q(**{f"{stamp}__isnull": True}) | Q(**{f"{stamp}__lt": now - AGAIN_AFTER})
