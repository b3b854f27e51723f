"""What ``compat`` asks of a host, answered by the standalone site."""

from collections.abc import Mapping, Sequence
from typing import Any

from crum import get_current_request
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from opaque_keys.edx.keys import LearningContextKey
from xblock.core import XBlock

from ..compat import BlockPage, send
from ..selectors.prepared import Given, prepared
from .anonymous import user_id_of
from .models import Course, CourseNode, Enrolment, Score


def user_id_for(anonymous_id: str) -> int | None:
    """The person behind an anonymous id."""
    return user_id_of(anonymous_id)


def publish_grade_of(user_id: int, block: Any, value: float, max_value: float) -> None:
    """Write somebody else's score into the gradebook."""
    Score.objects.update_or_create(
        user_id=user_id, usage_key=block.usage_key, defaults={"value": value, "max_value": max_value}
    )


def block_pages(context_key: LearningContextKey, block_types: Sequence[str]) -> Sequence[BlockPage]:
    """The blocks of these types in course order, with their settings and the address of the unit they stand in."""
    return [
        BlockPage(
            category,
            {name: field.default for name, field in XBlock.load_class(category).fields.items()} | fields,
            reverse("unit", args=[unit]),
        )
        for category, fields, unit in _nodes(tuple(block_types), course=context_key)
    ]


def mail_sender() -> str:
    """The address that mail comes from."""
    return str(settings.DEFAULT_FROM_EMAIL)


def whole_address(path: str) -> str:
    """The address of a page under the name by which the site was asked; nobody asks in the daily work."""
    request = get_current_request()
    return str(request.build_absolute_uri(path)) if request else f"{settings.SITE_URL}{path}"


def languages_of(user_ids: Sequence[int]) -> Mapping[int, str]:
    """The site keeps no language of a person: it is that of the newest course they take."""
    courses = (
        Enrolment.objects.filter(user__in=user_ids, is_active=True).order_by("pk").values_list("user_id", "course_id")
    )
    newest = dict(courses)
    spoken = dict(Course.objects.filter(key__in=set(newest.values())).values_list("key", "language"))
    return {user: spoken[key] for user, key in newest.items() if key in spoken}


def has_queue() -> bool:
    """Whether the operator has given the site a broker."""
    return bool(settings.CELERY_BROKER_URL)


def run_later(task: str, *arguments: int) -> bool:
    """Put a task into the queue. False when it cannot be reached."""
    from .queue import app

    return send(app, task, arguments)


@prepared
def _nodes(block_types: tuple[str, ...]) -> "QuerySet[CourseNode, Any]":
    course = Given("course", Course._meta.get_field("key"))
    nodes = CourseNode.objects.filter(course__key=course, category__in=block_types, parent__isnull=False)
    return nodes.values_list("category", "fields", "parent__usage_key")
