"""What becomes of an offer after its release: its end, its reminder, and why it was declined."""

from datetime import timedelta

import factories
import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reverse_mentoring_xblock.domain.errors import Conflict
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import PairingState, Role, WhyDeclined
from reverse_mentoring_xblock.models import AuditEntry, DeclineReason, Pairing, Participant, Proposal
from reverse_mentoring_xblock.selectors.declines import declines
from reverse_mentoring_xblock.selectors.pairings import all_pairings_of
from reverse_mentoring_xblock.services import lapsing, reminding
from reverse_mentoring_xblock.services.deciding import accept, decline
from reverse_mentoring_xblock.services.lapsing import lapse_overdue
from reverse_mentoring_xblock.services.mailing import Letter, post
from reverse_mentoring_xblock.services.proposing import propose
from reverse_mentoring_xblock.services.reminding import remind

pytestmark = pytest.mark.django_db
PLACE = factories.PLACE
OPEN = PairingRules(require_training=False, require_assessment=False)
NOW = timezone.now()


def offer(days_left=1.0, days_ago=6.0, mentor=None, **facts):
    """An offer that waits so many days longer."""
    made = factories.pairing(
        mentor, state=PairingState.OFFERED, answer_by=timezone.now() + timedelta(days=days_left), **facts
    )
    Pairing.objects.filter(pk=made.pk).update(created=timezone.now() - timedelta(days=days_ago))
    return made


def waited(person_id):
    return Participant.objects.get(pk=person_id).rounds_waited


def acts():
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


class TestTheEnd:
    def test_after_it_nobody_can_accept_whether_or_not_it_was_closed(self):
        late = offer(-0.01)
        for _closed in (False, True):
            with pytest.raises(Conflict) as refused:
                accept(PLACE, late.mentor.user_id, late.uuid)
            assert refused.value.code == "offer_lapsed"
            lapse_overdue(PLACE, timezone.now())
        late.refresh_from_db()
        assert late.mentor_accepted_at is None

    def test_a_no_after_it_says_no_more_than_silence(self):
        late = offer(-0.01)
        assert not decline(PLACE, late.mentor.user_id, late.uuid, WhyDeclined.TIME).is_changed
        assert waited(late.mentee_id) == 0
        assert not DeclineReason.objects.exists()

    def test_pages_take_an_overdue_offer_for_closed_and_write_nothing(self):
        late = offer(-0.01)
        with CaptureQueriesContext(connection) as queries:
            found = all_pairings_of(late.mentee_id, timezone.now())
        assert (found.live, found.was_active, found.over_since) == ((), False, late.answer_by)
        assert len(queries) == 1
        before = found
        lapse_overdue(PLACE, timezone.now())
        assert all_pairings_of(late.mentee_id, timezone.now()) == before

    def test_both_are_free_and_only_who_had_said_yes_moves_up(self):
        late = offer(-1, mentor_accepted_at=NOW)
        assert lapse_overdue(PLACE, timezone.now()) == 1
        late.refresh_from_db()
        assert (late.state, late.mentor_slot, late.mentee_slot) == (PairingState.LAPSED, None, None)
        assert late.closed_at == late.answer_by
        assert (waited(late.mentor_id), waited(late.mentee_id)) == (1, 0)
        (entry,) = AuditEntry.objects.all()
        assert (entry.act, entry.actor_id, entry.facts) == ("pairing.lapsed", None, {"pairings": 1})

    def test_who_could_not_answer_because_it_was_held_moves_up_too(self):
        late = offer(-1, conflict="reporting_line")
        lapse_overdue(PLACE, timezone.now())
        assert (waited(late.mentor_id), waited(late.mentee_id)) == (1, 1)

    def test_a_mentor_with_two_such_offers_counts_once(self):
        mentor = factories.mentor(capacity=2)
        offer(-1, mentor=mentor, mentor_accepted_at=NOW)
        Pairing.objects.create(
            programme=mentor.programme,
            mentor=mentor,
            mentee=factories.mentee(),
            mentor_slot=2,
            mentor_accepted_at=NOW,
            answer_by=NOW - timedelta(days=1),
        )
        assert lapse_overdue(PLACE, timezone.now()) == 2
        assert waited(mentor.pk) == 1

    def test_doing_it_twice_is_doing_it_once(self):
        offer(-1)
        assert [lapse_overdue(PLACE, timezone.now()) for _ in range(2)] == [1, 0]
        assert acts() == ["pairing.lapsed"]

    def test_offers_with_time_left_active_pairs_and_other_programmes_stay(self):
        offer(0.01)
        offer(-1, days_ago=9).delete()
        factories.pairing(answer_by=NOW - timedelta(days=9))
        elsewhere = factories.Place(factories.OTHER_COURSE, "main")
        pair = [factories.participant(role, place=elsewhere) for role in (Role.MENTOR, Role.MENTEE)]
        factories.pairing(*pair, PairingState.OFFERED, answer_by=NOW - timedelta(days=1))
        assert lapse_overdue(PLACE, timezone.now()) == 0
        assert lapse_overdue(factories.Place(factories.OTHER_COURSE, "nowhere"), timezone.now()) == 0

    def test_many_are_closed_in_several_short_transactions(self, monkeypatch):
        monkeypatch.setattr(lapsing, "BATCH", 2)
        for _ in range(5):
            offer(-1)
        assert lapse_overdue(PLACE, timezone.now()) == 5
        assert [entry.facts["pairings"] for entry in AuditEntry.objects.order_by("pk")] == [2, 2, 1]

    def test_a_round_finds_everybody_free_whose_offer_is_overdue(self):
        late = offer(-1)
        other = factories.mentee()
        propose(PLACE, factories.coordinator().pk, OPEN)
        proposed = Proposal.objects.get()
        assert (proposed.mentor_id, proposed.mentee_id) == (late.mentor_id, other.pk)


SENDER = "us@brannock.example"


def letters_for(due):
    return [letter_for(one) for one in due]


def letter_for(one):
    return Letter(one.user_id, one.address, f"To {one.name}", f"{one.partner} waits")


class TestTheReminder:
    def test_it_goes_once_to_those_who_have_not_answered(self):
        due = offer(1, mentor_accepted_at=NOW)
        assert remind(PLACE, timezone.now(), letters_for, SENDER) == 1
        (sent,) = mail.outbox
        assert sent.to == [due.mentee.user.email]
        assert "waits" in sent.body
        due.refresh_from_db()
        assert due.reminded_at
        assert remind(PLACE, timezone.now(), letters_for, SENDER) == 0
        assert len(mail.outbox) == 1
        assert acts() == ["pairing.reminded"]

    def test_it_goes_to_both_when_both_are_silent(self):
        due = offer(1)
        assert remind(PLACE, timezone.now(), letters_for, SENDER) == 2
        assert {address for one in mail.outbox for address in one.to} == {
            due.mentor.user.email,
            due.mentee.user.email,
        }

    def test_not_too_early_not_too_late_and_not_while_it_is_held(self):
        offer(3)
        offer(1, days_ago=0.5)
        offer(-0.1)
        offer(1, conflict="conflict")
        assert remind(PLACE, timezone.now(), letters_for, SENDER) == 0
        assert mail.outbox == []
        assert acts() == []

    def test_a_server_that_is_down_leaves_it_for_the_next_run(self, settings):
        due = offer(1)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        assert remind(PLACE, timezone.now(), letters_for, SENDER) == 0
        due.refresh_from_db()
        assert due.reminded_at is None
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert remind(PLACE, timezone.now(), letters_for, SENDER) == 2

    def test_all_of_many_are_reached(self, monkeypatch):
        monkeypatch.setattr(reminding, "BATCH", 2)
        for _ in range(5):
            offer(1)
        assert remind(PLACE, timezone.now(), letters_for, SENDER) == 10


def test_a_letter_that_cannot_be_sent_keeps_no_other_back():
    letters = [
        Letter(1, "one@brannock.example", "broken\nsubject", "text"),
        Letter(2, "", "subject", "text"),
        Letter(3, "three@brannock.example", "subject", "text"),
    ]
    assert post(letters, SENDER) == {3}
    assert [one.to for one in mail.outbox] == [["three@brannock.example"]]


class TestWhyDeclined:
    def say(self, *reasons):
        for why in reasons:
            made = offer(3)
            decline(PLACE, made.mentee.user_id, made.uuid, why)

    def test_nothing_is_shown_of_fewer_than_five(self):
        self.say(*[WhyDeclined.TIME] * 4)
        assert declines(PLACE).total == 0
        assert declines(PLACE).classes == {}

    def test_a_class_is_shown_from_five_on_and_the_figures_stand_still_in_between(self):
        self.say(*[WhyDeclined.TIME] * 5)
        five = declines(PLACE)
        assert (five.total, five.classes, five.rest) == (5, {WhyDeclined.TIME: 5}, 0)
        self.say(WhyDeclined.CLOSE, WhyDeclined.CLOSE, WhyDeclined.TIME, WhyDeclined.UNSAID)
        assert declines(PLACE) == five

    def test_what_is_left_over_is_never_fewer_than_five(self):
        self.say(*[WhyDeclined.TIME] * 6, *[WhyDeclined.CLOSE] * 4)
        ten = declines(PLACE)
        assert (ten.total, ten.classes, ten.rest) == (10, {}, 10)
        self.say(*[WhyDeclined.UNSAID] * 5)
        fifteen = declines(PLACE)
        assert (fifteen.total, fifteen.classes, fifteen.rest) == (15, {WhyDeclined.TIME: 6}, 9)

    def test_nothing_leads_from_a_reason_to_a_person(self):
        made = offer(3)
        decline(PLACE, made.mentee.user_id, made.uuid, WhyDeclined.CLOSE)
        assert {field.name for field in DeclineReason._meta.get_fields()} == {
            "id",
            "programme",
            "reason",
            "count",
            "shown",
        }
        assert "close" not in str(AuditEntry.objects.values_list("facts", flat=True))

    def test_a_no_twice_counts_once(self):
        made = offer(3)
        for _ in range(2):
            decline(PLACE, made.mentee.user_id, made.uuid, WhyDeclined.TIME)
        assert DeclineReason.objects.get().count == 1


def test_a_held_offer_can_be_declined_but_not_accepted():
    held = offer(3, conflict="reporting_line")
    with pytest.raises(Conflict) as refused:
        accept(PLACE, held.mentee.user_id, held.uuid)
    assert refused.value.code == "offer_held"
    assert decline(PLACE, held.mentee.user_id, held.uuid).is_changed
