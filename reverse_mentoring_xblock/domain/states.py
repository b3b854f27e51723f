"""The states that rows go through, and the only moves between them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from .errors import Conflict


class Role(StrEnum):
    """The two parts in a programme: the junior mentors, the senior learns."""

    MENTOR = "mentor"
    MENTEE = "mentee"

    @property
    def other(self) -> "Role":
        """The partner's role."""
        return Role.MENTEE if self is Role.MENTOR else Role.MENTOR


class ParticipantState(StrEnum):
    """How far a person is in; training and assessment are facts of their own."""

    INVITED = "invited"
    JOINED = "joined"
    SIGNED_UP = "signed_up"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"


class RunState(StrEnum):
    """A proposal of pairs: one is open at a time."""

    PROPOSED = "proposed"
    RELEASED = "released"
    DISCARDED = "discarded"


class PairingState(StrEnum):
    """From the offer to a blameless end."""

    OFFERED = "offered"
    ACTIVE = "active"
    DECLINED = "declined"
    ENDED = "ended"


class SessionState(StrEnum):
    """A meeting of a pair."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    DISPUTED = "disputed"


LIVE_PAIRING = (PairingState.OFFERED, PairingState.ACTIVE)

MOVES: Mapping[StrEnum, tuple[StrEnum, ...]] = {
    ParticipantState.INVITED: (ParticipantState.JOINED, ParticipantState.WITHDRAWN),
    ParticipantState.JOINED: (ParticipantState.SIGNED_UP, ParticipantState.WITHDRAWN),
    ParticipantState.SIGNED_UP: (ParticipantState.SIGNED_UP, ParticipantState.PAUSED, ParticipantState.WITHDRAWN),
    ParticipantState.PAUSED: (ParticipantState.SIGNED_UP, ParticipantState.WITHDRAWN),
    ParticipantState.WITHDRAWN: (ParticipantState.SIGNED_UP,),
    RunState.PROPOSED: (RunState.RELEASED, RunState.DISCARDED),
    PairingState.OFFERED: (PairingState.ACTIVE, PairingState.DECLINED, PairingState.ENDED),
    PairingState.ACTIVE: (PairingState.ENDED,),
    SessionState.PLANNED: (SessionState.PLANNED, SessionState.HELD, SessionState.CANCELLED),
    SessionState.HELD: (SessionState.HELD, SessionState.DISPUTED, SessionState.CANCELLED),
    SessionState.DISPUTED: (SessionState.HELD, SessionState.CANCELLED),
    SessionState.CANCELLED: (SessionState.PLANNED, SessionState.HELD),
}

State = TypeVar("State", bound=StrEnum)


def move(now: State, to: State) -> State:
    """Return ``to`` if that move exists. Raises Conflict: the row is no longer where the person saw it."""
    if to not in MOVES.get(now, ()):
        raise Conflict("moved_on", now=str(now), to=str(to))
    return to
