"""Whether two people may be paired: every rule in a code, what is confided in one code for all of it."""

from datetime import date

import factories
import pytest
from factories import PLACE

from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import ParticipantState
from reverse_mentoring_xblock.models import Avoided, DeclaredConflict, Override, Veto
from reverse_mentoring_xblock.selectors.pair_checks import check_pair

pytestmark = pytest.mark.django_db
OPEN = PairingRules(require_training=False, require_assessment=False)
TODAY = date(2026, 11, 27)


def checked(mentor, mentee, rules=OPEN):
    return check_pair(PLACE, rules, mentor.pk, mentee.pk, TODAY)


def test_two_who_fit_come_with_their_reason():
    found = checked(factories.mentor(), factories.mentee())
    assert found.is_possible
    assert found.reason.topics == ("1.2", "4.1")
    assert found.worth.total > 0


def test_every_rule_that_stands_in_the_way_is_there():
    found = checked(factories.mentor(languages=["pt"], level=9), factories.mentee())
    assert found.broken == ("seniority_gap", "language")
    assert found.worth is None


def test_whoever_is_not_in_the_pool_is_not_ready():
    paused = factories.mentor(state=ParticipantState.PAUSED)
    assert checked(paused, factories.mentee()).broken == ("not_ready",)
    assert checked(factories.mentee(), factories.mentor()).broken == ("not_ready",)


@pytest.mark.parametrize("why", ["veto", "avoided", "conflict", "manager", "line"])
def test_what_is_confided_reads_the_same_whatever_it_is(why):
    mentor = factories.mentor(manager="the-boss" if why == "manager" else "")
    mentee = factories.mentee(manager="the-boss" if why == "manager" else "")
    if why == "veto":
        Veto.objects.create(participant=mentor, person=mentee.user.username)
    elif why == "avoided":
        Avoided.objects.create(participant=mentee, avoided=mentor)
    elif why == "conflict":
        DeclaredConflict.objects.create(programme=mentor.programme, mentor=mentor, mentee=mentee)
    elif why == "line":
        mentor.manager = mentee.user.username
        mentor.save()
    assert checked(mentor, mentee).broken == ("apart",)


def test_a_rule_that_is_off_keeps_nobody_apart():
    mentor, mentee = factories.mentor(languages=["pt"], mode="onsite", site="Leeds"), factories.mentee(mode="remote")
    assert set(checked(mentor, mentee).broken) == {"language", "mode"}
    off = PairingRules(require_training=False, require_assessment=False, same_language=False, way_of_meeting=False)
    assert checked(mentor, mentee, off).is_possible


def test_a_pair_that_a_coordinator_ruled_out_reads_like_what_is_confided():
    mentor, mentee = factories.mentor(), factories.mentee()
    said = Override.objects.create(programme=mentor.programme, mentor=mentor, mentee=mentee, kind="forbid")
    assert checked(mentor, mentee).broken == ("apart",)
    said.slot = None
    said.save()
    assert checked(mentor, mentee).is_possible
