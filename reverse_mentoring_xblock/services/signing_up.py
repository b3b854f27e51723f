"""Signing up for pairing, changing what one said, and stepping back for a while."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ..data import Place
from ..domain.errors import Conflict, NotAllowed
from ..domain.pairing_rules import PairingRules
from ..domain.states import ParticipantState, Role, move
from ..models import Interest, Participant, Veto
from ..selectors.assessment import has_submitted
from ..selectors.training import has_passed_training
from .claims import claim_participant
from .flagging import flag_pairs

IN_THE_POOL = (ParticipantState.SIGNED_UP, ParticipantState.PAUSED)


@dataclass(frozen=True)
class Profile:
    """What a person says about themselves for pairing. ``windows`` are those of ``domain.week``."""

    level: int
    department: str
    site: str
    manager: str
    languages: tuple[str, ...]
    time_zone: str
    windows: tuple[tuple[int, int, int], ...]
    capacity: int
    topics: tuple[str, ...]
    vetoes: tuple[str, ...]


@dataclass(frozen=True)
class SignedUp:
    """A sign-up that counts; ``is_new`` is false when the person was in already and only said things anew."""

    is_new: bool
    role: Role


def sign_up(place: Place, user_id: int, profile: Profile, rules: PairingRules) -> SignedUp:
    """Enter the pool with this profile. Doing it twice is doing it once, with the newer profile.

    Pairs that the person's manager brings too close are pointed out afterwards. Raises NotAllowed when a gate of the
    author's is not passed.
    """
    signed_up, has_new_manager = _sign_up(place, user_id, profile, rules)
    if has_new_manager:
        flag_pairs(place, rules)
    return signed_up


@transaction.atomic
def _sign_up(place: Place, user_id: int, profile: Profile, rules: PairingRules) -> tuple[SignedUp, bool]:
    participant = claim_participant(place, user_id)
    role, state = Role(participant.role), ParticipantState(participant.state)
    if state is ParticipantState.INVITED:
        raise NotAllowed("join_first")
    rules.check_gates(
        role,
        is_trained=has_passed_training(participant.pk, role),
        is_assessed=has_submitted(participant.pk),
    )
    now = timezone.now()
    participant.state = move(state, ParticipantState.SIGNED_UP)
    participant.rules_agreed_at = now
    if state not in IN_THE_POOL:
        participant.signed_up_at = now
    has_new_manager = participant.manager != profile.manager
    _keep(participant, profile, rules)
    return SignedUp(is_new=state not in IN_THE_POOL, role=role), has_new_manager


def edit_profile(place: Place, user_id: int, profile: Profile, rules: PairingRules) -> None:
    """Change what one said at sign-up. Live pairings stay as they are; those that a new manager brings too close are
    pointed out to the coordinator.

    Raises Conflict when the person is not signed up any more.
    """
    if _edit(place, user_id, profile, rules):
        flag_pairs(place, rules)


@transaction.atomic
def _edit(place: Place, user_id: int, profile: Profile, rules: PairingRules) -> bool:
    participant = claim_participant(place, user_id)
    if participant.state not in IN_THE_POOL:
        raise Conflict("not_signed_up")
    has_new_manager = participant.manager != profile.manager
    _keep(participant, profile, rules)
    return has_new_manager


@transaction.atomic
def pause(place: Place, user_id: int) -> bool:
    """Take no part in the next rounds; live pairings go on. Returns whether anything changed."""
    return _step(place, user_id, ParticipantState.PAUSED)


@transaction.atomic
def resume(place: Place, user_id: int) -> bool:
    """Take part in the next rounds again. Returns whether anything changed."""
    return _step(place, user_id, ParticipantState.SIGNED_UP)


def _step(place: Place, user_id: int, to: ParticipantState) -> bool:
    participant = claim_participant(place, user_id)
    if participant.state not in IN_THE_POOL:
        raise Conflict("not_signed_up")
    if participant.state == to:
        return False
    participant.state = move(ParticipantState(participant.state), to)
    participant.save(update_fields=["state", "modified"])
    return True


def _keep(participant: Participant, profile: Profile, rules: PairingRules) -> None:
    participant.level = profile.level
    participant.department = profile.department
    participant.site = profile.site
    participant.manager = profile.manager
    participant.languages = list(profile.languages)
    participant.time_zone = profile.time_zone
    participant.windows = [list(window) for window in profile.windows]
    if participant.role == Role.MENTOR:
        participant.capacity = max(1, min(profile.capacity, rules.max_capacity))
    participant.save()
    _replace(participant, profile.topics, profile.vetoes)


def _replace(participant: Participant, topics: Iterable[str], vetoes: Iterable[str]) -> None:
    Interest.objects.filter(participant=participant).delete()
    Interest.objects.bulk_create(Interest(participant=participant, competence=code) for code in sorted(set(topics)))
    Veto.objects.filter(participant=participant).delete()
    Veto.objects.bulk_create(Veto(participant=participant, person=person) for person in sorted(set(vetoes)))
