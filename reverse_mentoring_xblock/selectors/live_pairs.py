"""Offers and pairs for the coordinator, page by page. Nothing here says who has answered an offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, Value, When

from ..data import Place
from ..domain.offers import SOON
from ..domain.states import LIVE_PAIRING, PairingState, ParticipantState
from ..models import Pairing, Participant
from .paging import Pages
from .participants import is_named, name_of
from .prepared import given_place, prepared

PAGE = 50


class PairsShown(StrEnum):
    """Which of the live pairs are listed."""

    ALL = "all"
    FLAGGED = "flagged"
    SOON = "soon"
    OFFERED = "offered"
    ACTIVE = "active"


@dataclass(frozen=True)
class PairedPerson:
    """One of two people."""

    uuid: str
    name: str
    department: str
    site: str
    state: ParticipantState


@dataclass(frozen=True)
class LivePairRow:
    """An offer or an active pair. ``since`` is when it was offered or became active; a flag says that the two may have
    come too close."""

    uuid: str
    is_active: bool
    since: datetime
    answer_by: datetime | None
    ends_soon: bool
    is_flagged: bool
    mentor: PairedPerson
    mentee: PairedPerson


@dataclass(frozen=True)
class LivePairsPage:
    """A page of the list, and how many pairs each list has."""

    rows: tuple[LivePairRow, ...]
    at: Pages
    counts: Mapping[PairsShown, int]


def live_pairs_page(place: Place, now: datetime, shown: PairsShown, search: str, number: int) -> LivePairsPage:
    """Flagged pairs first, then offers by their end, then active pairs. Two queries, three with a search.

    An offer whose time has passed is not there. A number beyond the end gives the last page.
    """
    live = _live(place, now)
    conditions = _conditions(now)
    numbers = {which.value: Count("pk", filter=condition) for which, condition in conditions.items()}
    counts = {PairsShown(which): number for which, number in live.aggregate(**numbers).items()}
    rows = live.filter(conditions[shown], is_named(search, "mentor__user", "mentee__user"))
    at = Pages.at(number, rows.count() if search.split() else counts[shown], PAGE)
    ordered = rows.order_by(Case(When(conflict="", then=Value(1)), default=Value(0)), "-state", "answer_by", "pk")
    return LivePairsPage(tuple(_row(row, now) for row in ordered[at.part]), at, counts)


def live_pair(place: Place, now: datetime, pairing: UUID) -> LivePairRow | None:
    """One of them, or None when it is over. One query."""
    found = _live(place, now).filter(uuid=pairing).first()
    return _row(found, now) if found else None


def flagged_pairs(place: Place) -> int:
    """How many live pairs are flagged. One query."""
    return next(iter(_flagged(**place._asdict())), 0)


@prepared
def _flagged() -> "QuerySet[Pairing, int]":
    flagged = Pairing.objects.filter(given_place(), state__in=LIVE_PAIRING).exclude(conflict="")
    return flagged.order_by().values("programme").annotate(n=Count("pk")).values_list("n", flat=True)


def _live(place: Place, now: datetime) -> "QuerySet[Pairing]":
    is_open = Q(answer_by=None) | Q(answer_by__gt=now)
    return Pairing.objects.filter(
        Q(state=PairingState.ACTIVE) | Q(state=PairingState.OFFERED) & is_open,
        programme__context_key=place.context_key,
        programme__slug=place.slug,
    ).select_related("mentor__user", "mentee__user")


def _conditions(now: datetime) -> Mapping[PairsShown, Q]:
    offered = Q(state=PairingState.OFFERED)
    return {
        PairsShown.ALL: Q(pk__isnull=False),
        PairsShown.FLAGGED: ~Q(conflict=""),
        PairsShown.SOON: offered & Q(answer_by__lte=now + SOON),
        PairsShown.OFFERED: offered,
        PairsShown.ACTIVE: Q(state=PairingState.ACTIVE),
    }


def _row(row: Pairing, now: datetime) -> LivePairRow:
    is_active = row.state == PairingState.ACTIVE
    answer_by = None if is_active else row.answer_by
    return LivePairRow(
        uuid=str(row.uuid),
        is_active=is_active,
        since=row.active_at or row.created,
        answer_by=answer_by,
        ends_soon=answer_by is not None and answer_by <= now + SOON,
        is_flagged=bool(row.conflict),
        mentor=_person(row.mentor),
        mentee=_person(row.mentee),
    )


def _person(row: Participant) -> PairedPerson:
    return PairedPerson(
        uuid=str(row.uuid),
        name=name_of(row.user),
        department=row.department,
        site=row.site,
        state=ParticipantState(row.state),
    )
