import uuid

import factories
import pytest

from reverse_mentoring_xblock.domain.errors import Conflict
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.profile import Step
from reverse_mentoring_xblock.domain.states import LIVE_PAIRING, PairingState, ParticipantState
from reverse_mentoring_xblock.models import (
    AuditEntry,
    Interest,
    MatchRun,
    Pairing,
    Participant,
    SignUpDraft,
    Veto,
    Wish,
)
from reverse_mentoring_xblock.services.deciding import accept, decline, end_pairing
from reverse_mentoring_xblock.services.proposing import propose
from reverse_mentoring_xblock.services.releasing import Released, discard, release
from reverse_mentoring_xblock.services.signing_up import keep_step, pause, sign_up
from reverse_mentoring_xblock.services.wishing import wish
from reverse_mentoring_xblock.services.withdrawing import withdraw

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = factories.PLACE
OPEN = PairingRules(require_training=False, require_assessment=False)
SAID = {
    Step.WORK: {"level": 6, "department": "Finance", "site": "Leeds", "manager": "margaret"},
    Step.HOURS: {"time_zone": "Europe/London", "windows": ((0, 540, 840),)},
    Step.MEETING: {"languages": ("en",)},
    Step.TOPICS: {"topics": {"1.2": 1, "4.1": 2}},
    Step.STYLE: {"style": {}},
    Step.COMMITMENT: {"has_committed": True},
    Step.APART: {"vetoes": ("paolo", "grace")},
}


def proposal():
    for _ in range(3):
        factories.mentor(), factories.mentee()
    return uuid.UUID(propose(PLACE, factories.coordinator().pk, OPEN).run)


def live():
    return Pairing.objects.filter(state__in=LIVE_PAIRING)


def test_two_coordinators_proposing_at_once_have_one_proposal(at_once):
    for _ in range(3):
        factories.mentor(), factories.mentee()
    bosses = [factories.coordinator().pk for _ in range(3)]
    outcomes = at_once([lambda boss=boss: propose(PLACE, boss, OPEN) for boss in bosses])
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 2
    assert MatchRun.objects.count() == 1


def test_two_coordinators_releasing_at_once_release_once(at_once):
    run = proposal()
    bosses = [factories.coordinator().pk for _ in range(3)]
    outcomes = at_once([lambda boss=boss: release(PLACE, boss, run, OPEN) for boss in bosses])
    assert sum(isinstance(outcome, Released) for outcome in outcomes) == 1
    assert [o.code for o in outcomes if isinstance(o, Conflict)] == ["released_meanwhile"] * 2
    assert Pairing.objects.count() == 3


def test_release_and_discard_at_once_are_one_of_the_two(at_once):
    run = proposal()
    one, other = factories.coordinator().pk, factories.coordinator().pk
    at_once([lambda: release(PLACE, one, run, OPEN), lambda: discard(PLACE, other, run)])
    decided = MatchRun.objects.get()
    assert Pairing.objects.count() == (3 if decided.state == "released" else 0)
    assert AuditEntry.objects.exclude(act="pairing.proposed").count() == 1


def test_two_people_accepting_at_once_are_one_pair_and_both_are_recorded(at_once):
    offer = factories.pairing(state=PairingState.OFFERED)
    people = [offer.mentor.user_id, offer.mentee.user_id] * 2
    outcomes = at_once([lambda person=person: accept(PLACE, person, offer.uuid) for person in people])
    assert sum(outcome.is_changed and outcome.is_active for outcome in outcomes) == 1
    assert sum(outcome.is_changed for outcome in outcomes) == 2
    offer.refresh_from_db()
    assert offer.state == PairingState.ACTIVE
    assert offer.mentor_accepted_at
    assert offer.mentee_accepted_at
    assert AuditEntry.objects.filter(act="pairing.accepted").count() == 2


def test_yes_and_no_at_once_end_in_one_of_them(at_once):
    offer = factories.pairing(state=PairingState.OFFERED, mentor_accepted_at=factories.timezone.now())
    at_once(
        [
            lambda: accept(PLACE, offer.mentee.user_id, offer.uuid),
            lambda: decline(PLACE, offer.mentor.user_id, offer.uuid),
        ]
    )
    offer.refresh_from_db()
    assert offer.state in (PairingState.ACTIVE, PairingState.DECLINED)
    assert (offer.mentor_slot is None) == (offer.state == PairingState.DECLINED)


def test_both_ending_at_once_end_it_once(at_once):
    pair = factories.pairing()
    outcomes = at_once(
        [lambda p=p: end_pairing(PLACE, p, pair.uuid) for p in (pair.mentor.user_id, pair.mentee.user_id)]
    )
    assert sorted(outcome.is_changed for outcome in outcomes) == [False, True]
    assert not live().exists()


@pytest.mark.parametrize("leave", [pause, withdraw])
def test_nobody_is_offered_to_somebody_who_leaves_at_that_moment(at_once, leave):
    run = proposal()
    boss = factories.coordinator().pk
    mentees = list(Participant.objects.filter(role="mentee"))
    at_once(
        [lambda: release(PLACE, boss, run, OPEN)]
        + [lambda person=person: leave(PLACE, person.user_id) for person in mentees]
    )
    gone = Participant.objects.filter(state=ParticipantState.WITHDRAWN)
    assert not live().filter(mentee__in=gone).exists()
    assert MatchRun.objects.get().state == "released"


def test_everything_at_once_loses_nothing(at_once):
    run = proposal()
    boss = factories.coordinator().pk
    pairs = [factories.pairing(state=PairingState.OFFERED) for _ in range(3)]
    people = list(Participant.objects.exclude(pk__in=[p for row in pairs for p in (row.mentor_id, row.mentee_id)]))
    calls = [lambda: release(PLACE, boss, run, OPEN)]
    calls += [lambda p=p: keep_step(PLACE, p.user_id, Step.WORK, SAID[Step.WORK], OPEN) for p in people[:3]]
    calls += [lambda row=row: accept(PLACE, row.mentor.user_id, row.uuid) for row in pairs]
    calls += [lambda row=row: accept(PLACE, row.mentee.user_id, row.uuid) for row in pairs]
    calls += [lambda: withdraw(PLACE, pairs[0].mentor.user_id), lambda: pause(PLACE, pairs[1].mentor.user_id)]
    at_once(calls)
    assert MatchRun.objects.get().open_slot is None
    for row in live():
        assert row.mentor_slot and row.mentee_slot  # noqa: PT018
    assert not live().filter(mentor=pairs[0].mentor_id).exists()


def test_steps_saved_at_once_in_several_windows_are_all_there(at_once):
    person = factories.participant()
    at_once([lambda s=step: keep_step(PLACE, person.user_id, s, SAID[s], OPEN) for step in Step])
    draft = SignUpDraft.objects.get(participant=person)
    assert set(draft.done) == set(Step)
    assert draft.said["department"] == "Finance"
    assert draft.said["vetoes"] == ["paolo", "grace"]


def test_wishes_made_at_once_are_five_at_most(at_once):
    mentee, mentors = factories.mentee(), [factories.mentor() for _ in range(7)]
    outcomes = at_once([lambda m=m: wish(PLACE, mentee.user_id, m.uuid, 1, OPEN) for m in mentors])
    assert sum(outcome is True for outcome in outcomes) == 5
    assert Wish.objects.filter(participant=mentee).count() == 5


def test_one_sign_up_sent_six_times_is_one_sign_up(at_once):
    person = factories.participant()
    for step in Step:
        keep_step(PLACE, person.user_id, step, SAID[step], OPEN)
    outcomes = at_once([lambda: sign_up(PLACE, person.user_id, OPEN)] * 6)
    assert sum(outcome.is_new for outcome in outcomes) == 1
    assert Interest.objects.filter(participant=person).count() == 2
    assert Veto.objects.filter(participant=person).count() == 2
