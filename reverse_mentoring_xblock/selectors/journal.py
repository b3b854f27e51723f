"""Sessions as numbers and dates: what a person's own journal comes to, and how the pairs of a programme are getting on.

Nothing here reads what anybody wrote. ``session_summary`` and ``pair_rows`` are what other blocks may build on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, DateTimeField, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..data import Place
from ..domain.journal_score import Record, counted
from ..domain.next_step import SessionFacts
from ..domain.states import PairingState, Role, SessionState
from ..models import Action, Pairing, Reflection, Session
from .participants import name_of
from .prepared import Given, given_place, prepared

MOST_PAIRS = 50


@dataclass(frozen=True)
class OwnSession:
    """A session of one of a person's pairings, with that person's own part in it."""

    uuid: str
    pairing_id: int
    is_active: bool
    starts_at: datetime
    minutes: int
    record: Record
    changed_at: datetime

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    def is_called_off(self, now: datetime) -> bool:
        """Whether it was cancelled and its time is still to come."""
        return self.record.state is SessionState.CANCELLED and self.starts_at > now

    def facts(self, role: Role) -> SessionFacts:
        """What a next step is worked out from, for the person in ``role``."""
        return SessionFacts(
            state=self.record.state,
            starts_at=self.starts_at,
            is_confirmed=role in self.record.confirmed,
            is_reflected=role in self.record.reflected,
            minutes=self.minutes,
            changed_at=self.changed_at,
        )


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


@dataclass(frozen=True)
class SessionCount:
    """The sessions of a pair: ``planned`` from now on, ``held``, and of these confirmed by ``both``."""

    planned: int = 0
    held: int = 0
    both: int = 0
    last_held_at: datetime | None = None
    next_at: datetime | None = None


def own_sessions(participant_id: int, role: Role) -> Sequence[OwnSession]:
    """Every session of every pairing of this person, oldest first. One query.

    A meeting of a circle stands in the journal of each member; its mentor has reflected on it once for all.
    """
    rows = _own_sessions(role, person=participant_id)
    written = {(circle, starts_at) for circle, starts_at, wrote, *_ in rows if circle and wrote}
    return tuple(
        OwnSession(
            uuid=str(uuid),
            pairing_id=pairing_id,
            is_active=pairing_state == PairingState.ACTIVE,
            starts_at=starts_at,
            minutes=minutes,
            record=Record(
                SessionState(state),
                confirmed=frozenset([role] if confirmed_at else []),
                reflected=frozenset([role] if wrote or (circle, starts_at) in written else []),
                meeting=(circle, starts_at) if circle else None,
            ),
            changed_at=changed_at,
        )
        for circle, starts_at, wrote, uuid, pairing_id, pairing_state, state, minutes, changed_at, confirmed_at in rows
    )


@prepared
def _own_sessions(role: Role) -> "QuerySet[Session, tuple[Any, ...]]":
    wrote = Reflection.objects.filter(session=OuterRef("pk"), author=Given("person"))
    return (
        Session.objects.filter(**{f"pairing__{role}": Given("person")})
        .annotate(reflected=Exists(wrote))
        .order_by("starts_at")
        .values_list(
            *("pairing__circle_id", "starts_at", "reflected", "uuid", "pairing_id", "pairing__state", "state"),
            *("minutes", "modified", f"{role}_confirmed_at"),
        )
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
    """Live pairings, those longest without a session first; never held counts from the start. One query."""
    return _quietest_pairs(limit, **place._asdict())


@prepared
def _quietest_pairs(limit: int) -> "QuerySet[Pairing]":
    held = Session.objects.filter(pairing=OuterRef("pk"), state=SessionState.HELD).order_by("-starts_at")
    return (
        Pairing.objects.filter(given_place(), state=PairingState.ACTIVE)
        .order_by(Coalesce(Subquery(held.values("starts_at")[:1]), "active_at", "created"), "pk")
        .select_related("mentor__user", "mentee__user")[:limit]
    )


def session_counts(pairings: Sequence[Pairing]) -> Mapping[int, SessionCount]:
    """Sessions in numbers by pairing, for those that have any; at most 50 pairings. One query."""
    rows = _session_counts(pairings=[pairing.pk for pairing in pairings], now=timezone.now())
    return {pairing_id: SessionCount(*facts) for pairing_id, *facts in rows}


@prepared
def _session_counts() -> "QuerySet[Session, tuple[Any, ...]]":
    planned = Q(state=SessionState.PLANNED, starts_at__gte=Given("now", DateTimeField()))
    held = Q(state=SessionState.HELD)
    both = held & Q(mentor_confirmed_at__isnull=False, mentee_confirmed_at__isnull=False)
    return (
        Session.objects.filter(pairing__in=Given("pairings", size=MOST_PAIRS))
        .values("pairing_id")
        .annotate(
            planned=Count("pk", filter=planned),
            held=Count("pk", filter=held),
            both=Count("pk", filter=both),
            last_held_at=Max("starts_at", filter=held),
            next_at=Min("starts_at", filter=planned),
        )
        .values_list("pairing_id", "planned", "held", "both", "last_held_at", "next_at")
    )


def pair_rows(place: Place, limit: int = MOST_PAIRS) -> Sequence[PairRow]:
    """Live pairs with their sessions in numbers, the quietest first; at most 50. Two queries, whatever the size."""
    pairings = quietest_pairs(place, limit)
    counts = session_counts(pairings)
    return tuple(_pair_row(pairing, counts.get(pairing.pk, SessionCount())) for pairing in pairings)


def _pair_row(pairing: Pairing, count: SessionCount) -> PairRow:
    return PairRow(
        pairing=str(pairing.uuid),
        mentor=name_of(pairing.mentor.user),
        mentee=name_of(pairing.mentee.user),
        active_at=pairing.active_at,
        held=count.held,
        last_held_at=count.last_held_at,
        next_planned_at=count.next_at,
    )
