"""What a coordinator sees of a whole programme: how many people have come how far, and which pairs need a hand.

The number of queries does not depend on the size of the programme, and every list is bounded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce

from ..content.loading import load_training_pack
from ..data import Place
from ..domain.needs_help import (
    CANCELLED_IN_A_ROW,
    FIRST_SESSION_WITHIN,
    OFFER_OPEN_FOR,
    Alert,
    Meeting,
    Pair,
    alerts,
    quiet_after,
)
from ..domain.states import PairingState, ParticipantState, Role, SessionState
from ..models import Attempt, ModuleProgress, Pairing, Participant, Session
from .participants import name_of
from .prepared import Given, given_place, prepared

LIMIT = 50
_MOMENT = DateTimeField()
_ASIDE = (ParticipantState.PAUSED, ParticipantState.WITHDRAWN)


class Reached(StrEnum):
    """Steps on the way through a programme. Each counts everybody who has ever come that far."""

    INVITED = "invited"
    JOINED = "joined"
    TRAINED = "trained"
    ASSESSED = "assessed"
    SIGNED_UP = "signed_up"
    PAIRED = "paired"
    MET = "met"


@dataclass(frozen=True)
class FunnelRow:
    """How many people of each role have reached a step."""

    step: Reached
    mentors: int
    mentees: int


@dataclass(frozen=True)
class Funnel:
    """The way through the programme in numbers, and who stands aside at the moment."""

    rows: Sequence[FunnelRow]
    paused: int
    withdrawn: int

    @property
    def people(self) -> int:
        """Everybody, invited or more."""
        return self.rows[0].mentors + self.rows[0].mentees


@dataclass(frozen=True)
class HelpRow:
    """A pair and every rule that it meets, gravest first."""

    mentor: str
    mentee: str
    alerts: Sequence[Alert]


@dataclass(frozen=True)
class HelpList:
    """The pairs that meet a rule, those who came together first at the top; at most 50 of ``total``."""

    rows: Sequence[HelpRow]
    total: int


def funnel(place: Place) -> Funnel:
    """People by role and step. One query, whatever the size of the programme."""
    found = {row["role"]: row for row in _people_by_step(**place._asdict())}

    def number(role: Role, column: str) -> int:
        return found[role][column] if role in found else 0

    return Funnel(
        rows=tuple(FunnelRow(step, number(Role.MENTOR, step), number(Role.MENTEE, step)) for step in Reached),
        paused=sum(number(role, ParticipantState.PAUSED) for role in Role),
        withdrawn=sum(number(role, ParticipantState.WITHDRAWN) for role in Role),
    )


@prepared
def _people_by_step() -> "QuerySet[Participant, Any]":
    counts = {step.value: Count("pk", filter=condition) for step, condition in _steps().items()}
    aside = {state.value: Count("pk", filter=Q(state=state)) for state in _ASIDE}
    return Participant.objects.filter(given_place()).values("role").annotate(**counts, **aside)


def _steps() -> Mapping[Reached, Q]:
    progress = ModuleProgress.objects.filter(participant=OuterRef("pk"), passed_at__isnull=False)
    modules = load_training_pack().modules
    trained = Q()
    for role in Role:
        passed = Q(role=role)
        for module in modules:
            if module.role == role:
                passed &= Q(Exists(progress.filter(module=module.id)))
        trained |= passed
    paired = Pairing.objects.filter(active_at__isnull=False)
    held = Pairing.objects.filter(Exists(Session.objects.filter(pairing=OuterRef("pk"), state=SessionState.HELD)))
    return {
        Reached.INVITED: Q(pk__isnull=False),
        Reached.JOINED: ~Q(state=ParticipantState.INVITED),
        Reached.TRAINED: trained,
        Reached.ASSESSED: Q(
            Exists(Attempt.objects.filter(participant=OuterRef("pk"), phase="start", submitted_at__isnull=False))
        ),
        Reached.SIGNED_UP: Q(signed_up_at__isnull=False),
        Reached.PAIRED: _is_in(paired),
        Reached.MET: _is_in(held),
    }


def _is_in(pairings: "QuerySet[Pairing]") -> Q:
    return Q(Exists(pairings.filter(mentor=OuterRef("pk")))) | Q(Exists(pairings.filter(mentee=OuterRef("pk"))))


def needs_help(place: Place, now: datetime, cadence_days: int, sessions_wanted: int, limit: int = LIMIT) -> HelpList:
    """Pairs that meet a rule of ``domain.needs_help``; at most 50. Two queries."""
    shown = _candidates(
        limit,
        **place._asdict(),
        now=now,
        offered_before=now - OFFER_OPEN_FOR,
        active_before=now - FIRST_SESSION_WITHIN,
        held_before=now - quiet_after(cadence_days),
        wanted=sessions_wanted,
    )
    sessions: dict[int, list[Session]] = {pairing.pk: [] for pairing in shown}
    for session in _sessions(pairings=list(sessions)):
        sessions[session.pairing_id].append(session)
    rows = (
        HelpRow(
            mentor=name_of(pairing.mentor.user),
            mentee=name_of(pairing.mentee.user),
            alerts=alerts(_pair(pairing, sessions[pairing.pk], now), now, cadence_days, sessions_wanted),
        )
        for pairing in shown
    )
    total = shown[0].total if shown else 0  # type: ignore[attr-defined]
    return HelpList(rows=tuple(row for row in rows if row.alerts), total=total)


@prepared
def _candidates(limit: int) -> "QuerySet[Pairing]":
    """The same rules as the domain's, said in SQL, so that healthy pairs are never loaded."""
    sessions = Session.objects.filter(pairing=OuterRef("pk"))
    erased = Q(state=SessionState.CANCELLED, cancelled_by="")  # a log that was taken back: there never was a session
    come = sessions.exclude(starts_at__gt=Given("now", _MOMENT))
    settled = come.exclude(erased | Q(state=SessionState.PLANNED)).order_by("-starts_at", "-pk")
    canceller = settled.annotate(
        by=Case(When(state=SessionState.CANCELLED, then=F("cancelled_by")), default=Value(""), output_field=CharField())
    ).values("by")
    planned = sessions.filter(state=SessionState.PLANNED, starts_at__gte=Given("now", _MOMENT))
    held = sessions.filter(state=SessionState.HELD)
    waits = Q(answer_by=None) | Q(answer_by__gt=Given("now", _MOMENT))
    # Where both have said yes, a circle waits for others.
    is_silent = Q(mentor_accepted_at__isnull=True) | Q(mentee_accepted_at__isnull=True)
    unanswered = waits & Q(is_silent, state=PairingState.OFFERED, created__lt=Given("offered_before", _MOMENT))
    unstarted = Q(last_held__isnull=True, active_at__lt=Given("active_before", _MOMENT))
    quiet = Q(last_held__lt=Given("held_before", _MOMENT)) & ~Exists(planned)
    has_new_date = Exists(planned.filter(modified__gt=OuterRef("newest_settled")))
    cancelled = Q(newest_by__gt="", newest_by=F("second_by")) & ~has_new_date
    return (
        Pairing.objects.filter(given_place())
        .alias(
            held=Coalesce(Subquery(held.order_by().values("pairing").annotate(n=Count("pk")).values("n")), 0),
            last_held=Subquery(held.order_by("-starts_at").values("starts_at")[:1]),
            newest_by=Subquery(canceller[:1]),
            newest_settled=Subquery(settled.values("modified")[:1]),
            second_by=Subquery(canceller[CANCELLED_IN_A_ROW - 1 : CANCELLED_IN_A_ROW]),
        )
        .filter(unanswered | Q(state=PairingState.ACTIVE, held__lt=Given("wanted")) & (unstarted | quiet | cancelled))
        .annotate(total=Window(Count("pk")))
        .select_related("mentor__user", "mentee__user")
        .order_by(Coalesce("active_at", "created"), "pk")[:limit]
    )


@prepared
def _sessions() -> "QuerySet[Session]":
    return Session.objects.filter(pairing__in=Given("pairings", size=LIMIT)).order_by("-starts_at", "-pk")


def _pair(pairing: Pairing, sessions: Sequence[Session], now: datetime) -> Pair:
    """What the rules look at; ``sessions`` newest first."""
    held = [session.starts_at for session in sessions if session.state == SessionState.HELD]
    ahead = [s for s in sessions if s.state == SessionState.PLANNED and s.starts_at >= now]
    settled = [s for s in sessions if s.state != SessionState.PLANNED and s.starts_at <= now and not _is_erased(s)]
    return Pair(
        state=PairingState(pairing.state),
        offered_at=pairing.created,
        active_at=pairing.active_at,
        answer_by=pairing.answer_by,
        held=len(held),
        last_held_at=held[0] if held else None,
        next_planned_at=ahead[-1].starts_at if ahead else None,
        planned_at=max((s.modified for s in ahead), default=None),
        latest=tuple(
            Meeting(SessionState(s.state), s.starts_at, Role(s.cancelled_by) if s.cancelled_by else None, s.modified)
            for s in settled[:CANCELLED_IN_A_ROW]
        ),
    )


def _is_erased(session: Session) -> bool:
    return session.state == SessionState.CANCELLED and not session.cancelled_by
