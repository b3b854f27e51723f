"""Requests from mentees to mentors, as each of the two sees them. What is overdue counts as lapsed.

A mentee reads of a request that it waits or that it will not come about, and never why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import DateTimeField, QuerySet

from ..domain.matching import Person, shared_minutes
from ..domain.states import RequestState
from ..domain.week import well_formed
from ..models import Interest, Participant, PartnerRequest
from .asking import MOST_WAITING
from .pairings import PersonRow, person_row
from .participants import ParticipantRow, name_of
from .prepared import Given, prepared


@dataclass(frozen=True)
class OwnRequest:
    """A mentee's newest request. ``mentor_name`` is empty until a coordinator lets names be shown."""

    uuid: str
    asked_at: datetime
    answer_by: datetime
    closed_at: datetime | None
    is_waiting: bool
    mentor_name: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReceivedRequest:
    """A request that waits for a mentor. ``topics`` are the mentee's own that the mentor has offered to help with."""

    uuid: str
    asked_at: datetime
    answer_by: datetime
    mentee: PersonRow
    languages: tuple[str, ...]
    time_zone: str
    topics: tuple[str, ...]
    minutes: int

    @property
    def hours(self) -> int:
        """Whole hours a week in which both are free."""
        return self.minutes // 60


def newest_request(mentee_id: int, now: datetime) -> OwnRequest | None:
    """The request that waits, or the newest one that will not come about. Two queries at most.

    One that was taken back, or that became a pairing, is no news: None.
    """
    row = next(iter(_newest(person=mentee_id)), None)
    if row is None or row.state in (RequestState.ACCEPTED, RequestState.TAKEN_BACK):
        return None
    is_waiting = row.state == RequestState.ASKED and row.answer_by > now
    user = row.mentor.user
    return OwnRequest(
        uuid=str(row.uuid),
        asked_at=row.created,
        answer_by=row.answer_by,
        closed_at=row.closed_at,
        is_waiting=is_waiting,
        mentor_name=name_of(user) if row.programme.names_shown_at else "",
        topics=_topics(row.mentor_id, [mentee_id]).get(mentee_id, ()) if is_waiting else (),
    )


@prepared
def _newest() -> "QuerySet[PartnerRequest]":
    mine = PartnerRequest.objects.filter(mentee_id=Given("person"))
    return mine.select_related("mentor__user", "programme").order_by("-created", "-pk")[:1]


def requests_to(mentor: ParticipantRow, dates: Sequence[date], now: datetime) -> tuple[ReceivedRequest, ...]:
    """Requests that wait for this mentor, the oldest first; shared hours are the least of ``dates``. Two queries at
    most."""
    rows = _waiting(person=mentor.id, now=now)
    topics = _topics(mentor.id, [row.mentee_id for row in rows]) if rows else {}
    own = _week(mentor.id, mentor.time_zone, mentor.windows)
    return tuple(
        ReceivedRequest(
            uuid=str(row.uuid),
            asked_at=row.created,
            answer_by=row.answer_by,
            mentee=person_row(row.mentee),
            languages=tuple(row.mentee.languages),
            time_zone=row.mentee.time_zone,
            topics=topics.get(row.mentee_id, ()),
            minutes=shared_minutes(own, _week_of(row.mentee), tuple(dates)),
        )
        for row in rows
    )


@prepared
def _waiting() -> "QuerySet[PartnerRequest]":
    return _received().select_related("mentee__user").order_by("created", "pk")[:MOST_WAITING]


def first_request_to(mentor_id: int, now: datetime) -> datetime | None:
    """Since when the oldest request waits for this mentor. One query."""
    return next(iter(_since(person=mentor_id, now=now)), None)


@prepared
def _since() -> "QuerySet[PartnerRequest, datetime]":
    return _received().order_by("created").values_list("created", flat=True)[:1]


def _received() -> "QuerySet[PartnerRequest]":
    """What waits for a mentor, of what reaches them."""
    return PartnerRequest.objects.filter(
        mentor_id=Given("person"),
        state=RequestState.ASKED,
        answer_by__gt=Given("now", DateTimeField()),
        is_delivered=True,
    )


def _topics(mentor_id: int, mentees: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """What each mentee wants and the mentor offers; a mentor who chose nothing helps with everything."""
    said: dict[int, list[str]] = {}
    for person, code in _interests(people=[mentor_id, *mentees]):
        said.setdefault(person, []).append(code)
    offered = said.get(mentor_id)
    return {id_: tuple(code for code in said.get(id_, ()) if not offered or code in offered) for id_ in mentees}


@prepared
def _interests() -> "QuerySet[Interest, tuple[int, str]]":
    rows = Interest.objects.filter(participant__in=Given("people", size=MOST_WAITING + 1))
    return rows.order_by("competence").values_list("participant_id", "competence")


def _week_of(participant: Participant) -> Person:
    return _week(participant.pk, participant.time_zone, participant.windows)


def _week(id_: int, time_zone: str, windows: Sequence[Sequence[int]]) -> Person:
    """As much of a person as their hours need."""
    return Person(id=id_, level=0, time_zone=time_zone, windows=well_formed(windows))
