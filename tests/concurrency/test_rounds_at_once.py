"""Coordinators and workers who meet at one round."""

import uuid
from datetime import timedelta

import factories
import pytest
from django.utils import timezone

from reverse_mentoring_xblock.domain.errors import Conflict, ProgrammeError
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import RunBasis, RunState
from reverse_mentoring_xblock.models import AuditEntry, MatchRun, Pairing, Proposal
from reverse_mentoring_xblock.services.closing import cancel_search
from reverse_mentoring_xblock.services.proposing import look_at_search, propose
from reverse_mentoring_xblock.services.releasing import Released, discard, release
from reverse_mentoring_xblock.services.starting import LOST_AFTER, free_lost
from reverse_mentoring_xblock.services.working import work_out

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = factories.PLACE
OPEN = PairingRules(require_training=False, require_assessment=False)


@pytest.fixture
def bosses():
    for _ in range(3):
        factories.mentor(), factories.mentee()
    return [factories.coordinator().pk for _ in range(3)]


def test_coordinators_proposing_on_both_bases_at_once_have_one_of_each(at_once, bosses):
    calls = [lambda boss=boss, basis=basis: propose(PLACE, boss, OPEN, basis) for boss in bosses for basis in RunBasis]
    outcomes = at_once(calls)
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == len(calls) - 2
    assert sorted(MatchRun.objects.values_list("basis", "state")) == [("score", "proposed"), ("wish", "proposed")]
    assert Proposal.objects.count() == 6


def test_four_workers_on_one_round_keep_one_answer(at_once, bosses):
    run = factories.asked()
    at_once([lambda: work_out(run.pk)] * 4)
    assert Proposal.objects.count() == 3
    assert AuditEntry.objects.filter(act="pairing.proposed").count() == 1


def test_a_worker_taken_for_dead_and_its_follower_keep_one_answer(at_once, bosses):
    run = factories.asked()
    MatchRun.objects.update(beat_at=timezone.now() - LOST_AFTER - timedelta(seconds=1))

    def take_over():
        for run_id in free_lost([run.pk]):
            work_out(run_id)

    at_once([lambda: work_out(run.pk), take_over, take_over])
    run.refresh_from_db()
    assert run.state == RunState.PROPOSED
    assert Proposal.objects.count() == 3
    assert run.tries <= 1


def test_a_cancellation_and_an_answer_at_once_are_one_of_the_two(at_once, bosses):
    run = factories.asked()
    outcomes = at_once([lambda: work_out(run.pk), lambda: cancel_search(PLACE, bosses[0], run.uuid)])
    run.refresh_from_db()
    if isinstance(outcomes[1], Conflict):
        assert (run.state, Proposal.objects.count()) == (RunState.PROPOSED, 3)
    else:
        assert (run.state, run.open_slot, Proposal.objects.count()) == (RunState.CANCELLED, None, 0)
    assert AuditEntry.objects.count() == 1


def test_a_release_and_a_second_search_at_once_leave_one_consistent_desk(at_once, bosses):
    chosen = uuid.UUID(propose(PLACE, bosses[0], OPEN).run)
    made, second = at_once(
        [lambda: release(PLACE, bosses[1], chosen, OPEN), lambda: propose(PLACE, bosses[2], OPEN, RunBasis.WISH)]
    )
    assert isinstance(made, Released)
    assert Pairing.objects.count() == 3
    wish = MatchRun.objects.filter(basis="wish").first()
    if isinstance(second, ProgrammeError) or wish is None:
        assert second.code == "nobody_to_match"
    else:
        assert (wish.open_slot is None) == (wish.state in (RunState.CANCELLED, RunState.DISCARDED))
        assert wish.state != RunState.WORKING


def test_of_two_proposals_one_is_released_whoever_clicks(at_once, bosses):
    runs = [uuid.UUID(propose(PLACE, bosses[0], OPEN, basis).run) for basis in RunBasis]
    outcomes = at_once([lambda run=run, boss=boss: release(PLACE, boss, run, OPEN) for run in runs for boss in bosses])
    assert sum(isinstance(outcome, Released) for outcome in outcomes) == 1
    assert sorted(MatchRun.objects.values_list("state", "open_slot")) == [("discarded", None), ("released", None)]
    assert Pairing.objects.count() == 3


def test_releasing_one_and_discarding_the_other_at_once(at_once, bosses):
    chosen, other = (uuid.UUID(propose(PLACE, bosses[0], OPEN, basis).run) for basis in RunBasis)
    at_once([lambda: release(PLACE, bosses[1], chosen, OPEN), lambda: discard(PLACE, bosses[2], other)])
    assert sorted(MatchRun.objects.values_list("state", "open_slot")) == [("discarded", None), ("released", None)]
    assert AuditEntry.objects.filter(act="pairing.discarded").count() == 1


def test_six_pages_that_find_the_answer_are_one_piece_of_news(at_once, bosses):
    run = factories.asked()
    work_out(run.pk)
    looks = at_once([lambda: look_at_search(PLACE, run.uuid)] * 6)
    assert [look.is_news for look in looks].count(True) == 1
