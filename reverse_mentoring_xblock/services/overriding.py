"""A coordinator's word on single pairs: kept whatever comes, never made, or neither again.

A word changes the open proposal in place and holds in every later round until it is lifted.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from ..data import Place
from ..domain.errors import Conflict
from ..domain.pairing_rules import PairingRules
from ..domain.states import OverrideKind, RunState
from ..models import MatchRun, Override, Programme
from .history import note
from .pairing_locks import claim_programme
from .releasing import open_or_decided
from .round_rows import rewrite
from .weighing import Ask, Plan, Price, Word, check_open, check_word, plan_of, rules_kept_with, standing

ACTS = {Word.FIX: "pairing.kept", Word.FORBID: "pairing.ruled_out", Word.LIFT: "pairing.lifted"}


@dataclass(frozen=True)
class Kept:
    """What came of a word. ``price`` is None where no proposal was open, or nothing changed."""

    price: Price | None = None
    is_changed: bool = True


def keep_word(place: Place, user_id: int, rules: PairingRules, ask: Ask, run: UUID | None, seen: str = "") -> Kept:
    """Keep a word and bring the proposal ``run`` in line with it, as it was previewed. Saying it twice is once.

    The search runs outside the transaction, as for a whole round. Raises what ``check_word`` and ``plan_of`` raise, and
    Conflict when the proposal, or what would become of it, is not what the coordinator has seen; without ``run`` also
    when there is a proposal.
    """
    if _is_said(place, ask):
        return Kept(is_changed=False)
    found = check_word(place, rules, ask)
    if run is None:
        return _keep(place, user_id, rules, ask, None)
    plan = plan_of(place, rules, run, ask, found, with_reasons=True)
    if plan.price.seen != seen:
        raise Conflict("price_changed")
    return _keep(place, user_id, rules, ask, plan)


def _is_said(place: Place, ask: Ask) -> bool:
    said = standing(place).get(ask.pair)
    return said is None if ask.word is Word.LIFT else said == ask.word


@transaction.atomic
def _keep(place: Place, user_id: int, rules: PairingRules, ask: Ask, plan: Plan | None) -> Kept:
    programme = claim_programme(place)
    facts: dict[str, object] = {"mentor": ask.mentor, "mentee": ask.mentee}
    if plan is None:
        if MatchRun.objects.filter(programme=programme, state=RunState.PROPOSED).exists():
            raise Conflict("proposal_open")
    else:
        run = open_or_decided(programme, plan.run.uuid)
        check_open(run)
        if run.modified != plan.run.modified:
            raise Conflict("price_changed")
        if plan.outcome is not None:
            rewrite(run, plan.cohort, rules_kept_with(run, rules), plan.outcome)
        facts |= {"run": run.pk, "points": plan.price.points, "pairs": plan.price.pairs}
    check_word(place, rules, ask)  # with the programme locked: another word may have been kept in between
    _write(programme, user_id, ask)
    note(programme, user_id, ACTS[ask.word], **facts)
    return Kept(plan.price if plan else None)


def _write(programme: Programme, user_id: int, ask: Ask) -> None:
    of_pair = Override.objects.filter(programme=programme, mentor=ask.mentor, mentee=ask.mentee, slot=1)
    if ask.word is Word.LIFT:
        of_pair.update(slot=None, modified=timezone.now())
        return
    try:
        with transaction.atomic():
            Override.objects.create(
                programme=programme,
                mentor_id=ask.mentor,
                mentee_id=ask.mentee,
                kind=OverrideKind(ask.word),
                made_by_id=user_id,
            )
    except IntegrityError:
        raise Conflict("price_changed") from None
