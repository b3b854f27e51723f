"""What a coordinator decides about one offer, one pair or one person."""

import uuid
from datetime import timedelta

import factories
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reverse_mentoring_xblock.domain.errors import Conflict, NotFound
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.profile import Step
from reverse_mentoring_xblock.domain.states import OverrideKind, PairingState, ParticipantState
from reverse_mentoring_xblock.models import AuditEntry, Avoided, DeclaredConflict, Override, Pairing, Participant
from reverse_mentoring_xblock.selectors.live_pairs import PairsShown, live_pairs_page
from reverse_mentoring_xblock.selectors.replacements import replacements
from reverse_mentoring_xblock.services.deciding import accept, end_pairing
from reverse_mentoring_xblock.services.flagging import Flagged, flag_pairs
from reverse_mentoring_xblock.services.handing_over import hand_over
from reverse_mentoring_xblock.services.overseeing import (
    end_for_both,
    extend_offer,
    part,
    pause_for,
    resume_for,
    withdraw_offer,
)
from reverse_mentoring_xblock.services.signing_up import keep_step

pytestmark = pytest.mark.django_db
PLACE = factories.PLACE
OPEN = PairingRules(require_training=False, require_assessment=False)


def offer(days=5, **facts):
    return factories.pairing(state=PairingState.OFFERED, answer_by=timezone.now() + timedelta(days=days), **facts)


def waited(*people):
    return [Participant.objects.get(pk=one).rounds_waited for one in people]


def acts():
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


@pytest.mark.parametrize(
    ("act", "make", "name", "rounds"),
    [
        (withdraw_offer, offer, "pairing.offer_withdrawn", 1),
        (end_for_both, factories.pairing, "pairing.ended_for_both", 1),
        (end_for_both, offer, "pairing.ended_for_both", 1),
        (part, factories.pairing, "pairing.parted", 2),
        (part, offer, "pairing.parted", 2),
    ],
)
class TestEnding:
    def test_both_are_free_and_move_up_once_however_often_it_is_clicked(self, boss, act, make, name, rounds):
        pair = make()
        assert [act(PLACE, boss, pair.uuid).is_changed for _ in range(2)] == [True, False]
        pair.refresh_from_db()
        assert (pair.state, pair.mentor_slot, pair.mentee_slot) == (PairingState.ENDED, None, None)
        assert waited(pair.mentor_id, pair.mentee_id) == [rounds, rounds]
        (entry,) = AuditEntry.objects.all()
        assert (entry.act, entry.actor_id, entry.facts) == (name, boss, {"pairing": pair.pk})

    def test_a_pair_that_is_over_says_nothing_of_how(self, boss, act, make, name, rounds):
        for state in (PairingState.DECLINED, PairingState.LAPSED, PairingState.ENDED):
            over = factories.pairing(state=state)
            assert not act(PLACE, boss, over.uuid).is_changed
            over.refresh_from_db()
            assert over.state == state
        assert acts() == []

    def test_a_pair_of_another_programme_is_not_there(self, boss, act, make, name, rounds):
        pair = make()
        factories.programme(factories.Place(factories.OTHER_COURSE, "main"))
        with pytest.raises(NotFound):
            act(factories.Place(factories.OTHER_COURSE, "main"), boss, pair.uuid)
        with pytest.raises(NotFound):
            act(PLACE, boss, uuid.uuid4())


def test_an_active_pair_is_not_withdrawn_as_an_offer(boss):
    pair = factories.pairing()
    with pytest.raises(Conflict) as refused:
        withdraw_offer(PLACE, boss, pair.uuid)
    assert refused.value.code == "accepted_meanwhile"


def test_two_who_are_parted_are_never_proposed_to_each_other_again(boss):
    pair = factories.pairing()
    Override.objects.create(
        programme=pair.programme, mentor=pair.mentor, mentee=pair.mentee, kind=OverrideKind.FIX, made_by_id=boss
    )
    part(PLACE, boss, pair.uuid)
    (standing,) = Override.objects.filter(slot=1)
    assert (standing.kind, standing.mentor_id, standing.mentee_id) == (
        OverrideKind.FORBID,
        pair.mentor_id,
        pair.mentee_id,
    )


class TestMoreDays:
    def test_they_are_added_once_and_people_are_reminded_anew(self, boss):
        made = offer(1, reminded_at=timezone.now())
        seen = made.answer_by
        assert [extend_offer(PLACE, boss, made.uuid, 3, seen).is_changed for _ in range(2)] == [True, False]
        made.refresh_from_db()
        assert made.answer_by == seen + timedelta(days=3)
        assert made.reminded_at is None
        assert acts() == ["pairing.offer_extended"]

    @pytest.mark.parametrize("make", [factories.pairing, lambda: offer(-0.01)])
    def test_only_an_open_offer_gets_them(self, boss, make):
        made = make()
        with pytest.raises(Conflict) as refused:
            extend_offer(PLACE, boss, made.uuid, 3, made.answer_by or timezone.now())
        assert refused.value.code == "offer_not_open"


class TestOnBehalf:
    def test_somebody_is_paused_and_takes_part_again(self, boss):
        mentor = factories.mentor()
        pair = factories.pairing(mentor)
        assert [pause_for(PLACE, boss, mentor.uuid) for _ in range(2)] == [True, False]
        mentor.refresh_from_db()
        assert mentor.state == ParticipantState.PAUSED
        pair.refresh_from_db()
        assert pair.state == PairingState.ACTIVE
        assert resume_for(PLACE, boss, mentor.uuid)
        assert acts() == ["pairing.paused_for", "pairing.resumed_for"]

    def test_not_somebody_who_is_not_signed_up_or_not_there(self, boss):
        with pytest.raises(Conflict) as refused:
            pause_for(PLACE, boss, factories.participant().uuid)
        assert refused.value.code == "they_are_not_signed_up"
        with pytest.raises(NotFound):
            pause_for(PLACE, boss, uuid.uuid4())


class TestHandingOver:
    def test_the_mentee_is_offered_the_other_mentor_and_keeps_their_place(self, boss):
        pair = factories.pairing(mentee_row=factories.mentee(rounds_waited=1))
        other = factories.mentor()
        assert [hand_over(PLACE, boss, pair.uuid, other.uuid, OPEN).is_changed for _ in range(2)] == [True, False]
        old, new = Pairing.objects.order_by("pk")
        assert (old.state, old.mentor_slot) == (PairingState.ENDED, None)
        assert (new.state, new.mentor_id, new.mentee_id, new.origin) == (
            PairingState.OFFERED,
            other.pk,
            pair.mentee_id,
            "handover",
        )
        assert new.reason["minutes"] > 0
        assert new.answer_by > timezone.now()
        assert waited(pair.mentor_id, pair.mentee_id, other.pk) == [1, 1, 0]
        assert acts() == ["pairing.handed_over"]

    @pytest.mark.parametrize(
        "hinder",
        [
            lambda pair, other: Participant.objects.filter(pk=other.pk).update(languages=["pt"]),
            lambda pair, other: Participant.objects.filter(pk=other.pk).update(state="paused"),
            lambda pair, other: Participant.objects.filter(pk=pair.mentee_id).update(state="paused"),
            lambda pair, other: Avoided.objects.create(participant=other, avoided=pair.mentee),
            lambda pair, other: DeclaredConflict.objects.create(
                programme=other.programme, mentor=other, mentee=pair.mentee
            ),
            lambda pair, other: factories.pairing(other),
        ],
        ids=["language", "mentor paused", "mentee paused", "avoided", "conflict", "no room"],
    )
    def test_whatever_stands_between_the_two_the_pair_goes_on_and_the_words_are_the_same(self, boss, hinder):
        pair, other = factories.pairing(), factories.mentor()
        hinder(pair, other)
        with pytest.raises(Conflict) as refused:
            hand_over(PLACE, boss, pair.uuid, other.uuid, OPEN)
        assert (refused.value.code, refused.value.params) == ("cannot_hand_over", {})
        pair.refresh_from_db()
        assert pair.state == PairingState.ACTIVE
        assert acts() == []
        assert replacements(PLACE, OPEN, pair.uuid, "", timezone.now().date()).rows == ()

    def test_a_pair_that_is_over_and_a_mentor_who_is_none(self, boss):
        over, other = factories.pairing(state=PairingState.ENDED), factories.mentor()
        with pytest.raises(Conflict) as refused:
            hand_over(PLACE, boss, over.uuid, other.uuid, OPEN)
        assert refused.value.code == "pair_over"
        with pytest.raises(NotFound):
            hand_over(PLACE, boss, factories.pairing().uuid, factories.mentee().uuid, OPEN)

    def test_a_mentor_whom_a_coordinator_ruled_out_is_not_in_the_list(self, boss):
        pair, other = factories.pairing(), factories.mentor()
        today = timezone.now().date()
        assert [one.mentor.id for one in replacements(PLACE, OPEN, pair.uuid, "", today).rows] == [other.pk]
        Override.objects.create(programme=pair.programme, mentor=other, mentee=pair.mentee, kind=OverrideKind.FORBID)
        assert replacements(PLACE, OPEN, pair.uuid, "", today).rows == ()

    def test_the_list_has_those_who_fit_by_name_and_asks_a_bounded_number_of_queries(self):
        pair = factories.pairing()
        factories.mentor(account=factories.user("Ines", "Duarte"))
        today = timezone.now().date()
        with CaptureQueriesContext(connection) as few:
            assert len(replacements(PLACE, OPEN, pair.uuid, "", today).rows) == 1
        for number in range(30):
            factories.mentor(account=factories.user(f"Mentor{number}", "Nowak"))
        with CaptureQueriesContext(connection) as many:
            assert len(replacements(PLACE, OPEN, pair.uuid, "", today).rows) == 20
        assert len(many) == len(few)
        (found,) = replacements(PLACE, OPEN, pair.uuid, "ines DUA", today).rows
        assert found.mentor.name == "Ines Duarte"
        assert replacements(PLACE, OPEN, uuid.uuid4(), "", today).rows == ()


class TestFlags:
    def test_a_pair_in_one_line_is_flagged_and_well_again_when_the_line_is_gone(self):
        pair = factories.pairing()
        factories.pairing()
        assert flag_pairs(PLACE, OPEN) == Flagged()
        Participant.objects.filter(pk=pair.mentor_id).update(manager=pair.mentee.user.username)
        assert flag_pairs(PLACE, OPEN) == Flagged(flagged=1)
        assert flag_pairs(PLACE, OPEN) == Flagged()
        pair.refresh_from_db()
        assert (pair.conflict, pair.state) == ("reporting_line", PairingState.ACTIVE)
        Participant.objects.filter(pk=pair.mentor_id).update(manager="")
        assert flag_pairs(PLACE, OPEN) == Flagged(cleared=1)

    def test_somebody_without_a_pair_can_be_the_link(self):
        pair = factories.pairing()
        between = factories.mentor(manager=pair.mentee.user.email)
        Participant.objects.filter(pk=pair.mentor_id).update(manager=between.user.username)
        assert flag_pairs(PLACE, OPEN) == Flagged(flagged=1)

    def test_a_declared_conflict_flags_and_a_veto_does_not(self):
        pair, other = factories.pairing(), factories.pairing()
        DeclaredConflict.objects.create(programme=pair.programme, mentor=pair.mentor, mentee=pair.mentee)
        Avoided.objects.create(participant=other.mentor, avoided=other.mentee)
        assert flag_pairs(PLACE, OPEN) == Flagged(flagged=1)
        other.refresh_from_db()
        assert other.conflict == ""

    def test_editing_a_profile_flags_the_same_day_and_holds_an_offer_back(self):
        made = offer()
        keep_step(PLACE, made.mentor.user_id, Step.WORK, {"manager": made.mentee.user.username}, OPEN)
        made.refresh_from_db()
        assert made.conflict == "reporting_line"
        keep_step(PLACE, made.mentor.user_id, Step.WORK, {"manager": "somebody"}, OPEN)
        accept(PLACE, made.mentor.user_id, made.uuid)
        assert accept(PLACE, made.mentee.user_id, made.uuid).is_active

    def test_pairs_that_are_over_are_left_alone(self):
        pair = factories.pairing()
        Participant.objects.filter(pk=pair.mentor_id).update(manager=pair.mentee.user.username)
        end_pairing(PLACE, pair.mentor.user_id, pair.uuid)
        assert flag_pairs(PLACE, OPEN) == Flagged()

    def test_the_number_of_queries_does_not_grow(self):
        for _ in range(2):
            factories.pairing(factories.mentor(manager="ines"), factories.mentee(manager="ines"))
        with CaptureQueriesContext(connection) as few:
            assert flag_pairs(PLACE, OPEN).flagged == 2
        for _ in range(12):
            factories.pairing(factories.mentor(manager="ines"), factories.mentee(manager="ines"))
        with CaptureQueriesContext(connection) as many:
            assert flag_pairs(PLACE, OPEN).flagged == 12
        assert len(many) == len(few) == 4


class TestTheList:
    def find(self, shown=PairsShown.ALL, search="", number=1):
        return live_pairs_page(PLACE, timezone.now(), shown, search, number)

    def test_flagged_pairs_come_first_then_offers_by_their_end_then_active_ones(self):
        active = factories.pairing()
        late, soon = offer(9), offer(1)
        flagged = factories.pairing(conflict="conflict")
        assert [row.uuid for row in self.find().rows] == [str(one.uuid) for one in (flagged, soon, late, active)]
        assert [row.is_flagged for row in self.find().rows] == [True, False, False, False]

    def test_what_is_over_is_not_there(self):
        offer(-0.01)
        for state in (PairingState.ENDED, PairingState.DECLINED, PairingState.LAPSED):
            factories.pairing(state=state)
        assert (self.find().rows, self.find().at.in_all) == ((), 0)

    def test_each_list_and_its_number(self):
        factories.pairing()
        offer(9)
        offer(1, conflict="conflict")
        wanted = {"all": 3, "flagged": 1, "soon": 1, "offered": 2, "active": 1}
        assert dict(self.find().counts) == wanted
        assert {shown: len(self.find(shown).rows) for shown in PairsShown} == wanted

    def test_a_search_finds_either_of_the_two_by_every_word(self):
        factories.pairing(factories.mentor(account=factories.user("Tomasz", "Nowak")))
        factories.pairing(mentee_row=factories.mentee(account=factories.user("Margaret", "Nowaczyk")))
        assert [self.find(search=text).at.in_all for text in ("nowa", "NOWAK tom", "tomasz oduya", "%")] == [2, 1, 0, 0]

    def test_pages_of_fifty_and_the_same_number_of_queries(self):
        factories.pairing()
        with CaptureQueriesContext(connection) as few:
            self.find(search="a")
        for _ in range(52):
            factories.pairing()
        with CaptureQueriesContext(connection) as many:
            page = self.find(search="a")
        assert len(many) == len(few) == 3
        assert (len(page.rows), page.at.pages, page.at.in_all) == (50, 2, 53)
        last = self.find(number=99)
        assert (last.at.number, last.at.first, last.at.last) == (2, 51, 53)
