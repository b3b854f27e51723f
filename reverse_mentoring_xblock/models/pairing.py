"""Proposals of pairs and the pairings that come of them.

MySQL has no conditional unique constraint, so what may exist once while it is live carries a nullable slot: a number
while it is live, NULL afterwards.
"""

from django.conf import settings
from django.db import models

from ..domain.states import OverrideKind, PairingState, RequestState, RunBasis, RunState, WhyDeclined
from .base import Row
from .participant import Participant
from .programme import Programme


class MatchRun(Row):
    """One proposal for a whole programme. ``open_slot`` is the slot of its basis while it is worked out or waits for a
    decision, and after a search that failed until somebody asks again.

    While a worker searches, it holds the run by its ``worker`` name and shows by ``beat_at`` that it is alive.

    .. no_pii: Counts, prices and a user id.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="match_runs")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in RunState], default=RunState.PROPOSED)
    open_slot = models.PositiveSmallIntegerField(null=True, default=1)
    basis = models.CharField(
        max_length=10,
        choices=[(b.value, b.value) for b in RunBasis],
        default=RunBasis.SCORE,
        help_text="what is put first",
    )
    rules = models.JSONField(default=dict, help_text="the author's settings when it was asked for")
    worker = models.CharField(max_length=36, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text="how often a worker was lost")
    phase = models.CharField(max_length=20, blank=True, help_text="what is being done, or why it failed")
    share = models.PositiveSmallIntegerField(default=0, help_text="thousandths of the phase that are done")
    seed = models.PositiveIntegerField()
    matched = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    bound = models.PositiveIntegerField(default=0)
    certified = models.BooleanField(default=False)
    prices = models.JSONField(default=dict, help_text="participant id to dual price: anybody can check the optimum")
    figures = models.JSONField(default=dict, help_text="counts by which two proposals are compared")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "open_slot"], name="reverse_mentoring_one_open_run"),
        ]


class Proposal(Row):
    """A pair in a proposal, with its reason as codes and numbers.

    What the desk sorts and filters by stands in columns: databases differ in how they look into JSON. ``next_mentor``
    is whom the mentee would else be best paired with, at a cost of at least ``next_cost`` points for the whole.

    .. no_pii: Row ids, codes and numbers.
    """

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="proposals")
    mentor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    mentee = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    utility = models.PositiveIntegerField()
    reason = models.JSONField()
    minutes = models.PositiveSmallIntegerField(default=0, help_text="shared in a week")
    covered = models.PositiveSmallIntegerField(default=0, help_text="topics of the mentee that the mentor covers")
    is_wished = models.BooleanField(default=False, help_text="one of the two wished for the other")
    next_mentor = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    next_cost = models.PositiveIntegerField(null=True, blank=True)
    is_fixed = models.BooleanField(default=False, help_text="the coordinator asked for this pair")
    released_at = models.DateTimeField(null=True, blank=True)

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
    origin = models.CharField(max_length=10, default="round", help_text="round, hand, request, handover or circle")
    circle = models.ForeignKey("Circle", on_delete=models.SET_NULL, null=True, blank=True, related_name="pairings")
    answer_by = models.DateTimeField(null=True, blank=True, help_text="an offer lapses then")
    reminded_at = models.DateTimeField(null=True, blank=True)
    conflict = models.CharField(max_length=20, blank=True, help_text="code of a rule that the two have come to break")
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


class Circle(Row):
    """A mentor and three to six mentees who meet together; each has a pairing with the mentor.

    .. no_pii: Row ids and a competence code.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="circles")
    mentor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="circles")
    topic = models.CharField(max_length=8, blank=True)


class Override(Row):
    """A coordinator's word on one pair: always, or never, as long as it stands. ``slot`` is 1 until it is lifted.

    .. no_pii: Row ids and a user id.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="overrides")
    mentor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    mentee = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in OverrideKind])
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    slot = models.PositiveSmallIntegerField(null=True, default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mentor", "mentee", "slot"], name="reverse_mentoring_one_override"),
        ]


class DeclaredConflict(Row):
    """Two people who are kept apart because a coordinator declared a conflict of interest. Who did is in the audit log.

    .. no_pii: Row ids.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="conflicts")
    mentor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    mentee = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mentor", "mentee"], name="reverse_mentoring_one_conflict"),
        ]


class PartnerRequest(Row):
    """A mentee's request to one mentor. ``slot`` is 1 while it waits: one request at a time.

    One that ``is_delivered`` reaches the mentor. Any other waits and lapses unseen: what keeps the two apart was
    confided, and a refusal would tell of it.

    .. no_pii: Row ids and times.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="requests")
    mentee = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="requests_made")
    mentor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="requests_received")
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in RequestState], default=RequestState.ASKED
    )
    answer_by = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    slot = models.PositiveSmallIntegerField(null=True, default=1)
    is_delivered = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mentee", "slot"], name="reverse_mentoring_one_request"),
        ]
        indexes = [models.Index(fields=["mentor", "state"], name="rm_request_by_mentor")]


class DeclineReason(models.Model):
    """Why offers were declined, as classes, without who declined or which pair it was.

    ``shown`` is what the coordinators see: the counts as they were when all of them last made up whole batches.

    .. no_pii: A code and a count; nothing leads to a person.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="decline_reasons")
    reason = models.CharField(max_length=12, choices=[(r.value, r.value) for r in WhyDeclined])
    count = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "reason"], name="reverse_mentoring_one_decline_count"),
        ]
