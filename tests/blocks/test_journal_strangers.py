"""Somebody else's rows, input that cannot be read, what staff see, and what a view costs."""

import factories
import pytest
from callers import Browser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from journal_acts import JOURNAL, NOW, days, held, moment, planned, write

from reverse_mentoring_xblock.domain.states import Role, SessionState
from reverse_mentoring_xblock.models import Action, Reflection, Session

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


REFERENCES = [
    ("open_pairing", {"pairing": "pairing"}),
    ("open_session", {"session": "session"}),
    ("plan_session", {"pairing": "pairing", "starts": 4}),
    ("move_session", {"session": "session", "starts": 4}),
    ("cancel_session", {"session": "session"}),
    ("log_session", {"pairing": "pairing", "starts": -4}),
    ("confirm_session", {"session": "session", "facts": "1"}),
    ("dispute_session", {"session": "session", "facts": "1"}),
    ("save_reflection", {"session": "session", "revision": 0, "what": "Hello"}),
    ("add_action", {"pairing": "pairing", "text": "Hello"}),
    ("finish_action", {"action": "action"}),
]


@pytest.mark.parametrize(("handler", "sent"), REFERENCES)
@pytest.mark.parametrize("who", ["another mentor", "a coordinator", "somebody who has not joined"])
def test_somebody_elses_rows_are_not_there(pair, handler, sent, who):
    session = held(pair)
    action = Action.objects.create(pairing=pair, owner=pair.mentee, text="Practise")
    stranger = {
        "another mentor": lambda: factories.pairing().mentor.user,
        "a coordinator": factories.coordinator,
        "somebody who has not joined": factories.user,
    }[who]()
    rows = {"pairing": pair.uuid, "session": session.uuid, "action": action.uuid}
    data = {name: rows.get(value, value) for name, value in sent.items() if name != "starts"}
    if "starts" in sent:
        data |= moment(days(sent["starts"]))
    answer = Browser(stranger).do(JOURNAL, handler, **data)
    assert answer.status == 404
    assert "Practise" not in answer.html
    session.refresh_from_db()
    assert (session.state, session.mentor_confirmed_at, session.mentee_confirmed_at) == ("held", None, None)
    assert not Reflection.objects.exists()
    assert Action.objects.filter(done_at=None).count() == 1


@pytest.mark.parametrize(("handler", "sent"), REFERENCES)
@pytest.mark.parametrize("junk", ["", "not-a-uuid", "\x00", "9" * 40, "💥" * 20])
def test_references_that_cannot_be_read_answer_in_words(mentee, pair, handler, sent, junk):
    names = [name for name in sent if name in ("pairing", "session", "action")]
    answer = mentee.do(JOURNAL, handler, **dict.fromkeys(names, junk))
    assert answer.status == (200 if handler == "open_session" and not junk else 422)
    assert answer.region == "journey"


@pytest.mark.parametrize("handler", [handler for handler, _sent in REFERENCES])
@pytest.mark.parametrize("body", ["", "{}", "%ff%fe", "a=1&a=2&session=1&session=2", "=" * 2000])
def test_no_body_breaks_a_handler(mentee, handler, body):
    answer = mentee.do(JOURNAL, handler, _body=body)
    assert answer.status in (200, 422)


def test_revisions_beyond_counting_are_refused(mentee, pair):
    session = held(pair, mentee_confirmed_at=NOW)
    assert write(mentee, session, revision=10**20).status == 422
    assert write(mentee, session, revision="x").status == 422


def test_staff_see_names_numbers_and_dates_and_never_a_word(mentee, pair):
    session = held(pair, mentee_confirmed_at=NOW)
    write(mentee, session, extract="For my mentor")
    mentee.do(JOURNAL, "add_action", pairing=pair.uuid, text="Practise filters")
    page = Browser(factories.coordinator()).see(JOURNAL)
    assert pair.mentee.user.get_full_name() in page
    assert "1 pair at work." in page
    for word in ("We filtered.", "For my mentor", "Practise filters"):
        assert word not in page


def test_the_desk_of_an_empty_programme_says_what_will_come():
    assert "No pair is at work yet" in Browser(factories.coordinator()).see(JOURNAL)


def test_a_coordinator_can_take_part_like_everybody(pair):
    coordinator = factories.coordinator()
    mine = factories.pairing(factories.participant(Role.MENTOR, account=coordinator))
    answer = Browser(coordinator).do(JOURNAL, "add_action", pairing=mine.uuid, text="Mine")
    assert answer.status == 200


def own_queries(browser):
    with CaptureQueriesContext(connection) as captured:
        browser.see(JOURNAL)
    ours = [row["sql"] for row in captured if '"reverse_mentoring_' in row["sql"]]
    return [sql for sql in ours if '"reverse_mentoring_standalone_' not in sql]


def test_a_view_costs_at_most_ten_queries_whatever_the_history(mentee, pair):
    def grow(number):
        for n in range(number):
            session = held(pair, -number - n, mentee_confirmed_at=NOW, mentor_confirmed_at=NOW)
            Reflection.objects.create(session=session, author=pair.mentee, revision=1, what="x")
            Reflection.objects.create(session=session, author=pair.mentor, revision=1, what="y", extract="z")
            Action.objects.create(pairing=pair, owner=pair.mentor, text=f"{n}")
            planned(pair, number + n)

    grow(1)
    mentee.see(JOURNAL)
    few = own_queries(mentee)
    grow(20)
    many = own_queries(mentee)
    assert len(few) == len(many) <= 10
    session = Session.objects.filter(state=SessionState.HELD).first()
    for revision in range(2, 9):
        Reflection.objects.create(session=session, author=pair.mentee, revision=revision, what="x")
    mentee.do(JOURNAL, "open_session", session=session.uuid)
    assert len(own_queries(mentee)) <= 10


def test_a_long_history_shows_the_newest_and_says_how_many_there_are(mentee, pair):
    for number in range(27):
        held(pair, -number - 1, mentee_confirmed_at=NOW)
    assert "The newest 24 of 27." in mentee.see(JOURNAL)
