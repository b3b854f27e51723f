"""Where one person stands in every part: their own facts, and of a partner what the partner card says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet

from ..domain.journal_score import counted
from ..domain.next_step import Facts, PairFacts, Part, Progress, SessionFacts
from ..domain.states import PairingState, Role, SessionState
from ..models import Action, Attempt
from .journal import OwnSession, own_sessions
from .pairings import PairingRow, PartnerRow, all_pairings_of
from .participants import ParticipantRow
from .prepared import Given, prepared
from .requests import first_request_to
from .training import modules_of


@dataclass(frozen=True)
class TrainingStanding:
    """Modules of the person's role. ``done_at`` is when the last one was passed."""

    progress: Progress
    passed: int
    modules: int
    done_at: datetime | None


@dataclass(frozen=True)
class AssessmentStanding:
    """The questions about the starting point."""

    progress: Progress
    done_at: datetime | None


@dataclass(frozen=True)
class PartnerStanding:
    """A live pairing and its sessions in numbers."""

    key: str
    partner: PartnerRow
    is_active: bool
    has_accepted: bool
    since: datetime
    answer_by: datetime | None
    is_held: bool
    held: int
    last_at: datetime | None
    next_at: datetime | None
    is_in_circle: bool = False


@dataclass(frozen=True)
class ActionStanding:
    """The person's own next steps that are open."""

    open: int = 0
    first_due_on: date | None = None


@dataclass(frozen=True)
class JourneyRow:
    """One person's way through the programme."""

    participant: ParticipantRow
    training: TrainingStanding
    assessment: AssessmentStanding
    partners: Sequence[PartnerStanding]
    sessions_done: int
    """Sessions that count: held, and confirmed and reflected on by this person."""
    actions: ActionStanding
    over_since: datetime | None
    """When the newest pairing came to its end, for somebody who waits and has none at present."""
    was_active: bool
    """Whether that one had been accepted by both."""
    pairs: Sequence[PairFacts] = field(repr=False)
    asked_since: datetime | None = None
    """Since when a mentee waits for this mentor's answer to a request."""

    def facts(self, parts: frozenset[Part], sessions_wanted: int) -> Facts:
        """What the next step is worked out from."""
        return Facts(
            state=self.participant.state,
            training=self.training.progress,
            assessment=self.assessment.progress,
            signed_up_at=self.participant.signed_up_at,
            pairs=self.pairs,
            sessions_done=self.sessions_done,
            sessions_wanted=sessions_wanted,
            parts=parts,
            asked_since=self.asked_since,
        )


def journey_of(participant: ParticipantRow, now: datetime) -> JourneyRow:
    """Everything about one person's way. Five queries, for a mentor who is signed up six."""
    sessions = own_sessions(participant.id, participant.role)
    found = all_pairings_of(participant.id, now)
    pairings = found.live
    live = {pairing.id for pairing in pairings}
    pairs = [
        PairFacts(
            key=pairing.uuid,
            state=pairing.state,
            since=pairing.since,
            is_accepted=pairing.has_accepted,
            answer_by=pairing.answer_by,
            is_held=pairing.is_held,
            is_in_circle=pairing.circle_id is not None,
            sessions=_session_facts(participant, [one for one in sessions if one.pairing_id == pairing.id]),
        )
        for pairing in pairings
    ]
    past = [session for session in sessions if session.pairing_id not in live]
    if past:
        facts = _session_facts(participant, past)
        pairs.append(PairFacts("", PairingState.ENDED, past[0].starts_at, is_accepted=True, sessions=facts))
    return JourneyRow(
        participant=participant,
        training=_training(participant),
        assessment=_assessment(participant),
        partners=tuple(
            _partner(pairing, [one for one in sessions if one.pairing_id == pairing.id], now) for pairing in pairings
        ),
        sessions_done=counted((session.record for session in sessions), participant.role),
        actions=_actions(participant),
        over_since=found.over_since if participant.is_signed_up and not pairings else None,
        was_active=bool(found.was_active),
        pairs=tuple(pairs),
        asked_since=first_request_to(participant.id, now) if _may_be_asked(participant) else None,
    )


def _may_be_asked(participant: ParticipantRow) -> bool:
    return participant.role is Role.MENTOR and participant.is_signed_up and participant.id > 0


def _training(participant: ParticipantRow) -> TrainingStanding:
    modules = modules_of(participant.id, participant.role)
    passed = [module.passed_at for module in modules if module.passed_at]
    is_done = len(passed) == len(modules)
    is_started = any(module.is_started for module in modules)
    return TrainingStanding(
        progress=Progress.DONE if is_done else Progress.STARTED if is_started else Progress.OPEN,
        passed=len(passed),
        modules=len(modules),
        done_at=max(passed, default=None) if is_done else None,
    )


def _assessment(participant: ParticipantRow) -> AssessmentStanding:
    attempts = _attempts(person=participant.id)
    done_at = max(filter(None, attempts), default=None)
    progress = Progress.DONE if done_at else Progress.STARTED if attempts else Progress.OPEN
    return AssessmentStanding(progress=progress, done_at=done_at)


@prepared
def _attempts() -> "QuerySet[Attempt, datetime | None]":
    return Attempt.objects.filter(participant_id=Given("person"), phase="start").values_list("submitted_at", flat=True)


def _actions(participant: ParticipantRow) -> ActionStanding:
    due = _due_days(person=participant.id)
    return ActionStanding(open=len(due), first_due_on=min(filter(None, due), default=None))


@prepared
def _due_days() -> "QuerySet[Action, date | None]":
    return Action.objects.filter(
        owner_id=Given("person"), done_at=None, pairing__state=PairingState.ACTIVE
    ).values_list("due_on", flat=True)


def _session_facts(participant: ParticipantRow, sessions: Sequence[OwnSession]) -> tuple[SessionFacts, ...]:
    return tuple(session.facts(participant.role) for session in sessions)


def _partner(pairing: PairingRow, sessions: Sequence[OwnSession], now: datetime) -> PartnerStanding:
    held = [session.starts_at for session in sessions if session.record.state is SessionState.HELD]
    ahead = [
        session.starts_at
        for session in sessions
        if session.record.state is SessionState.PLANNED and session.ends_at > now
    ]
    return PartnerStanding(
        key=pairing.uuid,
        partner=pairing.partner,
        is_active=pairing.is_active,
        has_accepted=pairing.has_accepted,
        since=pairing.since,
        answer_by=pairing.answer_by,
        is_held=pairing.is_held,
        held=len(held),
        last_at=max(held, default=None),
        next_at=min(ahead, default=None),
        is_in_circle=pairing.circle_id is not None,
    )
