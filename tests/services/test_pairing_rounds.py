import uuid

import casts
import factories
import pytest

from reverse_mentoring_xblock.domain.errors import Conflict, NotFound
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import PairingState, ParticipantState, Role, RunState
from reverse_mentoring_xblock.models import AuditEntry, LeftOut, MatchRun, Pairing, Participant, Proposal, Veto
from reverse_mentoring_xblock.services.deciding import accept, decline
from reverse_mentoring_xblock.services.proposing import propose
from reverse_mentoring_xblock.services.releasing import discard, finish_round, release
from reverse_mentoring_xblock.services.signing_up import pause

pytestmark = pytest.mark.django_db
PLACE = factories.PLACE
OPEN = PairingRules(require_training=False, require_assessment=False)


def proposed(boss, rules=OPEN):
    return uuid.UUID(propose(PLACE, boss, rules).run)


def waited(person):
    return Participant.objects.get(pk=person.pk).rounds_waited


class TestProposing:
    def test_a_proposal_keeps_pairs_reasons_and_proof(self, boss):
        mentor, mentee = factories.mentor(), factories.mentee()
        outcome = propose(PLACE, boss, OPEN)
        run = MatchRun.objects.get()
        proposal = Proposal.objects.get()
        assert (outcome.pairs, outcome.left_out, outcome.is_certified) == (1, 0, True)
        assert (run.state, run.matched, run.certified, run.total) == (RunState.PROPOSED, 1, True, run.bound)
        assert run.prices["mentors"].keys() == {str(mentor.pk)}
        assert (proposal.mentor_id, proposal.mentee_id) == (mentor.pk, mentee.pk)
        assert proposal.reason["topics"] == ["1.2", "4.1"]
        assert proposal.reason["wanted"] == 3
        assert proposal.reason["minutes"] == 540
        assert not Pairing.objects.exists()

    def test_one_proposal_is_open_at_a_time(self, boss):
        factories.mentor(), factories.mentee()
        propose(PLACE, boss, OPEN)
        with pytest.raises(Conflict) as refused:
            propose(PLACE, factories.coordinator().pk, OPEN)
        assert refused.value.code == "proposal_open"
        assert MatchRun.objects.count() == 1

    @pytest.mark.parametrize("make", [lambda: None, factories.mentor, factories.mentee])
    def test_it_takes_two_sides(self, boss, make):
        make()
        with pytest.raises(Conflict) as refused:
            propose(PLACE, boss, OPEN)
        assert refused.value.code == "nobody_to_match"
        assert not MatchRun.objects.exists()

    @pytest.mark.parametrize("state", [ParticipantState.PAUSED, ParticipantState.WITHDRAWN, ParticipantState.JOINED])
    def test_only_those_who_are_signed_up_are_matched(self, boss, state):
        factories.mentor(), factories.mentee()
        away = factories.mentee(state, level=6)
        propose(PLACE, boss, OPEN)
        assert not Proposal.objects.filter(mentee=away).exists()
        assert not LeftOut.objects.exists()

    def test_gates_are_the_authors(self, boss):
        factories.trained(factories.mentor())
        factories.trained(factories.mentor())
        ready = casts.assessed(factories.trained(factories.mentee()))
        factories.trained(factories.mentee())
        factories.mentee()
        propose(PLACE, boss, PairingRules())
        assert set(Proposal.objects.values_list("mentee_id", flat=True)) == {ready.pk}
        discard(PLACE, boss, MatchRun.objects.get().uuid)
        propose(PLACE, boss, PairingRules(require_assessment=False))
        assert Proposal.objects.filter(run__state=RunState.PROPOSED).count() == 2

    def test_capacity_counts_what_a_mentor_has_already(self, boss):
        busy = factories.mentor(capacity=2)
        factories.pairing(busy)
        for _ in range(2):
            factories.mentee()
        assert propose(PLACE, boss, OPEN).pairs == 1
        assert LeftOut.objects.get().reason["why"] == "competition"

    def test_the_authors_limit_of_capacity_holds_for_what_was_said_before(self, boss):
        factories.mentor(capacity=4)
        for _ in range(3):
            factories.mentee()
        assert propose(PLACE, boss, PairingRules(False, False, max_capacity=2)).pairs == 2

    def test_nobody_is_offered_the_same_person_twice(self, boss):
        factories.pairing(state=PairingState.DECLINED)
        assert propose(PLACE, boss, OPEN).pairs == 0
        assert {row.reason["rule"] for row in LeftOut.objects.all()} == {"past_partner"}

    def test_reporting_lines_run_through_people_who_are_not_matched(self, boss):
        mentee = factories.mentee()
        middle = factories.participant(Role.MENTOR, manager=mentee.user.username)
        factories.mentor(manager=middle.user.email)
        assert propose(PLACE, boss, OPEN).pairs == 0
        assert {row.reason["rule"] for row in LeftOut.objects.all()} == {"reporting_line"}

    @pytest.mark.parametrize("by", ["mentor", "mentee"])
    def test_a_veto_is_honoured_and_leaves_no_trace(self, boss, by):
        people = {"mentor": factories.mentor(), "mentee": factories.mentee()}
        other = people["mentee" if by == "mentor" else "mentor"]
        Veto.objects.create(participant=people[by], person=other.user.email.casefold())
        assert propose(PLACE, boss, OPEN).pairs == 0
        for row in LeftOut.objects.all():
            assert {key: value for key, value in row.reason.items() if value} == {"why": "no_partner"}

    def test_topics_of_the_report_that_were_not_chosen_at_sign_up_stay_private(self, boss):
        factories.mentor(topics=())
        casts.assessed(factories.mentee(topics=()))
        propose(PLACE, boss, OPEN)
        assert Proposal.objects.get().reason["topics"] == []

    def test_a_damaged_window_from_elsewhere_stops_nobody(self, boss):
        factories.mentor(windows=[[9, 0, 0], "x", [0, 540, 720]])
        factories.mentee()
        assert propose(PLACE, boss, OPEN).pairs == 1

    def test_the_number_of_queries_does_not_grow(self, boss, django_assert_num_queries):
        counts = []
        for _ in range(2):
            for _ in range(3):
                casts.assessed(factories.mentor()), casts.assessed(factories.mentee())
            with django_assert_num_queries(99, exact=False) as seen:
                run = proposed(boss)
            counts.append(len(seen))
            discard(PLACE, boss, run)
        assert counts[0] == counts[1]


class TestReleasing:
    def test_every_pair_becomes_an_offer(self, boss):
        mentor = factories.mentor(capacity=2)
        mentees = [factories.mentee(), factories.mentee()]
        outcome = release(PLACE, boss, proposed(boss), OPEN)
        offers = Pairing.objects.order_by("pk")
        assert (outcome.pairs, outcome.dropped, outcome.is_changed) == (2, 0, True)
        assert [offer.state for offer in offers] == [PairingState.OFFERED] * 2
        assert {offer.mentee_id for offer in offers} == {mentee.pk for mentee in mentees}
        assert [(offer.mentor_id, offer.mentor_slot) for offer in offers] == [(mentor.pk, 1), (mentor.pk, 2)]
        assert offers[0].reason["wanted"] == 3
        run = MatchRun.objects.get()
        assert (run.state, run.open_slot) == (RunState.RELEASED, None)
        assert run.decided_at

    def test_the_lowest_free_slot_is_taken(self, boss):
        mentor = factories.mentor(capacity=2)
        Pairing.objects.create(programme=mentor.programme, mentor=mentor, mentee=factories.mentee(), mentor_slot=2)
        factories.mentee()
        release(PLACE, boss, proposed(boss), OPEN)
        assert set(Pairing.objects.values_list("mentor_slot", flat=True)) == {1, 2}

    def test_releasing_twice_is_once(self, boss):
        factories.mentor(), factories.mentee()
        run = proposed(boss)
        release(PLACE, boss, run, OPEN)
        again = release(PLACE, boss, run, OPEN)
        assert (again.pairs, again.is_changed) == (1, False)
        assert Pairing.objects.count() == 1

    def test_a_second_coordinator_comes_too_late(self, boss):
        factories.mentor(), factories.mentee()
        run = proposed(boss)
        release(PLACE, boss, run, OPEN)
        other = factories.coordinator().pk
        with pytest.raises(Conflict) as refused:
            release(PLACE, other, run, OPEN)
        assert refused.value.code == "released_meanwhile"
        with pytest.raises(Conflict) as refused:
            discard(PLACE, other, run)
        assert refused.value.code == "released_meanwhile"
        assert Pairing.objects.count() == 1

    def test_a_proposal_that_did_not_pass_its_check_is_never_released(self, boss):
        factories.mentor(), factories.mentee()
        run = proposed(boss)
        MatchRun.objects.update(certified=False)
        with pytest.raises(Conflict) as refused:
            release(PLACE, boss, run, OPEN)
        assert refused.value.code == "not_proved"
        assert not Pairing.objects.exists()

    def test_a_discarded_proposal_cannot_be_released(self, boss):
        factories.mentor(), factories.mentee(rounds_waited=1)
        run = proposed(boss)
        assert discard(PLACE, boss, run)
        assert not discard(PLACE, boss, run)
        with pytest.raises(Conflict) as refused:
            release(PLACE, boss, run, OPEN)
        assert refused.value.code == "discarded_meanwhile"
        assert not Pairing.objects.exists()
        assert list(AuditEntry.objects.values_list("act", flat=True)) == ["pairing.proposed", "pairing.discarded"]

    @pytest.mark.parametrize("act", [lambda *sent: release(*sent, OPEN), discard])
    def test_a_run_of_another_programme_is_not_there(self, boss, act):
        factories.mentor(), factories.mentee()
        run = proposed(boss)
        elsewhere = factories.Place(factories.OTHER_COURSE, "main")
        factories.programme(elsewhere)
        with pytest.raises(NotFound):
            act(elsewhere, boss, run)
        with pytest.raises(NotFound):
            act(PLACE, boss, uuid.uuid4())

    @pytest.mark.parametrize(
        "happen",
        [
            lambda mentor, mentee: pause(PLACE, mentee.user_id),
            lambda mentor, mentee: Participant.objects.filter(pk=mentor.pk).update(state=ParticipantState.WITHDRAWN),
            lambda mentor, mentee: Veto.objects.create(participant=mentee, person=mentor.user.username),
            lambda mentor, mentee: Participant.objects.filter(pk=mentor.pk).update(languages=["pt"]),
            lambda mentor, mentee: factories.pairing(factories.mentor(), mentee),
            lambda mentor, mentee: factories.pairing(mentor, factories.mentee(), PairingState.OFFERED),
        ],
        ids=["paused", "withdrawn", "veto", "rule", "mentee taken", "mentor taken"],
    )
    def test_a_pair_that_does_not_hold_any_more_is_left_out(self, boss, happen):
        mentor, mentee = factories.mentor(), factories.mentee()
        run = proposed(boss)
        happen(mentor, mentee)
        outcome = release(PLACE, boss, run, OPEN)
        assert (outcome.pairs, outcome.dropped) == (0, 1)
        assert not Pairing.objects.filter(mentor=mentor, mentee=mentee).exists()

    def test_the_gates_hold_at_release(self, boss):
        factories.mentor(), factories.mentee()
        assert release(PLACE, boss, proposed(boss), PairingRules()).dropped == 1

    def test_those_left_out_move_up_and_those_paused_do_not(self, boss):
        factories.mentor()
        mentees = [factories.mentee(), factories.mentee()]
        away = factories.mentee(ParticipantState.PAUSED)
        release(PLACE, boss, proposed(boss), OPEN)
        assert sorted(waited(mentee) for mentee in mentees) == [0, 1]
        assert waited(away) == 0

    def test_a_mentor_with_a_mentee_who_gets_no_second_one_has_not_waited(self, boss):
        busy = factories.mentor(capacity=2)
        factories.pairing(busy)
        factories.mentor(level=3)
        factories.mentee(level=4)
        release(PLACE, boss, proposed(boss), OPEN)
        assert waited(busy) == 0

    def test_the_queue_decides_between_equals(self, boss):
        factories.mentor()
        shared = {"department": "Finance", "topics": ("1.2",)}
        waiting = factories.mentee(rounds_waited=2, **shared)
        for _ in range(4):
            factories.mentee(**shared)
        propose(PLACE, boss, OPEN)
        assert Proposal.objects.get().mentee_id == waiting.pk

    def test_waiting_ends_with_a_pairing_and_not_with_an_offer(self, boss):
        mentor, mentee = factories.mentor(rounds_waited=1), factories.mentee(rounds_waited=1)
        release(PLACE, boss, proposed(boss), OPEN)
        offer = Pairing.objects.get()
        assert (waited(mentor), waited(mentee)) == (1, 1)
        accept(PLACE, mentor.user_id, offer.uuid)
        decline(PLACE, mentee.user_id, offer.uuid)
        assert (waited(mentor), waited(mentee)) == (2, 1)


class TestReleasingAPart:
    @pytest.fixture
    def run(self, boss):
        for _ in range(3):
            factories.mentor(), factories.mentee()
        factories.mentee()
        return proposed(boss)

    def ids(self, *places):
        rows = list(Proposal.objects.order_by("pk"))
        return [rows[place].uuid for place in places]

    def test_the_rest_stays_open_and_nobody_moves_up_yet(self, boss, run):
        outcome = release(PLACE, boss, run, OPEN, only=self.ids(0, 2))
        assert (outcome.pairs, outcome.dropped, outcome.is_closed) == (2, 0, False)
        assert Pairing.objects.count() == 2
        row = MatchRun.objects.get()
        assert (row.state, row.open_slot, row.decided_at) == (RunState.PROPOSED, 1, None)
        assert Proposal.objects.filter(released_at=None).count() == 1
        assert not Participant.objects.filter(rounds_waited__gt=0).exists()

    def test_with_the_last_part_the_round_is_over_and_those_left_out_move_up_once(self, boss, run):
        release(PLACE, boss, run, OPEN, only=self.ids(0))
        decline(PLACE, Pairing.objects.get().mentee.user_id, Pairing.objects.get().uuid)
        assert release(PLACE, boss, run, OPEN, only=self.ids(1, 2)).is_closed
        assert MatchRun.objects.get().state == RunState.RELEASED
        mentor = Proposal.objects.order_by("pk")[0].mentor
        assert sorted(Participant.objects.values_list("rounds_waited", flat=True)) == [0, 0, 0, 0, 0, 1, 1]
        assert waited(mentor) == 1

    def test_the_whole_after_a_part_is_the_rest(self, boss, run):
        release(PLACE, boss, run, OPEN, only=self.ids(0))
        outcome = release(PLACE, boss, run, OPEN)
        assert (outcome.pairs, outcome.is_closed) == (2, True)
        assert Pairing.objects.count() == 3
        assert release(PLACE, boss, run, OPEN).is_changed is False

    def test_the_same_part_twice_is_once(self, boss, run):
        part = self.ids(0, 1)
        release(PLACE, boss, run, OPEN, only=part)
        again = release(PLACE, factories.coordinator().pk, run, OPEN, only=part)
        assert (again.pairs, again.is_changed, again.is_closed) == (2, False, False)
        assert AuditEntry.objects.filter(act="pairing.released").count() == 1
        assert release(PLACE, boss, run, OPEN, only=self.ids(1, 2)).pairs == 1

    def test_a_pair_that_is_gone_releases_nothing(self, boss, run):
        with pytest.raises(Conflict) as refused:
            release(PLACE, boss, run, OPEN, only=[*self.ids(0), uuid.uuid4()])
        assert refused.value.code == "pairs_changed"
        assert not Pairing.objects.exists()

    def test_a_part_of_what_somebody_finished_is_refused(self, boss, run):
        release(PLACE, boss, run, OPEN, only=self.ids(0))
        finish_round(PLACE, boss, run)
        for only in (self.ids(1), None):
            with pytest.raises(Conflict) as refused:
                release(PLACE, boss, run, OPEN, only=only)
            assert refused.value.code == "released_meanwhile"

    def test_a_pair_that_cannot_be_offered_stays_in_the_proposal(self, boss, run):
        pause(PLACE, Proposal.objects.order_by("pk")[0].mentee.user_id)
        outcome = release(PLACE, boss, run, OPEN, only=self.ids(0, 1, 2))
        assert (outcome.pairs, outcome.dropped, outcome.is_closed) == (2, 1, False)
        assert finish_round(PLACE, boss, run)
        assert not finish_round(PLACE, boss, run)
        with pytest.raises(Conflict):
            finish_round(PLACE, factories.coordinator().pk, run)

    def test_those_whose_pair_was_not_released_wait_with_a_reason(self, boss, run):
        release(PLACE, boss, run, OPEN, only=self.ids(0))
        finish_round(PLACE, boss, run)
        dropped = [
            id_ for pair in Proposal.objects.filter(released_at=None) for id_ in (pair.mentor_id, pair.mentee_id)
        ]
        closed = LeftOut.objects.filter(reason={"why": "closed"})
        assert set(closed.values_list("participant", flat=True)) == set(dropped)
        assert LeftOut.objects.count() == len(dropped) + 1
        assert set(Participant.objects.filter(pk__in=dropped).values_list("rounds_waited", flat=True)) == {1}

    def test_a_part_released_is_not_discarded_and_none_is_not_finished(self, boss, run):
        with pytest.raises(Conflict) as refused:
            finish_round(PLACE, boss, run)
        assert refused.value.code == "nothing_released"
        release(PLACE, boss, run, OPEN, only=self.ids(0))
        with pytest.raises(Conflict) as refused:
            discard(PLACE, boss, run)
        assert refused.value.code == "partly_released"

    def test_a_mentor_with_two_pairs_is_offered_the_second_later(self, boss):
        factories.mentor(capacity=2)
        factories.mentee(), factories.mentee()
        run = proposed(boss)
        release(PLACE, boss, run, OPEN, only=self.ids(1))
        assert release(PLACE, boss, run, OPEN, only=self.ids(0)).pairs == 1
        assert sorted(Pairing.objects.values_list("mentor_slot", flat=True)) == [1, 2]

    def test_a_mentee_who_found_a_partner_elsewhere_has_not_waited(self, boss, run):
        mentee = Proposal.objects.order_by("pk")[0].mentee
        factories.pairing(mentee_row=mentee)
        assert release(PLACE, boss, run, OPEN).dropped == 1
        assert waited(mentee) == 0
