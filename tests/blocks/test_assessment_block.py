import re

import assessing
import factories
import pytest
from callers import Browser, text_of
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reverse_mentoring_xblock.content.loading import bank_words, load_bank
from reverse_mentoring_xblock.domain.permissions import HANDLERS
from reverse_mentoring_xblock.domain.states import Role
from reverse_mentoring_xblock.models import Answer, Attempt
from reverse_mentoring_xblock.standalone.models import Completion, CourseNode, ReceivedEvent, Score
from reverse_mentoring_xblock.standalone.runtime import SiteRuntime

ASSESSMENT = "reverse_mentoring_assessment"
LOW = {"4.1": "0", "5.2": "1", "1.3": "1"}
pytestmark = pytest.mark.usefixtures("course")


@pytest.fixture
def mentee(course):
    return factories.participant(Role.MENTEE, account=factories.user("Henrik", "Aldous"))


@pytest.fixture
def mentor(course):
    return factories.participant(Role.MENTOR)


@pytest.fixture
def browser(mentee):
    return Browser(mentee.user)


def shown_item(html):
    return re.search(r'name="item" value="([^"]+)"', html)[1]


def events(name):
    return list(
        ReceivedEvent.objects.filter(name=f"reverse_mentoring.assessment.{name}").values_list("data", flat=True)
    )


class TestBeginning:
    def test_a_mentee_reads_what_it_is_for_how_long_it_takes_and_who_sees_it(self, browser):
        page = text_of(browser.see(ASSESSMENT))
        assert "spend your mentor" in page
        assert "About 12 minutes" in page
        assert "Only you see the answers" in page

    def test_a_mentor_is_not_told_of_a_mentors_hour(self, mentor):
        page = text_of(Browser(mentor.user).see(ASSESSMENT))
        assert "See what you could help somebody with" in page
        assert "About 5 minutes" in page
        assert "your mentor" not in page.split("See what you could help")[1]

    @pytest.mark.parametrize("role", Role)
    def test_the_end_round_has_words_of_its_own(self, role):
        assessing.author_sets(phase="end", competence_set="all-21")
        page = text_of(Browser(factories.participant(role).user).see(ASSESSMENT))
        assert ("About 18 minutes" if role == Role.MENTEE else "About 7 minutes") in page

    def test_beginning_shows_the_first_question_and_tells_once(self, browser):
        answer = browser.do(ASSESSMENT, "begin")
        assert answer.status == 200
        assert "Question 1 of about 46" in text_of(answer.html)
        assert shown_item(browser.do(ASSESSMENT, "begin").html) == shown_item(answer.html)
        assert events("started") == [{"programme": "main", "phase": "start", "competences": 12}]

    def test_two_tabs_see_the_same_question(self, browser, mentee):
        first = browser.do(ASSESSMENT, "begin")
        second = Browser(mentee.user).do(ASSESSMENT, "begin")
        assert shown_item(first.html) == shown_item(second.html)
        assert Attempt.objects.count() == 1

    def test_values_that_studio_would_not_take_count_as_the_defaults(self, browser):
        assessing.author_sets(
            phase="middle", competence_set="none", role_targets="sky", emphasis="4.1: much", own_bank="- no"
        )
        answer = browser.do(ASSESSMENT, "begin")
        assert "Question 1 of about 46" in text_of(answer.html)
        assert Attempt.objects.get().phase == "start"


class TestAnswering:
    @pytest.fixture(autouse=True)
    def begun(self, browser):
        self.item = shown_item(browser.do(ASSESSMENT, "begin").html)

    def test_a_question_is_one_fieldset_with_every_answer_in_words(self, browser):
        page = browser.see(ASSESSMENT).split("data-rm-block")[1]
        assert page.count("<fieldset") == 1
        assert page.count('type="radio"') == 7
        for word in ("New to me", "People come to me for it", "come up in my role", "d rather skip"):
            assert word in page

    def test_saving_goes_on_and_says_how_far(self, browser):
        answer = browser.do(ASSESSMENT, "answer_item", item=self.item, answer="2")
        assert answer.said == "Saved. 1 of about 46 questions answered."
        assert "Question 2 of about 46" in text_of(answer.html)
        assert shown_item(answer.html) != self.item

    def test_the_third_question_of_a_skill_asks_how_much_it_matters(self, browser):
        upper = shown_item(browser.do(ASSESSMENT, "answer_item", item=self.item, answer="2").html)
        answer = browser.do(ASSESSMENT, "answer_item", item=upper, answer="1")
        assert "How much does this matter to you" in answer.html
        assert answer.html.count('type="radio"') == 5
        assert "come up in my role" not in answer.html

    def test_no_answer_is_refused_beside_the_question(self, browser):
        answer = browser.do(ASSESSMENT, "answer_item", item=self.item)
        assert answer.status == 422
        assert shown_item(answer.html) == self.item
        assert answer.html.count('class="rm-error"') == 1
        assert not Answer.objects.exists()

    def test_going_back_shows_the_answer_again_and_changes_nothing(self, browser):
        browser.do(ASSESSMENT, "answer_item", item=self.item, answer="3")
        back = browser.do(ASSESSMENT, "go_back", item=self.item)
        assert shown_item(back.html) == self.item
        assert re.search(r'value="3"\s+checked', back.html)
        assert back.html.count("checked") == 1
        assert "Question 1 of about 46" in text_of(back.html)

    def test_a_changed_answer_goes_on_to_the_open_question(self, browser):
        second = shown_item(browser.do(ASSESSMENT, "answer_item", item=self.item, answer="3").html)
        third = shown_item(browser.do(ASSESSMENT, "answer_item", item=second, answer="3").html)
        browser.do(ASSESSMENT, "go_back", item=self.item)
        assert shown_item(browser.do(ASSESSMENT, "answer_item", item=self.item, answer="4").html) == third

    def test_a_refused_answer_further_back_stays_on_its_question(self, browser):
        browser.do(ASSESSMENT, "answer_item", item=self.item, answer="3")
        answer = browser.do(ASSESSMENT, "answer_item", item=self.item, answer="9")
        assert answer.status == 422
        assert shown_item(answer.html) == self.item

    def test_coming_back_later_resumes_at_the_open_question(self, browser, mentee):
        second = shown_item(browser.do(ASSESSMENT, "answer_item", item=self.item, answer="3").html)
        assert shown_item(Browser(mentee.user).see(ASSESSMENT)) == second

    def test_a_stale_tab_updates_what_is_answered(self, browser, mentee):
        browser.do(ASSESSMENT, "answer_item", item=self.item, answer="3")
        answer = Browser(mentee.user).do(ASSESSMENT, "answer_item", item=self.item, answer="0")
        assert answer.status == 200
        assert Answer.objects.get().value == "0"

    @pytest.mark.parametrize(
        ("data", "status"),
        [
            ({"item": "s-1.1-I", "answer": "2"}, 404),
            ({"item": "s-nothing", "answer": "2"}, 404),
            ({"item": "' OR 1=1 --", "answer": "2"}, 404),
            ({"item": "m-9.9", "answer": "2"}, 404),
            ({"item": "s-1.2-I", "answer": "5"}, 422),
            ({"item": "s-1.2-I", "answer": "-1"}, 422),
            ({"item": "s-1.2-I", "answer": "9" * 40}, 422),
            ({"item": "m-1.2", "answer": "na"}, 422),
            ({"item": "s-1.2-I", "answer": "\x00"}, 422),
            ({"item": "\x00", "answer": "2"}, 422),
            ({"item": "x" * 41, "answer": "2"}, 422),
            ({"answer": "2"}, 422),
            ({}, 422),
        ],
    )
    def test_bad_answers_are_refused_in_words(self, browser, data, status):
        answer = browser.do(ASSESSMENT, "answer_item", **data)
        assert (answer.status, answer.region) == (status, "journey")
        assert answer.said
        assert shown_item(answer.html)
        assert not Answer.objects.exists()

    def test_of_repeated_fields_the_last_counts(self, browser):
        browser.do(ASSESSMENT, "answer_item", item=self.item, answer=["1", "4"])
        assert Answer.objects.get().value == "4"

    @pytest.mark.parametrize("data", [{"item": "s-5.2-A"}, {"item": "nothing"}])
    def test_going_back_to_what_is_not_there_stays_where_one_is(self, browser, data):
        answer = browser.do(ASSESSMENT, "go_back", **data)
        assert answer.status == 200
        assert shown_item(answer.html) == self.item

    @pytest.mark.parametrize("data", [{}, {"item": "\x00"}, {"item": "x" * 100}])
    def test_going_nowhere_is_refused_in_words(self, browser, data):
        assert browser.do(ASSESSMENT, "go_back", **data).status == 422

    def test_somebody_elses_round_is_untouched(self, mentor, browser):
        answer = Browser(mentor.user).do(ASSESSMENT, "answer_item", item=self.item, answer="4")
        assert answer.status == 404
        assert "begin one below" in answer.said
        assert not Answer.objects.exists()

    def test_mentors_are_never_asked_what_matters(self, mentor):
        other = Browser(mentor.user)
        html = other.do(ASSESSMENT, "begin").html
        assert "Question 1 of about 24" in text_of(html)
        while "Check your answers" not in html:
            assert "How much does this matter" not in html
            html = other.do(ASSESSMENT, "answer_item", item=shown_item(html), answer="3").html


class TestChecking:
    def test_all_answers_stand_by_area_with_a_way_to_change_each(self, browser, mentee):
        assessing.answered(mentee, {"2.6": "na", "s-1.2-I": "skip"})
        page = browser.see(ASSESSMENT)
        assert "Check your answers" in page
        assert page.count('<details class="rm-fold"') == 5
        assert page.count('name="item"') == 32
        assert "You have answered 31 questions. You skipped 1; it counts neither for nor against you." in text_of(page)
        assert "Hand in and see my report" in page

    def test_changing_an_answer_comes_back_to_the_check_with_that_area_open(self, browser, mentee):
        assessing.answered(mentee)
        assert re.search(r'value="3"\s+checked', browser.do(ASSESSMENT, "go_back", item="s-2.4-A").html)
        answer = browser.do(ASSESSMENT, "answer_item", item="s-2.4-A", answer="1")
        assert answer.said == "Saved. Every question is answered."
        assert answer.html.count('<details class="rm-fold" open>') == 1

    def test_an_answer_that_opens_a_question_leads_to_it(self, browser, mentee):
        assessing.answered(mentee)
        answer = browser.do(ASSESSMENT, "answer_item", item="s-2.4-I", answer="0")
        assert shown_item(answer.html) == "s-2.4-B"

    def test_handing_in_from_a_stale_tab_shows_the_question_that_is_open_again(self, browser, mentee):
        assessing.answered(mentee)
        browser.do(ASSESSMENT, "answer_item", item="s-2.4-I", answer="0")
        refused = browser.do(ASSESSMENT, "submit_assessment")
        assert refused.status == 409
        assert shown_item(refused.html) == "s-2.4-B"
        assert "all other answers are kept" in refused.html
        assert not Completion.objects.exists()


class TestHandingIn:
    def test_it_completes_tells_and_gives_no_points_unless_the_author_wants_some(self, browser, mentee):
        assessing.answered(mentee, LOW)
        answer = browser.do(ASSESSMENT, "submit_assessment")
        assert answer.status == 200
        assert Completion.objects.get(user=mentee.user).completion == 1.0
        assert not Score.objects.exists()
        facts = {"programme": "main", "phase": "start", "answered": 36, "skipped": 0}
        assert events("submitted") == [facts]

    @pytest.mark.parametrize("value", ["0", "4", "skip"])
    def test_points_are_for_taking_part_whatever_the_answers(self, browser, mentee, value):
        assessing.author_sets(weight=2.0)
        assessing.answered(mentee, default=value)
        browser.do(ASSESSMENT, "submit_assessment")
        score = Score.objects.get(user=mentee.user)
        assert (score.value, score.max_value) == (1.0, 1.0)

    def test_twice_is_once(self, browser, mentee):
        assessing.answered(mentee)
        browser.do(ASSESSMENT, "submit_assessment")
        again = browser.do(ASSESSMENT, "submit_assessment")
        assert again.status == 200
        assert "What your mentor sees" in again.html
        assert len(events("submitted")) == 1

    def test_afterwards_answers_stay_as_they_are(self, browser, mentee):
        assessing.handed_in(mentee)
        answer = browser.do(ASSESSMENT, "answer_item", item="s-1.2-I", answer="0")
        assert answer.status == 409
        assert "Your report is below" in answer.html
        assert browser.do(ASSESSMENT, "begin").status == 409
        assert Answer.objects.get(item="s-1.2-I").value == "3"

    def test_before_it_is_begun_there_is_nothing_to_hand_in(self, browser):
        answer = browser.do(ASSESSMENT, "submit_assessment")
        assert answer.status == 404
        assert "Begin the questions" in answer.html


class TestReport:
    def test_it_says_the_three_things_in_words(self, browser, mentee):
        assessing.handed_in(mentee, {**LOW, "3.1": "4", "3.3": "4"})
        page = text_of(browser.see(ASSESSMENT))
        assert "You place yourself highest in “Content creation”: Advanced." in page
        assert "Three topics for your sessions: “Protecting devices and accounts”, " in page
        assert "In return you could offer your mentor “Creating documents and media”." in page

    def test_areas_stand_in_a_table_with_words_and_numbers_beside_every_picture(self, browser, mentee):
        assessing.handed_in(mentee, LOW)
        page = browser.see(ASSESSMENT)
        table = page[page.index("<table") : page.index("</table")]
        assert table.count('<th scope="row">') == 5
        assert table.count("<svg") == table.count('aria-hidden="true"') == 5
        assert table.count('class="rm-reach"') == table.count('class="rm-target"') == 5
        assert table.count('class="rm-band"') == 20
        assert "Between Intermediate and Advanced" in table
        assert "give or take 10" in table

    def test_skills_stand_in_folds_as_a_rough_guide_without_reach(self, browser, mentee):
        assessing.handed_in(mentee, {"2.6": "na", "3.1": "skip"})
        page = browser.see(ASSESSMENT)
        skills = page[page.index("Skill by skill, a rough guide") : page.index("Topics for your sessions")]
        assert skills.count('class="rm-fold"') == 5
        assert skills.count("<svg") == 10
        assert "rm-reach" not in skills
        assert "come up in my role" in skills
        assert "Skipped" in skills

    def test_an_area_with_too_few_answers_gets_no_level(self, browser, mentee):
        assessing.handed_in(mentee, {"3.1": "skip", "3.3": "na"})
        assert "Not enough answers for a level" in browser.see(ASSESSMENT)

    def test_the_authors_target_is_marked_and_settles_the_topics(self, browser, mentee):
        assessing.author_sets(role_targets="Everybody: basic", scenarios=False)
        html = browser.do(ASSESSMENT, "begin", profile="Everybody").html
        while "Check your answers" not in html:
            item = shown_item(html)
            answer = "0" if item.startswith("s-4.1") else "2"
            html = browser.do(ASSESSMENT, "answer_item", item=item, answer=answer).html
        page = browser.do(ASSESSMENT, "submit_assessment").html
        assert 'x1="35.0%"' in page
        assert "Levels to aim for are those for: Everybody." in text_of(page)
        assert Attempt.objects.get().topics[0] == "4.1"

    def test_every_topic_has_its_reasons_in_words_and_something_to_try(self, browser, mentee):
        assessing.handed_in(mentee, {"4.1": "0", "m-4.1": "3", "5.2": "1", "s-5.2-B": "4", "m-5.2": "2"}, matters="0")
        page = text_of(browser.see(ASSESSMENT))
        assert "You said that it matters a great deal to you in the next six months." in page
        assert "You said that it matters quite a lot to you in the next six months." in page
        assert "Your answers place you well below the target." in page
        assert "Your answers place you below the target." in page
        assert "You are at the target or close to it. This would take you further." in page
        assert page.count("One thing to try in a session:") == 3

    def test_somebody_who_skipped_everything_gets_a_report_that_says_so(self, browser, mentee):
        assessing.handed_in(mentee, default="skip")
        page = text_of(browser.see(ASSESSMENT))
        assert "Too few questions have an answer" in page
        assert "No topic follows from your answers" in page
        assert "There are no topics, because no skill has a score" in page
        assert "No single strength to offer in return stands out" in page
        assert "Nothing. The two of you will talk about topics in the first session." in page

    @pytest.mark.parametrize(("kept", "sentence"), [(("1.2",), "One topic for"), (("1.2", "2.1"), "Two topics for")])
    def test_fewer_topics_are_counted_in_words(self, browser, mentee, kept, sentence):
        assessing.handed_in(mentee, {**dict.fromkeys(kept, "1")}, default="na")
        assert sentence in text_of(browser.see(ASSESSMENT))

    def test_a_mentor_reads_what_they_could_offer_and_nothing_of_topics_or_sharing(self, mentor):
        assessing.handed_in(mentor, {**LOW, "3.3": "4", "2.1": "4"})
        page = text_of(Browser(mentor.user).see(ASSESSMENT))
        assert "You could help somebody with “Messages, meetings, AI assistants”, “Copyright and licences” and" in page
        assert "What you could offer" in page
        for absent in ("Topics for your sessions", "What your mentor sees", "Swap", "dashed mark", "In return"):
            assert absent not in page
        assert 'class="rm-target"' not in Browser(mentor.user).see(ASSESSMENT)

    def test_a_mentor_without_a_skill_to_offer_is_told_kindly(self, mentor):
        assessing.handed_in(mentor, default="0")
        page = text_of(Browser(mentor.user).see(ASSESSMENT))
        assert "A mentor needs a few of them, not all" in page
        assert "What you could offer" not in page

    def test_how_it_was_worked_out_stands_with_attribution_and_version(self, browser, mentee):
        assessing.handed_in(mentee)
        page = text_of(browser.see(ASSESSMENT))
        assert "The ladder." in page
        assert "Uses DigComp 3.0 (Cosgrove &amp; Cachia, 2025" in page
        assert "Questions: dsc-core 1.0.0." in page

    def test_the_end_round_has_its_own_report(self, browser, mentee):
        assessing.handed_in(mentee, LOW)
        assessing.author_sets(phase="end")
        page = browser.see(ASSESSMENT)
        assert "six weeks after your first round" in page
        assert "Begin the questions" not in page
        assert browser.do(ASSESSMENT, "begin").status == 409
        assessing.handed_in(mentee, {"2.1": "0"}, phase="end")
        assert "“Messages, meetings, AI assistants”" in browser.see(ASSESSMENT)
        assessing.author_sets(phase="start")
        page = text_of(browser.see(ASSESSMENT))
        assert "You have handed in a later round of questions." in page
        assert "Swap" not in page
        assert "Save what I share" not in page

    def test_it_reads_in_german(self, browser, mentee):
        assessing.handed_in(mentee, LOW)
        browser.client.cookies["django_language"] = "de"
        page = browser.see(ASSESSMENT)
        assert "Die Leiter." in page
        assert "Geräte und Konten schützen" in page or bank_words("de")["competence.4.1.short"] in page
        assert re.search(r'cx="\d+\.\d%"', page)
        assert not re.search(r'[xc]\d?="\d+,', page)


class TestSwapping:
    @pytest.fixture(autouse=True)
    def report(self, mentee):
        assessing.handed_in(mentee, LOW)

    def test_a_topic_makes_room_for_another(self, browser):
        answer = browser.do(ASSESSMENT, "swap_topic", topic="4.1", instead="2.1")
        assert answer.status == 200
        assert "“Messages, meetings, AI assistants”" in answer.html
        assert "data-rm-focus>Topics for your sessions" in answer.html
        assert "2.1" in Attempt.objects.get().topics
        browser.do(ASSESSMENT, "swap_topic", topic="4.1", instead="2.1")
        assert events("topic_swapped") == [{"programme": "main", "phase": "start"}]

    def test_forms_of_several_topics_have_ids_of_their_own(self, browser):
        ids = re.findall(r'<select id="([^"]+)"', browser.see(ASSESSMENT))
        assert len(ids) == len(set(ids)) == 3

    @pytest.mark.parametrize(
        ("data", "status"),
        [
            ({"topic": "2.1", "instead": "2.4"}, 409),
            ({"topic": "9.9", "instead": "2.4"}, 409),
            ({"topic": "4.1", "instead": "5.2"}, 422),
            ({"topic": "4.1", "instead": "1.1"}, 422),
            ({"topic": "4.1", "instead": "9.9"}, 422),
            ({"topic": "4.1"}, 422),
            ({"instead": "2.1"}, 422),
            ({"topic": "\x00", "instead": "2.1"}, 422),
            ({"topic": "4.1", "instead": "\x00"}, 422),
            ({"topic": "x" * 40, "instead": "2.1"}, 422),
            ({}, 422),
        ],
    )
    def test_what_cannot_be_swapped_is_refused_in_words(self, browser, data, status):
        before = Attempt.objects.get().topics
        answer = browser.do(ASSESSMENT, "swap_topic", **data)
        assert (answer.status, answer.region) == (status, "journey")
        assert answer.said
        assert Attempt.objects.get().topics == before

    def test_mentors_swap_nothing(self, mentor):
        assessing.handed_in(mentor)
        assert Browser(mentor.user).do(ASSESSMENT, "swap_topic", topic="4.1", instead="2.1").status == 403


class TestSharing:
    @pytest.fixture(autouse=True)
    def report(self, mentee):
        assessing.handed_in(mentee, LOW)

    def shared(self, html):
        start = html.index("What your mentor sees")
        return text_of(html[start : html.index("<form", start)])

    def test_topics_without_scores_are_shared_from_the_start(self, browser):
        page = browser.see(ASSESSMENT)
        assert "Protecting devices and accounts" in self.shared(page)
        assert "Levels" not in self.shared(page)
        assert page[page.index("Let your mentor see") : page.index("Save what I share")].count("checked") == 1

    def test_ticking_more_shows_exactly_what_the_mentor_will_see(self, browser):
        answer = browser.do(ASSESSMENT, "choose_sharing", share=["levels", "strength"])
        shown = self.shared(answer.html)
        assert "Protecting devices" not in shown
        assert "Communication and collaboration: between Intermediate and Advanced" in shown
        assert "Checking information" in shown
        assert "data-rm-focus>What your mentor sees" in answer.html
        assert events("sharing_chosen") == [{"programme": "main", "phase": "start"}]

    def test_unticking_everything_shares_nothing(self, browser):
        answer = browser.do(ASSESSMENT, "choose_sharing")
        assert "Nothing. The two of you" in self.shared(answer.html)

    def test_choosing_the_same_again_is_no_event(self, browser):
        browser.do(ASSESSMENT, "choose_sharing", share="topics")
        assert events("sharing_chosen") == []

    @pytest.mark.parametrize("share", ["everything", "\x00", ["topics", "scores"]])
    def test_what_cannot_be_shared_is_refused(self, browser, share):
        assert browser.do(ASSESSMENT, "choose_sharing", share=share).status == 422
        assert Attempt.objects.get().share_topics

    def test_mentors_share_nothing(self, mentor):
        assessing.handed_in(mentor)
        assert Browser(mentor.user).do(ASSESSMENT, "choose_sharing", share="levels").status == 403

    def test_before_handing_in_there_is_nothing_to_share(self):
        other = assessing.answered(factories.participant(Role.MENTEE))
        assert Browser(other.user).do(ASSESSMENT, "choose_sharing", share="levels").status == 409


class TestDesk:
    def test_staff_see_counts_and_one_sentence_and_no_answers(self, mentee):
        assessing.handed_in(mentee, LOW)
        assessing.answered(factories.participant(Role.MENTOR))
        page = Browser(factories.coordinator(last_name="Solheim")).see(ASSESSMENT)
        desk = page[page.index('data-rm-region="desk"') : page.index('data-rm-region="journey"')]
        assert "Taking part in the start round so far" in desk
        assert re.findall(r"<td>(\d+)</td>", desk) == ["1", "1", "0", "1", "1", "1"]
        assert "answers, scores or report are ever shown here" in desk
        assert "Aldous" not in page
        assert "Protecting devices" not in page


def test_a_coordinator_who_views_as_the_person_reads_nothing_by_any_handler(mentee):
    assessing.handed_in(mentee, LOW)
    browser = Browser(factories.coordinator())
    browser.client.post("/masquerade", {"view_as": mentee.user.username}, headers={"X-CSRFToken": "t" * 32})
    assert "Protecting devices" not in browser.see(ASSESSMENT)
    for handler in HANDLERS[ASSESSMENT]:
        method = "get" if handler.startswith("export") else "post"
        answer = browser.do(ASSESSMENT, handler, _method=method, item="s-1.2-I", answer="0", topic="4.1", instead="2.1")
        assert answer.status == 403
        assert "Protecting devices" not in answer.html
        assert "rm-dots" not in answer.html


def views_of(person):
    node = CourseNode.objects.filter(category=ASSESSMENT).order_by("pk")[0]
    with CaptureQueriesContext(connection) as queries:
        SiteRuntime(person.user).block_of(node).render("student_view")
    return [row["sql"] for row in queries if "reverse_mentoring_standalone" not in row["sql"]]


@pytest.mark.parametrize("state", ["before", "open", "check", "report"])
@pytest.mark.parametrize("role", Role)
def test_a_view_takes_at_most_five_queries_and_writes_nothing(state, role):
    person = factories.participant(role)
    if state == "open":
        Browser(person.user).do(ASSESSMENT, "begin")
    elif state == "check":
        assessing.answered(person, competence_set="all-21")
    elif state == "report":
        assessing.handed_in(person, competence_set="all-21")
    asked = views_of(person)
    assert len(asked) <= 5
    assert all(sql.startswith("SELECT") for sql in asked)


def test_ids_on_the_page_are_unique(browser, mentee):
    for prepare in (lambda: None, lambda: assessing.answered(mentee, LOW), lambda: assessing.handed_in(mentee, LOW)):
        prepare()
        ids = re.findall(r'\sid="([^"]+)"', browser.see(ASSESSMENT))
        assert len(ids) == len(set(ids))


def test_every_question_of_the_bank_has_a_page(browser):
    assessing.author_sets(competence_set="all-21")
    html = browser.do(ASSESSMENT, "begin").html
    words = bank_words("en")
    seen = set()
    while "Check your answers" not in html:
        item = shown_item(html)
        seen.add(item)
        if item in load_bank().items:
            assert words[f"{item}.stem"].removesuffix(".") in html.replace("&#x27;", "'")
        answer = load_bank().checks[item].key if item in load_bank().checks else "1"
        html = browser.do(ASSESSMENT, "answer_item", item=item, answer=answer, sure="even").html
    assert len(seen) == 63 + 12
