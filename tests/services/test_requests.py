"""A mentee asks a mentor: one at a time, every rule twice, and a no that explains nothing."""

from datetime import timedelta

import factories
import pytest
from django.utils import timezone
from factories import PLACE

from reverse_mentoring_xblock.domain.errors import Conflict, NotAllowed, NotFound
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import OverrideKind, PairingState, ParticipantState, RequestState
from reverse_mentoring_xblock.models import (
    AuditEntry,
    Avoided,
    DeclaredConflict,
    Override,
    Pairing,
    Participant,
    PartnerRequest,
    Veto,
)
from reverse_mentoring_xblock.selectors.asking import MOST_WAITING
from reverse_mentoring_xblock.selectors.cards import cards_to_ask
from reverse_mentoring_xblock.selectors.participants import participant_of
from reverse_mentoring_xblock.selectors.requests import first_request_to, newest_request, requests_to
from reverse_mentoring_xblock.services import clearing
from reverse_mentoring_xblock.services.answering_requests import accept_request, decline_request
from reverse_mentoring_xblock.services.deciding import accept
from reverse_mentoring_xblock.services.lapsing_requests import lapse_requests
from reverse_mentoring_xblock.services.proposing import propose
from reverse_mentoring_xblock.services.releasing import release
from reverse_mentoring_xblock.services.requesting import ask_mentor, take_back_request
from reverse_mentoring_xblock.services.withdrawing import withdraw

pytestmark = pytest.mark.django_db
OPEN = PairingRules(require_training=False, require_assessment=False, allow_requests=True, answer_days=5)


@pytest.fixture
def mentor():
    return factories.mentor()


@pytest.fixture
def mentee():
    return factories.mentee()


def ask(mentee, mentor, rules=OPEN):
    ask_mentor(PLACE, mentee.user_id, mentor.uuid, rules)
    return PartnerRequest.objects.get(mentee=mentee, slot=1)


def state_of(row):
    row.refresh_from_db()
    return row.state


def overdue(row):
    PartnerRequest.objects.filter(pk=row.pk).update(answer_by=timezone.now() - timedelta(minutes=1))
    row.refresh_from_db()
    return row


class TestAsking:
    def test_a_request_waits_for_as_many_days_as_the_author_gives(self, mentor, mentee):
        row = ask(mentee, mentor)
        assert row.state == RequestState.ASKED
        assert timedelta(days=4, hours=23) < row.answer_by - timezone.now() <= timedelta(days=5)
        assert list(AuditEntry.objects.values_list("act", "facts")) == [("request.asked", {"request": row.pk})]

    def test_the_same_one_twice_is_once_and_another_one_has_to_wait(self, mentor, mentee):
        ask(mentee, mentor)
        assert not ask_mentor(PLACE, mentee.user_id, mentor.uuid, OPEN).is_changed
        with pytest.raises(Conflict, match="request_waits"):
            ask_mentor(PLACE, mentee.user_id, factories.mentor().uuid, OPEN)
        assert PartnerRequest.objects.count() == 1

    def test_the_author_has_to_allow_it(self, mentor, mentee):
        with pytest.raises(NotAllowed, match="requests_off"):
            ask(mentee, mentor, PairingRules(require_training=False, require_assessment=False))

    def test_mentors_and_people_with_a_partner_or_an_offer_do_not_ask(self, mentor):
        for person in (mentor, factories.pairing(state=PairingState.OFFERED).mentee, factories.pairing().mentee):
            with pytest.raises(Conflict, match="not_free_to_ask"):
                ask_mentor(PLACE, person.user_id, factories.mentor().uuid, OPEN)

    @pytest.mark.parametrize(
        "why", ["language", "full", "paused", "offered before", "asked by many", "nobody", "a mentee"]
    )
    def test_whoever_cannot_be_asked_reads_the_same(self, mentor, mentee, why):
        asked = mentor.uuid
        if why == "language":
            Participant.objects.filter(pk=mentor.pk).update(languages=["pt"])
        elif why == "full":
            factories.pairing(mentor)
        elif why == "paused":
            Participant.objects.filter(pk=mentor.pk).update(state=ParticipantState.PAUSED)
        elif why == "offered before":
            factories.pairing(mentor, mentee, PairingState.DECLINED)
        elif why == "asked by many":
            for _ in range(MOST_WAITING):
                ask(factories.mentee(), mentor)
        elif why == "nobody":
            asked = factories.participant().uuid
        else:
            asked = factories.mentee().uuid
        before = PartnerRequest.objects.count()
        with pytest.raises(Conflict, match="mentor_not_now"):
            ask_mentor(PLACE, mentee.user_id, asked, OPEN)
        assert PartnerRequest.objects.count() == before

    def test_a_paused_mentee_does_not_ask(self, mentor):
        away = factories.mentee(ParticipantState.PAUSED)
        with pytest.raises(Conflict, match="mentor_not_now"):
            ask(away, mentor)

    def test_an_overdue_request_does_not_stand_in_the_way_of_the_next(self, mentor, mentee):
        old = overdue(ask(mentee, mentor))
        new = ask(mentee, factories.mentor())
        assert state_of(old) == RequestState.LAPSED
        assert state_of(new) == RequestState.ASKED

    def test_taken_back_it_may_be_asked_again(self, mentor, mentee):
        row = ask(mentee, mentor)
        assert take_back_request(PLACE, mentee.user_id, row.uuid).is_changed
        assert not take_back_request(PLACE, mentee.user_id, row.uuid).is_changed
        assert newest_request(mentee.pk, timezone.now()) is None
        assert ask(mentee, mentor).pk != row.pk

    def test_only_its_own_mentee_takes_a_request_back(self, mentor, mentee):
        row = ask(mentee, mentor)
        for other in (mentor, factories.mentee()):
            with pytest.raises(NotFound):
                take_back_request(PLACE, other.user_id, row.uuid)


def keep_apart(mentor, mentee, why):
    """What somebody confided about these two, or a coordinator decided."""
    said = {
        "the mentor's veto": lambda: Veto.objects.create(participant=mentor, person=mentee.user.email),
        "the mentee's veto": lambda: Veto.objects.create(participant=mentee, person=mentor.user.username),
        "passed over": lambda: Avoided.objects.create(participant=mentor, avoided=mentee),
        "a declared conflict": lambda: DeclaredConflict.objects.create(
            programme=mentor.programme, mentor=mentor, mentee=mentee
        ),
        "a coordinator's word": lambda: Override.objects.create(
            programme=mentor.programme, mentor=mentor, mentee=mentee, kind=OverrideKind.FORBID
        ),
        "the mentor's manager": lambda: Participant.objects.filter(pk=mentor.pk).update(manager=mentee.user.username),
        "the manager of both": lambda: Participant.objects.update(manager="boss"),
    }
    said[why]()


CONFIDED = [
    "the mentor's veto",
    "the mentee's veto",
    "passed over",
    "a declared conflict",
    "a coordinator's word",
    "the mentor's manager",
    "the manager of both",
]


@pytest.mark.parametrize("why", CONFIDED)
class TestWhatWasConfided:
    """By asking, and by who can be asked, nobody learns of it; and nobody is asked by their own manager."""

    def test_the_list_of_mentors_stays_as_it_was(self, mentor, mentee, why):
        def page():
            row = participant_of(PLACE, mentee.user_id)
            return cards_to_ask(PLACE, row, OPEN, 1, timezone.now())

        before = page()
        assert [card.uuid for card in before.cards] == [str(mentor.uuid)]
        keep_apart(mentor, mentee, why)
        assert page() == before

    def test_a_request_waits_like_any_other_and_never_reaches_the_mentor(self, mentor, mentee, why):
        keep_apart(mentor, mentee, why)
        row = ask(mentee, mentor)
        now, me = timezone.now(), participant_of(PLACE, mentor.user_id)
        assert newest_request(mentee.pk, now).is_waiting
        assert requests_to(me, OPEN.policy(now.date()).dates, now) == ()
        assert first_request_to(mentor.pk, now) is None
        for answer in (
            lambda: accept_request(PLACE, mentor.user_id, row.uuid, OPEN),
            lambda: decline_request(PLACE, mentor.user_id, row.uuid),
        ):
            with pytest.raises(NotFound):
                answer()
        assert list(AuditEntry.objects.values_list("act", "facts")) == [("request.asked", {"request": row.pk})]

    def test_it_lapses_and_can_be_taken_back_like_any_other(self, mentor, mentee, why):
        keep_apart(mentor, mentee, why)
        taken_back = ask(mentee, mentor)
        take_back_request(PLACE, mentee.user_id, taken_back.uuid)
        row = overdue(ask(mentee, mentor))
        lapse_requests(timezone.now())
        assert state_of(row) == RequestState.LAPSED
        assert not newest_request(mentee.pk, timezone.now()).is_waiting
        with pytest.raises(Conflict, match="mentor_not_now"):
            ask(mentee, mentor)


def test_requests_that_do_not_reach_a_mentor_keep_nobody_else_from_asking(mentor):
    for _ in range(MOST_WAITING):
        unwanted = factories.mentee()
        keep_apart(mentor, unwanted, "the mentor's veto")
        ask(unwanted, mentor)
    assert ask(factories.mentee(), mentor).is_delivered


class TestAYes:
    def test_it_makes_an_active_pair_with_its_reason_at_once(self, mentor, mentee):
        row = ask(mentee, mentor)
        outcome = accept_request(PLACE, mentor.user_id, row.uuid, OPEN)
        pair = Pairing.objects.get()
        assert (pair.state, pair.origin, pair.mentor_slot, pair.mentee_slot) == ("active", "request", 1, 1)
        assert pair.mentor_accepted_at and pair.mentee_accepted_at and pair.active_at  # noqa: PT018
        assert pair.reason["topics"] == ["1.2", "4.1"]
        assert state_of(row) == RequestState.ACCEPTED
        assert outcome.user_ids == (mentor.user_id, mentee.user_id)
        assert outcome.pairing == str(pair.uuid)
        assert AuditEntry.objects.get(act="pairing.activated").facts == {"pairing": pair.pk}

    def test_twice_is_once(self, mentor, mentee):
        row = ask(mentee, mentor)
        accept_request(PLACE, mentor.user_id, row.uuid, OPEN)
        assert not accept_request(PLACE, mentor.user_id, row.uuid, OPEN).is_changed
        assert Pairing.objects.count() == 1

    def test_waiting_ends_for_both(self):
        mentor, mentee = factories.mentor(rounds_waited=2), factories.mentee(rounds_waited=3)
        accept_request(PLACE, mentor.user_id, ask(mentee, mentor).uuid, OPEN)
        assert set(Participant.objects.values_list("rounds_waited", flat=True)) == {0}

    @pytest.mark.parametrize("why", ["veto", "rule", "no room", "mentee has an offer", "paused", "forbidden"])
    def test_every_rule_holds_again_and_the_request_goes_on_waiting(self, mentor, mentee, why):
        row = ask(mentee, mentor)
        if why == "veto":
            Veto.objects.create(participant=mentee, person=mentor.user.username)
        elif why == "rule":
            Participant.objects.filter(pk=mentee.pk).update(languages=["pt"])
        elif why == "no room":
            factories.pairing(mentor)
        elif why == "mentee has an offer":
            factories.pairing(factories.mentor(), mentee, PairingState.OFFERED)
        elif why == "paused":
            Participant.objects.filter(pk=mentor.pk).update(state=ParticipantState.PAUSED)
        else:
            Override.objects.create(programme=mentor.programme, mentor=mentor, mentee=mentee, kind=OverrideKind.FORBID)
        with pytest.raises(Conflict, match="request_not_now"):
            accept_request(PLACE, mentor.user_id, row.uuid, OPEN)
        assert state_of(row) == RequestState.ASKED
        assert not Pairing.objects.filter(mentor=mentor, mentee=mentee).exists()

    @pytest.mark.parametrize("end", ["overdue", "taken back", "declined"])
    def test_it_comes_too_late_when_the_request_is_over(self, mentor, mentee, end):
        row = ask(mentee, mentor)
        if end == "overdue":
            overdue(row)
        elif end == "taken back":
            take_back_request(PLACE, mentee.user_id, row.uuid)
        else:
            decline_request(PLACE, mentor.user_id, row.uuid)
        with pytest.raises(Conflict, match="request_over"):
            accept_request(PLACE, mentor.user_id, row.uuid, OPEN)
        assert not Pairing.objects.exists()

    def test_a_full_mentor_lets_the_other_requests_lapse(self, mentor):
        first, second = ask(factories.mentee(), mentor), ask(factories.mentee(), mentor)
        accept_request(PLACE, mentor.user_id, first.uuid, OPEN)
        assert state_of(second) == RequestState.LAPSED

    def test_a_mentor_with_room_keeps_them(self):
        mentor = factories.mentor(capacity=2)
        first, second = ask(factories.mentee(), mentor), ask(factories.mentee(), mentor)
        accept_request(PLACE, mentor.user_id, first.uuid, OPEN)
        accept_request(PLACE, mentor.user_id, second.uuid, OPEN)
        assert sorted(Pairing.objects.values_list("mentor_slot", flat=True)) == [1, 2]

    def test_nobody_answers_for_somebody_else(self, mentor, mentee):
        row = ask(mentee, mentor)
        for other in (mentee, factories.mentor()):
            with pytest.raises(NotFound):
                accept_request(PLACE, other.user_id, row.uuid, OPEN)
            with pytest.raises(NotFound):
                decline_request(PLACE, other.user_id, row.uuid)


class TestANo:
    def test_it_frees_the_mentee_and_the_same_mentor_cannot_be_asked_again(self, mentor, mentee):
        row = ask(mentee, mentor)
        assert decline_request(PLACE, mentor.user_id, row.uuid).is_changed
        assert not decline_request(PLACE, mentor.user_id, row.uuid).is_changed
        with pytest.raises(Conflict, match="mentor_not_now"):
            ask(mentee, mentor)
        assert ask(mentee, factories.mentor())

    def test_a_no_and_a_silence_read_the_same(self, mentor, mentee):
        other = factories.mentee()
        declined, silent = ask(mentee, mentor), ask(other, mentor)
        PartnerRequest.objects.update(created=timezone.now() - timedelta(days=6))
        decline_request(PLACE, mentor.user_id, declined.uuid)
        overdue(silent)
        lapse_requests(timezone.now())
        one, two = (newest_request(person.pk, timezone.now()) for person in (mentee, other))
        assert (one.is_waiting, one.mentor_name, one.topics) == (two.is_waiting, two.mentor_name, two.topics)
        assert not one.is_waiting


class TestRoundsAndRequests:
    def test_who_has_asked_takes_part_in_rounds_and_an_active_offer_closes_the_request(self, mentor, mentee):
        row = ask(mentee, factories.mentor())
        boss = factories.coordinator().pk
        PartnerRequest.objects.filter(pk=row.pk).update(created=timezone.now())
        release(PLACE, boss, propose(PLACE, boss, OPEN).run, OPEN)
        offer = Pairing.objects.get(mentee=mentee)
        assert state_of(row) == RequestState.ASKED
        accept(PLACE, offer.mentor.user_id, offer.uuid)
        assert state_of(row) == RequestState.ASKED
        accept(PLACE, mentee.user_id, offer.uuid)
        assert state_of(row) == RequestState.TAKEN_BACK
        assert newest_request(mentee.pk, timezone.now()) is None


class TestLeaving:
    def test_a_mentee_who_withdraws_takes_the_request_back(self, mentor, mentee):
        row = ask(mentee, mentor)
        withdraw(PLACE, mentee.user_id)
        assert state_of(row) == RequestState.TAKEN_BACK

    def test_a_mentor_who_withdraws_lets_it_lapse(self, mentor, mentee):
        row = ask(mentee, mentor)
        withdraw(PLACE, mentor.user_id)
        assert state_of(row) == RequestState.LAPSED
        assert newest_request(mentee.pk, timezone.now())

    def test_forgetting_a_mentee_leaves_no_request(self, mentor, mentee):
        ask(mentee, mentor)
        clearing.forget_everywhere(mentee.user_id)
        assert not PartnerRequest.objects.exists()

    def test_forgetting_a_mentor_leaves_no_answer_of_theirs(self, mentor, mentee):
        other = factories.mentee()
        declined, waiting = ask(mentee, mentor), ask(other, mentor)
        decline_request(PLACE, mentor.user_id, declined.uuid)
        clearing.forget_in_block(PLACE, mentor.user_id, "pairing")
        assert list(PartnerRequest.objects.values_list("pk", "state")) == [(waiting.pk, RequestState.LAPSED)]


class TestLapsing:
    def test_overdue_ones_lapse_in_every_programme_and_the_others_stay(self, monkeypatch):
        monkeypatch.setattr("reverse_mentoring_xblock.services.lapsing_requests.BATCH", 2)
        elsewhere = factories.Place(factories.COURSE, "second")
        rows = [ask(factories.mentee(), factories.mentor()) for _ in range(5)]
        there = factories.mentee(place=elsewhere)
        ask_mentor(elsewhere, there.user_id, factories.mentor(place=elsewhere).uuid, OPEN)
        rows.append(PartnerRequest.objects.get(mentee=there))
        fresh = ask(factories.mentee(), factories.mentor())
        for row in rows:
            overdue(row)
        assert lapse_requests(timezone.now()) == 6
        assert lapse_requests(timezone.now()) == 0
        assert {state_of(row) for row in rows} == {RequestState.LAPSED}
        assert state_of(fresh) == RequestState.ASKED
        told = AuditEntry.objects.filter(act="request.lapsed").values_list("facts", flat=True)
        assert sorted(facts["requests"] for facts in told) == [1, 1, 2, 2]

    def test_it_counts_as_lapsed_before_anybody_has_closed_it(self, mentor, mentee):
        overdue(ask(mentee, mentor))
        assert not newest_request(mentee.pk, timezone.now()).is_waiting
