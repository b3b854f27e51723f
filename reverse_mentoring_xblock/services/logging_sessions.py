"""Saying that a session took place: the one who logs it, and the answer of the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..data import Place
from ..domain.errors import Conflict, Invalid
from ..domain.states import SessionState, move
from ..models import Session
from ..selectors.journal_pages import facts_of
from .pair_claims import Hold, claim_pair_of_session, claim_pairing
from .planning import TAKEN, Meeting, check_is_own_log, check_room, make_way, meeting
from .standings import Standing, standing_of, standings_of

LONGEST = timedelta(minutes=480)
#: States in which a session counts for neither, though both may have said that it took place.
OFF = (SessionState.DISPUTED, SessionState.CANCELLED)


@dataclass(frozen=True)
class Said:
    """A session about which somebody has said something, and where that leaves those whom it concerns."""

    session: Meeting
    is_changed: bool
    standings: Sequence[Standing]


@transaction.atomic
def log_session(
    place: Place,
    user_id: int,
    pairing: UUID,
    starts_at: datetime,
    minutes: int,
    topic: str,
    session: UUID | None = None,
) -> Said:
    """Log a session that took place, which says for the one who logs it that it did; the other is asked.

    It may be a new one, a planned one, a disputed one with better facts, or one's own log corrected while the other
    has not answered. A new one that falls into a planned one takes its place. Logging the same twice is logging it
    once, and logging what the partner has logged with the same facts confirms it.

    Raises NotFound; Invalid for a time to come; Conflict when the two had ended by then, when a session is logged at
    that time already, and when the partner has confirmed other facts.
    """
    hold = claim_pairing(place, user_id, pairing)
    now = timezone.now()
    if starts_at > now:
        raise Invalid("not_yet", field="date")
    hold.check_was_open(starts_at)
    row = _row_to_log(hold, starts_at, minutes, session)
    was = SessionState(row.state)
    is_same = facts_of(row.starts_at, row.minutes, row.topic) == facts_of(starts_at, minutes, topic)
    if was is SessionState.HELD and is_same:
        return _confirmed(hold, row, now)
    if was is SessionState.HELD:
        _check_may_correct(hold, row)
    if row.pk:
        make_way(hold, row, starts_at)
    row.state = move(was, SessionState.HELD)
    row.starts_at, row.minutes, row.topic, row.cancelled_by = starts_at, minutes, topic, ""
    setattr(row, f"{hold.role}_confirmed_at", now)
    if not is_same:
        setattr(row, f"{hold.role.other}_confirmed_at", None)
    row.save()
    standings = standings_of(hold) if was in OFF else (standing_of(hold.participant),)
    return Said(meeting(hold, row), is_changed=True, standings=standings)


@transaction.atomic
def confirm_session(place: Place, user_id: int, session: UUID, facts: str) -> Said:
    """Say that a session took place with these facts. Saying it twice is saying it once.

    Raises NotFound, and Conflict when it is not logged any more, or with other facts than the person saw.
    """
    hold = claim_pair_of_session(place, user_id, session)
    row = hold.session(session)
    if row.state != SessionState.HELD:
        raise Conflict("moved_on")
    if getattr(row, f"{hold.role}_confirmed_at") is None:
        _check_facts(row, facts)
    return _confirmed(hold, row, timezone.now())


@transaction.atomic
def dispute_session(place: Place, user_id: int, session: UUID, facts: str) -> Said:
    """Say that a session did not take place as logged. It then counts for neither, until it is logged again.

    Raises NotFound, and Conflict when the person has said before that it did, or it is not logged as they saw it.
    """
    hold = claim_pair_of_session(place, user_id, session)
    row = hold.session(session)
    if row.state == SessionState.DISPUTED:
        return Said(meeting(hold, row), is_changed=False, standings=())
    if row.state == SessionState.HELD and getattr(row, f"{hold.role}_confirmed_at") is not None:
        raise Conflict("already_confirmed")
    row.state = move(SessionState(row.state), SessionState.DISPUTED)
    _check_facts(row, facts)
    row.save()
    return Said(meeting(hold, row), is_changed=True, standings=standings_of(hold))


def _confirmed(hold: Hold, row: Session, now: datetime) -> Said:
    own = f"{hold.role}_confirmed_at"
    if getattr(row, own) is not None:
        return Said(meeting(hold, row), is_changed=False, standings=())
    setattr(row, own, now)
    row.save()
    return Said(meeting(hold, row), is_changed=True, standings=(standing_of(hold.participant),))


def _row_to_log(hold: Hold, starts_at: datetime, minutes: int, session: UUID | None) -> Session:
    """The session that is meant: the one named, one at that very time, one planned around it, or a new one."""
    rows = hold.pairing.sessions
    near = rows.filter(starts_at__gt=starts_at - LONGEST, starts_at__lt=starts_at + timedelta(minutes=minutes))
    around = [row for row in near.order_by("starts_at") if row.starts_at + timedelta(minutes=row.minutes) > starts_at]
    named = hold.session(session) if session else next((row for row in around if row.starts_at == starts_at), None)
    others = [row for row in around if row.state in TAKEN and row != named]
    if any(row.state != SessionState.PLANNED for row in others):
        raise Conflict("already_logged")
    if named is not None:
        return named
    if others:
        return others[0]
    check_room(hold, 1)
    return Session(pairing=hold.pairing, starts_at=starts_at, minutes=minutes)


def _check_may_correct(hold: Hold, row: Session) -> None:
    if getattr(row, f"{hold.role}_confirmed_at") is None:
        raise Conflict("already_logged")
    check_is_own_log(hold, row)


def _check_facts(row: Session, facts: str) -> None:
    if facts != facts_of(row.starts_at, row.minutes, row.topic):
        raise Conflict("moved_on")
