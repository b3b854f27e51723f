"""The whole programme, walked by three people in three windows: by mouse on a desk, and by keyboard on a phone.

``Hands`` looks at every state on the way: axe, widths, sizes of targets, and where the focus went.
"""

from datetime import timedelta

import casts
import factories
import pytest
from django.utils import timezone
from playwright.sync_api import expect
from walks import (
    ASSESSMENT,
    HOME,
    JOURNAL,
    PAIRING,
    assess,
    is_refused,
    is_told,
    join,
    settle_topics,
    sign_up,
    train,
    wish,
)

from reverse_mentoring_xblock.domain.states import Role

WAYS = {"mouse at 1280": {"keyboard": False, "width": 1280}, "keyboard at 320": {"keyboard": True, "width": 320}}
PRIVATE = "I was annoyed with myself, and said nothing."
EXTRACT = "The pivot table now makes sense to me."


@pytest.fixture(params=WAYS.values(), ids=WAYS)
def person(request, hands_of):
    """``person(account)``: somebody's hands, with what they have to work with."""
    return lambda account: hands_of(account, **request.param)


def test_three_people_walk_the_whole_programme(person):
    mentee = person(factories.user("Harald", "Lindqvist", username="harald"))
    mentor = person(factories.user("Priya", "Raman", username="priya"))
    coordinator = person(factories.coordinator(first_name="Ingrid", last_name="Solheim"))
    _an_empty_programme(coordinator)
    _get_ready(mentee, mentor)
    _make_a_pair(coordinator, mentee, mentor)
    _meet(mentee, mentor)
    _reflect(mentee, mentor)
    _take_a_next_step(mentee, mentor)
    _how_it_goes(coordinator)


def _an_empty_programme(coordinator):
    coordinator.visit(HOME)
    coordinator.sees("Nobody is in the programme yet.")
    coordinator.unfold("Your own part, if you take one")
    coordinator.visit(PAIRING)
    coordinator.sees("Nobody is in the programme yet.")
    coordinator.visit(JOURNAL)
    coordinator.sees("No pair is at work yet.")


def _get_ready(mentee, mentor):
    join(mentee, Role.MENTEE)
    mentee.visit(PAIRING)
    mentee.sees("Pairing opens for you when this is done.")
    mentee.visit(JOURNAL)
    mentee.sees("You have no partner yet.")
    train(mentee, Role.MENTEE)
    is_told(mentee, "Find your starting point")
    assess(mentee)
    settle_topics(mentee)
    is_told(mentee, "Sign up for a partner")
    sign_up(mentee, Role.MENTEE)
    is_told(mentee, "Wait for an offer")

    join(mentor, Role.MENTOR)
    train(mentor, Role.MENTOR)
    is_told(mentor, "Find your starting point")
    mentor.visit(ASSESSMENT)
    sign_up(mentor, Role.MENTOR, topics=["Finding information", "Checking information", "Automating tasks"])


def _make_a_pair(coordinator, mentee, mentor):
    coordinator.visit(PAIRING)
    coordinator.sees("Ready to be matched now: mentors 1, mentees 1.")
    coordinator.press("button", "Propose pairs")
    coordinator.press("button", "Discard this proposal")
    coordinator.press("button", "Propose pairs")
    coordinator.sees("1 pair is proposed and waits for your decision.")
    coordinator.unfold("How these pairs were chosen")
    is_told(mentee, "Wait for an offer")
    coordinator.press("button", "Release 1 pair")
    coordinator.press("button", "People")
    coordinator.sees("Offer is open")

    is_told(mentee, "Answer the offer of a partner")
    mentee.follow("Go to sign-up and partner")
    mentee.sees("Priya Raman could be your mentor.")
    mentee.press("button", "Accept Priya Raman")
    mentee.sees("When Priya Raman has accepted as well")
    is_told(mentee, "Wait for your partner to answer")
    mentee.visit(JOURNAL)
    mentee.sees("You have accepted an offer.")
    is_told(mentor, "Answer the offer of a partner")
    mentor.visit(PAIRING)
    mentor.press("button", "Accept Harald Lindqvist")
    mentor.sees("harald@brannock.example")
    is_told(mentor, "Plan your first session")


def _meet(mentee, mentor):
    today = timezone.localdate()
    is_told(mentee, "Plan your first session")
    mentee.follow("Go to sessions and journal")
    mentee.write("Date", f"{today - timedelta(days=2)}")
    mentee.press("button", "Save the plan")
    is_refused(mentee, "This time is over.")
    mentee.write("Date", f"{today + timedelta(days=9)}")
    mentee.write("Start", "14:30")
    mentee.choose("Topic", "Finding information")
    mentee.press("button", "Save the plan")
    expect(mentee.page.get_by_role("heading", name="Your next session")).to_be_visible()
    is_told(mentee, "Meet Priya Raman")
    mentee.visit(JOURNAL)
    mentee.press("button", "Move or cancel", exact=False)
    mentee.write("Start", "15:00")
    mentee.press("button", "Save the change")
    mentee.unfold("Log a session that took place")
    log = mentee.page.locator("details[open]")
    mentee.write("Date", f"{today - timedelta(days=1)}", within=log)
    mentee.write("Start", "10:00", within=log)
    mentee.write("Minutes", "45", within=log)
    mentee.press("button", "Log the session", within=log)
    mentee.sees("Write about the session of")
    is_told(mentee, "Write your reflection")
    is_told(mentor, "Confirm a session")
    mentor.follow("Go to sessions and journal")
    mentor.press("button", "Yes, it took place")
    mentor.sees("Write about the session of")


def _reflect(mentee, mentor):
    mentee.visit(JOURNAL)
    mentee.press("button", "Save your reflection")
    is_refused(mentee, "Write in at least one of the three boxes.")
    mentee.write("What happened", PRIVATE)
    mentee.write("One thing you want your partner to read", EXTRACT)
    mentee.press("button", "Save your reflection")
    mentee.sees("1 of 6 sessions count for you.")
    is_told(mentee, "Meet Priya Raman")
    is_told(mentor, "Write your reflection")
    mentor.follow("Go to sessions and journal")
    mentor.write("What happened", "He filtered it alone by the end.")
    mentor.write("So what", "I can wait longer than I thought.")
    mentor.write("One thing you want your partner to read", "You did it yourself.")
    mentor.press("button", "Save your reflection")
    mentor.unfold("Counts for you")
    mentor.sees(EXTRACT)
    mentor.misses(PRIVATE)
    mentor.press("button", "Change what you wrote", exact=False)
    mentor.write("Now what", "Prepare the sales sheet.")
    mentor.press("button", "Save your reflection")
    mentee.visit(JOURNAL)
    mentee.unfold("Counts for you")
    mentee.sees("You did it yourself.")


def _take_a_next_step(mentee, mentor):
    mentee.unfold("Add a next step")
    mentee.press("button", "Add the step")
    is_refused(mentee, "Write what you will do.")
    mentee.write("What will you do?", "Filter the monthly report by region.")
    mentee.write("By when, if there is a day", f"{timezone.localdate() + timedelta(days=7)}")
    mentee.press("button", "Add the step")
    mentor.visit(JOURNAL)
    mentor.sees("Filter the monthly report by region.")
    mentee.visit(HOME)
    mentee.sees("You have 1 open next step from your sessions.")
    mentee.visit(JOURNAL)
    mentee.press("button", "Done Filter the monthly report by region.")
    mentee.unfold("1 step done")
    mentee.unfold("How sessions are counted")


def _how_it_goes(coordinator):
    coordinator.visit(HOME)
    for reached in ("Joined", "Passed the training", "Signed up", "Had a partner", "Held a session"):
        row = coordinator.page.get_by_role("row").filter(has=coordinator.page.get_by_text(reached, exact=True))
        expect(row.get_by_role("cell")).to_have_text(["1", "1"])
    pairs = coordinator.page.get_by_role("region", name="Pairs and their sessions")
    expect(pairs.get_by_role("row").nth(1)).to_contain_text("Priya Raman")
    coordinator.unfold("The rules that notice a pair")
    lines = coordinator.download("Download states and dates (CSV)").splitlines()
    assert len(lines) == 3
    assert "priya" in lines[1] + lines[2]
    assert PRIVATE not in "".join(lines)
    coordinator.visit(JOURNAL)
    coordinator.sees("1 pair at work.")
    coordinator.misses(PRIVATE)
    coordinator.misses(EXTRACT)
    coordinator.follow("Gradebook")
    scores = coordinator.page.get_by_role("row").filter(has_text="Harald Lindqvist").get_by_role("cell")
    for number, text in enumerate(["1.00 / 1 complete", "complete", "complete", "0.17 / 1"]):
        expect(scores.nth(number)).to_contain_text(text)
    coordinator.follow("Events")
    coordinator.sees("reverse_mentoring.reflection.saved")


@pytest.fixture
def paired(site):
    """A mentor and a mentee who have been through everything up to a session that the mentor logged."""
    mentor, mentee = factories.trained(factories.mentor()), factories.trained(factories.mentee())
    pair = factories.pairing(mentor, mentee)
    factories.session(pair, mentor_confirmed_at=timezone.now(), topic="4.1")
    return pair


def test_an_offer_is_declined(person, site):
    pair = factories.pairing(state="offered", mentor_accepted_at=timezone.now())
    mentee, mentor = person(pair.mentee.user), person(pair.mentor.user)
    mentee.visit(PAIRING)
    mentor.visit(PAIRING)
    mentor.unfold("Say no after all")
    mentor.press("button", "Decline", exact=False)
    mentor.sees("A pairing that was offered to you will not go ahead")
    mentee.press("button", "Accept", exact=False)
    mentee.sees("This pairing will not go ahead, so your answer was not needed.")
    expect(mentee.page.locator(".rm-problem")).to_be_focused()
    is_told(mentee, "Start your role training")


def test_a_pairing_is_ended(person, paired):
    mentee, mentor = person(paired.mentee.user), person(paired.mentor.user)
    mentor.visit(PAIRING)
    mentor.unfold("End this pairing")
    mentor.press("button", "End the pairing with", exact=False)
    mentor.sees("Your pairing ended on")
    mentee.visit(PAIRING)
    mentee.sees("Nobody is asked for a reason.")
    mentee.visit(JOURNAL)
    mentee.press("button", "Yes, it took place")
    mentee.write("What happened", "We started well.")
    mentee.press("button", "Save your reflection")
    mentee.sees("1 of 6 sessions count for you.")


def test_somebody_pauses_resumes_changes_their_profile_withdraws_and_comes_back(person, site):
    mentor = person(factories.trained(factories.mentor()).user)
    mentor.visit(PAIRING)
    mentor.press("button", "Pause")
    mentor.sees("You are paused")
    is_told(mentor, "Find your starting point")
    mentor.visit(PAIRING)
    mentor.press("button", "Take part again")
    mentor.press("button", "Change what you said at sign-up")
    mentor.press("button", "Change When you can meet")
    mentor.write("Time zone", "Nowhere/Land")
    mentor.press("button", "Save changes")
    is_refused(mentor, "Choose a time zone from the list")
    mentor.write("Time zone", "Europe/Oslo")
    mentor.press("button", "Save changes")
    mentor.sees("Europe/Oslo")
    mentor.press("button", "Back to your place in the programme")
    mentor.sees("You are signed up for the next round")
    mentor.unfold("Withdraw from pairing")
    mentor.press("button", "Yes, withdraw")
    mentor.sees("You have withdrawn from pairing.")
    mentor.press("button", "Sign up again")
    mentor.press("button", "Go on with the next step")
    mentor.tick("1")
    mentor.tick("I can give this time")
    mentor.press("button", "Save and go on")
    mentor.tick("I keep to these ground rules")
    mentor.press("button", "Sign up for pairing")
    mentor.sees("You are signed up for the next round")


def test_somebody_looks_at_cards_wishes_and_passes_over(person, site):
    factories.trained(factories.mentor(style={"planning": 1}))
    wish(person(casts.ready_mentee().user))


def test_a_session_is_disputed_and_logged_again(person, paired):
    mentee, mentor = person(paired.mentee.user), person(paired.mentor.user)
    mentee.visit(JOURNAL)
    mentee.press("button", "It did not take place as logged")
    mentee.sees("One session is open between you")
    is_told(mentor, "Agree on what took place")
    mentor.visit(JOURNAL)
    mentor.press("button", "Log it again")
    mentor.write("Minutes", "3")
    mentor.press("button", "Log the session")
    is_refused(mentor, "Minutes")
    mentor.write("Minutes", "30")
    mentor.press("button", "Log the session")
    is_told(mentee, "Confirm a session")
    mentee.visit(JOURNAL)
    mentee.press("button", "Yes, it took place")
    mentee.sees("Write about the session of")


def test_a_session_is_taken_out_and_a_planned_one_cancelled(person, paired):
    factories.session(paired, "planned", starts_at=timezone.now() + timedelta(days=3))
    mentor = person(paired.mentor.user)
    mentor.visit(JOURNAL)
    mentor.press("button", "Move or cancel", exact=False)
    mentor.press("button", "Cancel this session")
    mentor.unfold("Waits for your reflection")
    mentor.press("button", "Open this session", exact=False)
    mentor.unfold("Correct the facts, or take it out")
    mentor.press("button", "Take it out: it did not take place")
    mentor.sees("Cancelled by you")
