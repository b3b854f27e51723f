"""Our side: every block of the permission table, for a person in each place of the programme, and for staff."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from site_under_test import EMPTY, ROOT, add_node, set_up

FOLDER, PEOPLE = Path(sys.argv[1]), int(sys.argv[2])
set_up(FOLDER)

from crum import impersonate  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from measuring import Side, View, serve  # noqa: E402
from standings import COORDINATOR, people  # noqa: E402

from reverse_mentoring_xblock.content.loading import load_training_pack  # noqa: E402
from reverse_mentoring_xblock.data import Place  # noqa: E402
from reverse_mentoring_xblock.domain.permissions import HANDLERS  # noqa: E402
from reverse_mentoring_xblock.models import ModuleProgress, Participant  # noqa: E402
from reverse_mentoring_xblock.standalone.models import BlockState, Course, CourseNode  # noqa: E402
from reverse_mentoring_xblock.standalone.runtime import SiteRuntime  # noqa: E402

TRAINING = "reverse_mentoring_training"


def rendering(user: Any, usage_key: Any, is_staff: bool) -> Callable[[], Any]:
    """How the unit page renders the block: a new runtime, the block by its key, its view."""

    def render() -> Any:
        with impersonate(user):
            return SiteRuntime(user, is_staff=is_staff).get_block(usage_key).render("student_view", {})

    return render


def make_views(place: Place, course: Course) -> list[View]:
    """The blocks in the table's order; within a block people in the order of the journey, staff last."""
    accounts = {name: get_user_model().objects.get(pk=user_id) for name, user_id in people(place).items()}
    made = [View("ours: empty block", rendering(accounts[COORDINATOR], add_node(course, EMPTY, "empty"), False))]
    for block_type in HANDLERS:
        usage_key = CourseNode.objects.filter(course=course, category=block_type).order_by("position")[0].usage_key
        short = block_type.removeprefix("reverse_mentoring").strip("_") or "home"
        if block_type == TRAINING:
            _open_module(place, usage_key, accounts)
        for name, account in accounts.items():
            made.append(View(f"{short}: {name}", rendering(account, usage_key, name == COORDINATOR)))
    return made


def _open_module(place: Place, usage_key: Any, accounts: Mapping[str, Any]) -> None:
    """Whoever has begun with the training has a module open: a page or its check, not the list alone."""
    for name, account in accounts.items():
        row = ModuleProgress.objects.filter(
            participant__user=account, participant__programme__context_key=place.context_key
        )
        started = row.order_by("passed_at", "-attempts", "pk").first()
        if started and ("in training" in name or "in assessment" in name):
            BlockState.objects.update_or_create(
                user=account, usage_key=usage_key, defaults={"fields": {"module": started.module, "opened": True}}
            )


def main() -> None:
    """Load the example course, let the demo make its people, and wait for the conductor."""
    call_command("load_course", ROOT / "examples" / "onboarding-course", stdout=sys.stderr)
    call_command("demo", people=PEOPLE, stdout=sys.stderr)
    load_training_pack()
    course = Course.objects.get()
    place = Place(course.key, "main")
    views = make_views(place, course)
    serve(Side(views, ("reverse-mentoring-xblock", "XBlock", "Django"), people=Participant.objects.count()))


if __name__ == "__main__":
    main()
