import factories
import pytest

from reverse_mentoring_xblock.domain.errors import Conflict, NotAllowed
from reverse_mentoring_xblock.domain.states import PairingState, ParticipantState, Role
from reverse_mentoring_xblock.models import Participant
from reverse_mentoring_xblock.services.joining import change_role, join

PLACE = factories.PLACE
pytestmark = pytest.mark.django_db


def test_joining_twice_is_joining_once():
    person = factories.user()
    assert join(PLACE, person.pk, Role.MENTOR) is True
    assert join(PLACE, person.pk, Role.MENTOR) is False
    assert Participant.objects.get().state == ParticipantState.JOINED


def test_an_invitation_is_taken_up_in_its_role():
    invited = factories.participant(Role.MENTEE, ParticipantState.INVITED)
    with pytest.raises(Conflict):
        join(PLACE, invited.user_id, Role.MENTOR)
    assert join(PLACE, invited.user_id, Role.MENTEE) is True
    invited.refresh_from_db()
    assert invited.state == ParticipantState.JOINED


def test_the_role_can_be_changed_before_sign_up_and_back():
    person = factories.participant(Role.MENTEE)
    assert change_role(PLACE, person.user_id, Role.MENTOR) is True
    assert change_role(PLACE, person.user_id, Role.MENTOR) is False
    assert change_role(PLACE, person.user_id, Role.MENTEE) is True


@pytest.mark.parametrize(
    "state", [ParticipantState.SIGNED_UP, ParticipantState.PAUSED, ParticipantState.WITHDRAWN, ParticipantState.INVITED]
)
def test_the_role_is_settled_otherwise(state):
    person = factories.participant(Role.MENTEE, state)
    with pytest.raises(Conflict, match="role_settled"):
        change_role(PLACE, person.user_id, Role.MENTOR)


def test_the_role_is_settled_for_somebody_who_once_had_a_partner():
    person = factories.participant(Role.MENTEE)
    factories.pairing(mentee_row=person, state=PairingState.ENDED)
    with pytest.raises(Conflict, match="role_settled"):
        change_role(PLACE, person.user_id, Role.MENTOR)


def test_a_stranger_has_no_role_to_change():
    with pytest.raises(NotAllowed):
        change_role(PLACE, factories.user().pk, Role.MENTOR)
