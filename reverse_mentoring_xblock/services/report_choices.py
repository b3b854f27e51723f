"""What a person decides on their report: topics, what a partner sees, goals; what a mentor would gladly help with."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from ..data import Place
from ..domain.assessment.answers import MOST_GOALS
from ..domain.assessment.rounds import Sharing
from ..domain.errors import Conflict, Invalid, NotAllowed, NotFound
from ..domain.states import Role
from ..models import Attempt, Goal, Participant
from ..selectors.rounds import round_of
from .claims import claim_participant


@transaction.atomic
def swap_topic(place: Place, user_id: int, phase: str, topic: str, instead: str) -> bool:
    """Put another competence in the place of a topic. Returns whether anything changed.

    Sending it twice is sending it once. Raises Conflict when the topic is not among the topics any more, Invalid when
    ``instead`` has no score to start from, and what ``choose_sharing`` raises.
    """
    participant = claim_participant(place, user_id)
    attempt = _current_attempt(participant, phase, Role.MENTEE)
    if topic not in attempt.topics:
        if instead in attempt.topics:
            return False
        raise Conflict("topic_gone")
    scored = round_of(attempt, Role.MENTEE).profile().scores
    if instead not in scored.keys() - set(attempt.topics):
        raise Invalid("not_an_alternative", field="instead")
    attempt.topics = [instead if code == topic else code for code in attempt.topics]
    attempt.save(update_fields=["topics", "modified"])
    return True


@transaction.atomic
def choose_sharing(place: Place, user_id: int, phase: str, sharing: Sharing) -> bool:
    """Decide what a mentor may see of this round. Returns whether anything changed.

    Raises NotAllowed for mentors, NotFound when nothing is begun, Conflict when the round is not handed in or a later
    one is.
    """
    participant = claim_participant(place, user_id)
    attempt = _current_attempt(participant, phase, Role.MENTEE)
    if sharing == _sharing_of(attempt):
        return False
    attempt.share_topics = sharing.topics
    attempt.share_levels = sharing.levels
    attempt.share_strength = sharing.strength
    attempt.save(update_fields=["share_topics", "share_levels", "share_strength", "modified"])
    return True


@transaction.atomic
def choose_offers(place: Place, user_id: int, phase: str, codes: Sequence[str]) -> bool:
    """Decide, as a mentor, what one would gladly help with. Returns whether anything changed.

    It starts the sign-up form, and counts for the matcher until something else is said there. Raises what
    ``choose_sharing`` raises (NotAllowed for mentees), Invalid for a competence that was not asked about.
    """
    participant = claim_participant(place, user_id)
    attempt = _current_attempt(participant, phase, Role.MENTOR)
    if not set(codes) <= set(attempt.competences):
        raise Invalid("not_an_alternative", field="offers")
    chosen = [code for code in attempt.competences if code in codes]
    if chosen == attempt.topics:
        return False
    attempt.topics = chosen
    attempt.save(update_fields=["topics", "modified"])
    return True


@transaction.atomic
def keep_goals(place: Place, user_id: int, phase: str, texts: Sequence[str]) -> bool:
    """Keep a mentee's goals, up to three, in their own words; empty ones go. Returns whether anything changed.

    Raises what ``choose_sharing`` raises, and Conflict once an end round has begun, which asks about the goals.
    """
    participant = claim_participant(place, user_id)
    _current_attempt(participant, phase, Role.MENTEE)
    if participant.attempts.filter(phase="end").exists():
        raise Conflict("goals_settled")
    wanted = dict(enumerate(filter(None, (text.strip() for text in texts)), start=1))
    if len(wanted) > MOST_GOALS:
        raise Invalid("too_many_goals")
    if dict(participant.goals.values_list("number", "text")) == wanted:
        return False
    participant.goals.exclude(number__in=wanted).delete()
    for number, text in wanted.items():
        participant.goals.update_or_create(number=number, defaults={"text": text})
    return True


@transaction.atomic
def date_goal(place: Place, user_id: int, number: int, done_on: date | None) -> bool:
    """Say on which day one did it for real, or that there is none. Returns whether anything changed.

    Raises NotFound when there is no such goal.
    """
    participant = claim_participant(place, user_id)
    goal = Goal.objects.filter(participant=participant, number=number).first()
    if goal is None:
        raise NotFound("not_here")
    if goal.done_on == done_on:
        return False
    goal.done_on = done_on
    goal.save(update_fields=["done_on", "modified"])
    return True


def attempt_of(participant: Participant, phase: str) -> Attempt:
    """This person's round of that phase. Raises NotFound before it is begun."""
    attempt = participant.attempts.filter(phase=phase).first()
    if attempt is None:
        raise NotFound("nothing_begun")
    return attempt


def last_sharing(participant: Participant) -> Sharing:
    """What the person chose to share in the newest round that they handed in."""
    last = _last_handed_in(participant)
    return _sharing_of(last) if last else Sharing()


def _current_attempt(participant: Participant, phase: str, role: Role) -> Attempt:
    """The round whose choices are still open."""
    attempt = attempt_of(participant, phase)
    if participant.role != role:
        raise NotAllowed("mentees_only" if role is Role.MENTEE else "mentors_only")
    if attempt.submitted_at is None:
        raise Conflict("not_handed_in")
    if _last_handed_in(participant) != attempt:
        raise Conflict("later_round")
    return attempt


def _last_handed_in(participant: Participant) -> Attempt | None:
    return participant.attempts.filter(submitted_at__isnull=False).order_by("-submitted_at", "-pk").first()


def _sharing_of(attempt: Attempt) -> Sharing:
    return Sharing(attempt.share_topics, attempt.share_levels, attempt.share_strength)
