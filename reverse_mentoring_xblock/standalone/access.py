"""Who may see a course, and as whom a coordinator is looking at it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from opaque_keys.edx.keys import CourseKey

from .models import CourseStaff, Enrolment
from .runtime import SiteRuntime

MASQUERADE = "masquerade"  # session key: course key to user id, or "learner" for the generic view


@dataclass(frozen=True)
class Access:
    """A request's standing in one course. ``user`` is whom the page is for: another person while masquerading."""

    acting: Any
    user: Any
    is_staff: bool
    is_enrolled: bool
    views_as: str

    @property
    def may_load(self) -> bool:
        """Whether the course's pages open at all."""
        return self.is_staff or self.is_enrolled or bool(self.views_as)

    def runtime(self, preferences: Any = None) -> SiteRuntime:
        """A runtime bound to the person whom the page is for."""
        return SiteRuntime(self.user, acting=self.acting, is_staff=self.is_staff, preferences=preferences)


def access_to(request: Any, course_key: CourseKey) -> Access:
    """Work out who asks, whom the page is for, and what they are in this course."""
    acting = user = request.user
    if not acting.is_authenticated:
        return Access(acting, user, is_staff=False, is_enrolled=False, views_as="")
    is_staff = CourseStaff.objects.filter(user=acting, course_id=course_key).exists()
    views_as = request.session.get(MASQUERADE, {}).get(str(course_key), "") if is_staff else ""
    if views_as and views_as != "learner":
        user = _masquerade(acting, int(views_as), course_key)
    is_enrolled = Enrolment.objects.filter(user=user, course_id=course_key, is_active=True).exists()
    return Access(acting, user, is_staff=is_staff and not views_as, is_enrolled=is_enrolled, views_as=views_as)


def preferences(request: Any) -> dict[str, str]:
    """What the platform would know of the reader's wishes: the time zone that their browser is in."""
    return {"time_zone": request.COOKIES.get("rm-time-zone", "")}


def _masquerade(acting: Any, user_id: int, course_key: CourseKey) -> Any:
    """The learner, marked as the LMS marks them; only people who take the course can be viewed as."""
    learners = get_user_model().objects.filter(pk=user_id, enrolments__course_id=course_key, enrolments__is_active=True)
    learner = learners.first()
    if learner is None:
        return acting
    learner.real_user = acting
    return learner
