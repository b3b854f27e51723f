"""Trying again when the database gave up on one of two transactions that wanted the same rows.

A transaction begins with a write, so it can be run again as a whole: nothing of it was kept. Most services are one. The
few that go on after one is committed have their later ones tried again by themselves, or find their own work when they
are run again.
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection

from ..domain.errors import Conflict

Answer = TypeVar("Answer")

TRIES = 4
#: Deadlock and lock timeout, as MySQL, PostgreSQL and SQLite name them.
GIVEN_UP = ("1205", "1213", "deadlock", "could not serialize", "database is locked", "database table is locked")


def with_retries(act: Callable[[], Answer]) -> Answer:
    """Call ``act``; after a deadlock or a lock timeout call it again, a few times, a little later each time.

    Inside a transaction of the caller's, where only the caller could start again, a lost one is not retried. Raises
    Conflict("busy") when all tries are used, and whatever else ``act`` raises.
    """
    for attempt in range(1, TRIES + 1):
        try:
            return act()
        except OperationalError as error:
            if not any(sign in str(error).lower() for sign in GIVEN_UP):
                raise
            if connection.in_atomic_block or attempt == TRIES:
                raise Conflict("busy") from error
            time.sleep(random.uniform(0.01, 0.05) * attempt)  # noqa: S311 - spreads retries, guards nothing
    raise AssertionError("the loop returns or raises")
