"""The services that the LMS gives to blocks, with the same names and the same answers."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.reference.user_service import UserService as StockUserService
from xblock.reference.user_service import XBlockUser

from .models import Completion, Enrolment

ATTRIBUTE = "edx-platform."


class UserService(StockUserService):
    """Who the block is bound to."""

    def __init__(self, user: Any, *, is_staff: bool, preferences: Mapping[str, str]) -> None:
        super().__init__()
        self._user = user
        self._is_staff = is_staff
        self._preferences = preferences

    def get_current_user(self) -> XBlockUser:
        user = self._user
        found = XBlockUser(is_current_user=True)
        if not user.is_authenticated:
            found.opt_attrs = {f"{ATTRIBUTE}is_authenticated": False}
            return found
        found.full_name = user.get_full_name()
        found.emails = [user.email]
        found.opt_attrs = {
            f"{ATTRIBUTE}is_authenticated": True,
            f"{ATTRIBUTE}user_id": user.pk,
            f"{ATTRIBUTE}username": user.get_username(),
            f"{ATTRIBUTE}user_is_staff": self._is_staff,
            f"{ATTRIBUTE}user_is_global_staff": False,
            f"{ATTRIBUTE}user_role": "staff" if self._is_staff else "student",
            f"{ATTRIBUTE}user_preferences": dict(self._preferences),
        }
        return found


class EnrollmentsService:
    """Who takes a course."""

    def get_active_enrollments_by_course(self, course_id: CourseKey) -> QuerySet[Enrolment]:
        """Active enrolments of a course, as a queryset: the platform does the same."""
        return Enrolment.objects.filter(course_id=course_id, is_active=True)


class CompletionService:
    """Completion of people other than the one who acts."""

    def submit_group_completion(
        self, block_key: UsageKey, completion: float, users: Iterable[Any] = (), user_ids: Iterable[int] = ()
    ) -> None:
        """Complete a block for several people, given as users or as ids."""
        if not 0.0 <= completion <= 1.0:
            raise ValueError(f"completion is a share from 0 to 1, not {completion}")
        chosen = {user.pk for user in users} | set(user_ids)
        for user in get_user_model().objects.filter(pk__in=chosen):
            Completion.objects.update_or_create(user=user, usage_key=block_key, defaults={"completion": completion})
