"""Rules that notice when a pair may need a hand: each with its code and its threshold.

They read states and dates alone. What they find is a reason to ask, never a verdict on anybody.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .states import PairingState, Role, SessionState

FIRST_SESSION_WITHIN = timedelta(days=14)
"""How long after a pairing became active its first session should have been held."""
OFFER_OPEN_FOR = timedelta(days=7)
"""How long an offer may wait for an answer."""
QUIET_FACTOR = 1.5
"""How many times the cadence may pass after a session with nothing planned."""
CANCELLED_IN_A_ROW = 2
"""So many sessions one after the other, cancelled by the same side."""


class HelpRule(StrEnum):
    """Stable codes of the rules, gravest first: a list shows a pair under the first that it meets."""

    CANCELLED_IN_A_ROW = "cancelled_in_a_row"
    NO_FIRST_SESSION = "no_first_session"
    GONE_QUIET = "gone_quiet"
    OFFER_UNANSWERED = "offer_unanswered"


@dataclass(frozen=True)
class Meeting:
    """A session that is settled, one way or another: held, disputed or cancelled."""

    state: SessionState
    starts_at: datetime
    cancelled_by: Role | None = None
    settled_at: datetime | None = None
    """When either of the two last said something about it."""


@dataclass(frozen=True)
class Pair:
    """What the rules look at. ``latest`` holds the newest settled sessions whose time has come, newest first."""

    state: PairingState
    offered_at: datetime
    active_at: datetime | None = None
    has_mentor_accepted: bool = False
    has_mentee_accepted: bool = False
    held: int = 0
    last_held_at: datetime | None = None
    next_planned_at: datetime | None = None
    planned_at: datetime | None = None
    """When the two last set or moved a date that lies ahead."""
    latest: Sequence[Meeting] = ()


@dataclass(frozen=True)
class Alert:
    """A rule that a pair meets, the moment from which it counts, and whom to ask first: empty means both."""

    rule: HelpRule
    since: datetime
    roles: tuple[Role, ...] = ()


def quiet_after(cadence_days: int) -> timedelta:
    """How long a pair may go without a session before it counts as gone quiet."""
    return timedelta(days=cadence_days * QUIET_FACTOR)


def alerts(pair: Pair, now: datetime, cadence_days: int, sessions_wanted: int) -> tuple[Alert, ...]:
    """Every rule that this pair meets at ``now``, gravest first; empty when all is well.

    A pair that has held as many sessions as the programme wants is through, and needs nothing.
    """
    if pair.state is PairingState.ACTIVE and pair.held >= sessions_wanted:
        return ()
    found = (RULES[rule](pair, now, cadence_days) for rule in HelpRule)
    return tuple(alert for alert in found if alert is not None)


def _cancelled_in_a_row(pair: Pair, _now: datetime, _cadence_days: int) -> Alert | None:
    newest = pair.latest[:CANCELLED_IN_A_ROW]
    roles = {meeting.cancelled_by for meeting in newest if meeting.state is SessionState.CANCELLED}
    role = next(iter(roles), None)
    is_met = (
        pair.state is PairingState.ACTIVE
        and len(newest) == CANCELLED_IN_A_ROW
        and all(meeting.state is SessionState.CANCELLED for meeting in newest)
        and len(roles) == 1
        and not _has_new_date(pair, newest[0])
    )
    return Alert(HelpRule.CANCELLED_IN_A_ROW, newest[-1].starts_at, (role,)) if is_met and role else None


def _has_new_date(pair: Pair, cancelled: Meeting) -> bool:
    """Whether a date ahead was set after the cancellation. One of a series that stood there before says nothing."""
    planned_at, settled_at = pair.planned_at, cancelled.settled_at
    return planned_at is not None and settled_at is not None and planned_at > settled_at


def _no_first_session(pair: Pair, now: datetime, _cadence_days: int) -> Alert | None:
    if pair.state is not PairingState.ACTIVE or pair.active_at is None or pair.last_held_at is not None:
        return None
    is_met = now - pair.active_at > FIRST_SESSION_WITHIN
    return Alert(HelpRule.NO_FIRST_SESSION, pair.active_at) if is_met else None


def _gone_quiet(pair: Pair, now: datetime, cadence_days: int) -> Alert | None:
    if pair.state is not PairingState.ACTIVE or pair.last_held_at is None:
        return None
    is_planned = pair.next_planned_at is not None and pair.next_planned_at >= now
    is_met = not is_planned and now - pair.last_held_at > quiet_after(cadence_days)
    return Alert(HelpRule.GONE_QUIET, pair.last_held_at) if is_met else None


def _offer_unanswered(pair: Pair, now: datetime, _cadence_days: int) -> Alert | None:
    if pair.state is not PairingState.OFFERED or now - pair.offered_at <= OFFER_OPEN_FOR:
        return None
    answered = {Role.MENTOR: pair.has_mentor_accepted, Role.MENTEE: pair.has_mentee_accepted}
    silent = tuple(role for role in Role if not answered[role])
    return Alert(HelpRule.OFFER_UNANSWERED, pair.offered_at, silent) if silent else None  # a circle waits for others


RULES: Mapping[HelpRule, Callable[[Pair, datetime, int], Alert | None]] = {
    HelpRule.CANCELLED_IN_A_ROW: _cancelled_in_a_row,
    HelpRule.NO_FIRST_SESSION: _no_first_session,
    HelpRule.GONE_QUIET: _gone_quiet,
    HelpRule.OFFER_UNANSWERED: _offer_unanswered,
}
