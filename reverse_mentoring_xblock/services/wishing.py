"""Wishes for a partner, and cards passed over. Both are read by the matcher and by the person who made them."""

from uuid import UUID

from django.db import transaction

from ..data import Place
from ..domain.errors import Conflict, NotAllowed, NotFound
from ..domain.matching import MOST_WISHES
from ..domain.pairing_rules import MOST_AVOIDED, PairingRules
from ..domain.states import ParticipantState, Role
from ..models import Avoided, Participant, Wish
from .claims import claim_participant


@transaction.atomic
def wish(place: Place, user_id: int, person: UUID, rank: int, rules: PairingRules) -> bool:
    """Wish for somebody with this rank, 1 to ``MOST_WISHES``; equal ranks are ties. Returns whether anything changed.

    A wish for somebody whom a rule keeps apart is kept like any other and has no effect, so that nobody learns of it.
    Raises NotAllowed where the author asks for no wishes, NotFound when there is no such card, Conflict when there are
    enough wishes already or the person was passed over.
    """
    mine = _claim(place, user_id, rules)
    other = _card(mine, person)
    if Avoided.objects.filter(participant=mine, avoided=other).exists():
        raise Conflict("passed_over")
    kept = Wish.objects.filter(participant=mine)
    if kept.filter(wished=other, rank=rank).exists():
        return False
    if kept.exclude(wished=other).count() >= MOST_WISHES:
        raise Conflict("wishes_full", most=MOST_WISHES)
    Wish.objects.update_or_create(participant=mine, wished=other, defaults={"rank": rank})
    return True


@transaction.atomic
def avoid(place: Place, user_id: int, person: UUID, rules: PairingRules) -> None:
    """Pass somebody over: no round pairs the two. A wish for them is taken back. Doing it twice is doing it once.

    Raises as ``wish`` does, Conflict when as many were passed over as there may be.
    """
    mine = _claim(place, user_id, rules)
    other = _card(mine, person)
    if Avoided.objects.filter(participant=mine).exclude(avoided=other).count() >= MOST_AVOIDED:
        raise Conflict("avoided_full", most=MOST_AVOIDED)
    Wish.objects.filter(participant=mine, wished=other).delete()
    Avoided.objects.get_or_create(participant=mine, avoided=other)


@transaction.atomic
def take_back(place: Place, user_id: int, person: UUID) -> bool:
    """Take back what one said about somebody: a wish, or that they were passed over. Returns whether there was
    anything; it can be done at any time."""
    mine = claim_participant(place, user_id)
    wishes, _each = Wish.objects.filter(participant=mine, wished__uuid=person).delete()
    passed, _each = Avoided.objects.filter(participant=mine, avoided__uuid=person).delete()
    return bool(wishes + passed)


def _claim(place: Place, user_id: int, rules: PairingRules) -> Participant:
    if not rules.ask_wishes:
        raise NotAllowed("wishes_off")
    mine = claim_participant(place, user_id)
    if mine.state != ParticipantState.SIGNED_UP:
        raise Conflict("not_signed_up")
    return mine


def _card(mine: Participant, person: UUID) -> Participant:
    there = Participant.objects.filter(
        programme_id=mine.programme_id, role=Role(mine.role).other, state=ParticipantState.SIGNED_UP
    )
    found = there.filter(uuid=person).first()
    if found is None:
        raise NotFound("card_gone")
    return found
