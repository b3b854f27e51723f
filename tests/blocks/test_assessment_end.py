"""The end round: what has changed, goals, and the figures for the group."""

import csv
import io

import assessing
import factories
import pytest
from callers import Browser, text_of

from reverse_mentoring_xblock.content.loading import load_bank
from reverse_mentoring_xblock.domain.states import Role
from reverse_mentoring_xblock.models import Answer, Attempt, Goal
from reverse_mentoring_xblock.standalone.models import ReceivedEvent

ASSESSMENT = "reverse_mentoring_assessment"
LOW = {"4.1": "0", "5.2": "1", "1.3": "1"}
pytestmark = pytest.mark.usefixtures("course")


@pytest.fixture
def mentee(course):
    return factories.participant(Role.MENTEE)


@pytest.fixture
def browser(mentee):
    return Browser(mentee.user)


class TestTheSameQuestionsAgain:
    def test_same_skills_same_self_items_the_other_story(self, mentee):
        assessing.handed_in(mentee, LOW, scenarios=True)
        start = Attempt.objects.get(phase="start")
        assessing.answered(mentee, default="4", phase="end")
        end = Attempt.objects.get(phase="end")
        assert (end.competences, end.seed, end.targets) == (start.competences, start.seed, start.targets)
        assert [load_bank().counterpart(name) for name in start.checks] == end.checks

        def asked(attempt, prefix):
            return {item for item in attempt.answers.values_list("item", flat=True) if item.startswith(prefix)}

        assert asked(start, "s-") == asked(end, "s-")
        assert len(asked(end, "then-")) == 6

    def test_the_report_says_what_changed(self, browser, mentee):
        assessing.handed_in(mentee, LOW, scenarios=True, right=False)
        assessing.handed_in(mentee, default="4", phase="end", right=True)
        assessing.author_sets(phase="end")
        page = text_of(browser.see(ASSESSMENT))
        assert "What has changed" in page
        assert "On your topics you have clearly gained: about" in page
        assert "Over all areas together you have gained, clearly more than chance would explain." in page
        assert "The hollow dot is where you stood at the start." in page
        assert "clear gain, from" in page.lower()

    def test_nothing_changed_is_called_that(self, browser, mentee):
        assessing.handed_in(mentee, {"4.1": "2"})
        assessing.handed_in(mentee, {"4.1": "2"}, phase="end")
        assessing.author_sets(phase="end")
        page = text_of(browser.see(ASSESSMENT))
        assert "On your topics there is no clear change" in page
        assert "nothing has changed that chance could not explain" in page
        assert "Looking back, you place your start about where you placed it then." in page

    def test_a_lower_rating_is_explained(self, browser, mentee):
        assessing.handed_in(mentee, default="4")
        assessing.handed_in(mentee, default="0", phase="end")
        assessing.author_sets(phase="end")
        assert "Rating yourself lower after learning is common" in text_of(browser.see(ASSESSMENT))

    def test_without_a_start_round_there_is_nothing_to_compare(self, browser, mentee):
        assessing.handed_in(mentee, phase="end")
        assessing.author_sets(phase="end")
        assert "What has changed" not in browser.see(ASSESSMENT)

    def test_another_major_version_of_the_bank_is_never_compared(self, browser, mentee):
        assessing.handed_in(mentee)
        Attempt.objects.update(bank_version="0.9.0")
        assessing.handed_in(mentee, phase="end")
        assessing.author_sets(phase="end")
        assert Attempt.objects.get(phase="end").repeats is None
        assert "What has changed" not in browser.see(ASSESSMENT)


class TestGoals:
    @pytest.fixture(autouse=True)
    def report(self, mentee):
        assessing.handed_in(mentee, LOW)

    def test_up_to_three_in_ones_own_words(self, browser):
        answer = browser.do(
            ASSESSMENT, "keep_goals", goal_1="Draft with the assistant.", goal_2="", goal_3="Chair online."
        )
        assert answer.status == 200
        assert list(Goal.objects.values_list("number", "text")) == [
            (1, "Draft with the assistant."),
            (2, "Chair online."),
        ]
        assert ">Chair online.</textarea>" in answer.html

    def test_saving_twice_is_once_and_events_hold_no_words(self, browser):
        for _ in range(2):
            browser.do(ASSESSMENT, "keep_goals", goal_1="Secret plan.")
        found = ReceivedEvent.objects.filter(name="reverse_mentoring.assessment.goals_kept")
        assert [event.data for event in found] == [{"programme": "main", "phase": "start"}]

    def test_too_long_is_refused_and_kept_on_the_page(self, browser):
        answer = browser.do(ASSESSMENT, "keep_goals", goal_1="x" * 301)
        assert answer.status == 422
        assert "x" * 301 in answer.html
        assert not Goal.objects.exists()

    def test_the_end_round_asks_and_the_report_shows_with_a_day(self, browser, mentee):
        browser.do(ASSESSMENT, "keep_goals", goal_1="Draft with the assistant.")
        assessing.handed_in(mentee, phase="end")
        assert Answer.objects.filter(item="g-1").exists()
        assessing.author_sets(phase="end")
        assert "Partly reached" in browser.see(ASSESSMENT)
        answer = browser.do(ASSESSMENT, "date_goal", number="1", done_on="2026-11-02")
        assert answer.status == 200
        assert 'value="2026-11-02"' in answer.html

    def test_they_stay_once_the_end_round_has_begun(self, browser, mentee):
        assessing.started(mentee, "end")
        assert browser.do(ASSESSMENT, "keep_goals", goal_1="Too late.").status == 409

    @pytest.mark.parametrize(
        "data", [{"number": "4"}, {"number": "1"}, {"number": "x"}, {"number": "1", "done_on": "soon"}]
    )
    def test_a_day_for_no_goal_is_refused(self, browser, data):
        assert browser.do(ASSESSMENT, "date_goal", **data).status in (404, 422)

    def test_nobody_else_reads_them(self, browser, mentee):
        browser.do(ASSESSMENT, "keep_goals", goal_1="Secret plan.")
        staff = Browser(factories.coordinator())
        for block_type in ("reverse_mentoring", ASSESSMENT, "reverse_mentoring_journal", "reverse_mentoring_pairing"):
            assert "Secret plan" not in staff.see(block_type)
        assert "Secret plan" not in staff.do(ASSESSMENT, "export_cohort", _method="get").html


def crowd(count, *, both=True, gain="4", department="Finance"):
    """Mentees with both rounds handed in, by copying the rows of the first."""
    first = assessing.handed_in(factories.participant(Role.MENTEE, department=department), LOW, scenarios=True)
    if both:
        assessing.handed_in(first, default=gain, phase="end")
    assessing.crowd_like(first, count - 1)
    return first


class TestGroup:
    @pytest.fixture
    def staff(self, course):
        return Browser(factories.coordinator())

    def test_below_ten_there_is_one_plain_sentence(self, staff):
        crowd(9)
        page = text_of(staff.do(ASSESSMENT, "show_cohort").html)
        assert "So far 9 mentees have handed in. Figures begin with 10" in page
        assert "Mean" not in page
        answer = staff.do(ASSESSMENT, "export_cohort", _method="get")
        rows = list(csv.reader(io.StringIO(answer.html.removeprefix("\ufeff"))))
        assert [row[0] for row in rows] == ["figure", "handed in", "handed in", "left out as careless"]

    def test_from_ten_on_means_bands_and_gain(self, staff):
        crowd(12)
        answer = staff.do(ASSESSMENT, "show_cohort")
        page = text_of(answer.html)
        assert "12 mentees have handed in the start round." in page
        assert "From the start to the end" in page
        assert "Skills that were topics, above the corrected start" in page
        table = answer.html[answer.html.index("where the group stands") :]
        assert "<td>10</td>" in table[: table.index("</table>")]

    def test_a_small_department_is_not_shown_nor_the_one_that_would_give_it_away(self, staff):
        crowd(10, both=False, department="Finance")
        crowd(5, both=False, department="Legal")
        page = text_of(staff.do(ASSESSMENT, "show_cohort").html)
        assert "Legal" not in page
        assert "Finance" not in page
        assert "2 departments are not shown" in page

    def test_the_file_says_the_same_and_names_nobody(self, staff):
        crowd(15)
        answer = staff.do(ASSESSMENT, "export_cohort", _method="get")
        rows = list(csv.reader(io.StringIO(answer.html.removeprefix("\ufeff"))))
        assert rows[1][:3] == ["handed in", "start round", "15"]
        assert any(row[:2] == ["change", "topics"] for row in rows)
        assert not any(person.username in answer.html for person in factories.everybody())

    def test_no_names_no_answers(self, staff):
        first = crowd(10)
        page = staff.do(ASSESSMENT, "show_cohort").html
        assert first.user.last_name not in page
        assert "rm-dots" not in page
