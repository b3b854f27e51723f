from datetime import UTC, datetime, timedelta

import factories
import pytest
from django.utils import timezone
from factories import PLACE

from reverse_mentoring_xblock.domain.errors import NotFound
from reverse_mentoring_xblock.domain.states import PairingState, Role, SessionState
from reverse_mentoring_xblock.models import Action, Reflection
from reverse_mentoring_xblock.selectors.journal import counted_sessions, pair_rows, session_summary
from reverse_mentoring_xblock.selectors.journal_desk import journal_desk
from reverse_mentoring_xblock.selectors.journal_pages import (
    MOST_SESSIONS,
    actions_of,
    earlier_reflections,
    session_of,
    sessions_of,
)
from reverse_mentoring_xblock.selectors.own_pairings import own_pairing, pairing_of_session, pairings_of

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC).replace(microsecond=0)


def days(number):
    return NOW + timedelta(days=number)


@pytest.fixture
def pair():
    return factories.pairing(active_at=days(-60))


def end(pair, at=None):
    pair.state, pair.closed_at, pair.mentor_slot, pair.mentee_slot = PairingState.ENDED, at or NOW, None, None
    pair.save()


def held(pair, day, **facts):
    return factories.session(pair, starts_at=days(day), **facts)


def planned(pair, day):
    return factories.session(pair, SessionState.PLANNED, starts_at=days(day))


def cancelled(pair, day, by):
    return factories.session(pair, SessionState.CANCELLED, starts_at=days(day), cancelled_by=by)


def reflect(session, who, revision=1, **words):
    return Reflection.objects.create(session=session, author=who, revision=revision, **{"what": "Filters", **words})


def rows_of(person):
    return pairings_of(person.pk, Role(person.role), timezone.now())


def test_a_summary_of_nothing():
    person = factories.mentee()
    summary = session_summary(person.pk, Role.MENTEE)
    assert (summary.held, summary.counted, summary.next_at, summary.last_at) == (0, 0, None, None)
    assert (summary.waiting_for_my_confirmation, summary.waiting_for_my_reflection, summary.open_actions) == (0, 0, 0)


def test_a_summary_counts_over_all_pairings_and_looks_ahead_in_live_ones(pair, django_assert_num_queries):
    reflect(held(pair, -30, mentee_confirmed_at=NOW), pair.mentee)
    planned(pair, 5)
    end(pair)
    second = factories.pairing(mentee_row=pair.mentee)
    held(second, -9, mentee_confirmed_at=NOW)
    held(second, -2, mentor_confirmed_at=NOW)
    factories.session(second, SessionState.DISPUTED, starts_at=days(-1))
    planned(second, 9)
    planned(second, 7)
    Action.objects.create(pairing=second, owner=pair.mentee, text="Open")
    Action.objects.create(pairing=second, owner=pair.mentee, text="Done", done_at=NOW)
    Action.objects.create(pairing=second, owner=second.mentor, text="Not mine")
    Action.objects.create(pairing=pair, owner=pair.mentee, text="Over")
    with django_assert_num_queries(2):
        summary = session_summary(pair.mentee.pk, Role.MENTEE)
    assert (summary.held, summary.counted) == (3, 1)
    assert (summary.next_at, summary.last_at) == (days(7), days(-2))
    assert (summary.waiting_for_my_confirmation, summary.waiting_for_my_reflection) == (1, 1)
    assert summary.open_actions == 1


def test_what_counts_for_one_does_not_count_for_the_other(pair):
    reflect(held(pair, -3, mentee_confirmed_at=NOW), pair.mentee)
    assert counted_sessions(pair.mentee.pk, Role.MENTEE) == 1
    assert counted_sessions(pair.mentor.pk, Role.MENTOR) == 0


def test_pairs_come_with_their_numbers_the_quietest_first(pair, django_assert_num_queries):
    held(pair, -3)
    planned(pair, 4)
    quiet = factories.pairing(active_at=days(-40))
    factories.pairing(state=PairingState.OFFERED)
    end(factories.pairing())
    with django_assert_num_queries(2):
        rows = pair_rows(PLACE)
    assert [row.pairing for row in rows] == [str(quiet.uuid), str(pair.uuid)]
    assert (rows[0].held, rows[0].last_held_at, rows[0].next_planned_at) == (0, None, None)
    assert (rows[1].held, rows[1].last_held_at, rows[1].next_planned_at) == (1, days(-3), days(4))
    assert rows[1].mentor == pair.mentor.user.get_full_name()


def test_a_list_of_pairs_has_a_limit_and_the_same_number_of_queries(django_assert_num_queries):
    for number in range(6):
        pair = factories.pairing(active_at=days(-number))
        for session in range(number):
            reflect(held(pair, -session - 1), pair.mentor)
    with django_assert_num_queries(2):
        assert len(pair_rows(PLACE, limit=4)) == 4
    with django_assert_num_queries(4):
        desk = journal_desk(PLACE, limit=4)
    assert (len(desk["rows"]), desk["total"], desk["ended"]) == (4, 6, 0)


def test_the_desk_shows_counts_and_dates_of_writing(pair):
    both = held(pair, -9, mentor_confirmed_at=NOW, mentee_confirmed_at=NOW)
    reflect(both, pair.mentee)
    reflect(both, pair.mentee, revision=2)
    reflect(held(pair, -2, mentor_confirmed_at=NOW), pair.mentee)
    planned(pair, 3)
    [row] = journal_desk(PLACE)["rows"]
    assert (row.planned, row.held, row.both) == (1, 2, 1)
    assert (row.last_held_at, row.next_at) == (days(-2), days(3))
    assert row.mentee_wrote.sessions == 2
    assert row.mentee_wrote.last_at is not None
    assert (row.mentor_wrote.sessions, row.mentor_wrote.last_at) == (0, None)


def test_the_desk_of_another_course_is_empty(pair):
    held(pair, -9)
    assert journal_desk(factories.Place(factories.OTHER_COURSE, "main")) == {"rows": (), "total": 0, "ended": 0}


def test_pairings_that_never_were_are_not_shown(pair):
    factories.pairing(mentor_row=pair.mentor, state=PairingState.DECLINED)
    factories.pairing(mentor_row=pair.mentor, state=PairingState.ENDED)
    assert [row.uuid for row in rows_of(pair.mentor)] == [str(pair.uuid)]


def test_live_pairings_come_before_offers_and_endings():
    person = factories.mentee()
    first = factories.pairing(mentee_row=person)
    end(first)
    offered = factories.pairing(mentee_row=person, state=PairingState.OFFERED)
    assert [row.uuid for row in rows_of(person)] == [str(offered.uuid), str(first.uuid)]


def test_a_pairing_is_found_by_the_two_alone(pair):
    session = held(pair, -1)
    assert own_pairing(PLACE, pair.mentor.user_id, pair.uuid) == str(pair.uuid)
    assert pairing_of_session(PLACE, pair.mentee.user_id, session.uuid) == str(pair.uuid)
    for somebody in (factories.mentor(), factories.mentee()):
        with pytest.raises(NotFound):
            own_pairing(PLACE, somebody.user_id, pair.uuid)
        with pytest.raises(NotFound):
            pairing_of_session(PLACE, somebody.user_id, session.uuid)


def test_an_offer_has_no_journal_to_open():
    offered = factories.pairing(state=PairingState.OFFERED)
    with pytest.raises(NotFound):
        own_pairing(PLACE, offered.mentor.user_id, offered.uuid)


def test_sessions_are_split_bounded_and_read_in_two_queries(pair, django_assert_num_queries):
    for number in range(MOST_SESSIONS + 3):
        reflect(held(pair, -number - 1), pair.mentee)
        if number < 20:
            planned(pair, number + 1)
    [row] = rows_of(pair.mentee)
    with django_assert_num_queries(2):
        sessions = sessions_of(row, pair.mentee.pk)
    assert [session.starts_at for session in sessions.planned] == [days(number + 1) for number in range(20)]
    assert [session.starts_at for session in sessions.past] == [days(-n - 1) for n in range(MOST_SESSIONS)]
    assert all(session.reflection for session in sessions.past)


def test_of_the_partners_words_only_the_newest_extract_is_read(pair):
    session = held(pair, -1)
    reflect(session, pair.mentor, what="Theirs alone", extract="First")
    reflect(session, pair.mentor, revision=2, what="Theirs alone", extract="Second")
    [row] = rows_of(pair.mentee)
    [shown] = sessions_of(row, pair.mentee.pk).past
    assert shown.extract == "Second"
    assert shown.reflection is None
    assert "Theirs alone" not in str(shown)


def test_an_extract_taken_back_is_not_shown(pair):
    session = held(pair, -1)
    reflect(session, pair.mentor, extract="First")
    reflect(session, pair.mentor, revision=2, extract="")
    [row] = rows_of(pair.mentee)
    assert sessions_of(row, pair.mentee.pk).past[0].extract == ""


def test_an_ended_pairing_shows_what_is_ones_own(pair):
    session = held(pair, -4)
    reflect(session, pair.mentor, extract="Theirs")
    reflect(session, pair.mentee, what="Mine")
    planned(pair, -2)
    planned(pair, 6)
    Action.objects.create(pairing=pair, owner=pair.mentor, text="Theirs")
    Action.objects.create(pairing=pair, owner=pair.mentee, text="Mine")
    end(pair)
    [row] = rows_of(pair.mentee)
    sessions = sessions_of(row, pair.mentee.pk)
    assert [session.starts_at for session in sessions.planned] == [days(-2)]
    assert (sessions.past[0].extract, sessions.past[0].reflection.what) == ("", "Mine")
    assert [action.text for action in actions_of(row, pair.mentee.pk)] == ["Mine"]


def test_one_session_is_read_with_its_earlier_versions(pair):
    session = held(pair, -400)
    for revision in range(1, 9):
        reflect(session, pair.mentee, revision=revision, what=f"Text {revision}")
    [home] = rows_of(pair.mentee)
    row = session_of(home, str(session.uuid), pair.mentee.pk)
    assert row.reflection.what == "Text 8"
    assert [words.what for words in earlier_reflections(row, pair.mentee.pk)] == [f"Text {n}" for n in range(7, 2, -1)]


def test_anothers_session_is_none(pair):
    other = held(factories.pairing(), -1)
    [home] = rows_of(pair.mentee)
    assert session_of(home, str(other.uuid), pair.mentee.pk) is None


def test_steps_stand_open_first_and_by_due_day(pair):
    day = NOW.date()
    Action.objects.create(pairing=pair, owner=pair.mentor, text="No day")
    Action.objects.create(pairing=pair, owner=pair.mentor, text="Later", due_on=day + timedelta(days=9))
    Action.objects.create(pairing=pair, owner=pair.mentee, text="Sooner", due_on=day)
    Action.objects.create(pairing=pair, owner=pair.mentee, text="Done", done_at=NOW)
    [row] = rows_of(pair.mentee)
    actions = actions_of(row, pair.mentee.pk)
    assert [action.text for action in actions] == ["Sooner", "Later", "No day", "Done"]
    assert [action.is_own for action in actions] == [True, False, False, True]
