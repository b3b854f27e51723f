"""Sessions of a pair, what each person makes of them, and what they mean to do next."""

from django.db import models

from ..domain.states import SessionState
from .base import Row
from .pairing import Pairing
from .participant import Participant


class Session(Row):
    """A meeting, planned or held. Each of the two says for themselves that it took place.

    .. no_pii: Dates, minutes and a competence code.
    """

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="sessions")
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in SessionState], default=SessionState.PLANNED
    )
    starts_at = models.DateTimeField(help_text="planned or real start, UTC")
    minutes = models.PositiveSmallIntegerField(default=50)
    topic = models.CharField(max_length=8, blank=True, help_text="competence code")
    mentor_confirmed_at = models.DateTimeField(null=True, blank=True)
    mentee_confirmed_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=10, blank=True, help_text="role")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pairing", "starts_at"], name="reverse_mentoring_one_session_at_a_time"),
        ]


class Reflection(Row):
    """What a person wrote after a session, one row per revision. Only its author ever reads it; ``extract`` is the
    part that the author has shown to the partner, if any.

    .. pii: Free text about a person's own learning.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="reflections")
    author = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="reflections")
    revision = models.PositiveSmallIntegerField()
    what = models.TextField(blank=True)
    so_what = models.TextField(blank=True)
    now_what = models.TextField(blank=True)
    extract = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "author", "revision"], name="reverse_mentoring_one_revision"),
        ]


class Action(Row):
    """A next step that one of the pair took on. Both see it; nobody else does.

    .. pii: Free text.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="actions")
    owner = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="actions")
    text = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
