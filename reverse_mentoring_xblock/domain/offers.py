"""How long an offer waits, when its people are reminded, and what a coordinator may add to it."""

from datetime import datetime, timedelta

REMIND_BEFORE = timedelta(days=2)
"""At most so long before its end people are reminded of an offer, and never before two thirds of its time are over."""
SOON = REMIND_BEFORE
"""How near its end an offer counts as ending soon."""
EXTRA_DAYS = (2, 3, 5, 7, 14)
"""Days by which a coordinator may let an offer wait longer."""
QUEUE_FIRST = 2
"""Rounds of waiting that put somebody at the head of the queue: so many earn the whole bonus."""


def is_over(answer_by: datetime | None, now: datetime) -> bool:
    """Whether the time to answer has passed. An offer without an end waits for as long as it is there."""
    return answer_by is not None and answer_by <= now


def remind_from(offered_at: datetime, answer_by: datetime) -> datetime:
    """The moment from which on the people of an offer may be reminded."""
    return answer_by - min(REMIND_BEFORE, (answer_by - offered_at) / 3)
