"""Asking a mentor, over HTTP: what each side reads, and what nobody does."""

import re
import uuid

import factories
import pytest
from callers import Browser, text_of
from django.utils import timezone

from reverse_mentoring_xblock.domain.states import PairingState, ParticipantState
from reverse_mentoring_xblock.domain.unnamed import FEWEST
from reverse_mentoring_xblock.models import Avoided, Pairing, Participant, PartnerRequest, Programme, Veto
from reverse_mentoring_xblock.standalone.models import Completion, CourseNode, ReceivedEvent

PAIRING = "reverse_mentoring_pairing"
HOME = "reverse_mentoring"


def allow(**settings):
    node = CourseNode.objects.get(category=PAIRING)
    node.fields |= {"allow_requests": True, "require_training": False, "require_assessment": False, **settings}
    node.save()


@pytest.fixture(autouse=True)
def _course(course):
    allow()


@pytest.fixture
def mentor():
    return factories.mentor(account=factories.user("Tomasz", "Nowak"), department="Data")


@pytest.fixture
def mentee():
    return factories.mentee(account=factories.user("Margaret", "Oduya"), department="Finance")


def do(person, handler, **sent):
    return Browser(person.user).do(PAIRING, handler, **sent)


def listed(person, page=1):
    return do(person, "open_mentors", page=page).html


def cards_of(page):
    """What each card of a page tells, by the person's public id."""
    cards = re.findall(r"<h5.*?value=\"[0-9a-f-]{36}\"", page, re.S)
    return {card[-37:-1]: text_of(card.split("</dl>")[0]) for card in cards}


def ask(mentee, mentor):
    answer = do(mentee, "ask_mentor", mentor=mentor.uuid)
    assert answer.status == 200, answer.html
    return PartnerRequest.objects.get(slot=1, mentee=mentee)


def events():
    names = ReceivedEvent.objects.order_by("pk").values_list("name", flat=True)
    return [name.removeprefix("reverse_mentoring.") for name in names if name.startswith("reverse_mentoring.")]


class TestTheList:
    def test_it_is_offered_only_where_the_author_allows_it(self, mentor, mentee):
        assert "See mentors whom you could ask" in Browser(mentee.user).see(PAIRING)
        allow(allow_requests=False)
        assert "could ask" not in Browser(mentee.user).see(PAIRING)
        assert "could ask" not in listed(mentee)
        assert do(mentee, "ask_mentor", mentor=mentor.uuid).status == 403

    def test_a_card_says_topics_and_hours_and_no_name(self, mentor, mentee):
        page = listed(mentee)
        assert re.search(r"Card \d{4}", page)
        assert "Checking information, Protecting devices and accounts" in page
        for private in ("Tomasz", "Nowak", mentor.user.username, mentor.user.email, "Data"):
            assert private not in page

    def test_where_somebody_works_is_there_when_five_share_it(self, mentor, mentee):
        for _ in range(FEWEST - 2):
            factories.mentor(department="Data")
        assert "Data" not in listed(mentee)
        factories.mentor(department="Data")
        assert listed(mentee).count("<dd>Data, Leeds</dd>") == FEWEST

    def test_the_two_lists_of_cards_tell_the_same(self, mentor, mentee):
        """Whoever lays one beside the other learns no more than from one."""
        for number in range(FEWEST + 1):
            factories.mentor(department="Data" if number else "Law", languages=["en", "pl"] if number > 3 else ["en"])
        Participant.objects.filter(pk=mentee.pk).update(languages=["en", "pl"])
        wished = cards_of(do(mentee, "open_cards", page=1).html)
        do(mentee, "open_cards", page=0)
        assert len(wished) == FEWEST + 2
        assert cards_of(listed(mentee)) == wished

    def test_names_are_there_when_a_coordinator_lets_them(self, mentor, mentee):
        Programme.objects.update(names_shown_at=timezone.now())
        page = listed(mentee)
        assert "Tomasz Nowak" in page
        assert "Ask Tomasz Nowak" in page

    def test_whoever_does_not_fit_or_was_passed_over_is_not_in_it(self, mentee):
        passed, abroad, full, away = (factories.mentor() for _ in range(4))
        Avoided.objects.create(participant=mentee, avoided=passed)
        Participant.objects.filter(pk=abroad.pk).update(languages=["pt"])
        factories.pairing(full)
        Participant.objects.filter(pk=away.pk).update(state=ParticipantState.PAUSED)
        assert "Nobody whom you could ask is free at the moment." in listed(mentee)

    def test_most_topics_come_first_ten_on_a_page(self, mentee):
        for _ in range(11):
            factories.mentor(topics=("2.4",))
        best = factories.mentor(topics=("1.2", "4.1", "5.2"))
        page = listed(mentee)
        assert page.count("Ask this mentor") == 10
        assert page.index(str(best.uuid)) < min(
            page.index(str(one))
            for one in Participant.objects.exclude(pk=best.pk).values_list("uuid", flat=True)
            if str(one) in page
        )
        last = listed(mentee, page=2)
        assert last.count("Ask this mentor") == 2
        assert "There are no more cards." in listed(mentee, page=99)
        assert "Previous mentors" in last
        assert "See mentors whom you could ask" in listed(mentee, page=0)

    @pytest.mark.parametrize("page", ["", "-1", "x", "99999999999999999999"])
    def test_a_page_that_is_none_is_refused(self, mentee, page):
        assert do(mentee, "open_mentors", page=page).status == 422

    def test_the_number_of_queries_does_not_grow(self, mentor, mentee, django_assert_num_queries):
        counts = []
        browser = Browser(mentee.user)
        for number in (1, 12):
            for _ in range(number):
                factories.mentor(), factories.mentee()
            browser.do(PAIRING, "open_mentors", page=1)
            with django_assert_num_queries(99, exact=False) as seen:
                browser.do(PAIRING, "open_mentors", page=1)
            counts.append(len(seen))
        assert counts[0] == counts[1]


class TestTheMentee:
    def test_the_request_waits_and_the_list_is_closed(self, mentor, mentee):
        do(mentee, "open_mentors", page=1)
        answer = do(mentee, "ask_mentor", mentor=mentor.uuid)
        assert answer.said == "Your request is sent. You stay in the next round meanwhile."
        text = text_of(answer.html)
        assert "You have asked a mentor" in text
        assert "This mentor can help with: Checking information, Protecting devices and accounts." in text
        assert "Mentors whom you could ask" not in text
        assert "You are signed up for the next round" in text
        assert "Tomasz" not in answer.html
        assert events() == ["request.asked"]

    def test_asking_a_second_one_is_told_so(self, mentor, mentee):
        ask(mentee, mentor)
        answer = do(mentee, "ask_mentor", mentor=factories.mentor().uuid)
        assert answer.status == 409
        assert "A request of yours waits for an answer already." in answer.html

    def test_taken_back_it_is_gone_and_no_news(self, mentor, mentee):
        row = ask(mentee, mentor)
        answer = do(mentee, "take_back_request", request=row.uuid)
        assert answer.said == "Your request is taken back."
        assert "will not come about" not in answer.html
        assert "See mentors whom you could ask" in answer.html
        assert do(mentee, "take_back_request", request=row.uuid).status == 200
        assert events() == ["request.asked", "request.taken_back"]

    def test_a_no_is_told_without_a_reason_or_a_name(self, mentor, mentee):
        row = ask(mentee, mentor)
        do(mentor, "decline_request", request=row.uuid)
        page = Browser(mentee.user).see(PAIRING)
        assert "will not come about. That can have many reasons" in page
        assert "You can ask another mentor." in page
        assert "Tomasz" not in page
        assert "declined" not in page
        assert str(mentor.uuid) not in listed(mentee)

    @pytest.mark.parametrize("handler", ["ask_mentor", "take_back_request", "accept_request", "decline_request"])
    @pytest.mark.parametrize("sent", [{}, {"mentor": "x", "request": "x"}, {"mentor": "\x00", "request": ""}])
    def test_what_is_none_is_refused_in_words(self, mentee, handler, sent):
        answer = do(mentee, handler, **sent)
        assert answer.status == 422
        assert answer.said

    def test_a_mentor_who_is_not_there_reads_like_one_who_cannot_be_asked(self, mentor, mentee):
        factories.pairing(mentor)
        one = do(mentee, "ask_mentor", mentor=mentor.uuid)
        two = do(mentee, "ask_mentor", mentor=uuid.uuid4())
        assert (one.status, one.html) == (two.status, two.html)
        assert one.status == 409

    def test_a_mentors_veto_is_read_from_nothing(self, mentor, mentee):
        other = factories.mentee()
        Veto.objects.create(participant=mentor, person=mentee.user.email)
        assert cards_of(listed(mentee)).keys() == cards_of(listed(other)).keys()
        pages = [do(person, "ask_mentor", mentor=mentor.uuid) for person in (mentee, other)]
        assert pages[0].status == pages[1].status == 200
        assert text_of(pages[0].html) == text_of(pages[1].html)
        assert "Margaret" not in Browser(mentor.user).see(PAIRING)


class TestTheMentor:
    def test_the_card_says_who_asks_and_about_what(self, mentor, mentee):
        ask(mentee, mentor)
        page = Browser(mentor.user).see(PAIRING)
        assert "Margaret Oduya asks you to be their mentor." in page
        assert "Finance" in page
        assert "Checking information, Protecting devices and accounts" in page
        assert mentee.user.email not in page
        assert "Answer the request above first." in page
        assert "There is nothing to do for you now." not in page

    def test_a_yes_makes_partners_of_both_and_completes_the_block(self, mentor, mentee):
        row = ask(mentee, mentor)
        answer = do(mentor, "accept_request", request=row.uuid)
        assert answer.said == "You are partners now."
        assert "Your mentee" in answer.html
        assert mentee.user.email in answer.html
        page = Browser(mentee.user).see(PAIRING)
        assert "Tomasz Nowak" in page
        assert "You have asked" not in page
        done = Completion.objects.filter(completion=1.0).values_list("user_id", flat=True)
        assert set(done) == {mentor.user_id, mentee.user_id}
        assert events() == ["request.asked", "request.accepted", "pairing.activated"]
        assert do(mentor, "accept_request", request=row.uuid).status == 200
        assert len(events()) == 3

    def test_when_it_cannot_be_the_request_goes_on_waiting(self, mentor, mentee):
        row = ask(mentee, mentor)
        factories.pairing(factories.mentor(), mentee, PairingState.OFFERED)
        answer = do(mentor, "accept_request", request=row.uuid)
        assert answer.status == 409
        assert "The two of you cannot be paired at this moment." in answer.html
        assert "Say yes to Margaret Oduya" in answer.html

    def test_a_no_is_private(self, mentor, mentee):
        row = ask(mentee, mentor)
        answer = do(mentor, "decline_request", request=row.uuid)
        assert answer.said == "This request will not come about."
        assert "Margaret" not in answer.html
        assert events() == ["request.asked", "request.declined"]

    def test_somebody_elses_request_is_not_there(self, mentor, mentee):
        row = ask(mentee, mentor)
        for other in (factories.mentor(), mentee):
            for handler in ("accept_request", "decline_request"):
                assert do(other, handler, request=row.uuid).status == 404
        assert not Pairing.objects.exists()

    def test_the_programme_home_says_that_somebody_asks(self, mentor, mentee):
        ask(mentee, mentor)
        page = Browser(mentor.user).see(HOME)
        assert "Answer a request" in page
        assert "a mentee asked you to be their mentor" in page
        PartnerRequest.objects.update(answer_by=timezone.now())
        assert "Answer a request" not in Browser(mentor.user).see(HOME)


class TestStudioAndOthers:
    def test_a_coordinator_reads_of_no_request(self, mentor, mentee):
        ask(mentee, mentor)
        page = Browser(factories.coordinator()).see(PAIRING)
        assert "asks you" not in page
        assert "Margaret" not in page

    def test_somebody_with_an_offer_sees_the_request_and_no_list(self, mentor, mentee):
        ask(mentee, mentor)
        factories.pairing(factories.mentor(), mentee, PairingState.OFFERED)
        page = Browser(mentee.user).see(PAIRING)
        assert "You have asked a mentor" in page
        assert "could be your mentor" in page
        assert "See mentors whom you could ask" not in page
