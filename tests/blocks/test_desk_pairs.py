"""The desk's pages "pairs" and "history", over HTTP."""

import ast
import csv
import io
import re
import uuid
from datetime import timedelta
from pathlib import Path

import factories
import pytest
from callers import Browser
from django.utils import timezone

import reverse_mentoring_xblock
from reverse_mentoring_xblock.domain.states import PairingState, ParticipantState
from reverse_mentoring_xblock.models import AuditEntry, Avoided, Pairing
from reverse_mentoring_xblock.services.deciding import accept, decline, end_pairing
from reverse_mentoring_xblock.services.withdrawing import withdraw
from reverse_mentoring_xblock.shell.sentences.history import BY_ITSELF, HIDDEN, SENTENCES
from reverse_mentoring_xblock.standalone.models import ReceivedEvent

PAIRING = "reverse_mentoring_pairing"
pytestmark = pytest.mark.usefixtures("course")
PLACE = factories.PLACE


@pytest.fixture
def boss():
    account = factories.coordinator(first_name="Wanjiru", last_name="Kamau")
    browser = Browser(account)
    browser.do(PAIRING, "open_desk_page", page="pairs")
    return browser


def assessed(person):
    """Through the gates of the example course."""
    from casts import assessed as handed_in

    return handed_in(factories.trained(person))


def named_pair(state=PairingState.ACTIVE, **facts):
    return factories.pairing(
        assessed(factories.mentor(account=factories.user("Tomasz", "Nowak"))),
        assessed(factories.mentee(account=factories.user("Margaret", "Oduya"))),
        state,
        **facts,
    )


def offer(days=5, **facts):
    return named_pair(PairingState.OFFERED, answer_by=timezone.now() + timedelta(days=days), **facts)


def events():
    return list(ReceivedEvent.objects.order_by("pk").values_list("name", flat=True))


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


class TestTheList:
    def test_it_says_who_and_how_it_stands(self, boss):
        named_pair()
        page = boss.see(PAIRING)
        assert "Tomasz Nowak" in page
        assert "Offers and pairs: 1 to 1 of 1" in page

    def test_nothing_tells_who_has_answered(self, boss):
        made = offer()
        seen = boss.do(PAIRING, "show_pairs").html, boss.do(PAIRING, "open_pair", pairing=made.uuid).html
        accept(PLACE, made.mentor.user_id, made.uuid)
        assert (boss.do(PAIRING, "show_pairs").html, boss.do(PAIRING, "open_pair", pairing=made.uuid).html) == seen

    def test_a_veto_or_an_avoid_list_leaves_no_trace(self, boss):
        made = named_pair()
        before = boss.do(PAIRING, "open_pair", pairing=made.uuid).html
        Avoided.objects.create(participant=made.mentor, avoided=made.mentee)
        assert boss.do(PAIRING, "open_pair", pairing=made.uuid).html == before

    def test_it_narrows_and_searches_and_keeps_both_on_the_page(self, boss):
        named_pair()
        factories.pairing(state=PairingState.OFFERED, answer_by=timezone.now() + timedelta(days=1))
        html = boss.do(PAIRING, "show_pairs", shown="active", search="nowak").html
        assert "1 to 1 of 1" in html
        assert 'value="nowak"' in html
        assert '<option value="active" selected>Active pairs (1)' in html
        assert "No pair is like that" in boss.do(PAIRING, "show_pairs", search="nobody").html

    def test_what_was_looked_for_gets_the_focus(self, boss):
        pair = offer()
        listed = boss.do(PAIRING, "show_pairs", shown="all", search="Nowak").html
        assert re.findall(r'aria-label="([^"]+)" data-rm-focus', listed) == ["Offers and pairs: 1 to 1 of 1"]
        boss.do(PAIRING, "open_pair", pairing=pair.uuid)
        mentors = boss.do(PAIRING, "find_mentor", search="").html
        assert re.findall(r"data-rm-focus>([^<]+)", mentors) == [
            "Nobody with room fits the mentee now. Try another name, or end the pair and let the next round look."
        ]

    def test_a_flagged_pair_is_pointed_out_on_every_page_of_the_desk(self, boss):
        named_pair(conflict="shared_manager")
        for page in ("round", "people", "pairs", "history"):
            assert "1 to look at" in text(boss.do(PAIRING, "open_desk_page", page=page).html)
        html = boss.do(PAIRING, "open_desk_page", page="pairs").html
        assert "1 pair needs a look." in html
        assert "manager" not in text(html).lower()

    def test_every_kind_of_flag_reads_the_same(self, boss):
        made = named_pair(conflict="shared_manager")
        one = boss.do(PAIRING, "open_pair", pairing=made.uuid).html
        for code in ("reporting_line", "conflict", "same_person"):
            Pairing.objects.update(conflict=code)
            assert boss.do(PAIRING, "open_pair", pairing=made.uuid).html == one
        assert "these two may now be in one reporting line or otherwise too close" in one

    @pytest.mark.parametrize(
        ("handler", "sent"),
        [
            ("show_pairs", {"shown": "x"}),
            ("show_pairs", {"page": "0"}),
            ("show_pairs", {"search": "x" * 101}),
            ("open_pair", {"pairing": "x"}),
            ("extend_offer", {"pairing": "x", "days": "3", "seen": "x"}),
            ("extend_offer", {"pairing": str(uuid.uuid4()), "days": "400", "seen": "2027-01-01"}),
            ("hand_over", {"pairing": str(uuid.uuid4()), "mentor": ""}),
            ("pause_for", {"participant": "\x00"}),
            ("turn_history_page", {"page": "x"}),
        ],
    )
    def test_what_cannot_be_read_is_refused_in_words(self, boss, handler, sent):
        answer = boss.do(PAIRING, handler, **sent)
        assert answer.status == 422
        assert answer.said


class TestDeciding:
    @pytest.mark.parametrize(
        ("handler", "make", "event"),
        [
            ("withdraw_offer", offer, "offer_withdrawn"),
            ("end_for_both", named_pair, "ended_for_both"),
            ("part_pair", named_pair, "parted"),
        ],
    )
    def test_each_way_to_end_it_says_what_it_did_once(self, boss, handler, make, event):
        made = make()
        boss.do(PAIRING, "open_pair", pairing=made.uuid)
        first, again = (boss.do(PAIRING, handler, pairing=made.uuid) for _ in range(2))
        assert (first.status, again.status) == (200, 200)
        assert again.said == "That was settled before. Nothing was changed now."
        assert events() == [f"reverse_mentoring.pairing.{event}"]
        assert "Tomasz" not in first.html
        page = Browser(made.mentee.user).see(PAIRING)
        assert "Nobody is asked for a reason" in page
        assert "Wanjiru" not in page

    def test_an_offer_gets_more_days(self, boss):
        made = offer(1)
        page = boss.do(PAIRING, "open_pair", pairing=made.uuid).html
        seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
        for _ in range(2):
            answer = boss.do(PAIRING, "extend_offer", pairing=made.uuid, days="3", seen=seen)
            assert answer.said == "The offer waits longer. Both see the new day."
        before = made.answer_by
        made.refresh_from_db()
        assert made.answer_by == before + timedelta(days=3)
        assert events() == ["reverse_mentoring.pairing.offer_extended"]

    def test_an_offer_that_both_took_meanwhile_is_not_withdrawn(self, boss):
        made = offer()
        boss.do(PAIRING, "open_pair", pairing=made.uuid)
        for person in (made.mentor, made.mentee):
            accept(PLACE, person.user_id, made.uuid)
        answer = boss.do(PAIRING, "withdraw_offer", pairing=made.uuid)
        assert answer.status == 409
        assert "Both have accepted meanwhile" in answer.html
        assert "End this pair" in answer.html

    def test_a_mentee_is_handed_over_to_somebody_found_by_name(self, boss):
        made = named_pair()
        other = assessed(factories.mentor(account=factories.user("Ines", "Duarte")))
        boss.do(PAIRING, "open_pair", pairing=made.uuid)
        found = boss.do(PAIRING, "find_mentor", search="ines")
        assert "Ines Duarte" in found.html
        assert "Nobody with room fits" in boss.do(PAIRING, "find_mentor", search="nobody").html
        answer = boss.do(PAIRING, "hand_over", pairing=made.uuid, mentor=other.uuid)
        assert answer.said.startswith("The pair has ended, and the other mentor is offered.")
        assert "Ines Duarte could be your mentor." in Browser(made.mentee.user).see(PAIRING)
        assert events() == ["reverse_mentoring.pairing.handed_over"]

    def test_a_hand_over_that_a_rule_forbids_leaves_everything_as_it_was(self, boss):
        made, other = named_pair(), factories.mentor(languages=["pt"])
        boss.do(PAIRING, "open_pair", pairing=made.uuid)
        boss.do(PAIRING, "find_mentor", search="")
        answer = boss.do(PAIRING, "hand_over", pairing=made.uuid, mentor=other.uuid)
        assert answer.status == 409
        assert "The pair goes on as it was." in answer.html
        assert "Hand Margaret Oduya over" in answer.html

    def test_somebody_is_paused_on_their_behalf(self, boss):
        made = named_pair()
        page = boss.do(PAIRING, "open_pair", pairing=made.uuid).html
        assert "Pause Tomasz Nowak" in page
        page = boss.do(PAIRING, "pause_for", participant=made.mentor.uuid).html
        assert "Let Tomasz Nowak take part again" in page
        made.mentor.refresh_from_db()
        assert made.mentor.state == ParticipantState.PAUSED
        boss.do(PAIRING, "resume_for", participant=made.mentor.uuid)
        assert events() == ["reverse_mentoring.pairing.paused_for", "reverse_mentoring.pairing.resumed_for"]

    def test_a_pair_that_is_over_meanwhile_leads_back_to_the_list(self, boss):
        made = named_pair()
        boss.do(PAIRING, "open_pair", pairing=made.uuid)
        end_pairing(PLACE, made.mentor.user_id, made.uuid)
        assert "No offer is open and no pair is active." in boss.see(PAIRING)


class TestDeclining:
    def test_whoever_declines_may_say_why_and_nobody_finds_it_with_the_pair(self, boss):
        for number in range(5):
            made = factories.pairing(state=PairingState.OFFERED)
            page = Browser(made.mentee.user).see(PAIRING)
            assert "Counted for the coordinators without your name, from five on." in page
            assert "There is nothing to show yet." in boss.do(PAIRING, "open_desk_page", page="pairs").html, number
            Browser(made.mentee.user).do(PAIRING, "decline", pairing=str(made.uuid), why="time")
        html = text(boss.do(PAIRING, "open_desk_page", page="pairs").html)
        assert "Declined offers, counted in steps of five: 5." in html
        assert "I do not have the time 5" in html

    def test_a_reason_that_is_none_is_refused(self):
        made = factories.pairing(state=PairingState.OFFERED)
        answer = Browser(made.mentee.user).do(PAIRING, "decline", pairing=str(made.uuid), why="age")
        assert answer.status == 422
        made.refresh_from_db()
        assert made.state == PairingState.OFFERED


class TestTheEndOfAnOffer:
    def test_both_see_until_when_it_waits(self):
        made = offer(3)
        page = Browser(made.mentee.user).see(PAIRING)
        assert re.search(r"Please answer by [A-Z]\w+day \d+ \w+, \d\d:\d\d, in 3 days\.", page)
        home = Browser(made.mentee.user).see("reverse_mentoring")
        assert re.search(r"Please answer by [A-Z]\w+day \d+ \w+, \d\d:\d\d, in 3 days: accept or decline", home)
        accept(PLACE, made.mentee.user_id, made.uuid)
        assert "The offer waits until" in Browser(made.mentee.user).see(PAIRING)
        assert "The offer waits until" in Browser(made.mentee.user).see("reverse_mentoring")

    def test_afterwards_the_pages_and_the_answer_say_that_it_is_over(self):
        made = offer(-0.01)
        page = Browser(made.mentee.user).see(PAIRING)
        assert "A pairing that was offered to you will not go ahead" in page
        assert "Tomasz" not in page
        answer = Browser(made.mentee.user).do(PAIRING, "accept", pairing=str(made.uuid))
        assert answer.status == 409
        assert "The time to answer this offer is over" in answer.html
        assert "Tomasz" not in Browser(made.mentee.user).see("reverse_mentoring_journal")

    def test_a_held_offer_says_who_has_to_act(self):
        made = offer(3, conflict="reporting_line")
        page = Browser(made.mentee.user).see(PAIRING)
        assert "Your coordinator looks at it first" in page
        assert 'accept"' not in page
        assert "Your coordinator looks at your offer" in Browser(made.mentee.user).see("reverse_mentoring")
        answer = Browser(made.mentee.user).do(PAIRING, "accept", pairing=str(made.uuid))
        assert answer.status == 409
        assert "your coordinator looks at it first" in answer.html


AN_ACT = re.compile(r"(pairing|request|circle|conflict|names|roster)\.[a-z_]+")
PACKAGE = Path(reverse_mentoring_xblock.__file__).parent


def acts_in_the_code():
    """Every text in a service that is built like the name of an act."""
    for path in (PACKAGE / "services").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and AN_ACT.fullmatch(node.value):
                yield node.value


class TestHistory:
    def test_every_act_has_a_sentence_or_is_hidden_on_purpose(self):
        acts = set(acts_in_the_code())
        assert {"pairing.released", "pairing.declined", "pairing.paused_for"} <= acts
        assert acts == SENTENCES.keys() | HIDDEN
        assert not SENTENCES.keys() & HIDDEN
        assert SENTENCES.keys() >= BY_ITSELF

    def test_it_says_who_did_what(self, boss):
        made = named_pair()
        boss.do(PAIRING, "end_for_both", pairing=made.uuid)
        html = boss.do(PAIRING, "open_desk_page", page="history").html
        assert "Wanjiru Kamau" in html
        assert "Ended the pair of Tomasz Nowak and Margaret Oduya." in html

    def test_what_the_two_do_is_not_in_it_and_neither_is_when(self, boss):
        before = text(boss.do(PAIRING, "open_desk_page", page="history").html)
        accept(PLACE, (one := offer()).mentor.user_id, one.uuid)
        decline(PLACE, one.mentee.user_id, one.uuid)
        two = factories.pairing()
        end_pairing(PLACE, two.mentee.user_id, two.uuid)
        withdraw(PLACE, two.mentor.user_id)
        assert AuditEntry.objects.count() == 4
        assert text(boss.do(PAIRING, "open_desk_page", page="history").html) == before
        file = boss.do(PAIRING, "export_history", _method="get").html
        assert len(file.splitlines()) == 1

    def test_a_pair_that_became_active_is_in_it_without_names(self, boss):
        made = offer()
        for person in (made.mentor, made.mentee):
            accept(PLACE, person.user_id, made.uuid)
        html = text(boss.do(PAIRING, "open_desk_page", page="history").html)
        assert "by itself A pair became active." in html
        assert "Tomasz" not in html

    def test_every_sentence_can_be_said(self, boss):
        programme = factories.programme()
        for act in SENTENCES:
            AuditEntry.objects.create(programme=programme, act=act, facts={})
        html = boss.do(PAIRING, "open_desk_page", page="history").html
        assert html.count("<tr>") == len(SENTENCES) + 1
        assert "%(" not in html

    def test_what_a_word_on_a_pair_cost_reads_like_the_price_before_it(self, boss):
        facts = {"points": -1778}
        AuditEntry.objects.create(programme=factories.programme(), act="pairing.ruled_out", facts=facts)
        html = boss.do(PAIRING, "open_desk_page", page="history").html
        assert "Points of the proposal: \N{MINUS SIGN}1,778." in html

    def test_pages_of_fifty_newest_first(self, boss):
        programme = factories.programme()
        for number in range(60):
            AuditEntry.objects.create(programme=programme, act="pairing.lapsed", facts={"pairings": number + 2})
        first = text(boss.do(PAIRING, "open_desk_page", page="history").html)
        assert "page 1 of 2" in first
        assert "61 offers ended without an answer." in first
        last = text(boss.do(PAIRING, "turn_history_page", page=2).html)
        assert "2 offers ended without an answer." in last
        assert " 61 offers" not in last

    def test_the_file_has_the_same_lines(self, boss):
        made = named_pair()
        boss.do(PAIRING, "part_pair", pairing=made.uuid)
        file = boss.do(PAIRING, "export_history", _method="get").html
        (line,) = csv.DictReader(io.StringIO(file.lstrip("\ufeff")))
        assert line["who"] == "Wanjiru Kamau"
        assert line["act"] == "pairing.parted"
        assert line["what"].startswith("Ended the pair of Tomasz Nowak and Margaret Oduya")
        assert events()[-1] == "reverse_mentoring.pairing.history_exported"
