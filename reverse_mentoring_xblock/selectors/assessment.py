"""What people said about their digital skills: for themselves, for a partner as far as they share it, for the matcher.

Coordinators get counts from here and nothing else. Other blocks may rely on ``has_submitted``,
``topics_shared_with_partner``, ``what_partner_sees`` and ``skills_for_matching`` as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from ..content.instrument import Instrument
from ..content.loading import load_bank
from ..data import Place
from ..domain.assessment.offering import WORTH_OFFERING, strength
from ..domain.assessment.profile import Profile
from ..domain.assessment.rounds import Round, Sharing
from ..domain.assessment.summary import Summary
from ..domain.states import IN_THE_POOL, Role
from ..models import Attempt, Goal, Participant
from .rounds import answers_by_attempt, instrument_of, known_codes, round_from


@dataclass(frozen=True)
class GoalRow:
    """A goal in its owner's words, and the day on which they did it."""

    number: int
    text: str
    done_on: date | None


@dataclass(frozen=True)
class AssessmentRow:
    """One person's round as they alone may see it.

    ``is_current`` when no later one has been handed in, ``has_end`` when an end round has begun. ``start`` is the round
    that an end round repeats, handed in at ``started_at``.
    """

    participant_id: int
    round: Round
    instrument: Instrument
    version: str
    phase: str
    role_profile: str
    submitted_at: datetime | None
    topics: tuple[str, ...]
    sharing: Sharing
    is_current: bool
    has_end: bool
    start: Round | None
    started_at: datetime | None

    @property
    def has_goals(self) -> bool:
        """Whether the page of this round has to do with the person's goals: its report, or questions about them."""
        return self.round.asks_matters and (self.submitted_at is not None or self.round.goals > 0)


@dataclass(frozen=True)
class SharedLevel:
    """An area's level by name; ``low`` and ``high`` differ when the score lies near a cut point."""

    area: str
    low: str
    high: str


@dataclass(frozen=True)
class SharedPicture:
    """What a mentee shows to their mentor, as codes of the bank. What is not shared is empty."""

    topics: tuple[str, ...]
    levels: tuple[SharedLevel, ...]
    strength: str | None


@dataclass(frozen=True)
class Skills:
    """What the matcher reads of one person: evidence and priority (0-100) by competence, and their topics.

    ``priority`` is empty for mentors; their ``topics`` are what they would gladly help with.
    """

    evidence: Mapping[str, float]
    priority: Mapping[str, float]
    topics: tuple[str, ...]


@dataclass(frozen=True)
class ParticipationCount:
    """How many people of a role have come how far in one phase."""

    role: Role
    people: int
    started: int
    submitted: int


def assessment_of(participant_id: int, role: Role, phase: str) -> AssessmentRow | None:
    """This person's round of that phase, open or handed in; None before it is begun. Two queries."""
    attempts = list(Attempt.objects.filter(participant_id=participant_id).order_by("pk"))
    found = next((attempt for attempt in attempts if attempt.phase == phase), None)
    return _row(found, role, attempts) if found else None


def goals_of(participant_id: int) -> tuple[GoalRow, ...]:
    """A mentee's goals, for themselves alone. One query."""
    rows = Goal.objects.filter(participant_id=participant_id).order_by("number")
    return tuple(GoalRow(*row) for row in rows.values_list("number", "text", "done_on"))


def handed_in_at(participant_id: int) -> datetime | None:
    """When this person handed in the start round, None before. One query."""
    rows = Attempt.objects.filter(participant_id=participant_id, phase="start", submitted_at__isnull=False)
    return rows.values_list("submitted_at", flat=True).first()


def has_submitted(participant_id: int, phase: str = "start") -> bool:
    """Whether this person has handed in their answers of that phase. One query."""
    return Attempt.objects.filter(participant_id=participant_id, phase=phase, submitted_at__isnull=False).exists()


def topics_shared_with_partner(participant_id: int) -> tuple[str, ...]:
    """The topics, by competence code, that a mentee lets their mentor see: those of the newest round that they
    handed in. Empty when there is none, or they share none, and for mentors. One query."""
    attempt = _newest_of_mentee(participant_id)
    return _shared_topics(attempt) if attempt else ()


def what_partner_sees(participant_id: int) -> SharedPicture | None:
    """Everything that a mentee's mentor may be shown of the newest round handed in; None when that is nothing.

    Two queries at most.
    """
    attempt = _newest_of_mentee(participant_id)
    if attempt is None:
        return None
    if attempt.share_levels or attempt.share_strength:
        return shared_picture(_row(attempt, Role.MENTEE, [attempt]))
    topics = _shared_topics(attempt)
    return SharedPicture(topics, levels=(), strength=None) if topics else None


def shared_picture(row: AssessmentRow, read: Profile | None = None) -> SharedPicture | None:
    """What a mentee's mentor may be shown of this round. No query.

    ``read`` is the round's profile where the caller has it.
    """
    if read is None and (row.sharing.levels or row.sharing.strength):
        read = row.round.profile()
    picture = SharedPicture(
        topics=row.topics if row.sharing.topics else (),
        levels=_levels(read) if read and row.sharing.levels else (),
        strength=strength(read, row.topics, row.round.bank.scoring.cuts[WORTH_OFFERING])
        if read and row.sharing.strength
        else None,
    )
    return picture if picture.topics or picture.levels or picture.strength else None


def skills_for_matching(programme_id: int) -> Mapping[int, Skills]:
    """The newest round of everybody who is signed up, by participant id. For the matcher alone. One query.

    Gaps are measured to the levels that the round was begun with. People without a round are not in it.
    """
    newest = {
        attempt.participant_id: attempt
        for attempt in _submitted()
        .filter(participant__programme_id=programme_id, participant__state__in=IN_THE_POOL)
        .select_related("participant")
        .order_by("submitted_at", "pk")
    }
    return {
        participant_id: _skills(attempt, Role(attempt.participant.role)) for participant_id, attempt in newest.items()
    }


def participation_counts(place: Place, phase: str) -> Sequence[ParticipationCount]:
    """People, started and submitted per role. One query, whatever the size of the programme."""
    asked = Q(attempts__phase=phase)
    rows = (
        Participant.objects.filter(programme__context_key=place.context_key, programme__slug=place.slug)
        .values("role")
        .annotate(
            people=Count("pk", distinct=True),
            started=Count("pk", filter=asked, distinct=True),
            submitted=Count("pk", filter=asked & Q(attempts__submitted_at__isnull=False), distinct=True),
        )
        .values_list("role", "people", "started", "submitted")
    )
    found = {row[0]: row[1:] for row in rows}
    return tuple(ParticipationCount(role, *found.get(role, (0, 0, 0))) for role in Role)


def _levels(read: Profile) -> tuple[SharedLevel, ...]:
    return tuple(SharedLevel(area.id, area.level.low, area.level.high) for area in read.areas if area.level)


def _submitted() -> "QuerySet[Attempt]":
    return Attempt.objects.filter(submitted_at__isnull=False)


def _newest_of_mentee(participant_id: int) -> Attempt | None:
    return (
        _submitted()
        .filter(participant_id=participant_id, participant__role=Role.MENTEE)
        .order_by("-submitted_at", "-pk")
        .first()
    )


def _shared_topics(attempt: Attempt) -> tuple[str, ...]:
    return known_codes(load_bank(), attempt.topics) if attempt.share_topics else ()


def _row(attempt: Attempt, role: Role, attempts: Sequence[Attempt]) -> AssessmentRow:
    submitted = [other for other in attempts if other.submitted_at]
    newest = max(submitted, key=lambda other: (other.submitted_at, other.pk), default=None)
    start = next((other for other in attempts if other.pk == attempt.repeats_id), None)
    answers = answers_by_attempt([attempt, start] if start else [attempt])
    return AssessmentRow(
        participant_id=attempt.participant_id,
        round=round_from(attempt, role, answers[attempt.pk]),
        instrument=instrument_of(attempt),
        version=f"{attempt.bank} {attempt.bank_version}",
        phase=attempt.phase,
        role_profile=attempt.role_profile,
        submitted_at=attempt.submitted_at,
        topics=known_codes(load_bank(), attempt.topics),
        sharing=Sharing(attempt.share_topics, attempt.share_levels, attempt.share_strength),
        is_current=newest is None or newest.pk == attempt.pk,
        has_end=any(other.phase == "end" for other in attempts),
        start=round_from(start, role, answers[start.pk]) if start else None,
        started_at=start.submitted_at if start else None,
    )


def _skills(attempt: Attempt, role: Role) -> Skills:
    scores = Summary.from_json(attempt.scores)
    priority = scores.priorities if role is Role.MENTEE else {}
    return Skills(scores.competences, priority, known_codes(load_bank(), attempt.topics))
