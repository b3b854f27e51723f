"""Sessions as numbers and dates: what a person's own journal comes to, and how the pairs of a programme are getting on.

Nothing here reads what anybody wrote. ``session_summary`` and ``pair_rows`` are what other blocks may build on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..data import Place
from ..domain.journal_score import Record, counted
from ..domain.states import PairingState, Role, SessionState
from ..models import Action, Pairing, Reflection, Session

MOST_PAIRS = 50


@dataclass(frozen=True)
class OwnSession:
    """A session of one of a person's pairings, with that person's own part in it."""

    pairing_id: int
    is_active: bool
    starts_at: datetime
    minutes: int
    record: Record

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class SessionSummary:
    """One person's journal in numbers, over all their pairings in the programme."""

    held: int
    """Sessions logged as held and not disputed, confirmed by this person or not."""
    counted: int
    """Sessions that count for this person's score."""
    next_at: datetime | None
    """Start of the next planned session of a live pairing."""
    last_at: datetime | None
    """Start of the newest session held."""
    waiting_for_my_confirmation: int
    waiting_for_my_reflection: int
    open_actions: int
    """Own next steps in live pairings that are not done."""


@dataclass(frozen=True)
class PairRow:
    """A live pairing as the coordinator may see it: names, numbers and dates, never a word of theirs."""

    pairing: str
    mentor: str
    mentee: str
    active_at: datetime | None
    held: int
    last_held_at: datetime | None
    next_planned_at: datetime | None
    cancelled_in_a_row: Mapping[Role, int]
    """How many of the newest settled sessions, one after the other, the same role cancelled; 0 for the other role."""


def own_sessions(participant_id: int, role: Role) -> Sequence[OwnSession]:
    """Every session of every pairing of this person, oldest first. One query."""
    wrote = Reflection.objects.filter(session=OuterRef("pk"), author=participant_id)
    rows = (
        Session.objects.filter(**{f"pairing__{role}": participant_id})
        .annotate(reflected=Exists(wrote))
        .order_by("starts_at")
        .values_list(
            "pairing_id", "pairing__state", "state", "starts_at", "minutes", f"{role}_confirmed_at", "reflected"
        )
    )
    return tuple(
        OwnSession(
            pairing_id=pairing_id,
            is_active=pairing_state == PairingState.ACTIVE,
            starts_at=starts_at,
            minutes=minutes,
            record=Record(
                SessionState(state),
                confirmed=frozenset([role] if confirmed_at else []),
                reflected=frozenset([role] if reflected else []),
            ),
        )
        for pairing_id, pairing_state, state, starts_at, minutes, confirmed_at, reflected in rows
    )


def counted_sessions(participant_id: int, role: Role) -> int:
    """How many sessions count for this person, over all their pairings. One query."""
    return counted((session.record for session in own_sessions(participant_id, role)), role)


def session_summary(participant_id: int, role: Role) -> SessionSummary:
    """What this person's journal comes to. Two queries."""
    sessions = own_sessions(participant_id, role)
    now = timezone.now()
    held = [session for session in sessions if session.record.state is SessionState.HELD]
    ahead = [
        session.starts_at
        for session in sessions
        if session.is_active and session.record.state is SessionState.PLANNED and session.ends_at > now
    ]
    mine = Action.objects.filter(owner=participant_id, done_at=None, pairing__state=PairingState.ACTIVE)
    return SessionSummary(
        held=len(held),
        counted=counted((session.record for session in sessions), role),
        next_at=min(ahead, default=None),
        last_at=max((session.starts_at for session in held), default=None),
        waiting_for_my_confirmation=sum(role not in session.record.confirmed for session in held),
        waiting_for_my_reflection=sum(
            role in session.record.confirmed and role not in session.record.reflected for session in held
        ),
        open_actions=mine.count(),
    )


def quietest_pairs(place: Place, limit: int) -> Sequence[Pairing]:
    """Live pairings, those that have gone longest without a session first; never held counts from the start.

    One query. Each carries ``last_held_at``.
    """
    held = Session.objects.filter(pairing=OuterRef("pk"), state=SessionState.HELD).order_by("-starts_at")
    rows = (
        Pairing.objects.filter(
            programme__context_key=place.context_key, programme__slug=place.slug, state=PairingState.ACTIVE
        )
        .annotate(last_held_at=Subquery(held.values("starts_at")[:1]))
        .annotate(quiet_since=Coalesce("last_held_at", "active_at", "created"))
        .order_by("quiet_since", "pk")
        .select_related("mentor__user", "mentee__user")
    )
    return tuple(rows[:limit])


def session_counts(pairings: Sequence[Pairing]) -> Mapping[int, Mapping[str, Any]]:
    """Per pairing: ``planned`` from now on, ``held``, ``both`` confirmed, ``next_at``. One query."""
    planned = Q(state=SessionState.PLANNED, starts_at__gte=timezone.now())
    held = Q(state=SessionState.HELD)
    both = held & Q(mentor_confirmed_at__isnull=False, mentee_confirmed_at__isnull=False)
    rows = (
        Session.objects.filter(pairing__in=[pairing.pk for pairing in pairings])
        .values("pairing_id")
        .annotate(
            planned=Count("pk", filter=planned),
            held=Count("pk", filter=held),
            both=Count("pk", filter=both),
            next_at=Min("starts_at", filter=planned),
        )
    )
    return {row["pairing_id"]: row for row in rows}


def pair_rows(place: Place, limit: int = MOST_PAIRS) -> Sequence[PairRow]:
    """Live pairs with their sessions in numbers, the quietest first. Three queries, whatever the size."""
    pairings = quietest_pairs(place, limit)
    counts = session_counts(pairings)
    cancelled = _cancelled_in_a_row(pairings)
    return tuple(
        PairRow(
            pairing=str(pairing.uuid),
            mentor=name_of(pairing.mentor.user),
            mentee=name_of(pairing.mentee.user),
            active_at=pairing.active_at,
            held=counts.get(pairing.pk, {}).get("held", 0),
            last_held_at=pairing.last_held_at,  # type: ignore[attr-defined]
            next_planned_at=counts.get(pairing.pk, {}).get("next_at"),
            cancelled_in_a_row=cancelled.get(pairing.pk, dict.fromkeys(Role, 0)),
        )
        for pairing in pairings
    )


def name_of(user: Any) -> str:
    """A person's full name, or what they sign in with."""
    return str(user.get_full_name() or user.get_username())


def _cancelled_in_a_row(pairings: Sequence[Pairing]) -> Mapping[int, Mapping[Role, int]]:
    """Newest settled sessions that one role cancelled in a row, per pairing that has any. One query."""
    rows = _cancelled_since_met(pairings).values_list("pairing_id", "cancelled_by")
    found: dict[int, Mapping[Role, int]] = {}
    for pairing_id, group in groupby(rows, key=lambda row: row[0]):
        newest, run = next(iter(groupby(role for _pairing, role in group)))
        length = len(list(run))
        found[pairing_id] = {role: length if role == newest else 0 for role in Role}
    return found


def _cancelled_since_met(pairings: Sequence[Pairing]) -> "QuerySet[Session]":
    settled = Session.objects.filter(
        pairing=OuterRef("pairing"), state__in=[SessionState.HELD, SessionState.DISPUTED]
    ).order_by()
    last_met = settled.values("pairing").annotate(last=Max("starts_at")).values("last")
    return (
        Session.objects.filter(
            pairing__in=[pairing.pk for pairing in pairings], state=SessionState.CANCELLED, cancelled_by__in=list(Role)
        )
        .annotate(last_met=Subquery(last_met))
        .filter(Q(last_met=None) | Q(starts_at__gt=F("last_met")))
        .order_by("pairing_id", "-starts_at")
    )
