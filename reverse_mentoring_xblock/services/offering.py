"""Making offers: the rows of new pairings, in the places that their mentors have free."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from ..domain.errors import Conflict
from ..domain.states import LIVE_PAIRING
from ..models import MatchRun, Pairing, Programme
from ..selectors.pair_checks import PairCheck
from ..selectors.pairings import stored_reason


@dataclass(frozen=True)
class NewPair:
    """Two participants, and why they fit as ``selectors.pairings.stored_reason`` gives it."""

    mentor_id: int
    mentee_id: int
    reason: Mapping[str, Any]


def offer_checked(programme: Programme, check: PairCheck, answer_days: int, *, origin: str) -> Pairing | None:
    """Offer the two of a check, or nothing where a rule stands between them. As for ``offer``, with the row's key."""
    if check.mentor is None or check.mentee is None or check.worth is None or check.reason is None:
        return None
    pair = NewPair(check.mentor.id, check.mentee.id, stored_reason(check.reason, check.worth, check.mentee))
    [made] = offer(programme, [pair], answer_days, origin=origin)
    return Pairing.objects.get(uuid=made.uuid)  # MySQL gives no keys to rows made in bulk


def offer(
    programme: Programme,
    pairs: Sequence[NewPair],
    answer_days: int,
    *,
    origin: str = "round",
    run: MatchRun | None = None,
) -> list[Pairing]:
    """Offer each pair to its two people, who have so many days. The programme is locked and the rules are checked.

    Raises Conflict when somebody has got another partner meanwhile.
    """
    taken = _taken_slots([pair.mentor_id for pair in pairs])
    answer_by = timezone.now() + timedelta(days=answer_days)
    pairings = []
    for pair in pairs:
        slots = taken[pair.mentor_id]
        slot = next(number for number in range(1, len(slots) + 2) if number not in slots)
        slots.add(slot)
        pairings.append(
            Pairing(
                programme=programme,
                run=run,
                mentor_id=pair.mentor_id,
                mentee_id=pair.mentee_id,
                mentor_slot=slot,
                reason=pair.reason,
                origin=origin,
                answer_by=answer_by,
            )
        )
    try:
        with transaction.atomic():
            return Pairing.objects.bulk_create(pairings)
    except IntegrityError:
        raise Conflict("pairs_changed") from None


def _taken_slots(mentors: Collection[int]) -> defaultdict[int, set[int]]:
    """Slots that each mentor's live pairings hold."""
    live = Pairing.objects.filter(mentor__in=mentors, state__in=LIVE_PAIRING).values_list("mentor_id", "mentor_slot")
    slots: defaultdict[int, set[int]] = defaultdict(set)
    for mentor, slot in live:
        slots[mentor].add(slot or 0)
    return slots
