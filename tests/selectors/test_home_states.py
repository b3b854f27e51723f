from datetime import timedelta

import factories
import pytest
from django.utils import timezone

from reverse_mentoring_xblock.content.loading import load_training_pack
from reverse_mentoring_xblock.domain.states import (
    LIVE_PAIRING,
    PairingState,
    ParticipantState,
    Role,
    SessionState,
)
from reverse_mentoring_xblock.models import Attempt, Pairing, Reflection
from reverse_mentoring_xblock.selectors import states_export
from reverse_mentoring_xblock.selectors.states_export import people_count, state_rows

pytestmark = pytest.mark.django_db


def row_of(person):
    return next(row for row in state_rows(factories.PLACE) if row.person.id == person.pk)


def test_somebody_invited_has_nothing_else():
    row = row_of(factories.participant(state=ParticipantState.INVITED))
    assert not row.is_joined
    assert row.added_at
    assert (row.trained_at, row.assessed_at, row.pairing_state, row.sessions_held, row.reflections) == (
        None,
        None,
        None,
        0,
        0,
    )


def test_training_counts_when_every_module_of_the_role_is_passed():
    person = factories.trained(factories.participant(Role.MENTOR))
    assert row_of(person).trained_at == max(person.module_progress.values_list("passed_at", flat=True))
    person.module_progress.filter(module=load_training_pack().modules[0].id).update(passed_at=None)
    row = row_of(person)
    assert row.trained_at is None
    assert row.has_started_training


def test_the_starting_point_counts_once_it_is_handed_in():
    person = factories.participant()
    attempt = Attempt.objects.create(
        participant=person, phase="start", bank="b", bank_version="1", bank_digest="", competences=[], seed=1
    )
    assert row_of(person).assessed_at is None
    assert row_of(person).has_started_assessment
    attempt.submitted_at = timezone.now()
    attempt.save()
    assert row_of(person).assessed_at == attempt.submitted_at


def test_an_active_pairing_says_more_than_one_that_is_over():
    mentor = factories.mentor()
    old = factories.pairing(mentor, state=PairingState.ENDED, closed_at=timezone.now())
    assert row_of(mentor).pairing_state is PairingState.ENDED
    assert row_of(mentor).pairing_since == old.closed_at
    new = factories.pairing(mentor)
    assert row_of(mentor).pairing_state is PairingState.ACTIVE
    assert row_of(mentor).pairing_since == new.active_at
    assert row_of(old.mentee).pairing_state is PairingState.ENDED


@pytest.mark.parametrize("state", [state for state in PairingState if state not in LIVE_PAIRING])
def test_however_the_last_one_ended_a_new_offer_counts(state):
    mentor = factories.mentor()
    over = factories.pairing(mentor, state=state, closed_at=timezone.now())
    assert (row_of(mentor).pairing_state, row_of(mentor).pairing_since) == (state, over.closed_at)
    factories.pairing(mentor, state=PairingState.OFFERED)
    assert row_of(mentor).pairing_state is PairingState.OFFERED


def test_an_offer_counts_from_the_day_it_was_made():
    offer = factories.pairing(state=PairingState.OFFERED)
    assert row_of(offer.mentee).pairing_since == Pairing.objects.get().created


def test_sessions_and_reflections_count_over_all_pairings_and_once_each():
    mentor = factories.mentor()
    over = factories.pairing(mentor, state=PairingState.ENDED)
    now = factories.pairing(mentor)
    old = factories.session(over, starts_at=timezone.now() - timedelta(days=40))
    new = factories.session(now)
    factories.session(now, SessionState.CANCELLED, starts_at=timezone.now() - timedelta(days=2))
    for session, revisions in ((old, 3), (new, 1)):
        for revision in range(revisions):
            Reflection.objects.create(session=session, author=mentor, revision=revision + 1, what="x")
    row = row_of(mentor)
    assert (row.sessions_held, row.last_session_at, row.reflections) == (2, new.starts_at, 2)
    assert row_of(now.mentee).sessions_held == 1
    assert row_of(now.mentee).reflections == 0


def test_everybody_comes_once_and_in_order_whatever_the_chunk(monkeypatch):
    people = [factories.mentor() for _ in range(5)]
    factories.mentor(place=factories.Place(factories.COURSE, "other"))
    monkeypatch.setattr(states_export, "CHUNK", 2)
    assert [row.person.id for row in state_rows(factories.PLACE)] == [person.pk for person in people]
    assert people_count(factories.PLACE) == 5


@pytest.mark.parametrize("people", [3, 20])
def test_a_chunk_costs_eight_queries(people, django_assert_num_queries):
    for _ in range(people):
        factories.session(factories.pairing())
    with django_assert_num_queries(9):  # the last one finds that nobody is left
        assert len(list(state_rows(factories.PLACE))) == 2 * people
