"""Offering one pair that a coordinator has chosen, outside a round."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ..data import Place
from ..domain.errors import Conflict, Invalid
from ..domain.pairing_rules import PairingRules
from ..domain.states import LIVE_PAIRING, OPEN_RUN, OverrideKind
from ..models import MatchRun, Override, Pairing
from ..selectors.pair_checks import check_pair
from .history import note
from .offering import offer_checked
from .pairing_locks import claim_programme, hold_still
from .weighing import Ask


@dataclass(frozen=True)
class OfferedByHand:
    """The offer, and whether it is new."""

    pairing: str
    is_changed: bool = True


@transaction.atomic
def offer_by_hand(place: Place, user_id: int, rules: PairingRules, ask: Ask) -> OfferedByHand:
    """Offer a pair to its two people, after every rule has been checked with both standing still. Twice is once.

    Raises Conflict while a proposal is open or when a coordinator ruled the pair out, Invalid with the codes of broken
    rules.
    """
    programme = claim_programme(place)
    live = Pairing.objects.filter(mentor=ask.mentor, mentee=ask.mentee, state__in=LIVE_PAIRING).first()
    if live is not None:
        return OfferedByHand(str(live.uuid), is_changed=False)
    if MatchRun.objects.filter(programme=programme, state__in=OPEN_RUN).exists():
        raise Conflict("proposal_open_by_hand")
    said = Override.objects.filter(programme=programme, mentor=ask.mentor, mentee=ask.mentee, slot=1)
    if said.filter(kind=OverrideKind.FORBID).exists():
        raise Conflict("word_against")
    hold_still(ask.pair)
    found = check_pair(place, rules, ask.mentor, ask.mentee, timezone.now().date())
    made = offer_checked(programme, found, rules.answer_days, origin="hand")
    if made is None:
        raise Invalid("pair_refused", broken=found.broken)
    said.update(slot=None, modified=timezone.now())
    note(programme, user_id, "pairing.offered_by_hand", pairing=made.pk)
    return OfferedByHand(str(made.uuid))
