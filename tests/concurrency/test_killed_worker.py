"""A worker that is killed in the middle, as a process of its own on the same database."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import crowds
import factories
import pytest
from django.db import connection
from django.utils import timezone
from running import run

import reverse_mentoring_xblock
from reverse_mentoring_xblock.domain.states import RunState
from reverse_mentoring_xblock.models import AuditEntry, LeftOut, MatchRun, Proposal
from reverse_mentoring_xblock.services.starting import LOST_AFTER
from reverse_mentoring_xblock.services.working import work_out

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 120
PEOPLE = 900


def address():
    """The database of this test, as a process of its own is told."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{quote(str(facts['NAME']))}"
    who = ":".join(quote(str(facts[part]), safe="") for part in ("USER", "PASSWORD") if facts[part])
    return f"{connection.vendor}://{who}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"


SCRIPT = """
import os
if os.environ["RM_DATABASE_URL"].startswith("mysql:"):
    import pymysql
    pymysql.install_as_MySQLdb()
from reverse_mentoring_xblock.standalone.command import main
main()
"""


def a_worker():
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "reverse_mentoring_xblock.standalone.settings",
        "RM_DATABASE_URL": address(),
        "PYTHONPATH": str(Path(reverse_mentoring_xblock.__file__).parent.parent),
    }
    return subprocess.Popen([sys.executable, "-c", SCRIPT, "resume_rounds"], env=environment, stdout=subprocess.DEVNULL)


def lose(round_):
    """Let nothing have been heard of the round's worker for long enough."""
    MatchRun.objects.filter(pk=round_.pk).update(beat_at=timezone.now() - LOST_AFTER - timedelta(seconds=1))


def answer(round_):
    return set(Proposal.objects.filter(run=round_).values_list("mentor", "mentee", "utility"))


def test_a_killed_worker_leaves_nothing_half_done_and_the_next_one_finds_the_same():
    crowds.crowd(PEOPLE, PEOPLE)
    round_ = factories.asked(seed=42)
    lose(round_)
    worker = a_worker()
    end = time.monotonic() + PATIENCE
    # Phases are told once a second, and the search may be over by then: it is killed as soon as it holds the round.
    while not MatchRun.objects.filter(pk=round_.pk).exclude(worker="").exists():
        assert worker.poll() is None
        assert time.monotonic() < end
        time.sleep(0.02)
    worker.send_signal(signal.SIGKILL)
    worker.wait()

    round_.refresh_from_db()
    assert round_.state == RunState.WORKING
    assert round_.worker
    assert not Proposal.objects.exists()
    assert run("resume_rounds").out == "Rounds worked out again: 0.\n"

    lose(round_)
    assert a_worker().wait(PATIENCE) == 0
    round_.refresh_from_db()
    assert (round_.state, round_.tries, round_.certified) == (RunState.PROPOSED, 1, True)
    assert AuditEntry.objects.filter(act="pairing.proposed").count() == 1
    found, left_out = answer(round_), LeftOut.objects.filter(run=round_).count()
    assert len(found) == round_.matched > PEOPLE / 2

    MatchRun.objects.update(open_slot=None, state=RunState.DISCARDED)
    undisturbed = factories.asked(seed=42)
    work_out(undisturbed.pk)
    assert answer(undisturbed) == found
    assert LeftOut.objects.filter(run=undisturbed).count() == left_out
