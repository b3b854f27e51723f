from datetime import UTC, datetime, timedelta

import casts
import factories
import pytest
from django.utils import timezone

from reverse_mentoring_xblock.domain.errors import Conflict, NotAllowed
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.profile import Step
from reverse_mentoring_xblock.domain.states import ParticipantState, Role
from reverse_mentoring_xblock.models import SignUpDraft
from reverse_mentoring_xblock.selectors.participants import participant_of
from reverse_mentoring_xblock.selectors.profiles import sign_up_of
from reverse_mentoring_xblock.services.signing_up import keep_step, pause, resume, sign_up

pytestmark = pytest.mark.django_db
RULES = PairingRules()
SAID = {
    Step.WORK: {"level": 6, "department": "Finance", "site": "Leeds", "manager": "margaret", "no_manager": False},
    Step.HOURS: {"time_zone": "Europe/London", "windows": ((0, 540, 840),)},
    Step.MEETING: {"languages": ("en", "sv"), "mode": "remote", "channels": ["video", "chat"]},
    Step.TOPICS: {"topics": {"1.2": 3, "4.1": 1}},
    Step.STYLE: {"style": {"planning": 2, "rhythm": 5}},
    Step.COMMITMENT: {"capacity": 1, "has_committed": True},
    Step.APART: {"vetoes": ("paolo",)},
}


@pytest.fixture
def mentee():
    return casts.assessed(factories.trained(factories.participant(Role.MENTEE)))


def keep(person, step, rules=RULES, **said):
    return keep_step(factories.PLACE, person.user_id, step, {**SAID[step], **said}, rules)


def say_everything(person):
    for step in Step:
        keep(person, step)


def enter(person, rules=RULES, **facts):
    return sign_up(factories.PLACE, person.user_id, rules, **facts)


def entry_of(person):
    return sign_up_of(participant_of(factories.PLACE, person.user_id))


class TestSteps:
    def test_what_is_said_before_sign_up_stands_in_no_row_that_others_read(self, mentee):
        before = {name: getattr(mentee, name) for name in ("level", "department", "manager", "languages", "windows")}
        say_everything(mentee)
        mentee.refresh_from_db()
        assert {name: getattr(mentee, name) for name in before} == before
        assert mentee.state == ParticipantState.JOINED
        assert not mentee.interests.exists()
        assert not mentee.vetoes.exists()
        assert entry_of(mentee).profile.department == "Finance"

    def test_a_step_adds_to_those_before(self, mentee):
        keep(mentee, Step.WORK)
        keep(mentee, Step.APART)
        entry = entry_of(mentee)
        assert entry.done == {Step.WORK, Step.APART}
        assert (entry.profile.level, entry.profile.vetoes) == (6, ("paolo",))
        assert entry.open_steps(Role.MENTEE)[0] is Step.HOURS

    def test_facts_of_a_roster_file_are_there_and_the_step_is_still_to_be_gone_through(self):
        invited = factories.participant(Role.MENTEE, level=7, department="Legal", site="Kraków", manager="boss")
        entry = entry_of(invited)
        assert (entry.profile.level, entry.profile.department, entry.profile.manager) == (7, "Legal", "boss")
        assert Step.WORK in entry.open_steps(Role.MENTEE)

    def test_a_part_of_a_step_is_kept_and_the_step_stays_open(self, mentee):
        keep_step(factories.PLACE, mentee.user_id, Step.WORK, {"department": "Finance"}, RULES, is_done=False)
        entry = entry_of(mentee)
        assert entry.profile.department == "Finance"
        assert Step.WORK in entry.open_steps(Role.MENTEE)

    def test_a_step_that_was_saved_meanwhile_is_not_overwritten_unseen(self, mentee):
        seen = entry_of(mentee).profile.version(Step.APART)
        keep(mentee, Step.APART, vetoes=("grace", "paolo"))
        with pytest.raises(Conflict) as refused:
            keep_step(factories.PLACE, mentee.user_id, Step.APART, {"vetoes": ()}, RULES, seen=seen)
        assert refused.value.code == "step_changed"
        assert entry_of(mentee).profile.vetoes == ("grace", "paolo")
        newer = entry_of(mentee).profile.version(Step.APART)
        keep_step(factories.PLACE, mentee.user_id, Step.APART, {"vetoes": ()}, RULES, seen=newer)
        assert entry_of(mentee).profile.vetoes == ()

    def test_another_step_that_was_saved_meanwhile_is_no_matter(self, mentee):
        seen = entry_of(mentee).profile.version(Step.WORK)
        keep(mentee, Step.APART)
        keep_step(factories.PLACE, mentee.user_id, Step.WORK, SAID[Step.WORK], RULES, seen=seen)
        assert entry_of(mentee).done == {Step.WORK, Step.APART}

    def test_a_step_sent_twice_is_saved_once(self, mentee):
        seen = entry_of(mentee).profile.version(Step.WORK)
        for _ in range(2):
            keep_step(factories.PLACE, mentee.user_id, Step.WORK, SAID[Step.WORK], RULES, seen=seen)
        assert entry_of(mentee).profile.department == "Finance"

    def test_nobody_says_anything_without_a_role(self):
        invited = factories.participant(Role.MENTOR, ParticipantState.INVITED)
        for user_id in (factories.user().pk, invited.user_id):
            with pytest.raises(NotAllowed) as refused:
                keep_step(factories.PLACE, user_id, Step.WORK, SAID[Step.WORK], RULES)
            assert refused.value.code == "join_first"

    def test_what_somebody_in_the_pool_says_counts_at_once(self):
        mentor = factories.mentor(ParticipantState.PAUSED)
        assert keep(mentor, Step.TOPICS, topics={"2.1": 1})
        mentor.refresh_from_db()
        assert mentor.state == ParticipantState.PAUSED
        assert list(mentor.interests.values_list("competence", flat=True)) == ["2.1"]
        assert mentor.department.startswith("Department")
        assert not SignUpDraft.objects.exists()

    def test_a_mentors_capacity_stays_within_the_authors_limit(self):
        mentor = factories.mentor()
        keep(mentor, Step.COMMITMENT, PairingRules(max_capacity=2), capacity=5)
        mentor.refresh_from_db()
        assert mentor.capacity == 2

    def test_a_mentee_has_no_capacity(self):
        mentee = factories.mentee()
        keep(mentee, Step.COMMITMENT, capacity=2)
        mentee.refresh_from_db()
        assert mentee.capacity == 1


class TestSigningUp:
    def test_it_keeps_what_was_said(self, mentee):
        say_everything(mentee)
        outcome = enter(mentee)
        mentee.refresh_from_db()
        assert outcome.is_new
        assert mentee.state == ParticipantState.SIGNED_UP
        assert (mentee.level, mentee.department, mentee.site, mentee.manager) == (6, "Finance", "Leeds", "margaret")
        assert (mentee.languages, mentee.time_zone, mentee.windows) == (["en", "sv"], "Europe/London", [[0, 540, 840]])
        assert (mentee.mode, mentee.channels) == ("remote", ["video", "chat"])
        assert mentee.style == {"planning": 2, "rhythm": 5}
        assert mentee.signed_up_at == mentee.rules_agreed_at
        assert mentee.committed_at
        assert dict(mentee.interests.values_list("competence", "weight")) == {"1.2": 3, "4.1": 1}
        assert list(mentee.vetoes.values_list("person", flat=True)) == ["paolo"]
        assert not SignUpDraft.objects.exists()

    def test_twice_is_once(self, mentee):
        say_everything(mentee)
        enter(mentee)
        mentee.refresh_from_db()
        since = mentee.signed_up_at
        assert not enter(mentee).is_new
        mentee.refresh_from_db()
        assert mentee.signed_up_at == since

    @pytest.mark.parametrize("step", Step)
    def test_every_step_is_gone_through(self, mentee, step):
        for other in set(Step) - {step}:
            keep(mentee, other)
        with pytest.raises(Conflict) as refused:
            enter(mentee)
        assert refused.value.code == "steps_open"
        mentee.refresh_from_db()
        assert mentee.state == ParticipantState.JOINED

    def test_the_answers_are_those_that_the_person_checked(self, mentee):
        say_everything(mentee)
        seen = entry_of(mentee).profile.version()
        keep(mentee, Step.WORK, department="Legal")
        with pytest.raises(Conflict) as refused:
            enter(mentee, seen=seen)
        assert refused.value.code == "answers_changed"
        assert enter(mentee, seen=entry_of(mentee).profile.version()).is_new

    def test_a_stranger_has_to_choose_a_role_first(self):
        with pytest.raises(NotAllowed) as refused:
            sign_up(factories.PLACE, factories.user().pk, RULES)
        assert refused.value.code == "join_first"

    def test_somebody_invited_has_to_come_in_first(self):
        with pytest.raises(NotAllowed):
            enter(factories.participant(Role.MENTOR, ParticipantState.INVITED))

    @pytest.mark.parametrize(
        ("prepare", "code"),
        [(lambda person: person, "train_first"), (factories.trained, "assess_first")],
    )
    def test_gates_are_looked_at_again_when_it_counts(self, prepare, code):
        person = prepare(factories.participant(Role.MENTEE))
        say_everything(person)
        with pytest.raises(NotAllowed) as refused:
            enter(person)
        assert refused.value.code == code
        person.refresh_from_db()
        assert person.state == ParticipantState.JOINED
        assert not person.vetoes.exists()
        assert entry_of(person).profile.vetoes == ("paolo",)

    def test_topics_beyond_a_mentees_limit_are_asked_for_again(self, mentee):
        say_everything(mentee)
        keep(mentee, Step.TOPICS, topics=dict.fromkeys(("1.1", "1.2", "1.3", "2.1", "2.2", "2.3"), 1))
        assert entry_of(mentee).open_steps(Role.MENTEE) == (Step.TOPICS,)
        assert entry_of(mentee).open_steps(Role.MENTOR) == ()

    def test_somebody_who_withdrew_can_come_back_with_what_they_said_and_what_they_change(self, mentee):
        say_everything(mentee)
        enter(mentee)
        mentee.refresh_from_db()
        mentee.state = ParticipantState.WITHDRAWN
        mentee.save()
        keep(mentee, Step.WORK, department="Legal")
        mentee.refresh_from_db()
        assert mentee.department == "Finance"
        assert enter(mentee).is_new
        mentee.refresh_from_db()
        assert (mentee.department, mentee.site) == ("Legal", "Leeds")


class TestDates:
    NOW = datetime.now(UTC)

    @pytest.mark.parametrize(
        ("dates", "code"),
        [
            ({"sign_up_from": NOW + timedelta(days=1)}, "sign_up_early"),
            ({"sign_up_until": NOW - timedelta(days=1)}, "sign_up_late"),
        ],
    )
    def test_nobody_signs_up_outside_the_authors_dates_and_what_was_said_stays(self, mentee, dates, code):
        say_everything(mentee)
        with pytest.raises(NotAllowed) as refused:
            enter(mentee, PairingRules(**dates))
        assert refused.value.code == code
        assert entry_of(mentee).profile.department == "Finance"
        assert enter(mentee).is_new

    def test_between_the_dates_people_sign_up(self, mentee):
        say_everything(mentee)
        day = timedelta(days=1)
        assert enter(mentee, PairingRules(sign_up_from=self.NOW - day, sign_up_until=self.NOW + day)).is_new

    def test_those_who_are_in_change_what_they_said_after_the_end(self):
        closed = PairingRules(sign_up_until=timezone.now() - timedelta(days=1))
        mentor = factories.mentor()
        assert keep(mentor, Step.WORK, closed, department="Legal")
        mentor.refresh_from_db()
        assert mentor.department == "Legal"


def test_only_those_who_are_in_can_pause_or_resume(mentee):
    for act in (pause, resume):
        with pytest.raises(Conflict) as refused:
            act(factories.PLACE, mentee.user_id)
        assert refused.value.code == "not_signed_up"


def test_pausing_and_resuming_twice_is_once():
    mentor = factories.mentor()
    assert [pause(factories.PLACE, mentor.user_id), pause(factories.PLACE, mentor.user_id)] == [True, False]
    assert [resume(factories.PLACE, mentor.user_id), resume(factories.PLACE, mentor.user_id)] == [True, False]
    mentor.refresh_from_db()
    assert mentor.state == ParticipantState.SIGNED_UP
