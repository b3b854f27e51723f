import assessing
import factories
import pytest

from reverse_mentoring_xblock.domain.states import Role
from reverse_mentoring_xblock.models import Answer, Attempt
from reverse_mentoring_xblock.services.assessment import Begun, answer_item, submit_assessment
from reverse_mentoring_xblock.services.report_choices import swap_topic

PLACE = factories.PLACE
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mentee(transactional_db):
    return factories.participant(Role.MENTEE)


def test_six_clicks_on_begin_are_one_round(at_once, mentee):
    outcomes = at_once([lambda: assessing.started(mentee)] * 6)
    assert outcomes.count(Begun(is_new=True, competences=12)) == 1
    assert Attempt.objects.count() == 1


def test_one_question_answered_in_six_tabs_is_one_answer(at_once, mentee):
    assessing.started(mentee)
    item = assessing.open_question(mentee).id
    values = ("0", "1", "2", "3", "4", "skip")
    at_once([lambda value=value: answer_item(PLACE, mentee.user_id, "start", item, value) for value in values])
    assert Answer.objects.get().value in values


def test_six_clicks_on_hand_in_are_one_submission(at_once, mentee):
    assessing.answered(mentee)
    outcomes = at_once([lambda: submit_assessment(PLACE, mentee.user_id, "start")] * 6)
    assert [outcome.is_new for outcome in outcomes].count(True) == 1


def test_one_topic_swapped_for_two_others_at_once_loses_none(at_once, mentee):
    assessing.handed_in(mentee, {"4.1": "0", "5.2": "1", "1.3": "1"})
    at_once(
        [
            lambda: swap_topic(PLACE, mentee.user_id, "start", "4.1", "2.1"),
            lambda: swap_topic(PLACE, mentee.user_id, "start", "5.2", "2.4"),
        ]
    )
    assert set(Attempt.objects.get().topics) == {"2.1", "2.4", "1.3"}
