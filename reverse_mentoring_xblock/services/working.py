"""Working a round out: hold the run, search, prove, keep the answer. Whoever holds a run is named by a token.

The search runs outside any transaction, so that nobody waits for it. Every write asks for the token again: a worker
that was taken for dead, or whose run was cancelled, finds that it holds nothing any more, and what it found is dropped.
"""

import logging
from contextlib import nullcontext
from traceback import format_tb
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from ..data import Place
from ..domain import matching
from ..domain.pairing_rules import PairingRules
from ..domain.states import RunBasis, RunState
from ..models import MatchRun, Programme
from ..selectors.cohort import Cohort, cohort_of
from .claims import claim
from .contention import with_retries
from .heartbeat import Heartbeat
from .history import note
from .round_rows import keep_answer
from .solving import solve

log = logging.getLogger(__name__)


class _Unproved(Exception):
    """The answer does not verify."""


class _NobodyLeft(Exception):
    """A side has become empty since the round was asked for."""


def work_out(run_id: int, *, shows_life: bool = False) -> None:
    """Work out a run that nobody holds, and keep the answer; do nothing where somebody holds it or it is over.

    ``shows_life`` for a search that nobody waits for: it writes how far it is and notices when it is called off.
    """
    token = str(uuid4())
    if not _hold(run_id, token):
        return
    try:
        with Heartbeat(run_id, token) if shows_life else nullcontext() as beat:
            _search_and_keep(run_id, token, beat)
    except _Unproved:
        fail(run_id, token, "unproved")
    except _NobodyLeft:
        fail(run_id, token, "nobody_to_match")
    except Exception as error:
        # Where it happened and not what it said: a message can hold what people wrote.
        log.error("Round %s failed: %s\n%s", run_id, type(error).__name__, "".join(format_tb(error.__traceback__)))
        fail(run_id, token, "broke")


def fail(run_id: int, token: str, why: str) -> None:
    """Close a run without an answer; it stays on the desk until somebody asks again. ``why`` is a code."""
    run = MatchRun.objects.filter(pk=run_id).first()
    if run:
        with_retries(lambda: _fail(run, token, why))


def _hold(run_id: int, token: str) -> bool:
    free = MatchRun.objects.filter(pk=run_id, state=RunState.WORKING, worker="")
    return with_retries(lambda: free.update(worker=token, beat_at=timezone.now(), phase="people", share=0)) == 1


def _search_and_keep(run_id: int, token: str, beat: Heartbeat | None) -> None:
    run = MatchRun.objects.select_related("programme").get(pk=run_id)
    rules = PairingRules.from_json(run.rules)
    cohort = cohort_of(Place(run.programme.context_key, run.programme.slug), rules)
    if not cohort.mentors or not cohort.mentees:
        raise _NobodyLeft
    outcome = _outcome(run, cohort, rules, beat)
    if beat and beat.is_lost:
        return
    if outcome.violations or not outcome.certified:
        raise _Unproved
    if beat:
        beat.tell("keep", None, 0.0)
    with_retries(lambda: _keep(run, token, cohort, rules, outcome))


def _outcome(run: MatchRun, cohort: Cohort, rules: PairingRules, beat: Heartbeat | None) -> matching.Outcome:
    """The same for the same people, whenever it is asked for again: seed and day are the run's own."""
    return solve(
        cohort, rules.on(RunBasis(run.basis)), run.created.date(), run.seed, progress=beat.tell if beat else None
    )


@transaction.atomic
def _keep(run: MatchRun, token: str, cohort: Cohort, rules: PairingRules, outcome: matching.Outcome) -> None:
    if _moved(run, token, RunState.PROPOSED):
        keep_answer(run, cohort, rules, outcome)
        facts = {"pairs": outcome.matched, "left_out": len(outcome.left_out)}
        note(run.programme, run.proposed_by_id, "pairing.proposed", run=run.pk, **facts)


@transaction.atomic
def _fail(run: MatchRun, token: str, why: str) -> None:
    if _moved(run, token, RunState.FAILED):
        MatchRun.objects.filter(pk=run.pk).update(phase=why, decided_at=timezone.now())
        note(run.programme, None, "pairing.search_failed", run=run.pk, why=why)


def _moved(run: MatchRun, token: str, state: RunState) -> bool:
    """Lock the programme and move the run on, if this worker still holds it."""
    claim(Programme.objects.filter(pk=run.programme_id))
    mine = MatchRun.objects.filter(pk=run.pk, worker=token, state=RunState.WORKING)
    return mine.update(state=state, modified=timezone.now()) == 1
