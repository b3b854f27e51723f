from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reverse_mentoring_xblock.domain.next_step import (
    Facts,
    NextStep,
    PairFacts,
    Part,
    Progress,
    SessionFacts,
    Step,
    next_step,
)
from reverse_mentoring_xblock.domain.states import PairingState, ParticipantState, SessionState

NOW = datetime(2027, 3, 4, 15, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=30)
READY = Facts(
    state=ParticipantState.SIGNED_UP,
    training=Progress.DONE,
    assessment=Progress.DONE,
    signed_up_at=LONG_AGO,
    pairs=(),
    sessions_done=0,
    sessions_wanted=6,
    parts=frozenset(Part),
)


def a_session(state=SessionState.HELD, days_ago=7, *, confirmed=True, reflected=True):
    return SessionFacts(state, NOW - timedelta(days=days_ago), confirmed, reflected, minutes=50)


def a_pair(*sessions, state=PairingState.ACTIVE, key="pair", accepted=True):
    return PairFacts(key, state, LONG_AGO, accepted, sessions)


def with_pairs(*pairs, **facts):
    return replace(READY, pairs=pairs, **facts)


PLANNED = a_session(SessionState.PLANNED, days_ago=-5, confirmed=False, reflected=False)
OVERDUE = a_session(SessionState.PLANNED, days_ago=1, confirmed=False, reflected=False)
UNCONFIRMED = a_session(confirmed=False, reflected=False)
UNREFLECTED = a_session(reflected=False)


@pytest.mark.parametrize(
    ("training", "assessment", "state", "step", "part"),
    [
        (Progress.OPEN, Progress.OPEN, ParticipantState.JOINED, Step.TRAIN, Part.TRAINING),
        (Progress.STARTED, Progress.OPEN, ParticipantState.JOINED, Step.GO_ON_TRAINING, Part.TRAINING),
        (Progress.DONE, Progress.OPEN, ParticipantState.JOINED, Step.ASSESS, Part.ASSESSMENT),
        (Progress.DONE, Progress.STARTED, ParticipantState.JOINED, Step.GO_ON_ASSESSING, Part.ASSESSMENT),
        (Progress.DONE, Progress.DONE, ParticipantState.JOINED, Step.SIGN_UP, Part.PAIRING),
        (Progress.DONE, Progress.DONE, ParticipantState.SIGNED_UP, Step.WAIT_FOR_OFFER, Part.PAIRING),
        (Progress.DONE, Progress.DONE, ParticipantState.PAUSED, Step.PAUSED, Part.PAIRING),
        (Progress.DONE, Progress.DONE, ParticipantState.WITHDRAWN, Step.WITHDRAWN, Part.PAIRING),
        (Progress.OPEN, Progress.OPEN, ParticipantState.WITHDRAWN, Step.WITHDRAWN, Part.PAIRING),
        (Progress.OPEN, Progress.DONE, ParticipantState.SIGNED_UP, Step.TRAIN, Part.TRAINING),
    ],
)
def test_without_a_partner_the_way_is_training_assessment_sign_up(training, assessment, state, step, part):
    found = next_step(replace(READY, training=training, assessment=assessment, state=state), NOW)
    assert (found.step, found.part) == (step, part)


def test_waiting_says_since_when():
    assert next_step(READY, NOW).moment == LONG_AGO


@pytest.mark.parametrize(
    ("pair", "step"),
    [
        (a_pair(state=PairingState.OFFERED, accepted=False), Step.ANSWER_OFFER),
        (replace(a_pair(state=PairingState.OFFERED, accepted=False), is_in_circle=True), Step.ANSWER_CIRCLE),
        (replace(a_pair(state=PairingState.OFFERED), is_in_circle=True), Step.WAIT_FOR_CIRCLE),
        (a_pair(state=PairingState.OFFERED), Step.WAIT_FOR_ANSWER),
        (a_pair(), Step.PLAN_FIRST_SESSION),
        (a_pair(a_session(SessionState.CANCELLED, confirmed=False)), Step.PLAN_FIRST_SESSION),
        (a_pair(PLANNED), Step.MEET),
        (a_pair(OVERDUE), Step.LOG_SESSION),
        (a_pair(UNCONFIRMED, PLANNED), Step.CONFIRM_SESSION),
        (a_pair(UNREFLECTED, PLANNED), Step.REFLECT),
        (a_pair(a_session(SessionState.DISPUTED), PLANNED), Step.AGREE_ON_SESSION),
        (a_pair(a_session()), Step.PLAN_NEXT_SESSION),
    ],
)
def test_with_a_partner_the_pair_comes_first(pair, step):
    found = next_step(with_pairs(pair), NOW)
    assert (found.step, found.pair) == (step, "pair")


def test_somebody_who_waits_for_an_answer_comes_before_anything_else():
    offer = a_pair(state=PairingState.OFFERED, key="offer", accepted=False)
    found = next_step(with_pairs(a_pair(UNCONFIRMED), offer, training=Progress.OPEN), NOW)
    assert found == NextStep(Step.ANSWER_OFFER, Part.PAIRING, "offer", LONG_AGO)


def test_of_two_pairs_the_earlier_session_is_next():
    late, early = (
        a_pair(a_session(reflected=False), key="late"),
        a_pair(a_session(days_ago=9, reflected=False), key="early"),
    )
    assert next_step(with_pairs(late, early), NOW).pair == "early"


def test_a_session_that_is_going_on_is_not_asked_for_yet():
    going_on = SessionFacts(SessionState.PLANNED, NOW - timedelta(minutes=20), False, False, minutes=50)
    assert next_step(with_pairs(a_pair(going_on)), NOW).step is Step.MEET


def test_preparation_that_was_left_out_is_asked_for_while_a_planned_session_is_awaited():
    assert next_step(with_pairs(a_pair(PLANNED), training=Progress.OPEN), NOW).step is Step.TRAIN


def test_all_is_done_when_the_sessions_asked_for_are_reflected():
    pair = a_pair(*(a_session(days_ago=days) for days in (60, 30)))
    assert next_step(with_pairs(pair, sessions_done=2, sessions_wanted=2), NOW).step is Step.DONE


def test_a_planned_session_after_the_last_one_asked_for_is_still_said():
    pair = a_pair(*(a_session(days_ago=days) for days in (60, 30)), PLANNED)
    assert next_step(with_pairs(pair, sessions_done=2, sessions_wanted=2), NOW).step is Step.MEET


def test_all_is_done_after_a_pairing_that_ended_with_every_session():
    assert next_step(replace(READY, sessions_done=6), NOW).step is Step.DONE


def test_parts_that_the_course_does_not_have_are_never_next():
    facts = replace(READY, training=Progress.OPEN, assessment=Progress.OPEN, state=ParticipantState.JOINED)
    assert next_step(replace(facts, parts=frozenset({Part.PAIRING})), NOW).step is Step.SIGN_UP
    assert next_step(replace(facts, parts=frozenset()), NOW).step is Step.NOTHING
    assert next_step(with_pairs(a_pair(), parts=frozenset({Part.PAIRING})), NOW).step is Step.NOTHING


TAKEN_OUT = replace(a_session(SessionState.CANCELLED), changed_at=NOW - timedelta(days=3))


def test_who_had_confirmed_a_session_is_pointed_to_its_being_taken_out():
    pair = a_pair(a_session(days_ago=20), TAKEN_OUT, PLANNED)
    assert next_step(with_pairs(pair), NOW).step is Step.LOOK_AT_TAKEN_OUT
    assert next_step(with_pairs(a_pair(TAKEN_OUT, UNREFLECTED)), NOW).step is Step.REFLECT


@pytest.mark.parametrize(
    "change",
    [{"is_confirmed": False}, {"changed_at": NOW - timedelta(days=8)}, {"changed_at": None}],
    ids=["not confirmed by them", "long ago", "unknown"],
)
def test_other_cancelled_sessions_are_no_news(change):
    pair = a_pair(a_session(days_ago=20), replace(TAKEN_OUT, **change), PLANNED)
    assert next_step(with_pairs(pair), NOW).step is Step.MEET


def test_a_request_waits_behind_an_offer_and_before_what_is_in_ones_own_hands():
    asked = replace(with_pairs(a_pair(OVERDUE)), asked_since=LONG_AGO)
    assert next_step(asked, NOW) == NextStep(Step.ANSWER_REQUEST, Part.PAIRING, moment=LONG_AGO)
    offer = a_pair(state=PairingState.OFFERED, accepted=False)
    assert next_step(replace(asked, pairs=(offer,)), NOW).step is Step.ANSWER_OFFER
