"""Sending mail, many letters over one connection."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.mail import EmailMessage, get_connection

GIVE_UP_AFTER = 3
"""Failures in a row after which the rest is not tried: the mail server does not answer."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """A plain-text mail to one person; ``key`` is the caller's own name for it."""

    key: int
    to: str
    subject: str
    body: str


def post(letters: Sequence[Letter], sender: str) -> frozenset[int]:
    """Send each letter; return the keys of those that were sent. Never raises: what failed is in the log."""
    sent: set[int] = set()
    failures = 0
    connection = get_connection()
    for letter in letters:
        if not letter.to or failures == GIVE_UP_AFTER:
            continue
        try:
            connection.open()  # does nothing while it is open
            EmailMessage(letter.subject, letter.body, sender, [letter.to], connection=connection).send()
        except Exception as error:  # each mail backend has errors of its own, and some of them tell the address
            log.error("A letter to participant %s could not be sent: %s", letter.key, type(error).__name__)
            failures += 1
            connection.close()
        else:
            sent.add(letter.key)
            failures = 0
    connection.close()
    return frozenset(sent)
