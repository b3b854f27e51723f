"""What a person's sessions ask of them, the most urgent first: what a partner waits for, then what is theirs alone."""

from datetime import datetime
from enum import IntEnum

from .next_step import SessionFacts
from .states import SessionState


class Asks(IntEnum):
    """What a session asks of one of the two; a lower number comes first."""

    AGREEMENT = 1
    ANSWER = 2
    LOG = 3
    REFLECTION = 4
    NOTHING = 5


def asks(session: SessionFacts, now: datetime, *, is_together: bool) -> Asks:
    """What this session asks at ``now``. Of two who have parted nobody is asked to agree or to log."""
    if session.state is SessionState.DISPUTED and is_together:
        return Asks.AGREEMENT
    if session.state is SessionState.HELD and not session.is_confirmed:
        return Asks.ANSWER
    if session.state is SessionState.PLANNED and is_together and session.is_over(now):
        return Asks.LOG
    if session.state is SessionState.HELD and not session.is_reflected:
        return Asks.REFLECTION
    return Asks.NOTHING
