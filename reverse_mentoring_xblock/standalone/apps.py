"""The standalone site's own app: courses from OLX, enrolments, scores, completion, events."""

from django.apps import AppConfig


class StandaloneConfig(AppConfig):
    """What the platform would keep, kept here."""

    name = "reverse_mentoring_xblock.standalone"
    label = "reverse_mentoring_standalone"
    default_auto_field = "django.db.models.BigAutoField"
