"""Pages for course staff: gradebook, received events, and viewing the course as somebody else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ...shell.events import PREFIX
from ...shell.sentences.history import HIDDEN
from ..access import MASQUERADE, access_to
from ..anonymous import anonymous_id_of
from ..models import BlockState, Completion, Course, CourseNode, CourseStaff, Enrolment, ReceivedEvent, Score

PER_PAGE = 50


def staff_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the course, and open it to that course's staff alone, also while they view as a learner."""

    @login_required
    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        course = get_object_or_404(Course)
        if not CourseStaff.objects.filter(user=request.user, course_id=course.key).exists():  # type: ignore[misc]
            raise PermissionDenied
        return view(request, course)

    return checked


@staff_only
def gradebook(request: HttpRequest, course: Course) -> HttpResponse:
    """Scores and completion of everybody who takes the course."""
    columns = list(course.nodes.filter(category__startswith="reverse_mentoring").exclude(category="reverse_mentoring"))
    learners = Paginator(
        get_user_model()
        .objects.filter(enrolments__course_id=course.key, enrolments__is_active=True)
        .order_by(Lower("first_name"), Lower("last_name"), "pk"),
        PER_PAGE,
    ).get_page(request.GET.get("page"))
    scores = _by_cell(Score, learners.object_list)
    completion = _by_cell(Completion, learners.object_list)
    rows = [
        {
            "learner": learner,
            "cells": [
                {
                    "node": node,
                    "score": scores.get((learner.pk, node.usage_key)),
                    "completion": completion.get((learner.pk, node.usage_key)),
                }
                for node in columns
            ],
        }
        for learner in learners
    ]
    context = {"course": course, "columns": columns, "rows": rows, "learners": learners}
    return render(request, "standalone/gradebook.html", context)


def _by_cell(table: Any, learners: Any) -> dict[tuple[int, Any], Any]:
    return {(row.user_id, row.usage_key): row for row in table.objects.filter(user__in=list(learners))}


@require_http_methods(["GET", "POST"])
@staff_only
def reset_state(request: HttpRequest, course: Course) -> HttpResponse:
    """Ask first; then delete a learner's state in a block, as the instructor dashboard does: the block's hook, then
    the rows."""
    sent = request.POST if request.method == "POST" else request.GET
    learner = _learner(sent, course)
    wanted = sent.get("node", "")
    node = get_object_or_404(CourseNode, course=course, pk=wanted if wanted.isdecimal() else 0)
    if request.method == "GET":
        return render(request, "standalone/reset.html", {"course": course, "learner": learner, "node": node})
    block = access_to(request, course.key).runtime().block_of(node)
    block.clear_student_state(
        user_id=anonymous_id_of(learner.pk),
        course_id=str(course.key),
        item_id=str(node.usage_key),
        requesting_user_id=request.user.pk,
    )
    for table in (BlockState, Score, Completion):
        table.objects.filter(user=learner, usage_key=node.usage_key).delete()  # type: ignore[attr-defined]
    facts = {"name": learner.get_full_name() or learner.get_username(), "title": node.title}
    messages.success(request, _("What %(name)s did in “%(title)s” is deleted.") % facts)
    return redirect("gradebook")


@staff_only
def events(request: HttpRequest, course: Course) -> HttpResponse:
    """What the blocks told the platform, newest first. What the history hides is not here either: an event has the
    account of whoever said no."""
    private = [PREFIX + act for act in HIDDEN]
    received = ReceivedEvent.objects.exclude(name__in=private).select_related("user").order_by("-pk")
    page = Paginator(received, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "standalone/events.html", {"course": course, "events": page})


@require_POST
@staff_only
def masquerade(request: HttpRequest, course: Course) -> HttpResponse:
    """View the course as a learner in general, as one learner, or as oneself again."""
    wanted = request.POST.get("view_as", "")
    if wanted not in ("", "learner"):
        wanted = str(_learner(request.POST, course).pk)
    request.session[MASQUERADE] = {**request.session.get(MASQUERADE, {}), str(course.key): wanted}
    return redirect("outline")


def _learner(sent: QueryDict, course: Course) -> Any:
    chosen = sent.get("view_as") or sent.get("learner") or ""
    enrolled = Enrolment.objects.filter(course_id=course.key, is_active=True, user__username=chosen)
    return get_object_or_404(enrolled.select_related("user")).user
