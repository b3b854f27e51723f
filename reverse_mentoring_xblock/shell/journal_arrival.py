"""Coming to the journal: what is asked of a person comes before the session that they left open."""

from collections.abc import Sequence
from datetime import datetime

from ..domain.journal_order import Asks, asks
from ..domain.states import Role
from ..selectors.journal import OwnSession


def first_asked(
    sessions: Sequence[OwnSession], role: Role, now: datetime, opened: OwnSession | None
) -> OwnSession | None:
    """The session that comes first: the one left open, unless another asks for something more urgent.

    Of those that ask the same the earliest comes first. None when nothing is open and none asks anything.
    """

    def urgency(session: OwnSession) -> tuple[Asks, bool, datetime]:
        asked = asks(session.facts(role), now, is_together=session.is_active)
        return asked, session is not opened, session.starts_at

    first = min(sessions, key=urgency, default=None)
    return None if first is None or (first is not opened and urgency(first)[0] is Asks.NOTHING) else first
