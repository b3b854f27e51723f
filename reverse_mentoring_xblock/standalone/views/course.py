"""The course as a learner goes through it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import escape
from django.views.decorators.cache import never_cache
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import UsageKey
from web_fragments.fragment import Fragment

from ..access import access_to, preferences
from ..models import Completion, Course, CourseNode


@never_cache
def outline(request: HttpRequest) -> HttpResponse:
    """Chapters and units, with what is complete for the person who looks."""
    course = Course.objects.first()
    if course is None:
        return render(request, "standalone/no_course.html")
    access = access_to(request, course.key)
    done = set()
    if access.user.is_authenticated:
        done = set(Completion.objects.filter(user=access.user, completion=1).values_list("usage_key", flat=True))
    chapters = [
        {"title": chapter.title, "units": [_unit_row(unit, done) for unit in units]}
        for chapter, units in _chapters(course)
    ]
    return render(request, "standalone/outline.html", {"course": course, "access": access, "chapters": chapters})


def _chapters(course: Course) -> list[tuple[CourseNode, list[CourseNode]]]:
    nodes = list(course.nodes.select_related("parent"))
    units = [node for node in nodes if node.category == "vertical"]
    for unit in units:
        unit.blocks = [node for node in nodes if node.parent_id == unit.pk]  # type: ignore[attr-defined]
    return [
        (chapter, [unit for unit in units if unit.parent and unit.parent.parent_id == chapter.pk])
        for chapter in nodes
        if chapter.category == "chapter"
    ]


def _unit_row(unit: CourseNode, done: set) -> dict:
    counted = [node.usage_key for node in unit.blocks if node.category not in ("html", "reverse_mentoring")]  # type: ignore[attr-defined]
    return {"unit": unit, "is_complete": bool(counted) and all(key in done for key in counted)}


@never_cache
@login_required
def unit(request: HttpRequest, usage_id: str) -> HttpResponse:
    """One unit with all its blocks on one page."""
    try:
        node = get_object_or_404(
            CourseNode.objects.select_related("course"), usage_key=UsageKey.from_string(usage_id), category="vertical"
        )
    except InvalidKeyError:
        raise Http404 from None
    access = access_to(request, node.course.key)
    if not access.may_load:
        return render(request, "standalone/not_enrolled.html", {"course": node.course}, status=403)
    request.user = access.user  # the LMS, too, renders a unit as the person who is viewed as
    page = Fragment()
    runtime = access.runtime(preferences(request))
    for child in node.children.select_related("course"):
        page.add_fragment_resources(_rendered(child, runtime, page))
    siblings = list(node.course.nodes.filter(category="vertical"))
    here = siblings.index(node)
    context = {
        "course": node.course,
        "unit": node,
        "access": access,
        "page": page,
        "before": siblings[here - 1] if here else None,
        "after": siblings[here + 1] if here + 1 < len(siblings) else None,
    }
    request.user = access.acting
    return render(request, "standalone/unit.html", context)


def _rendered(child: CourseNode, runtime: object, page: Fragment) -> Fragment:
    if child.category == "html":
        page.add_content(f'<div class="site-html" lang="{escape(child.course.language)}">{child.html}</div>')
        return Fragment()
    fragment: Fragment = runtime.block_of(child).render("student_view")  # type: ignore[attr-defined]
    page.add_content(fragment.body_html())
    return fragment
