"""The two people's own decisions about a pairing: accept, decline, end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..data import Place
from ..domain.errors import Conflict
from ..domain.offers import is_over
from ..domain.states import PairingState, WhyDeclined
from ..models import Pairing, Participant
from .activating import activate
from .circle_rows import agreed, freed_by_no
from .counting_declines import count_decline
from .history import note
from .pairing_locks import OwnPairing, claim_own_pairing, close, move_up


@dataclass(frozen=True)
class Decided:
    """A pairing after somebody's word. ``is_changed`` is false when the same person had said so before.

    ``activated`` are the pairings that became active with this word: several where a circle starts. ``user_ids`` are
    the people of an active pairing, who have something to show for it.
    """

    pairing: str
    is_changed: bool
    is_active: bool
    user_ids: tuple[int, ...] = ()
    activated: tuple[str, ...] = ()
    is_circle: bool = False


@transaction.atomic
def accept(place: Place, user_id: int, pairing: UUID) -> Decided:
    """Say yes. The second yes makes the pairing active, once, and ends the waiting of both; a circle needs more.

    Raises NotFound when it is not this person's, Conflict when it will not go ahead, when its time has passed, or when
    a coordinator has to look at it first.
    """
    own = claim_own_pairing(place, user_id, pairing)
    row, now = own.pairing, timezone.now()
    _check_is_open(row, now)
    said = f"{own.role}_accepted_at"
    if getattr(row, said) is not None:
        return _decided(row, is_changed=False)
    if row.conflict:
        raise Conflict("offer_held")
    setattr(row, said, now)
    row.save(update_fields=[said, "modified"])
    together = agreed(row, own.role)
    _note(own, user_id, "pairing.accepted")
    activate(own.programme, together, now)
    return _decided(row, is_changed=True, together=together)


@transaction.atomic
def decline(place: Place, user_id: int, pairing: UUID, why: WhyDeclined = WhyDeclined.UNSAID) -> Decided:
    """Say no to an offer, also after a yes while the other is still silent. Both are free, the other moves up.

    ``why`` is counted and kept apart from the two. An offer whose time has passed is over already. Raises NotFound when
    it is not this person's, Conflict when both have accepted.
    """
    own = claim_own_pairing(place, user_id, pairing)
    row = own.pairing
    if row.state == PairingState.ACTIVE:
        raise Conflict("active_meanwhile")
    if row.state != PairingState.OFFERED or is_over(row.answer_by, timezone.now()):
        return _decided(row, is_changed=False)
    close(row, PairingState.DECLINED)
    count_decline(own.programme, why)
    move_up(freed_by_no(row, own.role))
    _note(own, user_id, "pairing.declined")
    return _decided(row, is_changed=True)


@transaction.atomic
def end_pairing(place: Place, user_id: int, pairing: UUID) -> Decided:
    """End an active pairing. It is the same for both, whoever says it; doing it twice is doing it once.

    Raises NotFound when it is not this person's, Conflict when it was never active.
    """
    own = claim_own_pairing(place, user_id, pairing)
    row = own.pairing
    if row.state == PairingState.ENDED:
        return _decided(row, is_changed=False)
    if row.state != PairingState.ACTIVE:
        raise Conflict("moved_on")
    close(row, PairingState.ENDED)
    _note(own, user_id, "pairing.ended")
    return _decided(row, is_changed=True)


def _check_is_open(row: Pairing, now: datetime) -> None:
    is_offered = row.state == PairingState.OFFERED
    if row.state == PairingState.LAPSED or (is_offered and is_over(row.answer_by, now)):
        raise Conflict("offer_lapsed")
    if not is_offered and row.state != PairingState.ACTIVE:
        raise Conflict("offer_over")


def _note(own: OwnPairing, user_id: int, act: str) -> None:
    note(own.programme, user_id, act, pairing=own.pairing.pk)


def _decided(row: Pairing, *, is_changed: bool, together: Sequence[Pairing] = ()) -> Decided:
    active = together or ([row] if row.state == PairingState.ACTIVE else [])
    ids = list(dict.fromkeys(id_ for one in active for id_ in (one.mentor_id, one.mentee_id)))
    people = dict(Participant.objects.filter(pk__in=ids).values_list("pk", "user_id"))
    return Decided(
        pairing=str(row.uuid),
        is_changed=is_changed,
        is_active=row.state == PairingState.ACTIVE,
        user_ids=tuple(people[id_] for id_ in ids),
        activated=tuple(str(one.uuid) for one in together),
        is_circle=row.circle_id is not None,
    )
