"""Beginning a round of the self-assessment, answering it, handing it in."""

from dataclasses import dataclass
from datetime import timedelta
from secrets import randbelow

from django.db import transaction
from django.utils import timezone

from ..content.instrument import Instrument
from ..data import Place
from ..domain.assessment.answers import answer_from
from ..domain.assessment.bank import Form
from ..domain.assessment.careless import signs
from ..domain.assessment.change import BETWEEN_ROUNDS
from ..domain.assessment.offering import WORTH_OFFERING, offers
from ..domain.assessment.repeating import repeated
from ..domain.assessment.rounds import Round
from ..domain.assessment.setup import RoleProfile, Setup, Span, profile_named
from ..domain.assessment.summary import summary
from ..domain.errors import Conflict, Invalid, NotFound
from ..domain.states import Role
from ..models import Attempt, ItemBank, Participant
from ..selectors.rounds import round_of
from .claims import claim_participant
from .report_choices import attempt_of, last_sharing

_SEEDS = 2**31
_MOST_SECONDS = 3600


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
def begin(
    place: Place, user_id: int, phase: str, setup: Setup, instrument: Instrument, role_profile: str = ""
) -> Begun:
    """Open a round. Doing it twice is doing it once; both tabs are then in the same round.

    An end round repeats the start round that the person handed in: the same skills and self items, the same scenarios
    in their other form. It starts with the sharing that the person chose last. Raises NotAllowed without a role in the
    programme, Conflict when the round is handed in already, is not open by the author's dates or comes too soon after
    the start round, Invalid for a role profile that is not among those of the author.
    """
    participant = claim_participant(place, user_id)
    opened = participant.attempts.filter(phase=phase).first()
    if opened is not None and opened.submitted_at:
        raise Conflict("assessment_handed_in")
    if opened is not None:
        return Begun(is_new=False, competences=len(opened.competences))
    setup.span.check(timezone.now())
    _keep_bank(instrument)
    made = Attempt(
        participant=participant,
        phase=phase,
        bank=instrument.bank.id,
        bank_version=instrument.bank.version,
        bank_digest=instrument.bank.digest,
        asked_at=timezone.now(),
    )
    _share_as_before(made, participant)
    before = _round_before(made, participant)
    if before is not None:
        _repeat(made, before, Role(participant.role))
    else:
        _set_up(made, setup, _profile(setup, role_profile), Role(participant.role))
    made.save()
    return Begun(is_new=True, competences=len(made.competences))


@transaction.atomic
def answer_item(
    place: Place, user_id: int, phase: str, item: str, value: str, confidence: str = "", span: Span | None = None
) -> Saved:
    """Keep the answer to one question; the latest one counts, from whichever tab it comes.

    Raises NotFound when nothing is begun or the round does not ask that question, Invalid for an answer that it does
    not take, Conflict when the round is handed in or closed.
    """
    participant = claim_participant(place, user_id)
    attempt = _open_attempt(participant, phase)
    (span or Span()).check(timezone.now())
    said = round_of(attempt, Role(participant.role))
    if not said.asks(item):
        raise NotFound("not_here")
    answer = answer_from(said.bank, item, value, confidence)
    if answer is None:
        raise Invalid("not_an_answer", field="answer")
    _keep_answer(attempt, item, value, confidence)
    after = said.with_answer(item, answer)
    attempt.checks = list(after.checks)
    attempt.asked_at = timezone.now()
    attempt.save(update_fields=["checks", "asked_at", "modified"])
    progress = after.progress()
    return Saved(done=progress.done, about=progress.about)


@transaction.atomic
def submit_assessment(place: Place, user_id: int, phase: str, span: Span | None = None) -> Submitted:
    """Hand the round in. It settles the first topics: of a mentee to learn, of a mentor to help with.

    Handing in twice is handing in once. Raises NotFound when nothing is begun, Conflict while a question is open and
    when the round has closed.
    """
    participant = claim_participant(place, user_id)
    attempt = attempt_of(participant, phase)
    said = round_of(attempt, Role(participant.role))
    is_new = attempt.submitted_at is None
    if is_new:
        (span or Span()).check(timezone.now())
        if not said.is_answered:
            raise Conflict("questions_open")
        _hand_in(attempt, said, Role(participant.role))
    taken = said.participation()
    return Submitted(is_new=is_new, answered=taken.answered, skipped=taken.skipped)


def _hand_in(attempt: Attempt, said: Round, role: Role) -> None:
    read = said.profile()
    taken = attempt.answers.values_list("item", "seconds")
    seconds = {item: number for item, number in taken if number is not None}
    attempt.scores = summary(read).as_json()
    attempt.careless = list(signs(said.bank, said.path(), said.answers, seconds))
    attempt.answers.update(seconds=None)
    attempt.submitted_at = timezone.now()
    attempt.open_slot = attempt.asked_at = None
    if role is Role.MENTEE:
        attempt.topics = [topic.competence for topic in read.topics.chosen]
    else:
        able = offers(read, said.bank.scoring.cuts[WORTH_OFFERING])
        attempt.topics = attempt.topics or [result.code for result in able]
    fields = ["scores", "careless", "submitted_at", "open_slot", "asked_at", "topics", "modified"]
    attempt.save(update_fields=fields)


def _open_attempt(participant: Participant, phase: str) -> Attempt:
    attempt = attempt_of(participant, phase)
    if attempt.submitted_at:
        raise Conflict("assessment_handed_in")
    return attempt


def _keep_answer(attempt: Attempt, item: str, value: str, confidence: str) -> None:
    """The first time counts for the seconds: somebody who comes back has read the question already."""
    now = timezone.now()
    changed = attempt.answers.filter(item=item).update(value=value, confidence=confidence, modified=now)
    if not changed:
        since = now - attempt.asked_at if attempt.asked_at else timedelta()
        seconds = min(int(since.total_seconds()), _MOST_SECONDS)
        attempt.answers.create(item=item, value=value, confidence=confidence, seconds=seconds)


def _keep_bank(instrument: Instrument) -> None:
    """Keep an author's own bank with the round, so that its scores can always be worked out again."""
    if not instrument.is_shipped:
        bank = instrument.bank
        facts = {"bank": bank.id, "version": bank.version, "source": instrument.source}
        ItemBank.objects.get_or_create(digest=bank.digest, defaults=facts)


def _share_as_before(made: Attempt, participant: Participant) -> None:
    sharing = last_sharing(participant)
    made.share_topics, made.share_levels, made.share_strength = sharing.topics, sharing.levels, sharing.strength


def _profile(setup: Setup, name: str) -> RoleProfile:
    """The role profile of that name; the first where nobody had to choose."""
    if not name:
        return setup.profiles[0]
    profile = profile_named(setup.profiles, name)
    if profile is None:
        raise Invalid("no_such_profile", field="profile")
    return profile


def _set_up(made: Attempt, setup: Setup, profile: RoleProfile, role: Role) -> None:
    made.competences = list(setup.competences)
    made.seed = randbelow(_SEEDS)
    made.form = (Form.A, Form.B)[made.seed % 2]
    made.role_profile = profile.name
    made.targets = profile.targets(setup.competences)
    made.weights = {code: weight for code, weight in setup.weights.items() if code in setup.competences}
    made.uses_checks = setup.uses_checks and role is Role.MENTEE
    made.uses_terms = setup.uses_terms and role is Role.MENTEE


def _round_before(made: Attempt, participant: Participant) -> Attempt | None:
    """The start round that an end round repeats. None in a start round, and where the two could not be compared."""
    if made.phase != "end":
        return None
    before = participant.attempts.filter(phase="start", submitted_at__isnull=False).first()
    if before is None or before.submitted_at is None:
        return None
    opens = before.submitted_at + BETWEEN_ROUNDS
    if timezone.now() < opens:
        raise Conflict("too_soon", opens=opens)
    same_bank = before.bank == made.bank and _major(before.bank_version) == _major(made.bank_version)
    return before if same_bank else None


def _repeat(made: Attempt, before: Attempt, role: Role) -> None:
    is_mentee = role is Role.MENTEE
    goals = before.participant.goals.count() if is_mentee else 0
    end = repeated(round_of(before, role), before.topics if is_mentee else (), goals)
    made.repeats = before
    made.form, made.checks, made.routes = end.form, list(end.checks), dict(end.routes)
    made.looks_back, made.goals = list(end.looks_back), end.goals
    for name in ("competences", "seed", "role_profile", "targets", "weights", "uses_checks", "uses_terms"):
        setattr(made, name, getattr(before, name))


def _major(version: str) -> str:
    return version.partition(".")[0]
