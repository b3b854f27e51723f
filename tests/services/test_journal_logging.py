from datetime import UTC, datetime, timedelta

import factories
import pytest
from factories import PLACE

from reverse_mentoring_xblock.domain.errors import Conflict, Invalid, NotFound
from reverse_mentoring_xblock.domain.states import PairingState, SessionState
from reverse_mentoring_xblock.models import Reflection, Session
from reverse_mentoring_xblock.selectors.journal_pages import facts_of
from reverse_mentoring_xblock.services.logging_sessions import confirm_session, dispute_session, log_session

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC).replace(second=0, microsecond=0)
THEN = NOW - timedelta(days=2)


@pytest.fixture
def pair():
    return factories.pairing()


def log(pair, starts_at=THEN, minutes=50, topic="", session=None, by=None):
    who = by or pair.mentee
    return log_session(PLACE, who.user_id, pair.uuid, starts_at, minutes, topic, session and session.uuid)


def facts(session):
    return facts_of(session.starts_at, session.minutes, session.topic)


def confirm(session, who):
    return confirm_session(PLACE, who.user_id, session.uuid, facts(session))


def dispute(session, who):
    return dispute_session(PLACE, who.user_id, session.uuid, facts(session))


def reflect(session, who):
    Reflection.objects.create(session=session, author=who, revision=1, what="Filters")


def test_logging_speaks_for_the_one_who_logs_and_asks_the_other(pair):
    log(pair, topic="1.2")
    session = Session.objects.get()
    assert (session.state, session.minutes, session.topic) == ("held", 50, "1.2")
    assert session.mentee_confirmed_at is not None
    assert session.mentor_confirmed_at is None


def test_logging_the_same_twice_is_logging_it_once(pair):
    assert log(pair).is_changed
    assert not log(pair).is_changed
    assert Session.objects.count() == 1


def test_logging_what_the_partner_logged_with_the_same_facts_confirms_it(pair):
    log(pair)
    log(pair, by=pair.mentor)
    session = Session.objects.get()
    assert session.mentor_confirmed_at is not None
    assert session.mentee_confirmed_at is not None


def test_logging_it_with_other_facts_is_refused_in_favour_of_an_answer(pair):
    log(pair)
    with pytest.raises(Conflict, match="already_logged"):
        log(pair, minutes=60, by=pair.mentor)
    with pytest.raises(Conflict, match="already_logged"):
        log(pair, THEN + timedelta(minutes=20), by=pair.mentor)
    with pytest.raises(Conflict, match="already_logged"):
        log(pair, THEN - timedelta(minutes=20), by=pair.mentor)


def test_two_sessions_one_after_the_other_are_two(pair):
    log(pair)
    log(pair, THEN + timedelta(minutes=50))
    assert Session.objects.count() == 2


def test_a_planned_session_becomes_the_one_that_was_held(pair):
    planned = factories.session(pair, SessionState.PLANNED, starts_at=THEN, topic="4.1")
    log(pair, THEN + timedelta(minutes=10), 40, "4.1", session=planned)
    session = Session.objects.get()
    assert session.uuid == planned.uuid
    assert (session.state, session.starts_at, session.minutes) == ("held", THEN + timedelta(minutes=10), 40)


def test_a_new_log_inside_a_planned_session_takes_its_place(pair):
    factories.session(pair, SessionState.PLANNED, starts_at=THEN)
    log(pair, THEN + timedelta(minutes=15), 30)
    assert Session.objects.get().state == SessionState.HELD


def test_a_cancelled_session_that_took_place_after_all_is_logged_at_its_time(pair):
    factories.session(pair, SessionState.CANCELLED, starts_at=THEN, cancelled_by="mentor")
    log(pair)
    session = Session.objects.get()
    assert (session.state, session.cancelled_by) == ("held", "")


def test_nothing_is_logged_before_it_began(pair):
    with pytest.raises(Invalid, match="not_yet"):
        log(pair, NOW + timedelta(hours=6))


def test_a_log_does_not_land_on_another_session(pair):
    planned = factories.session(pair, SessionState.PLANNED, starts_at=THEN)
    factories.session(pair, SessionState.PLANNED, starts_at=THEN - timedelta(days=1))
    with pytest.raises(Conflict, match="time_taken"):
        log(pair, THEN - timedelta(days=1), session=planned)


def test_the_one_who_logged_corrects_it_until_the_other_has_answered(pair):
    log(pair)
    session = Session.objects.get()
    log(pair, THEN - timedelta(hours=1), 60, session=session)
    session.refresh_from_db()
    assert (session.starts_at, session.minutes) == (THEN - timedelta(hours=1), 60)
    confirm(session, pair.mentor)
    with pytest.raises(Conflict, match="session_settled"):
        log(pair, THEN, 45, session=session)


def test_the_other_does_not_correct_it(pair):
    log(pair)
    with pytest.raises(Conflict, match="already_logged"):
        log(pair, THEN - timedelta(hours=3), session=Session.objects.get(), by=pair.mentor)


def test_confirming_speaks_for_oneself_and_twice_is_once(pair):
    log(pair)
    session = Session.objects.get()
    assert confirm(session, pair.mentor).is_changed
    first = Session.objects.get().mentor_confirmed_at
    assert not confirm(session, pair.mentor).is_changed
    assert Session.objects.get().mentor_confirmed_at == first


def test_nobody_confirms_facts_that_they_did_not_see(pair):
    log(pair)
    seen = Session.objects.get()
    log(pair, THEN, 90, session=seen)
    with pytest.raises(Conflict, match="moved_on"):
        confirm(seen, pair.mentor)
    with pytest.raises(Conflict, match="moved_on"):
        dispute(seen, pair.mentor)


@pytest.mark.parametrize("state", [SessionState.PLANNED, SessionState.CANCELLED, SessionState.DISPUTED])
def test_only_what_is_logged_can_be_confirmed(pair, state):
    with pytest.raises(Conflict, match="moved_on"):
        confirm(factories.session(pair, state), pair.mentor)


@pytest.mark.parametrize("state", [SessionState.PLANNED, SessionState.CANCELLED])
def test_only_what_is_logged_can_be_disputed(pair, state):
    with pytest.raises(Conflict, match="moved_on"):
        dispute(factories.session(pair, state), pair.mentor)


def test_a_disputed_session_counts_for_neither(pair):
    log(pair)
    session = Session.objects.get()
    reflect(session, pair.mentee)
    said = dispute(session, pair.mentor)
    assert Session.objects.get().state == SessionState.DISPUTED
    assert {standing.user_id: standing.counted for standing in said.standings} == {
        pair.mentor.user_id: 0,
        pair.mentee.user_id: 0,
    }
    assert not dispute(session, pair.mentor).is_changed


def test_who_has_confirmed_does_not_dispute(pair):
    log(pair)
    with pytest.raises(Conflict, match="already_confirmed"):
        dispute(Session.objects.get(), pair.mentee)


def test_logging_a_disputed_session_again_asks_the_other_again(pair):
    log(pair)
    session = Session.objects.get()
    reflect(session, pair.mentee)
    dispute(session, pair.mentor)
    said = log(pair, THEN, 30, session=session, by=pair.mentor)
    session.refresh_from_db()
    assert session.state == SessionState.HELD
    assert session.mentor_confirmed_at is not None
    assert session.mentee_confirmed_at is None
    assert {standing.user_id for standing in said.standings} == {pair.mentor.user_id, pair.mentee.user_id}


def test_logging_it_again_with_the_same_facts_keeps_what_the_other_said(pair):
    log(pair)
    session = Session.objects.get()
    reflect(session, pair.mentee)
    dispute(session, pair.mentor)
    said = log(pair, session=session, by=pair.mentor)
    assert {standing.user_id: standing.counted for standing in said.standings}[pair.mentee.user_id] == 1


def test_after_the_end_one_still_logs_and_answers_for_the_time_before(pair):
    pair.state, pair.closed_at, pair.mentor_slot, pair.mentee_slot = PairingState.ENDED, NOW, None, None
    pair.save()
    log(pair)
    confirm(Session.objects.get(), pair.mentor)
    pair.closed_at = THEN - timedelta(days=1)
    pair.save()
    with pytest.raises(Conflict, match="after_the_end"):
        log(pair, NOW - timedelta(hours=1))


def test_a_rematched_person_keeps_what_they_earned(pair):
    log(pair)
    reflect(Session.objects.get(), pair.mentee)
    pair.state, pair.closed_at, pair.mentor_slot, pair.mentee_slot = PairingState.ENDED, NOW, None, None
    pair.save()
    second = factories.pairing(mentee_row=pair.mentee)
    said = log(second, THEN + timedelta(hours=5))
    assert said.standings[0].counted == 1
    reflect(Session.objects.get(pairing=second), pair.mentee)
    assert log(second, THEN + timedelta(hours=9)).standings[0].counted == 2


def test_nobody_says_anything_about_another_pairs_session(pair):
    session = factories.session(factories.pairing())
    with pytest.raises(NotFound):
        confirm(session, pair.mentor)
    with pytest.raises(NotFound):
        dispute(session, pair.mentor)
    with pytest.raises(NotFound):
        log(pair, session=session)


def test_a_coordinator_without_a_part_says_nothing(pair):
    session = factories.session(pair)
    with pytest.raises(NotFound):
        confirm_session(PLACE, factories.coordinator().pk, session.uuid, facts(session))


def test_a_mentor_with_two_mentees_logs_both_at_the_same_hour(pair):
    second = factories.pairing(mentor_row=pair.mentor, state=PairingState.ENDED, active_at=THEN)
    log(pair, by=pair.mentor)
    log(second, by=pair.mentor)
    assert Session.objects.count() == 2
