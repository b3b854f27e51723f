"""What the platform would keep for a course: its blocks, who may see it, what learners did, scored and completed."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField, UsageKeyField


class Course(models.Model):
    """A course loaded from OLX.

    .. no_pii: Course content.
    """

    key = CourseKeyField(max_length=255, unique=True)
    title = models.CharField(max_length=255)
    language = models.CharField(max_length=16, default="en", help_text="of what its author wrote")


class CourseNode(models.Model):
    """A chapter, sequence, unit or block, in course order. ``fields`` are a block's authored settings.

    .. no_pii: Course content.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="nodes")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    usage_key = UsageKeyField(max_length=255, unique=True)
    category = models.CharField(max_length=64)
    title = models.CharField(max_length=255)
    position = models.PositiveIntegerField()
    fields = models.JSONField(default=dict)
    html = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]


class Enrolment(models.Model):
    """Who takes the course, as the platform's enrolment service tells it.

    .. no_pii: User ids.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments")
    course_id = CourseKeyField(max_length=255)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "course_id"], name="rm_site_one_enrolment")]


class CourseStaff(models.Model):
    """Who runs the course.

    .. no_pii: User ids.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff_of")
    course_id = CourseKeyField(max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "course_id"], name="rm_site_one_staff_role")]


class BlockState(models.Model):
    """A learner's field values in one block, as one JSON object, as the platform keeps it.

    .. no_pii: The blocks keep only what the platform's tools need there.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    usage_key = UsageKeyField(max_length=255)
    fields = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "usage_key"], name="rm_site_one_state")]


class Score(models.Model):
    """The gradebook's entry for one learner and block.

    .. no_pii: User ids and points.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    usage_key = UsageKeyField(max_length=255)
    value = models.FloatField()
    max_value = models.FloatField()
    modified = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "usage_key"], name="rm_site_one_score")]


class Completion(models.Model):
    """How far a learner is with one block, 0 to 1.

    .. no_pii: User ids and shares.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    usage_key = UsageKeyField(max_length=255)
    completion = models.FloatField()
    modified = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "usage_key"], name="rm_site_one_completion")]


class ReceivedEvent(models.Model):
    """An event as the tracking log would hold it.

    .. no_pii: User ids, codes, counts and dates.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    usage_key = UsageKeyField(max_length=255)
    name = models.CharField(max_length=100)
    data = models.JSONField()
    created = models.DateTimeField(auto_now_add=True)
