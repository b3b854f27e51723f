import casts
import factories
import pytest
from callers import Browser

from reverse_mentoring_xblock.domain.states import ParticipantState, Role
from reverse_mentoring_xblock.models import Participant, Veto
from reverse_mentoring_xblock.standalone.anonymous import anonymous_id_of
from reverse_mentoring_xblock.standalone.models import CourseNode, ReceivedEvent
from reverse_mentoring_xblock.standalone.runtime import SiteRuntime

PAIRING = "reverse_mentoring_pairing"
pytestmark = pytest.mark.usefixtures("course")

ANSWERS = {
    "level": "6",
    "department": "Finance",
    "site": "Leeds",
    "manager": "Margaret@Brannock.example",
    "languages": ["en", "sv"],
    "other_languages": "Catalan; sw",
    "time_zone": "europe/london",
    "hours": ["0-morning", "0-midday", "2-afternoon"],
    "capacity": "2",
    "topics": ["1.2", "4.1"],
    "vetoes": "paolo\r\n\r\n  Grace@brannock.example \r\npaolo",
    "agree": "true",
}


@pytest.fixture
def mentee():
    return casts.assessed(factories.trained(factories.participant(Role.MENTEE)))


@pytest.fixture
def mentor():
    return factories.trained(factories.participant(Role.MENTOR))


def author_sets(**fields):
    node = CourseNode.objects.get(category=PAIRING)
    node.fields = {**node.fields, **fields}
    node.save()


def answers(**changed):
    return {name: value for name, value in {**ANSWERS, **changed}.items() if value is not None}


def sign_up(person, **changed):
    return Browser(person.user).do(PAIRING, "sign_up", **answers(**changed))


def now(person):
    return Participant.objects.get(pk=person.pk)


class TestGates:
    def test_what_is_missing_is_named_with_its_state_and_its_place(self):
        page = Browser(factories.trained(factories.participant(Role.MENTEE)).user).see(PAIRING)
        assert "Pairing opens for you when this is done." in page
        assert "Pass the training for your role" in page
        assert "Go to the self-assessment" in page
        assert "Go to the training" not in page
        assert "Sign up for pairing" not in page

    def test_a_mentor_is_not_asked_for_an_assessment(self):
        page = Browser(factories.participant(Role.MENTOR).user).see(PAIRING)
        assert "Go to the training" in page
        assert "self-assessment" not in page.split("Pass the training")[1].split("</section>")[0]

    def test_the_author_can_open_the_gates(self):
        author_sets(require_training=False, require_assessment=False)
        assert "Sign up for pairing" in Browser(factories.participant(Role.MENTEE).user).see(PAIRING)

    def test_a_gate_holds_against_a_form_sent_past_it(self):
        answer = sign_up(factories.participant(Role.MENTEE))
        assert answer.status == 403
        assert "Pairing opens when you have passed the training" in answer.html

    def test_somebody_without_a_role_chooses_one_first(self):
        stranger = factories.user()
        assert "Which part do you take?" in Browser(stranger).see(PAIRING)
        for handler in ("sign_up", "edit_profile", "pause", "resume", "withdraw"):
            assert Browser(stranger).do(PAIRING, handler, **ANSWERS).status == 403


class TestSigningUp:
    def test_a_mentee_signs_up_and_waits(self, mentee):
        answer = sign_up(mentee)
        person = now(mentee)
        assert answer.status == 200
        assert "You are signed up for the next round" in answer.html
        assert (person.state, person.level, person.manager) == (
            ParticipantState.SIGNED_UP,
            6,
            "margaret@brannock.example",
        )
        assert person.languages == ["ca", "en", "sv", "sw"]
        assert person.time_zone == "Europe/London"
        assert person.windows == [[0, 540, 840], [2, 840, 1020]]
        assert person.capacity == 1
        assert set(person.vetoes.values_list("person", flat=True)) == {"paolo", "grace@brannock.example"}
        (event,) = ReceivedEvent.objects.filter(name="reverse_mentoring.pairing.signed_up")
        assert event.data == {"programme": "main", "role": "mentee", "topics": 2}

    def test_signing_up_twice_is_once(self, mentee):
        sign_up(mentee)
        assert sign_up(mentee).status == 200
        assert ReceivedEvent.objects.filter(name="reverse_mentoring.pairing.signed_up").count() == 1

    def test_a_mentor_says_how_many(self, mentor):
        page = Browser(mentor.user).see(PAIRING)
        assert "Mentees that you could take at the same time" in page
        assert sign_up(mentor).status == 200
        assert now(mentor).capacity == 2

    def test_a_mentor_is_not_asked_how_many_when_there_is_one(self, mentor):
        author_sets(max_capacity=1)
        assert "Mentees that you could take" not in Browser(mentor.user).see(PAIRING)
        assert sign_up(mentor).status == 200
        assert now(mentor).capacity == 1

    def test_topics_of_the_report_are_ticked_and_those_of_a_mentor_are_not(self, mentee, mentor):
        page = Browser(mentee.user).see(PAIRING)
        assert page.count('name="topics"') == 21
        assert page.count("checked") == 3
        assert 'name="topics" value="1.3"' in page
        mentors_page = Browser(mentor.user).see(PAIRING)
        assert "checked" not in mentors_page.split('name="topics"', 1)[1]

    def test_the_browsers_time_zone_is_filled_in(self, mentee):
        browser = Browser(mentee.user)
        browser.client.cookies["rm-time-zone"] = "Europe/Oslo"
        assert 'value="Europe/Oslo"' in browser.see(PAIRING).replace("<option", "")

    def test_ground_rules_are_the_authors(self, mentee):
        author_sets(ground_rules="Be **kind**. <script>alert(1)</script>")
        page = Browser(mentee.user).see(PAIRING)
        assert "<strong>kind</strong>" in page
        assert "alert(1)</script>" not in page

    def test_our_own_ground_rules_stand_until_then(self, mentee):
        assert "What is said stays between the two of you." in Browser(mentee.user).see(PAIRING)

    def test_two_people_never_see_each_others_lists(self, mentee):
        sign_up(mentee)
        author_sets(require_training=False, require_assessment=False)
        other = factories.mentor()
        coordinator = factories.coordinator()
        for account in (other.user, coordinator):
            assert "grace@brannock.example" not in Browser(account).see(PAIRING)
        assert not any("grace" in str(event.data) for event in ReceivedEvent.objects.all())

    @pytest.mark.parametrize(
        ("changed", "error"),
        [
            ({"level": ""}, "Choose the level that comes nearest"),
            ({"level": "11"}, "11"),
            ({"level": str(10**30)}, "Select a valid choice"),
            ({"department": ""}, "Name your department"),
            ({"department": "x" * 101}, "100 fit. Shorten it."),
            ({"department": "\x00"}, "Null characters"),
            ({"site": "x" * 101}, "100 fit. Shorten it."),
            ({"manager": ""}, "Name your manager, or tick that you have none"),
            ({"no_manager": "true"}, "Either name your manager or tick"),
            ({"manager": "two words"}, "without spaces"),
            ({"manager": "x" * 255}, "254 fit. Shorten it."),
            ({"languages": [], "other_languages": ""}, "Tick at least one language"),
            ({"languages": ["xx"]}, "Select a valid choice"),
            ({"other_languages": "Klingon"}, "“Klingon” is not a language name that we know"),
            ({"other_languages": "<b>"}, "“&lt;b&gt;” is not a language name"),
            ({"languages": ["ar", "cs", "da", "de", "en", "es", "fi", "fr", "hi"]}, "at most 10 languages"),
            ({"time_zone": ""}, "Choose your time zone"),
            ({"time_zone": "Moon/Base"}, "Choose a time zone from the list"),
            ({"time_zone": "../etc/passwd"}, "Choose a time zone from the list"),
            ({"hours": []}, "Tick at least four hours"),
            ({"hours": ["0-morning"]}, "less than four hours"),
            ({"hours": ["7-morning"]}, "Select a valid choice"),
            ({"topics": []}, "Choose at least one topic"),
            ({"topics": ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]}, "Choose at most 5 topics"),
            ({"topics": ["9.9"]}, "Select a valid choice"),
            ({"vetoes": "paolo\nthat man from finance"}, "Line 2 is neither a username nor an e-mail address"),
            ({"vetoes": "\n".join(f"p{n}" for n in range(21))}, "at most 20 people"),
            ({"vetoes": "x" * 3001}, "3000 fit. Shorten it."),
            ({"agree": None}, "Without the ground rules nobody is paired"),
        ],
    )
    def test_answers_that_cannot_be_used_come_back_in_words(self, mentee, changed, error):
        answer = sign_up(mentee, **changed)
        assert answer.status == 422
        assert error in answer.html
        assert "rm-error" in answer.html
        assert now(mentee).state == ParticipantState.JOINED

    def test_a_refused_form_keeps_every_answer(self, mentee):
        answer = sign_up(mentee, department="", hours=["5-early"])
        assert 'value="Margaret@Brannock.example"' in answer.html
        assert answer.html.count('value="5-early" checked') == 1
        assert "Grace@brannock.example" in answer.html
        assert answer.html.count('name="topics" value="4.1" checked') == 1

    def test_nobody_is_their_own_manager(self, mentee):
        answer = sign_up(mentee, manager=mentee.user.email.upper())
        assert answer.status == 422
        assert "That is you." in answer.html

    def test_a_manager_whom_nobody_knows_is_said_and_blocks_nothing(self, mentee):
        answer = sign_up(mentee, manager="nobody.there")
        assert answer.status == 200
        assert "Nobody in this programme is known as “nobody.there”" in answer.said
        form = Browser(mentee.user).do(PAIRING, "open_profile").html
        assert "Nobody in this programme is known as “nobody.there”" in form

    @pytest.mark.parametrize("by", ["username", "email"])
    def test_a_manager_who_takes_part_is_named_as_the_person_typed_it_and_no_more(self, mentee, by):
        boss = factories.mentee(account=factories.user("Margriet", "Hoekstra"))
        named = getattr(boss.user, by)
        answer = sign_up(mentee, manager=named.upper())
        assert f"“{named}”, is known in this programme" in answer.said
        assert "Hoekstra" not in answer.said + answer.html

    def test_somebody_of_another_programme_is_not_known_here(self, mentee):
        other = factories.mentee(place=factories.Place(factories.COURSE, "other"))
        assert "Nobody in this programme" in sign_up(mentee, manager=other.user.username).said

    def test_without_a_manager_nothing_is_said_of_one(self, mentee):
        assert "manager" not in sign_up(mentee, manager="", no_manager="true").said

    def test_somebody_at_the_top_has_no_manager(self, mentee):
        assert sign_up(mentee, manager="", no_manager="true").status == 200
        assert now(mentee).manager == ""

    def test_a_mentor_may_offer_everything(self, mentor):
        everything = ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4"]
        assert sign_up(mentor, topics=everything, capacity="1").status == 200

    @pytest.mark.parametrize("body", [b"\xff\xfe", b"a=" + b"x" * 70_000, b"level=1&level=2"])
    def test_bytes_that_make_no_sense_are_refused(self, mentee, body):
        answer = Browser(mentee.user).do(PAIRING, "sign_up", _body=body)
        assert answer.status == 422
        assert answer.region == "journey"


class TestAfterwards:
    def test_what_was_said_can_be_changed(self, mentee):
        sign_up(mentee)
        browser = Browser(mentee.user)
        form = browser.do(PAIRING, "open_profile")
        assert "Save changes" in form.html
        assert 'value="Finance"' in form.html
        assert "Catalan, Swahili" in form.html
        assert "grace@brannock.example\npaolo" in form.html
        assert form.html.count('value="0-midday" checked') == 1
        assert "Save changes" in browser.see(PAIRING)
        answer = browser.do(PAIRING, "edit_profile", **answers(department="Legal", agree=None))
        assert "Your changes are saved" in answer.said
        assert "You are signed up for the next round" in answer.html
        assert now(mentee).department == "Legal"

    def test_changing_can_be_left_without_saving(self, mentee):
        sign_up(mentee)
        browser = Browser(mentee.user)
        browser.do(PAIRING, "open_profile")
        assert "Save changes" not in browser.do(PAIRING, "open_profile", close="true").html

    def test_a_draft_belongs_to_the_answers_that_it_was_made_over(self, mentee):
        sign_up(mentee)
        browser = Browser(mentee.user)

        def names():
            html = browser.do(PAIRING, "open_profile").html
            return [html.split(f'{mark}="')[1].split('"')[0] for mark in ("data-rm-draft", "data-rm-drops")]

        draft, dropped = names()
        assert draft == dropped
        assert names()[0] == draft
        browser.do(PAIRING, "edit_profile", **answers(department="Legal", agree=None))
        assert names()[0] != draft

    def test_a_bad_change_comes_back(self, mentee):
        sign_up(mentee)
        browser = Browser(mentee.user)
        browser.do(PAIRING, "open_profile")
        answer = browser.do(PAIRING, "edit_profile", **answers(department=""))
        assert answer.status == 422
        assert "Save changes" in answer.html
        assert now(mentee).department == "Finance"

    def test_pause_and_take_part_again(self):
        browser = Browser(factories.mentor().user)
        assert "You are paused" in browser.do(PAIRING, "pause").html
        assert browser.do(PAIRING, "pause").status == 200
        assert "You are signed up" not in browser.see(PAIRING)
        assert "You are paused" not in browser.do(PAIRING, "resume").html
        names = list(ReceivedEvent.objects.order_by("pk").values_list("name", flat=True))
        assert names == ["reverse_mentoring.pairing.paused", "reverse_mentoring.pairing.resumed"]

    def test_withdraw_and_come_back(self, mentee):
        sign_up(mentee)
        browser = Browser(mentee.user)
        page = browser.do(PAIRING, "withdraw")
        assert "You have withdrawn from pairing." in page.html
        assert "Sign up again" in page.html
        assert 'value="Finance"' in page.html
        assert browser.do(PAIRING, "withdraw").status == 200
        assert ReceivedEvent.objects.filter(name="reverse_mentoring.pairing.withdrawn").count() == 1
        assert "You are signed up for the next round" in browser.do(PAIRING, "sign_up", **ANSWERS).html

    def test_somebody_who_withdrew_meets_the_gates_again(self):
        withdrawn = factories.participant(Role.MENTEE, ParticipantState.WITHDRAWN)
        page = Browser(withdrawn.user).see(PAIRING)
        assert "Go to the training" in page
        assert "Sign up again" not in page

    def test_a_gate_that_was_added_later_is_told_to_those_who_wait(self):
        page = Browser(factories.mentee().user).see(PAIRING)
        assert "The next round can only look for a partner for you when this is done" in page

    @pytest.mark.parametrize("handler", ["edit_profile", "pause", "resume"])
    def test_what_takes_a_sign_up_is_refused_without_one(self, mentee, handler):
        answer = Browser(mentee.user).do(PAIRING, handler, **ANSWERS)
        assert answer.status == 409
        assert "You are not signed up for pairing any more" in answer.html

    def test_clearing_the_state_starts_over(self, mentee):
        sign_up(mentee)
        block = SiteRuntime(mentee.user).block_of(CourseNode.objects.get(category=PAIRING))
        block.clear_student_state(user_id=anonymous_id_of(mentee.user_id))
        assert now(mentee).state == ParticipantState.JOINED
        assert not Veto.objects.exists()
