"""A request and a circle from end to end, in a browser; every state is looked at."""

import factories
import pytest
from playwright.sync_api import expect
from walks import HOME, JOURNAL, PAIRING

from reverse_mentoring_xblock.standalone.models import CourseNode

SETTINGS = {"require_training": False, "require_assessment": False, "allow_requests": True}


@pytest.fixture(autouse=True)
def _course(site):
    node = CourseNode.objects.get(category=PAIRING)
    node.fields |= SETTINGS
    node.save()


@pytest.mark.parametrize("keyboard", [False, True], ids=["mouse", "keyboard"])
def test_from_a_list_of_mentors_to_a_partner(hands_of, keyboard):
    mentors = [factories.mentor(department="Data", account=factories.user("Tomasz", "Nowak")) for _ in range(5)]
    factories.mentor(topics=("2.4",))
    margaret = factories.mentee(account=factories.user("Margaret", "Oduya"))
    mentee = hands_of(margaret.user, keyboard=keyboard, width=320)
    mentee.visit(PAIRING)
    mentee.press("button", "See mentors whom you could ask")
    mentee.press("button", "Ask this mentor", exact=False)
    mentee.press("button", "Take back the request")
    mentee.press("button", "See mentors whom you could ask")
    mentee.press("button", "Ask this mentor", exact=False)
    asked = next(one for one in mentors if one.requests_received.filter(slot=1).exists())
    mentor = hands_of(asked.user, keyboard=keyboard)
    mentor.visit(HOME)
    expect(mentor.page.get_by_text("Answer a request")).to_be_visible()
    mentor.visit(PAIRING)
    mentor.unfold("Say no")
    mentor.press("button", "Say yes to Margaret Oduya")
    expect(mentor.page.get_by_role("heading", name="Margaret Oduya")).to_be_visible()
    mentee.visit(PAIRING)
    expect(mentee.page.get_by_role("heading", name="Tomasz Nowak")).to_be_visible()


def test_a_request_that_will_not_come_about(hands_of):
    mentor = factories.mentor()
    margaret = factories.mentee(account=factories.user("Margaret", "Oduya"))
    mentee = hands_of(margaret.user)
    mentee.visit(PAIRING)
    mentee.press("button", "See mentors whom you could ask")
    mentee.press("button", "Ask this mentor", exact=False)
    answering = hands_of(mentor.user)
    answering.visit(PAIRING)
    answering.unfold("Say no")
    answering.press("button", "Say no to Margaret Oduya")
    mentee.visit(PAIRING)
    expect(mentee.page.get_by_text("will not come about")).to_be_visible()
    mentee.press("button", "See mentors whom you could ask")
    expect(mentee.page.get_by_text("Nobody whom you could ask")).to_be_visible()
    mentee.press("button", "Close the list")


@pytest.mark.parametrize("keyboard", [False, True], ids=["mouse", "keyboard"])
def test_from_a_scarce_topic_to_a_circle_at_work(hands_of, keyboard):
    tomasz = factories.mentor(account=factories.user("Tomasz", "Nowak"))
    names = (("Margaret", "Oduya"), ("Henrik", "Lindqvist"), ("Grace", "Whitmore"), ("Paolo", "Ricci"))
    mentees = [factories.mentee(account=factories.user(*name)) for name in names]
    desk = hands_of(factories.coordinator(), keyboard=keyboard)
    desk.visit(PAIRING)
    desk.press("button", "Circles")
    desk.press("button", "Prepare a circle Protecting devices and accounts")
    desk.press("button", "Choose among 4 mentees for Tomasz Nowak")
    desk.tick("Margaret Oduya", exact=False)
    desk.press("button", "Offer the circle")
    expect(desk.page.get_by_label("Margaret Oduya")).to_be_checked()
    for first, last in names[1:]:
        desk.tick(f"{first} {last}", exact=False)
    desk.press("button", "Offer the circle")
    expect(desk.page.get_by_text("0 of 5 people have accepted.")).to_be_visible()
    for person in (tomasz, *mentees[:3]):
        hands = hands_of(person.user, keyboard=keyboard)
        hands.visit(PAIRING)
        hands.unfold("Decline")
        hands.press("button", "Accept the circle")
    for block in (PAIRING, JOURNAL, HOME):
        hands.visit(block)
    mentor = hands_of(tomasz.user, keyboard=keyboard)
    for block in (PAIRING, JOURNAL, HOME):
        mentor.visit(block)
    desk.visit(PAIRING)
    expect(desk.page.get_by_text("4 of 5 people have accepted.")).to_be_visible()
    desk.unfold("End this circle")
    desk.press("button", "End the circle of Tomasz Nowak")
    expect(desk.page.get_by_text("Circles that there are")).to_have_count(0)
