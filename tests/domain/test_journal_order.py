from datetime import UTC, datetime, timedelta

import pytest

from reverse_mentoring_xblock.domain.journal_order import Asks, asks
from reverse_mentoring_xblock.domain.next_step import SessionFacts
from reverse_mentoring_xblock.domain.states import SessionState

NOW = datetime(2027, 3, 4, 15, 0, tzinfo=UTC)
HELD, PLANNED, DISPUTED, CANCELLED = (
    SessionState.HELD,
    SessionState.PLANNED,
    SessionState.DISPUTED,
    SessionState.CANCELLED,
)


@pytest.mark.parametrize(
    ("state", "days_ago", "confirmed", "reflected", "together", "apart"),
    [
        (DISPUTED, 3, True, True, Asks.AGREEMENT, Asks.NOTHING),
        (HELD, 3, False, False, Asks.ANSWER, Asks.ANSWER),
        (PLANNED, 3, False, False, Asks.LOG, Asks.NOTHING),
        (PLANNED, -3, False, False, Asks.NOTHING, Asks.NOTHING),
        (HELD, 3, True, False, Asks.REFLECTION, Asks.REFLECTION),
        (HELD, 3, True, True, Asks.NOTHING, Asks.NOTHING),
        (CANCELLED, 3, True, True, Asks.NOTHING, Asks.NOTHING),
    ],
)
def test_what_a_session_asks(state, days_ago, confirmed, reflected, together, apart):
    session = SessionFacts(state, NOW - timedelta(days=days_ago), confirmed, reflected, minutes=50)
    assert asks(session, NOW, is_together=True) is together
    assert asks(session, NOW, is_together=False) is apart


def test_what_a_partner_waits_for_comes_first():
    assert sorted(Asks) == [Asks.AGREEMENT, Asks.ANSWER, Asks.LOG, Asks.REFLECTION, Asks.NOTHING]
