"""What the journal is worth: sessions that a person confirmed and reflected on, of the number that the author asks.

Only a person's own acts raise their own score, and a partner who does nothing never lowers it. The one thing that a
partner can do to it is to say that a session did not take place as logged: then it counts for neither.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from .states import Role, SessionState

MOST_REQUIRED = 24


@dataclass(frozen=True)
class Record:
    """A session as the score sees it: where it stands, who said that it took place, who wrote about it."""

    state: SessionState
    confirmed: frozenset[Role] = frozenset()
    reflected: frozenset[Role] = frozenset()
    meeting: Hashable = None
    """Of a meeting of a circle: what it is known by in the journal of each member. For the mentor it counts once."""


def counts(record: Record, role: Role) -> bool:
    """Whether this session counts for the person in ``role``: held, and confirmed and reflected on by themselves."""
    return record.state is SessionState.HELD and role in record.confirmed and role in record.reflected


def counted(records: Iterable[Record], role: Role) -> int:
    """How many sessions count, over every pairing that the person has had in the programme."""
    good = [record for record in records if counts(record, role)]
    circles = {record.meeting for record in good if record.meeting is not None}
    return sum(record.meeting is None for record in good) + len(circles)


def share(number: int, required: int) -> float:
    """``number`` of ``required`` sessions as a share from 0 to 1; more than required is still 1.

    Raises ValueError when nothing is required or the number is negative.
    """
    if required < 1 or number < 0:
        raise ValueError(f"{number} of {required} sessions is not a share")
    return min(1.0, number / required)
