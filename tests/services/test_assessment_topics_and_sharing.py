import assessing
import factories
import pytest

from reverse_mentoring_xblock.domain.assessment.rounds import Sharing
from reverse_mentoring_xblock.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from reverse_mentoring_xblock.domain.states import Role
from reverse_mentoring_xblock.models import Attempt
from reverse_mentoring_xblock.services.report_choices import choose_sharing, swap_topic

PLACE = factories.PLACE
LOW = {"4.1": "0", "5.2": "1", "1.3": "1"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def mentee():
    return assessing.handed_in(factories.participant(Role.MENTEE), {**LOW, "2.6": "na", "3.1": "skip"})


def topics():
    return Attempt.objects.get(phase="start").topics


def swap(person, topic, instead, phase="start"):
    return swap_topic(PLACE, person.user_id, phase, topic, instead)


def share(person, sharing, phase="start"):
    return choose_sharing(PLACE, person.user_id, phase, sharing)


def test_a_topic_is_swapped_in_its_place(mentee):
    before = topics()
    assert swap(mentee, before[1], "2.1")
    assert topics() == [before[0], "2.1", before[2]]


def test_swapping_twice_is_swapping_once(mentee):
    before = topics()
    swap(mentee, before[1], "2.1")
    assert not swap(mentee, before[1], "2.1")
    assert topics() == [before[0], "2.1", before[2]]


def test_a_topic_that_was_swapped_in_another_window_is_gone(mentee):
    first = topics()[0]
    swap(mentee, first, "2.1")
    with pytest.raises(Conflict, match="topic_gone"):
        swap(mentee, first, "2.4")


@pytest.mark.parametrize("instead", ["2.6", "3.1", "1.1", "9.9", ""])
def test_a_skill_without_a_score_cannot_become_a_topic(mentee, instead):
    with pytest.raises(Invalid, match="not_an_alternative"):
        swap(mentee, topics()[0], instead)


def test_a_topic_cannot_stand_twice(mentee):
    first, second, _third = topics()
    with pytest.raises(Invalid, match="not_an_alternative"):
        swap(mentee, first, second)


def test_sharing_is_what_was_ticked_last(mentee):
    assert share(mentee, Sharing(topics=False, levels=True, strength=True))
    attempt = Attempt.objects.get()
    assert (attempt.share_topics, attempt.share_levels, attempt.share_strength) == (False, True, True)
    assert not share(mentee, Sharing(topics=False, levels=True, strength=True))


ACTS = [
    lambda person, phase="start": swap(person, "4.1", "2.1", phase),
    lambda person, phase="start": share(person, Sharing(), phase),
]


@pytest.mark.parametrize("act", ACTS)
def test_mentors_have_no_topics_and_share_nothing(act):
    mentor = assessing.handed_in(factories.participant(Role.MENTOR))
    with pytest.raises(NotAllowed, match="mentees_only"):
        act(mentor)


@pytest.mark.parametrize("act", ACTS)
def test_topics_and_sharing_come_after_the_questions(act):
    mentee = assessing.answered(factories.participant(Role.MENTEE))
    with pytest.raises(Conflict, match="not_handed_in"):
        act(mentee)


@pytest.mark.parametrize("act", ACTS)
def test_nobody_settles_what_is_not_there_or_is_somebody_elses(mentee, act):
    with pytest.raises(NotFound, match="nothing_begun"):
        act(factories.participant(Role.MENTEE))


@pytest.mark.parametrize("act", ACTS)
def test_once_a_later_round_is_in_the_earlier_one_is_settled(mentee, act):
    assessing.answered(mentee, LOW, phase="end")
    act(mentee)
    assessing.handed_in(mentee, LOW, phase="end")
    with pytest.raises(Conflict, match="later_round"):
        act(mentee)
    act(mentee, "end")
