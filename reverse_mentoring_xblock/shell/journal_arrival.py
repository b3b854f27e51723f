"""Coming to the journal: what is asked of a person comes before the session that they left open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ..domain.journal_order import Asks, asks
from ..domain.next_step import SessionFacts
from ..domain.states import Role
from ..selectors.journal import OwnSession
from ..selectors.journal_pages import SessionRow
from ..selectors.own_pairings import OwnPairing


@dataclass(frozen=True)
class FirstAsked:
    """What is asked of a person first, and in which pairing."""

    asks: Asks
    pairing_id: int
    now: datetime

    def comes_before(self, pairing: OwnPairing, session: SessionRow) -> bool:
        """Whether it is more urgent than what this session asks."""
        facts = SessionFacts(
            session.state,
            session.starts_at,
            is_confirmed=session.confirmed_at is not None,
            is_reflected=session.reflection is not None,
            minutes=session.minutes,
        )
        return self.asks < asks(facts, self.now, is_together=pairing.is_active)


def first_asked(sessions: Sequence[OwnSession], role: Role, now: datetime) -> FirstAsked | None:
    """The most urgent of a person's sessions, the earliest of those that ask the same; None when none asks anything."""
    found = [(asks(one.facts(role), now, is_together=one.is_active), one.starts_at, one.pairing_id) for one in sessions]
    urgent, _starts_at, pairing_id = min(found, default=(Asks.NOTHING, now, 0))
    return None if urgent is Asks.NOTHING else FirstAsked(urgent, pairing_id, now)
