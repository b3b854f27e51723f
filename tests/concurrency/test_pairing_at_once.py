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
    Override,
    Pairing,
    Participant,
    Proposal,
    SignUpDraft,
    Veto,
    Wish,
)
from reverse_mentoring_xblock.services.deciding import accept, decline, end_pairing
from reverse_mentoring_xblock.services.overriding import Kept, keep_word
from reverse_mentoring_xblock.services.pairing_by_hand import OfferedByHand, offer_by_hand
from reverse_mentoring_xblock.services.proposing import propose
from reverse_mentoring_xblock.services.releasing import Released, discard, finish_round, release
from reverse_mentoring_xblock.services.signing_up import keep_step, pause, sign_up
from reverse_mentoring_xblock.services.weighing import Ask, Word, weigh
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


def parts(*places):
    rows = list(Proposal.objects.order_by("pk"))
    return [rows[place].uuid for place in places]


def test_two_coordinators_releasing_different_parts_release_both(at_once):
    run = proposal()
    bosses = [factories.coordinator().pk for _ in range(2)]
    outcomes = at_once(
        [
            lambda: release(PLACE, bosses[0], run, OPEN, only=parts(0)),
            lambda: release(PLACE, bosses[1], run, OPEN, only=parts(1, 2)),
        ]
    )
    assert [outcome.pairs for outcome in outcomes] == [1, 2]
    assert Pairing.objects.count() == 3
    assert MatchRun.objects.get().state == "released"
    assert sum(outcome.is_closed for outcome in outcomes) == 1


def test_parts_that_overlap_are_offered_once(at_once):
    run = proposal()
    bosses = [factories.coordinator().pk for _ in range(3)]
    calls = [
        lambda boss=boss, only=only: release(PLACE, boss, run, OPEN, only=only)
        for boss, only in zip(bosses, (parts(0, 1), parts(1, 2), parts(0, 1)), strict=True)
    ]
    outcomes = at_once(calls)
    assert all(isinstance(outcome, Released) for outcome in outcomes)
    assert Pairing.objects.count() == 3
    assert {pair.mentor_slot for pair in live()} == {1}


def test_the_rest_is_finished_while_another_part_is_released(at_once):
    run, only = proposal(), None
    boss, other = factories.coordinator().pk, factories.coordinator().pk
    release(PLACE, boss, run, OPEN, only=parts(0))
    only = parts(1)
    released, finished = at_once(
        [lambda: release(PLACE, other, run, OPEN, only=only), lambda: finish_round(PLACE, boss, run)]
    )
    assert finished is True
    assert Pairing.objects.count() == (2 if isinstance(released, Released) else 1)
    offered = live().values_list("mentor_id", "mentee_id")
    waited = set(Participant.objects.filter(rounds_waited=1).values_list("pk", flat=True))
    assert waited.isdisjoint({id_ for pair in offered for id_ in pair})
    assert len(waited) == 6 - 2 * len(offered)
    assert not Participant.objects.filter(rounds_waited__gt=1).exists()


def test_discarding_while_a_part_is_released_loses_no_offer(at_once):
    run = proposal()
    boss, other, only = factories.coordinator().pk, factories.coordinator().pk, parts(0)
    released, discarded = at_once(
        [lambda: release(PLACE, boss, run, OPEN, only=only), lambda: discard(PLACE, other, run)]
    )
    if discarded is True:
        assert (released.code, Pairing.objects.count()) == ("discarded_meanwhile", 0)
    else:
        assert (discarded.code, released.pairs, Pairing.objects.count()) == ("partly_released", 1, 1)


def test_an_acceptance_while_another_part_is_released(at_once):
    run = proposal()
    boss, only = factories.coordinator().pk, parts(1, 2)
    release(PLACE, boss, run, OPEN, only=parts(0))
    first = Pairing.objects.get()
    at_once(
        [
            lambda: release(PLACE, boss, run, OPEN, only=only),
            lambda: accept(PLACE, first.mentor.user_id, first.uuid),
            lambda: accept(PLACE, first.mentee.user_id, first.uuid),
        ]
    )
    first.refresh_from_db()
    assert first.state == PairingState.ACTIVE
    assert live().count() == 3


def first_pair(word):
    row = Proposal.objects.order_by("pk")[0]
    return Ask(word, row.mentor_id, row.mentee_id)


def test_two_words_at_once_are_each_kept_whole_or_refused(at_once):
    run = proposal()
    asks = [Ask(Word.FORBID, row.mentor_id, row.mentee_id) for row in Proposal.objects.order_by("pk")[:2]]
    seen = [weigh(PLACE, OPEN, run, ask).seen for ask in asks]
    bosses = [factories.coordinator().pk for _ in asks]
    outcomes = at_once(
        [
            lambda boss=boss, ask=ask, name=name: keep_word(PLACE, boss, OPEN, ask, run, name)
            for boss, ask, name in zip(bosses, asks, seen, strict=True)
        ]
    )
    assert sum(isinstance(outcome, Kept) for outcome in outcomes) == Override.objects.count() == 1
    assert [o.code for o in outcomes if isinstance(o, Conflict)] == ["price_changed"]
    row = MatchRun.objects.get()
    assert row.total == sum(Proposal.objects.values_list("utility", flat=True))


def test_one_word_sent_three_times_is_one(at_once):
    run = proposal()
    ask = first_pair(Word.FIX)
    seen = weigh(PLACE, OPEN, run, ask).seen
    boss = factories.coordinator().pk
    outcomes = at_once([lambda: keep_word(PLACE, boss, OPEN, ask, run, seen)] * 3)
    assert sum(isinstance(outcome, Kept) and outcome.is_changed for outcome in outcomes) == 1
    assert Override.objects.count() == AuditEntry.objects.filter(act="pairing.kept").count() == 1


def test_a_mentee_is_kept_with_one_of_three_mentors_at_once(at_once):
    mentee = factories.mentee()
    asks = [Ask(Word.FIX, factories.mentor().pk, mentee.pk) for _ in range(3)]
    boss = factories.coordinator().pk
    outcomes = at_once([lambda ask=ask: keep_word(PLACE, boss, OPEN, ask, None) for ask in asks])
    assert sum(isinstance(outcome, Kept) for outcome in outcomes) == 1
    assert {outcome.code for outcome in outcomes if isinstance(outcome, Conflict)} == {"mentee_is_kept"}
    assert Override.objects.filter(slot=1).count() == 1


def test_a_word_and_a_release_at_once_leave_one_consistent_proposal(at_once):
    run = proposal()
    ask = first_pair(Word.FORBID)
    seen = weigh(PLACE, OPEN, run, ask).seen
    boss, other = factories.coordinator().pk, factories.coordinator().pk
    at_once([lambda: keep_word(PLACE, boss, OPEN, ask, run, seen), lambda: release(PLACE, other, run, OPEN)])
    assert Pairing.objects.count() == Proposal.objects.filter(released_at__isnull=False).count()
    kept = Override.objects.exists()
    assert Pairing.objects.filter(mentor=ask.mentor, mentee=ask.mentee).exists() != kept


def test_the_same_pair_by_hand_three_times_at_once_is_one_offer(at_once):
    mentor, mentee = factories.mentor(), factories.mentee()
    boss, ask = factories.coordinator().pk, Ask(Word.FIX, mentor.pk, mentee.pk)
    outcomes = at_once([lambda: offer_by_hand(PLACE, boss, OPEN, ask)] * 3)
    assert sum(isinstance(outcome, OfferedByHand) and outcome.is_changed for outcome in outcomes) == 1
    assert Pairing.objects.count() == 1


def test_a_veto_set_while_a_pair_is_offered_by_hand_comes_before_or_after(at_once):
    mentor, mentee = factories.mentor(), factories.mentee()
    boss, ask = factories.coordinator().pk, Ask(Word.FIX, mentor.pk, mentee.pk)
    said = {"vetoes": [mentor.user.username]}
    by_hand, _ = at_once(
        [
            lambda: offer_by_hand(PLACE, boss, OPEN, ask),
            lambda: keep_step(PLACE, mentee.user_id, Step.APART, said, OPEN),
        ]
    )
    assert Pairing.objects.count() == isinstance(by_hand, OfferedByHand)
    assert Veto.objects.filter(participant=mentee).exists()
