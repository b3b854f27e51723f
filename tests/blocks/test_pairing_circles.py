"""Circles over HTTP: the coordinator's page, the offer, and the pages of those who are in one."""

from datetime import timedelta

import factories
import pytest
from callers import Browser, text_of
from django.utils import timezone

from reverse_mentoring_xblock.models import Circle, Pairing, Session
from reverse_mentoring_xblock.standalone.models import Completion, CourseNode, ReceivedEvent

PAIRING = "reverse_mentoring_pairing"
HOME = "reverse_mentoring"
JOURNAL = "reverse_mentoring_journal"
TOPIC = "4.1"
NAMES = [("Margaret", "Oduya"), ("Henrik", "Lindqvist"), ("Grace", "Whitmore"), ("Paolo", "Ricci")]


@pytest.fixture(autouse=True)
def _course(course):
    node = CourseNode.objects.get(category=PAIRING)
    node.fields |= {"require_training": False, "require_assessment": False}
    node.save()


@pytest.fixture
def desk():
    return Browser(factories.coordinator(first_name="Ingrid", last_name="Solheim"))


@pytest.fixture
def mentor():
    return factories.mentor(account=factories.user("Tomasz", "Nowak"))


@pytest.fixture
def mentees():
    return [factories.mentee(account=factories.user(*name)) for name in NAMES]


def page_of(desk):
    return desk.do(PAIRING, "open_desk_page", page="circles").html


def make(desk, mentor, mentees):
    return desk.do(PAIRING, "offer_circle", topic=TOPIC, mentor=mentor.uuid, mentees=[one.uuid for one in mentees])


def do(person, handler):
    row = Pairing.objects.filter(**{person.role: person}).order_by("pk").first()
    return Browser(person.user).do(PAIRING, handler, pairing=row.uuid)


def own_part(person, block=PAIRING):
    return text_of(Browser(person.user).see(block).split('<section class="rm"')[1].split("</section>")[0])


class TestTheDesk:
    def test_it_says_when_no_topic_is_scarce(self, desk, mentor):
        page = page_of(desk)
        assert "No topic is that scarce at the moment." in page
        assert "Circles that there are" not in page

    def test_from_a_scarce_topic_to_a_circle_on_offer(self, desk, mentor, mentees):
        page = text_of(page_of(desk))
        assert "Protecting devices and accounts 4 1 Prepare a circle" in page
        page = desk.do(PAIRING, "open_circles", topic=TOPIC).html
        assert "Choose among 4 mentees for Tomasz Nowak" in page
        page = desk.do(PAIRING, "open_circles", topic=TOPIC, mentor=mentor.uuid).html
        assert [name for name in NAMES if " ".join(name) in page] == NAMES
        answer = make(desk, mentor, mentees)
        assert answer.said == "The circle is offered to its mentor and 4 mentees."
        text = text_of(answer.html)
        assert "Tomasz Nowak: Protecting devices and accounts Margaret Oduya, Henrik Lindqvist, Grace Whitmore" in text
        assert "On offer 0 of 5 people have accepted. Answers until" in text
        [told] = ReceivedEvent.objects.filter(name__endswith="circle.offered")
        assert told.data["mentees"] == 4

    def test_two_are_too_few_and_the_ticks_are_kept(self, desk, mentor, mentees):
        desk.do(PAIRING, "open_desk_page", page="circles")
        desk.do(PAIRING, "open_circles", topic=TOPIC, mentor=mentor.uuid)
        answer = make(desk, mentor, mentees[:2])
        assert answer.status == 422
        assert "Choose 3 to 6 mentees; you have ticked 2." in answer.html
        assert answer.html.count("checked") == 2
        assert not Circle.objects.exists()

    def test_the_same_click_twice_is_one_circle(self, desk, mentor, mentees):
        make(desk, mentor, mentees)
        assert make(desk, mentor, mentees).status == 200
        assert Circle.objects.count() == 1
        assert ReceivedEvent.objects.filter(name__endswith="circle.offered").count() == 1

    def test_somebody_who_has_got_a_partner_meanwhile_stops_it(self, desk, mentor, mentees):
        desk.do(PAIRING, "open_desk_page", page="circles")
        desk.do(PAIRING, "open_circles", topic=TOPIC, mentor=mentor.uuid)
        factories.pairing(factories.mentor(), mentees[0])
        answer = make(desk, mentor, mentees)
        assert answer.status == 409
        assert "something has changed for one of these people" in answer.html
        assert "Margaret Oduya" not in answer.html

    @pytest.mark.parametrize(
        "sent", [{}, {"topic": "x"}, {"topic": TOPIC, "mentor": "x"}, {"topic": TOPIC, "mentees": ["x", "\x00", "y"]}]
    )
    def test_bad_input_is_refused_in_words(self, desk, sent):
        answer = desk.do(PAIRING, "offer_circle", **sent)
        assert answer.status == 422
        assert answer.said

    def test_ending_it_ends_it_for_all(self, desk, mentor, mentees):
        make(desk, mentor, mentees)
        circle = Circle.objects.get()
        answer = desk.do(PAIRING, "end_circle", circle=circle.uuid)
        assert "The circle has ended." in answer.said
        assert desk.do(PAIRING, "end_circle", circle=circle.uuid).status == 200
        assert set(Pairing.objects.values_list("state", flat=True)) == {"ended"}
        assert ReceivedEvent.objects.filter(name__endswith="circle.ended").count() == 1

    def test_the_page_stays_bounded(self, desk, mentor, django_assert_num_queries, monkeypatch):
        def asked():
            desk.do(PAIRING, "open_circles", topic=TOPIC, mentor=mentor.uuid)
            with django_assert_num_queries(99, exact=False) as seen:
                desk.do(PAIRING, "open_circles", topic=TOPIC, mentor=mentor.uuid)
            return len(seen)

        for _ in range(4):
            factories.mentee()
        page_of(desk)
        make(desk, factories.mentor(), [factories.mentee() for _ in range(3)])
        before = asked()
        for _ in range(4):
            factories.mentor(), factories.mentee()
            make(desk, factories.mentor(), [factories.mentee() for _ in range(3)])
        assert asked() == before


class TestThoseWhoAreAsked:
    def test_the_mentor_gets_one_card_and_answers_once(self, desk, mentor, mentees):
        make(desk, mentor, mentees)
        text = own_part(mentor)
        assert text.count("Accept the circle") == 1
        assert "4 colleagues would like to work on “Protecting devices and accounts”" in text
        assert all(" ".join(name) in text for name in NAMES)
        assert "room for one more" not in text
        answer = do(mentor, "accept")
        assert answer.said == "You have accepted."
        assert "The circle starts when its mentor and at least three mentees have accepted." in answer.html

    def test_a_mentee_reads_the_mentor_and_how_many_others_and_no_name_of_theirs(self, desk, mentor, mentees):
        make(desk, mentor, mentees)
        text = own_part(mentees[0])
        assert (
            "Tomasz Nowak could be your mentor on “Protecting devices and accounts”, in a circle with 3 others." in text
        )
        assert "Lindqvist" not in text
        assert "Answer the offer of a circle" in own_part(mentees[0], HOME)

    def test_a_decline_is_told_to_nobody_while_enough_are_left(self, desk, mentor, mentees):
        make(desk, mentor, mentees)
        do(mentees[3], "decline")
        text = own_part(mentees[0])
        assert "with 2 others" in text
        assert "declined" not in text.replace("Decline the circle", "")
        assert "0 of 4 people have accepted." in text_of(page_of(desk))

    def test_it_falls_apart_without_a_name(self, desk, mentor, mentees):
        make(desk, mentor, mentees[:3])
        do(mentor, "accept")
        do(mentees[0], "decline")
        for one in (mentor, mentees[1]):
            text = own_part(one)
            assert "A pairing that was offered to you will not go ahead" in text
            assert "Margaret" not in text


class TestAtWork:
    @pytest.fixture
    def circle(self, desk, mentor, mentees):
        make(desk, mentor, mentees)
        for person in (mentor, *mentees[:3]):
            assert do(person, "accept").status == 200
        return Circle.objects.get()

    def test_all_who_accepted_are_complete_and_told_once_each(self, circle, mentor, mentees):
        done = set(Completion.objects.filter(completion=1.0).values_list("user_id", flat=True))
        assert done == {mentor.user_id, *(one.user_id for one in mentees[:3])}
        assert ReceivedEvent.objects.filter(name__endswith="pairing.activated").count() == 3

    def test_the_mentors_yes_may_be_the_last_also_on_the_card_of_a_silent_mentee(self, desk, mentor, mentees):
        make(desk, mentor, mentees)
        for one in mentees[1:]:
            do(one, "accept")
        assert do(mentor, "accept").said == "You have accepted, and the circle has started."
        done = set(Completion.objects.filter(completion=1.0).values_list("user_id", flat=True))
        assert done == {mentor.user_id, *(one.user_id for one in mentees[1:])}

    def test_cards_name_those_who_are_in(self, circle, mentor, mentees):
        text = own_part(mentees[0])
        assert "with 2 others: Henrik Lindqvist, Grace Whitmore." in text
        assert "Ricci" not in text
        text = own_part(mentor)
        assert text.count("with 3 mentees: Margaret Oduya, Henrik Lindqvist, Grace Whitmore.") == 1
        assert text.count("End this pairing") == 3
        assert text.count("Go to the journal") == 1
        assert "The circle has started." in text
        assert "Decline" not in text

    def test_the_journal_and_the_home_say_that_it_is_a_circle(self, circle, mentor, mentees):
        text = own_part(mentor, JOURNAL)
        assert "A circle on “Protecting devices and accounts” with 3 mentees" in text
        assert text.count("in your circle") == 3
        assert "in a circle" in own_part(mentor, HOME)
        assert "with 2 others" in own_part(mentees[0], JOURNAL)

    def test_the_mentor_plans_and_logs_for_all_with_one_tick(self, circle, mentor, mentees):
        row = str(Pairing.objects.filter(mentor=mentor).earliest("pk").uuid)
        browser = Browser(mentor.user)
        assert "With everybody in the circle" in own_part(mentor, JOURNAL)
        assert "With everybody in the circle" not in own_part(mentees[0], JOURNAL)
        soon, back = (timezone.now() + timedelta(days=days) for days in (4, -1))
        sent = {"pairing": row, "time": "10:00", "minutes": 50, "zone": "UTC", "circle": "true"}
        answer = browser.do(JOURNAL, "plan_session", date=f"{soon:%Y-%m-%d}", **sent)
        assert answer.said == "3 sessions are planned."
        answer = browser.do(JOURNAL, "log_session", date=f"{back:%Y-%m-%d}", **sent)
        assert "logged for everybody in the circle" in answer.said
        assert Session.objects.filter(state="held").count() == 3
        assert ReceivedEvent.objects.filter(name__endswith="session.logged").count() == 3
        session = Session.objects.filter(state="held", pairing__uuid=row).get().uuid
        answer = browser.do(JOURNAL, "save_reflection", session=session, revision=0, what="We met.", now_what="Again.")
        assert answer.status == 200, answer.said
        other = Pairing.objects.filter(mentor=mentor, state="active").latest("pk").uuid
        text = text_of(browser.do(JOURNAL, "open_pairing", pairing=other).html)
        assert "1 of 6 sessions counts for you." in text or "1 of 6 sessions count for you." in text
        assert "Write about the session" not in text
        assert "Counts for you" in text

    def test_a_late_one_waits_and_joins(self, circle, mentees):
        assert "The circle has started." not in own_part(mentees[3])
        assert do(mentees[3], "accept").said == "You have accepted, and the circle has started."
        assert "with 3 others" in own_part(mentees[0])

    def test_the_desk_says_so(self, circle, desk):
        assert "At work 4 of 5 people have accepted." in text_of(page_of(desk))
