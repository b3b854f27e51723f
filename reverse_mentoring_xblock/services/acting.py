"""Next steps that one of the pair takes on."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..data import Place
from ..domain.errors import Conflict, NotFound
from ..models import Action
from .pair_claims import Hold, claim_pair_of_action, claim_pairing

MOST_OPEN = 30


@dataclass(frozen=True)
class Taken:
    """A next step, and whether the act changed anything."""

    action: str
    pairing: str
    is_changed: bool


@transaction.atomic
def add_action(place: Place, user_id: int, pairing: UUID, text: str, due_on: date | None) -> Taken:
    """Take on a next step. The same text and day while it is open is the same step.

    Raises NotFound, and Conflict when the pairing has ended or too many steps are open.
    """
    hold = claim_pairing(place, user_id, pairing)
    hold.check_is_open()
    mine = Action.objects.filter(pairing=hold.pairing, owner=hold.participant, done_at=None)
    there = mine.filter(text=text, due_on=due_on).first()
    if there is not None:
        return Taken(str(there.uuid), str(hold.pairing.uuid), is_changed=False)
    if mine.count() >= MOST_OPEN:
        raise Conflict("actions_full", most=MOST_OPEN)
    made = Action.objects.create(pairing=hold.pairing, owner=hold.participant, text=text, due_on=due_on)
    return Taken(str(made.uuid), str(hold.pairing.uuid), is_changed=True)


@transaction.atomic
def finish_action(place: Place, user_id: int, action: UUID) -> Taken:
    """Say that one's own next step is done. Finishing it twice is finishing it once. Raises NotFound."""
    hold = claim_pair_of_action(place, user_id, action)
    row = _own(hold, action)
    if row.done_at is not None:
        return Taken(str(row.uuid), str(hold.pairing.uuid), is_changed=False)
    row.done_at = timezone.now()
    row.save(update_fields=["done_at", "modified"])
    return Taken(str(row.uuid), str(hold.pairing.uuid), is_changed=True)


@transaction.atomic
def take_back_action(place: Place, user_id: int, action: UUID) -> Taken:
    """Remove one's own next step that is open, as if it had never been noted.

    Raises NotFound, also for one that is removed already, and Conflict for one that is done.
    """
    hold = claim_pair_of_action(place, user_id, action)
    row = _own(hold, action)
    if row.done_at is not None:
        raise Conflict("moved_on")
    row.delete()
    return Taken(str(action), str(hold.pairing.uuid), is_changed=True)


def _own(hold: Hold, action: UUID) -> Action:
    row = Action.objects.filter(uuid=action, owner=hold.participant).first()
    if row is None:
        raise NotFound("not_here")
    return row
