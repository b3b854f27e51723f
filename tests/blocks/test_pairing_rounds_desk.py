"""The coordinator's desk while a round is worked out, and when there are two to choose from."""

import uuid
from datetime import timedelta

import casts
import factories
import pytest
from callers import Browser, text_of
from django.utils import timezone

from reverse_mentoring_xblock.domain.states import RunBasis, RunState
from reverse_mentoring_xblock.models import MatchRun, Pairing, Participant, Wish
from reverse_mentoring_xblock.services import starting
from reverse_mentoring_xblock.services.working import work_out
from reverse_mentoring_xblock.standalone.models import CourseNode, ReceivedEvent

PAIRING = "reverse_mentoring_pairing"
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("course")


@pytest.fixture
def desk():
    return Browser(factories.coordinator(first_name="Ingrid", last_name="Solheim"))


@pytest.fixture
def ready():
    """Two mentors and two mentees who wish for the mentor that the score does not give them."""
    mentors = [factories.trained(factories.mentor(topics=(code,))) for code in ("1.2", "4.1")]
    mentees = [
        casts.assessed(factories.trained(factories.mentee(topics=(code,), account=factories.user("Grace", name))))
        for code, name in (("1.2", "Whitmore"), ("4.1", "Oyelaran"))
    ]
    for mentee, wished in zip(mentees, reversed(mentors), strict=True):
        Wish.objects.create(participant=mentee, wished=wished, rank=1)
    return mentees


def searching(**facts):
    by = factories.coordinator(first_name="Tomasz", last_name="Nowak")
    return factories.asked(**{"proposed_by": by, "worker": "somebody", "phase": "scan", **facts})


def run(basis="score"):
    return str(MatchRun.objects.get(basis=basis, open_slot__isnull=False).uuid)


class TestWhileItIsWorkedOut:
    def test_the_page_says_what_is_done_since_when_and_by_whom_and_looks_again(self, desk, ready):
        searching(share=420, bound=4100)
        page = desk.see(PAIRING)
        said = text_of(page)
        assert "Pairs are being worked out, by score." in said
        assert "Looking through all pairs for a better one. 42 percent of this step is done." in said
        assert "All pairs together can have at most 4100 points" in said
        assert "Asked for by Tomasz Nowak: " in said
        assert 'data-rm-again="2"' in page
        assert "Look again" in said
        assert "Propose pairs" not in said

    def test_after_a_while_it_looks_less_often(self, desk, ready):
        searching()
        MatchRun.objects.update(created=timezone.now() - HOUR)
        assert 'data-rm-again="5"' in desk.see(PAIRING)

    @pytest.mark.parametrize(
        ("phase", "sentence"), [("", "It waits for its turn."), ("one of a later version", "Looking through all pairs")]
    )
    def test_every_step_has_words(self, desk, ready, phase, sentence):
        searching(phase=phase)
        assert sentence in desk.see(PAIRING)

    def test_reading_starts_nothing_and_a_look_does(self, desk, ready):
        round_ = searching(beat_at=timezone.now() - HOUR)
        desk.see(PAIRING)
        round_.refresh_from_db()
        assert (round_.worker, round_.tries) == ("somebody", 0)

    def test_a_look_is_told_nothing_until_something_has_come_of_it(self, desk, ready):
        round_ = factories.asked()
        answer = desk.do(PAIRING, "look_at_search", run=round_.uuid)
        assert (answer.status, answer.said) == (200, "")
        work_out(round_.pk)
        found = [desk.do(PAIRING, "look_at_search", run=round_.uuid) for _ in range(2)]
        assert found[0].said == "2 pairs are proposed. Nobody is told until you release them."
        assert "Release 2 pairs" in found[0].html
        assert ReceivedEvent.objects.filter(name="reverse_mentoring.pairing.proposed").count() == 1

    def test_a_large_round_is_announced_as_begun(self, desk, ready, monkeypatch):
        monkeypatch.setattr(starting, "AT_ONCE", 1)  # its thread begins when this test's transaction is over: never
        answer = desk.do(PAIRING, "propose", basis="wish")
        assert answer.said == "The search has begun. You may leave this page; it goes on without you."
        assert "Pairs are being worked out, by wishes first." in answer.html
        event = ReceivedEvent.objects.get()
        assert (event.name, event.data["basis"]) == ("reverse_mentoring.pairing.search_started", "wish")

    def test_cancelling(self, desk, ready):
        searching()
        sent = run()
        answer = desk.do(PAIRING, "cancel_search", run=sent)
        assert answer.said == "The search is cancelled. Nothing of it was kept, and nobody was told."
        assert "Propose pairs" in answer.html
        assert desk.do(PAIRING, "cancel_search", run=sent).status == 200
        assert ReceivedEvent.objects.filter(name="reverse_mentoring.pairing.search_cancelled").count() == 1
        late = desk.do(PAIRING, "look_at_search", run=sent)
        assert late.said == "Somebody has decided about this round meanwhile. Here is how things stand."

    def test_cancelling_what_is_found_already_keeps_it(self, desk, ready):
        desk.do(PAIRING, "propose")
        answer = desk.do(PAIRING, "cancel_search", run=run())
        assert answer.status == 409
        assert "The search was finished before you cancelled it." in answer.html
        assert "Release 2 pairs" in answer.html

    @pytest.mark.parametrize(
        ("code", "sentence"),
        [
            ("unproved", "could not be proved to be the best ones, so they were not kept"),
            ("lost", "The search was broken off three times, so it was given up."),
            ("nobody_to_match", "nobody was ready on one of the two sides any more"),
            ("broke", "The search stopped because of an error, and nothing of it was kept."),
        ],
    )
    def test_a_failure_is_said_with_what_to_do(self, desk, ready, code, sentence):
        searching(state=RunState.FAILED, phase=code)
        said = text_of(desk.see(PAIRING))
        assert sentence in said
        assert "Nobody was told of anything." in said
        assert "2 pairs are proposed" in desk.do(PAIRING, "propose", basis="score").said

    @pytest.mark.parametrize("handler", ["look_at_search", "cancel_search"])
    @pytest.mark.parametrize(("sent", "status"), [({}, 422), ({"run": "x"}, 422), ({"run": str(uuid.uuid4())}, 404)])
    def test_a_search_that_is_none_is_refused(self, desk, ready, handler, sent, status):
        assert desk.do(PAIRING, handler, **sent).status == status

    @pytest.mark.parametrize(("handler", "sent"), [("propose", {"basis": "age"}), ("show_round", {"view": "x"})])
    def test_a_choice_that_is_none_is_refused(self, desk, ready, handler, sent):
        assert desk.do(PAIRING, handler, **sent).status == 422
        assert not MatchRun.objects.exists()


class TestTwoProposals:
    @pytest.fixture
    def both(self, desk, ready):
        desk.do(PAIRING, "propose", basis="score")
        desk.do(PAIRING, "propose", basis="wish")

    def test_a_second_one_is_offered_and_the_new_one_is_shown(self, desk, ready):
        first = desk.do(PAIRING, "propose")
        assert "Propose pairs by wishes first" in first.html
        second = desk.do(PAIRING, "propose", basis="wish")
        assert 'value="wish" aria-current="page"' in second.html
        assert "Propose pairs by" not in second.html

    def test_where_nobody_is_asked_for_wishes_there_is_nothing_to_choose(self, desk, ready):
        node = CourseNode.objects.get(category=PAIRING)
        node.fields = {**node.fields, "ask_wishes": False}
        node.save()
        assert "What comes first" not in desk.see(PAIRING)
        assert "A second proposal" not in desk.do(PAIRING, "propose").html

    def test_one_is_chosen_to_look_at_and_stays_chosen(self, desk, both):
        answer = desk.do(PAIRING, "show_round", view="score")
        assert 'value="score" aria-current="page"' in answer.html
        assert run("score") in answer.html
        assert run("wish") not in answer.html
        assert run("score") in desk.see(PAIRING)

    def test_side_by_side(self, desk, both):
        said = text_of(desk.do(PAIRING, "show_round", view="compare").html)
        assert "Pairs 2 2" in said
        score, wish = (MatchRun.objects.get(basis=basis) for basis in RunBasis)
        assert f"Points of all pairs together {score.total:,} {wish.figures['points']:,}" in said
        assert "People who get somebody they put first 0 of 2 2 of 2" in said
        assert "Topics that mentors cover 2 of 2 0 of 2" in said
        assert "Shared hours a week, for a pair on average 9.0 9.0" in said
        assert "No pair is the same in both." in said
        assert said.count("Nobody.") == 2
        assert "Release" not in said

    def test_who_is_left_out_by_one_alone_is_named_and_settings_that_changed_are_said(self, desk, ready):
        third = casts.assessed(factories.trained(factories.mentee(account=factories.user("Amara", "Diallo"))))
        Wish.objects.create(participant=third, wished=Participant.objects.filter(role="mentor")[0], rank=1)
        desk.do(PAIRING, "propose", basis="score")
        desk.do(PAIRING, "propose", basis="wish")
        MatchRun.objects.filter(basis="wish").update(rules={"weeks": 4})
        said = text_of(desk.do(PAIRING, "show_round", view="compare").html)
        assert "The author has changed settings between the two" in said
        by_score, by_wish = said.split("Without a partner only by ")[1:]
        assert by_score.startswith("score Amara Diallo, mentee")
        assert by_wish.startswith("wishes first Grace Oyelaran, mentee")

    def test_comparing_asks_a_bounded_number_of_questions(self, desk, both, django_assert_max_num_queries):
        desk.do(PAIRING, "show_round", view="compare")
        with django_assert_max_num_queries(40):
            desk.see(PAIRING)

    def test_releasing_one_discards_the_other_and_says_so_to_the_log(self, desk, both):
        other = run("score")
        answer = desk.do(PAIRING, "release", run=run("wish"))
        assert answer.status == 200
        assert Pairing.objects.count() == 2
        assert ReceivedEvent.objects.get(name="reverse_mentoring.pairing.discarded").data["run"] == other
        assert desk.do(PAIRING, "release", run=other).status == 409

    def test_one_of_two_that_is_still_worked_out_can_be_left_for_the_other(self, desk, ready):
        desk.do(PAIRING, "propose")
        searching(basis=RunBasis.WISH)
        page = desk.do(PAIRING, "show_round", view="wish").html
        assert "By wishes first: being worked out" in page
        assert "Compare the two" not in page
        assert "Release 2 pairs" in desk.do(PAIRING, "show_round", view="score").html
        assert "data-rm-again" not in desk.do(PAIRING, "show_round", view="compare").html
