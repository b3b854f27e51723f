"""The demo: its people, the states they show, and making them again and in any number."""

import io
import json

import factories
import pytest
from callers import Browser
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.core.paginator import Paginator
from django.utils import timezone

from reverse_mentoring_xblock.domain.assessment.summary import summary
from reverse_mentoring_xblock.domain.matching import propose
from reverse_mentoring_xblock.domain.needs_help import HelpRule
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import PairingState, ParticipantState, Role, SessionState
from reverse_mentoring_xblock.models import (
    Answer,
    Attempt,
    CheckAttempt,
    MatchRun,
    ModuleProgress,
    Pairing,
    Participant,
    PartnerRequest,
    Reflection,
    Session,
)
from reverse_mentoring_xblock.selectors.circles import circles_page
from reverse_mentoring_xblock.selectors.cohort import cohort_of
from reverse_mentoring_xblock.selectors.dashboard import needs_help
from reverse_mentoring_xblock.selectors.journal import counted_sessions
from reverse_mentoring_xblock.selectors.pair_checks import NOT_READY, check_pair
from reverse_mentoring_xblock.selectors.rounds import round_of
from reverse_mentoring_xblock.selectors.training import has_passed_training
from reverse_mentoring_xblock.standalone.demo import demo_rows
from reverse_mentoring_xblock.standalone.demo.cast import PEOPLE
from reverse_mentoring_xblock.standalone.demo.crowd import crowd
from reverse_mentoring_xblock.standalone.demo.words import REFLECTIONS
from reverse_mentoring_xblock.standalone.models import Completion, CourseNode, CourseStaff, Enrolment, Score

BLOCKS = ("", "_training", "_assessment", "_pairing", "_journal")
pytestmark = pytest.mark.usefixtures("course")


def demo(*arguments, **options):
    said = io.StringIO()
    call_command("demo", *arguments, stdout=said, **options)
    return said.getvalue()


def person(username):
    return Participant.objects.select_related("user").get(user__username=username)


def everybody():
    """What makes two demos the same, without ids and times."""
    return [
        (p.user.username, p.user.first_name, p.role, p.state, p.level, p.department, p.site, p.manager, p.windows)
        for p in Participant.objects.select_related("user").order_by("pk")
    ], sorted(Answer.objects.values_list("attempt__participant__user__username", "item", "value"))


class TestTheCast:
    @pytest.fixture(autouse=True)
    def _made(self, course):
        demo()

    def test_two_dozen_people_a_circle_and_two_coordinators(self):
        assert Participant.objects.filter(role=Role.MENTOR).count() == 13
        assert Participant.objects.filter(role=Role.MENTEE).count() == 15
        assert {row.user.get_full_name() for row in CourseStaff.objects.all()} == {"Ingrid Solheim", "Achieng Odera"}
        assert Enrolment.objects.count() == 28

    def test_the_pairs_of_the_training_pages_are_active_and_one_has_just_begun(self):
        active = Pairing.objects.filter(state=PairingState.ACTIVE, circle=None).select_related(
            "mentor__user", "mentee__user"
        )
        assert {(pair.mentor.user.get_full_name(), pair.mentee.user.get_full_name()) for pair in active} == {
            ("Wanjiru Kamau", "Pieter van Dijk"),
            ("Arjun Nair", "Helen Ashworth"),
            ("Zofia Wrona", "Samuel Otieno"),
            ("Callum Reid", "Tan Mei Ling"),
            ("Fatima El Idrissi", "Marek Zieliński"),
            ("Njeri Wambui", "Lim Jia Hui"),
        }

    def test_a_circle_is_at_work_that_the_rules_permit(self):
        (circle,) = circles_page(factories.PLACE, 1).rows
        assert (circle.mentor.name, len(circle.mentees), circle.is_at_work) == ("Tomasz Lis", 3, True)
        assert Session.objects.filter(pairing__circle__isnull=False).values("starts_at").distinct().count() == 1
        rules, today = PairingRules(), timezone.now().date()
        for pairing in Pairing.objects.filter(circle__isnull=False):
            found = check_pair(factories.PLACE, rules, pairing.mentor_id, pairing.mentee_id, today)
            assert set(found.broken) <= {NOT_READY, "past_partner"}
            assert circle.topic in pairing.reason["topics"]

    def test_a_request_waits_for_an_answer_that_may_be_yes(self):
        request = PartnerRequest.objects.get()
        assert (request.mentee, request.mentor) == (person("catherine.obi"), person("dylan.okonkwo"))
        assert request.created < timezone.now() < request.answer_by
        page = Browser(request.mentor.user).do("reverse_mentoring_pairing", "accept_request", request=request.uuid)
        assert page.said == "You are partners now."

    def test_exactly_one_pair_has_gone_quiet(self):
        rows = needs_help(factories.PLACE, timezone.now(), 28, 6).rows
        assert [(row.mentor, [alert.rule for alert in row.alerts]) for row in rows] == [
            ("Zofia Wrona", [HelpRule.GONE_QUIET])
        ]

    def test_every_state_is_there(self):
        states = set(Participant.objects.values_list("state", flat=True))
        assert states == set(ParticipantState) - {ParticipantState.WITHDRAWN}
        assert set(Pairing.objects.values_list("state", flat=True)) == set(PairingState) - {
            PairingState.DECLINED,
            PairingState.LAPSED,
        }
        assert set(Session.objects.values_list("state", flat=True)) == set(SessionState) - {SessionState.DISPUTED}
        assert not ModuleProgress.objects.filter(participant=person("sanne.bakker")).exists()
        assert not has_passed_training(person("willem.janssen").pk, Role.MENTEE)
        assert has_passed_training(person("kacper.zajac").pk, Role.MENTOR)
        assert not Attempt.objects.filter(participant=person("kacper.zajac")).exists()
        assert Attempt.objects.get(participant=person("anneke.debruin")).submitted_at

    def test_a_coordinator_can_propose_at_once(self):
        rules = PairingRules()
        cohort = cohort_of(factories.PLACE, rules)
        outcome = propose(cohort.mentors, cohort.mentees, rules.policy(timezone.now().date()), 1, cohort.others)
        assert (len(cohort.mentors), len(cohort.mentees)) == (2, 3)
        assert outcome.matched == 2
        assert outcome.certified
        assert len(outcome.left_out) == 1

    def test_answers_are_whole_and_topics_are_what_the_scores_say(self):
        for attempt in Attempt.objects.select_related("participant"):
            said = round_of(attempt, Role(attempt.participant.role))
            assert said.is_answered
            assert attempt.scores == json.loads(json.dumps(summary(said.profile()).as_json()))
            if attempt.participant.role == Role.MENTEE:
                assert attempt.topics == [topic.competence for topic in said.profile().topics.chosen]

    def test_checks_and_their_summaries_agree(self):
        for progress in ModuleProgress.objects.all():
            percents = list(progress.check_attempts.order_by("number").values_list("percent", flat=True))
            assert len(percents) == progress.attempts
            assert progress.best_percent == max(percents, default=None)
            assert (progress.passed_at is not None) == (max(percents, default=0) >= 80)

    def test_lines_of_reporting_run_through_the_programme(self):
        addresses = set(get_user_model().objects.values_list("email", flat=True))
        inside = [person for person in Participant.objects.all() if person.manager in addresses]
        assert len(inside) >= 12
        assert person("dylan.okonkwo").manager == "graham.whitlock@brannock.example"
        assert person("graham.whitlock").manager == "pieter.vandijk@brannock.example"

    def test_the_gradebook_says_what_the_rows_say(self):
        nodes = {node.category: node.usage_key for node in CourseNode.objects.all()}
        for one in Participant.objects.select_related("user"):
            score = dict(Score.objects.filter(user=one.user).values_list("usage_key", "value"))
            done = set(Completion.objects.filter(user=one.user).values_list("usage_key", flat=True))
            role = Role(one.role)
            best = sum(one.module_progress.values_list("best_percent", flat=True).exclude(best_percent=None)) / 200
            assert score.get(nodes["reverse_mentoring_training"], 0) == pytest.approx(best)
            assert (nodes["reverse_mentoring_training"] in done) == has_passed_training(one.pk, role)
            counted = counted_sessions(one.pk, role)
            assert score.get(nodes["reverse_mentoring_journal"], 0) == pytest.approx(counted / 6)
            assert (nodes["reverse_mentoring_journal"] in done) == (counted >= 6)
            mine = Pairing.objects.filter(**{role.value: one}, active_at__isnull=False)
            assert (nodes["reverse_mentoring_pairing"] in done) == mine.exists()

    def test_what_happened_lies_in_the_past_and_in_order(self):
        now = timezone.now()
        for pair in Pairing.objects.select_related("mentor", "mentee"):
            assert pair.mentor.created <= pair.mentor.signed_up_at <= pair.created <= now
            assert pair.active_at is None or pair.created <= pair.active_at <= now
            for session in pair.sessions.exclude(state=SessionState.PLANNED):
                assert pair.active_at <= session.starts_at <= now
        assert Session.objects.filter(state=SessionState.PLANNED, starts_at__gt=now).exists()
        for reflection in Reflection.objects.select_related("session"):
            assert reflection.created == reflection.session.starts_at

    @pytest.mark.parametrize("block", BLOCKS)
    def test_every_block_opens_for_everybody(self, block):
        for account in get_user_model().objects.all():
            assert 'class="rm"' in Browser(account).see(f"reverse_mentoring{block}"), account.username

    def test_nobody_writes_the_same_twice_or_about_something_else(self):
        about = {written.what: written.about for role in Role for written in REFLECTIONS[role]}
        for one in Participant.objects.all():
            wrote = list(Reflection.objects.filter(author=one).values_list("what", "session__topic"))
            assert len({what for what, _topic in wrote}) == len(wrote)
            assert all(not about[what] or topic in about[what] for what, topic in wrote)

    def test_nobody_can_sign_in_with_a_password(self):
        assert not any(account.has_usable_password() for account in get_user_model().objects.all())


class TestTheCommand:
    def test_it_says_who_can_be_signed_in_as(self):
        said = demo()
        assert "Made 28 people" in said
        assert "Ingrid Solheim" in said

    def test_a_second_run_changes_nothing(self):
        demo()
        before = Participant.objects.values_list("pk", flat=True).order_by("pk")
        kept = list(before)
        assert "there already" in demo()
        assert list(before.all()) == kept

    def test_again_makes_the_same_people_anew_and_touches_nobody_else(self):
        stranger = factories.participant(account=factories.user(username="stranger"))
        get_user_model().objects.filter(pk=stranger.user_id).update(email="stranger@example.org")
        demo()
        Participant.objects.exclude(pk=stranger.pk).exclude(user__username="pieter.vandijk").delete()
        ingrid = get_user_model().objects.get(username="ingrid.solheim")
        MatchRun.objects.create(
            programme=factories.programme(), proposed_by=ingrid, seed=1, matched=0, total=0, bound=0, certified=True
        )
        demo("--again")
        assert Participant.objects.count() == 29
        assert Participant.objects.filter(pk=stranger.pk).exists()
        assert not MatchRun.objects.exists()
        assert CourseStaff.objects.count() == 2

    def test_the_same_seed_makes_the_same_people(self):
        demo(people=60, seed=7)
        first = everybody()
        demo("--again", people=60, seed=7)
        assert everybody() == first
        demo("--again", people=60, seed=8)
        assert everybody() != first

    @pytest.mark.parametrize("people", [0, 1, 2, 15, 26, 29])
    def test_any_number_of_people_can_be_made(self, people):
        demo(people=people)
        assert Participant.objects.count() == people
        assert CourseStaff.objects.count() == 2

    @pytest.mark.parametrize(
        "options", [{"people": -1}, {"course": "nonsense"}, {"course": "course-v1:No+Such+Course"}]
    )
    def test_what_cannot_be_made_is_said(self, options):
        with pytest.raises(CommandError):
            demo(**options)
        assert not Participant.objects.exists()


class TestTheCrowd:
    def test_everybody_has_a_place_in_the_programme(self):
        demo(people=300)
        assert Participant.objects.count() == 300
        assert get_user_model().objects.values("username").distinct().count() == 302
        states = set(Participant.objects.values_list("state", flat=True))
        assert states == set(ParticipantState)
        assert Pairing.objects.filter(state=PairingState.ACTIVE).count() > 20
        assert Answer.objects.count() > 3000
        assert CheckAttempt.objects.count() > 300

    def test_the_mentor_is_the_more_junior_and_never_in_the_line(self):
        demo(people=300)
        for pair in Pairing.objects.select_related("mentor__user", "mentee__user"):
            assert pair.mentor.level < pair.mentee.level
            assert pair.mentor.manager != pair.mentee.user.email

    def test_people_do_not_depend_on_how_many_there_are(self):
        few, many = next(crowd(3, 50)).people, next(crowd(3, 1000)).people
        assert list(few) == list(many)[:50]

    def test_a_chunk_costs_as_many_queries_whatever_it_holds(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(400):
            demo(people=400)


class TestTheSignInPage:
    @pytest.fixture(autouse=True)
    def _made(self, course):
        demo(people=70)

    def test_it_shows_who_they_are_and_where_they_stand(self):
        page = Browser().client.get("/people").content.decode()
        assert "Wanjiru Kamau" in page
        assert "Service analyst" in page
        assert "Partner of Pieter van Dijk, 3 sessions held." in page
        assert "Page 1 of 2" in page

    @pytest.mark.parametrize(
        ("username", "stands"),
        [
            ("sanne.bakker", "Is invited and has not joined yet."),
            ("willem.janssen", "Is in the middle of the training."),
            ("kacper.zajac", "Has passed the training."),
            ("anneke.debruin", "Is trained, has found a starting point and can sign up."),
            ("ewa.majewska", "Is signed up and waits for a partner."),
            ("nurul.aisyah", "Is signed up and takes a pause."),
            ("joyce.mwangi", "Has an offer: Maja Kowalczyk."),
            ("marek.zielinski", "Partner of Fatima El Idrissi, 3 sessions held."),
            ("lim.jiahui", "Partner of Njeri Wambui, no session yet."),
            ("dylan.okonkwo", "Has a request to answer: Catherine Obi."),
            ("catherine.obi", "Has asked Dylan Okonkwo and waits for the answer."),
            ("tomasz.lis", "Mentor of a circle of 3 mentees."),
            ("esther.njoroge", "In the circle of Tomasz Lis."),
            ("lucas.verhoeven", "Waits for a new partner after a pairing that ended."),
        ],
    )
    def test_the_sentence_fits_the_state(self, username, stands):
        rows = {row.username: row for row in demo_rows(factories.COURSE)[: len(PEOPLE)]}
        assert rows[username].stands == stands

    def test_only_the_rows_of_a_page_are_read(self, django_assert_num_queries):
        with django_assert_num_queries(12):
            page = Paginator(demo_rows(factories.COURSE), 20).get_page(2)
            assert len(list(page)) == 20

    def test_signing_in_takes_one_click(self):
        browser = Browser()
        answer = browser.client.post("/people/sign-in", {"username": "tan.meiling"}, headers={"X-CSRFToken": "t" * 32})
        assert answer.status_code == 302
        assert "Sign out Tan Mei Ling" in browser.client.get("/").content.decode()
