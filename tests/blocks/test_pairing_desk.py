import re
import uuid

import casts
import factories
import pytest
from callers import Browser, text_of
from studio_runtime import StudioRuntime

from reverse_mentoring_xblock.domain.states import PairingState, Role
from reverse_mentoring_xblock.models import Avoided, DeclaredConflict, LeftOut, MatchRun, Pairing, Veto
from reverse_mentoring_xblock.standalone.models import CourseNode, ReceivedEvent

PAIRING = "reverse_mentoring_pairing"
CERTIFIED = (
    "Certified: no other assignment matches more people or more of those who have waited, and none that matches as "
    "many of both scores higher."
)
pytestmark = pytest.mark.usefixtures("course")


@pytest.fixture
def desk():
    return Browser(factories.coordinator(first_name="Ingrid", last_name="Solheim"))


def ready_mentor(first_name="Tomasz", last_name="Nowak", **facts):
    return factories.trained(factories.mentor(account=factories.user(first_name, last_name), **facts))


def ready_mentee(first_name="Margaret", last_name="Oduya", **facts):
    person = factories.mentee(account=factories.user(first_name, last_name), **facts)
    return casts.assessed(factories.trained(person))


def run():
    return str(MatchRun.objects.get(open_slot=1).uuid)


def people_page(desk):
    return desk.do(PAIRING, "open_desk_page", page="people").html


class TestBeforeARound:
    def test_an_empty_programme_says_what_to_do(self, desk):
        page = desk.see(PAIRING)
        assert "Nobody is in the programme yet." in page
        assert "Propose pairs" not in page

    def test_one_side_alone_cannot_be_matched(self, desk):
        ready_mentor()
        page = desk.see(PAIRING)
        assert "Nobody can be matched yet. Ready now: mentors 1, mentees 0." in page
        assert "Propose pairs" not in page
        answer = desk.do(PAIRING, "propose")
        assert answer.status == 409
        assert "at least one mentor and one mentee who is ready" in answer.html

    def test_the_roster_says_who_is_ready_and_what_the_others_need(self, desk):
        ready_mentor()
        factories.participant(Role.MENTEE, account=factories.user("Grace", "Whitmore"))
        page = people_page(desk)
        assert "Tomasz Nowak" in page
        assert "Training not passed, self-assessment not handed in, not signed up" in page

    def test_the_roster_never_shows_whom_somebody_keeps_apart_from_or_answers_to(self, desk):
        Veto.objects.create(participant=ready_mentor(manager="the-boss"), person="paolo")
        page = people_page(desk)
        assert "paolo" not in page
        assert "the-boss" not in page

    def test_the_roster_comes_in_pages(self, desk):
        for number in range(51):
            factories.participant(Role.MENTEE, account=factories.user("Ada", f"Name{number:03d}"))
        assert "1 to 50 of 51" in people_page(desk)
        answer = desk.do(PAIRING, "turn_roster_page", page=2)
        assert answer.status == 200
        assert "51 to 51 of 51" in answer.html
        assert "Ada Name050" in desk.see(PAIRING)
        assert "1 to 50" in desk.do(PAIRING, "turn_roster_page", page=1).html
        assert desk.do(PAIRING, "turn_roster_page", page=99999).status == 200

    @pytest.mark.parametrize("page", ["", "x", "0", "-1", 10**30, "\x00"])
    def test_a_page_that_is_none_is_refused(self, desk, page):
        assert desk.do(PAIRING, "turn_roster_page", page=page).status == 422


class TestThePageOfPeople:
    def test_what_changes_the_roster_stands_above_a_list_of_fifty(self, desk):
        ready_mentor()
        page = people_page(desk)
        parts = ("Roster file", "Conflicts of interest", "Names on the cards", "Find people", "Everybody, by name")
        assert sorted(parts, key=page.index) == list(parts)


class TestPages:
    def test_the_page_that_is_open_stays_open_and_is_named(self, desk):
        assert 'value="round" aria-current="page"' in desk.see(PAIRING)
        assert 'value="people" aria-current="page"' in people_page(desk)
        assert 'value="people" aria-current="page"' in desk.see(PAIRING)

    def test_a_page_that_is_not_there_is_refused(self, desk):
        assert desk.do(PAIRING, "open_desk_page", page="secrets").status == 422


class TestARound:
    def test_propose_look_release(self, desk):
        ready_mentor(), ready_mentee()
        ready_mentor("Sofía", "Herrera", languages=["pt"])
        answer = desk.do(PAIRING, "propose")
        assert answer.said == "1 pair is proposed. Nobody is told until you release it."
        assert "Tomasz Nowak" in answer.html
        assert "The mentor covers" in answer.html
        assert CERTIFIED in answer.html
        assert "stands in the way is language" in answer.html
        assert "Proposed by Ingrid Solheim" in answer.html
        assert not Pairing.objects.exists()
        answer = desk.do(PAIRING, "release", run=run())
        assert answer.said == "1 pair is offered. Both people see it here and accept or decline."
        assert "1 mentee has an offer that waits for answers. The page “Pairs” shows where it stands." in answer.html
        assert Pairing.objects.get().state == PairingState.OFFERED
        assert "Offer is open" in people_page(desk)
        proposed, released = ReceivedEvent.objects.order_by("pk")
        assert {**proposed.data, "run": ""} == {
            "programme": "main",
            "run": "",
            "pairs": 1,
            "left_out": 1,
            "certified": True,
        }
        facts = {"programme": "main", "run": "", "pairs": 1, "dropped": 0, "closed": True}
        assert {**released.data, "run": ""} == facts

    def test_a_proposal_is_told_to_nobody_in_it(self, desk):
        mentor, mentee = ready_mentor(), ready_mentee()
        desk.do(PAIRING, "propose")
        for person, other in ((mentor, "Margaret"), (mentee, "Tomasz")):
            assert other not in Browser(person.user).see(PAIRING)

    def test_a_round_without_any_pair_says_why_and_can_only_be_discarded(self, desk):
        ready_mentor(languages=["pt"]), ready_mentee()
        answer = desk.do(PAIRING, "propose")
        assert "No pair is possible among the people who are ready now." in answer.html
        assert "Release" not in answer.html.split("Discard this proposal")[0]
        assert desk.do(PAIRING, "discard", run=run()).status == 200

    @pytest.mark.parametrize("others", [0, 1])
    def test_a_veto_reads_like_an_avoid_list_and_like_a_declared_conflict(self, desk, others):
        """On the desk, and in what is kept of the round; also beside people whom another rule keeps away."""
        mentor, mentee = ready_mentor(), ready_mentee()
        for _ in range(others):
            ready_mentor(languages=["pt"])
        told = []
        for said in (
            Veto(participant=mentor, person=mentee.user.username),
            Avoided(participant=mentee, avoided=mentor),
            DeclaredConflict(programme=mentor.programme, mentor=mentor, mentee=mentee),
        ):
            said.save()
            page = re.sub(r"\d{3,}|\d\d:\d\d", "", text_of(desk.do(PAIRING, "propose").html))
            told.append((page, list(LeftOut.objects.order_by("participant").values_list("participant", "reason"))))
            desk.do(PAIRING, "discard", run=run())
            LeftOut.objects.all().delete()
            said.delete()
        assert told[0] == told[1] == told[2]
        assert "Nobody who is free in this round fits. The next one may be different." in told[0][0]

    def test_discarding_tells_nobody(self, desk):
        ready_mentor(), ready_mentee()
        desk.do(PAIRING, "propose")
        sent = run()
        answer = desk.do(PAIRING, "discard", run=sent)
        assert answer.said == "The proposal is discarded. Nobody was told of it."
        assert "Propose pairs" in answer.html
        assert desk.do(PAIRING, "discard", run=sent).status == 200
        assert ReceivedEvent.objects.filter(name="reverse_mentoring.pairing.discarded").count() == 1

    def test_proposing_twice_keeps_the_first(self, desk):
        ready_mentor(), ready_mentee()
        desk.do(PAIRING, "propose")
        answer = desk.do(PAIRING, "propose")
        assert answer.status == 409
        assert "A proposal is open already" in answer.html
        assert "Release 1 pair" in answer.html

    def test_of_two_coordinators_one_releases_and_the_other_is_told(self, desk):
        ready_mentor(), ready_mentee()
        desk.do(PAIRING, "propose")
        sent = run()
        other = Browser(factories.coordinator())
        assert other.do(PAIRING, "release", run=sent).status == 200
        answer = desk.do(PAIRING, "release", run=sent)
        assert answer.status == 409
        assert (
            "This proposal was released meanwhile, by somebody else or in another window. Nothing was changed now. "
            "Look at the list as it is and decide again." in answer.html
        )
        assert desk.do(PAIRING, "discard", run=sent).status == 409
        assert Pairing.objects.count() == 1

    def test_releasing_twice_is_once(self, desk):
        ready_mentor(), ready_mentee()
        desk.do(PAIRING, "propose")
        sent = run()
        desk.do(PAIRING, "release", run=sent)
        again = desk.do(PAIRING, "release", run=sent)
        assert (again.status, again.said[:18]) == (200, "1 pair is offered.")
        assert ReceivedEvent.objects.filter(name="reverse_mentoring.pairing.released").count() == 1

    def test_pairs_that_do_not_hold_any_more_are_counted(self, desk):
        mentor, mentee = ready_mentor(), ready_mentee()
        desk.do(PAIRING, "propose")
        Veto.objects.create(participant=mentee, person=mentor.user.username)
        answer = desk.do(PAIRING, "release", run=run())
        assert "No pair is offered." in answer.said
        assert "1 proposed pair was left out: since then something about one of the two has changed." in answer.said

    @pytest.mark.parametrize("handler", ["release", "discard"])
    @pytest.mark.parametrize(
        ("sent", "status"),
        [({}, 422), ({"run": "x"}, 422), ({"run": "\x00"}, 422), ({"run": str(uuid.uuid4())}, 404)],
    )
    def test_a_proposal_that_is_none_is_refused(self, desk, handler, sent, status):
        factories.programme()
        answer = desk.do(PAIRING, handler, **sent)
        assert (answer.status, answer.region) == (status, "desk")
        assert answer.said

    @pytest.mark.parametrize("handler", ["propose", "release", "discard", "turn_roster_page"])
    def test_learners_have_no_desk(self, handler):
        mentor = ready_mentor()
        answer = Browser(mentor.user).do(PAIRING, handler, run=str(uuid.uuid4()), page=1)
        assert answer.status == 403
        assert "Tomasz" not in answer.html


class TestStudio:
    @pytest.mark.parametrize(
        ("setting", "sentence"),
        [
            ({"min_level_gap": 0}, "Levels between mentor and mentee: give a whole number from 1 to 9."),
            ({"min_level_gap": None}, "Levels between mentor and mentee"),
            ({"line_levels": 0}, "Reporting line: give a whole number from 1 to 5."),
            ({"min_shared_minutes": -1}, "Shared time: give whole minutes from 0 to 600."),
            ({"max_capacity": 6}, "Mentees for one mentor: give a whole number from 1 to 5."),
            ({"ground_rules": "  "}, "Ground rules: write at least one."),
            ({"ground_rules": "x" * 5001}, "Ground rules: use at most 5000 characters."),
        ],
    )
    def test_settings_that_cannot_be_used_are_refused_in_words(self, setting, sentence):
        block = StudioRuntime(factories.user()).block_of(CourseNode.objects.get(category=PAIRING))
        for name, value in setting.items():
            setattr(block, name, value)
        assert any(sentence in message.text for message in block.validate().messages)

    def test_a_setting_that_was_emptied_counts_as_its_default(self):
        block = StudioRuntime(factories.user()).block_of(CourseNode.objects.get(category=PAIRING))
        block.max_capacity = block.min_level_gap = None
        assert (block.rules.max_capacity, block.rules.min_level_gap) == (2, 1)

    def test_authors_see_the_first_step_of_sign_up(self):
        runtime = StudioRuntime(factories.user(), preview=True)
        html = runtime.block_of(CourseNode.objects.get(category=PAIRING)).render("author_view").body_html()
        assert "Your level" in html
        assert "Username or e-mail address of your manager" in html
