import factories
import pytest
from callers import Browser

from reverse_mentoring_xblock.content.loading import load_training_pack
from reverse_mentoring_xblock.domain.states import Role
from reverse_mentoring_xblock.models import CheckAttempt, ModuleProgress
from reverse_mentoring_xblock.standalone.models import Completion, CourseNode, ReceivedEvent, Score

TRAINING = "reverse_mentoring_training"
pytestmark = pytest.mark.usefixtures("course")


@pytest.fixture
def mentor():
    return factories.participant(Role.MENTOR)


@pytest.fixture
def browser(mentor):
    return Browser(mentor.user)


def right_answers(module):
    pack = load_training_pack()
    return {question.id: pack.keys[module, question.id] for question in pack.module(module).check}


def wrong_answers(module):
    pack = load_training_pack()
    return {
        question.id: next(option for option in question.options if option != pack.keys[module, question.id])
        for question in pack.module(module).check
    }


def author_sets(**fields):
    node = CourseNode.objects.get(category=TRAINING)
    node.fields = {**node.fields, **fields}
    node.save()


def test_a_learner_sees_the_modules_of_their_own_role(browser):
    page = browser.see(TRAINING)
    assert "Your role as a mentor" in page
    assert "mentee-learner" not in page


def test_reading_resumes_on_the_page_where_it_stopped(browser):
    browser.do(TRAINING, "turn_page", module="mentor-role", step=3)
    browser.do(TRAINING, "open_module", module="")
    answer = browser.do(TRAINING, "open_module", module="mentor-role")
    assert "page 4 of 6" in answer.html


def test_the_key_of_a_check_never_reaches_the_page(browser):
    answer = browser.do(TRAINING, "turn_page", module="mentor-role", step=6)
    assert 'value="ask-last-time"' in answer.html
    assert "is_right" not in answer.html
    assert "checked" not in answer.html


def test_a_check_with_open_questions_comes_back_as_it_was_and_is_not_counted(browser):
    question, option = next(iter(right_answers("mentor-role").items()))
    browser.do(TRAINING, "turn_page", module="mentor-role", step=6)
    answer = browser.do(TRAINING, "submit_check", module="mentor-role", attempt=1, **{question: option})
    assert answer.status == 422
    assert answer.html.count('class="rm-error"') == 4
    assert answer.html.count("checked") == 1
    assert not CheckAttempt.objects.exists()


def test_passing_both_modules_grades_completes_and_tells(browser, mentor):
    browser.do(TRAINING, "submit_check", module="mentor-role", attempt=1, **right_answers("mentor-role"))
    assert Score.objects.get(user=mentor.user).value == 0.5
    assert not Completion.objects.filter(user=mentor.user).exists()
    answer = browser.do(TRAINING, "submit_check", module="mentor-upward", attempt=1, **right_answers("mentor-upward"))
    assert answer.status == 200
    assert Score.objects.get(user=mentor.user).value == 1.0
    assert Completion.objects.get(user=mentor.user).completion == 1.0
    assert ReceivedEvent.objects.filter(name="reverse_mentoring.training.passed").count() == 1


def test_the_best_attempt_counts(browser, mentor):
    browser.do(TRAINING, "submit_check", module="mentor-role", attempt=1, **right_answers("mentor-role"))
    browser.do(TRAINING, "submit_check", module="mentor-role", attempt=2, **wrong_answers("mentor-role"))
    assert Score.objects.get(user=mentor.user).value == 0.5
    assert ModuleProgress.objects.get(module="mentor-role").best_percent == 100


def test_a_failed_check_explains_the_choice_and_keeps_the_right_answer_for_the_next_try(browser):
    answer = browser.do(TRAINING, "submit_check", module="mentor-role", attempt=1, **wrong_answers("mentor-role"))
    assert "0 of 5 right" in answer.html
    assert "Another look" in answer.html
    assert "Hand in the check" in answer.html


def test_handing_in_the_same_check_twice_counts_once(browser):
    browser.do(TRAINING, "submit_check", module="mentor-role", attempt=1, **right_answers("mentor-role"))
    again = browser.do(TRAINING, "submit_check", module="mentor-role", attempt=1, **right_answers("mentor-role"))
    assert again.status == 409
    assert CheckAttempt.objects.count() == 1


def test_the_authors_limit_of_attempts_holds(browser):
    author_sets(max_attempts=1)
    browser.do(TRAINING, "submit_check", module="mentor-role", attempt=1, **wrong_answers("mentor-role"))
    refused = browser.do(TRAINING, "submit_check", module="mentor-role", attempt=2, **right_answers("mentor-role"))
    assert refused.status == 409
    assert "Every attempt" in refused.html


def test_the_authors_pass_mark_decides(browser):
    author_sets(pass_mark=100)
    answers = right_answers("mentor-role")
    question = next(iter(answers))
    answers[question] = wrong_answers("mentor-role")[question]
    browser.do(TRAINING, "submit_check", module="mentor-role", attempt=1, **answers)
    assert ModuleProgress.objects.get().passed_at is None


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"module": "no-such-module", "step": 0}, 404),
        ({"module": "mentee-learner", "step": 0}, 403),
        ({"module": "mentor-role", "step": "x"}, 422),
        ({"module": "mentor-role", "step": 10**30}, 422),
        ({"module": "\x00", "step": 0}, 422),
        ({}, 422),
    ],
)
def test_bad_pages_are_refused_in_words(browser, data, status):
    answer = browser.do(TRAINING, "turn_page", **data)
    assert answer.status == status
    assert answer.region == "journey"
    assert answer.said


def test_a_block_for_the_other_role_says_so(browser):
    author_sets(role="mentee")
    assert "for the other role" in browser.see(TRAINING)


def test_staff_see_counts_and_no_answers(mentor):
    factories.trained(mentor)
    page = Browser(factories.coordinator(last_name="Solheim")).see(TRAINING)
    assert "Training so far" in page
    assert mentor.user.last_name not in page


def test_after_a_failed_check_the_questions_are_folded(browser):
    browser.do(TRAINING, "turn_page", module="mentor-role", step=6)
    answer = browser.do(TRAINING, "submit_check", module="mentor-role", attempt=1, **wrong_answers("mentor-role"))
    before, fold = answer.html.split("<summary>Take the check again</summary>")
    assert 'type="radio"' not in before
    assert "Hand in the check" in fold
    refused = browser.do(TRAINING, "submit_check", module="mentor-role", attempt=2)
    assert '<details class="rm-fold" open>' in refused.html


def test_an_open_question_is_named_by_its_number(browser):
    browser.do(TRAINING, "turn_page", module="mentor-role", step=6)
    sent = right_answers("mentor-role")
    sent.pop(list(sent)[1])
    refused = browser.do(TRAINING, "submit_check", module="mentor-role", attempt=1, **sent)
    summary = refused.html.split('class="rm-problem"')[1].split("</div>")[0]
    assert ">Question 2: choose one answer.</a>" in summary
    assert summary.count("<a ") == 1
