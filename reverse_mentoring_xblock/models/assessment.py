"""The digital skills self-assessment: attempts and answers. Read for the person and the matcher only."""

from django.db import models

from .base import Row
from .participant import Participant


class Attempt(Row):
    """One round of questions. ``open_slot`` is 1 while it is being answered, so that there is at most one open.

    .. pii: A person's own view of their digital skills: topics they chose to work on.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="attempts")
    phase = models.CharField(max_length=8, choices=[("start", "start"), ("end", "end")], default="start")
    bank = models.CharField(max_length=64)
    bank_version = models.CharField(max_length=20)
    bank_digest = models.CharField(max_length=64)
    competences = models.JSONField(help_text="codes asked, in bank order")
    seed = models.PositiveIntegerField()
    open_slot = models.PositiveSmallIntegerField(null=True, default=1)
    submitted_at = models.DateTimeField(null=True, blank=True)
    target = models.PositiveSmallIntegerField(default=60, help_text="level aimed at when it was handed in, 0 to 100")
    topics = models.JSONField(default=list, help_text="codes that the person settled on")
    share_topics = models.BooleanField(default=True)
    share_levels = models.BooleanField(default=False)
    share_strength = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "phase", "open_slot"], name="reverse_mentoring_one_open_attempt"
            ),
        ]


class Answer(models.Model):
    """The latest answer to one item: a step, or why there is none.

    .. pii: A person's own view of their digital skills.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField(max_length=32)
    value = models.CharField(max_length=4, help_text="0 to 4, na or skip")
    modified = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "item"], name="reverse_mentoring_one_answer")]
