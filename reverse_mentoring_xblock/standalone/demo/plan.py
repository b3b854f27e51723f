"""What the demo makes, before it is made: people, pairs and sessions as values. All times are days before today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from ...domain.matching import Mode
from ...domain.states import PairingState, ParticipantState, Role, SessionState
from ...domain.week import Channel, windows_of
from .names import Site

Windows = tuple[tuple[int, int, int], ...]


class Stage(IntEnum):
    """How far somebody has come on their own."""

    INVITED = 0
    JOINED = 1
    IN_TRAINING = 2
    TRAINED = 3
    ASSESSED = 4
    SIGNED_UP = 5


@dataclass(frozen=True)
class PersonPlan:
    """Somebody in the programme. ``weak`` and ``strong`` are competence codes that their answers lean to."""

    username: str
    first_name: str
    last_name: str
    role: Role
    level: int
    department: str
    site: Site
    manager: str
    stage: Stage
    came: int
    job: str = ""
    languages: tuple[str, ...] = ()
    windows: Windows = ()
    weak: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    aside: ParticipantState | None = None
    """Paused or withdrawn after signing up."""
    capacity: int = 1
    mode: Mode = Mode.BOTH
    channels: tuple[str, ...] = (Channel.VIDEO, Channel.CHAT)
    style: Mapping[str, int] = field(default_factory=dict)
    first_topic: str = ""
    """What a mentee chose at sign-up before the topics of their report."""
    wishes: tuple[str, ...] = ()
    """Usernames in the same chunk, best first."""

    @property
    def state(self) -> ParticipantState:
        """The state of the row."""
        if self.aside:
            return self.aside
        if self.stage is Stage.INVITED:
            return ParticipantState.INVITED
        return ParticipantState.SIGNED_UP if self.stage is Stage.SIGNED_UP else ParticipantState.JOINED


@dataclass(frozen=True)
class SessionPlan:
    """A session of a pair; ``days`` before today, below 0 ahead. Roles say who confirmed it and who wrote about it."""

    days: int
    state: SessionState = SessionState.HELD
    confirmed: frozenset[Role] = frozenset(Role)
    reflected: frozenset[Role] = frozenset(Role)
    cancelled_by: Role | None = None
    minutes: int = 50
    topic: str = ""


@dataclass(frozen=True)
class ActionPlan:
    """A next step that one of the two took on; ``due`` and ``done`` in days before today."""

    owner: Role
    text: str
    due: int | None = None
    done: int | None = None


@dataclass(frozen=True)
class PairPlan:
    """Two people, by their places in the chunk."""

    mentor: int
    mentee: int
    state: PairingState
    offered: int
    active: int | None = None
    closed: int | None = None
    accepted: frozenset[Role] = frozenset()
    hour: int = 9
    """UTC hour at which they meet."""
    sessions: Sequence[SessionPlan] = ()
    actions: Sequence[ActionPlan] = ()
    circle: str = ""
    """The topic of the circle that the mentor holds with this mentee and others; no two circles have the same."""


@dataclass(frozen=True)
class RequestPlan:
    """A mentee who has asked a mentor, by their places in the chunk, and waits for an answer."""

    mentee: int
    mentor: int
    asked: int


@dataclass(frozen=True)
class Chunk:
    """People that are made together, and the pairs and requests among them."""

    people: Sequence[PersonPlan]
    pairs: Sequence[PairPlan]
    requests: Sequence[RequestPlan] = ()

    def first(self, people: int) -> "Chunk":
        """So many of the people, and what is among them alone; a circle is there as a whole or not at all."""
        gone = {pair.circle for pair in self.pairs if pair.circle and max(pair.mentor, pair.mentee) >= people}
        return Chunk(
            self.people[:people],
            [pair for pair in self.pairs if max(pair.mentor, pair.mentee) < people and pair.circle not in gone],
            [one for one in self.requests if max(one.mentor, one.mentee) < people],
        )


def hours(days: str, *parts: str) -> Windows:
    """Windows from weekdays as digits (0 is Monday) and the named parts of those days."""
    return windows_of((int(day), part) for day in days for part in parts)
