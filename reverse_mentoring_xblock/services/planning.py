"""Planning sessions: one or several at a rhythm, another time, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ..data import Place
from ..domain.errors import Conflict
from ..domain.states import SessionState, move
from ..models import Session
from ..selectors.journal_pages import MOST_PLANNED
from .pair_claims import Hold, claim_pair_of_session, claim_pairing
from .standings import Standing, standings_of

#: Rows that a pair may have in all, cancelled ones too: weekly sessions for more than three years.
MOST_ROWS = 200
#: States in which a session stands in the calendar as something that is going to happen or did.
TAKEN = (SessionState.PLANNED, SessionState.HELD, SessionState.DISPUTED)


@dataclass(frozen=True)
class Meeting:
    """A session as it now is. ``before`` is when it was to be until now, for one that was moved."""

    uuid: str
    pairing: str
    starts_at: datetime
    minutes: int
    topic: str
    before: datetime | None = None


@dataclass(frozen=True)
class Planned:
    """What planning came to: the sessions that are new in the plan."""

    new: Sequence[Meeting]


@dataclass(frozen=True)
class Moved:
    """A session in the plan, and whether anything about it changed."""

    session: Meeting
    is_changed: bool


@dataclass(frozen=True)
class Cancelled:
    """A session that is off, what it was until now, and whom that may have cost a counted session."""

    session: Meeting
    was: SessionState
    is_changed: bool
    standings: Sequence[Standing] = ()


@transaction.atomic
def plan_sessions(
    place: Place, user_id: int, pairing: UUID, starts: Sequence[datetime], minutes: int, topic: str
) -> Planned:
    """Put sessions at these times into the pair's plan. The topic is that of the first; the others are open.

    A time at which one is planned already stays as it is, so that planning twice is planning once; a cancelled one is
    planned again. Raises NotFound, and Conflict when the pairing has ended, a session took place at one of the times,
    or the plan is full.
    """
    hold = claim_pairing(place, user_id, pairing)
    hold.check_is_open()
    there = {session.starts_at: session for session in hold.pairing.sessions.filter(starts_at__in=starts)}
    wanted = [moment for moment in dict.fromkeys(starts) if not _is_planned(there.get(moment))]
    _check_plan(hold, len(wanted))
    new = []
    for moment in wanted:
        session = there.get(moment) or Session(pairing=hold.pairing, starts_at=moment)
        if session.pk:
            session.state = _planned_again(session)
            session.mentor_confirmed_at = session.mentee_confirmed_at = None
        session.minutes = minutes
        session.topic = topic if moment == starts[0] else ""
        session.cancelled_by = ""
        session.save()
        new.append(meeting(hold, session))
    return Planned(tuple(new))


@transaction.atomic
def move_session(place: Place, user_id: int, session: UUID, starts_at: datetime, minutes: int, topic: str) -> Moved:
    """Give a planned session another time, length or topic.

    Raises NotFound, and Conflict when it is not planned any more, the pairing has ended, or another session stands at
    that time.
    """
    hold = claim_pair_of_session(place, user_id, session)
    hold.check_is_open()
    row = hold.session(session)
    row.state = move(SessionState(row.state), SessionState.PLANNED)
    before = row.starts_at
    if (row.starts_at, row.minutes, row.topic) == (starts_at, minutes, topic):
        return Moved(meeting(hold, row), is_changed=False)
    make_way(hold, row, starts_at)
    row.starts_at, row.minutes, row.topic = starts_at, minutes, topic
    row.save()
    return Moved(meeting(hold, row, before), is_changed=True)


@transaction.atomic
def cancel_session(place: Place, user_id: int, session: UUID) -> Cancelled:
    """Take a session out: a planned one, by role and without a reason; a disputed one; or one's own log of a session
    that the partner has not confirmed. Doing it twice is doing it once.

    Raises NotFound, and Conflict when the partner has confirmed that it took place.
    """
    hold = claim_pair_of_session(place, user_id, session)
    row = hold.session(session)
    was = SessionState(row.state)
    if was is SessionState.CANCELLED:
        return Cancelled(meeting(hold, row), was, is_changed=False)
    if was is SessionState.HELD:
        check_is_own_log(hold, row)
    row.state = move(was, SessionState.CANCELLED)
    row.cancelled_by = hold.role if was is SessionState.PLANNED else ""
    setattr(row, f"{hold.role}_confirmed_at", None)  # the other's word stays, so that their journal can tell them
    row.save()
    standings = () if was is SessionState.PLANNED else standings_of(hold)
    return Cancelled(meeting(hold, row), was, is_changed=True, standings=standings)


def meeting(hold: Hold, session: Session, before: datetime | None = None) -> Meeting:
    """Freeze a session."""
    return Meeting(str(session.uuid), str(hold.pairing.uuid), session.starts_at, session.minutes, session.topic, before)


def check_is_own_log(hold: Hold, session: Session) -> None:
    """Raise Conflict unless this person alone has said that the session took place."""
    if getattr(session, f"{hold.role.other}_confirmed_at") is not None:
        raise Conflict("session_settled")
    if getattr(session, f"{hold.role}_confirmed_at") is None:
        raise Conflict("moved_on")


def make_way(hold: Hold, session: Session, starts_at: datetime) -> None:
    """Free a time for ``session``. A cancelled session there gives way, unless somebody has written about it.

    Raises Conflict when the time is taken.
    """
    there = hold.pairing.sessions.filter(starts_at=starts_at).exclude(pk=session.pk).first()
    if there is None:
        return
    if there.state != SessionState.CANCELLED or there.reflections.exists():
        raise Conflict("time_taken")
    there.delete()


def _is_planned(session: Session | None) -> bool:
    return session is not None and session.state == SessionState.PLANNED


def _planned_again(session: Session) -> SessionState:
    if session.state in TAKEN:
        raise Conflict("time_taken")
    return move(SessionState(session.state), SessionState.PLANNED)


def check_room(hold: Hold, more: int) -> None:
    """Raise Conflict when ``more`` sessions would be more than a pair may have in all."""
    if hold.pairing.sessions.count() + more > MOST_ROWS:
        raise Conflict("sessions_full", most=MOST_ROWS)


def _check_plan(hold: Hold, more: int) -> None:
    if hold.pairing.sessions.filter(state=SessionState.PLANNED).count() + more > MOST_PLANNED:
        raise Conflict("plan_full", most=MOST_PLANNED)
    check_room(hold, more)
