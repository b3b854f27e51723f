"""Going through role training: pages and knowledge checks."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ..content.loading import load_training_pack
from ..data import Place
from ..domain.check_rules import CheckRules
from ..domain.errors import Conflict, NotAllowed
from ..domain.training import Module, mark
from ..models import CheckAttempt, ModuleProgress, Participant
from .claims import claim_participant


@dataclass(frozen=True)
class CheckOutcome:
    """A check that was counted, and what the whole training stands at. Shares run from 0 to 1."""

    percent: int
    attempt: int
    is_passed: bool
    is_first_pass: bool
    best_share: float
    is_training_passed: bool


@transaction.atomic
def turn_page(place: Place, user_id: int, module_id: str, step: int) -> None:
    """Remember where to resume: a page, or the check, which stands after the last page.

    Raises NotFound for an unknown module, NotAllowed for one of the other role.
    """
    participant = claim_participant(place, user_id)
    module = _own_module(participant, module_id)
    progress = _progress(participant, module_id)
    progress.step = max(0, min(step, len(module.pages)))
    progress.save(update_fields=["step", "modified"])


@transaction.atomic
def submit_check(
    place: Place, user_id: int, module_id: str, answers: Mapping[str, str | None], attempt: int, rules: CheckRules
) -> CheckOutcome:
    """Mark and count a check. ``attempt`` is the number the person was shown: handing it in twice counts once.

    Raises Conflict when that attempt is counted already or none are left, and what ``turn_page`` raises.
    """
    participant = claim_participant(place, user_id)
    module = _own_module(participant, module_id)
    progress = _progress(participant, module_id)
    if attempt != progress.attempts + 1:
        raise Conflict("check_counted")
    rules.check_may_try(progress.attempts)
    percent = int(mark(load_training_pack(), module_id, answers).share * 100 + 1e-9)
    CheckAttempt.objects.create(progress=progress, number=attempt, answers=dict(answers), percent=percent)
    is_first_pass = rules.passes(percent) and progress.passed_at is None
    progress.attempts = attempt
    progress.step = len(module.pages)
    progress.best_percent = max(percent, progress.best_percent or 0)
    progress.passed_at = timezone.now() if is_first_pass else progress.passed_at
    progress.save(update_fields=["attempts", "step", "best_percent", "passed_at", "modified"])
    best_share, is_training_passed = _standing(participant)
    return CheckOutcome(
        percent=percent,
        attempt=attempt,
        is_passed=rules.passes(percent),
        is_first_pass=is_first_pass,
        best_share=best_share,
        is_training_passed=is_training_passed,
    )


def _own_module(participant: Participant, module_id: str) -> Module:
    module = load_training_pack().module(module_id)
    if module.role != participant.role:
        raise NotAllowed("other_role")
    return module


def _progress(participant: Participant, module_id: str) -> ModuleProgress:
    progress, _made = ModuleProgress.objects.get_or_create(participant=participant, module=module_id)
    return progress


def _standing(participant: Participant) -> tuple[float, bool]:
    """The mean of the best results over all modules of the role, and whether every one is passed."""
    wanted = [module.id for module in load_training_pack().modules if module.role == participant.role]
    rows = {row.module: row for row in participant.module_progress.filter(module__in=wanted)}
    share = sum((rows[name].best_percent or 0) for name in rows) / (100 * len(wanted))
    return share, all(name in rows and rows[name].passed_at for name in wanted)
