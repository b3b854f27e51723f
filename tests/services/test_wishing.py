import uuid

import factories
import pytest

from reverse_mentoring_xblock.domain.errors import Conflict, NotAllowed, NotFound
from reverse_mentoring_xblock.domain.matching import MOST_WISHES
from reverse_mentoring_xblock.domain.pairing_rules import MOST_AVOIDED, PairingRules
from reverse_mentoring_xblock.domain.states import ParticipantState
from reverse_mentoring_xblock.models import Avoided, Veto, Wish
from reverse_mentoring_xblock.services.wishing import avoid, take_back, wish

pytestmark = pytest.mark.django_db
RULES = PairingRules()


@pytest.fixture
def mentee():
    return factories.mentee()


def wishes(person):
    return dict(Wish.objects.filter(participant=person).values_list("wished_id", "rank"))


def want(person, other, rank=1, rules=RULES):
    return wish(factories.PLACE, person.user_id, other.uuid, rank, rules)


def pass_over(person, other):
    avoid(factories.PLACE, person.user_id, other.uuid, RULES)


def test_wishes_have_ranks_and_equal_ranks_are_ties(mentee):
    one, two, three = (factories.mentor() for _ in range(3))
    want(mentee, one, 1)
    want(mentee, two, 2)
    want(mentee, three, 2)
    assert wishes(mentee) == {one.pk: 1, two.pk: 2, three.pk: 2}
    assert want(mentee, three, 1)
    assert not want(mentee, three, 1)
    assert wishes(mentee)[three.pk] == 1


def test_five_wishes_are_enough_and_their_ranks_can_still_be_changed(mentee):
    mentors = [factories.mentor() for _ in range(MOST_WISHES + 1)]
    for rank, mentor in enumerate(mentors[:-1], start=1):
        want(mentee, mentor, rank)
    with pytest.raises(Conflict) as refused:
        want(mentee, mentors[-1])
    assert refused.value.code == "wishes_full"
    assert want(mentee, mentors[0], 5)
    assert take_back(factories.PLACE, mentee.user_id, mentors[0].uuid)
    assert want(mentee, mentors[-1])


def test_passing_over_takes_the_wish_back_and_can_be_taken_back(mentee):
    mentor = factories.mentor()
    want(mentee, mentor)
    pass_over(mentee, mentor)
    pass_over(mentee, mentor)
    assert not wishes(mentee)
    assert Avoided.objects.filter(participant=mentee, avoided=mentor).count() == 1
    with pytest.raises(Conflict) as refused:
        want(mentee, mentor)
    assert refused.value.code == "passed_over"
    assert take_back(factories.PLACE, mentee.user_id, mentor.uuid)
    assert not take_back(factories.PLACE, mentee.user_id, mentor.uuid)
    assert want(mentee, mentor)


def test_nobody_passes_over_everybody(mentee):
    for _ in range(MOST_AVOIDED):
        pass_over(mentee, factories.mentor())
    with pytest.raises(Conflict) as refused:
        pass_over(mentee, factories.mentor())
    assert refused.value.code == "avoided_full"


def test_a_veto_of_the_other_side_is_not_to_be_noticed(mentee):
    """Neither by a refusal nor by a missing row."""
    mentor = factories.mentor()
    Veto.objects.create(participant=mentor, person=mentee.user.username)
    assert want(mentee, mentor)
    assert wishes(mentee) == {mentor.pk: 1}


@pytest.mark.parametrize("act", [want, pass_over])
def test_there_is_a_card_of_the_other_role_in_the_pool_of_this_programme_alone(mentee, act):
    elsewhere = factories.mentor(place=factories.Place(factories.COURSE, "other"))
    no_cards = [
        factories.mentee(),
        factories.mentor(ParticipantState.PAUSED),
        factories.mentor(ParticipantState.WITHDRAWN),
        factories.mentor(ParticipantState.JOINED),
        elsewhere,
        mentee,
    ]
    for other in no_cards:
        with pytest.raises(NotFound):
            act(mentee, other)
    assert not Wish.objects.exists()
    assert not Avoided.objects.exists()


def test_what_was_said_is_taken_back_whatever_has_become_of_the_two(mentee):
    mentor = factories.mentor()
    want(mentee, mentor)
    for person in (mentee, mentor):
        person.state = ParticipantState.PAUSED
        person.save()
    assert take_back(factories.PLACE, mentee.user_id, mentor.uuid)
    assert not take_back(factories.PLACE, mentee.user_id, uuid.uuid4())


def test_nobody_takes_back_what_others_wish(mentee):
    mentor, other = factories.mentor(), factories.mentee()
    want(other, mentor)
    assert not take_back(factories.PLACE, mentee.user_id, mentor.uuid)
    assert wishes(other)


def test_only_those_in_the_pool_wish_and_only_where_they_are_asked():
    mentor = factories.mentor()
    for state in (ParticipantState.JOINED, ParticipantState.PAUSED):
        with pytest.raises(Conflict):
            want(factories.mentee(state), mentor)
    with pytest.raises(NotAllowed) as refused:
        want(factories.mentee(), mentor, rules=PairingRules(ask_wishes=False))
    assert refused.value.code == "wishes_off"
    with pytest.raises(NotAllowed):
        wish(factories.PLACE, factories.user().pk, mentor.uuid, 1, RULES)
