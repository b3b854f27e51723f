from datetime import timedelta

import factories
import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.needs_help import HelpRule
from reverse_mentoring_xblock.domain.states import PairingState, ParticipantState, Role, SessionState
from reverse_mentoring_xblock.models import Attempt, Pairing, Participant, Session
from reverse_mentoring_xblock.selectors import dashboard
from reverse_mentoring_xblock.selectors.dashboard import Reached, funnel, needs_help

pytestmark = pytest.mark.django_db
CADENCE, WANTED = 28, 6


def ago(days):
    return timezone.now() - timedelta(days=days)


def active(days, **facts):
    return factories.pairing(active_at=ago(days), **facts)


def offered(days, **facts):
    pair = factories.pairing(state=PairingState.OFFERED, **facts)
    Pairing.objects.filter(pk=pair.pk).update(created=ago(days))
    return pair


def held(pair, days):
    return factories.session(pair, starts_at=ago(days))


def cancelled(pair, days, role=Role.MENTEE):
    return factories.session(pair, SessionState.CANCELLED, starts_at=ago(days), cancelled_by=role)


def found():
    return needs_help(factories.PLACE, timezone.now(), CADENCE, WANTED)


def rules():
    return [[alert.rule for alert in row.alerts] for row in found().rows]


def assessed(person, *, phase="start", submitted=True):
    return Attempt.objects.create(
        participant=person,
        phase=phase,
        bank="b",
        bank_version="1",
        bank_digest="",
        competences=[],
        seed=1,
        submitted_at=timezone.now() if submitted else None,
    )


class TestFunnel:
    def test_a_programme_without_people_is_all_zero(self):
        result = funnel(factories.PLACE)
        assert result.people == 0
        assert {(row.mentors, row.mentees) for row in result.rows} == {(0, 0)}

    def test_everybody_counts_at_every_step_they_have_ever_reached(self):
        factories.participant(Role.MENTOR, ParticipantState.INVITED)
        factories.participant(Role.MENTOR)
        half = factories.participant(Role.MENTOR)
        factories.trained(half).module_progress.first().delete()
        assessed(factories.trained(factories.participant(Role.MENTEE)))
        assessed(factories.participant(Role.MENTEE), submitted=False)
        assessed(factories.participant(Role.MENTEE), phase="end")
        over = factories.pairing(state=PairingState.ENDED, active_at=ago(30))
        factories.session(over)
        factories.pairing(state=PairingState.OFFERED)
        steps = {row.step: (row.mentors, row.mentees) for row in funnel(factories.PLACE).rows}
        assert steps == {
            Reached.INVITED: (5, 5),
            Reached.JOINED: (4, 5),
            Reached.TRAINED: (0, 1),
            Reached.ASSESSED: (0, 1),
            Reached.SIGNED_UP: (2, 2),
            Reached.PAIRED: (1, 1),
            Reached.MET: (1, 1),
        }

    def test_those_who_stand_aside_are_counted(self):
        factories.mentor(ParticipantState.PAUSED)
        factories.mentee(ParticipantState.WITHDRAWN)
        result = funnel(factories.PLACE)
        assert (result.paused, result.withdrawn) == (1, 1)

    def test_other_programmes_are_not_counted(self):
        factories.mentor(place=factories.Place(factories.COURSE, "other"))
        assert funnel(factories.PLACE).people == 0


class TestNeedsHelp:
    def test_a_pair_that_meets_is_not_listed(self):
        pair = active(60)
        held(pair, 10)
        assert found().rows == ()
        assert found().total == 0

    def test_each_rule_finds_its_pair(self):
        active(20)
        quiet = active(90)
        held(quiet, 50)
        offered(8)
        twice = active(60)
        held(twice, 40)
        cancelled(twice, 9)
        cancelled(twice, 2)
        assert sorted(rules()) == sorted(
            [
                [HelpRule.GONE_QUIET],
                [HelpRule.CANCELLED_IN_A_ROW],
                [HelpRule.NO_FIRST_SESSION],
                [HelpRule.OFFER_UNANSWERED],
            ]
        )

    def test_a_log_that_was_taken_back_is_no_session(self):
        pair = active(60)
        held(pair, 30)
        cancelled(pair, 9)
        cancelled(pair, 5, role="")
        cancelled(pair, 2)
        assert rules() == [[HelpRule.CANCELLED_IN_A_ROW]]

    def test_dates_that_are_still_to_come_are_not_counted_as_cancelled(self):
        pair = active(60)
        for day in (40, 30, 20):
            held(pair, day)
        for day in (-60, -90):
            cancelled(pair, day, Role.MENTEE)
        for day in (-5, -30):
            factories.session(pair, SessionState.PLANNED, starts_at=ago(day))
        assert rules() == []

    def test_a_date_that_was_set_since_answers_two_cancellations_and_one_of_a_series_does_not(self):
        pair = active(60)
        held(pair, 40)
        factories.session(pair, SessionState.PLANNED, starts_at=ago(-20))
        cancelled(pair, 9)
        cancelled(pair, 2)
        assert rules() == [[HelpRule.CANCELLED_IN_A_ROW]]
        factories.session(pair, SessionState.PLANNED, starts_at=ago(-3))
        assert rules() == []

    def test_a_pair_that_is_through_is_left_alone(self):
        pair = active(300)
        for day in range(WANTED):
            held(pair, 100 + day)
        cancelled(pair, 9)
        cancelled(pair, 2)
        assert found().total == 0

    def test_names_are_those_of_the_accounts(self):
        active(20)
        row = found().rows[0]
        assert (row.mentor, row.mentee) == ("Ada Okafor", "Ada Okafor")

    def test_pairs_that_are_over_and_other_programmes_are_left_alone(self):
        factories.pairing(state=PairingState.ENDED, active_at=ago(90))
        other = factories.Place(factories.COURSE, "other")
        factories.pairing(factories.mentor(place=other), factories.mentee(place=other), active_at=ago(90))
        assert rules() == []

    def test_the_list_is_bounded_and_says_how_many_there_are(self):
        newest, oldest, _middle = active(20), active(40), active(30)
        result = needs_help(factories.PLACE, timezone.now(), CADENCE, WANTED, limit=2)
        assert (len(result.rows), result.total) == (2, 3)
        assert result.rows[0].alerts[0].since == oldest.active_at
        assert newest.active_at not in [row.alerts[0].since for row in result.rows]


meetings = st.lists(
    st.tuples(st.sampled_from(SessionState), st.integers(-10, 100), st.sampled_from(["", *Role])),
    max_size=4,
    unique_by=lambda meeting: meeting[1],
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(PairingState), st.integers(0, 100), meetings), min_size=1, max_size=4))
def test_the_rules_in_sql_find_exactly_what_the_domain_finds(pairs):
    Pairing.objects.all().delete()
    Participant.objects.all().delete()
    for state, days, sessions in pairs:
        pair = factories.pairing(state=state, active_at=None if state == PairingState.OFFERED else ago(days))
        Pairing.objects.filter(pk=pair.pk).update(created=ago(days))
        for kind, when, role in sessions:
            by = role if kind == SessionState.CANCELLED else ""
            factories.session(pair, kind, starts_at=ago(when), cancelled_by=by)
    now, wanted = timezone.now(), 2
    expected = 0
    for pairing in Pairing.objects.all():
        mine = list(Session.objects.filter(pairing=pairing).order_by("-starts_at", "-pk"))
        expected += bool(dashboard.alerts(dashboard._pair(pairing, mine, now), now, CADENCE, wanted))
    result = needs_help(factories.PLACE, now, CADENCE, wanted)
    assert (result.total, len(result.rows)) == (expected, expected)


def test_the_number_of_queries_does_not_grow(django_assert_num_queries):
    for _ in range(3):
        held(active(90), 60)
    with django_assert_num_queries(1):
        funnel(factories.PLACE)
    with django_assert_num_queries(2):
        found()
    for _ in range(60):
        held(active(90), 60)
    with django_assert_num_queries(1):
        funnel(factories.PLACE)
    with django_assert_num_queries(2):
        found()
