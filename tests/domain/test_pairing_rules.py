from datetime import UTC, date, datetime

import pytest

from reverse_mentoring_xblock.domain.errors import NotAllowed
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules, Shares
from reverse_mentoring_xblock.domain.states import Role


def test_training_comes_before_assessment():
    with pytest.raises(NotAllowed) as refused:
        PairingRules().check_gates(Role.MENTEE, is_trained=False, is_assessed=False)
    assert refused.value.code == "train_first"


def test_a_mentee_needs_the_assessment_and_a_mentor_does_not():
    PairingRules().check_gates(Role.MENTOR, is_trained=True, is_assessed=False)
    with pytest.raises(NotAllowed) as refused:
        PairingRules().check_gates(Role.MENTEE, is_trained=True, is_assessed=False)
    assert refused.value.code == "assess_first"


def test_an_author_can_open_both_gates():
    rules = PairingRules(require_training=False, require_assessment=False)
    rules.check_gates(Role.MENTEE, is_trained=False, is_assessed=False)


def test_the_matcher_gets_the_authors_limits():
    policy = PairingRules(min_level_gap=3, line_levels=4, min_shared_minutes=90).policy(date(2026, 3, 4))
    assert (policy.min_level_gap, policy.line_levels, policy.min_shared_minutes) == (3, 4, 90)
    assert policy.reference_date == date(2026, 3, 4)


def test_a_programme_that_begins_later_is_compared_from_then_on():
    policy = PairingRules(starts_on=date(2027, 1, 11), weeks=20).policy(date(2026, 11, 27))
    assert policy.dates == (date(2027, 1, 11), date(2027, 3, 22), date(2027, 5, 31))
    assert PairingRules(starts_on=date(2026, 1, 1)).policy(date(2026, 11, 27)).reference_date == date(2026, 11, 27)


def test_an_authors_percents_become_points():
    policy = PairingRules(shares=Shares(cover=40, wishes=30, style=1), lift_percent=2).policy(date(2026, 11, 27))
    assert (policy.weights.cover, policy.weights.wishes, policy.weights.style) == (4000, 3000, 100)
    assert policy.lift_permille == 20


@pytest.mark.parametrize("shares", [Shares(cover=61), Shares(site=-1), Shares(0, 0, 0, 0, 0, 0, 0)])
def test_percents_that_do_not_fit(shares):
    assert not shares.are_possible


def test_wishes_first_is_possible_for_the_matcher():
    assert PairingRules().by_wish().policy(date(2026, 11, 27)).weights.wishes == 6000


def test_a_shared_manager_can_be_allowed_and_the_line_cannot():
    policy = PairingRules(shared_manager=False).policy(date(2026, 11, 27))
    assert (policy.manager_levels, policy.line_levels) == (0, 2)


def test_rules_come_back_from_storage_as_they_were():
    rules = PairingRules(
        starts_on=date(2027, 1, 11), sign_up_until=datetime(2027, 1, 1, 12, tzinfo=UTC), shares=Shares(cover=10)
    )
    assert PairingRules.from_json(rules.as_json()) == rules


def test_waiting_people_come_first_unless_the_author_says_otherwise():
    assert PairingRules().policy(date(2026, 11, 27)).waiting_first
    assert PairingRules().by_wish().policy(date(2026, 11, 27)).waiting_first
    assert not PairingRules(waiting_first=False).policy(date(2026, 11, 27)).waiting_first


def test_rules_stored_before_waiting_people_came_first_stay_without_it():
    stored = {name: value for name, value in PairingRules().as_json().items() if name != "waiting_first"}
    assert PairingRules.from_json(stored) == PairingRules(waiting_first=False)


def test_a_moment_from_the_settings_counts_as_its_day():
    rules = PairingRules.of_settings({"starts_on": datetime(2027, 1, 11, 8, tzinfo=UTC)})
    assert rules.starts_on == date(2027, 1, 11)
