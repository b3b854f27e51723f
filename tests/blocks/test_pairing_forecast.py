"""The page of the desk that looks ahead."""

import re
from importlib import import_module

import casts
import factories
import pytest
from callers import Browser, text_of
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reverse_mentoring_xblock.domain.matching import Heads
from reverse_mentoring_xblock.models import Avoided, DeclaredConflict, Pairing, Participant, Veto
from reverse_mentoring_xblock.shell import desk_forecast
from reverse_mentoring_xblock.standalone.models import CourseNode, ReceivedEvent

PAIRING = "reverse_mentoring_pairing"
SHARES = {"cover": 60, "interests": 8, "wishes": 12, "style": 4, "department": 5, "site": 3}
HEADS = {"mentors": 6, "mentees": 20, "departments": 3, "sites": 2, "languages": 2, "capacity": "1.5"}
pytestmark = pytest.mark.usefixtures("course")


@pytest.fixture
def desk():
    return Browser(factories.coordinator())


def ready_mentor(first_name="Tomasz", last_name="Nowak", **facts):
    return factories.trained(factories.mentor(account=factories.user(first_name, last_name), **facts))


def ready_mentee(first_name="Margaret", last_name="Oduya", **facts):
    person = factories.mentee(account=factories.user(first_name, last_name), **facts)
    return casts.assessed(factories.trained(person))


def set_up(**settings):
    """The author's settings of the block."""
    node = CourseNode.objects.get(category=PAIRING)
    node.fields = {**node.fields, **settings}
    node.save()


class TestThePage:
    def test_it_opens_with_nothing_worked_out(self, desk):
        page = desk.do(PAIRING, "open_desk_page", page="forecast").html
        assert "Nothing on this page is kept, and nobody is told." in page
        assert "Ready now: mentors 0, mentees 0." in page
        assert "Until then, invent people below." in page
        assert "Work out the forecast" not in page
        assert "would have a mentor" not in page
        ready_mentor(), ready_mentee()
        assert "Work out the forecast" in desk.see(PAIRING)

    @pytest.mark.parametrize("handler", ["forecast_ready", "forecast_invented", "try_points"])
    def test_it_is_not_for_learners(self, handler):
        answer = Browser(ready_mentor().user).do(PAIRING, handler, **HEADS, **SHARES)
        assert answer.status == 403
        assert "would have a mentor" not in answer.html

    @pytest.mark.parametrize(("handler", "sent"), [("forecast_ready", {}), ("try_points", SHARES)])
    def test_without_anybody_ready_it_says_so(self, desk, handler, sent):
        answer = desk.do(PAIRING, handler, **sent)
        assert answer.status == 409
        assert "at least one mentor and one mentee who is ready" in answer.html
        assert "Before the round" in answer.html

    def test_another_page_that_was_opened_meanwhile_does_not_hide_the_answer(self, desk):
        desk.do(PAIRING, "open_desk_page", page="people")
        assert "In 20 invented cohorts" in text_of(desk.do(PAIRING, "forecast_invented", **HEADS).html)


class TestTheForecast:
    def test_it_says_who_would_be_matched_what_binds_and_who_would_wait(self, desk):
        ready_mentor(capacity=2)
        ready_mentee()
        ready_mentee("Sofía", "Herrera", languages=["pt"])
        page = text_of(desk.do(PAIRING, "forecast_ready").html)
        assert "1 of 2 mentees would have a mentor: 50" in page
        assert "1 of 1 mentors would have a mentee. Places of all mentors together: 2." in page
        assert "What binds most is language: the two have to share one." in page
        assert "With the change in the first line below, 1 mentee more would have a mentor." in page
        assert "No language in common is asked for 1" in page
        assert "30 shared minutes a week in place of 60 0" in page
        assert "Sofía Herrera" in page
        assert "Margaret Oduya" not in page

    def test_topics_are_counted(self, desk):
        ready_mentor(topics=["1.2"], capacity=1)
        for _ in range(4):
            ready_mentee(topics=["1.2"])
        page = text_of(desk.do(PAIRING, "forecast_ready").html)
        assert "Checking information scarce 4 1 1 3" in page
        assert "More people fit the same few mentors than these have places for. 3" in page

    def test_nothing_is_kept_and_nobody_is_told(self, desk):
        ready_mentor(), ready_mentee()
        desk.do(PAIRING, "forecast_ready")
        assert "would have a mentor" not in desk.see(PAIRING)
        assert not Pairing.objects.exists()
        assert not ReceivedEvent.objects.exists()

    def test_the_same_people_give_the_same_page(self, desk):
        ready_mentor(), ready_mentee(), ready_mentee()
        assert desk.do(PAIRING, "forecast_ready").html == desk.do(PAIRING, "forecast_ready").html

    def test_only_a_page_of_names_is_shown(self, desk, monkeypatch):
        monkeypatch.setattr(desk_forecast, "MOST_NAMED", 2)
        ready_mentor()
        for number in range(4):
            ready_mentee("Ada", f"Name{number}")
        page = desk.do(PAIRING, "forecast_ready").html
        assert "The first 2 of 3." in text_of(page)
        assert len(set(re.findall(r"Ada Name\d", page))) == 2

    def test_the_number_of_queries_does_not_grow(self, desk):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                assert desk.do(PAIRING, "forecast_ready").status == 200
            return len(captured)

        ready_mentor(), ready_mentee(), ready_mentee()
        queries()
        before = queries()
        for _ in range(4):
            ready_mentor(), ready_mentee(), ready_mentee()
        assert queries() == before
        assert before < 40

    def test_a_large_programme_is_warned_that_it_takes_time(self, desk, monkeypatch):
        monkeypatch.setattr(desk_forecast, "MANY", 0)
        ready_mentor(), ready_mentee()
        assert "up to half a minute" in desk.do(PAIRING, "open_desk_page", page="forecast").html

    def test_of_people_drawn_by_lot_those_are_counted(self, desk, monkeypatch):
        monkeypatch.setattr(import_module("reverse_mentoring_xblock.domain.matching.forecast"), "MOST", 2)
        ready_mentor(), ready_mentee(), ready_mentee(), ready_mentee()
        page = text_of(desk.do(PAIRING, "forecast_ready").html)
        assert "1 of 2 mentees would have a mentor" in page
        assert "This is a sample, drawn by lot. In all there are: mentors 1, mentees 3." in page


class TestPrivacy:
    """Between two people a veto reads like a declared conflict, word for word and number for number."""

    @pytest.fixture
    def people(self):
        mentors = [ready_mentor("Tomasz", "Nowak"), ready_mentor("Aiko", "Tanaka", languages=["fr", "en"])]
        mentees = [ready_mentee("Margaret", "Oduya"), ready_mentee("Grace", "Whitmore", languages=["fr"])]
        return mentors, mentees

    @pytest.fixture
    def pages(self, desk):
        def both():
            return [
                text_of(desk.do(PAIRING, handler, **sent).html)
                for handler, sent in (("forecast_ready", {}), ("try_points", {**SHARES, "cover": 0}))
            ]

        return both

    def declare(self, mentor, mentee):
        return DeclaredConflict.objects.create(programme=mentor.programme, mentor=mentor, mentee=mentee)

    @pytest.mark.parametrize("kept_apart", [(0, 0), (1, 1), (1, 0)])
    def test_a_veto_reads_like_a_conflict(self, people, pages, kept_apart):
        mentor, mentee = people[0][kept_apart[0]], people[1][kept_apart[1]]
        conflict = self.declare(mentor, mentee)
        expected = pages()
        conflict.delete()
        veto = Veto.objects.create(participant=mentee, person=mentor.user.username)
        assert pages() == expected
        veto.delete()
        Avoided.objects.create(participant=mentor, avoided=mentee)
        assert pages() == expected

    def test_two_people_alone(self, pages):
        mentor, mentee = ready_mentor(), ready_mentee()
        Veto.objects.create(participant=mentee, person=mentor.user.username)
        veto = pages()
        assert "0 of 1 mentees would have a mentor" in veto[0]
        assert "veto" not in "".join(veto).lower()
        Veto.objects.all().delete()
        self.declare(mentor, mentee)
        assert pages() == veto
        DeclaredConflict.objects.all().delete()
        mentor.manager = mentee.user.username
        mentor.save()
        assert pages() == veto

    def test_no_score_is_shown(self, people, pages):
        """Skills were measured of everybody here; of them the page knows the points of a pair alone."""
        page = " ".join(pages())
        for word in ("strength", "evidence", "score", "priority"):
            assert word not in page.lower()


class TestInventedPeople:
    def test_a_range_and_the_cohort_in_the_middle(self, desk):
        answer = desk.do(PAIRING, "forecast_invented", **HEADS)
        page = text_of(answer.html)
        assert answer.status == 200
        assert re.search(r"In 20 invented cohorts, \d+\s% to \d+\s% of the mentees have a mentor\.", page)
        assert "of 20 mentees have a mentor." in page
        assert "Each mentor takes one mentee more" in page
        assert "Show their names" not in page
        assert 'value="20"' in answer.html

    def test_it_needs_nobody_and_takes_few_queries(self, desk):
        desk.do(PAIRING, "forecast_invented", **HEADS)
        with CaptureQueriesContext(connection) as captured:
            desk.do(PAIRING, "forecast_invented", **HEADS)
        assert len(captured) < 30

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            ({"mentors": 0}, "Mentors: Give a whole number from 1 to 5000."),
            ({"mentees": 5001}, "Mentees: Give a whole number from 1 to 5000."),
            ({"mentees": "many"}, "Mentees: Give a whole number from 1 to 5000."),
            ({"capacity": "0.5"}, "Mentees for each mentor, on average: Give a number from 1 to 5"),
            ({"languages": 7}, "Working languages: Give a whole number from 1 to 6."),
            ({"departments": ""}, "Departments: Give a whole number from 1 to 50."),
        ],
    )
    def test_numbers_that_cannot_be_used_are_refused_and_stay(self, desk, sent, sentence):
        answer = desk.do(PAIRING, "forecast_invented", **{**HEADS, "sites": 3, **sent})
        assert answer.status == 422
        assert sentence in text_of(answer.html)
        assert "Everything you entered is still here." in answer.html
        assert 'value="3"' in answer.html

    def test_the_form_begins_with_what_is_usual(self):
        initial = {name: float(field.initial) for name, field in desk_forecast.HeadsForm().fields.items()}
        assert initial == vars(Heads(mentors=40, mentees=60))

    def test_a_number_box_gets_its_number_in_every_language(self, desk):
        desk.client.cookies["django_language"] = "de"
        assert 'value="1.5"' in desk.do(PAIRING, "open_desk_page", page="forecast").html
        assert 'value="1.5"' in desk.do(PAIRING, "forecast_invented", **HEADS).html


class TestWhatThePointsDo:
    def test_pairs_with_their_points_under_both_weights(self, desk):
        ready_mentor(), ready_mentee()
        answer = desk.do(PAIRING, "try_points", **{**SHARES, "cover": 50, "department": 10})
        page = text_of(answer.html)
        assert "With these weights the same pairs would be proposed." in page
        assert "Tomasz Nowak Margaret Oduya the author's" in page
        assert re.search(r"the author's (\d+ ){4}500 0 0 tried (\d+ ){4}1000 0 0", page)
        assert "the author enters them in Studio" in page
        assert 'value="10"' in answer.html

    def test_pairs_that_would_not_be_made_are_marked(self, desk):
        ready_mentor("Tomasz", "Nowak", topics=["1.2"], department="Law")
        ready_mentor("Aiko", "Tanaka", topics=["4.1"], department="Sales")
        for mentor in ("Tomasz", "Aiko"):
            topics, department = (["1.2"], "Law") if mentor == "Tomasz" else (["4.1"], "Sales")
            ready_mentee("Grace", mentor, topics=topics, department=department)
        none = dict.fromkeys(SHARES, 0)
        set_up(**{f"share_{name}": part for name, part in {**none, "queue": 0, "cover": 100}.items()})
        page = text_of(desk.do(PAIRING, "try_points", **{**none, "department": 100}).html)
        assert "Of 2 pairs that would be proposed, 2 would be others with these weights." in page
        assert page.count("not made") == 2

    def test_who_has_waited_cannot_be_told(self, desk):
        """Points for waiting, taken alone, would show whose offer somebody has declined."""
        mentor, mentee = ready_mentor(), ready_mentee()
        pages = []
        for waited in (0, 1):
            Participant.objects.filter(pk__in=[mentor.pk, mentee.pk]).update(rounds_waited=waited)
            pages.append(text_of(desk.do(PAIRING, "try_points", **{**SHARES, "style": 0}).html))
        assert pages[0] == pages[1]

    def test_the_form_begins_with_the_authors_weights(self, desk):
        set_up(share_cover=33)
        page = desk.do(PAIRING, "open_desk_page", page="forecast").html
        assert re.search(r'name="cover"\s+type="number"\s+value="33"', page)

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            ({"cover": 61}, "With 8 for having waited these are 101 percent. Lower this or another: 100 is the limit."),
            (dict.fromkeys(SHARES, 0), "Give this or another more than 0."),
            ({"cover": -1}, "Points for needs that the mentor covers: Give a whole number from 0 to 100."),
            ({"site": "x"}, "Points for different sites: Give a whole number from 0 to 100."),
            ({"site": ""}, "Points for different sites: Give a whole number from 0 to 100."),
        ],
    )
    def test_weights_that_cannot_be_are_refused_in_words_and_stay(self, desk, sent, sentence):
        ready_mentor(), ready_mentee()
        answer = desk.do(PAIRING, "try_points", **{**SHARES, **sent})
        assert answer.status == 422
        assert sentence in text_of(answer.html)
        if "cover" in sent:
            assert f'value="{sent["cover"]}"' in answer.html

    def test_what_was_typed_stays_when_nobody_is_ready(self, desk):
        answer = desk.do(PAIRING, "try_points", **{**SHARES, "cover": 41})
        assert answer.status == 409
        assert 'value="41"' in answer.html
