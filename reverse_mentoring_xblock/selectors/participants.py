"""Who is in a programme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from ..data import Place
from ..domain.matching import Mode
from ..domain.states import IN_THE_POOL, ParticipantState, Role
from ..models import Participant
from .prepared import Given, given_place, prepared

MOST_WORDS = 5
"""Words of a search that are looked at: each costs a scan of several columns."""


@dataclass(frozen=True)
class ParticipantRow:
    """A person's place in a programme, as they and the coordinator may see it."""

    id: int
    uuid: str
    programme_id: int
    user_id: int
    username: str
    email: str
    name: str
    role: Role
    state: ParticipantState
    level: int | None
    department: str
    site: str
    manager: str
    languages: Sequence[str]
    time_zone: str
    windows: Sequence[Sequence[int]]
    mode: Mode
    channels: Sequence[str]
    style: Mapping[str, int]
    capacity: int
    rounds_waited: int
    committed_at: datetime | None
    rules_agreed_at: datetime | None
    signed_up_at: datetime | None

    @property
    def is_signed_up(self) -> bool:
        """Whether the matcher may know of this person, paused or not."""
        return self.state in IN_THE_POOL


def participant_row(participant: Participant) -> ParticipantRow:
    """Freeze a row whose user is loaded."""
    user = participant.user
    return ParticipantRow(
        id=participant.pk,
        uuid=str(participant.uuid),
        programme_id=participant.programme_id,
        user_id=user.pk,
        username=user.get_username(),
        email=user.email,
        name=name_of(user),
        role=Role(participant.role),
        state=ParticipantState(participant.state),
        level=participant.level,
        department=participant.department,
        site=participant.site,
        manager=participant.manager,
        languages=tuple(participant.languages),
        time_zone=participant.time_zone,
        windows=tuple(tuple(window) for window in participant.windows),
        mode=Mode(participant.mode),
        channels=tuple(participant.channels),
        style=participant.style,
        capacity=participant.capacity,
        rounds_waited=participant.rounds_waited,
        committed_at=participant.committed_at,
        rules_agreed_at=participant.rules_agreed_at,
        signed_up_at=participant.signed_up_at,
    )


def participant_of(place: Place, user_id: int) -> ParticipantRow | None:
    """This person's place in the programme, or None. One query."""
    found = _own_place(**place._asdict(), user=user_id)
    return participant_row(found[0]) if found else None


@prepared
def _own_place() -> "QuerySet[Participant]":
    return Participant.objects.select_related("user").filter(given_place(), user=Given("user"))


def name_of(user: Any) -> str:
    """A person's full name, or what they sign in with."""
    return str(user.get_full_name() or user.get_username())


def name_in(row: Mapping[str, Any]) -> str:
    """The same of a row of values, among them those of the account."""
    return f"{row['user__first_name']} {row['user__last_name']}".strip() or str(row["user__username"])


def by_name(user: str) -> tuple[Lower, ...]:
    """What puts people in the order of their names as pages show them; ``user`` is the way to their account."""
    return tuple(Lower(f"{user}__{field}") for field in ("first_name", "last_name", "username"))


def is_named(text: str, *users: str) -> Q:
    """That each word of ``text`` is in the name or username of one of these people; ``users`` are ways to accounts."""
    fields = [f"{user}__{field}__icontains" for user in users for field in ("first_name", "last_name", "username")]
    found = Q()
    for word in text.split()[:MOST_WORDS]:
        found &= Q(*((field, word) for field in fields), _connector=Q.OR)
    return found


def takes_part(place: Place, person: str) -> bool:
    """Whether somebody in the programme has this username or mail address. One query."""
    named = Q(user__username__iexact=person) | Q(user__email__iexact=person)
    there = Participant.objects.filter(programme__context_key=place.context_key, programme__slug=place.slug)
    return there.filter(named).exists()
