"""Cards of possible partners on the page."""

import casts
import factories
import pytest
from callers import Browser, text_of

from reverse_mentoring_xblock.models import Avoided, Wish
from reverse_mentoring_xblock.standalone.models import CourseNode, ReceivedEvent

PAIRING = "reverse_mentoring_pairing"
pytestmark = pytest.mark.usefixtures("course")


@pytest.fixture
def mentee():
    return casts.ready_mentee()


@pytest.fixture
def mentor():
    account = factories.user("Priya", "Raman")
    return factories.trained(factories.mentor(account=account, style={"planning": 1, "rhythm": 5}))


def do(person, handler, **data):
    return Browser(person.user).do(PAIRING, handler, **data)


def test_the_pool_leads_to_the_cards_and_back(mentee, mentor):
    assert "Look at the cards" in Browser(mentee.user).see(PAIRING)
    page = do(mentee, "open_cards", page=1).html
    words = text_of(page)
    assert "Mentors whom you might work with" in words
    assert "Cards show no name until your coordinator allows it." in words
    assert "Way of working plans ahead, long and seldom" in words
    assert "9 hours a week" in words
    for told in ("Priya", "Raman", mentor.user.username, mentor.user.email, mentor.department, "early in a career"):
        assert told not in page
    assert "You are signed up for the next round" in do(mentee, "open_cards", page=0).html


def test_a_wish_is_saved_shown_and_taken_back(mentee, mentor):
    do(mentee, "open_cards", page=1)
    answer = do(mentee, "wish", card=mentor.uuid, rank=3)
    assert "Your wish is saved." in answer.said
    assert "wish 3" in text_of(answer.html)
    assert answer.html.count("data-rm-focus") == 1
    assert Wish.objects.get(participant=mentee).rank == 3
    assert "Those whom you wish for" not in do(mentee, "take_back_card", card=mentor.uuid).html


def test_the_next_wish_comes_after_the_last_unless_one_chooses_a_tie(mentee, mentor):
    for _ in range(2):
        factories.trained(factories.mentor())
    assert do(mentee, "open_cards", page=1).html.count('<option value="1" selected>') == 3
    page = do(mentee, "wish", card=mentor.uuid, rank=2).html
    assert page.count('<option value="2" selected>') == 1
    assert page.count('<option value="3" selected>') == 2
    assert do(mentee, "wish", card=mentor.uuid, rank=5).html.count('<option value="5" selected>') == 3


def test_passing_over_says_that_nobody_is_told_and_leaves_no_event(mentee, mentor):
    page = do(mentee, "open_cards", page=1).html
    assert "nobody is told: not they, not your coordinator" in page
    answer = do(mentee, "avoid", card=mentor.uuid)
    assert "1 person whom you passed over" in text_of(answer.html)
    assert Avoided.objects.get().avoided == mentor
    assert not ReceivedEvent.objects.exists()
    for account in (mentor.user, factories.coordinator()):
        assert "passed over" not in Browser(account).see(PAIRING)


@pytest.mark.parametrize(
    ("handler", "sent"),
    [
        ("wish", {"card": "x", "rank": "1"}),
        ("wish", {"rank": "1"}),
        ("avoid", {"card": ""}),
        ("take_back_card", {}),
        ("open_cards", {"page": "-1"}),
        ("open_cards", {"page": "x"}),
    ],
)
def test_what_makes_no_sense_is_refused(mentee, handler, sent):
    assert do(mentee, handler, **sent).status == 422


@pytest.mark.parametrize("rank", [0, 6, "x"])
def test_there_are_five_ranks(mentee, mentor, rank):
    assert do(mentee, "wish", card=mentor.uuid, rank=rank).status == 422
    assert not Wish.objects.exists()


def test_a_card_that_is_gone_is_told(mentee, mentor):
    do(mentee, "open_cards", page=1)
    do(mentor, "pause")
    answer = do(mentee, "wish", card=mentor.uuid, rank=1)
    assert answer.status == 404
    assert "This person is not in the pool any more" in answer.html


def test_where_the_author_asks_for_no_wishes_there_are_no_cards(mentee, mentor):
    do(mentee, "open_cards", page=1)
    node = CourseNode.objects.get(category=PAIRING)
    node.fields = {**node.fields, "ask_wishes": False}
    node.save()
    page = Browser(mentee.user).see(PAIRING)
    assert "Look at the cards" not in page
    assert "You are signed up for the next round" in page
    assert do(mentee, "wish", card=mentor.uuid, rank=1).status == 403


def test_an_offer_stands_above_the_cards(mentor):
    pair = factories.pairing(factories.trained(factories.mentor(capacity=2)), state="offered")
    do(pair.mentor, "open_cards", page=1)
    page = Browser(pair.mentor.user).see(PAIRING)
    assert page.index("Accept") < page.index("Mentees whom you might work with")


def test_somebody_with_a_partner_is_not_asked(mentee):
    pair = factories.pairing(factories.trained(factories.mentor()), mentee)
    do(pair.mentee, "open_cards", page=1)
    assert "whom you might work with" not in Browser(mentee.user).see(PAIRING)


def test_those_who_wait_see_their_place_and_the_reason(mentee):
    type(mentee).objects.filter(pk=mentee.pk).update(rounds_waited=1)
    assert "You are the only mentee who waits." in Browser(mentee.user).see(PAIRING)
    factories.mentee(rounds_waited=2)
    assert "You are number 2 of 2 mentees who wait." in Browser(mentee.user).see(PAIRING)


def test_what_waiting_does_for_them_is_told_as_the_author_has_it(mentee, mentor):
    type(mentee).objects.update(rounds_waited=1)
    first = "Who has waited most rounds comes first; two rounds or more count the same."
    points = "Rounds waited earn points in the next round."
    assert first in Browser(mentee.user).see(PAIRING)
    page = Browser(mentor.user).see(PAIRING)
    assert f"You are the only mentor who waits. {points}" in page
    assert first not in page
    node = CourseNode.objects.get(category=PAIRING)
    node.fields = {**node.fields, "waiting_first": False}
    node.save()
    page = Browser(mentee.user).see(PAIRING)
    assert f"You are the only mentee who waits. {points}" in page
    assert first not in page
    node.fields |= {"share_queue": 0}
    node.save()
    page = Browser(mentee.user).see(PAIRING)
    assert "You are the only mentee who waits." in page
    assert points not in page
