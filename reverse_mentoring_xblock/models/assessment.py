"""The digital skills self-assessment: banks, attempts, answers and goals. Read for the person and the matcher only."""

from django.db import models

from ..domain.assessment.bank import Form
from .base import Row
from .participant import Participant


class ItemBank(Row):
    """A bank of an author's own, as it was when somebody began a round with it. It is never changed: scores have to be
    worked out again from it. The bank that comes with the package is not kept here.

    .. no_pii: Questions and their words.
    """

    digest = models.CharField(max_length=64, unique=True)
    bank = models.CharField(max_length=64)
    version = models.CharField(max_length=20)
    source = models.TextField(help_text="the whole file")


class Attempt(Row):
    """One round of questions. ``open_slot`` is 1 while it is being answered, so that there is at most one open.

    What the author had set when it was begun is kept with it: later changes to the block do not move a round that
    somebody is in.

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
    form = models.CharField(max_length=1, choices=[(form.value, form.value) for form in Form], default=Form.A)
    role_profile = models.CharField(max_length=60, blank=True)
    targets = models.JSONField(default=dict, help_text="level aimed at, 0 to 100, by code; 60 where none is given")
    weights = models.JSONField(default=dict, help_text="emphasis of the programme, 0.5 to 1.5, by code")
    uses_checks = models.BooleanField(default=False)
    uses_terms = models.BooleanField(default=False)
    checks = models.JSONField(default=list, help_text="ids of the scenarios chosen so far, in that order")
    repeats = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    routes = models.JSONField(default=dict, help_text="second rungs settled by the round that this one repeats")
    looks_back = models.JSONField(default=list, help_text="topics of the round that this one repeats")
    goals = models.PositiveSmallIntegerField(default=0, help_text="how many goals are asked about")
    open_slot = models.PositiveSmallIntegerField(null=True, default=1)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="since when the open question stands")
    submitted_at = models.DateTimeField(null=True, blank=True)
    topics = models.JSONField(default=list, help_text="codes that the person settled on: to learn, or to help with")
    scores = models.JSONField(default=dict, help_text="domain.assessment.summary, from the moment of handing in")
    careless = models.JSONField(default=list, help_text="signs that the round was clicked through")
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
    """The latest answer to one question: a step, an option, or why there is none. ``seconds`` is kept until the round
    is handed in, to see whether it was clicked through.

    .. pii: A person's own view of their digital skills.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField(max_length=40)
    value = models.CharField(max_length=32, help_text="0 to 4, na, skip, unsure, or an option of a scenario")
    confidence = models.CharField(max_length=8, blank=True, help_text="how sure: guess, even, fairly or certain")
    seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    modified = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "item"], name="reverse_mentoring_one_answer")]


class Goal(Row):
    """What a mentee wants to do differently by the end, in their own words. How far they came is an answer of the end
    round; ``done_on`` is the day on which they did it for real.

    .. pii: A person's own words about their work.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="goals")
    number = models.PositiveSmallIntegerField(help_text="1 to 3")
    text = models.CharField(max_length=300)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "number"], name="reverse_mentoring_one_goal_each"),
        ]
