"""Who works with whom. Frozen: the journal and the programme home read pairings here.

``all_pairings_of`` gives one person's live pairings, ``active_pairing_rows`` all active pairs of a programme. Neither
says who accepted, declined or ended anything.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from ..data import Place
from ..domain.matching import Mentee, Reason, Utility
from ..domain.offers import is_over
from ..domain.states import LIVE_PAIRING, PairingState, Role
from ..models import Pairing, Participant
from .participants import name_of
from .prepared import Given, prepared


@dataclass(frozen=True)
class ReasonRow:
    """Why two people fit, in codes and numbers. ``topics`` are the mentee's own choices that the mentor covers."""

    topics: tuple[str, ...] = ()
    wanted: int = 0
    minutes: int = 0
    other_department: bool = False
    other_site: bool = False
    level_gap: int = 0
    languages: tuple[str, ...] = ()

    @property
    def hours(self) -> int:
        """Whole hours a week in which both are free."""
        return self.minutes // 60


@dataclass(frozen=True)
class PartnerRow:
    """The other person of a pairing. ``email`` is empty until both have accepted; their level is never here."""

    id: int
    uuid: str
    user_id: int
    name: str
    email: str
    role: Role
    department: str
    site: str
    languages: tuple[str, ...]
    time_zone: str
    channels: tuple[str, ...]


@dataclass(frozen=True)
class PairingRow:
    """A pairing as one of the two sees it. ``since`` is when it became active, or when it was offered.

    An offer waits until ``answer_by``. While it ``is_held`` a coordinator looks at it first, and nobody can accept.
    """

    id: int
    uuid: str
    state: PairingState
    since: datetime
    partner: PartnerRow
    has_accepted: bool
    reason: ReasonRow
    answer_by: datetime | None = None
    is_held: bool = False
    circle_id: int | None = None

    @property
    def is_active(self) -> bool:
        """Whether both have accepted."""
        return self.state is PairingState.ACTIVE


@dataclass(frozen=True)
class PairingsRow:
    """A person's live pairings, oldest first, and how the newest one that is over came to its end, if there is one."""

    live: tuple[PairingRow, ...] = ()
    was_active: bool | None = None
    over_since: datetime | None = None


@dataclass(frozen=True)
class PersonRow:
    """Somebody in a list for the coordinator."""

    id: int
    uuid: str
    user_id: int
    name: str
    department: str
    site: str


@dataclass(frozen=True)
class ActivePairingRow:
    """An active pair, for the coordinator."""

    id: int
    uuid: str
    since: datetime
    mentor: PersonRow
    mentee: PersonRow


def all_pairings_of(participant_id: int, now: datetime) -> PairingsRow:
    """Live pairings, and how the newest closed one ended. One query.

    An offer whose time has passed at ``now`` is over, whether or not it has been closed yet.
    """
    rows = _pairings(person=participant_id)
    closed = {row: closed_at for row in rows if (closed_at := _closed_at(row, now))}
    last = max(closed, key=lambda row: closed[row], default=None)
    return PairingsRow(
        live=tuple(_pairing_row(row, participant_id) for row in rows if row not in closed),
        was_active=last.active_at is not None if last else None,
        over_since=closed[last] if last else None,
    )


def _closed_at(row: Pairing, now: datetime) -> datetime | None:
    """When it was over; None for a pairing that is live."""
    if row.state not in LIVE_PAIRING:
        return row.closed_at or row.modified
    return row.answer_by if row.state == PairingState.OFFERED and is_over(row.answer_by, now) else None


@prepared
def _pairings() -> "QuerySet[Pairing]":
    return (
        Pairing.objects.filter(Q(mentor_id=Given("person")) | Q(mentee_id=Given("person")))
        .select_related("mentor__user", "mentee__user")
        .order_by("created", "pk")
    )


def active_pairing_rows(place: Place, first: int = 0, count: int | None = None) -> tuple[ActivePairingRow, ...]:
    """Active pairs of a programme, newest first; ``first`` and ``count`` take a part of the list. One query."""
    rows = (
        Pairing.objects.filter(
            programme__context_key=place.context_key, programme__slug=place.slug, state=PairingState.ACTIVE
        )
        .select_related("mentor__user", "mentee__user")
        .order_by("-active_at", "-pk")
    )
    return tuple(
        ActivePairingRow(
            id=row.pk,
            uuid=str(row.uuid),
            since=row.active_at or row.created,
            mentor=person_row(row.mentor),
            mentee=person_row(row.mentee),
        )
        for row in rows[first : None if count is None else first + count]
    )


def person_row(participant: Participant) -> PersonRow:
    """Freeze a participant whose user is loaded."""
    user = participant.user
    return PersonRow(
        id=participant.pk,
        uuid=str(participant.uuid),
        user_id=user.pk,
        name=name_of(user),
        department=participant.department,
        site=participant.site,
    )


def people_by_id(ids: Collection[int]) -> Mapping[int, PersonRow]:
    """People by row id; who is gone is not there. One query."""
    return {row.pk: person_row(row) for row in Participant.objects.filter(pk__in=ids).select_related("user")}


def stored_reason(reason: Reason, worth: Utility, mentee: Mentee) -> Mapping[str, Any]:
    """The matcher's reason, with topics as far as the mentee chose them: measured needs are shown to nobody else."""
    topics = [code for code in reason.topics if code in mentee.wanted]
    basis = {"basis": worth.basis, "cover": worth.cover, "parts": asdict(worth.parts)}
    return {**asdict(reason), "topics": topics, "wanted": len(mentee.wanted), **basis}


def reason_row(stored: Mapping[str, Any]) -> ReasonRow:
    """Read a stored reason; what is not there says nothing."""
    return ReasonRow(
        topics=tuple(stored.get("topics", ())),
        wanted=stored.get("wanted", 0),
        minutes=stored.get("minutes", 0),
        other_department=stored.get("other_department", False),
        other_site=stored.get("other_site", False),
        level_gap=stored.get("level_gap", 0),
        languages=tuple(filter(None, stored.get("languages", ()))),
    )


def _pairing_row(row: Pairing, participant_id: int) -> PairingRow:
    is_mentor = row.mentor_id == participant_id
    state = PairingState(row.state)
    return PairingRow(
        id=row.pk,
        uuid=str(row.uuid),
        state=state,
        since=row.active_at or row.created,
        partner=_partner_row(row.mentee if is_mentor else row.mentor, state),
        has_accepted=(row.mentor_accepted_at if is_mentor else row.mentee_accepted_at) is not None,
        reason=reason_row(row.reason),
        answer_by=row.answer_by if state is PairingState.OFFERED else None,
        is_held=state is PairingState.OFFERED and bool(row.conflict),
        circle_id=row.circle_id,
    )


def _partner_row(partner: Participant, state: PairingState) -> PartnerRow:
    user = partner.user
    return PartnerRow(
        id=partner.pk,
        uuid=str(partner.uuid),
        user_id=user.pk,
        name=name_of(user),
        email=user.email if state is PairingState.ACTIVE else "",
        role=Role(partner.role),
        department=partner.department,
        site=partner.site,
        languages=tuple(partner.languages),
        time_zone=partner.time_zone,
        channels=tuple(partner.channels),
    )
