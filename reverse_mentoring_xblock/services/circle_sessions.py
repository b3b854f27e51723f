"""Sessions of a circle: planned or logged by its mentor once, and kept in the journal of each member."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ..data import Place
from ..selectors.own_circles import pairings_of_circle
from .logging_sessions import Said, log_session
from .planning import Planned, plan_sessions


def plan_for_circle(
    place: Place, user_id: int, pairing: UUID, starts: Sequence[datetime], minutes: int, topic: str
) -> Planned:
    """Plan the same sessions with every member of the circle that this pairing belongs to, or with none.

    Where the person is no mentor of a circle it is planned for this pairing alone. Raises what ``plan_sessions`` does.
    """
    everybody = pairings_of_circle(place, user_id, pairing)
    with transaction.atomic():
        made = [plan_sessions(place, user_id, one, starts, minutes, topic) for one in everybody]
    return Planned(tuple(session for planned in made for session in planned.new))


def log_for_circle(
    place: Place,
    user_id: int,
    pairing: UUID,
    starts_at: datetime,
    minutes: int,
    topic: str,
    session: UUID | None = None,
) -> Sequence[Said]:
    """Log the same session with every member of the circle, or with none; each is asked whether it took place.

    ``session`` is the one of this pairing; a session planned at that time with another member is that member's. Raises
    what ``log_session`` does.
    """
    everybody = pairings_of_circle(place, user_id, pairing)
    with transaction.atomic():
        return tuple(
            log_session(place, user_id, one, starts_at, minutes, topic, session if one == pairing else None)
            for one in everybody
        )
