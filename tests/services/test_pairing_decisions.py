import uuid

import factories
import pytest

from reverse_mentoring_xblock.domain.errors import Conflict, NotAllowed, NotFound
from reverse_mentoring_xblock.domain.states import PairingState, ParticipantState, Role
from reverse_mentoring_xblock.models import AuditEntry, Interest, LeftOut, Pairing, Participant, Veto
from reverse_mentoring_xblock.services.clearing import forget_everywhere, forget_in_block
from reverse_mentoring_xblock.services.deciding import accept, decline, end_pairing
from reverse_mentoring_xblock.services.withdrawing import withdraw

pytestmark = pytest.mark.django_db
PLACE = factories.PLACE


@pytest.fixture
def offer():
    return factories.pairing(factories.mentor(rounds_waited=2), factories.mentee(rounds_waited=1), PairingState.OFFERED)


def acts():
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


def waited(person):
    return Participant.objects.get(pk=person.pk).rounds_waited


def test_the_second_yes_makes_it_active_for_both(offer):
    first = accept(PLACE, offer.mentor.user_id, offer.uuid)
    assert (first.is_changed, first.is_active) == (True, False)
    second = accept(PLACE, offer.mentee.user_id, offer.uuid)
    assert (second.is_changed, second.is_active) == (True, True)
    assert set(second.user_ids) == {offer.mentor.user_id, offer.mentee.user_id}
    offer.refresh_from_db()
    assert offer.state == PairingState.ACTIVE
    assert offer.active_at
    assert (waited(offer.mentor), waited(offer.mentee)) == (0, 0)
    assert acts() == ["pairing.accepted", "pairing.accepted", "pairing.activated"]
    assert AuditEntry.objects.get(act="pairing.activated").actor_id is None


def test_one_yes_twice_is_one_yes(offer):
    accept(PLACE, offer.mentor.user_id, offer.uuid)
    again = accept(PLACE, offer.mentor.user_id, offer.uuid)
    assert (again.is_changed, again.is_active) == (False, False)
    offer.refresh_from_db()
    assert offer.state == PairingState.OFFERED
    assert len(acts()) == 1


def test_a_no_frees_both_and_moves_the_other_up(offer):
    accept(PLACE, offer.mentee.user_id, offer.uuid)
    outcome = decline(PLACE, offer.mentor.user_id, offer.uuid)
    offer.refresh_from_db()
    assert outcome.is_changed
    assert (offer.state, offer.mentor_slot, offer.mentee_slot) == (PairingState.DECLINED, None, None)
    assert offer.closed_at
    assert (waited(offer.mentor), waited(offer.mentee)) == (2, 2)


def test_a_no_is_possible_after_ones_own_yes(offer):
    accept(PLACE, offer.mentor.user_id, offer.uuid)
    assert decline(PLACE, offer.mentor.user_id, offer.uuid).is_changed


def test_a_no_twice_is_one_no_whoever_says_it(offer):
    decline(PLACE, offer.mentor.user_id, offer.uuid)
    assert not decline(PLACE, offer.mentor.user_id, offer.uuid).is_changed
    assert not decline(PLACE, offer.mentee.user_id, offer.uuid).is_changed
    assert acts() == ["pairing.declined"]


def test_a_yes_after_the_others_no_comes_too_late(offer):
    decline(PLACE, offer.mentor.user_id, offer.uuid)
    with pytest.raises(Conflict) as refused:
        accept(PLACE, offer.mentee.user_id, offer.uuid)
    assert refused.value.code == "offer_over"


def test_an_active_pairing_is_ended_not_declined():
    pair = factories.pairing()
    with pytest.raises(Conflict) as refused:
        decline(PLACE, pair.mentee.user_id, pair.uuid)
    assert refused.value.code == "active_meanwhile"


def test_ending_is_the_same_for_both_and_leaves_no_word_of_who_it_was():
    pair = factories.pairing()
    assert end_pairing(PLACE, pair.mentee.user_id, pair.uuid).is_changed
    assert not end_pairing(PLACE, pair.mentor.user_id, pair.uuid).is_changed
    pair.refresh_from_db()
    assert (pair.state, pair.mentor_slot, pair.mentee_slot) == (PairingState.ENDED, None, None)
    assert (waited(pair.mentor), waited(pair.mentee)) == (0, 0)


def test_an_offer_cannot_be_ended(offer):
    with pytest.raises(Conflict):
        end_pairing(PLACE, offer.mentor.user_id, offer.uuid)


@pytest.mark.parametrize("act", [accept, decline, end_pairing])
def test_somebody_elses_pairing_is_not_there(offer, act):
    for stranger in (factories.mentor().user_id, factories.user().pk):
        with pytest.raises(NotFound):
            act(PLACE, stranger, offer.uuid)
    with pytest.raises(NotFound):
        act(PLACE, offer.mentor.user_id, uuid.uuid4())


def test_a_pairing_of_another_course_is_not_there(offer):
    elsewhere = factories.Place(factories.OTHER_COURSE, "main")
    factories.participant(Role.MENTOR, place=elsewhere, account=offer.mentor.user)
    with pytest.raises(NotFound):
        accept(elsewhere, offer.mentor.user_id, offer.uuid)


def test_withdrawing_ends_offers_and_pairings_and_frees_the_partners():
    mentor = factories.mentor(capacity=2)
    active = factories.pairing(mentor)
    offered = Pairing.objects.create(
        programme=mentor.programme, mentor=mentor, mentee=factories.mentee(), mentor_slot=2
    )
    outcome = withdraw(PLACE, mentor.user_id)
    assert (outcome.is_changed, outcome.closed) == (True, 2)
    for pair in (active, offered):
        pair.refresh_from_db()
        assert (pair.state, pair.mentor_slot, pair.mentee_slot) == (PairingState.ENDED, None, None)
        assert waited(pair.mentee) == 1
    assert Participant.objects.get(pk=mentor.pk).state == ParticipantState.WITHDRAWN


def test_withdrawing_twice_is_once():
    mentor = factories.mentor()
    assert withdraw(PLACE, mentor.user_id).is_changed
    assert not withdraw(PLACE, mentor.user_id).is_changed
    assert acts() == ["pairing.withdrawn"]


def test_nobody_withdraws_from_where_they_are_not():
    with pytest.raises(NotAllowed):
        withdraw(PLACE, factories.user().pk)
    factories.programme()
    with pytest.raises(NotAllowed):
        withdraw(PLACE, factories.user().pk)


def test_clearing_the_block_takes_the_sign_up_back_and_frees_the_partner():
    mentee = factories.mentee(manager="margaret", rounds_waited=2)
    Veto.objects.create(participant=mentee, person="paolo")
    pair = factories.pairing(mentee_row=mentee)
    forget_in_block(PLACE, mentee.user_id, "pairing")
    forget_in_block(PLACE, mentee.user_id, "pairing")
    mentee.refresh_from_db()
    pair.refresh_from_db()
    assert (mentee.state, mentee.level, mentee.department, mentee.manager) == (ParticipantState.JOINED, None, "", "")
    assert (mentee.languages, mentee.windows, mentee.signed_up_at, mentee.rules_agreed_at) == ([], [], None, None)
    assert pair.state == PairingState.ENDED
    assert not Veto.objects.exists()
    assert not Interest.objects.filter(participant=mentee).exists()
    assert not LeftOut.objects.exists()


def test_retiring_an_account_frees_the_partner_first():
    pair = factories.pairing()
    forget_everywhere(pair.mentee.user_id)
    assert Participant.objects.get(user_id=pair.mentee.user_id).state == ParticipantState.WITHDRAWN
    assert not Pairing.objects.filter(state=PairingState.ACTIVE).exists()
    assert waited(pair.mentor) == 1
