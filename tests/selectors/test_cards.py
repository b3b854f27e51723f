"""Who has a card, in which order, and what it does not tell."""

from dataclasses import fields
from datetime import date, timedelta

import factories
import pytest
from django.utils import timezone

from reverse_mentoring_xblock.domain.cards import PAGE
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import PairingState, ParticipantState
from reverse_mentoring_xblock.domain.unnamed import FEWEST
from reverse_mentoring_xblock.models import Avoided, DeclaredConflict, Participant, Programme, Veto, Wish
from reverse_mentoring_xblock.selectors.cards import CardRow, cards_page
from reverse_mentoring_xblock.selectors.participants import participant_of
from reverse_mentoring_xblock.selectors.waiting import waiting_place

pytestmark = pytest.mark.django_db
RULES = PairingRules(require_training=False, require_assessment=False)
TODAY = date(2026, 11, 27)


@pytest.fixture
def mentee():
    return factories.mentee(topics=("1.2", "4.1"), manager="boss")


def page_of(person, number=1, rules=RULES):
    row = participant_of(factories.PLACE, person.user_id)
    return cards_page(factories.PLACE, row, rules, number, TODAY)


def uuids(page):
    return [card.uuid for card in page.cards]


def ids(person, rules=RULES):
    return set(uuids(page_of(person, rules=rules)))


class TestWhoHasACard:
    def test_those_of_the_other_role_who_are_ready(self, mentee):
        ready = factories.mentor()
        factories.mentee()
        factories.mentor(ParticipantState.PAUSED)
        factories.mentor(ParticipantState.WITHDRAWN)
        factories.mentor(ParticipantState.JOINED)
        factories.mentor(place=factories.Place(factories.COURSE, "other"))
        factories.pairing(factories.mentor())
        assert ids(mentee) == {str(ready.uuid)}

    def test_a_mentor_sees_mentees(self, mentee):
        assert ids(factories.mentor()) == {str(mentee.uuid)}

    @pytest.mark.parametrize(
        "facts",
        [
            {"level": 6},
            {"languages": ["pt"]},
            {"windows": [[5, 540, 900]]},
            {"mode": "onsite", "site": "Nairobi"},
        ],
    )
    def test_the_rules_about_what_a_card_shows_take_it_away(self, mentee, facts):
        factories.mentor(**facts)
        assert not ids(mentee)

    @pytest.mark.parametrize(
        ("facts", "off"),
        [
            ({"languages": ["pt"]}, {"same_language": False}),
            ({"mode": "onsite", "site": "Nairobi"}, {"way_of_meeting": False}),
        ],
    )
    def test_a_rule_that_the_author_turned_off_takes_no_card_away(self, mentee, facts, off):
        factories.mentor(**facts)
        assert ids(mentee, PairingRules(require_training=False, require_assessment=False, **off))

    def test_whoever_was_offered_before_has_none(self, mentee):
        mentor = factories.mentor()
        factories.pairing(mentor, mentee, PairingState.ENDED, closed_at=timezone.now())
        assert not ids(mentee)
        again = PairingRules(require_training=False, require_assessment=False, past_partner=False)
        assert ids(mentee, again) == {str(mentor.uuid)}


class TestWhatNobodyLearns:
    """A card stays whatever anybody has confided, so that nobody can find out by looking at which cards go."""

    def confide(self, mentee, mentor):
        """One after the other, everything that keeps the two apart and is nobody's business."""
        yield Veto.objects.create(participant=mentor, person=mentee.user.username)
        yield Veto.objects.create(participant=mentee, person=mentor.user.username)
        yield DeclaredConflict.objects.create(programme=mentor.programme, mentor=mentor, mentee=mentee)
        yield Participant.objects.filter(pk=mentor.pk).update(manager="boss")
        yield Participant.objects.filter(pk=mentor.pk).update(manager=mentee.user.username)
        yield Participant.objects.filter(pk=mentee.pk).update(manager=mentor.user.username)

    def test_both_sides_see_the_same_pages_as_before(self, mentee):
        mentor = factories.mentor()
        for _ in range(3):
            factories.mentor(level=3)
            factories.mentee()
        before = page_of(mentee), page_of(mentor)
        for _said in self.confide(mentee, mentor):
            assert (page_of(mentee), page_of(mentor)) == before

    def test_whoever_is_passed_over_sees_no_difference(self, mentee):
        mentor = factories.mentor()
        before = page_of(mentee)
        Avoided.objects.create(participant=mentor, avoided=mentee)
        assert page_of(mentee) == before
        assert not page_of(mentor).cards

    def test_a_card_has_no_field_for_what_it_must_not_tell(self):
        told = {field.name for field in fields(CardRow)}
        assert told == {"uuid", "number", "name", "place", "topics", "languages", "minutes", "style", "rank"}

    def test_without_names_a_small_department_is_not_named(self, mentee):
        for number in range(FEWEST):
            factories.mentor(department="Finance", site=f"Site {number}")
        for _ in range(FEWEST - 1):
            factories.mentor(department="Legal", site="Kraków")
        factories.mentor(department="Press", site="Łódź")
        assert sorted(card.place for card in page_of(mentee).cards) == [*[""] * 5, *["Finance"] * 5]

    def test_a_large_site_stands_for_small_departments(self, mentee):
        for _ in range(FEWEST):
            factories.mentor(site="Leeds")
        assert {card.place for card in page_of(mentee).cards} == {"Leeds"}

    def test_without_names_a_language_that_few_share_is_not_told(self, mentee):
        Participant.objects.filter(pk=mentee.pk).update(languages=["en", "pl"])
        for number in range(2 * FEWEST):
            factories.mentor(department="Finance", languages=["en", "pl"] if number == 3 else ["en"])
        assert {card.languages for card in page_of(mentee).cards} == {()}
        for _ in range(FEWEST - 1):
            factories.mentor(department="Finance", languages=["en", "pl"])
        assert {card.languages for number in (1, 2) for card in page_of(mentee, number).cards} == {
            ("en",),
            ("en", "pl"),
        }

    def test_only_shared_topics_and_languages_are_told(self, mentee):
        for _ in range(FEWEST):
            factories.mentor(topics=("1.2", "2.4", "5.1"), languages=["en", "pl"])
        for card in page_of(mentee).cards:
            assert (card.topics, card.languages, card.name) == (("1.2",), ("en",), "")

    def test_names_come_with_department_and_site_when_the_coordinator_allows_it(self, mentee):
        priya = {"account": factories.user("Priya", "Raman"), "style": {"planning": 1}}
        factories.mentor(department="Networks", site="Leeds", **priya)
        assert not page_of(mentee).has_names
        assert page_of(mentee).cards[0].style == {"planning": 1}
        Programme.objects.update(names_shown_at=timezone.now())
        (card,) = page_of(mentee).cards
        assert (card.name, card.place) == ("Priya Raman", "Networks, Leeds")
        assert card.style == {}, "how somebody likes to work is told without their name or not at all"


class TestOrder:
    def test_what_matters_most_comes_first(self, mentee):
        mentee.interests.filter(competence="4.1").update(weight=3)
        some, most, none, both = (
            factories.mentor(topics=topics) for topics in (["1.2"], ["4.1"], ["5.1"], ["1.2", "4.1"])
        )
        assert uuids(page_of(mentee)) == [str(one.uuid) for one in (both, most, some, none)]

    def test_ties_stand_in_an_order_of_each_readers_own(self, mentee):
        for _ in range(8):
            factories.mentor()
        orders = {tuple(uuids(page_of(reader))) for reader in [mentee, *(factories.mentee() for _ in range(5))]}
        assert len(orders) > 1
        assert uuids(page_of(mentee)) == uuids(page_of(mentee))

    def test_pages_hold_everybody_once(self, mentee):
        everybody = {str(factories.mentor().uuid) for _ in range(2 * PAGE + 3)}
        pages = [page_of(mentee, number) for number in (1, 2, 3, 4)]
        assert [len(page.cards) for page in pages] == [PAGE, PAGE, 3, 0]
        assert [page.has_more for page in pages] == [True, True, False, False]
        assert {uuid for page in pages for uuid in uuids(page)} == everybody


class TestOwnWishes:
    def test_wishes_stand_by_rank_whatever_page_is_open(self, mentee):
        mentors = [factories.mentor(topics=["5.1"]) for _ in range(PAGE + 2)]
        Wish.objects.create(participant=mentee, wished=mentors[0], rank=2)
        Wish.objects.create(participant=mentee, wished=mentors[1], rank=1)
        for number in (1, 2):
            page = page_of(mentee, number)
            assert [(card.uuid, card.rank) for card in page.wishes] == [
                (str(mentors[1].uuid), 1),
                (str(mentors[0].uuid), 2),
            ]

    def test_a_card_passed_over_is_among_those_alone(self, mentee):
        kept, passed = factories.mentor(), factories.mentor()
        Avoided.objects.create(participant=mentee, avoided=passed)
        page = page_of(mentee)
        assert uuids(page) == [str(kept.uuid)]
        assert [card.uuid for card in page.passed_over] == [str(passed.uuid)]


def test_the_number_of_queries_is_the_same_for_many_people(mentee, django_assert_max_num_queries):
    for people in (3, 60):
        for _ in range(people):
            Wish.objects.filter(participant=mentee).delete()
            Wish.objects.create(participant=mentee, wished=factories.mentor(), rank=1)
        row = participant_of(factories.PLACE, mentee.user_id)
        with django_assert_max_num_queries(6):
            cards_page(factories.PLACE, row, RULES, 2, TODAY)


class TestWaiting:
    def place_of(self, person):
        return waiting_place(factories.PLACE, participant_of(factories.PLACE, person.user_id))

    def test_who_has_waited_longest_is_first_then_who_signed_up_first(self, django_assert_num_queries):
        now = timezone.now()
        facts = [(1, 3), (2, 1), (1, 5), (2, 4)]
        people = [
            factories.mentee(rounds_waited=rounds, signed_up_at=now - timedelta(days=days)) for rounds, days in facts
        ]
        factories.mentee()
        factories.mentor(rounds_waited=3)
        factories.mentee(ParticipantState.PAUSED, rounds_waited=3)
        factories.pairing(factories.mentor(), factories.mentee(rounds_waited=3), PairingState.OFFERED)
        assert [self.place_of(person).place for person in people] == [4, 2, 3, 1]
        row = participant_of(factories.PLACE, people[0].user_id)
        with django_assert_num_queries(1):
            assert waiting_place(factories.PLACE, row).people == 4

    def test_two_who_signed_up_at_the_same_moment_have_two_places(self):
        now = timezone.now()
        people = [factories.mentor(rounds_waited=1, signed_up_at=now) for _ in range(2)]
        assert [self.place_of(person).place for person in people] == [1, 2]

    @pytest.mark.parametrize("facts", [{}, {"state": ParticipantState.PAUSED, "rounds_waited": 1}])
    def test_nobody_else_has_a_place(self, facts):
        assert self.place_of(factories.mentee(**facts)) is None

    def test_somebody_with_a_partner_has_none(self):
        pair = factories.pairing(mentee_row=factories.mentee(rounds_waited=1))
        assert self.place_of(pair.mentee) is None
