"""Taking people off the roster on whom nobody counts."""

from uuid import UUID

from django.db import transaction

from ..data import Place
from ..domain.errors import Conflict, NotFound
from ..domain.pairing_rules import PairingRules
from ..models import Participant
from ..selectors.paging import in_chunks
from ..selectors.roster_choice import EVERYBODY, Chosen, chosen_people, is_removable
from .history import note
from .pairing_locks import claim_programme

CHUNK = 500


@transaction.atomic
def remove(place: Place, user_id: int, whom: UUID | Chosen, rules: PairingRules) -> int:
    """Take one person off the roster, or all who are chosen and can be. Returns how many.

    What they did in the programme goes with them, as if they had never come; they can come again. Raises Conflict
    for somebody who has signed up or was offered to a partner, NotFound for somebody who is not there.
    """
    programme = claim_programme(place)
    people = chosen_people(place, rules, whom if isinstance(whom, Chosen) else EVERYBODY)
    if not isinstance(whom, Chosen):
        people = people.filter(uuid=whom)
        if not people.exists():
            raise NotFound("not_here")
    ids = list(people.filter(is_removable()).order_by("pk").values_list("pk", flat=True))
    if not ids:
        raise Conflict("nobody_removable")
    removed = 0
    for chunk in in_chunks(ids, CHUNK):
        # Whoever signs up in this moment holds their row: it is looked at again when it is ours.
        rows = Participant.objects.select_for_update().filter(pk__in=chunk).order_by("pk")
        held = [row.pk for row in rows if row.signed_up_at is None]
        Participant.objects.filter(pk__in=held).delete()
        removed += len(held)
    note(programme, user_id, "roster.removed", people=removed)
    return removed
