from dataclasses import replace

import casts
import factories
import pytest

from reverse_mentoring_xblock.domain.errors import Conflict, NotAllowed
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import ParticipantState, Role
from reverse_mentoring_xblock.services.signing_up import Profile, edit_profile, pause, resume, sign_up

pytestmark = pytest.mark.django_db
RULES = PairingRules()
PROFILE = Profile(
    level=6,
    department="Finance",
    site="Leeds",
    manager="margaret",
    languages=("en", "sv"),
    time_zone="Europe/London",
    windows=((0, 540, 840),),
    capacity=1,
    topics=("1.2", "4.1"),
    vetoes=("paolo",),
)


@pytest.fixture
def mentee():
    return casts.assessed(factories.trained(factories.participant(Role.MENTEE)))


def test_signing_up_keeps_what_was_said(mentee):
    outcome = sign_up(factories.PLACE, mentee.user_id, PROFILE, RULES)
    mentee.refresh_from_db()
    assert outcome.is_new
    assert mentee.state == ParticipantState.SIGNED_UP
    assert (mentee.level, mentee.department, mentee.site, mentee.manager) == (6, "Finance", "Leeds", "margaret")
    assert (mentee.languages, mentee.time_zone, mentee.windows) == (["en", "sv"], "Europe/London", [[0, 540, 840]])
    assert mentee.signed_up_at
    assert mentee.rules_agreed_at
    assert set(mentee.interests.values_list("competence", flat=True)) == {"1.2", "4.1"}
    assert list(mentee.vetoes.values_list("person", flat=True)) == ["paolo"]


def test_signing_up_twice_is_once_with_the_newer_words(mentee):
    sign_up(factories.PLACE, mentee.user_id, PROFILE, RULES)
    mentee.refresh_from_db()
    since = mentee.signed_up_at
    again = sign_up(factories.PLACE, mentee.user_id, replace(PROFILE, department="Legal", vetoes=()), RULES)
    mentee.refresh_from_db()
    assert not again.is_new
    assert (mentee.department, mentee.signed_up_at) == ("Legal", since)
    assert not mentee.vetoes.exists()
    assert mentee.interests.count() == 2


def test_a_stranger_has_to_choose_a_role_first(mentee):
    with pytest.raises(NotAllowed) as refused:
        sign_up(factories.PLACE, factories.user().pk, PROFILE, RULES)
    assert refused.value.code == "join_first"


def test_somebody_invited_has_to_come_in_first():
    invited = factories.participant(Role.MENTOR, ParticipantState.INVITED)
    with pytest.raises(NotAllowed):
        sign_up(factories.PLACE, invited.user_id, PROFILE, RULES)


@pytest.mark.parametrize(
    ("prepare", "code"),
    [(lambda person: person, "train_first"), (factories.trained, "assess_first")],
)
def test_gates_are_looked_at_again_when_it_counts(prepare, code):
    person = prepare(factories.participant(Role.MENTEE))
    with pytest.raises(NotAllowed) as refused:
        sign_up(factories.PLACE, person.user_id, PROFILE, RULES)
    assert refused.value.code == code
    person.refresh_from_db()
    assert person.state == ParticipantState.JOINED
    assert not person.vetoes.exists()


def test_a_mentors_capacity_stays_within_the_authors_limit():
    mentor = factories.trained(factories.participant(Role.MENTOR))
    sign_up(factories.PLACE, mentor.user_id, replace(PROFILE, capacity=5), PairingRules(max_capacity=2))
    mentor.refresh_from_db()
    assert mentor.capacity == 2


def test_a_mentee_has_no_capacity(mentee):
    sign_up(factories.PLACE, mentee.user_id, replace(PROFILE, capacity=2), RULES)
    mentee.refresh_from_db()
    assert mentee.capacity == 1


def test_somebody_who_withdrew_can_come_back(mentee):
    sign_up(factories.PLACE, mentee.user_id, PROFILE, RULES)
    mentee.state = ParticipantState.WITHDRAWN
    mentee.save()
    assert sign_up(factories.PLACE, mentee.user_id, PROFILE, RULES).is_new


def test_editing_keeps_the_state_of_somebody_who_is_paused():
    mentor = factories.mentor(ParticipantState.PAUSED)
    edit_profile(factories.PLACE, mentor.user_id, replace(PROFILE, topics=("2.1",)), RULES)
    mentor.refresh_from_db()
    assert mentor.state == ParticipantState.PAUSED
    assert list(mentor.interests.values_list("competence", flat=True)) == ["2.1"]


def test_only_those_who_are_in_can_edit_pause_or_resume(mentee):
    for act in (
        lambda: edit_profile(factories.PLACE, mentee.user_id, PROFILE, RULES),
        lambda: pause(factories.PLACE, mentee.user_id),
        lambda: resume(factories.PLACE, mentee.user_id),
    ):
        with pytest.raises(Conflict) as refused:
            act()
        assert refused.value.code == "not_signed_up"


def test_pausing_and_resuming_twice_is_once():
    mentor = factories.mentor()
    assert [pause(factories.PLACE, mentor.user_id), pause(factories.PLACE, mentor.user_id)] == [True, False]
    assert [resume(factories.PLACE, mentor.user_id), resume(factories.PLACE, mentor.user_id)] == [True, False]
    mentor.refresh_from_db()
    assert mentor.state == ParticipantState.SIGNED_UP
