from datetime import timedelta

import factories
import pytest
from django.core import mail
from django.utils import timezone

from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import LIVE_PAIRING, PairingState, WhyDeclined
from reverse_mentoring_xblock.models import AuditEntry, DeclineReason, Pairing, Participant
from reverse_mentoring_xblock.services.deciding import accept, decline, end_pairing
from reverse_mentoring_xblock.services.flagging import flag_pairs
from reverse_mentoring_xblock.services.handing_over import hand_over
from reverse_mentoring_xblock.services.lapsing import lapse_overdue
from reverse_mentoring_xblock.services.mailing import Letter
from reverse_mentoring_xblock.services.overseeing import end_for_both, extend_offer, withdraw_offer
from reverse_mentoring_xblock.services.reminding import remind

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = factories.PLACE
OPEN = PairingRules(require_training=False, require_assessment=False)


def offer(days=1.0, **facts):
    return factories.pairing(state=PairingState.OFFERED, answer_by=timezone.now() + timedelta(days=days), **facts)


def is_sound():
    for row in Pairing.objects.all():
        is_live = row.state in LIVE_PAIRING
        assert (row.mentor_slot is not None) == (row.mentee_slot is not None) == is_live


def test_two_sweeps_at_once_close_each_offer_once(at_once):
    for _ in range(6):
        offer(-1, mentor_accepted_at=timezone.now())
    now = timezone.now()
    assert sum(at_once([lambda: lapse_overdue(PLACE, now)] * 3)) == 6
    assert sum(entry.facts["pairings"] for entry in AuditEntry.objects.filter(act="pairing.lapsed")) == 6
    mentors = Pairing.objects.values("mentor")
    assert set(Participant.objects.filter(pk__in=mentors).values_list("rounds_waited", flat=True)) == {1}


def test_a_yes_during_the_sweep_is_either_in_time_or_refused(at_once):
    """The sweep looks a second ahead of the offers' end, so that the two really contend."""
    made = offer(0.5 / 86400, mentor_accepted_at=timezone.now())
    later = timezone.now() + timedelta(seconds=1)
    at_once([lambda: accept(PLACE, made.mentee.user_id, made.uuid), lambda: lapse_overdue(PLACE, later)])
    made.refresh_from_db()
    assert made.state in (PairingState.ACTIVE, PairingState.LAPSED)
    assert (made.mentee_accepted_at is None) == (made.state == PairingState.LAPSED)
    is_sound()


def test_handing_over_while_one_of_the_two_ends_it_gives_one_mentor_or_none(at_once):
    pair, other = factories.pairing(), factories.mentor()
    boss = factories.coordinator().pk
    at_once(
        [
            lambda: hand_over(PLACE, boss, pair.uuid, other.uuid, OPEN),
            lambda: end_pairing(PLACE, pair.mentee.user_id, pair.uuid),
        ]
    )
    pair.refresh_from_db()
    assert pair.state == PairingState.ENDED
    assert Pairing.objects.filter(mentee=pair.mentee_id, state__in=LIVE_PAIRING).count() <= 1
    assert AuditEntry.objects.filter(act__in=["pairing.handed_over", "pairing.ended"]).count() == 1
    is_sound()


def test_two_coordinators_handing_over_to_two_mentors_hand_over_once(at_once):
    pair = factories.pairing()
    bosses = [factories.coordinator().pk for _ in range(2)]
    others = [factories.mentor() for _ in range(2)]
    at_once(
        [
            lambda boss=boss, other=other: hand_over(PLACE, boss, pair.uuid, other.uuid, OPEN)
            for boss, other in zip(bosses, others, strict=True)
        ]
    )
    assert Pairing.objects.filter(mentee=pair.mentee_id, state__in=LIVE_PAIRING).count() == 1
    assert AuditEntry.objects.count() == 1
    is_sound()


def test_one_act_sent_by_several_windows_counts_once(at_once):
    pair, made = factories.pairing(), offer(2)
    boss, seen = factories.coordinator().pk, made.answer_by
    at_once([lambda: end_for_both(PLACE, boss, pair.uuid)] * 3)
    at_once([lambda: extend_offer(PLACE, boss, made.uuid, 3, seen)] * 3)
    made.refresh_from_db()
    assert made.answer_by == seen + timedelta(days=3)
    assert Participant.objects.get(pk=pair.mentor_id).rounds_waited == 1
    assert AuditEntry.objects.count() == 2


def test_withdrawing_while_both_accept_is_one_of_the_two(at_once):
    made = offer(2, mentor_accepted_at=timezone.now())
    boss = factories.coordinator().pk
    at_once(
        [
            lambda: withdraw_offer(PLACE, boss, made.uuid),
            lambda: accept(PLACE, made.mentee.user_id, made.uuid),
        ]
    )
    made.refresh_from_db()
    assert made.state in (PairingState.ACTIVE, PairingState.ENDED)
    is_sound()


def test_several_who_decline_at_once_are_all_counted(at_once):
    made = [offer(2) for _ in range(5)]
    at_once([lambda row=row: decline(PLACE, row.mentee.user_id, row.uuid, WhyDeclined.TIME) for row in made])
    counted = DeclineReason.objects.get()
    assert (counted.count, counted.shown) == (5, 5)


def test_two_runs_at_once_remind_nobody_twice(at_once):
    for _ in range(4):
        made = offer(1)
        Pairing.objects.filter(pk=made.pk).update(created=timezone.now() - timedelta(days=6))
    now = timezone.now()

    def letters(due):
        return [letter(one) for one in due]

    def letter(one):
        return Letter(one.user_id, one.address, "An offer", "It waits")

    assert sum(at_once([lambda: remind(PLACE, now, letters, "us@brannock.example")] * 2)) == 8
    assert len(mail.outbox) == 8


def test_a_flag_and_a_second_yes_at_once_lose_neither(at_once):
    made = offer(2, mentor_accepted_at=timezone.now())
    Participant.objects.filter(pk=made.mentor_id).update(manager=made.mentee.user.username)
    at_once([lambda: flag_pairs(PLACE, OPEN), lambda: accept(PLACE, made.mentee.user_id, made.uuid)])
    made.refresh_from_db()
    assert made.conflict == "reporting_line"
    assert made.state in (PairingState.ACTIVE, PairingState.OFFERED)
