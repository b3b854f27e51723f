"""Sending short texts by mail."""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from smtplib import SMTPException

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """A plain text to one person, in their language."""

    user_id: int
    address: str
    subject: str
    body: str


def send(letters: Iterable[Letter]) -> Collection[int]:
    """Send all of them over one connection, from the site's own address. Returns the users whose letter was taken.

    Somebody without an address is not reached. A letter that the server refuses keeps no other from being sent; when
    the server cannot be reached at all, nobody is. Call it outside a transaction: it takes as long as the server does.
    """
    reached: set[int] = set()
    connection = get_connection()
    try:
        connection.open()
        for letter in letters:
            if letter.address and _is_taken(letter, connection):
                reached.add(letter.user_id)
    except (OSError, SMTPException):
        log.exception("The mail server could not be reached.")
    finally:
        connection.close()
    return reached


def _is_taken(letter: Letter, connection: BaseEmailBackend) -> bool:
    message = EmailMessage(letter.subject, letter.body, to=[letter.address], connection=connection)
    try:
        return bool(message.send())
    except (OSError, SMTPException, ValueError):
        log.exception("A letter to user %s was not taken.", letter.user_id)
        return False
