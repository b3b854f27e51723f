import uuid

import factories
import pytest
from callers import Browser
from django.utils import timezone

from reverse_mentoring_xblock.domain.states import PairingState, RunState
from reverse_mentoring_xblock.models import LeftOut, MatchRun, Pairing
from reverse_mentoring_xblock.standalone.models import Completion, ReceivedEvent

PAIRING = "reverse_mentoring_pairing"
pytestmark = pytest.mark.usefixtures("course")
REASON = {
    "topics": ["1.2", "4.1"],
    "wanted": 3,
    "minutes": 375,
    "other_department": True,
    "other_site": True,
    "level_gap": 4,
    "languages": ["en", "sv"],
}


@pytest.fixture
def offer():
    return factories.pairing(
        factories.trained(factories.mentor(account=factories.user("Tomasz", "Nowak"), site="Wrocław")),
        factories.mentee(account=factories.user("Margaret", "Oduya"), level=9),
        PairingState.OFFERED,
        reason=REASON,
    )


def events():
    return list(ReceivedEvent.objects.order_by("pk").values_list("name", flat=True))


def say(person, handler, pair):
    return Browser(person.user).do(PAIRING, handler, pairing=str(pair.uuid))


def own_part(person):
    return Browser(person.user).see(PAIRING).split('<section class="rm"')[1].split("</section>")[0]


class TestTheCard:
    def test_it_says_who_and_why_without_an_address_or_a_level(self, offer):
        page = Browser(offer.mentee.user).see(PAIRING)
        assert "Tomasz Nowak could be your mentor." in page
        assert "Wrocław" in page
        assert (
            "Your mentor can help with 2 of the 3 topics that you chose: Checking information, Protecting devices"
            in page
        )
        assert "You share at least 6 hours a week" in page
        assert "You both work in English, Swedish." in page
        assert "You work in different departments and at different sites." in page
        assert "You are not in one reporting line" in page
        assert offer.mentor.user.email not in page
        assert "level" not in page.split("could be your mentor")[1].split("</dl>")[0].lower()

    def test_the_mentor_reads_it_from_their_side(self, offer):
        page = Browser(offer.mentor.user).see(PAIRING)
        assert "Margaret Oduya could be your mentee." in page
        assert "You can help with 2 of the 3 topics that your mentee chose" in page

    def test_shared_time_below_an_hour_is_said_in_minutes(self, offer):
        Pairing.objects.update(reason={**REASON, "minutes": 45, "topics": []})
        page = Browser(offer.mentee.user).see(PAIRING)
        assert "You share at least 45 minutes a week" in page
        assert "can help with" not in page

    def test_nobody_learns_whether_the_other_has_answered(self, offer):
        before = own_part(offer.mentee)
        say(offer.mentor, "accept", offer)
        assert own_part(offer.mentee) == before


class TestAnswering:
    def test_the_first_yes_waits_for_the_second(self, offer):
        answer = say(offer.mentor, "accept", offer)
        assert answer.said == "You have accepted."
        assert "When Margaret Oduya has accepted as well" in answer.html
        assert "Say no after all" in answer.html
        assert events() == ["reverse_mentoring.pairing.accepted"]
        assert not Completion.objects.exists()

    def test_the_second_yes_completes_the_block_for_both(self, offer):
        say(offer.mentor, "accept", offer)
        answer = say(offer.mentee, "accept", offer)
        assert answer.said == "You have both accepted."
        assert "Your mentor" in answer.html
        assert offer.mentor.user.email in answer.html
        assert "Go to the journal" in answer.html
        done = Completion.objects.filter(completion=1.0).values_list("user_id", flat=True)
        assert set(done) == {offer.mentor.user_id, offer.mentee.user_id}
        assert [name for name in events() if ".pairing." in name] == [
            "reverse_mentoring.pairing.accepted",
            "reverse_mentoring.pairing.accepted",
            "reverse_mentoring.pairing.activated",
        ]
        assert offer.mentee.user.email in Browser(offer.mentor.user).see(PAIRING)

    def test_one_click_twice_is_one_yes(self, offer):
        say(offer.mentor, "accept", offer)
        assert say(offer.mentor, "accept", offer).status == 200
        assert events() == ["reverse_mentoring.pairing.accepted"]

    def test_a_no_is_not_explained_to_anybody(self, offer):
        answer = say(offer.mentee, "decline", offer)
        assert answer.said == "This pairing will not go ahead."
        other = Browser(offer.mentor.user).see(PAIRING)
        for page in (answer.html, other):
            assert "A pairing that was offered to you will not go ahead" in page
            assert "You are signed up for the next round" in page or "can only look for a partner" in page
            assert "declined" not in page
        assert "Margaret" not in other
        assert events() == ["reverse_mentoring.pairing.declined"]

    def test_a_yes_after_a_no_is_told_so(self, offer):
        say(offer.mentee, "decline", offer)
        answer = say(offer.mentor, "accept", offer)
        assert answer.status == 409
        assert "This pairing will not go ahead, so your answer was not needed" in answer.html

    def test_a_no_after_both_yeses_is_told_so(self, offer):
        say(offer.mentor, "accept", offer)
        say(offer.mentee, "accept", offer)
        answer = say(offer.mentor, "decline", offer)
        assert answer.status == 409
        assert "End this pairing" in answer.html
        assert Pairing.objects.get().state == PairingState.ACTIVE

    @pytest.mark.parametrize("handler", ["accept", "decline", "end_pairing"])
    def test_somebody_elses_pairing_is_not_there(self, offer, handler):
        for stranger in (factories.mentor(), factories.mentee()):
            assert say(stranger, handler, offer).status == 404
        offer.refresh_from_db()
        assert offer.state == PairingState.OFFERED

    @pytest.mark.parametrize("handler", ["accept", "decline", "end_pairing"])
    @pytest.mark.parametrize(
        ("sent", "status"), [({}, 422), ({"pairing": "x"}, 422), ({"pairing": "\x00"}, 422), ({"pairing": ""}, 422)]
    )
    def test_a_pairing_that_is_none_is_refused_in_words(self, offer, handler, sent, status):
        answer = Browser(offer.mentor.user).do(PAIRING, handler, **sent)
        assert answer.status == status
        assert answer.said
        assert Browser(offer.mentor.user).do(PAIRING, handler, pairing=str(uuid.uuid4())).status == 404


class TestTogether:
    def test_a_mentor_with_two_mentees_sees_both(self):
        mentor = factories.trained(factories.mentor(capacity=2))
        factories.pairing(mentor, factories.mentee(account=factories.user("Grace", "Whitmore")))
        Pairing.objects.create(
            programme=mentor.programme,
            mentor=mentor,
            mentee=factories.mentee(account=factories.user("Henrik", "Lindqvist")),
            mentor_slot=2,
            reason=REASON,
        )
        page = Browser(mentor.user).see(PAIRING)
        assert "Grace Whitmore makes the appointments" in page
        assert "Henrik Lindqvist could be your mentee." in page
        assert "room for one more" not in page

    def test_a_mentor_with_room_is_told_so(self):
        mentor = factories.trained(factories.mentor(capacity=2))
        factories.pairing(mentor)
        assert "You have room for one more mentee" in Browser(mentor.user).see(PAIRING)

    def test_ending_frees_both_without_a_reason(self):
        pair = factories.pairing(factories.trained(factories.mentor()))
        answer = say(pair.mentee, "end_pairing", pair)
        assert answer.said == "The pairing has ended."
        assert "Your pairing ended on" in answer.html
        assert "Your pairing ended on" in Browser(pair.mentor.user).see(PAIRING)
        assert say(pair.mentor, "end_pairing", pair).status == 200
        assert events() == ["reverse_mentoring.pairing.ended"]

    def test_an_offer_cannot_be_ended(self, offer):
        assert say(offer.mentor, "end_pairing", offer).status == 409

    def test_withdrawing_ends_it_for_the_other_as_well(self):
        pair = factories.pairing(factories.trained(factories.mentor()))
        Browser(pair.mentee.user).do(PAIRING, "withdraw")
        assert "Your pairing ended on" in Browser(pair.mentor.user).see(PAIRING)
        assert ReceivedEvent.objects.get(name__endswith="withdrawn").data == {"programme": "main", "pairings": 1}

    def test_a_pause_keeps_what_there_is(self):
        pair = factories.pairing()
        answer = Browser(pair.mentor.user).do(PAIRING, "pause")
        assert "Pairings that you have go on." in answer.html
        assert "makes the appointments" in answer.html


class TestWhatIsOpen:
    @pytest.mark.parametrize(
        ("handler", "sent", "words"),
        [("open_profile", {}, "What you said at sign-up"), ("open_step", {"step": "work"}, "Save changes")],
    )
    def test_what_was_said_at_sign_up_does_not_hide_an_offer(self, offer, handler, sent, words):
        Browser(offer.mentee.user).do(PAIRING, handler, **sent)
        page = own_part(offer.mentee)
        assert "Tomasz Nowak could be your mentor." in page
        assert page.index('value="' + str(offer.uuid)) < page.index(words)
        assert page.count('class="rm-go"') == 1, "answering comes first"

    def test_a_no_is_folded_and_says_that_it_is_final(self, offer):
        fold = own_part(offer.mentee).split("<summary>Decline</summary>")[1].split("</details>")[0]
        assert "not offered to each other again" in fold
        assert "cannot be taken back" in fold
        assert "Decline Tomasz Nowak as a partner" in fold


class TestNewsOfAnEnd:
    @pytest.mark.parametrize("state", ["signed_up", "paused"])
    def test_a_decline_is_news_on_both_pages_also_while_paused(self, offer, state):
        say(offer.mentor, "decline", offer)
        if state == "paused":
            Browser(offer.mentee.user).do(PAIRING, "pause")
        for block in (PAIRING, "reverse_mentoring"):
            assert "A pairing that was offered to you will not go ahead" in Browser(offer.mentee.user).see(block)
        assert ("You are in the next round." in own_part(offer.mentee)) is (state == "signed_up")

    def test_who_has_another_offer_is_not_told_of_the_last(self, offer):
        say(offer.mentor, "decline", offer)
        factories.pairing(factories.mentor(), offer.mentee, PairingState.OFFERED)
        assert "will not go ahead; this was settled" not in Browser(offer.mentee.user).see("reverse_mentoring")


class TestTheLastRound:
    def round(self, person, reason):
        run = MatchRun.objects.create(
            programme=person.programme,
            state=RunState.RELEASED,
            open_slot=None,
            decided_at=timezone.now(),
            seed=1,
            matched=0,
            total=0,
            bound=0,
            certified=True,
        )
        LeftOut.objects.create(run=run, participant=person, reason=reason)

    @pytest.mark.parametrize(
        ("reason", "sentence"),
        [
            ({"why": "no_partner", "rule": "language"}, "stands in the way is language"),
            ({"why": "no_partner", "rule": "hours"}, "stands in the way is time"),
            ({"why": "no_partner", "rule": "seniority_gap"}, "stands in the way is rank"),
            ({"why": "no_partner", "rule": "reporting_line"}, "is the reporting line"),
            ({"why": "no_partner", "rule": "shared_manager"}, "is a shared manager"),
            ({"why": "no_partner", "rule": "past_partner"}, "is an earlier round"),
            ({"why": "no_partner", "rule": ""}, "Nobody who is free in this round fits."),
            ({"why": "no_partner", "rule": "veto"}, "Nobody who is free in this round fits."),
            ({"why": "closed"}, "It was closed before you were offered anybody."),
            ({"why": "no_partner", "rule": "conflict"}, "Nobody who is free in this round fits."),
            ({"why": "competition", "sought": 5, "places": 2}, "mentors have 5 places for 2 mentees"),
            ({}, "Nobody who is free in this round fits."),
        ],
    )
    def test_those_left_out_read_why_in_words(self, reason, sentence):
        mentor = factories.trained(factories.mentor())
        self.round(mentor, reason)
        page = Browser(mentor.user).see(PAIRING)
        assert "had no partner for you." in page
        assert sentence in page
        assert "veto" not in page

    def test_a_newer_pairing_that_is_over_is_told_instead(self):
        pair = factories.pairing(factories.trained(factories.mentor()))
        self.round(pair.mentor, {})
        say(pair.mentor, "end_pairing", pair)
        page = Browser(pair.mentor.user).see(PAIRING)
        assert "Your pairing ended on" in page
        assert "had no partner for you" not in page

    def test_it_is_not_told_to_those_who_have_a_partner(self):
        pair = factories.pairing()
        self.round(pair.mentor, {})
        assert "had no partner for you" not in Browser(pair.mentor.user).see(PAIRING)
