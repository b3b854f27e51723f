"""The programme itself, and the record of who did what in it."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import LearningContextKeyField

from .base import Row


class Programme(Row):
    """A run of reverse mentoring in one course.

    .. no_pii: Course key and a name chosen by the author.
    """

    context_key = LearningContextKeyField(max_length=255)
    slug = models.CharField(max_length=50, default="main")
    names_shown_at = models.DateTimeField(null=True, blank=True, help_text="since when wish cards show names")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["context_key", "slug"], name="reverse_mentoring_one_programme"),
        ]


class AuditEntry(models.Model):
    """An act of a coordinator or a change of a pairing: who, what, when, on which rows. Never anybody's words.

    .. no_pii: Row ids and a user id; the user row is retired by the platform.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="audit_entries")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    act = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["programme", "created"], name="rm_audit_by_time")]
