"""The small site keeps the LMS's contract."""

import factories
import pytest
from callers import Browser
from django.test import Client
from django.utils import translation

from reverse_mentoring_xblock.domain.states import PairingState
from reverse_mentoring_xblock.models import ModuleProgress, Participant
from reverse_mentoring_xblock.standalone.models import BlockState, Completion, CourseNode, ReceivedEvent, Score
from reverse_mentoring_xblock.standalone.olx import OlxError, load_course

TRAINING = "reverse_mentoring_training"
PAIRING = "reverse_mentoring_pairing"


@pytest.fixture
def mentor(course):
    return factories.participant("mentor")


def unit_of(block_type):
    return CourseNode.objects.filter(category=block_type).order_by("pk")[0].parent


@pytest.mark.usefixtures("course")
class TestAccess:
    def test_a_unit_asks_visitors_to_sign_in(self):
        answer = Client(HTTP_HOST="localhost").get(f"/units/{unit_of(TRAINING).usage_key}")
        assert answer.status_code == 302
        assert "/login" in answer.headers["Location"]

    def test_a_unit_is_closed_to_people_who_do_not_take_the_course(self):
        browser = Browser(factories.user(enrolled_in=None))
        assert browser.client.get(f"/units/{unit_of(TRAINING).usage_key}").status_code == 403

    def test_going_back_shows_no_page_of_before_and_none_of_somebody_who_has_signed_out(self, mentor):
        client = Browser(mentor.user).client
        for path in ("/", f"/units/{unit_of(TRAINING).usage_key}"):
            assert "no-store" in client.get(path).headers["Cache-Control"]

    @pytest.mark.parametrize("page", ["/gradebook", "/events"])
    def test_staff_pages_are_closed_to_learners(self, page):
        assert Browser(factories.user()).client.get(page).status_code == 403
        assert Browser(factories.coordinator()).client.get(page).status_code == 200

    def test_the_list_of_events_does_not_tell_staff_who_said_no(self):
        """An event is kept under the account of whoever acted."""
        pairs = [factories.pairing(state=PairingState.OFFERED) for _ in range(2)]
        ended = factories.pairing()
        for person, handler, pair in (
            (pairs[0].mentor, "decline", pairs[0]),
            (pairs[1].mentee, "accept", pairs[1]),
            (ended.mentee, "end_pairing", ended),
        ):
            assert Browser(person.user).do(PAIRING, handler, pairing=pair.uuid).status == 200
        assert Browser(pairs[1].mentor.user).do(PAIRING, "withdraw").status == 200
        assert Browser(pairs[0].mentor.user).do(PAIRING, "pause").status == 200
        assert ReceivedEvent.objects.count() == 5
        page = Browser(factories.coordinator()).client.get("/events").content.decode()
        assert "pairing.paused" in page
        for name in ("accepted", "declined", "ended", "withdrawn"):
            assert f"pairing.{name}" not in page

    def test_a_post_without_a_csrf_token_is_refused(self, mentor):
        client = Client(enforce_csrf_checks=True, HTTP_HOST="localhost")
        client.force_login(mentor.user)
        node = CourseNode.objects.get(category=TRAINING)
        url = f"/courses/{node.course.key}/xblock/{node.usage_key}/handler/open_module"
        assert client.post(url, {"module": ""}, headers={"RM-Request": "1"}).status_code == 403

    @pytest.mark.parametrize(
        "path",
        [
            "/courses/course-v1:Brannock+RM101+2026/xblock/nonsense/handler/join",
            "/courses/course-v1:Brannock+RM101+2026/xblock/"
            "block-v1:Brannock+RM101+2026+type@reverse_mentoring+block@gone/handler/join",
            "/courses/course-v1:Brannock+OTHER+2026/xblock/"
            "block-v1:Brannock+RM101+2026+type@reverse_mentoring+block@home/handler/join",
            "/courses/course-v1:Brannock+RM101+2026/xblock/"
            "block-v1:Brannock+RM101+2026+type@reverse_mentoring+block@home/handler/no_such_handler",
            "/courses/course-v1:Brannock+RM101+2026/xblock/"
            "block-v1:Brannock+RM101+2026+type@reverse_mentoring+block@home/handler/render",
            "/units/nonsense",
            "/xblock/resource/reverse_mentoring/templates/page.html",
            "/xblock/resource/reverse_mentoring/reverse_mentoring_xblock/../../content/training/pack.yaml",
            "/xblock/resource/no_such_block/x.js",
        ],
    )
    def test_what_is_not_there_is_not_found(self, path, mentor):
        assert Browser(mentor.user).client.get(path).status_code == 404

    def test_the_blocks_files_are_served(self):
        client = Client(HTTP_HOST="localhost")
        answer = client.get("/xblock/resource/reverse_mentoring/reverse_mentoring_xblock/js/reverse_mentoring.js")
        assert answer.status_code == 200
        assert "javascript" in answer.headers["Content-Type"]


@pytest.mark.usefixtures("course")
class TestViewingAsSomebody:
    def browse_as(self, username):
        browser = Browser(factories.coordinator())
        browser.client.post("/masquerade", {"view_as": username}, headers={"X-CSRFToken": "t" * 32})
        return browser

    def test_a_persons_part_is_not_shown(self, mentor):
        page = self.browse_as(mentor.user.username).see(TRAINING)
        assert "is theirs alone" in page
        assert "Your role as a mentor" not in page

    def test_nothing_is_written_as_them(self, mentor):
        answer = self.browse_as(mentor.user.username).do(TRAINING, "turn_page", module="mentor-role", step=2)
        assert answer.status == 403
        assert not ModuleProgress.objects.exists()
        assert not BlockState.objects.exists()

    def test_only_people_who_take_the_course_can_be_viewed_as(self):
        outsider = factories.user(enrolled_in=None)
        browser = Browser(factories.coordinator())
        answer = browser.client.post("/masquerade", {"view_as": outsider.username}, headers={"X-CSRFToken": "t" * 32})
        assert answer.status_code == 404

    def test_the_view_of_a_learner_hides_the_desk(self):
        assert "Training so far" not in self.browse_as("learner").see(TRAINING)

    def test_learners_cannot_view_as_anybody(self, mentor):
        browser = Browser(factories.user())
        answer = browser.client.post(
            "/masquerade", {"view_as": mentor.user.username}, headers={"X-CSRFToken": "t" * 32}
        )
        assert answer.status_code == 403


@pytest.mark.usefixtures("course")
class TestSigningInAsDemoPeople:
    def test_only_accounts_of_the_demo(self):
        real = factories.user()
        real.email = "real@company.example"
        real.save()
        client = Client(HTTP_HOST="localhost")
        assert client.post("/people/sign-in", {"username": real.username}).status_code == 404

    def test_a_demo_person(self):
        person = factories.user()
        client = Client(HTTP_HOST="localhost")
        client.post("/people/sign-in", {"username": person.username})
        assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.usefixtures("course")
def test_deleting_a_learners_state_forgets_what_they_did_in_the_block(mentor):
    browser = Browser(mentor.user)
    browser.do(TRAINING, "turn_page", module="mentor-role", step=2)
    assert BlockState.objects.filter(user=mentor.user).exists()
    node = CourseNode.objects.get(category=TRAINING)
    staff = Browser(factories.coordinator())
    staff.client.post(
        "/gradebook/reset", {"node": node.pk, "learner": mentor.user.username}, headers={"X-CSRFToken": "t" * 32}
    )
    assert not ModuleProgress.objects.exists()
    assert not BlockState.objects.filter(user=mentor.user).exists()
    assert Participant.objects.filter(pk=mentor.pk).exists()


@pytest.mark.usefixtures("course")
def test_grade_and_completion_need_their_exact_keys(mentor):
    from reverse_mentoring_xblock.standalone.runtime import SiteRuntime

    runtime = SiteRuntime(mentor.user)
    block = runtime.block_of(CourseNode.objects.get(category=TRAINING))
    with pytest.raises(KeyError):
        runtime.publish(block, "grade", {"value": 1.0})
    with pytest.raises(KeyError):
        runtime.publish(block, "completion", {})
    runtime.publish(block, "grade", {"value": 0.5, "max_value": 1.0, "user_id": 999})
    assert Score.objects.get().user == mentor.user
    assert not Completion.objects.exists()
    assert ReceivedEvent.objects.count() == 1


def test_loading_the_course_twice_keeps_it_and_drops_what_is_gone(course, tmp_path):
    import shutil

    from conftest import EXAMPLE

    copy = tmp_path / "course"
    shutil.copytree(EXAMPLE, copy)
    before = set(CourseNode.objects.values_list("usage_key", flat=True))
    load_course(copy)
    assert set(CourseNode.objects.values_list("usage_key", flat=True)) == before
    unit = next((copy / "vertical").glob("unit_training.xml"))
    unit.write_text('<vertical display_name="Role training"/>')
    load_course(copy)
    assert not CourseNode.objects.filter(category=TRAINING).exists()


@pytest.mark.django_db
def test_a_broken_course_names_the_file(tmp_path):
    with pytest.raises(OlxError, match=r"course\.xml"):
        load_course(tmp_path)


@pytest.mark.usefixtures("course")
def test_deleting_asks_first_and_names_the_person_and_what_goes(mentor):
    staff = Browser(factories.coordinator())
    node = CourseNode.objects.get(category="reverse_mentoring_pairing")
    page = staff.client.get("/gradebook/reset", {"node": node.pk, "learner": mentor.user.username}).content.decode()
    name = mentor.user.get_full_name()
    assert f"Delete what {name} did in “Find your partner”?" in page
    assert "for their partners, too" in page
    assert Participant.objects.filter(pk=mentor.pk).exists()
    assert staff.client.get("/gradebook/reset", {"node": "x", "learner": mentor.user.username}).status_code == 404
    stranger = Browser(mentor.user).client
    assert stranger.get("/gradebook/reset", {"node": node.pk, "learner": mentor.user.username}).status_code == 403


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize(
    ("path", "status", "says"), [("/nowhere", 404, "There is no page here"), ("/gradebook", 403, "for those who run")]
)
def test_pages_that_are_not_there_or_not_for_you_say_so_in_a_sentence(mentor, path, status, says):
    answer = Browser(mentor.user).client.get(path)
    assert answer.status_code == status
    assert says in answer.content.decode()
    assert "Go to the course" in answer.content.decode()


@pytest.mark.usefixtures("course")
def test_what_the_author_wrote_is_marked_with_the_courses_language(mentor):
    browser = Browser(mentor.user)
    browser.client.cookies["django_language"] = "de"
    with translation.override("en"):  # a request leaves its language behind
        page = browser.see(TRAINING)
    assert '<html lang="de"' in page
    assert '<div class="site-html" lang="en">' in page
    assert '<h1 lang="en">' in page
