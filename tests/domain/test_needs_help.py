from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reverse_mentoring_xblock.domain.needs_help import RULES, Alert, HelpRule, Meeting, Pair, alerts
from reverse_mentoring_xblock.domain.states import PairingState, Role, SessionState

NOW = datetime(2027, 3, 4, 15, 0, tzinfo=UTC)
CADENCE, WANTED = 28, 6


def ago(days):
    return NOW - timedelta(days=days)


def active(since=5, **facts):
    return Pair(PairingState.ACTIVE, offered_at=ago(since + 3), active_at=ago(since), **facts)


def cancelled(days, role=Role.MENTEE):
    return Meeting(SessionState.CANCELLED, ago(days), role)


def held(days):
    return Meeting(SessionState.HELD, ago(days))


def rules(pair, cadence=CADENCE):
    return [alert.rule for alert in alerts(pair, NOW, cadence, WANTED)]


def test_every_rule_has_its_function():
    assert set(RULES) == set(HelpRule)


def test_a_pair_that_meets_needs_nothing():
    assert alerts(active(60, last_held_at=ago(10), latest=(held(10), held(38))), NOW, CADENCE, WANTED) == ()


@pytest.mark.parametrize(("days", "found"), [(14, []), (15, [HelpRule.NO_FIRST_SESSION])])
def test_the_first_session_should_be_held_within_fourteen_days(days, found):
    assert rules(active(days)) == found


def test_the_alert_names_the_moment_it_counts_from():
    assert alerts(active(20), NOW, CADENCE, WANTED) == (Alert(HelpRule.NO_FIRST_SESSION, ago(20)),)


def test_a_planned_first_session_is_not_a_held_one():
    assert rules(active(20, next_planned_at=NOW + timedelta(days=2))) == [HelpRule.NO_FIRST_SESSION]


@pytest.mark.parametrize(
    ("days", "cadence", "found"),
    [(42, 28, []), (43, 28, [HelpRule.GONE_QUIET]), (11, 7, [HelpRule.GONE_QUIET]), (10, 7, [])],
)
def test_a_pair_is_quiet_after_one_and_a_half_times_the_cadence(days, cadence, found):
    assert rules(active(90, last_held_at=ago(days), latest=(held(days),)), cadence) == found


def test_a_session_ahead_ends_the_quiet_and_one_that_was_missed_does_not():
    quiet = active(90, last_held_at=ago(50), latest=(held(50),))
    assert rules(replace(quiet, next_planned_at=NOW + timedelta(days=1))) == []
    assert rules(replace(quiet, next_planned_at=ago(1))) == [HelpRule.GONE_QUIET]


def test_two_cancelled_in_a_row_by_the_same_side_name_that_side():
    pair = active(60, last_held_at=ago(30), latest=(cancelled(2), cancelled(9)))
    assert alerts(pair, NOW, CADENCE, WANTED) == (Alert(HelpRule.CANCELLED_IN_A_ROW, ago(9), (Role.MENTEE,)),)


@pytest.mark.parametrize(
    "latest",
    [
        (cancelled(2),),
        (cancelled(2), held(9)),
        (held(2), cancelled(9)),
        (cancelled(2, Role.MENTOR), cancelled(9, Role.MENTEE)),
        (cancelled(2), held(9), cancelled(16)),
        (cancelled(2, None), cancelled(9, None)),
    ],
)
def test_other_cancellations_are_part_of_life(latest):
    assert rules(active(60, last_held_at=ago(30), latest=latest)) == []


def test_a_date_set_after_two_cancellations_answers_them_and_one_that_stood_before_does_not():
    newest = replace(cancelled(2), settled_at=ago(3))
    pair = active(60, last_held_at=ago(30), latest=(newest, cancelled(9)), next_planned_at=NOW + timedelta(days=5))
    assert rules(replace(pair, planned_at=ago(20))) == [HelpRule.CANCELLED_IN_A_ROW]
    assert rules(replace(pair, planned_at=ago(1))) == []


@pytest.mark.parametrize(("number", "found"), [(5, [HelpRule.GONE_QUIET]), (6, []), (7, [])])
def test_a_pair_that_has_held_every_session_is_left_alone(number, found):
    assert rules(active(300, held=number, last_held_at=ago(90), latest=(held(90),))) == found


@pytest.mark.parametrize(("days", "is_found"), [(7, False), (8, True)])
def test_an_offer_waits_seven_days(days, is_found):
    offer = Pair(PairingState.OFFERED, offered_at=ago(days))
    assert bool(alerts(offer, NOW, CADENCE, WANTED)) is is_found


def test_an_unanswered_offer_does_not_say_whose_answer_is_missing():
    offer = Pair(PairingState.OFFERED, offered_at=ago(8))
    assert alerts(offer, NOW, CADENCE, WANTED)[0].roles == ()


@pytest.mark.parametrize(("left", "is_found"), [(1, True), (0, False), (-1, False)])
def test_an_offer_whose_time_has_passed_needs_nobody(left, is_found):
    offer = Pair(PairingState.OFFERED, offered_at=ago(8), answer_by=ago(-left))
    assert bool(alerts(offer, NOW, CADENCE, WANTED)) is is_found


@pytest.mark.parametrize("state", [PairingState.ENDED, PairingState.DECLINED])
def test_a_pairing_that_is_over_is_left_alone(state):
    pair = replace(active(90, latest=(cancelled(2), cancelled(9))), state=state)
    assert rules(pair) == []


def test_the_gravest_rule_comes_first():
    assert rules(active(20, latest=(cancelled(2), cancelled(9)))) == [
        HelpRule.CANCELLED_IN_A_ROW,
        HelpRule.NO_FIRST_SESSION,
    ]
