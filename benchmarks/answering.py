"""What saving one answer of the self-assessment costs while the programme grows.

Run ``python benchmarks/answering.py [size ...]``, by default 10, 1,000 and 100,000 attempts in the database, each with
all its answers. At every size some mentees answer question after question through the block's handler, as their
browsers do.
"""

import sys
import uuid
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

VAR = Path(__file__).resolve().parent.parent / "var"
SIZES = [int(size) for size in sys.argv[1:]] or [10, 1_000, 100_000]
sys.argv = [sys.argv[0], str(VAR / "bench-answering"), "24"]

from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from ours import Course, Enrolment, Place, Request, SiteRuntime, call_command, impersonate, join, urlencode  # noqa: E402
from site_under_test import ROOT  # noqa: E402

from reverse_mentoring_xblock.domain.states import Role  # noqa: E402
from reverse_mentoring_xblock.models import Answer, Attempt, Participant  # noqa: E402
from reverse_mentoring_xblock.selectors.rounds import round_of  # noqa: E402
from reverse_mentoring_xblock.standalone.models import CourseNode  # noqa: E402

PEOPLE, QUESTIONS = 10, 30
GOAL = 1.5
CHUNK = 5_000


@transaction.atomic
def fill(place: Place, until: int) -> None:
    """Copy the demo's handed-in attempts, answers and all, until there are so many."""
    kept = list(Attempt.objects.filter(submitted_at__isnull=False, phase="start").order_by("pk")[:10])
    programme, accounts = kept[0].participant.programme, get_user_model()
    while (missing := until - Attempt.objects.count()) > 0:
        names = [uuid.uuid4().hex for _ in range(min(missing, CHUNK))]
        accounts.objects.bulk_create(accounts(username=name, password="!") for name in names)
        users = accounts.objects.filter(username__in=names).values_list("pk", flat=True)
        Participant.objects.bulk_create(
            Participant(programme=programme, user_id=user, role=Role.MENTEE) for user in users
        )
        people = Participant.objects.order_by("-pk").values_list("pk", flat=True)[: len(names)]
        newest = Attempt.objects.order_by("-pk").values_list("pk", flat=True)[0]
        Attempt.objects.bulk_create(_copy_of(kept[number % len(kept)], person) for number, person in enumerate(people))
        _copy_answers(newest, kept)


def _copy_of(attempt: Attempt, person: int) -> Attempt:
    facts = {field.attname: getattr(attempt, field.attname) for field in Attempt._meta.fields}
    return Attempt(**{**facts, "id": None, "uuid": uuid.uuid4(), "participant_id": person})


def _copy_answers(newest: int, kept: list[Attempt]) -> None:
    """Give every attempt after ``newest`` the answers of the kept attempt with the same seed."""
    answers, attempts = Answer._meta.db_table, Attempt._meta.db_table
    with connection.cursor() as cursor:
        for attempt in kept:
            cursor.execute(
                f"INSERT INTO {answers} (attempt_id, item, value, confidence, modified) "
                f"SELECT t.id, a.item, a.value, a.confidence, a.modified FROM {attempts} t, {answers} a "
                "WHERE t.id > %s AND t.seed = %s AND a.attempt_id = %s",
                [newest, attempt.seed, attempt.pk],
            )


def answer_times(place: Place, node: CourseNode) -> tuple[list[float], list[float]]:
    """Wall and processor milliseconds of each round trip of some new mentees."""
    walls, processors = [], []
    for _ in range(PEOPLE):
        user = get_user_model().objects.create(username=f"bench-{uuid.uuid4().hex}")
        Enrolment.objects.create(user=user, course_id=place.context_key)
        join(place, user.pk, Role.MENTEE)
        _call(user, node, "begin", profile="general")
        attempt = Attempt.objects.get(participant__user=user)
        for number in range(QUESTIONS):
            said = round_of(attempt, Role.MENTEE)
            question = said.position().question
            check = said.bank.checks.get(question.id)
            sent = {"answer": check.key, "sure": "even"} if check else {"answer": "2"}
            wall, processor = perf_counter(), process_time()
            _call(user, node, "answer_item", item=question.id, **sent)
            if number:  # the first call of a person warms up
                walls.append((perf_counter() - wall) * 1e3)
                processors.append((process_time() - processor) * 1e3)
            attempt.refresh_from_db()
    return walls, processors


def _call(user: object, node: CourseNode, handler: str, **data: str) -> None:
    with impersonate(user):
        block = SiteRuntime(user).get_block(node.usage_key)
        body = urlencode(data).encode()
        answer = block.runtime.handle(
            block, handler, Request.blank("/", method="POST", body=body, headers={"RM-Request": "1"})
        )
    assert answer.status_code == 200, answer.text


def main() -> None:
    """Grow, answer, and print a row for each size."""
    call_command("load_course", ROOT / "examples" / "onboarding-course", stdout=sys.stderr)
    call_command("demo", people=24, stdout=sys.stderr)
    place = Place(Course.objects.get().key, "main")
    node = CourseNode.objects.filter(category="reverse_mentoring_assessment").order_by("pk")[0]
    answer_times(place, node)  # warms up
    print("| attempts | answers | round trip, ms | processor, ms | processor against the smallest |")
    print("| ---: | ---: | ---: | ---: | ---: |", flush=True)
    first = None
    for size in SIZES:
        fill(place, size)
        walls, processors = answer_times(place, node)
        now = median(processors)
        first = first or now
        row = (f"{size:,}", f"{Answer.objects.count():,}", f"{median(walls):.1f}", f"{now:.1f}", f"{now / first:.2f}")
        print(f"| {' | '.join(row)} |", flush=True)
    verdict = "PASS" if now / first <= GOAL else "MISS"
    print(
        f"\n{verdict}: saving an answer costs at most {GOAL} times as much at {SIZES[-1]:,} attempts as at {SIZES[0]:,}"
    )


if __name__ == "__main__":
    main()
