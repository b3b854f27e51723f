"""Signing in as one of the demo people. These addresses exist only in demo mode."""

from django.contrib.auth import get_user_model, login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from ..demo import DEMO_DOMAIN, demo_rows
from ..models import Course, CourseStaff

PER_PAGE = 60


def people(request: HttpRequest) -> HttpResponse:
    """Everybody in the demo and where they stand."""
    course = get_object_or_404(Course)
    page = Paginator(demo_rows(course.key), PER_PAGE).get_page(request.GET.get("page"))
    staff = CourseStaff.objects.filter(course_id=course.key).select_related("user").order_by("pk")
    return render(request, "standalone/people.html", {"course": course, "people": page, "staff": staff})


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Become a demo person. Accounts that the demo did not make cannot be signed in as."""
    username = request.POST.get("username", "")
    person = get_object_or_404(get_user_model(), username=username, email__endswith=f"@{DEMO_DOMAIN}")
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("outline")
