"""Reflections, the score that comes of them, next steps, and a mentor with two mentees."""

import factories
import pytest
from callers import Browser
from journal_acts import JOURNAL, NOW, author_sets, days, facts_on, held, log, moment, planned, score_of, write

from reverse_mentoring_xblock.models import Action, Reflection, Session
from reverse_mentoring_xblock.standalone.models import Completion, ReceivedEvent, Score

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


# Reflecting and the score


def test_own_acts_alone_make_the_score_whatever_the_partner_does(mentee, pair):
    author_sets(required_sessions=2)
    for day in (-9, -3):
        log(mentee, pair, days(day))
        write(mentee, Session.objects.get(starts_at=days(day)))
    assert score_of(pair.mentee.user) == 1.0
    assert Completion.objects.get(user=pair.mentee.user).completion == 1.0
    assert not Score.objects.filter(user=pair.mentor.user).exists()
    assert "2 of 2 sessions count for you" in mentee.see(JOURNAL)


def test_completion_comes_when_the_share_is_whole_and_not_before(mentee, pair):
    author_sets(required_sessions=2)
    log(mentee, pair)
    write(mentee, Session.objects.get())
    assert score_of(pair.mentee.user) == 0.5
    assert not Completion.objects.exists()


def test_more_than_required_is_said_plainly(mentee, pair):
    author_sets(required_sessions=1)
    for day in (-9, -3):
        log(mentee, pair, days(day))
        write(mentee, Session.objects.get(starts_at=days(day)))
    page = mentee.see(JOURNAL)
    assert "2 sessions count for you; 1 is required." in page
    assert score_of(pair.mentee.user) == 1.0


@pytest.mark.parametrize("wrong", [0, -3, 999, None])
def test_an_imported_setting_that_makes_no_sense_breaks_nothing(mentee, pair, wrong):
    author_sets(required_sessions=wrong, session_minutes=wrong)
    log(mentee, pair)
    assert write(mentee, Session.objects.get()).status == 200


def test_prompts_are_those_of_the_role_and_the_line_who_reads_stands_beside(mentee, mentor, pair):
    held(pair, mentor_confirmed_at=NOW, mentee_confirmed_at=NOW)
    assert "what did your mentee do alone" in mentor.see(JOURNAL)
    page = mentee.see(JOURNAL)
    assert "What did you try yourself?" in page
    assert "Only you can read these three boxes." in page
    assert f"{pair.mentor.user.get_full_name()} can read the next box" in page


def test_a_reflection_is_kept_in_revisions_and_shown_for_editing(mentee, pair):
    session = held(pair, mentee_confirmed_at=NOW)
    assert write(mentee, session).said == "Your reflection is saved."
    write(mentee, session, revision=1, what="We filtered and sorted.")
    opened = mentee.do(JOURNAL, "open_session", session=session.uuid)
    assert "We filtered and sorted.</textarea>" in opened.html
    assert 'name="revision" value="2"' in opened.html
    assert "Version 1" in opened.html
    facts = [row.data for row in ReceivedEvent.objects.filter(name="reverse_mentoring.reflection.saved").order_by("pk")]
    assert [row["revision"] for row in facts] == [1, 2]


def test_saving_the_same_text_twice_is_one_revision(mentee, pair):
    session = held(pair, mentee_confirmed_at=NOW)
    write(mentee, session)
    assert write(mentee, session).status == 200
    assert Reflection.objects.count() == 1
    assert ReceivedEvent.objects.filter(name="reverse_mentoring.reflection.saved").count() == 1


def test_of_two_windows_the_newer_wins_and_the_person_is_told(mentee, pair):
    session = held(pair, mentee_confirmed_at=NOW)
    write(mentee, session, what="First window")
    second = write(mentee, session, what="Second window")
    assert "kept among the earlier versions" in second.said
    opened = mentee.do(JOURNAL, "open_session", session=session.uuid).html
    assert "Second window</textarea>" in opened
    assert "First window" in opened


def test_an_empty_reflection_is_refused_and_the_extract_alone_is_not_enough(mentee, pair):
    session = held(pair, mentee_confirmed_at=NOW)
    answer = write(mentee, session, what="  ", extract="Thank you")
    assert answer.status == 422
    assert "Write in at least one of the three boxes." in answer.html
    assert "Thank you</textarea>" in answer.html
    assert not Reflection.objects.exists()


def test_what_is_too_long_comes_back_whole(mentee, pair):
    session = held(pair, mentee_confirmed_at=NOW)
    answer = write(mentee, session, what="a" * 4001, extract="b" * 601)
    assert answer.status == 422
    assert "a" * 4001 in answer.html
    assert answer.html.count("rm-error") == 2


def test_a_line_break_counts_as_one_character(mentee, pair):
    session = held(pair, mentee_confirmed_at=NOW)
    assert write(mentee, session, what="\r\n".join(["ab"] * 1333) + "c").status == 200


@pytest.mark.parametrize("character", ["ж", "反", "💡"])
def test_a_full_reflection_fits_in_every_script(mentee, pair, character):
    session = held(pair, mentee_confirmed_at=NOW)
    words = dict.fromkeys(("what", "so_what", "now_what"), character * 4000)
    assert write(mentee, session, extract=character * 600, **words).status == 200
    assert Reflection.objects.get().now_what == character * 4000


def test_markup_in_a_text_is_text(mentee, mentor, pair):
    session = held(pair, mentee_confirmed_at=NOW)
    write(mentee, session, what="<script>alert(1)</script>", extract="<b>you</b>")
    mentee.do(JOURNAL, "add_action", pairing=pair.uuid, text="<img src=x onerror=alert(1)>")
    for page in (mentee.see(JOURNAL), mentor.see(JOURNAL)):
        assert "<script>alert" not in page
        assert "<b>you" not in page
        assert "<img src=x" not in page


def test_the_partner_reads_the_extract_and_not_a_word_more(mentee, mentor, pair):
    session = held(pair, mentee_confirmed_at=NOW)
    write(mentee, session, what="Mine alone", so_what="Mine too", now_what="Also mine", extract="This is for you")
    page = mentor.see(JOURNAL) + mentor.do(JOURNAL, "open_session", session=session.uuid).html
    assert "This is for you" in page
    for word in ("Mine alone", "Mine too", "Also mine"):
        assert word not in page
    write(mentee, session, revision=1, what="Mine alone", extract="")
    assert "This is for you" not in mentor.see(JOURNAL)


def test_a_reflection_on_a_session_disputed_meanwhile_is_kept(mentee, mentor, pair):
    log(mentee, pair)
    session = Session.objects.get()
    mentor.do(JOURNAL, "dispute_session", session=session.uuid, facts=facts_on(mentor.see(JOURNAL)))
    assert write(mentee, session).status == 200
    assert score_of(pair.mentee.user) == 0.0


def test_nothing_is_written_about_a_session_to_come(mentee, pair):
    answer = write(mentee, planned(pair))
    assert answer.status == 409
    assert "still planned" in answer.html


# Next steps


def test_both_see_a_next_step_and_its_owner_finishes_it(mentee, mentor, pair):
    due = f"{days(9):%Y-%m-%d}"
    answer = mentee.do(JOURNAL, "add_action", pairing=pair.uuid, text="Practise filters", due_on=due)
    assert answer.status == 200
    action = Action.objects.get()
    seen = mentor.see(JOURNAL)
    assert "Practise filters" in seen
    assert f'name="action" value="{action.uuid}"' not in seen
    assert mentor.do(JOURNAL, "finish_action", action=action.uuid).status == 404
    assert "1 step done" in mentee.do(JOURNAL, "finish_action", action=action.uuid).html
    assert mentee.do(JOURNAL, "finish_action", action=action.uuid).status == 200
    assert ReceivedEvent.objects.filter(name="reverse_mentoring.action.finished").count() == 1


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"text": ""}, "Write what you will do."),
        ({"text": "a" * 301}, "300"),
        ({"text": "a\x00b"}, "Null"),
        ({"text": "Fine", "due_on": "2001-01-01"}, "Choose a day from today on"),
        ({"text": "Fine", "due_on": "9999-12-31"}, "Choose a day from today on"),
        ({"text": "Fine", "due_on": "tomorrow"}, "Give a day of the calendar"),
    ],
)
def test_a_step_that_cannot_be_read_comes_back_with_its_reason(mentee, pair, sent, says):
    answer = mentee.do(JOURNAL, "add_action", pairing=pair.uuid, **sent)
    assert answer.status == 422
    assert says in answer.html
    assert not Action.objects.exists()


def test_a_step_that_was_a_mistake_is_taken_back_by_its_owner_alone(mentee, mentor, pair):
    mentee.do(JOURNAL, "add_action", pairing=pair.uuid, text="Filter the report")
    action = Action.objects.get()
    assert "Take it back" in mentee.see(JOURNAL)
    assert "Take it back" not in mentor.see(JOURNAL)
    assert mentor.do(JOURNAL, "take_back_action", action=action.uuid).status == 404
    answer = mentee.do(JOURNAL, "take_back_action", action=action.uuid)
    assert answer.status == 200
    assert "Filter the report" not in answer.html + mentor.see(JOURNAL)
    assert not Action.objects.exists()
    event = ReceivedEvent.objects.get(name="reverse_mentoring.action.taken_back")
    assert event.data == {"programme": "main", "action": str(action.uuid), "pairing": str(pair.uuid)}
    assert mentee.do(JOURNAL, "take_back_action", action=action.uuid).status == 404


def test_a_step_that_is_done_is_not_taken_back(mentee, pair):
    done = Action.objects.create(pairing=pair, owner=pair.mentee, text="Done", done_at=NOW)
    assert mentee.do(JOURNAL, "take_back_action", action=done.uuid).status == 409
    assert Action.objects.exists()


# Two pairs of one mentor


@pytest.fixture
def second(pair):
    other = factories.pairing(factories.mentor(), factories.mentee())
    other.mentor, other.mentor_slot = pair.mentor, 2
    other.save()
    return other


def test_a_mentor_with_two_mentees_chooses_and_the_page_remembers(mentor, pair, second):
    for chosen, other in ((second, pair), (pair, second)):
        opened = mentor.do(JOURNAL, "open_pairing", pairing=chosen.uuid).html
        assert f'name="pairing" value="{chosen.uuid}"' in opened
        assert f'<button class="rm-quiet" name="pairing" value="{other.uuid}">' in opened
        assert f'<button class="rm-quiet" name="pairing" value="{other.uuid}">' in mentor.see(JOURNAL)


def test_what_is_typed_for_one_pair_never_lands_in_the_other(mentor, pair, second):
    mentor.do(JOURNAL, "open_pairing", pairing=pair.uuid)
    answer = mentor.do(JOURNAL, "add_action", pairing=second.uuid, text="")
    assert f'<input type="hidden" name="pairing" value="{second.uuid}">' in answer.html
    mentor.do(JOURNAL, "open_pairing", pairing=pair.uuid)
    mentor.do(JOURNAL, "plan_session", pairing=second.uuid, **moment(days(4)))
    assert Session.objects.get().pairing == second


def test_a_session_of_the_other_pair_opens_there(mentor, pair, second):
    session = held(second, mentor_confirmed_at=NOW)
    mentor.do(JOURNAL, "open_pairing", pairing=pair.uuid)
    answer = write(mentor, session, what="")
    assert answer.status == 422
    assert f'name="session" value="{session.uuid}"' in answer.html
