"""The only door to the platform: lazy, one function per need.

On another host, such as the standalone site, the setting ``REVERSE_MENTORING_PLATFORM`` names a module with the same
functions.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any, NamedTuple

from django.conf import settings
from opaque_keys.edx.keys import LearningContextKey
from xblock.fields import Scope

BROKER_SECONDS = 3


def _host() -> ModuleType | None:
    path = getattr(settings, "REVERSE_MENTORING_PLATFORM", None)
    return import_module(path) if path else None


def acts_as_somebody_else(bound_user_id: int) -> bool:
    """Whether the request comes from another person than the one the block is bound to: staff who masquerade.

    In a handler the platform leaves the staff member on the request; when it renders a view it puts the learner
    there and remembers the staff member as ``real_user``.
    """
    from crum import get_current_user

    user = get_current_user()
    if user is None:
        return False
    return user.pk != bound_user_id or getattr(user, "real_user", None) is not None


def user_id_for(anonymous_id: str) -> int | None:
    """The id of the person behind an anonymous id, without any XBlock service."""
    if host := _host():
        return host.user_id_for(anonymous_id)  # type: ignore[no-any-return]
    from common.djangoapps.student.models import user_by_anonymous_id

    user = user_by_anonymous_id(anonymous_id)
    return user.pk if user else None


def publish_grade_of(user_id: int, block: Any, value: float, max_value: float) -> None:
    """Write a score for somebody other than the person who acts.

    ``publish("grade")`` always grades the bound person, so the platform's own signal is used, as its LTI consumer does.
    """
    if host := _host():
        host.publish_grade_of(user_id, block, value, max_value)
        return
    from django.contrib.auth import get_user_model
    from lms.djangoapps.grades.api import signals

    user = get_user_model().objects.get(pk=user_id)
    signals.SCORE_PUBLISHED.send(
        sender=None, block=block, user=user, raw_earned=value, raw_possible=max_value, only_if_higher=False
    )


def has_queue() -> bool:
    """Whether the host has workers for what takes long."""
    if host := _host():
        return host.has_queue()  # type: ignore[no-any-return]
    return find_spec("celery") is not None


def run_later(task: str, *arguments: int) -> bool:
    """Put a task into the host's queue by its name (``tasks``). False when the queue cannot be reached.

    In Open edX it goes where the setting ``REVERSE_MENTORING_QUEUE`` says, else into the queue for everything.
    """
    if host := _host():
        return host.run_later(task, *arguments)  # type: ignore[no-any-return]
    from celery import current_app

    return send(current_app, task, arguments, queue=getattr(settings, "REVERSE_MENTORING_QUEUE", None))


def send(app: Any, task: str, arguments: Sequence[int], **options: Any) -> bool:
    """Send a task through a Celery app. False when the broker does not answer within seconds: left alone, Celery would
    try for minutes, and a person waits."""
    from kombu.exceptions import OperationalError

    try:
        with app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
            app.signature(task, args=arguments).apply_async(retry=False, connection=broker, **options)
    except OperationalError:
        return False
    return True


class BlockPage(NamedTuple):
    """Another block of the course: its settings, the author's or their defaults, and the address of its page."""

    block_type: str
    settings: Mapping[str, Any]
    address: str


def block_pages(context_key: LearningContextKey, block_types: Sequence[str]) -> Sequence[BlockPage] | None:
    """The blocks of these types in a course, and where a learner finds them. None on a host that cannot tell: Studio
    has no address for learners."""
    if host := _host():
        return host.block_pages(context_key, block_types)  # type: ignore[no-any-return]
    from django.urls import NoReverseMatch, reverse

    try:
        from xmodule.modulestore.django import modulestore

        blocks = modulestore().get_items(context_key, qualifiers={"category": {"$in": list(block_types)}})
        return [
            BlockPage(
                block.category,
                {name: getattr(block, name) for name, field in block.fields.items() if field.scope == Scope.settings},
                reverse("jump_to", args=[str(context_key), str(block.location)]),
            )
            for block in blocks
        ]
    except (ImportError, NoReverseMatch):
        return None


def mail_sender() -> str:
    """The address that mail comes from."""
    if host := _host():
        return host.mail_sender()  # type: ignore[no-any-return]
    from openedx.core.djangoapps.site_configuration import helpers

    return helpers.get_value("email_from_address", settings.DEFAULT_FROM_EMAIL)  # type: ignore[no-any-return]


def whole_address(path: str) -> str:
    """The address of a page, from its path, for those who come from a mail."""
    if host := _host():
        return host.whole_address(path)  # type: ignore[no-any-return]
    from openedx.core.djangoapps.site_configuration import helpers

    root = helpers.get_value("LMS_ROOT_URL", settings.LMS_ROOT_URL)
    return f"{root.rstrip('/')}{path}"


def languages_of(user_ids: Sequence[int]) -> Mapping[int, str]:
    """The language in which each person reads the platform, as far as they have chosen one."""
    if host := _host():
        return host.languages_of(user_ids)  # type: ignore[no-any-return]
    from openedx.core.djangoapps.user_api.models import UserPreference

    chosen = UserPreference.objects.filter(user__in=user_ids, key="pref-lang")
    return dict(chosen.values_list("user_id", "value"))
