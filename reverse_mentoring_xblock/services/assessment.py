"""Answering the self-assessment, handing it in, and deciding what a partner may see of it."""

from dataclasses import dataclass
from secrets import randbelow

from django.db import transaction
from django.utils import timezone

from ..content.loading import load_bank
from ..data import Place
from ..domain.assessment.rounds import answer_from
from ..domain.errors import Conflict, Invalid, NotAllowed, NotFound
from ..domain.states import Role
from ..models import Attempt, Participant
from ..selectors.assessment import Sharing, round_of
from .claims import claim_participant

_SEEDS = 2**31
TOPIC_TARGETS = ()


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
    if not attempt.submitted_at and not said.is_answered:
        raise Conflict("questions_open")
    read = said.profile(target)
    is_new = attempt.submitted_at is None
    if is_new:
        attempt.submitted_at = timezone.now()
        attempt.open_slot = None
        attempt.topics = [topic.competence for topic in read.topics.chosen] if role is Role.MENTEE else []
        attempt.save(update_fields=["submitted_at", "open_slot", "topics", "modified"])
    ...
