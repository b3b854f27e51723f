"""A circle as those see it who are in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from ..data import Place
from ..domain.circles import MOST_MENTEES
from ..domain.states import LIVE_PAIRING, PairingState
from ..models import Pairing
from .participants import name_of
from .prepared import Given, prepared


@dataclass(frozen=True)
class OwnCircle:
    """The other mentees of a circle: how many, and once it is at work the names of those who are in.

    While it is on offer nobody is named: a name that is gone tomorrow would tell who said no.
    """

    topic: str
    others: int
    names: tuple[str, ...]
    is_at_work: bool


def circle_of(circle_id: int, participant_id: int) -> OwnCircle:
    """A live circle for one of its people. One query."""
    rows = _members(circle=circle_id)
    others = [row for row in rows if row.mentee_id != participant_id]
    return OwnCircle(
        topic=rows[0].circle.topic if rows and rows[0].circle else "",
        others=len(others),
        names=tuple(name_of(row.mentee.user) for row in others if row.state == PairingState.ACTIVE),
        is_at_work=any(row.state == PairingState.ACTIVE for row in rows),
    )


@prepared
def _members() -> "QuerySet[Pairing]":
    rows = Pairing.objects.filter(circle_id=Given("circle"), state__in=LIVE_PAIRING)
    return rows.select_related("circle", "mentee__user").order_by("pk")[:MOST_MENTEES]


def pairings_of_circle(place: Place, user_id: int, pairing: UUID) -> Sequence[UUID]:
    """Public ids of the active pairings of a circle whose mentor this person is, in the order in which they are locked;
    of any other pairing, its own. One query."""
    circle = Pairing.objects.filter(
        programme__context_key=place.context_key,
        programme__slug=place.slug,
        mentor__user=user_id,
        uuid=pairing,
        circle__isnull=False,
    )
    rows = Pairing.objects.filter(circle__in=circle.values("circle"), state=PairingState.ACTIVE)
    return tuple(rows.order_by("pk").values_list("uuid", flat=True)) or (pairing,)
