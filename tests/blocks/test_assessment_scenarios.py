"""Scenarios, terms and the picture so far, as a mentee meets them."""

import json
import re
from datetime import timedelta

import assessing
import factories
import pytest
from callers import Browser, text_of
from django.utils import timezone

from reverse_mentoring_xblock.content.loading import bank_words, load_bank
from reverse_mentoring_xblock.domain.states import Role
from reverse_mentoring_xblock.models import Answer, Attempt

ASSESSMENT = "reverse_mentoring_assessment"
pytestmark = pytest.mark.usefixtures("course")


@pytest.fixture
def mentee(course):
    return factories.participant(Role.MENTEE)


@pytest.fixture
def browser(mentee):
    return Browser(mentee.user)


def shown_item(html):
    found = re.search(r'name="item" value="([^"]+)"', html)
    return found and found[1]


def walk_to(browser, prefix, answer="3"):
    """Answer until a question of that kind is shown; returns its page."""
    html = browser.do(ASSESSMENT, "begin").html
    while not (item := shown_item(html)).startswith(prefix):
        checks = load_bank().checks
        value = checks[item].key if item in checks else "2" if item.startswith(("m-", "t-")) else answer
        html = browser.do(
            ASSESSMENT, "answer_item", item=item, answer=value, sure="fairly" if item in checks else ""
        ).html
    return html


class TestScenario:
    def test_it_comes_after_the_self_items_of_an_area_with_two_fieldsets(self, browser):
        html = walk_to(browser, "k-")
        assert shown_item(html)[2] == "1"
        assert html.count("<fieldset") == 2
        assert html.count('name="answer"') == 6
        assert html.count('name="sure"') == 4
        assert "It changes no score." in html

    def test_the_right_option_is_nowhere_on_the_page(self, browser):
        html = walk_to(browser, "k-")
        check = load_bank().checks[shown_item(html)]
        words = bank_words("en")
        assert all(words[f"{check.id}.opt.{option}"] in html.replace("&#x27;", "'") for option in check.options)
        assert words[f"{check.id}.why"] not in html
        assert "key" not in html

    def test_a_reload_shows_the_same_order(self, browser):
        html = walk_to(browser, "k-")
        order = re.findall(r'name="answer" value="([^"]+)"', html)
        assert re.findall(r'name="answer" value="([^"]+)"', browser.see(ASSESSMENT)) == order

    def test_an_option_needs_how_sure_and_not_sure_needs_nothing(self, browser):
        html = walk_to(browser, "k-")
        item = shown_item(html)
        option = load_bank().checks[item].options[0]
        refused = browser.do(ASSESSMENT, "answer_item", item=item, answer=option)
        assert refused.status == 422
        assert re.search(rf'value="{option}"\s+checked', refused.html)
        assert "a guess is an answer, too" in refused.html
        assert browser.do(ASSESSMENT, "answer_item", item=item, answer="unsure", sure="certain").status == 200
        assert Answer.objects.get(item=item).confidence == ""

    @pytest.mark.parametrize("data", [{"answer": "no-such"}, {"answer": "na"}, {"answer": "3"}, {"sure": "very"}, {}])
    def test_what_is_no_answer_is_refused(self, browser, data):
        item = shown_item(walk_to(browser, "k-"))
        sent = {"answer": load_bank().checks[item].options[0], "sure": "guess", **data} if data else {}
        assert browser.do(ASSESSMENT, "answer_item", item=item, **sent).status == 422
        assert not Answer.objects.filter(item=item).exists()

    def test_a_scenario_that_the_round_did_not_choose_is_not_here(self, browser):
        html = walk_to(browser, "k-")
        other = load_bank().counterpart(shown_item(html))
        assert browser.do(ASSESSMENT, "answer_item", item=other, answer="unsure").status == 404

    def test_the_report_explains_each_and_says_how_sure_one_was(self, browser, mentee):
        assessing.handed_in(mentee, scenarios=True, right=False)
        page = text_of(browser.see(ASSESSMENT))
        assert "You chose the best way in 0 of 10." in page
        assert "You tended to feel surer than the answers bore out." in page
        assert page.count("Only you see which way you chose") == 1
        assert "backed by a scenario" in page
        assert "You were sure of an answer that would have been unsafe" in page

    def test_authors_may_leave_them_out(self, browser):
        assessing.author_sets(scenarios=False)
        html = browser.do(ASSESSMENT, "begin").html
        assert "Question 1 of about 36" in text_of(html)

    def test_mentors_are_not_asked_them(self):
        browser = Browser(factories.participant(Role.MENTOR).user)
        assert "Question 1 of about 24" in text_of(browser.do(ASSESSMENT, "begin").html)


class TestTerms:
    def test_they_come_last_when_the_author_wants_them_and_say_that_some_are_invented(self, browser):
        assessing.author_sets(terms=True, scenarios=False)
        html = walk_to(browser, "t-")
        assert "A few terms of this list are invented." in html
        assert "Question 37 of about 44" in text_of(html)

    def test_the_report_tells_kindly_which_were_invented(self, browser):
        assessing.author_sets(terms=True, scenarios=False)
        html = walk_to(browser, "t-")
        while shown_item(html) and shown_item(html).startswith("t-"):
            html = browser.do(ASSESSMENT, "answer_item", item=shown_item(html), answer="2").html
        page = text_of(browser.do(ASSESSMENT, "submit_assessment").html)
        assert "2 terms that you have met were invented for this list. It happens to most people" in page


class TestPictureSoFar:
    def test_it_is_offered_after_three_areas_and_shows_those(self, browser):
        html = browser.do(ASSESSMENT, "begin").html
        while "See the picture so far" not in html:
            item = shown_item(html)
            checks = load_bank().checks
            sent = {"answer": checks[item].key, "sure": "even"} if item in checks else {"answer": "2"}
            html = browser.do(ASSESSMENT, "answer_item", item=item, **sent).html
        assert load_bank().area_of[shown_item(html)[2:5]] == "4"
        picture = browser.do(ASSESSMENT, "show_partial")
        assert picture.status == 200
        assert picture.html.count('<th scope="row">') == 3
        back = browser.do(ASSESSMENT, "go_back", item="next")
        assert shown_item(back.html) == shown_item(html)

    def test_it_changes_nothing_and_before_beginning_it_is_the_introduction(self, browser):
        assert "Begin the questions" in browser.do(ASSESSMENT, "show_partial").html
        assert not Attempt.objects.exists()


class TestOpeningTimes:
    def test_before_it_opens_nobody_begins(self, browser):
        assessing.author_sets(opens=(timezone.now() + timedelta(days=3)).isoformat())
        assert "The questions open on" in browser.see(ASSESSMENT)
        answer = browser.do(ASSESSMENT, "begin")
        assert answer.status == 409
        assert "not open yet" in answer.said

    def test_after_it_closed_answers_are_kept_and_the_page_says_whom_to_ask(self, browser):
        item = shown_item(browser.do(ASSESSMENT, "begin").html)
        browser.do(ASSESSMENT, "answer_item", item=item, answer="2")
        assessing.author_sets(closes=(timezone.now() - timedelta(hours=1)).isoformat())
        page = browser.see(ASSESSMENT)
        assert "Your answers are kept." in page
        assert "Save and go on" not in page
        answer = browser.do(ASSESSMENT, "answer_item", item=item, answer="4")
        assert answer.status == 409
        assert "What you answered before is kept" in answer.said
        assert Answer.objects.get().value == "2"

    @pytest.mark.parametrize("nonsense", [5, "", None])
    def test_what_is_no_moment_counts_as_empty(self, browser, nonsense):
        assessing.author_sets(opens=nonsense, closes=nonsense)
        assert browser.do(ASSESSMENT, "begin").status == 200

    def test_a_report_stays_after_the_closing(self, browser, mentee):
        assessing.handed_in(mentee)
        assessing.author_sets(closes=(timezone.now() - timedelta(hours=1)).isoformat())
        assert "What your mentor sees" in browser.see(ASSESSMENT)


class TestRoleProfiles:
    def test_a_mentee_chooses_and_the_targets_are_kept(self, browser):
        page = browser.see(ASSESSMENT)
        assert "Which comes nearest to your role?" in page
        browser.do(ASSESSMENT, "begin", profile="executive")
        attempt = Attempt.objects.get()
        assert (attempt.role_profile, attempt.targets["4.1"], attempt.targets["2.1"]) == ("executive", 85, 60)

    def test_authors_write_their_own_and_one_alone_is_not_asked_about(self, browser):
        assessing.author_sets(role_targets="Everybody: basic, 4.1 advanced")
        assert "Which comes nearest" not in browser.see(ASSESSMENT)
        browser.do(ASSESSMENT, "begin")
        assert Attempt.objects.get().targets["1.2"] == 35

    def test_a_role_that_is_not_there_is_refused_in_words(self, browser):
        answer = browser.do(ASSESSMENT, "begin", profile="king")
        assert answer.status == 422
        assert not Attempt.objects.exists()

    def test_emphasis_and_an_own_set_travel_into_the_round(self, browser):
        assessing.author_sets(
            competence_set="own",
            own_competences="1.1, 1.2, 2.1, 2.2, 3.1, 3.2, 4.1, 4.4, 5.1, 5.4",
            emphasis="4.1: 1.5\n1.2: 0,5",
        )
        browser.do(ASSESSMENT, "begin")
        attempt = Attempt.objects.get()
        assert attempt.competences[:3] == ["1.1", "1.2", "2.1"]
        assert attempt.weights == {"4.1": 1.5, "1.2": 0.5}


class TestOwnFile:
    def test_everything_comes_back_as_a_file(self, browser, mentee):
        assessing.handed_in(mentee, {"4.1": "0"}, scenarios=True)
        answer = browser.do(ASSESSMENT, "export_own", _method="get")
        kept = json.loads(answer.html)
        assert answer.status == 200
        assert len(kept["answers"]) == 24 + 10
        assert kept["profile"]["topics"] == Attempt.objects.get().topics
        assert kept["bank"]["id"] == "dsc-core"

    def test_it_is_the_callers_own_or_nothing(self, mentee):
        assessing.handed_in(mentee)
        other = Browser(factories.participant(Role.MENTEE).user).do(ASSESSMENT, "export_own", _method="get")
        assert other.status == 404


class TestOffers:
    def test_a_mentor_ticks_what_they_would_gladly_help_with(self, course):
        mentor = assessing.handed_in(factories.participant(Role.MENTOR), {"4.1": "4"})
        browser = Browser(mentor.user)
        page = browser.see(ASSESSMENT)
        assert "What you would gladly help with" in page
        answer = browser.do(ASSESSMENT, "choose_offers", offers=["2.4", "4.1"])
        assert answer.status == 200
        assert Attempt.objects.get().topics == ["2.4", "4.1"]
        sign_up = Browser(mentor.user).see("reverse_mentoring_pairing")
        assert re.search(r'value="2\.4"\s+checked', sign_up) or "training" in sign_up.lower()

    @pytest.mark.parametrize("offers", ["9.9", "1.1", "\x00"])
    def test_what_was_not_asked_about_is_refused(self, course, offers):
        mentor = assessing.handed_in(factories.participant(Role.MENTOR))
        before = Attempt.objects.get().topics
        assert Browser(mentor.user).do(ASSESSMENT, "choose_offers", offers=offers).status == 422
        assert Attempt.objects.get().topics == before

    def test_mentees_offer_nothing_here(self, browser, mentee):
        assessing.handed_in(mentee)
        assert browser.do(ASSESSMENT, "choose_offers", offers="4.1").status == 403
