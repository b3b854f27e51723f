"""From asking for a round to an answer, a failure or a cancellation, and what a worker does that is not alone."""

import logging
import time
import uuid
from dataclasses import replace
from datetime import timedelta

import factories
import pytest
from django.test import override_settings
from django.utils import timezone

from reverse_mentoring_xblock.domain.errors import Conflict, NotFound
from reverse_mentoring_xblock.domain.matching import Flaw, Violation
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import ParticipantState, RunBasis, RunState
from reverse_mentoring_xblock.models import AuditEntry, LeftOut, MatchRun, Pairing, Participant, Proposal, Wish
from reverse_mentoring_xblock.services import starting, working
from reverse_mentoring_xblock.services.closing import Closed, cancel_search
from reverse_mentoring_xblock.services.heartbeat import Heartbeat
from reverse_mentoring_xblock.services.proposing import look_at_search, propose
from reverse_mentoring_xblock.services.releasing import discard, finish_round, release
from reverse_mentoring_xblock.services.starting import FORGOTTEN_AFTER, LOST_AFTER, MOST_TRIES, start_lost
from reverse_mentoring_xblock.services.working import work_out

PLACE = factories.PLACE
OPEN = PairingRules(require_training=False, require_assessment=False)
LONG_AGO = LOST_AFTER + timedelta(seconds=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    for level in (5, 6, 7):
        factories.mentor(), factories.mentee(level=level)


def state():
    return RunState(MatchRun.objects.get().state)


def pairs_of(run):
    return list(Proposal.objects.filter(run=run).order_by("mentee").values_list("mentor", "mentee", "utility"))


def until(holds, seconds=15):
    """Wait until something that another thread does is done."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


class TestWorkingOut:
    def test_the_rules_are_those_of_the_moment_when_it_was_asked_for(self, people):
        run = factories.asked(rules=replace(OPEN, min_level_gap=5))
        work_out(run.pk)
        assert [mentee.level for mentee in Participant.objects.filter(pk__in=[m for _, m, _ in pairs_of(run)])] == [7]

    def test_the_same_number_gives_the_same_answer(self, people):
        run = factories.asked(seed=11)
        work_out(run.pk)
        first = pairs_of(run)
        MatchRun.objects.update(open_slot=None, state=RunState.DISCARDED)
        again = factories.asked(seed=11)
        work_out(again.pk)
        assert pairs_of(again) == first
        assert len(first) == 3

    def test_what_somebody_holds_is_left_to_them(self, people):
        run = factories.asked(worker="somebody")
        work_out(run.pk)
        assert (state(), Proposal.objects.count()) == (RunState.WORKING, 0)

    @pytest.mark.parametrize("over", [RunState.CANCELLED, RunState.PROPOSED, RunState.RELEASED, RunState.FAILED])
    def test_what_is_over_stays_over(self, people, over):
        run = factories.asked(state=over)
        work_out(run.pk)
        assert (state(), Proposal.objects.count()) == (over, 0)

    def test_a_run_that_is_gone_is_nobodys_trouble(self):
        work_out(999_999)
        assert not AuditEntry.objects.exists()


class TestFailing:
    def test_an_answer_that_does_not_verify_is_never_a_proposal(self, boss, people, monkeypatch):
        def flawed(*arguments, **options):
            outcome = solve(*arguments, **options)
            return replace(outcome, violations=(Violation(Flaw.PRICES_BEATEN),), certified=False)

        solve = working.solve
        monkeypatch.setattr(working, "solve", flawed)
        made = propose(PLACE, boss, OPEN)
        assert (made.state, made.failure, made.is_news) == (RunState.FAILED, "unproved", False)
        assert not Proposal.objects.exists()
        assert not LeftOut.objects.exists()

    def test_an_error_says_where_it_happened_and_nothing_about_people(self, people, caplog):
        run = factories.asked()
        MatchRun.objects.update(rules={**run.rules, "starts_on": "Margaret Oduya"})
        with caplog.at_level(logging.ERROR):
            work_out(run.pk)
        run.refresh_from_db()
        assert (run.state, run.phase) == (RunState.FAILED, "broke")
        assert "from_json" in caplog.text
        assert "Oduya" not in caplog.text
        assert AuditEntry.objects.get(act="pairing.search_failed").facts == {"run": run.pk, "why": "broke"}

    def test_a_side_that_has_become_empty_is_said(self, people):
        run = factories.asked()
        Participant.objects.filter(role="mentor").update(state=ParticipantState.PAUSED)
        work_out(run.pk)
        run.refresh_from_db()
        assert (run.state, run.phase) == (RunState.FAILED, "nobody_to_match")

    def test_a_failure_stays_on_the_desk_until_somebody_asks_again(self, boss, people):
        failed = factories.asked(state=RunState.FAILED, phase="broke")
        assert propose(PLACE, boss, OPEN).pairs == 3
        failed.refresh_from_db()
        assert failed.open_slot is None


class TestLostWorkers:
    def test_a_worker_that_shows_itself_is_left_in_peace(self, people):
        factories.asked(worker="alive")
        assert start_lost(PLACE) == 0
        assert MatchRun.objects.get().worker == "alive"

    def test_a_long_queue_is_no_lost_worker(self, people):
        factories.asked(beat_at=timezone.now() - LONG_AGO, tries=MOST_TRIES - 1)
        with override_settings(CELERY_BROKER_URL="memory://"):
            assert start_lost(PLACE) == 0
            MatchRun.objects.update(beat_at=timezone.now() - FORGOTTEN_AFTER - LONG_AGO)
            assert start_lost(PLACE) == 1
            assert start_lost(PLACE) == 0
        assert (state(), MatchRun.objects.get().tries) == (RunState.WORKING, MOST_TRIES - 1)

    def test_a_round_that_brings_down_every_worker_is_given_up(self, boss, people):
        run = factories.asked(worker="dead", tries=MOST_TRIES - 1, beat_at=timezone.now() - LONG_AGO)
        made = look_at_search(PLACE, run.uuid)
        assert (made.state, made.failure) == (RunState.FAILED, "lost")
        assert propose(PLACE, boss, OPEN).pairs == 3

    def test_a_look_at_another_programmes_search_finds_nothing(self, people):
        run = factories.asked()
        elsewhere = factories.Place(factories.OTHER_COURSE, "main")
        with pytest.raises(NotFound):
            look_at_search(elsewhere, run.uuid)


class TestCancelling:
    def test_it_is_over_at_once_and_twice_is_once(self, boss, people):
        run = factories.asked(worker="somebody")
        assert cancel_search(PLACE, boss, run.uuid)
        assert not cancel_search(PLACE, boss, run.uuid)
        run.refresh_from_db()
        assert (run.state, run.open_slot) == (RunState.CANCELLED, None)
        assert AuditEntry.objects.get().act == "pairing.search_cancelled"
        assert propose(PLACE, boss, OPEN).pairs == 3

    def test_what_was_found_before_is_not_thrown_away(self, boss, people):
        made = propose(PLACE, boss, OPEN)
        with pytest.raises(Conflict) as refused:
            cancel_search(PLACE, boss, uuid.UUID(made.run))
        assert refused.value.code == "found_meanwhile"
        assert Proposal.objects.count() == 3

    def test_a_search_of_nobody_is_not_there(self, boss, people):
        with pytest.raises(NotFound):
            cancel_search(PLACE, boss, uuid.uuid4())


@pytest.mark.django_db(transaction=True)
class TestInTheBackground:
    def test_a_large_round_goes_on_without_the_request(self, boss, people, monkeypatch):
        monkeypatch.setattr(starting, "AT_ONCE", 2)
        made = propose(PLACE, boss, OPEN)
        assert made.run == str(MatchRun.objects.get().uuid)
        until(lambda: state() is RunState.PROPOSED)
        looks = [look_at_search(PLACE, uuid.UUID(made.run)) for _ in range(2)]
        assert [look.pairs for look in looks] == [3, 3]
        assert [made.is_news, *(look.is_news for look in looks)].count(True) == 1

    def test_what_a_dead_worker_left_is_started_anew_by_a_look(self, people):
        run = factories.asked(worker="dead", beat_at=timezone.now() - LONG_AGO)
        assert look_at_search(PLACE, run.uuid).state in (RunState.WORKING, RunState.PROPOSED)
        until(lambda: state() is RunState.PROPOSED)
        run.refresh_from_db()
        assert (run.tries, run.matched) == (1, 3)

    def test_a_search_shows_how_far_it_is_and_notices_that_it_is_cancelled(self, boss):
        run = factories.asked(worker="me")
        with Heartbeat(run.pk, "me") as beat:
            assert beat.tell("scan", 4100, 0.42)
            until(lambda: MatchRun.objects.get().share == 420)
            run.refresh_from_db()
            assert (run.phase, run.bound) == ("scan", 4100)
            cancel_search(PLACE, boss, run.uuid)
            until(lambda: beat.is_lost)
            assert not beat.tell("scan", 4000, 0.5)
        run.refresh_from_db()
        assert (run.state, run.share) == (RunState.CANCELLED, 420)


class TestTwoProposals:
    @pytest.fixture
    def wishes(self):
        """By score each mentor goes to the mentee whose topics they cover; both mentees wish it the other way round."""
        mentors = [factories.mentor(topics=("1.2",)), factories.mentor(topics=("4.1",))]
        mentees = [factories.mentee(topics=("1.2",)), factories.mentee(topics=("4.1",))]
        for mentee, wished in zip(mentees, reversed(mentors), strict=True):
            Wish.objects.create(participant=mentee, wished=wished, rank=1)

    def test_there_is_one_by_score_and_one_by_wishes_and_no_third(self, boss, wishes):
        propose(PLACE, boss, OPEN)
        propose(PLACE, boss, OPEN, RunBasis.WISH)
        for basis in RunBasis:
            with pytest.raises(Conflict) as refused:
                propose(PLACE, factories.coordinator().pk, OPEN, basis)
            assert refused.value.code == "proposal_open"
        assert list(MatchRun.objects.order_by("open_slot").values_list("basis", flat=True)) == ["score", "wish"]

    def test_both_are_measured_by_the_authors_weights(self, boss, wishes):
        propose(PLACE, boss, OPEN)
        propose(PLACE, boss, OPEN, RunBasis.WISH)
        score, wish = (MatchRun.objects.get(basis=basis) for basis in RunBasis)
        assert score.figures["points"] == score.total
        assert wish.figures["points"] < score.figures["points"]
        assert wish.total > wish.figures["points"]
        keys = ("pairs", "wishing", "first_wishes", "any_wishes", "topics", "wanted")
        assert [score.figures[key] for key in keys] == [2, 2, 0, 0, 2, 2]
        assert [wish.figures[key] for key in keys] == [2, 2, 2, 2, 0, 2]
        assert score.figures["minutes"] == 2 * 540

    def test_releasing_one_discards_the_other(self, boss, wishes):
        propose(PLACE, boss, OPEN)
        chosen = propose(PLACE, boss, OPEN, RunBasis.WISH)
        other = MatchRun.objects.get(basis="score")
        made = release(PLACE, boss, uuid.UUID(chosen.run), OPEN)
        assert made.others == [Closed(str(other.uuid), "pairing.discarded")]
        assert Pairing.objects.count() == 2
        assert set(MatchRun.objects.values_list("state", "open_slot")) == {("released", None), ("discarded", None)}
        assert discard(PLACE, boss, other.uuid) is False
        with pytest.raises(Conflict) as refused:
            release(PLACE, factories.coordinator().pk, other.uuid, OPEN)
        assert refused.value.code == "discarded_meanwhile"

    def test_releasing_one_finishes_the_other_of_which_a_part_is_released(self, boss, wishes):
        begun = uuid.UUID(propose(PLACE, boss, OPEN).run)
        begun_row = MatchRun.objects.get(uuid=begun)
        release(PLACE, boss, begun, OPEN, only=[begun_row.proposals.first().uuid])
        chosen = uuid.UUID(propose(PLACE, boss, OPEN, RunBasis.WISH).run)
        made = release(PLACE, boss, chosen, OPEN)
        assert made.others == [Closed(str(begun), "pairing.finished")]
        begun_row.refresh_from_db()
        assert (begun_row.state, begun_row.open_slot) == (RunState.RELEASED, None)
        assert AuditEntry.objects.get(act="pairing.finished").facts == {"run": begun_row.pk, "dropped": 1}
        assert Pairing.objects.count() == 2
        assert not Participant.objects.exclude(rounds_waited=0).exists()
        with pytest.raises(Conflict):
            finish_round(PLACE, factories.coordinator().pk, begun)

    def test_releasing_one_calls_off_the_search_for_the_other(self, boss, wishes):
        chosen = propose(PLACE, boss, OPEN)
        searching = factories.asked(RunBasis.WISH, worker="somebody")
        release(PLACE, boss, uuid.UUID(chosen.run), OPEN)
        searching.refresh_from_db()
        assert (searching.state, searching.open_slot) == (RunState.CANCELLED, None)
        assert not Proposal.objects.filter(run=searching).exists()

    def test_discarding_one_keeps_the_other(self, boss, wishes):
        propose(PLACE, boss, OPEN)
        dropped = propose(PLACE, boss, OPEN, RunBasis.WISH)
        discard(PLACE, boss, uuid.UUID(dropped.run))
        assert MatchRun.objects.get(basis="score").state == RunState.PROPOSED
