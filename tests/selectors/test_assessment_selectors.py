import assessing
import factories
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reverse_mentoring_xblock.data import Place
from reverse_mentoring_xblock.domain.assessment.rounds import Sharing
from reverse_mentoring_xblock.domain.states import ParticipantState, Role
from reverse_mentoring_xblock.models import Attempt
from reverse_mentoring_xblock.selectors.assessment import (
    ParticipationCount,
    SharedLevel,
    SharedPicture,
    assessment_of,
    has_submitted,
    participation_counts,
    shared_picture,
    skills_for_matching,
    topics_shared_with_partner,
    what_partner_sees,
)
from reverse_mentoring_xblock.services.report_choices import choose_sharing, swap_topic

PLACE = factories.PLACE
LOW = {"4.1": "0", "5.2": "1", "1.3": "1"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def mentee():
    return assessing.handed_in(factories.participant(Role.MENTEE), LOW)


def share(person, phase="start", **ticks):
    choose_sharing(PLACE, person.user_id, phase, Sharing(**ticks))


def queries_of(call, *arguments):
    with CaptureQueriesContext(connection) as queries:
        call(*arguments)
    return len(queries)


class TestOwnRound:
    def test_before_it_is_begun_there_is_none(self):
        assert assessment_of(factories.participant().pk, Role.MENTEE, "start") is None

    def test_a_preview_participant_has_none(self):
        assert assessment_of(0, Role.MENTEE, "start") is None

    def test_an_open_round_has_the_answers_so_far(self):
        person = factories.participant()
        assessing.started(person, competence_set="all-21")
        row = assessment_of(person.pk, Role.MENTEE, "start")
        assert row.submitted_at is None
        assert row.is_current
        assert len(row.round.competences) == 21
        assert row.round.answers == {}

    def test_a_round_that_is_in_is_current_until_a_later_one_is(self, mentee):
        assert assessment_of(mentee.pk, Role.MENTEE, "start").is_current
        assessing.answered(mentee, phase="end")
        assert assessment_of(mentee.pk, Role.MENTEE, "start").is_current
        assessing.handed_in(mentee, phase="end")
        assert not assessment_of(mentee.pk, Role.MENTEE, "start").is_current
        assert assessment_of(mentee.pk, Role.MENTEE, "end").is_current

    def test_the_version_of_the_questions_is_told(self, mentee):
        assert assessment_of(mentee.pk, Role.MENTEE, "start").version == "dsc-core 1.0.0"

    def test_a_topic_that_a_new_bank_dropped_is_left_out(self, mentee):
        Attempt.objects.update(topics=["4.1", "9.9"])
        assert assessment_of(mentee.pk, Role.MENTEE, "start").topics == ("4.1",)

    def test_two_queries(self, mentee):
        assert queries_of(assessment_of, mentee.pk, Role.MENTEE, "start") == 2


class TestHasSubmitted:
    def test_only_what_is_handed_in_counts_in_its_own_phase(self, mentee):
        assert has_submitted(mentee.pk)
        assert not has_submitted(mentee.pk, "end")
        assert not has_submitted(assessing.answered(factories.participant()).pk)
        assert not has_submitted(0)


class TestWhatAPartnerSees:
    def test_topics_and_nothing_else_unless_the_mentee_ticks_more(self, mentee):
        assert set(topics_shared_with_partner(mentee.pk)) == set(LOW)
        picture = what_partner_sees(mentee.pk)
        assert set(picture.topics) == set(LOW)
        assert (picture.levels, picture.strength) == ((), None)

    def test_nothing_when_nothing_is_ticked(self, mentee):
        share(mentee, topics=False)
        assert topics_shared_with_partner(mentee.pk) == ()
        assert what_partner_sees(mentee.pk) is None

    def test_levels_in_words_of_the_five_areas(self, mentee):
        share(mentee, topics=False, levels=True)
        picture = what_partner_sees(mentee.pk)
        assert [level.area for level in picture.levels] == ["1", "2", "3", "4", "5"]
        assert picture.levels[1] == SharedLevel("2", "intermediate", "advanced")
        assert picture.topics == ()

    def test_the_strength_is_never_a_topic(self, mentee):
        share(mentee, strength=True)
        strength = what_partner_sees(mentee.pk).strength
        assert strength == "1.2"
        swap_topic(PLACE, mentee.user_id, "start", "4.1", strength)
        assert what_partner_sees(mentee.pk).strength != strength

    def test_it_is_what_the_mentee_was_shown(self, mentee):
        share(mentee, levels=True, strength=True)
        assert what_partner_sees(mentee.pk) == shared_picture(assessment_of(mentee.pk, Role.MENTEE, "start"))

    def test_nothing_before_the_answers_are_in(self):
        person = assessing.answered(factories.participant())
        assert topics_shared_with_partner(person.pk) == ()
        assert what_partner_sees(person.pk) is None

    def test_nothing_of_a_mentor(self):
        mentor = assessing.handed_in(factories.participant(Role.MENTOR))
        Attempt.objects.update(topics=["4.1"], share_levels=True)
        assert topics_shared_with_partner(mentor.pk) == ()
        assert what_partner_sees(mentor.pk) is None

    def test_the_newest_round_decides(self, mentee):
        share(mentee, topics=False)
        assessing.handed_in(mentee, {"2.1": "0"}, phase="end")
        assert what_partner_sees(mentee.pk) is None
        share(mentee, phase="end", topics=True)
        assert "2.1" in topics_shared_with_partner(mentee.pk)

    def test_nothing_to_see_after_skipping_everything(self):
        person = assessing.handed_in(factories.participant(), default="skip")
        share(person, levels=True, strength=True)
        assert what_partner_sees(person.pk) is None

    def test_few_queries(self, mentee):
        share(mentee, levels=True, strength=True)
        assert queries_of(topics_shared_with_partner, mentee.pk) == 1
        assert queries_of(what_partner_sees, mentee.pk) == 2

    def test_a_picture_is_codes_only(self, mentee):
        assert isinstance(what_partner_sees(mentee.pk), SharedPicture)


class TestSkillsForMatching:
    def test_evidence_needs_and_topics_of_a_mentee(self):
        mentee = assessing.handed_in(factories.mentee(), {**LOW, "2.6": "na", "3.1": "skip", "m-4.1": "3"})
        skills = skills_for_matching(mentee.programme_id)[mentee.pk]
        assert skills.evidence["4.1"] == 0
        assert skills.priority["4.1"] == 60 * (0.4 + 0.2 * 3)
        assert skills.priority["1.2"] == 0
        assert not {"2.6", "3.1"} & (skills.evidence.keys() | skills.priority.keys())
        assert set(skills.topics) == set(LOW)

    def test_evidence_alone_of_a_mentor(self):
        mentor = assessing.handed_in(factories.mentor(), {"4.1": "4"})
        skills = skills_for_matching(mentor.programme_id)[mentor.pk]
        assert skills.evidence["4.1"] == 100
        assert (skills.priority, skills.topics[0]) == ({}, "4.1")

    def test_the_figures_are_those_of_the_report(self):
        mentee = assessing.handed_in(factories.mentee(), {**LOW, "s-2.1-A": "skip", "m-1.3": "skip"})
        read = assessment_of(mentee.pk, Role.MENTEE, "start").round.profile()
        skills = skills_for_matching(mentee.programme_id)[mentee.pk]
        assert skills.evidence == {result.code: result.score for result in read.competences}
        assert skills.priority == {result.code: result.priority for result in read.competences}

    def test_a_target_may_be_given(self):
        mentee = assessing.handed_in(factories.mentee(), {"4.1": "0"}, target=35)
        assert skills_for_matching(mentee.programme_id)[mentee.pk].priority["4.1"] == pytest.approx(35 * 0.8)

    def test_what_is_not_shared_with_a_mentor_still_counts(self):
        mentee = assessing.handed_in(factories.mentee(), LOW)
        share(mentee, topics=False)
        assert set(skills_for_matching(mentee.programme_id)[mentee.pk].topics) == set(LOW)

    def test_the_newest_round_counts(self):
        mentee = assessing.handed_in(factories.mentee(), LOW)
        assessing.handed_in(mentee, {"2.1": "0"}, phase="end")
        assert skills_for_matching(mentee.programme_id)[mentee.pk].evidence["2.1"] == pytest.approx(100 / 3)

    def test_only_people_who_are_signed_up_and_handed_in(self):
        assessing.handed_in(factories.participant(Role.MENTEE))
        assessing.answered(factories.mentee())
        factories.mentor()
        paused = assessing.handed_in(factories.mentor(ParticipantState.PAUSED))
        assert set(skills_for_matching(paused.programme_id)) == {paused.pk}

    def test_only_this_programme(self):
        assessing.handed_in(factories.mentee())
        other = factories.programme(Place(factories.OTHER_COURSE, "main"))
        assert skills_for_matching(other.pk) == {}

    def test_one_query_whatever_the_size(self):
        first = assessing.handed_in(factories.mentee())
        for _ in range(4):
            assessing.handed_in(factories.mentor())
        assert queries_of(skills_for_matching, first.programme_id) == 1


class TestParticipationCounts:
    def test_people_by_role_and_how_far_they_are_in_this_phase(self, mentee):
        assessing.handed_in(mentee, phase="end")
        assessing.answered(factories.participant(Role.MENTEE))
        factories.participant(Role.MENTEE)
        assessing.handed_in(factories.participant(Role.MENTOR))
        assert participation_counts(PLACE, "start") == (
            ParticipationCount(Role.MENTOR, people=1, started=1, submitted=1),
            ParticipationCount(Role.MENTEE, people=3, started=2, submitted=1),
        )
        assert participation_counts(PLACE, "end")[1] == ParticipationCount(Role.MENTEE, 3, 1, 1)

    def test_an_empty_programme(self):
        assert [count.people for count in participation_counts(PLACE, "start")] == [0, 0]

    def test_one_query(self, mentee):
        assert queries_of(participation_counts, PLACE, "start") == 1
