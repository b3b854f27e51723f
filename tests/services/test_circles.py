"""Circles: offered to everybody in them, at work from three on, and apart without anybody's fault."""

import uuid
from datetime import timedelta

import factories
import pytest
from django.utils import timezone
from factories import PLACE

from reverse_mentoring_xblock.domain.errors import Conflict, Invalid, NotFound
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import OverrideKind, ParticipantState, Role
from reverse_mentoring_xblock.models import (
    AuditEntry,
    Avoided,
    Circle,
    Override,
    Pairing,
    Participant,
    PartnerRequest,
    Reflection,
    Session,
)
from reverse_mentoring_xblock.selectors.circles import choices_for, circles_page, scarce_topics
from reverse_mentoring_xblock.selectors.dashboard import needs_help
from reverse_mentoring_xblock.selectors.journal import counted_sessions, own_sessions
from reverse_mentoring_xblock.selectors.own_circles import circle_of
from reverse_mentoring_xblock.selectors.roster import role_counts, roster_page
from reverse_mentoring_xblock.services.circle_sessions import log_for_circle, plan_for_circle
from reverse_mentoring_xblock.services.deciding import accept, decline, end_pairing
from reverse_mentoring_xblock.services.lapsing import lapse_overdue
from reverse_mentoring_xblock.services.offering_circles import end_circle, offer_circle
from reverse_mentoring_xblock.services.overseeing import extend_offer
from reverse_mentoring_xblock.services.proposing import propose
from reverse_mentoring_xblock.services.requesting import ask_mentor
from reverse_mentoring_xblock.services.withdrawing import withdraw

pytestmark = pytest.mark.django_db
OPEN = PairingRules(require_training=False, require_assessment=False, allow_requests=True, max_capacity=5)
TOPIC = "4.1"


@pytest.fixture
def mentor():
    return factories.mentor()


@pytest.fixture
def mentees():
    return [factories.mentee() for _ in range(4)]


def offered(boss, mentor, mentees, topic=TOPIC):
    made = offer_circle(PLACE, boss, topic, mentor.uuid, [one.uuid for one in mentees], OPEN)
    return Circle.objects.get(uuid=made.circle)


def row_of(mentee):
    return Pairing.objects.filter(mentee=mentee).latest("pk")


def yes(person, row):
    return accept(PLACE, person.user_id, row.uuid)


def states(mentees):
    return [row_of(one).state for one in mentees]


def waited(*people):
    return [Participant.objects.get(pk=one.pk).rounds_waited for one in people]


class TestOffering:
    def test_everybody_gets_an_offer_beyond_the_mentors_capacity(self, boss, mentor, mentees):
        circle = offered(boss, mentor, mentees)
        rows = Pairing.objects.order_by("mentor_slot")
        assert [(row.state, row.origin, row.mentor_slot) for row in rows] == [
            ("offered", "circle", slot) for slot in (1, 2, 3, 4)
        ]
        assert {row.circle_id for row in rows} == {circle.pk}
        assert all(row.answer_by for row in rows)
        assert rows[0].reason["topics"] == ["1.2", "4.1"]
        assert AuditEntry.objects.get().facts == {"circle": circle.pk, "mentees": 4}

    def test_the_same_circle_twice_is_once(self, boss, mentor, mentees):
        offered(boss, mentor, mentees)
        again = offer_circle(PLACE, boss, TOPIC, mentor.uuid, [one.uuid for one in mentees], OPEN)
        assert not again.is_changed
        assert Pairing.objects.count() == 4

    @pytest.mark.parametrize("number", [0, 2, 7])
    def test_two_are_too_few_and_seven_too_many(self, boss, mentor, number):
        with pytest.raises(Invalid, match="circle_size"):
            offered(boss, mentor, [factories.mentee() for _ in range(number)])

    def test_six_are_not_too_many(self, boss, mentor):
        offered(boss, mentor, [factories.mentee() for _ in range(6)])
        assert Pairing.objects.count() == 6

    @pytest.mark.parametrize(
        "why", ["avoided", "rule", "paused", "has a partner", "other topic", "mentor full", "forbidden"]
    )
    def test_one_who_does_not_fit_any_more_stops_it_for_all(self, boss, mentor, mentees, why):
        one = mentees[2]
        if why == "avoided":
            Avoided.objects.create(participant=one, avoided=mentor)
        elif why == "rule":
            Participant.objects.filter(pk=one.pk).update(languages=["pt"])
        elif why == "paused":
            Participant.objects.filter(pk=one.pk).update(state=ParticipantState.PAUSED)
        elif why == "has a partner":
            factories.pairing(factories.mentor(), one)
        elif why == "other topic":
            one.interests.filter(competence=TOPIC).delete()
        elif why == "mentor full":
            factories.pairing(mentor)
        else:
            Override.objects.create(programme=mentor.programme, mentor=mentor, mentee=one, kind=OverrideKind.FORBID)
        with pytest.raises(Conflict, match="circle_changed"):
            offered(boss, mentor, mentees)
        assert not Circle.objects.exists()

    def test_people_who_are_not_here_or_in_the_other_role_are_not_found(self, boss, mentor, mentees):
        elsewhere = factories.Place(factories.COURSE, "second")
        strangers = [factories.mentee(place=elsewhere) for _ in range(3)]
        for who in (strangers, [*mentees[:2], factories.mentor()]):
            with pytest.raises(NotFound):
                offered(boss, mentor, who)
        with pytest.raises(NotFound):
            offer_circle(PLACE, boss, TOPIC, uuid.uuid4(), [one.uuid for one in mentees], OPEN)


class TestLapsing:
    def test_what_is_left_of_too_few_ends_with_the_others_though_it_has_more_days(self, boss, mentor, mentees):
        offered(boss, mentor, mentees)
        kept = row_of(mentees[0])
        yes(mentees[0], kept)
        extend_offer(PLACE, boss, kept.uuid, 7, kept.answer_by)
        assert lapse_overdue(PLACE, kept.answer_by + timedelta(seconds=1)) == 3
        assert states(mentees) == ["lapsed"] * 4
        assert waited(mentor, *mentees) == [1, 1, 0, 0, 0]

    def test_who_has_more_days_may_still_join_one_that_is_at_work(self, boss, mentor, mentees):
        offered(boss, mentor, mentees)
        yes(mentor, row_of(mentees[0]))
        for one in mentees[:3]:
            yes(one, row_of(one))
        late = row_of(mentees[3])
        extend_offer(PLACE, boss, late.uuid, 7, late.answer_by)
        assert lapse_overdue(PLACE, late.answer_by + timedelta(seconds=1)) == 0
        assert states(mentees) == ["active"] * 3 + ["offered"]


class TestStarting:
    def test_it_starts_with_the_mentor_and_three(self, boss, mentor, mentees):
        offered(boss, mentor, mentees)
        for one in mentees[:2]:
            assert not yes(one, row_of(one)).is_active
        assert not yes(mentor, row_of(mentees[0])).is_active
        assert states(mentees) == ["offered"] * 4
        outcome = yes(mentees[2], row_of(mentees[2]))
        assert outcome.is_active
        assert states(mentees) == ["active"] * 3 + ["offered"]
        assert len(outcome.activated) == 3
        assert set(outcome.user_ids) == {mentor.user_id, *(one.user_id for one in mentees[:3])}

    def test_the_mentors_yes_may_be_the_last(self, boss, mentor, mentees):
        offered(boss, mentor, mentees)
        for one in mentees[:3]:
            yes(one, row_of(one))
        assert yes(mentor, row_of(mentees[3])).activated
        assert states(mentees) == ["active"] * 3 + ["offered"]

    def test_the_history_has_each_pair_that_became_active(self, boss, mentor, mentees):
        offered(boss, mentor, mentees)
        for one in mentees[:3]:
            yes(one, row_of(one))
        yes(mentor, row_of(mentees[3]))
        entries = AuditEntry.objects.filter(act="pairing.activated", actor=None).values_list("facts", flat=True)
        assert sorted(facts["pairing"] for facts in entries) == [row_of(one).pk for one in mentees[:3]]

    def test_who_says_yes_later_joins(self, boss, mentor, mentees):
        offered(boss, mentor, mentees)
        yes(mentor, row_of(mentees[0]))
        for one in mentees:
            yes(one, row_of(one))
        assert states(mentees) == ["active"] * 4
        assert not yes(mentees[3], row_of(mentees[3])).is_changed

    def test_it_closes_requests_of_those_in_it_and_to_its_mentor(self, boss, mentor, mentees):
        for asker, asked in ((mentees[0], factories.mentor()), (factories.mentee(), mentor)):
            ask_mentor(PLACE, asker.user_id, asked.uuid, OPEN)
        offered(boss, mentor, mentees)
        yes(mentor, row_of(mentees[0]))
        for one in mentees[:3]:
            yes(one, row_of(one))
        assert sorted(PartnerRequest.objects.values_list("state", flat=True)) == ["lapsed", "taken_back"]


class TestFallingApart:
    def test_one_no_of_four_leaves_enough(self, boss, mentor, mentees):
        offered(boss, mentor, mentees)
        decline(PLACE, mentees[0].user_id, row_of(mentees[0]).uuid)
        assert states(mentees) == ["declined"] + ["offered"] * 3
        assert waited(mentor, *mentees) == [0] * 5

    def test_with_the_second_no_all_are_free_and_ahead_in_the_queue(self, boss, mentor, mentees):
        offered(boss, mentor, mentees)
        yes(mentor, row_of(mentees[0]))
        for one in mentees[:2]:
            decline(PLACE, one.user_id, row_of(one).uuid)
        assert states(mentees) == ["declined", "declined", "lapsed", "lapsed"]
        assert waited(mentor, *mentees) == [1, 0, 0, 1, 1]
        assert not Pairing.objects.filter(mentor_slot__isnull=False).exists()
        with pytest.raises(Conflict):
            yes(mentees[3], row_of(mentees[3]))

    def test_the_mentors_no_ends_the_offer_and_names_nobody(self, boss, mentor, mentees):
        offered(boss, mentor, mentees)
        yes(mentees[0], row_of(mentees[0]))
        decline(PLACE, mentor.user_id, row_of(mentees[1]).uuid)
        assert states(mentees) == ["declined"] * 4
        assert waited(mentor, *mentees) == [0, 1, 1, 1, 1]

    def test_somebody_who_withdraws_counts_as_gone(self, boss, mentor, mentees):
        offered(boss, mentor, mentees[:3])
        withdraw(PLACE, mentees[0].user_id)
        assert states(mentees[:3]) == ["ended", "lapsed", "lapsed"]
        assert waited(mentor, *mentees[:3]) == [1, 0, 1, 1]

    def test_a_mentor_who_withdraws_frees_all(self, boss, mentor, mentees):
        offered(boss, mentor, mentees)
        withdraw(PLACE, mentor.user_id)
        assert states(mentees) == ["ended"] * 4
        assert waited(mentor, *mentees) == [0, 1, 1, 1, 1]

    def test_a_circle_at_work_goes_on_with_fewer(self, boss, mentor, mentees):
        circle = offered(boss, mentor, mentees)
        yes(mentor, row_of(mentees[0]))
        for one in mentees[:3]:
            yes(one, row_of(one))
        end_pairing(PLACE, mentees[0].user_id, row_of(mentees[0]).uuid)
        decline(PLACE, mentees[3].user_id, row_of(mentees[3]).uuid)
        withdraw(PLACE, mentees[1].user_id)
        assert states(mentees) == ["ended", "ended", "active", "declined"]
        assert waited(mentor) == [0]
        assert circle_of(circle.pk, mentor.pk).is_at_work


class TestEnding:
    def test_a_coordinator_ends_it_for_all_once(self, boss, mentor, mentees):
        circle = offered(boss, mentor, mentees)
        assert end_circle(PLACE, boss, circle.uuid).is_changed
        assert not end_circle(PLACE, boss, circle.uuid).is_changed
        assert states(mentees) == ["ended"] * 4
        assert waited(mentor, *mentees) == [1] * 5

    def test_who_was_at_work_has_not_waited(self, boss, mentor, mentees):
        circle = offered(boss, mentor, mentees)
        yes(mentor, row_of(mentees[0]))
        for one in mentees[:3]:
            yes(one, row_of(one))
        end_circle(PLACE, boss, circle.uuid)
        assert waited(mentor, *mentees) == [0, 0, 0, 0, 1]

    def test_one_of_another_programme_is_not_there(self, boss, mentor, mentees):
        circle = offered(boss, mentor, mentees)
        elsewhere = factories.Place(factories.COURSE, "second")
        factories.programme(elsewhere)
        with pytest.raises(NotFound):
            end_circle(elsewhere, boss, circle.uuid)


class TestAFullMentor:
    def test_a_mentor_with_a_circle_is_in_no_round_whatever_the_capacity(self, boss, mentees):
        mentor = factories.mentor(capacity=5)
        offered(boss, mentor, mentees[:3])
        counts = {row.role: row for row in role_counts(PLACE, OPEN)}
        assert counts["mentor"].ready == 0
        [row] = [row for row in roster_page(PLACE, OPEN, 1, 5).rows if row.role == "mentor"]
        assert (row.is_ready, row.offered) == (False, 3)
        with pytest.raises(Conflict, match="nobody_to_match"):
            propose(PLACE, boss, OPEN)


class TestTheDesk:
    def test_a_topic_is_scarce_when_more_than_twice_as_many_wait_as_there_are_places(self, mentor):
        for _ in range(2):
            factories.mentee()
        assert not scarce_topics(PLACE, OPEN)
        factories.mentee()
        assert [(row.topic, row.waiting, row.places, row.mentors) for row in scarce_topics(PLACE, OPEN)] == [
            ("1.2", 3, 1, 1),
            ("4.1", 3, 1, 1),
            ("5.2", 3, 0, 0),
        ]
        factories.mentor(topics=("4.1",), capacity=1)
        assert "4.1" not in [row.topic for row in scarce_topics(PLACE, OPEN)]

    def test_those_with_a_partner_neither_wait_nor_have_places(self, mentor):
        for _ in range(3):
            factories.mentee()
        factories.pairing(mentor)
        assert {(row.waiting, row.places) for row in scarce_topics(PLACE, OPEN)} == {(3, 0)}

    def test_only_those_who_may_be_paired_are_to_choose_from(self, mentor, mentees):
        other = factories.mentor()
        Avoided.objects.create(participant=mentees[0], avoided=mentor)
        Override.objects.create(programme=mentor.programme, mentor=mentor, mentee=mentees[1], kind=OverrideKind.FORBID)
        found = {
            one.mentor.id: [row.id for row in one.mentees] for one in choices_for(PLACE, OPEN, TOPIC, timezone.now())
        }
        assert found == {other.pk: [one.pk for one in mentees], mentor.pk: [one.pk for one in mentees[2:]]}

    def test_the_page_says_how_many_have_accepted_and_not_who(self, boss, mentor, mentees):
        offered(boss, mentor, mentees)
        yes(mentees[0], row_of(mentees[0]))
        [row] = circles_page(PLACE, 1).rows
        assert (row.yeses, row.people, row.is_at_work, row.topic) == (1, 5, False, TOPIC)
        yes(mentor, row_of(mentees[0]))
        assert circles_page(PLACE, 7).rows[0].yeses == 2

    def test_the_number_of_queries_does_not_grow(self, boss, mentor, django_assert_num_queries):
        def asked():
            with django_assert_num_queries(60, exact=False) as seen:
                scarce_topics(PLACE, OPEN), choices_for(PLACE, OPEN, TOPIC, timezone.now()), circles_page(PLACE, 1)
            return len(seen)

        offered(boss, factories.mentor(), [factories.mentee() for _ in range(3)])
        factories.mentee()
        before = asked()
        for _ in range(3):
            offered(boss, factories.mentor(), [factories.mentee() for _ in range(3)])
            factories.mentor(), factories.mentee()
        assert asked() == before


class TestThoseInIt:
    def test_names_are_there_once_it_is_at_work(self, boss, mentor, mentees):
        circle = offered(boss, mentor, mentees)
        yes(mentor, row_of(mentees[0]))
        for one in mentees[:2]:
            yes(one, row_of(one))
        seen = circle_of(circle.pk, mentees[3].pk)
        assert (seen.others, seen.names, seen.is_at_work) == (3, (), False)
        yes(mentees[2], row_of(mentees[2]))
        seen = circle_of(circle.pk, mentees[0].pk)
        assert (seen.others, len(seen.names), seen.is_at_work) == (3, 2, True)


class TestSessions:
    @pytest.fixture
    def rows(self, boss, mentor, mentees):
        offered(boss, mentor, mentees[:3])
        yes(mentor, row_of(mentees[0]))
        for one in mentees[:3]:
            yes(one, row_of(one))
        return [row_of(one) for one in mentees[:3]]

    def test_planned_once_it_stands_in_every_members_journal(self, mentor, rows):
        start = timezone.now().replace(microsecond=0) + timedelta(days=3)
        made = plan_for_circle(PLACE, mentor.user_id, rows[1].uuid, [start], 50, TOPIC)
        assert {one.pairing for one in made.new} == {str(row.uuid) for row in rows}
        assert not plan_for_circle(PLACE, mentor.user_id, rows[0].uuid, [start], 50, TOPIC).new

    def test_logged_once_it_counts_once_for_the_mentor_and_each_member_is_asked(self, mentor, mentees, rows):
        start = timezone.now().replace(microsecond=0) - timedelta(days=1)
        planned = Session.objects.create(pairing=rows[2], starts_at=start, minutes=50)
        said = log_for_circle(PLACE, mentor.user_id, rows[0].uuid, start, 50, TOPIC)
        assert [one.is_changed for one in said] == [True] * 3
        assert Session.objects.filter(state="held", mentee_confirmed_at=None).count() == 3
        assert Session.objects.get(pairing=rows[2]).pk == planned.pk
        one = Session.objects.get(pairing=rows[0])
        Reflection.objects.create(session=one, author=mentor, revision=1, what="Together.")
        assert counted_sessions(mentor.pk, Role.MENTOR) == 1
        assert {Role.MENTOR in row.record.reflected for row in own_sessions(mentor.pk, Role.MENTOR)} == {True}
        assert counted_sessions(mentees[0].pk, Role.MENTEE) == 0

    def test_one_refusal_leaves_no_half(self, mentor, rows):
        start = timezone.now().replace(microsecond=0) - timedelta(days=1)
        Session.objects.create(pairing=rows[2], starts_at=start, state="held", mentee_confirmed_at=start, minutes=30)
        with pytest.raises(Conflict):
            log_for_circle(PLACE, mentor.user_id, rows[0].uuid, start + timedelta(minutes=5), 50, TOPIC)
        assert Session.objects.count() == 1

    def test_a_member_plans_for_their_own_journal_alone(self, mentees, rows):
        start = timezone.now().replace(microsecond=0) + timedelta(days=3)
        made = plan_for_circle(PLACE, mentees[0].user_id, rows[0].uuid, [start], 50, TOPIC)
        assert [one.pairing for one in made.new] == [str(rows[0].uuid)]
        with pytest.raises(NotFound):
            plan_for_circle(PLACE, mentees[0].user_id, rows[1].uuid, [start], 50, TOPIC)


def test_a_pair_that_only_waits_for_the_rest_of_its_circle_needs_no_help(boss, mentor, mentees):
    offered(boss, mentor, mentees[:3])
    yes(mentor, row_of(mentees[0]))
    yes(mentees[0], row_of(mentees[0]))
    later = timezone.now() + timedelta(days=20)
    Pairing.objects.update(answer_by=later + timedelta(days=1))
    found = needs_help(PLACE, later, 28, 6)
    assert found.total == 2
    assert {row.mentee for row in found.rows} == {person.user.get_full_name() for person in mentees[1:3]}
