"""What a yes, a no or a leaving means in a circle. The programme is locked by whoever calls.

A circle keeps no state of its own: it is at work while somebody in it is active, and on offer while nobody is. On
offer it needs the mentor's yes, and three members who may still say yes; with their yeses it starts.
"""

from collections.abc import Sequence
from uuid import UUID

from ..domain.circles import LEAST_MENTEES
from ..domain.states import LIVE_PAIRING, PairingState, Role
from ..models import Pairing
from .pairing_locks import close


def agreed(pairing: Pairing, role: Role) -> list[Pairing]:
    """The offers that have every yes they need, now that ``role`` has said yes to this one.

    A mentor's yes to a circle is one yes to all of its members.
    """
    if pairing.circle_id is None:
        return [pairing] if _has_both(pairing) else []
    rows = [pairing, *(row for row in _live(pairing.circle_id) if row.pk != pairing.pk)]
    if role is Role.MENTOR:
        for row in rows:
            if row.mentor_accepted_at is None:
                row.mentor_accepted_at = pairing.mentor_accepted_at
                row.save(update_fields=["mentor_accepted_at", "modified"])
    ready = [row for row in rows if row.state == PairingState.OFFERED and _has_both(row)]
    return ready if _is_at_work(rows) or len(ready) >= LEAST_MENTEES else []


def freed_by_no(pairing: Pairing, role: Role) -> list[int]:
    """Close what cannot go on after ``role`` has declined this offer. Returns who has waited in vain."""
    if pairing.circle_id is None:
        return [getattr(pairing, f"{role.other}_id")]
    if role is Role.MENTEE:
        return freed_by_leaving(pairing.circle_id)
    rows = _live(pairing.circle_id)
    if _is_at_work(rows):
        return [pairing.mentee_id]
    for row in rows:
        close(row, PairingState.DECLINED)
    return [pairing.mentee_id, *(row.mentee_id for row in rows)]


def freed_by_leaving(circle_id: int) -> list[int]:
    """Let a circle on offer fall apart when too few are left in it. Returns who has waited in vain."""
    rows = _live(circle_id)
    if _is_at_work(rows) or len(rows) >= LEAST_MENTEES:
        return []
    for row in rows:
        close(row, PairingState.LAPSED)
    return sorted({id_ for row in rows for id_ in (row.mentor_id, row.mentee_id)})


def end_rows(circle: UUID) -> tuple[list[Pairing], list[int]]:
    """End every live pairing of a circle. Returns them, and who had only an offer and has waited in vain."""
    rows = list(Pairing.objects.filter(circle__uuid=circle, state__in=LIVE_PAIRING).order_by("pk"))
    offered = [row for row in rows if row.state == PairingState.OFFERED]
    for row in rows:
        close(row, PairingState.ENDED)
    waited = {row.mentee_id for row in offered}
    if rows and len(offered) == len(rows):
        waited.add(rows[0].mentor_id)
    return rows, sorted(waited)


def _live(circle_id: int) -> list[Pairing]:
    rows = Pairing.objects.select_for_update().filter(circle=circle_id, state__in=LIVE_PAIRING)
    return list(rows.order_by("pk"))


def _is_at_work(rows: Sequence[Pairing]) -> bool:
    return any(row.state == PairingState.ACTIVE for row in rows)


def _has_both(row: Pairing) -> bool:
    return bool(row.mentor_accepted_at and row.mentee_accepted_at and not row.conflict)
