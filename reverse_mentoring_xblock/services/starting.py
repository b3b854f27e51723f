"""Having a round worked out by the host: in its queue, or in this process where there is none."""

import threading
from datetime import timedelta
from functools import partial

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from .. import compat
from ..data import Place
from ..domain.states import RunState
from ..models import MatchRun
from .working import fail, work_out

TASK = "reverse_mentoring.work_out_round"
AT_ONCE = 300
"""People on the larger side up to whom an answer takes a second or two, so that a request can wait for it."""
LOST_AFTER = timedelta(seconds=30)
"""A worker that has not shown itself for so long is taken to be dead."""
FORGOTTEN_AFTER = timedelta(minutes=5)
"""A run that nobody has taken out of a queue for so long is put in again: a second message does no harm."""
MOST_TRIES = 3
"""Workers that one run may lose: what brings down three of them would bring down the next."""


def start(run_id: int, people: int | None = None) -> None:
    """Have a run worked out that nobody holds. ``people`` on the larger side; None when it is not known."""
    if compat.has_queue():
        transaction.on_commit(partial(_hand_over, run_id))
    elif people is not None and people <= AT_ONCE:
        work_out(run_id)
    else:
        transaction.on_commit(partial(_in_a_thread, run_id))


def start_lost(place: Place) -> int:
    """Start anew what a programme's dead workers have left, with the same number and so with the same answer.

    Returns how many were started.
    """
    mine = MatchRun.objects.filter(programme__context_key=place.context_key, programme__slug=place.slug)
    freed = free_lost(list(mine.filter(state=RunState.WORKING).values_list("pk", flat=True)))
    for run_id in freed:
        start(run_id)
    return len(freed)


def free_lost(run_ids: list[int]) -> list[int]:
    """Take these runs from workers that are dead, and find those whose place in the queue was lost.

    A run that has lost too many workers has failed. Returns those to start.
    """
    return [run_id for run_id in run_ids if _is_forgotten(run_id) or (_is_lost(run_id) and _goes_on(run_id))]


def _is_forgotten(run_id: int) -> bool:
    """Whether nobody has ever taken hold of it. Of several who ask, one is told."""
    silence = FORGOTTEN_AFTER if compat.has_queue() else LOST_AFTER
    waiting = MatchRun.objects.filter(pk=run_id, state=RunState.WORKING, worker="")
    return waiting.filter(beat_at__lt=timezone.now() - silence).update(beat_at=timezone.now()) == 1


def _is_lost(run_id: int) -> bool:
    """Whether its worker was dead and has been taken off it. Of several who ask, one is told."""
    held = MatchRun.objects.filter(pk=run_id, state=RunState.WORKING).exclude(worker="")
    lost = held.filter(beat_at__lt=timezone.now() - LOST_AFTER)
    return lost.update(worker="", phase="", share=0, tries=F("tries") + 1, beat_at=timezone.now()) == 1


def _goes_on(run_id: int) -> bool:
    if MatchRun.objects.filter(pk=run_id, tries__lt=MOST_TRIES).exists():
        return True
    fail(run_id, "", "lost")
    return False


def _hand_over(run_id: int) -> None:
    if not compat.run_later(TASK, run_id):
        _in_a_thread(run_id)


def _in_a_thread(run_id: int) -> None:
    """A daemon: it ends with the process, and the run is started anew by whoever looks next."""
    threading.Thread(target=_with_own_connection, args=[run_id], name=f"round-{run_id}", daemon=True).start()


def _with_own_connection(run_id: int) -> None:
    try:
        work_out(run_id, shows_life=True)
    finally:
        connection.close()
