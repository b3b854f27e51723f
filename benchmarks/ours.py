"""Our side: every block of the permission table, for a person in each place of the programme, and for staff."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from site_under_test import EMPTY, ROOT, add_node, set_up

FOLDER, PEOPLE = Path(sys.argv[1]), int(sys.argv[2])
set_up(FOLDER)

from crum import impersonate  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from measuring import Side, View, serve  # noqa: E402
from standings import AT_A_SESSION, COORDINATOR, IN_TRAINING, people  # noqa: E402
from webob import Request  # noqa: E402

from reverse_mentoring_xblock.content.instrument import shipped  # noqa: E402
from reverse_mentoring_xblock.data import Place  # noqa: E402
from reverse_mentoring_xblock.domain.assessment.scenarios import most_checks  # noqa: E402
from reverse_mentoring_xblock.domain.assessment.setup import RoleProfile, Setup  # noqa: E402
from reverse_mentoring_xblock.domain.permissions import HANDLERS  # noqa: E402
from reverse_mentoring_xblock.domain.states import Role  # noqa: E402
from reverse_mentoring_xblock.models import Attempt, ModuleProgress, Reflection  # noqa: E402
from reverse_mentoring_xblock.selectors.rounds import round_of  # noqa: E402
from reverse_mentoring_xblock.services.assessment import answer_item, begin  # noqa: E402
from reverse_mentoring_xblock.services.joining import join  # noqa: E402
from reverse_mentoring_xblock.standalone.models import Course, CourseNode, Enrolment  # noqa: E402
from reverse_mentoring_xblock.standalone.runtime import SiteRuntime  # noqa: E402

TRAINING = "reverse_mentoring_training"
JOURNAL = "reverse_mentoring_journal"
ANSWERED = 10  # questions that the person in the middle of the assessment has behind them


def rendering(user: Any, usage_key: Any, is_staff: bool) -> Callable[[], Any]:
    """How the unit page renders the block: a new runtime, the block by its key, its view."""

    def render() -> Any:
        with impersonate(user):
            return SiteRuntime(user, is_staff=is_staff).get_block(usage_key).render("student_view", {})

    return render


def make_views(place: Place, course: Course) -> list[View]:
    """The blocks in the table's order; within a block people in the order of the journey, staff last."""
    if not Attempt.objects.filter(submitted_at=None).exists():
        _begin_assessment(place)
    accounts = {name: get_user_model().objects.get(pk=user_id) for name, user_id in people(place).items()}
    keys = {
        block_type: CourseNode.objects.filter(course=course, category=block_type).order_by("position")[0].usage_key
        for block_type in HANDLERS
    }
    _open_pages(accounts, keys)
    made = [View("ours: empty block", rendering(accounts[COORDINATOR], add_node(course, EMPTY, "empty"), False))]
    for block_type, usage_key in keys.items():
        short = block_type.removeprefix("reverse_mentoring").strip("_") or "home"
        for name, account in accounts.items():
            made.append(View(f"{short}: {name}", rendering(account, usage_key, name == COORDINATOR)))
    return made


def _begin_assessment(place: Place) -> None:
    """A mentee half way through the questions: the demo's people have all answered or not begun."""
    user = get_user_model().objects.create(username="bench-answering", first_name="Sam", last_name="Halfway")
    Enrolment.objects.create(user=user, course_id=place.context_key)
    join(place, user.pk, Role.MENTEE)
    core = shipped().bank.sets["core-12"]
    setup = Setup(core, (RoleProfile("general"),), most_checks=most_checks(shipped().bank, len(core)))
    begin(place, user.pk, "start", setup, shipped())
    attempt = Attempt.objects.get(participant__user=user)
    for _ in range(ANSWERED):
        question = round_of(attempt, Role.MENTEE).position().question
        answer_item(place, user.pk, "start", question.id, "2")


def _open_pages(accounts: Mapping[str, Any], keys: Mapping[str, Any]) -> None:
    """Blocks remember what a person has open, so it is opened here as people do it: by calling the block."""
    for name, account in accounts.items():
        progress = ModuleProgress.objects.filter(participant__user=account).order_by("passed_at", "-attempts", "pk")
        if IN_TRAINING in name and (begun := progress.first()):
            _call(account, keys[TRAINING], "open_module", module=begun.module)
        reflections = Reflection.objects.filter(author__user=account).order_by("-revision", "pk")
        if AT_A_SESSION in name and (written := reflections.first()):
            _call(account, keys[JOURNAL], "open_session", session=written.session.uuid)


def _call(account: Any, usage_key: Any, handler: str, **data: Any) -> None:
    with impersonate(account):
        block = SiteRuntime(account).get_block(usage_key)
        request = Request.blank("/", method="POST", body=urlencode(data).encode(), headers={"RM-Request": "1"})
        answer = block.runtime.handle(block, handler, request)
        assert answer.status_code == 200, answer.text


def main() -> None:
    """Load the example course, let the demo make its people, and wait for the conductor."""
    call_command("load_course", ROOT / "examples" / "onboarding-course", stdout=sys.stderr)
    call_command("demo", people=PEOPLE, stdout=sys.stderr)
    course = Course.objects.get()
    place = Place(course.key, "main")
    views = make_views(place, course)
    serve(Side(views, ("reverse-mentoring-xblock", "XBlock", "Django"), people=PEOPLE))


if __name__ == "__main__":
    main()
