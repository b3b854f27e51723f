"""Two tabs and two people in the journal and in the questions."""

from datetime import UTC, datetime, timedelta

import assessing
import factories
import pytest

from reverse_mentoring_xblock.domain.errors import ProgrammeError
from reverse_mentoring_xblock.domain.states import Role, SessionState
from reverse_mentoring_xblock.models import Answer, Attempt, Reflection, Session
from reverse_mentoring_xblock.services.assessment import answer_item
from reverse_mentoring_xblock.services.logging_sessions import log_session
from reverse_mentoring_xblock.services.reflecting import Words, save_reflection

PLACE = factories.PLACE
pytestmark = pytest.mark.django_db(transaction=True)


def refused(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, ProgrammeError)]


@pytest.fixture
def pair():
    return factories.pairing(active_at=datetime.now(UTC) - timedelta(days=30))


def test_both_log_the_same_session(at_once, pair):
    start = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(days=3)
    outcomes = at_once(
        [
            lambda one=one: log_session(PLACE, one.user_id, pair.uuid, start, 50, "1.2")
            for one in (pair.mentor, pair.mentee)
        ]
    )
    assert not refused(outcomes)
    session = Session.objects.get()
    assert session.state == SessionState.HELD
    assert session.mentor_confirmed_at
    assert session.mentee_confirmed_at


def test_one_logs_a_session_six_times(at_once, pair):
    start = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(days=3)
    at_once([lambda: log_session(PLACE, pair.mentee.user_id, pair.uuid, start, 50, "")] * 6)
    assert Session.objects.count() == 1


def test_a_reflection_saved_in_two_tabs_keeps_both_texts(at_once, pair):
    session = factories.session(pair)
    texts = ["from the phone", "from the desk"]
    outcomes = at_once(
        [
            lambda text=text: save_reflection(PLACE, pair.mentee.user_id, session.uuid, 0, Words(text, "", "", ""))
            for text in texts
        ]
    )
    assert not refused(outcomes)
    assert sorted(Reflection.objects.values_list("what", flat=True)) == sorted(texts)
    assert sorted(Reflection.objects.values_list("revision", flat=True)) == [1, 2]


def test_questions_begun_in_four_tabs_are_one_round(at_once):
    person = factories.participant(Role.MENTEE)
    outcomes = at_once([lambda: assessing.started(person)] * 4)
    assert not refused(outcomes)
    assert Attempt.objects.count() == 1


def test_one_question_answered_in_two_tabs_has_one_answer(at_once):
    person = factories.participant(Role.MENTEE)
    assessing.started(person)
    item = "s-1.2-I"
    outcomes = at_once(
        [lambda value=value: answer_item(PLACE, person.user_id, "start", item, value) for value in ("2", "3")]
    )
    assert not refused(outcomes)
    assert Answer.objects.get(item=item).value in ("2", "3")
