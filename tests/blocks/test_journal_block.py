"""The journal's states, the plan, and what is said about a session."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import factories
import pytest
from callers import Browser
from journal_acts import JOURNAL, LONDON, NOW, days, end, facts_on, held, log, moment, planned, score_of, write

from reverse_mentoring_xblock.domain.states import PairingState, SessionState
from reverse_mentoring_xblock.models import Reflection, Session
from reverse_mentoring_xblock.standalone.models import ReceivedEvent

pytestmark = pytest.mark.usefixtures("course")


@pytest.fixture
def pair():
    return factories.pairing()


@pytest.fixture
def mentee(pair):
    return Browser(pair.mentee.user)


@pytest.fixture
def mentor(pair):
    return Browser(pair.mentor.user)


# States before and after a pairing


def test_without_a_partner_the_page_says_what_this_is_and_where_to_go():
    page = Browser(factories.mentee().user).see(JOURNAL)
    assert "You have no partner yet" in page
    assert "Plan 6 sessions of about 50 minutes" in page
    assert "rm-go" not in page.split("data-rm-region")[1]


def test_an_offer_says_who_has_to_act_and_since_when():
    pair = factories.pairing(state=PairingState.OFFERED)
    assert "It has been waiting for your answer since" in Browser(pair.mentee.user).see(JOURNAL)
    pair.mentee_accepted_at = NOW
    pair.save()
    page = Browser(pair.mentee.user).see(JOURNAL)
    assert "You have accepted an offer" in page
    assert pair.mentor.user.get_full_name() not in page.split("data-rm-region")[1]


def test_a_declined_offer_leaves_no_trace():
    pair = factories.pairing(state=PairingState.DECLINED)
    assert "You have no partner yet" in Browser(pair.mentee.user).see(JOURNAL)


def test_a_fresh_pair_is_asked_to_plan_and_nothing_else(mentee, pair):
    region = mentee.see(JOURNAL).split("data-rm-region")[1]
    assert "Plan your first session" in region
    assert region.count('class="rm-go"') == 1
    assert f"{pair.mentor.user.get_full_name()} has been your mentor since" in region


def test_an_ended_pairing_keeps_ones_own_words_and_blames_nobody(mentee, mentor, pair):
    session = held(pair, mentee_confirmed_at=NOW)
    write(mentee, session, extract="For you")
    Reflection.objects.create(session=session, author=pair.mentor, revision=1, what="Theirs", extract="Shared")
    end(pair)
    page = mentee.see(JOURNAL)
    assert "nobody is asked for a reason" in page
    assert "We filtered." in page
    assert "Shared" not in page
    assert "Plan a session" not in page
    assert mentee.do(JOURNAL, "open_session", session=session.uuid).html.count("<textarea") == 3
    assert "For you" not in mentor.see(JOURNAL)


# Planning


def test_a_session_is_planned_in_the_readers_own_time(mentee, pair):
    answer = mentee.do(
        JOURNAL, "plan_session", pairing=pair.uuid, **moment(days(5), ZoneInfo("Asia/Singapore"), topic="1.2")
    )
    assert answer.status == 200
    assert answer.said == "1 session is planned."
    session = Session.objects.get()
    assert (session.starts_at, session.minutes, session.topic) == (days(5), 50, "1.2")
    facts = ReceivedEvent.objects.get(name="reverse_mentoring.session.planned").data
    assert facts["session"] == str(session.uuid)


def test_all_six_are_planned_at_one_rhythm_and_the_clock_stays_the_same(mentee, pair):
    sent = moment(days(5), minutes=45)
    answer = mentee.do(JOURNAL, "plan_session", pairing=pair.uuid, count=6, weeks=5, **sent)
    assert answer.said == "6 sessions are planned."
    starts = list(Session.objects.order_by("starts_at").values_list("starts_at", flat=True))
    assert {f"{start.astimezone(LONDON):%H:%M}" for start in starts} == {sent["time"]}
    assert (starts[1] - starts[0]).days in (34, 35)


def test_planning_twice_adds_nothing_and_says_so(mentee, pair):
    mentee.do(JOURNAL, "plan_session", pairing=pair.uuid, **moment(days(5)))
    answer = mentee.do(JOURNAL, "plan_session", pairing=pair.uuid, **moment(days(5)))
    assert answer.said == "This was planned already. Nothing was added."
    assert Session.objects.count() == 1
    assert ReceivedEvent.objects.filter(name="reverse_mentoring.session.planned").count() == 1


def test_the_partner_sees_the_plan_in_their_own_time_beside_ours():
    pair = factories.pairing(factories.mentor(time_zone="Europe/London"), factories.mentee(time_zone="Asia/Singapore"))
    start = (days(40)).replace(month=1, year=NOW.year + 1, day=12, hour=12, minute=0)
    factories.session(pair, SessionState.PLANNED, starts_at=start)
    page = Browser(pair.mentee.user).see(JOURNAL)
    assert "20:00" in page
    assert f"12:00 for {pair.mentor.user.get_full_name()}" in page
    assert "Asia/Singapore" in page


def test_where_the_clocks_agree_one_time_is_enough(mentee, pair):
    planned(pair)
    page = mentee.see(JOURNAL)
    assert f"for {pair.mentor.user.get_full_name()}" not in page.split("data-rm-region")[1].split("Next steps")[0]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"date": ""}, "Give the day."),
        ({"date": "2027-02-30"}, "Give a day of the calendar."),
        ({"date": "0001-01-01"}, "Give a day within"),
        ({"date": "9999-12-31"}, "Give a day within"),
        ({"date": "\x00"}, "Give a day of the calendar."),
        ({"time": "25:00"}, "Give a time of day"),
        ({"minutes": 4}, "5"),
        ({"minutes": 481}, "480"),
        ({"minutes": "9" * 5000}, "Give 5 to 480 minutes, in whole minutes."),
        ({"topic": "9.9"}, "9.9"),
        ({"count": 0}, "1"),
        ({"count": 24, "weeks": 12}, "Give a day within"),
    ],
)
def test_a_plan_that_cannot_be_read_comes_back_with_its_reason(mentee, pair, changed, says):
    answer = mentee.do(JOURNAL, "plan_session", pairing=pair.uuid, **{**moment(days(5)), **changed})
    assert answer.status == 422
    assert says in answer.html
    assert not Session.objects.exists()


def test_what_is_over_is_not_planned(mentee, pair):
    answer = mentee.do(JOURNAL, "plan_session", pairing=pair.uuid, **moment(days(-1)))
    assert answer.status == 422
    assert "This time is over" in answer.html


def test_a_time_that_the_clocks_skip_is_refused():
    person = factories.mentee(time_zone="Europe/London")
    pair = factories.pairing(mentee_row=person)
    spring = next(
        day
        for day in (NOW + timedelta(days=number) for number in range(1, 400))
        if day.month == 3 and day.isoweekday() == 7 and day.day >= 25
    )
    answer = Browser(person.user).do(
        JOURNAL,
        "plan_session",
        pairing=pair.uuid,
        date=f"{spring:%Y-%m-%d}",
        time="01:30",
        minutes=50,
        zone="Europe/London",
    )
    assert answer.status == 422
    assert "The clocks skip this time" in answer.html


def test_an_unknown_zone_gives_way_to_the_readers_own(mentee, pair):
    answer = mentee.do(
        JOURNAL, "plan_session", pairing=pair.uuid, **{**moment(days(5), ZoneInfo("UTC")), "zone": "Mars/Olympus"}
    )
    assert answer.status == 200
    assert Session.objects.get().starts_at == days(5)


def test_a_session_is_opened_moved_and_the_journal_comes_back(mentee, pair):
    session = planned(pair)
    opened = mentee.do(JOURNAL, "open_session", session=session.uuid)
    assert "Save the change" in opened.html
    assert "Save the change" in mentee.see(JOURNAL)
    moved = mentee.do(JOURNAL, "move_session", session=session.uuid, **moment(days(9), minutes=30))
    assert moved.said == "The change is saved."
    assert "Sessions ahead" in moved.html
    session.refresh_from_db()
    assert (session.starts_at, session.minutes) == (days(9), 30)
    assert "before" in ReceivedEvent.objects.get(name="reverse_mentoring.session.moved").data


def test_a_refused_move_stays_on_the_sessions_own_page(mentee, pair):
    session = planned(pair)
    answer = mentee.do(JOURNAL, "move_session", session=session.uuid, **moment(days(-9)))
    assert answer.status == 422
    assert "This time is over" in answer.html
    assert "Save the change" in answer.html


def test_moving_onto_another_session_is_refused_in_words(mentee, pair):
    session = planned(pair)
    planned(pair, 4)
    answer = mentee.do(JOURNAL, "move_session", session=session.uuid, **moment(days(4)))
    assert answer.status == 409
    assert "The two of you have a session at that time already" in answer.html


def test_cancelling_names_the_role_to_both_and_asks_nothing(mentee, mentor, pair):
    session = planned(pair)
    answer = mentee.do(JOURNAL, "cancel_session", session=session.uuid)
    assert "Cancelled by you" in answer.html
    assert "Cancelled by your mentee" in mentor.see(JOURNAL)
    again = mentee.do(JOURNAL, "cancel_session", session=session.uuid)
    assert again.status == 200
    assert ReceivedEvent.objects.filter(name="reverse_mentoring.session.cancelled").count() == 1


# Logging and answering


def test_after_its_time_a_planned_session_is_logged_with_one_click(mentee, pair):
    session = planned(pair, -1)
    page = mentee.see(JOURNAL)
    assert "Did you meet?" in page
    answer = log(mentee, pair, days(-1), session=session.uuid)
    assert answer.status == 200
    assert "Write about the session of" in answer.html
    session.refresh_from_db()
    assert session.state == SessionState.HELD


def test_a_session_to_come_is_not_logged(mentee, pair):
    answer = log(mentee, pair, days(1))
    assert answer.status == 422
    assert "This time has not come yet" in answer.html
    assert not Session.objects.exists()


def test_the_other_is_asked_and_answers_yes(mentee, mentor, pair):
    log(mentee, pair)
    page = mentor.see(JOURNAL)
    assert "Did this session take place?" in page
    answer = mentor.do(JOURNAL, "confirm_session", session=Session.objects.get().uuid, facts=facts_on(page))
    assert answer.status == 200
    assert Session.objects.get().mentor_confirmed_at is not None
    assert ReceivedEvent.objects.filter(name="reverse_mentoring.session.confirmed").count() == 1


def test_an_answer_to_facts_that_have_changed_is_asked_again(mentee, mentor, pair):
    log(mentee, pair)
    seen = facts_on(mentor.see(JOURNAL))
    session = Session.objects.get()
    log(mentee, pair, session=session.uuid, minutes=90)
    answer = mentor.do(JOURNAL, "confirm_session", session=session.uuid, facts=seen)
    assert answer.status == 409
    assert "Did this session take place?" in answer.html


def test_a_dispute_lowers_the_one_who_logged_and_logging_it_again_restores(mentee, mentor, pair):
    log(mentee, pair)
    session = Session.objects.get()
    write(mentee, session)
    assert score_of(pair.mentee.user) == pytest.approx(1 / 6)
    answer = mentor.do(JOURNAL, "dispute_session", session=session.uuid, facts=facts_on(mentor.see(JOURNAL)))
    assert answer.status == 200
    assert "It counts for neither of you" in answer.said
    assert score_of(pair.mentee.user) == 0.0
    assert "One session is open between you" in mentee.see(JOURNAL)
    assert "We filtered." in mentee.see(JOURNAL)
    log(mentor, pair, session=session.uuid)
    assert score_of(pair.mentee.user) == pytest.approx(1 / 6)


def test_a_disputed_session_can_be_taken_out_by_either(mentee, pair):
    session = held(pair)
    session.state = SessionState.DISPUTED
    session.save()
    answer = mentee.do(JOURNAL, "cancel_session", session=session.uuid)
    assert "Taken out" in answer.html


def test_the_one_who_logged_can_correct_it_on_its_page(mentee, pair):
    log(mentee, pair)
    session = Session.objects.get()
    assert "Correct the facts, or take it out" in mentee.do(JOURNAL, "open_session", session=session.uuid).html
    log(mentee, pair, session=session.uuid, minutes=30)
    assert Session.objects.get().minutes == 30


def test_a_refused_correction_is_shown_where_it_was_typed(mentee, pair):
    log(mentee, pair)
    answer = log(mentee, pair, session=Session.objects.get().uuid, minutes=3)
    assert answer.status == 422
    assert "Back to the journal" in answer.html
    assert 'value="3"' in answer.html


def test_two_logs_of_one_meeting_become_one(mentee, mentor, pair):
    log(mentee, pair)
    answer = log(mentor, pair, days(-3) + timedelta(minutes=10))
    assert answer.status == 409
    assert "A session is logged at that time already" in answer.html
    assert Session.objects.count() == 1


def test_what_somebody_waits_for_comes_before_a_session_that_was_left_open(mentee, pair):
    past = held(pair, -20, mentor_confirmed_at=NOW, mentee_confirmed_at=NOW)
    write(mentee, past)
    held(pair, -2, mentor_confirmed_at=NOW)
    opened = mentee.do(JOURNAL, "open_session", session=past.uuid)
    assert "Back to the journal" in opened.html, "who opens it sees it"
    page = mentee.see(JOURNAL)
    assert "Did this session take place?" in page
    assert "Back to the journal" not in page


def test_a_session_that_was_left_open_stays_open_while_nothing_else_is_more_urgent(mentee, pair):
    waits = held(pair, -20, mentor_confirmed_at=NOW)
    held(pair, -2, mentor_confirmed_at=NOW, mentee_confirmed_at=NOW)
    mentee.do(JOURNAL, "open_session", session=waits.uuid)
    assert "Back to the journal" in mentee.see(JOURNAL)


def test_who_comes_is_shown_the_pair_in_which_something_is_asked(mentor, pair):
    second = factories.pairing(factories.mentor(), factories.mentee())
    second.mentor, second.mentor_slot = pair.mentor, 2
    second.save()
    held(second, -2, mentee_confirmed_at=NOW)
    assert f'name="pairing" value="{pair.uuid}"' in mentor.do(JOURNAL, "open_pairing", pairing=pair.uuid).html
    page = mentor.see(JOURNAL)
    assert "Did this session take place?" in page
    assert f'<input type="hidden" name="pairing" value="{second.uuid}">' in page


def test_the_one_who_logged_is_told_that_it_was_taken_out_and_logs_it_again(mentee, mentor, pair):
    log(mentor, pair)
    session = Session.objects.get()
    write(mentor, session)
    mentee.do(JOURNAL, "dispute_session", session=session.uuid, facts=facts_on(mentee.see(JOURNAL)))
    fold = mentee.see(JOURNAL).split("<summary>Take it out</summary>")[1].split("</details>")[0]
    assert "can lower the grade of" in fold
    mentee.do(JOURNAL, "cancel_session", session=session.uuid)
    told = f"{pair.mentee.user.get_full_name()} has taken it out"
    assert told in mentor.see(JOURNAL)
    assert "Look at a session that was taken out" in mentor.see("reverse_mentoring")
    assert "has taken it out" not in mentee.see(JOURNAL)
    assert "Look at a session" not in mentee.see("reverse_mentoring")
    opened = mentor.do(JOURNAL, "open_session", session=session.uuid)
    assert told in opened.html
    assert log(mentor, pair, session.starts_at, session=session.uuid).status == 200
    session.refresh_from_db()
    assert (session.state, score_of(pair.mentor.user)) == (SessionState.HELD, pytest.approx(1 / 6))
    assert told not in mentor.see(JOURNAL)


def test_the_next_session_is_shown_once_and_called_off_dates_lie_ahead(mentee, pair):
    first = planned(pair, 3)
    planned(pair, 24)
    factories.session(pair, SessionState.CANCELLED, starts_at=days(45), cancelled_by="mentee")
    page = mentee.see(JOURNAL)
    assert page.count(f'name="session" value="{first.uuid}"') == 1
    ahead, past = page.split("Sessions ahead</h4>")[1].split("Sessions so far</h4>")
    assert "Cancelled by you" in ahead
    assert "Cancelled by you" not in past


def test_a_topic_stands_once_in_the_list_and_is_chosen_there(mentee, pair):
    row = planned(pair, 3, topic="2.4")
    page = mentee.do(JOURNAL, "open_session", session=row.uuid).html
    select = page.split('name="topic"')[1].split("</select>")[0]
    assert select.count('value="2.4"') == 1
    assert 'value="2.4" selected' in select


def test_after_a_pairing_without_sessions_one_can_still_be_logged(mentee, pair):
    pair.active_at = days(-30)
    pair.save()
    end(pair)
    page = mentee.see(JOURNAL)
    assert "Nothing was logged while you were partners" in page
    assert "Log a session that took place" in page
    assert log(mentee, pair, days(-3)).status == 200
