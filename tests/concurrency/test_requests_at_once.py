"""Requests and circles while others act at the same moment: one consistent result, whoever comes first."""

import uuid
from datetime import timedelta

import factories
import pytest
from django.utils import timezone

from reverse_mentoring_xblock.domain.errors import Conflict, ProgrammeError
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import LIVE_PAIRING, PairingState, RequestState
from reverse_mentoring_xblock.models import Circle, Pairing, Participant, PartnerRequest
from reverse_mentoring_xblock.services.answering_requests import accept_request, decline_request
from reverse_mentoring_xblock.services.deciding import accept, decline
from reverse_mentoring_xblock.services.lapsing_requests import lapse_requests
from reverse_mentoring_xblock.services.offering_circles import offer_circle
from reverse_mentoring_xblock.services.proposing import propose
from reverse_mentoring_xblock.services.releasing import release
from reverse_mentoring_xblock.services.requesting import ask_mentor, take_back_request
from reverse_mentoring_xblock.services.withdrawing import withdraw

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = factories.PLACE
OPEN = PairingRules(require_training=False, require_assessment=False, allow_requests=True)


def ask(mentee, mentor):
    return uuid.UUID(ask_mentor(PLACE, mentee.user_id, mentor.uuid, OPEN).request)


def nothing_contradicts():
    """Nobody has two partners or more than their capacity, and nothing waits that has come about."""
    live = Pairing.objects.filter(state__in=LIVE_PAIRING)
    mentees = list(live.values_list("mentee", flat=True))
    assert len(mentees) == len(set(mentees))
    for mentor in Participant.objects.filter(role="mentor"):
        rows = live.filter(mentor=mentor)
        assert rows.count() <= mentor.capacity or rows.filter(circle__isnull=False).exists()
    for row in PartnerRequest.objects.filter(state=RequestState.ACCEPTED):
        assert Pairing.objects.filter(mentor=row.mentor, mentee=row.mentee, origin="request").exists()
    active = live.filter(state=PairingState.ACTIVE).values("mentee")
    assert not PartnerRequest.objects.filter(state=RequestState.ASKED, mentee__in=active).exists()
    assert not PartnerRequest.objects.exclude(state=RequestState.ASKED).filter(slot__isnull=False).exists()


def test_asking_two_mentors_in_two_windows_is_one_request(at_once):
    mentee, mentors = factories.mentee(), [factories.mentor() for _ in range(3)]
    outcomes = at_once([lambda mentor=mentor: ask(mentee, mentor) for mentor in mentors])
    assert [one.code for one in outcomes if isinstance(one, Conflict)] == ["request_waits"] * 2
    assert PartnerRequest.objects.count() == 1


def test_one_yes_sent_four_times_is_one_pair(at_once):
    mentee, mentor = factories.mentee(), factories.mentor(capacity=2)
    request = ask(mentee, mentor)
    outcomes = at_once([lambda: accept_request(PLACE, mentor.user_id, request, OPEN)] * 4)
    assert sum(one.is_changed for one in outcomes) == 1
    assert Pairing.objects.count() == 1
    nothing_contradicts()


def test_two_requests_for_the_last_place_are_one_pair(at_once):
    mentor = factories.mentor()
    requests = [ask(factories.mentee(), mentor) for _ in range(3)]
    outcomes = at_once([lambda row=row: accept_request(PLACE, mentor.user_id, row, OPEN) for row in requests])
    assert sum(isinstance(one, ProgrammeError) for one in outcomes) == 2
    assert Pairing.objects.count() == 1
    assert sorted(PartnerRequest.objects.values_list("state", flat=True)) == ["accepted", "lapsed", "lapsed"]
    nothing_contradicts()


@pytest.mark.parametrize("other", ["taken back", "declined", "withdrawn"])
def test_a_yes_and_its_opposite_at_once_end_in_one_of_them(at_once, other):
    mentee, mentor = factories.mentee(), factories.mentor()
    request = ask(mentee, mentor)
    against = {
        "taken back": lambda: take_back_request(PLACE, mentee.user_id, request),
        "declined": lambda: decline_request(PLACE, mentor.user_id, request),
        "withdrawn": lambda: withdraw(PLACE, mentee.user_id),
    }[other]
    at_once([lambda: accept_request(PLACE, mentor.user_id, request, OPEN), against])
    row = PartnerRequest.objects.get()
    assert (row.state == RequestState.ACCEPTED) == Pairing.objects.exists()
    assert not Pairing.objects.filter(state__in=LIVE_PAIRING, mentee__state="withdrawn").exists()
    nothing_contradicts()


def test_a_yes_during_a_release_gives_the_mentee_one_partner(at_once):
    mentee, asked = factories.mentee(), factories.mentor(level=1)
    factories.mentor(department="Elsewhere")
    request = ask(mentee, asked)
    boss = factories.coordinator().pk
    run = uuid.UUID(propose(PLACE, boss, OPEN).run)
    at_once(
        [
            lambda: release(PLACE, boss, run, OPEN),
            lambda: accept_request(PLACE, asked.user_id, request, OPEN),
        ]
    )
    assert Pairing.objects.filter(mentee=mentee, state__in=LIVE_PAIRING).count() == 1
    nothing_contradicts()


def test_the_last_yes_to_an_offer_and_a_yes_to_a_request_are_one_partner(at_once):
    mentee, asked = factories.mentee(), factories.mentor()
    request = ask(mentee, asked)
    offer = factories.pairing(factories.mentor(), mentee, PairingState.OFFERED, mentor_accepted_at=timezone.now())
    at_once(
        [
            lambda: accept(PLACE, mentee.user_id, offer.uuid),
            lambda: accept_request(PLACE, asked.user_id, request, OPEN),
        ]
    )
    assert [row.pk for row in Pairing.objects.filter(state=PairingState.ACTIVE)] == [offer.pk]
    assert PartnerRequest.objects.get().state == RequestState.TAKEN_BACK
    nothing_contradicts()


def test_lapsing_from_two_places_while_mentors_answer(at_once):
    mentor = factories.mentor(capacity=2)
    requests = [ask(factories.mentee(), mentor) for _ in range(3)]
    PartnerRequest.objects.filter(uuid=requests[0]).update(answer_by=timezone.now() - timedelta(days=1))
    outcomes = at_once(
        [
            lambda: lapse_requests(timezone.now()),
            lambda: lapse_requests(timezone.now()),
            lambda: accept_request(PLACE, mentor.user_id, requests[1], OPEN),
            lambda: decline_request(PLACE, mentor.user_id, requests[2]),
        ]
    )
    assert sorted(outcomes[:2]) == [0, 1]
    assert [PartnerRequest.objects.get(uuid=one).state for one in requests] == ["lapsed", "accepted", "declined"]
    nothing_contradicts()


def test_two_coordinators_making_the_same_circle_make_one(at_once):
    mentor, mentees = factories.mentor(), [factories.mentee() for _ in range(3)]
    bosses = [factories.coordinator().pk for _ in range(3)]
    ids = [one.uuid for one in mentees]
    outcomes = at_once([lambda boss=boss: offer_circle(PLACE, boss, "4.1", mentor.uuid, ids, OPEN) for boss in bosses])
    assert sum(one.is_changed for one in outcomes) == 1
    assert (Circle.objects.count(), Pairing.objects.count()) == (1, 3)


def test_everybody_in_a_circle_answers_at_once(at_once):
    mentor, mentees = factories.mentor(), [factories.mentee() for _ in range(4)]
    offer_circle(PLACE, factories.coordinator().pk, "4.1", mentor.uuid, [one.uuid for one in mentees], OPEN)
    rows = {row.mentee_id: row for row in Pairing.objects.all()}
    calls = [lambda one=one: accept(PLACE, one.user_id, rows[one.pk].uuid) for one in mentees[:3]]
    calls += [
        lambda: accept(PLACE, mentor.user_id, rows[mentees[0].pk].uuid),
        lambda: decline(PLACE, mentees[3].user_id, rows[mentees[3].pk].uuid),
    ]
    at_once(calls)
    assert sorted(Pairing.objects.values_list("state", flat=True)) == ["active"] * 3 + ["declined"]
    nothing_contradicts()


def test_a_circle_and_a_release_at_once_leave_nobody_with_two_offers(at_once):
    mentors, mentees = [factories.mentor() for _ in range(3)], [factories.mentee() for _ in range(4)]
    boss = factories.coordinator().pk
    run = uuid.UUID(propose(PLACE, boss, OPEN).run)
    ids = [one.uuid for one in mentees[:3]]
    at_once(
        [
            lambda: release(PLACE, boss, run, OPEN),
            lambda: offer_circle(PLACE, boss, "4.1", mentors[0].uuid, ids, OPEN),
        ]
    )
    nothing_contradicts()
    assert Pairing.objects.filter(state__in=LIVE_PAIRING).exists()
