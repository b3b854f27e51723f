"""Two coordinators and one roster file; people who act while it is taken in; letters that two people send."""

import factories
import pytest
import rosters
from django.core import mail

from reverse_mentoring_xblock.domain.errors import Conflict
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import ParticipantState, Role
from reverse_mentoring_xblock.models import AuditEntry, Participant, RosterFile
from reverse_mentoring_xblock.selectors.roster_choice import Chosen
from reverse_mentoring_xblock.services.inviting import Call, call
from reverse_mentoring_xblock.services.joining import join
from reverse_mentoring_xblock.services.mailing import Letter
from reverse_mentoring_xblock.services.roster_files import drop_roster, send_roster, take_in

PLACE = factories.PLACE
pytestmark = pytest.mark.django_db(transaction=True)


def people(number):
    return [factories.user() for _ in range(number)]


def roster_of(accounts):
    return rosters.roster(*(f"{account.username},mentor,2" for account in accounts))


def test_two_coordinators_take_the_same_file_in(at_once, transactional_db):
    first, second = factories.coordinator(), factories.coordinator()
    file = rosters.sent(first, roster_of(people(20)))
    digest = file.summary["digest"]
    outcomes = at_once(
        [lambda one=one: take_in(PLACE, one.pk, file.uuid, digest, leave_out=False) for one in (first, second) * 2]
    )
    done = [outcome for outcome in outcomes if not isinstance(outcome, Conflict)]
    assert [outcome.is_changed for outcome in done].count(True) == 1
    assert all(outcome.code == "roster_decided" for outcome in outcomes if isinstance(outcome, Conflict))
    assert Participant.objects.count() == 20
    assert AuditEntry.objects.filter(act="roster.taken_in").count() == 1


def test_one_takes_in_what_another_drops(at_once, transactional_db):
    first, second = factories.coordinator(), factories.coordinator()
    file = rosters.sent(first, roster_of(people(20)))
    digest = file.summary["digest"]
    outcomes = at_once(
        [
            lambda: take_in(PLACE, first.pk, file.uuid, digest, leave_out=False),
            lambda: drop_roster(PLACE, second.pk, file.uuid),
        ]
    )
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 1
    assert Participant.objects.count() in (0, 20)
    assert RosterFile.objects.get().content is None


def test_two_files_at_once_are_one_that_waits(at_once, transactional_db):
    coordinators = [factories.coordinator() for _ in range(3)]
    files = [roster_of(people(3)) for _ in coordinators]
    at_once(
        [
            lambda one=one, file=file: send_roster(PLACE, one.pk, file)
            for one, file in zip(coordinators, files, strict=True)
        ]
    )
    assert RosterFile.objects.filter(open_slot=1).count() == 1


def test_people_who_come_in_while_they_are_taken_in_are_there_once(at_once, transactional_db):
    coordinator, accounts = factories.coordinator(), people(6)
    file = rosters.sent(coordinator, roster_of(accounts))
    digest = file.summary["digest"]
    outcomes = at_once(
        [
            lambda: take_in(PLACE, coordinator.pk, file.uuid, digest, leave_out=False),
            *(lambda one=one: join(PLACE, one.pk, Role.MENTOR) for one in accounts[:3]),
        ]
    )
    assert outcomes[1:] == [True] * 3
    joined = Participant.objects.filter(user__in=accounts[:3])
    assert {person.state for person in joined} == {ParticipantState.JOINED}
    assert joined.count() == 3
    if isinstance(outcomes[0], Conflict):
        assert outcomes[0].code in ("roster_changed", "busy")
        assert Participant.objects.count() == 3
    else:
        assert Participant.objects.count() == 6


def test_two_coordinators_invite_the_same_people_at_once(at_once, transactional_db):
    coordinators = [factories.coordinator() for _ in range(4)]
    for _ in range(5):
        factories.participant(Role.MENTEE, ParticipantState.INVITED)

    def write(addressees):
        return [Letter(one.id, one.email, "s", "b") for one in addressees]

    outcomes = at_once(
        [
            lambda one=one: call(PLACE, one.pk, Call.INVITE, Chosen(), PairingRules(), write, "us@x")
            for one in coordinators
        ]
    )
    assert sum(not isinstance(outcome, Conflict) for outcome in outcomes) == 1
    assert len({letter.to[0] for letter in mail.outbox}) == len(mail.outbox) == 5
