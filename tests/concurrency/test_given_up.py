"""What a database gives up is tried again by itself where an act of several transactions has kept something before."""

from contextlib import contextmanager

import factories
import pytest
from django.core import mail
from django.db import OperationalError, connection

from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.profile import Step
from reverse_mentoring_xblock.domain.states import ParticipantState, Role
from reverse_mentoring_xblock.models import AuditEntry, Participant
from reverse_mentoring_xblock.selectors.roster_choice import Chosen
from reverse_mentoring_xblock.services.contention import with_retries
from reverse_mentoring_xblock.services.inviting import Call, Called, call
from reverse_mentoring_xblock.services.mailing import Letter
from reverse_mentoring_xblock.services.signing_up import keep_step

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = factories.PLACE
OPEN = PairingRules(require_training=False, require_assessment=False)


@contextmanager
def given_up_once(*words):
    """The database gives up the first statement that has all these words, as after a deadlock."""
    lost = []

    def give_up(execute, sql, params, many, context):
        if not lost and all(word in sql for word in words):
            lost.append(sql)
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(give_up):
        yield
    assert lost


def test_a_new_manager_is_kept_and_the_pair_flagged():
    pair = factories.pairing()
    said = {"manager": pair.mentee.user.username}
    with given_up_once("UPDATE", "conflict"):
        with_retries(lambda: keep_step(PLACE, pair.mentor.user_id, Step.WORK, said, OPEN))
    pair.refresh_from_db()
    assert pair.conflict == "reporting_line"


def test_letters_go_out_once_and_are_counted():
    people = [factories.participant(Role.MENTEE, ParticipantState.INVITED) for _ in range(2)]

    def write(addressees):
        return [Letter(one.id, one.email, "Hello", "Come in") for one in addressees]

    boss = factories.coordinator().pk
    with given_up_once("INSERT", "auditentry"):
        called = with_retries(lambda: call(PLACE, boss, Call.INVITE, Chosen(), OPEN, write, "us@example.org"))
    assert called == Called(sent=2, failed=0, left=0)
    assert len(mail.outbox) == Participant.objects.filter(invited_at__isnull=False).count() == len(people)
    assert AuditEntry.objects.get(act="roster.invited").facts == {"people": 2, "failed": 0}
