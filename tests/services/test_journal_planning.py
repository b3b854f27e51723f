from datetime import UTC, datetime, timedelta
from uuid import uuid4

import factories
import pytest
from factories import PLACE

from reverse_mentoring_xblock.domain.errors import Conflict, NotFound
from reverse_mentoring_xblock.domain.states import PairingState, Role, SessionState
from reverse_mentoring_xblock.models import Reflection, Session
from reverse_mentoring_xblock.selectors.journal_pages import MOST_PLANNED
from reverse_mentoring_xblock.services.planning import MOST_ROWS, cancel_session, move_session, plan_sessions

pytestmark = pytest.mark.django_db
SOON = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(days=3)


@pytest.fixture
def pair():
    return factories.pairing()


def plan(pair, *starts, by=None, topic="1.2"):
    return plan_sessions(PLACE, (by or pair.mentee).user_id, pair.uuid, starts or (SOON,), 50, topic)


def test_either_of_the_two_can_plan_a_session(pair):
    plan(pair)
    plan(pair, SOON + timedelta(days=7), by=pair.mentor)
    assert [session.state for session in Session.objects.all()] == ["planned", "planned"]


def test_planning_the_same_time_twice_is_planning_it_once(pair):
    first = plan(pair)
    again = plan(pair, by=pair.mentor)
    assert len(first.new) == 1
    assert again.new == ()
    assert Session.objects.count() == 1


def test_several_sessions_are_planned_at_once_and_the_topic_is_that_of_the_first(pair):
    starts = [SOON + timedelta(weeks=3 * number) for number in range(6)]
    assert [session.starts_at for session in plan(pair, *starts).new] == starts
    assert list(Session.objects.order_by("starts_at").values_list("topic", flat=True)) == ["1.2", "", "", "", "", ""]


def test_only_what_is_missing_of_a_rhythm_is_added(pair):
    plan(pair)
    assert len(plan(pair, SOON, SOON + timedelta(weeks=3)).new) == 1


def test_a_cancelled_session_can_be_planned_again_at_its_time(pair):
    session = factories.session(pair, SessionState.CANCELLED, starts_at=SOON, cancelled_by="mentee")
    plan(pair)
    session.refresh_from_db()
    assert (session.state, session.cancelled_by) == ("planned", "")


@pytest.mark.parametrize("state", [SessionState.HELD, SessionState.DISPUTED])
def test_nothing_is_planned_where_a_session_is_logged(pair, state):
    factories.session(pair, state, starts_at=SOON)
    with pytest.raises(Conflict, match="time_taken"):
        plan(pair)


def test_a_full_plan_takes_no_more_and_adds_none_of_them(pair):
    plan(pair, *(SOON + timedelta(weeks=number) for number in range(MOST_PLANNED - 1)))
    with pytest.raises(Conflict, match="plan_full"):
        plan(pair, SOON + timedelta(hours=1), SOON + timedelta(hours=2))
    assert Session.objects.count() == MOST_PLANNED - 1


def test_a_pair_cannot_fill_the_table(pair):
    Session.objects.bulk_create(
        Session(pairing=pair, state=SessionState.CANCELLED, starts_at=SOON - timedelta(hours=number + 1))
        for number in range(MOST_ROWS)
    )
    with pytest.raises(Conflict, match="sessions_full"):
        plan(pair)


@pytest.mark.parametrize("state", [PairingState.OFFERED, PairingState.DECLINED])
def test_a_pairing_that_never_was_has_no_plan(state):
    pair = factories.pairing(state=state)
    with pytest.raises(NotFound):
        plan(pair)


def test_an_ended_pairing_plans_nothing(pair):
    ended(pair)
    with pytest.raises(Conflict, match="pairing_closed"):
        plan(pair)


def test_nobody_plans_for_another_pair(pair):
    with pytest.raises(NotFound):
        plan(pair, by=factories.mentor())
    with pytest.raises(NotFound):
        plan_sessions(PLACE, pair.mentee.user_id, uuid4(), (SOON,), 50, "")


def test_the_same_pairing_is_not_there_in_another_course(pair):
    elsewhere = factories.Place(factories.OTHER_COURSE, "main")
    factories.participant(place=elsewhere, account=pair.mentee.user)
    with pytest.raises(NotFound):
        plan_sessions(elsewhere, pair.mentee.user_id, pair.uuid, (SOON,), 50, "")


def test_a_session_moves_to_another_time(pair):
    session = factories.session(pair, SessionState.PLANNED, starts_at=SOON)
    moved = move_session(PLACE, pair.mentor.user_id, session.uuid, SOON + timedelta(days=1), 45, "4.1")
    session.refresh_from_db()
    assert (session.starts_at, session.minutes, session.topic) == (SOON + timedelta(days=1), 45, "4.1")
    assert moved.is_changed
    assert moved.session.before == SOON


def test_moving_twice_is_moving_once(pair):
    session = factories.session(pair, SessionState.PLANNED, starts_at=SOON)
    later = SOON + timedelta(days=1)
    move_session(PLACE, pair.mentor.user_id, session.uuid, later, 45, "")
    assert not move_session(PLACE, pair.mentor.user_id, session.uuid, later, 45, "").is_changed


def test_a_session_does_not_move_onto_another(pair):
    session = factories.session(pair, SessionState.PLANNED, starts_at=SOON)
    factories.session(pair, SessionState.PLANNED, starts_at=SOON + timedelta(days=1))
    with pytest.raises(Conflict, match="time_taken"):
        move_session(PLACE, pair.mentor.user_id, session.uuid, SOON + timedelta(days=1), 50, "")


def test_a_cancelled_session_gives_way_to_one_that_moves_to_its_time(pair):
    session = factories.session(pair, SessionState.PLANNED, starts_at=SOON)
    factories.session(pair, SessionState.CANCELLED, starts_at=SOON + timedelta(days=1))
    move_session(PLACE, pair.mentor.user_id, session.uuid, SOON + timedelta(days=1), 50, "")
    assert Session.objects.get().uuid == session.uuid


def test_a_cancelled_session_that_somebody_wrote_about_stays(pair):
    session = factories.session(pair, SessionState.PLANNED, starts_at=SOON)
    written = factories.session(pair, SessionState.CANCELLED, starts_at=SOON + timedelta(days=1))
    Reflection.objects.create(session=written, author=pair.mentee, revision=1, what="Kept")
    with pytest.raises(Conflict, match="time_taken"):
        move_session(PLACE, pair.mentor.user_id, session.uuid, SOON + timedelta(days=1), 50, "")


@pytest.mark.parametrize("state", [SessionState.HELD, SessionState.DISPUTED])
def test_what_was_logged_does_not_move(pair, state):
    session = factories.session(pair, state)
    with pytest.raises(Conflict, match="moved_on"):
        move_session(PLACE, pair.mentor.user_id, session.uuid, SOON, 50, "")


def test_cancelling_keeps_the_role_and_nothing_else(pair):
    session = factories.session(pair, SessionState.PLANNED, starts_at=SOON)
    done = cancel_session(PLACE, pair.mentee.user_id, session.uuid)
    session.refresh_from_db()
    assert (session.state, session.cancelled_by) == ("cancelled", Role.MENTEE)
    assert done.standings == ()


def test_cancelling_twice_keeps_the_first_who_did(pair):
    session = factories.session(pair, SessionState.PLANNED, starts_at=SOON)
    cancel_session(PLACE, pair.mentee.user_id, session.uuid)
    assert not cancel_session(PLACE, pair.mentor.user_id, session.uuid).is_changed
    session.refresh_from_db()
    assert session.cancelled_by == Role.MENTEE


def test_a_disputed_session_is_taken_out_without_being_anybodys_cancellation(pair):
    session = factories.session(pair, SessionState.DISPUTED, mentor_confirmed_at=SOON)
    cancel_session(PLACE, pair.mentee.user_id, session.uuid)
    session.refresh_from_db()
    assert (session.state, session.cancelled_by, session.mentee_confirmed_at) == ("cancelled", "", None)
    assert session.mentor_confirmed_at == SOON, "the mentor's word stays, so that their journal can tell them"


def test_a_session_that_was_taken_out_and_is_planned_anew_has_nobodys_word(pair):
    session = factories.session(pair, SessionState.DISPUTED, starts_at=SOON, mentor_confirmed_at=SOON)
    cancel_session(PLACE, pair.mentee.user_id, session.uuid)
    plan_sessions(PLACE, pair.mentor.user_id, pair.uuid, [SOON], 50, "")
    session.refresh_from_db()
    assert (session.state, session.mentor_confirmed_at) == ("planned", None)


def test_ones_own_log_can_be_taken_back_until_the_partner_confirms(pair):
    session = factories.session(pair, mentor_confirmed_at=SOON)
    with pytest.raises(Conflict, match="session_settled"):
        cancel_session(PLACE, pair.mentee.user_id, session.uuid)
    done = cancel_session(PLACE, pair.mentor.user_id, session.uuid)
    assert {standing.user_id for standing in done.standings} == {pair.mentor.user_id, pair.mentee.user_id}


def test_what_both_have_confirmed_is_not_taken_out(pair):
    session = factories.session(pair, mentor_confirmed_at=SOON, mentee_confirmed_at=SOON)
    with pytest.raises(Conflict, match="session_settled"):
        cancel_session(PLACE, pair.mentor.user_id, session.uuid)


def test_a_log_that_nobody_stands_for_is_not_taken_out_by_either(pair):
    session = factories.session(pair)
    with pytest.raises(Conflict, match="moved_on"):
        cancel_session(PLACE, pair.mentor.user_id, session.uuid)


def test_nobody_moves_or_cancels_another_pairs_session(pair):
    session = factories.session(factories.pairing(), SessionState.PLANNED, starts_at=SOON)
    with pytest.raises(NotFound):
        move_session(PLACE, pair.mentor.user_id, session.uuid, SOON, 50, "")
    with pytest.raises(NotFound):
        cancel_session(PLACE, pair.mentor.user_id, session.uuid)


def ended(pair, at=None):
    pair.state, pair.closed_at, pair.mentor_slot, pair.mentee_slot = PairingState.ENDED, at or SOON, None, None
    pair.save()
