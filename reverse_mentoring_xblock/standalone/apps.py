"""The standalone site's own app: courses from OLX, enrolments, scores, completion, events."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class StandaloneConfig(AppConfig):
    """What the platform would keep, kept here."""

    name = "reverse_mentoring_xblock.standalone"
    label = "reverse_mentoring_standalone"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connections are prepared from now on."""
        connection_created.connect(_write_ahead, dispatch_uid="reverse_mentoring_write_ahead")


def _write_ahead(connection: Any, **_facts: Any) -> None:
    """On SQLite, let people read while a worker keeps the answer of a large round, which takes seconds."""
    if connection.vendor == "sqlite":
        connection.connection.execute("PRAGMA journal_mode=WAL")
