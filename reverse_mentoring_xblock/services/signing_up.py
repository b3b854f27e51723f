"""Saying things at sign-up step by step, entering the pool, changing what one said, and stepping back for a while."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..data import Place
from ..domain.errors import Conflict, NotAllowed
from ..domain.pairing_rules import PairingRules
from ..domain.profile import Profile, Step
from ..domain.states import IN_THE_POOL, ParticipantState, Role, move
from ..models import Interest, Participant, SignUpDraft, Veto
from ..selectors.assessment import has_submitted
from ..selectors.participants import participant_row
from ..selectors.profiles import sign_up_of
from ..selectors.training import has_passed_training
from .claims import claim_participant
from .flagging import flag_pairs


@dataclass(frozen=True)
class SignedUp:
    """A sign-up that counts; ``is_new`` is false when the person was in already, and then nothing was changed."""

    is_new: bool
    role: Role
    profile: Profile


def keep_step(
    place: Place,
    user_id: int,
    step: Step,
    said: Mapping[str, Any],
    rules: PairingRules,
    *,
    seen: str = "",
    is_done: bool = True,
) -> bool:
    """Keep what a person said in a step. Returns whether it counts from now on: it does for those in the pool, and for
    anybody else once they sign up. Live pairings stay as they are.

    ``seen`` is the version of the step that the person looked at. With ``is_done=False`` the step stays open. Raises
    Conflict when the step was saved with other answers meanwhile, NotAllowed without a role in the programme. Pairs
    that a new manager brings too close are pointed out to the coordinator.
    """
    counts, has_new_manager = _keep_step(place, user_id, step, said, rules, seen, is_done)
    if has_new_manager:
        flag_pairs(place, rules)
    return counts


@transaction.atomic
def _keep_step(
    place: Place, user_id: int, step: Step, said: Mapping[str, Any], rules: PairingRules, seen: str, is_done: bool
) -> tuple[bool, bool]:
    participant = _claim_joined(place, user_id)
    entry = sign_up_of(participant_row(participant))
    profile = entry.profile.with_said(said)
    if seen and entry.profile.version(step) not in (seen, profile.version(step)):
        raise Conflict("step_changed")
    if participant.state in IN_THE_POOL:
        has_new_manager = participant.manager != profile.manager
        _write(participant, profile, rules)
        return True, has_new_manager
    draft, _made = SignUpDraft.objects.get_or_create(participant=participant)
    draft.said = {**draft.said, **profile.said(step)}
    draft.done = sorted({*draft.done, step} if is_done else draft.done)
    draft.save()
    return False, False


def sign_up(place: Place, user_id: int, rules: PairingRules, *, seen: str = "") -> SignedUp:
    """Enter the pool with what was said in the steps. Doing it twice is doing it once.

    ``seen`` is the version of the answers that the person has checked. Raises NotAllowed outside the author's dates or
    when a gate is not passed, Conflict when the answers have changed since or a step is open. Pairs that the person's
    manager brings too close are pointed out afterwards.
    """
    signed_up, has_new_manager = _sign_up(place, user_id, rules, seen)
    if has_new_manager:
        flag_pairs(place, rules)
    return signed_up


@transaction.atomic
def _sign_up(place: Place, user_id: int, rules: PairingRules, seen: str) -> tuple[SignedUp, bool]:
    participant = _claim_joined(place, user_id)
    role, state = Role(participant.role), ParticipantState(participant.state)
    entry = sign_up_of(participant_row(participant))
    if state in IN_THE_POOL:
        return SignedUp(is_new=False, role=role, profile=entry.profile), False
    now = timezone.now()
    rules.check_sign_up_is_open(now)
    rules.check_gates(
        role,
        is_trained=has_passed_training(participant.pk, role),
        is_assessed=has_submitted(participant.pk),
    )
    if seen not in ("", entry.profile.version()):
        raise Conflict("answers_changed")
    if entry.open_steps(role):
        raise Conflict("steps_open")
    participant.state = move(state, ParticipantState.SIGNED_UP)
    participant.rules_agreed_at = participant.signed_up_at = now
    has_new_manager = participant.manager != entry.profile.manager
    _write(participant, entry.profile, rules)
    SignUpDraft.objects.filter(participant=participant).delete()
    return SignedUp(is_new=True, role=role, profile=entry.profile), has_new_manager


@transaction.atomic
def pause(place: Place, user_id: int) -> bool:
    """Take no part in the next rounds; live pairings go on. Returns whether anything changed."""
    return _move(place, user_id, ParticipantState.PAUSED)


@transaction.atomic
def resume(place: Place, user_id: int) -> bool:
    """Take part in the next rounds again. Returns whether anything changed."""
    return _move(place, user_id, ParticipantState.SIGNED_UP)


def _move(place: Place, user_id: int, to: ParticipantState) -> bool:
    participant = claim_participant(place, user_id)
    if participant.state not in IN_THE_POOL:
        raise Conflict("not_signed_up")
    if participant.state == to:
        return False
    participant.state = move(ParticipantState(participant.state), to)
    participant.save(update_fields=["state", "modified"])
    return True


def _claim_joined(place: Place, user_id: int) -> Participant:
    participant = claim_participant(place, user_id)
    if participant.state == ParticipantState.INVITED:
        raise NotAllowed("join_first")
    return participant


def _write(participant: Participant, profile: Profile, rules: PairingRules) -> None:
    participant.level = profile.level
    participant.department = profile.department
    participant.site = profile.site
    participant.manager = profile.manager
    participant.languages = list(profile.languages)
    participant.time_zone = profile.time_zone
    participant.windows = [list(window) for window in profile.windows]
    participant.mode = profile.mode
    participant.channels = list(profile.channels)
    participant.style = dict(profile.style)
    if participant.role == Role.MENTOR:
        participant.capacity = max(1, min(profile.capacity, rules.max_capacity))
    if profile.has_committed and participant.committed_at is None:
        participant.committed_at = timezone.now()
    participant.save()
    _replace(participant, profile)


def _replace(participant: Participant, profile: Profile) -> None:
    Interest.objects.filter(participant=participant).delete()
    Interest.objects.bulk_create(
        Interest(participant=participant, competence=code, weight=weight)
        for code, weight in sorted(profile.topics.items())
    )
    Veto.objects.filter(participant=participant).delete()
    Veto.objects.bulk_create(Veto(participant=participant, person=person) for person in sorted(set(profile.vetoes)))
