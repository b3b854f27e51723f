"""Proposals of pairs and the pairings that come of them.

MySQL has no conditional unique constraint, so what may exist once while it is live carries a nullable slot: a number
while it is live, NULL afterwards.
"""

from django.conf import settings
from django.db import models

from ..domain.states import PairingState, RunState
from .base import Row
from .participant import Participant
from .programme import Programme


class MatchRun(Row):
    """One proposal for a whole programme. ``open_slot`` is 1 until it is released or discarded.

    .. no_pii: Counts, prices and a user id.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="match_runs")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in RunState], default=RunState.PROPOSED)
    open_slot = models.PositiveSmallIntegerField(null=True, default=1)
    seed = models.PositiveIntegerField()
    matched = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    bound = models.PositiveIntegerField()
    certified = models.BooleanField()
    prices = models.JSONField(default=dict, help_text="participant id to dual price: anybody can check the optimum")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "open_slot"], name="reverse_mentoring_one_open_run"),
        ]


class Proposal(Row):
    """A pair in a proposal, with its reason as codes and numbers.

    .. no_pii: Row ids, codes and numbers.
    """

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="proposals")
    mentor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    mentee = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    utility = models.PositiveIntegerField()
    reason = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "mentee"], name="reverse_mentoring_one_proposal"),
        ]


class LeftOut(models.Model):
    """Somebody a proposal has no partner for, and why, as codes and numbers.

    .. no_pii: Row ids, codes and numbers.
    """

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="left_out")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    reason = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "participant"], name="reverse_mentoring_left_out_once"),
        ]


class Pairing(Row):
    """Two people offered to each other, working together, or done. A mentee has one live pairing at a time, a mentor
    as many as their capacity; the slots hold that in the schema.

    .. no_pii: Row ids and times; who ended a pairing is not kept here.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="pairings")
    run = models.ForeignKey(MatchRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="pairings")
    mentor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="pairings_as_mentor")
    mentee = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="pairings_as_mentee")
    mentor_slot = models.PositiveSmallIntegerField(null=True)
    mentee_slot = models.PositiveSmallIntegerField(null=True, default=1)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in PairingState], default=PairingState.OFFERED
    )
    reason = models.JSONField(default=dict)
    mentor_accepted_at = models.DateTimeField(null=True, blank=True)
    mentee_accepted_at = models.DateTimeField(null=True, blank=True)
    active_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mentee", "mentee_slot"], name="reverse_mentoring_one_mentor_at_a_time"),
            models.UniqueConstraint(fields=["mentor", "mentor_slot"], name="reverse_mentoring_mentor_capacity"),
        ]
        indexes = [models.Index(fields=["programme", "state"], name="rm_pairing_by_state")]
