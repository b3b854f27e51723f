"""What is left of a person whose account is retired."""

import factories
import pytest
import rosters
from django.utils import timezone

from reverse_mentoring_xblock.domain.states import PairingState, ParticipantState
from reverse_mentoring_xblock.models import (
    Action,
    Answer,
    Attempt,
    Avoided,
    Interest,
    ModuleProgress,
    Participant,
    Reflection,
    RosterFile,
    Session,
    SignUpDraft,
    Veto,
    Wish,
)
from reverse_mentoring_xblock.retirement import retire_learner
from reverse_mentoring_xblock.services.clearing import forget_in_block

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    """Two people with a session, words of both, answers, vetoes and next steps."""
    pair = factories.pairing(mentee_row=factories.mentee(manager="boss"))
    session = factories.session(pair, mentor_confirmed_at=timezone.now(), mentee_confirmed_at=timezone.now())
    for author in (pair.mentor, pair.mentee):
        factories.trained(author)
        Reflection.objects.create(session=session, author=author, revision=1, what="words", extract="shown")
        Action.objects.create(pairing=pair, owner=author, text="a step")
        Veto.objects.create(participant=author, person="somebody")
        SignUpDraft.objects.create(participant=author, said={"department": "Legal"})
    third = factories.mentor()
    Wish.objects.create(participant=pair.mentee, wished=third, rank=1)
    Avoided.objects.create(participant=pair.mentee, avoided=pair.mentor)
    Participant.objects.filter(pk=pair.mentee.pk).update(
        mode="remote", channels=["chat"], style={"planning": 2}, committed_at=timezone.now()
    )
    attempt = Attempt.objects.create(
        participant=pair.mentee, bank="dsc-core", bank_version="1", bank_digest="0", competences=["1.2"], seed=1
    )
    Answer.objects.create(attempt=attempt, item="s-1.2-I", value="2")
    return pair


def retire(person):
    retire_learner(sender=None, user=person.user)


def test_nothing_is_left_of_what_they_said_answered_or_wrote(pair):
    gone = pair.mentee
    retire(gone)
    for rows in (Reflection.objects.filter(author=gone), Action.objects.filter(owner=gone)):
        assert not rows.exists()
    for table in (Attempt, Avoided, Interest, ModuleProgress, SignUpDraft, Veto, Wish):
        assert not table.objects.filter(participant=gone).exists()
    assert not Answer.objects.exists()
    left = Participant.objects.get(pk=gone.pk)
    assert left.state == ParticipantState.WITHDRAWN
    assert (left.level, left.department, left.site, left.manager, left.time_zone) == (None, "", "", "", "")
    assert (left.languages, left.windows) == ([], [])
    assert (left.mode, left.channels, left.style, left.committed_at) == ("both", [], {}, None)


@pytest.mark.parametrize("line", ["{},mentor,", "other,mentee,{}"])
def test_a_roster_file_that_waits_with_their_name_in_it_is_dropped(pair, line):
    coordinator, gone = factories.coordinator(), pair.mentee.user
    rosters.sent(coordinator, rosters.roster(line.format(gone.email.upper()), heading="person,role,manager"))
    retire(pair.mentor)
    assert RosterFile.objects.get().content
    retire(pair.mentee)
    assert (RosterFile.objects.get().content, RosterFile.objects.get().summary) == (None, {})


def test_what_is_the_partners_stays_theirs(pair):
    retire(pair.mentee)
    pair.refresh_from_db()
    assert pair.state == PairingState.ENDED
    assert Session.objects.filter(pairing=pair, mentor_confirmed_at__isnull=False).count() == 1
    assert Reflection.objects.filter(author=pair.mentor).count() == 1
    assert Action.objects.filter(owner=pair.mentor).count() == 1
    assert Veto.objects.filter(participant=pair.mentor).count() == 1


def test_colleagues_no_longer_name_them(pair):
    gone = factories.user(username="Quiet.Person")
    for name in ("quiet.person", gone.email.lower()):
        Veto.objects.create(participant=pair.mentor, person=name)
    Participant.objects.filter(pk=pair.mentor.pk).update(manager="quiet.person")
    retire_learner(sender=None, user=gone)
    assert list(Veto.objects.filter(participant=pair.mentor).values_list("person", flat=True)) == ["somebody"]
    assert Participant.objects.get(pk=pair.mentor.pk).manager == ""


def test_wishes_of_others_for_them_are_gone(pair):
    other = factories.mentor()
    Wish.objects.create(participant=other, wished=pair.mentee, rank=1)
    Avoided.objects.create(participant=pair.mentor, avoided=pair.mentee)
    kept = Wish.objects.create(participant=other, wished=factories.mentee(), rank=2)
    retire(pair.mentee)
    assert list(Wish.objects.all()) == [kept]
    assert not Avoided.objects.exists()


def test_colleagues_on_the_way_to_sign_up_no_longer_name_them(pair):
    gone = factories.user(username="Quiet.Person")
    said = {"manager": "quiet.person", "vetoes": ["somebody", gone.email.lower()], "department": "Legal"}
    draft = SignUpDraft.objects.create(participant=factories.participant(), said=said)
    untouched = factories.participant()
    SignUpDraft.objects.create(participant=untouched, said={"manager": "boss"})
    retire_learner(sender=None, user=gone)
    draft.refresh_from_db()
    assert draft.said == {"manager": "", "vetoes": ["somebody"], "department": "Legal"}
    assert SignUpDraft.objects.get(participant=untouched).said == {"manager": "boss"}


def test_taking_back_the_sign_up_alone_forgets_the_profile_and_keeps_the_rest(pair):
    forget_in_block(factories.PLACE, pair.mentee.user_id, "pairing")
    for table in (Avoided, Interest, SignUpDraft, Veto, Wish):
        assert not table.objects.filter(participant=pair.mentee).exists(), table
    left = Participant.objects.get(pk=pair.mentee.pk)
    assert left.state == ParticipantState.JOINED
    assert (left.mode, left.channels, left.style, left.committed_at) == ("both", [], {}, None)
    assert Attempt.objects.filter(participant=pair.mentee).exists()
    assert SignUpDraft.objects.filter(participant=pair.mentor).exists()


def test_it_can_be_repeated_and_strangers_are_no_matter(pair):
    retire(pair.mentee)
    retire(pair.mentee)
    retire_learner(sender=None, user=factories.user())
    assert Participant.objects.count() == 3
