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
    """A proposal of pairs, from the search to a decision. At most two are open at a time, so that they can be
    compared."""

    WORKING = "working"
    PROPOSED = "proposed"
    RELEASED = "released"
    DISCARDED = "discarded"
    CANCELLED = "cancelled"
    FAILED = "failed"


class RunBasis(StrEnum):
    """What the weights of a proposal put first: the author's own, or wishes. There is one open proposal of each."""

    SCORE = "score"
    WISH = "wish"

    @property
    def slot(self) -> int:
        """The open slot that a run on this basis takes."""
        return 1 if self is RunBasis.SCORE else 2

    @property
    def other(self) -> "RunBasis":
        """The one to compare with."""
        return RunBasis.WISH if self is RunBasis.SCORE else RunBasis.SCORE


class PairingState(StrEnum):
    """From the offer to a blameless end."""

    OFFERED = "offered"
    ACTIVE = "active"
    DECLINED = "declined"
    LAPSED = "lapsed"
    ENDED = "ended"


class RequestState(StrEnum):
    """A mentee's request to a mentor, where the author allows them."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    TAKEN_BACK = "taken_back"


class OverrideKind(StrEnum):
    """What a coordinator says about one pair before a round."""

    FIX = "fix"
    FORBID = "forbid"


class WhyDeclined(StrEnum):
    """Classes of reasons for a no; counted without who gave them."""

    TIME = "time"
    TOPICS = "topics"
    CLOSE = "close"  # works too closely with the other
    NOT_NOW = "not_now"
    UNSAID = "unsaid"


class SessionState(StrEnum):
    """A meeting of a pair."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    DISPUTED = "disputed"


IN_THE_POOL = (ParticipantState.SIGNED_UP, ParticipantState.PAUSED)
BEFORE_SIGN_UP = (ParticipantState.INVITED, ParticipantState.JOINED)
LIVE_PAIRING = (PairingState.OFFERED, PairingState.ACTIVE)
OPEN_RUN = (RunState.WORKING, RunState.PROPOSED)
WHY_CLOSED = "closed"
"""Why somebody waits for whom a round had a partner: it was closed without the offer. Beside the matcher's reasons."""

MOVES: Mapping[StrEnum, tuple[StrEnum, ...]] = {
    ParticipantState.INVITED: (ParticipantState.JOINED, ParticipantState.WITHDRAWN),
    ParticipantState.JOINED: (ParticipantState.SIGNED_UP, ParticipantState.WITHDRAWN),
    ParticipantState.SIGNED_UP: (ParticipantState.SIGNED_UP, ParticipantState.PAUSED, ParticipantState.WITHDRAWN),
    ParticipantState.PAUSED: (ParticipantState.SIGNED_UP, ParticipantState.WITHDRAWN),
    ParticipantState.WITHDRAWN: (ParticipantState.SIGNED_UP,),
    RunState.WORKING: (RunState.PROPOSED, RunState.CANCELLED, RunState.FAILED),
    RunState.PROPOSED: (RunState.RELEASED, RunState.DISCARDED),
    PairingState.OFFERED: (PairingState.ACTIVE, PairingState.DECLINED, PairingState.LAPSED, PairingState.ENDED),
    RequestState.ASKED: (
        RequestState.ACCEPTED,
        RequestState.DECLINED,
        RequestState.LAPSED,
        RequestState.TAKEN_BACK,
    ),
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
