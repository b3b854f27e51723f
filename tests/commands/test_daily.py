from datetime import timedelta
from io import StringIO

import factories
import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import PairingState, Role
from reverse_mentoring_xblock.models import Pairing, Participant
from reverse_mentoring_xblock.services.offering_circles import offer_circle
from reverse_mentoring_xblock.standalone.models import Course, CourseNode

pytestmark = pytest.mark.usefixtures("course")


def daily():
    out = StringIO()
    call_command("reverse_mentoring_daily", stdout=out)
    return out.getvalue().strip()


def offer(days, **facts):
    made = factories.pairing(
        factories.mentor(account=factories.user("Tomasz", "Nowak")),
        factories.mentee(account=factories.user("Margaret", "Oduya"), time_zone="Europe/Berlin"),
        PairingState.OFFERED,
        answer_by=timezone.now() + timedelta(days=days),
        **facts,
    )
    Pairing.objects.filter(pk=made.pk).update(created=timezone.now() - timedelta(days=6))
    return made


def test_it_does_the_work_of_all_programmes_once():
    offer(-1)
    offer(1, mentor_accepted_at=timezone.now())
    pair = factories.pairing()
    Participant.objects.filter(pk=pair.mentor_id).update(manager=pair.mentee.user.username)
    elsewhere = factories.Place(factories.OTHER_COURSE, "main")
    people = [factories.participant(role, place=elsewhere) for role in (Role.MENTOR, Role.MENTEE)]
    factories.pairing(*people, PairingState.OFFERED, answer_by=timezone.now() - timedelta(days=1))
    assert daily() == (
        "Programmes: 2. Offers closed: 2. Requests closed: 0. People reminded: 1. Pairs pointed out: 1, well again: 0."
    )
    assert daily() == (
        "Programmes: 2. Offers closed: 0. Requests closed: 0. People reminded: 0. Pairs pointed out: 0, well again: 0."
    )


def test_the_letter_says_who_until_when_and_where(settings):
    settings.SITE_URL = "https://learn.brannock.example"
    made = offer(1, mentor_accepted_at=timezone.now())
    daily()
    (letter,) = mail.outbox
    assert letter.to == [made.mentee.user.email]
    assert letter.subject == "An offer waits for your answer"
    assert "Tomasz Nowak is offered to you" in letter.body
    unit = CourseNode.objects.get(category="reverse_mentoring_pairing").parent
    assert f"https://learn.brannock.example/units/{unit.usage_key}" in letter.body
    assert "tomorrow" in letter.body


def test_the_mentor_of_a_circle_gets_one_letter_and_everybody_reads_that_it_is_a_circle():
    mentor, mentees = factories.mentor(), [factories.mentee() for _ in range(3)]
    rules = PairingRules(require_training=False, require_assessment=False)
    boss = factories.coordinator().pk
    offer_circle(factories.PLACE, boss, "4.1", mentor.uuid, [one.uuid for one in mentees], rules)
    Pairing.objects.update(created=timezone.now() - timedelta(days=6), answer_by=timezone.now() + timedelta(days=1))
    assert "People reminded: 4." in daily()
    addresses = [address for letter in mail.outbox for address in letter.to]
    assert sorted(addresses) == sorted(one.user.email for one in (mentor, *mentees))
    assert all("A circle on “Protecting devices" in letter.body for letter in mail.outbox)


def test_it_is_written_in_the_language_of_the_person_and_nobody_elses():
    offer(1)
    Course.objects.update(language="de")
    daily()
    assert ["morgen" in letter.body for letter in mail.outbox] == [True, True]


def test_rules_are_those_of_the_course():
    pair = factories.pairing()
    Participant.objects.filter(pk__in=[pair.mentor_id, pair.mentee_id]).update(manager="ines")
    node = CourseNode.objects.get(category="reverse_mentoring_pairing")
    CourseNode.objects.filter(pk=node.pk).update(fields={**node.fields, "shared_manager": False})
    assert "pointed out: 0" in daily()
    CourseNode.objects.filter(pk=node.pk).update(fields={**node.fields, "shared_manager": True})
    assert "pointed out: 1" in daily()


def test_a_course_that_cannot_be_read_stops_no_other_and_is_told():
    offer(-1)
    Course.objects.create(key=factories.OTHER_COURSE, title="Broken")
    broken = factories.Place(factories.OTHER_COURSE, "main")
    factories.programme(broken)
    node = CourseNode.objects.get(category="reverse_mentoring_pairing")
    CourseNode.objects.filter(pk=node.pk).update(fields={**node.fields, "line_levels": "many"})
    with pytest.raises(CommandError, match="not finished: 1"):
        daily()
    assert not Pairing.objects.filter(state=PairingState.OFFERED).exists()
