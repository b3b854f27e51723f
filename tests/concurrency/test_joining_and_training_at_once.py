import factories
import pytest

from reverse_mentoring_xblock.content.loading import load_training_pack
from reverse_mentoring_xblock.domain.check_rules import CheckRules
from reverse_mentoring_xblock.domain.errors import Conflict
from reverse_mentoring_xblock.domain.states import Role
from reverse_mentoring_xblock.models import CheckAttempt, ModuleProgress, Participant, Programme
from reverse_mentoring_xblock.services.joining import join
from reverse_mentoring_xblock.services.training import CheckOutcome, submit_check, turn_page

RULES = CheckRules(pass_percent=80, max_attempts=0)


def right_answers(module):
    pack = load_training_pack()
    return {question.id: pack.keys[module, question.id] for question in pack.module(module).check}


@pytest.mark.django_db(transaction=True)
def test_one_click_six_times_is_one_place_in_the_programme(at_once):
    person = factories.user()
    outcomes = at_once([lambda: join(factories.PLACE, person.pk, Role.MENTOR)] * 6)
    assert outcomes.count(True) == 1
    assert Programme.objects.count() == 1
    assert Participant.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_six_people_coming_at_once_all_get_in(at_once):
    people = [factories.user() for _ in range(6)]
    outcomes = at_once([lambda person=person: join(factories.PLACE, person.pk, Role.MENTEE) for person in people])
    assert outcomes == [True] * 6
    assert Participant.objects.count() == 6


@pytest.mark.django_db(transaction=True)
def test_two_roles_at_once_are_one_role(at_once):
    person = factories.user()
    outcomes = at_once([lambda role=role: join(factories.PLACE, person.pk, role) for role in Role])
    assert outcomes.count(True) == 1
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 1


@pytest.mark.django_db(transaction=True)
def test_one_check_handed_in_six_times_counts_once(at_once):
    person = factories.participant(Role.MENTOR)
    answers = right_answers("mentor-role")
    outcomes = at_once([lambda: submit_check(factories.PLACE, person.user_id, "mentor-role", answers, 1, RULES)] * 6)
    assert sum(isinstance(outcome, CheckOutcome) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 5
    assert CheckAttempt.objects.count() == 1
    assert ModuleProgress.objects.get().attempts == 1


@pytest.mark.django_db(transaction=True)
def test_pages_turned_in_two_tabs_lose_no_row(at_once):
    person = factories.participant(Role.MENTOR)
    at_once(
        [
            lambda module=module, step=step: turn_page(factories.PLACE, person.user_id, module, step)
            for module in ("mentor-role", "mentor-upward")
            for step in (1, 2, 3)
        ]
    )
    assert {row.module: row.step > 0 for row in ModuleProgress.objects.all()} == {
        "mentor-role": True,
        "mentor-upward": True,
    }
