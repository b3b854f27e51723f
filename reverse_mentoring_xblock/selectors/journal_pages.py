"""What one person's journal page is made of. Only the reader's own words are read, and the extracts that the partner
has shared with them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, F, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.utils import timezone

from ..domain.states import Role, SessionState
from ..models import Action, Reflection, Session
from .own_pairings import OwnPairing
from .prepared import Given, prepared

MOST_SESSIONS = 24
MOST_PLANNED = 24
MOST_ACTIONS = 60
MOST_REVISIONS = 5


@dataclass(frozen=True)
class SessionRow:
    """A session as one of the two sees it. ``extract`` is the partner's own choice of words for the reader."""

    uuid: str
    state: SessionState
    starts_at: datetime
    minutes: int
    topic: str
    confirmed_at: datetime | None
    """When the reader said that it took place."""
    partner_confirmed_at: datetime | None
    cancelled_by: str
    extract: str
    reflection: "ReflectionRow | None" = None
    is_written_elsewhere: bool = False
    """Whether the mentor of a circle has written about this meeting in the journal of another member."""

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    def is_called_off(self, now: datetime) -> bool:
        """Whether it was cancelled and its time is still to come."""
        return self.state is SessionState.CANCELLED and self.starts_at > now

    @property
    def facts(self) -> str:
        """What a person says yes to when they confirm this session, as a short text to send back."""
        return facts_of(self.starts_at, self.minutes, self.topic)

    @property
    def is_own_log(self) -> bool:
        """Whether only the reader has said that it took place: then they may still correct it."""
        return self.state is SessionState.HELD and self.confirmed_at is not None and self.partner_confirmed_at is None

    @property
    def was_mine(self) -> bool:
        """Whether the reader had said that it took place, and the partner has taken it out since."""
        return self.state is SessionState.CANCELLED and self.confirmed_at is not None

    @property
    def counts(self) -> bool:
        """Whether it counts for the reader."""
        is_written = self.reflection is not None or self.is_written_elsewhere
        return self.state is SessionState.HELD and self.confirmed_at is not None and is_written


@dataclass(frozen=True)
class ReflectionRow:
    """One revision of the reader's own reflection."""

    revision: int
    written_at: datetime
    what: str
    so_what: str
    now_what: str
    extract: str


@dataclass(frozen=True)
class ActionRow:
    """A next step of one of the two."""

    uuid: str
    text: str
    due_on: date | None
    done_at: datetime | None
    is_own: bool


@dataclass(frozen=True)
class Sessions:
    """The sessions of a pairing: the planned ones by time, the newest of the others newest first."""

    planned: Sequence[SessionRow] = ()
    past: Sequence[SessionRow] = ()


def facts_of(starts_at: datetime, minutes: int, topic: str) -> str:
    """A session's facts in one short text; two sessions with the same facts have the same text."""
    return f"{int(starts_at.timestamp())}-{minutes}-{topic}"


def sessions_of(pairing: OwnPairing, participant_id: int) -> Sessions:
    """Every planned session and the newest others, with the reader's latest reflection on each. Two queries."""
    rows = _sessions(pairing)  # a pair has 200 at most, and plans up to MOST_PLANNED
    planned = [row for row in rows if row.state == SessionState.PLANNED]
    past = [row for row in rows if row.state != SessionState.PLANNED][:MOST_SESSIONS]
    words = _latest_reflections([row.pk for row in past], participant_id)
    return Sessions(
        planned=tuple(_session_row(row, pairing.role, None) for row in reversed(planned)),
        past=tuple(_session_row(row, pairing.role, words.get(row.pk)) for row in past),
    )


def session_of(pairing: OwnPairing, session: str, participant_id: int) -> SessionRow | None:
    """One session of this pairing, however old, with the reader's latest reflection on it. Two queries."""
    rows = _sessions(pairing, UUID(session))
    if not rows:
        return None
    [row] = rows
    return _session_row(row, pairing.role, _latest_reflections([row.pk], participant_id).get(row.pk))


def earlier_reflections(session: SessionRow, participant_id: int) -> Sequence[ReflectionRow]:
    """The reader's own revisions before the latest one, newest first, a few of them. One query."""
    if session.reflection is None or session.reflection.revision < 2:
        return ()
    rows = Reflection.objects.filter(
        session__uuid=session.uuid, author=participant_id, revision__lt=session.reflection.revision
    ).order_by("-revision")
    return tuple(map(_reflection_row, rows[:MOST_REVISIONS]))


def actions_of(pairing: OwnPairing, participant_id: int) -> Sequence[ActionRow]:
    """Next steps, open ones first and by due date; of an ended pairing the reader's own alone. One query."""
    rows = _actions(pairing.is_active, pairing=pairing.id, person=participant_id)
    return tuple(
        ActionRow(str(uuid), text, due_on, done_at, owner_id == participant_id)
        for uuid, text, due_on, done_at, owner_id in rows
    )


@prepared
def _actions(of_both: bool) -> "QuerySet[Action, tuple[Any, ...]]":
    rows = Action.objects.filter(pairing=Given("pairing"))
    if not of_both:
        rows = rows.filter(owner=Given("person"))
    return rows.order_by(F("done_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "created").values_list(
        "uuid", "text", "due_on", "done_at", "owner_id"
    )[:MOST_ACTIONS]


def _sessions(pairing: OwnPairing, session: UUID | None = None) -> list[Session]:
    """All or one, newest first: with the partner's extract while the pairing is live, else without a word of theirs."""
    which = {"pairing": pairing.id, "session": session}
    if pairing.is_active:
        return _live_sessions(session is not None, **which, partner=pairing.partner_id)
    return _ended_sessions(session is not None, **which, ended_at=pairing.closed_at or timezone.now())


@prepared
def _live_sessions(is_one: bool) -> "QuerySet[Session]":
    theirs = Reflection.objects.filter(session=OuterRef("pk"), author=Given("partner")).order_by("-revision")
    return _of_pairing(is_one).annotate(extract=Subquery(theirs.values("extract")[:1]))


@prepared
def _ended_sessions(is_one: bool) -> "QuerySet[Session]":
    """Without what was still planned when the pairing ended."""
    never_came = Q(state=SessionState.PLANNED, starts_at__gt=Given("ended_at", DateTimeField()))
    return _of_pairing(is_one).exclude(never_came).annotate(extract=Value(""))


def _of_pairing(is_one: bool) -> "QuerySet[Session]":
    rows = Session.objects.filter(pairing=Given("pairing")).order_by("-starts_at")
    return rows.filter(uuid=Given("session", UUIDField())) if is_one else rows


def _session_row(row: Session, role: Role, reflection: ReflectionRow | None) -> SessionRow:
    return SessionRow(
        uuid=str(row.uuid),
        state=SessionState(row.state),
        starts_at=row.starts_at,
        minutes=row.minutes,
        topic=row.topic,
        confirmed_at=getattr(row, f"{role}_confirmed_at"),
        partner_confirmed_at=getattr(row, f"{role.other}_confirmed_at"),
        cancelled_by=row.cancelled_by,
        extract=row.extract or "",  # type: ignore[attr-defined]
        reflection=reflection,
    )


def _latest_reflections(session_ids: Sequence[int], participant_id: int) -> Mapping[int, ReflectionRow]:
    rows = _latest(sessions=session_ids, person=participant_id)
    return {row.session_id: _reflection_row(row) for row in rows}


@prepared
def _latest() -> "QuerySet[Reflection]":
    mine = Reflection.objects.filter(author=Given("person"))
    newest = mine.filter(session=OuterRef("session")).order_by("-revision").values("revision")[:1]
    return mine.filter(session__in=Given("sessions", size=MOST_SESSIONS), revision=Subquery(newest))


def _reflection_row(row: Reflection) -> ReflectionRow:
    return ReflectionRow(row.revision, row.created, row.what, row.so_what, row.now_what, row.extract)
