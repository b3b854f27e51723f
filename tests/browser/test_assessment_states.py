"""Every state of the self-assessment that the journeys do not stop at, at both widths."""

from datetime import timedelta

import assessing
import factories
import pytest
from django.utils import timezone
from playwright.sync_api import expect
from walks import ASSESSMENT, is_refused

from reverse_mentoring_xblock.domain.states import Role
from reverse_mentoring_xblock.models import Attempt

LOW = {"4.1": "0", "5.2": "1", "1.3": "1"}


@pytest.fixture
def mentee(site):
    return factories.participant(Role.MENTEE, department="Finance")


def test_before_it_opens_and_after_it_has_closed(hands_of, mentee):
    assessing.author_sets(opens=(timezone.now() + timedelta(days=2)).isoformat())
    hands = hands_of(mentee.user)
    hands.visit(ASSESSMENT)
    hands.sees("The questions open on")
    assessing.author_sets(opens=None)
    assessing.started(mentee)
    assessing.author_sets(closes=(timezone.now() - timedelta(days=2)).isoformat())
    hands.visit(ASSESSMENT)
    hands.sees("Your answers are kept.")


def test_terms_and_the_picture_so_far(hands_of, mentee):
    assessing.author_sets(terms=True)
    assessing.started(mentee, scenarios=True, uses_terms=True)
    assessing.answer_until(mentee, "t-")
    hands = hands_of(mentee.user)
    hands.visit(ASSESSMENT)
    hands.sees("A few terms of this list are invented.")
    hands.press("button", "See the picture so far")
    hands.sees("The picture becomes firmer with every area.")
    hands.press("button", "Go on with the questions")
    hands.sees("A few terms of this list are invented.")
    assessing.answer_until(mentee, "nothing more")
    hands.visit(ASSESSMENT)
    hands.press("button", "Hand in and see my report")
    hands.sees("2 terms that you have met were invented for this list.")


def test_a_report_read_to_its_end_with_goals(hands_of, mentee):
    assessing.handed_in(mentee, LOW, scenarios=True, right=False)
    hands = hands_of(mentee.user)
    hands.visit(ASSESSMENT)
    for fold in hands.page.locator("section.rm details > summary").all():
        fold.click()
    hands.look()
    hands.write("Goal 1", "I draft the monthly report with the assistant.")
    hands.press("button", "Save my goals")
    expect(hands.page.get_by_role("heading", name="Your goals", exact=True)).to_be_focused()
    file = hands.download("Download your answers and scores")
    assert '"profile"' in file


def test_an_end_round_on_a_phone_by_keyboard(hands_of, mentee):
    assessing.handed_in(mentee, LOW, scenarios=True)
    mentee.goals.create(number=1, text="I draft the monthly report with the assistant.")
    assessing.author_sets(phase="end")
    hands = hands_of(mentee.user, keyboard=True, width=320)
    hands.visit(ASSESSMENT)
    hands.sees("six weeks after your first round")
    assessing.started(mentee, "end")
    assessing.answer_until(mentee, "then-", phase="end", answer="4")
    hands.visit(ASSESSMENT)
    hands.sees("Look back with what you know today")
    hands.press("button", "Save and go on")
    is_refused(hands, "Choose one answer.")
    assessing.answer_until(mentee, "g-", phase="end", answer="1")
    hands.visit(ASSESSMENT)
    hands.sees("A goal that you set yourself: have you reached it?")
    hands.tick("Partly")
    hands.press("button", "Save and go on")
    hands.press("button", "Hand in and see my report")
    hands.sees("What has changed")
    hands.sees("On your topics you have")
    hands.write("The day on which you did it, if you like", "2026-11-02", exact=False)
    hands.press("button", "Save the day", exact=False)
    expect(hands.page.get_by_role("heading", name="Your goals", exact=True)).to_be_focused()


def test_a_mentor_says_what_they_would_gladly_help_with(hands_of, site):
    mentor = assessing.handed_in(factories.participant(Role.MENTOR), {"4.1": "4"})
    hands = hands_of(mentor.user)
    hands.visit(ASSESSMENT)
    hands.tick("Working together online")
    hands.press("button", "Save what I would help with")
    expect(hands.page.get_by_label("Working together online")).to_be_checked()


def test_a_coordinator_sees_figures_from_ten_people_on(hands_of, mentee):
    hands = hands_of(factories.coordinator())
    hands.visit(ASSESSMENT)
    hands.press("button", "Show the figures for the group")
    hands.sees("Figures begin with 10")
    first = assessing.handed_in(mentee, LOW, scenarios=True)
    assessing.handed_in(first, default="4", phase="end")
    assessing.crowd_like(first, 14)
    hands.visit(ASSESSMENT)
    hands.press("button", "Show the figures for the group")
    hands.sees("15 mentees have handed in the start round.")
    hands.sees("From the start to the end")
    assert "change,topics" in hands.download("Download these figures")
    assert Attempt.objects.count() == 30
