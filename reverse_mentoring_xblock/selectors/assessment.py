"""What people said about their digital skills: for themselves, for a partner as far as they share it, for the matcher.

Coordinators get counts from here and nothing else. Other blocks may rely on ``has_submitted``,
``topics_shared_with_partner``, ``what_partner_sees`` and ``skills_for_matching`` as they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from ..content.loading import load_bank
from ..data import Place
from ..domain.assessment.answers import matters_id, step
from ..domain.assessment.bank import Bank
from ..domain.assessment.profile import Profile
from ..domain.assessment.rounds import WORTH_OFFERING, Round, Sharing, answers_from, strength
from ..domain.assessment.scores import self_score
from ..domain.assessment.topics import DEFAULT_TARGET, gap, priority
from ..domain.states import ParticipantState, Role
from ..models import Answer, Attempt, Participant

_KNOWN_TO_MATCHER = (ParticipantState.SIGNED_UP, ParticipantState.PAUSED)


@dataclass(frozen=True)
class AssessmentRow:
    """One person's round as they alone may see it. ``is_current`` when no later one has been handed in."""

    round: Round
    version: str
    submitted_at: datetime | None
    topics: tuple[str, ...]
    sharing: Sharing
    is_current: bool


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

    ``priority`` and ``topics`` are empty for mentors.
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


def round_of(attempt: Attempt, role: Role) -> Round:
    """An attempt with its answers so far. One query."""
    return _round(attempt, role, attempt.answers.values_list("item", "value"))


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

    ``read`` is the round's profile where the caller has it, against any target: levels and the strength do not depend
    on it.
    """
    if read is None and (row.sharing.levels or row.sharing.strength):
        read = row.round.profile(DEFAULT_TARGET)
    picture = SharedPicture(
        topics=row.topics if row.sharing.topics else (),
        levels=_levels(read) if read and row.sharing.levels else (),
        strength=strength(read, row.topics, row.round.bank.scoring.cuts[WORTH_OFFERING])
        if read and row.sharing.strength
        else None,
    )
    return picture if picture.topics or picture.levels or picture.strength else None


def skills_for_matching(programme_id: int) -> Mapping[int, Skills]:
    """The newest round of everybody who is signed up, by participant id. For the matcher alone. Two queries.

    Gaps are measured to the level that the author aimed at when the round was handed in. People without a round are
    not in it.
    """
    newest = {
        attempt.participant_id: attempt
        for attempt in _submitted()
        .filter(participant__programme_id=programme_id, participant__state__in=_KNOWN_TO_MATCHER)
        .select_related("participant")
        .order_by("submitted_at", "pk")
    }
    answers: dict[int, list[tuple[str, str]]] = {attempt.pk: [] for attempt in newest.values()}
    rows = Answer.objects.filter(
        attempt__participant__programme_id=programme_id,
        attempt__participant__state__in=_KNOWN_TO_MATCHER,
        attempt__submitted_at__isnull=False,
    ).values_list("attempt_id", "item", "value")
    for attempt_id, item, value in rows.iterator(chunk_size=5000):
        if attempt_id in answers:
            answers[attempt_id].append((item, value))
    return {
        participant_id: _skills(_round(attempt, Role(attempt.participant.role), answers[attempt.pk]), attempt)
        for participant_id, attempt in newest.items()
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
    return _known(load_bank(), attempt.topics) if attempt.share_topics else ()


def _row(attempt: Attempt, role: Role, attempts: Sequence[Attempt]) -> AssessmentRow:
    submitted = [other for other in attempts if other.submitted_at]
    newest = max(submitted, key=lambda other: (other.submitted_at, other.pk), default=None)
    return AssessmentRow(
        round=round_of(attempt, role),
        version=f"{attempt.bank} {attempt.bank_version}",
        submitted_at=attempt.submitted_at,
        topics=_known(load_bank(), attempt.topics),
        sharing=Sharing(attempt.share_topics, attempt.share_levels, attempt.share_strength),
        is_current=newest is None or newest.pk == attempt.pk,
    )


def _round(attempt: Attempt, role: Role, answers: Iterable[tuple[str, str]]) -> Round:
    bank = load_bank()
    return Round(
        bank=bank,
        competences=_known(bank, attempt.competences),
        seed=attempt.seed,
        answers=answers_from(bank, answers),
        asks_matters=role is Role.MENTEE,
    )


def _known(bank: Bank, codes: Iterable[str]) -> tuple[str, ...]:
    """The codes that this version of the bank still has."""
    return tuple(code for code in codes if code in bank.competences)


def _skills(said: Round, attempt: Attempt) -> Skills:
    """Scores alone, without a whole profile: this runs for everybody in the programme."""
    scored = {code: self_score(said.bank, code, said.answers) for code in said.competences}
    evidence = {code: score for code, score in scored.items() if score is not None}
    if not said.asks_matters:
        return Skills(evidence, {}, ())
    needs = {
        code: priority(gap(score, attempt.target), step(said.bank, matters_id(code), said.answers), weight=1.0)
        for code, score in evidence.items()
    }
    return Skills(evidence, needs, _known(said.bank, attempt.topics))
