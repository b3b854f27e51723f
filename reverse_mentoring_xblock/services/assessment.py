"""Answering the self-assessment, handing it in, and deciding what a partner may see of it."""

from dataclasses import dataclass, replace
from secrets import randbelow

from django.db import transaction
from django.utils import timezone

from ..content.loading import load_bank
from ..data import Place
from ..domain.assessment.rounds import Sharing, answer_from
from ..domain.assessment.topics import DEFAULT_TARGET
from ..domain.errors import Conflict, Invalid, NotAllowed, NotFound
from ..domain.states import Role
from ..models import Attempt, Participant
from ..selectors.assessment import round_of
from .claims import claim_participant

_SEEDS = 2**31


@dataclass(frozen=True)
class Begun:
    """A round that is open, newly or since before, and how many competences it asks about."""

    is_new: bool
    competences: int


@dataclass(frozen=True)
class Saved:
    """How far a person is after an answer: ``done`` of ``about`` questions."""

    done: int
    about: int


@dataclass(frozen=True)
class Submitted:
    """A round that is handed in, newly or since before, in numbers of questions."""

    is_new: bool
    answered: int
    skipped: int


@transaction.atomic
def begin(place: Place, user_id: int, phase: str, competence_set: str) -> Begun:
    """Open a round. Doing it twice is doing it once; both tabs are then in the same round.

    A second phase starts with the sharing that the person chose last. Raises NotAllowed without a role in the
    programme, Conflict when the round is handed in already.
    """
    participant = claim_participant(place, user_id)
    opened = participant.attempts.filter(phase=phase).first()
    if opened is not None and opened.submitted_at:
        raise Conflict("assessment_handed_in")
    if opened is not None:
        return Begun(is_new=False, competences=len(opened.competences))
    bank = load_bank()
    sharing = _last_sharing(participant)
    competences = bank.sets[competence_set]
    Attempt.objects.create(
        participant=participant,
        phase=phase,
        bank=bank.id,
        bank_version=bank.version,
        bank_digest=bank.digest,
        competences=list(competences),
        seed=randbelow(_SEEDS),
        share_topics=sharing.topics,
        share_levels=sharing.levels,
        share_strength=sharing.strength,
    )
    return Begun(is_new=True, competences=len(competences))


@transaction.atomic
def answer_item(place: Place, user_id: int, phase: str, item: str, value: str) -> Saved:
    """Keep the answer to one question; the latest one counts, from whichever tab it comes.

    Raises NotFound when nothing is begun or the round does not ask that question, Invalid for an answer that it does
    not take, Conflict when the round is handed in.
    """
    participant = claim_participant(place, user_id)
    attempt = _open_attempt(participant, phase)
    said = round_of(attempt, Role(participant.role))
    if not said.asks(item):
        raise NotFound("not_here")
    answer = answer_from(said.bank, item, value)
    if answer is None:
        raise Invalid("not_an_answer", field="answer")
    if attempt.answers.filter(item=item).update(value=value, modified=timezone.now()) == 0:
        attempt.answers.create(item=item, value=value)
    progress = replace(said, answers={**said.answers, item: answer}).progress()
    return Saved(done=progress.done, about=progress.about)


@transaction.atomic
def submit_assessment(place: Place, user_id: int, phase: str, target: float) -> Submitted:
    """Hand the round in. For a mentee it settles the first topics, read against ``target`` (0-100).

    Handing in twice is handing in once. Raises NotFound when nothing is begun, Conflict while a question is open.
    """
    participant = claim_participant(place, user_id)
    role = Role(participant.role)
    attempt = _attempt(participant, phase)
    said = round_of(attempt, role)
    read = said.profile(target)
    is_new = attempt.submitted_at is None
    if is_new:
        if not said.is_answered:
            raise Conflict("questions_open")
        attempt.submitted_at = timezone.now()
        attempt.open_slot = None
        attempt.target = round(target)
        attempt.topics = [topic.competence for topic in read.topics.chosen] if role is Role.MENTEE else []
        attempt.save(update_fields=["submitted_at", "open_slot", "target", "topics", "modified"])
    return Submitted(is_new=is_new, answered=read.participation.answered, skipped=read.participation.skipped)


@transaction.atomic
def swap_topic(place: Place, user_id: int, phase: str, topic: str, instead: str) -> bool:
    """Put another competence in the place of a topic. Returns whether anything changed.

    Sending it twice is sending it once. Raises Conflict when the topic is not among the topics any more, Invalid when
    ``instead`` has no score to start from, and what ``choose_sharing`` raises.
    """
    participant = claim_participant(place, user_id)
    attempt = _current_attempt(participant, phase)
    if topic not in attempt.topics:
        if instead in attempt.topics:
            return False
        raise Conflict("topic_gone")
    read = round_of(attempt, Role.MENTEE).profile(DEFAULT_TARGET)
    scored = {result.code for result in read.competences if result.score is not None}
    if instead not in scored - set(attempt.topics):
        raise Invalid("not_an_alternative", field="instead")
    attempt.topics = [instead if code == topic else code for code in attempt.topics]
    attempt.save(update_fields=["topics", "modified"])
    return True


@transaction.atomic
def choose_sharing(place: Place, user_id: int, phase: str, sharing: Sharing) -> bool:
    """Decide what a mentor may see of this round. Returns whether anything changed.

    Raises NotAllowed for mentors, who share nothing, NotFound when nothing is begun, Conflict before it is handed in
    or once a later round is.
    """
    participant = claim_participant(place, user_id)
    attempt = _current_attempt(participant, phase)
    if sharing == _sharing_of(attempt):
        return False
    attempt.share_topics = sharing.topics
    attempt.share_levels = sharing.levels
    attempt.share_strength = sharing.strength
    attempt.save(update_fields=["share_topics", "share_levels", "share_strength", "modified"])
    return True


def _attempt(participant: Participant, phase: str) -> Attempt:
    attempt = participant.attempts.filter(phase=phase).first()
    if attempt is None:
        raise NotFound("nothing_begun")
    return attempt


def _open_attempt(participant: Participant, phase: str) -> Attempt:
    attempt = _attempt(participant, phase)
    if attempt.submitted_at:
        raise Conflict("assessment_handed_in")
    return attempt


def _current_attempt(participant: Participant, phase: str) -> Attempt:
    """The round whose topics and sharing a mentee may still settle."""
    attempt = _attempt(participant, phase)
    if participant.role != Role.MENTEE:
        raise NotAllowed("mentees_only")
    if attempt.submitted_at is None:
        raise Conflict("not_handed_in")
    if _last_handed_in(participant) != attempt:
        raise Conflict("later_round")
    return attempt


def _last_handed_in(participant: Participant) -> Attempt | None:
    return participant.attempts.filter(submitted_at__isnull=False).order_by("-submitted_at", "-pk").first()


def _last_sharing(participant: Participant) -> Sharing:
    last = _last_handed_in(participant)
    return _sharing_of(last) if last else Sharing()


def _sharing_of(attempt: Attempt) -> Sharing:
    return Sharing(attempt.share_topics, attempt.share_levels, attempt.share_strength)
