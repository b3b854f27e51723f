import factories
import pytest

from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import RunBasis, RunState
from reverse_mentoring_xblock.models import LeftOut, MatchRun, Proposal
from reverse_mentoring_xblock.selectors.runs import MOST_NAMED, compared, open_runs
from reverse_mentoring_xblock.services.proposing import propose

PLACE = factories.PLACE
pytestmark = pytest.mark.django_db


@pytest.fixture
def both():
    return [factories.asked(basis, state=RunState.PROPOSED) for basis in RunBasis]


def pair(run, mentor, mentee):
    Proposal.objects.create(run=run, mentor=mentor, mentee=mentee, utility=5000, reason={})


def test_by_score_comes_first_and_what_is_over_or_elsewhere_is_not_there(both, django_assert_num_queries):
    for over in (RunState.CANCELLED, RunState.RELEASED):
        factories.asked(state=over, open_slot=None)
    with django_assert_num_queries(1):
        assert [run.basis for run in open_runs(PLACE)] == list(RunBasis)
    assert open_runs(factories.Place(factories.OTHER_COURSE, "main")) == ()


def test_it_says_who_asked_and_whether_it_is_proved():
    factories.mentor(), factories.mentee()
    propose(PLACE, factories.coordinator().pk, PairingRules(require_training=False, require_assessment=False))
    [found] = open_runs(PLACE)
    assert (found.is_certified, found.asked_by) == (True, "Ada Okafor")


def test_one_of_somebody_whose_account_is_gone_stays(both):
    MatchRun.objects.update(proposed_by=None)
    assert [run.asked_by for run in open_runs(PLACE)] == ["", ""]


def test_two_are_compared_by_their_pairs_and_by_whom_they_leave_out(both, django_assert_num_queries):
    mentors, mentees = [factories.mentor() for _ in range(3)], [factories.mentee() for _ in range(3)]
    for place in range(3):
        pair(both[0], mentors[place], mentees[place])
    pair(both[1], mentors[0], mentees[0])
    pair(both[1], mentors[2], mentees[1])
    LeftOut.objects.create(run=both[1], participant=mentees[2], reason={})
    alone = factories.mentee()
    for run in both:
        LeftOut.objects.create(run=run, participant=alone, reason={})
    for _ in range(MOST_NAMED + 3):
        LeftOut.objects.create(run=both[0], participant=factories.mentor(), reason={})
    with django_assert_num_queries(6):
        found = compared(*open_runs(PLACE))
    assert found.same == 1
    assert found.has_same_settings
    score, wish = found.sides
    assert (score.left_out, len(score.named), score.more) == (MOST_NAMED + 3, MOST_NAMED, 3)
    assert (wish.left_out, wish.more, [role for _, role in wish.named]) == (1, 0, ["mentee"])
