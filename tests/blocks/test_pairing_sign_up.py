from datetime import UTC, datetime, timedelta

import casts
import factories
import pytest
from callers import Browser, text_of
from signing import PAIRING, answers, say, say_everything, sign_up

from reverse_mentoring_xblock.domain.states import ParticipantState, Role
from reverse_mentoring_xblock.models import Participant, SignUpDraft, Veto
from reverse_mentoring_xblock.standalone.anonymous import anonymous_id_of
from reverse_mentoring_xblock.standalone.models import CourseNode, ReceivedEvent
from reverse_mentoring_xblock.standalone.runtime import SiteRuntime

pytestmark = pytest.mark.usefixtures("course")


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


def now(person):
    return Participant.objects.get(pk=person.pk)


def open_step(person, step):
    return Browser(person.user).do(PAIRING, "open_step", step=step).html


class TestGates:
    def test_what_is_missing_is_named_with_its_state_and_its_place(self):
        page = Browser(factories.trained(factories.participant(Role.MENTEE)).user).see(PAIRING)
        assert "Pairing opens for you when this is done." in page
        assert "Pass the training for your role" in page
        assert "Go to the self-assessment" in page
        assert "Go to the training" not in page
        assert "Save and go on" not in page

    def test_a_mentor_is_not_asked_for_an_assessment(self):
        page = Browser(factories.participant(Role.MENTOR).user).see(PAIRING)
        assert "Go to the training" in page
        assert "self-assessment" not in page.split("Pass the training")[1].split("</section>")[0]

    def test_the_author_can_open_the_gates(self):
        author_sets(require_training=False, require_assessment=False)
        assert "Step 1 of 7" in Browser(factories.participant(Role.MENTEE).user).see(PAIRING)

    def test_a_gate_holds_against_a_form_sent_past_it(self):
        answer = sign_up(factories.participant(Role.MENTEE))
        assert answer.status == 403
        assert "Pairing opens when you have passed the training" in answer.html

    def test_somebody_without_a_role_chooses_one_first(self):
        stranger = factories.user()
        assert "Which part do you take?" in Browser(stranger).see(PAIRING)
        for handler in ("sign_up", "save_step", "pause", "resume", "withdraw"):
            sent = {"step": "work", **answers("work"), "agree": "true"}
            assert Browser(stranger).do(PAIRING, handler, **sent).status == 403


class TestDates:
    """The author's dates, in the sandbox of a day before and a day after."""

    AHEAD = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    OVER = (datetime.now(UTC) - timedelta(days=1)).isoformat()

    def test_before_it_opens_the_page_says_when(self, mentee):
        author_sets(sign_up_from=self.AHEAD)
        page = Browser(mentee.user).see(PAIRING)
        assert "Sign-up opens on" in page
        assert "tomorrow" in page
        assert "Save and go on" not in page
        answer = sign_up(mentee)
        assert answer.status == 403
        assert "Sign-up is not open yet" in answer.html

    def test_after_it_has_closed_the_page_says_why_and_whom_to_ask(self, mentee):
        say_everything(mentee)
        author_sets(sign_up_until=self.OVER)
        page = Browser(mentee.user).see(PAIRING)
        assert "Sign-up closed on" in page
        assert "ask your coordinator" in page
        answer = Browser(mentee.user).do(PAIRING, "sign_up", agree="true")
        assert answer.status == 403
        assert "What you have said is saved." in answer.html
        assert now(mentee).state == ParticipantState.JOINED

    def test_those_who_are_in_are_not_concerned(self, mentee):
        sign_up(mentee)
        author_sets(sign_up_until=self.OVER)
        assert "You are signed up for the next round" in Browser(mentee.user).see(PAIRING)
        assert say(mentee, "work", department="Legal").status == 200
        assert now(mentee).department == "Legal"


class TestSteps:
    def test_each_step_leads_to_the_next_and_the_last_to_a_check(self, mentee):
        titles = ["When you can meet", "How you can meet", "What it should be about", "How you like to work"]
        for step, title in zip(("work", "hours", "meeting", "topics"), titles, strict=True):
            assert title in say(mentee, step).html
        assert "Check your answers" not in say(mentee, "style").html
        say(mentee, "commitment")
        assert "Check your answers" in say(mentee, "apart").html

    def test_what_is_saved_is_there_another_day(self, mentee):
        say(mentee, "work")
        say(mentee, "hours")
        mentee.refresh_from_db()
        page = text_of(Browser(mentee.user).see(PAIRING))
        assert "Step 3 of 7" in page
        assert 'value="Finance"' in open_step(mentee, "work")
        assert open_step(mentee, "hours").count('value="0-midday" checked') == 1

    def test_whoever_leaves_finds_what_they_said_and_what_is_open(self, mentee):
        answer = say(mentee, "work", leave="true")
        assert answer.said.startswith("Saved. You can go on any day.")
        page = Browser(mentee.user).see(PAIRING)
        assert "What you have said so far" in page
        assert "Go on with the next step" in page
        assert page.count("Still to do") == 6

    def test_whoever_leaves_in_the_middle_of_a_step_loses_nothing_that_can_be_used(self, mentee):
        answer = say(mentee, "work", manager="two words", leave="true")
        assert answer.status == 200
        assert "Still to do in this step: Username or e-mail address of your manager" in answer.said
        form = open_step(mentee, "work")
        assert 'value="Finance"' in form
        assert "two words" not in form

    def test_a_change_leads_back_to_the_check(self, mentee):
        say_everything(mentee)
        assert "Check your answers" in say(mentee, "work", department="Legal").html
        assert "Legal" in Browser(mentee.user).see(PAIRING)

    def test_facts_of_a_roster_file_are_filled_in(self, mentee):
        Participant.objects.filter(pk=mentee.pk).update(level=7, department="Legal", site="Kraków", manager="boss")
        page = Browser(mentee.user).see(PAIRING)
        assert '<option value="7" selected>' in page
        for value in ("Legal", "Kraków", "boss"):
            assert f'value="{value}"' in page

    def test_a_second_window_overwrites_nothing_unseen(self, mentee):
        seen = open_step(mentee, "apart").split('name="seen" value="')[1].split('"')[0]
        say(mentee, "apart", vetoes="grace@brannock.example")
        answer = say(mentee, "apart", vetoes="paolo", seen=seen)
        assert answer.status == 422
        assert "You saved this step in another window meanwhile" in answer.html
        assert "grace@brannock.example" in answer.html
        assert ">paolo</textarea>" in answer.html
        newer = answer.html.split('name="seen" value="')[1].split('"')[0]
        assert say(mentee, "apart", vetoes="paolo", seen=newer).status == 200

    def test_a_second_window_on_another_step_is_no_matter(self, mentee):
        open_step(mentee, "hours")
        answer = say(mentee, "work", department="")
        assert "Name your department" in answer.html
        assert "Where you work" in answer.html

    def test_until_sign_up_nobody_else_sees_a_word_of_it(self, mentee):
        say_everything(mentee, work={"department": "Dept-7c1", "site": "Site-7c1", "manager": "boss-7c1"})
        coordinator, other = Browser(factories.coordinator()), Browser(factories.mentor().user)
        coordinator.do(PAIRING, "open_desk_page", page="people")
        home = coordinator.do("reverse_mentoring", "export_states", _method="get").html
        shown = coordinator.see(PAIRING) + home + other.see(PAIRING)
        assert "7c1" not in shown
        Browser(mentee.user).do(PAIRING, "sign_up", agree="true")
        assert "Dept-7c1" in coordinator.see(PAIRING)
        assert "boss-7c1" not in coordinator.see(PAIRING)


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
        assert (person.mode, person.channels) == ("both", ["video", "in_person"])
        assert person.style == {"planning": 2, "learning": 5}
        assert person.capacity == 1
        assert person.committed_at
        assert dict(person.interests.values_list("competence", "weight")) == {"1.2": 3, "4.1": 1}
        assert set(person.vetoes.values_list("person", flat=True)) == {"paolo", "grace@brannock.example"}
        (event,) = ReceivedEvent.objects.filter(name="reverse_mentoring.pairing.signed_up")
        assert event.data == {"programme": "main", "role": "mentee", "topics": 2}

    def test_signing_up_twice_is_once(self, mentee):
        sign_up(mentee)
        assert Browser(mentee.user).do(PAIRING, "sign_up", agree="true").status == 200
        assert ReceivedEvent.objects.filter(name="reverse_mentoring.pairing.signed_up").count() == 1

    def test_an_open_step_is_told(self, mentee):
        say(mentee, "work")
        answer = Browser(mentee.user).do(PAIRING, "sign_up", agree="true")
        assert answer.status == 409
        assert "A step is still open" in answer.html
        assert "Go on with the next step" in answer.html

    def test_answers_that_changed_since_the_check_are_checked_again(self, mentee):
        checked = say_everything(mentee).html
        seen = checked.split('name="seen" value="')[1].split('"')[0]
        say(mentee, "work", department="Legal")
        answer = Browser(mentee.user).do(PAIRING, "sign_up", agree="true", seen=seen)
        assert answer.status == 409
        assert "You changed an answer in another window" in answer.html
        assert "Legal" in answer.html

    def test_a_mentor_says_how_many_and_how_gladly(self, mentor):
        assert "Mentees that you could take at the same time" in open_step(mentor, "commitment")
        page = open_step(mentor, "topics")
        assert "most gladly" in page
        assert "matters much" not in page
        assert sign_up(mentor).status == 200
        assert now(mentor).capacity == 2

    def test_a_mentor_is_not_asked_how_many_when_there_is_one(self, mentor):
        author_sets(max_capacity=1)
        assert "Mentees that you could take" not in open_step(mentor, "commitment")
        assert sign_up(mentor).status == 200
        assert now(mentor).capacity == 1

    def test_what_it_takes_is_said_in_the_authors_numbers(self, mentor):
        author_sets(weeks=20)
        page = text_of(open_step(mentor, "commitment"))
        assert "Pairs work together for 20 weeks and meet 6 times, for about an hour each." in page
        assert "about 9 hours in all for each mentee" in page

    def test_topics_of_the_report_are_ticked_and_the_first_matters_most(self, mentee, mentor):
        page = open_step(mentee, "topics")
        assert page.count('name="topics"') == 21
        assert page.count(" checked") == 3
        assert page.count('value="3" selected') == 1
        assert " checked" not in open_step(mentor, "topics")

    def test_a_topic_of_which_nothing_is_said_matters_much(self, mentee):
        say(mentee, "topics", **{"matters-1.2": None, "matters-4.1": None})
        assert SignUpDraft.objects.get().said["topics"] == {"1.2": 2, "4.1": 2}

    def test_the_browsers_time_zone_is_filled_in(self, mentee):
        browser = Browser(mentee.user)
        browser.client.cookies["rm-time-zone"] = "Europe/Oslo"
        form = browser.do(PAIRING, "open_step", step="hours").html
        assert 'value="Europe/Oslo"' in form.replace("<option", "")

    def test_ground_rules_are_the_authors(self, mentee):
        author_sets(ground_rules="Be **kind**. <script>alert(1)</script>")
        page = say_everything(mentee).html
        assert "<strong>kind</strong>" in page
        assert "alert(1)</script>" not in page

    def test_our_own_ground_rules_stand_until_then(self, mentee):
        assert "What is said stays between the two of you." in say_everything(mentee).html

    def test_without_the_ground_rules_nobody_is_in(self, mentee):
        say_everything(mentee)
        answer = Browser(mentee.user).do(PAIRING, "sign_up")
        assert answer.status == 422
        assert "Without the ground rules nobody is paired" in answer.html
        assert now(mentee).state == ParticipantState.JOINED

    def test_two_people_never_see_each_others_lists(self, mentee):
        sign_up(mentee)
        author_sets(require_training=False, require_assessment=False)
        other = factories.mentor()
        coordinator = factories.coordinator()
        for account in (other.user, coordinator):
            assert "grace@brannock.example" not in Browser(account).see(PAIRING)
        assert not any("grace" in str(event.data) for event in ReceivedEvent.objects.all())

    @pytest.mark.parametrize(
        ("step", "changed", "error"),
        [
            ("work", {"level": ""}, "Choose the level that comes nearest"),
            ("work", {"level": "11"}, "11"),
            ("work", {"level": str(10**30)}, "Select a valid choice"),
            ("work", {"department": ""}, "Name your department"),
            ("work", {"department": "x" * 101}, "100 fit. Shorten it."),
            ("work", {"department": "\x00"}, "Null characters"),
            ("work", {"site": "x" * 101}, "100 fit. Shorten it."),
            ("work", {"manager": ""}, "Name your manager, or tick that you have none"),
            ("work", {"no_manager": "true"}, "Either name your manager or tick"),
            ("work", {"manager": "two words"}, "without spaces"),
            ("work", {"manager": "x" * 255}, "254 fit. Shorten it."),
            ("meeting", {"languages": [], "other_languages": ""}, "Tick at least one language"),
            ("meeting", {"languages": ["xx"]}, "Select a valid choice"),
            ("meeting", {"other_languages": "Klingon"}, "“Klingon” is not a language name that we know"),
            ("meeting", {"other_languages": "<b>"}, "“&lt;b&gt;” is not a language name"),
            ("meeting", {"languages": ["ar", "cs", "da", "de", "en", "es", "fi", "fr", "hi"]}, "at most 10 languages"),
            ("meeting", {"mode": ""}, "Choose where you can meet"),
            ("meeting", {"mode": "nowhere"}, "Select a valid choice"),
            ("meeting", {"channels": []}, "Tick at least one way to talk"),
            ("meeting", {"mode": "remote", "channels": ["in_person"]}, "tick a way to talk from there"),
            ("hours", {"time_zone": ""}, "Choose your time zone"),
            ("hours", {"time_zone": "Moon/Base"}, "Choose a time zone from the list"),
            ("hours", {"time_zone": "../etc/passwd"}, "Choose a time zone from the list"),
            ("hours", {"hours": []}, "Tick at least four hours"),
            ("hours", {"hours": ["0-morning"]}, "less than four hours"),
            ("hours", {"hours": ["7-morning"]}, "Select a valid choice"),
            ("topics", {"topics": []}, "Choose at least one topic"),
            ("topics", {"topics": ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]}, "Choose at most 5 topics"),
            ("topics", {"topics": ["9.9"]}, "Select a valid choice"),
            ("style", {"planning": "6"}, "Select a valid choice"),
            ("commitment", {"has_committed": None}, "Tick this if you can give the time"),
            ("apart", {"vetoes": "paolo\nthat man from finance"}, "Line 2 is neither a username nor an e-mail address"),
            ("apart", {"vetoes": "\n".join(f"p{n}" for n in range(21))}, "at most 20 people"),
            ("apart", {"vetoes": "x" * 3001}, "3000 fit. Shorten it."),
        ],
    )
    def test_answers_that_cannot_be_used_come_back_in_words(self, mentee, step, changed, error):
        answer = say(mentee, step, **changed)
        assert answer.status == 422
        assert error in answer.html
        assert "rm-error" in answer.html
        assert not SignUpDraft.objects.exists()

    def test_a_weight_that_there_is_not_is_refused(self, mentee):
        answer = say(mentee, "topics", **{"matters-1.2": "4"})
        assert answer.status == 422
        target = answer.html.split('data-rm-jump="')[1].split('"')[0]
        assert f'id="{target}"' in answer.html

    def test_a_refused_step_keeps_every_answer(self, mentee):
        answer = say(mentee, "work", department="", site="Kraków")
        assert 'value="Margaret@Brannock.example"' in answer.html
        assert 'value="Kraków"' in answer.html
        assert '<option value="6" selected>' in answer.html
        answer = say(mentee, "topics", topics=["1.2", "9.9"])
        assert answer.html.count('name="topics" value="1.2" checked') == 1
        assert 'value="3" selected' in answer.html

    def test_nobody_is_their_own_manager(self, mentee):
        answer = say(mentee, "work", manager=mentee.user.email.upper())
        assert answer.status == 422
        assert "That is you." in answer.html

    def test_a_manager_whom_nobody_knows_is_said_and_blocks_nothing(self, mentee):
        assert "Nobody in this programme is known as “nobody.there”" in say(mentee, "work", manager="nobody.there").said
        answer = sign_up(mentee, work={"manager": "nobody.there"})
        assert answer.status == 200
        assert answer.said == "You are signed up. Nothing is left to do until a partner is found."
        said = Browser(mentee.user).do(PAIRING, "open_profile").html
        assert "Nobody in this programme is known as “nobody.there”" in said

    @pytest.mark.parametrize("by", ["username", "email"])
    def test_a_manager_who_takes_part_is_named_as_the_person_typed_it_and_no_more(self, mentee, by):
        boss = factories.mentee(account=factories.user("Margriet", "Hoekstra"))
        named = getattr(boss.user, by)
        answer = say(mentee, "work", manager=named.upper())
        assert f"“{named}”, is known in this programme" in answer.said
        assert "Hoekstra" not in answer.said + answer.html

    def test_somebody_of_another_programme_is_not_known_here(self, mentee):
        other = factories.mentee(place=factories.Place(factories.COURSE, "other"))
        assert "Nobody in this programme" in say(mentee, "work", manager=other.user.username).said

    def test_without_a_manager_nothing_is_said_of_one(self, mentee):
        assert "manager" not in sign_up(mentee, work={"manager": "", "no_manager": "true"}).said
        assert now(mentee).manager == ""

    def test_a_mentor_may_offer_everything(self, mentor):
        everything = ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4"]
        assert sign_up(mentor, topics={"topics": everything}).status == 200

    @pytest.mark.parametrize("body", [b"\xff\xfe", b"a=" + b"x" * 170_000, b"step=work&level=1&level=2"])
    def test_bytes_that_make_no_sense_are_refused(self, mentee, body):
        answer = Browser(mentee.user).do(PAIRING, "save_step", _body=body)
        assert answer.status == 422
        assert answer.region == "journey"


class TestAfterwards:
    def test_what_was_said_can_be_changed_step_by_step(self, mentee):
        sign_up(mentee)
        browser = Browser(mentee.user)
        said = text_of(browser.do(PAIRING, "open_profile").html)
        assert "What you said at sign-up" in said
        assert "Checking information matters most" in said
        assert "grace@brannock.example, paolo" in said
        form = browser.do(PAIRING, "open_step", step="meeting").html
        assert "Save changes" in form
        assert "Catalan, Swahili" in form
        assert "Save changes" in browser.see(PAIRING)
        answer = say(mentee, "work", department="Legal")
        assert "Your changes are saved. They count from the next round on." in answer.said
        assert "What you said at sign-up" in answer.html
        assert now(mentee).department == "Legal"
        assert "You are signed up for the next round" in browser.do(PAIRING, "open_profile", close="true").html

    def test_a_draft_belongs_to_the_answers_that_it_was_made_over(self, mentee):
        sign_up(mentee)

        def names():
            html = open_step(mentee, "work")
            return [html.split(f'{mark}="')[1].split('"')[0] for mark in ("data-rm-draft", "data-rm-drops")]

        draft, dropped = names()
        assert draft == dropped
        assert names()[0] == draft
        say(mentee, "work", department="Legal")
        assert names()[0] != draft

    def test_a_bad_change_comes_back(self, mentee):
        sign_up(mentee)
        answer = say(mentee, "work", department="")
        assert answer.status == 422
        assert "Save changes" in answer.html
        assert now(mentee).department == "Finance"

    def test_capacity_is_changed_any_day(self, mentor):
        sign_up(mentor)
        assert say(mentor, "commitment", capacity="1").status == 200
        assert now(mentor).capacity == 1

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
        assert browser.do(PAIRING, "withdraw").status == 200
        assert ReceivedEvent.objects.filter(name="reverse_mentoring.pairing.withdrawn").count() == 1
        said = browser.do(PAIRING, "open_profile").html
        assert "Check your answers" in said
        assert "Finance" in said
        assert "You are signed up for the next round" in browser.do(PAIRING, "sign_up", agree="true").html

    def test_somebody_who_withdrew_meets_the_gates_again(self):
        withdrawn = factories.participant(Role.MENTEE, ParticipantState.WITHDRAWN)
        page = Browser(withdrawn.user).see(PAIRING)
        assert "Go to the training" in page
        assert "Sign up again" not in page

    def test_a_gate_that_was_added_later_is_told_to_those_who_wait(self):
        page = Browser(factories.mentee().user).see(PAIRING)
        assert "The next round can only look for a partner for you when this is done" in page

    @pytest.mark.parametrize("handler", ["pause", "resume"])
    def test_what_takes_a_sign_up_is_refused_without_one(self, mentee, handler):
        answer = Browser(mentee.user).do(PAIRING, handler)
        assert answer.status == 409
        assert "You are not signed up for pairing any more" in answer.html

    def test_clearing_the_state_starts_over(self, mentee):
        sign_up(mentee)
        block = SiteRuntime(mentee.user).block_of(CourseNode.objects.get(category=PAIRING))
        block.clear_student_state(user_id=anonymous_id_of(mentee.user_id))
        assert now(mentee).state == ParticipantState.JOINED
        assert not Veto.objects.exists()

    def test_clearing_the_state_forgets_what_was_said_before_sign_up(self, mentee):
        say_everything(mentee)
        block = SiteRuntime(mentee.user).block_of(CourseNode.objects.get(category=PAIRING))
        block.clear_student_state(user_id=anonymous_id_of(mentee.user_id))
        assert not SignUpDraft.objects.exists()
