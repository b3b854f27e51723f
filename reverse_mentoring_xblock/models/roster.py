"""A roster file between its preview and the coordinator's decision."""

from django.conf import settings
from django.db import models

from .base import Row
from .programme import Programme


class RosterFile(Row):
    """A file as it was sent, until it is taken in or dropped. ``open_slot`` is 1 until then; its content goes with it,
    and so does its summary: what it would change, as the coordinators were shown it.

    .. pii: Names, mail addresses and work profiles of the people in the file.
    .. pii_types: username, email_address, other
    .. pii_retirement: local_api
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="roster_files")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    content = models.BinaryField(null=True, help_text="gzip of the file; NULL once it is decided")
    summary = models.JSONField(default=dict, help_text="as selectors.roster_plan makes it; empty once it is decided")
    open_slot = models.PositiveSmallIntegerField(null=True, default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "open_slot"], name="reverse_mentoring_one_roster_file"),
        ]
