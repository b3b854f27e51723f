"""What every page of the site needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from .models import Course, CourseStaff


def site(request: HttpRequest) -> dict[str, Any]:
    """The course in the header, whether the reader runs it, and whether demo people can be signed in as."""
    course = Course.objects.first()
    user = request.user
    is_staff = bool(
        course and user.is_authenticated and CourseStaff.objects.filter(user=user, course_id=course.key).exists()
    )
    return {"site_course": course, "user_is_staff": is_staff, "demo_mode": settings.DEMO_MODE}
