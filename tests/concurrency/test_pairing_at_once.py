"""Two coordinators, two people, one click twice: one result, no lost row."""

import factories
import pytest

from reverse_mentoring_xblock.domain.errors import Conflict, ProgrammeError
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import PairingState, ParticipantState, RunState
from reverse_mentoring_xblock.models import AuditEntry, MatchRun, Pairing, Participant
from reverse_mentoring_xblock.services.deciding import accept, decline, end_pairing
from reverse_mentoring_xblock.services.proposing import propose
from reverse_mentoring_xblock.services.releasing import Released, discard, release
from reverse_mentoring_xblock.services.withdrawing import withdraw

PLACE = factories.PLACE
RULES = PairingRules(require_training=False, require_assessment=False)
pytestmark = pytest.mark.django_db(transaction=True)


def refused(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, ProgrammeError)]


@pytest.fixture
def coordinators():
    return [factories.coordinator() for _ in range(2)]


@pytest.fixture
def proposal(coordinators):
    """Three mentors and three mentees, and an open proposal that pairs them."""
    for _ in range(3):
        factories.mentor()
        factories.mentee()
    propose(PLACE, coordinators[0].pk, RULES)
    return MatchRun.objects.get()


def consistent():
    """Nobody has more live pairings than they have room for, and slots say the same as states."""
    for pairing in Pairing.objects.all():
        live = pairing.state in (PairingState.OFFERED, PairingState.ACTIVE)
        assert (pairing.mentor_slot is not None) == (pairing.mentee_slot is not None) == live
        both = bool(pairing.mentor_accepted_at and pairing.mentee_accepted_at)
        if pairing.state == PairingState.ACTIVE:
            assert both
        if pairing.state == PairingState.OFFERED:
            assert not both


def test_two_coordinators_propose(at_once, coordinators):
    factories.mentor()
    factories.mentee()
    outcomes = at_once([lambda one=one: propose(PLACE, one.pk, RULES) for one in coordinators])
    assert len(refused(outcomes)) == 1
    assert MatchRun.objects.filter(state=RunState.PROPOSED).count() == 1


def test_two_coordinators_release_the_same_proposal(at_once, coordinators, proposal):
    outcomes = at_once([lambda one=one: release(PLACE, one.pk, proposal.uuid, RULES) for one in coordinators])
    assert sum(isinstance(outcome, Released) for outcome in outcomes) == 1
    assert [error.code for error in refused(outcomes)] == ["released_meanwhile"]
    assert Pairing.objects.count() == 3
    consistent()


def test_one_coordinator_clicks_release_four_times(at_once, coordinators, proposal):
    outcomes = at_once([lambda: release(PLACE, coordinators[0].pk, proposal.uuid, RULES)] * 4)
    assert not refused(outcomes)
    assert sum(outcome.is_changed for outcome in outcomes) == 1
    assert Pairing.objects.count() == 3
    assert AuditEntry.objects.filter(act="pairing.released").count() == 1


def test_one_releases_while_the_other_discards(at_once, coordinators, proposal):
    one, other = coordinators
    outcomes = at_once(
        [
            lambda: release(PLACE, one.pk, proposal.uuid, RULES),
            lambda: discard(PLACE, other.pk, proposal.uuid),
        ]
    )
    assert len(refused(outcomes)) == 1
    proposal.refresh_from_db()
    assert Pairing.objects.count() == (3 if proposal.state == RunState.RELEASED else 0)


def test_somebody_withdraws_while_the_proposal_is_released(at_once, coordinators, proposal):
    leaver = Participant.objects.filter(role="mentee").first()
    outcomes = at_once(
        [
            lambda: release(PLACE, coordinators[0].pk, proposal.uuid, RULES),
            lambda: withdraw(PLACE, leaver.user_id),
        ]
    )
    assert not refused(outcomes)
    leaver.refresh_from_db()
    assert leaver.state == ParticipantState.WITHDRAWN
    assert not Pairing.objects.filter(mentee=leaver, mentee_slot__isnull=False).exists()
    consistent()


@pytest.fixture
def offer():
    return factories.pairing(state=PairingState.OFFERED)


def test_both_accept(at_once, offer):
    people = (offer.mentor, offer.mentee)
    outcomes = at_once([lambda one=one: accept(PLACE, one.user_id, offer.uuid) for one in people])
    assert not refused(outcomes)
    assert sum(outcome.is_active for outcome in outcomes) == 1
    offer.refresh_from_db()
    assert offer.state == PairingState.ACTIVE
    assert AuditEntry.objects.filter(act="pairing.accepted").count() == 2
    consistent()


def test_one_clicks_accept_six_times(at_once, offer):
    outcomes = at_once([lambda: accept(PLACE, offer.mentee.user_id, offer.uuid)] * 6)
    assert not refused(outcomes)
    assert sum(outcome.is_changed for outcome in outcomes) == 1
    consistent()


def test_one_accepts_while_the_other_declines(at_once, offer):
    at_once(
        [
            lambda: accept(PLACE, offer.mentor.user_id, offer.uuid),
            lambda: decline(PLACE, offer.mentee.user_id, offer.uuid),
        ]
    )
    offer.refresh_from_db()
    assert offer.state == PairingState.DECLINED
    consistent()


def test_both_end_the_pairing(at_once):
    pair = factories.pairing()
    outcomes = at_once(
        [lambda one=one: end_pairing(PLACE, one.user_id, pair.uuid) for one in (pair.mentor, pair.mentee)]
    )
    assert not refused(outcomes)
    assert sum(outcome.is_changed for outcome in outcomes) == 1
    consistent()


def test_an_acceptance_during_another_rounds_release(at_once, coordinators):
    offer = factories.pairing(state=PairingState.OFFERED, mentor_accepted_at=factories.timezone.now())
    factories.mentor()
    factories.mentee()
    propose(PLACE, coordinators[0].pk, RULES)
    run = MatchRun.objects.get()
    outcomes = at_once(
        [
            lambda: accept(PLACE, offer.mentee.user_id, offer.uuid),
            lambda: release(PLACE, coordinators[0].pk, run.uuid, RULES),
        ]
    )
    assert not [error for error in outcomes if isinstance(error, Conflict)]
    offer.refresh_from_db()
    assert offer.state == PairingState.ACTIVE
    assert Pairing.objects.count() == 2
    consistent()
