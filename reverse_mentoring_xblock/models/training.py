"""Role training: where a person is in a module, and every check that they took."""

from django.db import models

from .base import Row
from .participant import Participant


class ModuleProgress(Row):
    """The summary of one person in one module; the attempts below are the facts.

    .. no_pii: Module ids and counts.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="module_progress")
    module = models.CharField(max_length=64)
    step = models.PositiveSmallIntegerField(
        default=0, help_text="the page to resume at; after the last page, the check"
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    best_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    passed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "module"], name="reverse_mentoring_one_progress"),
        ]


class CheckAttempt(Row):
    """One knowledge check as it was handed in.

    .. no_pii: Option ids.
    """

    progress = models.ForeignKey(ModuleProgress, on_delete=models.CASCADE, related_name="check_attempts")
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField(help_text="question id to option id")
    percent = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["progress", "number"], name="reverse_mentoring_one_check_number"),
        ]
