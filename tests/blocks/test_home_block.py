import csv
import io
from datetime import timedelta

import factories
import pytest
from assessing import handed_in
from callers import Browser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock

from reverse_mentoring_xblock.domain.next_step import Part
from reverse_mentoring_xblock.domain.states import PairingState, ParticipantState, Role, SessionState
from reverse_mentoring_xblock.models import Action, Attempt, ModuleProgress, Pairing, Participant, Reflection, Session
from reverse_mentoring_xblock.shell.course_parts import CourseParts
from reverse_mentoring_xblock.standalone.models import CourseNode, ReceivedEvent
from reverse_mentoring_xblock.standalone.runtime import SiteRuntime

HOME = "reverse_mentoring"
pytestmark = pytest.mark.usefixtures("course")


def ago(days):
    return timezone.now() - timedelta(days=days)


def author_sets(block_type=HOME, **fields):
    node = CourseNode.objects.filter(category=block_type).order_by("pk")[0]
    node.fields = {**node.fields, **fields}
    node.save()


def see(person):
    """The block alone, without the page around it."""
    page = Browser(person.user).see(HOME)
    return " ".join(page[page.index('<section class="rm"') : page.index("</section>")].split())


def desk():
    return " ".join(Browser(factories.coordinator()).see(HOME).split())


def assessed(person, *, submitted=True):
    Attempt.objects.create(
        participant=person,
        phase="start",
        bank="b",
        bank_version="1",
        bank_digest="",
        competences=[],
        seed=1,
        submitted_at=timezone.now() if submitted else None,
    )
    return person


def ready(person):
    return assessed(factories.trained(person))


def partners(state=PairingState.ACTIVE, **facts):
    mentor = ready(factories.mentor(account=factories.user("Wanjiru", "Kamau"), department="Customer Service"))
    mentee = ready(factories.mentee(account=factories.user("Pieter", "van Dijk"), department="Finance"))
    return factories.pairing(mentor, mentee, state, **facts)


def held(pair, days=7, *, confirmed=("mentor", "mentee"), reflected=()):
    facts = {f"{role}_confirmed_at": timezone.now() for role in confirmed}
    session = factories.session(pair, starts_at=ago(days), **facts)
    for role in reflected:
        Reflection.objects.create(session=session, author=getattr(pair, role), revision=1, what="What I wrote")
    return session


class TestNextStep:
    def test_somebody_without_a_role_chooses_one_here(self):
        page = Browser(factories.user()).see(HOME)
        assert "Which part do you take?" in page

    def test_joining_here_shows_the_next_step(self):
        answer = Browser(factories.user()).do(HOME, "join", role="mentor")
        assert answer.status == 200
        assert "Start your role training" in answer.html

    def test_training_comes_first_with_a_link_to_it(self):
        page = see(factories.participant(Role.MENTOR))
        unit = CourseNode.objects.get(category="reverse_mentoring_training").parent
        assert "Start your role training" in page
        assert f'class="rm-go" href="/units/{unit.usage_key}"' in page

    def test_half_of_the_training_is_said_in_numbers(self):
        person = factories.trained(factories.participant(Role.MENTOR))
        ModuleProgress.objects.filter(module="mentor-upward").update(passed_at=None)
        page = see(person)
        assert "Finish your role training" in page
        assert "1 of 2 modules is passed" in page

    def test_training_that_was_only_opened_continues(self):
        person = factories.participant(Role.MENTOR)
        ModuleProgress.objects.create(participant=person, module="mentor-role", step=2)
        assert "You continue on the page where you stopped." in see(person)

    def test_then_the_starting_point(self):
        person = factories.trained(factories.participant())
        assert "Find your starting point" in see(person)
        assessed(person, submitted=False)
        assert "Finish the questions about your starting point" in see(person)

    def test_then_signing_up(self):
        assert "Sign up for a partner" in see(ready(factories.participant()))

    def test_then_waiting_for_an_offer_since_a_day(self):
        page = see(ready(factories.mentee()))
        assert "Wait for an offer" in page
        assert "You have been signed up since" in page
        assert "rm-go" not in page

    def test_an_offer_waits_for_an_answer(self):
        offer = partners(PairingState.OFFERED)
        page = see(offer.mentee)
        assert "Answer the offer of a partner" in page
        assert "Wanjiru Kamau was offered to you" in page
        assert "Your answer is awaited" in page

    def test_whether_the_other_has_accepted_an_offer_is_not_said(self):
        offer = partners(PairingState.OFFERED, mentor_accepted_at=timezone.now())
        silent = partners(PairingState.OFFERED)
        page, other = see(offer.mentee), see(silent.mentee)
        assert ("accepted" in page) == ("accepted" in other)

    def test_an_answer_given_waits_for_the_other(self):
        offer = partners(PairingState.OFFERED, mentee_accepted_at=timezone.now())
        page = see(offer.mentee)
        assert "Wait for your partner to answer" in page
        assert "Their answer is awaited" in page

    def test_a_new_pair_plans_the_first_session_by_a_day(self):
        page = see(partners(active_at=ago(1)).mentor)
        assert "Plan your first session" in page
        assert "Hold the first session by" in page

    def test_a_planned_session_says_when_and_with_whom(self):
        pair = partners()
        noon = timezone.now().replace(hour=12)  # three days and an hour from now is on the fourth day late at night
        factories.session(pair, SessionState.PLANNED, starts_at=noon + timedelta(days=3))
        page = see(pair.mentor)
        assert "Meet Pieter van Dijk" in page
        assert "in 3 days" in page

    def test_a_planned_session_whose_time_has_passed_asks_whether_they_met(self):
        pair = partners()
        factories.session(pair, SessionState.PLANNED, starts_at=ago(1))
        assert "Say whether you met" in see(pair.mentee)

    def test_a_session_that_the_partner_logged_asks_for_a_word(self):
        pair = partners()
        held(pair, confirmed=["mentor"])
        assert "Confirm a session" in see(pair.mentee)
        assert "Write your reflection" in see(pair.mentor)

    def test_a_disputed_session_asks_both(self):
        pair = partners()
        factories.session(pair, SessionState.DISPUTED)
        assert "Agree on what took place" in see(pair.mentee)
        assert "Agree on what took place" in see(pair.mentor)

    def test_after_a_reflection_the_next_date(self):
        pair = partners()
        held(pair, reflected=["mentee"])
        assert "Plan your next session" in see(pair.mentee)

    def test_all_is_done_after_the_sessions_that_the_journal_asks_for(self):
        author_sets("reverse_mentoring_journal", required_sessions=2)
        pair = partners()
        held(pair, 40, reflected=["mentee"])
        held(pair, 10, reflected=["mentee"])
        page = see(pair.mentee)
        assert "Everything is done" in page
        assert "2 of 2 held and reflected" in page

    @pytest.mark.parametrize(
        ("state", "title"),
        [(ParticipantState.PAUSED, "Your sign-up is paused"), (ParticipantState.WITHDRAWN, "You have withdrawn")],
    )
    def test_standing_aside_is_said_as_it_is(self, state, title):
        assert title in see(ready(factories.mentee(state)))

    def test_a_course_without_an_assessment_does_not_ask_for_one(self):
        CourseNode.objects.filter(category="reverse_mentoring_assessment").delete()
        page = see(factories.trained(factories.participant()))
        assert "Sign up for a partner" in page
        assert "starting point" not in page

    def test_training_for_the_other_role_is_not_this_persons_part(self):
        author_sets("reverse_mentoring_training", role="mentor")
        page = see(factories.participant(Role.MENTEE))
        assert "Find your starting point" in page
        assert "Role training" not in page


class TestTheRestOfThePage:
    def test_every_part_is_listed_with_its_state(self):
        page = see(ready(factories.mentee()))
        for words in ("Passed", "Handed in", "Signed up", "Waiting for an offer", "0 of 6 held and reflected"):
            assert words in page

    def test_the_partner_card_shows_name_department_dates_and_mail(self):
        pair = partners()
        held(pair, 30)
        held(pair, 7)
        page = see(pair.mentee)
        assert "Wanjiru Kamau" in page
        assert "Customer Service" in page
        assert "2, the last on" in page
        assert f"mailto:{pair.mentor.user.email}" in page

    def test_mail_is_shown_only_when_both_have_accepted(self):
        offer = partners(PairingState.OFFERED)
        assert offer.mentor.user.email not in see(offer.mentee)

    def test_a_mentor_with_two_mentees_sees_both(self):
        mentor = ready(factories.mentor(capacity=2))
        for slot, name in ((1, "Helen"), (2, "Marek")):
            mentee = factories.mentee(account=factories.user(name, "Ashworth"))
            Pairing.objects.create(
                programme=mentor.programme, mentor=mentor, mentee=mentee, state=PairingState.ACTIVE,
                mentor_slot=slot, active_at=timezone.now(),
            )  # fmt: skip
        page = see(mentor)
        assert "Your partners" in page
        assert "Helen Ashworth" in page
        assert "Marek Ashworth" in page

    def test_open_next_steps_are_counted_for_their_owner_only(self):
        pair = partners()
        Action.objects.create(pairing=pair, owner=pair.mentee, text="Filter the report", due_on=ago(-3).date())
        Action.objects.create(pairing=pair, owner=pair.mentee, text="Done", done_at=timezone.now())
        page = see(pair.mentee)
        assert "You have 1 open next step from your sessions." in page
        assert "You meant to do it by" in page
        assert "Filter the report" not in page
        assert "open next step" not in see(pair.mentor)

    def test_the_contact_is_the_authors_and_is_escaped(self):
        author_sets(coordinator_contact="Ingrid <b>Solheim</b>, ingrid@brannock.example")
        page = see(factories.participant())
        assert "&lt;b&gt;Solheim" in page
        assert 'href="mailto:ingrid@brannock.example"' in page

    def test_without_a_contact_the_staff_is_named(self):
        author_sets(coordinator_contact="")
        assert "Ask the staff of this course." in see(factories.participant())

    def test_nothing_that_anybody_wrote_is_on_the_page(self):
        pair = partners()
        held(pair, reflected=["mentor", "mentee"])
        assert "What I wrote" not in see(pair.mentee)

    def test_a_learner_sees_no_desk(self):
        page = see(factories.participant())
        assert 'data-rm-region="desk"' not in page
        assert "Download" not in page

    def test_reading_writes_nothing(self):
        pair = partners()
        held(pair)
        browser = Browser(pair.mentee.user)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.see(HOME)
        assert not [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]

    def test_the_learners_page_costs_few_queries_however_much_there_is(self):
        pair = partners()
        for days in range(1, 9):
            held(pair, days * 10, reflected=["mentee"])
        for number in range(20):
            Action.objects.create(pairing=pair, owner=pair.mentee, text=f"Step {number}")
        block = block_for(pair.mentee.user)
        with CaptureQueriesContext(connection) as queries:
            block.render("student_view")
        own = [q["sql"] for q in queries if "reverse_mentoring_" in q["sql"]]
        assert len(own) <= 12, own
        assert len(own) == len(set(own))


def block_for(account, *, is_staff=False):
    return SiteRuntime(account, is_staff=is_staff).block_of(CourseNode.objects.get(category=HOME))


class TestDesk:
    def test_an_empty_programme_says_how_people_come_in(self):
        page = desk()
        assert "Nobody is in the programme yet." in page
        assert "<table>" not in page

    def test_counts_stand_with_their_number_and_date(self):
        factories.participant(Role.MENTOR, ParticipantState.INVITED)
        ready(factories.mentee())
        page = desk()
        assert "2 people, as of" in page
        assert '<th scope="row"> Passed the training </th> <td>0</td> <td>1</td>' in page

    def test_all_is_well(self):
        held(partners(active_at=ago(30)))
        page = desk()
        assert "No pair meets a rule at the moment." in page
        assert "Two sessions in a row cancelled by the same side" in page

    def test_a_pair_that_may_need_a_hand_is_shown_with_rule_since_and_advice(self):
        partners(active_at=ago(20))
        page = desk()
        assert "1 pair meets a rule." in page
        assert "Wanjiru Kamau and Pieter van Dijk" in page
        assert "No session held within 14 days of the match." in page
        assert "suggest two times" in page

    def test_whose_answer_is_missing_is_not_said(self):
        offer = partners(PairingState.OFFERED, mentor_accepted_at=timezone.now())
        Pairing.objects.filter(pk=offer.pk).update(created=ago(9))
        assert "Ask both whether they have seen the offer." in desk()

    def test_the_authors_cadence_decides_what_is_quiet(self):
        held(partners(active_at=ago(90)), 20)
        assert "No pair meets a rule" in desk()
        author_sets(cadence_days=10)
        assert "No session for more than 15 days, and none planned." in desk()

    @pytest.mark.parametrize("cadence", [None, 0, -5, 10**9])
    def test_a_course_file_with_a_strange_cadence_still_opens(self, cadence):
        partners(active_at=ago(20))
        author_sets(cadence_days=cadence)
        assert "1 pair meets a rule." in desk()

    @pytest.mark.parametrize("required", [None, 0, -3])
    def test_a_course_file_that_asks_for_no_sessions_asks_for_some(self, required):
        author_sets("reverse_mentoring_journal", required_sessions=required)
        assert "Plan your first session" in see(partners().mentee)

    def test_more_than_six_pairs_fold_away(self):
        for _ in range(7):
            factories.pairing(active_at=ago(20))
        page = desk()
        assert "7 pairs meet a rule." in page
        assert "Show the others" in page

    def test_pairs_are_listed_with_their_sessions(self):
        pair = partners(active_at=ago(30))
        held(pair)
        factories.session(pair, SessionState.PLANNED, starts_at=timezone.now() + timedelta(days=3))
        page = desk()
        assert '<span class="rm-name">Wanjiru Kamau</span></th>' in page
        assert '<td><span class="rm-name">Pieter van Dijk</span></td>' in page

    def test_the_desk_shows_no_word_that_anybody_wrote(self):
        pair = partners()
        held(pair, reflected=["mentor"])
        Action.objects.create(pairing=pair, owner=pair.mentee, text="Filter the report")
        page = desk()
        assert "What I wrote" not in page
        assert "Filter the report" not in page

    def test_the_number_of_queries_does_not_grow_with_the_programme(self):
        block = block_for(factories.coordinator(), is_staff=True)
        held(partners(active_at=ago(90)), 60)

        def queries():
            with CaptureQueriesContext(connection) as captured:
                block.render("student_view")
            return len(captured)

        few = queries()
        for _ in range(20):
            held(factories.pairing(active_at=ago(90)), 60)
        assert queries() == few


class TestExport:
    def rows(self, **call):
        answer = Browser(factories.coordinator()).do(HOME, "export_states", _method="get", **call)
        assert answer.status == 200
        return list(csv.DictReader(io.StringIO(answer.html.removeprefix("\ufeff"), newline="")))

    def test_an_empty_programme_is_a_file_with_a_heading(self):
        assert self.rows() == []

    def test_every_person_is_one_line_of_states_and_dates(self):
        pair = partners(active_at=ago(30))
        session = held(pair, 7, reflected=["mentee"])
        row = next(row for row in self.rows() if row["role"] == "mentee")
        today = pair.mentee.created.date().isoformat()
        assert row == {
            "username": pair.mentee.user.username,
            "name": "Pieter van Dijk",
            "role": "mentee",
            "state": "signed_up",
            "added": today,
            "joined": "yes",
            "trained": "yes",
            "trained_on": today,
            "assessed_on": today,
            "signed_up_on": today,
            "pairing": "active",
            "pairing_since": pair.active_at.date().isoformat(),
            "sessions_held": "1",
            "last_session_on": session.starts_at.date().isoformat(),
            "reflections": "1",
        }

    def test_a_name_cannot_become_a_formula(self):
        factories.mentor(account=factories.user("=cmd|' /C calc'!A0", ""))
        assert self.rows()[0]["name"].startswith("'=")

    def test_the_file_is_a_download_that_nobody_keeps(self):
        browser = Browser(factories.coordinator())
        node = CourseNode.objects.get(category=HOME)
        answer = browser.client.get(f"/courses/{node.course.key}/xblock/{node.usage_key}/handler/export_states")
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="reverse-mentoring-')
        assert answer.headers["Cache-Control"] == "no-store"

    def test_the_export_is_told_with_a_count_and_no_names(self):
        factories.mentor()
        self.rows()
        event = ReceivedEvent.objects.get(name="reverse_mentoring.programme.exported")
        assert event.data == {"programme": "main", "people": 1}

    def test_learners_and_strangers_get_nothing(self):
        person = factories.mentor()
        for account, status in ((person.user, 403), (factories.user(enrolled_in=None), 403)):
            answer = Browser(account).do(HOME, "export_states", _method="get")
            assert answer.status == status
            assert person.user.username not in answer.html
        assert not ReceivedEvent.objects.filter(name__contains="exported").exists()

    def test_it_only_reads(self):
        assert Browser(factories.coordinator()).do(HOME, "export_states").status == 405


class TestSettings:
    def test_a_page_that_only_shows_things_has_no_completion(self):
        block_class = XBlock.load_class(HOME)
        assert block_class.completion_mode == XBlockCompletionMode.EXCLUDED
        assert not block_class.has_score

    @pytest.mark.parametrize(
        ("name", "value", "is_refused"),
        [
            ("coordinator_contact", "x" * 200, False),
            ("coordinator_contact", "x" * 201, True),
            ("cadence_days", 1, False),
            ("cadence_days", 0, True),
            ("cadence_days", 366, True),
            ("cadence_days", None, True),
        ],
    )
    def test_an_author_is_told_what_cannot_be_saved(self, name, value, is_refused):
        block = block_for(factories.user())
        data = type("Data", (), {"programme": "main", "coordinator_contact": "", "cadence_days": 28, name: value})
        refused = []
        block.refuse = lambda _validation, sentence: refused.append(sentence)
        block.validate_field_data(None, data)
        assert bool(refused) is is_refused

    def test_a_host_that_cannot_tell_shows_every_part_without_links(self):
        assert CourseParts().parts == frozenset(Part)
        assert not CourseParts().addresses

    def test_the_preview_shows_the_first_step_and_reads_nobody(self):
        runtime = SiteRuntime(factories.user(), is_staff=False)
        runtime.is_author_mode = True
        block = runtime.block_of(CourseNode.objects.get(category=HOME))
        html = block.render("author_view").body_html()
        assert "Start your role training" in html
        assert "It is in the unit of this course with the role training." in html
        assert not Participant.objects.exists()
        assert not Session.objects.exists()


def test_a_person_changes_their_role_before_sign_up():
    person = factories.participant("mentee")
    browser = Browser(person.user)
    assert "Take part as a mentor" in browser.see("reverse_mentoring")
    answer = browser.do("reverse_mentoring", "change_role", role="mentor")
    assert answer.status == 200
    assert "Take part as a mentee" in answer.html
    assert browser.do("reverse_mentoring", "change_role", role="boss").status == 422


def test_a_mentor_sees_in_the_journal_what_the_mentee_ticked_and_nothing_else():
    pair = factories.pairing()
    handed_in(pair.mentee, {"1.2": "0"})
    page = Browser(pair.mentor.user).see("reverse_mentoring_journal")
    assert "shows you of the starting point" in page
    assert "Levels, in the mentee" not in page
