"""A person in a programme, and what they said about themselves for pairing."""

from django.conf import settings
from django.db import models

from ..domain.matching import Mode
from ..domain.profile import LONGEST_NAME, LONGEST_TEXT
from ..domain.states import ParticipantState, Role
from .base import Row
from .programme import Programme


class Participant(Row):
    """One person in one programme, in one role.

    .. pii: Work profile given for pairing: level, department, site, manager, languages, hours.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="participants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=10, choices=[(r.value, r.value) for r in Role])
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in ParticipantState], default=ParticipantState.JOINED
    )
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    department = models.CharField(max_length=LONGEST_TEXT, blank=True)
    site = models.CharField(max_length=LONGEST_TEXT, blank=True)
    manager = models.CharField(max_length=LONGEST_NAME, blank=True, help_text="username or e-mail address, lower case")
    languages = models.JSONField(default=list, help_text="ISO 639 codes")
    time_zone = models.CharField(max_length=64, blank=True)
    windows = models.JSONField(default=list, help_text="[weekday 0-6, start minute, end minute], local time")
    mode = models.CharField(max_length=8, choices=[(m.value, m.value) for m in Mode], default=Mode.BOTH)
    channels = models.JSONField(default=list, help_text="codes of ways to talk, as domain.week names them")
    style = models.JSONField(default=dict, help_text="answers about the way of working, by question, 1 to 5")
    capacity = models.PositiveSmallIntegerField(default=1)
    rounds_waited = models.PositiveSmallIntegerField(default=0)
    invited_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    committed_at = models.DateTimeField(null=True, blank=True)
    rules_agreed_at = models.DateTimeField(null=True, blank=True)
    signed_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "user"], name="reverse_mentoring_one_place_each"),
        ]
        indexes = [models.Index(fields=["programme", "role", "state"], name="rm_participant_by_state")]


class SignUpDraft(models.Model):
    """What somebody has said so far who is not signed up, by field and step. Read by their own form and by sign-up.

    It is a table of its own, so that nothing that reads participants can show it before its time.

    .. pii: Work profile, and colleagues to be kept apart from.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="+")
    said = models.JSONField(default=dict, help_text="answers by field, as domain.profile names them")
    done = models.JSONField(default=list, help_text="codes of the steps gone through")


class Interest(models.Model):
    """A topic that a mentee wants or a mentor offers.

    .. no_pii: Competence codes.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="interests")
    competence = models.CharField(max_length=8)
    weight = models.PositiveSmallIntegerField(
        default=2, help_text="1 to 3: how much it matters to a mentee, how gladly a mentor helps"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "competence"], name="reverse_mentoring_one_interest"),
        ]


class Veto(models.Model):
    """Somebody this person would rather not be paired with. Read by the matcher alone: no page, export or event.

    .. pii: Username or e-mail address of a colleague.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="vetoes")
    person = models.CharField(max_length=LONGEST_NAME)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "person"], name="reverse_mentoring_one_veto"),
        ]


class Wish(models.Model):
    """Somebody whom this person would like as a partner. Equal ranks are ties.

    .. no_pii: Row ids and ranks.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="wishes")
    wished = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "wished"], name="reverse_mentoring_one_wish"),
        ]


class Avoided(models.Model):
    """Somebody whom this person passed over on the cards. Read by the matcher alone, like a veto.

    .. no_pii: Row ids.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="avoids")
    avoided = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "avoided"], name="reverse_mentoring_avoided_once"),
        ]
