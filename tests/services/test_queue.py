"""A round through a real queue: Celery with its broker in memory and a worker of its own. tox installs Celery."""

import time
import uuid

import factories
import pytest
from django.test import override_settings

from reverse_mentoring_xblock import compat
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import RunState
from reverse_mentoring_xblock.models import MatchRun, Proposal
from reverse_mentoring_xblock.services.proposing import look_at_search, propose
from reverse_mentoring_xblock.services.starting import TASK

pytest.importorskip("celery", reason="Celery is an extra: pip install 'reverse-mentoring-xblock[queue]'")
pytestmark = pytest.mark.django_db(transaction=True)
PLACE = factories.PLACE
OPEN = PairingRules(require_training=False, require_assessment=False)


@pytest.fixture
def queue():
    """The site's own Celery app, as with RM_CELERY_BROKER_URL=memory://."""
    from reverse_mentoring_xblock.standalone.queue import app

    app.conf.update(broker_url="memory://", result_backend=None)
    with override_settings(CELERY_BROKER_URL="memory://"):
        yield app


@pytest.fixture
def people():
    for _ in range(3):
        factories.mentor(), factories.mentee()


def test_a_round_waits_for_a_worker_and_is_worked_out_by_one(queue, people):
    from celery.contrib.testing.worker import start_worker

    made = propose(PLACE, factories.coordinator().pk, OPEN)
    assert (made.state, made.is_news) == (RunState.WORKING, False)
    assert MatchRun.objects.get().worker == ""
    with start_worker(queue, pool="solo", perform_ping_check=False):
        end = time.monotonic() + 20
        while MatchRun.objects.get().state == RunState.WORKING:
            assert time.monotonic() < end
            time.sleep(0.05)
    look = look_at_search(PLACE, uuid.UUID(made.run))
    assert (look.state, look.pairs, look.is_news) == (RunState.PROPOSED, 3, True)


def test_a_message_that_comes_twice_or_too_late_does_nothing(people):
    from reverse_mentoring_xblock.tasks import work_out_round

    run = factories.asked()
    for _ in range(2):
        work_out_round(run.pk)
    assert Proposal.objects.count() == 3
    work_out_round(999_999)


def test_a_broker_that_is_away_is_noticed_at_once_so_that_the_process_can_do_it():
    from celery import Celery

    began = time.monotonic()
    assert not compat.send(Celery(broker="amqp://127.0.0.1:1//", set_as_current=False), TASK, [1])
    assert time.monotonic() - began < 5


def test_a_site_without_a_broker_has_no_queue():
    assert not compat.has_queue()
